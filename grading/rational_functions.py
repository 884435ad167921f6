"""Whether two trees are one rational function of the same parts: an exact proof of equality.

Symbols and everything that is not arithmetic (``exp(-z)``, ``|x|``, ``alpha^t``) become unknowns of
a polynomial ring over the rationals; parts with equal arguments share an unknown.
"""

from __future__ import annotations

from math import comb
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mpoly_ctx

from partialcredit.grading.limits import MAX_BITS
from partialcredit.grading.tree import Node, walk

__all__ = ["same_rational_function"]

_MOST_UNKNOWNS = 24
_MOST_TERMS = 400
_MOST_EXPONENT = 12
_MOST_DEGREE = 1000
_ARITHMETIC = frozenset({"number", "neg", "add", "mul", "div", "pow", "percent"})


class _TooLarge(Exception):
    """Not worth multiplying out."""


class _Quotient(NamedTuple):
    top: Any
    bottom: Any


def same_rational_function(a: Node, b: Node) -> bool:
    """True is a proof that the trees are equal wherever both are defined; False says nothing."""
    unknowns = sum(
        node.op not in _ARITHMETIC or node.op == "pow" for tree in (a, b) for node in walk(tree)
    )
    if unknowns > _MOST_UNKNOWNS:
        return False
    ring = _Ring(unknowns + 1)
    try:
        left, right = ring.quotient(a), ring.quotient(b)
        ring.check_product(left.top, right.bottom)
        ring.check_product(right.top, left.bottom)
        return bool(left.top * right.bottom == right.top * left.bottom)
    except (_TooLarge, ZeroDivisionError):
        return False


class _Ring:
    def __init__(self, unknowns: int) -> None:
        context = fmpq_mpoly_ctx.get(tuple(f"x{i}" for i in range(unknowns)), "deglex")
        self.generators = context.gens()
        self.one = context.constant(fmpq(1))
        self.context = context
        self.parts: dict[Any, int] = {}

    def constant(self, value: fmpq) -> Any:
        return self.context.constant(value)

    def quotient(self, node: Node) -> _Quotient:
        op, args, value = node
        if op == "number":
            if value.height_bits() > 2048:
                raise _TooLarge
            return _Quotient(self.constant(value), self.one)
        if op == "neg":
            inner = self.quotient(args[0])
            return _Quotient(-inner.top, inner.bottom)
        if op == "percent":
            inner = self.quotient(args[0])
            return _Quotient(inner.top, self.product(inner.bottom, self.constant(fmpq(100))))
        if op == "pow":
            return self.power(node)
        if op in ("add", "mul", "div"):
            return self.binary(op, self.quotient(args[0]), self.quotient(args[1]))
        if op == "call" and value == "exp":
            return self.exponential(args[0])
        return self.part((op, value, *map(self.canonical, args)))

    def binary(self, op: str, a: _Quotient, b: _Quotient) -> _Quotient:
        if op == "add":
            if a.bottom == b.bottom:
                return _Quotient(_held(a.top + b.top), a.bottom)
            return _Quotient(
                _held(self.product(a.top, b.bottom) + self.product(b.top, a.bottom)),
                self.product(a.bottom, b.bottom),
            )
        if op == "div":
            if b.top == 0:
                raise ZeroDivisionError
            b = _Quotient(b.bottom, b.top)
        return _Quotient(self.product(a.top, b.top), self.product(a.bottom, b.bottom))

    def product(self, a: Any, b: Any) -> Any:
        self.check_product(a, b)
        return a * b

    def check_product(self, a: Any, b: Any) -> None:
        if (
            len(a) * len(b) > _MOST_TERMS
            or _bits(a) + _bits(b) > MAX_BITS
            or _degree(a) + _degree(b) > _MOST_DEGREE
        ):
            raise _TooLarge

    def power(self, node: Node) -> _Quotient:
        base, exponent = node.args
        if base == Node("constant", (), "e"):
            return self.exponential(exponent)
        n = self.whole(exponent)
        if n is None:
            return self.part(("pow", self.canonical(base), self.canonical(exponent)))
        if abs(n) > _MOST_EXPONENT:
            raise _TooLarge
        inner = self.quotient(base)
        if n < 0:
            if inner.top == 0:
                raise ZeroDivisionError
            inner, n = _Quotient(inner.bottom, inner.top), -n
        for side in inner:
            if (
                comb(n + len(side), n) > _MOST_TERMS
                or n * _bits(side) > MAX_BITS
                or n * _degree(side) > _MOST_DEGREE
            ):
                raise _TooLarge
        return _Quotient(inner.top**n, inner.bottom**n)

    def whole(self, exponent: Node) -> int | None:
        inner = self.quotient(exponent)
        if not (inner.top.is_constant() and inner.bottom.is_constant()):
            return None
        if inner.top == 0:
            return 0
        value = inner.top.leading_coefficient() / inner.bottom.leading_coefficient()
        return int(value.p) if value.q == 1 else None

    def exponential(self, exponent: Node) -> _Quotient:
        """exp(-a) is 1/exp(a), so that both spellings share an unknown."""
        inner = self.quotient(exponent)
        if inner.top == 0:
            return _Quotient(self.one, self.one)
        negative = inner.top.leading_coefficient() / inner.bottom.leading_coefficient() < 0
        if negative:
            inner = _Quotient(-inner.top, inner.bottom)
        part = self.part(("exp", _reduced(inner)))
        return _Quotient(part.bottom, part.top) if negative else part

    def part(self, key: Any) -> _Quotient:
        index = self.parts.setdefault(key, len(self.parts))
        return _Quotient(self.generators[index], self.one)

    def canonical(self, node: Node) -> Any:
        """A key under which equal arguments are found again."""
        if node.op in ("compare", "and", "or", "list", "tuple", "set"):
            return (node.op, node.value, *map(self.canonical, node.args))
        return _reduced(self.quotient(node))


def _bits(x: Any) -> int:
    """The size of the largest coefficient."""
    return max((int(c.height_bits()) for c in x.coeffs()), default=0)


def _degree(x: Any) -> int:
    return max(int(x.total_degree()), 0)


def _held(x: Any) -> Any:
    """A sum, whose coefficients may have outgrown their limit."""
    if _bits(x) > MAX_BITS:
        raise _TooLarge
    return x


def _reduced(quotient: _Quotient) -> tuple[str, str]:
    """The quotient in lowest terms with a normalised denominator, as text."""
    top, bottom = quotient
    if not bottom.is_constant():
        divisor = top.gcd(bottom)
        top, bottom = top / divisor, bottom / divisor
    lead = bottom.leading_coefficient()
    return str(top / lead), str(bottom / lead)
