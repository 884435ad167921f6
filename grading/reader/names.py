"""The names an answer may use: what the question declares, Greek letters and known functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from partialcredit.grading.reader.characters import GREEK
from partialcredit.numbers.letters import NOTES

__all__ = ["ACCENTS", "FUNCTIONS", "INVERSES", "RAISED", "Names", "dimensions", "names_for"]

#: Spelling (in lower case unless case matters) of every known function.
FUNCTIONS: Mapping[str, str] = MappingProxyType({
    "exp": "exp", "ln": "log", "log": "log", "lg": "log10", "log2": "log2", "lb": "log2",
    "log10": "log10", "log1p": "log1p", "expm1": "expm1", "sqrt": "sqrt", "cbrt": "cbrt",
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "asin": "asin", "acos": "acos",
    "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth",
    "sech": "sech", "csch": "csch", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "asinh": "asinh", "acosh": "acosh", "atanh": "atanh", "abs": "abs", "sign": "sign",
    "sgn": "sign", "floor": "floor", "ceil": "ceil", "ceiling": "ceil", "max": "max",
    "min": "min", "maximum": "max", "minimum": "min", "sigmoid": "sigma", "sigma": "sigma",
    "logistic": "sigma", "expit": "sigma", "logit": "logit", "relu": "relu",
    "softplus": "softplus", "silu": "silu", "swish": "silu", "gelu": "gelu", "erf": "erf",
    "erfc": "erfc", "Phi": "Phi", "heaviside": "step", "step": "step", "lse": "logsumexp",
    "logsumexp": "logsumexp", "inv": "inverse", "inverse": "inverse", "transpose": "transpose",
    "tr": "trace", "trace": "trace", "det": "det", "norm": "norm", "diag": "diag",
    "softmax": "softmax", "factorial": "factorial", "binom": "binomial", "comb": "binomial",
    "mod": "mod", "where": "where", "pow": "pow", "mean": "mean", "outer": "outer", "dot": "dot",
    "matmul": "matmul",
    "squareroot": "sqrt", "sigm": "sigma", "nCr": "binomial", "choose": "binomial", "ld": "log2",
    "Ln": "log", "LN": "log",
})  # fmt: skip

#: Names whose power is written before the argument: sin^2 x.
RAISED = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "log", "log2", "log10", "exp", "sigma", "relu",
})  # fmt: skip
#: The inverse meant by sin^-1.
INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh",
    "sigma": "logit",
}  # fmt: skip

_ALIASES = {
    "eps": "epsilon", "varepsilon": "epsilon", "lam": "lambda", "lamda": "lambda",
    "lmbda": "lambda",
    "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma", "th": "theta",
    "sig": "sigma", "inf": "infinity", "oo": "infinity", "infty": "infinity",
    "Infinity": "infinity",
}  # fmt: skip
#: Marks above a letter, written into its name: y_hat.
ACCENTS = ("hat", "bar", "tilde", "dot")
_WORDS = frozenset(GREEK.values()) | {"infinity", "sum", "Sum", "prod", "product", "indicator"}
_LONGEST = 12


_TENSORS = ("vector", "matrix")


def dimensions(domain: str) -> list[str]:
    """The names in ``matrix(m, n)``; none for a scalar domain."""
    inside = domain.partition("(")[2].rstrip(") ")
    return [part.strip() for part in inside.split(",") if part.strip()]


class Names:
    """What each run of letters means in one question."""

    def __init__(
        self, symbols: Mapping[str, str], functions: tuple[str, ...], complex_: bool
    ) -> None:
        self.symbols = symbols
        self.functions = frozenset(functions)
        self.complex = complex_
        self.has_matrices = any(d.startswith(_TENSORS) for d in symbols.values())
        self._plain = {_parts(name): name for name in symbols}
        self._other = {
            **{theirs: ours for ours, theirs in NOTES.items() if ours in symbols},
            **{_ALIASES[name]: name for name in symbols if name in _ALIASES},
        }
        self._functions = {name.lower(): name for name in functions}
        self._split: dict[str, tuple[str, ...]] = {}

    def scalars(self, names: Iterable[str]) -> list[str]:
        """Those of the names that stand for numbers of their own, not for arrays or their sizes."""
        tensors = {n: d for n, d in self.symbols.items() if d.startswith(_TENSORS)}
        sizes = {size for d in tensors.values() for size in dimensions(d)}
        return sorted(set(names) - tensors.keys() - sizes)

    def declared(self, *parts: str) -> str | None:
        r"""The declared symbol written as these parts: ``beta1``, ``beta_1``, ``\hat{m}_t``."""
        joined = "_".join(parts)
        if joined in self.symbols:
            return joined
        if joined in self._other:
            return self._other[joined]
        return self._plain.get(_parts(joined)) or self._plain.get(_parts("".join(parts)))

    def function(self, name: str) -> str | None:
        """The known function a name means, unless the question declares the name otherwise."""
        if name in self.symbols or self.own_function(name):
            return None
        if name in FUNCTIONS:
            return FUNCTIONS[name]
        return FUNCTIONS.get(name.lower()) if len(name) > 2 and name != "phi" else None

    def own_function(self, name: str) -> str | None:
        """The question's function of this name, in whatever case it is typed."""
        if name in self.functions:
            return name
        return self._functions.get(name.lower()) if name not in self.symbols else None

    def constant(self, name: str) -> str | None:
        """e, pi and infinity, and i where complex numbers are allowed."""
        if name in self.symbols or name in self.functions:
            return None
        if name in ("e", "pi", "infinity"):
            return name
        if self.complex and (name == "i" or (name == "j" and "i" not in self.symbols)):
            return "i"  # engineers write j
        return None

    def known(self, name: str) -> bool:
        """Whether a whole run of letters is one name."""
        return (
            name in self.symbols
            or self.own_function(name) is not None
            or name in _WORDS
            or self.function(name) is not None
        )

    def split(self, run: str) -> tuple[str, ...]:
        """A run of letters as names: ``xy`` is x times y, ``alphat`` alpha times t."""
        if run not in self._split:
            if len(self._split) > 10_000:
                self._split.clear()
            self._split[run] = self._cut(run)
        return self._split[run]

    def _cut(self, run: str) -> tuple[str, ...]:
        if self.known(run) or len(run) == 1:
            return (run,)
        if run == "lr" and not {"l", "r"} <= self.symbols.keys():
            return (run,)  # the learning rate
        alias = _ALIASES.get(run)
        if alias:
            return (alias,)
        if self.declared(run):
            return (self.declared(run) or run,)
        if len(run) > 40:
            return (run,)
        pieces = self._cheapest(run)
        strangers = sum(self._cost(piece) > 1 for piece in pieces)
        if strangers == 0 or len(run) <= 3:
            return pieces
        functions = any(self.function(p) for p in pieces)
        if (
            strangers == 1
            and not functions
            and any(len(p) > 1 or p in self.symbols for p in pieces)
        ):
            return pieces
        return (run,)

    def _cheapest(self, run: str) -> tuple[str, ...]:
        best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        for end in range(1, len(run) + 1):
            choices = []
            for start in range(max(0, end - _LONGEST), end):
                piece = run[start:end]
                price = self._cost(piece)
                if price:
                    choices.append((best[start][0] + price, (*best[start][1], piece)))
            best.append(min(choices, key=lambda choice: choice[0]))
        return best[-1][1]

    def _cost(self, piece: str) -> int:
        """1 for a name of the question, 5 for a stranger's letter, 0 for no name at all."""
        if self.known(piece) or self.constant(piece):
            return 1
        return 5 if len(piece) == 1 else 0


def _parts(name: str) -> frozenset[str]:
    """A name without its punctuation: m_hat_t, hat_m_t and mhat_t are one name."""
    found: set[str] = set()
    for part in name.replace("{", "").replace("}", "").split("_"):
        for accent in ACCENTS:
            if part.endswith(accent) and len(part) > len(accent):
                found |= {part.removesuffix(accent), accent}
                break
        else:
            stem = part.rstrip("0123456789")
            if stem and stem != part:
                found |= {stem, part[len(stem) :]}
            elif part:
                found.add(part)
    return frozenset(found)


@lru_cache(maxsize=512)
def _names(
    symbols: tuple[tuple[str, str], ...], functions: tuple[str, ...], complex_: bool
) -> Names:
    return Names(dict(symbols), functions, complex_)


def names_for(
    symbols: Mapping[str, str] | None = None,
    functions: tuple[str, ...] | list[str] = (),
    complex: bool = False,
) -> Names:
    """The names of one question; built once for each set of declarations."""
    return _names(tuple((symbols or {}).items()), tuple(functions), complex)
