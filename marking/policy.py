"""What the lecturer decides about marking; a recipe fills it, and these are the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from partialcredit.errors import InputError, UnknownName
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

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Policy:
        """The policy that a paper's head holds as plain data; decimals mean what is written.

        Raises InputError for a name or a value that it cannot have.
        """
        known = {each.name: each.default for each in fields(cls)}
        for name, value in plain.items():
            if name not in known:
                raise UnknownName("rule of the marking policy", name, known)
            if not _fits(name, value, known[name]):
                raise InputError(f"the marking policy cannot have {name}: {value!r:.40}")
        given: dict[str, Any] = {
            name: value if isinstance(value, bool) else Fraction(str(value))
            for name, value in plain.items()
        }
        return cls(**given)

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


def _fits(name: str, value: Any, default: Any) -> bool:
    """Whether a rule can have this value: yes or no, a share, or a size above 0."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if not isinstance(value, int | float):
        return False
    return 0 <= value <= 1 if name == "too_few_digits" else 0 < value <= 1000
