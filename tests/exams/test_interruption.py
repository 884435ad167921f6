"""A long run that is stopped loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partialcredit import leftovers
from partialcredit.errors import Interrupted
from partialcredit.exams.compose import compose, plan
from partialcredit.exams.interruption import resumable
from partialcredit.paper import Head, Paper, PaperProblem


def write(target: Path, stop_after: int, title: str = "T") -> tuple[Paper, int]:
    """Compose a paper of six, interrupted after some; returns it and how many were taken over."""
    tasks = plan(["conv_output_size", "batchnorm_forward"], 6, "easy", 1)
    with resumable(target, Paper(Head(title), (), seed=1, level="easy"), len(tasks)) as run:

        def finished(problem: PaperProblem) -> None:
            run.finished.append(problem)
            if len(run.finished) == stop_after:
                raise KeyboardInterrupt

        paper = compose(tasks, title="T", level="easy", seed=1, done=run.done, progress=finished)
    return paper, len(run.done)


def kept() -> list[Path]:
    """What lies where leftovers are kept."""
    place = leftovers.folder()
    return sorted(place.iterdir()) if place.exists() else []


def test_the_same_command_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    whole, _ = write(tmp_path / "whole.json", stop_after=99)
    with pytest.raises(Interrupted, match="after 4 of 6 problems"):
        write(tmp_path / "paper.json", stop_after=4)
    assert len(kept()) == 1
    resumed, taken_over = write(tmp_path / "paper.json", stop_after=99)
    assert taken_over == 4
    assert resumed == whole
    assert kept() == []


def test_keys_are_kept_where_nobody_else_reads(tmp_path: Path) -> None:
    """The folder of the outputs may be a public one: nothing is left in it."""
    with pytest.raises(Interrupted):
        write(tmp_path / "paper.json", stop_after=4)
    assert list(tmp_path.iterdir()) == []
    (path,) = kept()
    assert path.stat().st_mode & 0o077 == 0


def test_a_changed_leftover_is_never_printed(tmp_path: Path) -> None:
    """A key that no witness has seen must not come back from a file."""
    with pytest.raises(Interrupted):
        write(tmp_path / "paper.json", stop_after=4)
    (path,) = kept()
    text = path.read_text()
    changed = re.sub(r'(\\"key\\": \\")[^"\\]*', r"\g<1>666", text, count=1)
    assert changed != text
    path.write_text(changed)
    resumed, taken_over = write(tmp_path / "paper.json", stop_after=99)
    assert taken_over == 0
    assert "666" not in [part.key for p in resumed.problems for part in p.parts]


def test_nothing_is_kept_of_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(Interrupted, match="nothing was written"),
        resumable(tmp_path / "paper.md", Paper(Head("T"), (), seed=1, level="easy"), 3),
    ):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_another_paper_takes_nothing_over(tmp_path: Path) -> None:
    """Such as the same problems asked as multiple choice."""
    with pytest.raises(Interrupted):
        write(tmp_path / "paper.json", stop_after=4)
    assert write(tmp_path / "paper.json", stop_after=99, title="U")[1] == 0


def test_a_damaged_leftover_is_written_afresh(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        write(tmp_path / "paper.json", stop_after=4)
    (path,) = kept()
    path.write_text("{")
    assert write(tmp_path / "paper.json", stop_after=99)[1] == 0


def test_a_place_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PARTIALCREDIT_STATE", str(tmp_path / "file"))
    with pytest.raises(Interrupted, match="nothing could be kept"):
        write(tmp_path / "paper.json", stop_after=4)
