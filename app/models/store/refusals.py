"""What a source's answer means when it is not the file: the error, in words a person can act on."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.core.errors import Changed, DownloadError, Interrupted, NotSupported, Refused
from app.core.ports import ReplyHead
from app.core.texts import Size, Text
from app.core.values import Model

TEMPORARY = (408, 425, 429)
IMPORT = Text("store.import_it")


def cannot_chat(model: Model) -> NotSupported:
    """The error for a model that is asked to chat and was made for something else."""
    message = Text("store.reranking" if model.can_rank else "store.embedding", model=model.name)
    return NotSupported(message, Text("store.choose_another"))


class WrongBytes(Refused):
    """A chunk whose hash is not the published one."""

    def __init__(self, url: str, index: int, count: int) -> None:
        message = Text("store.wrong_bytes", host=source_of(url), part=index + 1, count=count)
        super().__init__(message, Text("store.wrong_bytes_cure"))


def host_of(url: str) -> str:
    """The host of an address, "" for a relative one."""
    return urlsplit(url).netloc


def source_of(url: str) -> str | Text:
    """The host of an address for a sentence that it begins."""
    return host_of(url) or Text("store.this_site")


def refusal(model: Model, url: str, reply: ReplyHead) -> DownloadError:
    """The error for a reply that brings no bytes of the file."""
    status, host = reply.status, source_of(url)
    if status in TEMPORARY or status >= 500:
        words = Text("store.too_busy" if status == 429 else "store.own_problem", host=host, status=status)
        cure = Text("store.too_busy_cure") if status == 429 else ""
        return Interrupted(words, cure, retry_after=_retry_after(reply))
    if reply.headers.get("x-error-code") == "GatedRepo":  # a code of Hugging Face's
        return gated("/".join(urlsplit(url).path.split("/")[1:3]))
    if status in (401, 403):
        cure = Text("store.sign_in_cure")
        message = Text("store.link_expired" if status == 403 else "store.needs_sign_in", host=host, status=status)
        return Refused(message, cure, needs_token=True)
    if status in (404, 410):
        if model.is_bundled:
            words = Text("store.not_bundled")
            return Refused(words, Text("store.not_bundled_cure"))
        return Refused(Text("store.no_such_file", host=host, status=status), IMPORT)
    if status == 416:
        return Changed(Text("store.shorter"))
    if status in (200, 206):
        return Refused(Text("store.page_instead", host=host), Text("store.page_instead_cure", cure=IMPORT))
    return Refused(Text("store.answered", host=host, status=status), IMPORT)


def gated(repository: str) -> Refused:
    """A repository of Hugging Face whose files are for those who have accepted its terms. The Hub answers a token of
    somebody who has not in the same way."""
    cure = Text("store.gated_cure", page=f"https://huggingface.co/{repository}")
    return Refused(Text("store.gated", repository=repository), cure, needs_token=True)


def token_refused(url: str, detail: str = "") -> Refused:
    """A source that answers without a token, but not the browser's question whether it may send one (a preflight)."""
    words = Text("store.token_refused", host=source_of(url))
    return Refused(words, Text("store.token_refused_cure"), detail=detail)


def wrong_length(model: Model, url: str, length: int) -> Refused:
    """The source holds a file of another length than the catalogue's; `length` 0 where only that much is known."""
    host, wanted = source_of(url), model.size_bytes
    words = Text("store.longer", host=host, model=model.name, wanted=wanted)
    if length:
        size = Size(length)
        words = Text("store.wrong_length", host=host, size=size, length=length, model=model.name, wanted=wanted)
    return Refused(words, Text("store.ask_publisher"))


def too_little() -> Interrupted:
    """A body that ended early."""
    return Interrupted(Text("store.incomplete"))


def unreachable(url: str, detail: str) -> Interrupted:
    """No answer at all: a page is not told why."""
    words = Text("store.unreachable", host=source_of(url))
    return Interrupted(words, Text("store.check_network", cure=IMPORT), detail=detail)


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
