"""What a formula may be as an answer, and whether each of its sides is the key."""

from __future__ import annotations

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.equality import same_function
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Verdict
from partialcredit.grading.reader.labels import claims
from partialcredit.grading.reader.names import Names
from partialcredit.grading.strangers import strangers
from partialcredit.grading.tree import Node, names_in, walk

__all__ = ["compare_formulas", "last_side", "refuse_huge", "refuse_strangers"]


def last_side(tree: Node, names: Names) -> Node:
    """The formula in ``y = a = b`` that is asked for; the tree itself where it is no such chain."""
    sides = claims(tree, names)
    return sides[-1] if sides else tree


def compare_formulas(key: Node, answer: Node, names: Names) -> Verdict:
    """Every side of the answer must be the key."""
    sides = claims(answer, names)
    if not sides:
        return Verdict("different", "exact", "A formula is asked for, not an equation to solve.")
    ours, verdict = last_side(key, names), Verdict("undecided")
    for side in sides:
        verdict = same_function(ours, side, names)
        if verdict.outcome != "equivalent":
            return verdict
    return verdict


def refuse_strangers(text: str, tree: Node, names: Names) -> None:
    """A letter that the question does not know is a slip of the pen, not an answer."""
    side = last_side(tree, names)
    strange = strangers(side.args[-1] if side.op == "compare" else side, names)
    if strange:
        known = ", ".join(names.symbols) or "numbers only"
        raise UnreadableAnswer(
            text,
            max(text.find(strange[0]), 0),
            f"the question has no {strange[0]!r}; it uses {known}",
        )


def refuse_huge(text: str, tree: Node) -> None:
    """Refuse numbers such as 9^9^9 that SymPy would try to write out."""
    for node in walk(tree):
        if node.op in ("pow", "call", "sum", "prod") and not names_in(node):
            try:
                exact_number(node)
            except NotANumber as error:
                if "large" in str(error) or "terms" in str(error):
                    raise UnreadableAnswer(
                        text, 0, f"expected numbers of an ordinary size: {error}"
                    ) from None
