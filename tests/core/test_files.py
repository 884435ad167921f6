"""All files or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.files import read_text, write_files


def test_all_are_written(tmp_path: Path) -> None:
    write_files({tmp_path / "a": b"1", tmp_path / "deep" / "b": b"2"})
    assert (tmp_path / "a").read_bytes() == b"1"
    assert (tmp_path / "deep" / "b").read_bytes() == b"2"


def test_a_failure_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "taken").mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        write_files({tmp_path / "a": b"new", tmp_path / "taken": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "taken"]


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot write"):
        write_files({tmp_path / "file" / "a": b""})


def test_text_loses_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfx")
    assert read_text(tmp_path / "a") == "x"
