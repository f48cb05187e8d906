"""What must not stand open in the database is sealed with the key of the site, which is kept apart
from it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kb.errors import KnowledgeBaseError

_MARK = "gAAAA"  # the version of Fernet and the first zeros of its time, in base 64


class BadSeal(KnowledgeBaseError):
    """Sealed with another key, or altered."""


class Seal:
    """Encrypts and authenticates (Fernet). Safe to share between threads.

    key: gives the key of the site, when it is first needed. purpose: what is sealed; each has a key
    of its own (HKDF-SHA256), so that nothing sealed for one is taken for another.
    """

    def __init__(self, key: Callable[[], str], purpose: str) -> None:
        self._key, self._purpose = key, purpose

    def close(self, words: str) -> str:
        """The words sealed, another way each time."""
        return self._fernet.encrypt(words.encode()).decode()

    def open(self, sealed: str) -> str:
        """The words. Raises BadSeal."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise BadSeal("密文无法读取：网站的密钥已更换，或数据被改动") from None

    @cached_property
    def _fernet(self) -> Fernet:
        derived = HKDF(SHA256(), 32, salt=None, info=f"kb {self._purpose}".encode())
        return Fernet(base64.urlsafe_b64encode(derived.derive(self._key().encode())))


def is_sealed(words: str) -> bool:
    """Whether this looks sealed; no text in base 32 does."""
    return words.startswith(_MARK)
