"""The bank of statements: two witnesses for every truth value, and reasons that are true."""

import pytest

from partialcredit.problems.concepts._statement import Opposite, found_true
from partialcredit.problems.concepts._statements import STATEMENTS, TOPICS
from partialcredit.registry import load
from partialcredit.writers.mathematics import parser

ALL = [pytest.param(statement, id=name) for name, statement in STATEMENTS.items()]


def sentences(statement):
    yield from (statement.text, statement.why)
    if isinstance(statement.witness, Opposite):
        yield statement.witness.text


@pytest.mark.parametrize("statement", ALL)
def test_the_second_witness_agrees(statement):
    assert found_true(statement) is statement.truth


@pytest.mark.parametrize("statement", ALL)
def test_sentences_are_typeset(statement):
    for sentence in sentences(statement):
        assert sentence.endswith(".")
        pieces = sentence.split("$")
        assert len(pieces) % 2 == 1, sentence
        for mathematics in pieces[1::2]:
            parser.parse(mathematics)


def test_an_opposite_is_another_sentence_with_the_other_truth_value():
    for statement in STATEMENTS.values():
        if isinstance(statement.witness, Opposite):
            assert statement.witness.text != statement.text
            assert statement.witness.truth is not statement.truth


def test_reasons_are_true_statements_of_the_same_topic():
    for some in TOPICS.values():
        names = {statement.name: statement for statement in some}
        for statement in some:
            if statement.because:
                assert names[statement.because].truth, statement.name
                assert statement.because != statement.name


def test_the_bank_is_large_and_balanced():
    assert len(STATEMENTS) == sum(map(len, TOPICS.values())) >= 150
    demonstrated = sum(not isinstance(s.witness, Opposite) for s in STATEMENTS.values())
    assert demonstrated >= 0.9 * len(STATEMENTS)
    for some in TOPICS.values():
        assert 0.35 < sum(statement.truth for statement in some) / len(some) < 0.7
    assert len({statement.text for statement in STATEMENTS.values()}) == len(STATEMENTS)


def test_the_family_lists_the_sources_of_the_bank():
    used = {statement.source for statement in STATEMENTS.values()}
    used |= {s.witness.source for s in STATEMENTS.values() if isinstance(s.witness, Opposite)}
    assert set(load("concepts/concept_true_false").sources) == used - {""}
