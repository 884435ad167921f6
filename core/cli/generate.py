"""``partialcredit generate``: write a verified paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath, level_option, names_argument, progress, seed_option

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.paper import PaperProblem

PATH = FilePath(dir_okay=False)


@click.command()
@names_argument
@click.option(
    "-n", "--count", type=click.IntRange(1, 100_000), default=5, show_default=True,
    help="How many problems.",
)  # fmt: skip
@level_option("medium")
@seed_option
@click.option("--title", default="Deep-learning mathematics", help="The paper's heading.")
@click.option("--choices", is_flag=True, help="Ask as multiple choice where slips are known.")
@click.option("--solutions", is_flag=True, help="Append the worked solutions.")
@click.option("--public", is_flag=True, help="Leave keys and solutions out of the paper file.")
@click.option(
    "-o", "--output", "outputs", type=PATH, multiple=True,
    help="A .md, .pdf, .html or .json file; repeats. Without it, Markdown goes to stdout.",
)  # fmt: skip
@click.option("--key", type=PATH, help="Write keys and worked solutions to a file of their own.")
def command(
    names: tuple[str, ...],
    count: int,
    level: str,
    seed: int | None,
    title: str,
    choices: bool,
    solutions: bool,
    public: bool,
    outputs: tuple[Path, ...],
    key: Path | None,
) -> None:
    """Write a paper of fresh, verified problems.

    Each key is computed twice, and a problem on which solver and engine differ is never printed.
    """
    from secrets import randbelow

    from partialcredit import writers
    from partialcredit.exams.compose import compose, plan
    from partialcredit.exams.interruption import resumable
    from partialcredit.files import write_files
    from partialcredit.paper import Head, Paper

    if seed is None:
        seed = randbelow(10**6)
    for path in filter(None, (*outputs, key)):
        writers.check_suffix(path.suffix)
    tasks = plan(names, count, level, seed)  # type: ignore[arg-type]
    first = outputs[0] if outputs else None
    # What kept problems are known by.
    draft = Paper(Head(f"{title} ({choices=})"), (), seed=seed, level=level)
    with (
        resumable(first, draft, len(tasks)) as run,
        progress(len(tasks), "Writing problems") as advance,
    ):

        def finished(problem: PaperProblem) -> None:
            run.finished.append(problem)
            advance(problem)

        paper = compose(
            tasks,
            title=title,
            level=level,  # type: ignore[arg-type]
            seed=seed,
            choices=choices,
            done=run.done,
            progress=finished,
        )
    view: writers.View = "solutions" if solutions else "paper"
    contents = writers.all_files(paper, outputs, view=view, key=key, public=public)
    write_files(contents)
    for path in contents:
        click.echo(f"wrote {path}", err=True)
    if not outputs:
        click.echo(writers.render(paper, ".md", view=view).decode(), nl=False)
