"""The registry: every suffix, every view, the same bytes; everything else one clear sentence."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from partialcredit import writers
from partialcredit.errors import InputError
from partialcredit.paper import Head, Paper
from partialcredit.paper_file import read_paper
from tests.writers.sample import GRAPH, PATHS, paper, part, problem


@pytest.mark.parametrize("suffix", [*writers.SUFFIXES, ".PDF"])
@pytest.mark.parametrize("view", ["paper", "solutions", "key"])
def test_every_format_prints_every_view(suffix: str, view: writers.View) -> None:
    first = writers.render(paper, suffix, view=view)
    assert first == writers.render(paper, suffix, view=view)


def test_the_json_file_is_the_paper() -> None:
    assert read_paper(writers.render(paper, ".json").decode()) == paper


@pytest.mark.parametrize("suffix", [".odt", "", ".doc"])
def test_an_unknown_suffix_names_the_known_ones(suffix: str) -> None:
    with pytest.raises(InputError, match=r"\.md, \.pdf, \.html, \.tex, \.json"):
        writers.render(paper, suffix)


@pytest.mark.parametrize("suffix", [".md", ".html", ".pdf", ".json"])
def test_a_public_paper_prints_but_has_no_key(suffix: str) -> None:
    public = paper.public()
    assert writers.render(public, suffix)
    with pytest.raises(InputError, match="without --public"):
        writers.render(public, suffix, view="key")


def test_a_public_paper_keeps_the_figures_of_the_questions_only() -> None:
    solved = part("1a", "real", "See ![graph](figure:0).", "1", "See ![paths](figure:1).")
    asked = problem(1, "p", "A statement.", solved, figures=[GRAPH, PATHS])
    public = Paper(Head("t"), (asked,)).public()
    assert public.problems[0].figures == (GRAPH,)
    assert writers.render(public, ".pdf")


def test_the_paper_file_stands_beside_every_output() -> None:
    outputs = [Path("a/exam.html"), Path("b/exam.json")]
    files = writers.all_files(paper, outputs, key=Path("a/key.html"), public=True)
    assert sorted(map(str, files)) == ["a/exam.html", "a/exam.json", "a/key.html", "b/exam.json"]
    assert b'"key"' not in files[Path("a/exam.json")]


def test_the_key_does_not_overwrite_the_paper() -> None:
    for key in ("exam.html", "exam.json"):
        with pytest.raises(InputError, match="a name of its own"):
            writers.all_files(paper, [Path("exam.html")], key=Path(key))


def test_markdown_needs_no_heavy_library() -> None:
    code = (
        "import pickle, sys\n"
        "from partialcredit import writers\n"
        "writers.render(pickle.load(sys.stdin.buffer), '.md', view='key')\n"
        "print(*{'typst', 'markdown_it', 'jinja2', 'sympy', 'numpy'} & set(sys.modules))\n"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, input=pickle.dumps(paper), capture_output=True, check=True)
    assert done.stdout.strip() == b""
