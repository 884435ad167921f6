"""LaTeX: source for the exam class, with its figures as PDF files beside it.

It compiles with pdflatex, xelatex and lualatex; a line at its top shows or hides the solutions.
"""

from __future__ import annotations

from pathlib import PurePath

from partialcredit.paper import LARGE, NORMAL, Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.pdf import draw_pdf
from partialcredit.writers.head import asked, facts, fields, marks_table
from partialcredit.writers.latex_text import escaped
from partialcredit.writers.mathematics.latex import PREAMBLE
from partialcredit.writers.prose.latex import print_latex
from partialcredit.writers.spaces import box_height, has_box, kind_of, working_room
from partialcredit.writers.views import View, heading, one_line

__all__ = ["files", "render"]

_HEAD = r"""% Compile with pdflatex, xelatex or lualatex; needs the class exam.
\documentclass[{points}pt,{size},addpoints]{{exam}}
\usepackage{{iftex}}
\ifPDFTeX\usepackage[T1]{{fontenc}}\usepackage[utf8]{{inputenc}}\usepackage{{lmodern}}\fi
\usepackage{{textcomp,graphicx,array,geometry}}
\geometry{{left=22mm,right=30mm,top=24mm,bottom=24mm}}
{mathematics}
\pointsinrightmargin
\bracketedpoints
\marksnotpoints
\hpword{{Marks:}}\hsword{{Given:}}\htword{{All}}
\setlength{{\rightpointsmargin}}{{12mm}}
\setlength{{\parindent}}{{0pt}}
\setlength{{\parskip}}{{0.5ex}}
\pagestyle{{headandfoot}}
\firstpageheader{{}}{{}}{{{paper}}}
\runningheader{{{title}}}{{}}{{{paper}}}
\footer{{}}{{page \thepage\ of \numpages}}{{}}
% What is asked first stays together with its figures.
\newcommand{{\stem}}[2]{{\question\begin{{minipage}}[t]{{\linewidth}}\setlength{{\parskip}}{{0.8ex}}%
\textbf{{#1}}\par #2\end{{minipage}}\par\nopagebreak}}
% Show or hide the solutions:
{answers}
"""

#: Questions beside each other in the table of marks.
_IN_A_ROW = 10

_QUAD, _RULE = r" \quad ", r"\enspace\hrulefill"


def render(paper: Paper, view: View) -> bytes:
    """The source alone; it looks for its figures in ``figures/``."""
    return _document(paper, view, "figures").encode()


def files(paper: Paper, name: str, view: View) -> dict[str, bytes]:
    """The source and the figures it includes."""
    folder = f"{PurePath(name).stem}-figures"
    source = _document(paper, view, folder)
    drawings = {
        _drawing(folder, problem, number): figure
        for problem in paper.problems
        for number, figure in enumerate(problem.figures)
        if f"{{{_drawing(folder, problem, number)}}}" in source
    }
    return {
        name: source.encode(),
        **dict(zip(drawings, map(draw_pdf, drawings.values()), strict=True)),
    }


def _drawing(folder: str, problem: PaperProblem, number: int) -> str:
    return f"{folder}/{problem.number}-{number + 1}.pdf"


def _document(paper: Paper, view: View, folder: str) -> str:
    head = _HEAD.format(
        points=12 if paper.points > (NORMAL + LARGE) / 2 else 11,
        size="letterpaper" if paper.head.paper == "letter" else "a4paper",
        mathematics=PREAMBLE,
        paper=f"Paper {escaped(one_line(paper.id))}" if paper.id else "",
        title=escaped(heading(paper, view)),
        answers=r"\printanswers" if view in ("solutions", "key") else r"% \printanswers",
    )
    questions = "\n\n".join(_problem(problem, paper, view, folder) for problem in paper.problems)
    return (
        f"{head}\n\\begin{{document}}\n\n{_top(paper, view)}\n"
        f"\\begin{{questions}}\n\n{questions}\n\n\\end{{questions}}\n\\end{{document}}\n"
    )


def _top(paper: Paper, view: View) -> str:
    """Title, facts, fields, instructions and the table of marks."""
    lines = [
        rf"{{\LARGE\bfseries {escaped(heading(paper, view))}\par}}",
        _QUAD.join(map(escaped, facts(paper))) + r"\par\medskip\hrule\medskip",
    ]
    if view in ("paper", "sheet"):
        lines += [
            rf"{escaped(label)}: {escaped(value) or _RULE}\par\smallskip"
            for label, value in fields(paper)
        ]
    if view == "paper":
        allowed = escaped(one_line(paper.head.allowed))
        lines += [rf"\textbf{{Allowed:}} {allowed}\par" if allowed else ""]
        lines += [print_latex(paper.head.instructions) + r"\par"]
        if marks_table(paper):
            rows = -(-len(paper.problems) // _IN_A_ROW)
            lines += [rf"\begin{{center}}\multirowgradetable{{{rows}}}[questions]\end{{center}}"]
        lines += [r"\newpage" if paper.head.cover else ""]
    return "\n".join(filter(None, lines))


def _problem(problem: PaperProblem, paper: Paper, view: View, folder: str) -> str:
    figures = tuple(
        rf"\begin{{center}}\includegraphics{{{_drawing(folder, problem, i)}}}\end{{center}}" + "\n"
        for i in range(len(problem.figures))
    )
    lines = [r"\newpage"] if problem.new_page and view == "paper" else []
    if problem.section:
        lines += [rf"\fullwidth{{\Large\bfseries {escaped(one_line(problem.section.title))}}}"]
        lines += [rf"\fullwidth{{{print_latex(problem.section.text)}}}"]
    asks = view in ("paper", "solutions")
    stem = print_latex(problem.statement, figures) if asks else ""
    lines += [f"\\stem{{{escaped(one_line(problem.title))}}}{{%\n{stem}}}"]
    parts = "\n\n".join(_part(part, problem, paper, view, figures) for part in problem.parts)
    lines += [f"\\begin{{parts}}\n\n{parts}\n\n\\end{{parts}}"]
    if view == "paper" and (room := working_room(problem)):
        lines += [rf"\ifprintanswers\else\vspace*{{{room:g}mm}}\fi"]
    return "\n".join(lines)


def _part(
    part: PaperPart, problem: PaperProblem, paper: Paper, view: View, figures: tuple[str, ...]
) -> str:
    bare = view in ("key", "sheet")
    prompt = "" if bare else print_latex(asked(part, paper.head.policy), figures)
    lines = [rf"\part[{part.marks}] {prompt}".rstrip()]
    if part.options and not bare:
        choices = "".join(rf"\choice {print_latex(o, figures)}" + "\n" for o in part.options)
        lines += [f"\\begin{{checkboxes}}\n{choices}\\end{{checkboxes}}"]
    elif kind_of(part) == "truefalse":
        circles = _QUAD.join(rf"{i + 1}.~T~$\bigcirc$~F~$\bigcirc$" for i in range(part.count))
        lines += [rf"\ifprintanswers\else\par {circles}\par\fi"]
    room = box_height(part, problem) if has_box(part) else 0
    solved = print_latex(part.solution, figures) if part.solution else ""
    key = rf"\textbf{{Key:}} \texttt{{{escaped(one_line(part.key))}}}\par " if part.key else ""
    lines += [_answer(f"{key}{solved}", room)]
    return "\n".join(filter(None, lines))


def _answer(solution: str, room: float) -> str:
    """Room for an answer, in which the solution stands when it is shown."""
    if room:
        return f"\\begin{{solutionorbox}}[{room:g}mm]\n{solution}\n\\end{{solutionorbox}}"
    return f"\\begin{{solution}}\n{solution}\n\\end{{solution}}" if solution else ""
