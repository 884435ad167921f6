r"""Names of quantities: ``\hat x``, ``w^{(t+1)}``, ``W_1``, ``L(w)``, ``p(y|x)``, ``x*``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from partialcredit.grading.reader.characters import GREEK
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import Names

__all__ = ["ACCENTS", "CLOSE", "OPEN", "WORDS", "Name"]

OPEN, CLOSE = frozenset({"(", "[", "{", "\\{"}), frozenset({")", "]", "}", "\\}"})
ACCENTS = frozenset({
    "\\hat", "\\bar", "\\tilde", "\\dot", "\\ddot", "\\overline", "\\widehat", "\\widetilde",
    "\\vec",
    "\\mathbf", "\\mathbb", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol", "\\bm",
    "\\operatorname", "\\underline", "\\text", "\\mathscr", "\\mathfrak", "\\bf",
})  # fmt: skip
#: Functions of many numbers or of a network: ``softmax(z) = ...`` names what is asked.
WORDS = frozenset({
    "softmax", "logsumexp", "mean", "trace", "det", "norm", "relu", "softplus", "tanh", "silu",
    "gelu", "max", "min", "erf", "diag", "inverse", "transpose", "total", "dot",
})  # fmt: skip
_QUANTITIES = WORDS | {"sigma", "Phi"}
#: Squares that are names of their own.
_SQUARES = frozenset({"sigma", "chi", "R"})


class Name:
    """The tokens of one side, and whether a part of them is one name."""

    def __init__(self, tokens: Sequence[Token], names: Names, *, arrays: bool) -> None:
        self.tokens = list(tokens)
        self.names, self.arrays = names, arrays
        self.text = "".join(token.text for token in tokens)

    def name(self, at: int, end: int, *, sure: bool = False) -> bool:
        """A letter or word with what is written around it, and perhaps its arguments."""
        head, at = self._head(at, end)
        if not head:
            return False
        function = self.names.function(head)
        applied = False
        while at < end:
            text = self.tokens[at].text
            if text == "_":
                at = self.after(at + 1, end)
            elif text == "^":
                if not self._index(at + 1, end, head):
                    return False
                at = self.after(at + 1, end)
            elif text in ("'", "*", "\\prime", "\\star", "\\top"):
                at += 1
            elif text == "." and at + 1 < end and self.tokens[at + 1].kind == "name":
                at += 2
            elif text in ("(", "[") and not applied:
                applied = True
                at = self.after(at, end)
            else:
                return False
        if applied and head in self.names.symbols and not sure:
            return False  # x (1 + y) is a product
        if not applied or function is None:
            return bool(sure or applied or self._one_name(head))
        return function in _QUANTITIES and self.has_stranger()

    def _head(self, at: int, end: int) -> tuple[str, int]:
        """The letter or word at the beginning, and where it stops."""
        while at < end and self.tokens[at].text in ACCENTS:
            at += 1
            if at < end and self.tokens[at].text == "{":
                inside = self.tokens[at + 1]
                close = self.after(at, end)
                if inside.text in ACCENTS:
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

    def after(self, at: int, end: int) -> int:
        """Where the group or the single token at this place ends."""
        if at >= end or self.tokens[at].text not in OPEN:
            return at + 1
        depth = 0
        for i in range(at, end):
            depth += (self.tokens[i].text in OPEN) - (self.tokens[i].text in CLOSE)
            if depth == 0:
                return i + 1
        return end

    def _index(self, at: int, end: int, head: str) -> bool:
        """Whether what stands above is an index, a star or a word rather than a power."""
        inside = "".join(t.text for t in self.tokens[at : self.after(at, end)]).strip("{}")
        if inside in ("*", "\\star", "\\ast", "T", "\\top", "+", "-", "\\prime", "'", "\\dagger"):
            return True
        if inside.startswith(("(", "[", "\\langle")) or re.fullmatch(r"[A-Za-z]{2,}\d*", inside):
            return True
        if re.fullmatch(r"[tknil][+-]1", inside):
            return True
        after = self.after(at, end)
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

    def has_stranger(self, bound: frozenset[str] = frozenset()) -> bool:
        """Whether a name stands here that has no value of its own."""
        return any(
            token.kind == "name"
            and token.text not in bound
            and self.names.function(token.text) is None
            and self.names.constant(token.text) is None
            and not all(p in self.names.symbols for p in self.names.split(token.text))
            for token in self.tokens
        )
