"""Atoms: numbers, names, function applications, brackets and TeX commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from flint import fmpq

from partialcredit.grading.brackets import arguments, bars, braces, group, round_bracket, square_bracket, subscript
from partialcredit.grading.characters import GREEK
from partialcredit.grading.lexer import Token
from partialcredit.grading.limits import MAX_EXPONENT
from partialcredit.grading.names import INVERSES, RAISED
from partialcredit.grading.parser import STOPS, Parser, arithmetic
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["atom", "rational"]

ONE = number(1)
#: Functions that may be applied without brackets: sin 2x, ln p.
_BARE = RAISED - {"sigma"} | {
    "asin", "acos", "atan", "asinh", "acosh", "atanh", "sqrt", "trace", "det", "softplus", "erf",
    "sign", "cbrt", "abs", "silu", "gelu", "floor", "ceil",
}  # fmt: skip
_INDICATORS = frozenset({"I", "indicator", "ind", "mathbb1"})


def atom(parser: Parser) -> Node:
    """Read one atom."""
    token = parser.token
    if token.kind == "number":
        return _numeral(parser)
    if token.kind == "name":
        return _name(parser)
    if token.kind == "text":
        return _text(parser)
    reader = _SIGNS.get(token.text) if token.kind == "sign" else None
    if reader is None:
        _refuse(parser, token)
    return reader(parser)


def _refuse(parser: Parser, token: Token) -> NoReturn:
    if token.kind == "end":
        parser.fail("a number, a name or a bracket", "the answer stops too early")
    if token.text in _HINTS:
        parser.fail(*_HINTS[token.text])
    if token.text.startswith("\\"):
        parser.fail(f"mathematics that can be read; {token.text[:30]} is not known here")
    if token.text in ("*", "/", "^", "=", "<", ">", "<=", ">=", ",", ";"):
        parser.fail(f"a number or a name before '{token.text}'", "something is missing here")
    parser.fail(f"a number, a name or a bracket, not '{token.text}'")


_HINTS = {
    "\\pm": ("one value", "write the two values as a list"),
    "\\int": ("a formula without an integral sign", "work the integral out"),
    "\\partial": ("a formula without a derivative sign", "work the derivative out"),
    "\\nabla": ("a formula without a derivative sign", "work the derivative out"),
    "\\lim": ("a formula without a limit sign", "work the limit out"),
    "\\ldots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
    "\\dots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
    "\\cdots": ("a formula without dots", "write the sum as \\sum_{i=1}^{n}"),
}


# -- numbers ------------------------------------------------------------------------------------


def _numeral(parser: Parser) -> Node:
    token = parser.next()
    text = token.text
    if parser.grouping:
        text = _grouped(parser, text)
    node = number(rational(parser, text, token))
    if text == "1" and parser.is_sign("_") and parser.token.touching:
        condition = subscript(parser)  # 1_{z>0}
        if condition.op == "compare":
            return Node("indicator", (condition,))
        parser.fail("a condition below the indicator 1", "write 1[z>0]", token)
    raised = parser.at > 1 and parser.tokens[parser.at - 2].text in ("^", "_")
    if text.isdigit() and not raised and parser.is_sign("\\frac") and parser.token.touching:
        return _mixed(node, _fraction(parser))
    if text == "1" and not parser.sets and parser.is_sign("[", "\\{") and parser.token.touching:
        inner = atom(parser)
        return inner if inner.op == "indicator" else Node("mul", (node, inner))  # 1[z>0]
    return node


def _mixed(whole: Node, part: Node) -> Node:
    """``1\\frac12`` is one and a half; ``2\\frac{1}{n}`` is a product."""
    top, bottom = part.args
    if top.op == bottom.op == "number" and 0 < top.value < bottom.value:
        return Node("add", (whole, part))
    return Node("mul", (whole, part))


def rational(parser: Parser, text: str, token: Token) -> fmpq:
    """A written number as the exact rational it denotes."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        parser.fail(f"a number between 10^-{MAX_EXPONENT} and 10^{MAX_EXPONENT}", token=token)
    whole, _, places = mantissa.partition(".")
    shift = int(exponent or 0) - len(places)
    digits = int((whole + places) or "0")
    return fmpq(digits * 10**shift) if shift >= 0 else fmpq(digits, 10**-shift)


def _grouped(parser: Parser, text: str) -> str:
    """Take the rest of ``1,024``, ``25{,}636{,}712`` or ``25 636 712``; ``0,5`` is a half."""
    if "e" in text.lower() or "." in text:
        return text
    groups = [text]
    while True:
        length = _separator(parser)
        follower = parser.peek(length)
        if length < 0 or follower.kind != "number":
            break
        digits = follower.text
        if length and len(groups) == 1 and not _is_group(text, digits):
            if length == 1 and digits.isdigit() and follower.touching and parser.token.touching:
                parser.next()  # a decimal comma
                parser.next()
                return f"{text}.{digits}"
            break
        if not _is_group(groups[0], digits):
            break
        for _ in range(length + 1):
            parser.next()
        groups.append(digits)
        if "." in digits:
            break
    return "".join(groups)


def _separator(parser: Parser) -> int:
    """How many tokens separate two groups of digits here; -1 where nothing can."""
    if parser.is_sign(",") and parser.token.touching and parser.peek().touching:
        return 1
    if parser.is_sign("'") and parser.token.touching:
        return 1
    if parser.is_sign("{") and parser.peek().text == "," and parser.peek(2).text == "}":
        return 3
    return 0 if parser.token.kind == "number" and not parser.spaced else -1


def _is_group(first: str, digits: str) -> bool:
    return (
        len(first) <= 3
        and first.strip("0") != ""
        and len(digits.partition(".")[0]) == 3
        and digits.replace(".", "").isdigit()
    )


# -- names --------------------------------------------------------------------------------------


def _name(parser: Parser) -> Node:
    token = parser.next()
    text = token.text.rstrip("'")
    primes = token.text[len(text) :]
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    names = parser.names
    whole = names.declared(text) if digits else None
    if whole and text not in names.functions:
        return _after(parser, symbol(whole), primes)
    if digits and (names.function(text) or text in names.functions):
        return _apply(parser, text, primes)
    pieces = names.split(letters)
    if len(letters) > 3 and pieces == (letters,) and not names.known(letters):
        _refuse_prose(parser, token, letters)
    if len(pieces) > 1:
        _push_back(parser, token, pieces, digits + primes)
        return _name(parser)
    name = pieces[0]
    if digits:
        known = names.declared(name, digits)
        node = symbol(known) if known else Node("index", (number(int(digits)),), name)
        return _after(parser, node, primes)
    return _named(parser, token, name, primes)


def _refuse_prose(parser: Parser, token: Token, word: str) -> None:
    """Two unknown words side by side are a sentence, not a product."""
    at = token.column
    before = re.search(r"([A-Za-z]{2,})\s+$", parser.text[:at])
    after = re.match(r"\s+([A-Za-z]{2,})", parser.text[at + len(word) :])
    for neighbour in (before, after):
        if neighbour and not parser.names.known(neighbour[1]) and neighbour[1] not in STOPS:
            parser.fail("mathematics, not words", f"remove {word!r}", token)


def _push_back(parser: Parser, token: Token, pieces: tuple[str, ...], tail: str) -> None:
    """Put a run of letters back as several names; ``sum`` and ``x`` each read as usual."""
    tokens = [Token("name", piece, token.column, True) for piece in pieces]
    tokens[0] = tokens[0]._replace(touching=token.touching)
    tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + tail)
    parser.at -= 1
    parser.tokens[parser.at : parser.at + 1] = tokens


def _named(parser: Parser, token: Token, name: str, primes: str) -> Node:
    names = parser.names
    while not names.has_matrices and not parser.arrays and parser.is_sign("'"):
        primes += parser.next().text
    if parser.is_sign("_") and name not in names.functions and not _is_log(parser, name):
        if name in ("sum", "prod", "Sigma", "Pi") and name not in names.symbols:
            return big_operator(parser, "prod" if name in ("prod", "Pi") else "sum")
        return _subscripted(parser, name, primes)
    if name in ("sum", "Sum", "prod", "product") and name not in names.symbols and parser.is_sign("("):
        return _sum_call(parser, "prod" if name.startswith("prod") else "sum")
    constant = names.constant(name)
    if constant:
        return Node("constant", (), constant)
    if name in names.functions or names.function(name):
        return _apply(parser, name, primes)
    if name in _INDICATORS and name not in names.symbols and parser.is_sign("(", "[", "\\{", "{"):
        inner = atom(parser)
        if inner.op in ("compare", "and", "or", "indicator"):
            return arithmetic(inner)
        return Node("mul", (symbol(name), inner))
    if name in STOPS and name not in names.symbols:
        parser.fail("a number or a name", f"remove the word {name!r}", token)
    declared = names.declared(name)
    if declared:
        return _after(parser, symbol(declared), primes)
    if parser.is_sign("(") and parser.token.touching and (len(name) > 1 or name in "fghF"):
        if name not in GREEK.values():
            return Node("apply", tuple(arguments(parser)), name + primes)
    return _after(parser, symbol(name), primes)


def _after(parser: Parser, node: Node, primes: str) -> Node:
    """A prime transposes a matrix and marks a derivative elsewhere; brackets may follow."""
    if primes and parser.names.has_matrices:
        return Node("transpose", (node,))
    if primes:
        name = f"{node.value}{primes}"
        if parser.is_sign("("):
            return Node("apply", tuple(arguments(parser)), name)
        return symbol(parser.names.declared(name) or name)
    return node


def _subscripted(parser: Parser, name: str, primes: str = "") -> Node:
    """A name with its subscript: one declared name, or an indexed one."""
    index = subscript(parser)
    label = _label(index)
    declared = parser.names.declared(name, label) if label else None
    if declared:
        return _after(parser, symbol(declared), primes)
    if index.op == "text":
        return _after(parser, symbol(f"{name}_{index.value}"), primes)
    if label and f"{name}_{label}" in parser.names.functions:
        return _apply(parser, f"{name}_{label}", primes)
    indices = index.args if index.op == "tuple" else (index,)
    return _after(parser, Node("index", indices, parser.names.declared(name) or name), primes)


def _label(index: Node) -> str:
    """A subscript as it would stand in a declared name, or nothing for a computed one."""
    if index.op in ("symbol", "text"):
        return str(index.value)
    if index.op == "number":
        return str(index.value)
    if index.op == "tuple":
        labels = [_label(part) for part in index.args]
        return "".join(labels) if all(labels) else ""
    return ""


# -- functions ----------------------------------------------------------------------------------


def _is_log(parser: Parser, name: str) -> bool:
    return name in ("log", "ln") and name not in parser.names.symbols


def _apply(parser: Parser, name: str, primes: str) -> Node:
    """A function and its argument, with a base or power between them."""
    known = parser.names.function(name)
    if primes or known is None:
        if not parser.is_sign("("):
            return symbol(name + primes)
        return Node("apply", tuple(arguments(parser)), name + primes)
    if known == "sigma" and not parser.is_sign("(") and not _raised_call(parser):
        return symbol("sigma") if name == "sigma" else _bare(parser, known)
    base = subscript(parser) if known == "log" and parser.is_sign("_") else None
    exponent = None
    if parser.is_sign("^") and known in RAISED:
        parser.next()
        exponent = parser.exponent()
    if exponent is not None and exponent in (number(-1), Node("neg", (ONE,))) and known in INVERSES:
        known, exponent = INVERSES[known], None  # sin^-1 is the inverse function
    if known == "norm" and parser.is_sign("("):
        items = arguments(parser)
        return Node("norm", (items[0],), _label(items[1]) if len(items) > 1 else "2")
    if parser.is_sign("(", "[", "{", "\\{") and not (parser.is_sign("[") and known in ("max", "min")):
        node = _called(parser, known, arguments(parser))
    elif known in _BARE:
        node = _bare(parser, known)
    elif known in ("step", "mean", "norm", "diag", "outer", "dot"):
        return symbol(name)
    else:
        parser.fail(f"'(' after {name}", f"write {name}(...)")
    if base is not None:
        node = Node("div", (node, call("log", base)))
    return Node("pow", (node, exponent)) if exponent is not None else node


def _called(parser: Parser, known: str, items: list[Node]) -> Node:
    wanted = _ARITY.get(known)
    if wanted and len(items) not in wanted:
        parser.fail(
            f"{' or '.join(map(str, wanted))} values in {known}(...), found {len(items)}",
        )
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


_MANY = {"max", "min", "logsumexp", "softmax", "mean"}
_ARITY = {
    "log": (1, 2), "mod": (2,), "where": (3,), "pow": (2,), "binomial": (2,), "dot": (2,),
    "matmul": (2,), "outer": (2,), "atan2": (2,),
} | {
    name: (1,)
    for name in [*_BARE - {"log"}, "sigma", "relu", "logit", "log1p", "expm1", "Phi", "step",
                 "inverse", "transpose", "diag", "factorial", "erfc"]
}  # fmt: skip


def _raised_call(parser: Parser) -> bool:
    """Whether ``sigma^2(z)`` follows: a power and then a bracket that touches it."""
    if not parser.is_sign("^"):
        return False
    tokens = parser.tokens[parser.at + 1 : parser.at + 6]
    after = next((i for i, t in enumerate(tokens) if t.text not in ("{", "-", "}", "1", "2", "3")), 0)
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


def _text(parser: Parser) -> Node:
    """``\\mathrm{LSE}(x)``, ``\\text{ReLU}(z)``, ``n_{\\text{in}}``."""
    token = parser.next()
    word = token.text.replace(" ", "")
    if not word.replace("_", "").isalnum() or not word[0].isalpha():
        parser.fail("mathematics", f"remove the words {token.text!r}", token)
    if parser.names.known(word) or len(word) == 1 or not parser.names.declared(word):
        return _named(parser, token, word, "")
    return symbol(parser.names.declared(word) or word)


# -- sums and products --------------------------------------------------------------------------


def big_operator(parser: Parser, op: str) -> Node:
    """``\\sum_{i=1}^{n} body``; without bounds the index runs over the question's own range."""
    bound, low, high = "", None, None
    while parser.is_sign("_", "^"):
        if parser.is_sign("^"):
            parser.next()
            high = parser.exponent()
            continue
        below = subscript(parser)
        if below.op == "compare" and below.value == ("=",) and below.args[0].op == "symbol":
            bound, low = below.args[0].value, below.args[1]
        elif below.op == "symbol":
            bound = below.value
        else:
            parser.fail("an index below the sum", "write \\sum_{i=1}^{n}")
    if not bound:
        parser.fail("an index below the sum", "write \\sum_{i=1}^{n}")
    body = arithmetic(parser.term())
    bounds = (low, high) if low is not None and high is not None else ()
    if bool(bounds) != (low is not None or high is not None):
        parser.fail("both bounds of the sum", "write \\sum_{i=1}^{n}")
    return Node(op, (body, *bounds), bound)  # type: ignore[arg-type]


def _sum_call(parser: Parser, op: str) -> Node:
    """``sum(body, i, 1, n)`` and ``Sum(body, (i, 1, n))``."""
    start = parser.token
    items = arguments(parser)
    if len(items) == 2 and items[1].op == "tuple":
        items = [items[0], *items[1].args]
    if len(items) == 1:
        return call("total", items[0])
    if len(items) != 4 or items[1].op != "symbol":
        parser.fail(f"{op}(body, index, first, last)", f"write {op}(w_i*x_i, i, 1, n)", start)
    return Node(op, (arithmetic(items[0]), items[2], items[3]), items[1].value)


# -- signs --------------------------------------------------------------------------------------


def _fraction(parser: Parser) -> Node:
    parser.next()
    return Node("div", (arithmetic(short(parser)), arithmetic(short(parser))))


def _binomial(parser: Parser) -> Node:
    parser.next()
    return call("binomial", short(parser), short(parser))


def short(parser: Parser) -> Node:
    """A TeX argument: a group, or one digit or one name: ``\\frac13``, ``\\frac\\lambda2``."""
    token = parser.token
    if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
        parser.tokens[parser.at] = token._replace(text=token.text[1:])
        return number(int(token.text[0]))
    if parser.is_sign("{"):
        return group(parser)
    if token.kind == "name" and token.text.isascii() and len(token.text) > 1:
        if len(parser.names.split(token.text)) > 1:
            _push_back(parser, parser.next(), parser.names.split(token.text), "")
    if token.kind in ("number", "name") or parser.is_sign("(", "\\frac", "\\sqrt"):
        return atom(parser)
    return atom(parser)


def _root(parser: Parser) -> Node:
    parser.next()
    degree = None
    if parser.is_sign("["):
        parser.next()
        degree = parser.sum()
        parser.expect("]")
    if parser.is_sign("{"):
        inside = group(parser)
    else:
        parser.enter()
        inside = atom(parser)
        parser.depth -= 1
    if degree is None:
        return call("sqrt", arithmetic(inside))
    if degree == number(3):
        return call("cbrt", arithmetic(inside))
    return Node("pow", (arithmetic(inside), Node("div", (ONE, degree))))


def _between(function: str, close: str) -> Callable[[Parser], Node]:
    def read(parser: Parser) -> Node:
        parser.next()
        inside = arithmetic(parser.sum())
        parser.expect(close)
        return call(function, inside)

    return read


def _accent(parser: Parser) -> Node:
    """``\\hat{y}_i`` is the name y_hat with the index i."""
    command = parser.next().text.lstrip("\\")
    accent = {"widehat": "hat", "overline": "bar", "widetilde": "tilde"}.get(command, command)
    inside = short(parser)
    if inside.op == "symbol":
        name = f"{inside.value}_{accent}"
        if parser.is_sign("_"):
            return _subscripted(parser, name)
        return symbol(parser.names.declared(name) or name)
    if inside.op == "index":
        declared = parser.names.declared(inside.value, accent, *map(_label, inside.args))
        return symbol(declared) if declared else inside._replace(value=f"{inside.value}_{accent}")
    parser.fail(f"a name under the {accent}")


def _font(parser: Parser) -> Node:
    """``\\mathbf{W}`` is W; ``\\mathbb{1}`` is the indicator."""
    token = parser.next()
    braces = parser.take("{")
    inner = parser.token
    if inner.kind == "number" and inner.text == "1":
        parser.next()
        node = ONE
        if braces:
            parser.expect("}")
        if parser.is_sign("_"):
            condition = subscript(parser)
            return Node("indicator", (condition,)) if condition.op == "compare" else node
        if parser.is_sign("[", "(", "\\{"):
            inner = arithmetic(atom(parser))
            return inner if inner.op == "indicator" else Node("mul", (node, inner))
        return node
    if inner.text == "\\top" or (inner.text == "T" and token.text == "\\mathsf"):
        parser.next()
        if braces:
            parser.expect("}")
        return Node("transpose_mark")
    if not braces:
        return atom(parser)
    if inner.kind in ("name", "text") and parser.peek().text == "}":
        parser.next()
        parser.expect("}")
        parser.at -= 1  # the name stands where its closing brace was
        parser.tokens[parser.at] = inner._replace(kind="name")
        return atom(parser)
    node = parser.statement()
    parser.expect("}")
    return node


def _boxed(parser: Parser) -> Node:
    parser.next()
    return group(parser)


def _infinity(parser: Parser) -> Node:
    parser.next()
    return Node("constant", (), "infinity")


def _lazy_begin(parser: Parser) -> Node:
    from partialcredit.grading.environments import environment

    return environment(parser)


_SIGNS: dict[str, Callable[[Parser], Node]] = {
    "(": round_bracket,
    "[": square_bracket,
    "]": square_bracket,
    "{": braces,
    "\\{": braces,
    "|": bars,
    "||": bars,
    "\\|": bars,
    "\\frac": _fraction,
    "\\binom": _binomial,
    "\\sqrt": _root,
    "\\sum": lambda parser: (parser.next(), big_operator(parser, "sum"))[1],
    "\\prod": lambda parser: (parser.next(), big_operator(parser, "prod"))[1],
    "\\lfloor": _between("floor", "\\rfloor"),
    "\\lceil": _between("ceil", "\\rceil"),
    "\\infty": _infinity,
    "\\boxed": _boxed,
    "\\begin": _lazy_begin,
    **dict.fromkeys(
        ("\\hat", "\\bar", "\\tilde", "\\dot", "\\overline", "\\widehat", "\\widetilde"), _accent
    ),
    **dict.fromkeys(
        (
            "\\mathbb", "\\mathbf", "\\mathrm", "\\mathit", "\\mathsf", "\\mathcal", "\\boldsymbol",
            "\\bm", "\\bf", "\\operatorname", "\\text", "\\vec", "\\underline",
        ),
        _font,
    ),
}  # fmt: skip
