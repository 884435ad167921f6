"""The card beside a set: what it holds, how its keys were verified, how not to leak it."""

from __future__ import annotations

from pathlib import Path

from partialcredit.environments.sets import Plan
from partialcredit.version import __version__

__all__ = ["CARD", "card", "is_card"]

CARD = "README.md"

_SIGN = "<!-- written by partialcredit -->"


def is_card(path: Path) -> bool:
    """Whether a file is such a card, which may be replaced by a newer one."""
    with path.open("rb") as file:
        return _SIGN.encode() in file.read(2000)


def card(plan: Plan, suffix: str) -> str:
    """Markdown with a head that the Hugging Face hub and ``datasets`` read."""
    topics = sorted({family.partition("/")[0] for family in plan.families})
    shards = f"in {plan.shards} shards, " if plan.shards > 1 else ""
    return f"""---
pretty_name: Deep-learning mathematics
language: en
task_categories: [question-answering]
configs:
- config_name: default
  data_files: "*{suffix}"
---
{_SIGN}

# Exam problems in deep-learning mathematics

{plan.count:,} problems of level *{plan.level}*, {shards}of {len(plan.families)} families in
{len(topics)} topics: {", ".join(topics)}. Written by partialcredit {__version__}.

## How the keys were verified

The key of every part was computed twice before its row was written: exactly by a solver, and again
by a numeric engine that shares no code with it (a convolution is run, a gradient is a finite
difference, an expectation is a sum over all cases). A problem on which the two disagree is left
out. Parts of kind `text` have a model answer that a person compares; a reward leaves them out.

## Columns

| column | holds |
|---|---|
| `id` | a digest of family, version, level and parameters: equal problems have the same one |
| `topic`, `family`, `version`, `level`, `seed` | where the problem comes from |
| `prompt` | the question as a chat, Markdown with TeX |
| `parts` | label, name, kind, marks, key and worked solution of each part |
| `slips` | wrong answers with a name: what leads to them, and what to say |
| `marks`, `minutes` | in all |
| `problem` | JSON from which `partialcredit.reward(row, text)` marks an answer |

## How not to leak it

Whoever has these files has the keys, and whoever has the program and the seed can write them again.
Keep a set for evaluation out of public places and out of training data, make it with a large random
seed of your own (`--seed`), and make a new one when in doubt: that costs minutes. To tell whether
two sets share problems, compare their `id` columns.
"""
