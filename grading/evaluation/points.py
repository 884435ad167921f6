"""Points at which two expressions are compared: stratified, and on both sides of every kink."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

from flint import acb, arb, fmpq

from partialcredit.grading.evaluation.matrices import Identity, Matrix, Undefined
from partialcredit.grading.limits import MAX_TERMS
from partialcredit.grading.reader.names import dimensions

__all__ = ["Point", "generic_points"]

#: Intervals a real unknown is drawn from in turn, so that sizes and signs vary.
_REAL = ((0, 1), (-1, 0), (1, 4), (-4, -1), (4, 24), (-24, -4), (0, 1 / 64), (1 / 2, 2))
_POSITIVE = ((0, 1), (1, 4), (4, 24), (1 / 4, 2), (0, 1 / 64), (24, 90), (1, 2), (2, 8))
_UNIT = (
    (1 / 2, 1),
    (0, 1 / 2),
    (1 / 8, 3 / 8),
    (3 / 4, 1),
    (0, 1 / 16),
    (15 / 16, 1),
    (0, 1),
    (0, 1),
)
_COUNTS = (3, 2, 5, 1, 7, 4, 11, 6)
_INTEGERS = (2, -1, 3, 0, 5, -4, 7, 1)
#: Sizes of vectors and matrices: distinct, so that order and transposes show.
_SIZES = ((3, 2, 4, 5), (2, 4, 3, 5), (4, 3, 5, 2))
#: Of their entries, in turn: what bends far out or close to zero shows there.
_SCALES = (fmpq(1), fmpq(1), fmpq(512), fmpq(1, 64))
_GRID = 1 << 16


class Point:
    """Values for every name, drawn when they are first asked for."""

    __slots__ = (
        "complex", "deep", "domains", "number", "seed", "size", "sizes", "slack", "terms_left",
        "values",
    )  # fmt: skip

    def __init__(
        self,
        domains: Mapping[str, str],
        number: int,
        seed: int,
        values: dict[str, Any] | None = None,
        *,
        complex_: bool = False,
    ) -> None:
        self.domains, self.number, self.seed = domains, number, seed
        self.values: dict[str, Any] = values if values is not None else {}
        self.sizes: dict[str, int] = {}
        self.size = (3, 4, 2)[number % 3]  # of a sum whose bounds the question leaves open
        self.complex = complex_
        self.deep = False
        self.slack: fmpq | None = None  # on an irrational boundary, what still counts as equal
        self.terms_left = MAX_TERMS

    def moved(self, name: str, value: fmpq) -> Point:
        """The same point with one symbol elsewhere."""
        point = Point(
            self.domains, self.number, self.seed, dict(self.values), complex_=self.complex
        )
        point.sizes = self.sizes
        if name:
            point.values[name] = value
        return point

    def symbol(self, name: str) -> Any:
        """The value of a symbol."""
        value = self.values.get(name)
        if value is None:
            value = self.values[name] = self._drawn(name)
        return value

    def indexed(self, name: str, indices: list[Any]) -> Any:
        """The value of ``w_i``: of the declared ``w_3`` where there is one, else its own."""
        label = ",".join(str(index) for index in indices)
        if f"{name}_{label}" in self.domains:
            return self.symbol(f"{name}_{label}")
        key = f"{name}[{label}]"
        value = self.values.get(key)
        if value is None:
            domain = self.domains.get(name, "real")
            value = self._entry(name, domain, indices) or self._scalar(key, domain)
            self.values[key] = value
        return value

    def _entry(self, name: str, domain: str, indices: list[Any]) -> Any:
        """An entry of a declared vector or matrix, counted from 1."""
        if not domain.startswith(("vector", "matrix")):
            return None
        rows = self.symbol(name).rows
        try:
            at = [int(index.p) - 1 for index in indices]
            if min(at) < 0 or len(at) > 2:
                raise IndexError
            return rows[at[0]][at[1] if len(at) == 2 else 0]
        except (IndexError, AttributeError):
            return self._scalar(f"{name}[{indices}]", "real")

    def applied(self, name: str, args: list[Any]) -> Any:
        """An unknown function: smooth, different for every name, defined everywhere."""
        random = Draw(name, 0, self.seed)
        total: Any = arb(random.randint(1, 99)) / 64
        for arg in args:
            frequency = arb(random.randint(40, 90)) / 64
            total = total + (arg * frequency + random.randint(1, 9)).sin()
            total = total + arg * arb(random.randint(10, 60)) / 64
        return total

    def _drawn(self, name: str) -> Any:
        domain = self.domains.get(name)
        if domain is None:
            if name in self.sizes:
                return fmpq(self.sizes[name])
            if self._is_size(name):
                return fmpq(self._size(name))
            if name == "I" and any(_is_array(d) for d in self.domains.values()):
                return Identity(fmpq(1))
            domain = "real"
        if _is_array(domain):
            return self._array(name, domain)
        if domain in ("integer", "positive integer", "real", "positive") and self._is_size(name):
            return fmpq(self._size(name))
        return self._scalar(name, domain)

    def _is_size(self, name: str) -> bool:
        return any(
            name in dimensions(domain) for domain in self.domains.values() if _is_array(domain)
        )

    def _size(self, name: str) -> int:
        if name.isdigit():
            return min(int(name), 8)
        if name not in self.sizes:
            used = len(self.sizes)
            self.sizes[name] = (*_SIZES[self.number % 3], 6, 7, 8)[min(used, 6)]
        return self.sizes[name]

    def _array(self, name: str, domain: str) -> Matrix:
        sizes = [self._size(dimension) for dimension in dimensions(domain)]
        if not sizes or len(sizes) > 2:
            raise Undefined(f"an array of the kind {domain}")
        rows, columns = sizes[0], sizes[1] if len(sizes) == 2 else 1
        random, scale = Draw(name, self.number, self.seed), _SCALES[self.number % 4]
        return Matrix(
            [
                [fmpq(random.randint(-40, 40) or 7, 8) * scale for _ in range(columns)]
                for _ in range(rows)
            ]
        )

    def _scalar(self, name: str, domain: str) -> Any:
        random = Draw(name, self.number, self.seed)
        turn = (self.number + random.randint(0, 1) * (self.number > 7) + _shift(name)) % 8
        if domain == "positive integer":
            return fmpq(_COUNTS[turn] + (8 * random.randint(0, 1) if self.number > 7 else 0))
        if domain == "integer":
            return fmpq(_INTEGERS[turn])
        if domain == "complex":
            return acb(*(_between(random, *_REAL[turn]) for _ in range(2)))
        strata = {"positive": _POSITIVE, "unit": _UNIT}.get(domain, _REAL)
        return _between(random, *strata[turn])


class Draw:
    """A cheap reproducible stream of integers (a 64-bit linear congruential generator)."""

    __slots__ = ("state",)

    def __init__(self, name: str, number: int, seed: int) -> None:
        self.state = crc32(name.encode(), seed & 0xFFFFFFFF) * 2_654_435_761 + number * 40_503
        self.randint(0, 1)

    def randint(self, low: int, high: int) -> int:
        """An integer between two bounds, both included."""
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return low + (self.state >> 33) % (high - low + 1)


def _between(random: Draw, low: float, high: float) -> fmpq:
    """A dyadic rational strictly inside an interval."""
    step = random.randint(1, _GRID - 1)
    return fmpq(int(low * 64), 64) + fmpq(int((high - low) * 64), 64) * fmpq(step, _GRID)


def _shift(name: str) -> int:
    """Neighbouring names start at different strata."""
    return sum(map(ord, name)) * 3 % 8


def _is_array(domain: str) -> bool:
    return domain.startswith(("vector", "matrix"))


def generic_points(
    domains: Mapping[str, str], seed: int, start: int = 0, *, complex_: bool = False
) -> Iterator[Point]:
    """Points in general position, one stratum after another."""
    number = start
    while True:
        yield Point(domains, number, seed, complex_=complex_)
        number += 1
