"""Where two formulas differ: numbers for the letters that a student can check by hand."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from partialcredit.grading.evaluation.arithmetic import ball, overlaps
from partialcredit.grading.evaluation.evaluate import scalar
from partialcredit.grading.evaluation.matrices import Undefined
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.listing import listed
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, names_in

__all__ = ["counterexample"]

#: Numbers for the first letter, the second and so on; all different, so that nothing cancels.
_EASY: dict[str, tuple[fmpq, ...]] = {
    "real": tuple(map(fmpq, (2, 3, 5, -1, 7, 4))),
    "positive": tuple(map(fmpq, (2, 3, 5, 1, 7, 4))),
    "integer": tuple(map(fmpq, (3, 2, 4, 5, 1, 6))),
    "positive integer": tuple(map(fmpq, (3, 2, 4, 5, 1, 6))),
    "unit": (fmpq(1, 2), fmpq(1, 4), fmpq(1, 5), fmpq(3, 4), fmpq(1, 10), fmpq(2, 5)),
}
_TRIES = 3


def counterexample(key: Node, answer: Node, names: Names) -> str:
    """``For x = 2 your formula gives 5, the right one 7.``; empty when no easy numbers tell."""
    letters = sorted(names_in(key) | names_in(answer))
    domains = [names.symbols.get(letter, "") for letter in letters]
    if names.complex or not letters or len(letters) > 6 or not all(d in _EASY for d in domains):
        return ""
    for values in _values(domains):
        point = Point(names.symbols, 0, 1, dict(zip(letters, values, strict=True)))
        try:
            ours, theirs = scalar(key, point), scalar(answer, point)
        except Undefined:
            continue
        if not overlaps(ours, theirs):
            where = listed([f"{x} = {v}" for x, v in zip(letters, values, strict=True)])
            return f"For {where} your formula gives {_shown(theirs)}, the right one {_shown(ours)}."
    return ""


def _values(domains: list[str]) -> Iterator[list[fmpq]]:
    for start in range(_TRIES):
        yield [_EASY[d][(start + i) % len(_EASY[d])] for i, d in enumerate(domains)]


def _shown(value: object) -> str:
    if isinstance(value, fmpq) and value.q == 1 and abs(value.p) < 10**9:
        return str(value.p)
    return f"{float(ball(value).mid()):.4g}"
