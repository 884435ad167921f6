r"""Numbers joined by ``=`` and ``\approx``: one value in several forms, or a contradiction."""

from __future__ import annotations

import re

from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.reader.labels import claims
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.tree import Node, number
from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["Contradiction", "one_array", "one_number", "one_side"]

_NONE = names_for()


class Contradiction(NotANumber):
    """The sides say different things, or none of them is a value: ``1.5 = 1.3``, ``2x = 1.3``."""


def one_number(tree: Node, names: Names = _NONE) -> Number:
    """The value of ``x = ln 4 = 1.39``; raises :class:`Contradiction` where the sides disagree.

    The exact form counts where there is one, else the first side; every other side must be equal
    to it or a rounding of it.
    """
    return exact_number(one_side(tree, names))


def one_side(tree: Node, names: Names = _NONE) -> Node:
    """The side of a chain that is its value, as a tree."""
    if tree.op == "mul" and tree.value == "beside":
        written, form = tree.args
        exact = _unit(form) is None
        return form if exact and _restates(form, exact_number(form), written) else tree
    sides = claims(tree, names, numbers=True)
    if not sides:
        if tree.op in ("compare", "and", "or"):
            raise Contradiction("this is an equation to solve, not its solution")
        raise NotANumber("one number was expected")
    anchor = next((side for side in sides if _unit(side) is None), sides[0])
    if len(sides) > 1:
        value = exact_number(anchor)
        for side in sides:
            if side is not anchor and not _restates(anchor, value, side):
                raise Contradiction("the two sides are not equal")
    return anchor


def one_array(tree: Node, names: Names = _NONE) -> Node:
    """A list without the names before it: ``u = (1, 2)``, ``w_1 = 1, w_2 = 2``.

    Raises :class:`Contradiction` where several sides disagree.
    """
    if tree.op == "list" and all(a.op == "list" and len(a.args) == 1 for a in tree.args):
        lines = tuple(line.args[0] for line in tree.args)
        if any(line.op == "compare" for line in lines):
            tree = tree._replace(args=lines)  # one equation a line
    if tree.op in ("list", "tuple", "and") and any(arg.op == "compare" for arg in tree.args):
        parts = sorted(tree.args, key=_place) if _numbered(tree.args) else tree.args
        return Node("list", tuple(one_side(part, names) for part in parts))
    if tree.op == "and":
        return Node("list", tree.args)
    if tree.op != "compare":
        return tree
    sides = claims(tree, names, numbers=True)
    if not sides:
        raise Contradiction("this is an equation to solve, not its solution")
    for side in sides[1:]:
        if not _same_entries(sides[0], side):
            raise Contradiction("the two sides are not equal")
    return sides[0]


def _place(part: Node) -> int:
    """The number in the label of ``w_2 = 5``; 0 without one."""
    if part.op != "compare":
        return 0
    digits = re.search(r"(\d{1,3})\W*$", str(part.args[0].value or ""))
    index = part.args[0].args[-1:] if part.args[0].op == "index" else ()
    if index and index[0].op == "number" and index[0].value < 1000:
        return int(index[0].value.p)
    return int(digits[1]) if digits else 0


def _numbered(parts: tuple[Node, ...]) -> bool:
    places = [_place(part) for part in parts]
    return min(places) > 0 and len(set(places)) == len(places)


def _same_entries(a: Node, b: Node) -> bool:
    """Whether two written arrays hold the same numbers."""
    if a.op in ("list", "tuple") and b.op in ("list", "tuple"):
        pairs = zip(a.args, b.args, strict=False)
        return len(a.args) == len(b.args) and all(_same_entries(x, y) for x, y in pairs)
    if a == b:
        return True
    try:
        return _restates(a, exact_number(a), b)
    except NotANumber:
        return False


def _restates(anchor: Node, value: Number, side: Node) -> bool:
    other = exact_number(side)
    if other == value:
        return True
    gap, step, own = abs(other - value), _unit(side), _unit(anchor)
    if step is not None and gap <= step / 2:
        return True
    return own is not None and own < 1 and bool(gap <= own / 2)


def _unit(side: Node) -> Rational | None:
    """One unit in the last place of a written decimal; None for exact forms."""
    if side.op == "neg":
        return _unit(side.args[0])
    if side.op == "percent":
        inner = _unit(side.args[0])
        return inner / 100 if inner is not None else None
    if side.op == "mul" and side.args[1].op == "pow" and side.args[1].args[0] == number(10):
        inner, power = _unit(side.args[0]), exact_number(side.args[1].args[1])
        if inner is None or not isinstance(power, int) or abs(power) > 400:
            return None
        return inner * rational(10) ** power
    if side.op != "number":
        return None
    rest, places = int(side.value.q), 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    while rest % 2 == 0 or rest % 5 == 0:
        rest, places = rest // (2 if rest % 2 == 0 else 5), places + 1
    return rational(1, 10**places) if rest == 1 and places <= 400 else None
