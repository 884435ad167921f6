"""A recurrent network drawn step by step."""

from partialcredit.figures import Graph, Node

__all__ = ["unrolled"]


def unrolled(steps, weights=("W_x", "W_h", "W_o"), below="y"):
    """The network from h_0 over all steps; under every state stands what is made of it, if at all.

    ``weights`` label the edges from an input, from the state before and to what is below.
    """
    w_x, w_h, w_o = weights
    times = range(1, steps + 1)
    nodes = [Node("h0", "h_0", "input")]
    nodes += [Node(f"x{t}", f"x_{t}", "input") for t in times]
    nodes += [Node(f"h{t}", f"h_{t}") for t in times]
    edges = [(f"h{t - 1}", f"h{t}", w_h) for t in times]
    edges += [(f"x{t}", f"h{t}", w_x) for t in times]
    if below:
        nodes += [Node(f"{below}{t}", f"{below}_{t}", "output") for t in times]
        edges += [(f"h{t}", f"{below}{t}", w_o) for t in times]
    made = f", and from every state an edge {w_o} leads to its {below}" if below else ""
    alt = (
        f"The network unrolled over {steps} steps: from every state an edge {w_h} leads to the "
        f"next one, h_0 first; from the input x of a step an edge {w_x} leads to its state{made}."
    )
    return Graph(alt, tuple(nodes), tuple(edges))
