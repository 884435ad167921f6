"""Precedence: from tokens to a tree.

Loosest first: ``or``; ``and`` and the comma between conditions; relations (a chain ``a < b <= c``
is one); union; sum; product, quotient and the product without a sign, from left to right, so
``1/2x`` is half of x; the minus sign; powers, from right to left; ``!`` and ``%``.
"""

from __future__ import annotations

from typing import NoReturn

from partialcredit.grading.reader.cursor import Cursor
from partialcredit.grading.reader.labels import ASSIGNMENTS, label_length
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["Parser"]

RELATIONS = frozenset({"<", "<=", ">", ">=", "=", "!=", "\\approx", "\\in", ":=", "\\leftarrow"})
#: Signs that begin a factor and so multiply what stands before them.
_STARTS = frozenset({
    "(", "[", "{", "\\{", "\\frac", "\\sqrt", "\\binom", "\\sum", "\\prod", "\\lfloor", "\\lceil",
    "\\mathbb", "\\mathbf", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol",
    "\\bm", "\\bf", "\\operatorname", "\\text", "\\hat", "\\bar", "\\tilde", "\\dot",
    "\\overline", "\\widehat", "\\widetilde", "\\vec", "\\underline", "\\boxed", "\\begin",
})  # fmt: skip
_LABELS = frozenset({"label", "apply"})
#: What begins a region after ``in``.
_REGIONS = frozenset({"(", "[", "]", "{", "\\{", "R", "\\R", "\\mathbb", "\\mathbf"})
#: What may follow an x that multiplies.
_CROSSED = frozenset({"(", "[", "\\frac", "\\sqrt", "-"})
#: Words that end an expression instead of multiplying it.
STOPS = frozenset(
    {
        "and",
        "or",
        "in",
        "if",
        "else",
        "for",
        "otherwise",
        "when",
        "with",
        "where",
        "U",
        "union",
        "not",
        "wenn",
        "sonst",
        "falls",
        "to",
    }  # fmt: skip
)


class Parser(Cursor):
    """Reads one text; the settings say what a bracket or a comma can mean in this kind."""

    def __init__(
        self,
        text: str,
        names: Names,
        *,
        arrays: bool = False,
        sets: bool = False,
        numeric: bool = False,
        labels: bool = False,
        bare: str | None = None,
    ) -> None:
        super().__init__(text, bare)
        self.names = names
        self.bars: list[str] = []
        self.arrays, self.sets = arrays, sets
        self.numeric = numeric  # a number is asked for: an x is a multiplication sign
        self.labels = labels  # a left side may name the asked quantity
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

    def answer(self) -> Node:
        """A formula, and perhaps the condition it was found under: ``2x, x > 0``."""
        if self.token.kind == "end":
            self.fail("an answer, not an empty line")
        node = self.statement()
        if _is_case(node) and self.is_sign(",", ";"):
            node = self._cases_in_brackets(node)
        if self.is_sign(",", ";") or self.is_word("for", "where", "with", "when"):
            self._condition()
        while self.is_sign(".", ",", ";") and self.peek().kind == "end":
            self.next()
        if self.token.kind != "end":
            self.leftover()
        return node

    def _cases_in_brackets(self, first: Node) -> Node:
        """``x (x > 0), 0 (x <= 0)``."""
        at, found = self.at, [first]
        while self.take(",", ";"):
            found.append(self.sum())
        if not all(map(_is_case, found)):
            self.at = at
            return first
        pairs = [part for case in found for part in (case.args[0], case.args[1].args[0])]
        return Node("cases", tuple(pairs))

    def _condition(self) -> None:
        """Take ``, x > 0`` and ``for x > 0``; another formula after a comma stays a fault."""
        at = self.at
        self.next()
        while self.is_word("for", "where", "with", "when", "if", "all"):
            self.next()
        if self.token.kind == "end":
            self.at = at
            return
        condition = self.conjunction()
        single = condition.args[:1] if condition.op == "and" else (condition,)
        if not all(c.op == "compare" and set(c.value) - {"=", "\\approx"} for c in single):
            self.at = at

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
        if self.is_sign("=", "\\approx"):
            self.next()

    # -- logic and relations -------------------------------------------------------------------

    def statement(self) -> Node:
        """Relations joined by ``or``."""
        parts = [self.conjunction()]
        while self.is_word("or") or self.is_sign("\\lor"):
            self.next()
            parts.append(self.conjunction())
        whole = parts[0] if len(parts) == 1 else Node("or", tuple(parts))
        if self.is_sign("?") and whole.op in ("compare", "and", "or", "not"):
            return self._ternary(whole)
        return self._conditional(whole) if self.is_word("if") else whole

    def _conditional(self, value: Node) -> Node:
        """``a if condition else b``."""
        self.next()
        sides = value.args[:-1] if value.op == "compare" and value.args[0].op in _LABELS else ()
        parts = [arithmetic(value.args[-1] if sides else value), self.conjunction()]
        while self.take(",", ";") and not self.is_word("else", "otherwise"):
            parts.append(arithmetic(self.sum()))
            if not self.is_word("if", "for", "when", "otherwise"):
                return Node("cases", tuple(parts))
            if self.next().text == "otherwise":
                return Node("cases", tuple(parts))
            parts.append(self.conjunction())
        if self.is_word("else", "otherwise"):
            self.next()
            self.take(",", ":")
            parts.append(arithmetic(self.statement()))
        elif len(parts) < 4:
            self.fail("'else' and the value where the condition does not hold")
        cases = Node("cases", tuple(parts))
        return value._replace(args=(*sides, cases)) if sides else cases

    def _ternary(self, condition: Node) -> Node:
        """``x > 0 ? x : 0``."""
        self.next()
        self.enter()
        yes = arithmetic(self.sum())
        self.expect(":")
        no = arithmetic(self.statement())
        self.depth -= 1
        return Node("cases", (yes, condition, no))

    def conjunction(self) -> Node:
        """Relations joined by ``and``."""
        parts = [self.relation()]
        while self.is_word("and") or self.is_sign("\\land", "&") or self._comma_joins(parts[-1]):
            self.next()
            if self.is_word("and"):
                self.next()
            parts.append(self.relation())
        return parts[0] if len(parts) == 1 else Node("and", tuple(parts))

    def _comma_joins(self, before: Node) -> bool:
        return (
            self.grouping
            and (not self.labels or self.sets)
            and before.op == "compare"
            and self.is_sign(",", ";")
            and self.peek().kind != "end"
        )

    def relation(self) -> Node:
        """A chain of comparisons, or just an expression."""
        if self.is_sign("=", "\\approx"):  # "= 0.5": the question already said what equals it
            self.next()
        if self.is_word("not") or self.is_sign("\\lnot"):
            self.next()
            self.enter()
            inner = self.relation()
            self.depth -= 1
            return Node("not", (inner,))
        first = self._label() or self.union()
        if self.is_word("in") and self.peek().text in _REGIONS:
            self.tokens[self.at] = self.token._replace(kind="sign", text="\\in")
        if not self.is_sign(*RELATIONS):
            return first
        operands, signs = [first], []
        while self.is_sign(*RELATIONS):
            signs.append("=" if self.token.text in ASSIGNMENTS else self.token.text)
            self.next()
            side = None if signs[-1] == "\\in" else self._label()
            operands.append(side or (self.region() if signs[-1] == "\\in" else self.union()))
        return Node("compare", tuple(operands), tuple(signs))

    def _label(self) -> Node | None:
        """The name of the asked quantity, where the side that begins here is one."""
        if not self.labels or self.depth > 0:
            return None
        length = label_length(self.tokens, self.at, self.names, arrays=self.arrays)
        if not length:
            return None
        first, last = self.token, self.tokens[self.at + length]
        self.at += length
        return Node("label", (), " ".join(self.text[first.column : last.column].split()))

    def region(self) -> Node:
        """The interval or set after ``in``."""
        before, self.sets = self.sets, True
        node = self.union()
        self.sets = before
        return node

    def union(self) -> Node:
        """Intervals or sets joined."""
        parts = [self._span()]
        while self.is_sign("\\cup") or (self._joins() and _is_region(parts[-1])):
            self.next()
            parts.append(self._span())
        whole = parts[0] if len(parts) == 1 else Node("union", tuple(parts))
        while self.is_sign("\\setminus", "\\cap") or (
            self.sets and self.is_sign("-") and self.peek().text in ("{", "\\{")
        ):
            op = "intersection" if self.token.text == "\\cap" else "minus"
            self.next()
            whole = Node(op, (whole, self.sum()))
        return whole

    def _joins(self) -> bool:
        return self.is_word("u", "union") or (self.sets and self.is_sign("|"))

    def _span(self) -> Node:
        """``-1.4 to -0.3`` where a region is asked for."""
        low = self.sum()
        if not (self.sets and self.is_word("to")):
            return low
        self.next()
        return Node("interval", (low, self.sum()), (True, True))

    # -- arithmetic ----------------------------------------------------------------------------

    def sum(self) -> Node:
        """Terms added and subtracted."""
        left = self.term()
        while self.is_sign("+", "-") and not (self._starts_entry() or self._removes()):
            if self.plus_minus():
                break
            minus = self.next().text == "-"
            right = arithmetic(self.term())
            left = Node("add", (arithmetic(left), Node("neg", (right,)) if minus else right))
        if self.plus_minus():
            if not self.sets:
                self.fail("one value", "write the two values as a list")
            upper = self.take_plus_minus()
            right = arithmetic(self.term())
            left = Node("both", (arithmetic(left), right if upper else Node("neg", (right,))))
        return left

    def plus_minus(self) -> bool:
        """Whether ``±``, ``+-`` or ``+/-`` comes next."""
        if self.is_sign("\\pm", "\\mp"):
            return True
        if not self.is_sign("+"):
            return False
        ahead = self.peek()
        if ahead.text == "/":
            return self.peek(2).text == "-"
        return self.sets and ahead.text == "-" and ahead.touching

    def take_plus_minus(self) -> bool:
        """Take the sign; False where minus stands on top."""
        token = self.next()
        if token.text == "+":
            self.take("/")
            self.next()
        return token.text != "\\mp"

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
            elif self.multiplies() and not (self.sets and self._is_domain(left)):
                left = Node("mul", (arithmetic(left), arithmetic(self.power())))
            else:
                return left

    def _is_domain(self, left: Node) -> bool:
        r"""Whether a bar or word follows a region: ``\mathbb{R} | x > 0``."""
        plain = left.op == "symbol" and left.value == "R"
        return (plain or _is_region(left)) and (self.is_sign("|", ":") or self.token.kind == "name")

    def _is_cross(self) -> bool:
        """Whether an ``x`` is a multiplication sign: ``2.5 x 10^-7``, ``8x148``, ``(1+2) x 4``."""
        token = self.token
        if token.kind != "name" or token.text[0] not in "xX" or "x" in self.names.symbols:
            return False
        before = self.tokens[self.at - 1]
        if before.kind != "number" and not (self.numeric and before.text in (")", "}", "]")):
            return False
        if not self.numeric and self.depth > 0:
            return False
        if token.text in "xX":
            return self.peek().kind == "number" or (self.numeric and self.peek().text in _CROSSED)
        if not token.text[1:].isdigit() or not (self.numeric or token.text[1:] == "10"):
            return False
        digits = Token("number", token.text[1:], token.column + 1, True)
        self.tokens[self.at : self.at + 1] = [token._replace(text="x"), digits]
        after = self.peek(2)
        if after.kind == "number" and after.text.startswith(".") and after.touching:
            joined = digits._replace(text=digits.text + after.text)
            self.tokens[self.at + 1 : self.at + 3] = [joined]
        return True

    def _removes(self) -> bool:
        """Whether ``R - {3}`` takes a set away."""
        return self.sets and self.is_sign("-") and self.peek().text in ("{", "\\{")

    def _dotted(self, left: Node, right: Node) -> Node:
        """A raised dot is a product; between two vectors it is the inner product."""
        return call("dot", left, right) if self.names.has_matrices else Node("mul", (left, right))

    def multiplies(self) -> bool:
        """Whether the next token begins a factor without a sign before it."""
        token = self.token
        if (
            self.arrays
            and self.depth == 0
            and (token.text in ("[", "\\begin") or (token.text == "(" and self._own_comma()))
        ):
            return True  # 1/4 [[1, 2], [3, 4]]
        if self.spaced and not token.touching:
            return False
        if token.kind == "name":
            return not self.stops(token)
        if token.kind == "number":
            before = self.tokens[self.at - 1]
            if before.kind == "number":
                return token.text == "10" and self.peek().text == "^"  # 1.2 10^-3
            return not before.text.endswith(("]", "\\}"))
        if token.kind == "text":
            return token.text.strip(" ,.").lower() not in STOPS and token.text != ""
        if token.kind != "sign":
            return False
        if token.text in ("|", "||", "\\|"):
            return not self.bars
        if token.text == "[" and (self.arrays or self.sets):
            return False
        return token.text in _STARTS

    def _own_comma(self) -> bool:
        """Whether the bracket that begins here is a vector."""
        from partialcredit.grading.reader.brackets import has_comma

        self.at += 1
        found = has_comma(self)
        self.at -= 1
        return found

    def stops(self, token: Token) -> bool:
        """Whether a word ends the expression: ``and``, ``if``, and ``u`` between intervals."""
        if token.text in self.names.symbols:
            return False
        return token.text in STOPS or (self.sets and token.text == "u")

    def factor(self) -> Node:
        """A power with any signs before it."""
        minus = False
        signed = False
        if self.plus_minus() and self.sets:
            return self._of_both_signs()
        while self.is_sign("+", "-"):
            minus ^= self.next().text == "-"
            signed = True
        base = self.power()
        if not signed:
            return base
        return Node("neg", (arithmetic(base),)) if minus else arithmetic(base)

    def _of_both_signs(self) -> Node:
        """``±2``: two values."""
        upper = self.take_plus_minus()
        value = arithmetic(self.factor())
        while self.multiplies() or self.is_sign("*", "/"):
            sign = self.next().text if self.is_sign("*", "/") else "*"
            value = Node("mul" if sign == "*" else "div", (value, arithmetic(self.power())))
        return Node("both", (number(0), value if upper else Node("neg", (value,))))

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
        from partialcredit.grading.reader.superscripts import index_above, raised_first

        if self.is_sign("\\top") or self._is_transposition():
            self.next()
            base = Node("transpose", (self.below(base),))
        elif self.is_sign("+") and self.peek().text in ("", ")", "+", "-", "}", ","):
            self.next()
            base = call("relu", arithmetic(base))  # x^+
        elif (indexed := index_above(self, base)) is not None:
            base = indexed
        elif (swapped := raised_first(self, base)) is not None:
            base = swapped
        else:
            base = self.power_of(arithmetic(base), self.exponent())
        if self.is_sign("_") and base.op == "pow" and base.args[0].op in ("symbol", "norm"):
            base = self.power_of(self.below(base.args[0]), base.args[1])
        if self.is_sign("^") and base.op in ("transpose", "pow"):
            return self.raise_(base)
        return self.trailing(base)

    def below(self, base: Node) -> Node:
        """The index that follows an exponent: ``x^2_1`` is the square of x_1."""
        if not self.is_sign("_"):
            return base
        from partialcredit.grading.reader.bars import which_norm
        from partialcredit.grading.reader.identifiers import subscripted

        if base.op == "norm":
            return base._replace(value=which_norm(self))
        return subscripted(self, base.value) if base.op == "symbol" else base

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
        tensors = self.names.has_matrices or self.arrays
        transposes = exponent == symbol("T") or (exponent == symbol("t") and tensors)
        if transposes and tensors and exponent.value not in self.names.symbols:
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
        tensors = self.names.has_matrices or self.arrays
        while self.is_sign("!", "%", "'") or (tensors and self.is_sign("\\top")):
            token = self.token
            if token.text == "!" and self.peek().text == "=" and self.peek().touching:
                break
            if token.text == "'" and not tensors:
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
    if node.op in ("compare", "and", "or", "not"):
        return Node("indicator", (node,))
    return node


def _is_case(node: Node) -> bool:
    return node.op == "mul" and node.args[1].op == "indicator"


def _is_region(node: Node) -> bool:
    return node.op in ("interval", "tuple", "list", "set", "minus", "reals", "union")
