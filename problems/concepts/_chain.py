"""What a derivation of the bank is made of.

A chain is a derivation of one quantity after the other. Every line has the form

    left = by = right

where ``by`` says, in the names of earlier lines, how ``left`` comes about, and ``right`` is its
closed form. A line has two independent accounts: ``right``, a formula, and ``observed``, which
finds ``left`` by running the engine, enumerating outcomes or counting, without the formula.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations
from math import isclose
from typing import Any, NamedTuple

from partialcredit.family import Slip, rows
from partialcredit.grading import Expression
from partialcredit.injection import arguments, call
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import letters

__all__ = ["REAL", "Chain", "Line", "line", "orders", "readings"]

#: Numbers that may be put in for a real symbol.
REAL = ("-3", "2", "4", "-2", "5", "3", "-4", "-5")


class Line(NamedTuple):
    """One line; the functions take the chain's symbols, by name.

    ``slips`` are wrong right-hand sides, often some that are seen in print.
    """

    left: str
    by: str
    right: Callable[..., Any]
    observed: Callable[..., Any]
    slips: tuple[Slip, ...]

    def wrong(self, slip: tuple[str, str]) -> Callable[..., Any] | None:
        """The wrong right-hand side with a slip's name and sentence, if the line has it."""
        return next((s.function for s in self.slips if (s.name, s.sentence) == slip), None)


def line(
    left: str,
    by: str,
    right: Callable[..., Any],
    observed: Callable[..., Any],
    *slips: tuple[str, str, Callable[..., Any]],
) -> Line:
    """A line with its slips, a row each."""
    return Line(left, by, right, observed, rows(*slips))


@dataclass(frozen=True)
class Chain:
    """A derivation; every line is used by the next one.

    ``setting`` is Markdown; ``numbers`` lists, for every symbol, decimals that may be put in;
    ``reasons`` say, line by line, why ``by`` gives ``right``; ``form`` is the one that an answer
    must have.
    """

    name: str
    setting: str
    symbols: Mapping[str, str]
    numbers: Mapping[str, tuple[str, ...]]
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    form: str | None = None

    __hash__ = object.__hash__

    @cached_property
    def kind(self) -> Expression:
        """The answer kind of its formulas."""
        return Expression(symbols=self.symbols, form=self.form)

    @cached_property
    def counts(self) -> bool:
        """Whether it only counts, so that every quantity is a whole number."""
        return set(self.symbols.values()) == {"positive integer"}

    def formula(self, function: Callable[..., Any]) -> Any:
        """A right-hand side in letters."""
        return letters.formula(function)

    @cache  # noqa: B019 - the chains live as long as the program
    def tex(self, function: Callable[..., Any]) -> str:
        """A right-hand side as TeX."""
        return self.kind.tex(self.formula(function))

    def symbol(self, name: str) -> str:
        """A symbol as TeX."""
        return self.kind.tex(letters.symbols(name))

    @cached_property
    def richest(self) -> int:
        """The line whose right-hand side has the most letters: the one to put numbers in."""
        return max(range(len(self.lines)), key=lambda i: len(arguments(self.lines[i].right)))

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The letters of that line."""
        return arguments(self.lines[self.richest].right)

    def slipped(self, function: Callable[..., Any], values: Mapping[str, int | Rational]) -> Any:
        """A wrong right-hand side with numbers put in; None where it is undefined there."""
        if not set(arguments(function)) <= set(values):
            return None
        try:
            return call(function, values)
        except (ArithmeticError, ValueError):
            return None

    def wrong_formula(self, place: int, slip: tuple[str, str]) -> Any:
        """What a slip makes of a line, in letters; None if it does not happen there."""
        function = self.lines[place].wrong(slip)
        return function and self.formula(function)

    def wrong_number(
        self, place: int, slip: tuple[str, str], values: Mapping[str, int | Rational]
    ) -> Any:
        """What a slip makes of a line with numbers put in; None if it does not happen there."""
        function = self.lines[place].wrong(slip)
        return function and self.slipped(function, values)

    def seen(self, line: int, values: Mapping[str, Any]) -> float:
        """What is observed of a line's quantity with the same numbers."""
        return float(call(self.lines[line].observed, {n: _plain(v) for n, v in values.items()}))

    def number(self, name: str, written: Any) -> int | Rational:
        """A number as a symbol takes it: a count can be an exponent."""
        return int(written) if "integer" in self.symbols[name] else rational(written)

    def put_in(self, names: Iterable[str], written: Iterable[Any]) -> dict[str, int | Rational]:
        """Numbers by the names of their symbols."""
        return {name: self.number(name, n) for name, n in zip(names, written, strict=True)}

    @cached_property
    def places(self) -> tuple[dict[str, int | Rational], ...]:
        """Two places at which every symbol has one of its numbers."""
        return tuple(
            {name: self.number(name, some[i % len(some)]) for name, some in self.numbers.items()}
            for i in (1, 2)
        )

    @cache  # noqa: B019
    def holds(self, line: int, function: Callable[..., Any]) -> bool:
        """Whether a right-hand side gives what is observed, with numbers put in."""
        return all(
            isclose(
                float(call(function, place)),
                self.seen(line, place),
                rel_tol=1e-9,
                abs_tol=1e-9,
            )
            for place in self.places
        )


def _plain(value: Any) -> Any:
    """A number as NumPy takes it: whole ones may count something."""
    whole = int(value)
    return whole if whole == value else float(value)


def readings(chain: Chain, shown: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All orders of the lines ``shown`` in which no line names a quantity of a later one.

    Found by reading: a line needs another when its ``by`` names the other's ``left``.
    """
    lines = [chain.lines[i] for i in shown]
    needs = {
        (i, j) for i, a in enumerate(lines) for j, b in enumerate(lines) if _names(a.by, b.left)
    }
    for order in permutations(range(len(shown))):
        if not any((i, j) in needs for k, i in enumerate(order) for j in order[k + 1 :]):
            yield order


def _names(text: str, quantity: str) -> bool:
    """Whether TeX contains a quantity, and not merely its letters inside a longer name."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(quantity)}(?![A-Za-z'])", text) is not None


@cache
def orders(chain: Chain, shown: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The orders that reading allows."""
    return tuple(readings(chain, shown))
