"""``partialcredit generate``: write a verified paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from partialcredit.cli.options import FilePath, level_option, names_argument, progress, seed_option

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.paper import Paper, PaperProblem

#: How the name of a recipe ends, and the options that say what a recipe says itself.
RECIPES = (".yaml", ".yml")
SAID_BY_RECIPE = ("count", "level", "title", "choices")

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
    """Write a paper of fresh, verified problems, or the paper of a RECIPE.yaml.

    Each key is computed twice, and a problem on which solver and engine differ is never printed.
    """
    from partialcredit import writers
    from partialcredit.files import write_files

    for path in filter(None, (*outputs, key)):
        writers.check_suffix(path.suffix)
    if any(name.lower().endswith(RECIPES) for name in names):
        paper = _of_recipe(names, seed)
    else:
        paper = _of_names(names, count, level, seed, title, choices, outputs)
    view: writers.View = "solutions" if solutions else "paper"
    contents = writers.all_files(paper, outputs, view=view, key=key, public=public)
    write_files(contents)
    for path in contents:
        click.echo(f"wrote {path}", err=True)
    if not outputs:
        click.echo(writers.render(paper, ".md", view=view).decode(), nl=False)


def _of_recipe(names: tuple[str, ...], seed: int | None) -> Paper:
    """The one paper that a recipe and a seed make."""
    from pathlib import Path
    from secrets import randbits

    from partialcredit.errors import InputError
    from partialcredit.exams.questions import paper_of
    from partialcredit.exams.recipe import read_recipe
    from partialcredit.files import read_text

    if len(names) > 1:
        raise InputError(f"a recipe stands alone; it says itself what is asked, not {names[1]!r}")
    context = click.get_current_context()
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "")
        if parameter.name in SAID_BY_RECIPE and given is ParameterSource.COMMANDLINE:
            raise InputError(f"{parameter.opts[-1]} does not go with a recipe: write it there")
    path = Path(names[0])
    return paper_of(
        read_recipe(read_text(path), path.name), randbits(128) if seed is None else seed
    )


def _of_names(
    names: tuple[str, ...], count: int, level: str, seed: int | None, title: str, choices: bool,
    outputs: tuple[Path, ...],
) -> Paper:  # fmt: skip
    """A paper of families and topics by name."""
    from secrets import randbelow

    from partialcredit.exams.compose import compose, plan
    from partialcredit.exams.interruption import resumable
    from partialcredit.paper import Head, Paper

    if seed is None:
        seed = randbelow(10**6)
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

        return compose(
            tasks,
            title=title,
            level=level,  # type: ignore[arg-type]
            seed=seed,
            choices=choices,
            done=run.done,
            progress=finished,
        )
