"""Earlier answers that a student might type, and that a later part's solver must survive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from partialcredit.grading import Expression
from partialcredit.grading.kind import Kind
from partialcredit.grading.writing.exact_text import exact_text
from partialcredit.marking.desk import PART_SECONDS
from partialcredit.marking.marker import mark_problem
from partialcredit.numbers.exact import Exact
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.values import Span
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import load
from partialcredit.workers.inside import Answer, Step

__all__ = ["attacks", "markers"]

#: What becomes of every number of a key.
_CHANGES: tuple[Callable[[Any], Any] | int | Rational, ...] = (
    lambda x: x * 10**4,
    lambda x: x * 10**7,
    lambda x: -x,
    lambda x: x + rational(1, 3),
    lambda x: x / rational(9_999_991),
    0,
    10**4,
    10**7,
    -(10**4),
    rational(1, 10**6),
    rational(10**300 + 1, 10**300),
)

_FORMULAS = (
    "0", "10^7", "10^-300", "({})^10000", "1/({})^10000", "({})*10^7", "({})/0.000001-1/3",
    "sqrt(({})^2+10^300)", "exp(exp(10))*({})", "-({})^(1/3)",
)  # fmt: skip


def attacks(kind: Kind, key: Any) -> list[str]:
    """Answers to one part, from its key."""
    if isinstance(kind, Expression):
        return [text.format(kind.write(key)) for text in _FORMULAS]
    if kind.name in ("truefalse", "choice", "choices", "order", "relation", "signs", "text"):
        return []
    return [_text(kind.name, _changed(key, change)) for change in _CHANGES]


def _changed(value: Any, change: Any) -> Any:
    if isinstance(value, Span):
        ends = (None if end is None else _changed(end, change) for end in value[:2])
        return Span(*ends, value.low_closed, value.high_closed)
    if isinstance(value, tuple | frozenset):
        return tuple(_changed(item, change) for item in value)
    if isinstance(value, int | Rational | Exact) and not isinstance(value, bool):
        number = rational(value) if isinstance(value, int) else value
        return change(number) if callable(change) else change
    return value


def _text(kind: str, value: Any) -> str:
    if isinstance(value, Span):
        low = "-oo" if value.low is None else exact_text(value.low)
        high = "oo" if value.high is None else exact_text(value.high)
        return f"{'[' if value.low_closed else '('}{low}, {high}{']' if value.high_closed else ')'}"
    if not isinstance(value, tuple):
        return exact_text(value)
    texts = [_text("array", item) for item in value]
    if kind == "interval":
        return " U ".join(texts)
    return f"{{{', '.join(texts)}}}" if kind == "set" else f"[{', '.join(texts)}]"


def hand_ins(problem: Problem) -> Iterator[dict[str, str]]:
    """Every attack on one earlier part, and on all of them at once; the last parts are as usual."""
    names = list(problem.kinds)
    right = {name: problem.kinds[name].write(problem.keys[name]) for name in names}
    each = {name: attacks(problem.kinds[name], problem.keys[name]) for name in names}
    for place, name in enumerate(names[:-1]):
        for text in each[name]:
            for answers in (right, dict.fromkeys(names, "1")):
                later = {other: answers[other] for other in names[place + 1 :]}
                yield {name: text, **later}
    for turn in range(len(_CHANGES)):
        given = {name: texts[turn % len(texts)] for name, texts in each.items() if texts}
        yield {**right, **given, names[-1]: right[names[-1]]}


def markers() -> Answer:
    """A worker's setup: mark all attacks on one problem, each part within a part's budget.

    A request is a family, a level, a seed, and how many attacks to pass over; replies are its
    answers and verdicts.
    """

    def answer(request: tuple[str, Any, int, int], step: Step) -> Iterator[Any]:
        family, level, seed, passed = request
        step("generate", 60.0)
        problem = generate(load(family), level, seed)
        paper = printed(problem)
        ids = {part.name: part.id for part in paper.parts}
        for number, given in enumerate(hand_ins(problem)):
            if number < passed:
                continue

            def begin(place: int, number: int = number) -> str:
                step(f"{number} {place}", PART_SECONDS)
                return ""

            marks = mark_problem(paper, problem, {ids[n]: t for n, t in given.items()}, begin=begin)
            yield number, given, [mark.verdict for mark in marks], [m.feedback for m in marks]

    return answer
