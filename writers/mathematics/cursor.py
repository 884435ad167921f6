"""A cursor over the tokens of TeX mathematics, which knows how to complain."""

from __future__ import annotations

from typing import NoReturn

from partialcredit.errors import MathError
from partialcredit.writers.mathematics.tokens import Token, tokenize

__all__ = ["Cursor"]

_DEEPEST = 40


class Cursor:
    """Takes tokens one by one; every failure is a MathError at a token."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0
        self.depth = 0

    @property
    def peek(self) -> Token:
        """The next token, not yet taken."""
        return self.tokens[self.index]

    def take(self) -> Token:
        """The next token; the end mark is never passed."""
        token = self.peek
        self.index += token.kind != "end"
        return token

    def at(self, kind: str, text: str) -> bool:
        """Whether the next token is this one."""
        return self.peek.kind == kind and self.peek.text == text

    def expect(self, kind: str, text: str, message: str, opener: Token) -> None:
        """Take this very token, or fail at ``opener``, which waits for it."""
        if not self.at(kind, text):
            self.fail(message, opener)
        self.take()

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Raise a MathError at ``token``, by default the next one."""
        raise MathError(self.source, (token or self.peek).column, message)

    def enter(self) -> None:
        """Go one level deeper; what is nested without end is refused."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail(f"mathematics nested deeper than {_DEEPEST} levels")

    def leave(self) -> None:
        """Come back up one level."""
        self.depth -= 1

    def raw(self, command: Token) -> Token:
        """A braced argument as plain text, without braces inside it."""
        if not self.at("special", "{"):
            self.fail(f"'\\{command.text}' needs a braced argument", command)
        start = self.peek.end
        while not self.at("special", "}"):
            token = self.take()
            if token.kind == "end":
                self.fail(f"'\\{command.text}' lacks its closing brace", command)
            if self.at("special", "{"):
                self.fail(f"braces inside '\\{command.text}'")
        stop = self.take().column
        return Token("char", self.source[start:stop], start, stop)
