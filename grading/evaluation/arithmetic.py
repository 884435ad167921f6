"""Arithmetic of values: exact rationals as long as possible, then balls, and arrays of them.

A ball certainly contains the value, so two disjoint balls prove a difference. Balls that still
overlap count as equal.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import acb, arb, ctx, fmpq

from partialcredit.grading.evaluation.matrices import (
    Identity,
    Matrix,
    SizeMismatch,
    Undefined,
    bounded,
)
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.limits import MAX_BITS, MAX_MAGNITUDE

Value: TypeAlias = Any  # fmpq, arb, acb, Matrix or Identity

__all__ = [
    "ONE",
    "ZERO",
    "Absorbed",
    "Value",
    "ball",
    "compare",
    "exp",
    "log",
    "overlaps",
    "plus",
    "power",
    "reciprocal",
    "sqrt",
    "times",
]

ZERO = fmpq(0)

ONE = fmpq(1)


class Absorbed(Exception):
    """A non-zero term vanished beside a larger one: ask again with this many bits."""

    def __init__(self, bits: int) -> None:
        self.bits = bits


def overlaps(a: Value, b: Value) -> bool:
    """Whether two values may be equal; False is a proof that they differ."""
    if isinstance(a, Identity) and isinstance(b, Identity):
        return overlaps(a.factor, b.factor)
    if isinstance(a, Identity) and isinstance(b, Matrix):
        a = a.sized(b.shape[0])
    if isinstance(b, Identity) and isinstance(a, Matrix):
        b = b.sized(a.shape[0])
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.shape == b.shape and all(map(overlaps, a.entries(), b.entries()))
    if isinstance(a, Matrix | Identity) or isinstance(b, Matrix | Identity):
        return False
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a == b)
    if isinstance(a, acb) or isinstance(b, acb):
        return bool(acb(a).overlaps(acb(b)))
    return bool(arb(a).overlaps(arb(b)))


def compare(a: Value, b: Value) -> int:
    """-1, 0 or 1; balls that overlap compare equal."""
    if isinstance(a, acb) or isinstance(b, acb):
        raise Undefined("complex numbers have no order")
    if a < b:
        return -1
    return 1 if a > b else 0


def ball(x: Value) -> Any:
    """A rational as a ball."""
    return arb(x) if isinstance(x, fmpq) else x


def plus(a: Value, b: Value, point: Point) -> Value:
    """A sum of numbers, or of arrays of one size."""
    if isinstance(a, Matrix | Identity) or isinstance(b, Matrix | Identity):
        return _matrix_sum(a, b)
    if point.deep:
        _notice_absorption(a, b)
    return bounded(a + b)


def _notice_absorption(a: Value, b: Value) -> None:
    if isinstance(a, acb) or isinstance(b, acb) or (isinstance(a, fmpq) and isinstance(b, fmpq)):
        return
    small, large = abs(ball(a)), abs(ball(b))
    if small > large:
        small, large = large, small
    if small > 0 and small < large * arb(2) ** (40 - ctx.prec):
        raise Absorbed(int(float((large / small).log() / arb(2).log())) + 128)


def _matrix_sum(a: Value, b: Value) -> Value:
    if isinstance(a, Identity) and isinstance(b, Identity):
        return Identity(bounded(a.factor + b.factor))
    if isinstance(a, Identity) and isinstance(b, Matrix):
        a = a.sized(b.shape[0])
    if isinstance(b, Identity) and isinstance(a, Matrix):
        b = b.sized(a.shape[0])
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.zip(b, lambda x, y: bounded(x + y))
    if not isinstance(a, Matrix | Identity) and a == 0:
        return b
    if not isinstance(b, Matrix | Identity) and b == 0:
        return a
    raise SizeMismatch("a number cannot be added to a vector or matrix")


def times(a: Value, b: Value) -> Value:
    """A product of numbers, or of matrices in their order."""
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.times(b)
    if isinstance(a, Identity) or isinstance(b, Identity):
        left, right = (x.factor if isinstance(x, Identity) else x for x in (a, b))
        product = times(left, right)
        return product if isinstance(product, Matrix) else Identity(product)
    if isinstance(a, Matrix):
        return a.map(lambda x: bounded(x * b))
    if isinstance(b, Matrix):
        return b.map(lambda x: bounded(a * x))
    return bounded(a * b)


def reciprocal(b: Value) -> Value:
    """One over a number that is not zero."""
    if isinstance(b, Matrix | Identity):
        raise SizeMismatch("a matrix cannot be divided by: write its inverse")
    if isinstance(b, fmpq):
        if b == 0:
            raise Undefined("a division by zero")
        return ONE / b
    if b.contains(0):
        raise Undefined("a division by zero")
    return 1 / b


def power(a: Value, n: Value, point: Point) -> Value:
    """A power; whole powers of rationals stay rational."""
    whole = isinstance(n, fmpq) and n.q == 1
    if isinstance(a, Matrix):
        if not whole:
            raise Undefined("a matrix has whole powers only")
        if a.shape[0] != a.shape[1]:
            raise SizeMismatch("only a square matrix has powers")
        return a.power(int(n.p))
    if isinstance(a, Identity):
        return Identity(power(a.factor, n, point))
    if whole:
        return _whole_power(a, int(n.p))
    if point.complex:
        return acb(a) ** acb(n)
    if isinstance(n, fmpq) and n.q == 2:
        root = sqrt(a, point)
        return root if n.p == 1 else _whole_power(root, int(n.p))
    if isinstance(n, fmpq) and n.q % 2 == 1 and a < 0:  # the real root of a negative number
        root = power(-a, n, point)
        return root if n.p % 2 == 0 else -root
    a = ball(a)
    if not a > 0:
        if a == 0 and n > 0:
            return ZERO
        raise Undefined("a power of a negative number")
    return exp(ball(n) * a.log(), point)


def _whole_power(a: Value, n: int) -> Value:
    if n == 0:
        return ONE
    if isinstance(a, fmpq):
        if a == 0:
            if n < 0:
                raise Undefined("a division by zero")
            return ZERO
        if a.height_bits() * abs(n) <= MAX_BITS:
            return a**n if n > 0 else ONE / a**-n
        a = arb(a)
    if abs(n) > 2 and isinstance(a, arb):
        _check_magnitude(abs(a).log() * n if a != 0 else a)
    return a**n if n > 0 else 1 / a**-n


def _check_magnitude(log: arb) -> None:
    if abs(log) > MAX_MAGNITUDE or not log.is_finite():
        raise Undefined("a number too large to compute with")


def exp(x: Value, _point: Point) -> Value:
    """The exponential."""
    x = ball(x)
    if isinstance(x, acb):
        _check_magnitude(x.real)
    else:
        _check_magnitude(x)
    return x.exp()


def log(x: Value, point: Point) -> Value:
    """The natural logarithm."""
    if isinstance(x, fmpq) and x == 1:
        return ZERO
    if point.complex:
        return acb(x).log()
    if not x > 0:
        raise Undefined("the logarithm of a number that is not positive")
    return ball(x).log()


def sqrt(x: Value, point: Point) -> Value:
    """The square root; rational where it is."""
    if point.complex:
        return acb(x).sqrt()
    if isinstance(x, fmpq) and x >= 0:
        square = x.p.is_square() and x.q.is_square()
        return x.sqrt() if square else arb(x).sqrt()
    if x < 0:
        raise Undefined("the square root of a negative number")
    return ball(x).nonnegative_part().sqrt()
