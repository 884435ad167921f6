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
    text = _with_exponent(parser, token.text)
    if parser.grouping or parser.decimal_commas:
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
    if text.isdigit() and not raised and parser.is_sign("\\frac") and _beside(parser):
        return _mixed(node, parser.atom())
    if text.isdigit() and not raised and _typed_fraction(parser):
        above, below = parser.next(), (parser.next(), parser.next())[1]
        part = Node("div", (number(int(above.text)), number(int(below.text))))
        return Node("add", (node, part))
    if text == "1" and not parser.sets and parser.is_sign("[", "\\{") and parser.token.touching:
        inner = parser.atom()
        return inner if inner.op == "indicator" else Node("mul", (node, inner))  # 1[z>0]
    return node


def _with_exponent(parser: Parser, text: str) -> str:
    """``1.2 e-3``, ``9.11 E-31``, ``1e 10``: a blank beside the e, in a question of numbers."""
    token = parser.token
    if parser.spaced or parser.names.symbols or token.kind != "name" or "e" in text.lower():
        return text
    if token.text[0] not in "eE" or not (token.text[1:].isdigit() or len(token.text) == 1):
        return text
    if len(token.text) > 1:
        parser.next()
        return f"{text}e{token.text[1:]}"
    sign, digits = parser.peek(), parser.peek(2)
    if sign.kind == "number" and token.touching and sign.text.isdigit():
        parser.next()
        return f"{text}e{parser.next().text}"
    signed = sign.text in ("+", "-") and sign.touching and digits.touching
    if not signed or digits.kind != "number" or not digits.text.isdigit():
        return text
    parser.next()
    parser.next()
    parser.next()
    return f"{text}e{sign.text}{digits.text}"


def _beside(parser: Parser) -> bool:
    """Whether a fraction belongs to the number before it; in a row a blank separates entries."""
    return parser.token.touching or not parser.spaced


def _typed_fraction(parser: Parser) -> bool:
    """Whether ``3/4`` follows after a blank, as in ``1 3/4``."""
    above, slash, below = parser.token, parser.peek(), parser.peek(2)
    if parser.spaced or above.kind != "number" or above.touching or slash.text != "/":
        return False
    if below.kind != "number" or not (above.text.isdigit() and below.text.isdigit()):
        return False
    if len(above.text) > 6 or len(below.text) > 6 or parser.peek(3).text == "^":
        return False
    return 0 < int(above.text) < int(below.text)


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
        comma = length in (1, 3) and _touching(parser, length)
        if (
            comma
            and _decimals(digits)
            and (parser.decimal_commas or not _continues(groups, digits))
        ):
            for _ in range(length + 1):  # a decimal comma
                parser.next()
            return f"{''.join(groups)}.{digits}"
        if length and len(groups) == 1 and not _is_group(text, digits):
            break
        if not _is_group(groups[0], digits):
            break
        for _ in range(length + 1):
            parser.next()
        groups.append(digits)
        if "." in digits:
            break
    return "".join(groups)


def _touching(parser: Parser, length: int) -> bool:
    return all(parser.peek(i).touching for i in range(length + 1))


def _decimals(digits: str) -> bool:
    """Digits after a decimal comma, perhaps with an exponent: ``1,2e-3``."""
    whole, _, exponent = digits.lower().partition("e")
    return whole.isdigit() and (not exponent or exponent.lstrip("+-").isdigit())


def _continues(groups: list[str], digits: str) -> bool:
    """Whether these digits are one more group of three."""
    return _is_group(groups[0], digits) and (len(groups) == 1 or len(groups[-1]) == 3)


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
