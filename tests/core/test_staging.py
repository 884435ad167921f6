"""A folder is replaced as a whole, whenever the program is stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partialcredit import staging
from partialcredit.errors import InputError
from partialcredit.staging import replacing, settle


def write(folder: Path, text: str) -> None:
    with replacing(folder) as new:
        (new / "papers").mkdir()
        (new / "papers" / "a.pdf").write_text(text)
        (new / "exam.json").write_text(text)


def held(folder: Path) -> dict[str, str]:
    """All files, also hidden ones."""
    paths = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): p.read_text() for p in paths}


def test_files_of_other_names_stay(tmp_path: Path) -> None:
    folder = tmp_path / "exam"
    write(folder, "old")
    (folder / "papers" / "mine.txt").write_text("mine")
    write(folder, "new")
    assert held(folder) == {"exam.json": "new", "papers/a.pdf": "new", "papers/mine.txt": "mine"}


def stop(path: Path, error: type[BaseException]) -> None:
    path.write_text("new")
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_is_stopped_leaves_the_folder_as_it_was(
    tmp_path: Path, error: type[BaseException]
) -> None:
    for name, before in (("fresh", None), ("old", {"exam.json": "old", "papers/a.pdf": "old"})):
        folder = tmp_path / name
        if before:
            write(folder, "old")
        with pytest.raises(error), replacing(folder) as new:
            stop(new / "exam.json", error)
        assert (held(folder) if before else folder.exists()) == (before or False)


def test_an_end_between_two_files_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a power cut while files are put in place: the next command puts the others there."""
    write(tmp_path, "old")
    moved: list[str] = []

    def dies(source: Path, target: Path) -> None:
        if moved:
            raise KeyboardInterrupt
        moved.append(str(target))
        os.rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(staging.os, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, "new")
    assert sorted(held(tmp_path).values()) == ["new", "new", "old"]
    settle(tmp_path)
    assert held(tmp_path) == {"exam.json": "new", "papers/a.pdf": "new"}


def test_what_the_system_refuses_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot write"):
        write(tmp_path / "file", "new")
    with pytest.raises(InputError, match="No space left"), replacing(tmp_path / "exam"):
        raise OSError(28, "No space left on device")
    assert held(tmp_path) == {"file": "x"}
