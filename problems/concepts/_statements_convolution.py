"""Statements about convolution, pooling and famous networks.

References: Goodfellow, Bengio and Courville (2016), chapter 9; Dumoulin and Visin (2016); LeCun et
al. (1998); Krizhevsky, Sutskever and Hinton (2012); Simonyan and Zisserman (2015); Szegedy et al.
(2015); He et al. (2016).
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.engine.windows import windows
from partialcredit.problems.concepts._statement import Opposite, Statement

__all__ = ["STATEMENTS"]

IMAGE = np.random.default_rng(8).integers(-4, 5, (6, 6)).astype(float)
KERNEL = np.array([[1.0, -2.0, 0.0], [3.0, 1.0, -1.0], [0.0, 2.0, 1.0]])
SIGNAL, FILTER = np.array([1.0, 4.0, -2.0, 3.0, 0.0, 5.0, -1.0, 2.0]), np.array([1.0, 2.0, -1.0])
LAPLACE = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
SHARPEN = np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]])
IDENTITY = np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]])


def conv(x, w, **options):
    """One image through one filter of the engine."""
    x, w = np.asarray(x, float), np.asarray(w, float)
    return np.array(
        functional.conv2d(
            engine.Tensor(x[None, None]), engine.Tensor(w[None, None]), **options
        ).data[0, 0]
    )


def layer(x):
    """A signal through the engine's one-dimensional layer."""
    return np.array(
        functional.conv1d(
            engine.Tensor(x.reshape(1, 1, -1)), engine.Tensor(FILTER.reshape(1, 1, -1))
        ).data.ravel()
    )


def pooled(x, name="max_pool2d", **options):
    x = np.asarray(x, float)
    return np.array(
        getattr(functional, name)(
            engine.Tensor(x[None, None]), **{"kernel_size": 2, **options}
        ).data[0, 0]
    )


def pool_gradient(name):
    """What one window's inputs get of an upstream gradient of 1."""
    x = engine.Tensor(np.array([[[[1.0, 5.0], [2.0, 3.0]]]]), requires_grad=True)
    getattr(functional, name)(x, 2).sum().backward()
    return np.array(x.grad).ravel()


def size(n, kernel, **options):
    return len(windows(n, kernel, **options))


def weights(kernel, inputs, outputs, bias=True, groups=1):
    """The learned values of a convolution, counted in the engine's layer."""
    return engine.count_parameters(engine.Conv2d(inputs, outputs, kernel, groups=groups), bias=bias)


def field(*layers):
    """The receptive field of max-pooling or convolution layers (kernel, stride), by tracing."""
    return engine.receptive_field([engine.MaxPool2d(k, s) for k, s in layers]).size


def entries(convolutions, dense):
    """Entries of the arrays that hold a network's convolutions (k, in, out) and dense layers."""
    filters = sum(np.empty((o, i, k, k)).size + o for k, i, o in convolutions)
    return filters, sum(np.empty((o, i)).size + o for i, o in dense)


WIDTHS = (3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512)
VGG = (
    [(3, i, o) for i, o in pairwise(WIDTHS)],
    [(25088, 4096), (4096, 4096), (4096, 1000)],
)
ALEX = (
    [(11, 3, 96), (5, 96, 256), (3, 256, 384), (3, 384, 384), (3, 384, 256)],
    [(9216, 4096), (4096, 4096), (4096, 1000)],
)
LENET = ([(5, 1, 6), (5, 6, 16)], [(400, 120), (120, 84), (84, 10)])
BLOCKS = [
    (3, i, o)
    for i, o in ((64, 64),) * 4
    + (
        (64, 128),
        *((128, 128),) * 3,
        (128, 256),
        *((256, 256),) * 3,
        (256, 512),
        *((512, 512),) * 3,
    )
]
RESNET = ([(7, 3, 64), *BLOCKS, (1, 64, 128), (1, 128, 256), (1, 256, 512)], [(512, 1000)])


def stack(*kernels):
    """The layers of a chain of convolutions, each with its activation."""
    return [m for k in kernels for m in (engine.Conv2d(1, 1, k), engine.ReLU())]


def depth(network):
    return len(network[0]) + len(network[1])


def toeplitz(n=5):
    """The matrix of a zero-padded convolution with three shared weights."""
    return sum(w * np.eye(n, k=k) for w, k in zip(FILTER, (-1, 0, 1), strict=True))


def changed_outputs():
    """How many outputs of a 3 x 3 convolution change with one inner input."""
    layer = engine.Conv2d(1, 1, 3, generator=0)
    nothing, impulse = np.zeros((1, 1, 9, 9)), np.zeros((1, 1, 9, 9))
    impulse[0, 0, 4, 4] = 1.0
    return int(
        np.count_nonzero(layer(engine.Tensor(impulse)).data - layer(engine.Tensor(nothing)).data)
    )


STATEMENTS = (
    Statement("correlation", True, "The convolution layers of the usual deep-learning libraries compute a cross-correlation.", "They do not flip the filter.", "S0-92", lambda: bool(np.allclose(layer(SIGNAL), np.correlate(SIGNAL, FILTER, "valid")))),
    Statement("flip all", False, "Convolution and cross-correlation with the same filter always give the same result.", "They do for filters that equal their flip.", "S2-14", lambda: bool(np.allclose(np.convolve(SIGNAL, FILTER, "valid"), np.correlate(SIGNAL, FILTER, "valid"))), "flip palindrome"),
    Statement("flip palindrome", True, "With a one-dimensional filter that reads the same backwards, convolution and cross-correlation give the same result.", "Flipping does not change the filter.", "S4-24", lambda: bool(np.allclose(np.convolve(SIGNAL, [1, 3, 1], "valid"), np.correlate(SIGNAL, [1, 3, 1], "valid")))),
    Statement("commute", True, "The convolution of two signals, with all their overlaps counted, is commutative.", "The sum runs over all pairs of entries either way.", "S2-13", lambda: bool(np.allclose(np.convolve(SIGNAL, FILTER), np.convolve(FILTER, SIGNAL)))),
    Statement("correlation commute", False, "The cross-correlation of two signals, with all their overlaps counted, is commutative.", "Exchanging them reverses the result.", "S2-14", lambda: bool(np.allclose(np.correlate(SIGNAL, FILTER, "full"), np.correlate(FILTER, SIGNAL, "full")))),
    Statement("invariant", False, "A convolution layer is invariant to shifts: shifting the input does not change its output.", "It is equivariant: the output is shifted, too.", "S3-10", lambda: bool(np.allclose(layer(SIGNAL)[1:], layer(np.roll(SIGNAL, 1))[1:])), "equivariant"),
    Statement("equivariant", True, "Shifting the input of a convolution layer with stride 1 shifts its output by as much, except near the border.", "The same weights act at every position.", "S3-16", lambda: bool(np.allclose(layer(SIGNAL)[:-1], layer(np.roll(SIGNAL, 1))[1:]))),
    Statement("pool equivariant", False, "Shifting the input of $2 \\times 2$ max-pooling with stride 2 by one pixel always shifts its output by one pixel.", "The windows start two pixels apart and cut the image elsewhere.", "S1-131", lambda: bool(np.allclose(pooled(np.roll(IMAGE, 1, 1))[:, 1:], pooled(IMAGE)[:, :-1]))),
    Statement("linear map", True, "A convolution layer without bias and activation function is a linear map.", "It is a sum of inputs times fixed weights.", "S4-21", lambda: bool(np.allclose(conv(2 * IMAGE + IMAGE.T, KERNEL), 2 * conv(IMAGE, KERNEL) + conv(IMAGE.T, KERNEL)))),
    Statement("toeplitz", True, "A one-dimensional convolution with stride 1 is the multiplication by a matrix whose entries are equal along each diagonal.", "The same weights act at every position.", "S4-21", lambda: bool(np.allclose(toeplitz(8) @ SIGNAL, np.correlate(np.pad(SIGNAL, 1), FILTER, "valid"))), "equivariant"),
    Statement("removed only", False, "A convolution layer always has as many different weights as a layer with the same windows in which every output unit has weights of its own.", "It shares its weights over all positions.", "S4-39", lambda: len(set(toeplitz(5)[toeplitz(5) != 0])) == np.count_nonzero(toeplitz(5)), "toeplitz"),
    Statement("local count", True, "A layer from $n$ inputs to $n$ outputs that joins each output only to the input at its place and to those directly beside it has $3n - 2$ connections.", "The two outputs at the ends have one neighbour less.", "S4-19", lambda: np.count_nonzero(toeplitz(9)) == 3 * 9 - 2),
    Statement("padding size", True, "One more pixel of zero padding on every side makes the output of a convolution with stride 1 two pixels wider and two pixels higher.", "Two more windows fit along each axis.", "S3-20", lambda: size(20, 5, padding=2) == size(20, 5, padding=1) + 2),
    Statement("stride size", True, "Everything else being equal, a larger stride never makes the output of a convolution larger.", "Windows that start further apart are fewer.", "S3-20", lambda: all(size(n, 5, stride=s + 1) <= size(n, 5, stride=s) for n in range(8, 30) for s in (1, 2, 3))),
    Statement("stride grows", False, "Everything else being equal, a larger stride makes the output of a convolution larger.", "Windows that start further apart are fewer.", "S3-20", lambda: size(32, 5, stride=2) > size(32, 5)),
    Statement("same padding", True, "With stride 1 and an odd filter size $F$, padding by $\\frac{F - 1}{2}$ pixels on every side keeps height and width.", "The padding adds $F - 1$, the windows take it away.", "S0-96", lambda: all(size(20, f, padding=(f - 1) // 2) == 20 for f in (1, 3, 5, 7))),
    Statement("same padding stride", False, "With an odd filter size $F$, padding by $\\frac{F - 1}{2}$ pixels on every side keeps height and width for every stride.", "With stride 2 they are about halved.", "S2-19", lambda: size(20, 5, padding=2, stride=2) == 20, "stride size"),
    Statement("size 28", True, "A $5 \\times 5$ filter without padding and with stride 1 turns a $32 \\times 32$ image into $28 \\times 28$ outputs.", "$32 - 5 + 1 = 28$.", "S1-134", lambda: size(32, 5) == 28),
    Statement("size 27", False, "A $5 \\times 5$ filter without padding and with stride 1 turns a $32 \\times 32$ image into $27 \\times 27$ outputs.", "There is one more window than there are steps.", "S1-132", lambda: size(32, 5) == 27, "size 28"),
    Statement("pool 27", False, "$2 \\times 2$ max-pooling with stride 2, rounding down, turns $27 \\times 27$ into $14 \\times 14$.", "13 windows fit; 14 need rounding up.", "S4-37", lambda: pooled(np.zeros((27, 27))).shape[0] == 14),
    Statement("pool ceil", True, "$2 \\times 2$ max-pooling with stride 2, rounding up, turns $27 \\times 27$ into $14 \\times 14$.", "A last window reaches over the edge.", "S4-37", lambda: pooled(np.zeros((27, 27)), ceil_mode=True).shape[0] == 14),
    Statement("output depth", True, "A convolution layer produces as many channels as it has filters.", "Every filter makes one map.", "S4-35", lambda: functional.conv2d(engine.Tensor(np.zeros((1, 3, 5, 5))), engine.Tensor(np.zeros((7, 3, 3, 3)))).shape[1] == 7),
    Statement("output depth product", False, "A convolution layer with 7 filters turns 3 channels into 21.", "Every filter sums over all channels it reads, so there are 7.", "S4-35", lambda: functional.conv2d(engine.Tensor(np.zeros((1, 3, 5, 5))), engine.Tensor(np.zeros((7, 3, 3, 3)))).shape[1] == 21, "output depth"),
    Statement("parameters input", False, "The number of parameters of a convolution layer depends on the height and width of its input.", "It depends on the filter size, the input depth and the number of filters.", "S1-121", lambda: len({weights(3, 3, 5) for _height in (32, 64)}) > 1, "parameters depth"),
    Statement("parameters depth", True, "Doubling the channels of its input doubles the weights of a convolution layer; biases are not counted.", "Every filter spans all channels.", "S1-137", lambda: weights(3, 16, 5, bias=False) == 2 * weights(3, 8, 5, bias=False)),
    Statement("parameters five", True, "Five $3 \\times 3$ filters on a colour image of 3 channels have 140 parameters, biases included.", "$(3 \\cdot 3 \\cdot 3 + 1) \\cdot 5 = 140$.", "S1-121", lambda: weights(3, 3, 5) == 140, "parameters depth"),
    Statement("parameters six", False, "Six $4 \\times 4$ filters on a colour image of 3 channels have 196 parameters, biases included.", "$(4 \\cdot 4 \\cdot 3 + 1) \\cdot 6 = 294$.", "S1-127", lambda: weights(4, 3, 6) == 196, "parameters depth"),
    Statement("pool parameters", False, "Max-pooling layers have learned parameters.", "Taking a maximum needs no weights.", "S0-99", lambda: engine.count_parameters(engine.MaxPool2d(2)) > 0),
    Statement("pool depth", False, "Max-pooling with $2 \\times 2$ windows and stride 2 halves the number of channels.", "Each channel is pooled by itself; height and width are halved.", "S0-99", lambda: functional.max_pool2d(engine.Tensor(np.zeros((1, 6, 8, 8))), 2).shape[1] == 3),
    Statement("pool max gradient", True, "Max-pooling passes the gradient of a window to its largest entry only, where one entry is larger than all the others.", "Small changes of the others do not change the maximum.", "S0-56", lambda: pool_gradient("max_pool2d").tolist() == [0, 1, 0, 0]),
    Statement("pool average gradient", False, "Average pooling with $k \\times k$ windows, $k > 1$, passes the full upstream gradient to each input of a window.", "Each of $k^2$ inputs gets $\\frac{1}{k^2}$ of it.", "S0-99", lambda: pool_gradient("avg_pool2d").tolist() == [1, 1, 1, 1]),
    Statement("pool average small", True, "Adding 3 to every input of average pooling without padding adds 3 to every output.", "The mean of a window grows by as much as its entries.", "S4-42", lambda: bool(np.allclose(pooled(IMAGE + 3, "avg_pool2d"), pooled(IMAGE, "avg_pool2d") + 3))),
    Statement("global pool", True, "Global average pooling gives the same number of outputs for every image size.", "It leaves one number for each channel.", "S1-139", lambda: len({functional.adaptive_avg_pool2d(engine.Tensor(np.zeros((1, 6, n, n))), 1).shape for n in (5, 9)}) == 1),
    Statement("one by one", True, "A $1 \\times 1$ convolution mixes the channels of a pixel without looking at the pixels beside it.", "It is one dense layer applied to every pixel.", "S1-139", lambda: bool(np.allclose(functional.conv2d(engine.Tensor(np.stack([IMAGE, IMAGE.T])[None]), engine.Tensor(np.array([[[[2.0]], [[-1.0]]]]))).data[0, 0], 2 * IMAGE - IMAGE.T))),
    Statement("one by one useless", False, "A $1 \\times 1$ convolution cannot change the number of channels.", "It has as many output channels as filters.", "S1-139", lambda: functional.conv2d(engine.Tensor(np.zeros((1, 8, 4, 4))), engine.Tensor(np.zeros((2, 8, 1, 1)))).shape[1] == 8, "one by one"),
    Statement("three stack", True, "For equal numbers $C$ of channels, three $3 \\times 3$ convolutions with stride 1 see $7 \\times 7$ pixels with fewer weights than one $7 \\times 7$ convolution.", "They have $27 C^2$ weights against $49 C^2$.", "S1-138", lambda: field((3, 1), (3, 1), (3, 1)) == 7 and 3 * weights(3, 8, 8, bias=False) < weights(7, 8, 8, bias=False), "two stack"),
    Statement("three stack nine", False, "A unit after three $3 \\times 3$ convolutions with stride 1 sees $9 \\times 9$ pixels.", "Each layer after the first adds two pixels: it sees $7 \\times 7$.", "S1-144", lambda: field((3, 1), (3, 1), (3, 1)) == 9, "two stack"),
    Statement("two stack", True, "A unit after two $3 \\times 3$ convolutions with stride 1 sees as many pixels as one after a single $5 \\times 5$ convolution.", "The second layer adds two pixels: $3 + 2 = 5$.", "S2-18", lambda: field((3, 1), (3, 1)) == field((5, 1))),
    Statement("field filter", False, "The receptive field of a unit in the image is only as large as the unit's own filter, however deep its layer.", "It grows with every layer whose windows are larger than one pixel, the more so after strides.", "S2-18", lambda: field((5, 1), (2, 2), (5, 1)) == 5, "two stack"),
    Statement("field stride", True, "Raising the stride of an early layer from 1 to 2 enlarges the receptive fields of later layers with $3 \\times 3$ filters.", "A step of a later layer then spans two pixels.", "S0-95", lambda: field((3, 2), (3, 1)) > field((3, 1), (3, 1))),
    Statement("dilated", True, "A $3 \\times 3$ filter with dilation 2 reaches over $5 \\times 5$ pixels with 9 weights.", "Its weights stand two pixels apart.", "S0-98", lambda: int(windows(9, 3, dilation=2)[0][-1]) + 1 == 5),
    Statement("groups", True, "Dividing the channels of a convolution into 4 groups divides its weights by 4; biases are not counted.", "Each filter spans only the channels of its group.", "S3-19", lambda: 4 * weights(3, 8, 16, bias=False, groups=4) == weights(3, 8, 16, bias=False)),
    Statement("separable", True, "From 32 to 64 channels, a depthwise $3 \\times 3$ convolution followed by a $1 \\times 1$ convolution has fewer weights than an ordinary $3 \\times 3$ convolution.", "$9 \\cdot 32 + 32 \\cdot 64$ against $9 \\cdot 32 \\cdot 64$.", "S3-19", lambda: weights(3, 32, 32, groups=32) + weights(1, 32, 64) < weights(3, 32, 64), "groups"),
    Statement("transposed", True, "A transposed convolution with a $2 \\times 2$ filter, stride 2 and no padding doubles height and width.", "Every input becomes a $2 \\times 2$ block of its own.", "S0-98", lambda: functional.conv_transpose2d(engine.Tensor(np.zeros((1, 1, 4, 4))), engine.Tensor(np.zeros((1, 1, 2, 2))), stride=2).shape[2:] == (8, 8)),
    Statement("edge constant", True, "A filter whose weights add up to 0 gives 0 wherever all pixels under it have the same value.", "The output is that value times the sum of the weights.", "S4-30", lambda: bool(np.allclose(conv(np.full((5, 5), 7.0), LAPLACE), 0))),
    Statement("blur constant", True, "A filter whose weights add up to 1 leaves a constant image as it is, except near zero-padded borders.", "The output is the constant times the sum of the weights.", "S4-33", lambda: bool(np.allclose(conv(np.full((5, 5), 7.0), np.full((3, 3), 1 / 9)), 7))),
    Statement("blur border", False, "With zero padding, a $3 \\times 3$ blur of positive weights that add up to 1 leaves every constant image as it is, also at the border.", "At the border zeros enter the mean.", "S4-33", lambda: bool(np.allclose(conv(np.full((5, 5), 7.0), np.full((3, 3), 1 / 9), padding=1), 7)), "blur constant"),
    Statement("sharpen", True, "Subtracting from an image its Laplacian (a filter with $-4$ in the middle and 1 at the four neighbours) sharpens it.", "Identity minus Laplacian has 5 in the middle and $-1$ at the neighbours.", "S4-32", lambda: bool(np.allclose(IDENTITY - LAPLACE, SHARPEN))),
    Statement("dense sharing", True, "On a $32 \\times 32$ colour image, six $5 \\times 5$ filters have fewer parameters than a dense layer with as many outputs.", "They have 456, the dense layer more than 14 million.", "S1-128", lambda: weights(5, 3, 6) < 3072 * 28 * 28 * 6, "neuron weights"),
    Statement("neuron weights", True, "A unit of a convolution layer with $5 \\times 5$ filters on a colour image of 3 channels has 75 weights, whatever the size of the image.", "It reads $5 \\cdot 5 \\cdot 3$ values.", "S0-94", lambda: weights(5, 3, 1, bias=False) == 75),
    Statement("flatten", True, "Flattening a volume of $14 \\times 14 \\times 64$ gives 12,544 values.", "$14 \\cdot 14 \\cdot 64 = 12{,}544$.", "S4-38", lambda: np.zeros((14, 14, 64)).ravel().size == 12544),
    Statement("vgg convolutions", False, "Most of the parameters of VGG-16 are in its convolution layers.", "Almost nine tenths are in the fully connected layers.", "S1-138", lambda: entries(*VGG)[0] > entries(*VGG)[1], "vgg dense"),
    Statement("vgg dense", True, "The first fully connected layer of VGG-16 alone has more parameters than all of its convolutions.", "It has $25088 \\cdot 4096$ weights.", "S1-138", lambda: entries(*VGG)[0] < np.empty((4096, 25088)).size),
    Statement("vgg largest", True, "VGG-16 has more parameters than AlexNet.", "It has about 138 million, AlexNet about 61 million.", "S1-138", lambda: sum(entries(*VGG)) > sum(entries(*ALEX)), "vgg dense"),
    Statement("alex depth", False, "AlexNet has more layers with weights than VGG-16.", "AlexNet has 8, VGG-16 has 16.", "S1-144", lambda: depth(ALEX) > depth(VGG)),
    Statement("resnet small", True, "ResNet-18 is deeper than AlexNet and has fewer parameters.", "It has only one dense layer, and a small one.", "S3-23", lambda: depth(RESNET) > depth(ALEX) and sum(entries(*RESNET)) < sum(entries(*ALEX))),
    Statement("resnet more", False, "A network with more layers always has more parameters.", "ResNet-18 has more layers than AlexNet, but fewer parameters.", "S1-139", lambda: sum(entries(*RESNET)) > sum(entries(*ALEX)), "resnet small"),
    Statement("lenet", True, "LeNet-5, counted with a C3 that reads all maps of S2 and with pooling and output layers as in today's versions, has about 62 thousand parameters.", "There are 61,706: 156 and 2416 in C1 and C3, 48,120 and 10,164 in the two hidden layers after them, 850 in the last.", "S1-141", lambda: sum(entries(*LENET)) == 61706),
    Statement("lenet convolutions", False, "Most of the parameters of LeNet-5 are in C1 and C3.", "C5 alone, which is joined to all the values before it, has 48,120.", "S1-141", lambda: entries(*LENET)[0] > entries(*LENET)[1]),
    Statement("googlenet head", True, "GoogLeNet averages each channel before its final classifier instead of using several large fully connected layers there.", "That saves many parameters.", "S1-139", Opposite("GoogLeNet ends, like AlexNet and VGG, with two fully connected layers of 4096 units.", False, "S1-139"), "global pool"),
    Statement("googlenet largest", False, "GoogLeNet has more parameters than AlexNet.", "It has less than a fifth as many.", "S1-139", Opposite("GoogLeNet has less than a fifth as many parameters as AlexNet.", True, "S1-138")),
    Statement("inception concatenation", True, "The outputs of the branches of an inception module are joined by stacking their channels.", "The depth of the output is the sum of the branches' depths.", "S1-139", lambda: np.concatenate([np.zeros((c, 4, 4)) for c in (64, 128, 32, 32)]).shape == (256, 4, 4)),
    Statement("residual addition", False, "A residual block joins the skip connection and the output of its body by stacking their channels.", "It adds them, and so their shapes must agree.", "S3-23", lambda: engine.Residual(engine.Conv2d(4, 4, 3, padding=1))(engine.Tensor(np.zeros((1, 4, 5, 5)))).shape[1] == 8),
    Statement("skip parameters", False, "A skip connection that passes its input on unchanged has as many parameters as the layers that it skips.", "Passing a value on needs no parameters.", "S3-23", lambda: engine.count_parameters(engine.Residual(engine.Conv2d(4, 4, 3, padding=1))) == 2 * weights(3, 4, 4)),
    Statement("zfnet", True, "ZFNet's first layer has smaller filters and a smaller stride than AlexNet's.", "They are $7 \\times 7$ with stride 2 instead of $11 \\times 11$ with stride 4.", "S1-144", Opposite("ZFNet enlarged the filters of AlexNet's first layer.", False, "S1-144")),
    Statement("overlap", True, "AlexNet's pooling windows overlap.", "They are $3 \\times 3$ with stride 2.", "S1-142", lambda: len(set(windows(13, 3, stride=2)[0]) & set(windows(13, 3, stride=2)[1])) == 1),
    Statement("alex input", False, "$11 \\times 11$ windows with stride 4 and no padding fit exactly onto an image 224 pixels wide.", "$(224 - 11) / 4$ is no integer; 227 fits.", "S1-143", lambda: int(windows(224, 11, stride=4)[-1][-1]) == 223),
    Statement("stack activations", True, "A signal passes more ReLUs in a stack of three $3 \\times 3$ convolutions, each with a ReLU, than in one $7 \\times 7$ convolution with a ReLU.", "It passes three instead of one.", "S1-138", lambda: sum(isinstance(m, engine.ReLU) for m in stack(3, 3, 3)) > sum(isinstance(m, engine.ReLU) for m in stack(7))),
    Statement("abstraction", True, "In a trained convolutional network for photographs, early layers typically respond to edges and later ones to larger structures.", "The receptive fields grow.", "S3-18", Opposite("In a trained convolutional network for photographs, early layers typically respond to whole objects and the last ones to single edges.", False, "S4-18")),
    Statement("dense image", True, "A dense layer from a $400 \\times 400$ colour image to 1000 units has more than 400 million weights.", "$3 \\cdot 400 \\cdot 400 \\cdot 1000 = 480{,}000{,}000$.", "S3-06", lambda: np.zeros((3, 400, 400)).size * 1000 > 4e8),
    Statement("local dependence", True, "In a convolution layer with $3 \\times 3$ filters, an output depends on its $3 \\times 3$ window of the input only.", "Local connections capture local dependencies.", "S4-26", lambda: changed_outputs() == 9),
    Statement("filter depth", False, "A $3 \\times 3$ filter on a colour image of 3 channels has 9 weights; its bias is not counted.", "It has 9 for each channel, 27 in all.", "S1-121", lambda: weights(3, 3, 1, bias=False) == 9, "neuron weights"),
    Statement("parameters filters", True, "Doubling the number of filters of a convolution layer doubles its parameters, biases included.", "Every filter brings its own weights and its own bias.", "S1-121", lambda: weights(3, 8, 10) == 2 * weights(3, 8, 5)),
    Statement("parameters padding", False, "Zero padding adds learned parameters to a convolution layer.", "The zeros are fixed, and the filters stay as they are.", "S3-20", lambda: engine.count_parameters(engine.Conv2d(3, 5, 3, padding=1)) > engine.count_parameters(engine.Conv2d(3, 5, 3))),
    Statement("parameters stride", False, "Raising the stride of a convolution layer from 1 to 2 reduces its number of parameters.", "Each filter stands at fewer places, but its weights stay the same.", "S3-20", lambda: engine.count_parameters(engine.Conv2d(3, 5, 3, stride=2)) < engine.count_parameters(engine.Conv2d(3, 5, 3))),
    Statement("size unpadded", False, "Without padding, a $3 \\times 3$ convolution with stride 1 keeps height and width.", "It loses a row or column at each side: $n - 3 + 1 = n - 2$.", "S3-20", lambda: size(32, 3) == 32, "same padding"),
    Statement("pool twice", True, "Three layers of $2 \\times 2$ max-pooling with stride 2 turn $64 \\times 64$ into $8 \\times 8$.", "Each halves height and width: 32, 16, 8.", "S4-37", lambda: pooled(pooled(pooled(np.zeros((64, 64))))).shape == (8, 8)),
    Statement("pool mean above", False, "Average pooling of a window can give a larger number than max-pooling of the same window.", "A mean is never above the largest of its values.", "S4-42", lambda: bool(np.any(pooled(IMAGE, "avg_pool2d") > pooled(IMAGE)))),
    Statement("pool negative", False, "Max-pooling without padding never gives a negative number.", "Where all values of a window are negative, their maximum is negative, too.", "S0-99", lambda: bool(np.all(pooled(-np.abs(IMAGE) - 1) >= 0))),
    Statement("linear stack", False, "Two convolution layers without biases, and with nothing between them, compute a function that is not linear.", "A linear map after a linear map is a linear map.", "S4-21", lambda: not np.allclose(conv(conv(3 * IMAGE + IMAGE.T, KERNEL), KERNEL), 3 * conv(conv(IMAGE, KERNEL), KERNEL) + conv(conv(IMAGE.T, KERNEL), KERNEL)), "linear map"),
)  # fmt: skip
