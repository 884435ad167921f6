"""The numbers that a text writes as decimals, and how finely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["short_of", "written_unit", "written_units"]

_DECIMAL = re.compile(
    r"(?<![\w.])(?P<number>\d[\d_ ]*(?:[.,]\d+)*\.?|\.\d+)"
    r"(?:\s*[eE](?P<e>[-+−]?\d+)|\s*(?:\*|×|·|\\cdot|\\times)\s*10\s*(?:\^|\*\*)\s*[{(]?(?P<power>[-+−]?\d+)[})]?)?"
    r"\s*(?P<percent>\\?%)?"
)
#: Longer texts are not searched.
_LONGEST = 4000


@lru_cache(maxsize=256)  # an answer is compared with every slip
def written_units(text: str) -> Mapping[Rational, Rational]:
    """One unit in the last place of every decimal in a text, by its absolute value.

    Where a value is written twice, the finer one counts. A comma may be a decimal point or may
    part thousands, so both are taken down.

    >>> written_units("(0.30, -2)") == {rational(3, 10): rational(1, 100), 2: 1}
    True
    """
    units: dict[Rational, Rational] = {}
    for match in _DECIMAL.finditer(text) if len(text) <= _LONGEST else ():
        shift = _shift(match)
        if shift is None:
            continue
        for digits in _spellings(re.sub(r"[_ ]", "", match["number"])):
            whole, _, places = digits.partition(".")
            unit = rational(10) ** (shift - len(places))
            value = int(whole + places or "0") * unit
            units[value] = min(unit, units.get(value, unit))
    return MappingProxyType(units)


def _shift(match: re.Match[str]) -> int | None:
    exponent = (match["e"] or match["power"] or "0").replace("−", "-")
    if len(exponent) > 4 or len(match["number"]) > 200:
        return None
    return int(exponent) - (2 if match["percent"] else 0)


def _spellings(number: str) -> Iterator[str]:
    """What digits with points and commas may mean, each with a decimal point at most."""
    candidates = [number, number.replace(",", ""), number.replace(",", "."), *number.split(",")]
    for candidate in dict.fromkeys(candidates):
        if re.fullmatch(r"\d+\.?\d*|\.\d+", candidate):
            yield candidate


def written_unit(text: str) -> Rational | None:
    """The unit of a text that is one decimal and nothing else; None for exact forms.

    >>> written_unit("0.57"), written_unit("1.2e-3"), written_unit("ln(2)")
    (1/100, 1/10000, None)
    """
    bare = text.strip().strip("$").strip().lstrip("=").strip().lstrip("+-−").strip()
    match = _DECIMAL.fullmatch(bare) if len(text) < 80 else None
    return max(written_units(bare).values(), default=None) if match else None


def short_of(
    key: Number, value: Number, units: Mapping[Rational, Rational], margin: Number
) -> bool:
    """Whether a value is the key as far as it is written, and written less finely than asked."""
    if not isinstance(value, int | Rational):
        return False
    unit = units.get(rational(abs(value)))
    if unit is None or unit <= 2 * margin or (value == 0 and unit >= 1):
        return False
    return bool(abs(key - value) <= unit / 2)
