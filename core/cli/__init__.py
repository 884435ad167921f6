"""The command line: one file per command, imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from partialcredit.errors import PartialCreditError

__all__ = ["cli", "main"]

COMMANDS = (
    "families", "generate", "grade", "practice", "verify", "compare", "check", "train", "new",
)  # fmt: skip


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, each exposing ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command's module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"partialcredit.cli.{cmd_name}")
        return module.command  # type: ignore[no-any-return]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="partialcredit")
def cli() -> None:
    """Write verified exam problems in deep-learning mathematics, and mark the answers."""


def main() -> None:
    """Run the command line; a :class:`PartialCreditError` is one sentence, never a traceback."""
    try:
        cli()
    except PartialCreditError as error:
        click.echo(f"partialcredit: {error}", err=True)
        sys.exit(error.exit_code)
