"""The commands as a user calls them: what they print, what they leave, how they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from partialcredit import registry
from partialcredit.audit import fairness
from partialcredit.cli import COMMANDS, cli, main, options
from partialcredit.draw import LEVELS
from partialcredit.grading.kinds import typed_kinds
from partialcredit.printed import printed
from partialcredit.problem import generate

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in an empty folder; returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partialcredit", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_help_names_every_command(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(f"\n  {name}" in out for name in COMMANDS)


def test_families_as_json(run: Run) -> None:
    code, out, _ = run("families", "cnn_shapes", "--json")
    record = next(r for r in json.loads(out) if r["id"] == "cnn_shapes/conv_output_size")
    assert code == 0
    assert set(record) == {"id", "topic", "title", "levels", "parts", "mistakes", "sources"}
    shape = record["parts"][0]
    assert 0.5 < shape.pop("minutes") < 4
    assert shape == {"name": "output_shape", "kind": "shape", "marks": 2}


def test_a_topic_is_listed_with_the_minutes_it_takes(run: Run) -> None:
    code, out, _ = run("families", "initialization")
    assert code == 0
    head, *rows = out.splitlines()
    assert head.split()[-3:] == list(LEVELS)
    for row in rows:
        easy, medium, hard = map(int, row.split()[1:4])
        assert 1 <= easy <= medium <= hard < 40


@pytest.mark.slow
def test_every_family_is_listed_with_what_some_level_asks(run: Run) -> None:
    code, out, _ = run("families", "--json")
    assert code == 0
    records = {record["id"]: record for record in json.loads(out)}
    assert records.keys() == set(registry.family_ids())
    for family_id, record in records.items():
        parts = {part.name for level in LEVELS for part in registry.load(family_id).parts_at(level)}
        assert {part["name"] for part in record["parts"]} == parts


def test_the_same_arguments_give_the_same_bytes(run: Run, tmp_path: Path) -> None:
    suffixes = (".md", ".html", ".pdf", ".json")
    for stem in ("paper-1", "paper-2"):
        outputs = [word for suffix in suffixes for word in ("-o", f"{stem}{suffix}")]
        assert run("generate", "-n", "4", "--seed", "1", *outputs)[0] == 0
    for suffix in suffixes:
        one, two = ((tmp_path / f"{stem}{suffix}").read_bytes() for stem in ("paper-1", "paper-2"))
        assert one.replace(b"paper-1", b"paper-2") == two


def test_markdown_goes_to_stdout(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("generate", "conv_output_size", "-n", "2", "--seed", "3")
    assert code == 0
    assert "**Answer 1a:**" in out
    assert "**Answer 2a:**" in out
    assert list(tmp_path.iterdir()) == []


def test_a_paper_is_marked_from_every_form_of_hand_in(run: Run, tmp_path: Path) -> None:
    run("generate", "-n", "5", "--seed", "2", "-o", "paper.md")
    paper = json.loads((tmp_path / "paper.json").read_text())
    keys = {part["id"]: part["key"] for p in paper["problems"] for part in p["parts"]}
    (tmp_path / "a.json").write_text(json.dumps(keys))
    filled = (tmp_path / "paper.md").read_text()
    for identifier, key in keys.items():
        filled = filled.replace(f"**Answer {identifier}:**", f"**Answer {identifier}:** {key}")
    (tmp_path / "a.md").write_text(filled)
    (tmp_path / "a.yaml").write_text("\n".join(f"{i}: {json.dumps(k)}" for i, k in keys.items()))
    quoted = ",".join('"' + key.replace('"', '""') + '"' for key in keys.values())
    (tmp_path / "a.csv").write_text(f"student,{','.join(keys)}\nAda,{quoted}\n")
    for name in ("a.json", "a.md", "a.yaml", "a.csv"):
        code, out, _ = run("grade", "paper.json", name, "--json")
        (record,) = json.loads(out)
        assert code == 0
        assert {part["verdict"] for part in record["parts"]} == {"correct"}, (name, record)
        assert record["marks"] == record["out_of"]


def test_a_public_paper_holds_nothing_that_leads_to_a_key(run: Run, tmp_path: Path) -> None:
    run("generate", "-n", "3", "--seed", "2", "-o", "full.json")
    run("generate", "-n", "3", "--seed", "2", "-o", "public.json", "--public")
    public = json.loads((tmp_path / "public.json").read_text())
    for level in (public, *public["problems"], public["problems"][0]["parts"][0]):
        assert not {"key", "solution", "family", "parameters", "seed", "level"} & level.keys()
    (tmp_path / "a.json").write_text('{"1a": "1"}')
    code, _, said = run("grade", "public.json", "a.json")
    assert code == 2
    assert "without keys" in said


def test_a_report_file(run: Run, tmp_path: Path) -> None:
    run("generate", "-n", "2", "--seed", "2", "-o", "paper.json")
    (tmp_path / "a.csv").write_text("student,1a\n=SUM(A1),<b>3</b>\nBen,\n")
    for name in ("r.csv", "r.md", "r.json"):
        assert run("grade", "paper.json", "a.csv", "-o", name)[0] == 0
    assert '\n"\'=SUM(A1)",' in (tmp_path / "r.csv").read_text()
    assert "<b>" not in (tmp_path / "r.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("generate", "conv_output_sise"), "did you mean conv_output_size"),
        (("generate", "-o", "paper.docx"), "not '.docx'"),
        (("generate", "-o", "/proc/nowhere/paper.md"), "cannot write"),
        (("grade", "none.json", "a.json"), "cannot read none.json"),
        (("grade", "broken.json", "a.json"), "is not JSON"),
        (("grade", "foreign.json", "a.json"), 'a paper file has "format": 2'),
        (("grade", "hollow.json", "a.json"), "the paper file is damaged"),
        (("families", "optimisers"), "did you mean optimizers"),
        (("verify", "nothing_like_it"), "no family or topic is called"),
        (("new", "Losses/Huber"), "a family is named topic/family"),
        (("generate", "-n", "0"), "0 is not in the range"),
        (("generate", "--level", "brutal"), "is not one of 'easy', 'medium', 'hard'"),
        (("generate", "--sed", "1"), "--seed"),
        (("grade", "paper.json"), "see 'partialcredit grade --help'"),
        (("nonsense",), "nonsense"),
        (("practice", "nothing_like_it"), "no family or topic"),
        (("generate", "none.yaml"), "cannot read none.yaml"),
        (("generate", "bad.yaml"), "line 2: no question key is called 'famly'; did you mean"),
        (("generate", "bad.yaml", "adam_step"), "a recipe stands alone"),
        (("generate", "bad.yaml", "--level", "hard"), "--level does not go with a recipe"),
        (("generate", "bad.yaml", "-n", "3"), "--count does not go with a recipe"),
        (("solve", "adam_step", "beta_1"), "a value is given as NAME=VALUE"),
        (("solve", "adam_step", "beta=1"), "beta_2 or beta_1"),
        (("solve", "adam_step", "beta_1=3/2"), "beta_1 = 3/2 fits nothing"),
        (("solve", "adam_step", "g=[1, "), "is not YAML"),
        (("solve", "backprop"), "backprop is a topic"),
        (("solve", "adm_step"), "did you mean adam_step"),
    ],
)
def test_refusals_are_one_sentence(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "bad.yaml").write_text("questions:\n  - {famly: adam_step}")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "foreign.json").write_text('{"cells": []}')
    (tmp_path / "hollow.json").write_text('{"format": 1, "problems": [{}]}')
    before = sorted(tmp_path.iterdir())
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert sorted(tmp_path.iterdir()) == before


def test_a_new_recipe_is_a_paper_at_once(run: Run, tmp_path: Path) -> None:
    assert run("new", "midterm.yaml")[0] == 0
    for stem in ("a", "b"):
        command = ("generate", "midterm.yaml", "--seed", "7", "-o", f"{stem}.md", "--key", "k.html")
        assert run(*command)[0] == 0
    one, two = ((tmp_path / f"{stem}.json").read_bytes() for stem in ("a", "b"))
    assert one == two
    assert "## 9. A fair coin and a loaded one (4 marks)" in (tmp_path / "a.md").read_text()
    assert "Gibbs" in (tmp_path / "k.html").read_text()
    assert run("new", "midterm.yaml")[2].startswith("partialcredit: midterm.yaml exists already")


def test_seeds_of_a_recipe_are_long_and_differ(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("questions: [{family: adam_step}]")
    seeds = []
    for name in ("a.json", "b.json"):
        run("generate", "r.yaml", "-o", name)
        seeds.append(json.loads((tmp_path / name).read_text())["seed"])
    assert seeds[0] != seeds[1]
    assert all(seed.bit_length() > 100 for seed in seeds)


def test_a_paper_is_marked_by_its_own_policy(run: Run, tmp_path: Path) -> None:
    part = "{prompt: P, kind: real, key: 1/3, digits: 4, marks: 4}"
    recipe = f"policy: {{too_few_digits: 0.5}}\nquestions: [{{title: T, parts: [{part}]}}]"
    (tmp_path / "r.yaml").write_text(recipe)
    (tmp_path / "a.json").write_text('{"1a": "0.33"}')
    run("generate", "r.yaml", "-o", "r.json")
    code, out, _ = run("grade", "r.json", "a.json", "--json")
    assert code == 0
    assert json.loads(out)[0]["marks"] == 2


def test_solve_takes_numbers_of_ones_own(run: Run) -> None:
    arguments = ("solve", "conv_output_size", "W=32", "F=5", "P=2", "S=1", "K=6")
    code, out, _ = run(*arguments)
    assert code == 0
    assert "6 filters of size 5 × 5, stride S = 1 and padding P = 2" in out
    assert "\n    32 x 32 x 6\n" in out
    assert "⌊31/1⌋ + 1 = 32" in out
    assert run(*arguments)[1] == out


def test_solve_draws_what_is_not_given(run: Run) -> None:
    code, out, _ = run("solve", "optimizers/adam_step", "g=(3, -2), (1, 4)", "beta_1=1/2")
    assert code == 2  # two lists are no list of lists
    code, out, _ = run("solve", "optimizers/adam_step", "g=((3, -2), (1, 4))", "beta_1=1/2")
    assert code == 0
    assert "g₁ = (3, −2)" in out
    assert "β₁ = 0.5" in out


def test_a_fairness_report_says_what_a_guess_earns(run: Run) -> None:
    code, out, _ = run("verify", "conv_output_size", "--fairness", "-n", "40", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [record["faults"] for record in records] == [[], [], []]
    assert all(0 < record["earned"] < 0.3 for record in records)
    _, out, _ = run("verify", "conv_output_size", "--fairness", "-n", "40", "--level", "easy")
    assert f"marks {records[0]['earned']:4.0%}" in out


def test_an_unfair_level_fails_the_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fairness.BAND, "repeats", -1)
    code, out, _ = run("verify", "conv_output_size", "--fairness", "-n", "5", "--level", "easy")
    assert code == 1
    assert "of the seeds repeat an earlier problem" in out


@pytest.mark.parametrize("json_wanted", [(), ("--json",)])
def test_verify_quotes_a_dispute(
    run: Run, monkeypatch: pytest.MonkeyPatch, json_wanted: tuple[str, ...]
) -> None:
    part = registry.load("batchnorm/batchnorm_forward").parts["mean"]
    monkeypatch.setattr(part, "testimony", lambda: 1e6)
    arguments = ("batchnorm_forward", "--level", "easy", "-n", "5", "--seed", "30")
    code, out, err = run("verify", *arguments, *json_wanted)
    assert code == 1
    assert "batchnorm/batchnorm_forward, level easy, seed 30" in err
    assert len(out.splitlines()) == 1


def test_verify_reports_one_object_a_line(run: Run) -> None:
    code, out, _ = run("verify", "batchnorm_forward", "-n", "5", "--json")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [r["level"] for r in records] == ["easy", "medium", "hard"]
    assert all(r["checked"] == r["agreed"] == 5 for r in records)
    assert set(records[0]) == {"family", "level", "checked", "agreed", "max_error", "seconds"}


def test_a_new_family_works_at_once(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run("new", "losses/huber_loss")
    assert code == 0
    assert "pip install -e losses_huber_loss" in out
    package = tmp_path / "losses_huber_loss" / "losses_huber_loss"
    assert (package / "huber_loss.md.j2").is_file()
    assert run("new", "losses/huber_loss")[0] == 2
    monkeypatch.syspath_prepend(str(package.parent))
    ids = {"losses/huber_loss": "losses_huber_loss.huber_loss"}
    monkeypatch.setattr(registry, "family_ids", lambda: ids)
    for level in LEVELS:
        problem = generate(registry.load("losses/huber_loss"), level, 1)
        assert printed(problem).parts[0].solution


def test_starting_imports_next_to_nothing() -> None:
    """The heavy libraries wait until a command needs them."""
    probe = (
        "import sys, partialcredit.cli as c; c.cli(['--help'], standalone_mode=False); "
        "print([m for m in ('numpy', 'sympy', 'flint', 'jinja2', 'typst', 'yaml') "
        "if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "[]"


def test_every_kind_that_can_be_compared_is_offered() -> None:
    names = ["number", "expression", "array", "shape", "interval", "set", "relation"]
    assert sorted(typed_kinds()) == sorted(names)
    shown = CliRunner().invoke(cli, ["compare", "--help"]).output
    assert all(name in shown for name in names)


def test_a_help_text_brings_nothing_but_the_command_line() -> None:
    """What each start costs: no part of the program, and none of what only parts of it need."""
    script = (
        "import sys; sys.argv = ['partialcredit', '--help']\n"
        "from partialcredit.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    loaded = set(shown.stderr.split())
    ours = {name for name in loaded if name.startswith("partialcredit.")}
    lower = {"partialcredit.errors", "partialcredit.version"}
    assert {name for name in ours - lower if not name.startswith("partialcredit.cli")} == set()
    assert not loaded & {"difflib", "fractions", "hashlib", "json", "numpy", "sympy"}


def test_the_levels_in_help_texts_are_those_of_draws() -> None:
    assert options.LEVELS == LEVELS
