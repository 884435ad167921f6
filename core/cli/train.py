"""``partialcredit train``: train a model on the numeric engine, or print its table."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

import click

from partialcredit.cli.options import FilePath, progress
from partialcredit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.engine.optim.optimizer import Optimizer
    from partialcredit.engine.training.run import Result
    from partialcredit.figures import Plot

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
@click.option("--plot", type=FilePath(dir_okay=False), help="Write the curves to an .svg file.")
@click.option("--checkpoint", type=FilePath(dir_okay=False), help="Write the values to an .npz.")
@click.option("--summary", is_flag=True, help="Print the model's table instead of training it.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    model: str, source: str, optimizer: str, lr: float | None, epochs: int, batch_size: int,
    patience: int | None, seed: int, plot: Path | None, checkpoint: Path | None, summary: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Train MODEL: linear, softmax, mlp, autoencoder, lenet5, alexnet, vgg16 or resnet18.

    70 % of the data train; the rest in halves are for validation and the test.
    """
    # on models this small a second BLAS thread costs more than it brings
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from partialcredit.engine.models.registry import model as named

    if plot and plot.suffix != ".svg":
        raise InputError(f"--plot expects a file ending in .svg, but received {str(plot)!r}")
    for path in filter(None, (plot, checkpoint)):
        if not os.access(path.parent, os.W_OK):  # said before the training, not after it
            raise InputError(f"cannot write {path}: {path.parent} is no folder to write in")
    chosen = named(model)
    if summary:
        _print_summary(model, as_json)
        return
    from partialcredit.engine.training.run import train_model
    from partialcredit.files import write_files

    result = train_model(
        chosen, source, lambda params: _optimizer(optimizer, params, lr or chosen.lr), epochs,
        batch_size, seed, patience, lambda steps: progress(steps, "Training"),
    )  # fmt: skip
    if checkpoint:
        from partialcredit.engine.training.checkpoint import save_checkpoint

        try:
            save_checkpoint(result.model, checkpoint)
        except OSError as error:
            raise InputError(
                f"--checkpoint cannot write {str(checkpoint)!r}: {error.strerror}"
            ) from None
    if plot:
        from partialcredit.writers.drawing.svg import sheet

        title = f"{model}, {optimizer}, seed {seed}"  # all of it in letters that the fonts have
        write_files({plot: sheet(title, _curves(result))})
    report = {
        "model": model, "data": source, "optimizer": optimizer, "seed": seed,
        "epochs": len(result.history.loss), "parameters": result.parameters,
        "test_loss": result.test.loss, "test_accuracy": result.test.accuracy,
        "seconds": round(result.seconds, 2), "history": result.history.as_dict(),
    }  # fmt: skip
    if as_json:
        import json

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
    import json

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


def _curves(result: Result) -> list[Plot]:
    """Loss and accuracy by epoch, and the path of the values from start to end."""
    from partialcredit.figures import Curve, Mark, Plot

    history = result.history
    highest = max(history.loss + history.validation_loss)
    top = max(1.05 * highest, 1e-3)  # a figure knows four decimals
    plots = [_by_epoch("loss", history.loss, history.validation_loss, top)]
    if history.accuracy:
        accuracies = history.accuracy, history.validation_accuracy
        plots.append(_by_epoch("accuracy", *accuracies, 1.05))
    path = tuple((x, y) for x, y in result.path.tolist())
    ends = Mark(path[0], r"\text{start}"), Mark(path[-1], r"\text{end}")
    words = "The path of the values in the plane in which they move most"
    plots.append(Plot(words, (Curve(path, style="steps"),), ends, r"\text{PC}_1", r"\text{PC}_2"))
    return plots


def _by_epoch(name: str, training: list[float], validation: list[float], top: float) -> Plot:
    """Training and validation from 0 to ``top``; an axis of six epochs or more has whole ticks."""
    from partialcredit.figures import Curve, Plot

    known = {"training": training, "validation": validation}
    curves = []
    for label, values in known.items():
        if values:
            style: Literal["solid", "steps"] = "solid" if values[1:] else "steps"
            points = tuple(enumerate(values, start=1))
            curves.append(Curve(points, rf"\text{{{label}}}", style))
    window = ((0, 0), (max(6, len(training)), top))
    return Plot(f"{name} by epoch", tuple(curves), (), r"\text{epoch}", rf"\text{{{name}}}", window)
