"""One problem in words: what its template, its conventions and its figures say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context

from partialcredit import rendering
from partialcredit.family import Family
from partialcredit.figures import Figure, Graph, Grid, Layers, Plot
from partialcredit.grading.kind import Kind
from partialcredit.injection import Values, arguments, call

__all__ = ["Wording", "in_form"]

#: A line of a list or a table, or the end of a display: no sentence goes on after it.
_BLOCK = re.compile(r"\s*(?:[-*] |\||\d+\. )|.*\$\$$")


class Wording:
    """The text of a problem, as Markdown with TeX mathematics; written when it is asked for."""

    def __init__(
        self, family: Family, values: Values, keys: Mapping[str, Any], kinds: Mapping[str, Kind]
    ) -> None:
        self.family, self.values, self.keys, self.kinds = family, values, keys, kinds

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The family's drawings of this instance; a value that the level lacks is None there."""
        artist = self.family.artist
        if artist is None:
            return ()
        drawn = call(artist, self._with_none_for(arguments(artist)))
        return (drawn,) if isinstance(drawn, Graph | Layers | Grid | Plot) else tuple(drawn)

    def _with_none_for(self, names: Iterable[str]) -> Values:
        return self.values.given({name: None for name in names if name not in self.values})

    @cached_property
    def _shown(self) -> Values:
        answers = {name: self._answer(name) for name in self.kinds}
        more: dict[str, Any] = {
            "answer": SimpleNamespace(**answers),
            "figure": lambda n=0: f"![{self.figures[n].alt}](figure:{n})",
        }
        if self.family.workings is not None:
            given = self._with_none_for(self.family.parts)
            more |= call(self.family.workings, given.given(more))
        return self.values.given(more)

    def _answer(self, name: str) -> str:
        """A key as TeX, marked where it is rounded."""
        kind, key = self.kinds[name], self.keys[name]
        mark = rendering.ROUNDED if kind.rounded(key) != key else ""
        return f"{mark}{kind.tex(key)}"

    @cached_property
    def _template(self) -> tuple[Template, Context]:
        template = rendering.template_for(self.family.id)
        return template, rendering.context(template, self._shown)

    def _block(self, name: str) -> str:
        template, context = self._template
        return rendering.block(template, name, context)

    @property
    def statement(self) -> str:
        """The stem and the conventions, as Markdown."""
        conventions = [rendering.text(c, self._shown) for c in self.family.conventions]
        noted = [f"{c[0].upper()}{c[1:]}." for c in conventions if c]
        return self._block("stem") + (f"\n\n*Conventions.* {' '.join(noted)}" if noted else "")

    def prompt(self, name: str, kind: Kind | None = None) -> str:
        """One part's question, with the form that its own or another kind of answer is asked in."""
        return in_form(self._block(name), (kind or self.kinds[name]).instruction())

    def solution(self, name: str) -> str:
        """One part's worked solution."""
        return self._block(f"{name}_solution")


def in_form(question: str, form: str) -> str:
    """A question with the sentence that says in which form it is answered."""
    ends_in_a_block = _BLOCK.match(question.splitlines()[-1]) if question else None
    return f"{question}{chr(10) * 2 if ends_in_a_block else ' '}{form}".strip()
