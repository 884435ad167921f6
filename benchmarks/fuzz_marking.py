"""Mutants of hand-ins, decisions and paper files: each is marked, or refused in one sentence.

    python benchmarks/fuzz_marking.py [-n 10000] [--seed 1]

Hand-ins in every form are mutated, read, marked in a worker and reported in every form; paper
files are mutated, read and restored in a worker. Anything but marks or an InputError is a fault,
and so are more than five CPU seconds or a file left half-written. The exit code is 1 for a fault.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from partialcredit.errors import InputError
from partialcredit.exams.compose import compose, plan
from partialcredit.files import write_files
from partialcredit.marking.classroom import Classroom
from partialcredit.marking.decisions import decide, read_decisions
from partialcredit.marking.hand_ins import read_hand_ins
from partialcredit.marking.marks import Result
from partialcredit.marking.report import SUFFIXES, render
from partialcredit.marking.report.terminal import to_table
from partialcredit.marking.report.workbook import workbook
from partialcredit.marking.restoring import restored
from partialcredit.marking.review import render as review
from partialcredit.paper import Paper
from partialcredit.paper_file import read_paper, write_paper
from partialcredit.workers import Worker
from partialcredit.workers.inside import Answer, Step
from partialcredit.writers import markdown

FAMILIES = (
    "activations/saturating_gradient_product", "cnn_shapes/conv_hyperparameter_inverse",
    "log_sum_exp/lse_bounds", "losses/softmax_cross_entropy", "concepts/concept_true_false",
)  # fmt: skip

#: CPU seconds of this process for one mutant.
LONGEST = 5.0

PIECES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b"'", b",", b";", b"\t", b"{", b"[",
    b"&a ", b"*a", b"<<: *a", b"!!python/object:os.system ", b"\\ud800", b"1e999", b"1e99999999",
    b"9" * 400, b"NaN", b"-Infinity", b"null", b"true", b"=cmd|' /C calc'!A0", b"<!DOCTYPE x>",
    b"student", b"1a", b"9z", b"Answer 1a:", b"---", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae",
    b"(1+1/10^300)^(10^300)", b"((((((7^9)^9)^9)^9)^9)^9)", b"*", b"drop",
]  # fmt: skip

VALUES: list[Any] = [
    None, True, -1, 0, 10**9, 10**40, 1.5, float("nan"), "", "x", "9" * 500, [], {}, [[]],
    {"fraction": "1e99999999"}, {"fraction": "1/0"}, {"fraction": "3/7"}, ["a"] * 50, "\ud800",
]  # fmt: skip


def mutate_bytes(content: bytes, rng: random.Random) -> bytes:
    """One to four cuts, copies, flips and insertions."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((1, 2, 8, 100)))
        match rng.randrange(5):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to] * rng.choice((1, 2, 50))
            case 2 if at < len(data):
                data[at] ^= 1 << rng.randrange(8)
            case 3:
                del data[at:]
            case _:
                data[at:at] = rng.choice(PIECES)
    return bytes(data)


def mutate_data(data: Any, rng: random.Random) -> Any:
    """The same data with one value, somewhere, replaced, removed, scaled or doubled."""
    if isinstance(data, dict) and data and rng.random() < 0.9:
        name = rng.choice(list(data))
        if rng.random() < 0.1:
            return {k: v for k, v in data.items() if k != name}
        return {**data, name: mutate_data(data[name], rng)}
    if isinstance(data, list) and data and rng.random() < 0.9:
        at = rng.randrange(len(data))
        return [*data[:at], mutate_data(data[at], rng), *data[at + rng.choice((0, 1, 1, 1)) :]]
    if isinstance(data, int) and rng.random() < 0.5:
        return data * rng.choice((-1, 10, 1000, 10**7))
    if isinstance(data, str) and data and rng.random() < 0.5:
        return mutate_bytes(data.encode(), rng).decode("utf-8", "replace")
    return rng.choice(VALUES)


def mutate_archive(content: bytes, rng: random.Random) -> bytes:
    """An Office file with one of its members mutated, or mutated as it is."""
    if rng.random() < 0.3:
        return mutate_bytes(content, rng)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        members = {name: old.read(name) for name in old.namelist()}
    name = rng.choice([n for n in members if n.endswith(".xml")])
    members[name] = mutate_bytes(members[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for member, data in members.items():
            new.writestr(member, data)
    return out.getvalue()


def originals(paper: Paper) -> dict[str, bytes]:
    """Right hand-ins in every form, and a review with decisions."""
    keys = {part.id: part.key or "" for problem in paper.problems for part in problem.parts}
    rows = [["student", *keys], *([name, *keys.values()] for name in ("Ada", "Ben", "=Cy"))]
    table = "\n".join("\t".join(row) for row in rows)
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in r) for r in rows)
    filled = markdown.render(paper, "paper").decode()
    for part, key in keys.items():
        filled = filled.replace(f"**Answer {part}:**", f"**Answer {part}:** {key}")
    lines = "".join(f"<w:p><w:r><w:t>Answer {p}: 3</w:t></w:r></w:p>" for p in keys)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{lines}</w:document>')
    return {
        "a.json": json.dumps(keys).encode(),
        "b.json": json.dumps([{"student": "Ada", **keys}, {"student": "Ben", **keys}]).encode(),
        "a.yaml": "".join(f"{part}: {json.dumps(key)}\n" for part, key in keys.items()).encode(),
        "a.csv": quoted.encode(),
        "a.tsv": table.encode("utf-16"),
        "a.txt": table.encode("cp1252", "replace"),
        "a.md": filled.encode(),
        "a.docx": word.getvalue(),
        "a.xlsx": workbook({"answers": [list(row) for row in rows]}),
        "decisions.csv": b"part,answer,marks,comment\n1a,x,1,\n1b,*,drop,misprint\n2a,*,0,\n",
    }


def checker() -> Answer:
    """A worker's setup: restore the problems of a paper."""

    def answer(problems: Any, step: Step) -> Iterator[str]:
        for printed in problems:
            step("problem", 2.0)
            try:
                restored(printed)
            except InputError as error:
                yield str(error)

    return answer


class Fuzz:
    """One run: what came out how often, and the faults."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.rng, self.folder = random.Random(seed), folder
        self.outcomes: Counter[str] = Counter()
        self.faults: list[str] = []
        tasks = plan(FAMILIES, len(FAMILIES), "hard", 1)
        self.paper = compose(tasks, title="Fuzz", level="hard", seed=1)
        self.originals = originals(self.paper)
        self.out_of = {p.id: p.marks for q in self.paper.problems for p in q.parts}
        self.data = json.loads(write_paper(self.paper))

    def run(self, number: int) -> None:
        """As many mutants; every third is a paper file."""
        name = f"{__name__}:checker" if __name__ != "__main__" else f"{Path(__file__).stem}:checker"
        with Classroom(self.paper.problems) as room, Worker(name) as worker:
            for index in range(number):
                faulthandler.dump_traceback_later(120, exit=True)
                if index % 3:
                    self._guarded(f"hand-in {index}", lambda: self._hand_in(room))
                else:
                    self._guarded(f"paper {index}", lambda: self._paper(worker))
            faulthandler.cancel_dump_traceback_later()

    def _guarded(self, name: str, work: Callable[[], str]) -> None:
        start = time.process_time()
        try:
            outcome = work()
        except InputError as error:
            outcome = "refused"
            if "\n" in str(error) or len(str(error)) > 2000:
                self.faults.append(f"{name}: no sentence: {error!r:.300}")
        except Exception as error:  # noqa: BLE001 - a fault is what is looked for
            outcome = "fault"
            self.faults.append(f"{name}: {error!r:.300}")
        if time.process_time() - start > LONGEST:
            self.faults.append(f"{name}: {time.process_time() - start:.1f} s of CPU")
        self.outcomes[f"{name.split()[0]} {outcome}"] += 1

    def _hand_in(self, room: Classroom) -> str:
        name = self.rng.choice(list(self.originals))
        content = self.originals[name]
        if name.endswith(("docx", "xlsx")):
            mutant = mutate_archive(content, self.rng)
        elif name.endswith("json") and self.rng.random() < 0.5:
            mutant = json.dumps(mutate_data(json.loads(content), self.rng)).encode()
        else:
            mutant = mutate_bytes(content, self.rng)
        path = self.folder / name
        path.write_bytes(mutant)
        if name == "decisions.csv":
            decide([], read_decisions(path, self.out_of))
            return "read"
        found = read_hand_ins([path], self.paper)
        students = list(found.answers)
        marked = dict(room.mark(list(found.answers.values())))
        results = [Result(student, marked[place]) for place, student in enumerate(students)]
        targets = {self.folder / f"r{suffix}": suffix for suffix in SUFFIXES}
        contents = {target: render(results, target, "Fuzz") for target in targets}
        write_files(contents | {self.folder / "v.csv": review(results, {}, found.strays, path)})
        to_table(results)
        if any(".partialcredit-" in left.name for left in self.folder.iterdir()):
            raise AssertionError("a file was left half-written")
        verdicts = {part.verdict for result in results for part in result.parts}
        return "undecided" if "undecided" in verdicts else "marked"

    def _paper(self, worker: Worker) -> str:
        if self.rng.random() < 0.7:
            text = json.dumps(mutate_data(self.data, self.rng))
        else:
            text = mutate_bytes(write_paper(self.paper).encode(), self.rng).decode(
                "utf-8", "replace"
            )
        paper = read_paper(text)
        replies, overrun = worker.ask(paper.problems)
        if overrun is not None and "failed" in overrun.why:
            raise AssertionError(overrun.why)
        return "overran" if overrun else "refused by a worker" if replies else "restored"


def main() -> None:
    """Fuzz, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fuzz = Fuzz(arguments.seed, Path(folder))
        fuzz.run(arguments.n)
    for outcome, count in sorted(fuzz.outcomes.items()):
        print(f"{outcome:28} {count:6}")
    print("\n".join(fuzz.faults) or "no fault")
    sys.exit(bool(fuzz.faults))


if __name__ == "__main__":
    main()
