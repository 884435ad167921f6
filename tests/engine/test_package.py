"""The package: light to import, complete, and closed to the floors above it."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from partialcredit import engine

FOLDER = Path(engine.__file__).parent
MODULES = sorted(m.name for m in walk_packages(engine.__path__, "partialcredit.engine."))


def test_importing_loads_no_part_of_the_engine():
    code = (
        "import sys, partialcredit.engine as e;"
        "print([m for m in sys.modules if m.startswith(e.__name__ + '.') or m == 'numpy'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", engine.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(engine, name).__doc__


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="Conv9d"):
        engine.Conv9d  # noqa: B018


@pytest.mark.parametrize("name", MODULES)
def test_modules_import_only_numpy_the_standard_library_and_the_engine(name):
    tree = ast.parse(Path(import_module(name).__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            sources = (
                [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
            for source in sources:
                root, *rest = source.split(".")
                inside = root == "partialcredit" and rest[:1] in (["engine"], ["errors"])
                allowed = root in sys.stdlib_module_names or root in ("numpy", "sklearn")
                assert inside or allowed, f"{name} imports {source}"


@pytest.mark.parametrize("name", [*MODULES, "partialcredit.engine"])
def test_examples_in_docstrings_hold(name):
    assert doctest.testmod(import_module(name)).failed == 0
