"""Write docs/commands.md from the commands' own ``--help``: ``python docs/commands.py``."""

from __future__ import annotations

from pathlib import Path

import click

from partialcredit.cli import COMMANDS, cli

PAGE = Path(__file__).with_name("commands.md")


def page() -> str:
    """The reference page, one section per command."""
    context = click.Context(cli, info_name="partialcredit", terminal_width=80, max_content_width=80)
    sections = [f"# Commands\n\n```text\n{cli.get_help(context)}\n```\n"]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        sections.append(f"## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
