"""Jinja: a family's template in, Markdown with TeX maths out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, wraps
from importlib.resources import files
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    StrictUndefined,
    Template,
)
from jinja2.runtime import Context

from partialcredit.errors import FamilyError
from partialcredit.injection import Values
from partialcredit.numbers import notation

__all__ = ["ROUNDED", "block", "context", "document", "template_for", "text"]

#: Stands before a number that had to be rounded, and makes a "≈" of the "=" before it.
ROUNDED = "\ue000"

_ROUNDED_SIDE = re.compile(rf"=(?=\s*{ROUNDED})")


@cache
def _environment() -> Environment:
    loaders: list[BaseLoader] = [
        PackageLoader("partialcredit.templates", ""),
        FunctionLoader(_beside_its_module),
    ]
    environment = Environment(
        loader=ChoiceLoader(loaders),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown from our own values; writers escape what they print
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "tex": _marked(notation.number),
        "factor": _marked(notation.factor),
        "term": notation.term,
        "vector": _marked(notation.vector),
        "matrix": _marked(notation.matrix),
        "column": _marked(notation.column),
        "set": notation.sets,
    }
    environment.globals["zip"] = zip
    return environment


def _marked(written: Callable[..., str]) -> Callable[..., str]:
    """A filter that says where its digits are not all there are."""

    @wraps(written)
    def marked(value: Any, digits: int | None = None) -> str:
        return ROUNDED * notation.rounds(value, digits) + written(value, digits)

    return marked


def _beside_its_module(name: str) -> str | None:
    """The template of a family from another package, which lies beside the module."""
    from partialcredit.registry import family_ids

    module = family_ids().get(name.removesuffix(".md.j2"))
    if module is None:
        return None
    package, _, stem = module.rpartition(".")
    template = files(package) / f"{stem}.md.j2"
    return template.read_text(encoding="utf-8") if template.is_file() else None


@cache
def template_for(family_id: str) -> Template:
    """The template of a family, compiled once."""
    return _environment().get_template(f"{family_id}.md.j2")


def document(name: str, values: Mapping[str, Any]) -> str:
    """A whole template, such as the files a new family starts from."""
    return _environment().get_template(name).render(values).rstrip("\n") + "\n"


@cache
def _compiled(source: str) -> Template:
    return _environment().from_string(source)


@cache
def _globals_of(template: Template) -> dict[str, Any]:
    """As one dictionary, because Jinja's chain of them is slow to copy."""
    return dict(template.globals)


def context(template: Template, values: Values) -> Context:
    """What a template sees: our values, those with a recipe only when they are asked for."""
    return template.new_context(values.given(_globals_of(template)), shared=True)


def text(source: str, values: Values) -> str:
    """A one-line template, such as a convention that names a parameter."""
    if "{" not in source:
        return source
    template = _compiled(source)
    return _signed("".join(template.root_render_func(context(template, values))))


def block(template: Template, name: str, seen: Context) -> str:
    """One block of a template, without blank lines around it."""
    render = template.blocks.get(name)
    if render is None:
        raise FamilyError(f"{template.name} has no block {name!r}; see docs/authoring.md")
    written = _signed("".join(render(seen))).strip()
    # "{ {{ x }} }" keeps TeX's braces from Jinja's; the spaces have then done their duty
    return written.replace("{ ", "{").replace(" }", "}")


def _signed(written: str) -> str:
    """With the right sign before every number that is rounded."""
    if ROUNDED not in written:
        return written
    return _ROUNDED_SIDE.sub(r"\\approx", written).replace(ROUNDED, "")
