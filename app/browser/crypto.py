"""Encryption under a passphrase by the browser's own WebCrypto, in a worker as on a page.

    crypto = BrowserCrypto()
    sealed = await crypto.seal(data, "correct horse", lock)

It is there on https and on localhost only.
"""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import js
from pyodide.ffi import JsException, to_js

from app.browser.ffi import js_object
from app.core.errors import BadPassphrase, NotSupported
from app.core.locks import Lock
from app.core.texts import Text


class BrowserCrypto:
    """The `Crypto` port."""

    async def seal(self, data: bytes, passphrase: str, lock: Lock) -> bytes:
        """Encrypt. Raises NotSupported."""
        key = await _key(passphrase, lock, "encrypt")
        sealed = await js.crypto.subtle.encrypt(_cipher(lock), key, to_js(data))
        return bytes(sealed.to_bytes())

    async def open(self, sealed: bytes, passphrase: str, lock: Lock) -> bytes:
        """Decrypt. Raises BadPassphrase, NotSupported."""
        key = await _key(passphrase, lock, "decrypt")
        try:
            data = await js.crypto.subtle.decrypt(_cipher(lock), key, to_js(sealed))
        except JsException as error:  # an OperationError, which never says why
            raise BadPassphrase from error
        return bytes(data.to_bytes())


async def _key(passphrase: str, lock: Lock, use: str) -> Any:
    if not getattr(js.crypto, "subtle", None):
        raise NotSupported(Text("browser.no_crypto"), Text("browser.no_crypto_cure"))
    subtle, text = js.crypto.subtle, normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    start = await subtle.importKey("raw", to_js(text), "PBKDF2", False, to_js(["deriveKey"]))
    rule = {"name": "PBKDF2", "hash": "SHA-256", "salt": to_js(lock.salt), "iterations": lock.iterations}
    kind = {"name": "AES-GCM", "length": 256}
    return await subtle.deriveKey(js_object(rule), start, js_object(kind), False, to_js([use]))


def _cipher(lock: Lock) -> Any:
    return js_object({"name": "AES-GCM", "iv": to_js(lock.nonce), "additionalData": to_js(lock.header)})
