"""A varied paper, written by hand: every answer kind, figure and construct the writers print."""

# ruff: noqa: E501 - mathematics is easier to read unbroken

from __future__ import annotations

from partialcredit.figures import Curve, Graph, Grid, Layer, Layers, Mark, Node, Plot
from partialcredit.paper import Head, Paper, PaperPart, PaperProblem

__all__ = ["paper", "part", "problem"]


def part(
    identifier: str, kind: str, prompt: str, key: str, solution: str, *, marks: int = 1,
    options: tuple[str, ...] = (),
) -> PaperPart:  # fmt: skip
    return PaperPart(identifier, kind, kind, marks, prompt, key, solution, options)


def problem(number: int, title: str, statement: str, *parts: PaperPart, figures=()) -> PaperProblem:  # type: ignore[no-untyped-def]
    family = "sample/" + title.lower().replace(" ", "_")
    return PaperProblem(
        number, title, statement, parts, tuple(figures), family, version=1, level="medium", seed=7
    )


CONVOLUTION = Layers(
    "Three volumes: 28 by 28 by 1, then 24 by 24 by 6, then 12 by 12 by 6.",
    (
        Layer(r"28 \times 28 \times 1", 28, 28, 1),
        Layer(r"24 \times 24 \times 6", 24, 24, 6),
        Layer(r"12 \times 12 \times 6", 12, 12, 6),
    ),
    (r"5 \times 5", r"\max,\, 2 \times 2"),
)

LENET = Layers(
    "LeNet-5, from a 32 by 32 image to ten classes.",
    (
        Layer(r"32 {\times} 32 {\times} 1", 32, 32, 1),
        Layer(r"28 {\times} 28 {\times} 6", 28, 28, 6),
        Layer(r"14 {\times} 14 {\times} 6", 14, 14, 6),
        Layer(r"10 {\times} 10 {\times} 16", 10, 10, 16),
        Layer(r"5 {\times} 5 {\times} 16", 5, 5, 16),
        Layer("120", 1, 1, 120),
        Layer("84", 1, 1, 84),
        Layer("10", 1, 1, 10),
    ),
    (r"\text{conv } 5", r"\text{pool } 2", r"\text{conv } 5", r"\text{pool } 2", "", "", ""),
)

PATHS = Plot(
    "Level lines of an elongated bowl with two paths from (8, 4).",
    (
        *(
            Curve(((-2 * r, 0.0), (0.0, r), (2 * r, 0.0), (0.0, -r), (-2 * r, 0.0)), style="thin")
            for r in (1, 2, 4, 8)
        ),
        Curve(((8, 4), (5, -2), (3, 1)), r"\text{momentum}", "steps"),
        Curve(((8, 4), (6, 3), (5.9, 2.9)), "", "steps"),
        Curve(((-9, -5), (9, 5)), r"y = \frac{5}{9} x", "dashed"),
    ),
    (Mark((8, 4), r"\theta_0"), Mark((0, 0))),
    "x_1",
    "x_2",
    ((-10, -6), (10, 6)),
)

GRAPH = Graph(
    "A graph: q = x + y, f = q z, with x = -2, y = 5, z = -4.",
    (
        Node("x", "x", "input", "-2"),
        Node("y", "y", "input", "5"),
        Node("z", "z", "input", "-4"),
        Node("q", "+"),
        Node("f", r"\times"),
        Node("L", "L", "output"),
    ),
    (("x", "q", ""), ("y", "q", ""), ("q", "f", "q"), ("z", "f", ""), ("f", "L", "f")),
)

DENSE_GRAPH = Graph(
    "A larger graph with a long edge, a shared input and a squared node.",
    (
        Node("a", "a", "input"),
        Node("b", "b", "input"),
        Node("c", "c", "input"),
        Node("u", r"\times"),
        Node("v", "+"),
        Node("s", r"\sigma"),
        Node("t", r"\exp"),
        Node("w", r"(\cdot)^2"),
        Node("m", r"\max(0, \cdot)"),
        Node("p", "+"),
        Node("out", "y", "output"),
    ),
    (
        ("a", "u", ""), ("b", "u", ""), ("b", "v", ""), ("c", "v", ""), ("u", "s", "u"),
        ("v", "t", "v"), ("s", "w", r"\sigma(u)"), ("t", "p", ""), ("w", "p", "w"),
        ("a", "m", ""), ("m", "p", ""), ("p", "out", ""), ("v", "m", ""),
    ),
)  # fmt: skip

SQUARE = Graph(
    "x goes twice into a product.",
    (Node("x", "x", "input", "3"), Node("p", r"\times"), Node("y", "y", "output")),
    (("x", "p", ""), ("x", "p", ""), ("p", "y", "")),
)

IMAGE = Grid(
    "A 4 by 5 image with a framed 3 by 3 window at the top left.",
    (
        ("1", "0", "2", "-1", "3"),
        ("0", "1", "1", "2", "0"),
        ("4", "-2", "0", "1", "1"),
        ("1", "1", "3", "0", "2"),
    ),
    (0, 0, 3, 3),
)

PROBLEMS = (
    problem(
        1,
        "Output size of a convolution",
        r"""An image of size $28 \times 28 \times 1$ passes through 6 filters of size $5 \times 5$
with stride $S = 1$ and no padding, then through max pooling $2 \times 2$ with stride 2.
The output of a layer has $\left\lfloor \frac{n + 2P - F}{S} \right\rfloor + 1$ rows.

![Three volumes](figure:0)

*Convention: biases are counted, one a filter.*""",
        part(
            "1a",
            "shape",
            "What is the shape of the output?",
            "12x12x6",
            r"$\lfloor (28 - 5)/1 \rfloor + 1 = 24$, then $24/2 = 12$: $12 \times 12 \times 6$.",
        ),
        part(
            "1b",
            "integer",
            "How many parameters does the convolution have?",
            "156",
            r"Each filter has $5 \cdot 5 \cdot 1 + 1 = 26$ numbers, six filters $6 \cdot 26 = 156$.",
            marks=2,
        ),
        figures=[CONVOLUTION],
    ),
    problem(
        2,
        "Batch normalisation",
        r"""One feature of a mini-batch has the values
$x = \begin{bmatrix} 1 & 3 & 4 & 8 \end{bmatrix}^{\top}$. It passes through batch normalisation

$$
\hat{x}_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad y_i = \gamma \hat{x}_i + \beta,
$$

with $\gamma = 2$, $\beta = -1$ and $\epsilon = 0.01$, where the variance divides by $m$, not by $m - 1$.""",
        part(
            "2a",
            "real",
            "Find the batch mean $\\mu$.",
            "4",
            r"$\mu = \frac{1}{4}(1 + 3 + 4 + 8) = 4$.",
        ),
        part(
            "2b",
            "real",
            "Find the variance $\\sigma^2$ to 4 significant digits.",
            "6.5",
            r"$$\sigma^2 = \frac{1}{4} \sum_{i=1}^{4} (x_i - \mu)^2 = \frac{9 + 1 + 0 + 16}{4} = 6.5$$",
        ),
        part(
            "2c",
            "array",
            r"Find the output $y$ as a vector.",
            "[-3.351, -1.784, -1, 2.135]",
            r"""$$
\begin{aligned}
\hat{x} &= \frac{1}{\sqrt{6.51}} \begin{pmatrix} -3 \\ -1 \\ 0 \\ 4 \end{pmatrix}
  \approx \begin{pmatrix} -1.176 \\ -0.392 \\ 0 \\ 1.568 \end{pmatrix}, \\
y &= 2 \hat{x} - 1.
\end{aligned}
$$

So $y \approx (-3.351, -1.784, -1, 2.135)$.""",
            marks=2,
        ),
    ),
    problem(
        3,
        "Backpropagation through a graph",
        "The graph computes $f = (x + y) z$.\n\n![graph](figure:0)",
        part(
            "3a",
            "real",
            r"Find $\frac{\partial f}{\partial x}$.",
            "-4",
            r"By the chain rule $\frac{\partial f}{\partial x} = \frac{\partial f}{\partial q} \cdot \frac{\partial q}{\partial x} = z \cdot 1 = -4$.",
        ),
        part("3b", "real", r"Find $\dfrac{\partial f}{\partial z}$.", "3", "$q = x + y = 3$."),
        figures=[GRAPH],
    ),
    problem(
        4,
        "Log-sum-exp",
        r"""Let $\operatorname{LSE}(x) = \log \sum_{i=1}^{n} e^{x_i}$ and $m = \max_i x_i$. The rectifier is

$$ \mathrm{ReLU}(x) = \begin{cases} x & \text{if } x > 0, \\ 0 & \text{otherwise.} \end{cases} $$

Recall $P(A|B) = \frac{P(A \cap B)}{P(B)}$ and $\mathcal{L}(\theta) = -\mathbb{E}\left[\log p_\theta(y \mid x)\right]$.""",
        part(
            "4a",
            "truefalse",
            "True or false?",
            "TFT",
            "The first and the last hold.",
            options=(
                r"$m \le \operatorname{LSE}(x)$ for every $x \in \mathbb{R}^n$",
                r"$\operatorname{LSE}(x) \le m$",
                r"$\operatorname{LSE}(x) \le m + \ln n$, with equality when all entries of $x$ are the same, whatever their common value is",
            ),
        ),
        part(
            "4b",
            "choice",
            r"Which is the gradient of $\operatorname{LSE}$?",
            "b",
            r"$\partial \operatorname{LSE} / \partial x_i = e^{x_i} / \sum_j e^{x_j}$.",
            options=(
                r"$\tanh(x)$",
                r"$\operatorname{softmax}(x)$",
                r"$\frac{1}{1 + e^{-x}}$",
                r"$x \odot x$",
            ),
        ),
        part(
            "4c",
            "relation",
            "State the tightest bounds.",
            "m <= LSE(x) <= m + ln(n)",
            r"$m \le \operatorname{LSE}(x) \le m + \ln n$.",
            marks=2,
        ),
    ),
    problem(
        5,
        "Momentum",
        r"""Gradient descent with momentum keeps $v_t = \alpha v_{t-1} - \varepsilon g_t$, $v_0 = 0$, and
$\theta_t = \theta_{t-1} + v_t$, where the $g_t$ are independent with mean $\mu$.

| $t$ | $g_t$ | $v_t$ |
|----:|------:|:-----:|
| 1 | $0.50$ | $-0.05$ |
| 2 | $-1.25$ | ? |
| 3 | $3.14$ | ? |""",
        part(
            "5a",
            "expression",
            r"Find $\mathbb{E}[v_t]$ in closed form, without a sum.",
            "-epsilon*mu*(1-alpha^t)/(1-alpha)",
            r"""Unroll: $v_t = -\varepsilon \sum_{k=0}^{t-1} \alpha^k g_{t-k}$. Then

1. take expectations on both sides,
2. use $\sum_{k=0}^{t-1} \alpha^k = \frac{1 - \alpha^t}{1 - \alpha}$,

$$\mathbb{E}[v_t] = -\varepsilon \mu \frac{1 - \alpha^t}{1 - \alpha} \xrightarrow{} .$$""".replace(
                r" \xrightarrow{} ", ""
            ),
            marks=3,
        ),
        part(
            "5b",
            "order",
            "Put the steps of one update in order.",
            "b a c",
            "Gradient first.",
            options=(
                "update $v$",
                "compute the gradient $g_t = \\nabla_\\theta J(\\theta_{t-1})$",
                "update $\\theta$",
            ),
        ),
    ),
    problem(
        6,
        "Convolution in two dimensions",
        """The filter

$$ w = \\begin{bmatrix} 1 & 0 & -1 \\\\ 2 & 0 & -2 \\\\ 1 & 0 & -1 \\end{bmatrix} $$

slides over the image (cross-correlation, stride 1, no padding).

![image](figure:0)""",
        part(
            "6a",
            "array",
            "Find the output.",
            "[1 -1 -2; 6 -4 -1]",
            "Multiply `image[i:i+3, j:j+3]` by $w$, entry by entry, and add.",
            marks=4,
        ),
        figures=[IMAGE],
    ),
    problem(
        7,
        "LeNet",
        "The network is LeNet-5.\n\n![lenet](figure:0)\n\nIts output layer is followed by a softmax "
        r"$p_i = \frac{e^{z_i}}{\sum_{j} e^{z_j}}$.",
        part(
            "7a",
            "integer",
            "How many parameters has the layer from 120 to 84?",
            "10164",
            r"$120 \cdot 84 + 84 = 10\,164$.",
        ),
        figures=[LENET],
    ),
    problem(
        8,
        "A larger graph",
        "Here $\\sigma$ is the logistic function.\n\n![graph](figure:0)\n\nand a square is\n\n![square](figure:1)\n\nand paths are\n\n![paths](figure:2)",
        part(
            "8a",
            "expression",
            r"Find $\frac{\partial y}{\partial a}$ where $y = \max(0, \cdot)$ is active.",
            "2*s*s*(1-s)*b + 1",
            r"""$$
\frac{\partial y}{\partial a} = \underbrace{2 \sigma(u)}_{\text{square}} \cdot \sigma(u)\bigl(1 - \sigma(u)\bigr) \cdot b + 1,
\qquad \left.\frac{\partial \sigma}{\partial u}\right|_{u = ab} = \sigma(ab)(1 - \sigma(ab)).
$$

A very wide one:

$$ x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + x_{10} + x_{11} + x_{12} + x_{13} + x_{14} + x_{15} + x_{16} + x_{17} + x_{18} = 3.1416 + 2.7183 = 5.8599 $$""",
        ),
        part(
            "8b",
            "choices",
            "Which of these are true?",
            "a c",
            "See the lecture.",
            options=(
                "the graph is **acyclic**",
                "each node is visited *twice*",
                "the cost is $\\mathcal{O}(|E|)$",
            ),
        ),
        part(
            "8c",
            "interval",
            "For which $u$ is $\\sigma(u) \\ge \\tfrac12$?",
            "[0, oo)",
            "$u \\ge 0$.",
        ),
        figures=[DENSE_GRAPH, SQUARE, PATHS],
    ),
)

paper = Paper(Head("Deep-learning mathematics"), PROBLEMS, seed=7, level="medium")
