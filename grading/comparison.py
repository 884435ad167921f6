"""Compare two texts: what the command ``compare`` does, and what ``check`` shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading.chains import Contradiction, one_array, one_side
from partialcredit.grading.equality import same_function
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Verdict
from partialcredit.grading.kinds.array import flatten, nested, number_rows, shape_of
from partialcredit.grading.kinds.expression import compare_formulas, formula_sides
from partialcredit.grading.kinds.set_ import elements
from partialcredit.grading.precision import Precision
from partialcredit.grading.reader.labels import without_label
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.reading import (
    read_formula,
    read_items,
    read_quantity,
    read_tree,
    with_decimal_comma,
)
from partialcredit.grading.reader.shapes import read_shape
from partialcredit.grading.regions import Edge, bounds_of, region
from partialcredit.grading.relations import same_relation
from partialcredit.grading.slips.describe import array_slip, shape_slip
from partialcredit.grading.slips.of_formulas import formula_slip
from partialcredit.grading.slips.of_numbers import number_slip
from partialcredit.grading.tree import Node, names_in
from partialcredit.grading.writing.show import show
from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["KINDS", "Tolerance", "compare", "understand"]

KINDS = ("number", "expression", "array", "shape", "interval", "set", "relation")

_SAME = Verdict("equivalent", "exact", share=Fraction(1))
_OTHER = Verdict("different", "exact")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be from the key: absolutely, or relative to the key."""

    absolute: int | Rational = 0
    relative: int | Rational = 0

    @staticmethod
    def of(given: Mapping[str, Any] | None) -> Tolerance | None:
        """From ``{"abs": 0.005}`` or ``{"rel": 1e-3}``; decimals mean what is written."""
        if not given:
            return None
        unknown = set(given) - {"abs", "rel"}
        if unknown:
            raise InputError(f"a tolerance is abs or rel, not {', '.join(sorted(unknown))}")
        try:
            sizes = {name: rational(str(value)) for name, value in given.items()}
        except ValueError:
            raise InputError(f"a tolerance is a number, not {list(given.values())}") from None
        return Tolerance(sizes.get("abs", 0), sizes.get("rel", 0))

    def allows(self, key: Number, value: Number) -> bool:
        """Whether the value is close enough."""
        margin = self.absolute + self.relative * abs(key)
        return bool(-margin <= key - value <= margin)


def compare(
    key: str,
    answer: str,
    kind: str = "expression",
    symbols: Mapping[str, str] | None = None,
    functions: Sequence[str] = (),
    tolerance: Mapping[str, Any] | None = None,
    complex: bool = False,
    *,
    prove: bool = False,
) -> Verdict:
    r"""Whether an answer means the same as a key; an unreadable answer gives ``invalid``.

    ``prove`` asks SymPy, in a process of its own, to prove what only the points have shown; the
    evidence is then ``proved``.

    Raises :class:`~partialcredit.errors.UnreadableAnswer` when the *key* cannot be read and
    :class:`~partialcredit.errors.InputError` for an unknown kind or tolerance.

    >>> compare("1/3", "\\frac13", kind="number").evidence
    'exact'
    """
    if kind not in KINDS:
        raise InputError(f"the kind is one of {', '.join(KINDS)}, not {kind!r}")
    names = names_for(symbols, tuple(functions), complex)
    margin = Tolerance.of(tolerance)
    ours = _read_key(key, kind, names)
    try:
        theirs = _read(answer, kind, names)
    except UnreadableAnswer as error:
        return Verdict("invalid", "", str(error))
    try:
        verdict = _COMPARISONS[kind](ours, theirs, names, margin)
    except NotANumber as error:
        return Verdict("undecided", "", f"This could not be compared: {error}.")
    if kind == "number" and verdict.outcome == "different" and margin is not None:
        comma = with_decimal_comma(answer)
        if comma and _numbers(ours, _read(comma, kind, names), names, margin).share == 1:
            verdict = Verdict("equivalent", "numeric", share=Fraction(1))
    if prove and kind in ("number", "expression"):
        verdict = _proved(verdict, ours, theirs, names)
    if verdict.outcome == "different" and not verdict.message:
        message = _slip(kind, ours, theirs, names, margin)
        return Verdict("different", verdict.evidence, message, verdict.share)
    return verdict


def _slip(kind: str, key: Any, answer: Any, names: Names, margin: Tolerance | None) -> str:
    """What probably went wrong."""
    if kind == "shape":
        sizes = [[_size(tree) for tree in shape] for shape in (key, answer)]
        return "" if None in sizes[0] + sizes[1] else shape_slip(*map(tuple, sizes))
    if kind == "expression":
        sides = formula_sides(answer, names)
        return formula_slip(key, sides[-1], names) if sides else ""
    if kind not in ("number", "array"):
        return ""
    precision = Precision(tolerance=margin.absolute) if margin and margin.absolute else Precision()
    try:
        if kind == "number":
            return number_slip(exact_number(key), exact_number(answer), precision)
        return array_slip(number_rows(nested(key)), number_rows(nested(answer)), precision)
    except NotANumber:
        return ""


def _size(tree: Node) -> Any:
    """A size as a number, or None where it is a formula."""
    try:
        return exact_number(tree)
    except NotANumber:
        return None


def _proved(verdict: Verdict, key: Node, answer: Node, names: Names) -> Verdict:
    """The verdict with SymPy's proof, where it finds one."""
    from partialcredit.grading.symbolic.second_opinion import proves_equal

    open_question = verdict.outcome == "undecided" or verdict.evidence == "numeric"
    if not open_question or verdict.outcome == "different" or names.has_matrices:
        return verdict
    sides = formula_sides(answer, names)
    if sides and all(proves_equal(key, side, names) for side in sides):
        return Verdict("equivalent", "proved", share=Fraction(1))
    return verdict


def understand(
    text: str,
    kind: str = "expression",
    symbols: Mapping[str, str] | None = None,
    functions: Sequence[str] = (),
) -> str:
    """How an answer is read; raises ``UnreadableAnswer`` when it cannot be."""
    if kind not in KINDS:
        raise InputError(f"the kind is one of {', '.join(KINDS)}, not {kind!r}")
    found = _read(text, kind, names_for(symbols, tuple(functions)))
    found = without_label(found) if kind == "array" else found
    return show(found) if isinstance(found, Node) else " x ".join(map(show, found)) or "()"


@lru_cache(maxsize=1024)
def _read_key(text: str, kind: str, names: Names) -> Any:
    """A class answers one key many times."""
    return _read(text, kind, names)


def _read(text: str, kind: str, names: Names) -> Any:
    if kind == "shape":
        return read_shape(text, names)
    if kind == "number":
        return read_quantity(text, names)[0]
    if kind == "expression":
        return read_formula(text, names)
    if kind == "array":
        return read_items(text, names, arrays=True)
    if kind in ("set", "interval"):
        return read_items(text, names, sets=True)
    return read_tree(text, names)


# -- one comparison for each kind ---------------------------------------------------------------


def _same_value(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    """Two numbers or formulas, exactly or within a tolerance."""
    if key == answer:
        return _SAME
    if not names_in(key) and not names_in(answer) and not names.complex:
        try:
            ours, theirs = exact_number(key), exact_number(answer)
        except NotANumber:
            return same_function(key, answer, names)
        if margin is not None and margin.allows(ours, theirs):
            return Verdict("equivalent", "numeric", share=Fraction(1))
        return _SAME if margin is None and ours == theirs else _OTHER
    return same_function(key, answer, names)


def _numbers(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    try:
        key, answer = one_side(key, names), one_side(answer, names)
    except Contradiction as error:
        return Verdict("different", "exact", f"One number is asked for: {error}.")
    strange = answer.op in ("compare", "and", "or", "list", "tuple", "set", "interval", "union")
    if strange:
        return Verdict("different", "exact", "One number is asked for.")
    strangers = names_in(answer) - names_in(key) - set(names.symbols)
    if strangers:
        return Verdict("invalid", "", f"expected a number; {min(strangers)!r} is not known here")
    return _same_value(key, answer, names, margin)


def _expressions(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    if margin is not None and not names_in(key) and not names_in(answer):
        return _numbers(key, answer, names, margin)
    return compare_formulas(key, answer, names)


def _arrays(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    ours = nested(one_array(key, names))
    try:
        theirs = nested(one_array(answer, names))
    except Contradiction as error:
        return Verdict("different", "exact", f"An array is asked for: {error}.")
    except NotANumber as error:
        return Verdict("invalid", "", f"expected rows of equal length: {error}")
    if not isinstance(theirs, tuple):
        theirs = (theirs,)
    sizes, given = shape_of(ours), shape_of(theirs)
    if sizes != given and not _same_vector(sizes, given):
        shown = " x ".join(map(str, sizes))
        return Verdict("different", "exact", f"The answer has the shape {shown}.")
    pairs = list(zip(flatten(ours), flatten(theirs), strict=True))
    verdicts = [_same_value(a, b, names, margin) for a, b in pairs]
    return _together(verdicts)


def _same_vector(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    flat = [tuple(n for n in shape if n != 1) for shape in (a, b)]
    return flat[0] == flat[1] and max(len(a), len(b)) <= 2


def _together(verdicts: list[Verdict]) -> Verdict:
    """All must be equivalent; one difference decides."""
    right = sum(verdict.outcome == "equivalent" for verdict in verdicts)
    share = Fraction(right, len(verdicts)) if verdicts else Fraction(1)
    for outcome in ("different", "undecided"):
        for verdict in verdicts:
            if verdict.outcome == outcome:
                return Verdict(verdict.outcome, verdict.evidence, verdict.message, share)
    numeric = any(verdict.evidence == "numeric" for verdict in verdicts)
    return Verdict("equivalent", "numeric" if numeric else "exact", share=Fraction(1))


def _shapes(
    key: tuple[Node, ...], answer: tuple[Node, ...], names: Names, _margin: Tolerance | None
) -> Verdict:
    if len(key) != len(answer):
        return _OTHER
    return _together([_same_value(a, b, names, None) for a, b in zip(key, answer, strict=True)])


def _sets(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    ours, left = elements(key), elements(answer)
    if any(element.op == "compare" for element in left):
        return Verdict("different", "exact", "This is an equation to solve, not its solutions.")
    if len(left) > 64 or len(ours) > 64:
        return Verdict("undecided", "", "The set has too many elements to compare.")
    ours, left = _distinct(ours, names), _distinct(left, names)
    worst = _SAME
    for element in ours:
        for candidate in left:
            verdict = _same_value(element, candidate, names, margin)
            if verdict.outcome == "equivalent":
                left.remove(candidate)
                worst = verdict if verdict.evidence == "numeric" else worst
                break
        else:
            return _OTHER
    return _OTHER if left else worst


def _distinct(nodes: list[Node], names: Names) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if all(_same_value(node, other, names, None).outcome != "equivalent" for other in found):
            found.append(node)
    return found


def _intervals(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    if names_in(bounds_of(key, names)):
        key, answer = bounds_of(key, names), bounds_of(answer, names)
    if names_in(key) and key.op in ("tuple", "list", "interval") and answer.op in (
        "tuple", "list", "interval",
    ):  # fmt: skip
        return _symbolic_interval(key, answer, names, margin)
    ours = region(key)
    try:
        theirs = region(answer)
    except NotANumber as error:
        return Verdict("invalid", "", f"expected an interval: {error}")
    if len(ours) != len(theirs):
        return _OTHER
    edges = [(a, b) for x, y in zip(ours, theirs, strict=True) for a, b in Edge.pairs(x, y)]
    close: Callable[[Number, Number], bool] = (
        margin.allows if margin is not None else lambda a, b: bool(a == b)
    )
    return _SAME if all(Edge.agree(a, b, close) for a, b in edges) else _OTHER


def _symbolic_interval(key: Node, answer: Node, names: Names, margin: Tolerance | None) -> Verdict:
    brackets = [n.value if n.op == "interval" else (n.op == "list",) * 2 for n in (key, answer)]
    if brackets[0] != brackets[1] or len(key.args) != len(answer.args):
        return _OTHER
    pairs = zip(key.args, answer.args, strict=True)
    return _together([_same_value(a, b, names, margin) for a, b in pairs])


def _relations(key: Node, answer: Node, names: Names, _margin: Tolerance | None) -> Verdict:
    return same_relation(key, answer, names)


_COMPARISONS: dict[str, Callable[[Any, Any, Names, Tolerance | None], Verdict]] = {
    "number": _numbers,
    "expression": _expressions,
    "array": _arrays,
    "shape": _shapes,
    "interval": _intervals,
    "set": _sets,
    "relation": _relations,
}
