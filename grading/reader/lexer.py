"""An answer as tokens: numbers, names, commands and signs, each with its column."""

from __future__ import annotations

import re
from typing import NamedTuple

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.limits import MAX_DIGITS, MAX_NODES
from partialcredit.grading.reader.characters import GREEK, normalise

__all__ = ["Token", "tokenize"]


class Token(NamedTuple):
    """One token; ``touching`` says that no space stands before it."""

    kind: str  # number, name, text, sign or end
    text: str
    column: int
    touching: bool


_TOKEN = re.compile(
    r"""
    (?P<join>\\!\s*)
  | (?P<space>(?:\s|~|\\[,;:\x20>]|\\(?:q?quad|displaystyle|textstyle|limits|nolimits)(?![A-Za-z])
        |\\(?:left|right|[bB]igg?[lrm]?)(?![A-Za-z])\.?|\\(?:middle)(?![A-Za-z]))+)
  | (?P<number>(?:\d{1,3}(?:\.\d{3}){2,}(?!\d)
        |\d+(?:_\d{3})+(?![\d_])(?:\.\d+)?|\d+(?:\.\d+|\.(?![.\w]))?|\.\d+)
        (?:[eE][+-]?\d+(?![\w.]))?)
  | (?P<word>\\(?:text|mathrm|operatorname|textrm|mathit|textit|mbox|rm)\*?\s*\{[^{}\\$]*\})
  | (?P<command>\\(?:[A-Za-z]+\*?|.))
  | (?P<name>[A-Za-z]+\d*'*|[α-ωϵϕϑϱΓ-Ω]'*)
  | (?P<sign>\*\*|<=|>=|=<|=>|!=|==|<>|&&|\|\||->|:=|\.\*|[-+*/^_=<>()\[\]{},;:|%!&"'?@#`.])
  | (?P<dollar>\$+)
    """,
    re.VERBOSE | re.DOTALL,
)

#: Commands that are just another way to write a sign or a name.
_COMMANDS = {
    "\\ast": "*", "\\bullet": "\\cdot", "\\div": "/", "\\le": "<=", "\\leq": "<=",
    "\\leqslant": "<=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\lt": "<", "\\gt": ">",
    "\\ne": "!=", "\\neq": "!=", "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[",
    "\\rbrack": "]", "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\mid": "|", "\\lVert": "\\|",
    "\\rVert": "\\|", "\\Vert": "\\|", "\\%": "%", "\\land": "\\land", "\\wedge": "\\land",
    "\\lor": "\\lor", "\\vee": "\\lor", "\\neg": "\\lnot", "\\circ": "\\odot",
    "\\intercal": "\\top", "\\_": "_",
    "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\sfrac": "\\frac",
    "\\nicefrac": "\\frac", "\\xfrac": "\\frac", "\\prime": "'", "\\varnothing": "\\emptyset",
    "\\gets": "\\leftarrow", "\\smallsetminus": "\\setminus", "\\backslash": "\\setminus",
    "\\reals": "\\R", "\\Reals": "\\R", "\\real": "\\R",
    "\\textbackslash": "\\setminus", "\\mathop": "\\operatorname", "\\transpose": "\\top",
    "\\#": "#",
    "\\dbinom": "\\binom", "\\simeq": "\\approx", "\\rightarrow": "\\to", "\\colon": ":",
     "\\equiv": "=", "\\newline": "\\\\", "\\cr": "\\\\",
}  # fmt: skip
_SIGNS = {
    "**": "^",
    "=<": "<=",
    "=>": ">=",
    "==": "=",
    "<>": "!=",
    "&&": "\\land",
    "<-": "\\leftarrow",
}

#: Commands whose only job is to name something the reader also knows as a word.
_NAMES = frozenset(GREEK.values()) | {
    "varepsilon", "vartheta", "varphi", "varrho", "varsigma", "infty", "exp", "ln", "log", "lg",
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh",
    "tanh", "coth", "sech", "csch", "arsinh", "arcosh", "artanh", "max", "min", "det", "tr", "sgn",
    "sign", "relu", "ReLU", "erf", "sigmoid", "softmax", "diag", "ell", "Phi", "abs", "norm",
    "softplus", "argmax", "Pr",
}  # fmt: skip


def tokenize(text: str, bare: str | None = None) -> list[Token]:
    """All tokens of a text, the last one of kind ``end``; raises :class:`UnreadableAnswer`.

    ``bare`` is the text without what stands around the answer, at the same columns.
    """
    plain, columns = normalise(text if bare is None else bare)
    tokens: list[Token] = []
    position, touching = 0, False
    end = len(plain)
    while position < end:
        match = _TOKEN.match(plain, position)
        if match is None:
            raise UnreadableAnswer(text, columns[position], _unexpected(plain[position]))
        kind = match.lastgroup
        if kind == "space" or kind == "dollar":
            touching = False
        elif kind == "join":  # a negative space holds together: 32,\! 349
            pass
        else:
            piece = match.group()
            tokens.append(_token(text, kind or "", piece, columns[position], touching))
            touching = True
            if len(tokens) > 3 * MAX_NODES:
                raise UnreadableAnswer(
                    text, columns[position], f"at most {3 * MAX_NODES} numbers, names and signs"
                )
        position = match.end()
    tokens.append(Token("end", "", len(text), False))
    return tokens


def _token(text: str, kind: str, piece: str, column: int, touching: bool) -> Token:
    if kind == "number":
        if len(piece) > MAX_DIGITS:
            raise UnreadableAnswer(text, column, f"a number of at most {MAX_DIGITS} digits")
        plain = piece.replace("_", "")
        if plain.count(".") > 1:  # 1.000.000
            plain = plain.replace(".", "")
        return Token("number", plain, column, touching)
    if kind == "word":
        return Token("text", piece[piece.index("{") + 1 : -1].strip(), column, touching)
    if kind == "command":
        name = piece.rstrip("*")
        if name[1:] in _NAMES:
            return Token("name", "l" if name == "\\ell" else name[1:], column, touching)
        return Token("sign", _COMMANDS.get(name, name), column, touching)
    if kind == "name":
        letter = piece.rstrip("'")
        return Token("name", GREEK.get(letter, letter) + piece[len(letter) :], column, touching)
    return Token("sign", _SIGNS.get(piece, piece), column, touching)


def _unexpected(character: str) -> str:
    return f"a number, a name or a sign, not {character!r}"
