"""The bank of misprints: the right form agrees with what is observed, the printed one does not."""

import pytest

from partialcredit.problems.concepts._formulas import FORMULAS, holds


@pytest.mark.parametrize("name", FORMULAS)
def test_only_the_right_form_holds(name):
    assert holds(name, True)
    assert not holds(name, False)


@pytest.mark.parametrize("name", FORMULAS)
def test_both_forms_fit_into_the_sentence(name):
    formula = FORMULAS[name]
    assert formula.text.count("@") == 1
    assert formula.printed(True) != formula.printed(False)
    assert formula.printed(False).count("$") % 2 == 0
