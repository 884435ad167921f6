"""One problem: a family, a level and a seed, with its keys, its slips and its witnesses."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Any

from partialcredit.draw import Draw, Level
from partialcredit.errors import Disagreement, FamilyError, PartialCreditError
from partialcredit.family import Family, Part, Slip
from partialcredit.grading.kind import Kind
from partialcredit.injection import Values, arguments, call
from partialcredit.numbers.plausible import SENSELESS, plausible
from partialcredit.numbers.values import Estimate, in_floats, plain
from partialcredit.numbers.vectors import freeze
from partialcredit.wording import Wording

__all__ = ["Problem", "authoring", "generate"]

#: Draws before a sampler is declared unable to satisfy its own conditions.
ATTEMPTS = 500


#: Names that keys, witnesses and templates are given besides parameters and parts.
RESERVED = frozenset({"answer", "figure", "level", "point"})


class Problem:
    """An instance of a family; everything is computed from ``parameters`` when it is asked for.

    ``digits`` are the significant digits that some parts ask for, by name, where they are not the
    family's.
    """

    def __init__(
        self,
        family: Family,
        level: Level,
        seed: int,
        parameters: Mapping[str, Any],
        digits: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.family, self.level, self.seed, self.digits = family, level, seed, digits
        self.parameters = {name: freeze(value) for name, value in parameters.items()}
        if not RESERVED.isdisjoint(self.parameters):
            taken = ", ".join(RESERVED & self.parameters.keys())
            raise FamilyError(f"a parameter of {family.id} is called {taken}")
        self.parts: Sequence[Part] = family.parts_at(level)
        self.asked = self.parts
        self.drawn = Values({**self.parameters, "level": level}, family.derived)

    def ask(self, names: Sequence[str]) -> None:
        """Ask some parts only; the others are computed all the same, as later ones need them.

        Raises :class:`~partialcredit.errors.UnknownName` for a part that the level does not have.
        """
        self.asked = self.family.chosen(self.level, names)

    @cached_property
    def keys(self) -> dict[str, Any]:
        """The key of every part, computed in order from parameters and earlier keys."""
        return self.keys_given({})

    def keys_given(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The keys when some earlier parts have other values: follow-through."""
        values, keys = self.drawn.given({}), {}
        for part in self.parts:
            keys[part.name] = key = freeze(call(part.function, values))
            values[part.name] = freeze(answers[part.name]) if part.name in answers else key
        return keys

    @cached_property
    def values(self) -> Values:
        """Parameters, what is derived of them, keys and level: what slips and templates see."""
        return self.drawn.given(self.keys)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The answer kind of every part."""
        return {part.name: self._kind(part) for part in self.parts}

    def _kind(self, part: Part) -> Kind:
        kind = part.kind_for(self.values)
        return kind.with_digits(self.digits[part.name]) if part.name in self.digits else kind

    @cached_property
    def slips(self) -> dict[str, list[tuple[Slip, Any]]]:
        """The slips that can be told from the key and from each other here, with their values."""
        values = self.values
        return {
            part.name: self._told_apart(
                part.name, ((slip, freeze(call(slip.function, values))) for slip in part.slips)
            )
            for part in self.parts
        }

    @cached_property
    def carried(self) -> dict[str, list[tuple[Slip, Any]]]:
        """What slips of earlier parts lead to in later ones, computed rightly from there on.

        For a student who hands in the end only; told from the key and from the part's own slips.
        """
        led: dict[str, list[tuple[Slip, Any]]] = {part.name: [] for part in self.parts}
        for place, earlier in enumerate(self.parts):
            for slip, value in self.slips[earlier.name]:
                keys = self._followed(earlier.name, value)
                for part in self.parts[place + 1 :]:
                    led[part.name].append((slip, keys.get(part.name)))
        return {
            name: self._told_apart(name, slips, [value for _, value in self.slips[name]])
            for name, slips in led.items()
        }

    def _followed(self, name: str, value: Any) -> dict[str, Any]:
        """The keys after a wrong one, as far as a wrong value can be computed with."""
        if not plausible(value, self.keys[name]):
            return {}
        try:
            keys = self.keys_given({name: value})
        except SENSELESS:
            return {}
        return {part: key for part, key in keys.items() if plausible(key, self.keys[part])}

    def _told_apart(
        self, name: str, slips: Iterable[tuple[Slip, Any]], known: Sequence[Any] = ()
    ) -> list[tuple[Slip, Any]]:
        """Of some slips of a part, those that differ from its key, ``known`` and each other."""
        taken, found = [self.keys[name], *known], []
        for slip, value in slips:
            if value is not None and all(self._apart(name, other, value) for other in taken):
                taken.append(value)
                found.append((slip, value))
        return found

    def _apart(self, name: str, a: Any, b: Any) -> bool:
        """Whether two values differ; formulas may agree at one point by chance, hardly at two."""
        separated = self.kinds[name].separated
        for point in self.points[name]:  # noqa: SIM110 - a generator takes longer than the work
            if separated(a, b, point):
                return True
        return False

    def _shows_a_slip(self, part: Part) -> bool:
        """Whether some slip can be told from the key, or none can happen here at all."""
        name, values, possible = part.name, self.values, False
        for slip in part.slips:
            value = freeze(call(slip.function, values))
            if value is not None:
                if self._apart(name, self.keys[name], value):
                    return True
                possible = True
        return not possible

    @cached_property
    def points(self) -> dict[str, list[dict[str, float]]]:
        """Numbers for the symbols of every formula; one point without any for every other part."""
        return {name: self._points(kind) for name, kind in self.kinds.items()}

    def _points(self, kind: Kind) -> list[dict[str, float]]:
        if not kind.symbolic:
            return [{}]
        return kind.points(Draw(f"{self.family.id}:points", self.level, self.seed))

    def acceptable(self) -> bool:
        """Whether the family's conditions hold and every part with slips shows one.

        Conditions on parameters alone come first, so that keys are computed of sound ones only.
        """
        return (
            all(call(condition, self.drawn) for condition in self.family.preconditions)
            and all(call(condition, self.values) for condition in self.family.conditions_on_keys)
            and all(map(self._shows_a_slip, self.parts))
            and all(map(self._well_conditioned, self.parts))
        )

    def _well_conditioned(self, part: Part) -> bool:
        """Whether the part's key stays in its place when earlier answers are rounded as asked.

        A student who goes on with what they wrote down must not end at another answer.
        """
        taken = self._rounded.keys() & set(arguments(part.function))
        if not taken:
            return True
        rounded = {name: self._rounded[name] for name in taken}
        try:
            led_to = freeze(call(part.function, self.values.given(rounded)))
        except SENSELESS:
            return False
        return not self._apart(part.name, self.keys[part.name], led_to)

    @cached_property
    def _rounded(self) -> dict[str, Any]:
        """The keys that are rounded when they are answered, as they are then."""
        rounded = {name: freeze(self.kinds[name].rounded(key)) for name, key in self.keys.items()}
        return {name: key for name, key in rounded.items() if key != self.keys[name]}

    def verify(self) -> float:
        """Compare every key with its witness; the largest relative error, or Disagreement."""
        worst = 0.0
        for part in self.parts:
            for said in self.testimony[part.name]:
                worst = max(worst, self._compare(part, *said))
        return worst

    @cached_property
    def testimony(self) -> dict[str, list[tuple[Any, float, Mapping[str, float]]]]:
        """What every witness says: values, bounds on their errors, and at which points."""
        return {part.name: self._testify(part) for part in self.parts}

    def _testify(self, part: Part) -> list[tuple[Any, float, Mapping[str, float]]]:
        witness = part.testimony
        if witness is None:
            if self.kinds[part.name].by_person:
                return []
            raise FamilyError(f"part {part.name!r} of {self.family.id} has no witness")
        if "point" not in arguments(witness):
            return [(*_estimate(call(witness, self._measured)), {})]
        return [
            (*_estimate(call(witness, self._measured.given({"point": point}))), point)
            for point in self.points[part.name]
        ]

    @cached_property
    def _measured(self) -> Values:
        """What witnesses see: the parameters in floats, and runs of the engine as they come."""
        given = {**in_floats(self.parameters), "level": self.level}
        return Values(given, self.family.runs, form=lambda run: run)

    def _compare(self, part: Part, value: Any, error: float, point: Mapping[str, float]) -> float:
        key = self.keys[part.name]
        worst = self.kinds[part.name].deviation(key, value, error, point)
        if worst == inf:
            raise Disagreement(
                f"the witnesses of part {part.name!r} disagree in {self.family.id}, "
                f"level {self.level}, seed {self.seed}: the solver says {key}, the engine "
                f"{value}" + (f" at {point}" if point else "")
            )
        return worst

    @cached_property
    def wording(self) -> Wording:
        """The problem in words: statement, prompts, solutions, figures."""
        return Wording(self.family, self.values, self.keys, self.kinds)


def _estimate(said: Any) -> tuple[Any, float]:
    """A witness's value, and how far it may be off."""
    value, error = said if isinstance(said, Estimate) else (said, 0.0)
    return plain(value), error


def generate(family: Family, level: Level, seed: int, digits: int = 0) -> Problem:
    """Draw a problem; the same arguments give the same problem for ever.

    ``digits`` are the significant digits that its numbers are asked for with, 0 for the family's.

    Raises FamilyError when the sampler cannot satisfy the family's conditions.
    """
    if family.sampler is None:
        raise FamilyError(f"{family.id} has no sampler")
    draw = Draw(family.id, level, seed)
    given = dict.fromkeys(family.parts, digits) if digits else {}
    with authoring(family, level, seed):
        for _ in range(ATTEMPTS):
            problem = Problem(family, level, seed, family.sampler(draw), given)
            if problem.acceptable():
                return problem
    raise FamilyError(
        f"{family.id}, level {level}, seed {seed}: no acceptable draw in {ATTEMPTS} attempts"
    )


class authoring:  # noqa: N801 - reads as a verb
    """Say which family, level and seed an error in a family's own code belongs to."""

    def __init__(self, family: Family, level: Level, seed: int) -> None:
        self.place = family.id, level, seed

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, PartialCreditError) or not isinstance(error, Exception):
            return
        frame = traceback.extract_tb(error.__traceback__)[-1]
        family, level, seed = self.place
        raise FamilyError(
            f"{family}, level {level}, seed {seed}: {type(error).__name__}: {error} "
            f"({Path(frame.filename).name}, line {frame.lineno})"
        ) from error
