"""``partialcredit practice``: problems in the terminal, marked as they are answered."""

from __future__ import annotations

import click

from partialcredit.cli.options import level_option, names_argument, seed_option

HELP = "Type an answer; 's' shows the solution, Enter skips, 'n' is the next problem, 'q' ends."


@click.command()
@names_argument
@level_option("medium")
@seed_option
def command(names: tuple[str, ...], level: str, seed: int | None) -> None:
    """Practise in the terminal, one problem at a time."""
    from secrets import randbelow

    from partialcredit.practice.session import Session

    session = Session(names, level, randbelow(10**6) if seed is None else seed)  # type: ignore[arg-type]
    click.echo(HELP)
    try:
        while session.ask(click.echo, _read):
            pass
    except (EOFError, KeyboardInterrupt, click.Abort):
        click.echo()
    click.echo(session.summary())


def _read(label: str) -> str:
    return str(click.prompt(label, default="", show_default=False, prompt_suffix="> "))
