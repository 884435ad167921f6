"""Written numbers: decimals, grouped thousands, decimal commas, mixed numbers."""

from __future__ import annotations

from partialcredit.grading.reader.parser import Parser
from partialcredit.grading.reader.subscripts import rational, subscript
from partialcredit.grading.tree import Node, number

__all__ = ["numeral"]


_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def numeral(parser: Parser) -> Node:
    """A written number, and what may be glued to it: groups, a fraction, an indicator."""
    token = parser.next()
    text = token.text
    if parser.grouping:
        text = _grouped(parser, text)
    node = number(rational(parser, text, token))
    if parser.token.kind == "name" and parser.token.text in _SCALES:
        return number(node.value * _SCALES[parser.next().text])
    if text == "1" and parser.is_sign("_") and parser.token.touching:
        condition = subscript(parser)  # 1_{z>0}
        if condition.op == "compare":
            return Node("indicator", (condition,))
        parser.fail("a condition below the indicator 1", "write 1[z>0]", token)
    raised = parser.at > 1 and parser.tokens[parser.at - 2].text in ("^", "_")
    if text.isdigit() and not raised and parser.is_sign("\\frac") and parser.token.touching:
        return _mixed(node, parser.atom())
    if text == "1" and not parser.sets and parser.is_sign("[", "\\{") and parser.token.touching:
        inner = parser.atom()
        return inner if inner.op == "indicator" else Node("mul", (node, inner))  # 1[z>0]
    return node


def _mixed(whole: Node, part: Node) -> Node:
    r"""``1\frac12`` is one and a half; ``2\frac{1}{n}`` is a product."""
    top, bottom = part.args
    if top.op == bottom.op == "number" and 0 < top.value < bottom.value:
        return Node("add", (whole, part))
    return Node("mul", (whole, part))


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
