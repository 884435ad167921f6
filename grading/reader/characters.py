"""From what students type to the characters the reader knows, each with its original column."""

from __future__ import annotations

import unicodedata

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.limits import MAX_CHARACTERS

__all__ = ["check_length", "normalise"]

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "ϱ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

SUPERSCRIPTS = dict(zip(
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴺᴷᴸ",
    "0123456789+-=()niabcdefghjklmoprstuvwxyzTNKL", strict=True,
))  # fmt: skip
SUBSCRIPTS = dict(zip(
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", "0123456789+-=()aeoxhklmnpstijruv", strict=True,
))  # fmt: skip

#: Characters with a meaning of their own, written as the reader's ASCII or TeX.
SPELLED = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "―": "-", "⁃": "-", "‒": "-", "﹣": "-",
    "➖": "-",
    "➕": "+", "✖": "\\times ", "✕": "\\times ", "⨯": "\\times ", "⨉": "\\times ",
    "·": "\\cdot ", "⋅": "\\cdot ",
    "∙": "\\cdot ", "•": "\\cdot ",
    "×": "\\times ", "∗": "*", "÷": "/", "⁄": "/", "∕": "/", "∶": "/", "√": "\\sqrt ",
    "∛": "\\sqrt[3]", "∞": "\\infty ", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=",
    "≧": ">=", "≠": "!=", "≈": "\\approx ", "≃": "\\approx ", "≅": "\\approx ", "∪": "\\cup ",
    "∩": "\\cap ", "∈": "\\in ", "∓": "\\mp ", "∧": "\\land ", "∨": "\\lor ", "∑": "\\sum ",
    "∏": "\\prod ",
    "⌊": "\\lfloor ", "⌋": "\\rfloor ", "⌈": "\\lceil ", "⌉": "\\rceil ", "‖": "\\|", "∥": "\\|",
    "∣": "|", "⊤": "\\top ", "ᵀ": "^{\\top}", "′": "'", "’": "'", "‘": "'", "″": "''",
    "⊙": "\\odot ", "∘": "\\odot ", "◦": "\\odot ", "¬": "\\lnot ", "±": "\\pm ", "°": "\\degree ",
    "½": "\\frac12 ", "⅓": "\\frac13 ", "⅔": "\\frac23 ", "¼": "\\frac14 ", "¾": "\\frac34 ",
    "⅕": "\\frac15 ", "⅖": "\\frac25 ", "⅗": "\\frac35 ", "⅘": "\\frac45 ", "⅙": "\\frac16 ",
    "⅚": "\\frac56 ", "⅐": "\\frac17 ", "⅛": "\\frac18 ", "⅜": "\\frac38 ", "⅝": "\\frac58 ",
    "⅞": "\\frac78 ", "⅑": "\\frac19 ", "⅒": "\\frac1{10} ", "…": "\\ldots ", "→": "\\to ",
    "ℝ": "\\R ", "∅": "\\emptyset ", "∖": "\\setminus ", "←": "\\leftarrow ", "⟵": "\\leftarrow ",
    "≔": ":=",
    "𝟙": "\\mathbb{1}",
    "𝟏": "\\mathbb{1}", "“": '"', "”": '"', "µ": "μ", "∂": "\\partial ", "∇": "\\nabla ",
    "٪": "%", "⟨": "\\langle ", "⟩": "\\rangle ", "∆": "Δ",
    "ˆ": "^", "⟹": "\\Rightarrow ", "⇒": "\\Rightarrow ", "ℓ": "l", "ℯ": "e",
}  # fmt: skip

#: Accents that follow their letter, as the TeX command that precedes it.
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}

#: Cyrillic and Greek capitals that look like Latin letters.
_LATIN = dict(
    zip("асеорхуАВСЕНКМОРТХУΑΒΕΖΗΙΚΜΝΟΡΤΧ", "aceopxyABCEHKMOPTXYABEZHIKMNOPTX", strict=True)
)

_READABLE = frozenset("\n\t !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") | frozenset(GREEK)


def normalise(text: str) -> tuple[str, list[int]]:
    """The text in the reader's alphabet, and the original column of each of its characters.

    >>> normalise("αᵗ")[0]
    'α^{t}'
    """
    check_length(text)
    if text.isascii() and text.isprintable():
        return text, list(range(len(text)))
    out: list[str] = []
    columns: list[int] = []

    def emit(piece: str, column: int) -> None:
        out.extend(piece)
        columns.extend([column] * len(piece))

    raised = ""
    for column, character in enumerate(unicodedata.normalize("NFC", text)):
        table = _raised(character)
        if raised and table != raised:
            if out[-2:-1] == ["{"] and out[-1] in "+-" and character.isdigit():
                del out[-3:-1], columns[-3:-1]  # x⁻2: a sign that a font has raised
            else:
                emit("}", column)
        if table and table != raised:
            emit(table + "{", column)
        raised = table
        if table:
            emit((SUPERSCRIPTS if table == "^" else SUBSCRIPTS)[character], column)
        elif character in ACCENTS and out and out[-1].isalpha():
            letter, at = out.pop(), columns.pop()
            emit(f"\\{ACCENTS[character]}{{{letter}}}", at)
        else:
            emit(_spell(text, column, character), column)
    if raised:
        emit("}", len(text))
    return "".join(out), columns


def check_length(text: str, most: int = MAX_CHARACTERS) -> None:
    """Refuse a text that is too long to be an answer."""
    if len(text) > most:
        raise UnreadableAnswer(
            text[:80] + "...",
            80,
            f"expected an answer of at most {most} characters, this one has {len(text)}",
            "shorten it",
        )


def _raised(character: str) -> str:
    if character in SUPERSCRIPTS and character != "ᵀ":
        return "^"
    return "_" if character in SUBSCRIPTS else ""


def _spell(text: str, column: int, character: str) -> str:
    if character in SPELLED:
        return SPELLED[character]
    if character in _READABLE or (character.isascii() and character.isalnum()):
        return character
    if unicodedata.category(character) in ("Cf", "Zs"):
        return " " if unicodedata.category(character) == "Zs" else ""
    accented = unicodedata.normalize("NFD", character)
    if len(accented) == 2 and accented[1] in ACCENTS and accented[0].isascii():
        return f"\\{ACCENTS[accented[1]]}{{{accented[0]}}}"
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) <= 3 and all(p in _READABLE or (p.isascii() and p.isalnum()) for p in plain):
        return plain  # full-width letters, mathematical alphabets and ligatures
    if character in _LATIN:
        return _LATIN[character]  # a keyboard's accident that nobody can see
    raise UnreadableAnswer(text, column, f"a mathematical symbol, not {_describe(character)}")


def _describe(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    if not character.isprintable():
        return name or f"the control character U+{ord(character):04X}"
    return f"{character!r} ({name})" if name else repr(character)
