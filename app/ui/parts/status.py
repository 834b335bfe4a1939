"""Where a model stands, in words and as what the style sheet knows it by."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.texts import Text
from app.models.store.rows import Status

WORDS: Mapping[Status, Text] = {
    Status.NOT_DOWNLOADED: Text("progress.not_downloaded"),
    Status.DOWNLOADING: Text("progress.downloading"),
    Status.PAUSED: Text("progress.paused"),
    Status.IMPORTING: Text("progress.importing"),
    Status.VERIFYING: Text("progress.verifying"),
    Status.READY: Text("progress.ready"),
    Status.UNVERIFIED: Text("progress.unverified"),
    Status.DAMAGED: Text("progress.damaged"),
    Status.FAILED: Text("progress.failed"),
}
#: what the button says that goes on with a download
WAYS_ON: Mapping[Status, Text] = {Status.PAUSED: Text("progress.resume"), Status.FAILED: Text("progress.try_again")}


def status_kind(status: Status) -> str:
    """The value of `data-status`."""
    if status.is_busy:
        return "busy"
    return "ready" if status.is_ready else status.name.lower().replace("_", "-")
