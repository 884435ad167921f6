"""Functions of one number, applied to every entry of an array."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any

from flint import acb, arb, fmpq

from partialcredit.grading.evaluation.arithmetic import (
    ZERO,
    Value,
    ball,
    compare,
    exp,
    log,
    reciprocal,
    sqrt,
    times,
)
from partialcredit.grading.evaluation.matrices import Identity, Matrix, Pole, Undefined, bounded
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.limits import MAX_FACTORIAL

__all__ = ["UNARY", "elementwise", "floor_of"]


def _cbrt(x: Value, _point: Point) -> Value:
    third = arb(fmpq(1, 3))
    if compare(x, ZERO) == 0:
        return ZERO
    root = (ball(abs(x)).log() * third).exp()
    return root if x > 0 else -root


def _sigma(x: Value, point: Point) -> Value:
    return 1 / (1 + exp(-x, point))


def _softplus(x: Value, point: Point) -> Value:
    return exp(x, point).log1p() if not isinstance(x, acb) else (1 + x.exp()).log()


def _relu(x: Value, _point: Point) -> Value:
    return x if compare(x, ZERO) > 0 else ZERO


def _phi(x: Value, _point: Point) -> Value:
    return (1 + (ball(x) / arb(2).sqrt()).erf()) / 2


def floor_of(x: Value, _point: Point) -> Value:
    """The whole number below; a ball astride a whole number counts as that number."""
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    return _nearest_below(x)


def _ceil(x: Value, point: Point) -> Value:
    return -floor_of(-x, point)


def _nearest_below(x: Any) -> fmpq:
    if not abs(x) < 10**18:
        raise Undefined("a number too large to round")
    low, high = x.lower().floor().unique_fmpz(), x.upper().floor().unique_fmpz()
    return fmpq(high if high is not None else low)


def _sign(x: Value, _point: Point) -> Value:
    return fmpq(compare(x, ZERO))


def _step(x: Value, _point: Point) -> Value:
    return fmpq(int(compare(x, ZERO) > 0))


def _abs(x: Value, _point: Point) -> Value:
    return abs(x)


def _method(name: str, defined: Callable[[Any], bool] | None = None) -> Callable[..., Value]:
    def function(x: Value, _point: Point) -> Value:
        x = ball(x)
        if defined is not None and isinstance(x, arb) and not defined(x):
            raise Undefined(f"{name} outside its domain")
        result = getattr(x, name)()
        if not result.is_finite():
            raise Undefined(f"{name} outside its domain")
        return result

    return function


def _factorial(x: Value, _point: Point) -> Value:
    if isinstance(x, acb) or not abs(x) < MAX_FACTORIAL:
        raise Undefined("a factorial of this number")
    if not isinstance(x, fmpq) or x.q != 1:
        value = arb(x + 1).gamma()
        if not value.is_finite():
            raise Pole("a factorial of a negative number")
        return value
    if x < 0:
        raise Pole("a factorial of a negative number")
    if x <= 300:
        return fmpq(factorial(int(x.p)))
    return arb(x + 1).gamma()


#: Functions of one number, applied to every entry of an array.
UNARY: dict[str, Callable[[Value, Point], Value]] = {
    "exp": exp,
    "log": log,
    "log2": lambda x, p: log(x, p) / arb(2).log(),
    "log10": lambda x, p: log(x, p) / arb(10).log(),
    "log1p": lambda x, p: log(1 + x, p),
    "expm1": lambda x, p: exp(x, p) - 1,
    "sqrt": sqrt,
    "cbrt": _cbrt,
    "sin": _method("sin"),
    "cos": _method("cos"),
    "tan": _method("tan"),
    "cot": _method("cot"),
    "sec": _method("sec"),
    "csc": _method("csc"),
    "asin": _method("asin"),
    "acos": _method("acos"),
    "atan": _method("atan"),
    "sinh": _method("sinh"),
    "cosh": _method("cosh"),
    "tanh": _method("tanh"),
    "coth": _method("coth"),
    "sech": _method("sech"),
    "csch": _method("csch"),
    "asinh": _method("asinh"),
    "acosh": _method("acosh"),
    "atanh": _method("atanh"),
    "erf": _method("erf"),
    "erfc": _method("erfc"),
    "sigma": _sigma,
    "logit": lambda x, p: log(times(x, reciprocal(1 - x)), p),
    "relu": _relu,
    "softplus": _softplus,
    "silu": lambda x, p: x * _sigma(x, p),
    "gelu": lambda x, p: x * _phi(x, p),
    "Phi": _phi,
    "step": _step,
    "sign": _sign,
    "abs": _abs,
    "floor": floor_of,
    "ceil": _ceil,
    "factorial": _factorial,
}


def elementwise(function: Callable[[Value, Point], Value], x: Value, point: Point) -> Value:
    """The function of a number, or of every entry."""
    if isinstance(x, Matrix):
        if function is _abs and 1 in x.shape:
            return x.norm("2")  # single bars around a vector
        return x.map(lambda entry: bounded(function(entry, point)))
    if isinstance(x, Identity):
        raise Undefined("a function of the identity matrix")
    return bounded(function(x, point))
