"""Parameters of residual blocks.

Trap: a skip connection that costs parameters, biases before batch normalisation, full width
inside a bottleneck.
Reference: He et al. (2016), section 4 and Figure 5.
Source: S3-23.
"""

from itertools import pairwise
from math import prod

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Graph, Node
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters, held, scales, slid
from partialcredit.solvers import blocks, sizes

family = Family(
    version=3,
    conventions=[
        "convolutions have no biases, since batch normalisation follows each of them",
        "batch normalisation has a scale and a shift for every channel; running averages are not "
        "counted",
        "{% if level == 'hard' %}shapes are written height × width × depth{% endif %}",
    ],
)


@family.sample
def sample(draw):
    C = draw.by_level(draw.integer(6, 200), 2 * draw.integer(16, 160), draw.integer(8, 256))
    return {
        "C": C,
        "inner": draw.by_level(C, draw.integer(4, 96), 2 * C),
        "outer": draw.by_level(C, C, 2 * C),
        "shortcut": draw.by_level(
            # a projection three times out of four, so that 0 is no good guess
            draw.choice(["identity", *["projection"] * 3]),
            "identity",
            "projection",
        ),
        "size": draw.by_level(draw.integer(7, 64), 1, draw.integer(7, 64)),
    }


@family.derive
def chain(C, inner, outer):
    """The convolutions of the block; where the width changes inside, it is a bottleneck."""
    if inner == outer:
        return ((3, inner), (3, outer))
    return ((1, inner), (3, inner), (1, C))


@family.condition
def _(C, inner):
    """A bottleneck is narrower than the volume it reads."""
    return inner >= C or 4 * inner <= C * 3


@family.run
def weights(C, inner, outer):
    return held(C, chain(C, inner, outer))


@family.run
def side(size):
    """Of the output of the path whose first convolution has stride 2."""
    return slid(slid(size, 3, 2, 1), 3, 1, 1)


@family.part(Integer(), marks=2)
def convolutions(C, chain):
    return blocks.branch_parameters(C, chain, bias=False)


def in_place(channels, chain, other):
    """The weights of another chain in the place of a bottleneck; None for a basic block."""
    if len(chain) == 2:
        return None
    return blocks.branch_parameters(channels, other, bias=False)


convolutions.slips = rows(
    ("biases counted", "The shift of batch normalisation stands for them.",
     lambda convolutions, chain: convolutions + sum(filters for _size, filters in chain)),
    ("one convolution only", "The block has more than one convolution.",
     lambda C, chain: blocks.branch_parameters(C, chain[:1], bias=False)),
    ("full width inside", "Between the 1 x 1 convolutions the block is narrow.",
     lambda C, chain: in_place(C, chain, ((1, C), (3, C), (1, C)))),
    ("basic block", "A bottleneck has one convolution of 3 x 3, and a narrow one.",
     lambda C, chain: in_place(C, chain, ((3, C), (3, C)))),
    ("1 x 1 for nothing", "The 1 x 1 convolutions have weights, too.",
     lambda inner, chain: in_place(inner, chain, ((3, inner),))),
    ("input width throughout", "The second convolution reads the new channels.",
     lambda C, inner, outer: 2 * 9 * C * outer if inner == outer != C else None),
    ("skip connection counted", "Passing the input on needs no parameters.",
     lambda convolutions, C, outer: convolutions + C * outer if outer == C else None),
)  # fmt: skip
convolutions.witness(lambda weights: weights)


@family.part(Integer())
def normalisations(chain):
    return blocks.normalisation(chain)


normalisations.slips = rows(
    ("scale only", "There is a shift for every channel, too.",
     lambda normalisations: normalisations // 2),
    ("running averages counted", "They are not learned.",
     lambda normalisations: normalisations * 2),
    ("one normalisation", "Each convolution has its own.",
     lambda chain: blocks.normalisation(chain[-1:])),
)  # fmt: skip
normalisations.witness(lambda C, inner, outer: scales(chain(C, inner, outer)))


@family.part(Integer(), levels=["easy"])
def skip(C, shortcut):
    projected = ((1, C),) if shortcut == "projection" else ()
    return blocks.branch_parameters(C, projected, bias=False)


skip.slips = rows(
    ("a convolution of 1 x 1", "The shapes agree: the input is added as it is.",
     lambda C, shortcut: C * C if shortcut == "identity" else None),
    ("a weight per channel", "A filter reads every channel; passing on needs no weight.",
     lambda C: C),
    ("nothing", "Here the input does not pass on as it is: filters have weights.",
     lambda shortcut: 0 if shortcut == "projection" else None),
    ("as large as the body", "The filters of the skip connection have one pixel.",
     lambda convolutions: convolutions // 2),
)  # fmt: skip


@skip.witness
def _(C, shortcut):
    if shortcut == "projection":
        return filters(1, C, C, bias=False)
    body = engine.Conv2d(2, 2, 3, padding=1)
    return engine.count_parameters(engine.Residual(body)) - engine.count_parameters(body)


@family.part(Integer(), levels=["easy"])
def multiplications(convolutions, size):
    return convolutions * size**2


multiplications.slips = rows(
    ("parameters instead", "Every weight is used at every position.",
     lambda convolutions: convolutions),
    ("one row only", "There are as many positions as pixels.",
     lambda convolutions, size: convolutions * size),
)  # fmt: skip
multiplications.witness(lambda weights, size: entries(size, size, weights))


@family.part(Integer(), levels=["medium"])
def basic(C):
    return blocks.branch_parameters(C, ((3, C), (3, C)), bias=False)


basic.slips = rows(
    ("one convolution only", "The basic block has two.", lambda basic: basic // 2),
    ("biases counted", "The shift of batch normalisation stands for them.",
     lambda basic, C: basic + 2 * C),
    ("kernel not squared", "A 3 x 3 filter has 9 weights for each channel.",
     lambda basic: basic // 3),
)  # fmt: skip
basic.witness(lambda C: 2 * filters(3, C, C, bias=False))


@family.part(Real(digits=3), levels=["medium"], after="basic")
def ratio(convolutions, basic):
    return rational(convolutions, basic)


ratio.slips = rows(
    ("upside down", "Divide the bottleneck's weights by those of the basic block.",
     lambda ratio: 1 / ratio),
    ("what is saved", "That is the saving; the share that remains is asked for.",
     lambda ratio: 1 - ratio),
)  # fmt: skip
ratio.witness(lambda weights, C: weights / held(C, ((3, C), (3, C))))


@family.part(Integer(), levels=["hard"])
def projection(C, outer):
    return blocks.branch_parameters(C, ((1, outer),), bias=False)


projection.slips = rows(
    ("3 x 3", "The projection has filters of 1 x 1.", lambda projection: 9 * projection),
    ("nothing", "The depth changes: the input cannot be added as it is.", lambda: 0),
    ("biases counted", "Batch normalisation follows the projection, too.",
     lambda projection, outer: projection + outer),
)  # fmt: skip
projection.witness(lambda C, outer: filters(1, C, outer, bias=False))


@family.part(Integer(), levels=["hard"])
def block(convolutions, normalisations, projection, outer):
    return convolutions + normalisations + projection + blocks.normalisation(((1, outer),))


block.slips = rows(
    ("projection left out", "The projection belongs to the block.",
     lambda convolutions, normalisations: convolutions + normalisations),
    ("its normalisation left out", "Batch normalisation follows the projection, too.",
     lambda convolutions, normalisations, projection: convolutions + normalisations + projection),
)  # fmt: skip


@block.witness
def _(weights, C, inner, outer):
    projection = ((1, outer),)
    return weights + scales(chain(C, inner, outer)) + held(C, projection) + scales(projection)


@family.part(Shape(), levels=["hard"])
def shape(size, outer):
    height = sizes.output_size(size, 3, stride=2, padding=1)
    return (height, height, outer)


shape.slips = rows(
    ("stride ignored", "The first convolution has stride 2.",
     lambda size, outer: (size, size, outer)),
    ("depth stacked", "The two paths are added: the depth is that of each.",
     lambda shape: (*shape[:2], 2 * shape[2])),
    ("forgot the + 1", "There is one more window than there are steps.",
     lambda shape: shape - (1, 1, 0)),
)  # fmt: skip
# the two paths must agree to be added
shape.witness(lambda side, size, outer: (side, slid(size, 1, 2), outer))


@family.part(Integer(), levels=["hard"])
def activations(shape):
    return prod(shape)


activations.slips = rows(
    ("one channel only", "Every channel has as many.", lambda shape: prod(shape[:2])),
)  # fmt: skip
activations.witness(lambda side, outer: entries(side, side, outer))


@family.working
def _(C, chain):
    read = (C, *(filters for _size, filters in chain))
    layers = zip(chain, read, strict=False)
    return {"chain": [(size, inputs, filters) for (size, filters), inputs in layers]}


@family.figure
def _(C, outer, chain, shortcut):
    said = ", ".join(f"{size} by {size} with {filters} filters" for size, filters in chain)
    projected = shortcut == "projection"
    over = f"a 1 by 1 projection with {outer} filters" if projected else "a skip connection"
    names = [f"c{i}" for i in range(len(chain))]
    paths = [["in", *names, "add"], ["in", "p", "add"] if projected else ["in", "add"]]
    return Graph(
        alt=f"An input with {C} channels passes through convolutions of {said}; {over} leads from "
        "the input to the addition at the end.",
        nodes=(
            Node("in", f"{C}", "input"),
            *(Node(f"c{i}", rf"{F} \times {F}: {filters}") for i, (F, filters) in enumerate(chain)),
            *([Node("p", rf"1 \times 1: {outer}")] if projected else []),
            Node("add", "+", "output"),
        ),
        edges=tuple((a, b, "") for path in paths for a, b in pairwise(path)),
    )
