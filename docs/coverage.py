"""Write docs/coverage.md, the rows of the source notes and their families: run this file.

``docs/rows.csv`` lists the rows: number, lines of the notes, what kind of statement it is, and how
it was judged (CORRECT, WRONG, OCR, ...). Rows that are context or opinion cannot be checked, and
of those whose text is lost only what could be restored.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from partialcredit.registry import family_ids, load

HERE = Path(__file__).parent
PAGE = HERE / "coverage.md"
UNCHECKABLE = ("CONTEXT", "OPINION", "LOST")


def rows() -> list[dict[str, str]]:
    """The rows of the notes that can be checked, or are asked all the same."""
    asked = covering()
    with (HERE / "rows.csv").open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row["status"] not in UNCHECKABLE or row["row"] in asked
        ]


def covering() -> dict[str, list[str]]:
    """Row to the families whose docstring names it as a source."""
    found: dict[str, list[str]] = defaultdict(list)
    for family_id in family_ids():
        for source in load(family_id).sources:
            found[source].append(family_id)
    return found


def page() -> str:
    """The coverage page."""
    families = covering()
    listed = rows()
    empty = [row["row"] for row in listed if row["row"] not in families]
    lines = [
        "# Coverage",
        "",
        "Every checkable row of the source notes, how it was judged, and the families that ask it.",
        "Generated from the families' docstrings by `python docs/coverage.py`.",
        "",
        f"{len(listed) - len(empty)} of {len(listed)} rows are covered by {len(family_ids())} "
        "families." + (f" Not yet covered: {', '.join(empty)}." if empty else ""),
        "",
        "| row | lines | kind | judged | families |",
        "|---|---|---|---|---|",
    ]
    for row in listed:
        named = ", ".join(f"`{family}`" for family in families.get(row["row"], []))
        cells = [row["row"], row["lines"], row["kind"], row["status"], named]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
