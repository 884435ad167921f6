"""``partialcredit check``: how an answer is understood, before it is handed in."""

from __future__ import annotations

import click

KINDS = ("number", "expression", "array", "shape", "interval", "set", "relation")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("answer")
@click.option(
    "--kind", type=click.Choice(KINDS), default="expression", show_default=True,
    help="What the answer is.",
)  # fmt: skip
@click.option(
    "--symbol", "symbols", multiple=True, metavar="NAME=DOMAIN", help="Declare a symbol.",
)  # fmt: skip
@click.option("--function", "functions", multiple=True, metavar="NAME", help="Declare a function.")
def command(answer: str, kind: str, symbols: tuple[str, ...], functions: tuple[str, ...]) -> None:
    """Show how ANSWER is read, or where and why it cannot be; nothing is evaluated."""
    import sys

    from partialcredit.errors import UnreadableAnswer
    from partialcredit.grading.comparison import understand
    from partialcredit.grading.declarations import parse_symbols
    from partialcredit.grading.explain import explain

    try:
        click.echo(f"understood as: {understand(answer, kind, parse_symbols(symbols), functions)}")
    except UnreadableAnswer as error:
        click.echo(explain(error), err=True)
        sys.exit(2)
