"""LaTeX: what a text says is what TeX sets, and nothing that a text holds is a command."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit import writers
from partialcredit.paper import Head, Paper
from partialcredit.writers.latex_text import escaped, verbatim
from partialcredit.writers.mathematics import to_latex
from partialcredit.writers.prose.latex import print_latex
from tests.writers.sample import paper, part, problem

HOSTILE = r"\input{/etc/passwd} \end{document} 50 % #1 & $x^2$ ~ _ {} ^^5c `|<>'\"" + "\x00\x1b"

ENGINES = [name for name in ("pdflatex", "lualatex") if shutil.which(name)]


def test_a_text_holds_no_command() -> None:
    for write in (escaped, verbatim):
        source = write(HOSTILE)
        known = r"\\(?:[{}$&#_%]|text[a-z]+(?:\{\})?)"
        left = re.sub(known, "", source)
        assert "\\" not in left
        assert not re.search(r"[$&#^%]", left)
        assert "\x00" not in source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\alpha \le 1", r"\alpha \le 1"),
        ("α ≤ 1", r"\alpha  \le  1"),
        (r"\begin{align*} x &= 1 \end{align*}", r"\begin{aligned} x &= 1 \end{aligned}"),
        (r"\begin{aligned} x &= 1 \end{aligned}", r"\begin{aligned} x &= 1 \end{aligned}"),
        ("2 − 1", "2 - 1"),
    ],
)
def test_mathematics(source: str, expected: str) -> None:
    assert to_latex(source) == expected


def test_text_and_lists() -> None:
    shown = print_latex(
        "A **b** *c* `d-e` 5 %\n\n- one\n- two\n\n3. three\n\n| a | b |\n|--:|---|\n| 1 | 2 |"
    )
    assert r"A \textbf{b} \emph{c} \texttt{d{-}e} 5 \%" in shown
    assert shown.count(r"\item") == 3
    assert r"{\csname @enumctr\endcsname}{2}" in shown
    assert r"\begin{tabular}{rl}" in shown


def test_figures_lie_beside_the_source() -> None:
    written = writers.files(paper, "exam.tex", view="paper")
    included = re.findall(r"\\includegraphics\{(.*?)\}", written["exam.tex"].decode())
    assert set(written) == {"exam.tex", *included}
    assert all(written[name].startswith(b"%PDF") for name in included)


def test_solutions_are_hidden_behind_one_line() -> None:
    shown, hidden = (
        writers.render(paper, ".tex", view=view).decode() for view in ("solutions", "paper")
    )
    assert "\n\\printanswers" in shown
    assert "\n% \\printanswers" in hidden
    public = writers.render(paper.public(), ".tex").decode()
    solutions = [part.solution for p in paper.problems for part in p.parts if part.solution]
    assert any(print_latex(text) in hidden for text in solutions if "figure:" not in text)
    assert r"\textbf{Key:}" not in public


def compiled(found: Paper, folder: Path, view: writers.View, engine: str) -> str:
    """The text of the pages that TeX makes of a paper."""
    for name, content in writers.files(found, "exam.tex", view=view).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "exam.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-1500:]
    text = shutil.which("pdftotext")
    if text is None:
        return ""
    return subprocess.run(
        [text, "exam.pdf", "-"], cwd=folder, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("view", ["paper", "solutions", "key", "sheet"])
@pytest.mark.parametrize("engine", ENGINES)
def test_tex_sets_every_kind_and_figure(engine: str, view: writers.View, tmp_path: Path) -> None:
    text = compiled(paper, tmp_path, view, engine)
    assert not text or ("Solution:" in text) == (view in ("solutions", "key"))


@pytest.mark.slow
@pytest.mark.skipif(not ENGINES, reason="TeX is not installed")
def test_hostile_titles_are_set_as_they_are(tmp_path: Path) -> None:
    asked = problem(1, HOSTILE, "A statement.", part("1a", "real", "How many?", HOSTILE, "One."))
    head = Head(HOSTILE, course=HOSTILE, allowed=HOSTILE, fields=(HOSTILE,), cover=True)
    text = compiled(replace(Paper(head, (asked,)), id="ABC"), tmp_path, "solutions", ENGINES[0])
    assert not text or r"\input{/etc/passwd} \end{document} 50 % #1" in text
