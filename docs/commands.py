"""Write docs/commands.md from the commands' own ``--help``: ``python docs/commands.py``."""

from __future__ import annotations

from pathlib import Path

from partialcredit.cli import COMMANDS, cli

PAGE = Path(__file__).with_name("commands.md")


def page() -> str:
    """The reference page, one section per command."""
    width = {"terminal_width": 80, "max_content_width": 80}
    context = cli.make_context("partialcredit", [], resilient_parsing=True, **width)
    sections = [f"# Commands\n\n```text\n{cli.get_help(context)}\n```\n"]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        inner = command.make_context(name, [], parent=context, resilient_parsing=True, **width)
        sections.append(f"## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
