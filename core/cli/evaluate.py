"""``partialcredit evaluate``: what a model's answers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import FilePath, progress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partialcredit.environments.evaluation import Evaluation, Mean

#: Slips that are listed, the most frequent first.
LISTED = 20


@click.command()
@click.argument("responses", type=FilePath(exists=True, dir_okay=False))
@click.option(
    "--set", "rows", type=FilePath(exists=True, dir_okay=False),
    help="The .jsonl set whose ids the responses name, where they do not hold the rows.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for programs.")
def command(responses: Path, rows: Path | None, as_json: bool) -> None:
    """Mark a model's RESPONSES.jsonl: a row of a set with the text as "response" on each line.

    Intervals are 95 % intervals of a mean over families as clusters. A problem counts as right
    when all its marks are earned; marks are given with follow-through.
    """
    import json
    import os
    from concurrent.futures import ThreadPoolExecutor

    from partialcredit.environments.evaluation import evaluation, read_responses, scored
    from partialcredit.errors import InputError
    from partialcredit.files import read_text

    known = {}
    if rows is not None:
        lines = filter(str.strip, read_text(rows).splitlines())
        try:
            known = {row["id"]: row for row in map(json.loads, lines)}
        except (ValueError, LookupError, TypeError):
            raise InputError(f"{rows} is no set of 'partialcredit generate -o set.jsonl'") from None
    answers = list(read_responses(read_text(responses).splitlines(), known, str(responses)))
    if not answers:
        raise InputError(f"{responses} holds no responses")
    with (
        ThreadPoolExecutor(os.cpu_count()) as threads,
        progress(len(answers), "Marking responses") as advance,
    ):
        results = []
        for result in threads.map(lambda pair: scored(*pair), answers):
            results.append(result)
            advance(None)
    found = evaluation(results)
    if as_json:
        click.echo(json.dumps(_as_data(found), indent=1, ensure_ascii=False))
        return
    for line in _table(found):
        click.echo(line)


def _table(found: Evaluation) -> Iterator[str]:
    groups = sorted(found.accuracy, key=lambda name: (_ORDER.index(name[0]), name[1]))
    width = max(len(f"{group} {name}") for group, name in groups) + 2
    yield f"{'':{width}}{'n':>7}  {'right':>15}  {'marks':>15}"
    for name in groups:
        marks = _said(found.marks[name]) if name in found.marks else ""
        label = " ".join(filter(None, name))
        mean = found.accuracy[name]
        yield f"{label:{width}}{mean.count:7}  {_said(mean):>15}  {marks:>15}".rstrip()
    yield ""
    verdicts = ", ".join(f"{count} {name}" for name, count in found.verdicts.most_common())
    yield f"parts: {verdicts}"
    if found.slips:
        yield ""
        yield "slips"
    for (family, slip), count in found.slips.most_common(LISTED):
        yield f"{count:7}  {family}: {slip}"


_ORDER = ("all", "level", "topic", "kind")


def _said(mean: Mean) -> str:
    """``71.2 % +- 3.4``; without an interval for one family alone."""
    width = "" if mean.half_width is None else f" ± {100 * mean.half_width:.1f}"
    return f"{100 * mean.value:.1f} %{width}"


def _as_data(found: Evaluation) -> dict[str, object]:
    def record(name: tuple[str, str]) -> dict[str, object]:
        mean, marks = found.accuracy[name], found.marks.get(name)
        shown = {"right": mean.value, "right_half_width": mean.half_width}
        if marks is not None:
            shown |= {"marks": marks.value, "marks_half_width": marks.half_width}
        return {"group": name[0], "name": name[1], "count": mean.count, **shown}

    return {
        "groups": [record(name) for name in found.accuracy],
        "verdicts": dict(found.verdicts),
        "slips": [
            {"family": family, "name": slip, "count": count}
            for (family, slip), count in found.slips.most_common()
        ],
    }
