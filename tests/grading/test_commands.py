"""The commands compare and check, as a user meets them."""

import json

import pytest
from click.testing import CliRunner

from partialcredit.cli import cli, main


def run(*arguments):
    return CliRunner().invoke(cli, arguments)


def test_compare_says_verdict_evidence_and_reading():
    result = run("compare", "2(x+1)", "2x + 2")
    assert result.output == "equivalent (exact)\nunderstood as: 2*x + 2\n"
    assert result.exit_code == 0


def test_compare_names_the_slip():
    result = run("compare", "x - 1", "1 - x")
    assert result.output.splitlines()[-1] == "The sign is wrong."


def test_answers_may_begin_with_a_minus_sign():
    assert run("compare", "-x", "-x").output.startswith("equivalent")


def test_compare_takes_declarations():
    arguments = ("--symbol", "x=positive", "--kind", "expression", "--function", "f")
    assert run("compare", "sqrt(x^2) f(x)", "x f(x)", *arguments).output.startswith("equivalent")
    assert run("compare", "ln 2", "0.69", "--kind", "number", "--tolerance", "abs=0.01").output[:10]


def test_pairs_come_back_in_order(tmp_path):
    rows = [
        {"id": "a", "key": "1/3", "answer": "2/6", "kind": "number"},
        {"id": "b", "key": "x", "answer": "x + 1", "kind": "expression", "symbols": {"x": "real"}},
        {"id": "c", "key": "x", "answer": "(", "kind": "expression"},
        {"id": "d", "key": "(", "answer": "x", "kind": "expression"},
        {"id": "e\u2028", "key": "1+i", "answer": "i+1", "kind": "number", "complex": True},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    found = [
        json.loads(line) for line in run("compare", "--pairs", str(path)).output.split("\n")[:-1]
    ]
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    verdicts = ["equivalent", "different", "invalid", "undecided", "equivalent"]
    assert [row["verdict"] for row in found] == verdicts
    assert set(found[0]) == {"id", "verdict", "evidence", "message"}


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("nonsense", "line 1 of p.jsonl is not JSON"),
        ("[]", "not a JSON object"),
        ('{"key": "x"}', "no text under 'answer'"),
        ('{"key": "x", "answer": "x", "kind": "poem"}', "the kind is one of"),
        ('{"key": "x", "answer": "x", "symbols": {"x": "odd"}}', "the domain of x"),
        ('{"key": "x", "answer": "x", "symbols": {"1": "real"}}', "a symbol's name"),
        ('{"key": "x", "answer": "x", "symbols": []}', None),
        ('{"key": "1", "answer": "1", "kind": "number", "tolerance": {"abs": "x"}}', "a number"),
        ('{"key": "1", "answer": "1", "kind": "number", "tolerance": {"x": 1}}', "abs or rel"),
    ],
)
def test_a_broken_line_is_one_sentence(line, part, tmp_path, monkeypatch, capsys):
    path = tmp_path / "p.jsonl"
    path.write_text(line, "utf-8")
    monkeypatch.setattr("sys.argv", ["partialcredit", "compare", "--pairs", str(path)])
    with pytest.raises(SystemExit) as stopped:
        main()
    error = capsys.readouterr().err
    assert stopped.value.code == (2 if part else 0)
    assert (part or "") in error
    assert error.count("\n") <= 1


@pytest.mark.parametrize(
    "arguments",
    [("compare",), ("compare", "x"), ("compare", "x", "x", "--symbol", "x"),
     ("compare", "x", "x", "--tolerance", "5"), ("compare", "(", "x")],
)  # fmt: skip
def test_wrong_usage_is_one_sentence(arguments, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["partialcredit", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_check_shows_the_reading():
    result = run("check", "1/2x")
    assert (result.output, result.exit_code) == ("understood as: 1/2*x\n", 0)


def test_check_explains_what_it_cannot_read():
    result = run("check", "2*(x+1")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[:2] == ["2*(x+1", "      ^"]
    assert "count the brackets" in result.stderr


def test_check_knows_every_kind():
    assert run("check", "28x28x6", "--kind", "shape").output == "understood as: 28 x 28 x 6\n"
    assert run("check", "beta1^t", "--symbol", "beta_1=unit").output.endswith("beta_1^t\n")
