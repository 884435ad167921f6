"""Convolutional layers (cross-correlation, as in every framework)."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.checks import pair
from partialcredit.engine.functional.conv import conv1d, conv2d, conv_transpose2d
from partialcredit.engine.init import default_uniform, generator_of
from partialcredit.engine.kernels.geometry import Geometry
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["Conv1d", "Conv2d", "ConvTranspose2d"]

Size = int | tuple[int, int]


class _Convolution(Module):
    """What the convolutional layers share: their arguments and their parameters."""

    def __init__(
        self, in_channels: int, out_channels: int, kernel: Any, stride: Any,
        padding: Any, dilation: Any, groups: int, bias: bool, dtype: Any,
        generator: np.random.Generator | int | None, transposed: bool = False,
    ) -> None:  # fmt: skip
        if groups < 1 or in_channels % groups or out_channels % groups:
            raise EngineError(
                f"{type(self).__name__} expects {in_channels} input and {out_channels} output "
                f"channels to be divisible by groups, but received groups={groups}"
            )
        self.in_channels, self.out_channels, self.kernel_size = in_channels, out_channels, kernel
        self.stride, self.padding, self.dilation, self.groups = stride, padding, dilation, groups
        outer, inner = (in_channels, out_channels) if transposed else (out_channels, in_channels)
        shape = (outer, inner // groups, *kernel)
        fan_in = int(np.prod(shape[1:]))
        rng = generator_of(generator)
        self.weight = default_uniform(shape, fan_in, dtype, rng)
        self.bias = default_uniform((out_channels,), fan_in, dtype, rng) if bias else None

    def extra_repr(self) -> str:
        """As torch prints it, leaving defaults out."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"
        text += f", stride={self.stride}"
        for name, default in (("padding", 0), ("dilation", 1), ("groups", 1)):
            if getattr(self, name) != default:
                text += f", {name}={getattr(self, name)}"
        return text + ("" if self.bias is not None else ", bias=False")


class Conv2d(_Convolution):
    """Cross-correlation of (N, C, H, W) with ``weight`` (out, in/groups, kh, kw).

    Weight and bias start uniform on ±1/√(in/groups · kh · kw), as in torch.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: Size, stride: Size = 1,
        padding: Size = 0, dilation: Size = 1, groups: int = 1, bias: bool = True,
        dtype: Any = np.float64, generator: np.random.Generator | int | None = None,
    ) -> None:  # fmt: skip
        kernel = pair("Conv2d", "kernel_size", kernel_size, 1)
        super().__init__(
            in_channels, out_channels, kernel, stride, padding, dilation, groups, bias, dtype,
            generator,
        )  # fmt: skip

    @property
    def geometry(self) -> Geometry:
        """Kernel, stride, padding and dilation as pairs."""
        return Geometry(
            pair("Conv2d", "kernel_size", self.kernel_size, 1),
            pair("Conv2d", "stride", self.stride, 1),
            pair("Conv2d", "padding", self.padding, 0),
            pair("Conv2d", "dilation", self.dilation, 1),
        )

    def forward(self, input: Tensor) -> Tensor:
        """(N, in_channels, H, W) to (N, out_channels, H', W')."""
        return conv2d(
            input, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups
        )


class Conv1d(_Convolution):
    """Cross-correlation of (N, C, L) with ``weight`` (out, in/groups, k)."""

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int, stride: int = 1,
        padding: int = 0, dilation: int = 1, groups: int = 1, bias: bool = True,
        dtype: Any = np.float64, generator: np.random.Generator | int | None = None,
    ) -> None:  # fmt: skip
        kernel = pair("Conv1d", "kernel_size", kernel_size, 1)[:1]
        super().__init__(
            in_channels, out_channels, kernel, stride, padding, dilation, groups, bias, dtype,
            generator,
        )  # fmt: skip

    def forward(self, input: Tensor) -> Tensor:
        """(N, in_channels, L) to (N, out_channels, L')."""
        return conv1d(
            input, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups
        )


class ConvTranspose2d(_Convolution):
    """The transpose of :class:`Conv2d`, with ``weight`` (in, out/groups, kh, kw).

    torch's fan-in for the initial ±1/√fan_in is out/groups · kh · kw here; so is ours.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: Size, stride: Size = 1,
        padding: Size = 0, output_padding: Size = 0, groups: int = 1, bias: bool = True,
        dilation: Size = 1, dtype: Any = np.float64,
        generator: np.random.Generator | int | None = None,
    ) -> None:  # fmt: skip
        kernel = pair("ConvTranspose2d", "kernel_size", kernel_size, 1)
        super().__init__(
            in_channels, out_channels, kernel, stride, padding, dilation, groups, bias, dtype,
            generator, transposed=True,
        )  # fmt: skip
        self.output_padding = output_padding

    def forward(self, input: Tensor) -> Tensor:
        """(N, in_channels, H, W) to (N, out_channels, H', W')."""
        return conv_transpose2d(
            input, self.weight, self.bias, self.stride, self.padding, self.output_padding,
            self.groups, self.dilation,
        )  # fmt: skip

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """Every weight serves each place of the input."""
        return self.weight.numel() * (input.numel() // input.shape[1])
