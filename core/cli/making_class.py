"""``partialcredit generate RECIPE.yaml -o FOLDER/``: everyone's paper, in a class folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import progress

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.exam import Exam
    from partialcredit.paper import Paper

__all__ = ["make_class", "said_of"]


def make_class(
    recipe_path: Path, folder: Path, roster: Path | None, versions: int | None, secret: Path | None
) -> None:
    """Write or update a class folder, and say what it holds."""
    from partialcredit.exams.folder import changed, write_class
    from partialcredit.exams.identity import secret_in
    from partialcredit.exams.interruption import resumable_class
    from partialcredit.exams.planning import plan_class
    from partialcredit.exams.recipe import read_recipe
    from partialcredit.exams.roster import read_roster
    from partialcredit.exams.roster import versions as versions_of
    from partialcredit.files import read_text

    recipe = read_recipe(read_text(recipe_path), str(recipe_path))
    students = read_roster(roster) if roster else versions_of(versions or 1)
    plan = plan_class(folder, recipe, students, secret_in(secret) if secret else None)
    with (
        resumable_class(folder, plan) as run,
        progress(len(run.plan.students), "Printing papers") as advance,
    ):

        def finished(paper: Paper) -> None:
            run.finished.append(paper)
            advance(paper)

        exam = write_class(folder, run.plan, run.before, finished)
    for sentence in plan.notices:
        click.echo(sentence, err=True)
    if plan.exam is not None and (numbers := changed(plan.exam, exam)):
        named = ", ".join(map(str, numbers))
        click.echo(
            f"question {named} is another one now on papers that exist already: print them again; "
            "the exam file with their old keys is kept", err=True,
        )  # fmt: skip
    for sentence in said_of(exam):
        click.echo(sentence, err=True)
    click.echo(f"wrote {folder}", err=True)


def said_of(exam: Exam) -> list[str]:
    """How many papers there are, and how equal the work is that they ask for."""
    from statistics import median

    from partialcredit.exams.equal import spread

    first = exam.papers[0]
    total = sum(problem.minutes for problem in first.problems)
    minutes: dict[int, dict[str, list[float]]] = {}
    for problem in (problem for paper in exam.papers for problem in paper.problems):
        by_family = minutes.setdefault(problem.number, {})
        by_family.setdefault(problem.family, []).append(problem.minutes)
    worst = max(spread(times) for families in minutes.values() for times in families.values())
    picks = [
        f"question {number} is one of {len(families)} families, which take "
        f"{' and '.join(f'{median(times):.0f}' for times in families.values())} minutes"
        for number, families in minutes.items()
        if len(families) > 1
    ]
    return [
        f"{len(exam.papers)} papers of {len(first.problems)} questions and {first.marks} marks, "
        f"about {total:.0f} minutes of work",
        f"every question's work is within {worst:.0%} of the class's median",
        *picks,
    ]
