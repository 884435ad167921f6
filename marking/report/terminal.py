"""Aligned plain text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.marks import Result, plain

__all__ = ["printable", "to_table"]


def to_table(results: Sequence[Result]) -> str:
    """Every part of one student; a class is one line per student."""
    if len(results) > 1:
        width = max(len(printable(result.student)) for result in results)
        lines = [
            f"{printable(r.student):{width}}  {plain(r.marks):>6} / {r.out_of}"
            + (f"   a person looks at {', '.join(r.open)}" if r.open else "")
            for r in results
        ]
        return "\n".join(lines) + "\n"
    return "".join(map(_student_table, results))


def _student_table(result: Result) -> str:
    lines = []
    for part in result.counted:
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
