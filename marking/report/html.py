"""HTML: a page of its own with the class as a table and a section for every student."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from partialcredit.marking.marks import PartMark, Result, plain

__all__ = ["render"]

_STYLE = """
body { font: 1rem/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid #bbb;
padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
pre { margin: 0; white-space: pre-wrap; font: inherit } section { break-inside: avoid }
""".strip()


def render(results: Sequence[Result], title: str) -> bytes:
    """The page; it loads nothing and runs nothing."""
    name = escape(title)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{name}: marks</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"<h1>{name}: marks</h1>\n{_class(results)}{''.join(map(_student, results))}"
        "</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def _class(results: Sequence[Result]) -> str:
    if len(results) < 2:
        return ""
    rows = [
        [r.student, f"{plain(r.marks)} of {r.out_of}", ", ".join(r.open) or "-"] for r in results
    ]
    return _table(["student", "marks", "a person looks at"], rows)


def _student(result: Result) -> str:
    name = escape(f"{_shown(result.student)}: " if result.student else "")
    total = f"{plain(result.marks)} of {result.out_of}"
    head = ["part", "marks", "verdict", "answer", "understood as", "feedback"]
    table = _table(head, [_row(part) for part in result.counted])
    return f"<section>\n<h2>{name}{total}</h2>\n{table}</section>\n"


def _row(part: PartMark) -> list[str]:
    marks = f"{plain(part.marks)} of {part.out_of}"
    return [part.id, marks, part.verdict, part.answer, part.understood, part.feedback]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    lines = [
        "<tr>" + "".join(f"<td><pre>{escape(_shown(cell))}</pre></td>" for cell in row) + "</tr>\n"
        for row in rows
    ]
    return f"<table>\n<tr>{names}</tr>\n{''.join(lines)}</table>\n"


def _shown(text: str) -> str:
    """Text without characters that steer the reading direction or that no page may hold."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)
