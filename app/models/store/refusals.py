"""What a source's answer means when it is not the file: the error, in words a person can act on."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.core.errors import Changed, DownloadError, Interrupted, Refused
from app.core.ports import ReplyHead
from app.core.text import size
from app.core.values import Model

TEMPORARY = (408, 425, 429)
IMPORT = "Choose another source, or save the file yourself and import it."


class WrongBytes(Refused):
    """A chunk whose hash is not the published one."""

    def __init__(self, url: str, index: int, count: int) -> None:
        message = f"{host_of(url)} sends other bytes than the publisher's: part {index + 1} of {count} is wrong."
        super().__init__(message, "The good parts are kept. Try again later or with another source.")


def host_of(url: str) -> str:
    """The host of an address, "this site" for a relative one."""
    return urlsplit(url).netloc or "This site"


def refusal(model: Model, url: str, reply: ReplyHead) -> DownloadError:
    """The error for a reply that brings no bytes of the file."""
    status, host = reply.status, host_of(url)
    if status in TEMPORARY or status >= 500:
        words = "is too busy" if status == 429 else "has a problem of its own"
        return Interrupted(f"{host} {words} (status {status}).", retry_after=_retry_after(reply))
    if status in (401, 403):
        cure = "Sign in there, accept the licence, make an access token and enter it in Settings under Model sources."
        words = "The link may have expired, or the file" if status == 403 else "The file"
        message = f"{host} did not hand the file out (status {status}). {words} needs a sign-in."
        return Refused(message, cure, needs_token=True)
    if status in (404, 410):
        if model.is_bundled:
            words = "This copy of the app was published without its bundled model."
            return Refused(words, "Import a model file instead.")
        return Refused(f"{host} has no such file (status {status}).", IMPORT)
    if status == 416:
        return Changed("The file at the source is shorter than it was.")
    if status in (200, 206):
        words = "sent a web page instead of the file: a sign-in, or a notice of the network that you are in"
        return Refused(f"{host} {words}.", "Open its address in a tab of its own to see it. " + IMPORT)
    return Refused(f"{host} answered with status {status}.", IMPORT)


def wrong_length(model: Model, url: str, length: int) -> Refused:
    """The source holds a file of another length than the catalogue's; `length` 0 where only that much is known."""
    found = f"is {size(length)} ({length:,} bytes) long" if length else "is longer"
    words = f"The file at {host_of(url)} {found}; {model.name} has {model.size_bytes:,} bytes."
    return Refused(words, "Ask the catalogue's publisher, or choose another source.")


def too_little() -> Interrupted:
    """A body that ended early."""
    return Interrupted("A part of the file arrived incomplete.")


def unreachable(url: str, detail: str) -> Interrupted:
    """No answer at all: a page is not told why."""
    words = f"{host_of(url)} cannot be reached, or does not let this site read its files."
    return Interrupted(words, "Check the network. " + IMPORT, detail=detail)


def _retry_after(reply: ReplyHead) -> float:
    """Seconds that the server asks for; 0 where it does not say (or hides it from the page)."""
    from calendar import timegm  # here, because a page that downloads nothing starts faster without it
    from time import strptime, time

    text = reply.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, timegm(strptime(text, "%a, %d %b %Y %H:%M:%S GMT")) - time())
    except ValueError:
        return 0.0
