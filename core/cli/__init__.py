"""The command line: one file per command, imported only when it is called."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from partialcredit.errors import PartialCreditError

__all__ = ["cli", "main"]

COMMANDS = (
    "families", "generate", "print", "grade", "report", "practice", "verify", "solve", "compare",
    "check", "train", "evaluate", "new",
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
        _heed_termination()
        sys.argv[1:] = map(_in_utf8, sys.argv[1:])
        code = cli(prog_name="partialcredit", standalone_mode=False) or 0
        sys.stdout.flush()
        sys.exit(code)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "partialcredit"
        said = error.format_message().rstrip(".")
        _end(f"{said}; see '{command} --help'", error.exit_code)
    except click.ClickException as error:
        _end(error.format_message(), 2)
    except PartialCreditError as error:
        _end(str(error), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped", 130)
    except BrokenPipeError:
        _close_stdout()
        sys.exit(1)
    except Exception as error:
        if os.environ.get("PARTIALCREDIT_DEBUG"):
            raise
        _end(_unexpected(error), 2)


def _in_utf8(argument: str) -> str:
    """An argument's bytes as UTF-8, also where the locale is C and Python has kept them as such."""
    raw = argument.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return argument  # the name of a file in another encoding


def _heed_termination() -> None:
    """A closed terminal and a polite kill are Ctrl-C: work in hand is kept, workers end."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def _unexpected(error: Exception) -> str:
    """What no command foresaw, as a sentence."""
    match error:
        case OSError():
            _close_stdout()
            where = f" {error.filename}" if error.filename else ""
            return f"the system refuses{where}: {error.strerror or error}"
        case MemoryError():
            return "there is not enough memory for this; is it the right file?"
        case RecursionError():
            return "this is nested too deeply to be worked on; is it the right file?"
    said = " ".join(str(error).split())[:200]
    return (
        f"this should not have happened ({type(error).__name__}: {said}); please report it, with "
        "what the command prints when PARTIALCREDIT_DEBUG=1 is set"
    )


def _end(sentence: str, code: int) -> NoReturn:
    """Say what went wrong, and end; there is nobody to tell that nobody can be told."""
    with suppress(OSError):
        click.echo(f"partialcredit: {' '.join(sentence.split(chr(10)))}", err=True)
    sys.exit(code)


def _close_stdout() -> None:
    """Let Python's own last words to a full disk or a closed pipe go nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
