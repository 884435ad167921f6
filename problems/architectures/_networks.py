"""Published networks as data, layer by layer.

References: LeCun et al. (1998), section II.B; Krizhevsky, Sutskever and Hinton (2012), section
3.5; Simonyan and Zisserman (2015), Table 1; Szegedy et al. (2015), Table 1; He et al. (2016),
Table 1.
"""

from partialcredit.solvers.networks import conv, dense, pool

__all__ = ["ALEXNET", "LENET5", "VGG", "alexnet", "vgg"]

#: convolutions per block of Simonyan and Zisserman (2015), Table 1, columns A, B, D and E
VGG = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}

LENET5 = (conv(6, 5), pool(2, 2), conv(16, 5), pool(2, 2), dense(120), dense(84), dense(10))


def alexnet(first=(96, 11, 4), widths=(256, 384, 384, 256), heads=(4096, 4096, 1000), groups=1):
    """AlexNet's layers; ``first`` is (filters, filter size, stride) of the first convolution."""
    filters, size, stride = first
    two, three, four, five = widths
    return (
        conv(filters, size, stride=stride),
        pool(3, 2),
        conv(two, 5, padding=2, groups=groups),
        pool(3, 2),
        conv(three, 3, padding=1),
        conv(four, 3, padding=1, groups=groups),
        conv(five, 3, padding=1, groups=groups),
        pool(3, 2),
        *map(dense, heads),
    )


ALEXNET = alexnet()


def vgg(blocks=VGG[16], width=64, heads=(4096, 4096, 1000)):
    """VGG's layers: the filters double from block to block, but for the last."""
    layers = []
    for i, repeats in enumerate(blocks):
        layers += [conv(width * 2 ** min(i, 3), 3, padding=1)] * repeats + [pool(2, 2)]
    return (*layers, *map(dense, heads))
