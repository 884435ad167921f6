"""The last line of a worked solution comes out as it is printed.

A reader with a calculator puts in what stands on the left of the last sign and wants the answer.
So the numbers on the left need digits enough that what they leave out does not move the answer by
more than a unit in its last place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading import Real
from partialcredit.grading.written import written_unit
from tests.problems.instances import Instances

MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
LINE = re.compile(r"\\\\|\\q?quad|\\(?:begin|end)\{aligned\}")
SIGN = re.compile(r"=|\\approx")
DECIMAL = re.compile(r"-?\d+\.\d+")


def value(text: str) -> float | None:
    """What a line of numbers comes to; None for a line with letters in it."""
    try:
        return float(Real().read(text).value)
    except UnreadableAnswer:
        return None


def steps(solution: str) -> Iterator[tuple[str, str]]:
    """Neighbours around a sign: something with numbers, and the decimal it is said to be."""
    for formula in MATHEMATICS.finditer(solution):
        for line in LINE.split(formula[1] or formula[2]):
            sides = [side.strip(" \n.,;:&") for side in SIGN.split(line)]
            for left, right in pairwise(sides):
                if DECIMAL.fullmatch(right) and re.search(r"\d", left):
                    yield left, right


def test_the_last_line_gives_the_printed_answer(instances: Instances) -> None:
    for printed, problem in instances:
        for part in printed.parts:
            answer = problem.kinds[part.name].tex(problem.keys[part.name])
            for left, right in steps(part.solution or ""):
                found, unit = value(left), written_unit(right)
                if right in answer and found is not None and unit is not None:
                    assert abs(found - float(right)) < 1.01 * float(unit), f"{left} = {right}"
