"""Parameters of residual blocks.

Trap: a skip connection that costs parameters, biases before batch normalisation, full width
inside a bottleneck.
Reference: He et al. (2016), section 4 and Figure 5.
Source: S3-23.
"""

from fractions import Fraction
from itertools import pairwise
from math import prod

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.figures import Graph, Node
from partialcredit.grading import Integer, Real, Shape
from partialcredit.problems.architectures._counting import entries, filters, held, scales, slid
from partialcredit.solvers import blocks, sizes

family = Family(
    conventions=[
        "convolutions have no biases, since batch normalisation follows each of them",
        "batch normalisation has a scale and a shift for every channel; running averages are not "
        "counted",
        "{% if level == 'hard' %}shapes are written height × width × depth{% endif %}",
    ]
)


@family.sample
def sample(draw):
    C = draw.by_level(draw.integer(16, 512), 4 * draw.integer(8, 256), draw.integer(16, 256))
    return {
        "C": C,
        "inner": draw.by_level(C, draw.integer(8, 96), 2 * C),
        "outer": draw.by_level(C, C, 2 * C),
        "shortcut": draw.by_level(
            # a projection three times out of four, so that 0 is no good guess
            draw.choice(["identity", *["projection"] * 3]),
            "identity",
            "projection",
        ),
        "size": draw.by_level(draw.integer(7, 56), 1, draw.integer(7, 64)),
    }


def body(inner, outer, C):
    """The convolutions of the block; where the width changes inside, it is a bottleneck."""
    if inner == outer:
        return ((3, inner), (3, outer))
    return ((1, inner), (3, inner), (1, C))


@family.condition
def _(C, inner):
    """A bottleneck is narrower than the volume it reads."""
    return inner >= C or 4 * inner <= C * 3


@family.part(Integer(), marks=2)
def convolutions(C, inner, outer):
    return blocks.branch_parameters(C, body(inner, outer, C), bias=False)


@family.part(Integer())
def normalisations(C, inner, outer):
    return blocks.normalisation(body(inner, outer, C))


@family.part(Integer(), levels=["easy"])
def skip(C, shortcut):
    projected = ((1, C),) if shortcut == "projection" else ()
    return blocks.branch_parameters(C, projected, bias=False)


@family.part(Integer(), levels=["easy"])
def multiplications(convolutions, size):
    return convolutions * size**2


@family.part(Integer(), levels=["medium"])
def basic(C):
    return blocks.branch_parameters(C, ((3, C), (3, C)), bias=False)


@family.part(Real(digits=4), levels=["medium"])
def ratio(convolutions, basic):
    return Fraction(convolutions, basic)


@family.part(Integer(), levels=["hard"])
def projection(C, outer):
    return blocks.branch_parameters(C, ((1, outer),), bias=False)


@family.part(Integer(), levels=["hard"])
def block(convolutions, normalisations, projection, outer):
    return convolutions + normalisations + projection + blocks.normalisation(((1, outer),))


@family.part(Shape(), levels=["hard"])
def shape(size, outer):
    height = sizes.output_size(size, 3, stride=2, padding=1)
    return (height, height, outer)


@family.part(Integer(), levels=["hard"])
def activations(shape):
    return prod(shape)


@convolutions.mistake("biases counted", "The shift of batch normalisation stands for them.")
def _(convolutions, C, inner, outer):
    return convolutions + sum(filters for _size, filters in body(inner, outer, C))


@convolutions.mistake("one convolution only", "The block has more than one convolution.")
def _(C, inner, outer):
    return blocks.branch_parameters(C, body(inner, outer, C)[:1], bias=False)


@convolutions.mistake("full width inside", "Between the 1 x 1 convolutions the block is narrow.")
def _(C, inner, outer):
    if inner == outer:
        return None
    return blocks.branch_parameters(C, ((1, C), (3, C), (1, C)), bias=False)


@convolutions.mistake("basic block", "A bottleneck has one convolution of 3 x 3, and a narrow one.")
def _(C, inner, outer):
    return None if inner == outer else blocks.branch_parameters(C, ((3, C), (3, C)), bias=False)


@convolutions.mistake("1 x 1 for nothing", "The 1 x 1 convolutions have weights, too.")
def _(inner, outer):
    return None if inner == outer else blocks.branch_parameters(inner, ((3, inner),), bias=False)


@convolutions.mistake("input width throughout", "The second convolution reads the new channels.")
def _(C, inner, outer):
    return 2 * 9 * C * outer if inner == outer != C else None


@convolutions.mistake("skip connection counted", "Passing the input on needs no parameters.")
def _(convolutions, C, outer):
    return convolutions + C * outer if outer == C else None


@normalisations.mistake("scale only", "There is a shift for every channel, too.")
def _(normalisations):
    return normalisations // 2


@normalisations.mistake("running averages counted", "They are not learned.")
def _(normalisations):
    return normalisations * 2


@normalisations.mistake("one normalisation", "Each convolution has its own.")
def _(C, inner, outer):
    return blocks.normalisation(body(inner, outer, C)[-1:])


@skip.mistake("a convolution of 1 x 1", "The shapes agree: the input is added as it is.")
def _(C, shortcut):
    return C * C if shortcut == "identity" else None


@skip.mistake("a weight per channel", "A filter reads every channel; passing on needs no weight.")
def _(C):
    return C


@skip.mistake("nothing", "Here the input does not pass on as it is: filters have weights.")
def _(shortcut):
    return 0 if shortcut == "projection" else None


@skip.mistake("as large as the body", "The filters of the skip connection have one pixel.")
def _(convolutions):
    return convolutions // 2


@multiplications.mistake("parameters instead", "Every weight is used at every position.")
def _(convolutions):
    return convolutions


@multiplications.mistake("one row only", "There are as many positions as pixels.")
def _(convolutions, size):
    return convolutions * size


@basic.mistake("one convolution only", "The basic block has two.")
def _(basic):
    return basic // 2


@basic.mistake("biases counted", "The shift of batch normalisation stands for them.")
def _(basic, C):
    return basic + 2 * C


@ratio.mistake("upside down", "Divide the bottleneck's weights by those of the basic block.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("what is saved", "That is the saving; the share that remains is asked for.")
def _(ratio):
    return 1 - ratio


@projection.mistake("3 x 3", "The projection has filters of 1 x 1.")
def _(projection):
    return 9 * projection


@projection.mistake("nothing", "The depth changes: the input cannot be added as it is.")
def _():
    return 0


@projection.mistake("biases counted", "Batch normalisation follows the projection, too.")
def _(projection, outer):
    return projection + outer


@block.mistake("projection left out", "The projection belongs to the block.")
def _(convolutions, normalisations):
    return convolutions + normalisations


@block.mistake("its normalisation left out", "Batch normalisation follows the projection, too.")
def _(convolutions, normalisations, projection):
    return convolutions + normalisations + projection


@shape.mistake("stride ignored", "The first convolution has stride 2.")
def _(size, outer):
    return (size, size, outer)


@shape.mistake("depth stacked", "The two paths are added: the depth is that of each.")
def _(shape):
    return (*shape[:2], 2 * shape[2])


@shape.mistake("forgot the + 1", "There is one more window than there are steps.")
def _(shape):
    return (shape[0] - 1, shape[1] - 1, shape[2])


@activations.mistake("one channel only", "Every channel has as many.")
def _(shape):
    return shape[0] * shape[1]


@activations.mistake("both paths", "The paths are added to one output.")
def _(activations):
    return 2 * activations


@convolutions.witness
def _(C, inner, outer):
    return held(C, body(inner, outer, C))


@normalisations.witness
def _(C, inner, outer):
    return scales(body(inner, outer, C))


@skip.witness
def _(C, shortcut):
    if shortcut == "projection":
        return filters(1, C, C, bias=False)
    body = engine.Conv2d(2, 2, 3, padding=1)
    return engine.count_parameters(engine.Residual(body)) - engine.count_parameters(body)


@multiplications.witness
def _(C, inner, outer, size):
    return entries(size, size, held(C, body(inner, outer, C)))


@basic.witness
def _(C):
    return 2 * filters(3, C, C, bias=False)


@ratio.witness
def _(C, inner, outer):
    return held(C, body(inner, outer, C)) / held(C, ((3, C), (3, C)))


@projection.witness
def _(C, outer):
    return filters(1, C, outer, bias=False)


@block.witness
def _(C, inner, outer):
    chain = body(inner, outer, C)
    return held(C, chain) + scales(chain) + held(C, ((1, outer),)) + scales(((1, outer),))


@shape.witness
def _(size, outer):
    main, skipped = slid(slid(size, 3, 2, 1), 3, 1, 1), slid(size, 1, 2)
    return (main, skipped, outer)  # the two paths must agree to be added


@activations.witness
def _(size, outer):
    main = slid(slid(size, 3, 2, 1), 3, 1, 1)
    return entries(main, main, outer)


@family.working
def _(C, inner, outer):
    chain = body(inner, outer, C)
    read = [C, *(filters for _size, filters in chain)]
    return {"chain": [(size, inputs, filters) for (size, filters), inputs in zip(chain, read)]}  # noqa: B905


@family.figure
def _(C, inner, outer, shortcut):
    labels = [rf"{size} \times {size}: {filters}" for size, filters in body(inner, outer, C)]
    names = [f"c{i}" for i in range(len(labels))]
    path = ["in", *names, "add"]
    skipped = (
        [("in", "p", ""), ("p", "add", "")] if shortcut == "projection" else [("in", "add", "")]
    )
    said = ", ".join(
        f"{size} by {size} with {filters} filters" for size, filters in body(inner, outer, C)
    )
    over = (
        f"a 1 by 1 projection with {outer} filters"
        if shortcut == "projection"
        else "a skip connection"
    )
    return Graph(
        alt=f"An input with {C} channels passes through convolutions of {said}; {over} leads from "
        "the input to the addition at the end.",
        nodes=(
            Node("in", f"{C}", "input"),
            *(Node(name, label) for name, label in zip(names, labels, strict=True)),
            *([Node("p", rf"1 \times 1: {outer}")] if shortcut == "projection" else []),
            Node("add", "+", "output"),
        ),
        edges=(*((a, b, "") for a, b in pairwise(path)), *skipped),
    )
