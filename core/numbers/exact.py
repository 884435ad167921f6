"""Exact real numbers: rational where they can be, otherwise the expression that defines them.

Solvers compute with ``int``, ``Rational`` and :class:`Exact`; no intermediate value is ever
rounded. An :class:`Exact` remembers its operation and is enclosed in a ball of any radius when a
digit is needed (ball arithmetic: Johansson 2017, "Arb: efficient arbitrary-precision
midpoint-radius interval arithmetic"), so a printed digit is certain, not merely probable.

The functions here work entry by entry on vectors and matrices. They also take SymPy expressions
and then return SymPy expressions, so one solver gives both the number and the formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isqrt
from typing import Any, TypeAlias

from flint import arb, arb_mat, ctx

from partialcredit.numbers.rationals import Rational, ratio, rational
from partialcredit.numbers.vectors import each

__all__ = [
    "PI",
    "Exact",
    "Number",
    "cos",
    "enclose",
    "exp",
    "log",
    "precisions",
    "sign",
    "sqrt",
    "tanh",
]

#: Beyond this many bits two numbers that still overlap are taken to be one number.
LIMIT_BITS = 2048


def _power(a: Any, n: Any) -> Any:
    """A power; that of a ball around 0 is undefined to arb, that of a matrix is a product."""
    if n > 0 and a.contains(0):
        return (arb_mat([[a]]) ** n)[0, 0]
    return a**n


_OPERATIONS: dict[str, Callable[..., arb]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "pow": _power,
    "sqrt": arb.sqrt,
    "exp": arb.exp,
    "log": arb.log,
    "tanh": arb.tanh,
    "sin": arb.sin,
    "cos": arb.cos,
    "asin": arb.asin,
    "acos": arb.acos,
    "atan": arb.atan,
    "erf": arb.erf,
    "pi": arb.pi,
}


class Exact:
    """A real number given by one operation on exact numbers.

    >>> from partialcredit.numbers.rationals import rational
    >>> x = sqrt(rational(2)) * 3
    >>> x > 4, float(x)
    (True, 4.242640687119285)
    """

    __slots__ = ("_ball", "args", "op")

    def __init__(self, op: str, *args: Number) -> None:
        self.op, self.args = op, args
        self._ball: tuple[int, arb] | None = None

    def __add__(self, other: Number) -> Number:
        return _node("+", self, other)

    def __radd__(self, other: Number) -> Number:
        return _node("+", other, self)

    def __sub__(self, other: Number) -> Number:
        return _node("-", self, other)

    def __rsub__(self, other: Number) -> Number:
        return _node("-", other, self)

    def __mul__(self, other: Number) -> Number:
        return _node("*", self, other)

    def __rmul__(self, other: Number) -> Number:
        return _node("*", other, self)

    def __truediv__(self, other: Number) -> Number:
        return _node("/", self, other)

    def __rtruediv__(self, other: Number) -> Number:
        return _node("/", other, self)

    def __pow__(self, n: int) -> Number:
        return Exact("pow", self, n) if isinstance(n, int) else NotImplemented

    def __neg__(self) -> Number:
        return Exact("-", 0, self)

    def __pos__(self) -> Number:
        return self

    def __abs__(self) -> Number:
        return -self if sign(self) < 0 else self

    def __float__(self) -> float:
        return float(enclose(self, 64))

    def __lt__(self, other: Number) -> bool:
        return sign(self - other) < 0

    def __le__(self, other: Number) -> bool:
        return sign(self - other) <= 0

    def __gt__(self, other: Number) -> bool:
        return sign(self - other) > 0

    def __ge__(self, other: Number) -> bool:
        return sign(self - other) >= 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NUMBERS):
            return NotImplemented
        return sign(self - other) == 0

    def __hash__(self) -> int:
        return hash(round(float(self), 9))

    def __repr__(self) -> str:
        return f"Exact({self.op!r}, {', '.join(map(repr, self.args))})"


Number: TypeAlias = int | Rational | Exact
#: Tuples, because "isinstance" with a union that is made on the spot takes three times as long.
RATIONALS = (int, Rational)
NUMBERS = (int, Rational, Exact)


def _node(op: str, left: Any, right: Any) -> Number:
    if not isinstance(left, NUMBERS) or not isinstance(right, NUMBERS):
        return NotImplemented  # type: ignore[no-any-return]
    # a rational zero is false; an Exact never is, though its value may be zero
    if not left:
        return right if op == "+" else 0 if op in "*/" else Exact(op, left, right)
    if not right:
        return 0 if op == "*" else left if op in "+-" else Exact(op, left, right)
    return Exact(op, left, right)


def enclose(x: Number, bits: int) -> arb:
    """A ball that contains ``x``, computed with ``bits`` bits of working precision."""
    if isinstance(x, Exact) and x._ball is not None and x._ball[0] == bits:
        return x._ball[1]  # sooner than the context changes
    before, ctx.prec = ctx.prec, bits
    try:
        return _ball(x, bits) if isinstance(x, Exact) else arb(x)
    finally:
        ctx.prec = before


def _ball(x: Exact, bits: int) -> arb:
    if x._ball is None or x._ball[0] != bits:
        balls = [_ball(a, bits) if isinstance(a, Exact) else a for a in x.args]
        if balls and not isinstance(balls[0], arb):
            balls[0] = arb(balls[0])  # or two long rationals would be computed with in full
        x._ball = (bits, _OPERATIONS[x.op](*balls))
    return x._ball[1]


def precisions() -> Iterator[int]:
    """Working precisions to try in turn, doubling up to :data:`LIMIT_BITS`."""
    bits = 64
    while bits <= LIMIT_BITS:
        yield bits
        bits *= 2


def sign(x: Number) -> int:
    """-1, 0 or 1; an irrational form that 2,048 bits cannot tell from zero counts as zero.

    >>> sign(sqrt(2) * sqrt(2) - 2)
    0
    """
    if not isinstance(x, Exact):
        return (x > 0) - (x < 0)
    for bits in precisions():
        ball = enclose(x, bits)
        if ball > 0:
            return 1
        if ball < 0:
            return -1
    return 0


def sqrt(x: Any) -> Any:
    """The square root; a perfect square of a rational stays rational.

    >>> from partialcredit.numbers.rationals import rational
    >>> sqrt(rational(9, 4))
    3/2
    """
    if isinstance(x, RATIONALS):
        if x < 0:
            raise ValueError(f"the square root of {x} is not real")
        root = rational(*map(isqrt, ratio(x)))
        return root if root * root == x else Exact("sqrt", x)
    return _apply("sqrt", x)


def exp(x: Any) -> Any:
    """The exponential; exp(0) is the integer 1."""
    return 1 if isinstance(x, RATIONALS) and x == 0 else _apply("exp", x)


def log(x: Any) -> Any:
    """The natural logarithm of a positive number; log(1) is the integer 0."""
    if isinstance(x, RATIONALS):
        if x <= 0:
            raise ValueError(f"the logarithm of {x} is not real")
        if x == 1:
            return 0
    return _apply("log", x)


def tanh(x: Any) -> Any:
    """The hyperbolic tangent; tanh(0) is the integer 0."""
    return 0 if isinstance(x, RATIONALS) and x == 0 else _apply("tanh", x)


#: The number π.
PI = Exact("pi")


def cos(x: Any) -> Any:
    """The cosine of an angle in radians; cos(0) is the integer 1."""
    return 1 if isinstance(x, RATIONALS) and x == 0 else _apply("cos", x)


def _apply(name: str, x: Any) -> Any:
    if isinstance(x, NUMBERS):
        return Exact(name, x)
    if isinstance(x, tuple):
        return each(globals()[name], x)
    import sympy  # only a symbolic solver pays for it

    return getattr(sympy, name)(x)
