"""Published networks as tables of layers, and what is known of them.

Layers are data: a convolution is (filter size, channels read, filters, groups), a fully connected
layer (values read, units). References: LeCun et al. (1998); Krizhevsky, Sutskever and Hinton
(2012); Zeiler and Fergus (2014); Simonyan and Zisserman (2015); Szegedy et al. (2015), Table 1; He
et al. (2016), Table 1; Russakovsky et al. (2015) for the challenges.

A fact has two accounts: the network's name, and a test that reads the table of layers, which only
this one of the networks compared passes. The year of a network's challenge stands twice, too: with
the network, and in the list of the challenges.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

__all__ = ["CHALLENGES", "FACTS", "KNOWN_FOR", "NETWORKS", "Fact", "Network"]


class Network(NamedTuple):
    """``depth`` counts the layers with weights as the papers do, projections left out."""

    year: int
    depth: int
    convolutions: tuple[tuple[int, int, int, int], ...]
    dense: tuple[tuple[int, int], ...]
    normalised: bool = False


class Fact(NamedTuple):
    """A sentence that continues "Which of these networks", and the test of the layers."""

    text: str
    network: str
    test: Callable[[Network], bool]


HEADS = ((4096, 4096), (4096, 1000))


def vgg(*repeats):
    """Simonyan and Zisserman (2015): 3 x 3 filters, 64 to 512 of them."""
    widths = [w for w, n in zip((64, 128, 256, 512, 512), repeats, strict=True) for _ in range(n)]
    layers = tuple((3, a, b, 1) for a, b in pairwise([3, *widths]))
    return Network(2014, len(layers) + 3, layers, ((25088, 4096), *HEADS))


def resnet(depth, repeats, bottleneck=False):
    """He et al. (2016): blocks of two 3 x 3 convolutions, or of 1 x 1, 3 x 3 and 1 x 1."""
    layers, read = [(7, 3, 64, 1)], 64
    for width, blocks in zip((64, 128, 256, 512), repeats, strict=True):
        out = 4 * width if bottleneck else width
        for _block in range(blocks):
            if bottleneck:
                layers += [(1, read, width, 1), (3, width, width, 1), (1, width, out, 1)]
            else:
                layers += [(3, read, out, 1), (3, out, out, 1)]
            if read != out:
                layers.append((1, read, out, 1))  # the projection
            read = out
    return Network(2015, depth, tuple(layers), ((read, 1000),), normalised=True)


#: Szegedy et al. (2015), Table 1: channels read, then 1x1, 3x3 reduced, 3x3, 5x5 reduced, 5x5, pool
INCEPTIONS = (
    (192, 64, 96, 128, 16, 32, 32), (256, 128, 128, 192, 32, 96, 64),
    (480, 192, 96, 208, 16, 48, 64), (512, 160, 112, 224, 24, 64, 64),
    (512, 128, 128, 256, 24, 64, 64), (512, 112, 144, 288, 32, 64, 64),
    (528, 256, 160, 320, 32, 128, 128), (832, 256, 160, 320, 32, 128, 128),
    (832, 384, 192, 384, 48, 128, 128),
)  # fmt: skip


def googlenet():
    layers = [(7, 3, 64, 1), (1, 64, 64, 1), (3, 64, 192, 1)]
    for read, one, small, three, tiny, five, pool in INCEPTIONS:
        layers += [(1, read, one, 1), (1, read, small, 1), (3, small, three, 1)]
        layers += [(1, read, tiny, 1), (5, tiny, five, 1), (1, read, pool, 1)]
    return Network(2014, 22, tuple(layers), ((1024, 1000),))


DEEPER = ((3, 256, 384, 1), (3, 384, 384, 1), (3, 384, 256, 1))
NETWORKS = {
    "LeNet-5": Network(
        1998, 5, ((5, 1, 6, 1), (5, 6, 16, 1)), ((400, 120), (120, 84), (84, 10))
    ),
    "AlexNet": Network(
        2012, 8,
        ((11, 3, 96, 1), (5, 96, 256, 2), (3, 256, 384, 1), (3, 384, 384, 2), (3, 384, 256, 2)),
        ((9216, 4096), *HEADS),
    ),
    "ZFNet": Network(2013, 8, ((7, 3, 96, 1), (5, 96, 256, 1), *DEEPER), ((9216, 4096), *HEADS)),
    "VGG-11": vgg(1, 1, 2, 2, 2),
    "VGG-16": vgg(2, 2, 3, 3, 3),
    "VGG-19": vgg(2, 2, 4, 4, 4),
    "GoogLeNet": googlenet(),
    "ResNet-18": resnet(18, (2, 2, 2, 2)),
    "ResNet-34": resnet(34, (3, 4, 6, 3)),
    "ResNet-50": resnet(50, (3, 4, 6, 3), bottleneck=True),
}  # fmt: skip

#: who took part in which ImageNet challenge, year by year
CHALLENGES = {
    2012: ("AlexNet",),
    2013: ("ZFNet",),
    2014: ("VGG-16", "VGG-19", "GoogLeNet"),
    2015: ("ResNet-18", "ResNet-34", "ResNet-50"),
}


def held(network):
    """Weights of all layers, for tests of size."""
    return sum(k * k * i // g * o for k, i, o, g in network.convolutions) + sum(
        i * o for i, o in network.dense
    )


#: the networks that facts tell apart
FACTS = (
    Fact("reads images with a single channel", "LeNet-5", lambda n: n.convolutions[0][1] == 1),
    Fact("was made to read handwritten digits", "LeNet-5", lambda n: n.dense[-1][1] == 10),
    Fact("has fewer than a hundred thousand parameters", "LeNet-5", lambda n: held(n) < 1e5),
    Fact(r"begins with filters of $11 \times 11$", "AlexNet", lambda n: n.convolutions[0][0] == 11),
    Fact("splits some of its convolutions into two groups, one for each graphics card", "AlexNet", lambda n: max(g for *_, g in n.convolutions) == 2),
    Fact(r"keeps the layout of AlexNet, but with filters of only $7 \times 7$ in the first layer", "ZFNet", lambda n: n.convolutions[0][0] == 7 and len(n.dense) == 3),
    Fact(r"has convolutions with filters of $3 \times 3$ only", "VGG-16", lambda n: {k for k, *_ in n.convolutions} == {3}),
    Fact("has more than a hundred million parameters", "VGG-16", lambda n: held(n) > 1e8),
    Fact("feeds more than twenty thousand flattened values to its first fully connected layer", "VGG-16", lambda n: n.dense[0][0] > 2e4),
    Fact(r"runs filters of $1 \times 1$, $3 \times 3$ and $5 \times 5$ side by side and stacks their channels", "GoogLeNet", lambda n: {1, 3, 5} <= {k for k, *_ in n.convolutions}),
    Fact("averages each of its channels before the classifier and does without batch normalisation", "GoogLeNet", lambda n: len(n.dense) == 1 and not n.normalised),
    Fact("adds the input of a block to the output of its layers", "ResNet-50", lambda n: n.depth > 30),
    Fact("has batch normalisation after each of its convolutions", "ResNet-50", lambda n: n.normalised),
    Fact(r"narrows its channels by $1 \times 1$ filters inside its residual blocks", "ResNet-50", lambda n: n.normalised and min(k for k, *_ in n.convolutions) == 1),
)  # fmt: skip

#: what the solution says of each
KNOWN_FOR = {
    "LeNet-5": "LeNet-5 (1998) reads grey-scale images of handwritten digits and has only about sixty thousand parameters.",
    "AlexNet": r"AlexNet (2012) begins with filters of $11 \times 11$ and stride 4; it was divided between two graphics cards.",
    "ZFNet": r"ZFNet (2013) is AlexNet with a first layer of $7 \times 7$ filters and stride 2.",
    "VGG-16": r"VGG-16 (2014) stacks 13 convolutions of $3 \times 3$ and feeds $7 \cdot 7 \cdot 512 = 25088$ values to the first of three fully connected layers, about 138 million parameters in all.",
    "GoogLeNet": "GoogLeNet (2014) is made of inception modules and ends with global average pooling and one fully connected layer; batch normalisation was published only later.",
    "ResNet-50": r"ResNet-50 (2015) has skip connections around blocks of $1 \times 1$, $3 \times 3$ and $1 \times 1$ convolutions, with batch normalisation after each convolution.",
}  # fmt: skip
