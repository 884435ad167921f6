"""Follow-through: what a student's own earlier answers lead to in a later part.

A wrong answer to (a) that is used well in (b) earns the marks of (b), entry by entry. The student
may have gone on with what was written down, with more digits than were written, or with the exact
value that a slip gives; so everything counts that the rounding of the earlier answers leaves open.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.nested import flatten, refilled
from partialcredit.marking.by_formula import values_of_formulas
from partialcredit.marking.rounding import half_units
from partialcredit.marking.stock import leaves_nothing_to_do
from partialcredit.numbers.plausible import SENSELESS, plausible
from partialcredit.numbers.rationals import rational
from partialcredit.problem import Problem

__all__ = ["Earlier", "Followed"]

#: Entries of earlier answers that are moved by half a unit each, and CPU seconds for all of them.
_MOST_MOVED, _SECONDS = 60, 0.1

#: What rounding may change at most, as a share of the number: a slip changes more.
_LARGEST_SLACK = rational(1, 50)


@dataclass(frozen=True, slots=True)
class Followed:
    """What an answer is worth with the student's earlier answers.

    ``value`` is the exact value they lead to, and ``wrong`` are the wrong answers among them.
    """

    verdict: Verdict
    value: Any
    wrong: tuple[str, ...]


class Earlier:
    """A student's answers so far, as values to compute from.

    ``mistakes`` says of every part that is answered what is known to be wrong with it.
    """

    def __init__(self, problem: Problem, answered: Iterable[str] = ()) -> None:
        self.problem = problem
        self.mistakes = dict.fromkeys(answered, "")
        self.wrong: set[str] = set()
        self._followed: set[str] = set()
        self._given: dict[str, Any] = {}
        self._meant: dict[str, Any] = {}
        self._halves: dict[str, list[Any]] = {}

    def remember(self, name: str, key: Any, answer: Answer) -> None:
        """Keep an answer that later parts can be computed from."""
        try:
            value = answer.value
        except SENSELESS:  # such as ``x or 2`` for a formula: it can be read, not computed with
            return
        if not plausible(value, key):
            return
        kind = self.problem.kinds[name]
        self._given[name] = _divisible(value) if kind.numeric else value
        if kind.numeric:
            self._halves[name] = half_units(kind, key, answer)

    def mean(self, name: str, value: Any, *, followed: bool) -> None:
        """Keep the exact value that an answer rounds; with it a student may have gone on.

        ``followed`` says that it is right with earlier answers.
        """
        self._meant[name] = _divisible(value) if self.problem.kinds[name].numeric else value
        if followed:
            self._followed.add(name)

    def scenarios(self) -> Iterator[Mapping[str, Any]]:
        """Values to go on from: the wrong ones, all as rounded, the wrong ones exact.

        Last, only those where something went wrong: what follows from them is exact, too.
        """
        wrong = {name: value for name, value in self._given.items() if name in self.wrong}
        exact = {**wrong, **self._meant}
        roots = {name: value for name, value in exact.items() if name not in self._followed}
        seen: list[Mapping[str, Any]] = [{}]
        for given in (wrong, self._given, exact, roots):
            if given not in seen:
                seen.append(given)
                yield given

    def follow(self, name: str, kind: Kind, answer: Answer) -> Iterator[Followed]:
        """What the answer is worth with each of the earlier answers."""
        for given in self.scenarios():
            found = self._compare(name, kind, answer, given)
            if found is not None:
                yield found
        wrong = {n: value for n, value in self._given.items() if n in self.wrong}
        for earlier, value in values_of_formulas(self.problem, name, wrong):
            yield Followed(kind.compare(value, answer), value, (earlier,))

    def follow_within_rounding(self, name: str, kind: Kind, answer: Answer) -> Followed | None:
        """The same, anywhere within half a unit of the last digit of every earlier answer."""
        given = dict(self._given)
        if not given or not kind.numeric:
            return None
        try:
            theirs = self.problem.keys_given(given)[name]
            if not _near(theirs, answer.value):
                return None
            slack = self._slack(name, given, theirs)
            snapped = kind.snapped(theirs, slack, answer)
        except SENSELESS:
            return None
        return self._compare(name, kind, snapped, given)

    def _compare(
        self, name: str, kind: Kind, answer: Answer, given: Mapping[str, Any]
    ) -> Followed | None:
        key = self.problem.keys[name]
        wrong = tuple(n for n in given if n in self.wrong)
        try:
            theirs = self.problem.keys_given(given)[name]
            pairs = [(given[n], self.problem.keys[n]) for n in wrong]
            if leaves_nothing_to_do(pairs, theirs, key):
                return None
            return Followed(kind.compare(theirs, answer), theirs, wrong)
        except SENSELESS:
            return None

    def _slack(self, name: str, given: Mapping[str, Any], theirs: Any) -> Any:
        """How far each number of the part moves when earlier ones move within their rounding."""
        base = flatten(theirs)
        total = [rational(0) for _ in base]
        end = time.process_time() + _SECONDS
        for _moved, changed in zip(range(_MOST_MOVED), self._moved(given), strict=False):
            if time.process_time() > end:
                break
            new = flatten(self.problem.keys_given(changed)[name])
            total = [t + abs(x - y) for t, x, y in zip(total, new, base, strict=True)]
        most = [abs(x) * _LARGEST_SLACK for x in base]
        return refilled(theirs, map(min, total, most))

    def _moved(self, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Earlier answers with one number half a unit larger."""
        for name, value in given.items():
            entries = flatten(value)
            for place, half in enumerate(self._halves.get(name, ())):
                if half:
                    moved = [*entries[:place], entries[place] + half, *entries[place + 1 :]]
                    yield {**given, name: refilled(value, moved)}


def _near(theirs: Any, value: Any) -> bool:
    """Whether rounding may be what stands between two values, for some number at least."""
    a, b = flatten(theirs), flatten(value)
    return len(a) == len(b) and any(
        x != y and abs(x - y) <= 2 * _LARGEST_SLACK * abs(x) for x, y in zip(a, b, strict=True)
    )


def _divisible(value: Any) -> Any:
    """Whole numbers as fractions, so that a solver's quotient of two of them stays exact."""
    if isinstance(value, tuple):
        return tuple(map(_divisible, value))
    return rational(value) if isinstance(value, int) else value
