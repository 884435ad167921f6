"""YAML hand-ins. Aliases are refused: a few of them make a text of any length."""

from __future__ import annotations

from typing import Any

import yaml

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.json_data import sheets
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.text import decoded

__all__ = ["read"]

#: PyYAML takes a second for a megabyte.
_LARGEST = 4 * 2**20


class _Loader(yaml.BaseLoader):
    """Every scalar as typed (1_024, 0.10 and "yes" stay what they are), no alias, no twin."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="an alias (*name) is no answer", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            named = isinstance(key.value, str)
            if not named or key.value in seen:
                problem = "a field is named twice" if named else "a name is not a text"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a YAML file."""
    if len(content) > _LARGEST:
        raise InputError(f"{place} is larger than 4 MiB; hand large classes in as CSV or JSON")
    try:
        data = yaml.load(decoded(content, place), Loader=_Loader)  # noqa: S506 - it builds texts only
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InputError(f"{place}{line} is not YAML of answers: {error.problem}") from None
    except RecursionError:
        raise InputError(f"{place} is not YAML of answers: it is nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise InputError(f"{place} is not YAML: {said}") from None
    return sheets(data, place)
