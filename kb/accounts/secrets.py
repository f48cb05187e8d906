"""Passwords, codes and tokens: made, hashed, checked. What a person chooses is hashed with Argon2,
what is random with SHA-256; nothing is kept that opens anything by itself; the secret of TOTP
is sealed with the key of the site (`kb.seal`)."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kb.errors import BadRequest

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
RECOVERY_CODES = 10
ISSUER = "川渝行政复议案例库"
_CODE_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_STEP = 30  # seconds, as every authenticator has it
_COMMON = {"1234567890", "0123456789", "qwertyuiop", "password123", "administrator", "1q2w3e4r5t"}


class Passwords:
    """Hashes and checks. hasher: with other costs, for tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        return self._hasher.hash(_normal(password))

    def fits(self, kept: str, password: str) -> bool:
        """Whether a password is the one that was hashed. kept: "" for none, which no password
        fits; that takes as long."""
        try:
            return self._hasher.verify(kept or self._nobodys, _normal(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False

    def better(self, kept: str, password: str) -> str | None:
        """A hash of today's costs in place of one of former ones."""
        return self.hash(password) if self._hasher.check_needs_rehash(kept) else None


def check_password(password: str, name: str) -> None:
    """Raises BadRequest for a password that is too easy to guess, saying why."""
    said = _normal(password)
    if len(said) < SHORTEST:
        raise BadRequest("password", f"密码至少 {SHORTEST} 个字符，可以是一句话")
    if len(said) > LONGEST:
        raise BadRequest("password", f"密码最多 {LONGEST} 个字符")
    if said.casefold() in _COMMON or len(set(said)) < 4 or name in said.casefold():
        raise BadRequest("password", "密码太容易猜到：不要用账户名、连续或重复的字符")


def token() -> str:
    """A random token, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a random secret."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def totp_secret() -> str:
    return pyotp.random_base32()


def totp_address(secret: str, name: str) -> str:
    """The otpauth:// address that authenticators read from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, one before or after now allowed; None for no code of
    now."""
    typed = unicodedata.normalize("NFKC", code).replace(" ", "")
    step = int(now.timestamp()) // _STEP
    for near in (step, step - 1, step + 1):
        if secrets.compare_digest(pyotp.TOTP(secret).at(near * _STEP).encode(), typed.encode()):
            return near
    return None


def recovery_codes() -> list[str]:
    """Codes to be kept on paper, such as 7k2m9-xq4rt."""
    return [f"{_letters(5)}-{_letters(5)}" for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str) -> str:
    """What is kept of a recovery code, however it is typed."""
    typed = unicodedata.normalize("NFKC", code).casefold()
    return digest("".join(sign for sign in typed if sign in _CODE_ALPHABET))


def _letters(count: int) -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(count))


def _normal(password: str) -> str:
    """The same however a keyboard composes it."""
    return unicodedata.normalize("NFKC", password)
