"""Models whose answers are written by a script, so that what they earn is known beforehand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def oracle(row: Mapping[str, Any]) -> str:
    """Every key, in a box."""
    return "\n".join(f"({p['label']}) \\boxed{{{p['key']}}}" for p in row["parts"])


def slip_maker(row: Mapping[str, Any]) -> str:
    """The first slip in the last part that has one, the keys in all others, as JSON."""
    answers = {part["label"]: part["key"] for part in row["parts"]}
    slip = slip_of(row)
    return json.dumps(answers | ({slip["label"]: slip["answer"]} if slip else {}))


def slip_of(row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    last = row["slips"][-1]["label"] if row["slips"] else ""
    return next((slip for slip in row["slips"] if slip["label"] == last), None)


def blank(_row: Mapping[str, Any]) -> str:
    """Nothing."""
    return ""


def babbler(_row: Mapping[str, Any]) -> str:
    """Confident nonsense, some of it hostile."""
    return (
        "<think>\\boxed{1}</think> Clearly (a) \\boxed{9^{9^{9^9}}} and\n"
        "(b) \\frac{ __import__('os')\n"
        "(c) the answer is banana.\n" + "(" * 500
    )
