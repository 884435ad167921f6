"""Functions and their arguments: sin(x), sin 2x, sin^2 x, log_2 x, max(a, b)."""

from __future__ import annotations

from partialcredit.grading.reader.brackets import arguments
from partialcredit.grading.reader.names import INVERSES, RAISED
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.powers import exponent as above
from partialcredit.grading.reader.subscripts import label_of, subscript
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["apply"]

ONE = number(1)

#: Functions that may be applied without brackets: sin 2x, ln p.
_BARE = RAISED - {"sigma"} | {
    "asin", "acos", "atan", "asinh", "acosh", "atanh", "sqrt", "trace", "det", "softplus", "erf",
    "sign", "cbrt", "abs", "silu", "gelu", "floor", "ceil",
}  # fmt: skip

_ONE_VALUE = _BARE - {"log"} | {
    "sigma", "relu", "logit", "log1p", "expm1", "Phi", "step", "inverse", "transpose", "diag",
    "factorial", "erfc",
}  # fmt: skip
#: How many values a function takes, where that is fixed.
_ARITY: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(_ONE_VALUE, (1,)),
    **dict.fromkeys(("mod", "pow", "binomial", "dot", "matmul", "outer"), (2,)),
    "log": (1, 2),
    "where": (3,),
}


def apply(parser: Parser, name: str, primes: str) -> Node:
    """A function and its argument, with a base or power between them."""
    known = parser.names.function(name)
    if primes or known is None:
        braced = parser.is_sign("{") and parser.peek().text == "("
        if not parser.is_sign("(") and not braced:
            return symbol(name + primes)
        items = arguments(parser)
        if braced and items[0].op == "tuple":  # f{\left(x, y\right)}
            items = list(items[0].args)
        return Node("apply", tuple(items), name + primes)
    if known == "sigma" and not parser.is_sign("(") and not _raised_call(parser):
        return symbol("sigma") if name == "sigma" else _bare(parser, known)
    base = subscript(parser) if known == "log" and parser.is_sign("_") else None
    exponent = None
    if parser.is_sign("^") and known in RAISED:
        parser.next()
        exponent = above(parser)
    if exponent is not None and exponent in (number(-1), Node("neg", (ONE,))) and known in INVERSES:
        known, exponent = INVERSES[known], None  # sin^-1 is the inverse function
    if known == "norm" and parser.is_sign("("):
        items = arguments(parser)
        return Node("norm", (items[0],), label_of(items[1]) if len(items) > 1 else "2")
    if parser.is_sign("(", "[", "{", "\\{") and not (
        parser.is_sign("[") and known in ("max", "min")
    ):
        node = _called(parser, known, arguments(parser))
    elif known in _BARE:
        node = _bare(parser, known)
    elif known in ("step", "mean", "norm", "diag", "outer", "dot"):
        return symbol(name)
    else:
        parser.fail(f"'(' after {name}", f"write {name}(...)")
    if base is not None and base != symbol("e"):
        node = Node("div", (node, call("log", base)))
    return Node("pow", (node, exponent)) if exponent is not None else node


def _called(parser: Parser, known: str, items: list[Node]) -> Node:
    wanted = _ARITY.get(known)
    if wanted and len(items) not in wanted:
        values = "value" if wanted == (1,) else "values"
        parser.fail(f"{' or '.join(map(str, wanted))} {values} in {known}(...), found {len(items)}")
    if known == "log" and len(items) == 2:
        return Node("div", (call("log", items[0]), call("log", items[1])))
    if known == "pow":
        return Node("pow", (items[0], items[1]))
    if known == "where":
        return Node("cases", (items[1], items[0], items[2]))
    if known == "transpose":
        return Node("transpose", (items[0],))
    if known == "matmul":
        return Node("mul", (items[0], items[1]))
    return call(known, *(item if known == "indicator" else arithmetic(item) for item in items))


def _raised_call(parser: Parser) -> bool:
    """Whether ``sigma^2(z)`` follows: a power and then a bracket that touches it."""
    if not parser.is_sign("^"):
        return False
    tokens = parser.tokens[parser.at + 1 : parser.at + 6]
    after = next(
        (i for i, t in enumerate(tokens) if t.text not in ("{", "-", "}", "1", "2", "3")), 0
    )
    return after > 0 and tokens[after].text == "(" and tokens[after].touching


def _bare(parser: Parser, known: str) -> Node:
    """``sin 2x``: the argument runs to the next sign, bracket or function."""
    argument = parser.factor()
    while parser.multiplies() and not _ends_bare(parser, argument):
        argument = Node("mul", (arithmetic(argument), arithmetic(parser.power())))
    return call(known, arithmetic(argument))


def _ends_bare(parser: Parser, argument: Node) -> bool:
    token = parser.token
    if token.kind == "name":
        return parser.names.function(token.text) is not None and token.text != "sigma"
    if token.text in ("(", "["):
        return argument.op != "number"
    return token.text in ("\\sum", "\\prod", "|", "\\|", "||", "\\begin", "\\{")
