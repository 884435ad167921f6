"""Options and arguments that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "FilePath", "declarations", "kind_option", "level_option", "names_argument", "progress",
    "seed_option",
]  # fmt: skip

Command = TypeVar("Command", bound=Callable[..., Any])

# The levels again, for a help text: their own module would bring hashes into every start. A test
# compares.
LEVELS = ("easy", "medium", "hard")

#: Shorter work than this many steps is over before a bar could be read.
WORTH_A_BAR = 100


class FilePath(click.Path):
    """A ``pathlib.Path``; its module is imported for a path that is given, not for a help text."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, checked as click checks it."""
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, param, ctx)))


def names_argument(command: Command) -> Command:
    """``[TOPIC|FAMILY]...``: which families; all of them when none is named."""
    return click.argument("names", nargs=-1, metavar="[TOPIC|FAMILY]...")(command)


def level_option(default: str | None) -> Callable[[Command], Command]:
    """``--level easy|medium|hard``."""
    text = "How hard the problems are" + ("." if default else "; every level when not given.")
    return click.option(
        "--level", type=click.Choice(LEVELS), default=default, show_default=bool(default), help=text
    )


def seed_option(command: Command) -> Command:
    """``--seed N``: the same number gives the same problems for ever."""
    return click.option(
        "--seed", type=int, default=None, help="The same number gives the same problems."
    )(command)


# Click 8.2 has no generic ParamType: it cannot be subscripted where the program runs.
class _KindName(click.ParamType):  # type: ignore[type-arg]
    """The name of an answer kind; the grader is imported only where the option is used."""

    name = "kind"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """All names, for the help text."""
        return f"[{'|'.join(self._known())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, or a usage error that lists the known ones."""
        if value not in self._known():
            self.fail(f"{value!r} is not one of {', '.join(self._known())}.", param, ctx)
        return str(value)

    @staticmethod
    def _known() -> list[str]:
        from partialcredit.grading.kinds import typed_kinds

        return list(typed_kinds())


def kind_option(command: Command) -> Command:
    """``--kind KIND``: what the answer is."""
    return click.option(
        "--kind", type=_KindName(), default="expression", show_default=True,
        help="What the answer is.",
    )(command)  # fmt: skip


def declarations(command: Command) -> Command:
    """``--symbol NAME=DOMAIN --function NAME``: what the question declares."""
    symbol = click.option(
        "--symbol", "symbols", multiple=True, metavar="NAME=DOMAIN",
        help="Declare a symbol: real, positive, unit, integer, 'positive integer', vector(d), ...",
    )  # fmt: skip
    function = click.option(
        "--function", "functions", multiple=True, metavar="NAME", help="Declare a function."
    )
    return symbol(function(command))


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[object], None]]:
    """A progress bar on stderr when that is a terminal.

    Each call advances it by one; a text that it is called with stands beside the bar.
    """
    hidden = length < WORTH_A_BAR or not sys.stderr.isatty()
    with click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=hidden,
        item_show_func=lambda text: text,
    ) as bar:  # fmt: skip
        yield lambda said: bar.update(1, said if isinstance(said, str) else None)
