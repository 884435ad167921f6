"""``partialcredit verify``: let the witnesses testify over many seeds."""

from __future__ import annotations

import sys

import click

from partialcredit.cli.options import level_option, names_argument, progress, seed_option


@click.command()
@names_argument
@click.option(
    "-n", "--count", type=click.IntRange(1), default=100, show_default=True,
    help="How many seeds of every family and level.",
)  # fmt: skip
@level_option(None)
@seed_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def command(
    names: tuple[str, ...], count: int, level: str | None, seed: int | None, as_json: bool
) -> None:
    """Check that solver and engine agree.

    The exit code is 1 when any key is disputed.
    """
    import json
    from dataclasses import asdict

    from partialcredit.draw import LEVELS
    from partialcredit.registry import select
    from partialcredit.verification import verify_all

    levels = [level] if level else LEVELS
    tasks = [(family, each) for family in select(names) for each in levels]
    disputed = 0
    with progress(len(tasks) * count, "Verifying") as advance:
        for outcome in verify_all(tasks, count, seed or 0, advance):  # type: ignore[arg-type]
            disputed += outcome.checked - outcome.agreed
            if as_json:
                record = asdict(outcome)
                record.pop("dispute")
                click.echo(json.dumps(record))
                continue
            rate = outcome.checked / outcome.seconds if outcome.seconds else 0.0
            click.echo(
                f"{outcome.family:44} {outcome.level:7} {outcome.agreed:6} of {outcome.checked} "
                f"agree  max error {outcome.max_error:.1e}  {rate:6.0f}/s"
            )
            if outcome.dispute:
                click.echo(f"    {outcome.dispute}", err=True)
    sys.exit(1 if disputed else 0)
