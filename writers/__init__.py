"""Papers in every output format: a registry by suffix, one file per format, imported when used.

>>> sorted(SUFFIXES)
['.html', '.json', '.md', '.pdf', '.tex']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from partialcredit.errors import InputError
from partialcredit.paper import Paper
from partialcredit.writers.views import View, require_keys

__all__ = ["SUFFIXES", "View", "all_files", "check_suffix", "files", "render"]

#: Suffix to the module that writes it.
SUFFIXES: Mapping[str, str] = {
    ".md": "markdown",
    ".pdf": "pdf",
    ".html": "html",
    ".tex": "latex",
    ".json": "json",
}

#: Formats that keep figures in files of their own.
_WITH_FIGURES = (".md", ".tex")


def check_suffix(suffix: str) -> None:
    """Raise InputError, naming the known suffixes, for one that no writer knows."""
    if suffix.lower() not in SUFFIXES:
        asked = f"not {suffix!r}" if suffix else "and this name has no suffix"
        raise InputError(f"a paper is written as {', '.join(SUFFIXES)}, {asked}")


def render(paper: Paper, suffix: str, *, view: View = "paper") -> bytes:
    """One self-contained document; the same paper gives the same bytes.

    In Markdown, which cannot hold a drawing, figures appear as their alternative text.

    Raises:
        InputError: an unknown suffix, or keys asked of a paper written without them.
        FamilyError: problem text or a figure outside what writers print.
        MathError: mathematics outside the allow-list of docs/mathematics.md.

    """
    check_suffix(suffix)
    require_keys(paper, view)
    return _module(suffix).render(paper, view)  # type: ignore[no-any-return]


def files(paper: Paper, name: str, *, view: View = "paper") -> dict[str, bytes]:
    """The document called ``name`` and its side files, by paths relative to its folder.

    Markdown and LaTeX keep their figures in ``STEM-figures/``; every other format is one file.
    Raises what :func:`render` raises.
    """
    suffix = Path(name).suffix
    check_suffix(suffix)
    if suffix.lower() not in _WITH_FIGURES:
        return {name: render(paper, suffix, view=view)}
    require_keys(paper, view)
    return _module(suffix).files(paper, name, view)  # type: ignore[no-any-return]


def all_files(
    paper: Paper,
    outputs: Iterable[Path],
    *,
    view: View = "paper",
    key: Path | None = None,
    public: bool = False,
) -> dict[Path, bytes]:
    """Every file that a run of ``generate`` writes.

    Beside any other output stands the paper file under the same stem, because ``grade`` reads it;
    ``public`` leaves keys and solutions out of it.
    """
    outputs = list(outputs)
    held = paper.public() if public else paper
    files_of_it = (p if p.suffix.lower() == ".json" else p.with_suffix(".json") for p in outputs)
    contents = {path: render(held, ".json") for path in files_of_it}
    for path in outputs:
        if path.suffix.lower() != ".json":
            contents |= _beside(path, files(paper, path.name, view=view))
    if key is not None:
        if key in contents:
            raise InputError(f"the key would overwrite {key}; give --key a name of its own")
        contents |= _beside(key, files(paper, key.name, view="key"))
    return contents


def _beside(path: Path, contents: dict[str, bytes]) -> dict[Path, bytes]:
    return {path.parent / name: content for name, content in contents.items()}


def _module(suffix: str) -> Any:
    return import_module(f"partialcredit.writers.{SUFFIXES[suffix.lower()]}")
