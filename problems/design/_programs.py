"""Lines of code as data: what each prints, and what the engine does in its place.

The text of a question is made from the same rows that are run; no text is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from partialcredit import engine

__all__ = ["OPERATIONS", "Operation", "printed", "ran"]


class Operation(NamedTuple):
    """A step of a line. ``text`` wraps the code so far, ``made`` gives what is called on its value.

    Both take the drawn numbers; ``text`` takes the code first.
    """

    text: Callable[..., str]
    made: Callable[..., Any]


def _with(name: str, *numbers: int, **options: int) -> str:
    """A constructor with the options that are not the default."""
    shown = [str(n) for n in numbers]
    shown += [f"{key}={n}" for key, n in options.items() if n != {"stride": 1, "padding": 0}[key]]
    return f"{name}({', '.join(shown)})"


OPERATIONS = {
    "conv": Operation(
        lambda x, *n: f"{_with('Conv2d', *n[:3], stride=n[3], padding=n[4])}({x})",
        lambda c, k, f, s, p: engine.Conv2d(c, k, f, stride=s, padding=p),
    ),
    "transposed": Operation(
        lambda x, *n: f"{_with('ConvTranspose2d', *n[:3], stride=n[3])}({x})",
        lambda c, k, f, s: engine.ConvTranspose2d(c, k, f, stride=s),
    ),
    "pool": Operation(lambda x, f: f"MaxPool2d({f})({x})", lambda f: engine.MaxPool2d(f)),
    "linear": Operation(lambda x, n, m: f"Linear({n}, {m})({x})", lambda n, m: engine.Linear(n, m)),
    "relu": Operation(lambda x: f"{x}.relu()", lambda: engine.Tensor.relu),
    "flatten": Operation(lambda x, d: f"{x}.flatten({d})", lambda d: lambda x: x.flatten(d)),
    "permute": Operation(
        lambda x, *dims: f"{x}.permute({', '.join(map(str, dims))})",
        lambda *dims: lambda x: x.permute(*dims),
    ),
    "mean": Operation(
        lambda x, *dims: f"{x}.mean({dims[0] if len(dims) == 1 else dims})",
        lambda *dims: lambda x: x.mean(dims),
    ),
    "unsqueeze": Operation(lambda x, d: f"{x}.unsqueeze({d})", lambda d: lambda x: x.unsqueeze(d)),
}


def printed(target: str, source: str, steps: Sequence[Sequence[Any]]) -> str:
    """One line of code: the steps, one around the other."""
    code = source
    for kind, *numbers in steps:
        code = OPERATIONS[kind].text(code, *numbers)
    return f"{target} = {code}"


def ran(x: engine.Tensor, steps: Sequence[Sequence[Any]]) -> tuple[engine.Tensor, list[Any]]:
    """The value of a line and what was called on the way."""
    made = [OPERATIONS[kind].made(*numbers) for kind, *numbers in steps]
    for step in made:
        x = step(x)
    return x, made
