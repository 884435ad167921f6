"""Modules made of modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partialcredit.engine.layers.fuse import steps
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["Residual", "Sequential"]


class Sequential(Module):
    """Run modules one after another; they are named "0", "1", ... as in torch."""

    def __init__(self, *modules: Module) -> None:
        for i, module in enumerate(modules):
            setattr(self, str(i), module)

    def forward(self, input: Tensor) -> Tensor:
        """Feed each module with the output of the one before.

        In training, some neighbours run as one (:mod:`partialcredit.engine.layers.fuse`).
        """
        plan = vars(self).get("plan")
        if plan is None:
            modules = [child for _, child in self.children()]
            plan = vars(self)["plan"] = (modules, list(steps(modules)))
        for step in plan[self.training]:
            input = step(input)
        return input

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if isinstance(value, Module):
            vars(self).pop("plan", None)

    def __iter__(self) -> Iterator[Module]:
        return (child for _, child in self.children())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, index: int) -> Module:
        return list(self)[index]


class Residual(Module):
    """x + body(x), or shortcut(x) + body(x) when a projection must change the shape.

    He et al. (2016), "Deep residual learning", equations 1 and 2. torch has no such class.
    """

    def __init__(self, body: Module, shortcut: Module | None = None) -> None:
        self.body, self.shortcut = body, shortcut

    def forward(self, input: Tensor) -> Tensor:
        """The shape of the body's output."""
        y: Tensor = self.body(input)
        x: Tensor = input if self.shortcut is None else self.shortcut(input)
        if x.shape != y.shape:
            raise EngineError(
                f"Residual expects its body to keep the shape {x.shape}, but it gave {y.shape}"
            )
        return x + y
