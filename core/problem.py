"""One problem: a family, a level and a seed, with its keys, its slips and its text."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from math import inf
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context

from partialcredit import rendering
from partialcredit.agreement import deviation, points, separated
from partialcredit.draw import Draw, Level
from partialcredit.errors import Disagreement, FamilyError, PartialCreditError
from partialcredit.family import Family, Mistake, Part, arguments, call
from partialcredit.figures import Figure, Graph, Grid, Layers, Plot
from partialcredit.grading.kind import Kind
from partialcredit.numbers.values import Estimate

__all__ = ["Problem", "authoring", "generate"]

#: Draws before a sampler is declared unable to satisfy its own conditions.
ATTEMPTS = 500


#: Names that keys, witnesses and templates are given besides parameters and parts.
RESERVED = frozenset({"answer", "figure", "level", "point"})

#: A line of a list or a table, or the end of a display: no sentence goes on after it.
_BLOCK = re.compile(r"\s*(?:[-*] |\||\d+\. )|.*\$\$$")


class Problem:
    """An instance of a family; everything is computed from ``parameters`` when it is asked for."""

    def __init__(
        self, family: Family, level: Level, seed: int, parameters: Mapping[str, Any]
    ) -> None:
        self.family, self.level, self.seed = family, level, seed
        self.parameters = {name: _freeze(value) for name, value in parameters.items()}
        if taken := RESERVED & self.parameters.keys():
            raise FamilyError(f"a parameter of {family.id} is called {', '.join(taken)}")
        self.parts: Sequence[Part] = family.parts_at(level)
        self._given = {**self.parameters, "level": level}

    @cached_property
    def keys(self) -> dict[str, Any]:
        """The key of every part asked, computed in order from parameters and earlier keys."""
        return self.keys_given({})

    def keys_given(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The keys when some earlier parts have other values: follow-through."""
        values = dict(self._given)
        keys = {}
        for part in self.parts:
            keys[part.name] = call(part.function, values)
            values[part.name] = answers.get(part.name, keys[part.name])
        return keys

    @cached_property
    def values(self) -> dict[str, Any]:
        """Parameters, keys and the level: what mistakes, kinds, figures and templates see."""
        return {**self._given, **self.keys}

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The answer kind of every part asked."""
        return {part.name: part.kind_for(self.values) for part in self.parts}

    @cached_property
    def mistakes(self) -> dict[str, list[tuple[Mistake, Any]]]:
        """The slips that can be told from the key and from each other here, with their values."""
        return {part.name: self._mistakes_of(part) for part in self.parts}

    def _mistakes_of(self, part: Part) -> list[tuple[Mistake, Any]]:
        kind, taken = self.kinds[part.name], [self.keys[part.name]]
        found = []
        for mistake in part.mistakes:
            value = _freeze(call(mistake.function, self.values))
            if value is not None and all(self._apart(kind, known, value) for known in taken):
                taken.append(value)
                found.append((mistake, value))
        return found

    def _apart(self, kind: Kind, a: Any, b: Any) -> bool:
        """Whether two values differ; formulas may agree at one point by chance, hardly at two."""
        at = self._points(kind) if kind.name == "expression" else [{}]
        return any(separated(kind, a, b, point) for point in at)

    def _shows_a_slip(self, part: Part) -> bool:
        """Whether some mistake can be told from the key, or none can happen here at all."""
        kind, key, possible = self.kinds[part.name], self.keys[part.name], False
        for mistake in part.mistakes:
            value = _freeze(call(mistake.function, self.values))
            if value is not None:
                possible = True
                if self._apart(kind, key, value):
                    return True
        return not possible

    def _points(self, kind: Kind) -> list[dict[str, float]]:
        return points(kind, Draw(f"{self.family.id}:points", self.level, self.seed))

    def acceptable(self) -> bool:
        """Whether the family's conditions hold and every part with mistakes shows one.

        Conditions on parameters alone come first, so that keys are computed of sound ones only.
        """
        return (
            all(call(condition, self._given) for condition in self.family.preconditions)
            and all(call(condition, self.values) for condition in self.family.conditions)
            and all(map(self._shows_a_slip, self.parts))
        )

    def verify(self) -> float:
        """Compare every key with its witness; the largest relative error, or Disagreement."""
        return max(
            (
                self._compare(part, *said)
                for part in self.parts
                for said in self.testimony[part.name]
            ),
            default=0.0,
        )

    @cached_property
    def testimony(self) -> dict[str, list[tuple[Any, float, Mapping[str, float]]]]:
        """What every witness says: values, bounds on their errors, and at which points."""
        return {part.name: list(self._testify(part)) for part in self.parts}

    def _testify(self, part: Part) -> Iterator[tuple[Any, float, Mapping[str, float]]]:
        if part.testimony is None:
            raise FamilyError(f"part {part.name!r} of {self.family.id} has no witness")
        symbolic = "point" in arguments(part.testimony)
        for point in self._points(self.kinds[part.name]) if symbolic else [{}]:
            said = call(part.testimony, {**self._given, "point": point})
            value, error = said if isinstance(said, Estimate) else (said, 0.0)
            yield _plain(value), error, point

    def _compare(self, part: Part, value: Any, error: float, point: Mapping[str, float]) -> float:
        key = self.keys[part.name]
        worst = deviation(self.kinds[part.name], key, value, error, point)
        if worst == inf:
            raise Disagreement(
                f"the witnesses of part {part.name!r} disagree in {self.family.id}, "
                f"level {self.level}, seed {self.seed}: the solver says {key}, the engine "
                f"{value}" + (f" at {point}" if point else "")
            )
        return worst

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The family's drawings of this instance; a value that the level lacks is None there."""
        artist = self.family.artist
        if artist is None:
            return ()
        drawn = call(artist, {**dict.fromkeys(arguments(artist)), **self.values})
        return (drawn,) if isinstance(drawn, Graph | Layers | Grid | Plot) else tuple(drawn)

    @cached_property
    def _values_in_text(self) -> dict[str, Any]:
        values = dict(self.values)
        values["answer"] = SimpleNamespace(
            **{name: kind.tex(self.keys[name]) for name, kind in self.kinds.items()}
        )
        values["figure"] = lambda n=0: f"![{self.figures[n].alt}](figure:{n})"
        if self.family.workings is not None:
            values |= call(self.family.workings, {**dict.fromkeys(self.family.parts), **values})
        return values

    @cached_property
    def _template(self) -> tuple[Template, Context]:
        template = rendering.template_for(self.family.id)
        return template, template.new_context(self._values_in_text)

    def _block(self, name: str) -> str:
        template, context = self._template
        return rendering.block(template, name, context)

    @property
    def statement(self) -> str:
        """The stem and the conventions, as Markdown."""
        conventions = [rendering.text(c, self._values_in_text) for c in self.family.conventions]
        noted = [f"{c[0].upper()}{c[1:]}." for c in conventions if c]
        return self._block("stem") + (f"\n\n*Conventions.* {' '.join(noted)}" if noted else "")

    def prompt(self, name: str, kind: Kind | None = None) -> str:
        """One part's question, with the form that its own or another kind of answer is asked in."""
        question, form = self._block(name), (kind or self.kinds[name]).instruction()
        ends_in_a_block = _BLOCK.match(question.splitlines()[-1]) if question else None
        return f"{question}{chr(10) * 2 if ends_in_a_block else ' '}{form}".strip()

    def solution(self, name: str) -> str:
        """One part's worked solution."""
        return self._block(f"{name}_solution")


def generate(family: Family, level: Level, seed: int) -> Problem:
    """Draw a problem; the same arguments give the same problem for ever.

    Raises FamilyError when the sampler cannot satisfy the family's conditions.
    """
    if family.sampler is None:
        raise FamilyError(f"{family.id} has no sampler")
    draw = Draw(family.id, level, seed)
    with authoring(family, level, seed):
        for _ in range(ATTEMPTS):
            problem = Problem(family, level, seed, family.sampler(draw))
            if problem.acceptable():
                return problem
    raise FamilyError(
        f"{family.id}, level {level}, seed {seed}: no acceptable draw in {ATTEMPTS} attempts"
    )


@contextmanager
def authoring(family: Family, level: Level, seed: int) -> Iterator[None]:
    """Say which family, level and seed an error in a family's own code belongs to."""
    try:
        yield
    except PartialCreditError:
        raise
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        raise FamilyError(
            f"{family.id}, level {level}, seed {seed}: {type(error).__name__}: {error} "
            f"({Path(frame.filename).name}, line {frame.lineno})"
        ) from error


def _plain(value: Any) -> Any:
    """A witness's NumPy or engine value as plain Python."""
    value = getattr(value, "data", value) if hasattr(value, "requires_grad") else value
    return _freeze(value.tolist() if hasattr(value, "tolist") else value)


def _freeze(value: Any) -> Any:
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return tuple(map(_freeze, value))
    return value
