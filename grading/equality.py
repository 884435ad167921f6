"""Whether two expressions are the same function: the cascade, cheapest first.

1. The same tree. 2. The same rational function of the same parts. 3. Balls at stratified points,
at kinks and landmarks, and at two points in high precision: disjoint balls prove a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from zlib import crc32

from flint import ctx, fmpq

from partialcredit.grading.evaluation.arithmetic import Absorbed, Value, overlaps
from partialcredit.grading.evaluation.evaluate import evaluate
from partialcredit.grading.evaluation.kinks import special_points
from partialcredit.grading.evaluation.matrices import Pole, SizeMismatch, Undefined
from partialcredit.grading.evaluation.points import Point, generic_points
from partialcredit.grading.kind import Verdict
from partialcredit.grading.rational_functions import same_rational_function
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, names_in, walk, with_plain_indices

__all__ = ["same_function"]

#: Points that both sides must share before equality is believed.
_ENOUGH = 8
#: Points to try before giving up on finding enough where the key is defined.
_TRIES = 48
_BITS, _DEEP_BITS, _MOST_BITS = 64, 512, 8192

_EQUIVALENT = Verdict("equivalent", "numeric", share=Fraction(1))


def same_function(key: Node, answer: Node, names: Names) -> Verdict:
    """Compare two expressions; ``undecided`` where the points do not settle it."""
    key = with_plain_indices(key)
    answer = with_plain_indices(_with_bounds(answer, key))
    if key == answer or (not names.has_matrices and same_rational_function(key, answer)):
        return Verdict("equivalent", "exact", share=Fraction(1))
    with ctx.workprec(_BITS):
        return _at_points(key, answer, names)


def _with_bounds(answer: Node, key: Node) -> Node:
    """A sum over i without bounds runs as far as the sums of the key do."""
    bounds = {node.args[1:] for node in walk(key) if node.op in ("sum", "prod")}
    if len(bounds) != 1 or () in bounds:
        return answer
    return _bounded(answer, next(iter(bounds)))


def _bounded(node: Node, bounds: tuple[Node, ...]) -> Node:
    args = tuple(_bounded(arg, bounds) for arg in node.args)
    if node.op in ("sum", "prod") and len(args) == 1:
        args += bounds
    return node._replace(args=args)


def _at_points(key: Node, answer: Node, names: Names) -> Verdict:
    seed = crc32(repr(key).encode()) ^ crc32(repr(answer).encode())
    domains = _with_whole_numbers(names.symbols, key, answer)
    base: list[Point] = []
    lacking = ""  # why the answer has no value where the key has one
    for point in generic_points(domains, seed, complex_=names.complex):
        if len(base) >= _ENOUGH or point.number >= _TRIES:
            break
        verdict, why = _at(key, answer, point)
        if verdict is not None:
            return verdict
        lacking = lacking or why or ""
        if why is None:
            base.append(point)
    for point in _orthants(key, answer, names, base):
        verdict, why = _at(key, answer, point)
        if verdict is not None:
            return verdict
        lacking = lacking or why or ""
    if lacking:
        return _partly_undefined(len(base), lacking)
    if len(base) < 3:
        return Verdict("undecided", "", "The formulas have no common points to compare at.")
    for point in _special(key, answer, names, base[:2]):
        if _differ(key, answer, point):
            return Verdict("different", "proved")
    return _deeply(key, answer, base)


def _at(key: Node, answer: Node, point: Point) -> tuple[Verdict | None, str | None]:
    """A verdict where this point decides; else why the answer has no value here.

    None for a point at which both have the same value, an empty text for one that does not count.
    """
    try:
        ours = evaluate(key, point)
    except Undefined:
        return None, ""
    try:
        theirs = evaluate(answer, point)
    except SizeMismatch as error:
        return Verdict("different", "exact", f"The sizes do not fit: {error}."), ""
    except Pole:
        return None, ""
    except Undefined as error:
        return None, str(error)
    return (None, None) if overlaps(ours, theirs) else (Verdict("different", "proved"), "")


def _with_whole_numbers(domains: Mapping[str, str], *trees: Node) -> Mapping[str, str]:
    """Names in the bounds of sums, factorials and binomials stand for whole numbers."""
    counts: set[str] = set()
    for tree in trees:
        free = names_in(tree)
        for node in walk(tree):
            if node.op in ("sum", "prod"):
                counts |= free & {name for bound in node.args[1:] for name in names_in(bound)}
            elif node.op == "call" and node.value in ("factorial", "binomial"):
                counts |= free & names_in(node)
    counts = {name for name in counts if domains.get(name, "real") in ("real", "positive")}
    return {**domains, **dict.fromkeys(counts, "positive integer")} if counts else domains


def _orthants(key: Node, answer: Node, names: Names, base: list[Point]) -> Iterator[Point]:
    """A point where every real number is negative, and one where all are positive."""
    real = [
        name
        for name in names.scalars(names_in(key) | names_in(answer))
        if base and base[0].domains.get(name, "real") == "real"
    ]
    for sign in (-1, 1) if len(real) > 1 and not names.complex else ():
        point = base[-1].moved("", fmpq(0))
        for name in real:
            value = point.symbol(name)
            if isinstance(value, fmpq):
                point.values[name] = sign * abs(value)
        yield point


def _partly_undefined(shared: int, why: str) -> Verdict:
    """The key has values where the answer has none."""
    if "sum" in why or "large" in why or "value where" in why:
        return Verdict("undecided", "", f"Your formula could not be evaluated: {why}.")
    message = f"Your formula is not defined everywhere: {why}."
    if shared >= 3:
        message = (
            f"Your formula is right wherever it has a value, but it has none at some points where "
            f"the answer has one: {why}."
        )
    return Verdict("different", "numeric", message)


def _special(key: Node, answer: Node, names: Names, base: list[Point]) -> Iterator[Point]:
    if names.complex:
        return
    symbols = names.scalars(names_in(key) | names_in(answer))
    for point in base:
        yield from special_points((key, answer), symbols, point)


def _differ(key: Node, answer: Node, point: Point) -> bool:
    """Whether two values are proved different; a removable gap does not count."""
    try:
        ours, theirs = evaluate(key, point), evaluate(answer, point)
        if point.slack is not None:  # beside an irrational kink only a jump counts
            return bool(abs(ours - theirs) > (abs(ours) + 1) / (1 << 20))
        return not overlaps(ours, theirs)
    except Undefined:
        return False


def _deeply(key: Node, answer: Node, base: list[Point]) -> Verdict:
    """Two points again, in a precision at which no term can vanish beside another."""
    for point in base[2:4] or base[:1]:
        bits = max(_DEEP_BITS, _needed_bits(key, answer, point))
        while True:
            if bits > _MOST_BITS:
                return Verdict("undecided", "", "The formulas differ too little to tell apart.")
            again = point.moved("", fmpq(0))
            again.deep = True
            ctx.prec = bits
            try:
                if not overlaps(evaluate(key, again), evaluate(answer, again)):
                    return Verdict("different", "proved")
                break
            except Absorbed as request:
                bits = max(request.bits, bits + 64)
            except Undefined:
                break
    return _EQUIVALENT


def _needed_bits(key: Node, answer: Node, point: Point) -> int:
    """Enough bits to see the smallest constant of either side beside the largest."""
    widest = 0
    for tree in (key, answer):
        for node in walk(tree):
            if node.op == "number":
                widest = max(widest, node.value.height_bits())
            elif node.op in ("pow", "call", "div") and not names_in(node):
                widest = max(widest, _size(node, point))
    return 2 * widest + 64


def _size(node: Node, point: Point) -> int:
    """How many bits a constant is away from one."""
    try:
        value: Value = evaluate(node, point)
    except Undefined:
        return 0
    if isinstance(value, fmpq):
        return int(value.height_bits())
    try:
        return abs(int(float(abs(value).log())) * 2) if value != 0 else 0
    except (ValueError, OverflowError, AttributeError, TypeError):
        return 0
