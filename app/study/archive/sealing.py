"""A backup that only a passphrase opens: a small readable envelope around encrypted bytes.

    text = await seal(crypto, backup_text, "correct horse battery staple")
    is_sealed(text)                                     # True; any backup's text may be asked
    backup_text = await unseal(crypto, text, passphrase)    # raises BadPassphrase, BadBackup

The file is one JSON object, version 1: `format` ("drleelm-sealed"), `version`, `kdf` (`name` "PBKDF2-HMAC-SHA256",
`iterations` 600000, the number that OWASP's Password Storage Cheat Sheet names for it; `salt`, 16 random bytes),
`cipher` (`name` "AES-256-GCM", `nonce`, 12 random bytes), and `payload`: the encrypted text in UTF-8 with its tag of 16
bytes at the end. Bytes are base64. The key is made of the passphrase in Unicode's form NFKC. Authenticated with the
payload is everything else: the object without `payload`, as JSON with sorted keys and no blanks.
`static/open-backup.py` opens such a file without this app.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from app.core.errors import BadBackup
from app.core.locks import Lock
from app.core.ports import Crypto
from app.core.reading import read_object
from app.core.shapes import decode, within
from app.core.texts import Text
from app.study.archive.backup import newer

FORMAT, VERSION = "drleelm-sealed", 1
KDF, CIPHER = "PBKDF2-HMAC-SHA256", "AES-256-GCM"
ITERATIONS = 600_000
MOST_ITERATIONS = 10_000_000  # a file that asks for more is made to keep the page busy


@dataclass(frozen=True, slots=True)
class _Kdf:
    name: str
    iterations: Annotated[int, within(1, MOST_ITERATIONS)]
    salt: str


@dataclass(frozen=True, slots=True)
class _Cipher:
    name: str
    nonce: str


@dataclass(frozen=True, slots=True)
class _Envelope:
    format: str
    version: int
    kdf: _Kdf
    cipher: _Cipher
    payload: str


async def seal(crypto: Crypto, text: str, passphrase: str) -> str:
    """The file's text, another one each time. Raises NotSupported."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head = {
        "format": FORMAT,
        "version": VERSION,
        "kdf": {"name": KDF, "iterations": ITERATIONS, "salt": _text(salt)},
        "cipher": {"name": CIPHER, "nonce": _text(nonce)},
    }
    sealed = await crypto.seal(text.encode(), passphrase, Lock(salt, nonce, ITERATIONS, _canonical(head)))
    return json.dumps({**head, "payload": _text(sealed)})


def is_sealed(text: str) -> bool:
    """Whether a file's text is such an envelope, whole or not."""
    return FORMAT in text[:200]


async def unseal(crypto: Crypto, text: str, passphrase: str) -> str:
    """What is inside. Raises BadPassphrase, BadBackup for a broken envelope, NotSupported."""
    sealed, lock = _read(text)
    try:
        return (await crypto.open(sealed, passphrase, lock)).decode()
    except UnicodeDecodeError as error:
        raise _broken("what is inside is no text") from error


def _read(text: str) -> tuple[bytes, Lock]:
    try:
        head = read_object(text.removeprefix("\ufeff"))
        if (version := head.get("version", VERSION)) != VERSION:
            raise newer(detail=f"version {version}")
        told = decode(_Envelope, head)
        sealed, salt, nonce = _bytes(told.payload), _bytes(told.kdf.salt), _bytes(told.cipher.nonce)
    except ValueError as error:
        raise _broken(str(error)) from error
    del head["payload"]
    lock = Lock(salt, nonce, told.kdf.iterations, _canonical(head))
    is_known = (told.format, told.kdf.name, told.cipher.name) == (FORMAT, KDF, CIPHER)
    if not is_known or len(nonce) != 12:
        raise _broken("an unknown lock")
    return sealed, lock


def _broken(detail: str) -> BadBackup:
    return BadBackup(
        Text("archive.envelope_damaged"),
        Text("archive.other_copy_only"),
        detail=detail,
    )


def _canonical(head: Mapping[str, object]) -> bytes:
    return json.dumps(head, sort_keys=True, separators=(",", ":")).encode("ascii")


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
