"""``partialcredit new``: start a problem family, or a recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

#: How the name of a recipe ends.
SUFFIXES = (".yaml", ".yml")

#: Links files one by one, so that type checkers and the registry see what is there.
STRICT = "--config-settings editable_mode=strict"


@click.command()
@click.argument("identifier", metavar="TOPIC/FAMILY|RECIPE.yaml")
def command(identifier: str) -> None:
    """Write something that works to start from: a family and its template, or a recipe."""
    from pathlib import Path

    if identifier.lower().endswith(SUFFIXES):
        _recipe(Path(identifier))
        return
    _family(identifier)


def _recipe(path: Path) -> None:
    """A recipe with a comment on everything in it."""
    from importlib.resources import files

    from partialcredit.errors import InputError
    from partialcredit.files import write_files

    if path.exists():
        raise InputError(f"{path} exists already; move it away or choose another name")
    write_files({path: files("partialcredit.exams").joinpath("example.yaml").read_bytes()})
    click.echo(f"wrote {path}")
    click.echo(f"then: partialcredit generate {path} -o {path.with_suffix('.pdf')}")


def _family(identifier: str) -> None:
    from pathlib import Path

    from partialcredit.registry import family_ids
    from partialcredit.scaffold import scaffold

    here = Path.cwd()
    written = scaffold(identifier, here)
    for path in written:
        click.echo(f"wrote {path.relative_to(here)}")
    family_ids.cache_clear()
    if identifier not in family_ids():  # a new package, or a checkout that is not what runs here
        project = next((path.parent for path in written if path.name == "pyproject.toml"), here)
        click.echo(f"next: pip install -e {project.relative_to(here)} {STRICT}")
    click.echo(f"then: partialcredit verify {identifier} && partialcredit generate {identifier}")
