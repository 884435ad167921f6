"""Formulas with matrices as sums of words, so that SymPy can subtract them.

Matrices become symbols that do not commute. Transposes are carried inwards until they stand at a
symbol, as ``A'``, and so does an inverse. A product that is a number, such as ``x^T A x``, equals
its own transpose; of the two the first in the alphabet stands for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partialcredit.grading.reader.names import dimensions
from partialcredit.grading.tree import Node

__all__ = ["NotWords", "words"]

#: A formula as a SymPy expression, and the names of its rows and columns; "" for a single one.
Typed = tuple[Any, str, str]


class NotWords(ValueError):
    """A formula with more than sums, products, transposes and inverses of matrices."""


def words(node: Node, domains: Mapping[str, str], scalar: Any) -> Any:
    """The formula expanded into words; ``scalar`` turns trees without matrices into SymPy.

    Raises NotWords for operations that have no words, such as a norm that is not Euclidean.
    """
    return _Words(domains, scalar).expanded(node)


class _Words:
    def __init__(self, domains: Mapping[str, str], scalar: Any) -> None:
        import sympy

        self.sympy: Any = sympy
        self.domains, self.scalar = domains, scalar

    def expanded(self, node: Node) -> Any:
        value, rows, columns = self.typed(node)
        terms = self.sympy.expand(value)
        return self.symmetric(terms) if not rows and not columns else terms

    def symmetric(self, value: Any) -> Any:
        """A number, with each word or its transpose, whichever comes first."""
        total = self.sympy.Integer(0)
        for term in self.sympy.Add.make_args(self.sympy.expand(value)):
            commuting, letters = term.args_cnc()
            one = self.sympy.Mul(*letters)
            other = self.turned(one)
            total += self.sympy.Mul(*commuting) * min(one, other, key=str)
        return total

    def typed(self, node: Node) -> Typed:
        op, args, value = node
        if not self.has_matrices(node):
            return self.scalar(node), "", ""
        if op == "symbol":
            return self.letter(value)
        if op == "transpose":
            inner, rows, columns = self.typed(args[0])
            return self.turned(inner), columns, rows
        if op == "norm" and value in ("2", "", None):
            inner, rows, columns = self.typed(args[0])
            if columns:
                raise NotWords
            return self.sympy.sqrt(self.symmetric(self.turned(inner) * inner)), "", ""
        if op == "neg":
            inner, rows, columns = self.typed(args[0])
            return -inner, rows, columns
        if op == "pow":
            return self.power(*args)
        if op in ("add", "mul", "div"):
            return self.combined(op, self.typed(args[0]), self.typed(args[1]))
        if op == "call" and value in ("dot", "inverse"):
            return self.called(value, args)
        raise NotWords(op)

    def combined(self, op: str, left: Typed, right: Typed) -> Typed:
        (a, rows, inner), (b, also_inner, columns) = left, right
        if op == "add":
            if (rows, inner) != (also_inner, columns):
                raise NotWords
            return a + b, rows, inner
        if op == "div":
            if also_inner or columns:
                raise NotWords
            return a / b, rows, inner
        if not (rows or inner):
            return a * b, also_inner, columns
        if not (also_inner or columns):
            return a * b, rows, inner
        if rows == also_inner and not inner and not columns:  # x y of two columns: their product
            return self.symmetric(self.turned(a) * b), "", ""
        if inner != also_inner:
            raise NotWords
        product = self.sympy.expand(a * b)
        return (product if rows or columns else self.symmetric(product)), rows, columns

    def power(self, base: Node, exponent: Node) -> Typed:
        inner, rows, columns = self.typed(base)
        if not rows and not columns:
            return inner ** self.scalar(exponent), "", ""
        if self.scalar(exponent) == -1:
            return self.inverse(inner, rows, columns)
        raise NotWords

    def called(self, name: str, args: tuple[Node, ...]) -> Typed:
        if name == "inverse":
            return self.inverse(*self.typed(args[0]))
        (a, rows, one), (b, also_rows, other) = map(self.typed, args)
        if one or other or rows != also_rows:
            raise NotWords
        return self.symmetric(self.turned(a) * b), "", ""

    def inverse(self, inner: Any, rows: str, columns: str) -> Typed:
        if rows != columns:
            raise NotWords
        return self.sympy.expand(inner) ** -1, rows, columns

    def letter(self, name: str) -> Typed:
        sizes = dimensions(self.domains[name])
        rows, columns = (*sizes, "1")[:2]
        symbol = self.sympy.Symbol(name, commutative=False)
        return symbol, "" if rows == "1" else rows, "" if columns == "1" else columns

    def turned(self, value: Any) -> Any:
        """The transpose: every word backwards, every letter turned."""
        sympy = self.sympy
        if value.is_commutative:
            return value
        if value.is_Add:
            return sympy.Add(*map(self.turned, value.args))
        if value.is_Mul:
            commuting, letters = value.args_cnc()
            return sympy.Mul(*commuting, *map(self.turned, reversed(letters)))
        if value.is_Pow:
            return self.turned(value.base) ** value.exp
        if value.is_Symbol:
            name = value.name.removesuffix("'") if value.name.endswith("'") else f"{value.name}'"
            return sympy.Symbol(name, commutative=False)
        raise NotWords

    def has_matrices(self, node: Node) -> bool:
        if node.op == "symbol":
            return str(self.domains.get(node.value, "")).startswith(("vector", "matrix"))
        return any(map(self.has_matrices, node.args))
