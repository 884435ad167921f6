"""Slips with numbers become slips in letters."""

from __future__ import annotations

import sympy

from partialcredit.problems._in_letters import in_letters


def test_a_wrong_formula_gets_symbols_and_keeps_its_name_and_sentence() -> None:
    a, b = sympy.symbols("a b")
    halved, known = in_letters(
        ("halved", "The product is asked for.", lambda a, b: a * b / 2),
        ("added", "Multiply.", lambda a, c: a + c),
        c=b,
    )
    assert (halved.name, halved.sentence) == ("halved", "The product is asked for.")
    assert halved.function() == a * b / 2
    assert known.function() == a + b
