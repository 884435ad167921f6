r"""A shape as sizes: ``(n, 3d)``, ``X.shape = (5, 4)``, ``\mathbb{R}^{m \times n}``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

from flint import fmpq

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.reader.dressing import undressed
from partialcredit.grading.reader.labels import label_length
from partialcredit.grading.reader.lexer import Token, tokenize
from partialcredit.grading.reader.names import Names, names_for
from partialcredit.grading.reader.prose import without_prose
from partialcredit.grading.reader.reading import read_quantity
from partialcredit.grading.tree import Node

__all__ = ["read_shape"]

_NONE = names_for()
_EXPECTED = "expected a shape such as 28x28x6 or (28, 28, 6)"
_CROSSES = frozenset({"\\times", "\\cdot", "*", "by"})
_PAIRS = {"\\langle": "\\rangle", "(": ")", "[": "]", "{": "}", "\\{": "\\}"}
_MOST = 16


def read_shape(text: str, names: Names = _NONE) -> tuple[Node, ...]:
    """The sizes in their order, one tree each; raises ``UnreadableAnswer``."""
    bare = without_prose(undressed(text), names.known)
    tokens = [t for t in tokenize(text, bare) if t.text != ""]
    tokens = _without_names(tokens, names)
    if not tokens and not re.fullmatch(r"\(\s?\)|\[\s?\]", bare.strip()):
        raise UnreadableAnswer(text, 0, _EXPECTED)
    if len(tokens) == 1 and tokens[0].text == "scalar":
        return ()
    tokens = _crosses_apart(tokens, names)
    tokens, total = _without_total(tokens)
    sizes = _split(tokens)
    if len(sizes) > _MOST:
        raise UnreadableAnswer(text, 0, _EXPECTED, f"at most {_MOST} sizes")
    found: list[Node] = []
    for size in sizes:
        found.extend(_read(text, size, names, crossed=_is_crossed(tokens)))
    if total is not None and total != _product(found):
        raise UnreadableAnswer(text, 0, _EXPECTED, "what stands after = is not their product")
    return tuple(found)


def _without_total(tokens: list[Token]) -> tuple[list[Token], fmpq | None]:
    """``28x28x6=4704``: the number of entries behind the shape."""
    signs = [token.text for token in tokens if token.text in ("=", ",", ";")]
    if signs != ["="] or tokens[-2].text != "=" or not tokens[-1].text.isdigit():
        return tokens, None
    return tokens[:-2], fmpq(int(tokens[-1].text))


def _product(sizes: list[Node]) -> fmpq | None:
    if any(size.op != "number" for size in sizes):
        return None
    return prod((size.value for size in sizes), start=fmpq(1))


def _without_names(tokens: list[Token], names: Names) -> list[Token]:
    """What remains without ``X.shape =``, ``torch.Size`` and the set the array lives in."""
    end = Token("end", "", 0, False)
    length = label_length([*tokens, end], 0, names, arrays=True)
    labelled = 0 < length < len(tokens)
    if labelled:
        rest = tokens[length + 1 :]
        if not any(token.text == "=" for token in rest):
            tokens = rest
    while len(tokens) > 1 and tokens[0].text in ("torch", "Size", "np", "shape", ".", "=", "\\in"):
        tokens = tokens[1:]
    for i, token in enumerate(tokens[:6]):
        if token.text == "^" and any(t.text in ("R", "\\R") for t in tokens[:i]):
            tokens = tokens[i + 1 :]
            break
    while len(tokens) > 1 and _enclosed(tokens):
        tokens = tokens[1:-1]
    return tokens


def _enclosed(tokens: Sequence[Token]) -> bool:
    """Whether one pair of brackets holds everything."""
    if tokens[-1].text != _PAIRS.get(tokens[0].text):
        return False
    depth = 0
    for token in tokens[:-1]:
        depth += (token.text in _PAIRS) - (token.text in _PAIRS.values())
        if depth == 0:
            return False
    return True


def _crosses_apart(tokens: list[Token], names: Names) -> list[Token]:
    """``28x28x6`` comes as 28, x28, x6: the crosses become tokens of their own."""
    found: list[Token] = []
    for i, token in enumerate(tokens):
        below = i > 0 and tokens[i - 1].text in ("_", "^")
        if (
            below
            or token.kind != "name"
            or token.text in names.symbols
            or names.declared(token.text)
        ):
            found.append(token)
            continue
        text, column = token.text, token.column
        if text[:1] in "xX" and text[1:].isdigit():
            found.append(Token("sign", "\\times", column, True))
            found.append(Token("number", text[1:], column + 1, True))
        elif text in ("x", "X"):
            found.append(Token("sign", "\\times", column, True))
        elif "x" in text and all(
            part in names.symbols or part.isdigit() for part in text.split("x") if part
        ):
            found.extend(_parts(text, column))
        else:
            found.append(token)
    return found


def _parts(text: str, column: int) -> list[Token]:
    """``nxm`` between declared sizes."""
    found: list[Token] = []
    for i, part in enumerate(text.split("x")):
        if i:
            found.append(Token("sign", "\\times", column, True))
            column += 1
        if part:
            found.append(Token("number" if part.isdigit() else "name", part, column, True))
        column += len(part)
    return found


def _is_crossed(tokens: Sequence[Token]) -> bool:
    """Whether crosses stand between the sizes."""
    depth, crossed = 0, False
    for i, token in enumerate(tokens):
        depth += (token.text in _PAIRS) - (token.text in _PAIRS.values())
        if depth == 0 and token.text in (",", ";") and 0 < i < len(tokens) - 1:
            thousands = tokens[i + 1].touching and len(tokens[i + 1].text) == 3
            if not (thousands and tokens[i - 1].kind == tokens[i + 1].kind == "number"):
                return False
        crossed |= depth == 0 and token.text in _CROSSES
    return crossed


def _split(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each size."""
    crossed = _is_crossed(tokens)
    separators = _CROSSES if crossed else frozenset({",", ";"})
    apart = all(token.kind == "number" for token in tokens)  # 28 28 6
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _PAIRS) - (token.text in _PAIRS.values())
        if depth == 0 and token.text in separators:
            found.append([])
        elif apart and found[-1]:
            found.append([token])
        else:
            found[-1].append(token)
    if not crossed and not found[-1]:
        found.pop()  # a trailing comma
    return found


def _read(text: str, size: list[Token], names: Names, *, crossed: bool) -> list[Node]:
    if not size:
        raise UnreadableAnswer(text, 0, _EXPECTED, "a size is missing")
    written = " ".join(token.text for token in size)
    try:
        tree, unit = read_quantity(_joined(size), names)
    except UnreadableAnswer:
        raise UnreadableAnswer(text, size[0].column, _EXPECTED, f"not {written[:30]!r}") from None
    if (
        tree.op == "compare"
        and tree.args[0].op in ("label", "symbol", "index")
        and len(tree.args) == 2
    ):
        tree = tree.args[1]  # H = 5
    if unit or tree.op in ("compare", "and", "or", "list", "tuple", "set"):
        raise UnreadableAnswer(text, size[0].column, _EXPECTED, f"not {written[:30]!r}")
    base = tree.args[0] if tree.op == "pow" else tree
    if crossed and tree.op == "pow" and base.op == tree.args[1].op == "number":
        times = tree.args[1].value  # 120^2 x 32 are three axes
        if times.q == 1 and 1 < times <= _MOST:
            return [base] * int(times.p)
    return [tree]


def _joined(tokens: list[Token]) -> str:
    """The tokens as text again; a command keeps its blank."""
    pieces = []
    for token in tokens:
        blank = "" if token.touching else " "
        piece = f"\\text{{{token.text}}}" if token.kind == "text" else token.text
        pieces.append(
            blank + piece + (" " if piece.startswith("\\") and piece[-1:].isalpha() else "")
        )
    return "".join(pieces)
