"""``grade`` as a lecturer calls it, and what no command foresaw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from partialcredit.cli import main
from partialcredit.marking.report import SUFFIXES

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in a folder with paper.json; returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partialcredit", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    call("generate", "conv_output_size", "-n", "1", "--seed", "2", "-o", "paper.json")
    return call


def keys(folder: Path) -> dict[str, str]:
    data = json.loads((folder / "paper.json").read_text())
    return {part["id"]: part["key"] for p in data["problems"] for part in p["parts"]}


def test_every_report_and_a_review_in_one_run(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("student,1a,1b,note\nAda,3x(,1,x\nBen,3x(,,\n")
    outputs = [word for suffix in SUFFIXES for word in ("-o", f"r{suffix}")]
    code, out, err = run("grade", "paper.json", "c.csv", *outputs, "--review", "review.csv")
    assert (code, out) == (0, "")
    assert all(f"wrote r{suffix}\n" in err for suffix in SUFFIXES)
    assert "ignored: 'note'" in err
    assert (tmp_path / "review.csv").read_text().count("Ada, Ben") == 1


def test_decisions_change_marks_and_say_whose(run: Run, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("student,1a\nAda,3x(\nBen,3x(\n")
    run("grade", "paper.json", "c.csv", "--review", "review.csv")
    text = (tmp_path / "review.csv").read_text()
    (tmp_path / "review.csv").write_text(text.replace('"0","",""', '"0","1","legible"'))
    code, out, err = run(
        "grade", "paper.json", "c.csv", "--decisions", "review.csv", "--review", "review.csv",
        "--json",
    )  # fmt: skip
    assert code == 0
    assert [r["parts"][0]["verdict"] for r in json.loads(out)] == ["decided", "decided"]
    assert "1a: 0 -> 1 for Ada, Ben (was invalid; legible)" in err
    assert '"1","legible"' in (tmp_path / "review.csv").read_text()


def test_many_files_are_one_class(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ada.json").write_text(json.dumps(keys(tmp_path)))
    (tmp_path / "ben.yaml").write_text("1a: '1'\n")
    code, out, _ = run("grade", "paper.json", "ada.json", "ben.yaml", "--json")
    assert code == 0
    assert [(r["student"], r["marks"] > 0) for r in json.loads(out)] == [
        ("ada", True), ("ben", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("grade", "paper.json", "a.json", "-o", "r.pdf"), "a report is a .csv"),
        (("grade", "paper.json", "a.json", "--review", "r.pdf"), "a review is a .csv or .xlsx"),
        (("grade", "paper.json", "a.json", "-o", "r.csv", "--review", "r.csv"), "would overwrite"),
        (("grade", "paper.json", "a.json", "-o", "r.csv", "-o", "./x/../r.csv"), "the same file"),
        (("grade", "paper.json", "a.json", "--decisions", "none.csv"), "cannot read none.csv"),
        (("grade", "paper.json", "a.json", "-o", f"{'x' * 300}.csv"), "File name too long"),
        (("generate", "-n", "1", "-o", f"{'x' * 300}.json"), "File name too long"),
        (("generate", "-n", "1", "-o", "q.pdf", "--key", "../here/q.json"), "the same file"),
        (("grade", "x\0.json", "a.json"), ""),
    ],
)
def test_refusals_are_one_sentence(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "paper.json").write_bytes((tmp_path / "paper.json").read_bytes())
    (tmp_path / "here" / "a.json").write_text('{"1a": 1}')
    (tmp_path / "here" / "x").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    before = sorted(path.name for path in Path().iterdir())
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert message in err
    assert err.startswith("partialcredit: ")
    assert err.count("\n") == 1
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_suffix_in_capitals_is_a_file_of_its_own(run: Run, tmp_path: Path) -> None:
    """Both are written where the disk tells capitals apart, and neither is passed over."""
    assert run("generate", "-n", "1", "--seed", "1", "-o", "a.JSON", "-o", "a.json")[0] == 0
    assert (tmp_path / "a.JSON").read_bytes() == (tmp_path / "a.json").read_bytes()


def test_a_link_stays_a_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    assert run("generate", "-n", "1", "--seed", "1", "-o", "link.json")[0] == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() != "old"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/x"), "the system refuses /x: No space left"),
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested too deeply"),
        (ZeroDivisionError("a\nb"), "this should not have happened (ZeroDivisionError: a b)"),
    ],
)
def test_what_no_command_foresaw_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("partialcredit.marking.hand_ins.read_hand_ins", fail)
    code, out, err = run("grade", "paper.json", "a.json")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    monkeypatch.setenv("PARTIALCREDIT_DEBUG", "1")
    with pytest.raises(type(error)):
        run("grade", "paper.json", "a.json")


def command(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "partialcredit", *arguments], text=True, check=False,
        stderr=subprocess.PIPE, **options,
    )  # fmt: skip


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")
def test_a_full_disk_behind_stdout_is_a_sentence() -> None:
    with open("/dev/full", "w") as full:
        done = command("families", stdout=full)
    assert done.returncode == 2
    assert done.stderr.startswith("partialcredit: the system refuses")
    assert done.stderr.count("\n") == 1


def test_a_closed_pipe_is_silence() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "partialcredit", "families"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


@pytest.mark.skipif(os.name != "posix", reason="no other system lets a folder in use be deleted")
def test_a_deleted_folder_is_a_sentence(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run(
        ["sh", "-c", f'rmdir "{gone}"; exec "{sys.executable}" -m partialcredit new a/b'],
        cwd=gone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="no other system has the locale C")
def test_letters_are_letters_in_every_locale() -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "partialcredit", "compare", "α + 1", "1 + α"],
        capture_output=True, text=True, check=False, env={**os.environ, **plain},
    )  # fmt: skip
    assert done.stdout.startswith("equivalent")
    assert done.stderr == ""


def test_python_without_docstrings_is_told_so() -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "partialcredit", "generate", "conv_output_size", "-n", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "PYTHONOPTIMIZE=2" in done.stderr
    assert done.stderr.count("\n") == 1
