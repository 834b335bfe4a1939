"""With what bytes are sealed, beside the passphrase: data that stands in front of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lock:
    """What makes a key of a passphrase, and what is sealed with it: 16 random bytes of salt, a nonce of 12 that is
    never used twice, the rounds of PBKDF2, and a header that stays readable but cannot be changed unnoticed."""

    salt: bytes
    nonce: bytes
    iterations: int
    header: bytes = b""
