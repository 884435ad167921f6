"""``partialcredit print``: papers again, in another form or another view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.writers import View


@click.command()
@click.argument("paper", type=FilePath())
@click.option(
    "--student", "students", multiple=True, metavar="ID",
    help="Only the paper of this student, or of this id; repeats.",
)  # fmt: skip
@click.option(
    "--view", type=click.Choice(("paper", "solutions", "key", "sheet")), default="paper",
    show_default=True, help="Questions, worked solutions, keys, or an answer sheet.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=FilePath(), required=True,
    help="A .pdf, .html, .tex or .md file, or a folder for one file a paper.",
)  # fmt: skip
def command(paper: Path, students: tuple[str, ...], view: View, output: Path) -> None:
    """Print PAPER again: a paper file, or the folder of a class.

    A class goes into one .pdf file, in which every paper begins on a right-hand page, or into a
    folder. The keys of a class in one file are compact: a few lines a paper.
    """
    from partialcredit.cli.making_class import said_of
    from partialcredit.exam import Exam, read_papers
    from partialcredit.exams.print_again import print_again, selected
    from partialcredit.files import write_files

    found = read_papers(paper)
    papers = selected(found.papers if isinstance(found, Exam) else (found,), students)
    contents = print_again(papers, view, output)
    write_files(contents, private=view in ("key", "solutions"))
    if isinstance(found, Exam):
        for sentence in said_of(found):
            click.echo(sentence, err=True)
    for path in contents:
        click.echo(f"wrote {path}", err=True)
