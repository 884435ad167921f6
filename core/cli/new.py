"""``partialcredit new``: start a problem family."""

from __future__ import annotations

import click

#: Links files one by one, so that type checkers and the registry see what is there.
STRICT = "--config-settings editable_mode=strict"


@click.command()
@click.argument("identifier", metavar="TOPIC/FAMILY")
def command(identifier: str) -> None:
    """Write a working family to start from: its file and its template."""
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
