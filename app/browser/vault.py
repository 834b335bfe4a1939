"""Secrets that outlive the page, encrypted by a WebCrypto key that no program can read out, in a database of their own.

    vault = IndexedVault()                    # after IndexedRecords, which says whose database it is
    await vault.keep("openai", "sk-…")
    await vault.read("openai")                # "sk-…", in this browser profile only

It protects what lies on the disk and every copy of it, not against a script that runs in this page: that can ask for
the text as we do. WebCrypto is there on https and on localhost only.
"""

from __future__ import annotations

import json
from typing import Any

import js
from pyodide.ffi import JsException
from pyscript.js_modules import storage

from app.browser.storage_errors import as_storage_error
from app.core.errors import NotSupported
from app.core.texts import Text


class IndexedVault:
    """The `Vault` port. Each call is one durable transaction in `static/js/storage/vault.js`."""

    async def keep(self, name: str, text: str) -> None:
        """Encrypt and store. Raises NotSupported, OutOfSpace, StorageError."""
        if not getattr(js.crypto, "subtle", None):
            words = Text("browser.no_crypto")
            raise NotSupported(words, Text("browser.no_crypto_cure"))
        await _done(storage.keepSecret(name, text))

    async def read(self, name: str) -> str | None:
        """The text, None where there is none or its key is lost. Raises StorageError."""
        found: str | None = await _done(storage.secret(name))
        return found

    async def names(self) -> list[str]:
        """What is kept. Raises StorageError."""
        found: list[str] = json.loads(await _done(storage.secrets()))
        return found

    async def drop(self, name: str) -> None:
        """Delete it. Raises StorageError."""
        await _done(storage.dropSecret(name))


async def _done(promise: Any) -> Any:
    try:
        return await promise
    except JsException as error:
        raise as_storage_error(error) from error
