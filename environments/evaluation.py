"""What a model's answers are worth: marks by topic, level and kind, with error bars, and slips."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from partialcredit.environments.rewards import score
from partialcredit.environments.rows import problem_of
from partialcredit.errors import InputError

__all__ = ["Evaluation", "Mean", "Scored", "evaluation", "read_responses", "scored"]


@dataclass(frozen=True, slots=True)
class Scored:
    """One response: its share of the marks, the verdicts by kind of part, the slips by name."""

    family: str
    level: str
    share: float
    verdicts: tuple[tuple[str, str], ...]
    slips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over ``count`` values and the half width of its 95 % interval.

    The error is that of clustered values (Miller 2024, "Adding error bars to evals", equation 4),
    the clusters being families: one family's problems are alike. It is None for one family.
    """

    count: int
    value: float
    half_width: float | None

    @classmethod
    def of(cls, values: Iterable[tuple[str, float]]) -> Mean:
        """The mean of values, each with its family."""
        pairs = list(values)
        mean = sum(value for _, value in pairs) / len(pairs)
        sums: defaultdict[str, float] = defaultdict(float)
        for family, value in pairs:
            sums[family] += value - mean
        error = sqrt(sum(total * total for total in sums.values())) / len(pairs)
        return cls(len(pairs), mean, 1.96 * error if len(sums) > 1 else None)


@dataclass(slots=True)
class Evaluation:
    """Groups such as ``("topic", "losses")`` with the mean share of marks and of right problems."""

    marks: dict[tuple[str, str], Mean] = field(default_factory=dict)
    accuracy: dict[tuple[str, str], Mean] = field(default_factory=dict)
    slips: Counter[tuple[str, str]] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)


def read_responses(
    lines: Iterable[str], rows: Mapping[str, Mapping[str, Any]], place: str
) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The problem and the text of every line of a file of responses.

    A line is a row of a set with the model's text as ``response``, or ``id`` and ``response`` alone
    where ``rows`` has the row of that id. Raises InputError with the number of the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            text = data["response"]
            row = data if "problem" in data else rows[data["id"]]
        except (ValueError, RecursionError):
            raise InputError(f"{place}, line {number}: that is no JSON") from None
        except (LookupError, TypeError):
            raise InputError(
                f"{place}, line {number}: a line is a row of a set with 'response', or 'id' and "
                "'response' with --set naming the set that has the id"
            ) from None
        if not isinstance(text, str):
            raise InputError(f"{place}, line {number}: 'response' is a text")
        yield row, text


def scored(row: Mapping[str, Any], text: str) -> Scored:
    """Mark one response."""
    problem = problem_of(row)
    found = score(problem, text)
    kinds = {part.id: part.kind for part in problem.parts}
    verdicts = tuple((kinds[mark.id], mark.verdict) for mark in found.counted)
    slips = tuple(mark.mistake for mark in found.parts if mark.mistake)
    return Scored(problem.family, problem.level, found.share, verdicts, slips)


def evaluation(results: Iterable[Scored]) -> Evaluation:
    """All groups of some results, the group ``("all", "")`` first."""
    groups: defaultdict[tuple[str, str], list[Scored]] = defaultdict(list)
    found = Evaluation()
    kinds: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for result in results:
        topic = result.family.partition("/")[0]
        for name in (("all", ""), ("level", result.level), ("topic", topic)):
            groups[name].append(result)
        for kind, verdict in result.verdicts:
            kinds[kind].append((result.family, float(verdict in ("correct", "follow-through"))))
            found.verdicts[verdict] += 1
        found.slips.update((result.family, slip) for slip in result.slips)
    for name, members in groups.items():
        found.marks[name] = Mean.of((one.family, one.share) for one in members)
        found.accuracy[name] = Mean.of((one.family, float(one.share == 1)) for one in members)
    for kind, values in kinds.items():
        found.accuracy["kind", kind] = Mean.of(values)
    return found
