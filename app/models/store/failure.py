"""Why a download has failed, as its record keeps it, so that it still says so after a reload.

stored = replace(stored, failure=kept(error, words))        # ("refused", "example.org answered …", "Try again later.")
problem = restored(stored.failure)                          # an AppError of the same kind, with the same words
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import AppError, Changed, Corrupt, DownloadError, Interrupted, LoadFailed, Refused
from app.core.texts import Words

TOKEN = "token"  # refused, where signing in would help
KINDS: Mapping[str, type[AppError]] = {
    "changed": Changed,
    "interrupted": Interrupted,
    "refused": Refused,
    "unusable": LoadFailed,
    "corrupt": Corrupt,
}


def kept(error: AppError, words: Words) -> tuple[str, ...]:
    """The kind of an error, and what it says in words."""
    if isinstance(error, Refused) and error.needs_token:
        kind = TOKEN
    else:
        kind = next((name for name, known in KINDS.items() if isinstance(error, known)), "")
    return kind, words(error.message), words(error.cure)


def restored(failure: tuple[str, ...]) -> AppError:
    """The error again; of a kind that this version does not know, one of downloads."""
    kind, message, cure = (*failure, "", "", "")[:3]
    if kind == TOKEN:
        return Refused(message, cure, needs_token=True)
    return KINDS.get(kind, DownloadError)(message, cure)
