"""The table people know from torchinfo."""

from __future__ import annotations

from partialcredit.engine.count.trace import trace
from partialcredit.engine.layers.module import Module

__all__ = ["summary"]


def summary(model: Module, input_shape: tuple[int, ...]) -> str:
    """One line per layer: output shape, parameters and multiply-adds; totals below.

    ``input_shape`` includes the batch. Megabytes are 10⁶ bytes.
    """
    records = trace(model, input_shape)
    seen: set[int] = set()
    rows = [("Layer", "Output shape", "Param #", "Mult-adds")]
    total = 0
    for r in records:
        fresh = id(r.module) not in seen
        seen.add(id(r.module))
        total += r.parameters if fresh else 0
        count = f"{r.parameters:,}" if r.parameters and fresh else "--"
        title = f"{type(r.module).__name__}: {r.name}" if r.name else type(r.module).__name__
        work = f"{r.multiply_adds:,}" if r.multiply_adds else "--"
        rows.append((title, str(list(r.output_shape)), count, work))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [
        f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}"
        for a, b, c, d in rows
    ]
    size = next((p.dtype.itemsize for p in model.parameters()), 8)
    activations = sum(r.activations for r in records)
    rule = "=" * len(lines[0])
    return "\n".join(
        [
            rule, lines[0], rule, *lines[1:], rule,
            f"Total params: {total:,}",
            f"Total mult-adds: {sum(r.multiply_adds for r in records):,}",
            f"Activations: {activations:,} ({activations * size / 1e6:.2f} MB)",
            f"Params size: {total * size / 1e6:.2f} MB",
            rule,
        ]
    )  # fmt: skip
