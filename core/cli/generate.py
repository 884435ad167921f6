"""``partialcredit generate``: write a verified paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from partialcredit.cli.options import FilePath, level_option, names_argument, progress, seed_option

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from partialcredit.paper import Paper, PaperProblem

#: How the name of a set ends, and options that say nothing there.
SETS = (".jsonl", ".parquet")
NOT_OF_SETS = ("title", "solutions", "public", "key", "roster", "versions", "secret")

#: Problems of the longest paper.
LONGEST = 100_000

#: How the name of a recipe ends, and the options that say what a recipe says itself.
RECIPES = (".yaml", ".yml")
SAID_BY_RECIPE = ("count", "level", "title", "choices")

PATH = FilePath(dir_okay=False)


@click.command()
@names_argument
@click.option(
    "-n", "--count", type=click.IntRange(1), default=5, show_default=True,
    help="How many problems.",
)  # fmt: skip
@level_option("medium")
@seed_option
@click.option("--title", default="Deep-learning mathematics", help="The paper's heading.")
@click.option("--choices", is_flag=True, help="Ask as multiple choice where slips are known.")
@click.option("--solutions", is_flag=True, help="Append the worked solutions.")
@click.option("--public", is_flag=True, help="Leave keys and solutions out of the paper file.")
@click.option(
    "-o", "--output", "outputs", type=FilePath(), multiple=True,
    help="A .md, .pdf, .html, .tex or .json file; repeats. Without it, Markdown goes to stdout. "
    "With a class, the folder of the exam. A .jsonl or .parquet file is a set, a row a problem.",
)  # fmt: skip
@click.option("--shard", metavar="I/N", help="Write the I-th of N parts of a set.")
@click.option("--cluster", metavar="ADDRESS", help="Write a set on a dask cluster that runs there.")
@click.option("--key", type=PATH, help="Write keys and worked solutions to a file of their own.")
@click.option(
    "--roster",
    type=PATH,
    help="A paper for every student of a .csv, .tsv or .xlsx table, into a class folder.",
)
@click.option(
    "--versions", type=click.IntRange(1, 10_000), metavar="N",
    help="So many versions, A, B, C, ..., into a class folder.",
)  # fmt: skip
@click.option(
    "--secret",
    type=PATH,
    help="The file of the secret that a class's papers come from; written if there is none.",
)
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
    shard: str | None,
    cluster: str | None,
    key: Path | None,
    roster: Path | None,
    versions: int | None,
    secret: Path | None,
) -> None:
    """Write a paper of fresh, verified problems, or the papers of a RECIPE.yaml.

    Each key is computed twice, and a problem on which solver and engine differ is never printed.

    Whoever knows a paper's seed can make its key: without --seed it has 128 random bits, which
    nobody guesses, and a small one that you choose can be guessed. A public paper file (--public)
    gives no key away, but a printed question's numbers can be typed into a solver: only a
    proctored exam prevents that, and a class's secret only that papers and keys are made again.
    """
    from partialcredit import writers
    from partialcredit.errors import InputError
    from partialcredit.exams.keeping import check_keys_stay
    from partialcredit.files import write_files

    if shard or cluster or any(path.suffix in SETS for path in outputs):
        _of_set(names, count, level, seed, choices, outputs, shard, cluster)
        return
    if count > LONGEST:
        raise InputError(
            f"a paper has at most {LONGEST:,} problems; write a set instead: -o set.jsonl"
        )
    if roster or versions or secret:
        _of_class(names, outputs, roster, versions, secret)
        return

    for path in filter(None, (*outputs, key)):
        writers.check_suffix(path.suffix)
    if any(name.lower().endswith(RECIPES) for name in names):
        paper = _of_recipe(names, seed)
    else:
        paper = _of_names(names, count, level, seed, title, choices, outputs)
    view: writers.View = "solutions" if solutions else "paper"
    contents = writers.all_files(paper, outputs, view=view, key=key, public=public)
    check_keys_stay(contents, key)
    write_files(contents)
    for path in contents:
        click.echo(f"wrote {path}", err=True)
    if not outputs:
        click.echo(writers.render(paper, ".md", view=view).decode(), nl=False)


def _of_set(
    names: tuple[str, ...], count: int, level: str, seed: int | None, choices: bool,
    outputs: tuple[Path, ...], shard: str | None, cluster: str | None,
) -> None:  # fmt: skip
    """A file of rows, or a part of it."""
    from partialcredit.cli.making_set import make_set
    from partialcredit.errors import InputError

    _refuse(NOT_OF_SETS, "go with a set of rows")
    if len(outputs) != 1 or outputs[0].suffix not in SETS:
        raise InputError(f"a set is one file: give one -o with a name in {' or '.join(SETS)}")
    if shard and seed is None:
        raise InputError("the shards of a set have one seed: give --seed N to each of them")
    make_set(names, count, level, seed, choices, outputs[0], shard, cluster)  # type: ignore[arg-type]


def _of_class(
    names: tuple[str, ...], outputs: tuple[Path, ...], roster: Path | None, versions: int | None,
    secret: Path | None,
) -> None:  # fmt: skip
    """The folder of a class."""
    from pathlib import Path

    from partialcredit.cli.making_class import make_class
    from partialcredit.errors import InputError

    if len(names) != 1 or not names[0].lower().endswith(RECIPES):
        raise InputError("a class's papers are made from one recipe: name a .yaml file")
    _refuse(SAID_BY_RECIPE, "go with a recipe: write it there")
    _refuse(("seed", "solutions", "public", "key"), "go with a class: its folder has a secret")
    if bool(roster) == bool(versions):
        raise InputError("a class has students or versions: give --roster FILE or --versions N")
    if len(outputs) != 1:
        raise InputError("a class needs one folder: give -o FOLDER/")
    make_class(Path(names[0]), outputs[0], roster, versions, secret)


def _refuse(names: Iterable[str], why: str) -> None:
    """Raise InputError for options that say nothing here."""
    from partialcredit.errors import InputError

    context = click.get_current_context()
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "")
        if parameter.name in names and given is ParameterSource.COMMANDLINE:
            raise InputError(f"{parameter.opts[-1]} does not {why}")


def _of_recipe(names: tuple[str, ...], seed: int | None) -> Paper:
    """The one paper that a recipe and a seed make."""
    from dataclasses import replace
    from pathlib import Path
    from secrets import randbits

    from partialcredit.errors import InputError
    from partialcredit.exams.identity import id_of_seed
    from partialcredit.exams.questions import paper_of
    from partialcredit.exams.recipe import read_recipe
    from partialcredit.files import read_text

    if len(names) > 1:
        raise InputError(f"a recipe stands alone; it says itself what is asked, not {names[1]!r}")
    _refuse(SAID_BY_RECIPE, "go with a recipe: write it there")
    path = Path(names[0])
    recipe = read_recipe(read_text(path), path.name)
    seed = randbits(128) if seed is None else seed
    return replace(paper_of(recipe, seed), id=id_of_seed(seed, recipe.text))


def _of_names(
    names: tuple[str, ...], count: int, level: str, seed: int | None, title: str, choices: bool,
    outputs: tuple[Path, ...],
) -> Paper:  # fmt: skip
    """A paper of families and topics by name."""
    from dataclasses import replace
    from secrets import randbits

    from partialcredit.exams.compose import compose, plan
    from partialcredit.exams.identity import id_of_seed
    from partialcredit.exams.interruption import resumable
    from partialcredit.paper import Head, Paper

    if seed is None:
        seed = randbits(128)
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
    return replace(paper, id=id_of_seed(seed, *names, count, level, choices))
