"""What the Hub's refusals mean, in words. Its own codes decide (X-Error-Code), then the status: a repository that is
private and one that does not exist are refused alike (huggingface_hub, utils/_http.py)."""

from __future__ import annotations

from app.core.errors import DownloadError, Interrupted, Refused
from app.core.ports import ReplyHead
from app.core.texts import Text
from app.models.hub.place import HubPlace
from app.models.store.refusals import gated, host_of


def busy() -> Refused:
    """Too many requests. A page cannot read how long to wait; the Hub counts by five minutes (hub-docs,
    rate-limits.md)."""
    return Refused(Text("hub.too_many"), Text("hub.too_many_cure"))


def no_file(place: HubPlace) -> Refused:
    """The repository has no such file, or it publishes no hash of it."""
    return Refused(Text("hub.no_file", repository=place.repository, file=place.path), Text("hub.no_file_cure"))


def refusal(reply: ReplyHead, url: str, place: HubPlace | None) -> DownloadError:
    """The error for an answer that is none, to a search (None) or about a repository."""
    status, code = reply.status, reply.headers.get("x-error-code", "")
    if status >= 500:
        return Interrupted(Text("store.own_problem", host=host_of(url), status=status))
    if place and code == "GatedRepo":
        return gated(place.repository)
    if place and code == "RevisionNotFound":
        message = Text("hub.no_revision", repository=place.repository, revision=place.revision)
        return Refused(message, Text("hub.no_revision_cure"))
    if place and status in (401, 403, 404):
        cure = Text("hub.no_repository_cure")
        return Refused(Text("hub.no_repository", repository=place.repository), cure, needs_token=status != 404)
    return Refused(Text("store.answered", host=host_of(url), status=status), Text("hub.odd_answer_cure"))
