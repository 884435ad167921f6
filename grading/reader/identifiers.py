"""Names: letters, Greek, subscripts, primes and words in TeX text."""

from __future__ import annotations

import re

from partialcredit.grading.reader.applications import apply
from partialcredit.grading.reader.brackets import arguments
from partialcredit.grading.reader.characters import GREEK
from partialcredit.grading.reader.lexer import Token
from partialcredit.grading.reader.names import ACCENTS, RAISED
from partialcredit.grading.reader.nodes import arithmetic
from partialcredit.grading.reader.parser import STOPS, Parser
from partialcredit.grading.reader.series import big_operator, sum_call
from partialcredit.grading.reader.subscripts import label_of, subscript
from partialcredit.grading.tree import Node, call, number, symbol

__all__ = ["identifier", "push_back", "subscripted", "text_name"]

#: Functions whose argument may follow without a space.
_BEFORE_DIGITS = (RAISED - {"sigma", "relu"}) | {"ln", "sqrt"}
#: Names that mean a function only with the right number of arguments.
_SPECIAL = frozenset({"root", "C", "Gamma", "H"})
_INDICATORS = frozenset({"I", "indicator", "ind", "mathbb1"})


def identifier(parser: Parser) -> Node:
    """A run of letters: one name, or several multiplied."""
    token = parser.next()
    text = token.text.rstrip("'")
    primes = token.text[len(text) :] + _raised_primes(parser)
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    follows = parser.is_sign("(") or parser.token.kind == "number"
    if text == "In" and follows and not parser.names.declared(text):
        text = letters = "ln"  # ln with a capital i
    if not letters:  # what a subscript without braces left over
        parser.fail("a name", "put the subscript into braces", token)
    names = parser.names
    whole = names.declared(text) if digits else None
    if whole and text not in names.functions:
        return _after(parser, symbol(whole), primes)
    if digits and (names.function(text) or names.own_function(text)):
        return apply(parser, text, primes)
    pieces = names.split(letters)
    if len(letters) > 3 and pieces == (letters,) and not names.known(letters):
        _refuse_prose(parser, token, letters)
    if len(pieces) > 1:
        push_back(parser, token, pieces, digits + primes)
        return identifier(parser)
    name = pieces[0]
    if digits:
        known = names.declared(name, digits)
        if not (known or primes) and name in _BEFORE_DIGITS and name not in names.symbols:
            _part_digits(parser, token, name, digits)
            return identifier(parser)
        if not known and name in ("sum", "prod", "Sigma", "Pi"):  # name_1 would read as a sum
            parser.fail("an index below the sum", "write \\sum_{i=1}^{n}", token)
        node = symbol(known) if known else Node("index", (number(int(digits)),), name)
        return _after(parser, node, primes)
    return _named(parser, token, name, primes)


def _raised_primes(parser: Parser) -> str:
    r"""``f^{\prime}`` and ``f^\prime`` are f'."""
    if not parser.is_sign("^") or parser.names.has_matrices or parser.arrays:
        return ""
    braced = parser.peek().text == "{"
    found = 0
    while parser.peek(1 + braced + found).text == "'":
        found += 1
    if not found or (braced and parser.peek(1 + braced + found).text != "}"):
        return ""
    for _ in range(1 + 2 * braced + found):
        parser.next()
    return "'" * found


def _refuse_prose(parser: Parser, token: Token, word: str) -> None:
    """Two unknown words side by side are a sentence, not a product."""
    at = token.column
    before = re.search(r"([A-Za-z]{2,})\s+$", parser.text[:at])
    after = re.match(r"\s+([A-Za-z]{2,})", parser.text[at + len(word) :])
    for neighbour in (before, after):
        if neighbour and not parser.names.known(neighbour[1]) and neighbour[1] not in STOPS:
            parser.fail("mathematics, not words", f"remove {word!r}", token)


def push_back(parser: Parser, token: Token, pieces: tuple[str, ...], tail: str) -> None:
    """Put a run of letters back as several names; ``sum`` and ``x`` each read as usual."""
    tokens = [Token("name", piece, token.column, True) for piece in pieces]
    tokens[0] = tokens[0]._replace(touching=token.touching)
    tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + tail)
    parser.at -= 1
    parser.tokens[parser.at : parser.at + 1] = tokens


def _part_digits(parser: Parser, token: Token, name: str, digits: str) -> None:
    """``ln2`` is ln 2: put the name and the number back as two tokens."""
    column = token.column + len(name)
    tokens = [token._replace(text=name), Token("number", digits, column, False)]
    parser.at -= 1
    parser.tokens[parser.at : parser.at + 1] = tokens


def _named(parser: Parser, token: Token, name: str, primes: str) -> Node:
    names = parser.names
    while not names.has_matrices and not parser.arrays and parser.is_sign("'"):
        primes += parser.next().text
    own = names.own_function(name)
    if own:
        name = own
    if parser.is_sign("_") and not own and not _is_log(parser, name):
        if name in ("sum", "prod", "Sigma", "Pi") and name not in names.symbols:
            return big_operator(parser, "prod" if name in ("prod", "Pi") else "sum")
        return subscripted(parser, name, primes)
    if (
        name in ("sum", "Sum", "prod", "product")
        and name not in names.symbols
        and parser.is_sign("(")
    ):
        return sum_call(parser, "prod" if name.startswith("prod") else "sum")
    constant = names.constant(name)
    if constant:
        return Node("constant", (), constant)
    if own or names.function(name):
        return apply(parser, name, primes)
    if parser.is_sign("(") and name in _SPECIAL and name not in names.symbols:
        special = _special(parser, name)
        if special is not None:
            return special
    if name in _INDICATORS and name not in names.symbols and parser.is_sign("(", "[", "\\{", "{"):
        inner = parser.atom()
        if inner.op in ("compare", "and", "or", "indicator"):
            return arithmetic(inner)
        return Node("mul", (symbol(name), inner))
    if name in STOPS and name not in names.symbols:
        parser.fail("a number or a name", f"remove the word {name!r}", token)
    declared = names.declared(name)
    if declared:
        return _after(parser, symbol(declared), primes)
    applied = parser.is_sign("(") and parser.token.touching
    if applied and name not in GREEK.values() and (len(name) > 1 or name in "fghF"):
        return Node("apply", tuple(arguments(parser)), name + primes)
    return _after(parser, symbol(name), primes)


def _special(parser: Parser, name: str) -> Node | None:
    """``root(x, 3)``, ``C(n, k)``, ``Gamma(n + 1)`` and ``H(x)``."""
    start = parser.at
    state = list(parser.tokens)
    items = [arithmetic(item) for item in arguments(parser)]
    if name == "root" and len(items) in (1, 2):
        degree = items[1] if len(items) == 2 else number(2)
        if degree == number(2):
            return call("sqrt", items[0])
        return Node("pow", (items[0], Node("div", (number(1), degree))))
    if name == "C" and len(items) == 2:
        return call("binomial", *items)
    if name == "H" and len(items) == 1:
        return call("step", *items)
    if name == "Gamma" and len(items) == 1:
        return call("factorial", Node("add", (items[0], Node("neg", (number(1),)))))
    parser.at, parser.tokens = start, state
    return None


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


def subscripted(parser: Parser, name: str, primes: str = "") -> Node:
    """A name with its subscript: one declared name, or an indexed one."""
    index = subscript(parser)
    label = label_of(index)
    declared = parser.names.declared(name, label) if label else None
    if declared:
        return _after(parser, symbol(declared), primes)
    if label in ACCENTS and parser.is_sign("_"):
        return subscripted(parser, f"{name}_{label}", primes)
    if index.op == "text" or label in ACCENTS:
        return _after(parser, symbol(f"{name}_{index.value}"), primes)
    if label and f"{name}_{label}" in parser.names.functions:
        return apply(parser, f"{name}_{label}", primes)
    indices = index.args if index.op == "tuple" else (index,)
    return _after(parser, Node("index", indices, parser.names.declared(name) or name), primes)


def _is_log(parser: Parser, name: str) -> bool:
    return name in ("log", "ln") and name not in parser.names.symbols


def text_name(parser: Parser) -> Node:
    r"""``\mathrm{LSE}(x)``, ``\text{ReLU}(z)``, ``n_{\text{in}}``."""
    token = parser.next()
    word = token.text.replace(" ", "")
    if not word.replace("_", "").isalnum() or not word[0].isalpha():
        parser.fail("mathematics", f"remove the words {token.text!r}", token)
    if parser.names.known(word) or len(word) == 1 or not parser.names.declared(word):
        return _named(parser, token, word, "")
    return symbol(parser.names.declared(word) or word)
