"""What IndexedDB's exceptions mean, as errors that a person can read."""

from __future__ import annotations

from pyodide.ffi import JsException

from app.core.errors import Corrupt, OutOfSpace, StorageError

MEANINGS: dict[str, type[StorageError]] = {
    "QuotaExceededError": OutOfSpace,
    "NotReadableError": Corrupt,
    "NotFoundError": Corrupt,
    "UnknownError": Corrupt,
}


def as_storage_error(error: JsException) -> StorageError:
    """The error class for a DOMException, by its name; anything else is a plain StorageError."""
    if error.name == "InvalidStateError":
        cure = "Wait until it has finished there, then reload this page."
        return StorageError("Another tab of this app is storing this model.", cure, detail=str(error.message))
    return MEANINGS.get(str(error.name), StorageError)(detail=f"{error.name}: {error.message}")
