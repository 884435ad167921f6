"""``partialcredit report``: what the marks of a class say about the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath

if TYPE_CHECKING:
    from pathlib import Path

PATH = FilePath()


@click.command()
@click.argument("paper", type=PATH)
@click.argument("marks", type=PATH)
@click.option(
    "-o", "--output", "outputs", type=PATH, multiple=True, required=True,
    help="Write the report to a .html, .pdf, .md or .xlsx file; repeats.",
)  # fmt: skip
def command(paper: Path, marks: Path, outputs: tuple[Path, ...]) -> None:
    """Analyse the MARKS of a class: how hard each question was, and which slips were made.

    PAPER is the paper file or the class folder, MARKS what 'grade PAPER ... -o marks.json' wrote.
    """
    from partialcredit.errors import InputError
    from partialcredit.exam import Exam, read_papers
    from partialcredit.files import read_text, write_files
    from partialcredit.marking import analysis
    from partialcredit.marking.analysis.marks_file import read_marks
    from partialcredit.marking.analysis.story import story

    for path in outputs:
        analysis.check_name(path)
    printed = read_papers(paper)
    papers = dict(printed.by_id) if isinstance(printed, Exam) else {printed.id: printed}
    results = read_marks(read_text(marks), papers, str(marks))
    blocks = story(results, papers)
    contents: dict[Path, bytes] = {}
    for path in outputs:
        written = analysis.render(printed.head.title, blocks, path)
        if set(written) & set(contents):
            raise InputError(f"two reports would be {path}; give each output a name of its own")
        contents |= written
    write_files(contents)
    for path in outputs:
        click.echo(f"wrote {path}", err=True)
