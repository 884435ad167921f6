"""The bank of formulas, by name."""

from functools import cache

import numpy as np

from partialcredit.problems.concepts._formulas_functions import FUNCTIONS
from partialcredit.problems.concepts._formulas_layers import FILTER_PARAMETERS, LAYERS
from partialcredit.problems.concepts._formulas_optimizers import OPTIMIZERS

__all__ = ["FORMULAS", "holds"]

#: The order is part of what is drawn, so one formula about layers keeps its place further up.
FORMULAS = {
    formula.name: formula
    for formula in (*FUNCTIONS, *OPTIMIZERS[:4], FILTER_PARAMETERS, *OPTIMIZERS[4:], *LAYERS)
}


@cache
def holds(name: str, right: bool) -> bool:
    """Whether the printed form agrees with what is observed."""
    formula = FORMULAS[name]
    said, seen = (formula.right if right else formula.wrong)(), formula.observed()
    return np.shape(said) == np.shape(seen) and bool(np.allclose(said, seen, rtol=1e-6, atol=1e-9))
