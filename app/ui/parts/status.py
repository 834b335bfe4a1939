"""Where a model stands, in words and as what the style sheet knows it by."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.store.rows import Status

WORDS: Mapping[Status, str] = {
    Status.NOT_DOWNLOADED: "Not downloaded",
    Status.DOWNLOADING: "Downloading",
    Status.PAUSED: "Paused",
    Status.IMPORTING: "Importing",
    Status.VERIFYING: "Verifying",
    Status.READY: "Ready",
    Status.UNVERIFIED: "Ready, unverified",
    Status.DAMAGED: "Damaged",
    Status.FAILED: "Failed",
}
#: what the button says that goes on with a download
WAYS_ON: Mapping[Status, str] = {Status.PAUSED: "Resume", Status.FAILED: "Try again"}


def status_kind(status: Status) -> str:
    """The value of `data-status`."""
    if status.is_busy:
        return "busy"
    return "ready" if status.is_ready else status.name.lower().replace("_", "-")
