"""Data, the training loop, checkpoints, the first lectures' learners, drawings and the command."""

from __future__ import annotations

import gzip
import json
import pickle
import struct
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from partialcredit.cli import cli
from partialcredit.cli.train import _curves
from partialcredit.engine import (
    SGD,
    Adam,
    CrossEntropyLoss,
    Dataset,
    EarlyStopping,
    History,
    Linear,
    Momentum,
    as_images,
    batches,
    evaluate,
    fit,
    k_fold,
    knn_predict,
    least_squares,
    lenet5,
    load_checkpoint,
    load_idx,
    load_npz,
    mlp,
    principal_path,
    save_checkpoint,
    split,
    trajectory,
)  # fmt: skip
from partialcredit.engine.data.augment import shift
from partialcredit.engine.models.registry import MODELS
from partialcredit.engine.training.run import Result
from partialcredit.errors import EngineError, PartialCreditError
from partialcredit.writers.drawing.svg import sheet

RNG = np.random.default_rng(0)


def blobs(count=120):
    """Three well separated classes in the plane, as 1 by 1 by 2 images."""
    y = np.arange(count) % 3
    x = RNG.normal(size=(count, 2)) * 0.3 + np.array([[0, 0], [3, 0], [0, 3]])[y]
    return Dataset(x.astype(np.float32).reshape(-1, 1, 1, 2), y, 3)


@pytest.mark.parametrize("count", [1, 7, 64])
def test_batches_take_every_row_once(count):
    rows = list(batches(count, 5, generator=1))
    assert sorted(np.concatenate(rows)) == list(range(count))
    assert all(len(r) == 5 for r in batches(count, 5, 1, drop_last=True))


def test_folds_and_splits_divide():
    folds = list(k_fold(10, 3, generator=0))
    assert sorted(np.concatenate([held for _, held in folds])) == list(range(10))
    assert all(sorted([*train, *held]) == list(range(10)) for train, held in folds)
    parts = split(100, 0.6, 0.2, 0.2, generator=0)
    assert [len(p) for p in parts] == [60, 20, 20]
    assert sorted(np.concatenate(parts)) == list(range(100))
    for act in (lambda: list(k_fold(3, 4)), lambda: split(3, 0.5), lambda: batches(3, 0)):
        with pytest.raises(EngineError):
            act()


def test_files_are_read_and_pickles_are_not(tmp_path):
    x, y = RNG.integers(0, 255, (4, 5, 5), dtype=np.uint8), np.array([0, 1, 2, 1], dtype=np.uint8)
    for name, array, pack in (
        ("train-images-idx3-ubyte.gz", x, gzip.compress),
        ("train-labels-idx1-ubyte", y, bytes),
    ):
        head = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
        (tmp_path / name).write_bytes(pack(head + array.tobytes()))
    data = load_idx(tmp_path)
    np.testing.assert_allclose(data.x, x / np.float32(255))
    assert data.classes == 3
    np.savez(tmp_path / "d.npz", x=x, y=y)
    np.testing.assert_array_equal(load_npz(tmp_path / "d.npz").y, y)
    np.savez(tmp_path / "evil.npz", x=np.array([{}], dtype=object), y=np.array([0]))
    (tmp_path / "evil2.npz").write_bytes(pickle.dumps([1]))
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01\0\0\0\x09ab")
    for act in (
        lambda: load_npz(tmp_path / "evil.npz"), lambda: load_npz(tmp_path / "evil2.npz"),
        lambda: load_idx(tmp_path),
    ):  # fmt: skip
        with pytest.raises(EngineError):
            act()


def test_images_are_enlarged_and_centred():
    image = as_images(np.ones((1, 8, 8)), 32)
    assert image.shape == (1, 1, 32, 32)
    assert image.all()
    framed = as_images(np.ones((1, 28, 28)), 32)[0, 0]
    assert framed.sum() == 28 * 28
    assert framed[2:30, 2:30].all()


def test_shifts_keep_the_pixels():
    x = np.zeros((50, 1, 9, 9))
    x[:, 0, 4, 4] = 1
    moved = shift(x, np.random.default_rng(0), 2)
    assert (moved.sum(axis=(1, 2, 3)) == 1).all()
    rows, columns = np.nonzero(moved)[2:]
    assert set(rows) == set(columns) == {2, 3, 4, 5, 6}


def test_training_learns_and_is_reproducible():
    runs = []
    for _ in range(2):
        data = blobs() if not runs else runs[0][0]
        model = mlp((1, 1, 2), 3, generator=0)
        history = fit(
            model,
            CrossEntropyLoss(),
            Adam(model.parameters(), 0.01),
            data,
            5,
            16,
            data,
            generator=1,
        )
        runs.append((data, history))
    assert runs[0][1] == runs[1][1]
    assert runs[0][1].validation_accuracy[-1] == 1
    assert evaluate(model, CrossEntropyLoss(), data).loss == pytest.approx(
        history.validation_loss[-1]
    )
    assert all(p.requires_grad for p in model.parameters())


def test_early_stopping_restores_the_best_values():
    """Validated on unrelated labels, learning soon does harm."""
    data = blobs()
    noise = Dataset(data.x, RNG.permutation(data.y), 3)
    model = mlp((1, 1, 2), 3, generator=0)
    loss, rule = CrossEntropyLoss(), EarlyStopping(patience=2)
    optimizer = SGD(model.parameters(), 0.7)
    history = fit(model, loss, optimizer, data, 50, 16, noise, generator=0, stopping=rule)
    assert len(history.loss) == rule.best_epoch + 3 < 50
    assert evaluate(model, loss, noise).loss == pytest.approx(rule.best)


def test_checkpoints_round_trip_without_pickle(tmp_path):
    a, b = lenet5(generator=0), lenet5(generator=1)
    save_checkpoint(a, tmp_path / "m.npz")
    load_checkpoint(b, tmp_path / "m.npz")
    x = RNG.random((2, 1, 32, 32), dtype=np.float32)
    np.testing.assert_array_equal(a(x).data, b(x).data)
    with pytest.raises(EngineError, match=r"expects shape|differ"):
        load_checkpoint(Linear(2, 2), tmp_path / "m.npz")
    with pytest.raises(EngineError, match="cannot be read"):
        load_checkpoint(a, tmp_path / "none.npz")


def test_nearest_neighbours_vote():
    x, y = np.array([[0.0], [1.0], [2.0], [10.0]]), np.array([0, 1, 1, 0])
    np.testing.assert_array_equal(knn_predict(x, y, np.array([[0.1], [9.0]]), k=1), [0, 0])
    np.testing.assert_array_equal(knn_predict(x, y, np.array([[0.1], [9.0]]), k=3), [1, 1])
    with pytest.raises(EngineError, match="k=5"):
        knn_predict(x, y, x, k=5)


def test_least_squares_makes_the_residual_normal_to_the_columns():
    x, y = RNG.normal(size=(20, 3)), RNG.normal(size=20)
    theta = least_squares(x, y)
    np.testing.assert_allclose(x.T @ (x @ theta - y), 0, atol=1e-12)
    ridge = least_squares(x, y, weight_decay=2.0)
    np.testing.assert_allclose(x.T @ (x @ ridge - y) + 2 * ridge, 0, atol=1e-12)


def test_a_trajectory_holds_every_point_of_the_descent():
    valley = lambda p: (p * p * np.array([1.0, 10.0])).sum()  # noqa: E731
    path = trajectory(valley, lambda p: SGD(p, 0.05), [1.0, 1.0], 20)
    np.testing.assert_allclose(path[:2], [[1.0, 1.0], [0.9, 0.0]], atol=1e-12)
    assert path.shape == (21, 2)


def test_a_trajectory_looks_ahead():
    """Nesterov (1983) from rest: v_1 = lr f', v_2 = 0.9 v_1 + lr f'(x_1 - 0.9 v_1), f = x²."""
    path = trajectory(
        lambda p: (p * p).sum(), lambda p: Momentum(p, 0.1, 0.9, nesterov=True), [1.0], 2
    )
    np.testing.assert_allclose(path[:, 0], [1.0, 0.8, 0.8 - (0.18 + 0.2 * (0.8 - 0.18))])


def test_a_principal_path_keeps_distances_in_the_plane_of_the_snapshots():
    corners = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]])
    turned, _ = np.linalg.qr(RNG.normal(size=(50, 2)))
    path = principal_path(corners @ turned.T + 7.0)
    sides = [np.linalg.norm(path[i] - path[j]) for i, j in ((0, 1), (1, 2), (0, 2))]
    np.testing.assert_allclose(sides, [3, 4, 5])


def run(*arguments):
    return CliRunner().invoke(cli, ["train", *map(str, arguments)])


def test_the_command_trains_on_a_file(tmp_path):
    data = blobs(200)
    np.savez(tmp_path / "d.npz", x=data.x, y=data.y)
    svg, npz = tmp_path / "p.svg", tmp_path / "m.npz"
    result = run(
        "mlp",
        "--data",
        tmp_path / "d.npz",
        "--epochs",
        5,
        "--json",
        "--plot",
        svg,
        "--checkpoint",
        npz,
    )
    report = json.loads(result.stdout)
    assert report["test_accuracy"] == 1
    assert len(report["history"]["loss"]) == 5
    assert result.stderr == ""  # no progress bar without a terminal
    assert ElementTree.fromstring(svg.read_text()).tag.endswith("svg")
    assert npz.stat().st_size > 1000
    assert (
        json.loads(run("mlp", "--data", tmp_path / "d.npz", "--epochs", 5, "--json").stdout)[
            "history"
        ]
        == report["history"]
    )


@pytest.mark.parametrize("scale", [0.0, 1e-9, 1.0])
@pytest.mark.parametrize("epochs", [1, 9])
def test_every_history_can_be_drawn(scale, epochs):
    """One epoch, losses too small for a figure's decimals, values that never moved."""
    losses = [scale / n for n in range(1, epochs + 1)]
    path = np.outer(range(epochs + 1), [scale, 0.0])
    history = History(losses, losses, losses, losses)
    curves = _curves(Result(None, history, None, 0, 0.0, path))
    assert [len(plot.curves) for plot in curves] == [2, 2, 1]
    assert ElementTree.fromstring(sheet("title", curves)).tag.endswith("svg")


@pytest.mark.parametrize(
    "name",
    ["adam", "adamw", "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "rmsprop-momentum"],
)
def test_the_command_knows_every_optimizer(tmp_path, name):
    data = blobs(60)
    np.savez(tmp_path / "d.npz", x=data.x, y=data.y)
    result = run(
        "softmax", "--data", tmp_path / "d.npz", "--epochs", 1, "--optimizer", name, "--patience", 1
    )
    assert result.exit_code == 0
    assert "test accuracy" in result.stdout


@pytest.mark.slow
def test_lenet_on_digits_reaches_97_percent():
    pytest.importorskip("sklearn", reason="the digits need the extra 'data'")
    result = run("lenet5", "--data", "digits", "--json")
    assert json.loads(result.stdout)["test_accuracy"] >= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(MODELS) - {"alexnet", "vgg16"}))
def test_every_model_prints_its_table(name):
    assert "Total params" in run(name, "--summary").stdout
    assert json.loads(run(name, "--summary", "--json").stdout)["parameters"] > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["lenet"], "lenet5"), (["mlp", "--data", "no"], "'no'"), (["mlp", "--plot", "x.png"], "svg")],
)  # fmt: skip
def test_mistakes_are_one_sentence(arguments, words):
    result = run(*arguments)
    assert isinstance(result.exception, PartialCreditError)
    assert words in str(result.exception)
