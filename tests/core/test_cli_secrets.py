"""What is printed leads to no key, and keys are not lost; what does not go with a class."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from partialcredit.cli import main

Run = Callable[..., tuple[int, str, str]]

RECIPE = "title: Quiz\nquestions:\n  - {family: cnn_shapes/conv_output_size}\n"
ROSTER = "student\nAda\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in a folder with a recipe and a roster."""
    monkeypatch.chdir(tmp_path)
    Path("quiz.yaml").write_text(RECIPE)
    Path("class.csv").write_text(ROSTER)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partialcredit", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("quiz.yaml", "--roster", "class.csv"), "give -o FOLDER/"),
        (("quiz.yaml", "--secret", "s", "-o", "x"), "--roster FILE or --versions N"),
        (("quiz.yaml", "--roster", "class.csv", "--versions", "2", "-o", "x"), "--versions N"),
        (("losses", "--versions", "2", "-o", "x"), "made from one recipe"),
        (("quiz.yaml", "--versions", "2", "--level", "easy", "-o", "x"), "go with a recipe"),
        (("quiz.yaml", "--versions", "2", "--seed", "1", "-o", "x"), "go with a class"),
        (("quiz.yaml", "--versions", "2", "-o", "quiz.yaml"), "quiz.yaml"),
    ],
)
def test_what_does_not_go_together(run: Run, arguments: tuple[str, ...], message: str) -> None:
    code, _, said = run("generate", *arguments)
    assert code == 2
    assert message in said
    assert said.count("\n") == 1
    assert Path("quiz.yaml").read_text() == RECIPE
    assert not Path("x").exists()


def test_a_paper_has_an_id_and_no_seed_in_print(run: Run) -> None:
    assert run("generate", "losses", "-n", "2", "-o", "a.md", "-o", "a.html")[0] == 0
    data = json.loads(Path("a.json").read_text())
    assert data["seed"] > 2**64
    for path in ("a.md", "a.html"):
        text = Path(path).read_text()
        assert data["id"] in text
        assert str(data["seed"]) not in text


def test_keys_are_never_replaced_by_another_papers(run: Run) -> None:
    one = ("generate", "losses", "-n", "2", "--seed", "1", "-o", "a.md", "--key", "k.md")
    assert run(*one)[0] == 0
    before = {name: Path(name).read_bytes() for name in ("a.md", "a.json", "k.md")}
    code, _, said = run("generate", "losses", "-n", "2", "--seed", "2", "-o", "a.html")
    assert code == 2
    assert "a.json holds the keys of another paper" in said
    code, _, said = run("generate", "losses", "--seed", "2", "-o", "b.md", "--key", "k.md")
    assert code == 2
    assert "k.md holds another key" in said
    assert not Path("a.html").exists()
    assert not Path("b.json").exists()
    assert run(*one)[0] == 0
    assert {name: Path(name).read_bytes() for name in before} == before
