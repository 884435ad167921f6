"""The numeric engine: NumPy layers, losses and optimizers under PyTorch's names.

>>> from partialcredit.engine import Tensor
>>> x = Tensor(3.0, requires_grad=True)
>>> (x * x).backward()
>>> float(x.grad)
6.0

Names are imported from their modules when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partialcredit.engine import functional as functional
    from partialcredit.engine import init as init

HOMES = {
    "batched": "Batch enumerate_mean value_and_gradients",
    "check": "GradientCheck check_gradients numerical_gradient",
    "classical": "k_means knn_predict least_squares pca",
    "count.receptive": "ReceptiveField receptive_field",
    "count.summary": "summary",
    "count.trace": "LayerRecord count_parameters trace",
    "data.dataset": "Dataset as_images",
    "data.files": "load_digits load_idx load_npz",
    "data.splits": "batches k_fold split",
    "graph": "grad",
    "joining": "cat stack",
    "layers.activation": "ELU Dropout LeakyReLU LogSoftmax Maxout PReLU ReLU Sigmoid Softmax"
    " Softplus Tanh",
    "layers.attention": "MultiheadAttention TransformerEncoderLayer",
    "layers.container": "Residual Sequential",
    "layers.conv": "Conv1d Conv2d ConvTranspose2d",
    "layers.embedding": "Embedding",
    "layers.layer_norm": "GroupNorm LayerNorm RMSNorm",
    "layers.linear": "Flatten Linear",
    "layers.loss": "BCEWithLogitsLoss CrossEntropyLoss HalfSquaredError HingeLoss MSELoss"
    " MultiMarginLoss NLLLoss",
    "layers.module": "Module",
    "layers.norm": "BatchNorm1d BatchNorm2d",
    "layers.pool": "AdaptiveAvgPool2d AvgPool2d MaxPool2d MinPool2d",
    "layers.recurrent": "GRU GRUCell LSTM LSTMCell RNN RNNCell",
    "models.large": "alexnet resnet18 vgg16",
    "models.small": "autoencoder lenet5 linear mlp softmax",
    "monte_carlo": "SampleMean monte_carlo",
    "optim.adam": "Adam AdamW",
    "optim.adaptive": "Adagrad RMSprop",
    "optim.clip": "clip_grad_norm_ clip_grad_value_",
    "optim.momentum": "Momentum",
    "optim.optimizer": "Optimizer soft_threshold",
    "optim.schedule": "CosineAnnealingLR CosineAnnealingWarmRestarts ExponentialLR InverseTimeLR"
    " LambdaLR LinearLR MultiStepLR PolynomialLR SequentialLR StepLR",
    "optim.sgd": "SGD",
    "simulation": "descent_path geometric_limit optimizer_path sign_sequences",
    "tensor": "Parameter Tensor",
    "training.checkpoint": "load_checkpoint save_checkpoint",
    "training.history": "EarlyStopping History",
    "training.loop": "evaluate fit",
    "training.trajectory": "principal_path trajectory",
}
_HOME = {name: module for module, names in HOMES.items() for name in names.split()}

__all__ = sorted([*_HOME, "functional", "init"])


def __getattr__(name: str) -> Any:
    if name in ("functional", "init"):
        return import_module(f"partialcredit.engine.{name}")
    if name not in _HOME:
        raise AttributeError(f"partialcredit.engine has no attribute {name!r}")
    value = getattr(import_module(f"partialcredit.engine.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
