"""The entries of arrays, sets, shapes and intervals: numbers, or formulas in declared symbols.

A number is exact; a formula is a tree as read, or a SymPy expression in a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from partialcredit.grading.equality import same_function
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Verdict
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.names import Names
from partialcredit.grading.reader.reading import read_formula
from partialcredit.grading.strangers import strangers
from partialcredit.grading.tree import Node, names_in
from partialcredit.grading.writing.exact_text import exact_tree
from partialcredit.grading.writing.show import show
from partialcredit.grading.writing.tex import tex

__all__ = [
    "CLOSE", "OTHER", "PROVED", "SAME", "Entry", "entry_tex", "entry_text", "entry_tree",
    "is_formula", "is_open", "judged", "proved_entry", "read_entry", "together",
]  # fmt: skip

#: A number, a tree, or a SymPy expression.
Entry: TypeAlias = Any

SAME = Verdict("equivalent", "exact", share=Fraction(1))
CLOSE = Verdict("equivalent", "numeric", share=Fraction(1))
PROVED = Verdict("equivalent", "proved", share=Fraction(1))
OTHER = Verdict("different", "exact")


def read_entry(tree: Node, names: Names) -> Entry:
    """A number, or a formula in the question's symbols; raises ``NotANumber`` for others."""
    if tree.op in ("compare", "and", "or", "not"):
        raise NotANumber("this is an equation to solve, not its solution")
    if names.symbols and names_in(tree):
        strange = strangers(tree, names)
        if strange:
            raise NotANumber(f"{strange[0]!r} is not known here")
        return tree
    try:
        return exact_number(tree)
    except NotANumber:
        if names.complex:
            return tree
        raise


def is_formula(entry: Entry) -> bool:
    """Whether an entry is a formula, not a number."""
    return isinstance(entry, Node) or hasattr(type(entry), "free_symbols")


def entry_tree(entry: Entry, names: Names) -> Node:
    """An entry as a tree: a number, a text, a tree or a SymPy expression."""
    if isinstance(entry, Node):
        return entry
    if isinstance(entry, str):
        return read_formula(entry, names)
    if not is_formula(entry):
        return exact_tree(entry)
    from partialcredit.grading.symbolic.from_sympy import from_sympy

    return from_sympy(entry)


def judged(key: Entry, value: Entry, precision: Precision, names: Names) -> Verdict:
    """Whether one entry is another: numbers as asked for, formulas as functions."""
    if is_formula(key) or is_formula(value):
        return same_function(entry_tree(key, names), entry_tree(value, names), names)
    if key == value:
        return SAME
    return CLOSE if precision.agrees(key, value) else OTHER


def is_open(verdict: Verdict) -> bool:
    """Whether a proof would help: equal at points only, or left open by them."""
    numeric = verdict.outcome == "equivalent" and verdict.evidence == "numeric"
    return numeric or verdict.outcome == "undecided"


def proved_entry(key: Entry, value: Entry, verdict: Verdict, names: Names) -> Verdict:
    """The verdict on one entry with SymPy's proof, where it is open and there is one."""
    if not is_open(verdict) or not (is_formula(key) or is_formula(value)):
        return verdict
    from partialcredit.grading.symbolic.second_opinion import proves_equal

    equal = proves_equal(entry_tree(key, names), entry_tree(value, names), names)
    return PROVED if equal else verdict


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """All must be equivalent; one difference decides, and one that is open leaves all open."""
    found = list(verdicts)
    for outcome in ("different", "undecided"):
        for verdict in found:
            if verdict.outcome == outcome:
                return verdict
    evidence = {verdict.evidence for verdict in found}
    if "numeric" in evidence:
        return CLOSE
    return PROVED if "proved" in evidence else SAME


def entry_text(entry: Entry, precision: Precision, names: Names) -> str:
    """An entry as the key prints it."""
    if is_formula(entry):
        return show(entry_tree(entry, names))
    return precision.text(entry)


def entry_tex(entry: Entry, precision: Precision, names: Names) -> str:
    """The same as TeX."""
    return tex(entry_tree(entry, names)) if is_formula(entry) else precision.tex(entry)
