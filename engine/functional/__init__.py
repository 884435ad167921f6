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
from partialcredit.engine.functional.attention import scaled_dot_product_attention
from partialcredit.engine.functional.conv import conv1d, conv2d, conv_transpose2d
from partialcredit.engine.functional.dropout import dropout
from partialcredit.engine.functional.embedding import cosine_similarity, embedding, one_hot
from partialcredit.engine.functional.layer_norm import group_norm, layer_norm, rms_norm
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
from partialcredit.engine.functional.position import rotary_embedding, sinusoidal_encoding
from partialcredit.engine.functional.recurrent import (
    gru_cell,
    lstm_cell,
    rnn_relu_cell,
    rnn_tanh_cell,
)  # fmt: skip

__all__ = [
    "adaptive_avg_pool2d", "avg_pool2d", "batch_norm", "binary_cross_entropy_with_logits", "conv1d",
    "conv2d", "conv_transpose2d", "cosine_similarity", "cross_entropy", "dropout", "elu",
    "embedding", "group_norm", "gru_cell", "half_squared_error", "hinge_loss", "layer_norm",
    "leaky_relu", "linear", "log_softmax", "lstm_cell", "max_pool2d", "maxout", "min_pool2d",
    "mse_loss", "multi_margin_loss", "nll_loss", "one_hot", "prelu", "relu", "rms_norm",
    "rnn_relu_cell", "rnn_tanh_cell", "rotary_embedding", "scaled_dot_product_attention", "sigmoid",
    "sinusoidal_encoding", "softmax", "softplus", "tanh",
]  # fmt: skip
