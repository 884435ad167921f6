"""``partialcredit grade``: mark what students handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from partialcredit.cli.options import FilePath, progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from partialcredit.marking.decisions import Change
    from partialcredit.marking.marks import Result

PATH = FilePath()

#: Students named for one change of marks.
NAMED = 8


@click.command()
@click.argument("paper", type=PATH)
@click.argument("answers", type=PATH, nargs=-1, required=True, metavar="ANSWERS...")
@click.option(
    "-o", "--output", "outputs", type=PATH, multiple=True,
    help="Write the report to a .csv, .xlsx, .json, .md or .html file, or a gradebook: "
    ".canvas.csv, .moodle.csv; repeats.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--review", type=PATH,
    help="List what a person should look at, equal answers once (.csv, .xlsx).",
)  # fmt: skip
@click.option(
    "--decisions", type=PATH, help="A review file with its marks column filled in by a person."
)
@click.option(
    "--feedback", type=PATH, metavar="FOLDER",
    help="Write a page for every student: the questions, the answers, the marks, the solutions.",
)  # fmt: skip
@click.option(
    "--feedback-format", "form", type=click.Choice(["html", "pdf"]), default="html",
    show_default=True, help="What the pages are.",
)  # fmt: skip
@click.option(
    "--no-follow-through", is_flag=True, help="Give nothing for using a wrong earlier answer well."
)
def command(
    paper: Path,
    answers: tuple[Path, ...],
    outputs: tuple[Path, ...],
    as_json: bool,
    review: Path | None,
    decisions: Path | None,
    feedback: Path | None,
    form: Literal["html", "pdf"],
    no_follow_through: bool,
) -> None:
    """Mark ANSWERS to PAPER: a paper file, or the folder of a class.

    ANSWERS are files or folders of them: .json, .yaml, .csv, .tsv and .xlsx for one student or a
    class, the .md or .docx paper filled in.

    In a decisions file, * as the answer means everyone, and drop as the marks takes the part out
    of the total.
    """
    from dataclasses import replace

    from partialcredit.exam import read_papers
    from partialcredit.files import write_files
    from partialcredit.marking import report
    from partialcredit.marking import review as reviewing
    from partialcredit.marking.alike import Alike, most_marks
    from partialcredit.marking.classroom import mark_papers
    from partialcredit.marking.decisions import Decisions, decide, read_decisions
    from partialcredit.marking.hand_ins import read_hand_ins
    from partialcredit.marking.handing_back import pages
    from partialcredit.marking.policy import Policy
    from partialcredit.marking.report.records import render as to_json
    from partialcredit.marking.report.terminal import to_table
    from partialcredit.marking.resuming import resumable
    from partialcredit.paper import Paper

    for path in outputs:
        report.check_name(path)
    if review is not None:
        reviewing.check_name(review, outputs)
    printed = read_papers(paper)
    papers = (printed,) if isinstance(printed, Paper) else printed.papers
    alike, out_of = Alike(papers), most_marks(papers)
    decided = read_decisions(decisions, out_of) if decisions else Decisions()
    handed_in = read_hand_ins(answers, printed)
    _say(handed_in.notices)
    policy = Policy.from_plain(printed.head.policy)
    if no_follow_through:
        policy = replace(policy, follow_through=False)
    with (
        resumable(handed_in.papers, handed_in.answers, policy=policy) as run,
        progress(len(handed_in.answers), "Marking students") as advance,
    ):

        def finished(result: Result) -> None:
            run.finished.append(result)
            advance(result)

        marked = mark_papers(
            handed_in.papers,
            handed_in.answers,
            policy=policy,
            done=run.done,
            progress=finished,
        )
    results, changes, without_effect = decide(marked, decided, alike)
    contents = {path: report.render(results, path, printed.head.title) for path in outputs}
    if review is not None:
        contents[review] = reviewing.render(
            marked, decided.written, handed_in.strays, review, alike
        )
    marked_papers = [(handed_in.papers[result.student], result) for result in results]
    handed_back = pages(feedback, marked_papers, form) if feedback is not None else {}
    write_files({**handed_back, **contents})
    _say([*without_effect, *_told(changes)])
    _say([f"{part} is dropped and counts for nobody" for part in decided.dropped])
    _say([f"wrote {path}" for path in contents])
    _say([f"wrote the pages of {len(results)} students to {feedback}"] if feedback else [])
    if as_json:
        click.echo(to_json(results).decode(), nl=False)
    elif not outputs:
        click.echo(to_table(results), nl=False)


def _say(sentences: Sequence[str]) -> None:
    """Tell them on stderr, where they are no part of a report."""
    from partialcredit.marking.report.terminal import printable

    for sentence in sentences:
        click.echo(printable(sentence, 600), err=True)


def _told(changes: Sequence[Change]) -> list[str]:
    """Whose marks a person changed, and why: one sentence for equal changes."""
    from partialcredit.marking.marks import plain

    groups: dict[tuple[object, ...], list[str]] = {}
    for change in changes:
        before, after = change.before, change.after
        kind = (change.part, before.marks, after.marks, before.verdict, change.why)
        groups.setdefault(kind, []).append(change.student or "the student")
    sentences = []
    for (part, old, new, verdict, why), students in groups.items():
        more = f" and {len(students) - NAMED} more" if len(students) > NAMED else ""
        names = ", ".join(students[:NAMED]) + more
        told = f"; {why}" if why else ""
        sentences.append(f"{part}: {plain(old)} -> {plain(new)} for {names} (was {verdict}{told})")  # type: ignore[arg-type]
    return sentences
