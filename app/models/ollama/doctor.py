"""Finds out whether Ollama can be reached, and if not, why, and what a person can do about it.

    doctor = Doctor(fetch, device, origin="https://user.github.io")
    found = await doctor.examine(address)                 # at rest: never raises the browser's question
    found = await doctor.examine(address, clicked=True)   # after a click on Connect
    found.state, found.headline, found.words, found.button, found.advice

A browser tells a page almost nothing about a request that failed. Three questions together say more: the permission
(asked without raising its prompt), a request that reads the answer, and one that only learns that somebody answers. The
order and the time-outs are those of the design notes on Ollama, section 7, measured in Chromium and Firefox.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from app.core.errors import Interrupted
from app.core.places import Purpose
from app.core.ports import Device, Fetch, LocalNetwork
from app.core.reading import read_json
from app.core.texts import Plain, Text
from app.core.values import DeviceFacts
from app.models.ollama.advice import (
    Advice,
    escape,
    install_steps,
    lan_steps,
    origin_steps,
    permission_steps,
    update_steps,
)
from app.models.ollama.answers import text
from app.models.ollama.findings import PERMISSION, WORDS, Button, Met, Offer, Reason, State, Steps
from app.models.ollama.others import openai_server, small_body
from app.net.addresses import (
    PORT,
    BadAddress,
    can_be_allowed,
    distance,
    is_always_allowed,
    is_known_nearby,
    port_of,
    read_address,
)

# 0.6.4 is the first one whose /api/show says what a model can do (pictures, tools); 0.5.5 changed /api/create to what
# importing uses. Source: Ollama's release notes.
MINIMUM_VERSION = "0.6.4"
LNA_CHROME = 142  # the first Chromium that asks before a page reaches this computer
QUICK_SECONDS = 3.0
PATIENT_SECONDS = 90.0  # somebody may be reading the browser's question
MOST_BYTES = 10_000
VERSION = re.compile(r"v?\d{1,6}(\.\d{1,6})*\b[\w.+-]{0,40}$", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: one headline, one explanation, the steps, and the one button that helps."""

    state: State
    reason: Reason
    headline: Text
    words: Text
    button: Button
    advice: tuple[Advice, ...] = ()
    version: str = ""
    address: str = ""
    offer: Offer = ""
    offered: str = ""  # the address that the offer is about

    @property
    def is_running(self) -> bool:
        """Whether Ollama answered this page, a new one or an old one."""
        return self.state == "running"


@dataclass(frozen=True, slots=True)
class Visit:
    """The page, what it wants to reach, and the browser between them."""

    origin: str
    address: str
    facts: DeviceFacts

    @property
    def over_http(self) -> Visit:
        """The same server without encryption: Ollama itself knows nothing else."""
        parts = urlsplit(self.address)
        return replace(self, address=f"http://{parts.netloc}{parts.path}")

    @property
    def is_free(self) -> bool:
        """A page of this very computer needs nobody's permission."""
        return distance(self.origin) == "loopback"

    @property
    def chromium(self) -> int:
        """The version of Chromium, 0 for another browser. On iPhone and iPad every browser is Safari inside."""
        name, _, version = self.facts.browser.partition(" ")
        is_chromium = name in ("Chrome", "Edge") and self.facts.platform != "iOS"
        return int(version) if is_chromium and version.isdigit() else 0

    @property
    def is_mixed(self) -> bool:
        """An https page wants something over http, which is not on this computer."""
        return (
            self.origin.startswith("https:")
            and self.address.startswith("http:")
            and distance(self.address) != "loopback"
        )

    @property
    def is_surely_mixed(self) -> bool:
        """The browser will block it, without any question. Chromium makes an exception of what is surely nearby."""
        return self.is_mixed and not (is_known_nearby(self.address) and (self.chromium or LNA_CHROME) >= LNA_CHROME)

    @property
    def is_insecure(self) -> bool:
        """Chromium lets no http page reach what is nearer to the person than the page itself."""
        order = ("public", "local", "loopback")
        is_nearer = order.index(distance(self.address)) > order.index(distance(self.origin))
        return self.chromium >= LNA_CHROME and self.origin.startswith("http:") and not self.is_free and is_nearer


class Doctor:
    """Examines one address at a time. `origin` is the page's own (`location.origin`); `quiet` is what asks without a
    click, where asking in the ordinary way leaves an error in the browser's console."""

    def __init__(
        self,
        fetch: Fetch,
        device: Device,
        origin: str,
        *,
        quiet: Fetch | None = None,
        quick_seconds: float = QUICK_SECONDS,
        patient_seconds: float = PATIENT_SECONDS,
    ) -> None:
        self._loud, self._quiet_fetch = fetch, quiet or fetch
        self._fetch = fetch
        self._device, self._origin = device, origin
        self._quick, self._patient = quick_seconds, patient_seconds
        self._worked: set[str] = set()  # addresses that answered after a click on this very page

    async def examine(self, address: str, *, clicked: bool = False, has_connected: bool = False) -> Diagnosis:
        """Find out. Without `clicked` nothing is sent that could raise the browser's question; `has_connected` says
        that this address has answered before, on another day. No AppError is raised: what fails is the finding."""
        self._fetch = self._loud if clicked else self._quiet_fetch
        facts = await self._device.facts()
        try:
            visit = Visit(self._origin, read_address(address), facts)
        except BadAddress:
            return _finding(Visit(self._origin, address, facts), "wrong-address")
        if visit.is_surely_mixed or visit.is_insecure:
            return _finding(visit, "mixed-content" if visit.is_mixed else "insecure-page")
        permission = await self._permission(visit)
        if permission == "denied":
            return _finding(visit, "permission-denied")
        if not (clicked or permission == "granted" or visit.address in self._worked):
            return _finding(visit, "permission-asked" if permission == "prompt" else "permission-unknown")
        found = await self._ask(visit, permission, has_connected)
        if found.is_running:
            self._worked.add(visit.address)
        elif found.reason in PERMISSION:
            self._worked.discard(visit.address)
        return found

    async def other_program(self, address: str) -> Diagnosis:
        """What to tell where an answer showed that this is no Ollama after all."""
        return _finding(Visit(self._origin, address, await self._device.facts()), "other-program")

    async def _permission(self, visit: Visit) -> LocalNetwork:
        """The permission that counts here. What browsers tell is about this computer only, not about other ones."""
        if visit.is_free:
            return "granted"
        return await self._device.local_network() if distance(visit.address) == "loopback" else "unknown"

    async def _ask(self, visit: Visit, permission: LocalNetwork, has_connected: bool) -> Diagnosis:
        try:
            status, version = await self._within(permission, self._version(visit.address))
        except TimeoutError:
            return await self._silence(visit, await self._permission(visit))
        except Interrupted:
            return await self._failure(visit, has_connected)
        if version:
            return _finding(visit, "too-old" if _is_too_old(version) else "", version=version)
        if status in (401, 403, 407):
            return _finding(visit, "refused-there", status=status)
        if status == 429 or status >= 500:
            return await self._who(visit, _finding(visit, "failing-there", status=status))
        return await self._who(visit, _finding(visit, "other-program"))

    async def _failure(self, visit: Visit, has_connected: bool) -> Diagnosis:
        """No answer could be read. Ask the permission again, then whether anybody answers at all."""
        permission = await self._permission(visit)
        if permission == "denied":
            return _finding(visit, "permission-denied")
        try:
            await self._within(permission, self._anybody(visit))
        except TimeoutError:
            return await self._silence(visit, await self._permission(visit))
        except Interrupted:
            if await self._permission(visit) == "denied":
                return _finding(visit, "permission-denied")
            if await self._speaks_http(visit, permission):
                return _finding(visit, "write-http")
            return _finding(visit, _why_unreachable(visit, has_connected))
        if is_always_allowed(visit.origin):  # Ollama would have let this page read its answer
            return await self._who(visit, _finding(visit, "other-program"))
        return _finding(visit, "origin-refused" if can_be_allowed(visit.origin) else "origin-unusable")

    async def _who(self, visit: Visit, otherwise: Diagnosis) -> Diagnosis:
        """The finding for a server that this app can use as the person's own; `otherwise` where it is none."""
        program = await openai_server(self._quiet_fetch, visit.address)
        if program is None:
            return otherwise
        return _finding(visit, "own-server", program=program or Text("ollama_check.openai_server"))

    async def _speaks_http(self, visit: Visit, permission: LocalNetwork) -> bool:
        """Whether somebody answers at an https address once it is asked over http. A browser forbids some of that."""
        over_http = visit.over_http
        if not visit.address.startswith("https:") or over_http.is_mixed or over_http.is_insecure:
            return False
        try:
            await self._within(permission, self._anybody(over_http))
        except (TimeoutError, Interrupted):
            return False
        return True

    async def _silence(self, visit: Visit, permission: LocalNetwork) -> Diagnosis:
        """Neither an answer nor a refusal: the browser's question stands open, or nobody is there."""
        if permission == "denied":
            return _finding(visit, "permission-denied")
        return _finding(visit, "permission-pending" if permission == "prompt" else "no-answer")

    async def _version(self, address: str) -> tuple[int, str]:
        """The status and the version, "" where something else answers. Raises Interrupted."""
        reply = await self._fetch(f"{address}/api/version", purpose=Purpose.OLLAMA_LOOK)
        body = await small_body(reply, MOST_BYTES)
        try:
            answer = read_json(body)
        except ValueError:
            return reply.status, ""
        version = text(answer, "version") if isinstance(answer, dict) else ""
        return reply.status, version if reply.status == 200 and VERSION.match(version) else ""

    async def _anybody(self, visit: Visit) -> None:
        """Learn only that somebody answers: this request carries no Origin, so Ollama never refuses it. The browser
        keeps such an answer from an isolated page, but not from what asks quietly (static/js/quiet-worker.js)."""
        fetch = self._quiet_fetch if visit.facts.is_isolated else self._fetch
        (await fetch(f"{visit.address}/", purpose=Purpose.OLLAMA_LOOK, mode="no-cors")).close()

    async def _within(self, permission: LocalNetwork, work: Coroutine[object, object, T]) -> T:
        """Await `work` as long as it may take. Raises TimeoutError."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task}, timeout=self._quick if permission == "granted" else self._patient)
            if not task.done():
                raise TimeoutError
            return task.result()
        finally:
            task.cancel()


def _why_unreachable(visit: Visit, has_connected: bool) -> Reason:
    """Nothing came back at all, and the browser does not say why: the likeliest reason."""
    if visit.is_mixed:
        return "mixed-content"
    if distance(visit.address) != "loopback":
        return "stopped-there" if has_connected else "other-computer"
    if visit.facts.is_mobile:
        return "on-a-phone"
    if has_connected:  # so neither the port is wrong nor does the browser block it
        return "stopped"
    if visit.address.startswith("https:"):
        return "https-here"
    if port_of(visit.address) != PORT:
        return "other-port"
    is_safari = visit.facts.browser.startswith("Safari") or visit.facts.platform == "iOS"
    return "safari" if is_safari and visit.origin.startswith("https:") else "not-running"


def _is_too_old(version: str) -> bool:
    """Whether the minimum is not reached. What a person built from the source calls itself 0.0.0."""
    found, minimum = (tuple(map(int, re.findall(r"\d+", text)[:3])) for text in (version, MINIMUM_VERSION))
    return (0, 0, 0) != found < minimum


def _finding(
    visit: Visit, reason: Reason, *, version: str = "", status: int = 0, program: Text | str = ""
) -> Diagnosis:
    """Everything to tell, out of the reason."""
    met = Met(
        visit.address,
        visit.origin,
        visit.over_http.address,
        visit.facts.browser.partition(" ")[0] or Text("ollama_check.your_browser"),
        Plain(status),
        program,
        version,
        MINIMUM_VERSION,
    )
    told = WORDS[reason](met)
    advice = () if reason == "" else (*_steps(visit, told.steps), *escape(visit.origin))
    if told.state == "running":
        advice = _steps(visit, told.steps)
    offered = {"http": visit.over_http.address, "own-server": visit.address}.get(told.offer, "")
    told_of = told.state, reason, told.headline, told.words, told.button, advice, version, visit.address
    return Diagnosis(*told_of, told.offer, offered)


def _steps(visit: Visit, kind: Steps) -> tuple[Advice, ...]:
    platform = visit.facts.platform
    if kind == "start":
        kind = "install" if distance(visit.address) == "loopback" else "lan"
    if kind == "install":
        return install_steps(platform)
    if kind == "update":
        return update_steps(platform)
    if kind == "permission":
        return permission_steps(visit.origin, "Safari" if platform == "iOS" else visit.facts.browser)
    if kind == "origin":
        return origin_steps(visit.origin, platform)
    if kind == "lan" and can_be_allowed(visit.origin):
        return lan_steps(visit.origin, platform)
    return ()
