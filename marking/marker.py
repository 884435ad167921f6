"""Marks as a good human marker gives them: equivalence first, then slips, then parts of marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from textwrap import indent
from types import MappingProxyType
from typing import Any

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import Choice
from partialcredit.grading.kind import Kind
from partialcredit.grading.reader.explain import excerpt
from partialcredit.marking.judging import Judge
from partialcredit.marking.marks import PartMark, undecided
from partialcredit.marking.policy import Policy
from partialcredit.marking.printed_choice import choice_key
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.problem import Problem

__all__ = ["mark_problem"]


def mark_problem(
    printed: PaperProblem,
    problem: Problem,
    answers: Mapping[str, str],
    *,
    policy: Policy = Policy(),  # noqa: B008 - it is frozen
    skipped: Mapping[int, str] = MappingProxyType({}),
    begin: Callable[[int], str] = lambda _: "",
) -> list[PartMark]:
    """Mark the answers to one problem, ``answers`` by part id such as ``"1a"``.

    A part whose place is in ``skipped``, or for which ``begin`` says why, is left to a person; so
    is one whose marking fails. The others are marked all the same.
    """
    answered = [part.name for part in printed.parts if answers.get(part.id, "").strip()]
    marker = _Marker(printed, problem, policy, answered)
    marks = []
    for place, part in enumerate(printed.parts):
        text = answers.get(part.id, "")
        why = (skipped.get(place) or begin(place)) if text.strip() else ""
        if not why:
            try:
                marks.append(marker.mark(part, text))
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, one part must bear it alone
                why = f"marking it failed ({type(error).__name__})"
        marks.append(undecided(part.id, part.marks, text, why))
    return marks


class _Marker:
    """Walks through the parts in order; its judge remembers what the student answered before."""

    def __init__(
        self, printed: PaperProblem, problem: Problem, policy: Policy, answered: list[str]
    ) -> None:
        self.problem, self.policy = problem, policy
        number = str(printed.number)
        places = {part.name: f"({part.id.removeprefix(number)})" for part in printed.parts}
        self.judge = Judge(problem, policy, places, answered)

    def mark(self, part: PaperPart, text: str) -> PartMark:
        if not text.strip():
            return PartMark(part.id, "blank", Fraction(0), part.marks, text)
        kind, key = self._kind_and_key(part)
        try:
            answer = kind.read(text)
        except UnreadableAnswer as error:
            feedback = f"{error}\n{indent(excerpt(error), '  ')}"
            return PartMark(part.id, "invalid", Fraction(0), part.marks, text, feedback=feedback)
        found = self.judge.judge(part.name, kind, key, answer)
        earlier = self.judge.earlier
        if kind.computable and kind is self.problem.kinds[part.name]:
            earlier.remember(part.name, key, answer)
        if found.meant is not None:
            followed = found.verdict == "follow-through"
            earlier.mean(part.name, found.meant, followed=followed and not found.mistake)
        earlier.mistakes[part.name] = found.mistake
        if found.verdict not in ("correct", "undecided"):
            earlier.wrong.add(part.name)
        return PartMark(
            part.id, found.verdict, self.policy.marks(found.share, part.marks), part.marks, text,
            answer.understood, found.mistake, found.feedback,
            evidence=found.evidence, followed=found.followed, doubt=found.doubt,
        )  # fmt: skip

    def _kind_and_key(self, part: PaperPart) -> tuple[Kind, Any]:
        own, key = self.problem.kinds[part.name], self.problem.keys[part.name]
        if own.called(part.kind) or not Choice.called(part.kind):  # another version's kind
            return own, key
        return Choice(part.options), choice_key(part, own, key)
