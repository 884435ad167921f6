"""Every form of hand-in is read; every broken one is one clear sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins import read_answers

PARTS = ["1a", "1b", "2a"]


def read(folder: Path, name: str, content: str | bytes) -> dict[str, dict[str, str]]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_answers(path, PARTS)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", '{"1a": "28x28x6", "1b": 3}', {"1a": "28x28x6", "1b": "3"}),
        ("a.json", '\ufeff{"1a": [[1, 2], [3, 4]]}', {"1a": "[[1, 2], [3, 4]]"}),
        ("a.json", '{"1a": true, "1b": null}', {"1a": "true", "1b": ""}),
        ("a.yaml", "1a: 0.10\n1b: yes\n2a: 1_024\n", {"1a": "0.10", "1b": "yes", "2a": "1_024"}),
        ("a.md", "**Answer 1a:** 7\n\n**(b)** how?\n\n**Answer 1b:** x\n", {"1a": "7", "1b": "x"}),
        ("a.md", "**Answer 1a:**\n\n[1 2;\n 3 4]\n\n## 2. Next\n", {"1a": "[1 2;\n 3 4]"}),
    ],
)  # fmt: skip
def test_one_students_answers(
    tmp_path: Path, name: str, content: str, expected: dict[str, str]
) -> None:
    assert read(tmp_path, name, content) == {"": expected}


def test_a_class(tmp_path: Path) -> None:
    text = 'student,1a,1b\r\nAda,"(1, 2)",3\r\nBen,,x\r\n\r\n'
    expected = {"Ada": {"1a": "(1, 2)", "1b": "3"}, "Ben": {"1a": "", "1b": "x"}}
    assert read(tmp_path, "class.csv", text) == expected


def test_a_class_where_the_decimal_comma_is_written(tmp_path: Path) -> None:
    """Spreadsheets there put semicolons between the cells."""
    expected = {"Ada": {"1a": "0,5", "1b": "(1; 2)"}}
    assert read(tmp_path, "class.csv", 'student;1a;1b\nAda;0,5;"(1; 2)"\n') == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "1a: 3", "not from 'a.txt'"),
        ("a.json", "{", "is not JSON"),
        ("a.json", "[1, 2]", "not a list"),
        ("a.json", "[" * 100_000, "is not JSON"),
        ("a.json", '{"1a": 1, "1a": 2}', "'1a' is answered twice"),
        ("a.json", '{"9z": 1}', "answers 9z, which the paper does not ask"),
        ("a.json", '{"1a": {"x": 1}}', "is an object"),
        ("a.yaml", "1a: [", "is not YAML"),
        ("a.yaml", "just text", "not a text"),
        ("a.csv", "name,1a\nAda,3\n", "'student' column"),
        ("a.csv", "", "'student' column"),
        ("a.csv", "student,1a\n", "no student below its header"),
        ("a.yaml", "1a: 3\n1b: 4: 5\n", "line 2 is not YAML: mapping values"),
        ("a.csv", "student,1a\nAda,1\nAda,2\n", "'Ada' stands there twice"),
        ("a.csv", "student,1a,1a\nAda,1,2\n", "two columns called '1a'"),
        ("a.csv", "student,1a\nAda,1,2\n", "3 cells under 2 columns"),
        ("a.csv", "student,1a\n,1\n", "the student column is empty"),
        ("a.csv", b"student,1a\nJos\xe9,1\n", "not UTF-8 text"),
        ("a.md", "nothing here", "has no '**Answer 1a:**' line"),
        ("a.md", "**Answer 1a:** 1\n**Answer 1a:** 2\n", "answers 1a twice"),
    ],
)
def test_broken_hand_ins(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, content)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_answers(tmp_path / "none.json", PARTS)


@given(content=st.binary(max_size=200), suffix=st.sampled_from([".json", ".yaml", ".csv", ".md"]))
def test_any_bytes_are_answers_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    with suppress(InputError):
        read(tmp_path_factory.getbasetemp(), f"any{suffix}", content)
