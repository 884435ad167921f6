"""One question of a recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from partialcredit.draw import Level
from partialcredit.paper import Section

__all__ = ["Question"]


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the list of questions, with what stands before it.

    A question of several ``families`` is one of them, chosen for each paper; with a ``topic`` it
    stands for ``count`` questions of different ones, the same for the whole class, until
    :func:`~partialcredit.exams.questions.resolve` has chosen them. ``own`` is a question that the
    recipe brings along, as plain data. ``space`` are millimetres, ``line`` is where it stands.

    ``identity`` tells a resolved question from the others of its recipe, whatever their order, so
    that its seed stays when others are edited.
    """

    families: tuple[str, ...] = ()
    level: Level = "medium"
    topic: str = ""
    count: int = 1
    parts: tuple[str, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] | None = None
    seed: int | None = None
    marks: int | None = None
    title: str = ""
    space: float = 0.0
    section: Section | None = None
    new_page: bool = False
    line: str = ""
    identity: str = ""

    @property
    def fixed(self) -> bool:
        """Whether it is the same for everyone."""
        return self.own is not None or self.seed is not None or bool(self.parameters)
