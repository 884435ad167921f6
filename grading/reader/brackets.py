"""What stands between brackets and braces."""

from __future__ import annotations

from partialcredit.grading.limits import MAX_NODES
from partialcredit.grading.reader.nodes import CONDITIONS, arithmetic
from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.tree import Node, call

__all__ = [
    "angles",
    "arguments",
    "braces",
    "group",
    "has_comma",
    "items",
    "round_bracket",
    "rows",
    "square_bracket",
]

_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}


def items(parser: Parser, *, row: bool = False) -> list[Node]:
    """Entries separated by commas, or by spaces in a row of an array."""
    found = [parser.statement()]
    while len(found) <= MAX_NODES:
        if parser.is_sign(",") or (parser.sets and parser.is_sign(";")):
            parser.next()
            if parser.is_sign(")", "]", "}", "\\}") or parser.token.kind == "end":
                break  # a trailing comma
            if parser.is_word("and") or parser.is_sign("&"):
                parser.next()
        elif not (row and _begins_entry(parser)):
            break
        found.append(parser.statement())
    return found


def _begins_entry(parser: Parser) -> bool:
    token = parser.token
    if token.kind in ("number", "name", "text"):
        return True
    return token.kind == "sign" and token.text in ("+", "-", "[", "(", "\\frac", "\\sqrt", "{")


def rows(parser: Parser) -> list[list[Node]]:
    """Rows separated by semicolons."""
    found = [items(parser, row=True)]
    while parser.take(";"):
        if parser.is_sign("]", ")"):
            break
        found.append(items(parser, row=True))
    return found


def _inside(parser: Parser, *, spaced: bool) -> tuple[bool, bool, list[str]]:
    """Enter a list: commas separate, bars start anew; gives what to restore."""
    before = (parser.grouping, parser.spaced, parser.bars)
    parser.grouping, parser.spaced, parser.bars = False, spaced, []
    parser.enter()
    return before


def _outside(parser: Parser, before: tuple[bool, bool, list[str]]) -> None:
    parser.grouping, parser.spaced, parser.bars = before
    parser.depth -= 1


def arguments(parser: Parser) -> list[Node]:
    """The values a function is applied to, in any kind of bracket."""
    opening = parser.next().text
    before = _inside(parser, spaced=False)
    found = items(parser)
    _close(parser, opening)
    _outside(parser, before)
    return found


def _close(parser: Parser, opening: str) -> None:
    closing = _CLOSING[opening]
    if not parser.take(closing):
        shown = opening.lstrip("\\")
        parser.fail(
            f"'{closing.lstrip(chr(92))}' to close '{shown}'",
            "count the brackets" if parser.token.kind == "end" else "",
        )


def group(parser: Parser) -> Node:
    """The braces of a TeX argument."""
    parser.next()
    if parser.is_sign("\\top") and parser.peek().text == "}":
        parser.next()
        parser.next()
        return Node("transpose_mark")
    before = _inside(parser, spaced=False)
    parser.grouping = before[0] and not has_comma(parser)
    found = items(parser)
    if len(found) == 1 and parser.is_sign("\\over", "\\choose"):
        found = [_plain_tex(parser, found[0])]
    _close(parser, "{")
    _outside(parser, before)
    return found[0] if len(found) == 1 else Node("tuple", tuple(found))


def _plain_tex(parser: Parser, above: Node) -> Node:
    r"""``{a \over b}`` and ``{n \choose k}``."""
    binomial = parser.next().text == "\\choose"
    pair = (arithmetic(above), arithmetic(parser.sum()))
    return call("binomial", *pair) if binomial else Node("div", pair)


def braces(parser: Parser) -> Node:
    """Braces that stand alone: a set, cases, or just a group."""
    opening = parser.next().text
    before = _inside(parser, spaced=False)
    if parser.take(_CLOSING[opening]):
        _outside(parser, before)
        return Node("set")
    first = parser.conjunction()
    if parser.is_word("if", "for", "when"):
        node = _typed_cases(parser, first)
    elif parser.is_sign("\\over", "\\choose"):
        node = _plain_tex(parser, first)
    elif parser.sets and parser.is_sign("|", ":"):
        node = _set_builder(parser, first)
    elif parser.is_sign(",") or (parser.sets and parser.is_sign(";")):
        parser.next()
        parser.grouping = False
        found = [first, *items(parser)]
        if parser.is_sign(";") and len(found) == 2 and found[1].op in CONDITIONS:
            node = _listed_cases(parser, found)
        else:
            node = Node("set", tuple(found))
    elif first.op in ("compare", "and", "or"):
        node = arithmetic(first)
    else:
        node = Node("set", (first,)) if parser.sets else first
    _close(parser, opening)
    _outside(parser, before)
    return node


def _set_builder(parser: Parser, first: Node) -> Node:
    r"""``{x \in R | -6 < x < 6}``: what stands after the bar decides."""
    parser.next()
    condition = parser.conjunction()
    return condition if first.op == "symbol" else Node("and", (first, condition))


def _listed_cases(parser: Parser, parts: list[Node]) -> Node:
    """``{x, x > 0; 0, x <= 0}``."""
    while parser.take(";"):
        parts.append(arithmetic(parser.sum()))
        if not parser.take(","):
            break
        if parser.is_word("otherwise", "else"):
            parser.next()
            break
        parts.append(parser.conjunction())
    return Node("cases", tuple(parts))


def _typed_cases(parser: Parser, first: Node) -> Node:
    """``{z if z > 0, 0 otherwise}``."""
    parts = [arithmetic(first)]
    while True:
        if parser.is_word("otherwise", "else"):
            parser.next()
            break
        parser.next()
        parts.append(parser.relation())
        if not parser.take(",", ";"):
            break
        if parser.is_word("otherwise", "else"):
            parser.next()
            parser.take(",", ":")
            parts.append(arithmetic(parser.sum()))
            break
        parts.append(arithmetic(parser.sum()))
    return Node("cases", tuple(parts))


def angles(parser: Parser) -> Node:
    r"""``\langle a, b\rangle``: an inner product, or a vector where one is asked for."""
    parser.next()
    before = _inside(parser, spaced=False)
    found = items(parser)
    parser.expect("\\rangle")
    _outside(parser, before)
    if len(found) == 2 and not parser.arrays:
        return call("dot", *map(arithmetic, found))
    return Node("tuple", tuple(found))


def round_bracket(parser: Parser) -> Node:
    """A group, a tuple, or an interval that closes with a square bracket."""
    return _bracket(parser, square=False)


def square_bracket(parser: Parser) -> Node:
    """A list, a matrix, an indicator, an interval, or a group."""
    return _bracket(parser, square=True)


def _bracket(parser: Parser, *, square: bool) -> Node:
    opening = parser.next()
    if opening.text == "]" and not parser.sets:
        parser.fail("a number, a name or a bracket, not ']'", token=opening)
    if parser.is_sign("]", ")") and opening.text != "]":
        parser.fail("something between the brackets")
    spaced = square and parser.arrays and not has_comma(parser)
    before = _inside(parser, spaced=spaced)
    parser.grouping = before[0] and not _commas_separate(parser)
    if parser.sets and _has_own(parser, ";"):
        parser.grouping = True  # ]0; 0,5]: the comma is a decimal one
    found = rows(parser) if parser.arrays or (square and not parser.sets) else [items(parser)]
    closing = parser.token.text
    if closing not in (")", "]", "[") or (closing == "[" and not parser.sets):
        parser.fail(
            f"'{']' if square else ')'}' to close '{opening.text}'",
            "count the brackets" if parser.token.kind == "end" else "",
        )
    parser.next()
    _outside(parser, before)
    return _bracketed(parser, opening.text, closing, found)


def _bracketed(parser: Parser, opening: str, closing: str, found: list[list[Node]]) -> Node:
    entries = found[0]
    if len(found) > 1:
        return Node("list", tuple(Node("list", tuple(row)) for row in found))
    matched = (opening, closing) in (("(", ")"), ("[", "]"))
    if not matched:
        if len(entries) != 2 or not parser.sets:
            parser.fail(
                f"a bracket that matches '{opening}'",
                f"'{closing}' does not close it",
                parser.tokens[parser.at - 1],
            )
        return Node("interval", tuple(entries), (opening == "[", closing == "]"))
    if opening == "[":
        if len(entries) == 1 and entries[0].op in ("compare", "and", "or"):
            return Node("indicator", (entries[0],))
        if len(entries) == 1 and entries[0].value == "matrix":
            return entries[0]  # brackets around a TeX array
        if len(entries) > 1 or parser.arrays:
            return Node("list", tuple(entries))
        return entries[0]
    return entries[0] if len(entries) == 1 else Node("tuple", tuple(entries))


def has_comma(parser: Parser) -> bool:
    """Whether this bracket has a comma of its own before it closes."""
    return _has_own(parser, ",")


def _has_own(parser: Parser, sign: str) -> bool:
    depth = 0
    for token in parser.tokens[parser.at :]:
        if token.kind != "sign":
            continue
        if token.text in ("(", "[", "{", "\\{"):
            depth += 1
        elif token.text in (")", "]", "}", "\\}"):
            depth -= 1
            if depth < 0:
                return False
        elif token.text == sign and depth == 0:
            return True
    return False


def _commas_separate(parser: Parser) -> bool:
    """Whether the commas of this bracket separate entries rather than digits."""
    return parser.arrays or parser.sets or has_comma(parser)
