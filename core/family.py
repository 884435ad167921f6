"""A problem family: what is drawn, what is asked, and who testifies to the keys.

A family is read question by question: a key, its slips, its witness. All three are plain functions
whose arguments are parameters, derived values or earlier parts, injected by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from partialcredit.draw import LEVELS, Draw, Level
from partialcredit.errors import FamilyError, UnknownName
from partialcredit.figures import Figure
from partialcredit.grading.kind import Kind
from partialcredit.injection import arguments, call

__all__ = ["Family", "Part", "Slip", "rows"]

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong solver with a name.

    ``sentence`` tells the student what went wrong; ``share`` is the part of the marks that the
    slip still earns. The function may also take the part's own key, and returns None where the
    slip cannot happen.
    """

    name: str
    sentence: str
    function: Callable[..., Any]
    share: Fraction = Fraction(0)


def rows(*slips: tuple[Any, ...]) -> tuple[Slip, ...]:
    """The slips of a part, a row each: name, sentence, function and, if it earns any, its share.

    Raises FamilyError for two rows of one name, because reports speak of slips by their names.
    """
    made = tuple(Slip(*slip) for slip in slips)
    for name, count in Counter(slip.name for slip in made).items():
        if count > 1:
            raise FamilyError(f"two slips of one part are called {name!r}")
    return made


@dataclass(slots=True)
class Part:
    """One question of a family, declared by :meth:`Family.part`.

    ``after`` names the earlier part that its prompt speaks of, where it does not stand for itself.
    """

    name: str
    kind: Kind | Callable[..., Kind]
    marks: int
    levels: Collection[str]
    function: Callable[..., Any]
    slips: tuple[Slip, ...] = ()
    testimony: Callable[..., Any] | None = None
    after: str = ""

    def witness(self, function: Function) -> Function:
        """Declare the second computation: from parameters and runs alone, by the engine.

        It is given every rational parameter as a float, and returns a value, or an ``Estimate`` of
        one with a bound on its error. For an ``Expression`` it may also take ``point``, numbers
        drawn for the key's symbols.
        """
        if self.testimony is not None:
            raise FamilyError(f"part {self.name!r} has two witnesses; one is enough")
        self.testimony = function
        return function

    def kind_for(self, values: Mapping[str, Any]) -> Kind:
        """The answer kind, which may depend on the parameters."""
        return call(self.kind, values) if callable(self.kind) else self.kind


class Family:
    """A family of problems; the module's docstring names it and lists its sources.

    conventions
        sentences printed below the stem; Jinja expressions in them see the parameters
    version
        raised whenever the sampler or a solver changes what old seeds give
    hidden
        parameters that need not stand in the text, because a figure or a word shows them
    """

    def __init__(
        self, *, conventions: Sequence[str] = (), version: int = 1, hidden: Collection[str] = ()
    ) -> None:
        self.conventions = tuple(conventions)
        self.version = version
        self.hidden = frozenset(hidden)
        self.parts: dict[str, Part] = {}
        self.id = self.title = ""
        self.sources: tuple[str, ...] = ()
        self.sampler: Callable[[Draw], Mapping[str, Any]] | None = None
        self.derived: dict[str, Callable[..., Any]] = {}
        self.runs: dict[str, Callable[..., Any]] = {}
        self.conditions: list[Callable[..., bool]] = []
        self.workings: Callable[..., Mapping[str, Any]] | None = None
        self.artist: Callable[..., Figure | Sequence[Figure]] | None = None

    def sample(self, function: Callable[[Draw], Mapping[str, Any]]) -> Callable[[Draw], Any]:
        """Declare the sampler: a draw in, the parameters out."""
        self.sampler = function
        return function

    def derive(self, function: Function) -> Function:
        """Declare a value of the parameters that keys, slips and solutions ask for by name."""
        self.derived[function.__name__] = function
        return function

    def run(self, function: Function) -> Function:
        """Declare a run of the engine, once an instance, that witnesses and no others ask for."""
        self.runs[function.__name__] = function
        return function

    def part(
        self,
        kind: Kind | Callable[..., Kind],
        *,
        marks: int = 1,
        levels: Collection[str] = LEVELS,
        after: str = "",
    ) -> Callable[[Callable[..., Any]], Part]:
        """Declare a part by its key; the function's name is the part's name.

        ``after`` is the earlier part that the prompt speaks of ("this ratio"); a paper that
        asks some parts only asks it, too.
        """

        def declare(function: Callable[..., Any]) -> Part:
            if not set(levels) <= set(LEVELS):
                raise FamilyError(f"levels are {', '.join(LEVELS)}, not {', '.join(levels)}")
            part = Part(function.__name__, kind, marks, tuple(levels), function, after=after)
            if part.name in self.parts:
                raise FamilyError(f"two parts are called {part.name!r}")
            self.parts[part.name] = part
            return part

        return declare

    def include(self, other: Family) -> None:
        """Take over the questions of another family, with what they derive and run."""
        self.parts |= other.parts
        self.derived |= other.derived
        self.runs |= other.runs

    def condition(self, function: Callable[..., bool]) -> Callable[..., bool]:
        """Declare what an instance must satisfy beyond having slips that can be told apart."""
        self.conditions.append(function)
        return function

    def working(self, function: Callable[..., Mapping[str, Any]]) -> Callable[..., Any]:
        """Declare further values that the worked solution shows; parts not asked are None."""
        self.workings = function
        return function

    def figure(self, function: Callable[..., Figure | Sequence[Figure]]) -> Callable[..., Any]:
        """Declare the drawing; the template places it with ``{{ figure(0) }}``."""
        self.artist = function
        return function

    @cached_property
    def preconditions(self) -> list[Callable[..., bool]]:
        """The conditions that ask for parameters only."""
        return [c for c in self.conditions if not set(arguments(c)) & self.parts.keys()]

    @cached_property
    def conditions_on_keys(self) -> list[Callable[..., bool]]:
        """The other conditions."""
        return [c for c in self.conditions if c not in self.preconditions]

    def parts_at(self, level: Level) -> list[Part]:
        """The parts asked at a level, in order."""
        return [part for part in self.parts.values() if level in part.levels]

    def chosen(self, level: Level, names: Collection[str]) -> list[Part]:
        """Some of the parts asked at a level, in order.

        Raises UnknownName for a part that the level does not ask.
        """
        parts = {part.name: part for part in self.parts_at(level)}
        for name in names:
            if name not in parts:
                what = f"part of {self.id} at level {level}"
                raise UnknownName(what, name, parts, f"its parts are {', '.join(parts)}")
        return [part for part in parts.values() if part.name in names]

    @property
    def asked(self) -> list[Part]:
        """The parts that some level asks; the others stand in older papers only."""
        return [part for part in self.parts.values() if part.levels]

    @property
    def topic(self) -> str:
        """The folder the family lives in."""
        return self.id.partition("/")[0]
