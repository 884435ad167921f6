"""Write docs/families/*.md, one example per family and level: ``python docs/gallery.py``."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from partialcredit.draw import LEVELS
from partialcredit.paper import Head, Paper
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load
from partialcredit.writers import files

FOLDER = Path(__file__).with_name("families")


def pages() -> dict[Path, bytes]:
    """A page of problems with solutions per topic, and the figures they show."""
    topics = defaultdict(list)
    for family_id in family_ids():
        topics[family_id.partition("/")[0]].append(family_id)
    contents = {}
    for topic, families in topics.items():
        problems = tuple(
            printed(generate(load(family_id), level, 1), number)
            for number, (family_id, level) in enumerate(
                ((family_id, level) for family_id in families for level in LEVELS), 1
            )
        )
        paper = Paper(Head(topic.replace("_", " ").capitalize()), problems, seed=1, level="every")
        for name, content in files(paper, f"{topic}.md", view="solutions").items():
            contents[FOLDER / name] = content
    return contents


if __name__ == "__main__":
    for path, content in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
