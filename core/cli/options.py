"""Options and arguments that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from partialcredit.draw import LEVELS

__all__ = ["level_option", "names_argument", "progress", "seed_option"]

Command = TypeVar("Command", bound=Callable[..., Any])

#: Shorter work than this many steps is over before a bar could be read.
WORTH_A_BAR = 100


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


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[object], None]]:
    """A progress bar on stderr when that is a terminal; each call advances it by one."""
    hidden = length < WORTH_A_BAR or not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda _: bar.update(1)
