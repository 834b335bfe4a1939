"""Offline Mode: while it is on, nothing leaves this device.

    gate = Gate(clock, "https://somebody.github.io")
    fetch = gate.guard(BrowserFetch(base))          # every part of the app gets this one
    gate.switch(True)
    await fetch("https://huggingface.co/…", purpose=Purpose.CATALOG)  # raises OfflineModeOn; the log names the host

The gate is Python's own part. The service worker (static/js/sw/offline.js) refuses what the page itself or any script
asks for, and the page's content-security policy refuses what reaches neither. What a person typed stays out of the log:
it holds hosts, purposes and times. A request that does not say why it goes out is a bug and goes nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from app.core.errors import OfflineModeOn
from app.core.places import Purpose, as_purpose, is_this_computer
from app.core.ports import Clock, Fetch, FetchMode, PartReply, Parts, Reply
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords

LOGGED = 200  # refusals that are kept, the latest first


@dataclass(frozen=True, slots=True)
class Refusal:
    """One request that was not made. `when` is seconds since 1970; `what` says who wanted it, in words."""

    host: str
    when: float
    what: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand: `since` is when Offline Mode was switched on, `left_at` and `left_to` tell of the last request
    of this page that did leave this device, `left_for` of its purpose (0, "" and None where there was none)."""

    is_on: bool = False
    allows_loopback: bool = True
    since: float = 0.0
    count: int = 0
    refused: tuple[Refusal, ...] = ()
    left_at: float = 0.0
    left_to: TextOrWords = ""
    left_for: Text | None = None


class Gate:
    """Lets requests out, or not."""

    def __init__(self, clock: Clock, origin: str) -> None:
        self._clock, self._origin = clock, origin
        self.standing = Signal(Standing())

    def switch(self, is_on: bool, *, allows_loopback: bool = True, since: float = 0.0) -> None:
        """Open or close the gate. `since` is now, where it is not told."""
        standing = replace(self.standing(), is_on=is_on, allows_loopback=allows_loopback)
        if is_on and not (since and since == standing.since):
            standing = replace(standing, since=since or self._clock.now(), count=0, refused=())
        self.standing.set(standing)

    def guard(self, fetch: Fetch) -> Fetch:
        """The same fetch, behind the gate."""

        async def guarded(
            url: str,
            *,
            purpose: Purpose,
            method: str = "GET",
            headers: Mapping[str, str] | None = None,
            body: object = None,
            mode: FetchMode = "cors",
        ) -> Reply:
            self.check(url, purpose)
            return await fetch(url, purpose=purpose, method=method, headers=headers, body=body, mode=mode)

        return guarded

    def guard_parts(self, parts: Parts) -> Parts:
        """The same fetch of parts, behind the gate."""

        async def guarded(url: str, *, purpose: Purpose, headers: Mapping[str, str]) -> PartReply:
            self.check(url, purpose)
            return await parts(url, purpose=purpose, headers=headers)

        return guarded

    def refuses(self, url: str) -> bool:
        """Whether a request would be refused now."""
        if not self.standing().is_on:
            return False
        host, is_own = self._host(url)
        return not (is_this_computer(host) and (is_own or self.standing().allows_loopback))

    def check(self, url: str, purpose: Purpose) -> None:
        """Let one request out, or raise OfflineModeOn and note it. Raises TypeError for one without a purpose."""
        what = as_purpose(purpose).label
        host, is_own = self._host(url)
        asks_elsewhere = purpose is Purpose.OLLAMA_PULL  # Ollama itself does
        if self.refuses(url) or (self.standing().is_on and asks_elsewhere):
            self.refuse(host, what)
            raise OfflineModeOn(Text("net.offline", host=host))
        if not is_own and not is_this_computer(host):
            self.standing.set(replace(self.standing(), left_at=self._clock.now(), left_to=host, left_for=what))

    def check_sent(self, to: TextOrWords, purpose: Purpose) -> None:
        """Let the browser itself send something to somebody, whose address no page learns. Raises OfflineModeOn."""
        if self.standing().is_on:
            raise OfflineModeOn(Text("net.offline", host=to))
        left = replace(self.standing(), left_at=self._clock.now(), left_to=to, left_for=as_purpose(purpose).label)
        self.standing.set(left)

    def _host(self, url: str) -> tuple[str, bool]:
        """The host of an address, and whether it is where the page itself came from."""
        parts = urlsplit(url if "://" in url else self._origin)
        return parts.hostname or "", f"{parts.scheme}://{parts.netloc}" == self._origin

    def refuse(self, host: str, what: Text) -> None:
        """Note a request that was refused, here or elsewhere."""
        standing = self.standing()
        log = (Refusal(host, self._clock.now(), what), *standing.refused)[:LOGGED]
        self.standing.set(replace(standing, count=standing.count + 1, refused=log))
