"""Papers that exist, printed in another view."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from partialcredit import writers
from partialcredit.errors import InputError, UnknownName
from partialcredit.exams.merging import merge
from partialcredit.exams.printing import longest_of, workers
from partialcredit.paper import Paper
from partialcredit.writers import View
from partialcredit.writers.keys import render_keys
from partialcredit.writers.pdf import count_pages, pages

__all__ = ["print_again", "selected"]


def selected(papers: Sequence[Paper], wanted: Iterable[str]) -> tuple[Paper, ...]:
    """The papers of these students, versions or ids; all of them for none.

    Raises UnknownName for one who has none.
    """
    known = {name: p for p in papers for name in (p.name, p.id, p.student) if name}
    chosen: dict[str, Paper] = {}
    for name in wanted:
        if name not in known:
            raise UnknownName("student or paper", name, known)
        chosen[known[name].id] = known[name]
    return tuple(chosen.values()) or tuple(papers)


def print_again(papers: Sequence[Paper], view: View, target: Path) -> dict[Path, bytes]:
    """The files to write: one a paper where ``target`` is a folder, else one of them all.

    Raises InputError for papers or a view that do not go into a file of that suffix.
    """
    if target.is_dir() or not target.suffix:
        return {
            target / f"{paper.id or 'paper'}.pdf": document
            for paper, document in zip(papers, _documents(papers, view), strict=True)
        }
    writers.check_suffix(target.suffix)
    if target.suffix.lower() != ".pdf":
        if len(papers) > 1:
            raise InputError(
                f"{len(papers)} papers are written as .pdf or into a folder, not {target.name!r}"
            )
        files = writers.files(papers[0], target.name, view=view)
        return {target.parent / name: content for name, content in files.items()}
    if len(papers) == 1:
        return {target: _printed(view, papers[0])}
    if view == "key":
        return {target: render_keys(papers)}
    whole = io.BytesIO()
    merge(map(io.BytesIO, _documents(papers, view)), whole)
    return {target: whole.getvalue()}


def _documents(papers: Sequence[Paper], view: View) -> list[bytes]:
    """Every paper by itself; question papers are all equally long."""
    if len(papers) == 1:
        return [_printed(view, papers[0])]
    with workers() as pool:
        if view != "paper":
            return list(pool.map(partial(_printed, view), papers))
        ids = [paper.id for paper in papers]
        documents = dict(zip(ids, pool.map(partial(pages, even=True), papers), strict=True))
        longest = longest_of(papers, {name: count_pages(file) for name, file in documents.items()})
        short = [p for p in papers if count_pages(documents[p.id]) < longest[p.points]]
        least = [longest[paper.points] for paper in short]
        again = pool.map(partial(pages, even=True), short, least)
        documents |= zip((paper.id for paper in short), again, strict=True)
    return list(documents.values())


def _printed(view: View, paper: Paper) -> bytes:
    return writers.render(paper, ".pdf", view=view)
