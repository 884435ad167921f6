"""Small matrices of exact rationals or balls, enough to tell matrix expressions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from partialcredit.grading.limits import MAX_BITS, MAX_MAGNITUDE

__all__ = ["Identity", "Matrix", "Pole", "SizeMismatch", "Undefined", "bounded", "total"]


class Undefined(Exception):
    """The expression has no value at this point."""


class Pole(Undefined):
    """An infinite factorial or binomial, or a sum whose bounds crossed: no fault of the formula."""


class SizeMismatch(Undefined):
    """Matrices whose sizes do not fit."""


def bounded(x: Any) -> Any:
    """A value of at most ``MAX_BITS``: a rational that grows beyond becomes a ball.

    Raises :class:`Undefined` for a ball beyond ``MAX_MAGNITUDE``.
    """
    if isinstance(x, fmpq):
        return x if x.height_bits() <= MAX_BITS else arb(x)
    if isinstance(x, arb | acb) and not abs(x) < arb(2) ** MAX_MAGNITUDE:
        raise Undefined("a number too large to compute with")
    return x


def total(values: Iterable[Any]) -> Any:
    """The sum of numbers, none of whose partial sums outgrows :func:`bounded`."""
    result: Any = fmpq(0)
    for value in values:
        result = bounded(result + value)
    return result


class Matrix:
    """Rows of numbers; a vector is a single column."""

    __slots__ = ("rows",)

    def __init__(self, rows: list[list[Any]]) -> None:
        self.rows = rows

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows), len(self.rows[0])

    def map(self, function: Callable[[Any], Any]) -> Matrix:
        """The function of every entry."""
        return Matrix([[function(x) for x in row] for row in self.rows])

    def zip(self, other: Matrix, function: Callable[[Any, Any], Any]) -> Matrix:
        """The function of entries at the same place."""
        if self.shape != other.shape:
            raise SizeMismatch(f"{_size(self)} and {_size(other)} do not have the same size")
        return Matrix(
            [
                [function(a, b) for a, b in zip(left, right, strict=True)]
                for left, right in zip(self.rows, other.rows, strict=True)
            ]
        )

    def transposed(self) -> Matrix:
        """Rows and columns exchanged."""
        return Matrix([list(column) for column in zip(*self.rows, strict=True)])

    def times(self, other: Matrix) -> Any:
        """The matrix product; a single entry is a number."""
        if self.shape[1] != other.shape[0]:
            raise SizeMismatch(f"{_size(self)} cannot be multiplied by {_size(other)}")
        columns = list(zip(*other.rows, strict=True))
        rows = [
            [total(bounded(a * b) for a, b in zip(row, column, strict=True)) for column in columns]
            for row in self.rows
        ]
        return rows[0][0] if len(rows) == 1 and len(columns) == 1 else Matrix(rows)

    def inverse(self) -> Matrix:
        """The inverse of a square matrix."""
        self._square("inverse")
        try:
            inverse = self._for_flint().inv()
            return Matrix([list(map(bounded, row)) for row in inverse.tolist()])
        except ZeroDivisionError:
            raise Undefined("this matrix has no inverse") from None

    def determinant(self) -> Any:
        """The determinant of a square matrix."""
        self._square("determinant")
        return bounded(self._for_flint().det())

    def trace(self) -> Any:
        """The sum of the diagonal."""
        self._square("trace")
        return total(row[i] for i, row in enumerate(self.rows))

    def power(self, n: int) -> Any:
        """A whole power of a square matrix."""
        self._square("power")
        base = self.inverse() if n < 0 else self
        if not 1 <= abs(n) <= 16:
            raise Undefined("this power of a matrix is too high")
        result: Any = base
        for _ in range(abs(n) - 1):
            result = result.times(base)
        return result

    def entries(self) -> list[Any]:
        """All entries, row by row."""
        return [x for row in self.rows for x in row]

    def norm(self, which: str) -> Any:
        """The vector norms 1, 2, inf; the Frobenius norm of a matrix."""
        if which in ("1", "inf") and 1 not in self.shape:
            lines = self.rows if which == "inf" else list(zip(*self.rows, strict=True))
            return _largest([total(map(abs, line)) for line in lines])
        sizes = [abs(x) for x in self.entries()]
        if which == "1":
            return total(sizes)
        if which == "inf":
            return _largest(sizes)
        if which == "2" and 1 not in self.shape:
            raise Undefined("write ||A||_F for the Frobenius norm of a matrix")
        return arb(total(bounded(x * x) for x in sizes)).sqrt()

    def _square(self, what: str) -> None:
        if self.shape[0] != self.shape[1]:
            raise SizeMismatch(f"{_size(self)} is not square: it has no {what}")

    def _for_flint(self) -> Any:
        """FLINT's matrix: of rationals, if a result as long as all entries together may be."""
        entries = self.entries()
        if any(isinstance(x, acb) for x in entries):
            return acb_mat(self.rows)
        rational = all(isinstance(x, fmpq) for x in entries)
        exact = rational and sum(int(x.height_bits()) for x in entries) <= MAX_BITS
        return (fmpq_mat if exact else arb_mat)(self.rows)


class Identity:
    """A multiple of the identity matrix whose size follows from what it meets."""

    __slots__ = ("factor",)

    def __init__(self, factor: Any) -> None:
        self.factor = factor

    def sized(self, n: int) -> Matrix:
        """As a matrix with ``n`` rows."""
        return Matrix([[self.factor if i == j else fmpq(0) for j in range(n)] for i in range(n)])


def _largest(values: list[Any]) -> Any:
    best = arb(values[0])
    for value in values[1:]:
        best = best.max(arb(value))
    return best


def _size(matrix: Matrix) -> str:
    return f"a {matrix.shape[0]} x {matrix.shape[1]} array"
