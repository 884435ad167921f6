"""Every adapter, run with models whose scores are known; absent frameworks are skipped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from partialcredit.environments.lm_eval import process_results, write_task
from partialcredit.environments.trl import trl_reward
from partialcredit.environments.verl import compute_score
from partialcredit.errors import InputError
from tests.environments.models import babbler, blank, oracle

Row = Mapping[str, Any]
Model = Callable[[Row], str]

SCORES = [(oracle, 1.0), (blank, 0.0), (babbler, 0.0)]


@pytest.mark.parametrize(("model", "expected"), SCORES)
def test_plain_functions(rows: list[dict[str, Any]], model: Model, expected: float) -> None:
    texts = [model(row) for row in rows]
    column = [row["problem"] for row in rows]
    assert trl_reward(texts, column, family=["x"], log_extra=print) == [expected] * len(rows)
    chats = [[{"role": "assistant", "content": text}] for text in texts]
    assert trl_reward(chats, column) == [expected] * len(rows)
    assert compute_score("set", texts[0], column[0], {"index": 3}) == expected


def keys_of(problem: str) -> Row:
    """As much of a row as the scripted models look at."""
    parts = json.loads(problem)["parts"]
    return {"parts": [{"label": part["id"][-1], "key": part["key"]} for part in parts]}


@pytest.mark.slow
def test_reasoning_gym() -> None:
    gym = pytest.importorskip("reasoning_gym")
    import partialcredit.environments.reasoning_gym  # noqa: F401

    data = gym.create_dataset("partialcredit", seed=4, size=6, families=("losses", "cnn_shapes"))
    again = gym.create_dataset("partialcredit", seed=4, size=6, families=("losses", "cnn_shapes"))
    assert [entry["question"] for entry in data] == [again[i]["question"] for i in range(6)]
    for entry in data:
        json.dumps(entry)
        row = keys_of(entry["metadata"]["problem"])
        assert data.score_answer(entry["answer"], entry) == 1
        assert data.score_answer(None, entry) == 0
        assert [data.score_answer(model(row), entry) for model, _ in SCORES] == [1, 0, 0]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of what Inspect itself builds on
def test_inspect(tmp_path: Any) -> None:
    inspect = pytest.importorskip("inspect_ai")
    from inspect_ai.model import ModelOutput, ModelUsage, get_model

    from partialcredit.environments.inspect_task import exam

    def said(text: str) -> ModelOutput:
        output = ModelOutput.from_content("mockllm/model", text)
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    for model, expected in SCORES:
        task = exam("losses, cnn_shapes", 5, "easy", 7)
        outputs = [said(model(keys_of(sample.metadata["problem"]))) for sample in task.dataset]
        mock = get_model("mockllm/model", custom_outputs=outputs)
        (log,) = inspect.eval(task, model=mock, log_dir=str(tmp_path), display="none")
        assert log.status == "success", log.error
        metrics = {name: metric.value for name, metric in log.results.scores[0].metrics.items()}
        assert metrics["mean"] == expected
        assert metrics["stderr"] == 0


@pytest.mark.slow
def test_inspect_finds_the_task_by_name() -> None:
    pytest.importorskip("inspect_ai")
    from importlib.metadata import entry_points

    (found,) = [e for e in entry_points(group="inspect_ai") if e.name == "partialcredit"]
    assert callable(found.load().exam)


@pytest.mark.slow
def test_verifiers() -> None:
    pytest.importorskip("verifiers.v1")
    from asyncio import run
    from itertools import islice
    from types import SimpleNamespace

    from partialcredit.environments.verifiers_exam import ExamConfig, ExamTaskset

    taskset = ExamTaskset(ExamConfig(families=("losses",), level="easy", seed=3))
    tasks = list(islice(taskset.load(), 4))
    assert len({task.data.prompt for task in tasks}) == 4
    for task in tasks:
        for model, expected in SCORES:
            reply = model(keys_of(task.data.problem))
            assert run(task.marks(SimpleNamespace(last_reply=reply))) == expected
        assert run(task.marks(SimpleNamespace(last_reply=None))) == 0


def test_the_task_for_the_harness(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / 'a "set".jsonl'
    path.write_text("\n".join(json.dumps(row) for row in rows))
    write_task(path, tmp_path / "task")
    written = (tmp_path / "task" / "partialcredit.yaml").read_text()
    plain = yaml.safe_load(written.replace("!function ", ""))
    assert plain["dataset_kwargs"]["data_files"]["test"] == str(path)
    for model, expected in SCORES:
        found = process_results(rows[0], [model(rows[0])])
        assert found == {"marks": expected, "right": float(expected == 1)}
    with pytest.raises(InputError, match="is no file"):
        write_task(tmp_path / "nothing", tmp_path)


def test_a_shard_as_a_task_of_an_array(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None or shutil.which("sha256sum") is None:
        pytest.skip("no shell here")
    script = Path(__file__).parents[2] / "docs" / "shards.sh"
    folder = Path(sys.executable).parent
    told = {
        "SEED": "5", "COUNT": "4", "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "2",
        "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path),
    }  # fmt: skip
    for _ in range(2):
        done = subprocess.run([bash, str(script)], cwd=tmp_path, env=told, check=False)
        assert done.returncode == 0
    (shard,) = (tmp_path / "set").glob("*.jsonl")
    assert shard.name == "000002-of-000002.jsonl"
    assert len(shard.read_text().splitlines()) == 2
