"""Shards are the set, byte for byte, whatever was killed; one bad family stops nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partialcredit.cli import main
from partialcredit.environments import cluster, sets
from partialcredit.environments.card import CARD
from partialcredit.environments.evaluation import Mean
from partialcredit.environments.sets import Plan, write_rows
from partialcredit.errors import FamilyError
from tests.environments.models import blank, oracle, slip_maker, slip_of

NAMES = ("losses", "cnn_shapes")
Run = Callable[..., tuple[int, str, str]]


def silent(_: object) -> None:
    """No progress is shown."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partialcredit", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def generated(run: Run, target: str, *more: str) -> bytes:
    code, _, said = run("generate", *NAMES, "-n", "30", "--seed", "5", "-o", target, *more)
    assert code == 0, said
    return Path(target).read_bytes()


def test_shards_in_order_are_the_set(run: Run) -> None:
    whole = generated(run, "whole/set.jsonl")
    parts = [generated(run, f"parts/{i}.jsonl", "--shard", f"{i}/4") for i in range(1, 5)]
    assert b"".join(parts) == whole
    assert min(part.count(b"\n") for part in parts) == 7
    digest, name = Path("whole/set.jsonl.sha256").read_text().split()
    assert (digest, name) == (hashlib.sha256(whole).hexdigest(), "set.jsonl")
    assert not list(Path("parts").glob(".*"))


def test_a_run_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    plan = Plan.of(NAMES, 20, "easy", 3)
    whole, part = tmp_path / "whole", tmp_path / "part"
    write_rows(plan, whole, silent)
    lines = whole.read_bytes().splitlines(keepends=True)
    for kept in (b"", b"".join(lines[:7]), b"".join(lines[:7]) + lines[7][:50], whole.read_bytes()):
        part.write_bytes(kept)
        told: list[object] = []
        write_rows(plan, part, told.append)
        assert part.read_bytes() == whole.read_bytes()
        assert len(told) == 20


def test_other_arguments_are_another_run() -> None:
    plan = Plan.of(NAMES, 20, "easy", 3)
    others = [
        Plan.of(NAMES, 21, "easy", 3), Plan.of(NAMES, 20, "hard", 3), Plan.of(NAMES, 20, "easy", 4),
        Plan.of(NAMES, 20, "easy", 3, shard=1, shards=2), Plan.of(NAMES[:1], 20, "easy", 3),
        Plan.of(NAMES, 20, "easy", 3, choices=True),
    ]  # fmt: skip
    assert plan.digest == Plan.of(NAMES, 20, "easy", 3).digest
    assert plan.digest not in {other.digest for other in others}


@pytest.mark.slow
def test_a_killed_process_is_resumed(tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "partialcredit", "generate", *NAMES, "-n", "1200", "--seed", "5",
        "-o",
    ]  # fmt: skip
    subprocess.run([*command, str(tmp_path / "a.jsonl")], check=True, capture_output=True)
    target = tmp_path / "b.jsonl"
    with subprocess.Popen([*command, str(target)], stderr=subprocess.DEVNULL) as process:
        for _ in range(2000):
            if any(path.stat().st_size > 200_000 for path in tmp_path.glob(".b*")):
                break
            time.sleep(0.01)
        process.kill()
    assert not target.exists()
    assert list(tmp_path.glob(".b*"))
    subprocess.run([*command, str(target)], check=True, capture_output=True)
    assert target.read_bytes() == (tmp_path / "a.jsonl").read_bytes()


@pytest.mark.parametrize("error", [FamilyError, AttributeError])
def test_a_bad_family_stops_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    real = sets.generate

    def fails(family: Any, level: Any, seed: int) -> Any:
        if family.id == "losses/class_weighting":
            raise error("the witnesses disagree in losses/class_weighting")
        return real(family, level, seed)

    monkeypatch.setattr(sets, "generate", fails)
    code, _, said = run("generate", *NAMES, "-n", "30", "--seed", "5", "-o", "set.jsonl")
    assert code == 1
    assert "left out: " in said
    assert "the witnesses disagree in losses/class_weighting" in said
    rows = [json.loads(line) for line in Path("set.jsonl").read_text().splitlines()]
    assert len(rows) >= 25
    assert "losses/class_weighting" not in {row["family"] for row in rows}


def test_a_foreign_readme_stays(run: Run) -> None:
    Path(CARD).write_text("mine")
    generated(run, "set.jsonl")
    assert Path(CARD).read_text() == "mine"
    generated(run, "x/set.jsonl")
    assert "How not to leak it" in Path("x", CARD).read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--shard", "1/2", "-o", "a.jsonl"), "give --seed N to each of them"),
        (("--shard", "3/2", "--seed", "1", "-o", "a.jsonl"), "--shard is I/N"),
        (("--shard", "1/2", "--seed", "1", "-o", "a.pdf"), "a set is one file"),
        (("-o", "a.jsonl", "-o", "b.jsonl"), "a set is one file"),
        (("-o", "a.jsonl", "--key", "k.pdf"), "--key does not go with a set"),
        (("-n", "100001", "-o", "a.pdf"), "write a set instead"),
        (("-o", "a.jsonl", "--cluster", "tcp://127.0.0.1:1"), "dask"),
    ],
)
def test_what_a_set_cannot_be(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    code, _, said = run("generate", *NAMES, *arguments)
    assert code == 2
    assert message in said
    assert not list(Path().glob("*.jsonl"))


@pytest.mark.slow
def test_parquet_holds_the_same_rows(run: Run) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [json.loads(line) for line in generated(run, "a/set.jsonl").splitlines()]
    generated(run, "b/set.parquet")
    assert parquet.read_table("b/set.parquet").to_pylist() == rows


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of what dask itself builds on
def test_a_cluster_writes_the_same_bytes_when_a_worker_dies(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    plan = Plan.of(NAMES, 300, "easy", 3)
    write_rows(plan, tmp_path / "alone", silent)
    told = 0

    def kills(_: object) -> None:
        nonlocal told
        told += 1
        if told == 40:
            next(iter(local.workers.values())).process.process.kill()

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as local:
        write_rows(plan, tmp_path / "together", kills, local.scheduler_address)
    assert (tmp_path / "together").read_bytes() == (tmp_path / "alone").read_bytes()


def test_an_evaluation_finds_what_was_put_in(run: Run) -> None:
    rows = [json.loads(line) for line in generated(run, "set.jsonl").splitlines()]
    models = [oracle, slip_maker, blank]
    said, slips = [], 0
    for number, row in enumerate(rows):
        model = models[number % 3]
        said.append({"id": row["id"], "response": model(row)})
        slips += model is slip_maker and slip_of(row) is not None
    Path("said.jsonl").write_text("\n".join(map(json.dumps, said)))
    code, out, _ = run("evaluate", "said.jsonl", "--set", "set.jsonl", "--json")
    assert code == 0
    found = json.loads(out)
    everything = next(group for group in found["groups"] if group["group"] == "all")
    assert everything["count"] == 30
    assert everything["right"] == pytest.approx((20 - slips) / 30)
    assert sum(slip["count"] for slip in found["slips"]) >= 0.8 * slips > 5
    code, out, _ = run("evaluate", "said.jsonl", "--set", "set.jsonl")
    assert code == 0
    assert "topic cnn_shapes" in out


@pytest.mark.parametrize(
    "line", ["{", "3", '{"id": "x", "response": "1"}', '{"response": "1"}', '{"problem": "{}"}']
)
def test_a_line_that_is_no_response_is_said(run: Run, line: str) -> None:
    Path("said.jsonl").write_text(line)
    code, _, said = run("evaluate", "said.jsonl")
    assert code == 2
    assert "line 1" in said


def test_error_bars_of_clusters() -> None:
    """Equal values within families count as one each; the figures are worked out by hand."""
    alike = Mean.of([("a", 1.0)] * 4 + [("b", 0.0)] * 4)
    assert alike.value == 0.5
    assert alike.half_width == pytest.approx(1.96 * (2**2 + 2**2) ** 0.5 / 8)
    single = Mean.of([(str(i), float(i % 2)) for i in range(8)])
    assert single.half_width == pytest.approx(1.96 * 0.5 / 8**0.5)
    assert Mean.of([("a", 1.0), ("a", 0.0)]).half_width is None
