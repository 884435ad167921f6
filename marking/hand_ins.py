"""What students handed in: JSON, YAML, a class's CSV, or the generated Markdown paper filled in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from partialcredit.errors import InputError
from partialcredit.files import read_text

__all__ = ["Answers", "read_answers"]

#: Student's name (empty for a single hand-in) to part id to text.
Answers = dict[str, dict[str, str]]

_ANSWER_LINE = re.compile(r"^\*\*Answer (\d+[a-z]+):\*\*", re.MULTILINE)
_END_OF_ANSWER = re.compile(r"^(?:\*\*\(?[a-z]+\)?|#{1,6} |---)", re.MULTILINE)


def read_answers(path: Path, known: Collection[str]) -> Answers:
    """Read a hand-in; ``known`` are the paper's part ids.

    Raises InputError for an unknown suffix, an unknown part, a duplicate student or broken text.
    """
    text = read_text(path)
    readers = {
        ".json": _from_json,
        ".yaml": _from_yaml,
        ".yml": _from_yaml,
        ".csv": _from_csv,
        ".md": _from_markdown,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(readers)
        raise InputError(f"answers are read from {kinds} files, not from {path.name!r}")
    answers = reader(text, path)
    unknown = sorted({part for given in answers.values() for part in given} - set(known))
    if unknown:
        raise InputError(
            f"{path} answers {', '.join(unknown[:5])}, which the paper does not ask; "
            f"its parts are {_range(known)}"
        )
    return answers


def _range(known: Collection[str]) -> str:
    ids = list(known)
    return ", ".join(ids) if len(ids) <= 8 else f"{', '.join(ids[:3])}, ..., {ids[-1]}"


def _from_json(text: str, path: Path) -> Answers:
    try:
        data = json.loads(text, object_pairs_hook=_no_twins)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not JSON: {error}") from None
    return _from_mapping(data, path)


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twin!r} is answered twice")
    return data


def _from_yaml(text: str, path: Path) -> Answers:
    import yaml

    try:
        # BaseLoader keeps every scalar as typed: 1_024, 0.10 and "yes" stay what they are
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InputError(f"{path}{line} is not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{path} is not YAML: {' '.join(str(error).split())}") from None
    return _from_mapping(data, path)


def _from_mapping(data: Any, path: Path) -> Answers:
    if not isinstance(data, Mapping):
        raise InputError(
            f'{path} should hold an object such as {{"1a": "28x28x6"}}, not {_named(data)}'
        )
    return {"": {str(part): _text(value, part, path) for part, value in data.items()}}


def _text(value: Any, part: Any, path: Path) -> str:
    """A scalar as text; nested JSON lists become the text of an array."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return json.dumps(value)
    raise InputError(f"{path}: the answer to {part} is {_named(value)}; write it as text")


def _named(value: Any) -> str:
    names = {list: "a list", dict: "an object", str: "a text", type(None): "nothing"}
    return names.get(type(value), f"a {type(value).__name__}")


def _from_csv(text: str, path: Path) -> Answers:
    first = text.partition("\n")[0]
    # where the decimal comma is written, spreadsheets put semicolons between the cells
    delimiter = ";" if ";" in first and "," not in first else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter))
    except csv.Error as error:
        raise InputError(f"{path} is not a CSV file: {error}") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in rows[0]] if rows else []
    if "student" not in header:
        raise InputError(f"{path} needs a header line with a 'student' column and one per part")
    twin = next((cell for cell in header if header.count(cell) > 1), None)
    if twin is not None:
        raise InputError(f"{path} has two columns called {twin!r}")
    answers: Answers = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) > len(header):
            raise InputError(
                f"{path}, row {number}: {len(row)} cells under {len(header)} columns; "
                f'put answers that contain a {delimiter!r} in "quotes"'
            )
        given = dict(zip(header, row, strict=False))
        student = given.pop("student", "").strip()
        if not student:
            raise InputError(f"{path}, row {number}: the student column is empty")
        if student in answers:
            raise InputError(f"{path}, row {number}: student {student!r} stands there twice")
        answers[student] = given
    if not answers:
        raise InputError(f"{path} has no student below its header")
    return answers


def _from_markdown(text: str, path: Path) -> Answers:
    found = list(_ANSWER_LINE.finditer(text))
    if not found:
        raise InputError(f"{path} has no '**Answer 1a:**' line; is it a generated paper?")
    answers: dict[str, str] = {}
    for here, following in zip(found, [*found[1:], None], strict=True):
        body = text[here.end() : following.start() if following else len(text)]
        end = _END_OF_ANSWER.search(body)
        if here[1] in answers:
            raise InputError(f"{path} answers {here[1]} twice")
        answers[here[1]] = body[: end.start() if end else None].strip().strip("_").strip()
    return {"": answers}
