"""The tokens of one answer, and where the reader stands among them."""

from __future__ import annotations

from typing import NoReturn

from partialcredit.errors import UnreadableAnswer
from partialcredit.grading.limits import MAX_DEPTH, MAX_NODES
from partialcredit.grading.reader.lexer import Token, tokenize

__all__ = ["Cursor"]


class Cursor:
    """Looks at tokens, takes them and says what was expected instead."""

    def __init__(self, text: str, bare: str | None = None) -> None:
        self.text = text
        self.tokens = tokenize(text, bare)
        self.at = 0
        self.depth = 0
        self.nodes = 0
        self.retries = 0
        self.decimal_commas = False  # a semicolon separates the entries of the list

    @property
    def token(self) -> Token:
        """The token to read next."""
        return self.tokens[self.at]

    def peek(self, ahead: int = 1) -> Token:
        """A token further on."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def next(self) -> Token:
        """Take one token."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        self.nodes += 1
        if self.nodes > 6 * MAX_NODES:
            self.fail(f"an expression of at most {MAX_NODES} numbers, names and signs")
        return token

    def is_sign(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.token.kind == "sign" and self.token.text in signs

    def is_word(self, *words: str) -> bool:
        """Whether one of these words comes next, typed plainly or as TeX text."""
        token = self.token
        return token.kind in ("name", "text") and token.text.strip(" ,.").lower() in words

    def take(self, *signs: str) -> bool:
        """Take one of these signs if it comes next."""
        if self.is_sign(*signs):
            self.next()
            return True
        return False

    def expect(self, sign: str, what: str = "") -> None:
        """Take this sign or explain that it is missing."""
        if not self.take(sign):
            self.fail(what or f"'{sign.lstrip(chr(92))}'")

    def fail(self, expected: str, suggestion: str = "", token: Token | None = None) -> NoReturn:
        """Stop reading at the current token."""
        token = token or self.token
        raise UnreadableAnswer(self.text, token.column, f"expected {expected}", suggestion)

    def enter(self) -> None:
        """Count one more level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"at most {MAX_DEPTH} levels of brackets", "simplify the expression")
