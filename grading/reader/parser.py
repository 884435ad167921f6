"""Precedence: from tokens to a tree.

Loosest first: ``or``; ``and`` and the comma between conditions; relations (a chain ``a < b <= c``
is one); union; sum; product, quotient and the product without a sign, from left to right, so
``1/2x`` is half of x; the minus sign; powers, from right to left; ``!`` and ``%``.
"""

from __future__ import annotations

from typing import NoReturn

from partialcredit.grading.reader.cursor import Cursor
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, call, symbol

__all__ = ["Parser"]

RELATIONS = frozenset({"<", "<=", ">", ">=", "=", "!=", "\\approx", "\\in", ":="})
#: Signs that begin a factor and so multiply what stands before them.
_STARTS = frozenset({
    "(", "[", "{", "\\{", "\\frac", "\\sqrt", "\\binom", "\\sum", "\\prod", "\\lfloor", "\\lceil",
    "\\mathbb", "\\mathbf", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol",
    "\\bm", "\\bf", "\\operatorname", "\\text", "\\hat", "\\bar", "\\tilde", "\\dot",
    "\\overline", "\\widehat", "\\widetilde", "\\vec", "\\underline", "\\boxed", "\\begin",
})  # fmt: skip
#: Words that end an expression instead of multiplying it.
STOPS = frozenset(
    {"and", "or", "in", "if", "else", "for", "otherwise", "when", "with", "where", "U", "union"}
)


class Parser(Cursor):
    """Reads one text; the settings say what a bracket or a comma can mean in this kind."""

    def __init__(
        self, text: str, names: Names, *, arrays: bool = False, sets: bool = False
    ) -> None:
        super().__init__(text)
        self.names = names
        self.bars: list[str] = []
        self.arrays, self.sets = arrays, sets
        self.grouping = True  # a comma between digits belongs to the number
        self.spaced = False  # a space separates the entries of a row

    # -- the whole text -----------------------------------------------------------------------

    def everything(self) -> Node:
        """One statement and nothing after it."""
        if self.token.kind == "end":
            self.fail("an answer, not an empty line")
        node = self.statement()
        while self.is_sign(".", ",", ";") and self.peek().kind == "end":
            self.next()
        if self.token.kind != "end":
            self.leftover()
        return node

    def leftover(self) -> NoReturn:
        """Explain the first token that fits nowhere."""
        token = self.token
        if token.text in (")", "]", "}", "\\}", "\\rfloor", "\\rceil"):
            self.fail("the end", f"this '{token.text.lstrip(chr(92))}' closes nothing: remove it")
        if token.kind == "number":
            self.fail("a sign between two numbers", "write * for a product or , between entries")
        if token.kind == "text" or token.text in STOPS:
            self.fail("only mathematics", f"remove the word {token.text!r}")
        if token.text.startswith("\\"):
            self.fail(f"mathematics that can be read; {token.text[:30]} is not known here")
        self.fail("the end or an operation", f"remove {token.text!r} or say what it does")

    def skip_name(self) -> None:
        """Take the ``x =`` of ``x = [1, 2]``: the question already said what is asked."""
        if self.is_sign("="):
            self.next()
        elif self.token.kind == "name" and self.peek().text == "=":
            self.next()
            self.next()

    # -- logic and relations -------------------------------------------------------------------

    def statement(self) -> Node:
        """Relations joined by ``or``."""
        parts = [self.conjunction()]
        while self.is_word("or") or self.is_sign("\\lor"):
            self.next()
            parts.append(self.conjunction())
        whole = parts[0] if len(parts) == 1 else Node("or", tuple(parts))
        return self._conditional(whole) if self.is_word("if") else whole

    def _conditional(self, value: Node) -> Node:
        """``a if condition else b``."""
        self.next()
        condition = self.conjunction()
        self.take(",", ";")
        if not self.is_word("else", "otherwise"):
            self.fail("'else' and the value where the condition does not hold")
        self.next()
        return Node("cases", (arithmetic(value), condition, arithmetic(self.statement())))

    def conjunction(self) -> Node:
        """Relations joined by ``and``."""
        parts = [self.relation()]
        while self.is_word("and") or self.is_sign("\\land") or self._comma_joins(parts[-1]):
            self.next()
            if self.is_word("and"):
                self.next()
            parts.append(self.relation())
        return parts[0] if len(parts) == 1 else Node("and", tuple(parts))

    def _comma_joins(self, before: Node) -> bool:
        return (
            self.grouping
            and before.op == "compare"
            and self.is_sign(",", ";")
            and self.peek().kind != "end"
        )

    def relation(self) -> Node:
        """A chain of comparisons, or just an expression."""
        if self.is_sign("=", "\\approx"):  # "= 0.5": the question already said what equals it
            self.next()
        first = self.union()
        if self.is_word("in") and self.peek().text in ("(", "[", "]", "{", "\\{"):
            self.tokens[self.at] = self.token._replace(kind="sign", text="\\in")
        if not self.is_sign(*RELATIONS):
            return first
        operands, signs = [first], []
        while self.is_sign(*RELATIONS):
            signs.append({":=": "="}.get(self.token.text, self.token.text))
            self.next()
            operands.append(self.region() if signs[-1] == "\\in" else self.union())
        return Node("compare", tuple(operands), tuple(signs))

    def region(self) -> Node:
        """The interval or set after ``in``."""
        before, self.sets = self.sets, True
        node = self.union()
        self.sets = before
        return node

    def union(self) -> Node:
        """Intervals or sets joined."""
        parts = [self.sum()]
        while self.is_sign("\\cup") or (self.is_word("u", "union") and _is_region(parts[-1])):
            self.next()
            parts.append(self.sum())
        return parts[0] if len(parts) == 1 else Node("union", tuple(parts))

    # -- arithmetic ----------------------------------------------------------------------------

    def sum(self) -> Node:
        """Terms added and subtracted."""
        left = self.term()
        while self.is_sign("+", "-") and not self._starts_entry():
            minus = self.next().text == "-"
            right = arithmetic(self.term())
            left = Node("add", (arithmetic(left), Node("neg", (right,)) if minus else right))
        if self.is_sign("\\pm"):
            self.fail("one value", "write the two values as a list")
        return left

    def _starts_entry(self) -> bool:
        """In ``[1 -2]`` the minus belongs to the second entry."""
        return self.spaced and not self.token.touching and self.peek().touching

    def term(self) -> Node:
        """Factors multiplied and divided, from left to right."""
        left = self.factor()
        while True:
            if self.is_sign("*", "\\times") or self._is_cross():
                self.next()
                left = Node("mul", (arithmetic(left), arithmetic(self.factor())))
            elif self.is_sign("\\cdot"):
                self.next()
                left = self._dotted(arithmetic(left), arithmetic(self.factor()))
            elif self.is_sign("/"):
                self.next()
                left = Node("div", (arithmetic(left), arithmetic(self.factor())))
            elif self.is_sign("\\odot", ".*"):
                self.next()
                left = call("hadamard", arithmetic(left), arithmetic(self.factor()))
            elif self.multiplies():
                left = Node("mul", (arithmetic(left), arithmetic(self.power())))
            else:
                return left

    def _is_cross(self) -> bool:
        """Whether an ``x`` between two numbers is a multiplication sign: ``2.5 x 10^-7``."""
        token = self.token
        if token.kind != "name" or token.text[0] not in "xX" or "x" in self.names.symbols:
            return False
        if self.tokens[self.at - 1].kind != "number" or self.depth > 0:
            return False
        if token.text in "xX":
            return self.peek().kind == "number"
        if token.text[1:] != "10":
            return False
        ten = Token("number", token.text[1:], token.column + 1, True)
        self.tokens[self.at : self.at + 1] = [token._replace(text="x"), ten]
        return True

    def _dotted(self, left: Node, right: Node) -> Node:
        """A raised dot is a product; between two vectors it is the inner product."""
        return call("dot", left, right) if self.names.has_matrices else Node("mul", (left, right))

    def multiplies(self) -> bool:
        """Whether the next token begins a factor without a sign before it."""
        token = self.token
        if self.arrays and self.depth == 0 and token.text in ("[", "\\begin"):
            return True  # 1/4 [[1, 2], [3, 4]]
        if self.spaced and not token.touching:
            return False
        if token.kind == "name":
            return not self.stops(token)
        if token.kind == "number":
            before = self.tokens[self.at - 1]
            return before.kind != "number" and not before.text.endswith(("]", "\\}"))
        if token.kind == "text":
            return token.text.strip(" ,.").lower() not in STOPS and token.text != ""
        if token.kind != "sign":
            return False
        if token.text in ("|", "||", "\\|"):
            return not self.bars
        if token.text == "[" and (self.arrays or self.sets):
            return False
        return token.text in _STARTS

    def stops(self, token: Token) -> bool:
        """Whether a word ends the expression: ``and``, ``if``, and ``u`` between intervals."""
        if token.text in self.names.symbols:
            return False
        return token.text in STOPS or (self.sets and token.text == "u")

    def factor(self) -> Node:
        """A power with any signs before it."""
        minus = False
        signed = False
        while self.is_sign("+", "-"):
            minus ^= self.next().text == "-"
            signed = True
        base = self.power()
        if not signed:
            return base
        return Node("neg", (arithmetic(base),)) if minus else arithmetic(base)

    def power(self) -> Node:
        """A base and its exponents; ``2^3^2`` is 2^9 and ``e^-x`` needs no bracket."""
        self.enter()
        base = self.postfix()
        if self.is_sign("^"):
            base = self.raise_(base)
        self.depth -= 1
        return base

    def raise_(self, base: Node) -> Node:
        """Take ``^`` and its exponent, then what follows the power."""
        self.next()
        if self.is_sign("\\top") or self._is_transposition():
            self.next()
            base = Node("transpose", (base,))
        else:
            base = self.power_of(arithmetic(base), self.exponent())
        if self.is_sign("^") and base.op in ("transpose", "pow"):
            return self.raise_(base)
        return self.trailing(base)

    def _is_transposition(self) -> bool:
        token = self.token
        return (
            token.kind == "name"
            and token.text == "T"
            and "T" not in self.names.symbols
            and (self.names.has_matrices or self.arrays)
        )

    def exponent(self) -> Node:
        """What stands after ``^``: a group, or one factor with its sign."""
        if self.is_sign("'"):
            self.next()
            return symbol("T")
        if self.is_sign("+", "-"):
            minus = self.next().text == "-"
            inner = self.power()
            return Node("neg", (inner,)) if minus else inner
        if self.is_sign("{"):
            from partialcredit.grading.reader.brackets import group

            return group(self)
        return self.power()

    def power_of(self, base: Node, exponent: Node) -> Node:
        """A power, or what looks like one: a transpose or an inverse transpose."""
        if exponent == symbol("T") and (
            "T" not in self.names.symbols and (self.names.has_matrices or self.arrays)
        ):
            return Node("transpose", (base,))
        if exponent == Node("neg", (symbol("T"),)) and self.names.has_matrices:
            return Node("transpose", (call("inverse", base),))
        if exponent.op == "compare":
            self.fail("an exponent")
        if exponent.op == "transpose_mark":
            return Node("transpose", (base,))
        return Node("pow", (base, arithmetic(exponent)))

    def postfix(self) -> Node:
        """An atom with ``!``, ``%`` or a transposing prime after it."""
        return self.trailing(self.atom())

    def atom(self) -> Node:
        """The smallest readable piece."""
        from partialcredit.grading.reader.atoms import (
            atom,  # atoms hold whole expressions in brackets
        )

        return atom(self)

    def trailing(self, node: Node) -> Node:
        """Take the signs that follow an atom or a power."""
        if self.is_sign("_") and self.peek().text == "+" and self.peek().touching:
            self.next()
            self.next()
            node = call("relu", arithmetic(node))  # (x)_+
        while self.is_sign("!", "%", "'"):
            token = self.token
            if token.text == "!" and self.peek().text == "=" and self.peek().touching:
                break
            if token.text == "'" and not (self.names.has_matrices or self.arrays):
                self.fail("a formula without a derivative sign", "write the derivative out")
            self.next()
            if token.text == "!":
                node = call("factorial", arithmetic(node))
            elif token.text == "%":
                node = Node("percent", (arithmetic(node),))
            else:
                node = Node("transpose", (node,))
            self.enter()
        return node


def arithmetic(node: Node) -> Node:
    """A condition used as a number counts 1 where it holds and 0 where it does not."""
    if node.op in ("compare", "and", "or"):
        return Node("indicator", (node,))
    return node


def _is_region(node: Node) -> bool:
    return node.op in ("interval", "tuple", "list", "set")
