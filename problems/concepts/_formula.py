"""What a formula of the bank is made of: it stands beside a wrong form that has been seen in print.

Every entry has three functions without arguments: ``observed`` finds the left-hand side by running
the engine, enumerating or counting; ``right`` and ``wrong`` compute the two right-hand sides with
the same numbers.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from partialcredit import engine

__all__ = ["A", "Formula", "G", "X", "gradient"]

X = np.array([-1.5, -0.4, 0.7, 2.0])
A = np.array([[1.0, 4.0], [-2.0, 3.0]])
G = np.array([3.0, -4.0])


class Formula(NamedTuple):
    """``text`` is Markdown with ``@`` in place of the right-hand side; ``why`` is one sentence."""

    name: str
    text: str
    right_tex: str
    wrong_tex: str
    why: str
    observed: Callable[[], Any]
    right: Callable[[], Any]
    wrong: Callable[[], Any]

    def printed(self, right: bool) -> str:
        """The formula as the student reads it, in its right or its wrong form."""
        return self.text.replace("@", self.right_tex if right else self.wrong_tex)


def gradient(function: Callable[..., Any], *arrays: Any, which: int = 0) -> Any:
    """The gradient of a scalar function by one of its arrays, from the tape."""
    tensors = [engine.Tensor(np.array(a, float), requires_grad=True) for a in arrays]
    function(*tensors).backward()
    return tensors[which].grad
