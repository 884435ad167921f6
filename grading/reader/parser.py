"""Precedence: from tokens to a tree.

Loosest first: ``or``; ``and`` and the comma between conditions; relations (a chain ``a < b <= c``
is one); union; sum; product, quotient and the product without a sign, from left to right, so
``1/2x`` is half of x; the minus sign; powers, from right to left; ``!`` and ``%``.
"""

from __future__ import annotations

from typing import NoReturn

from partialcredit.grading.reader.conditions import (
    cases_in_brackets,
    conditional,
    is_case,
    skip_condition,
    ternary,
)
from partialcredit.grading.reader.cursor import Cursor
from partialcredit.grading.reader.labels import ASSIGNMENTS, label_length
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names
from partialcredit.grading.reader.nodes import CONDITIONS, arithmetic, is_region
from partialcredit.grading.reader.powers import raised
from partialcredit.grading.reader.signs import (
    dotted,
    is_cross,
    of_both_signs,
    plus_minus,
    removes,
    take_plus_minus,
)
from partialcredit.grading.tree import Node, call

__all__ = ["Parser"]

RELATIONS = frozenset({"<", "<=", ">", ">=", "=", "!=", "\\approx", "\\in", ":=", "\\leftarrow"})
#: Signs that begin a factor and so multiply what stands before them.
_STARTS = frozenset({
    "(", "[", "{", "\\{", "\\frac", "\\sqrt", "\\binom", "\\sum", "\\prod", "\\lfloor", "\\lceil",
    "\\mathbb", "\\mathbf", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol",
    "\\bm", "\\bf", "\\operatorname", "\\text", "\\hat", "\\bar", "\\tilde", "\\dot",
    "\\overline", "\\widehat", "\\widetilde", "\\vec", "\\underline", "\\boxed", "\\begin",
})  # fmt: skip
#: What begins a region after ``in``.
_REGIONS = frozenset({"(", "[", "]", "{", "\\{", "R", "\\R", "\\mathbb", "\\mathbf"})
#: Words that end an expression instead of multiplying it.
STOPS = frozenset({
    "and", "or", "in", "if", "else", "for", "otherwise", "when", "with", "where", "U", "union",
    "not", "wenn", "sonst", "falls", "to",
})  # fmt: skip


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
        if is_case(node) and self.is_sign(",", ";"):
            node = cases_in_brackets(self, node)
        if self.is_sign(",", ";") or self.is_word("for", "where", "with", "when"):
            skip_condition(self)
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
        if self.is_sign("?") and whole.op in CONDITIONS:
            return ternary(self, whole)
        return conditional(self, whole) if self.is_word("if") else whole

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
        while self.is_sign("\\cup") or (self._joins() and is_region(parts[-1])):
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
        while self.is_sign("+", "-") and not (self._starts_entry() or removes(self)):
            if plus_minus(self):
                break
            minus = self.next().text == "-"
            right = arithmetic(self.term())
            left = Node("add", (arithmetic(left), Node("neg", (right,)) if minus else right))
        if plus_minus(self):
            if not self.sets:
                self.fail("one value", "write the two values as a list")
            upper = take_plus_minus(self)
            right = arithmetic(self.term())
            left = Node("both", (arithmetic(left), right if upper else Node("neg", (right,))))
        return left

    def _starts_entry(self) -> bool:
        """In ``[1 -2]`` the minus belongs to the second entry."""
        return self.spaced and not self.token.touching and self.peek().touching

    def term(self) -> Node:
        """Factors multiplied and divided, from left to right."""
        left = self.factor()
        while True:
            if self.is_sign("*", "\\times") or is_cross(self):
                self.next()
                left = Node("mul", (arithmetic(left), arithmetic(self.factor())))
            elif self.is_sign("\\cdot"):
                self.next()
                left = dotted(self, arithmetic(left), arithmetic(self.factor()))
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
        return (plain or is_region(left)) and (self.is_sign("|", ":") or self.token.kind == "name")

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
        if plus_minus(self) and self.sets:
            return of_both_signs(self)
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
            base = raised(self, base)
        self.depth -= 1
        return base

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
