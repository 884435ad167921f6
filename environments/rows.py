"""A problem as one row of a data set, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from partialcredit.environments.asking import question
from partialcredit.errors import InputError
from partialcredit.paper import PaperProblem
from partialcredit.paper_file import problem_as_data, problem_from_data
from partialcredit.problem import Problem
from partialcredit.writers.views import letter

__all__ = ["problem_of", "row"]


def row(problem: Problem, printed: PaperProblem) -> dict[str, Any]:
    """All there is to know of a verified problem, as plain data of the same shape for every kind.

    ``id`` is a digest of family, version, level and parameters: equal problems have the same one.
    ``problem`` is JSON from which answers are marked.
    """
    drawn_as = (printed.family, printed.version, printed.level, printed.parameters)
    return {
        "id": sha256(repr(drawn_as).encode("utf-8", "replace")).hexdigest()[:24],
        "topic": printed.family.partition("/")[0],
        "family": printed.family,
        "version": printed.version,
        "level": printed.level,
        "seed": str(printed.seed),
        "prompt": [{"role": "user", "content": question(printed)}],
        "parts": [
            {
                "label": letter(part),
                "name": part.name,
                "kind": part.kind,
                "marks": part.marks,
                "key": part.key or "",
                "solution": part.solution or "",
            }
            for part in printed.parts
        ],
        "slips": [
            {
                "label": letter(part),
                "name": slip.name,
                "answer": problem.kinds[part.name].write(value),
                "sentence": slip.sentence,
            }
            for part in printed.parts
            if problem.kinds[part.name].called(part.kind)
            for slip, value in problem.slips[part.name]
        ],
        "marks": printed.marks,
        "minutes": printed.minutes,
        "problem": json.dumps(problem_as_data(printed), ensure_ascii=False),
    }


def problem_of(given: PaperProblem | Mapping[str, Any] | str) -> PaperProblem:
    """The problem of a row, of its column ``problem``, or itself; raises InputError."""
    if isinstance(given, PaperProblem):
        return given
    if isinstance(given, Mapping):
        return problem_of(given["problem"]) if "problem" in given else problem_from_data(given)
    try:
        data = json.loads(given)
    except (TypeError, ValueError, RecursionError):
        raise InputError("a problem is a row of a set or its column 'problem'") from None
    if not isinstance(data, dict):
        raise InputError(f"a problem is a row of a set, not {type(data).__name__}")
    return problem_of(data)
