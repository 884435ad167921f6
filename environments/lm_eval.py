"""A set as a task of lm-evaluation-harness.

    python -m partialcredit.environments.lm_eval set.jsonl task/
    lm_eval --include_path task --tasks partialcredit --model ...

Nothing of the harness is imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partialcredit.environments.rewards import reward
from partialcredit.errors import InputError
from partialcredit.files import write_files

__all__ = ["process_results", "write_task"]

_TASK = """\
task: partialcredit
dataset_path: json
dataset_kwargs:
  data_files:
    test: {path}
test_split: test
output_type: generate_until
doc_to_text: "{{{{prompt[0].content}}}}"
doc_to_target: "{{{{problem}}}}"
process_results: !function partialcredit_marks.process_results
generation_kwargs:
  until: []
  max_gen_toks: 4096
metric_list:
  - metric: marks
    aggregation: mean
    higher_is_better: true
  - metric: right
    aggregation: mean
    higher_is_better: true
metadata:
  version: 1
"""

_FUNCTION = """\
from partialcredit.environments.lm_eval import process_results

__all__ = ["process_results"]
"""


def process_results(doc: Mapping[str, Any], results: Sequence[str]) -> dict[str, float]:
    """The share of the marks of one response, and whether it earned all of them."""
    share = reward(doc["problem"], results[0])
    return {"marks": share, "right": float(share == 1)}


def write_task(rows: Path, folder: Path) -> None:
    """Write the two files of the task; raises InputError."""
    if not rows.is_file():
        raise InputError(f"{rows} is no file; write one with 'partialcredit generate -o set.jsonl'")
    task = _TASK.format(path=json.dumps(rows.resolve().as_posix()))
    write_files(
        {
            folder / "partialcredit.yaml": task.encode(),
            folder / "partialcredit_marks.py": _FUNCTION.encode(),
        }
    )


if __name__ == "__main__":
    try:
        write_task(*map(Path, sys.argv[1:]))
    except (InputError, TypeError) as error:
        sys.exit(f"lm_eval SET.jsonl FOLDER/: {error}")
