"""The tensor: an array that remembers how it was computed.

``Tensor`` has PyTorch's names. It differs from torch in four ways, on purpose: the element type is
NumPy's (Python floats become float64, which verification wants), ``.grad`` is a plain array,
nothing is global (no default dtype, no gradient mode), and ``backward`` may be called again on the
same graph: each call adds the same gradients to the leaves, as torch does under ``retain_graph``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.derivatives import OPERATIONS, Operation
from partialcredit.engine.graph import walk
from partialcredit.engine.methods import Methods
from partialcredit.errors import EngineError

__all__ = ["Parameter", "Tensor", "apply", "as_tensor", "custom", "joined", "seed_gradient"]


class Tensor(Methods):
    """An n-dimensional array with reverse-mode derivatives.

    ``data`` is anything NumPy can read; floats are float64 or float32 and keep their type through
    every operation. With ``requires_grad=True`` the tensor is a leaf whose ``grad`` receives
    d(output)/d(data) when ``backward`` is called on a result. Raises :class:`EngineError` for other
    element types.

    >>> x = Tensor([1.0, 2.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    array([2., 4.])
    """

    __slots__ = ("_arguments", "_parents", "_rule", "data", "grad", "requires_grad")

    data: Any
    grad: Any
    requires_grad: bool
    _parents: tuple[Tensor, ...]
    _rule: Any
    _arguments: tuple[Any, ...]

    def __init__(self, data: Any, requires_grad: bool = False, dtype: Any = None) -> None:
        values = data.data if isinstance(data, Tensor) else data
        if dtype is not None or not isinstance(values, (np.ndarray, np.generic)):
            values = np.asarray(values, dtype)
        if values.dtype.kind not in "fiub" or (values.dtype.kind == "f" and values.itemsize < 4):
            raise EngineError(
                f"Tensor expects float64, float32, integers or booleans, not {values.dtype}"
            )
        if requires_grad and values.dtype.kind != "f":
            raise EngineError(f"only floats have gradients, but the tensor holds {values.dtype}")
        self.data = values[()]  # a 0-d array becomes a NumPy scalar, whose arithmetic is fast
        self.grad = None
        self.requires_grad = requires_grad
        self._parents = ()
        self._rule = None
        self._arguments = ()

    def backward(self, gradient: Any = None) -> None:
        """Add the gradient of this tensor to the ``grad`` of every leaf it depends on.

        A result with one element starts from 1; any other needs ``gradient`` of its own shape.
        """
        if not self.requires_grad:
            raise EngineError("backward needs a result of tensors with requires_grad=True")
        for leaf, g in walk(self, seed_gradient(self, gradient)).items():
            leaf.grad = g if leaf.grad is None else leaf.grad + g

    def detach(self) -> Tensor:
        """The same numbers without their history."""
        return Tensor(self.data)

    def item(self) -> Any:
        """The one element, as a Python number."""
        return self.data.item()

    def numpy(self) -> Array:
        """The numbers, as an array."""
        return np.asarray(self.data)

    def to(self, dtype: Any) -> Tensor:
        """The same numbers in another element type, detached."""
        return Tensor(self.data.astype(dtype))

    def numel(self) -> int:
        """The number of elements."""
        return int(self.data.size)

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of every axis."""
        return self.data.shape  # type: ignore[no-any-return]

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self.data.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The element type."""
        return self.data.dtype  # type: ignore[no-any-return]

    @property
    def T(self) -> Tensor:
        """All axes in reverse order."""
        return self.permute(tuple(range(self.ndim))[::-1])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.data, dtype) if copy else np.asarray(self.data, dtype)

    __array_ufunc__ = None  # array + tensor is the tensor's business
    __hash__ = object.__hash__

    def __len__(self) -> int:
        return len(self.data)

    def __iter__(self) -> Iterator[Tensor]:
        return (self[i] for i in range(len(self.data)))

    def __repr__(self) -> str:
        flag = ", requires_grad=True" if self.requires_grad else ""
        return f"Tensor({np.array2string(np.asarray(self.data), separator=', ')}{flag})"

    def __float__(self) -> float:
        return float(self.data)

    def __eq__(self, other: object) -> Any:
        return self.data == _plain(other)

    def __ne__(self, other: object) -> Any:
        return self.data != _plain(other)

    def __lt__(self, other: Any) -> Any:
        return self.data < _plain(other)

    def __le__(self, other: Any) -> Any:
        return self.data <= _plain(other)

    def __gt__(self, other: Any) -> Any:
        return self.data > _plain(other)

    def __ge__(self, other: Any) -> Any:
        return self.data >= _plain(other)

    def __add__(self, other: Any) -> Tensor:
        return _binary(ADD, self, other)

    def __radd__(self, other: Any) -> Tensor:
        return _binary(ADD, as_tensor(other, self), self)

    def __sub__(self, other: Any) -> Tensor:
        return _binary(SUBTRACT, self, other)

    def __rsub__(self, other: Any) -> Tensor:
        return _binary(SUBTRACT, as_tensor(other, self), self)

    def __mul__(self, other: Any) -> Tensor:
        return _binary(MULTIPLY, self, other)

    def __rmul__(self, other: Any) -> Tensor:
        return _binary(MULTIPLY, as_tensor(other, self), self)

    def __truediv__(self, other: Any) -> Tensor:
        return _binary(DIVIDE, self, other)

    def __rtruediv__(self, other: Any) -> Tensor:
        return _binary(DIVIDE, as_tensor(other, self), self)

    def __matmul__(self, other: Any) -> Tensor:
        return _binary(MATMUL, self, other)

    def __rmatmul__(self, other: Any) -> Tensor:
        return _binary(MATMUL, as_tensor(other, self), self)

    def _apply(self, name: str, *constants: Any) -> Tensor:
        return apply(name, (self,), *constants)

    def __pow__(self, exponent: Any) -> Tensor:
        if isinstance(exponent, Tensor):
            return (exponent * self.log()).exp()
        return apply("power", (self,), exponent)

    def __rpow__(self, base: float) -> Tensor:
        return (self * float(np.log(base))).exp()

    def __neg__(self) -> Tensor:
        return apply("negative", (self,))

    def __abs__(self) -> Tensor:
        return apply("absolute", (self,))

    def __getitem__(self, index: Any) -> Tensor:
        return apply("index", (self,), _plain_index(index))

    abs = __abs__
    matmul = __matmul__
    pow = __pow__


class Parameter(Tensor):
    """A tensor a layer learns: a leaf with ``requires_grad=True``."""

    __slots__ = ()

    def __init__(self, data: Any, requires_grad: bool = True) -> None:
        super().__init__(data, requires_grad)


def apply(name: str, parents: tuple[Tensor, ...], *constants: Any) -> Tensor:
    """Run one row of the derivative table and record it."""
    _, forward, derivatives = OPERATIONS[name]
    values = (parents[0].data,) if len(parents) == 1 else tuple([p.data for p in parents])
    arguments = values + constants
    return _record(forward(*arguments), derivatives, parents, arguments)


def custom(
    value: Array, parents: tuple[Tensor, ...], pull_back: Callable[[Any], tuple[Any, ...]]
) -> Tensor:
    """Record a fused operation: ``pull_back(g)`` returns the gradient of each parent.

    ``pull_back`` may return None for a parent without ``requires_grad``.
    """
    return _record(value, pull_back, parents, ())


def joined(value: Array, parents: tuple[Tensor, ...], places: list[Any]) -> Tensor:
    """Record that ``value`` holds every parent at its place, an index."""
    rule = tuple([lambda g, *_, place=place: g[place] for place in places])
    return _record(value, rule, parents, ())


def as_tensor(value: Any, like: Tensor | None = None) -> Tensor:
    """``value`` as a tensor; a Python number takes the element type of ``like``."""
    if isinstance(value, Tensor):
        return value
    if like is not None and isinstance(value, (int, float)) and like.data.dtype.kind == "f":
        value = like.data.dtype.type(value)
    return Tensor(value)


def seed_gradient(root: Tensor, gradient: Any) -> Any:
    """The gradient a backward pass starts from."""
    data = root.data
    if gradient is None:
        if data.size != 1:
            raise EngineError(f"backward needs a gradient for a result of shape {data.shape}")
        return data.dtype.type(1) if data.shape == () else np.ones_like(data)
    g = np.asarray(_plain(gradient), data.dtype)[()]
    if root._rule is None:
        g = g * 1  # a leaf's gradient is its own
    if g.shape != data.shape:
        raise EngineError(
            f"backward expects a gradient of shape {data.shape}, but received {g.shape}"
        )
    return g


_new = Tensor.__new__
ADD, SUBTRACT = OPERATIONS["add"], OPERATIONS["subtract"]
MULTIPLY, DIVIDE = OPERATIONS["multiply"], OPERATIONS["divide"]
MATMUL = OPERATIONS["matmul"]


def _binary(operation: Operation, x: Tensor, y: Any) -> Tensor:
    """The hot path of ``+ - * / @``."""
    if not isinstance(y, Tensor):
        y = as_tensor(y, x)
    a, b = x.data, y.data
    out = _new(Tensor)
    out.data = operation[1](a, b)
    out.grad = None
    if x.requires_grad or y.requires_grad:
        out.requires_grad = True
        out._parents = (x, y)
        out._rule = operation[2]
        out._arguments = (a, b)
    else:
        out.requires_grad = False
        out._parents = out._arguments = ()
        out._rule = None
    return out


def _record(value: Any, rule: Any, parents: tuple[Tensor, ...], arguments: Any) -> Tensor:
    out = _new(Tensor)
    out.data = value
    out.grad = None
    for parent in parents:
        if parent.requires_grad:
            out.requires_grad = True
            out._parents = parents
            out._rule = rule
            out._arguments = arguments
            return out
    out.requires_grad = False
    out._parents = out._arguments = ()
    out._rule = None
    return out


def _plain(value: Any) -> Any:
    return value.data if isinstance(value, Tensor) else value


def _plain_index(index: Any) -> Any:
    return tuple(_plain(i) for i in index) if isinstance(index, tuple) else _plain(index)
