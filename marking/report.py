"""The marks of one student or a class, as a table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from partialcredit.marking.marker import PartMark
from partialcredit.writers.markdown import escape

__all__ = ["Result", "to_csv", "to_json", "to_markdown", "to_table"]


@dataclass(frozen=True, slots=True)
class Result:
    """One student's marked paper."""

    student: str
    parts: tuple[PartMark, ...]

    @property
    def marks(self) -> Fraction:
        """All marks earned."""
        return sum((part.marks for part in self.parts), Fraction(0))

    @property
    def out_of(self) -> int:
        """All marks there are."""
        return sum(part.out_of for part in self.parts)

    @property
    def open(self) -> list[str]:
        """The parts a person has to look at."""
        return [part.id for part in self.parts if part.verdict == "undecided"]


def plain(marks: Fraction) -> int | float:
    """Marks as a number with at most two decimals."""
    return int(marks) if marks.denominator == 1 else round(float(marks), 2)


def _record(result: Result) -> dict[str, Any]:
    parts = [{**asdict(part), "marks": plain(part.marks)} for part in result.parts]
    head = {"student": result.student, "marks": plain(result.marks), "out_of": result.out_of}
    return {**head, "parts": parts}


def to_json(results: Sequence[Result]) -> str:
    """A list with one record per student."""
    return json.dumps([_record(result) for result in results], ensure_ascii=False, indent=1) + "\n"


def to_csv(results: Sequence[Result]) -> str:
    """One line per student: the total, then the marks of every part, then what is undecided."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    ids = [part.id for part in results[0].parts] if results else []
    writer.writerow(["student", "marks", "out_of", *ids, "undecided"])
    for result in results:
        marks = [plain(part.marks) for part in result.parts]
        row = [_cell(result.student), plain(result.marks), result.out_of, *marks]
        writer.writerow([*row, " ".join(result.open)])
    return out.getvalue()


def _cell(text: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def to_markdown(results: Sequence[Result]) -> str:
    """One section per student, one table row per part; students' text is escaped."""
    sections = []
    for result in results:
        name = f" {escape(result.student)}" if result.student else ""
        head = f"## Marks{name}: {plain(result.marks)} of {result.out_of}"
        rows = [
            f"| {p.id} | {plain(p.marks)} / {p.out_of} | {p.verdict} | {escape(p.answer)} "
            f"| {escape(p.understood)} | {escape(p.feedback)} |"
            for p in result.parts
        ]
        table = [
            "| part | marks | verdict | answer | understood as | feedback |",
            "|---|---|---|---|---|---|",
        ]
        sections.append("\n".join([head, "", *table, *rows]))
    return "\n\n".join(sections) + "\n"


def to_table(results: Sequence[Result]) -> str:
    """Aligned plain text for the terminal; a class is one line per student."""
    if len(results) > 1:
        width = max(len(printable(result.student)) for result in results)
        lines = [
            f"{printable(r.student):{width}}  {plain(r.marks):>6} / {r.out_of}"
            + (f"   undecided: {', '.join(r.open)}" if r.open else "")
            for r in results
        ]
        return "\n".join(lines) + "\n"
    return "".join(map(_student_table, results))


def _student_table(result: Result) -> str:
    lines = []
    for part in result.parts:
        lines.append(f"{part.id:>4}  {plain(part.marks):>5} / {part.out_of}  {part.verdict}")
        if part.answer.strip():
            lines.append(f"        answer         {printable(part.answer)}")
        if part.understood:
            lines.append(f"        understood as  {printable(part.understood)}")
        lines += [f"        {printable(line)}" for line in part.feedback.splitlines()]
    total = f"total {plain(result.marks)} / {result.out_of}"
    if result.open:
        total += f"; a person decides {', '.join(result.open)}"
    return "\n".join([*lines, total]) + "\n"


def printable(text: str, longest: int = 200) -> str:
    """Text that cannot steer a terminal: control and direction characters become spaces."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= longest else f"{clean[:longest]}..."
