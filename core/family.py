"""A problem family: what is drawn, what is asked, and who testifies to the keys.

A family is declared by decorators, as a web application declares its routes; keys, mistakes and
witnesses are plain functions whose arguments are parameters or earlier parts, injected by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from partialcredit.draw import LEVELS, Draw, Level
from partialcredit.errors import FamilyError
from partialcredit.figures import Figure
from partialcredit.grading.kind import Kind

__all__ = ["Family", "Mistake", "Part", "arguments", "call"]

Function = TypeVar("Function", bound=Callable[..., Any])


def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names a function asks for."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def call(function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
    """Call a function with its arguments taken from ``values`` by name."""
    return function(*[values[name] for name in arguments(function)])


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong solver with a name.

    ``feedback`` tells the student what went wrong; ``share`` is the part of the marks that the
    slip still earns. The function may also take the part's own key, and returns None where the
    slip cannot happen.
    """

    name: str
    feedback: str
    share: Fraction
    function: Callable[..., Any]


@dataclass(slots=True)
class Part:
    """One question of a family, declared by :meth:`Family.part`."""

    name: str
    kind: Kind | Callable[..., Kind]
    marks: int
    levels: Collection[str]
    function: Callable[..., Any]
    mistakes: list[Mistake] = field(default_factory=list)
    testimony: Callable[..., Any] | None = None

    def mistake(
        self, name: str, feedback: str = "", *, share: Fraction | int = 0
    ) -> Callable[[Function], Function]:
        """Declare a named slip; the sentence for the student defaults to the name."""

        def declare(function: Function) -> Function:
            sentence = feedback or f"{name[0].upper()}{name[1:]}."
            self.mistakes.append(Mistake(name, sentence, Fraction(share), function))
            return function

        return declare

    def witness(self, function: Function) -> Function:
        """Declare the second computation: from parameters alone, by the engine.

        It returns a value, or an ``Estimate`` of one with a bound on its error. For an
        ``Expression`` it may also take ``point``, numbers drawn for the key's symbols.
        """
        if self.testimony is not None:
            raise FamilyError(f"part {self.name!r} has two witnesses; one is enough")
        self.testimony = function
        return function

    def kind_for(self, values: Mapping[str, Any]) -> Kind:
        """The answer kind, which may depend on the parameters."""
        return self.kind if isinstance(self.kind, Kind) else call(self.kind, values)


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
        self.conditions: list[Callable[..., bool]] = []
        self.workings: Callable[..., Mapping[str, Any]] | None = None
        self.artist: Callable[..., Figure | Sequence[Figure]] | None = None

    def sample(self, function: Callable[[Draw], Mapping[str, Any]]) -> Callable[[Draw], Any]:
        """Declare the sampler: a draw in, the parameters out."""
        self.sampler = function
        return function

    def part(
        self,
        kind: Kind | Callable[..., Kind],
        *,
        marks: int = 1,
        levels: Collection[str] = LEVELS,
    ) -> Callable[[Callable[..., Any]], Part]:
        """Declare a part by its key; the function's name is the part's name."""

        def declare(function: Callable[..., Any]) -> Part:
            if not set(levels) <= set(LEVELS):
                raise FamilyError(f"levels are {', '.join(LEVELS)}, not {', '.join(levels)}")
            part = Part(function.__name__, kind, marks, tuple(levels), function)
            if part.name in self.parts:
                raise FamilyError(f"two parts are called {part.name!r}")
            self.parts[part.name] = part
            return part

        return declare

    def condition(self, function: Callable[..., bool]) -> Callable[..., bool]:
        """Declare what an instance must satisfy beyond having mistakes that can be told apart."""
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

    def parts_at(self, level: Level) -> list[Part]:
        """The parts asked at a level, in order."""
        return [part for part in self.parts.values() if level in part.levels]

    @property
    def topic(self) -> str:
        """The folder the family lives in."""
        return self.id.partition("/")[0]
