"""From a printed problem back to the problem that computes its keys."""

from __future__ import annotations

from collections.abc import Collection

from partialcredit.draw import LEVELS
from partialcredit.errors import FamilyError, InputError, UnknownName, UnreadableAnswer
from partialcredit.family import Family
from partialcredit.grading import Choice
from partialcredit.grading.option_letters import letters_in
from partialcredit.injection import arguments
from partialcredit.marking.printed_choice import choice_key
from partialcredit.numbers.plausible import SENSELESS
from partialcredit.numbers.values import from_json
from partialcredit.own import Unfit, restored_own
from partialcredit.paper import OWN, PaperPart, PaperProblem
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load

__all__ = ["place", "restored"]


def place(printed: PaperProblem) -> str:
    """Where in the paper file something is wrong."""
    return f"problem {printed.number} of the paper file"


def restored(printed: PaperProblem) -> Problem:
    """The problem behind a printed one, computed again from its parameters.

    It may take any time and memory when the file is forged: call it in a worker.

    A question of a recipe is data, and an edited key of it counts. The key of a family's problem is
    computed, and an edited one is refused.

    Raises InputError when the paper file is foreign, damaged, edited so, or written by another
    version of the family and without its keys.
    """
    where = place(printed)
    if not printed.family:
        raise InputError(
            "this paper file was written without keys, to hand out; grade with the one that was "
            "written without --public"
        )
    if printed.family == OWN:
        return _own(printed, where)
    if printed.family not in family_ids():
        raise InputError(f"{where} is of the family {printed.family!r:.80}, which is not installed")
    if printed.level not in LEVELS:
        levels = ", ".join(LEVELS)
        raise InputError(f"{where} has the level {printed.level!r:.80}; levels are {levels}")
    family, asked = load(printed.family), [part.name for part in printed.parts]
    try:
        digits = {part.name: part.digits for part in printed.parts if part.digits}
        parameters = from_json(printed.parameters)
        problem = Problem(family, printed.level, printed.seed, parameters, digits)
        if family.version == printed.version:
            problem.ask(asked)
        else:  # which may have asked other parts at this level
            needed = _needed(family, asked)
            problem.parts = [part for part in family.parts.values() if part.name in needed]
            problem.asked = [part for part in problem.parts if part.name in asked]
        _try_out(problem)
    except UnknownName as error:
        raise InputError(f"{where} is damaged: {error}") from None
    except (*SENSELESS, MemoryError, UnreadableAnswer, FamilyError) as error:
        raise InputError(
            f"{where} is damaged: its parameters do not fit ({type(error).__name__}); "
            "generate the paper again from its seed"
        ) from None
    names = [part.name for part in problem.asked]
    if not asked or asked != names:
        raise InputError(f"{where} is damaged: {printed.family} asks {', '.join(names)}")
    if family.version != printed.version:
        _take_printed_keys(problem, printed, where)
    for part in printed.parts:
        if not _fits(part, problem, newer=family.version != printed.version):
            raise InputError(
                f"{where} is damaged: part {part.id:.80} is no {part.kind:.80} with a key"
            )
        if family.version == printed.version and _edited(part, problem):
            raise InputError(
                f"the key of {part.id:.80} in the paper file was edited to {part.key!r:.80}, but "
                "it is computed from the problem's parameters: put it back, and give other marks "
                "with --decisions"
            )
    return problem


def _needed(family: Family, asked: Collection[str]) -> set[str]:
    """Parts, and the earlier ones that they now follow, though they did not when asked."""
    found = set(asked)
    for part in reversed(family.parts.values()):
        if part.name in found:
            functions = (part.function, *(slip.function for slip in part.slips))
            found |= family.parts.keys() & {name for f in functions for name in arguments(f)}
    return found


def _own(printed: PaperProblem, where: str) -> Problem:
    try:
        return restored_own(printed)
    except Unfit as error:
        part = printed.parts[error.place].id if error.place < len(printed.parts) else "a part"
        raise InputError(f"{where} cannot be marked: {part:.80}: {error}") from None
    except (*SENSELESS, MemoryError) as error:
        raise InputError(f"{where} is damaged ({type(error).__name__})") from None


def _edited(part: PaperPart, problem: Problem) -> bool:
    """Whether the printed key is another than the computed one."""
    kind, key = problem.kinds[part.name], problem.keys[part.name]
    if part.key is None or kind.by_person:
        return False
    if not kind.called(part.kind):
        shown = f"${kind.tex(key)}$"
        return shown in part.options and _another_option(part, shown)
    try:
        return kind.compare(key, kind.read(part.key)).outcome == "different"
    except UnreadableAnswer:
        return True


def _another_option(part: PaperPart, key: str) -> bool:
    """Whether another option of a choice is called its key than the one that shows it."""
    found = letters_in(part.key or "", len(part.options)) or [part.options.index(key)]
    return part.options[found[0]] != key


def _try_out(problem: Problem) -> None:
    """Compute and compare whatever marking may need, while it is known whose fault a fault is."""
    for name, kind in problem.kinds.items():
        key = problem.keys[name]
        kind.compare(key, kind.read(kind.write(key)))
        kind.tex(key)
    _ = problem.slips


def _fits(part: PaperPart, problem: Problem, *, newer: bool) -> bool:
    """Whether a part is asked as its family asks it, or as a choice that holds the key.

    A ``newer`` version of the family may ask for another kind of number: it has read the key.
    """
    own = problem.kinds[part.name]
    if Choice.called(part.kind) and not own.called(part.kind):
        return choice_key(part, own, problem.keys[part.name]) is not None
    return newer or own.called(part.kind)


def _one_of(keys: object, key: object) -> bool:
    """Whether several answers are right, and a paper has printed this one of them."""
    return isinstance(keys, frozenset) and key in keys


def _take_printed_keys(problem: Problem, printed: PaperProblem, where: str) -> None:
    """Let the keys printed by another version of the family stand."""
    for part in printed.parts:
        if part.key is None:
            raise InputError(
                f"{where} was written by version {printed.version} of {printed.family}, installed "
                f"is {problem.family.version}; grade with the paper file that holds the keys"
            )
        own = problem.kinds[part.name]
        if own.called(part.kind) or not Choice.called(part.kind):
            try:
                key = own.read(part.key).value
            except UnreadableAnswer as error:
                raise InputError(f"{where} is damaged: the key of {part.id}: {error}") from None
            if not _one_of(problem.keys[part.name], key):
                problem.keys[part.name] = key
