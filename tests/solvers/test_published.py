"""Totals of the tables of layers, against the numbers people quote and the engine's networks."""

import pytest

from partialcredit.engine.count.trace import count_parameters
from partialcredit.engine.models import large
from partialcredit.numbers.rationals import rational
from partialcredit.problems.architectures import architecture_facts
from partialcredit.problems.architectures._facts import CHALLENGES, FACTS, NETWORKS
from partialcredit.solvers import published

TOTALS = {
    "LeNet-5": 61_706,
    "AlexNet": 60_965_224,
    "VGG-11": 132_863_336,
    "VGG-16": 138_357_544,
    "VGG-19": 143_667_240,
    "GoogLeNet": 6_998_552,
    "ResNet-18": 11_689_512,
    "ResNet-34": 21_797_672,
    "ResNet-50": 25_557_032,
}


@pytest.mark.parametrize("name", TOTALS)
def test_totals_are_the_quoted_ones(name):
    network = NETWORKS[name]
    found = published.total(network.convolutions, network.dense, normalised=network.normalised)
    assert found == TOTALS[name]


def test_the_engine_builds_the_same_resnet():
    assert count_parameters(large.resnet18((3, 32, 32))) == TOTALS["ResNet-18"]


def test_depths_are_those_in_the_names_and_along_the_tables():
    for name, network in NETWORKS.items():
        assert architecture_facts.longest(name) == network.depth, name
        if name[-2:].isdigit():
            assert network.depth == int(name[-2:])


def test_a_fact_is_true_of_its_network_alone():
    for fact in FACTS:
        passing = [name for name in architecture_facts.NAMED if fact.test(NETWORKS[name])]
        assert passing == [fact.network], fact.text


def test_the_challenges_list_every_network_in_its_year():
    for year, names in CHALLENGES.items():
        assert all(NETWORKS[name].year == year for name in names)


def test_other_classes_change_the_last_layer_only():
    assert published.with_classes(TOTALS["VGG-16"], 4096, 1000, 10) == 134_301_514
    assert published.megabytes(250_000, 4) == rational(1)
