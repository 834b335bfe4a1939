"""What the program beside the chat may reach of the network: nothing, until the person allows a server for this run.

    reaching.begin("c1")
    reaching.want("7", "https://files.example/a.csv")       # state.running().network.wants: Wanted("files.example")
    reaching.answer(is_allowed=True)                        # the request is made, and others to that server in this run

Each request goes by the gate. In Offline Mode and in private chats nobody is asked, and nothing goes out.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from app.core.commands import Say
from app.core.errors import OfflineModeOn
from app.core.jobs import Jobs
from app.core.places import Purpose
from app.core.ports import Clock, Page
from app.core.running import Sandbox
from app.core.texts import Text
from app.net.addresses import BadAddress, distance, leads_back, read_address
from app.net.gate import Gate
from app.session.privacy import Privacy
from app.session.state import State
from app.study.programs import Network, Reached, Wanted

MOST_NAMES = 20  # packages and servers that are shown of one run
MOST_REFUSALS = 3  # in a run: whoever has said no that often is asked no more
MOST_MODULE, MOST_HOST = 60, 253  # characters of a name; the latter as DNS has them
LOOK_SECONDS = 0.7  # a question can be allowed from then on: a press may have been meant for what was there before it
PACKAGE = re.compile(r"[\w.+-]+", re.ASCII)  # the file of one, below the address of packages
PORTS = (None, 80, 443)  # a name may lead to this computer after all, where other programs listen at ports of their own


@dataclass(frozen=True, slots=True)
class _Waiting:
    number: str
    address: str
    wanted: Wanted


class Reaching:
    """Asks the person, and answers the program."""

    def __init__(
        self,
        state: State,
        privacy: Privacy,
        gate: Gate,
        jobs: Jobs,
        clock: Clock,
        page: Page,
        sandbox: Sandbox,
        origin: str,
        packages: Callable[[], str],
    ) -> None:
        self._state, self._privacy, self._gate, self._page, self._sandbox = state, privacy, gate, page, sandbox
        self._jobs, self._clock, self._origin, self._packages = jobs, clock, origin, packages
        self._chat = ""
        self._allowed, self._refused, self._may_bring = set[str](), set[str](), False
        self._waiting: list[_Waiting] = []

    def begin(self, chat: str) -> None:
        """A run of this chat begins: nothing is allowed."""
        self._chat, self._waiting = chat, []
        self._allowed, self._refused, self._may_bring = set(), set(), False

    def need(self, number: str, names: str) -> None:
        """It imports modules whose packages are not here."""
        modules = tuple(filter(_is_module, names.split()))[:MOST_NAMES]
        if modules:
            address = self._packages()
            self._ask(_Waiting(number, address, Wanted(host_of(address, self._origin), modules)))
        else:
            self._sandbox.permit(number)

    def want(self, number: str, address: str) -> None:
        """It wants to ask an address."""
        host = host_of(address, self._origin)
        if host:
            self._ask(_Waiting(number, address, Wanted(host)))
        else:
            self._refuse(number, urlsplit(address).netloc[-100:])

    def lack(self, name: str, *, is_known: bool = True) -> None:
        """A module is not here; where it `is_known`, it could be installed."""
        if _is_module(name) and is_known:
            self._lacks((name,))
        elif _is_module(name):
            self._change(unknown=_with(self._network.unknown, (name,)))

    def reached(self, address: str, count: str) -> None:
        """An address was asked, and as many bytes have come; "" where no answer came."""
        host, known = urlsplit(address).netloc, {one.host: one for one in self._network.reached}
        before = known.get(host, Reached(host, 0, has_answered=False))
        read = before.bytes + (int(count) if count.isdecimal() else 0)
        known[host] = Reached(host, read, before.has_answered or count.isdecimal())
        self._change(reached=tuple(known.values()))

    def answer(self, *, is_allowed: bool) -> None:
        """The person has decided on what is wanted, for this run."""
        wanted = self._network.wants
        if wanted is None or (is_allowed and not self._network.can_allow):
            return
        is_allowed = is_allowed and not self._is_shut()
        if is_allowed and wanted.packages:
            self._may_bring = True
        else:
            (self._allowed if is_allowed else self._refused).add(wanted.host)
        waiting, self._waiting = self._waiting, []
        self._change(wants=None, can_allow=False)
        for one in waiting:
            self._ask(one)

    def is_cut_off(self) -> bool:
        """Whether the network is shut now to a program that something was allowed. Effects follow it."""
        return self._is_shut() and (self._may_bring or bool(self._allowed))

    def _is_shut(self) -> bool:
        return self._state.offline().is_on or self._privacy.is_private(self._chat)

    def end(self) -> None:
        """The run has ended: nothing waits any more."""
        self._waiting = []
        self._change(wants=None, can_allow=False)

    def _ask(self, one: _Waiting) -> None:
        host = one.wanted.host
        if why := self._closed(one.address):
            self._change(why=why)
            self._no(one)
        elif host in self._allowed or self._is_brought(one):
            self._let(one)
        elif host in self._refused or len(self._refused) == MOST_REFUSALS:
            self._no(one)
        else:
            self._waiting.append(one)
            if self._network.wants is None:
                self._change(wants=one.wanted)
                self._page.do(Say(Text("run.wants_said", host=host)))
                self._jobs.start("run-question", self._open())

    async def _open(self) -> None:
        """The person has seen the question."""
        await self._clock.sleep(LOOK_SECONDS)
        self._change(can_allow=self._network.wants is not None)

    def _is_brought(self, one: _Waiting) -> bool:
        """Whether it comes with the word for packages, which is none for all else that lies on their server."""
        name = one.address.removeprefix(self._packages())
        return self._may_bring and (bool(one.wanted.packages) or bool(PACKAGE.fullmatch(name)))

    def _closed(self, address: str) -> Literal["", "offline", "private"]:
        if self._privacy.is_private(self._chat):
            return "private"
        return "offline" if self._gate.refuses(address) else ""

    def _let(self, one: _Waiting) -> None:
        try:
            self._gate.check(one.address, Purpose.PROGRAM)
        except OfflineModeOn:
            self._no(one)
        else:
            self._sandbox.permit(one.number, one.address)

    def _no(self, one: _Waiting) -> None:
        if one.wanted.packages:
            self._lacks(one.wanted.packages)
            self._sandbox.permit(one.number)
        else:
            self._refuse(one.number, one.wanted.host)

    def _refuse(self, number: str, host: str) -> None:
        self._change(refused=_with(self._network.refused, (host,)))
        self._sandbox.permit(number)

    def _lacks(self, names: tuple[str, ...]) -> None:
        self._change(lacks=_with(self._network.lacks, names))

    @property
    def _network(self) -> Network:
        shown = self._state.running()
        return shown.network if shown else Network()

    def _change(self, **fields: object) -> None:
        if shown := self._state.running():
            network = replace(shown.network, **fields)  # type: ignore[arg-type]
            self._state.running.set(replace(shown, network=network))


def _with(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))[:MOST_NAMES]


def host_of(address: str, origin: str) -> str:
    """The public server of an address that a program may ask; "" for this app itself, for whatever is near (this
    computer, the local network), for bare numbers and for ports other than the web's own.

    >>> host_of("https://files.example/a.csv", "https://app.example")
    'files.example'
    >>> host_of("http://127.0.0.1/", "https://app.example")
    ''
    """
    try:
        parts = urlsplit(address)
        own = f"{parts.scheme}://{parts.netloc}"
        is_web = parts.scheme in ("http", "https") and parts.port in PORTS and "@" not in parts.netloc
        read_address(own)
    except (ValueError, BadAddress):
        return ""
    host = parts.hostname or ""
    is_app = host.removesuffix(".") == urlsplit(origin).hostname
    is_far = not _is_number(host) and distance(own) == "public" and not leads_back(host)
    return host if is_web and is_far and not is_app and len(host) <= MOST_HOST else ""


def _is_module(name: str) -> bool:
    """Whether it may be a module's name, and is nothing that a forger would rather have on the screen."""
    return name.isascii() and name.isidentifier() and len(name) <= MOST_MODULE


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
