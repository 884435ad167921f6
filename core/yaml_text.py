"""YAML as it is typed: every scalar a text, no alias, no tag, no name twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from partialcredit.errors import InputError

__all__ = ["PlainLoader", "one_sentence"]


#: What helps most often where YAML is broken.
_QUOTES = "a text that holds one of : # ? , [ ] { } stands in quotes"


class Refused(yaml.MarkedYAMLError):
    """YAML that could be read, and is not."""


class PlainLoader(yaml.BaseLoader):
    """Every scalar as typed: 1_024, 0.10 and "yes" stay what they are.

    An alias is refused, because a few of them make a text of any length; so is a tag, which asks
    for another type than the text has, and a name that stands twice in one mapping.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node, which is no alias and has no tag."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise _refused("an alias (*name) is refused: write the text again", event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            raise _refused("a tag (!name) is refused: leave it out", event.start_mark)
        return super().compose_node(parent, index)

    def compose_mapping_node(self, anchor: Any) -> Any:
        """A mapping of texts, each of which names one thing."""
        node = super().compose_mapping_node(anchor)
        seen: set[str] = set()
        for name, _ in node.value:
            if not isinstance(name.value, str):
                raise _refused("a name is not a text", name.start_mark)
            if name.value in seen:
                raise _refused(f"{name.value:.40} is named twice", name.start_mark)
            seen.add(name.value)
        return node


def _refused(problem: str, mark: Any) -> Refused:
    return Refused(problem=problem, problem_mark=mark)


@contextmanager
def one_sentence(place: str, what: str) -> Iterator[None]:
    """Raise InputError with the line for whatever is no YAML, which should hold ``what``."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        hint = "" if isinstance(error, Refused) else f"; {_QUOTES}"
        raise InputError(f"{place}{line} is not YAML of {what}: {error.problem}{hint}") from None
    except RecursionError:
        raise InputError(f"{place} is not YAML of {what}: it is nested too deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise InputError(f"{place} is not YAML: {said}") from None
