"""One answer to one part: right, right with earlier answers, a slip, or partly right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from partialcredit.grading.kind import Answer, Evidence, Kind
from partialcredit.grading.kind import Verdict as Compared
from partialcredit.marking import feedback
from partialcredit.marking.doubts import doubt
from partialcredit.marking.follow_through import Earlier, Followed
from partialcredit.marking.marks import Verdict
from partialcredit.marking.named import Named, named_slip
from partialcredit.marking.policy import Policy
from partialcredit.problem import Problem

__all__ = ["Judge", "Judgement"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a part is marked, and why; ``meant`` is the exact value behind a wrong answer."""

    verdict: Verdict
    share: Fraction = Fraction(0)
    feedback: str = ""
    mistake: str = ""
    evidence: Evidence = ""
    followed: bool = False
    doubt: str = ""
    meant: Any = None


class Judge:
    """Judges the answers of one student to one problem, part after part.

    ``places`` are the parts by name as the paper calls them, such as ``(a)``, and ``answered``
    those that the student handed something in for.
    """

    def __init__(
        self, problem: Problem, policy: Policy, places: dict[str, str], answered: Iterable[str] = ()
    ) -> None:
        self.problem, self.policy, self.places = problem, policy, places
        self.earlier = Earlier(problem, answered)
        self._made: dict[str, str] = {}

    def judge(self, name: str, kind: Kind, key: Any, answer: Answer) -> Judgement:
        """The judgement on an answer to the part, asked as this kind with this key."""
        compared = kind.proved(key, answer, kind.compare(key, answer))
        if compared.outcome == "equivalent":
            unsure = doubt(kind, key, answer, compared)
            return Judgement(
                "correct", Fraction(1), compared.message, evidence=compared.evidence, doubt=unsure
            )
        if compared.outcome == "undecided":
            return Judgement("undecided", feedback=compared.message)
        return self._not_right(name, kind, key, answer, compared)

    def _not_right(
        self, name: str, kind: Kind, key: Any, answer: Answer, compared: Compared
    ) -> Judgement:
        follow = self.policy.follow_through and kind is self.problem.kinds[name]
        found = list(self.earlier.follow(name, kind, answer)) if follow else []
        full = next((f for f in found if f.verdict.outcome == "equivalent"), None)
        if full is not None:
            return self._followed(full, kind, answer)
        named = named_slip(
            self.problem, name, kind, answer, self.earlier, follow=self.policy.follow_through
        )
        if named is not None:
            again = self._again(name, named)
            return again or self._slip(named, kind, key, answer, compared)
        if _plainly_short(compared):
            return self._partly(kind, key, answer, compared)
        if follow:
            rounded = self.earlier.follow_within_rounding(name, kind, answer)
            found += [rounded] if rounded is not None else []
            if rounded is not None and rounded.verdict.outcome == "equivalent":
                return self._followed(rounded, kind, answer)
        best = max(found, key=lambda f: self.policy.share(f.verdict), default=None)
        if best is not None and _better(best.verdict, compared, self.policy):
            return self._partly_followed(best, kind)
        return self._partly(kind, key, answer, compared)

    def _followed(self, found: Followed, kind: Kind, answer: Answer) -> Judgement:
        verdict = kind.proved(found.value, answer, found.verdict)
        return Judgement(
            "follow-through", Fraction(1), feedback.followed(found, self.places),
            evidence=verdict.evidence,
            followed=True,
            doubt=doubt(kind, found.value, answer, verdict),
            meant=found.value,
        )  # fmt: skip

    def _partly_followed(self, found: Followed, kind: Kind) -> Judgement:
        share = self.policy.share(found.verdict)
        told = feedback.carried_on(found, kind, self.places, self.policy)
        verdict: Verdict = "partial" if share else "incorrect"
        return Judgement(verdict, share, told, followed=True, meant=found.value)

    def _again(self, name: str, named: Named) -> Judgement | None:
        """The judgement on a slip that has cost its marks already; None where it is new.

        A slip is known again by what is said to the student.
        """
        where = self._made.setdefault(named.slip.sentence, named.origin or name)
        if where == name or named.origin or not self.policy.same_slip_once:
            return None
        if not self.policy.follow_through:
            return None
        return Judgement(
            "follow-through", Fraction(1), feedback.made_before(named, self.places[where]),
            named.slip.name,
            followed=True,
            meant=named.value,
        )  # fmt: skip

    def _slip(
        self, named: Named, kind: Kind, key: Any, answer: Answer, compared: Compared
    ) -> Judgement:
        share = max(named.slip.share, self.policy.share(compared))
        told = feedback.of_slip(named, self.places)
        if _plainly_short(compared):
            short = feedback.wrong(kind, key, answer, compared, self.policy)
            told = feedback.either(short, told)
        return Judgement(
            "partial" if share else "incorrect", share, told, named.slip.name,
            doubt=doubt(kind, key, answer, compared),
            meant=named.value,
        )  # fmt: skip

    def _partly(self, kind: Kind, key: Any, answer: Answer, compared: Compared) -> Judgement:
        share = self.policy.share(compared)
        mistake = "" if compared.message else kind.slip(key, answer)
        told = feedback.wrong(kind, key, answer, compared, self.policy)
        if mistake:
            told = f"{mistake} {told}" if share else mistake
        unsure = doubt(kind, key, answer, compared)
        verdict: Verdict = "partial" if share else "incorrect"
        return Judgement(verdict, share, told, mistake.rstrip("."), doubt=unsure)


def _plainly_short(compared: Compared) -> bool:
    """Whether nothing is wrong but the number of digits."""
    return bool(compared.short) and compared.share + compared.short == 1


def _better(with_earlier: Compared, with_key: Compared, policy: Policy) -> bool:
    """Whether more of an answer is right with the earlier answers than with the key."""
    a, b = policy.share(with_earlier), policy.share(with_key)
    return a > b or (a == b and with_earlier.short > with_key.short)
