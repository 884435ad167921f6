"""A tree without symbols as an exact number.

Rationals stay rationals; anything else becomes an :class:`~partialcredit.exact.Exact`. Sizes are
checked before a value is built: ``9^9^9`` is refused, not computed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, comb, factorial, floor
from typing import Any

from flint import arb

from partialcredit.exact import Exact, Number, enclose, exp, log, sign, sqrt, tanh
from partialcredit.grading.limits import MAX_BITS, MAX_MAGNITUDE, MAX_TERMS
from partialcredit.grading.tree import Node, fraction

__all__ = ["NotANumber", "exact_number"]


class NotANumber(Exception):  # noqa: N818 - it never leaves this package
    """The tree has no (reasonable) real value; the message says why."""


def exact_number(node: Node, bound: dict[str, int] | None = None) -> Number:
    """The exact value of a tree; raises :class:`NotANumber`."""
    op, args, value = node
    if op == "number":
        return fraction(value)
    if op == "symbol" and bound and value in bound:
        return bound[value]
    if op in ("sum", "prod"):
        return _series(node, bound or {})
    if op == "cases":
        return _cases(args, bound)
    if op == "indicator":
        return int(_holds(args[0], bound))
    if op == "constant":
        return _constant(value)
    if op not in _OPERATIONS and op != "call":
        raise NotANumber(_WHY.get(op, "a number was expected here"))
    numbers = [exact_number(arg, bound) for arg in args]
    if op == "call":
        function = _FUNCTIONS.get(value)
        if function is None:
            raise NotANumber(f"{value} gives no number")
        return _call(function, numbers)
    return _OPERATIONS[op](*numbers)


_WHY = {
    "symbol": "a number was expected, not a name",
    "index": "a number was expected, not a name",
    "apply": "a number was expected, not an unknown function",
    "list": "one number was expected, not a list",
    "tuple": "one number was expected, not a list",
    "set": "one number was expected, not a set",
    "compare": "one number was expected, not a relation",
}


def _call(function: Callable[..., Number], numbers: list[Number]) -> Number:
    try:
        return function(*numbers)
    except ValueError as error:
        raise NotANumber(str(error)) from None


def _constant(name: str) -> Number:
    if name == "e":
        return exp(1)  # type: ignore[no-any-return]
    if name == "pi":
        return Exact("pi")
    raise NotANumber("a finite real number was expected")


def _divide(a: Number, b: Number) -> Number:
    if sign(b) == 0:
        raise NotANumber("this divides by zero")
    return Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else a / b


def _power(base: Number, exponent: Number) -> Number:
    if sign(base) == 0:
        if sign(exponent) <= 0 and exponent != 0:
            raise NotANumber("this divides by zero")
        return int(exponent == 0)
    if isinstance(exponent, int | Fraction) and Fraction(exponent).denominator == 1:
        return _whole_power(base, int(exponent))
    if sign(base) < 0:
        raise NotANumber("a negative number has no real power with a fractional exponent")
    if exponent == Fraction(1, 2):
        return sqrt(base)  # type: ignore[no-any-return]
    if exponent == Fraction(-1, 2):
        return _divide(1, sqrt(base))
    root = _rational_root(base, exponent)
    if root is not None:
        return root
    return _exponential(exponent * log(base))


def _rational_root(base: Number, exponent: Number) -> Number | None:
    """8^(1/3) is 2: exactly, where the root is rational."""
    if not isinstance(base, int | Fraction) or not isinstance(exponent, Fraction):
        return None
    degree = exponent.denominator
    if degree > 64:
        return None
    root = Fraction(_integer_root(base.numerator, degree), _integer_root(base.denominator, degree))
    return _whole_power(root, exponent.numerator) if root**degree == base else None


def _integer_root(n: int, degree: int) -> int:
    root = round(float(n) ** (1 / degree)) if n < 2**1000 else 0
    return root or 1


def _whole_power(base: Number, n: int) -> Number:
    if isinstance(base, int | Fraction):
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(n) <= MAX_BITS or abs(base) == 1:
            power = Fraction(base) ** n
            return int(power) if power.denominator == 1 else power
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
    return _divide(1, 1 + _exponential(-x))


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


def _whole(x: Number, rounding: Callable[[Fraction], int]) -> int:
    if isinstance(x, int | Fraction):
        return rounding(Fraction(x))
    if not _fits(x):
        raise NotANumber("this number is too large to round")
    floor_ = enclose(x, 256).floor().unique_fmpz()
    if floor_ is None:
        near = Fraction(round(float(x)))
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
    if not isinstance(n, int) or not isinstance(k, int) or not 0 <= n <= 2_000:
        raise NotANumber("the binomial coefficient needs whole numbers up to 2000")
    return comb(n, k) if 0 <= k <= n else 0


def _mod(a: Number, b: Number) -> Number:
    if not isinstance(a, int | Fraction) or not isinstance(b, int | Fraction) or b == 0:
        raise NotANumber("mod needs two rational numbers")
    return a % b


def _logsumexp(*xs: Number) -> Number:
    return _log(sum((_exponential(x) for x in xs), 0))


def _multiply(a: Number, b: Number) -> Number:
    return a * b


_OPERATIONS: dict[str, Callable[..., Number]] = {
    "neg": lambda a: -a,
    "add": lambda a, b: a + b,
    "mul": _multiply,
    "div": _divide,
    "pow": _power,
    "percent": lambda a: _divide(a, 100),
}

_FUNCTIONS: dict[str, Callable[..., Number]] = {
    "exp": _exponential,
    "log": _log,
    "log2": lambda x: _divide(_log(x), log(2)),
    "log10": lambda x: _divide(_log(x), log(10)),
    "log1p": lambda x: _log(1 + x),
    "expm1": lambda x: _exponential(x) - 1,
    "sqrt": _sqrt,
    "cbrt": lambda x: _power(x, Fraction(1, 3)) if x >= 0 else -_power(-x, Fraction(1, 3)),
    "tanh": _tanh,
    "sinh": lambda x: (_exponential(x) - _exponential(-x)) / 2,
    "cosh": lambda x: (_exponential(x) + _exponential(-x)) / 2,
    "sin": _unary("sin"),
    "cos": _unary("cos"),
    "tan": lambda x: _divide(_unary("sin")(x), _unary("cos")(x)),
    "atan": _unary("atan"),
    "asin": _arc("asin"),
    "acos": _arc("acos"),
    "erf": _unary("erf"),
    "Phi": lambda x: (1 + _unary("erf")(x / sqrt(2))) / 2,
    "sigma": _sigma,
    "logit": lambda x: _log(_divide(x, 1 - x)),
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
    "mean": lambda *xs: _divide(sum(xs), len(xs)),
}


def _holds(node: Node, bound: dict[str, int] | None) -> bool:
    if node.op in ("and", "or"):
        each = (_holds(arg, bound) for arg in node.args)
        return all(each) if node.op == "and" else any(each)
    if node.op != "compare":
        raise NotANumber("a condition was expected")
    numbers = [exact_number(arg, bound) for arg in node.args]
    pairs = zip(node.value, numbers, numbers[1:], strict=False)
    return all(_RELATIONS[relation](sign(a - b)) for relation, a, b in pairs)


_RELATIONS: dict[str, Callable[[int], bool]] = {
    "<": lambda s: s < 0,
    "<=": lambda s: s <= 0,
    ">": lambda s: s > 0,
    ">=": lambda s: s >= 0,
    "=": lambda s: s == 0,
    "!=": lambda s: s != 0,
}


def _cases(args: tuple[Node, ...], bound: dict[str, int] | None) -> Number:
    for i in range(0, len(args) - 1, 2):
        if _holds(args[i + 1], bound):
            return exact_number(args[i], bound)
    if len(args) % 2 == 0:
        raise NotANumber("no case applies")
    return exact_number(args[-1], bound)


def _series(node: Node, bound: dict[str, int]) -> Number:
    if len(node.args) != 3:
        raise NotANumber("this sum needs both bounds")
    body, *ends = node.args
    low, high = (exact_number(end, bound) for end in ends)
    if not isinstance(low, int) or not isinstance(high, int):
        raise NotANumber("the bounds of a sum must be whole numbers")
    if high - low >= MAX_TERMS:
        raise NotANumber(f"this sum has more than {MAX_TERMS} terms: give its value")
    total: Any = 0 if node.op == "sum" else 1
    for i in range(low, high + 1):
        term = exact_number(body, {**bound, node.value: i})
        total = total + term if node.op == "sum" else total * term
    return total  # type: ignore[no-any-return]
