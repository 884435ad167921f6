"""What the values of one parameter are like, and whether a chosen one could be among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from partialcredit.errors import InputError, UnknownName
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector

__all__ = ["Drawn"]

#: A chosen number is at most this many times as large as the largest drawn one, a chosen list this
#: many times as long: nobody knows what a computation costs that no family does.
FACTOR = 10


class Drawn:
    """The values of the parameter ``name`` in some hundred draws."""

    def __init__(self, name: str, values: Sequence[Any]) -> None:
        leaves = [list(_leaves(value)) for value in values]
        every = list(chain.from_iterable(leaves))
        self.name = name
        self.depths = set(map(_depth, values))
        self.longest = max(map(len, leaves))
        self.words = {leaf for leaf in every if isinstance(leaf, str)}
        self.truths = any(isinstance(leaf, bool) for leaf in every)
        numbers = [leaf for leaf in every if not isinstance(leaf, str | bool)]
        self.types = set(map(type, numbers))
        self.least, self.largest = min(numbers, default=0), max(map(abs, numbers), default=0)

    def cast(self, value: Any) -> Any:
        """The value with numbers of the drawn types; raises InputError when it looks strange."""
        if _depth(value) not in self.depths:
            raise self._strange(
                " or ".join(_FORMS.get(d, f"lists {d} deep") for d in self.depths), value
            )
        if sum(1 for _ in _leaves(value)) > FACTOR * self.longest:
            raise self._strange(f"a list of at most {FACTOR * self.longest} values", value)
        return self._cast(value)

    def _cast(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return Vector(map(self._cast, value))
        if isinstance(value, bool) and self.truths:
            return value
        if isinstance(value, str | bool):
            return self._word(value)
        return self._number(value)

    def _word(self, word: str | bool) -> str:
        if word in self.words:
            return str(word)
        if self.words:
            raise UnknownName(f"value of {self.name}", str(word), self.words, self._listing())
        raise self._strange("true or false" if self.truths else "a number", word)

    def _listing(self) -> str:
        shown = sorted(self.words)
        return f"known are {', '.join(shown)}" if sum(map(len, shown)) < 300 else ""

    def _number(self, number: Any) -> Any:
        if not self.types:
            raise self._strange("a word" if self.words else "true or false", number)
        if self.types == {int} and not isinstance(number, int):
            raise self._strange("a whole number", number)
        if self.least >= 0 > number or self.least > 0 >= number:
            raise self._strange("positive" if self.least > 0 else "not negative", number)
        if abs(number) > FACTOR * self.largest:
            raise self._strange(f"at most {FACTOR * self.largest} in size", number)
        return number if int in self.types else rational(number)

    def _strange(self, wanted: str, value: Any) -> InputError:
        shown = str(value).lower() if isinstance(value, bool) else f"{value!s:.60}"
        return InputError(f"{self.name} is {wanted}, not {shown}")


_FORMS = {0: "one value", 1: "a list", 2: "a matrix, a list of its rows"}


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _depth(value: Any) -> int:
    return 1 + max(map(_depth, value), default=0) if isinstance(value, tuple) else 0
