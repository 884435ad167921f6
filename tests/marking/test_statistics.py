"""The statistics of a class against published values, other formulas and simulation."""

from __future__ import annotations

import statistics
from fractions import Fraction
from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.statistics.items import (
    alpha,
    correlation,
    item_analysis,
    upper_lower,
)
from partialcredit.marking.statistics.scores import Scores, by_part, by_question, question_of
from partialcredit.marking.statistics.slips import count_slips, open_parts
from partialcredit.marking.statistics.spread import histogram, spread
from partialcredit.marking.statistics.versions import (
    LEVEL,
    compare_versions,
    holm,
    permutation_p,
)
from partialcredit.paper import Head, Paper
from tests.writers.sample import part as printed_part
from tests.writers.sample import problem

#: Ratings of seven aspects by the clerks of thirty departments: Chatterjee and Price, Regression
#: Analysis by Example, 1977; the data set ``attitude`` of R.
ATTITUDE = """
43 51 30 39 61 92 45  63 64 51 54 63 73 47  71 70 68 69 76 86 48  61 63 45 47 54 84 35
81 78 56 66 71 83 47  43 55 49 44 54 49 34  58 67 42 56 66 68 35  71 75 50 55 70 66 41
72 82 72 67 71 83 31  67 61 45 47 62 80 41  64 53 53 58 58 67 34  67 60 47 39 59 74 41
69 62 57 42 55 63 25  68 83 83 45 59 77 35  77 77 54 72 79 77 46  81 90 50 72 60 54 36
74 85 64 69 79 79 63  65 60 65 75 55 80 60  65 70 46 57 75 85 46  50 58 68 54 64 78 52
50 40 33 34 43 64 33  64 61 52 62 66 80 41  53 66 52 50 63 80 37  40 37 42 58 50 57 49
63 54 42 48 66 75 33  66 77 66 63 88 76 72  78 75 58 74 80 78 49  48 57 44 45 51 83 38
85 85 71 71 77 74 55  82 82 39 59 64 78 39
"""

Table = NDArray[np.float64]


def scores_of(marks: Table, out_of: float = 100) -> Scores:
    names = tuple(str(n + 1) for n in range(marks.shape[1]))
    most = np.where(np.isnan(marks), np.nan, out_of)
    return Scores(names, marks, most, np.zeros(marks.shape, dtype=bool))


@pytest.fixture
def attitude() -> Scores:
    return scores_of(np.array(ATTITUDE.split(), dtype=float).reshape(30, 7))


def mark(part: str, marks: int | Fraction, out_of: int = 2, **more: str) -> PartMark:
    verdict = more.pop("verdict", "correct" if marks == out_of else "incorrect")
    return PartMark(part, verdict, Fraction(marks), out_of, "x", **more)  # type: ignore[arg-type]


def test_the_published_values_of_the_attitude_data(attitude: Scores) -> None:
    """Revelle's R package psych prints them: raw_alpha 0.84 and this column r.drop."""
    assert alpha(attitude) == pytest.approx(0.84, abs=0.005)
    found = [item.discrimination for item in item_analysis(attitude)]
    assert found == pytest.approx([0.67, 0.74, 0.56, 0.71, 0.79, 0.27, 0.46], abs=0.005)


tables = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).integers(0, 5, (9, 4)).astype(float)
)


@given(tables)
def test_alpha_is_what_the_covariances_say(marks: Table) -> None:
    """The same quantity by k c / (v + (k - 1) c), of the mean covariance and variance."""
    covariances = np.cov(marks.T)
    k, v = 4, np.trace(covariances) / 4
    c = (covariances.sum() - np.trace(covariances)) / (k * (k - 1))
    if v + (k - 1) * c > 1e-9:
        assert alpha(scores_of(marks)) == pytest.approx(k * c / (v + (k - 1) * c))


def test_parallel_halves_follow_spearman_and_brown() -> None:
    marks = np.array([[1, 2], [2, 1], [3, 4], [4, 3]], dtype=float)
    r = np.corrcoef(marks.T)[0, 1]
    assert alpha(scores_of(marks)) == pytest.approx(2 * r / (1 + r))


@given(tables)
def test_discrimination_is_the_correlation_with_the_rest(marks: Table) -> None:
    for column, item in enumerate(item_analysis(scores_of(marks))):
        rest = np.delete(marks, column, axis=1).sum(axis=1)
        if np.ptp(rest) == 0 or np.ptp(marks[:, column]) == 0:
            assert item.discrimination is None
        else:
            expected = stats.pearsonr(marks[:, column], rest).statistic
            assert item.discrimination == pytest.approx(expected)


def test_upper_and_lower_groups_counted_by_hand() -> None:
    """Of eleven students three stand in each group: 8/9 of the marks against 1/3."""
    totals = np.array([20, 19, 18, 15, 14, 13, 12, 11, 5, 4, 3], dtype=float)
    shares = np.array([3, 3, 2, 0, 0, 3, 3, 3, 1, 2, 0], dtype=float) / 3
    assert upper_lower(shares, totals) == pytest.approx(8 / 9 - 3 / 9)


def test_the_order_of_equal_students_does_not_matter() -> None:
    """Two of six: two thirds of each of the three best, and the last two, 0.5 against 0.75."""
    totals = np.array([3, 3, 3, 2, 1, 1], dtype=float)
    shares = np.array([1, 0, 0.5, 1, 1, 0.5], dtype=float)
    for order in map(list, permutations(range(6))):
        assert upper_lower(shares[order], totals[order]) == pytest.approx(-0.25)


def test_quartiles_and_deviation() -> None:
    marks = [3, 8, 1, 9, 9, 4, 12]
    found = spread(scores_of(np.array([[m] for m in marks], dtype=float)))
    assert [found.lower, found.median, found.upper] == statistics.quantiles(
        marks, n=4, method="inclusive"
    )
    assert found.deviation == pytest.approx(statistics.stdev(marks))
    assert (found.mean, found.lowest, found.highest) == (pytest.approx(46 / 7), 1, 12)


def test_a_histogram_counts_everyone_once() -> None:
    totals = [0, 4.9, 5, 9.999_999_999_9, 10, 53]
    found = histogram(scores_of(np.array([[t] for t in totals], dtype=float), 53))
    assert (found.width, found.percent, len(found.counts)) == (5, False, 11)
    assert found.counts == (2, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1)


def test_papers_of_different_marks_are_counted_in_per_cent() -> None:
    results = [Result("a", (mark("1a", 1),)), Result("b", (mark("1a", 1), mark("1b", 1)))]
    found = histogram(by_part(results))
    assert found.percent
    assert found.counts[5] == 2


def test_questions_are_their_parts() -> None:
    results = [
        Result("a", (mark("1a", 2), mark("1b", 1), mark("12a", 0))),
        Result("b", (mark("1a", 0), mark("1b", 0, verdict="blank"), mark("12a", 2))),
    ]
    scores = by_question(results)
    assert scores.names == ("1", "12")
    assert scores.marks.tolist() == [[3, 0], [0, 2]]
    assert [i.facility for i in item_analysis(by_part(results))] == [0.5, 0.25, 0.5]
    assert [i.blank for i in item_analysis(by_part(results))] == [0, 0.5, 0]
    assert [i.blank for i in item_analysis(scores)] == [0, 0]
    assert question_of("x") == ""


def test_dropped_parts_count_for_nobody_and_decisions_count() -> None:
    parts = (mark("1a", 2), mark("1b", 1, verdict="decided"))
    results = [Result("a", parts, dropped=frozenset({"1a"}))]
    assert by_part(results).names == ("1b",)
    assert open_parts(results)[0].decided == 1


def test_slips_are_counted_by_name() -> None:
    slip = mark("1b", 0, mistake="forgot the + 1", feedback="Add 1.")
    later = mark("1b", 0, mistake="forgot the + 1", feedback="This goes back to 1a: Add 1.")
    others = [Result(f"{n}", (mark("1a", 0, mistake="b"), mark("1b", 2))) for n in range(2)]
    results = [*others, *(Result(f"s{n}", (slip,)) for n in range(2)), Result("t", (later,))]
    assert [(s.count, s.students, s.part, s.name, s.told) for s in count_slips(results)] == [
        (3, 5, "1b", "forgot the + 1", "Add 1."), (2, 2, "1a", "b", ""),
    ]  # fmt: skip


class TestSmallClasses:
    """What cannot be computed is None, and nothing divides by zero: warnings are errors."""

    @pytest.mark.parametrize("students", [1, 2, 3, 30])
    def test_everyone_alike(self, students: int) -> None:
        scores = scores_of(np.full((students, 3), 1.0))
        assert alpha(scores) is None
        for item in item_analysis(scores):
            assert item.discrimination is None
            assert item.upper_lower in (None, 0)
        assert spread(scores).deviation == (None if students == 1 else 0)

    def test_two_students_say_nothing(self) -> None:
        scores = scores_of(np.array([[1.0, 2], [3, 1]]))
        (item, _) = item_analysis(scores)
        assert (alpha(scores), item.discrimination, item.upper_lower) == (None, None, None)

    def test_one_question_has_no_rest(self) -> None:
        scores = scores_of(np.array([[1.0], [2], [3]]))
        assert (alpha(scores), item_analysis(scores)[0].discrimination) == (None, None)

    def test_everything_dropped(self) -> None:
        results = [Result(n, (mark("1a", 1),), dropped=frozenset({"1a"})) for n in "abc"]
        scores = by_part(results)
        assert item_analysis(scores) == []
        assert alpha(scores) is None
        assert histogram(scores).counts == (3,)
        assert spread(scores).mean == 0

    def test_marks_for_nothing(self) -> None:
        results = [Result(n, (mark("1a", 0, 0), mark("1b", 1))) for n in "abc"]
        assert item_analysis(by_part(results))[0].facility is None


def test_correlation_is_never_more_than_one() -> None:
    x = np.array([0.1, 0.2, 0.3]) / 3
    assert correlation(x, 7 * x) == pytest.approx(1)
    assert (correlation(x, 7 * x) or 2) <= 1


def test_holm_as_in_the_literature() -> None:
    """The example of R's documentation of ``p.adjust`` by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1, 1]


def test_the_lady_tasting_tea() -> None:
    """Fisher, The Design of Experiments, 1935: four and four cups, all named rightly, 1 in 70.

    The test has two sides, and so counts all named wrongly, too.
    """
    cups = np.array([1.0] * 4 + [0.0] * 4)
    named = np.array(["milk"] * 4 + ["tea"] * 4)
    p = permutation_p(cups, named, np.random.default_rng(1), tries=40_000)
    assert p == pytest.approx(2 / 70, abs=4 * sqrt(2 / 70 / 40_000))


def test_permutations_agree_with_an_independent_library() -> None:
    rng = np.random.default_rng(2)
    groups = [rng.normal(m, 1, 20) for m in (0, 0.3, 0.7)]
    names = np.repeat(["a", "b", "c"], 20)
    ours = permutation_p(np.concatenate(groups), names, rng, tries=20_000)
    theirs = stats.permutation_test(
        groups, lambda *g, axis: stats.f_oneway(*g, axis=axis).statistic,
        vectorized=True, n_resamples=20_000, alternative="greater", rng=rng,
    ).pvalue  # fmt: skip
    assert ours == pytest.approx(theirs, abs=5 * sqrt(2 * theirs / 20_000))


def class_of(rng: np.random.Generator, gain: float = 0.0, size: int = 30) -> list[Result]:
    """A class with versions A, B and C; question 1 of version C is easier by ``gain``."""
    ability = rng.normal(0, 1, size)
    results = []
    for n in range(size):
        chances = 1 / (1 + np.exp(-ability[n] - np.array([gain * (n % 3 == 2), 0, 0, 0])))
        marks = rng.binomial(4, chances)
        parts = tuple(mark(f"{q + 1}a", int(m), 4) for q, m in enumerate(marks))
        results.append(Result(f"s{n}", parts, "ABC"[n % 3]))
    return results


PAPERS = {name: Paper(Head("t"), (), name) for name in "ABC"}


def differing(results: list[Result]) -> list[str]:
    scores = by_question(results)
    return [test.what for test in compare_versions(results, scores, PAPERS) if test.differs]


@pytest.mark.slow
def test_equal_versions_are_called_unequal_as_seldom_as_promised() -> None:
    """Any difference is found in at most 5 % of classes, all tests of a class together."""
    rng = np.random.default_rng(3)
    classes = 400
    found = sum(bool(differing(class_of(rng))) for _ in range(classes))
    assert found / classes <= LEVEL + 2.6 * sqrt(LEVEL * (1 - LEVEL) / classes)
    assert found > 0


@pytest.mark.slow
def test_a_question_that_is_easier_in_one_version_is_found() -> None:
    rng = np.random.default_rng(4)
    found = [differing(class_of(rng, gain=3.0, size=60)) for _ in range(60)]
    assert sum("question 1" in names for names in found) >= 54


def test_versions_are_compared_as_wholes_and_by_question() -> None:
    results = class_of(np.random.default_rng(5), gain=4.0, size=90)
    compared = compare_versions(results, by_question(results), PAPERS)
    assert [test.what for test in compared] == [
        "the paper", "question 1", "question 2", "question 3", "question 4",
    ]  # fmt: skip
    assert [label for label, _, _ in compared[0].groups] == ["A", "B", "C"]
    assert [students for _, students, _ in compared[0].groups] == [30, 30, 30]
    assert compared[1].differs
    assert not compared[2].differs
    again = compare_versions(results, by_question(results), PAPERS)
    assert again == compared


def test_one_paper_has_nothing_to_compare() -> None:
    results = [Result(f"{n}", (mark("1a", n % 3),), "A") for n in range(9)]
    assert compare_versions(results, by_question(results), PAPERS) == []


def test_a_question_picked_among_several_is_compared_where_papers_are_ones_own() -> None:
    papers, results = {}, []
    for n in range(40):
        title = "Adam" if n % 2 else "Adagrad"
        asked = problem(1, title, "?", printed_part("1a", "real", "?", "1", ""))
        same = problem(2, "SGD", "?", printed_part("2a", "real", "?", "1", ""))
        papers[f"P{n}"] = Paper(Head("t"), (asked, same), f"P{n}")
        results.append(Result(f"s{n}", (mark("1a", n % 2), mark("2a", 1)), f"P{n}"))
    (test,) = compare_versions(results, by_question(results), papers)
    assert (test.what, test.differs) == ("question 1", True)
    assert test.groups == (("Adagrad", 20, 0.0), ("Adam", 20, 0.5))
