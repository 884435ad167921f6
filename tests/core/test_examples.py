"""The examples in the docstrings of solvers and numbers hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from partialcredit import numbers, solvers
from partialcredit.numbers.rationals import rational

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (numbers, solvers)
    for module in iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    module = import_module(name)
    assert doctest.testmod(module, extraglobs={"rational": rational}).failed == 0
