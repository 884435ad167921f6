"""``partialcredit solve``: your own numbers through a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from partialcredit.family import Family
    from partialcredit.problem import Problem

#: In this order a level is looked for that takes the values.
ORDER = ("medium", "easy", "hard")


@click.command()
@click.argument("family")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--level", type=click.Choice(LEVELS), default=None,
    help="How hard the problem is; when not given, the first of medium, easy and hard that takes "
    "the values.",
)  # fmt: skip
def command(family: str, values: tuple[str, ...], level: str | None) -> None:
    """Print a problem of FAMILY with your own numbers, its keys and worked solution.

    A VALUE is a number such as 3, 0.25 or 1/3, a word, or a list such as "[1, 2]". What is not
    given is drawn.
    """
    from textwrap import indent

    from partialcredit.grading.option_letters import letter
    from partialcredit.printed import printed
    from partialcredit.writers.terminal import to_terminal

    given = dict(map(_named, values))
    problem = printed(_solved(_family(family), given, (level,) if level else ORDER))
    click.echo(f"{problem.title} ({problem.family}, {problem.level})\n")
    click.echo(to_terminal(problem.statement))
    for part in problem.parts:
        click.echo(f"\n({part.id[-1]}) {to_terminal(part.prompt)}")
        for place, option in enumerate(part.options):
            click.echo(f"    ({letter(place)}) {to_terminal(option)}")
        click.echo(f"\n    {part.key}\n")
        click.echo(indent(to_terminal(part.solution or "", 84), "    "))


def _named(text: str) -> tuple[str, Any]:
    from partialcredit.errors import InputError
    from partialcredit.exams.recipe_text import located
    from partialcredit.typed import exactly

    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise InputError(f"a value is given as NAME=VALUE, not {text!r:.80}")
    if value.strip().startswith("("):
        value = value.translate(str.maketrans("()", "[]"))
    return name.strip(), exactly(located(value, name.strip()).data)


def _family(name: str) -> Family:
    from partialcredit.errors import InputError
    from partialcredit.registry import load, select

    found = select([name])
    if len(found) > 1:
        raise InputError(f"{name} is a topic; name one of its families: {', '.join(found)}")
    return load(found[0])


def _solved(family: Family, given: Mapping[str, Any], levels: Iterable[str]) -> Problem:
    """The problem of the first level that takes the values, else what the first says of them."""
    from partialcredit.errors import InputError
    from partialcredit.fixed import generate_with

    refusals: list[InputError] = []
    for level in levels:
        try:
            return generate_with(family, level, 0, given)  # type: ignore[arg-type]
        except InputError as error:
            refusals.append(error)
    raise refusals[0]
