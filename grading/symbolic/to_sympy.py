"""A tree as a SymPy expression. SymPy is imported on first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partialcredit.grading.tree import Node

__all__ = ["to_sympy"]

#: Our name of a function that SymPy spells otherwise or not at all.
_TO_SYMPY = {"abs": "Abs", "ceil": "ceiling", "max": "Max", "min": "Min"}

_SAME = (
    "exp", "log", "sqrt", "cbrt", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "sign", "floor",
    "erf", "erfc", "factorial", "binomial",
)  # fmt: skip

_ASSUMPTIONS: Mapping[str, dict[str, bool]] = {
    "real": {"real": True},
    "positive": {"positive": True},
    "unit": {"positive": True},
    "integer": {"integer": True},
    "positive integer": {"integer": True, "positive": True},
}


def to_sympy(node: Node, assume: Mapping[str, str] | None = None) -> Any:
    """A SymPy expression; symbols carry the assumptions of their domain only when asked to.

    SymPy computes with numbers at once, so a tree from outside has passed :func:`refuse_huge`.
    """
    return _Writer(assume or {}).convert(node)


class _Writer:
    def __init__(self, assume: Mapping[str, str]) -> None:
        import sympy

        self.sympy: Any = sympy
        self.assume = assume

    def convert(self, node: Node) -> Any:
        op, args, value = node
        sympy = self.sympy
        if op == "number":
            return sympy.Rational(int(value.p), int(value.q))
        if op == "constant":
            return {"e": sympy.E, "pi": sympy.pi, "i": sympy.I, "infinity": sympy.oo}[value]
        if op == "symbol":
            return self.symbol(value)
        if op == "index":
            return self.indexed(value, args)
        if op in ("sum", "prod"):
            return self.series(node)
        if op == "compare":
            return self.relation(node)
        parts = [self.convert(arg) for arg in args]
        if op == "call":
            return self.function(value, parts)
        if op == "apply":
            return sympy.Function(value)(*parts)
        if op == "cases":
            pairs = [(parts[i], parts[i + 1]) for i in range(0, len(parts) - 1, 2)]
            return sympy.Piecewise(*pairs, *([(parts[-1], True)] if len(parts) % 2 else []))
        if op == "indicator":
            return sympy.Piecewise((1, parts[0]), (0, True))
        return self.arithmetic(op, parts)

    def symbol(self, name: str) -> Any:
        return self.sympy.Symbol(name, **_ASSUMPTIONS.get(self.assume.get(name, ""), {}))

    def indexed(self, name: str, args: tuple[Node, ...]) -> Any:
        """``w_3`` is a symbol; ``w_i`` depends on i, so that a sum over i cannot lose it."""
        indices = [self.convert(arg) for arg in args]
        if any(index.free_symbols for index in indices):
            return self.sympy.IndexedBase(name)[tuple(indices)]
        return self.symbol(f"{name}_{','.join(map(str, indices))}")

    def arithmetic(self, op: str, parts: list[Any]) -> Any:
        sympy = self.sympy
        if op == "neg":
            return -parts[0]
        if op == "add":
            return parts[0] + parts[1]
        if op == "mul":
            return parts[0] * parts[1]
        if op == "div":
            return parts[0] / parts[1]
        if op == "percent":
            return parts[0] / 100
        if op == "pow":
            return parts[0] ** parts[1]
        if op == "and":
            return sympy.And(*parts)
        if op == "or":
            return sympy.Or(*parts)
        return sympy.Function(op)(*parts)  # vectors, norms, lists: kept, not computed

    def relation(self, node: Node) -> Any:
        sympy = self.sympy
        classes = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}
        classes |= {"=": sympy.Eq, "!=": sympy.Ne}
        parts = [self.convert(arg) for arg in node.args]
        each = zip(node.value, parts, parts[1:], strict=False)
        return sympy.And(*(classes.get(sign, sympy.Eq)(a, b) for sign, a, b in each))

    def series(self, node: Node) -> Any:
        body, *bounds = (self.convert(arg) for arg in node.args)
        index = self.symbol(node.value)
        limits = (index, *bounds) if bounds else (index, 1, self.symbol("K"))
        return (self.sympy.Sum if node.op == "sum" else self.sympy.Product)(body, limits)

    def function(self, name: str, parts: list[Any]) -> Any:
        sympy = self.sympy
        if name in _SAME or name in _TO_SYMPY:
            return getattr(sympy, _TO_SYMPY.get(name, name))(*parts)
        build = self.built(name)
        return build(*parts) if build else sympy.Function(name)(*parts)

    def built(self, name: str) -> Callable[..., Any] | None:
        """Functions SymPy has no name for, from those it has."""
        sympy = self.sympy
        table: dict[str, Callable[..., Any]] = {
            "sigma": lambda x: 1 / (1 + sympy.exp(-x)),
            "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
            "relu": lambda x: sympy.Max(0, x),
            "silu": lambda x: x / (1 + sympy.exp(-x)),
            "logit": lambda x: sympy.log(x / (1 - x)),
            "log2": lambda x: sympy.log(x) / sympy.log(2),
            "log10": lambda x: sympy.log(x) / sympy.log(10),
            "log1p": lambda x: sympy.log(1 + x),
            "expm1": lambda x: sympy.exp(x) - 1,
            "Phi": lambda x: (1 + sympy.erf(x / sympy.sqrt(2))) / 2,
            "gelu": lambda x: x * (1 + sympy.erf(x / sympy.sqrt(2))) / 2,
            "step": lambda x: sympy.Piecewise((1, x > 0), (0, True)),
            "logsumexp": lambda *xs: sympy.log(sum(map(sympy.exp, xs))),
            "mod": sympy.Mod,
        }
        return table.get(name)
