"""``partialcredit families``: what can be asked."""

from __future__ import annotations

import click


@click.command()
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list for programs.")
def command(topic: str | None, as_json: bool) -> None:
    """List the problem families, of one TOPIC or of all."""
    import json

    from partialcredit.draw import LEVELS
    from partialcredit.problem import generate
    from partialcredit.registry import load, select

    chosen = [load(family_id) for family_id in select([topic] if topic else [])]
    if not as_json:
        width = max(len(family.id) for family in chosen)
        for family in chosen:
            click.echo(f"{family.id:{width}}  {family.title}")
        return

    def kind(family_id: str, part: str) -> str:
        family = load(family_id)
        level = next(level for level in LEVELS if level in family.parts[part].levels)
        return generate(family, level, 0).kinds[part].name

    records = [
        {
            "id": family.id,
            "topic": family.topic,
            "title": family.title,
            "levels": list(LEVELS),
            "parts": [
                {"name": part.name, "kind": kind(family.id, part.name), "marks": part.marks}
                for part in family.parts.values()
            ],
            "mistakes": [slip.name for part in family.parts.values() for slip in part.slips],
            "sources": list(family.sources),
        }
        for family in chosen
    ]
    click.echo(json.dumps(records, indent=1, ensure_ascii=False))
