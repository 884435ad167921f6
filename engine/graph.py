"""Reverse mode: walk the recorded graph once, from the output to its leaves.

A tensor is handled when every use of it has been handled, so a node used many times is visited
once, and a gradient is dropped as soon as it has been passed on. The walk is a loop (no recursion
limit), keeps its state in local variables, and changes nothing but the leaves it reports.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np

from partialcredit.engine.shapes import sum_to
from partialcredit.errors import EngineError

if TYPE_CHECKING:
    from partialcredit.engine.tensor import Tensor

__all__ = ["grad", "walk"]

ARRAY = np.ndarray


def walk(
    root: Tensor, g: Any, create_graph: bool = False, keep: Collection[Tensor] = ()
) -> dict[Tensor, Any]:
    """The gradient of ``root`` with respect to each of its leaves, and each tensor in ``keep``.

    ``g`` is the gradient of ``root`` itself: an array, or a tensor when ``create_graph`` asks for
    gradients that can be differentiated again.
    """
    uses: dict[Tensor, int] = {}
    nodes = [root]
    for node in nodes:  # grows while it is read
        for parent in node._parents:
            if parent._rule is not None:
                if parent in uses:
                    uses[parent] += 1
                else:
                    uses[parent] = 1
                    nodes.append(parent)

    gradients = {root: g}
    ready = [root] if root._rule is not None else []
    while ready:
        node = ready.pop()
        g = gradients[node] if node in keep else gradients.pop(node)
        parents, rule, arguments, value = node._parents, node._rule, node._arguments, node.data
        by_table = type(rule) is tuple
        if create_graph:
            if not by_table:
                raise EngineError(
                    f"{rule.__name__} is a fused operation and has no second derivative"
                )
            value, arguments = node, parents + arguments[len(parents) :]
        for parent, part in zip(parents, rule if by_table else rule(g)):  # noqa: B905 - one length
            if not parent.requires_grad:
                continue
            if by_table:
                part = part(g, value, *arguments)
            if part.shape != parent.data.shape:
                part = sum_to(part, parent.data.shape)
            if parent in gradients:
                gradients[parent] = gradients[parent] + part
            else:
                gradients[parent] = part
            if parent._rule is not None:
                uses[parent] -= 1
                if not uses[parent]:
                    ready.append(parent)
            elif part.__class__ is ARRAY and _borrowed(part, g):
                gradients[parent] = gradients[parent] * 1  # a leaf's gradient is its own
    return gradients


def _borrowed(part: Any, g: Any) -> bool:
    """Whether a derivative handed on (a view of) the gradient it received, or a read-only view."""
    base = part.base
    if base is None:
        return part is g
    return base is g or base is g.base or not part.flags.writeable


def grad(
    output: Tensor, inputs: Tensor | list[Tensor], create_graph: bool = False
) -> tuple[Tensor, ...]:
    """The gradients of a one-element ``output`` for ``inputs``, leaving ``.grad`` alone.

    With ``create_graph=True`` the results can be differentiated again (every operation of the
    derivative table; fused layers such as convolution refuse). An input the output does not depend
    on has the gradient zero, where torch would ask for ``allow_unused``.

    >>> from partialcredit.engine import Tensor
    >>> x = Tensor(2.0, requires_grad=True)
    >>> (first,) = grad(x**3, x, create_graph=True)
    >>> (second,) = grad(first, x)
    >>> float(first.data), float(second.data)
    (12.0, 12.0)
    """
    from partialcredit.engine.tensor import Tensor, seed_gradient

    wanted = [inputs] if isinstance(inputs, Tensor) else list(inputs)
    start = seed_gradient(output, None)
    found = walk(output, Tensor(start) if create_graph else start, create_graph, set(wanted))
    parts = [found.get(x, x.data * 0) for x in wanted]
    return tuple(p if isinstance(p, Tensor) else Tensor(p) for p in parts)
