"""Parameters and multiplications of the branches that modern blocks are made of.

A branch is a chain of convolutions, each a pair (kernel_size, filters). References: Szegedy et al.
(2015), "Going deeper with convolutions", section 4 and Table 1, for the inception module; He et al.
(2016), "Deep residual learning", Figures 2 and 5, for residual blocks. Warning: convolutions before
batch normalisation have no bias, since its shift takes that part; others have one per filter.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.solvers import counts

__all__ = ["branch_multiplications", "branch_parameters", "joined_depth", "normalisation"]

Branch = Sequence[tuple[int, int]]


def branch_parameters(channels: int, branch: Branch, *, bias: bool = True) -> int:
    """Parameters of a chain of convolutions that begins with ``channels`` channels.

    >>> branch_parameters(192, [(1, 96), (3, 128)])
    129248
    >>> branch_parameters(256, [(1, 64), (3, 64), (1, 256)], bias=False)
    69632
    """
    total = 0
    for kernel_size, filters in branch:
        total += counts.conv_parameters(kernel_size, channels, filters, bias=bias)
        channels = filters
    return total


def branch_multiplications(channels: int, branch: Branch, height: int, width: int) -> int:
    """Multiplications of a branch that keeps height and width: every weight at every position.

    >>> branch_multiplications(192, [(1, 96), (3, 128)], 28, 28)
    101154816
    """
    return height * width * branch_parameters(channels, branch, bias=False)


def joined_depth(channels: int, branches: Sequence[Branch]) -> int:
    """The depth when branches are stacked; a branch without convolutions passes all channels on.

    >>> joined_depth(192, [[(1, 64)], [(1, 96), (3, 128)], [(1, 16), (5, 32)], [(1, 32)]])
    256
    >>> joined_depth(192, [[(1, 64)], []])
    256
    """
    return sum(branch[-1][1] if branch else channels for branch in branches)


def normalisation(branch: Branch) -> int:
    """Parameters of the batch normalisations after every convolution of a branch.

    >>> normalisation([(3, 64), (3, 64)])
    256
    """
    return sum(counts.batchnorm_parameters(filters) for _kernel_size, filters in branch)
