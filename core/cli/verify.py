"""``partialcredit verify``: let the witnesses testify over many seeds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import level_option, names_argument, progress, seed_option

if TYPE_CHECKING:
    from partialcredit.draw import Level


@click.command()
@names_argument
@click.option(
    "-n", "--count", type=click.IntRange(1), default=100, show_default=True,
    help="How many seeds of every family and level.",
)  # fmt: skip
@level_option(None)
@seed_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--fairness", is_flag=True,
    help="Report instead how alike the variants are, and how well a guess or a slip would do.",
)  # fmt: skip
def command(
    names: tuple[str, ...],
    count: int,
    level: str | None,
    seed: int | None,
    as_json: bool,
    fairness: bool,
) -> None:
    """Check that solver and engine agree.

    The exit code is 1 when any key is disputed; with --fairness, when a guess earns more than the
    band allows or problems repeat.
    """
    import json
    from dataclasses import asdict

    from partialcredit.audit.verification import verify_all
    from partialcredit.draw import LEVELS
    from partialcredit.registry import select

    levels = [each for each in LEVELS if level in (None, each)]
    tasks = [(family, each) for family in select(names) for each in levels]
    if fairness:
        sys.exit(_report_fairness(tasks, range(seed or 0, (seed or 0) + count), as_json))
    disputed = 0
    with progress(len(tasks) * count, "Verifying") as advance:
        for outcome in verify_all(tasks, count, seed or 0, advance):
            disputed += outcome.checked - outcome.agreed
            record = asdict(outcome)
            if dispute := record.pop("dispute"):
                click.echo(dispute, err=True)
            if as_json:
                click.echo(json.dumps(record))
                continue
            rate = outcome.checked / outcome.seconds if outcome.seconds else 0.0
            click.echo(
                f"{outcome.family:44} {outcome.level:7} {outcome.agreed:6} of {outcome.checked} "
                f"agree  max error {outcome.max_error:.1e}  {rate:6.0f}/s"
            )
    sys.exit(1 if disputed else 0)


def _report_fairness(tasks: list[tuple[str, Level]], seeds: range, as_json: bool) -> int:
    """Print one line per family and level; 1 when any lies outside the band."""
    import json
    from dataclasses import asdict

    from partialcredit.audit.fairness import measure

    faulty = 0
    for family, level in tasks:
        fairness = measure(family, level, seeds)
        faults = list(fairness.faults())
        faulty += bool(faults)
        if as_json:
            click.echo(
                json.dumps({**asdict(fairness), "earned": fairness.earned, "faults": faults})
            )
            continue
        guess = max(part.guessed for part in fairness.parts)
        click.echo(
            f"{family:44} {level:7} repeats {fairness.repeats:4.0%}  best guess {guess:4.0%}  "
            f"marks {fairness.earned:4.0%}  "
            f"digits {fairness.digits[0]:.1f} ± {fairness.digits[1]:.1f}  "
            f"magnitude {fairness.magnitude[0]:.1f} ± {fairness.magnitude[1]:.1f}"
        )
        for fault in faults:
            click.echo(f"    {fault}")
    return 1 if faulty else 0
