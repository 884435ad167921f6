"""``partialcredit grade``: mark what students handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath

if TYPE_CHECKING:
    from pathlib import Path

PATH = FilePath()


@click.command()
@click.argument("paper", type=PATH)
@click.argument("answers", type=PATH)
@click.option(
    "-o", "--output", "outputs", type=PATH, multiple=True,
    help="Write the report to a .csv, .json or .md file; repeats.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--no-follow-through", is_flag=True, help="Give nothing for using a wrong earlier answer well."
)
def command(
    paper: Path,
    answers: Path,
    outputs: tuple[Path, ...],
    as_json: bool,
    no_follow_through: bool,
) -> None:
    """Mark ANSWERS to the paper file PAPER.

    ANSWERS is a .json or .yaml object, a .csv with a student column, or the .md paper filled in.
    """
    from partialcredit.errors import InputError
    from partialcredit.files import read_text, write_files
    from partialcredit.marking import report
    from partialcredit.marking.classroom import mark_paper
    from partialcredit.marking.hand_ins import read_answers
    from partialcredit.paper import Paper

    writers = {".csv": report.to_csv, ".json": report.to_json, ".md": report.to_markdown}
    for path in outputs:
        if path.suffix not in writers:
            raise InputError(f"a report is a {', '.join(writers)} file, not {path.name!r}")
    printed = Paper.from_json(read_text(paper))
    known = [part.id for problem in printed.problems for part in problem.parts]
    handed_in = read_answers(answers, known)
    results = mark_paper(printed, handed_in, follow_through=not no_follow_through)
    write_files({path: writers[path.suffix](results).encode() for path in outputs})
    for path in outputs:
        click.echo(f"wrote {path}", err=True)
    if as_json:
        click.echo(report.to_json(results), nl=False)
    elif not outputs:
        click.echo(report.to_table(results), nl=False)
