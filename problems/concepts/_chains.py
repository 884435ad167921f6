"""The bank of derivations, by name, and the slips of all of them."""

from partialcredit.family import Slip
from partialcredit.problems.concepts._chains_descent import DECAY, QUADRATIC
from partialcredit.problems.concepts._chains_layers import BATCH_NORM, CONVOLUTION
from partialcredit.problems.concepts._chains_losses import (
    DIFFERENCE,
    LOG_SUM_EXP,
    LOGISTIC,
    SOFTMAX,
    TANH,
)
from partialcredit.problems.concepts._chains_noise import DROPOUT, ENSEMBLE, XAVIER
from partialcredit.problems.concepts._chains_optimizers import (
    ADAM_MEAN,
    ADAM_VARIANCE,
    POSITION,
    VELOCITY_VARIANCE,
)

__all__ = ["CHAINS", "slip_rows"]

#: The order is part of what is drawn.
CHAINS = {
    chain.name: chain
    for chain in (
        POSITION, VELOCITY_VARIANCE, ADAM_MEAN, ADAM_VARIANCE, DECAY, QUADRATIC, ENSEMBLE,
        LOGISTIC, SOFTMAX, TANH, BATCH_NORM, XAVIER, LOG_SUM_EXP, DROPOUT, CONVOLUTION, DIFFERENCE,
    )
}  # fmt: skip


def slip_rows(made, asked=lambda chain: chain.lines):
    """A row for every slip of the lines that are ``asked`` about, in the order of the bank.

    ``made`` gives its function for a name and a sentence.
    """
    wanted = set(_slips(asked))
    return tuple(
        Slip(*slip, made(slip)) for slip in _slips(lambda chain: chain.lines) if slip in wanted
    )


def _slips(asked):
    """Names and sentences of the slips of some lines of every chain."""
    return dict.fromkeys(
        (slip.name, slip.sentence)
        for chain in CHAINS.values()
        for line in asked(chain)
        for slip in line.slips
    )
