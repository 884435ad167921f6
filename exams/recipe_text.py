"""The text of a recipe as plain data that remember their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

from partialcredit.errors import InputError
from partialcredit.yaml_text import PlainLoader, one_sentence

__all__ = ["Located", "Path", "located"]

#: Names and places in lists that lead to a value, from the top.
Path: TypeAlias = tuple[str | int, ...]

#: PyYAML takes a second for a megabyte; a recipe of 300 questions is a tenth of this.
_LARGEST = 2**18

#: Longer numbers are no numbers of a recipe.
_DIGITS = 40

_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Located:
    """Plain data, whose decimals are exact; the line of every value and name, and its own text."""

    data: Any
    place: str
    lines: dict[Path, int] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def text(self, *path: str | int) -> str:
        """What stands at a path, as it was typed; empty where nothing does.

        A list is written in square brackets, as answers are.
        """
        value = self.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else value[step]
        if isinstance(value, list):
            return f"[{', '.join(self.text(*path, place) for place in range(len(value)))}]"
        return self.texts.get(path, "").strip()

    def error(self, path: Path, sentence: str) -> InputError:
        """The sentence with the line of what is wrong."""
        while path not in self.lines and path:
            path = path[:-1]
        return InputError(f"{self.place}, line {self.lines.get(path, 1)}: {sentence}")


def located(text: str, place: str) -> Located:
    """Read YAML without aliases and tags; raises InputError, with the line, for anything else."""
    if len(text) > _LARGEST:
        raise InputError(f"{place} is larger than {_LARGEST >> 10} KiB; is it a recipe?")
    with one_sentence(place, "a recipe"):
        node = PlainLoader(text).get_single_node()
        found = Located(_value(node) if node else None, place)
        if node:
            _note(node, (), found)
    return found


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {name.value: _value(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    typed = isinstance(node, yaml.ScalarNode) and node.style is None
    return _scalar(node.value) if typed else node.value


def _scalar(text: str) -> Any:
    """What stands without quotes: a number, true, false, nothing, or a text like any other."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _DIGITS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _note(node: yaml.Node, path: Path, found: Located) -> None:
    """Take down lines and texts of a node and of all within."""
    found.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            found.lines[(*path, name.value)] = name.start_mark.line + 1
            _note(value, (*path, name.value), found)
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            _note(item, (*path, place), found)
    else:
        found.texts[path] = node.value
