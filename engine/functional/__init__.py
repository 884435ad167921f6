"""Layers as functions, under the names of ``torch.nn.functional``."""

from partialcredit.engine.functional.activation import (
    elu,
    leaky_relu,
    log_softmax,
    maxout,
    prelu,
    relu,
    sigmoid,
    softmax,
    softplus,
    tanh,
)  # fmt: skip
from partialcredit.engine.functional.conv import conv1d, conv2d, conv_transpose2d
from partialcredit.engine.functional.dropout import dropout
from partialcredit.engine.functional.linear import linear
from partialcredit.engine.functional.loss import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    half_squared_error,
    hinge_loss,
    mse_loss,
    multi_margin_loss,
    nll_loss,
)  # fmt: skip
from partialcredit.engine.functional.norm import batch_norm
from partialcredit.engine.functional.pool import (
    adaptive_avg_pool2d,
    avg_pool2d,
    max_pool2d,
    min_pool2d,
)  # fmt: skip

__all__ = [
    "adaptive_avg_pool2d", "avg_pool2d", "batch_norm", "binary_cross_entropy_with_logits",
    "conv1d", "conv2d", "conv_transpose2d", "cross_entropy", "dropout", "elu",
    "half_squared_error", "hinge_loss", "leaky_relu", "linear", "log_softmax", "max_pool2d",
    "maxout", "min_pool2d", "mse_loss", "multi_margin_loss", "nll_loss", "prelu", "relu",
    "sigmoid", "softmax", "softplus", "tanh",
]  # fmt: skip
