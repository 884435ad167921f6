"""``partialcredit compare``: whether two answers mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath, declarations, kind_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("key", required=False)
@click.argument("answer", required=False)
@click.option("--pairs", type=FilePath(), help="Compare every pair of a .jsonl file.")
@kind_option
@declarations
@click.option("--tolerance", metavar="rel=X|abs=X", help="How far a number may be from the key.")
def command(
    key: str | None,
    answer: str | None,
    pairs: Path | None,
    kind: str,
    symbols: tuple[str, ...],
    functions: tuple[str, ...],
    tolerance: str | None,
) -> None:
    """Say whether ANSWER means the same as KEY, and on what evidence."""
    from partialcredit.errors import InputError
    from partialcredit.grading.comparison import compare, understand
    from partialcredit.grading.reader.declarations import parse_symbols, parse_tolerance

    if pairs is not None:
        if key is not None:
            raise InputError("compare takes KEY and ANSWER, or --pairs FILE, not both")
        _compare_file(pairs)
        return
    if key is None or answer is None:
        raise InputError("compare needs a KEY and an ANSWER, or --pairs FILE")
    declared = parse_symbols(symbols)
    verdict = compare(key, answer, kind, declared, functions, parse_tolerance(tolerance))
    evidence = f" ({verdict.evidence})" if verdict.evidence else ""
    click.echo(f"{verdict.outcome}{evidence}")
    if verdict.outcome != "invalid":
        click.echo(f"understood as: {understand(answer, kind, declared, functions)}")
    if verdict.message:
        click.echo(verdict.message)


def _compare_file(path: Path) -> None:
    import json

    from partialcredit.files import read_text
    from partialcredit.grading.pairs import compare_row

    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            result = compare_row(line, f"line {number} of {path.name}")
            click.echo(json.dumps(result, ensure_ascii=False))
