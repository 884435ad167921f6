"""What every layer is: a function with parameters that knows its parts by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from partialcredit.engine.checks import Array, refuse_non_finite
from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = ["Module"]


class Module:
    """A layer or a model: assign parameters and modules as attributes.

    ``buffers`` names the attributes that are state but are not learned, such as running statistics.
    ``training`` says how dropout and batch normalisation behave. A tensor that comes straight from
    the user (no history) is refused when it holds NaN or an infinity.
    """

    training: bool = True
    buffers: tuple[str, ...] = ()

    def forward(self, input: Tensor) -> Any:
        """Compute the output; every layer defines it, some with further arguments."""
        raise NotImplementedError

    def __call__(self, input: Any, *others: Any, **options: Any) -> Any:
        """Run ``forward`` on a tensor or array, and on what else the layer takes."""
        x = input if isinstance(input, Tensor) else Tensor(input)
        if x._rule is None:
            refuse_non_finite(type(self).__name__, x.data)
        return self.forward(x, *others, **options)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - for others
        """Multiplications of a run: every weight of a linear layer serves each of its outputs."""
        weight = getattr(self, "weight", None)
        if not isinstance(weight, Parameter) or weight.ndim < 2:
            return 0
        return weight.numel() * (output.numel() // output.shape[1 if weight.ndim > 2 else -1])

    def children(self) -> Iterator[tuple[str, Module]]:
        """The modules assigned as attributes, with their names, in order of assignment."""
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value

    def named_modules(self) -> Iterator[tuple[str, Module]]:
        """The module itself, called "", and everything inside it; a shared one only once."""
        seen, stack = set(), [("", self)]
        while stack:
            prefix, module = stack.pop()
            if id(module) not in seen:
                seen.add(id(module))
                yield prefix, module
                inside = [(f"{prefix}.{n}" if prefix else n, c) for n, c in module.children()]
                stack += reversed(inside)

    def modules(self) -> Iterator[Module]:
        """The module itself and everything inside it."""
        return (module for _, module in self.named_modules())

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """Every parameter with its dotted name; a shared one only once."""
        seen = set()
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter) and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{prefix}.{name}" if prefix else name, value

    def parameters(self) -> Iterator[Parameter]:
        """Every parameter."""
        return (p for _, p in self.named_parameters())

    def named_buffers(self) -> Iterator[tuple[str, Array]]:
        """Every array that is state but is not learned."""
        for prefix, module in self.named_modules():
            for name in module.buffers:
                if getattr(module, name) is not None:
                    yield f"{prefix}.{name}" if prefix else name, getattr(module, name)

    def state_dict(self) -> dict[str, Array]:
        """Copies of all parameters and buffers by dotted name."""
        state = {name: p.numpy().copy() for name, p in self.named_parameters()}
        return state | {name: b.copy() for name, b in self.named_buffers()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Copy values into the parameters and buffers of the same names and shapes."""
        targets: dict[str, Any] = {n: p.data for n, p in self.named_parameters()}
        targets |= dict(self.named_buffers())
        if state.keys() != targets.keys():
            odd = sorted(state.keys() ^ targets.keys())
            raise EngineError(f"{type(self).__name__} and the state differ in {', '.join(odd)}")
        for name, target in targets.items():
            if np.shape(state[name]) != target.shape:
                raise EngineError(
                    f"{name} expects shape {target.shape}, but received {np.shape(state[name])}"
                )
        for name, target in targets.items():
            target[...] = state[name]

    def train(self, mode: bool = True) -> Module:
        """Switch to training, or with ``mode=False`` to evaluation."""
        for module in self.modules():
            module.training = mode
        return self

    def eval(self) -> Module:
        """Switch to evaluation."""
        return self.train(False)

    def requires_grad_(self, requires_grad: bool = True) -> Module:
        """Record the parameters' history, or not (faster and smaller where nothing is learned)."""
        for p in self.parameters():
            p.requires_grad = requires_grad
        return self

    def zero_grad(self) -> None:
        """Forget all gradients."""
        for p in self.parameters():
            p.grad = None

    def extra_repr(self) -> str:
        """The arguments, as the class was called."""
        return ""

    def __repr__(self) -> str:
        parts = [f"({n}): {c!r}".replace("\n", "\n  ") for n, c in self.children()]
        inside = "\n  " + "\n  ".join(parts) + "\n" if parts else self.extra_repr()
        return f"{type(self).__name__}({inside})"
