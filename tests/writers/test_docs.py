"""docs/mathematics.md lists the allow-list: all of it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from partialcredit.writers.mathematics.commands import COMMANDS
from partialcredit.writers.mathematics.symbols import ENVIRONMENTS, FUNCTIONS, SPACES, SYMBOLS

PAGE = Path(__file__).parents[2] / "docs" / "mathematics.md"
SYNTAX = {"right", "limits", "nolimits", "end", "\\"}
FORBIDDEN = {"color", "hline", "label", "tag"}


def spans() -> str:
    single = re.sub(r"``.*?``", "", PAGE.read_text(encoding="utf-8"))
    return " ".join(re.findall(r"`([^`]+)`", single))


def test_every_command_is_listed_and_every_listed_command_known() -> None:
    listed = set(re.findall(r"\\([A-Za-z]+|[^A-Za-z\s])", spans()))
    known = set(SYMBOLS) | set(FUNCTIONS) | set(SPACES) - {" "} | set(COMMANDS) | SYNTAX - {"end"}
    assert listed - FORBIDDEN == known


def test_every_environment_is_listed() -> None:
    assert set(ENVIRONMENTS) <= set(spans().split())
