"""A witness with one operator, constant or sign changed objects to right keys, or to wrong ones.

A mutant that contradicts a right key is caught at once. One that agrees with every right key has
changed what the witness was free to choose (how many draws, the sign of noise that has both, an
axis of a symmetric table); it must be a witness still, and object to every key that is a little
off. A function of which no change is ever noticed computes something that is not looked at.

What a witness stands on is mutated with it: the runs that it asks for, and the family's helpers.
"""

from __future__ import annotations

import re
from types import FunctionType
from typing import Any

import pytest

from partialcredit.family import Family, Part
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load
from tests.problems.instances import witnessed
from tests.problems.mutants import patience
from tests.problems.reach import reached
from tests.problems.sources import changed, running, unchanged

pytestmark = pytest.mark.slow

#: A mutant that changes a number or a truth value: often how many, where, or of which seed.
CONSTANT = re.compile(r"line \d+: (-?[\d.]+|True|False) became ")

#: Functions whose arithmetic decides nothing, by family, and why.
IDLE: dict[str, dict[str, str]] = {
    "architectures/lenet_trace": {"both_parameters": "neither kind of pooling learns anything"},
    "architectures/resnet_block_params": {"filters": "the kernels here have no biases"},
    "architectures/small_filter_stack": {
        "filters": "the kernels here have no biases",
        "single_weights": "as many differences as sums",
    },
    "batchnorm/batchnorm_invariances": {"shifted": "a shift to either side changes nothing"},
    "cnn_shapes/pool_output_size": {"layer": "both kinds of pooling have the same windows"},
    "concepts/hyperparameter_effect": {"step_length": "only whether it grows is asked"},
    "linear_algebra/quadratic_form_gradient": {"curvature": "the slope at 0 without b is 0"},
    "losses/noisy_linear_regression": {"expected": "the noise has both signs"},
    "losses/softmax_probabilities": {"shifted": "a shift to either side changes nothing"},
    "optimizer_moments/adam_moment_variance": {
        "variance": "the mean to either side changes nothing"
    },
    "training/vectorized_batch_shapes": {"code": "the shapes are asked, not the values"},
}


def helpers(family: Family) -> dict[FunctionType, list[Part]]:
    """The functions that only witnesses use, and the parts that they speak for."""
    asked = [family.sampler, family.workings, family.artist, *family.conditions]
    for part in family.parts.values():
        asked += [part.function, *(slip.function for slip in part.slips)]
    shared = set(reached([*asked, *family.derived.values()]))
    found: dict[FunctionType, list[Part]] = {}
    for part in family.parts.values():
        for function in reached([part.testimony], family.runs):
            if function not in shared:
                found.setdefault(function, []).append(part)
    return found


class Hearing:
    """A problem anew, whose witnesses speak once, for all keys that they are asked about."""

    def __init__(self, problem: Problem) -> None:
        self.known = problem
        self.again = Problem(problem.family, problem.level, problem.seed, problem.parameters)
        self.again.kinds, self.again.points = problem.kinds, problem.points
        self.said: dict[str, Any] = {}

    def contradicts(self, part: Part, key: Any) -> bool:
        """Whether the part's witness speaks against a key, or cannot speak at all."""
        self.again.parts, self.again.keys = [part], {part.name: key}
        try:
            if part.name not in self.said:
                self.again.__dict__.pop("testimony", None)
                self.said |= self.again.testimony
            self.again.testimony = self.said
            self.again.verify()
        except Exception:  # noqa: BLE001 - whatever keeps a key from being printed
            return True
        return False

    def contradicts_the_key(self, part: Part) -> bool:
        return self.contradicts(part, self.known.keys[part.name])

    def contradicts_a_wrong_key(self, part: Part) -> bool:
        kind, key = self.known.kinds[part.name], self.known.keys[part.name]
        return self.contradicts(part, kind.nudged(key))


class Trial:
    """A function before the witnesses of some parts, of which it may be one."""

    def __init__(self, family_id: str, function: FunctionType, parts: list[Part]) -> None:
        self.function, self.parts = function, parts
        self.problems = witnessed(family_id)
        self.blind: list[tuple[str, str]] = []
        self.moved: dict[str, bool] = {}
        self.name = next(
            (part.name for part in parts if part.testimony is function), function.__name__
        )

    def held(self) -> Trial:
        """With a copy, to which nobody may object, and with every mutant."""
        with running(self.function, unchanged(self.function)):
            for part in self.parts:
                first = next(p for p in self.problems if part.name in p.keys)
                assert not Hearing(first).contradicts_the_key(part), "a copy is no mutant"
        for description, code in changed(self.function):
            with running(self.function, code), patience():
                self._hear(description)
        return self

    def _hear(self, mutant: str) -> None:
        hearings = [Hearing(problem) for problem in self.problems]
        for part in self.parts:
            asked = [hearing for hearing in hearings if part.name in hearing.known.keys]
            moves = any(hearing.contradicts_the_key(part) for hearing in asked)
            self.moved[mutant] = self.moved.get(mutant, False) or moves
            if not (moves or all(hearing.contradicts_a_wrong_key(part) for hearing in asked)):
                self.blind.append((part.name, mutant))

    @property
    def idle(self) -> bool:
        """Whether there is arithmetic, and no change of it is noticed."""
        computing = [moves for mutant, moves in self.moved.items() if not CONSTANT.match(mutant)]
        return bool(computing) and not any(computing)


@pytest.mark.parametrize("family_id", family_ids())
@pytest.mark.filterwarnings("ignore")
def test_mutated_witnesses_object(family_id: str) -> None:
    trials = [
        Trial(family_id, function, parts).held()
        for function, parts in helpers(load(family_id)).items()
    ]
    assert [blind for trial in trials for blind in trial.blind] == []
    assert {trial.name for trial in trials if trial.idle} == set(IDLE.get(family_id, {}))
