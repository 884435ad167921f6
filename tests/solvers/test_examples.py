"""The examples in the solvers' docstrings hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from partialcredit import solvers


@pytest.mark.parametrize("name", [m.name for m in iter_modules(solvers.__path__)])
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(import_module(f"partialcredit.solvers.{name}")).failed == 0
