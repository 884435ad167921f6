"""Functions of exact numbers, with their sizes checked before a value is built.

``9^9^9`` is refused, not computed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import ceil, comb, factorial, floor

from flint import arb

from partialcredit.grading.limits import MAX_BITS, MAX_MAGNITUDE
from partialcredit.numbers.exact import Exact, Number, enclose, exp, log, sign, sqrt, tanh
from partialcredit.numbers.rationals import Rational, ratio, rational, simplest

__all__ = ["FUNCTIONS", "NotANumber", "divide", "held", "power"]


class NotANumber(Exception):
    """The tree has no (reasonable) real value; the message says why."""


def held(value: Number) -> Number:
    """A whole number is an ``int``; raises :class:`NotANumber` above ``MAX_BITS``."""
    if isinstance(value, int | Rational):
        top, bottom = ratio(value)
        if max(top.bit_length(), bottom.bit_length()) > MAX_BITS:
            raise NotANumber("this number is too large or too small to be an answer")
    return simplest(value)  # type: ignore[no-any-return]


def _total(*xs: Number) -> Number:
    zero: Number = 0
    return reduce(lambda a, b: held(a + b), xs, zero)


def divide(a: Number, b: Number) -> Number:
    """A quotient."""
    if sign(b) == 0:
        raise NotANumber("this divides by zero")
    return (rational(a) if isinstance(a, int) else a) / b


def power(base: Number, exponent: Number) -> Number:
    """A power; rational where it is."""
    if sign(base) == 0:
        if sign(exponent) <= 0 and exponent != 0:
            raise NotANumber("this divides by zero")
        return int(exponent == 0)
    whole = simplest(exponent)
    if isinstance(whole, int):
        return _whole_power(base, whole)
    if sign(base) < 0 and isinstance(exponent, Rational) and exponent.denominator % 2 == 1:
        positive = power(-base, exponent)  # the real root of a negative number
        return positive if exponent.numerator % 2 == 0 else -positive
    if sign(base) < 0:
        raise NotANumber("a negative number has no real power with a fractional exponent")
    if exponent == rational(1, 2):
        return sqrt(base)  # type: ignore[no-any-return]
    if exponent == rational(-1, 2):
        return divide(1, sqrt(base))
    root = _rational_root(base, exponent)
    if root is not None:
        return root
    return _exponential(exponent * log(base))


def _rational_root(base: Number, exponent: Number) -> Number | None:
    """8^(1/3) is 2: exactly, where the root is rational."""
    if not isinstance(base, int | Rational) or not isinstance(exponent, Rational):
        return None
    numerator, degree = ratio(exponent)
    if degree > 64:
        return None
    root = rational(*(_integer_root(n, degree) for n in ratio(base)))
    return _whole_power(root, numerator) if root**degree == base else None


def _integer_root(n: int, degree: int) -> int:
    root = round(float(n) ** (1 / degree)) if n < 2**1000 else 0
    return root or 1


def _whole_power(base: Number, n: int) -> Number:
    if isinstance(base, int | Rational):
        if abs(base) == 1:
            return base if n % 2 else 1
        bits = max(part.bit_length() for part in ratio(base))
        if bits * abs(n) <= MAX_BITS:
            return simplest(rational(base) ** n)  # type: ignore[no-any-return]
    _check_size(abs(n) * abs(_log2(base)))
    return Exact("pow", base, n)


def _log2(x: Number) -> float:
    size = abs(enclose(x, 64))
    if not size > 0:
        raise NotANumber("this number is too small to tell from zero")
    return float(size.log() / arb(2).log())


def _check_size(log2: float) -> None:
    if not log2 <= MAX_MAGNITUDE:
        raise NotANumber("this number is too large or too small to be an answer")


def _exponential(x: Number) -> Number:
    _check_size(abs(float(x)) * 1.4427 if _fits(x) else float("inf"))
    return exp(x)  # type: ignore[no-any-return]


def _fits(x: Number) -> bool:
    return bool(abs(enclose(x, 64)) < 10**9)


def _log(x: Number) -> Number:
    if sign(x) <= 0:
        raise NotANumber("the logarithm needs a positive number")
    return log(x)  # type: ignore[no-any-return]


def _sqrt(x: Number) -> Number:
    if sign(x) < 0:
        raise NotANumber("the square root needs a number that is not negative")
    return sqrt(x)  # type: ignore[no-any-return]


def _sigma(x: Number) -> Number:
    return divide(1, 1 + _exponential(-x))


def _tanh(x: Number) -> Number:
    _check_size(1 if _fits(x) else float("inf"))
    return tanh(x)  # type: ignore[no-any-return]


def _unary(name: str) -> Callable[[Number], Number]:
    def function(x: Number) -> Number:
        _check_size(1 if _fits(x) else float("inf"))
        return Exact(name, x)

    return function


def _arc(name: str) -> Callable[[Number], Number]:
    def function(x: Number) -> Number:
        if abs(x) > 1:
            raise NotANumber(f"{name} needs a number between -1 and 1")
        return Exact(name, x)

    return function


def _whole(x: Number, rounding: Callable[[Rational], int]) -> int:
    if isinstance(x, int | Rational):
        return rounding(rational(x))
    if not _fits(x):
        raise NotANumber("this number is too large to round")
    floor_ = enclose(x, 256).floor().unique_fmpz()
    if floor_ is None:
        near = rational(round(float(x)))
        if sign(x - near) == 0:
            return int(near)
        raise NotANumber("this number is too close to a whole one to round")
    return int(floor_) + (1 if rounding is ceil else 0)


def _factorial(x: Number) -> Number:
    if not isinstance(x, int) or x < 0:
        raise NotANumber("the factorial needs a whole number that is not negative")
    if x > 300:
        raise NotANumber("this factorial is too large to be an answer")
    return factorial(x)


def _binomial(n: Number, k: Number) -> Number:
    if not isinstance(n, int) or not isinstance(k, int) or n < 0:
        raise NotANumber("the binomial coefficient needs whole numbers")
    if n > 2_000:
        raise NotANumber("this binomial coefficient is too large to be an answer")
    return comb(n, k) if 0 <= k <= n else 0


def _mod(a: Number, b: Number) -> Number:
    if not isinstance(a, int | Rational) or not isinstance(b, int | Rational) or b == 0:
        raise NotANumber("mod needs two rational numbers")
    return simplest(a - b * floor(rational(a) / b))  # type: ignore[no-any-return]


def _logsumexp(*xs: Number) -> Number:
    return _log(sum((_exponential(x) for x in xs), 0))


FUNCTIONS: dict[str, Callable[..., Number]] = {
    "exp": _exponential,
    "log": _log,
    "log2": lambda x: divide(_log(x), log(2)),
    "log10": lambda x: divide(_log(x), log(10)),
    "log1p": lambda x: _log(1 + x),
    "expm1": lambda x: _exponential(x) - 1,
    "sqrt": _sqrt,
    "cbrt": lambda x: power(x, rational(1, 3)) if x >= 0 else -power(-x, rational(1, 3)),
    "tanh": _tanh,
    "sinh": lambda x: divide(_exponential(x) - _exponential(-x), 2),
    "cosh": lambda x: divide(_exponential(x) + _exponential(-x), 2),
    "sin": _unary("sin"),
    "cos": _unary("cos"),
    "tan": lambda x: divide(_unary("sin")(x), _unary("cos")(x)),
    "atan": _unary("atan"),
    "asin": _arc("asin"),
    "acos": _arc("acos"),
    "erf": _unary("erf"),
    "Phi": lambda x: divide(1 + _unary("erf")(divide(x, sqrt(2))), 2),
    "sigma": _sigma,
    "logit": lambda x: _log(divide(x, 1 - x)),
    "softplus": lambda x: _log(1 + _exponential(x)),
    "silu": lambda x: x * _sigma(x),
    "relu": lambda x: max(x, 0),
    "step": lambda x: int(sign(x) > 0),
    "abs": abs,
    "sign": sign,
    "max": lambda *xs: max(xs),
    "min": lambda *xs: min(xs),
    "floor": lambda x: _whole(x, floor),
    "ceil": lambda x: _whole(x, ceil),
    "factorial": _factorial,
    "binomial": _binomial,
    "mod": _mod,
    "logsumexp": _logsumexp,
    "mean": lambda *xs: divide(_total(*xs), len(xs)),
}
