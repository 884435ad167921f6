"""``partialcredit families``: what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from partialcredit.draw import Level
    from partialcredit.family import Part
    from partialcredit.paper import PaperProblem


@click.command()
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list for programs.")
def command(topic: str | None, as_json: bool) -> None:
    """List the problem families of all topics, or of one TOPIC with the minutes they take."""
    import json
    from functools import cache

    from partialcredit.draw import LEVELS
    from partialcredit.effort import part_minutes
    from partialcredit.printed import laid_out
    from partialcredit.problem import generate
    from partialcredit.registry import load, select

    chosen = [load(family_id) for family_id in select([topic] if topic else [])]

    @cache
    def example(family_id: str, level: Level) -> PaperProblem:
        return laid_out(generate(load(family_id), level, 0))

    if not as_json:
        width = max(len(family.id) for family in chosen)
        if topic:
            click.echo(f"{'minutes for an example':{width}}  {'  '.join(LEVELS)}")
        for family in chosen:
            shown = LEVELS if topic else ()  # to write examples of all families takes a while
            minutes = (f"{example(family.id, level).minutes:{len(level)}.0f}" for level in shown)
            click.echo("  ".join([f"{family.id:{width}}", *minutes, family.title]))
        return

    def record(family_id: str, part: Part) -> dict[str, object]:
        level = next(level for level in LEVELS if level in part.levels)
        shown = next(p for p in example(family_id, level).parts if p.name == part.name)
        minutes = round(part_minutes(shown), 1)
        return {"name": part.name, "kind": shown.kind, "marks": part.marks, "minutes": minutes}

    records = [
        {
            "id": family.id,
            "topic": family.topic,
            "title": family.title,
            "levels": list(LEVELS),
            "parts": [record(family.id, part) for part in family.asked],
            "mistakes": [slip.name for part in family.asked for slip in part.slips],
            "sources": list(family.sources),
        }
        for family in chosen
    ]
    click.echo(json.dumps(records, indent=1, ensure_ascii=False))
