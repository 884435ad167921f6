"""``partialcredit train``: train a model on the numeric engine, or print its table."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from partialcredit.engine.optim.optimizer import Optimizer

__all__ = ["command"]

OPTIMIZERS = (
    "adam", "adamw", "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "rmsprop-momentum",
)  # fmt: skip


@click.command("train")
@click.argument("model")
@click.option(
    "--data",
    "source",
    default="digits",
    show_default=True,
    help="digits, an .npz file with x and y, or a folder of MNIST's IDX files.",
)
@click.option("--optimizer", type=click.Choice(OPTIMIZERS), default="adam", show_default=True)
@click.option("--lr", type=click.FloatRange(min=0), help="Learning rate; the model has its own.")
@click.option("--epochs", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--batch-size", type=click.IntRange(min=1), default=32, show_default=True)
@click.option("--patience", type=click.IntRange(min=1), help="Stop early after so many epochs.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--plot", type=click.Path(dir_okay=False), help="Write the curves to an .svg file.")
@click.option("--checkpoint", type=click.Path(dir_okay=False), help="Write the values to an .npz.")
@click.option("--summary", is_flag=True, help="Print the model's table instead of training it.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    model: str, source: str, optimizer: str, lr: float | None, epochs: int, batch_size: int,
    patience: int | None, seed: int, plot: str | None, checkpoint: str | None, summary: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Train MODEL: linear, softmax, mlp, autoencoder, lenet5, alexnet, vgg16 or resnet18.

    70 % of the data train; the rest in halves are for validation and the test.
    """
    # on models this small a second BLAS thread costs more than it brings
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from partialcredit.engine.models.registry import model as named

    if plot and not plot.endswith(".svg"):
        raise InputError(f"--plot expects a file ending in .svg, but received {plot!r}")
    for path in filter(None, (plot, checkpoint)):
        if not os.access(Path(path).parent, os.W_OK):  # said before the training, not after it
            raise InputError(f"cannot write {path}: {Path(path).parent} is no folder to write in")
    chosen = named(model)
    if summary:
        _print_summary(model, as_json)
        return
    from partialcredit.engine.plot.curves import draw_history
    from partialcredit.engine.training.run import train_model
    from partialcredit.files import write_files

    progress = _bar if sys.stderr.isatty() else None
    result = train_model(
        chosen, source, lambda params: _optimizer(optimizer, params, lr or chosen.lr), epochs,
        batch_size, seed, patience, progress,
    )  # fmt: skip
    if progress is not None:
        click.echo(err=True)
    if checkpoint:
        from partialcredit.engine.training.checkpoint import save_checkpoint

        try:
            save_checkpoint(result.model, checkpoint)
        except OSError as error:
            raise InputError(
                f"--checkpoint cannot write {checkpoint!r}: {error.strerror}"
            ) from None
    if plot:
        title = f"{model} on {source}, {optimizer}"
        drawing = draw_history(result.history, title, result.path.tolist())
        write_files({Path(plot): drawing.encode()})
    report = {
        "model": model, "data": source, "optimizer": optimizer, "seed": seed,
        "epochs": len(result.history.loss), "parameters": result.parameters,
        "test_loss": result.test.loss, "test_accuracy": result.test.accuracy,
        "seconds": round(result.seconds, 2), "history": result.history.as_dict(),
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(report))
        return
    accuracy = result.test.accuracy
    click.echo(
        f"{model}: {result.parameters:,} parameters, {report['epochs']} epochs in "
        f"{result.seconds:.1f} s, test loss {result.test.loss:.4f}"
        + ("" if accuracy is None else f", test accuracy {accuracy:.2%}")
    )


def _optimizer(name: str, params: Any, lr: float) -> Optimizer:
    """The optimizer of this name; momentum is 0.9 where there is one."""
    from partialcredit.engine import SGD, Adagrad, Adam, AdamW, RMSprop

    options: dict[str, tuple[Any, dict[str, Any]]] = {
        "adam": (Adam, {}),
        "adamw": (AdamW, {}),
        "sgd": (SGD, {}),
        "momentum": (SGD, {"momentum": 0.9}),
        "nesterov": (SGD, {"momentum": 0.9, "nesterov": True}),
        "adagrad": (Adagrad, {}),
        "rmsprop": (RMSprop, {}),
        "rmsprop-momentum": (RMSprop, {"momentum": 0.9}),
    }
    method, arguments = options[name]
    built: Optimizer = method(params, lr=lr, **arguments)
    return built


def _print_summary(name: str, as_json: bool) -> None:
    """The table of one model for one image of the size it is known for."""
    import numpy as np

    from partialcredit.engine import summary, trace
    from partialcredit.engine.models.registry import MODELS

    shape = MODELS[name].shape or (1, 28, 28)
    built = MODELS[name].build(shape, 1000 if shape[0] == 3 else 10, dtype=np.float32, generator=0)
    if not as_json:
        click.echo(summary(built, (1, *shape)))
        return
    records = trace(built, (1, *shape))
    layers = [
        {
            "name": r.name, "layer": type(r.module).__name__, "output_shape": r.output_shape,
            "parameters": r.parameters, "multiply_adds": r.multiply_adds,
        }
        for r in records
    ]  # fmt: skip
    click.echo(
        json.dumps({"model": name, "parameters": sum(r.parameters for r in records),
                    "multiply_adds": sum(r.multiply_adds for r in records), "layers": layers})
    )  # fmt: skip


def _bar(done: int, total: int, loss: float) -> None:
    """Redraw the progress bar on stderr."""
    full = 30 * done // total
    bar = "█" * full + "·" * (30 - full)
    click.echo(f"\r{bar} {100 * done // total:3d} %  loss {loss:.4f} ", nl=False, err=True)
