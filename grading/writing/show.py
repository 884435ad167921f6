"""A tree as plain text that reads back to the same tree: what "understood as" shows."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from flint import fmpq

from partialcredit.grading.tree import Node

__all__ = [
    "ATOM", "LOOSE", "POWER", "PRODUCT", "SIGN", "SUM", "Each", "Form", "PlainText", "show",
    "show_number",
]  # fmt: skip

#: How tight a text is; in a place that must be tighter it stands in brackets.
LOOSE, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)


class Form(NamedTuple):
    """How an operation looks, how tight each argument must be in it, and how tight the whole is."""

    look: str
    inside: tuple[int, ...]
    tight: int = ATOM


class Each(NamedTuple):
    """The same for any number of arguments."""

    look: str
    between: str = ", "
    inside: int = LOOSE
    tight: int = ATOM


class PlainText:
    """The walk over a tree: an op without a form is written by the method of its name.

    Another notation is a subclass with its own tables and whichever methods differ.
    """

    brackets = "(%s)"
    forms: ClassVar = {
        "neg": Form("-%s", (PRODUCT,), SIGN),
        "mul": Form("%s*%s", (PRODUCT, SIGN), PRODUCT),
        "div": Form("%s/%s", (PRODUCT, POWER), PRODUCT),
        "pow": Form("%s^%s", (ATOM, ATOM), POWER),
        "transpose": Form("%s^T", (ATOM,), POWER),
        "percent": Form("%s%%", (ATOM,)),
        "indicator": Form("1[%s]", (LOOSE,)),
        "not": Form("not (%s)", (LOOSE,), LOOSE),
        "minus": Form("%s \\ %s", (SUM, ATOM), LOOSE),
        "intersection": Form("%s & %s", (SUM, SUM), LOOSE),
        "both": Form("%s ± %s", (SUM, PRODUCT), SUM),
    }
    lists: ClassVar = {
        "list": Each("[%s]"),
        "tuple": Each("(%s)"),
        "set": Each("{%s}"),
        "and": Each("%s", " and ", LOOSE, LOOSE),
        "or": Each("%s", " or ", LOOSE, LOOSE),
        "union": Each("%s", " U ", SUM, LOOSE),
    }
    #: Known functions that are not written as a name and its arguments.
    calls: ClassVar = {
        "abs": Form("|%s|", (LOOSE,)),
        "hadamard": Form("(%s .* %s)", (POWER, POWER)),
    }
    #: Known functions that are written under another name.
    names: ClassVar = {
        "log": "ln", "logsumexp": "LSE", "silu": "swish", "inverse": "inv", "total": "sum",
    }  # fmt: skip
    relations: ClassVar = {"\\approx": "approx", "\\in": "in"}
    #: How tight the sides of a relation must be.
    side = SUM
    case, otherwise, cases = "%s if %s", "%s otherwise", Each("{%s}")

    def write(self, node: Node) -> str:
        """The whole tree, with the fewest brackets."""
        return self._put(node)[0]

    def _put(self, node: Node) -> tuple[str, int]:
        form = self.forms.get(node.op)
        if form is not None:
            return self._filled(form, node.args)
        written: tuple[str, int] = getattr(self, f"_{node.op}")(node)
        return written

    def _filled(self, form: Form, args: tuple[Node, ...]) -> tuple[str, int]:
        return form.look % tuple(map(self._at, args, form.inside)), form.tight

    def _at(self, node: Node, tight: int) -> str:
        text, own = self._put(node)
        return text if own >= tight else self.brackets % text

    def _items(self, nodes: tuple[Node, ...]) -> str:
        return ", ".join(map(self.write, nodes))

    def _name(self, name: str) -> str:
        return name

    def _function(self, name: str) -> str:
        return self.names.get(name, name)

    def _number(self, node: Node) -> tuple[str, int]:
        text = show_number(node.value)
        return text, SIGN if node.value < 0 else PRODUCT if "/" in text else ATOM

    def _symbol(self, node: Node) -> tuple[str, int]:
        return self._name(node.value), ATOM

    _constant = _text = _symbol

    def _reals(self, _node: Node) -> tuple[str, int]:
        return "R", ATOM

    def _label(self, node: Node) -> tuple[str, int]:
        return str(node.value), ATOM

    def _index(self, node: Node) -> tuple[str, int]:
        inside = ",".join(map(self.write, node.args))
        first = node.args[0]
        bare = len(node.args) == 1 and first.op in ("symbol", "number") and first.value != ""
        return f"{node.value}_{inside}" if bare else f"{node.value}_{{{inside}}}", ATOM

    def _add(self, node: Node) -> tuple[str, int]:
        left, right = node.args
        sign, right = ("-", right.args[0]) if right.op == "neg" else ("+", right)
        return f"{self._at(left, SUM)} {sign} {self._at(right, PRODUCT)}", SUM

    def _call(self, node: Node) -> tuple[str, int]:
        if node.value in self.calls:
            return self._filled(self.calls[node.value], node.args)
        return self._function(node.value) + self.brackets % self._items(node.args), ATOM

    def _apply(self, node: Node) -> tuple[str, int]:
        return f"{self._name(node.value)}({self._items(node.args)})", ATOM

    def _norm(self, node: Node) -> tuple[str, int]:
        return f"||{self.write(node.args[0])}||_{node.value}", ATOM

    def _sum(self, node: Node) -> tuple[str, int]:
        body, *bounds = map(self.write, node.args)
        return f"{node.op}({', '.join([body, node.value, *bounds])})", ATOM

    def _prod(self, node: Node) -> tuple[str, int]:
        return self._sum(node)

    def _cases(self, node: Node) -> tuple[str, int]:
        texts = [self.write(arg) for arg in node.args]
        lines = [self.case % pair for pair in zip(texts[::2], texts[1::2], strict=False)]
        lines += [self.otherwise % texts[-1]] * (len(texts) % 2)
        return self.cases.look % self.cases.between.join(lines), ATOM

    def _listed(self, node: Node) -> tuple[str, int]:
        look, between, inside, tight = self.lists[node.op]
        return look % between.join(self._at(arg, inside) for arg in node.args), tight

    _list = _tuple = _set = _and = _or = _union = _listed

    def _interval(self, node: Node) -> tuple[str, int]:
        low, high = node.value
        return f"{'[' if low else '('}{self._items(node.args)}{']' if high else ')'}", ATOM

    def _compare(self, node: Node) -> tuple[str, int]:
        text = self._at(node.args[0], self.side)
        for sign, arg in zip(node.value, node.args[1:], strict=True):
            text += f" {self.relations.get(sign, sign)} {self._at(arg, self.side)}"
        return text, LOOSE


def show_number(value: fmpq) -> str:
    """A decimal where it ends within 60 digits, else a fraction."""
    numerator, denominator = int(value.p), int(value.q)
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > 60:
        return f"{numerator}/{denominator}"
    if places == 0:
        return str(numerator)
    digits = str(abs(numerator) * 10**places // denominator).rjust(places + 1, "0")
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"


#: The tree in ASCII, with the fewest brackets.
show = PlainText().write
