"""Shapes in a snippet of code.

Trap: channels last, an axis averaged that should stay, a subtraction that broadcasts to a matrix.
Reference: the documentation of torch.nn.Conv2d, torch.flatten and of broadcasting semantics.
Source: none
"""

from itertools import chain

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.problems.design._programs import printed, ran
from partialcredit.solvers import broadcasting, code_shapes

family = Family(
    conventions=[
        "tensors of images are $(N, C, H, W)$, and `Linear` acts on the last axis",
        "`Conv2d(C, K, F)` reads $C$ channels and has $K$ filters of $F \\times F$, with biases, "
        "stride 1 and no padding where nothing else is said",
        "`MaxPool2d(k)` has stride $k$ and rounds down",
    ]
)

MODEL = ["easy", "medium"]


def plain(draw, C, K, F):
    return (
        (("conv", C, K, F, 1, draw.integer(0, F // 2)),),
        (("relu",), ("pool", draw.integer(2, 3))),
        (("flatten", 1),),
    )


def patches(_draw, C, K, F):
    return ((("conv", C, K, F, F, 0),), (("flatten", 2), ("permute", 0, 2, 1)), (("mean", 1),))


def enlarged(_draw, C, K, F):
    return (
        (("transposed", C, K, F, 2),),
        (("conv", K, K + 2, 3, 2, 1), ("relu",)),
        (("mean", 2, 3), ("unsqueeze", 1)),
    )


def pixels(draw, C, K, F):
    return (
        (("conv", C, K, F, 2, draw.integer(0, 1)),),
        (("permute", 0, 2, 3, 1), ("linear", K, K + 3)),
        (("mean", 1), ("flatten", 1)),
    )


def strips(*_numbers):
    return ((("pool", 2), ("permute", 0, 2, 1, 3)), (("flatten", 2),), (("mean", 1),))


@family.sample
def sample(draw):
    N, C, H, W = draw.sample(range(2, 8), 2) + draw.integers(2, 12, 24)
    K, F = draw.integer(4, 16), draw.choice([3, 5]) if draw.level == "easy" else draw.integer(3, 4)
    moulds = draw.by_level([plain], [patches, pixels, strips, enlarged], [patches, pixels, strips])
    hard = draw.level == "hard"
    n = draw.integer(2, 4)
    return {
        "x": (N, C, H, W),
        "lines": draw.choice(moulds)(draw, C, K, F),
        "units": 1 if hard else draw.integer(2, 30),
        "pred": draw.integers(n, -4, 6) if hard else (),
        "y": draw.integers(n, -4, 6) if hard else (),
    }


@family.condition
def _(x, lines):
    """Sizes that can be told apart, and none that vanishes."""
    shapes = [x]
    for line in lines:
        shapes.append(code_shapes.after(shapes[-1], line))
    return len(set(x)) == 4 and min(map(min, shapes[1:3])) > 1


@family.run
def trace(x, lines):
    """The engine's shapes after every line, and its modules."""
    value, shapes, made = engine.Tensor(np.zeros(x)), [], []
    for line in lines:
        value, steps = ran(value, line)
        shapes.append(value.shape)
        made += [step for step in steps if isinstance(step, engine.Module)]
    return shapes, made


@family.part(Shape())
def after_a(x, lines):
    return code_shapes.after(x, lines[0])


def without(steps, kind):
    return [step for step in steps if step[0] != kind]


def channels_last(shape):
    return (shape[0], *shape[2:], shape[1]) if len(shape) == 4 else None


def repaired(steps, kind, place, number):
    """The steps, one of whose numbers is another."""
    return [
        (*step[:place], number, *step[place + 1 :]) if step[0] == kind else step for step in steps
    ]


after_a.slips = rows(
    ("channels last", "Here the channels come right after the batch.",
     lambda after_a: channels_last(after_a)),
    ("batch left out", "The first axis is the batch.", lambda after_a: after_a[1:]),
    ("padding forgotten", "Padding adds to both sides.",
     lambda x, lines: code_shapes.after(x, repaired(lines[0], "conv", 5, 0))),
    ("stride forgotten", "A larger stride leaves fewer places.",
     lambda x, lines: code_shapes.after(x, repaired(lines[0], "conv", 4, 1))),
    ("depth of the input", "There is a channel for every filter.",
     lambda after_a, x: (after_a[0], x[1], *after_a[2:])),
)  # fmt: skip
after_a.witness(lambda trace: trace[0][0])


@family.part(Shape())
def after_b(after_a, lines):
    return code_shapes.after(after_a, lines[1])


after_b.slips = rows(
    ("batch left out", "The first axis is the batch.", lambda after_b: after_b[1:]),
    ("stride 1 in the pool", "`MaxPool2d` moves by the size of its windows.",
     lambda after_a, lines: (*after_a[:2], *(n - lines[1][-1][1] + 1 for n in after_a[2:]))
     if lines[1][-1][0] == "pool" else None),
    ("not permuted", "The axes are put into another order.",
     lambda after_a, lines: code_shapes.after(after_a, without(lines[1], "permute"))),
    ("linear layer on the channels in front", "`Linear` changes the last axis.",
     lambda after_a, lines: (after_a[0], lines[1][-1][2], *after_a[2:])
     if lines[1][-1][0] == "linear" else None),
    ("batch flattened, too", "`flatten(d)` keeps the axes before d.",
     lambda after_a, lines: code_shapes.after(
         after_a, [("flatten", 1) if step[0] == "flatten" else step for step in lines[1][:1]])),
)  # fmt: skip
after_b.witness(lambda trace: trace[0][1])


@family.part(Shape())
def after_c(after_b, lines):
    return code_shapes.after(after_b, lines[2])


after_c.slips = rows(
    ("batch flattened, too", "`flatten(1)` keeps the first axis.",
     lambda after_b: code_shapes.after(after_b, [("flatten", 0)])),
    ("channels only", "Flattening keeps every entry.",
     lambda after_b, lines: after_b[:2] if lines[2][0][0] == "flatten" else None),
    ("averaged axes kept", "An axis that is averaged vanishes.",
     lambda after_b, lines: tuple(1 if i in lines[2][0][1:] else n for i, n in enumerate(after_b))
     if lines[2][0][0] == "mean" else None),
    ("the last axis averaged", "The argument says which axis: they are counted from 0.",
     lambda after_b, lines: after_b[:-1] if lines[2][0] == ("mean", 1) else None),
    ("no new axis", "`unsqueeze` adds an axis of length 1.",
     lambda after_b, lines: code_shapes.after(after_b, without(lines[2], "unsqueeze"))),
)  # fmt: skip
after_c.witness(lambda trace: trace[0][2])


@family.part(Integer(), levels=MODEL)
def blank(after_c):
    return after_c[-1]


blank.slips = rows(
    ("batch included", "The layer sees one row at a time.",
     lambda after_c: code_shapes.after(after_c, [("flatten", 0)])[0]),
    ("channels only", "All entries of an item are flattened.", lambda after_b: after_b[1]),
    ("one place only", "The layer reads the whole last axis.",
     lambda after_a: after_a[-1]),
)  # fmt: skip
blank.witness(lambda trace: np.ones(trace[0][2]).sum(axis=-1).flat[0])


@family.part(Integer(), levels=MODEL)
def parameters(lines, blank, units):
    return code_shapes.parameters([*chain(*lines), ("linear", blank, units)])


parameters.slips = rows(
    ("biases left out", "`Conv2d` and `Linear` have biases.",
     lambda parameters, lines, units: parameters - units - sum(
         step[2] for step in chain(*lines) if step[0] in ("conv", "transposed", "linear"))),
    ("last layer only", "Add all modules.",
     lambda blank, units: code_shapes.parameters([("linear", blank, units)])),
    ("last layer left out", "Add the last layer.",
     lambda lines: code_shapes.parameters(chain(*lines))),
)  # fmt: skip


@parameters.witness
def _(trace, units):
    shapes, made = trace
    last = engine.Linear(shapes[2][-1], units)
    return sum(engine.count_parameters(module) for module in (*made, last))


@family.part(Shape(), levels=["hard"])
def clash(pred):
    return broadcasting.broadcast((len(pred), 1), (len(pred),))


clash.slips = rows(
    ("aligned from the left", "Broadcasting aligns the axes from the right.",
     lambda pred: (len(pred), 1)),
    ("entry by entry", "A column minus a row makes every difference.", lambda pred: (len(pred),)),
    ("a number", "The mean is taken afterwards.", lambda: (1,)),
)  # fmt: skip


@family.run
def minus(pred, y):
    return engine.Tensor(np.array(pred, dtype=float)[:, None]) - np.array(y, dtype=float)


clash.witness(lambda minus: minus.shape)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def loss(pred, y):
    return rational(sum((p - t) ** 2 for p in pred for t in y), len(pred) * len(y))


def squares(pred, y):
    return [(p - t) ** 2 for p, t in zip(pred, y, strict=True)]


loss.slips = rows(
    ("entry by entry", "A column minus a row makes every difference.",
     lambda pred, y: rational(sum(squares(pred, y)), len(pred))),
    ("divided by the batch", "`mean` divides by the number of entries.",
     lambda loss, pred: loss * len(pred)),
    ("differences not squared", "Square every difference before the mean.",
     lambda pred, y: rational(sum(pred) - sum(y), len(pred))),
)  # fmt: skip
loss.witness(lambda minus: float((minus**2).mean().data))


@family.part(Real(digits=3), levels=["hard"])
def meant(pred, y):
    return rational(sum(squares(pred, y)), len(pred))


meant.slips = rows(
    ("all pairs", "Every prediction belongs to one target.", lambda loss: loss),
    ("summed", "Divide by the number of items.", lambda pred, y: sum(squares(pred, y))),
    ("halved", "The loss is the mean of the squares.", lambda meant: meant / 2),
)  # fmt: skip
meant.witness(lambda pred, y: float(engine.MSELoss()(engine.Tensor(pred, dtype="float64"),
                                                     np.array(y, dtype=float)).data))  # fmt: skip


@family.derive
def code(lines):
    names = "xabc"
    return [printed(names[i + 1], names[i], line) for i, line in enumerate(lines)]


#: What a step does to a shape, in words.
SAID = {
    "conv": "the convolution outputs a channel for every filter",
    "transposed": "the transposed convolution enlarges the maps",
    "pool": "pooling divides the sides, rounding down",
    "linear": "`Linear` changes the last axis",
    "relu": "ReLU works entry by entry",
    "flatten": "`flatten` joins the axes from its argument on",
    "permute": "`permute` puts the axes into the order given",
    "mean": "`mean` removes the axes that it averages",
    "unsqueeze": "`unsqueeze` adds an axis of length 1",
}


@family.working
def _(x, lines, after_a, after_b, blank, units, pred, y):
    """The shape after every step of a line, and every square."""
    steps = [
        [(code_shapes.after(shape, line[: i + 1]), SAID[step[0]]) for i, step in enumerate(line)]
        for shape, line in zip((x, after_a, after_b), lines, strict=True)
    ]
    pairs = [[(p - t) ** 2 for t in y] for p in pred]
    modules = [*chain(*lines), ("linear", blank, units)]
    return {
        "steps": steps,
        "modules": [step for step in modules if step[0] in ("conv", "transposed", "linear")],
        "pairs": pairs,
        "total": sum(map(sum, pairs)),
        "own": squares(pred, y),
    }
