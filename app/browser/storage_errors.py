"""What IndexedDB's exceptions mean, as errors that a person can read."""

from __future__ import annotations

import json
from typing import Any

from pyodide.ffi import JsException

from app.core.errors import (
    Corrupt,
    Evicted,
    NeedsPermission,
    NewerData,
    NotStored,
    OutOfSpace,
    StorageBlocked,
    StorageError,
)

MEANINGS: dict[str, type[StorageError]] = {
    "QuotaExceededError": OutOfSpace,
    "NotReadableError": Corrupt,
    "NotFoundError": Corrupt,
    "UnknownError": Corrupt,
    "VersionError": NewerData,
    "NotStored": NotStored,
    "SecurityError": StorageBlocked,
    "InvalidStateError": StorageBlocked,
}


def as_storage_error(error: JsException) -> StorageError:
    """The error class for an exception of static/js/storage/, by its name; anything else is a plain StorageError."""
    if error.name == "Evicted":
        return Evicted()
    if error.name in ("NeedsPermission", "NotAllowedError"):
        return NeedsPermission()
    if error.name == "Unreadable":
        return Corrupt(chunks=tuple(json.loads(str(error.message))))
    return MEANINGS.get(str(error.name), StorageError)(detail=f"{error.name}: {error.message}")


async def stored(promise: Any) -> Any:
    """What a function of static/js/storage/ gives. Raises StorageError."""
    try:
        return await promise
    except JsException as error:
        raise as_storage_error(error) from error
