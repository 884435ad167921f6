"""Whether versions were equally hard: permutation tests, corrected for their number by Holm.

If the versions were handed out by chance and are equally hard, which version a student had says
nothing about the marks, and every other way to hand them out would have been as likely. So the
share of those ways that set the versions at least as far apart as they are is a p value that
holds its level in a class of any size and whatever the marks' distribution is.

References:
    Pitman, Significance tests which may be applied to samples from any populations, part III, 1938.
    Holm, A simple sequentially rejective multiple test procedure, 1979.

"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partialcredit.marking.marks import Result
from partialcredit.marking.statistics.scores import Array, Scores
from partialcredit.paper import Paper, PaperProblem

__all__ = ["LEVEL", "Comparison", "compare_versions", "holm", "permutation_p"]

#: The chance of finding any difference where there is none.
LEVEL = 0.05

#: Ways to hand out the versions that are tried.
PERMUTATIONS = 9999

#: Values that are permuted at a time, which bounds the memory.
_AT_ONCE = 2_000_000

#: Students of a version below whom it is not compared.
FEWEST = 2

_SEED = 20_130


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test: ``what`` was compared, in groups of ``(label, students, mean share)``.

    ``p`` is corrected for the number of tests.
    """

    what: str
    groups: tuple[tuple[str, int, float], ...]
    p: float

    @property
    def differs(self) -> bool:
        """Whether the groups were not equally hard."""
        return self.p < LEVEL


def compare_versions(
    results: Sequence[Result], scores: Scores, papers: Mapping[str, Paper]
) -> list[Comparison]:
    """The paper and each question between versions, or a question between its alternatives.

    ``scores`` are by question. Versions are papers that several students have. Where everyone has
    a paper of their own, questions that were picked among several are compared; a class of one
    paper has nothing to compare.
    """
    ids = [result.paper for result in results]
    shared = len(set(ids)) > 1 and any(ids.count(one) >= FEWEST for one in set(ids))
    tests: list[tuple[str, Array, list[str]]] = []
    if shared:
        tests.append(("the paper", scores.shares, ids))
    for column, name in enumerate(scores.names):
        with np.errstate(invalid="ignore"):
            shares = scores.marks[:, column] / scores.out_of[:, column]
        tests.append(
            (f"question {name}", shares, ids if shared else _alternatives(name, ids, papers))
        )
    rng = np.random.default_rng(_SEED)
    found = [(what, *compared) for what, s, g in tests if (compared := _compared(s, g, rng))]
    corrected = holm([p for *_, p in found])
    return [
        Comparison(what, groups, p) for (what, groups, _), p in zip(found, corrected, strict=True)
    ]


def _alternatives(question: str, ids: Sequence[str], papers: Mapping[str, Paper]) -> list[str]:
    """What was asked under a number on every student's paper."""
    asked = {
        name: next((p for p in paper.problems if str(p.number) == question), None)
        for name, paper in papers.items()
    }
    return [_called(asked.get(name)) for name in ids]


def _called(problem: PaperProblem | None) -> str:
    return problem.title or problem.family if problem else ""


def _compared(
    values: Array, labels: Sequence[str], rng: np.random.Generator
) -> tuple[tuple[tuple[str, int, float], ...], float] | None:
    """The groups that are large enough, and p before the correction."""
    names = np.array(labels)
    known = ~np.isnan(values)
    large = [n for n in sorted(set(labels)) if (known & (names == n)).sum() >= FEWEST]
    if len(large) < 2:
        return None
    kept = known & np.isin(names, large)
    values, names = values[kept], names[kept]
    groups = tuple((n, int((names == n).sum()), float(values[names == n].mean())) for n in large)
    return groups, permutation_p(values, names, rng)


def permutation_p(
    values: Array, labels: NDArray[np.str_], rng: np.random.Generator, tries: int = PERMUTATIONS
) -> float:
    """P of the one-way layout: how often chance sets the groups' means as far apart.

    The measure is the sum of squares between the groups, which, the total being what it is, orders
    the permutations as Fisher's F does. The way that was seen counts among the tries, which makes
    the test exact (Phipson and Smyth 2010).
    """
    groups = [labels == name for name in np.unique(labels)]
    centred = values - values.mean()
    seen = _between(centred[None], groups)[0]
    # A hair of slack: equal sums come out unequal by the order in which they are added.
    far, as_far = 1, seen - 1e-9 * max(seen, 1e-9)
    block = max(1, min(tries, _AT_ONCE // len(values)))
    for start in range(0, tries, block):
        ways = np.tile(centred, (min(block, tries - start), 1))
        far += int((_between(rng.permuted(ways, axis=1), groups) >= as_far).sum())
    return far / (tries + 1)


def _between(ways: Array, groups: Sequence[NDArray[np.bool_]]) -> Array:
    """The sums of squares between groups, of shape (ways,), of centred values."""
    return np.asarray(sum(ways[:, group].sum(axis=1) ** 2 / group.sum() for group in groups))


def holm(ps: Sequence[float]) -> list[float]:
    """P values corrected for their number, in their order (Holm 1979)."""
    corrected, largest = [0.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        largest = max(largest, min(1.0, (len(ps) - rank) * ps[place]))
        corrected[place] = largest
    return corrected
