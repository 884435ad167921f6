"""YAML hand-ins: every answer as it was typed."""

from __future__ import annotations

import yaml

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.json_data import sheets
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.text import decoded
from partialcredit.yaml_text import PlainLoader, one_sentence

__all__ = ["read"]

#: PyYAML takes a second for a megabyte.
_LARGEST = 4 * 2**20


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a YAML file."""
    if len(content) > _LARGEST:
        raise InputError(f"{place} is larger than 4 MiB; hand large classes in as CSV or JSON")
    text = decoded(content, place)
    with one_sentence(place, "answers"):
        data = yaml.load(text, Loader=PlainLoader)  # noqa: S506 - it builds texts only
    return sheets(data, place)
