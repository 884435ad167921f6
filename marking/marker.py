"""Marks as a good human marker gives them: equivalence first, then slips, then parts of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from textwrap import indent
from types import MappingProxyType
from typing import Any

from partialcredit.errors import UnreadableAnswer
from partialcredit.family import Slip
from partialcredit.grading import Choice
from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.kind import Verdict as Compared
from partialcredit.grading.nested import flatten
from partialcredit.grading.option_letters import letters_in
from partialcredit.grading.reader.explain import excerpt
from partialcredit.injection import call
from partialcredit.marking.doubts import doubt
from partialcredit.marking.marks import PartMark, Verdict, undecided
from partialcredit.numbers.plausible import SENSELESS, plausible
from partialcredit.numbers.rationals import rational
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.problem import Problem

__all__ = ["PartMark", "choice_key", "mark_problem"]


def mark_problem(
    printed: PaperProblem,
    problem: Problem,
    answers: Mapping[str, str],
    *,
    follow_through: bool = True,
    skipped: Mapping[int, str] = MappingProxyType({}),
    begin: Callable[[int], str] = lambda _: "",
) -> list[PartMark]:
    """Mark the answers to one problem, ``answers`` by part id such as ``"1a"``.

    A part whose place is in ``skipped``, or for which ``begin`` says why, is left to a person; so
    is one whose marking fails. The others are marked all the same.
    """
    marker = _Marker(problem, follow_through)
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
    """Walks through the parts in order and remembers what the student answered before."""

    def __init__(self, problem: Problem, follow_through: bool) -> None:
        self.problem, self.follow_through = problem, follow_through
        self.given: dict[str, Any] = {}
        self.meant: dict[str, Any] = {}
        self.wrong: set[str] = set()

    def mark(self, part: PaperPart, text: str) -> PartMark:
        if not text.strip():
            return PartMark(part.id, "blank", Fraction(0), part.marks, text)
        kind, key = self._kind_and_key(part)
        try:
            answer = kind.read(text)
        except UnreadableAnswer as error:
            feedback = f"{error}\n{indent(excerpt(error), '  ')}"
            return PartMark(part.id, "invalid", Fraction(0), part.marks, text, feedback=feedback)
        compared = kind.compare(key, answer)
        verdict, share, mistake, feedback = self._judge(part, kind, key, answer, compared)
        if kind.computable:
            self._remember(part.name, kind, key, answer)
        if verdict not in ("correct", "undecided"):
            self.wrong.add(part.name)
        return PartMark(
            part.id, verdict, part.marks * share, part.marks, text, answer.understood, mistake,
            feedback,
            evidence=compared.evidence if verdict == "correct" else "",
            followed=verdict == "follow-through",
            doubt=self._doubt(kind, key, answer, compared, share),
        )  # fmt: skip

    def _doubt(
        self, kind: Kind, key: Any, answer: Answer, compared: Compared, share: Fraction
    ) -> str:
        if share == 1 and compared.outcome != "equivalent":
            return ""
        return doubt(kind, key, answer, compared, rounded=kind.numeric)

    def _remember(self, name: str, kind: Kind, key: Any, answer: Answer) -> None:
        """Keep an answer that later parts can be computed from."""
        try:
            value = answer.value
        except SENSELESS:  # such as ``x or 2`` for a formula: it can be read, not computed with
            return
        if plausible(value, key):
            self.given[name] = _divisible(value) if kind.numeric else value

    def _kind_and_key(self, part: PaperPart) -> tuple[Kind, Any]:
        own, key = self.problem.kinds[part.name], self.problem.keys[part.name]
        if own.called(part.kind):
            return own, key
        return Choice(part.options), choice_key(part, own, key)

    def _judge(
        self, part: PaperPart, kind: Kind, key: Any, answer: Answer, compared: Compared
    ) -> tuple[Verdict, Fraction, str, str]:
        if compared.outcome == "equivalent":
            return "correct", Fraction(1), "", compared.message
        if compared.outcome == "undecided":
            return "undecided", Fraction(0), "", compared.message
        followed = self._followed(part, kind, key, answer)
        if followed is not None:
            self._mean(part.name, followed)
            return "follow-through", Fraction(1), "", "Right with your earlier answers."
        slip = self._slip(part, kind, answer)
        if slip is not None:
            named, value = slip
            self._mean(part.name, value)
            share = max(named.share, compared.share)
            verdict: Verdict = "partial" if share else "incorrect"
            return verdict, share, named.name, named.sentence
        feedback = compared.message or kind.slip(key, answer)
        if compared.share:
            return "partial", compared.share, "", feedback
        return "incorrect", Fraction(0), "", feedback

    def _mean(self, name: str, value: Any) -> None:
        """Keep the exact value that a wrong answer rounds; with it a student may have gone on."""
        numeric = self.problem.kinds[name].numeric
        self.meant[name] = _divisible(value) if numeric else value

    def _earlier(self) -> list[dict[str, Any]]:
        """Earlier answers to compute from: the wrong ones, all as rounded, the wrong ones exact."""
        wrong = {name: value for name, value in self.given.items() if name in self.wrong}
        exact = {**wrong, **self.meant} if self.meant else {}
        return [given for given in (wrong, self.given, exact) if given]

    def _keys(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return self.problem.keys_given(given)

    def _followed(self, part: PaperPart, kind: Kind, key: Any, answer: Answer) -> Any:
        """The value that earlier answers lead to, when this is the answer; else None."""
        if not self.follow_through or kind is not self.problem.kinds[part.name]:
            return None
        for given in self._earlier():
            try:
                theirs = self._keys(given)[part.name]
                if _trivial(theirs, key, given.values()):
                    continue
                if kind.compare(theirs, answer).outcome == "equivalent":
                    return theirs
            except SENSELESS:
                continue
        return None

    def _known(self, name: str) -> Iterator[tuple[Slip, Any]]:
        """A part's own slips; only where none of them fits, what earlier ones lead to."""
        yield from self.problem.slips[name]
        if self.follow_through:
            yield from self.problem.carried[name]

    def _slip(self, part: PaperPart, kind: Kind, answer: Answer) -> tuple[Slip, Any] | None:
        """The named mistake that gives this answer, from the keys or from the earlier answers."""
        own = self.problem.kinds[part.name]
        for slip, value in self._known(part.name):
            if kind is own:
                if kind.compare(value, answer).outcome == "equivalent":
                    return slip, value
            elif f"${own.tex(value)}$" == _option(kind, answer):
                return slip, value
        if kind is not own or not self.follow_through:
            return None
        for given in self._earlier():
            for slip in self.problem.family.parts[part.name].slips:
                try:
                    values = self.problem.values.given(given)
                    values[part.name] = self._keys(given)[part.name]
                    value = call(slip.function, values)
                    if value is not None and kind.compare(value, answer).outcome == "equivalent":
                        return slip, value
                except SENSELESS:
                    continue
        return None


def choice_key(part: PaperPart, own: Kind, key: Any) -> int | None:
    """Which option of a part printed as multiple choice is the key: the letter printed with it.

    A paper without keys is asked for the option that shows the key; None where there is neither.
    """
    if part.key is not None:
        found = letters_in(part.key, len(part.options))
        return found[0] if found else None
    shown = f"${own.tex(key)}$"
    return part.options.index(shown) if shown in part.options else None


def _divisible(value: Any) -> Any:
    """Whole numbers as fractions, so that a solver's quotient of two of them stays exact."""
    if isinstance(value, tuple):
        return tuple(map(_divisible, value))
    return rational(value) if isinstance(value, int) else value


def _option(kind: Kind, answer: Answer) -> str:
    """The text of the option that a choice stands for."""
    return str(kind.options[answer.value]) if isinstance(kind, Choice) else ""


def _trivial(theirs: Any, key: Any, given: Any) -> bool:
    """Whether the earlier slip left nothing to do: a zero, or the earlier answer again."""
    entries, true = flatten(theirs), flatten(key)
    if any(entry != 0 for entry in true) and all(entry == 0 for entry in entries):
        return True
    return any(theirs == value for value in given) and theirs != key
