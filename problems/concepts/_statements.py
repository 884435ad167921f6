"""The bank of statements, by topic and by name."""

from partialcredit.problems.concepts import (
    _statements_convolution,
    _statements_learning,
    _statements_networks,
    _statements_optimization,
    _statements_practice,
)

__all__ = ["STATEMENTS", "TOPICS"]

TOPICS = {
    "convolution": _statements_convolution.STATEMENTS,
    "learning": _statements_learning.STATEMENTS,
    "networks": _statements_networks.STATEMENTS,
    "optimization": _statements_optimization.STATEMENTS,
    "practice": _statements_practice.STATEMENTS,
}

STATEMENTS = {statement.name: statement for some in TOPICS.values() for statement in some}
