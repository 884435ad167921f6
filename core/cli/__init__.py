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


@click.group(
    cls=LazyGroup, invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",  # as the newest click says it, with every click
)  # fmt: skip
@click.version_option(package_name="partialcredit")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Write verified exam problems in deep-learning mathematics, and mark the answers."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line; whatever goes wrong is one sentence, never a traceback."""
    try:
        sys.exit(cli(prog_name="partialcredit", standalone_mode=False) or 0)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "partialcredit"
        said = error.format_message().rstrip(".")
        click.echo(f"partialcredit: {said}; see '{command} --help'", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"partialcredit: {error.format_message()}", err=True)
        sys.exit(2)
    except PartialCreditError as error:
        click.echo(f"partialcredit: {error}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("partialcredit: stopped", err=True)
        sys.exit(130)
