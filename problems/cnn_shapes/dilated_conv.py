"""Dilated convolution: span, output size, receptive field.

Trap: a span of D times F, ignoring the dilation, dilations that add up instead of doubling.
Reference: Yu and Koltun (2016), section 2; Dumoulin and Visin (2016), relationship 15.
Source: S0-98.
"""

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.solvers import counts, dilation, inverse_sizes, letters, receptive, sizes

family = Family(
    conventions=[
        "all sizes are measured along one axis",
        "with dilation $D$, neighbouring weights of a kernel lie $D$ entries apart, and dilation 1 "
        "is the ordinary convolution",
        "{% if level != 'easy' %}a padding of $P$ puts $P$ zeros on each side{% endif %}",
        "where the windows do not fit exactly, entries left over at the end are ignored",
    ]
)


@family.sample
def sample(draw):
    F, D = draw.choice([3, 4, 5, 7]), draw.integer(2, 6)
    span = D * (F - 1) + 1
    drawn = {
        "W": span + draw.integer(*draw.by_level((4, 200), (10, 150), (10, 150))),
        "F": F,
        "D": D,
        "S": draw.by_level(1, draw.integer(1, 3), draw.integer(2, 4)),
        "P": draw.by_level(0, draw.integer(0, 5), draw.integer(1, 6)),
    }
    odd = {"F2": draw.choice([3, 5, 7, 9]), "D2": draw.integer(2, 9)}
    k, most = draw.integer(2, 5), draw.integer(4, 11)
    growing = {
        "k": k,
        "layers": draw.integer(4, 9),
        "target": draw.integer((k - 1) * 2 ** (most - 1), (k - 1) * (2**most - 1)),
    }
    return drawn | draw.by_level({"C": draw.choice([4, 6, 8, 12, 16])}, odd, odd | growing)


@family.condition
def _(W, size):
    """A size that stays is asked for by another part."""
    return size != W


@family.part(Integer())
def span(F, D):
    return dilation.span(F, D)


span.slips = rows(
    ("D times F", "Behind the last weight there is no gap.", lambda F, D: F * D),
    ("dilation ignored", "The kernel spans D(F - 1) + 1 entries.", lambda F: F),
    ("one gap too few", "Between F weights there are F - 1 steps of D entries.",
     lambda F, D: F + D - 1),
    ("forgot the + 1", "The first weight counts, too.", lambda span: span - 1),
    ("one too many", "The last weight is the end: D(F - 1) + 1.", lambda span: span + 1),
    ("gaps of D", "Between neighbours lie D - 1 entries.", lambda F, D: F + (F - 1) * D),
)  # fmt: skip


@span.witness
def _(F, D):
    first = windows(F * D, F, dilation=D)[0]
    return len(range(first[0], first[-1] + 1))


@family.part(Integer(), marks=2)
def size(W, span, S, P):
    return sizes.output_size(W, span, stride=S, padding=P)


size.slips = rows(
    ("dilation ignored", "The kernel spans D(F - 1) + 1 entries.",
     lambda W, F, S, P: sizes.output_size(W, F, stride=S, padding=P)),
    ("D times F", "The kernel spans D(F - 1) + 1 entries: behind the last is no gap.",
     lambda W, F, D, S, P: sizes.output_size(W, F * D, stride=S, padding=P)),
    ("one gap too few", "Between F weights there are F - 1 steps of D entries.",
     lambda W, F, D, S, P: sizes.output_size(W, F + D - 1, stride=S, padding=P)),
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda size: size - 1),
    ("padding counted once", "The zeros stand on both sides.",
     lambda W, span, S, P: (W + P - span) // S + 1 if P else None),
    ("stride ignored", "Windows start S entries apart.",
     lambda W, span, S, P: sizes.output_size(W, span, padding=P) if S > 1 else None),
    ("padding ignored", "The zeros belong to what the kernel slides over.",
     lambda W, span, S, P: sizes.output_size(W, span, stride=S) if P else None),
)  # fmt: skip
size.witness(lambda W, F, D, S, P: len(windows(W, F, stride=S, padding=P, dilation=D)))


@family.part(Integer(), levels=["easy"])
def parameters(F, C):
    return counts.filter_parameters(F, C)


parameters.slips = rows(
    ("gaps counted", "Between the weights nothing is learned.",
     lambda span, C: counts.filter_parameters(span, C)),
    ("bias left out", "The filter has a bias.", lambda parameters: parameters - 1),
    ("one channel", "The filter reads all channels.", lambda F: counts.filter_parameters(F, 1)),
)  # fmt: skip


@parameters.witness
def _(W, F, D, C):
    """The entries that a window reads, in every channel, and the bias."""
    window = windows(W, F, dilation=D)[0]
    return sum(1 for _c in range(C) for _i in window for _j in window) + 1


@family.part(Integer(), levels=["medium", "hard"])
def same(F2, D2):
    return int(inverse_sizes.same_padding(F2, dilation=D2))


same.slips = rows(
    ("dilation ignored", "The kernel spans D(F - 1) + 1 entries.", lambda F2: (F2 - 1) // 2),
    ("both sides in one", "Half of the zeros stand on each side.", lambda same: 2 * same),
    ("half of D times F", "Behind the last weight there is no gap.", lambda F2, D2: F2 * D2 // 2),
)  # fmt: skip
same.witness(
    lambda F2, D2: next(P for P in range(99) if len(windows(99, F2, padding=P, dilation=D2)) == 99)
)


@family.part(Integer(), levels=["medium"])
def two_layers(span, F2):
    return receptive.receptive_field([(F2, 1, 0, 1), (span, 1, 0, 1)])


two_layers.slips = rows(
    ("spans added", "Windows overlap: a layer adds one less than its span.",
     lambda span, F2: span + F2),
    ("dilation ignored", "The kernel spans D(F - 1) + 1 entries.",
     lambda F, F2: F + F2 - 1),
    ("spans multiplied", "A layer adds its reach to the field.", lambda span, F2: span * F2),
    ("second layer only", "The first layer widens the field by F - 1.", lambda span: span),
)  # fmt: skip
two_layers.witness(lambda F, D, F2: seen([(F2, 1), (F, D)]))


@family.part(Integer(), levels=["hard"])
def field(k, layers):
    return dilation.doubling_field(k, layers)


field.slips = rows(
    ("no dilation", "Each layer's dilation is twice that of the one before.",
     lambda k, layers: 1 + layers * (k - 1)),
    ("spans of the last layer only", "The layers before it see something, too.",
     lambda k, layers: dilation.span(k, 2 ** (layers - 1))),
    ("dilations 1, 2, 3, ...", "The dilations double.",
     lambda k, layers: 1 + (k - 1) * layers * (layers + 1) // 2),
    ("one layer too many", "The first layer has dilation 1.",
     lambda k, layers: dilation.doubling_field(k, layers + 1)),
)  # fmt: skip
field.witness(lambda k, layers: doubling(k, layers))


@family.part(Integer(), levels=["hard"])
def needed(k, target):
    return dilation.doubling_layers(target, k)


needed.slips = rows(
    ("one too few", "This many layers do not reach that far yet.", lambda needed: needed - 1),
    ("no dilation", "With doubling dilations far fewer layers are needed.",
     lambda k, target: receptive.layers_needed(target, k)),
    ("kernel size ignored", "A kernel of more than two entries reaches further.",
     lambda k, target: dilation.doubling_layers(target, 2) if k > 2 else None),
)  # fmt: skip
needed.witness(lambda k, target: next(n for n in range(1, 20) if doubling(k, n) >= target))


@family.part(
    Expression(symbols={"k": "positive integer", "n": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(dilation.doubling_field)


formula.slips = rows(
    ("last layer only", "Add what all layers contribute.",
     lambda: letters.formula(lambda k, n: 1 + (k - 1) * 2 ** (n - 1))),
    ("no dilation", "The dilations double from layer to layer.",
     lambda: letters.formula(lambda k, n: 1 + (k - 1) * n)),
    ("forgot the 1", "Without any layer, one entry is seen.",
     lambda: letters.formula(lambda k, n: (k - 1) * (2**n - 1))),
)  # fmt: skip
formula.witness(lambda point: doubling(point["k"], point["n"]))


def seen(stack):
    """How far an output sees, by following the ends of its windows back: (kernel, dilation)."""
    first = last = 0
    for kernel, spread in reversed(stack):
        reach = windows(kernel * spread, kernel, dilation=spread)[0]
        first, last = first + int(reach[0]), last + int(reach[-1])
    return last - first + 1


def doubling(k, layers):
    return seen([(k, 2**layer) for layer in range(layers)])
