"""The key earns full marks in every form that it is written in; nonsense is not taken for wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from partialcredit.exams.choices import with_options
from partialcredit.grading import Choice
from partialcredit.grading.kind import Kind
from partialcredit.printed import printed as as_printed
from tests.problems.instances import Instances, mark

GARBAGE = ("@@@", "import os", "3 +", "\\frac{1}", "((", "</script>")

#: A formula that stands right behind the verb, and so is what is asked for.
ASKED = re.compile(
    r"\b(?:Find|Compute|Give|Calculate|What is|Write down)\b(?P<before>[^$.?]*)"
    r"\$(?P<quantity>[^$=<>]+)\$(?=[.,?]| in | as | for | at | to |$)"
)
#: Words after which a formula is something else.
ELSEWHERE = {
    "at", "below", "between", "by", "for", "from", "if", "in", "least", "most", "on", "than", "to",
    "under", "using", "when", "where", "which", "whose", "with",
}  # fmt: skip

#: Parts in which the formula behind the verb is something else, or a value in itself.
NOT_ASKED = {
    "activations/activation_value_derivative": {
        "tangent": "tanh u is a value",
        "tangent_slope": "tanh' u is a value",
        "swish_slope": "the slope of that function is asked",
        "formula": "the derivative of that function is asked",
    },
    "activations/sigmoid_tanh_identity": {
        "value": "tanh x is a value",
        "half": "2 sigma(x) - 1 is a value",
        "check": "a product with tanh is a value",
    },
    "log_sum_exp/lse_gradient": {"scaled_gradient": "the gradient of that function is asked"},
    "regularization/l1_soft_threshold": {"subgradient": "that of this penalty is asked"},
    "training/optimizer_trajectory": {"constant": "the size of a step is asked"},
}


def test_keys_earn_full_marks(instances: Instances) -> None:
    """As printed in the key, and as typeset in the worked solution."""
    for printed, problem in instances:
        for write in ("write", "tex"):
            answers = {
                name: getattr(kind, write)(problem.keys[name])
                for name, kind in problem.kinds.items()
                if write == "write" or kind.typeset
            }
            marks = mark(printed, problem, answers)
            for name, marked in ((name, marks[name]) for name in answers):
                verdict = right(problem.kinds[name])
                assert marked.verdict == verdict, (problem.seed, name, answers[name], marked)


def right(kind: Kind) -> str:
    """The verdict on a key: a person reads words, and nothing else decides on them."""
    return "undecided" if kind.by_person else "correct"


def test_the_asked_quantity_before_the_key_costs_nothing(instances: Instances) -> None:
    for printed, problem in instances:
        for name, asked in quantities({part.name: part.prompt for part in printed.parts}):
            if name in NOT_ASKED.get(problem.family.id, {}):
                continue
            answer = f"{asked} = {problem.kinds[name].write(problem.keys[name])}"
            marked = mark(printed, problem, {name: answer})[name]
            verdict = right(problem.kinds[name])
            assert marked.verdict == verdict, (problem.seed, name, answer, marked)


def quantities(prompts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The asked quantity of every part whose prompt names one, as it is typeset."""
    for name, prompt in prompts.items():
        found = ASKED.search(prompt)
        if found and not ELSEWHERE & set(found["before"].split()):
            yield name, found["quantity"]


def test_nonsense_is_invalid_not_wrong(instances: Instances) -> None:
    printed, problem = next(iter(instances))
    for garbage in GARBAGE:
        answers = dict.fromkeys(problem.kinds, garbage)
        for name, marked in mark(printed, problem, answers).items():
            verdict = "undecided" if problem.kinds[name].by_person else "invalid"
            assert marked.verdict == verdict, (garbage, marked)


def test_choices_mark_themselves(instances: Instances) -> None:
    """The multiple-choice form: the key's letter is right, a slip's letter names the slip."""
    for problem in instances.problems[:4]:
        printed = with_options(problem, as_printed(problem))
        answers = {part.name: part.key or "" for part in printed.parts}
        for name, marked in mark(printed, problem, answers).items():
            assert marked.verdict == right(problem.kinds[name]), (name, marked)
        for part in printed.parts:
            if part.kind != "choice" or isinstance(problem.kinds[part.name], Choice):
                continue
            assert len(set(part.options)) == len(part.options)
            wrong = next(letter for letter in "ABC" if letter != part.key)
            marked = mark(printed, problem, {part.name: wrong})[part.name]
            assert marked.mistake
            assert marked.verdict in ("incorrect", "partial")


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def test_keys_and_slips_are_exact_numbers(instances: Instances) -> None:
    """Neither floats nor the integers of a library that nothing else computes with."""
    for problem in instances.problems:
        values = [*problem.keys.values()]
        values += [value for slips in problem.slips.values() for _, value in slips]
        kinds = {type(leaf).__name__ for value in values for leaf in leaves(value)}
        assert not kinds & {"float", "fmpz", "arb"}, problem.seed
