"""Shapes of code against torch, which runs it."""

from __future__ import annotations

import pytest

from partialcredit.solvers import code_shapes

STEPS = (
    ("conv", 3, 6, 3, 2, 1),
    ("transposed", 6, 5, 3, 2),
    ("pool", 2),
    ("permute", 0, 2, 3, 1),
    ("linear", 5, 4),
    ("unsqueeze", 1),
    ("mean", 2),
    ("flatten", 2),
)


def test_shapes_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch")
    made = {
        "conv": lambda c, k, f, s, p: torch.nn.Conv2d(c, k, f, stride=s, padding=p),
        "transposed": lambda c, k, f, s: torch.nn.ConvTranspose2d(c, k, f, stride=s),
        "pool": lambda f: torch.nn.MaxPool2d(f),
        "linear": lambda n, m: torch.nn.Linear(n, m),
        "permute": lambda *dims: lambda x: x.permute(*dims),
        "unsqueeze": lambda d: lambda x: x.unsqueeze(d),
        "mean": lambda *dims: lambda x: x.mean(dims),
        "flatten": lambda d: lambda x: x.flatten(d),
    }
    x, parameters = torch.zeros(2, 3, 11, 14), 0
    for i, (kind, *numbers) in enumerate(STEPS, 1):
        module = made[kind](*numbers)
        x = module(x)
        if isinstance(module, torch.nn.Module):
            parameters += sum(p.numel() for p in module.parameters())
        assert code_shapes.after((2, 3, 11, 14), STEPS[:i]) == tuple(x.shape)
        assert code_shapes.parameters(STEPS[:i]) == parameters
