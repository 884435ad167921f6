"""Declarations as they are typed on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from partialcredit.errors import InputError

__all__ = ["check_symbols", "parse_symbols", "parse_tolerance"]

_SIMPLE = ("real", "positive", "unit", "integer", "positive integer", "complex")
_ARRAY = re.compile(r"vector\(\s*\w+\s*\)|matrix\(\s*\w+\s*,\s*\w+\s*\)")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_{}]*")


def check_symbols(symbols: object) -> dict[str, str]:
    """Declared names with their domains; raises ``InputError`` for anything else."""
    if not isinstance(symbols, dict):
        raise InputError(f"symbols are an object of names and domains, not {symbols!r:.80}")
    for name, domain in symbols.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise InputError(f"a symbol's name is letters, digits and _, not {name!r:.80}")
        if domain not in _SIMPLE and not _ARRAY.fullmatch(str(domain)):
            raise InputError(
                f"the domain of {name} is {', '.join(_SIMPLE)}, vector(d) or matrix(m,n), "
                f"not {domain!r:.80}"
            )
    return symbols


def parse_symbols(declared: Iterable[str]) -> dict[str, str]:
    """``["x=real", "W=matrix(m,n)"]`` as names and domains."""
    found = {}
    for item in declared:
        name, equals, domain = item.partition("=")
        if not equals:
            raise InputError(f"a symbol is declared as NAME=DOMAIN, not {item!r:.80}")
        found[name.strip()] = domain.strip()
    return check_symbols(found)


def parse_tolerance(text: str | None) -> dict[str, str] | None:
    """``rel=1e-3`` or ``abs=0.005``."""
    if text is None:
        return None
    name, equals, size = text.partition("=")
    if not equals or name not in ("rel", "abs"):
        raise InputError(f"a tolerance is rel=X or abs=X, not {text!r:.80}")
    return {name: size}
