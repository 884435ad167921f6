"""A new family that works at once: in a checkout of this project, or as a package of its own."""

from __future__ import annotations

import re
from pathlib import Path

from partialcredit import rendering
from partialcredit.errors import InputError
from partialcredit.files import read_text, write_files
from partialcredit.registry import family_ids

__all__ = ["scaffold"]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def scaffold(identifier: str, folder: Path) -> list[Path]:
    """Write the files of ``topic/family`` below ``folder`` and return their paths.

    Raises InputError for a name that is malformed, taken, or whose files exist already.
    """
    topic, slash, name = identifier.partition("/")
    if not (slash and _NAME.fullmatch(topic) and _NAME.fullmatch(name)):
        raise InputError(
            f"a family is named topic/family in small letters, digits and underscores, "
            f"such as losses/focal_loss, not {identifier!r}"
        )
    if identifier in family_ids():
        raise InputError(f"{identifier} exists already; choose another name")
    place = _in_checkout if _is_checkout(folder) else _package
    files = place(topic, name, folder)
    taken = [path for path in files if path.exists() and path.name not in _SHARED]
    if taken:
        raise InputError(f"{taken[0]} exists already; move it away or choose another name")
    write_files({path: content.encode() for path, content in files.items()})
    return list(files)


#: Files that a new family adds to rather than creates.
_SHARED = ("pyproject.toml",)


def _is_checkout(folder: Path) -> bool:
    project = folder / "pyproject.toml"
    return project.is_file() and '\nname = "partialcredit"\n' in read_text(project)


def _family_files(topic: str, name: str, module: Path, template: Path) -> dict[Path, str]:
    values = {"topic": topic, "name": name, "title": name.replace("_", " ").capitalize()}
    return {
        module / f"{name}.py": rendering.document("scaffold/family.py.j2", values),
        template / f"{name}.md.j2": rendering.document("scaffold/family.md.j2.j2", values),
    }


def _in_checkout(topic: str, name: str, folder: Path) -> dict[Path, str]:
    module = folder / "problems" / topic
    files = _family_files(topic, name, module, folder / "templates" / topic)
    if not (module / "__init__.py").exists():
        files[module / "__init__.py"] = f'"""{topic.replace("_", " ").capitalize()}."""\n'
        project = folder / "pyproject.toml"
        files[project] = _with_topic(read_text(project), f"partialcredit.problems.{topic}")
    return files


def _with_topic(project: str, package: str) -> str:
    """The project file with one more topic, in alphabetical order."""
    lines, added = project.splitlines(keepends=True), f'    "{package}",\n'
    topics = (i for i, line in enumerate(lines) if line.startswith('    "partialcredit.problems'))
    place = 1 + max(i for i in topics if lines[i] < added)
    return "".join([*lines[:place], added, *lines[place:]])


def _package(topic: str, name: str, folder: Path) -> dict[Path, str]:
    package = f"{topic}_{name}"
    home = folder / package
    if home.exists():
        raise InputError(f"{home} exists already; move it away or choose another name")
    values = {"topic": topic, "name": name, "package": package}
    files = _family_files(topic, name, home / package, home / package)
    files[home / package / "__init__.py"] = ""
    files[home / "pyproject.toml"] = rendering.document("scaffold/pyproject.toml.j2", values)
    return files
