r"""The left-hand side: ``E[v_t] =``, ``\frac{\partial L}{\partial W} =``, ``w_{new} =``, ``(p, q) =``.

A side that only names the asked quantity costs nothing. A side that is a value counts: in
``1.5 = 1.298`` and ``2x = 1.298`` the left side says something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from partialcredit.grading.reader.characters import GREEK
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, names_in, walk

__all__ = ["ASSIGNMENTS", "claims", "label_length", "without_label"]

#: Signs that give a name its value; the first two say so without doubt.
ASSIGNMENTS = frozenset({":=", "\\leftarrow", "\\gets"})
_EQUALS = ASSIGNMENTS | {"=", "\\approx", "\\in"}
#: Tokens in a label; what is longer is a formula.
_LONGEST = 80
_OPEN, _CLOSE = frozenset({"(", "[", "{", "\\{"}), frozenset({")", "]", "}", "\\}"})
_ACCENTS = frozenset({
    "\\hat", "\\bar", "\\tilde", "\\dot", "\\ddot", "\\overline", "\\widehat", "\\widetilde", "\\vec",
    "\\mathbf", "\\mathbb", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol", "\\bm",
    "\\operatorname", "\\underline", "\\text", "\\mathscr", "\\mathfrak", "\\bf",
})  # fmt: skip
#: Functions of many numbers or of a network: ``softmax(z) = ...`` names what is asked.
_QUANTITIES = frozenset({
    "softmax", "logsumexp", "mean", "trace", "det", "norm", "relu", "sigma", "softplus", "tanh",
    "silu", "gelu", "max", "min", "Phi", "erf", "diag", "inverse", "transpose", "total", "dot",
})  # fmt: skip
#: Squares that are names of their own.
_SQUARES = frozenset({"sigma", "chi", "R"})
_DIFFERENTIAL = re.compile(
    r"d(?:\^\{?\w+\}?)?[A-Za-z\\]?[\w\\^{}\[\]()']*/d[A-Za-z\\][\w\\^{}']*(?:\|_.*)?"
)
_SMALL_WORDS = frozenset({"of", "in", "the", "a", "per", "for", "at", "is", "to", "no"})


def label_length(tokens: Sequence[Token], at: int, names: Names, *, arrays: bool) -> int:
    """How many tokens from ``at`` on name the asked quantity before a sign of equality; else 0."""
    end = _side(tokens, at)
    if tokens[at].text == "#" and at < end:  # the number of something
        return end - at if tokens[end].text in _EQUALS else 0
    if end == at or tokens[end].text not in _EQUALS:
        return 0
    side = tokens[at:end]
    sure = tokens[end].text in ASSIGNMENTS
    if len(side) == 1 and side[0].text in names.symbols and not sure:
        if at > 0 or any(token.text == side[0].text for token in tokens[end:]):
            return 0  # x = 2x + 1 is an equation
    return end - at if _Label(side, names, arrays=arrays).found(sure=sure) else 0


def _side(tokens: Sequence[Token], at: int) -> int:
    """Where the side that begins here ends."""
    depth = 0
    for i in range(at, min(len(tokens), at + _LONGEST)):
        token = tokens[i]
        if token.kind == "end":
            return i
        if token.kind != "sign":
            continue
        if token.text in _OPEN:
            depth += 1
        elif token.text in _CLOSE:
            depth -= 1
            if depth < 0:
                return i
        elif depth == 0 and (
            token.text in _EQUALS or token.text in ("<", ">", "<=", ">=", "!=", ",", ";")
        ):
            return i
    return at


class _Label:
    """The tokens of one side, and whether they are a name."""

    def __init__(self, tokens: Sequence[Token], names: Names, *, arrays: bool) -> None:
        self.tokens = list(tokens)
        self.names, self.arrays = names, arrays
        self.text = "".join(token.text for token in tokens)

    def found(self, *, sure: bool) -> bool:
        if any(token.text in ("\\partial", "\\nabla") for token in self.tokens):
            return True
        return (
            self._derivative()
            or self._words()
            or self._name(0, len(self.tokens), sure=sure)
            or self._several()
            or self._norm()
            or self._operator()
            or self._logarithm()
            or self._inner_product()
            or self._combination()
            or (self.arrays and self._of_arrays())
        )

    # -- one name -----------------------------------------------------------------------------

    def _name(self, at: int, end: int, *, sure: bool = False) -> bool:
        """A letter or word with what is written around it, and perhaps its arguments."""
        head, at = self._head(at, end)
        if not head:
            return False
        function = self.names.function(head)
        applied = False
        while at < end:
            text = self.tokens[at].text
            if text == "_":
                at = self._after(at + 1, end)
            elif text == "^":
                if not self._index(at + 1, end, head):
                    return False
                at = self._after(at + 1, end)
            elif text in ("'", "*", "\\prime", "\\star", "\\top"):
                at += 1
            elif text == "." and at + 1 < end and self.tokens[at + 1].kind == "name":
                at += 2
            elif text in ("(", "[") and not applied:
                applied = True
                at = self._after(at, end)
            else:
                return False
        if applied and head in self.names.symbols and not sure:
            return False  # x (1 + y) is a product
        if not applied or function is None:
            return bool(sure or applied or self._one_name(head))
        return function in _QUANTITIES and self._has_stranger()

    def _head(self, at: int, end: int) -> tuple[str, int]:
        """The letter or word at the beginning, and where it stops."""
        while at < end and self.tokens[at].text in _ACCENTS:
            at += 1
            if at < end and self.tokens[at].text == "{":
                inside = self.tokens[at + 1]
                close = self._after(at, end)
                if inside.text in _ACCENTS:
                    at += 1
                    continue
                return (inside.text, close) if inside.kind in ("name", "text") else ("", at)
        if at < end and self.tokens[at].text == "{":
            head, inner = self._head(at + 1, end)
            return (head, inner + 1) if inner < end and self.tokens[inner].text == "}" else ("", at)
        if at < end and self.tokens[at].text == "\\Delta":
            at += 1
        if at < end and self.tokens[at].kind in ("name", "text"):
            head = self.tokens[at].text.rstrip("'")
            nxt = self.tokens[at + 1] if at + 1 < end else None
            if head in ("Delta", "delta") and nxt is not None and nxt.kind == "name":
                return nxt.text.rstrip("'"), at + 2  # a change of a name
            return head, at + 1
        return "", at

    def _after(self, at: int, end: int) -> int:
        """Where the group or the single token at this place ends."""
        if at >= end or self.tokens[at].text not in _OPEN:
            return at + 1
        depth = 0
        for i in range(at, end):
            depth += (self.tokens[i].text in _OPEN) - (self.tokens[i].text in _CLOSE)
            if depth == 0:
                return i + 1
        return end

    def _index(self, at: int, end: int, head: str) -> bool:
        """Whether what stands above is an index, a star or a word rather than a power."""
        inside = "".join(t.text for t in self.tokens[at : self._after(at, end)]).strip("{}")
        if inside in ("*", "\\star", "\\ast", "T", "\\top", "+", "-", "\\prime", "'", "\\dagger"):
            return True
        if inside.startswith(("(", "[", "\\langle")) or re.fullmatch(r"[A-Za-z]{2,}\d*", inside):
            return True
        if re.fullmatch(r"[tknil][+-]1", inside):
            return True
        after = self._after(at, end)
        if inside == "-1" and after < end and self.tokens[after].text == "(":
            return True  # the inverse function of x
        if inside == "2" and head in _SQUARES and head not in self.names.symbols:
            return True
        return self.arrays and head[:1].isupper()

    def _one_name(self, head: str) -> bool:
        """Whether a run of letters is one name rather than a product like ``xy``."""
        if len(head) == 1 or head in GREEK.values() or self.names.declared(head):
            return True
        letters = head.rstrip("0123456789")
        if self.names.constant(head) or self.names.constant(letters):
            return False
        pieces = self.names.split(letters)
        if len(pieces) == 1 or len(letters) >= 3 or letters[0].isupper():
            return not all(piece in self.names.symbols for piece in pieces) or len(pieces) == 1
        return letters[0] == "d"  # dw, the derivative by w

    def _has_stranger(self, bound: frozenset[str] = frozenset()) -> bool:
        """Whether a name stands here that has no value of its own."""
        return any(
            token.kind == "name"
            and token.text not in bound
            and self.names.function(token.text) is None
            and self.names.constant(token.text) is None
            and not all(p in self.names.symbols for p in self.names.split(token.text))
            for token in self.tokens
        )

    # -- other shapes ---------------------------------------------------------------------------

    def _derivative(self) -> bool:
        if _DIFFERENTIAL.fullmatch(self.text):
            return True
        texts = [token.text for token in self.tokens]
        if texts[:1] != ["\\frac"] or len(texts) < 5:
            return False
        middle = self._after(1, len(texts))
        above, below = "".join(texts[2:middle]), "".join(texts[middle + 1 :])
        plain = (re.sub(r"\\mathrm|\\operatorname|[{}]", "", part) for part in (above, below))
        return all(part.startswith("d") for part in plain) and "d" not in self.names.symbols

    def _words(self) -> bool:
        """``output size =``: words that no question declares."""
        if len(self.tokens) < 2 or any(t.kind not in ("name", "text") for t in self.tokens):
            return False
        words = [t.text for t in self.tokens]
        long = [
            w for w in words if len(w) > 2 and w not in _SMALL_WORDS and not self.names.known(w)
        ]
        return len(long) * 2 >= len(words) and all(
            w in long or w.lower() in _SMALL_WORDS or len(w) > 2 for w in words
        )

    def _several(self) -> bool:
        """``(p, q) =``: a list of names."""
        if self.tokens[0].text not in ("(", "[", "\\{", "{"):
            return False
        end = len(self.tokens) - 1
        if self._after(0, end + 1) != end + 1:
            return False
        at, found = 1, 0
        while at < end:
            stop = at
            while stop < end and self.tokens[stop].text not in (",", ";"):
                stop = self._after(stop, end)
            if not self._name(at, stop):
                return False
            at, found = stop + 1, found + 1
        return found > 1

    def _norm(self) -> bool:
        r"""``\|x\|_2 =`` and ``\langle f \rangle =``."""
        if self.tokens[0].text == "\\langle" and self.tokens[-1].text == "\\rangle":
            return self._has_stranger() and all(token.text != "," for token in self.tokens)
        if self.tokens[0].text not in ("\\|", "||", "|") or not self._has_stranger():
            return False
        inside = re.sub(r"[_^]\{?\w+\}?", "", self.text)
        return not re.search(r"\d", inside)

    def _operator(self) -> bool:
        r"""``\sum_i x_i =``, ``\lim f(x) =``, ``\max_x f(x) =`` of what the question does not declare."""
        texts = [token.text for token in self.tokens]
        if any(text in ("\\int", "\\lim", "\\arg") for text in texts):
            return True
        below = texts[:1] in (["max"], ["min"]) and texts[1:2] == ["_"]
        return (below or texts[0] in ("\\sum", "\\prod")) and self._has_stranger(self._bound())

    def _bound(self) -> frozenset[str]:
        """The indices of sums."""
        return frozenset(
            token.text
            for i, token in enumerate(self.tokens)
            if token.kind == "name" and self._follows_underscore(i)
        )

    def _follows_underscore(self, i: int) -> bool:
        before = [token.text for token in self.tokens[max(i - 2, 0) : i]]
        return before[-1:] == ["_"] or before == ["_", "{"]

    def _logarithm(self) -> bool:
        r"""``\log p(x) =``, ``\ln L =``: of a probability or likelihood."""
        texts = [token.text for token in self.tokens]
        if texts[0] not in ("log", "ln") or len(texts) < 2:
            return False
        at = 1
        while at < len(texts) - 1 and texts[at] in _ACCENTS | {"(", "{"}:
            at += 1
        return texts[at] in ("p", "P", "q", "L", "Pr", "l") and texts[at] not in self.names.symbols

    def _inner_product(self) -> bool:
        r"""``w^T x + b =``: vectors the question does not declare."""
        transposed = any(
            t.text in ("\\top", "T") and i > 0 and self.tokens[i - 1].text in ("^", "{")
            for i, t in enumerate(self.tokens)
        )
        return transposed and self._of_arrays()

    def _combination(self) -> bool:
        """``E[X^2] - E[X]^2 =``: two named quantities or more."""
        applied = 0
        for i, token in enumerate(self.tokens[:-1]):
            if token.kind in ("name", "text") and self.tokens[i + 1].text in ("(", "["):
                plain = (
                    token.text in ("P", "E", "Pr", "Var", "Cov", "KL", "H") or len(token.text) > 2
                )
                known = self.names.function(token.text) or token.text in self.names.symbols
                applied += plain and not known
        return applied > 1

    def _of_arrays(self) -> bool:
        """``A x =``, ``X^T X =``, ``A^{-1} =``, ``y - t =``: names only, and no number of its own."""
        bare = re.sub(r"[_^](?:\{[^{}]*\}|\\top|\w)", "", self.text)
        plain = not re.search(r"\d", bare) and bare[:1] not in "-+"
        return plain and bool(re.fullmatch(r"[\w+\-*\\ '().]+", bare)) and self._has_stranger()


# -- from the tree -------------------------------------------------------------------------------


def without_label(tree: Node) -> Node:
    """What is left of ``label = value`` with a single value; any other tree as it is."""
    if tree.op == "compare" and len(tree.args) == 2 and tree.args[0].op == "label":
        return tree.args[1]
    return tree


def claims(tree: Node, names: Names, *, numbers: bool = False) -> list[Node]:
    r"""The sides of ``y = a = b \approx c`` that claim to be the answer, from left to right.

    None where the tree is no such chain but an equation to solve (``2x = 1.3``) or an inequality.
    With ``numbers`` a side with a name has no value: it may follow a label, as the second does in
    ``L = (y - t)^2 = 0.04``, but is an equation to solve where it begins.
    """
    if tree.op in ("and", "or"):
        return []
    if tree.op != "compare":
        return [tree]
    if set(tree.value) - {"=", "\\approx"}:
        return []
    sides = [side for side in tree.args if not _names_only(side, names, numbers=numbers)]
    labelled = len(sides) < len(tree.args)
    if not numbers:
        if labelled and names.symbols:
            known = [s for s in sides if not names_in(s) - _known(names)]
            return known or sides
        return sides
    valued = [side for side in sides if not _strangers(side, names)]
    if labelled:
        return valued or sides
    return valued if len(valued) == len(sides) else []


def _names_only(side: Node, names: Names, *, numbers: bool) -> bool:
    if side.op == "label":
        return True
    if side.op in ("symbol", "index"):
        return numbers or side.value not in names.symbols
    return side.op == "apply" and side.value.rstrip("'") not in names.functions


def _known(names: Names) -> set[str]:
    return set(names.symbols) | {f"{n}" for n in names.functions} | {"I"}


def _strangers(side: Node, names: Names) -> bool:
    return bool(names_in(side)) or any(node.op == "apply" for node in walk(side))
