"""``partialcredit check``: how an answer is understood, before it is handed in."""

from __future__ import annotations

import click

from partialcredit.cli.options import declarations, kind_option


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("answer")
@kind_option
@declarations
def command(answer: str, kind: str, symbols: tuple[str, ...], functions: tuple[str, ...]) -> None:
    """Show how ANSWER is read, or where and why it cannot be; nothing is evaluated."""
    import sys

    from partialcredit.errors import UnreadableAnswer
    from partialcredit.grading.comparison import understand
    from partialcredit.grading.reader.declarations import parse_symbols
    from partialcredit.grading.reader.explain import explain

    try:
        click.echo(f"understood as: {understand(answer, kind, parse_symbols(symbols), functions)}")
    except UnreadableAnswer as error:
        click.echo(explain(error), err=True)
        sys.exit(2)
