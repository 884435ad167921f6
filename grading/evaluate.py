"""The value of a tree at one point: exact rationals as long as possible, then balls.

A ball certainly contains the value, so two disjoint balls prove a difference. Comparisons inside
(``max``, ``1[x > 0]``, ``floor``) are exact on rationals; balls that still overlap count as equal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import comb
from typing import Any, TypeAlias

from flint import acb, arb, ctx, fmpq

from partialcredit.grading.limits import MAX_BITS, MAX_MAGNITUDE, MAX_TERMS
from partialcredit.grading.matrices import Identity, Matrix, SizeMismatch, Undefined
from partialcredit.grading.points import Point
from partialcredit.grading.tree import Node

__all__ = ["Absorbed", "Value", "evaluate", "holds", "is_function", "overlaps", "scalar"]

Value: TypeAlias = Any  # fmpq, arb, acb, Matrix or Identity

ZERO, ONE = fmpq(0), fmpq(1)


class Absorbed(Exception):  # noqa: N818 - a request, not a fault; it never leaves this package
    """A non-zero term vanished beside a larger one: ask again with this many bits."""

    def __init__(self, bits: int) -> None:
        self.bits = bits


def evaluate(node: Node, point: Point) -> Value:
    """The value at a point; raises :class:`Undefined` where there is none."""
    return _OPERATIONS[node.op](node, point)


def scalar(node: Node, point: Point) -> Value:
    """A value that must be a number."""
    value = evaluate(node, point)
    if isinstance(value, Matrix | Identity):
        raise SizeMismatch("a number is needed where a vector or matrix stands")
    return value


def overlaps(a: Value, b: Value) -> bool:
    """Whether two values may be equal; False is a proof that they differ."""
    if isinstance(a, Identity) and isinstance(b, Identity):
        return overlaps(a.factor, b.factor)
    if isinstance(a, Identity) and isinstance(b, Matrix):
        a = a.sized(b.shape[0])
    if isinstance(b, Identity) and isinstance(a, Matrix):
        b = b.sized(a.shape[0])
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.shape == b.shape and all(map(overlaps, a.entries(), b.entries()))
    if isinstance(a, Matrix | Identity) or isinstance(b, Matrix | Identity):
        return False
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a == b)
    if isinstance(a, acb) or isinstance(b, acb):
        return bool(acb(a).overlaps(acb(b)))
    return bool(arb(a).overlaps(arb(b)))


def compare(a: Value, b: Value) -> int:
    """-1, 0 or 1; balls that overlap compare equal."""
    if isinstance(a, acb) or isinstance(b, acb):
        raise Undefined("complex numbers have no order")
    if a < b:
        return -1
    return 1 if a > b else 0


def ball(x: Value) -> Any:
    """A rational as a ball."""
    return arb(x) if isinstance(x, fmpq) else x


# -- arithmetic ---------------------------------------------------------------------------------


def _number(node: Node, point: Point) -> Value:
    return node.value


def _constant(node: Node, point: Point) -> Value:
    if node.value == "pi":
        return arb.pi()
    if node.value == "e":
        return arb(1).exp()
    if node.value == "i":
        return acb(0, 1)
    raise Undefined("infinity is not a number")


def _symbol(node: Node, point: Point) -> Value:
    return point.symbol(node.value)


def _index(node: Node, point: Point) -> Value:
    indices = []
    for arg in node.args:
        try:
            indices.append(evaluate(arg, point))
        except Undefined:
            indices.append(ZERO)
    return point.indexed(node.value, indices)


def _neg(node: Node, point: Point) -> Value:
    return times(fmpq(-1), evaluate(node.args[0], point))


def _add(node: Node, point: Point) -> Value:
    return plus(evaluate(node.args[0], point), evaluate(node.args[1], point), point)


def plus(a: Value, b: Value, point: Point) -> Value:
    """A sum of numbers, or of arrays of one size."""
    if isinstance(a, Matrix | Identity) or isinstance(b, Matrix | Identity):
        return _matrix_sum(a, b)
    if point.deep:
        _notice_absorption(a, b)
    return a + b


def _notice_absorption(a: Value, b: Value) -> None:
    if isinstance(a, acb) or isinstance(b, acb) or (isinstance(a, fmpq) and isinstance(b, fmpq)):
        return
    small, large = abs(ball(a)), abs(ball(b))
    if small > large:
        small, large = large, small
    if small > 0 and small < large * arb(2) ** (40 - ctx.prec):
        raise Absorbed(int(float((large / small).log() / arb(2).log())) + 128)


def _matrix_sum(a: Value, b: Value) -> Value:
    if isinstance(a, Identity) and isinstance(b, Identity):
        return Identity(a.factor + b.factor)
    if isinstance(a, Identity) and isinstance(b, Matrix):
        a = a.sized(b.shape[0])
    if isinstance(b, Identity) and isinstance(a, Matrix):
        b = b.sized(a.shape[0])
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.zip(b, lambda x, y: x + y)
    if not isinstance(a, Matrix | Identity) and a == 0:
        return b
    if not isinstance(b, Matrix | Identity) and b == 0:
        return a
    raise SizeMismatch("a number cannot be added to a vector or matrix")


def _mul(node: Node, point: Point) -> Value:
    return times(evaluate(node.args[0], point), evaluate(node.args[1], point))


def times(a: Value, b: Value) -> Value:
    """A product of numbers, or of matrices in their order."""
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.times(b)
    if isinstance(a, Identity) or isinstance(b, Identity):
        left, right = (x.factor if isinstance(x, Identity) else x for x in (a, b))
        product = times(left, right)
        return product if isinstance(product, Matrix) else Identity(product)
    if isinstance(a, Matrix):
        return a.map(lambda x: x * b)
    if isinstance(b, Matrix):
        return b.map(lambda x: a * x)
    return a * b


def _div(node: Node, point: Point) -> Value:
    a, b = evaluate(node.args[0], point), evaluate(node.args[1], point)
    return times(a, reciprocal(b))


def reciprocal(b: Value) -> Value:
    """One over a number that is not zero."""
    if isinstance(b, Matrix | Identity):
        raise SizeMismatch("a matrix cannot be divided by: write its inverse")
    if isinstance(b, fmpq):
        if b == 0:
            raise Undefined("a division by zero")
        return ONE / b
    if b.contains(0):
        raise Undefined("a division by zero")
    return 1 / b


def _pow(node: Node, point: Point) -> Value:
    base, exponent = node.args
    if base.op == "constant" and base.value == "e":
        return _elementwise(_exp, evaluate(exponent, point), point)
    return power(evaluate(base, point), scalar(exponent, point), point)


def power(a: Value, n: Value, point: Point) -> Value:
    """A power; whole powers of rationals stay rational."""
    whole = isinstance(n, fmpq) and n.q == 1
    if isinstance(a, Matrix):
        if not whole:
            raise Undefined("a matrix has whole powers only")
        if a.shape[0] != a.shape[1]:
            raise SizeMismatch("only a square matrix has powers")
        return a.power(int(n.p))
    if isinstance(a, Identity):
        return Identity(power(a.factor, n, point))
    if whole:
        return _whole_power(a, int(n.p))
    if point.complex:
        return acb(a) ** acb(n)
    if isinstance(n, fmpq) and n.q == 2:
        root = _sqrt(a, point)
        return root if n.p == 1 else _whole_power(root, int(n.p))
    a = ball(a)
    if not a > 0:
        if a == 0 and n > 0:
            return ZERO
        raise Undefined("a power of a negative number")
    return _exp(ball(n) * a.log(), point)


def _whole_power(a: Value, n: int) -> Value:
    if n == 0:
        return ONE
    if isinstance(a, fmpq):
        if a == 0:
            if n < 0:
                raise Undefined("a division by zero")
            return ZERO
        if a.height_bits() * abs(n) <= MAX_BITS:
            return a**n if n > 0 else ONE / a**-n
        a = arb(a)
    if abs(n) > 2 and isinstance(a, arb):
        _check_magnitude(abs(a).log() * n if a != 0 else a)
    return a**n if n > 0 else 1 / a**-n


def _check_magnitude(log: arb) -> None:
    if abs(log) > MAX_MAGNITUDE or not log.is_finite():
        raise Undefined("a number too large to compute with")


# -- functions ----------------------------------------------------------------------------------


def _exp(x: Value, point: Point) -> Value:
    x = ball(x)
    if isinstance(x, acb):
        _check_magnitude(x.real)
    else:
        _check_magnitude(x)
    return x.exp()


def _log(x: Value, point: Point) -> Value:
    if isinstance(x, fmpq) and x == 1:
        return ZERO
    if point.complex:
        return acb(x).log()
    if not x > 0:
        raise Undefined("the logarithm of a number that is not positive")
    return ball(x).log()


def _sqrt(x: Value, point: Point) -> Value:
    if point.complex:
        return acb(x).sqrt()
    if isinstance(x, fmpq) and x >= 0:
        square = x.p.is_square() and x.q.is_square()
        return x.sqrt() if square else arb(x).sqrt()
    if x < 0:
        raise Undefined("the square root of a negative number")
    return ball(x).nonnegative_part().sqrt()


def _cbrt(x: Value, point: Point) -> Value:
    third = arb(fmpq(1, 3))
    if compare(x, ZERO) == 0:
        return ZERO
    root = (ball(abs(x)).log() * third).exp()
    return root if x > 0 else -root


def _sigma(x: Value, point: Point) -> Value:
    return 1 / (1 + _exp(-x, point))


def _softplus(x: Value, point: Point) -> Value:
    return _exp(x, point).log1p() if not isinstance(x, acb) else (1 + x.exp()).log()


def _relu(x: Value, point: Point) -> Value:
    return x if compare(x, ZERO) > 0 else ZERO


def _phi(x: Value, point: Point) -> Value:
    return (1 + (ball(x) / arb(2).sqrt()).erf()) / 2


def _floor(x: Value, point: Point) -> Value:
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    return _nearest_below(x)


def _ceil(x: Value, point: Point) -> Value:
    return -_floor(-x, point)


def _nearest_below(x: Any) -> fmpq:
    if not abs(x) < 10**18:
        raise Undefined("a number too large to round")
    low, high = x.lower().floor().unique_fmpz(), x.upper().floor().unique_fmpz()
    # a ball astride a whole number counts as that number
    return fmpq(high if high is not None else low)


def _sign(x: Value, point: Point) -> Value:
    return fmpq(compare(x, ZERO))


def _step(x: Value, point: Point) -> Value:
    return fmpq(int(compare(x, ZERO) > 0))


def _abs(x: Value, point: Point) -> Value:
    return abs(x)


def _method(name: str, defined: Callable[[Any], bool] | None = None) -> Callable[..., Value]:
    def function(x: Value, point: Point) -> Value:
        x = ball(x)
        if defined is not None and isinstance(x, arb) and not defined(x):
            raise Undefined(f"{name} outside its domain")
        result = getattr(x, name)()
        if not result.is_finite():
            raise Undefined(f"{name} outside its domain")
        return result

    return function


def _factorial(x: Value, point: Point) -> Value:
    if isinstance(x, fmpq) and x.q == 1 and 0 <= x <= 300:
        return fmpq(reduce(lambda a, b: a * b, range(1, int(x.p) + 1), 1))
    raise Undefined("a factorial of this number")


#: Functions of one number, applied to every entry of an array.
_UNARY: dict[str, Callable[[Value, Point], Value]] = {
    "exp": _exp,
    "log": _log,
    "log2": lambda x, p: _log(x, p) / arb(2).log(),
    "log10": lambda x, p: _log(x, p) / arb(10).log(),
    "log1p": lambda x, p: _log(1 + x, p),
    "expm1": lambda x, p: _exp(x, p) - 1,
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "sin": _method("sin"),
    "cos": _method("cos"),
    "tan": _method("tan"),
    "cot": _method("cot"),
    "sec": _method("sec"),
    "csc": _method("csc"),
    "asin": _method("asin"),
    "acos": _method("acos"),
    "atan": _method("atan"),
    "sinh": _method("sinh"),
    "cosh": _method("cosh"),
    "tanh": _method("tanh"),
    "coth": _method("coth"),
    "sech": _method("sech"),
    "csch": _method("csch"),
    "asinh": _method("asinh"),
    "acosh": _method("acosh"),
    "atanh": _method("atanh"),
    "erf": _method("erf"),
    "erfc": _method("erfc"),
    "sigma": _sigma,
    "logit": lambda x, p: _log(times(x, reciprocal(1 - x)), p),
    "relu": _relu,
    "softplus": _softplus,
    "silu": lambda x, p: x * _sigma(x, p),
    "gelu": lambda x, p: x * _phi(x, p),
    "Phi": _phi,
    "step": _step,
    "sign": _sign,
    "abs": _abs,
    "floor": _floor,
    "ceil": _ceil,
    "factorial": _factorial,
}


def _elementwise(function: Callable[[Value, Point], Value], x: Value, point: Point) -> Value:
    if isinstance(x, Matrix):
        return x.map(lambda entry: function(entry, point))
    if isinstance(x, Identity):
        raise Undefined("a function of the identity matrix")
    return function(x, point)


def _call(node: Node, point: Point) -> Value:
    name, args = node.value, node.args
    unary = _UNARY.get(name)
    if unary is not None and len(args) == 1:
        return _elementwise(unary, evaluate(args[0], point), point)
    function = _OTHERS.get(name)
    if function is None:
        raise Undefined(f"{name} of these values")
    return function([evaluate(arg, point) for arg in args], point)


def _extreme(wanted: int) -> Callable[[list[Value], Point], Value]:
    def pick(a: Value, b: Value) -> Value:
        if isinstance(a, Matrix) or isinstance(b, Matrix):
            if isinstance(a, Matrix) and isinstance(b, Matrix):
                return a.zip(b, pick)
            return (
                a.map(lambda x: pick(x, b))
                if isinstance(a, Matrix)
                else b.map(lambda x: pick(a, x))
            )
        order = compare(a, b)
        if order == 0 and isinstance(a, arb):
            return a.union(ball(b))
        return a if order == wanted or order == 0 else b

    def function(values: list[Value], point: Point) -> Value:
        if len(values) == 1 and isinstance(values[0], Matrix):
            values = values[0].entries()
        return reduce(pick, values)

    return function


def _binomial(values: list[Value], point: Point) -> Value:
    n, k = values
    if not (isinstance(n, fmpq) and isinstance(k, fmpq) and n.q == 1 and k.q == 1):
        raise Undefined("a binomial coefficient of these numbers")
    if not 0 <= n <= 2000:
        raise Undefined("a binomial coefficient this large")
    return fmpq(comb(int(n.p), int(k.p))) if 0 <= k <= n else ZERO


def _mod(values: list[Value], point: Point) -> Value:
    a, b = values
    quotient = times(a, reciprocal(b))
    return a - b * _floor(quotient, point)


def _spread(values: list[Value]) -> list[Value]:
    return values[0].entries() if len(values) == 1 and isinstance(values[0], Matrix) else values


def _logsumexp(values: list[Value], point: Point) -> Value:
    return reduce(lambda a, b: a + b, [_exp(x, point) for x in _spread(values)]).log()


def _softmax(values: list[Value], point: Point) -> Value:
    (x,) = values
    if not isinstance(x, Matrix):
        raise Undefined("softmax needs a vector")
    powers = x.map(lambda entry: _exp(entry, point))
    total = reduce(lambda a, b: a + b, powers.entries())
    return powers.map(lambda entry: entry / total)


def _mean(values: list[Value], point: Point) -> Value:
    entries = _spread(values)
    return reduce(lambda a, b: a + b, entries) / len(entries)


def _total(values: list[Value], point: Point) -> Value:
    return reduce(lambda a, b: a + b, _spread(values))


def _hadamard(values: list[Value], point: Point) -> Value:
    a, b = values
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        return a.zip(b, lambda x, y: x * y)
    return times(a, b)


def _matrix_only(method: str) -> Callable[[list[Value], Point], Value]:
    def function(values: list[Value], point: Point) -> Value:
        (x,) = values
        if isinstance(x, Identity) and method == "inverse":
            return Identity(reciprocal(x.factor))
        if isinstance(x, Matrix):
            return getattr(x, method)()
        if method == "inverse":
            return reciprocal(x)
        return x

    return function


def _diag(values: list[Value], point: Point) -> Value:
    (x,) = values
    if not isinstance(x, Matrix):
        raise Undefined("diag needs a vector or a matrix")
    if 1 in x.shape:
        entries = x.entries()
        return Matrix(
            [[v if i == j else ZERO for j in range(len(entries))] for i, v in enumerate(entries)]
        )
    return Matrix([[row[i]] for i, row in enumerate(x.rows)])


def _dot(values: list[Value], point: Point) -> Value:
    a, b = values
    if isinstance(a, Matrix) and isinstance(b, Matrix) and a.shape == b.shape and a.shape[1] == 1:
        return a.transposed().times(b)
    return times(a, b)


def _outer(values: list[Value], point: Point) -> Value:
    a, b = values
    if not isinstance(a, Matrix) or not isinstance(b, Matrix):
        raise Undefined("an outer product needs two vectors")
    return a.times(b.transposed())


_OTHERS: dict[str, Callable[[list[Value], Point], Value]] = {
    "max": _extreme(1),
    "min": _extreme(-1),
    "binomial": _binomial,
    "mod": _mod,
    "logsumexp": _logsumexp,
    "softmax": _softmax,
    "mean": _mean,
    "total": _total,
    "hadamard": _hadamard,
    "inverse": _matrix_only("inverse"),
    "trace": _matrix_only("trace"),
    "det": _matrix_only("determinant"),
    "diag": _diag,
    "outer": _outer,
    "dot": _dot,
}


def _apply(node: Node, point: Point) -> Value:
    return point.applied(node.value, [ball(scalar(arg, point)) for arg in node.args])


def _transpose(node: Node, point: Point) -> Value:
    value = evaluate(node.args[0], point)
    return value.transposed() if isinstance(value, Matrix) else value


def _norm(node: Node, point: Point) -> Value:
    value = evaluate(node.args[0], point)
    return value.norm(node.value) if isinstance(value, Matrix) else abs(value)


def _percent(node: Node, point: Point) -> Value:
    return scalar(node.args[0], point) / 100


# -- conditions ---------------------------------------------------------------------------------

_RELATIONS: dict[str, Callable[[int], bool]] = {
    "<": lambda s: s < 0,
    "<=": lambda s: s <= 0,
    ">": lambda s: s > 0,
    ">=": lambda s: s >= 0,
    "=": lambda s: s == 0,
    "!=": lambda s: s != 0,
}


def holds(node: Node, point: Point) -> bool:
    """Whether a condition holds at a point."""
    if node.op == "and":
        return all(holds(arg, point) for arg in node.args)
    if node.op == "or":
        return any(holds(arg, point) for arg in node.args)
    if node.op == "indicator":
        return holds(node.args[0], point)
    if node.op != "compare":
        raise Undefined("a condition")
    values = [scalar(arg, point) for arg in node.args]
    for relation, a, b in zip(node.value, values, values[1:], strict=False):
        if relation not in _RELATIONS:
            raise Undefined(f"the relation {relation}")
        order = compare(a, b)
        if order and point.slack is not None and abs(a - b) < point.slack:
            order = 0
        if not _RELATIONS[relation](order):
            return False
    return True


def _indicator(node: Node, point: Point) -> Value:
    return ONE if holds(node.args[0], point) else ZERO


def _cases(node: Node, point: Point) -> Value:
    args = node.args
    for i in range(0, len(args) - 1, 2):
        if holds(args[i + 1], point):
            return evaluate(args[i], point)
    if len(args) % 2 == 0:
        raise Undefined("a value where no case applies")
    return evaluate(args[-1], point)


# -- sums ---------------------------------------------------------------------------------------


def _series(node: Node, point: Point) -> Value:
    low, high = _bounds(node, point)
    if high - low >= point.terms_left:
        raise Undefined(f"a sum of more than {MAX_TERMS} terms")
    point.terms_left -= max(high - low + 1, 0)
    total: Value = ZERO if node.op == "sum" else ONE
    outer = point.values.get(node.value)
    try:
        for i in range(low, high + 1):
            point.values[node.value] = fmpq(i)
            term = evaluate(node.args[0], point)
            if node.op == "prod":
                total = times(total, term)
            else:
                total = term if i == low else plus(total, term, point)
    finally:
        if outer is None:
            point.values.pop(node.value, None)
        else:
            point.values[node.value] = outer
    return total


def _bounds(node: Node, point: Point) -> tuple[int, int]:
    if len(node.args) == 1:
        return 1, point.size
    if node.args[2] == Node("constant", (), "infinity"):
        raise Undefined("a sum without end")
    low, high = scalar(node.args[1], point), scalar(node.args[2], point)
    for bound in (low, high):
        if not isinstance(bound, fmpq) or bound.q != 1:
            raise Undefined("a sum between whole numbers only")
    return int(low.p), int(high.p)


def _no_value(node: Node, point: Point) -> Value:
    raise Undefined("one value where a list or relation stands")


def _list(node: Node, point: Point) -> Value:
    rows = [
        [scalar(entry, point) for entry in row.args] if row.op == "list" else [scalar(row, point)]
        for row in node.args
    ]
    if len({len(row) for row in rows}) != 1:
        raise SizeMismatch("all rows need the same number of entries")
    return Matrix(rows)


_OPERATIONS: dict[str, Callable[[Node, Point], Value]] = {
    "number": _number,
    "constant": _constant,
    "symbol": _symbol,
    "index": _index,
    "neg": _neg,
    "add": _add,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "percent": _percent,
    "call": _call,
    "apply": _apply,
    "transpose": _transpose,
    "norm": _norm,
    "indicator": _indicator,
    "compare": _no_value,
    "cases": _cases,
    "sum": _series,
    "prod": _series,
    "list": _list,
    "tuple": _no_value,
    "set": _no_value,
    "interval": _no_value,
    "union": _no_value,
    "and": _no_value,
    "or": _no_value,
    "text": _no_value,
    "transpose_mark": _no_value,
}


def is_function(name: str) -> bool:
    """Whether a function of this name can be evaluated."""
    return name in _UNARY or name in _OTHERS
