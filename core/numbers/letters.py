r"""The letters of the lecture notes, for papers that are to use them.

The bank writes :math:`\eta` for the learning rate and :math:`\epsilon` for the stabiliser under a
root, as most courses do. The notes write :math:`\varepsilon` and :math:`\nu`. Every other letter
is the same in both; :math:`\varepsilon` stands for nothing else in a question that has one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["NOTES", "in_notes", "in_notes_plain"]

#: The bank's name of a symbol -> the notes'.
NOTES: Mapping[str, str] = {"eta": "epsilon", "epsilon": "nu"}

_TEX = {"eta": r"\varepsilon", "epsilon": r"\nu"}
_COMMAND = re.compile(r"\\(eta|epsilon)(?![A-Za-z])")
_NAME = re.compile(r"(?<![A-Za-z])(eta|epsilon)(?![A-Za-z])")


def in_notes(text: str) -> str:
    r"""TeX with the notes' letters.

    >>> in_notes(r"$\theta - \eta g / (\sqrt{r} + \epsilon)$")
    '$\\theta - \\varepsilon g / (\\sqrt{r} + \\nu)$'
    """
    return _COMMAND.sub(lambda match: _TEX[match[1]], text)


def in_notes_plain(formula: str, text: str) -> str:
    r"""A formula in the answer grammar with the notes' letters.

    Its ``text`` tells the stabiliser from any other quantity that is typed ``epsilon``.

    >>> in_notes_plain("-eta*mu/(1 - beta)", r"$\eta$ is the learning rate")
    '-epsilon*mu/(1 - beta)'
    >>> in_notes_plain("epsilon/K", r"smoothing with $\varepsilon$")
    'epsilon/K'
    """
    meant = set(_COMMAND.findall(text))
    return _NAME.sub(lambda name: NOTES[name[1]] if name[1] in meant else name[1], formula)
