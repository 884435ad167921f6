"""Words that a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.characters import check_length

__all__ = ["Text"]

#: What TeX would take for a command, as a command that prints it.
_PRINTED = str.maketrans({
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#",
    "_": r"\_", "^": r"\hat{}", "~": r"\sim ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """The value is a text, such as an answer that would earn full marks.

    No machine marks it: every answer is undecided until a person has read it, also one that is
    the key word for word. A part of this kind needs no witness.

    >>> Text().compare("It overfits.", Text().read("It overfits.")).outcome
    'undecided'
    """

    name: ClassVar[str] = "text"
    computable: ClassVar[bool] = False
    by_person: ClassVar[bool] = True
    typeset = False

    def read(self, text: str) -> Answer:
        """Whatever is written, up to 8,000 characters."""
        check_length(text)
        return Answer(text, text, text)

    def write(self, value: str) -> str:
        """The text itself."""
        return value

    def tex(self, value: str) -> str:
        r"""The text in ``\text{...}``."""
        return rf"\text{{{value.translate(_PRINTED)}}}"

    def instruction(self) -> str:
        """Nothing to say: the prompt says what is wanted."""
        return ""

    def compare(self, key: str, answer: Answer) -> Verdict:
        """A person's business."""
        return Verdict("undecided", "", "A person reads this answer.")

    def deviation(self, key: Any, witness: Any, error: float, point: Any) -> float:
        """No computation can disagree with words."""
        return 0.0

    def nudged(self, key: str) -> str:
        """Other words."""
        return f"not {key}"
