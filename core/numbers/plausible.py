"""Whether a wrong value may be computed with: it may be a slip, or an attack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import arb

from partialcredit.errors import InputError
from partialcredit.numbers.exact import Exact, enclose
from partialcredit.numbers.rationals import Rational

__all__ = ["SENSELESS", "plausible"]

#: What a solver, or SymPy, may raise when a wrong value makes no sense in it.
SENSELESS = (
    ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RuntimeError,
    StopIteration, TimeoutError, InputError,
)  # fmt: skip

#: A wrong value further off than this factor is not computed with. A count of thousands may be off
#: by more, and is no exponent that an attack could use.
FACTOR, FACTOR_OF_COUNTS = 10**4, 10**7

#: An irrational number closer to zero than this has a first digit that nobody prints.
LEAST = arb(2) ** -20_000


def plausible(value: Any, key: Any) -> bool:
    """Whether a solver can be trusted with a wrong value: no number of it dwarfs the key's.

    >>> plausible((30, 2), (3, 20)), plausible(10**9, 3)
    (True, False)
    """
    size = max([1, *map(abs, _numbers(key))])
    most = size * (FACTOR_OF_COUNTS if size > 1000 else FACTOR)
    return all(_is_ordinary(x) and abs(x) <= most for x in _numbers(value))


def _is_ordinary(x: Any) -> bool:
    """A wrong value may have led to a quotient by what only equals zero, or to exp(-exp(20))."""
    if not isinstance(x, Exact):
        return True
    ball = enclose(x, 64)
    return bool(ball.is_finite()) and not abs(ball) < LEAST


def _numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | frozenset):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | Rational | Exact):
        yield value
