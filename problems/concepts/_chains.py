"""The bank of derivations, by name."""

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

__all__ = ["CHAINS"]

#: The order is part of what is drawn.
CHAINS = {
    chain.name: chain
    for chain in (
        POSITION, VELOCITY_VARIANCE, ADAM_MEAN, ADAM_VARIANCE, DECAY, QUADRATIC, ENSEMBLE,
        LOGISTIC, SOFTMAX, TANH, BATCH_NORM, XAVIER, LOG_SUM_EXP, DROPOUT, CONVOLUTION, DIFFERENCE,
    )
}  # fmt: skip
