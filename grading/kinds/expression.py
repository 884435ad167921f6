"""A formula in declared symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading.equality import same_function
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.forms import FORMS, form_fault
from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.reader.labels import claims
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.reading import read_formula
from partialcredit.grading.tree import Node, names_in, walk
from partialcredit.grading.writing.show import show
from partialcredit.grading.writing.tex import tex
from partialcredit.numbers.rationals import Rational

__all__ = ["Expression", "ExpressionAnswer", "formula_sides", "key_tree"]


class ExpressionAnswer(Answer):
    """An answer that becomes a SymPy expression only when a solver asks for its value."""

    __slots__ = ("tree",)
    tree: Node

    def __init__(self, text: str, tree: Node) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "tree", tree)
        object.__setattr__(self, "understood", show(tree))

    @property
    def value(self) -> Any:
        """The formula for solvers, without the ``y =`` before it."""
        from partialcredit.grading.symbolic.to_sympy import to_sympy

        return to_sympy(self.tree.args[-1] if self.tree.op == "compare" else self.tree)


@dataclass(frozen=True)
class Expression(Kind):
    """A formula; right when it is the same function on the declared domains.

    ``symbols`` maps names to domains (``real``, ``positive``, ``unit``, ``integer``, ``positive
    integer``, ``vector(d)``, ``matrix(m,n)``); ``functions`` are names the question leaves
    undefined, such as ``LSE``; ``form`` is one of :data:`~partialcredit.grading.forms.FORMS`.

    >>> kind = Expression({"x": "real"})
    >>> kind.compare("2*x + 2", kind.read("2(x+1)")).outcome
    'equivalent'
    """

    name: ClassVar[str] = "expression"
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[str, ...] = ()
    form: str | None = None

    def __post_init__(self) -> None:
        if self.form is not None and self.form not in FORMS:
            raise InputError(f"the form is one of {', '.join(FORMS)}, not {self.form!r}")

    @property
    def names(self) -> Names:
        """What the reader knows about this question."""
        return names_for(self.symbols, self.functions)

    def read(self, text: str) -> Answer:
        """Read a formula; ``y = ...`` and ``f(x) = ...`` before it are allowed."""
        tree = read_formula(text, self.names)
        refuse_huge(text, tree)
        return ExpressionAnswer(text, tree)

    def compare(self, key: Any, answer: Answer) -> Verdict:
        """Equivalence first, then the form."""
        ours = key_tree(key, self.names)
        theirs = (
            answer.tree
            if isinstance(answer, ExpressionAnswer)
            else key_tree(answer.value, self.names)
        )
        verdict = compare_formulas(ours, theirs, self.names)
        if verdict.outcome == "equivalent" and self.form is not None:
            fault = form_fault(theirs, self.form)
            if fault:
                return Verdict("different", verdict.evidence, fault, Fraction(0))
        return verdict

    def write(self, value: Any) -> str:
        """The formula in the answer grammar."""
        return show(key_tree(value, self.names))

    def tex(self, value: Any) -> str:
        """The formula as TeX."""
        return tex(key_tree(value, self.names))

    def instruction(self) -> str:
        """The form that is asked for."""
        return FORMS[self.form] if self.form is not None else ""


def refuse_huge(text: str, tree: Node) -> None:
    """Refuse numbers such as 9^9^9 that SymPy would try to write out."""
    for node in walk(tree):
        if node.op in ("pow", "call", "sum", "prod") and not names_in(node):
            try:
                exact_number(node)
            except NotANumber as error:
                if "large" in str(error) or "terms" in str(error):
                    raise UnreadableAnswer(
                        text, 0, f"expected numbers of an ordinary size: {error}"
                    ) from None


def key_tree(key: Any, names: Names) -> Node:
    """A key given as text, as a tree or as a SymPy expression."""
    if isinstance(key, Node):
        return key
    if isinstance(key, str):
        return read_formula(key, names)
    if isinstance(key, int | Rational):
        from partialcredit.grading.writing.exact_text import exact_tree

        return exact_tree(key)
    from partialcredit.grading.symbolic.from_sympy import from_sympy

    return from_sympy(key)


def formula_sides(tree: Node, names: Names) -> list[Node]:
    """The sides of ``y = a = b`` that claim to be the answer; none when it is no definition."""
    return claims(tree, names)


def compare_formulas(key: Node, answer: Node, names: Names) -> Verdict:
    """Every side of the answer must be the key."""
    ours = formula_sides(key, names)[-1:] or [key]
    sides = formula_sides(answer, names)
    if not sides:
        return Verdict("different", "exact", "A formula is asked for, not an equation to solve.")
    verdict = Verdict("undecided")
    for side in sides:
        verdict = same_function(ours[0], side, names)
        if verdict.outcome != "equivalent":
            return verdict
    return verdict
