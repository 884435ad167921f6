"""JSON hand-ins, and what JSON and YAML share: one student, a list, or a mapping of students."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.text import decoded

__all__ = ["read", "sheets"]

#: How deep an answer's brackets are nested.
_DEPTH = 8


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a JSON file; numbers keep the digits they were written with."""
    try:
        data = json.loads(
            decoded(content, place),
            object_pairs_hook=_no_twins,
            parse_int=str, parse_float=str, parse_constant=str,
        )  # fmt: skip
    except RecursionError:
        raise InputError(f"{place} is not JSON of answers: it is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"{place} is not JSON: {error}") from None
    return sheets(data, place)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twin = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"{twin[:40]!r} is answered twice")
    return data


def sheets(data: Any, place: str) -> list[Sheet]:
    """One student ``{"1a": ...}``, a list of them, or ``{"Ada": {"1a": ...}}``."""
    if isinstance(data, Mapping) and data and all(isinstance(v, Mapping) for v in data.values()):
        return [
            _sheet({"student": str(name), **fields}, f"{place}, {str(name)[:40]}")
            for name, fields in data.items()
        ]
    if isinstance(data, Mapping):
        return [_sheet(data, place)]
    if isinstance(data, list) and data and all(isinstance(item, Mapping) for item in data):
        return [_sheet(item, f"{place}, entry {n}") for n, item in enumerate(data, 1)]
    raise InputError(
        f'{place} should hold an object such as {{"1a": "28x28x6"}}, or a list or mapping of '
        f"students, not {_named(data)}"
    )


def _sheet(data: Mapping[Any, Any], place: str) -> Sheet:
    return Sheet(place, {str(name): _text(value, name, place) for name, value in data.items()})


def _text(value: Any, name: Any, place: str) -> str:
    """A scalar as text; nested lists become the text of an array."""
    if isinstance(value, list):
        return _array(value, name, place, _DEPTH)
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return value
    raise InputError(
        f"{place}: the answer to {str(name)[:40]} is {_named(value)}; write it as text"
    )


def _array(value: list[Any], name: Any, place: str, depth: int) -> str:
    if not depth:
        raise InputError(f"{place}: the answer to {str(name)[:40]} is nested too deeply")
    items = [
        _array(item, name, place, depth - 1) if isinstance(item, list) else _text(item, name, place)
        for item in value
    ]
    return f"[{', '.join(items)}]"


def _named(value: Any) -> str:
    names = {list: "a list", dict: "an object", str: "a text", type(None): "nothing"}
    return names.get(type(value), f"a {type(value).__name__}")
