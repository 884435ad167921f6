"""Markdown: readable as it is, rendered by GitHub and pandoc, and read back with its answers."""

from __future__ import annotations

import re
from functools import partial
from pathlib import PurePath
from urllib.parse import quote

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.head import asked, facts, fields, marks_table
from partialcredit.writers.views import View, heading, letter, one_line, plural

__all__ = ["files", "render"]

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>#$&~^|])")
_BLOCK = re.compile(r"\s*(\$\$|\||[-*+] |\d+[.)] |```|>|!\[)")
_FIGURE = re.compile(r"!\[([^\]]*)\]\(figure:(\d+)\)")


def render(paper: Paper, view: View) -> bytes:
    """The paper as one Markdown text; figures appear as their alternative text."""
    return _document(paper, view, "")


def files(paper: Paper, name: str, view: View) -> dict[str, bytes]:
    """The Markdown file and the drawings it links to."""
    folder = f"{PurePath(name).stem}-figures"
    document = _document(paper, view, folder)
    drawings = {
        _drawing(folder, problem, i): figure
        for problem in paper.problems
        for i, figure in enumerate(problem.figures)
        if f"]({quote(_drawing(folder, problem, i))})".encode() in document
    }
    if not drawings:
        return {name: document}
    from partialcredit.writers.drawing.svg import draw

    return {name: document, **dict(zip(drawings, draw(tuple(drawings.values())), strict=True))}


def _drawing(folder: str, problem: PaperProblem, number: int) -> str:
    return f"{folder}/{problem.number}-{number + 1}.svg"


def escape(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _PUNCTUATION.sub(r"\\\1", one_line(text))


def _document(paper: Paper, view: View, folder: str) -> bytes:
    blocks = [f"# {escape(heading(paper, view))}", " · ".join(map(escape, facts(paper)))]
    if view in ("paper", "sheet"):
        blocks += [f"**{escape(label)}:** {escape(value)}" for label, value in fields(paper)]
    if view == "paper":
        blocks += _instructions(paper)
    for problem in paper.problems:
        blocks += _problem(problem, paper, view, folder)
    return ("\n\n".join(filter(None, blocks)) + "\n").encode("utf-8", "replace")


def _instructions(paper: Paper) -> list[str]:
    allowed = one_line(paper.head.allowed)
    table = [f"| {' | '.join(line)} |" for line in marks_table(paper)]
    table[1:1] = [f"|{'---|' * table[0].count(' | ')}---|"] if table else []
    return [
        f"**Allowed:** {escape(allowed)}" if allowed else "",
        paper.head.instructions.strip(),
        "\n".join(table),
    ]


def _problem(problem: PaperProblem, paper: Paper, view: View, folder: str) -> list[str]:
    show = partial(_text, problem, folder)
    blocks = []
    if problem.section:
        blocks.append(f"# {escape(problem.section.title)}")
        blocks.append(problem.section.text.strip() if view in ("paper", "solutions") else "")
    blocks += [f"## {problem.number}. {escape(problem.title)} ({plural(problem.marks, 'mark')})"]
    if view in ("paper", "solutions"):
        blocks.append(show(problem.statement))
    for part in problem.parts:
        if view == "key":
            blocks += [f"**({letter(part)})** {_code(part.key or '')} {_marks(part)}"]
        elif view != "sheet":
            prompt = show(asked(part, paper.head.policy))
            blocks.append(_prompt(letter(part), prompt, _marks(part)))
            blocks.append("\n".join(f"- **({_nth(i)})** {o}" for i, o in enumerate(part.options)))
        if view in ("paper", "sheet"):
            blocks.append(f"**Answer {part.id}:**")
        elif part.solution:
            solution = show(part.solution)
            blocks += (
                ["**Solution.**", solution]
                if _BLOCK.match(solution)
                else [f"**Solution.** {solution}"]
            )
    return blocks


def _prompt(letter: str, prompt: str, marks: str) -> str:
    """The prompt between its letter and its marks; a table or display keeps lines of its own."""
    last = prompt.rpartition("\n\n")[2]
    before = "\n\n" if _BLOCK.match(prompt) else " "
    after = "\n\n" if _BLOCK.match(last) or last.endswith("$$") else " "
    return f"**({letter})**{before}{prompt}{after}{marks}"


def _nth(index: int) -> str:
    """A, B, ..., Z, AA, AB, ...: as keys are written, and unlike the letters of parts."""
    last = chr(ord("A") + index % 26)
    return last if index < 26 else _nth(index // 26 - 1) + last


def _marks(part: PaperPart) -> str:
    return f"*({plural(part.marks, 'mark')})*"


def _code(text: str) -> str:
    """A code span; its fence is longer than any run of backquotes inside."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, pad = "`" * (longest + 1), " " * (longest > 0)
    return f"{fence}{pad}{' '.join(text.split())}{pad}{fence}"


def _text(problem: PaperProblem, folder: str, text: str) -> str:
    """Problem text with its figures as links, or as words where there is no folder for them."""

    def link(match: re.Match[str]) -> str:
        number = int(match[2])
        alt = problem.figures[number].alt if number < len(problem.figures) else match[1]
        if not folder:
            return f"*[Figure: {escape(alt)}]*"
        return f"![{escape(alt)}]({quote(_drawing(folder, problem, number))})"

    return _FIGURE.sub(link, text.strip())
