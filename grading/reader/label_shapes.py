r"""Left sides that are more than a name: derivatives, lists of names, norms, sums, words."""

from __future__ import annotations

import re

from partialcredit.grading.reader.quantity_names import ACCENTS, WORDS, Name

__all__ = ["Label"]

_DIFFERENTIAL = re.compile(
    r"d(?:\^\{?\w+\}?)?[A-Za-z\\]?[\w\\^{}\[\]()']*/d[A-Za-z\\][\w\\^{}']*(?:\|_.*)?"
)
#: Letters that are usually functions.
_APPLIED = frozenset(
    ["P", "E", "V", "H", "J", "L", "F", "G", "K", "Q", "f", "g", "h", "p", "q", "Pr", "KL"]
)
_SMALL_WORDS = frozenset({"of", "in", "the", "a", "per", "for", "at", "is", "to", "no"})


class Label(Name):
    """Whether the tokens of one side name the asked quantity."""

    def found(self, *, sure: bool) -> bool:
        """Whether they do; ``sure`` where a sign of assignment follows."""
        if any(token.text in ("\\partial", "\\nabla") for token in self.tokens):
            return True
        return (
            self._derivative()
            or self._words()
            or self.name(0, len(self.tokens), sure=sure)
            or self._several()
            or self._norm()
            or self._operator()
            or self._function()
            or self._logarithm()
            or self._inner_product()
            or self._combination()
            or (self.arrays and self._of_arrays())
        )

    def _derivative(self) -> bool:
        if _DIFFERENTIAL.fullmatch(self.text):
            return True
        texts = [token.text for token in self.tokens]
        if texts[:1] != ["\\frac"] or len(texts) < 5:
            return False
        middle = self.after(1, len(texts))
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
        if self.after(0, end + 1) != end + 1:
            return False
        at, found = 1, 0
        while at < end:
            stop = at
            while stop < end and self.tokens[stop].text not in (",", ";"):
                stop = self.after(stop, end)
            if not self.name(at, stop):
                return False
            at, found = stop + 1, found + 1
        return found > 1

    def _norm(self) -> bool:
        r"""``\|x\|_2 =`` and ``\langle f \rangle =``."""
        if self.tokens[0].text == "\\langle" and self.tokens[-1].text == "\\rangle":
            return self.has_stranger() and all(token.text != "," for token in self.tokens)
        if self.tokens[0].text not in ("\\|", "||", "|") or not self.has_stranger():
            return False
        inside = re.sub(r"[_^]\{?\w+\}?", "", self.text)
        return not re.search(r"\d", inside)

    def _operator(self) -> bool:
        r"""``\sum_i x_i =``, ``\lim f(x) =``, ``\max_x f(x) =`` of undeclared names."""
        texts = [token.text for token in self.tokens]
        if any(text in ("\\int", "\\lim", "\\arg") for text in texts):
            return True
        if "\\mathbb{E}" in self.text and "E" not in self.names.symbols:
            return True  # an expectation
        below = texts[:1] in (["max"], ["min"]) and texts[1:2] == ["_"]
        return (below or texts[0] in ("\\sum", "\\prod")) and self.has_stranger(self._bound())

    def _function(self) -> bool:
        r"""``\tanh u =`` and ``D_x f =``: what would be a name with brackets about ``u``."""
        end, head = len(self.tokens), self.tokens[0].text
        if head == "D" and end > 2 and self.tokens[1].text == "_":
            return head not in self.names.symbols and self.name(self.after(2, end), end)
        function = self.names.function(head)
        return function in WORDS and self.name(1, end) and self.has_stranger()

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
        while at < len(texts) - 1 and texts[at] in ACCENTS | {"(", "{"}:
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
                plain = token.text in _APPLIED or len(token.text) > 2
                known = self.names.function(token.text) or token.text in self.names.symbols
                applied += plain and not known
        return applied > 1

    def _of_arrays(self) -> bool:
        """``A x =``, ``X^T X =``, ``A^{-1} =``, ``y - t =``: names only, no number."""
        bare = re.sub(r"[_^](?:\{[^{}]*\}|\\top|\w)", "", self.text)
        plain = not re.search(r"\d", bare) and bare[:1] not in "-+"
        return plain and bool(re.fullmatch(r"[\w+\-*\\ '().]+", bare)) and self.has_stranger()
