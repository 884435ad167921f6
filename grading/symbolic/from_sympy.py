"""A SymPy expression as a tree. SymPy is imported on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flint import fmpq

from partialcredit.grading.evaluation.evaluate import is_function
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["from_sympy"]

_FROM_SYMPY = {
    "Abs": "abs", "ceiling": "ceil", "Max": "max", "Min": "min", "Heaviside": "step",
    "Norm": "norm", "gamma": "gamma",
}  # fmt: skip


@lru_cache(maxsize=4096)
def from_sympy(expression: Any) -> Node:
    """The tree of a SymPy expression."""
    import sympy

    e = sympy.sympify(expression) if isinstance(expression, int) else expression
    if e.is_Rational:
        return number(fmpq(int(e.p), int(e.q)))
    if e.is_Float:
        return from_sympy(sympy.Rational(str(e)))
    if isinstance(e, sympy.Indexed):
        return Node("index", tuple(from_sympy(i) for i in e.indices), str(e.base.label))
    if e.is_Symbol:
        return symbol(e.name)
    if e in (sympy.E, sympy.pi, sympy.I):
        return Node("constant", (), {sympy.E: "e", sympy.pi: "pi", sympy.I: "i"}[e])
    if e is sympy.oo:
        return Node("constant", (), "infinity")
    if e.is_Add or e.is_Mul:
        return _folded("add" if e.is_Add else "mul", e)
    if e.is_Pow:
        return _power(e)
    if isinstance(e, sympy.Piecewise):
        return _piecewise(e)
    if isinstance(e, sympy.Sum | sympy.Product):
        body, (index, low, high) = e.args
        parts = (from_sympy(body), from_sympy(low), from_sympy(high))
        return Node("sum" if isinstance(e, sympy.Sum) else "prod", parts, index.name)
    if isinstance(e, sympy.core.relational.Relational):
        sign = {"==": "=", "!=": "!="}.get(e.rel_op, e.rel_op)
        return Node("compare", (from_sympy(e.lhs), from_sympy(e.rhs)), (sign,))
    if isinstance(e, sympy.And | sympy.Or):
        return Node("and" if isinstance(e, sympy.And) else "or", tuple(map(from_sympy, e.args)))
    name = type(e).__name__
    args = tuple(from_sympy(arg) for arg in e.args)
    known = _FROM_SYMPY.get(name, name)
    if known == "step":
        return call("step", args[0])
    return call(known, *args) if is_function(known) else Node("apply", args, name)


def _folded(op: str, e: Any) -> Node:
    """Positive terms first and quotients as quotients, as people write them."""
    if op == "mul":
        return _product(e)
    terms = sorted(e.as_ordered_terms(), key=lambda term: term.could_extract_minus_sign())
    result = from_sympy(terms[0])
    for term in terms[1:]:
        if term.could_extract_minus_sign():
            result = Node("add", (result, Node("neg", (from_sympy(-term),))))
        else:
            result = Node("add", (result, from_sympy(term)))
    return result


def _product(e: Any) -> Node:
    if e.could_extract_minus_sign():
        return Node("neg", (from_sympy(-e),))
    numerator, denominator = e.as_numer_denom()
    if denominator != 1 and numerator / denominator == e:
        return Node("div", (from_sympy(numerator), from_sympy(denominator)))
    factors = [from_sympy(factor) for factor in e.as_ordered_factors()]
    result = factors[0]
    for factor in factors[1:]:
        result = Node("mul", (result, factor))
    return result


def _power(e: Any) -> Node:
    import sympy

    base, exponent = e.as_base_exp()
    if exponent == sympy.Rational(1, 2):
        return call("sqrt", from_sympy(base))
    if exponent.could_extract_minus_sign() and base is not sympy.E:
        return Node("div", (number(1), from_sympy(base**-exponent)))
    return Node("pow", (from_sympy(base), from_sympy(exponent)))


def _piecewise(e: Any) -> Node:
    import sympy

    parts: list[Node] = []
    for value, condition in e.args:
        parts.append(from_sympy(value))
        if condition is sympy.true:
            break
        parts.append(from_sympy(condition))
    return Node("cases", tuple(parts))
