"""What the lecturer decides about marking; a recipe fills it, and these are the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from partialcredit.grading.kind import Verdict

__all__ = ["Policy"]


@dataclass(frozen=True, slots=True)
class Policy:
    """How strictly a paper is marked.

    ========================= ==================================================================
    ``too_few_digits``        share of its mark that a number earns which is right as far as it
                              goes, but has fewer digits than asked for
    ``follow_through``        whether a wrong earlier answer used rightly earns marks
    ``same_slip_once``        whether a slip that was made in an earlier part of the problem costs
                              nothing when it is made again
    ``wrong_cancels_right``   whether a wrong tick, or a statement judged wrongly, takes away what
                              a right one earns
    ``round_marks``           the marks of a part are rounded to multiples of this, half up;
                              None leaves them as they are
    ``name_wrong_entries``    whether the feedback says which entries of an array are wrong, or
                              only how many
    ========================= ==================================================================
    """

    too_few_digits: Fraction = Fraction(0)
    follow_through: bool = True
    same_slip_once: bool = True
    wrong_cancels_right: bool = True
    round_marks: Fraction | None = None
    name_wrong_entries: bool = True

    def share(self, verdict: Verdict) -> Fraction:
        """The share of the marks that an answer earns."""
        if verdict.cancelled and not self.wrong_cancels_right:
            return verdict.uncancelled
        return verdict.share + self.too_few_digits * verdict.short

    def marks(self, share: Fraction, out_of: int) -> Fraction:
        """The marks of a part, of which all that there are stay all."""
        marks = share * out_of
        if self.round_marks is None or share == 1:
            return marks
        steps = (marks / self.round_marks + Fraction(1, 2)).__floor__()
        return min(steps * self.round_marks, Fraction(out_of))
