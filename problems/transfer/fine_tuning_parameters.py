"""Parameters that fine-tuning trains.

Trap: the old head counted, biases or factors forgotten, running statistics taken for parameters.
Reference: Yosinski et al. (2014); Houlsby et al. (2019), section 2.1; Hu et al. (2022), sections
4.1, 4.2 and 5.5.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import costs, counts, fine_tuning

family = Family(
    conventions=[
        "dense{% if level == 'medium' %} and convolutional{% endif %} layers have biases",
        "{% if level == 'medium' %}batch normalisation learns $\\gamma$ and $\\beta$ for every "
        "channel{% endif %}",
        "{% if level != 'easy' %}LoRA of rank $r$ keeps a matrix $W$ of shape $m \\times n$ and "
        "trains $A$ of shape $r \\times n$ and $B$ of shape $m \\times r$ beside it, without "
        "biases{% endif %}",
        "{% if level != 'medium' %}1 MB is $10^6$ bytes{% endif %}",
    ],
    hidden=["frozen"],
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    classes = draw.integer(5, 120)
    if draw.level == "easy":
        return {
            "backbone": draw.integer(3_000, 60_000) * 1000,
            "features": draw.choice([512, 768, 1024, 1280, 2048, 4096]),
            "classes": classes,
        }
    low = {"blocks": draw.choice([6, 12, 24, 32, 48]), "each": draw.integer(2, 4)}
    if draw.level == "medium":
        width = draw.choice([256, 512, 768, 1024, 2048])
        channels = [draw.choice([1, 3]), *draw.sample(range(8, 49, 4), 3)]
        return low | {
            "channels": channels,
            "pixels": draw.choice([16, 25, 36, 49, 64]),
            "old": draw.choice([10, 100, 1000]),
            "classes": classes,
            "frozen": draw.integer(1, 2),
            "rank": draw.choice([2, 4, 8, 16]),
            "n": width,
            "m": width,
        }
    n, m = draw.sample([256, 384, 512, 640, 768, 1024, 1536, 2048, 3072, 4096], 2)
    return low | {
        "rank": draw.choice([2, 4, 8, 16, 32, 64]),
        "n": n,
        "m": m,
        "budget": draw.integer(30, 400) * 100_000,
        "width": draw.choice([512, 768, 1024, 1280]),
        "bottleneck": draw.choice([8, 16, 24, 32, 48, 64]),
    }


@family.part(Integer(), levels=["easy"])
def head(features, classes):
    return fine_tuning.head(features, classes)


head.slips = rows(
    ("biases forgotten", "Every class has a bias.", lambda features, classes: features * classes),
    ("a bias for each feature", "There is one bias for each class.",
     lambda features, classes: features * classes + features),
    ("backbone counted", "The backbone is frozen.", lambda head, backbone: backbone + head),
)  # fmt: skip


@family.run
def layer(features, classes):
    return dense(features, classes)


head.witness(lambda layer: count(layer))


def dense(inputs, outputs, bias=True):
    return engine.Linear(int(inputs), int(outputs), bias=bias)


def count(*layers):
    """The entries of all arrays that are trained."""
    parameters = [p for layer in layers for p in layer.parameters()]
    return sum(p.data.size for p in parameters if p.requires_grad)


@family.part(Real(digits=3), levels=["easy"])
def share(head, backbone):
    return fine_tuning.percent(head, backbone + head)


share.slips = rows(
    ("of the backbone", "Relate it to all parameters, the head included.",
     lambda head, backbone: fine_tuning.percent(head, backbone)),
    ("fraction", "The share is asked for in percent.", lambda share: share / 100),
    ("frozen share", "The trained share is asked for.", lambda share: 100 - share),
)  # fmt: skip
share.witness(lambda backbone, layer: 100 / (1 + backbone / count(layer)))


@family.part(Real(digits=3), levels=["easy"])
def saved(head):
    return costs.megabytes(head, 4)


saved.slips = rows(
    ("bits", "A 32-bit number takes 4 bytes.", lambda saved: 8 * saved),
    ("one byte each", "A 32-bit number takes 4 bytes.", lambda saved: saved / 4),
    ("everything", "The backbone need not be saved again.",
     lambda saved, backbone: saved + costs.megabytes(backbone, 4)),
)  # fmt: skip
saved.witness(lambda layer: sum(p.data.astype(np.float32).nbytes for p in layer.parameters()) / 1e6)


@family.derive
def pieces(channels, pixels, classes):
    """The parameters of both convolutions, both normalisations, and the dense layers."""
    a, b, c, d = channels
    return [
        counts.conv_parameters(3, a, b), counts.batchnorm_parameters(b),
        counts.conv_parameters(3, b, c), counts.batchnorm_parameters(c),
        fine_tuning.head(c * pixels, d), fine_tuning.head(d, classes),
    ]  # fmt: skip


@family.part(Integer(), marks=2, levels=["medium"])
def trained(pieces, frozen):
    return sum(pieces[2 * frozen :])


trained.slips = rows(
    ("old head", "The new head takes the place of the old one.",
     lambda pieces, frozen, channels, old:
         sum(pieces[2 * frozen : -1]) + fine_tuning.head(channels[3], old)),
    ("frozen layers counted", "Frozen layers are not trained.", lambda pieces: sum(pieces)),
    ("normalisation forgotten", "The scale and shift of batch normalisation are trained.",
     lambda pieces, frozen: sum(pieces[2 * frozen :]) - pieces[3] if frozen < 2 else None),
    ("running statistics counted", "Running means and variances are not trained.",
     lambda trained, pieces, frozen: trained + pieces[3] if frozen < 2 else None),
    ("head only", "All layers that are not frozen are trained.", lambda pieces: pieces[-1]),
)  # fmt: skip


@trained.witness
def _(channels, pixels, classes, frozen):
    a, b, c, d = map(int, channels)
    layers = [
        engine.Conv2d(a, b, 3), engine.BatchNorm2d(b), engine.Conv2d(b, c, 3),
        engine.BatchNorm2d(c), dense(c * pixels, d), dense(d, classes),
    ]  # fmt: skip
    for layer in layers[: 2 * int(frozen)]:
        layer.requires_grad_(False)
    return count(*layers)


@family.part(Integer(), levels=LATER)
def lora(blocks, each, rank, n, m):
    return fine_tuning.lora_parameters(blocks * each, rank, n, m)


lora.slips = rows(
    ("one factor", "Both A and B are trained.", lambda blocks, each, rank, n:
     blocks * each * rank * n),
    ("full matrices", "Only the two factors are trained.",
     lambda blocks, each, n, m: blocks * each * n * m),
    ("one block", "Every block is adapted.", lambda lora, blocks: lora // blocks),
    ("one matrix", "Every one of the matrices is adapted.", lambda lora, each: lora // each),
)  # fmt: skip


@lora.witness
def _(blocks, each, rank, n, m):
    return blocks * each * count(dense(n, rank, bias=False), dense(rank, m, bias=False))


@family.part(Real(digits=3), levels=["hard"])
def megabytes(lora):
    return costs.megabytes(lora, 2)


megabytes.slips = rows(
    ("4 bytes", "A 16-bit number takes 2 bytes.", lambda megabytes: 2 * megabytes),
    ("bits", "A byte has 8 bits.", lambda megabytes: 8 * megabytes),
)  # fmt: skip
megabytes.witness(
    lambda blocks, each, rank, n, m: blocks * each * np.empty((int(rank), int(n + m)), "f2").nbytes
    / 1e6
)  # fmt: skip


@family.part(Integer(), levels=["hard"])
def most(budget, blocks, each, n, m):
    return fine_tuning.largest_rank(budget, blocks * each, n, m)


most.slips = rows(
    ("rounded up", "The budget would be exceeded.", lambda most: most + 1),
    ("one factor", "Both A and B are trained.",
     lambda budget, blocks, each, n: budget // (blocks * each * n)),
    ("one matrix a block", "Every one of the matrices is adapted.",
     lambda budget, blocks, n, m: fine_tuning.largest_rank(budget, blocks, n, m)),
)  # fmt: skip


@most.witness
def _(budget, blocks, each, n, m):
    """Add a rank while the budget lasts."""
    rank, spent = 0, np.empty((int(blocks * each), int(n + m)), bool).size
    while (rank + 1) * spent <= budget:
        rank += 1
    return rank


@family.part(Integer(), levels=["hard"])
def even(n, m):
    return fine_tuning.break_even(n, m)


even.slips = rows(
    ("smaller side", "That is the largest rank of W; the factors are larger long before.",
     lambda n, m: min(n, m)),
    ("half the smaller side", "Solve r (n + m) = n m.", lambda n, m: min(n, m) // 2),
    ("rounded down", "With that rank the factors are still smaller.", lambda even: even - 1),
)  # fmt: skip
even.witness(lambda n, m: int(np.argmax(np.arange(1, n + m) * (n + m) >= n * m)) + 1)


@family.part(Integer(), levels=["hard"])
def adapters(blocks, width, bottleneck):
    return fine_tuning.adapter_parameters(2 * blocks, width, bottleneck)


adapters.slips = rows(
    ("biases forgotten", "Both layers have biases.",
     lambda blocks, width, bottleneck: 4 * blocks * width * bottleneck),
    ("one a block", "There are two adapters in every block.", lambda adapters: adapters // 2),
    ("one layer", "An adapter has a layer down and a layer up.",
     lambda blocks, width, bottleneck: 2 * blocks * fine_tuning.head(width, bottleneck)),
)  # fmt: skip
adapters.witness(
    lambda blocks, width, bottleneck: 2 * blocks
    * count(dense(width, bottleneck), dense(bottleneck, width))
)  # fmt: skip


@family.derive
def per_rank(budget, blocks, each, n, m):
    return rational(budget, blocks * each * (n + m))


@family.derive
def at_par(n, m):
    return rational(n * m, n + m)
