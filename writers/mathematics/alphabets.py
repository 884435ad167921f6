"""Letters of the mathematical alphabets of Unicode, for formats without fonts of their own."""

from __future__ import annotations

__all__ = ["in_alphabet"]

# Code points of A, a and 0 (0: the alphabet has none), then the Greek letters' where they exist.
_STARTS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "bold-italic": (0x1D468, 0x1D482, 0x1D7CE),
    "italic": (0x1D434, 0x1D44E, 0),
    "blackboard": (0x1D538, 0x1D552, 0x1D7D8),
    "calligraphic": (0x1D49C, 0x1D4B6, 0),
    "fraktur": (0x1D504, 0x1D51E, 0),
    "sans": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}

_GREEK = {"bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}
_GREEK_VARIANTS = {"∂": 25, "ϵ": 26, "ϑ": 27, "ϰ": 28, "ϕ": 29, "ϱ": 30, "ϖ": 31}

# Letters that Unicode had before it had the alphabets.
_EARLIER = {
    "blackboard": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "calligraphic": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "italic": {"h": "ℎ"},
}


def in_alphabet(char: str, style: str) -> str:
    """The character in another alphabet, or itself where that has no such letter.

    >>> in_alphabet("R", "blackboard"), in_alphabet("α", "bold-italic")
    ('ℝ', '𝜶')
    """
    if char in _EARLIER.get(style, {}):
        return _EARLIER[style][char]
    if char.isascii() and char.isalnum() and style in _STARTS:
        upper, lower, zero = _STARTS[style]
        first, start = (
            ("0", zero) if char.isdigit() else ("A", upper) if char.isupper() else ("a", lower)
        )
        return chr(start + ord(char) - ord(first)) if start else char
    return _greek(char, style)


def _greek(char: str, style: str) -> str:
    if style not in _GREEK:
        return char
    upper, lower = _GREEK[style]
    if "Α" <= char <= "Ω":
        return chr(upper + ord(char) - ord("Α"))
    if "α" <= char <= "ω":
        return chr(lower + ord(char) - ord("α"))
    return chr(lower + _GREEK_VARIANTS[char]) if char in _GREEK_VARIANTS else char
