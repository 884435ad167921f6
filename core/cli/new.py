"""``partialcredit new``: start a problem family."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("identifier", metavar="TOPIC/FAMILY")
def command(identifier: str) -> None:
    """Write a working family to start from: its file and its template."""
    from partialcredit.scaffold import scaffold

    written = scaffold(identifier, Path.cwd())
    for path in written:
        click.echo(f"wrote {path.relative_to(Path.cwd())}")
    project = next((path for path in written if path.name == "pyproject.toml"), None)
    if project is not None and project.parent != Path.cwd():
        click.echo(f"next: pip install -e {project.parent.name}")
    click.echo(f"then: partialcredit verify {identifier} && partialcredit generate {identifier}")
