"""The marks of a class as arrays: a row a student, a column an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partialcredit.marking.marks import PartMark, Result

__all__ = ["Array", "Scores", "by_part", "by_question", "question_of"]

Array = NDArray[np.float64]

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Scores:
    """Marks and the marks there are, of shape (students, items).

    Both are NaN where an item is not on a student's paper. ``blank`` says where nothing was
    handed in.
    """

    names: tuple[str, ...]
    marks: Array
    out_of: Array
    blank: NDArray[np.bool_]

    @property
    def totals(self) -> Array:
        """Everyone's marks in all, of shape (students,)."""
        return np.asarray(np.nansum(self.marks, axis=1))

    @property
    def shares(self) -> Array:
        """Everyone's marks in all, as a share of the marks there are; 0 where there are none."""
        most = np.nansum(self.out_of, axis=1)
        return np.asarray(self.totals / np.where(most > 0, most, 1.0))


def question_of(part: str) -> str:
    """The number of the question that a part belongs to: ``12`` of ``12b``.

    It is empty for an id without one, which no paper has that the program wrote.
    """
    found = _NUMBER.match(part)
    return found[0] if found else ""


def by_part(results: Sequence[Result]) -> Scores:
    """Every part is an item."""
    return _scores(results, lambda part: part.id)


def by_question(results: Sequence[Result]) -> Scores:
    """Every question is an item."""
    return _scores(results, lambda part: question_of(part.id))


def _scores(results: Sequence[Result], item: Callable[[PartMark], str]) -> Scores:
    names = tuple(dict.fromkeys(item(part) for result in results for part in result.counted))
    place = {name: column for column, name in enumerate(names)}
    marks, out_of = (np.full((len(results), len(names)), np.nan) for _ in range(2))
    blank = np.ones(marks.shape, dtype=bool)
    for row, result in enumerate(results):
        for part in result.counted:
            column = place[item(part)]
            marks[row, column] = np.nansum([marks[row, column], float(part.marks)])
            out_of[row, column] = np.nansum([out_of[row, column], part.out_of])
            blank[row, column] &= part.verdict == "blank"
    return Scores(names, marks, out_of, blank & ~np.isnan(marks))
