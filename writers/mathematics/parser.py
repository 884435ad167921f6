"""A strict parser of TeX mathematics: the allow-list becomes a tree, the rest an error."""

from __future__ import annotations

from partialcredit.writers.mathematics import commands
from partialcredit.writers.mathematics.cursor import Cursor
from partialcredit.writers.mathematics.nodes import (
    Brace,
    Group,
    Node,
    Number,
    Operator,
    Row,
    Scripts,
    Space,
    Symbol,
)
from partialcredit.writers.mathematics.symbols import (
    CHARACTERS,
    FUNCTIONS,
    SPACES,
    SYMBOLS,
    UNICODE,
)
from partialcredit.writers.mathematics.tokens import Token

__all__ = ["Parser", "parse"]

_STRAYS = {
    "}": "a '}' without its '{'",
    "&": "a '&' outside an environment",
    "\\": "a line break '\\\\' outside an environment",
    "right": "a '\\right' without its '\\left'",
    "end": "an '\\end' without its '\\begin'",
}


def parse(source: str) -> Row:
    """Read TeX mathematics, without its dollar signs, into a syntax tree.

    Raises:
        MathError: anything outside the allow-list of docs/mathematics.md, with its column.

    """
    parser = Parser(source)
    row = parser.row()
    if parser.peek.kind != "end":
        parser.fail(_STRAYS[parser.peek.text])
    return row


class Parser(Cursor):
    """The grammar; commands with arguments live in :mod:`commands`."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.fences = 0

    def row(self, closing: str = "") -> Row:
        """Items up to a token that only an enclosing construct can take."""
        self.enter()
        items: list[Node] = []
        while not (self._closes() or (closing and self.at("char", closing))):
            items.append(self._item())
        self.leave()
        return Row(tuple(items))

    def argument(self, command: Token) -> Node:
        """One argument: a group, a command with its arguments, a letter or a single digit."""
        if self._closes() or self._at_script():
            self.fail(f"'\\{command.text}' lacks an argument", command)
        token = self.peek
        if token.kind == "number" and len(token.text) > 1:
            # TeX takes one digit: \frac12 is a half.
            rest = Token("number", token.text[1:], token.column + 1, token.end)
            self.tokens[self.index : self.index + 1] = [
                Token("number", token.text[0], token.column, token.column + 1),
                rest,
            ]
        self.enter()
        atom = self._atom()
        self.leave()
        return atom

    def _closes(self) -> bool:
        token = self.peek
        if token.kind == "command":
            return token.text in ("\\", "right", "end")
        return token.kind == "end" or (token.kind == "special" and token.text in "}&")

    def _at_script(self) -> bool:
        return self.peek.kind == "special" and self.peek.text in "^_'"

    def _item(self) -> Node:
        base = None if self._at_script() else self._atom()
        limits = None
        if self.peek.kind == "command" and self.peek.text in ("limits", "nolimits"):
            if not _takes_limits(base):
                self.fail(f"'\\{self.peek.text}' not after a large operator")
            limits = self.take().text == "limits"
        return self._scripts(base, limits)

    def _scripts(self, base: Node | None, limits: bool | None) -> Node:
        primes = 0
        found: dict[str, Node] = {}
        while self._at_script():
            token = self.take()
            if token.text == "'":
                primes += 1
                if "^" in found:
                    self.fail("a prime after a superscript; write it before", token)
                continue
            if token.text in found:
                self.fail(f"a second '{token.text}' on one base", token)
            found[token.text] = self._script(token)
        if not found and not primes and limits is None:
            return base or Row(())
        sub, sup = found.get("_"), found.get("^")
        if isinstance(base, Brace) and not primes:
            label, other = (sub, sup) if base.side == "under" else (sup, sub)
            if other is None:
                return Brace(base.side, base.body, label)
        return Scripts(base, primes, sub, sup, limits)

    def _script(self, mark: Token) -> Node:
        if self._closes() or self._at_script():
            self.fail(f"'{mark.text}' lacks its script", mark)
        if self.peek.kind == "number" and len(self.peek.text) > 1:
            self.fail(f"a script of several digits needs braces: {mark.text}{{{self.peek.text}}}")
        self.enter()
        atom = self._atom()
        self.leave()
        return atom

    def _atom(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Number(token.text.replace("{,}", ","))
        if token.kind == "command":
            return self._command(token)
        if token.text == "{":
            return self._group(token)
        if token.text == "~":
            return Space(SPACES[" "])
        return self._character(token)

    def _group(self, opener: Token) -> Node:
        body = self.row()
        self.expect("special", "}", "a '{' without its '}'", opener)
        lone = body.items[0] if len(body.items) == 1 else body
        if isinstance(lone, Symbol) and lone.role not in ("letter", "ordinary"):
            return Group(lone)
        return lone

    def _character(self, token: Token) -> Node:
        char = token.text
        if char in CHARACTERS:
            return CHARACTERS[char]
        if char in UNICODE:
            return UNICODE[char]
        if char.isalpha() and char.isascii():
            return Symbol(char, "letter")
        hint = f"; write '\\{char}'" if char in "%#$" else ""
        return self.fail(f"the character {char!r} has no place in mathematics{hint}", token)

    def _command(self, token: Token) -> Node:
        name = token.text
        if name in SYMBOLS:
            return SYMBOLS[name]
        if name in FUNCTIONS:
            return Operator(*FUNCTIONS[name])
        if name in SPACES:
            return Space(SPACES[name])
        if name in commands.COMMANDS:
            return commands.COMMANDS[name](self, token)
        return self.fail(
            f"the command '\\{name}' is not on the allow-list of docs/mathematics.md", token
        )


def _takes_limits(node: Node | None) -> bool:
    return isinstance(node, Operator) or (isinstance(node, Symbol) and node.role == "big")
