"""A paper file brings back what was printed, and the problem behind it."""

from __future__ import annotations

import json

from partialcredit.marking.restoring import restored
from partialcredit.numbers.values import from_json, to_json
from partialcredit.paper import Head, Paper
from partialcredit.paper_file import read_paper, write_paper
from tests.problems.instances import Instances


def test_the_paper_file_round_trips(instances: Instances) -> None:
    for printed, problem in instances:
        paper = Paper(Head("A paper"), (printed,), seed=1, level=problem.level)
        again = read_paper(write_paper(paper))
        assert write_paper(again) == write_paper(paper)
        parameters = from_json(json.loads(json.dumps(to_json(problem.parameters))))
        assert parameters == problem.parameters
        assert restored(again.problems[0]).keys == problem.keys
