"""Branches of modern blocks, against published counts and the engine's layers."""

from partialcredit import engine
from partialcredit.engine.models import large
from partialcredit.solvers import blocks

#: Szegedy et al. (2015), Table 1, inception (3a)
MODULE = [((1, 64),), ((1, 96), (3, 128)), ((1, 16), (5, 32)), ((1, 32),)]


def test_inception_3a_has_its_published_depth_and_163696_parameters():
    assert sum(blocks.branch_parameters(192, branch) for branch in MODULE) == 163_696
    assert blocks.joined_depth(192, MODULE) == 256
    naive = [((1, 64),), ((3, 128),), ((5, 32),), ()]
    assert sum(blocks.branch_parameters(192, branch) for branch in naive) == 387_296
    assert blocks.joined_depth(192, naive) == 416


def test_resnet_18_is_the_sum_of_its_blocks():
    """He et al. (2016), Table 1: four stages of two basic blocks, three with a projection."""
    total = blocks.branch_parameters(3, [(7, 64)], bias=False) + blocks.normalisation([(7, 64)])
    channels = 64
    for width in (64, 128, 256, 512):
        for _block in range(2):
            body = [(3, width), (3, width)]
            total += blocks.branch_parameters(channels, body, bias=False)
            total += blocks.normalisation(body)
            if channels != width:
                total += blocks.branch_parameters(channels, [(1, width)], bias=False)
                total += blocks.normalisation([(1, width)])
            channels = width
    total += 513 * 1000
    assert total == 11_689_512 == engine.count_parameters(large.resnet18((3, 32, 32)))


def test_multiplications_are_weights_times_positions():
    layer = engine.Conv2d(6, 4, 3, bias=False)
    weights = layer.weight.data.size
    assert blocks.branch_multiplications(6, [(3, 4)], 5, 7) == 35 * weights
