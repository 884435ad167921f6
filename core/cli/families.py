"""``partialcredit families``: what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from partialcredit.draw import Level
    from partialcredit.family import Part
    from partialcredit.paper import PaperPart


@click.command()
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list for programs.")
def command(topic: str | None, as_json: bool) -> None:
    """List the problem families, of one TOPIC or of all."""
    import json
    from functools import cache

    from partialcredit.draw import LEVELS
    from partialcredit.effort import part_minutes
    from partialcredit.printed import laid_out
    from partialcredit.problem import generate
    from partialcredit.registry import load, select

    chosen = [load(family_id) for family_id in select([topic] if topic else [])]
    if not as_json:
        width = max(len(family.id) for family in chosen)
        for family in chosen:
            click.echo(f"{family.id:{width}}  {family.title}")
        return

    @cache
    def example(family_id: str, level: Level) -> dict[str, PaperPart]:
        problem = generate(load(family_id), level, 0)
        return {part.name: part for part in laid_out(problem).parts}

    def record(family_id: str, part: Part) -> dict[str, object]:
        level = next(level for level in LEVELS if level in part.levels)
        shown = example(family_id, level)[part.name]
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
