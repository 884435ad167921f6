"""Functions of several numbers, and of whole vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import comb

from flint import arb, fmpq

from partialcredit.grading.evaluation.arithmetic import (
    ZERO,
    Value,
    ball,
    compare,
    exp,
    reciprocal,
    times,
)
from partialcredit.grading.evaluation.functions import floor_of
from partialcredit.grading.evaluation.matrices import (
    Identity,
    Matrix,
    Pole,
    Undefined,
    bounded,
    total,
)
from partialcredit.grading.evaluation.points import Point

__all__ = ["OF_SEVERAL"]


def _extreme(wanted: int) -> Callable[[list[Value], Point], Value]:
    def pick(a: Value, b: Value) -> Value:
        if isinstance(a, Matrix) or isinstance(b, Matrix):
            if isinstance(a, Matrix) and isinstance(b, Matrix):
                return a.zip(b, pick)
            return (
                a.map(lambda x: pick(x, b))
                if isinstance(a, Matrix)
                else b.map(lambda x: pick(a, x))
            )
        order = compare(a, b)
        if order == 0 and isinstance(a, arb):
            return a.union(ball(b))
        return a if order == wanted or order == 0 else b

    def function(values: list[Value], _point: Point) -> Value:
        if len(values) == 1 and isinstance(values[0], Matrix):
            values = values[0].entries()
        return reduce(pick, values)

    return function


def _binomial(values: list[Value], _point: Point) -> Value:
    n, k = values
    if not (isinstance(n, fmpq) and isinstance(k, fmpq) and n.q == 1 and k.q == 1):
        raise Undefined("a binomial coefficient of these numbers")
    if n < 0:
        raise Pole("a binomial coefficient of a negative number")
    if n > 2000:
        raise Undefined("a binomial coefficient this large")
    return fmpq(comb(int(n.p), int(k.p))) if 0 <= k <= n else ZERO


def _mod(values: list[Value], point: Point) -> Value:
    a, b = values
    quotient = times(a, reciprocal(b))
    return bounded(a - times(b, floor_of(quotient, point)))


def _spread(values: list[Value]) -> list[Value]:
    return values[0].entries() if len(values) == 1 and isinstance(values[0], Matrix) else values


def _logsumexp(values: list[Value], point: Point) -> Value:
    return total(exp(x, point) for x in _spread(values)).log()


def _softmax(values: list[Value], point: Point) -> Value:
    (x,) = values
    if not isinstance(x, Matrix):
        raise Undefined("softmax needs a vector")
    powers = x.map(lambda entry: exp(entry, point))
    whole = total(powers.entries())
    return powers.map(lambda entry: entry / whole)


def _mean(values: list[Value], _point: Point) -> Value:
    entries = _spread(values)
    return total(entries) / len(entries)


def _total(values: list[Value], _point: Point) -> Value:
    return total(_spread(values))


def _hadamard(values: list[Value], _point: Point) -> Value:
    a, b = values
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.zip(b, times)
    return times(a, b)


def _matrix_only(method: str) -> Callable[[list[Value], Point], Value]:
    def function(values: list[Value], _point: Point) -> Value:
        (x,) = values
        if isinstance(x, Identity) and method == "inverse":
            return Identity(reciprocal(x.factor))
        if isinstance(x, Matrix):
            return getattr(x, method)()
        if method == "inverse":
            return reciprocal(x)
        return x

    return function


def _diag(values: list[Value], _point: Point) -> Value:
    (x,) = values
    if not isinstance(x, Matrix):
        raise Undefined("diag needs a vector or a matrix")
    if 1 in x.shape:
        entries = x.entries()
        return Matrix(
            [[v if i == j else ZERO for j in range(len(entries))] for i, v in enumerate(entries)]
        )
    return Matrix([[row[i]] for i, row in enumerate(x.rows)])


def _dot(values: list[Value], _point: Point) -> Value:
    a, b = values
    if isinstance(a, Matrix) and isinstance(b, Matrix) and a.shape == b.shape and a.shape[1] == 1:
        return a.transposed().times(b)
    return times(a, b)


def _outer(values: list[Value], _point: Point) -> Value:
    a, b = values
    if not isinstance(a, Matrix) or not isinstance(b, Matrix):
        raise Undefined("an outer product needs two vectors")
    return a.times(b.transposed())


OF_SEVERAL: dict[str, Callable[[list[Value], Point], Value]] = {
    "max": _extreme(1),
    "min": _extreme(-1),
    "binomial": _binomial,
    "mod": _mod,
    "logsumexp": _logsumexp,
    "softmax": _softmax,
    "mean": _mean,
    "total": _total,
    "hadamard": _hadamard,
    "inverse": _matrix_only("inverse"),
    "trace": _matrix_only("trace"),
    "det": _matrix_only("determinant"),
    "diag": _diag,
    "outer": _outer,
    "dot": _dot,
}
