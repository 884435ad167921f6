"""What tells papers apart and draws their numbers, all from one secret of the class.

Everything is HMAC-SHA256 under the secret, so that a paper's id leads neither to a student nor to
a seed. An id is eight characters of Crockford's base 32, which has no I, L, O or U.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.files import read_text, write_files

__all__ = ["id_of_seed", "new_secret", "paper_id", "question_seed", "secret_in"]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET = re.compile(r"[0-9a-f]{64}")


def new_secret() -> str:
    """256 random bits as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def secret_in(path: Path) -> str:
    """The secret in a file; a fresh one is written where there is none yet.

    Raises InputError for a file that holds anything else.
    """
    if not path.exists():
        secret = new_secret()
        write_files({path: f"{secret}\n".encode()}, private=True)
        return secret
    secret = read_text(path).strip().casefold()
    if not _SECRET.fullmatch(secret):
        raise InputError(
            f"{path} holds no secret, which is 64 hexadecimal digits; name a file that does not "
            "exist yet, and a new secret is written into it"
        )
    return secret


def paper_id(secret: str, student: str) -> str:
    """The id of a student's paper: 40 bits.

    >>> paper_id("00" * 32, "Ada")
    'RWHT516H'
    """
    bits = int.from_bytes(_mac(secret, "paper", student)[:5], "big")
    return "".join(_CROCKFORD[bits >> shift & 31] for shift in range(35, -1, -5))


def id_of_seed(seed: int, *what: object) -> str:
    """The id of a paper that a seed and what is asked for make, to be told from others in print."""
    key = sha256(str(seed).encode()).hexdigest()
    return paper_id(key, "\0".join(map(str, what)))


def question_seed(secret: str, paper: str, question: str, attempt: int = 0) -> int:
    """The seed of a question on a paper: 128 bits; other ones for another ``attempt``."""
    return int.from_bytes(_mac(secret, "question", paper, question, str(attempt))[:16], "big")


def _mac(secret: str, *scope: str) -> bytes:
    """A digest of texts that only the secret leads to; no two lists of texts are one message."""
    message = "".join(f"{len(text)}:{text}" for text in scope)
    return hmac.digest(bytes.fromhex(secret), message.encode("utf-8", "replace"), "sha256")
