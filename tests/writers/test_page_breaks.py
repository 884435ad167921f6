"""Where pages end: against every way to end them, and against lengths that are told by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise, product

from partialcredit.writers.page_breaks import Area, Piece, Place, place

FULL = 100.5
PAGE = Area(FULL, FULL, 1)


def questions(*sizes: int, box: float = 0) -> list[Piece]:
    """Questions of so many pieces."""
    costs = (0 if i == 0 else 50 if i == 1 else 10 for n in sizes for i in range(n))
    return [Piece(box, 4, cost) for cost in costs]


def pages_of(places: Sequence[Place]) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    for i, at in enumerate(places):
        if at.begins:
            pages.append([])
        pages[-1].append(i)
    return pages


def test_a_question_that_fits_a_page_is_not_parted() -> None:
    places, last = place(questions(3, 3), [30, 10, 10, 30, 10, 10], PAGE)
    assert pages_of(places) == [[0, 1, 2], [3, 4, 5]]
    assert last == 2


def test_a_question_longer_than_a_page_is_parted_behind_its_first_part() -> None:
    places, last = place(questions(5), [30] * 5, PAGE)
    assert pages_of(places) == [[0, 1, 2], [3, 4]]
    assert last == 2


def test_a_page_that_must_begin_begins() -> None:
    pieces = [Piece(0, 4, 0), Piece(0, 4, 0, forced=True)]
    assert pages_of(place(pieces, [10, 10], PAGE)[0]) == [[0], [1]]


def test_little_room_under_the_head_is_left_blank() -> None:
    places, last = place(questions(2), [20, 20], Area(FULL, 30, 2))
    assert places[0].begins
    assert last == 3
    assert not place(questions(2), [20, 20], Area(FULL, 60, 2))[0][0].begins


def test_boxes_grow_to_fill_a_page_and_shrink_to_fit_one() -> None:
    grown, _ = place(questions(2, 2, box=10), [20, 20, 30, 30], PAGE)
    assert grown[0].room > 1
    assert grown[2].room == 1  # the last page is not stretched
    shrunk, last = place(questions(2, 2, box=10), [24, 24, 24, 24], PAGE)
    assert last == 1
    assert 0.78 <= shrunk[0].room < 1


def test_a_piece_higher_than_a_page_goes_on_on_the_next() -> None:
    places, last = place(questions(2), [230, 20], PAGE)
    assert [at.long for at in places] == [True, False]
    assert pages_of(places) == [[0, 1]]
    assert last == 3


def test_what_is_placed_fits_and_no_other_way_has_fewer_pages_with_questions_whole() -> None:
    rng = random.Random(5)
    for _ in range(60):
        sizes = [rng.randint(1, 3) for _ in range(rng.randint(1, 3))]
        pieces = questions(*sizes, box=rng.choice([0, 5]))
        heights = [rng.uniform(8, 30) for _ in pieces]
        places, last = place(pieces, heights, PAGE)
        pages = pages_of(places)
        assert last == len(pages)
        assert all(high(pieces, heights, page, places[page[0]].room) <= 100 for page in pages)
        begun = {page[0] for page in pages}
        assert all(pieces[i].cost == 0 for i in begun)
        assert len(pages) == fewest(pieces, heights)


def high(pieces: Sequence[Piece], heights: Sequence[float], page: list[int], room: float) -> float:
    above = sum(pieces[i].above for i in page[1:])
    boxes = sum(pieces[i].box for i in page)
    return sum(heights[i] for i in page) - boxes + room * (boxes + above)


def fewest(pieces: Sequence[Piece], heights: Sequence[float]) -> int:
    """The fewest pages with every question whole, set as close as pages are ever set."""
    starts = [i for i, piece in enumerate(pieces) if i and piece.cost == 0]
    found = []
    for chosen in product((False, True), repeat=len(starts)):
        edges = [0, *(i for i, begins in zip(starts, chosen, strict=True) if begins), len(pieces)]
        pages = [list(range(a, b)) for a, b in pairwise(edges)]
        if all(high(pieces, heights, page, 0.78) <= 100 for page in pages):
            found.append(len(pages))
    return min(found)
