"""A program reaches nothing of the network that the person has not allowed for this run."""

from __future__ import annotations

import asyncio
import json
import re
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from app.core.adapters import Adapters
from app.core.places import Purpose
from app.session.reaching import host_of
from app.study.programs import Network, Reached, Wanted
from app.ui.parts.run_network import network
from tests.environment import ROOT
from tests.sandbox import WantingSandbox
from tests.test_session import World

FILE, OTHER = "https://files.example/a.csv", "https://other.example/b"
DISTRIBUTION = tomllib.loads((ROOT / "static" / "packages.toml").read_text("utf-8"))["address"]


class Wanting(World):
    """A session whose programs want the network."""

    def __init__(self) -> None:
        self.sandbox = WantingSandbox()
        super().__init__()

    @property
    def adapters(self) -> Adapters:
        """With that sandbox."""
        return replace(super().adapters, sandbox=lambda: self.sandbox)

    @property
    def network(self) -> Network:
        """What the run wants and has reached."""
        shown = self.session.state.running()
        assert shown is not None
        return shown.network

    @property
    def drawn(self) -> str:
        """That part of the panel."""
        shown = self.session.state.running()
        assert shown is not None
        return network(shown)

    async def run(self, *lines: str) -> None:
        """Run a program until it ends or waits for the person."""
        self.session.act("programs:open", {"arg": "", "value": "\n".join(lines)})
        await self.turns()

    async def press(self, name: str) -> None:
        """Do something, and let the program go on."""
        self.session.act(name, None)
        await self.turns()

    async def turns(self) -> None:
        """Let everything go on that can."""
        for _ in range(200):
            await asyncio.sleep(0)


def play(scene: Callable[[Wanting], Awaitable[None]]) -> None:
    """Run a scene on a fresh page."""

    async def body() -> None:
        world = Wanting()
        await world.session.start("")
        await world.session.jobs.join()
        await scene(world)
        await world.session.jobs.stop("run")

    asyncio.run(body())


def test_a_server_is_asked_for_once_in_a_run_and_shown_with_its_bytes() -> None:
    async def scene(world: Wanting) -> None:
        await world.run(f"want {FILE}", f"want {FILE}?2", f"want {OTHER}")
        assert (world.sandbox.permitted, world.network.wants) == ([], Wanted("files.example"))
        assert "This program wants the network: files.example" in world.drawn
        await world.press("programs:allow")
        assert (world.sandbox.permitted, world.network.wants) == ([FILE, f"{FILE}?2"], Wanted("other.example"))
        await world.press("programs:refuse")
        assert world.sandbox.permitted == [FILE, f"{FILE}?2", ""]
        assert world.network == Network(reached=(Reached("files.example", 3000),), refused=("other.example",))
        assert re.search(r"files\.example · 3\s?kB", world.drawn)
        assert "Not reached: other.example" in world.drawn
        standing = world.session.gate.standing()
        assert (standing.left_to, standing.left_for) == ("files.example", Purpose.PROGRAM.label)
        await world.run(f"want {FILE}")
        assert world.network == Network(Wanted("files.example"), can_allow=True), "each run asks anew"
        await world.press("programs:stop")
        assert world.network == Network()

    play(scene)


def test_a_server_without_an_answer_was_asked_too() -> None:
    async def scene(world: Wanting) -> None:
        await world.run(f"want {FILE}?silent", f"want {OTHER}?silent", f"want {OTHER}")
        await world.press("programs:allow")
        await world.press("programs:allow")
        silent = Reached("files.example", 0, has_answered=False)
        assert world.network.reached == (silent, Reached("other.example", 1500))
        assert "files.example · no answer" in world.drawn

    play(scene)


def test_what_was_missed_has_the_button_that_asks_again() -> None:
    async def scene(world: Wanting) -> None:
        await world.run("need numpy", "lack tensorflow unknown", "lack numpy")
        assert "Ask me again" not in world.drawn
        await world.press("programs:refuse")
        assert world.network.lacks == ("numpy",)
        assert "Ask me again" in world.drawn
        assert "tensorflow isn&#x27;t among Pyodide&#x27;s packages" in world.drawn
        await world.run("lack tensorflow unknown")
        assert "Ask me again" not in world.drawn, "nothing could be allowed"
        world.session.act("offline:switch", True)
        await world.turns()
        await world.run("need numpy")
        assert 'href="#/settings/privacy"' in world.drawn

    play(scene)


def test_packages_come_from_one_place_and_are_missed_in_words_without_it() -> None:
    async def scene(world: Wanting) -> None:
        await world.run("need matplotlib numpy", "lack matplotlib")
        assert world.network.wants == Wanted("cdn.jsdelivr.net", ("matplotlib", "numpy"))
        await world.press("programs:refuse")
        assert world.sandbox.permitted == [""]
        sentence = "matplotlib and numpy aren\u2019t on this device. Allow the network for this run to install them."
        assert sentence.replace("\u2019", "'") in world.drawn.replace("\u2019", "'").replace("&#x27;", "'")
        await world.run("need matplotlib", f"want {DISTRIBUTION}matplotlib.whl")
        await world.press("programs:allow")
        assert world.sandbox.permitted == ["", DISTRIBUTION, f"{DISTRIBUTION}matplotlib.whl"]
        assert world.network.lacks == ()

    play(scene)


def test_the_word_for_packages_is_none_for_what_else_lies_on_their_server() -> None:
    async def scene(world: Wanting) -> None:
        elsewhere = "https://cdn.jsdelivr.net/npm/evil/x.js"
        await world.run("need numpy", f"want {DISTRIBUTION}a.whl?secret", f"want {elsewhere}")
        await world.press("programs:allow")
        assert (world.sandbox.permitted, world.network.wants) == ([DISTRIBUTION], Wanted("cdn.jsdelivr.net"))
        await world.press("programs:allow")
        assert world.sandbox.permitted == [DISTRIBUTION, f"{DISTRIBUTION}a.whl?secret", elsewhere]

    play(scene)


@pytest.mark.parametrize("why", ["offline", "private"])
def test_nobody_is_asked_in_offline_mode_and_in_private_chats(why: str) -> None:
    async def scene(world: Wanting) -> None:
        name, value = ("offline:switch", True) if why == "offline" else ("chat:private", True)
        world.session.act(name, value)
        await world.session.jobs.join()
        await world.run("need numpy", f"want {FILE}")
        assert world.sandbox.permitted == ["", ""]
        assert (world.network.wants, world.network.why) == (None, why)
        assert (world.network.lacks, world.network.refused) == (("numpy",), ("files.example",))
        assert ("Offline Mode is on" if why == "offline" else "private chats") in world.drawn

    play(scene)


def test_offline_mode_that_comes_in_between_ends_what_was_allowed() -> None:
    async def scene(world: Wanting) -> None:
        await world.run(f"want {OTHER}", f"want {FILE}")
        world.session.act("offline:switch", True)
        await world.turns()
        await world.press("programs:allow")
        assert world.sandbox.permitted == ["", ""]

    play(scene)


@pytest.mark.parametrize(("name", "value"), [("offline:switch", True), ("chat:private", True)])
def test_a_program_that_is_in_the_network_ends_when_it_is_shut(name: str, value: object) -> None:
    async def scene(world: Wanting) -> None:
        await world.run("need numpy", f"want {FILE}")
        await world.press("programs:allow")
        assert world.session.jobs.is_running("run")
        world.session.act(name, value)
        await world.turns()
        assert not world.session.jobs.is_running("run")
        shown = world.session.state.running()
        assert shown is None or (shown.ran is not None and shown.ran.ending == "stopped")

    play(scene)


def test_a_press_meant_for_one_question_allows_no_other() -> None:
    """The second click of a double click falls on the next question, which stands in the same place."""

    async def scene(world: Wanting) -> None:
        await world.run(f"want {FILE}", f"want {OTHER}")
        world.session.act("programs:allow", None)
        for _ in range(50):
            if world.network.wants != Wanted("other.example"):
                await asyncio.sleep(0)
        assert "disabled" in world.drawn
        world.session.act("programs:allow", None)
        assert (world.sandbox.permitted, world.network.wants) == ([FILE], Wanted("other.example"))
        await world.turns()
        assert "disabled" not in world.drawn
        await world.press("programs:allow")
        assert world.sandbox.permitted == [FILE, OTHER]

    play(scene)


def test_who_refuses_is_not_asked_for_ever() -> None:
    async def scene(world: Wanting) -> None:
        await world.run(*(f"want https://a{number}.example/" for number in range(9)))
        for _ in range(3):
            await world.press("programs:refuse")
        assert world.sandbox.permitted == [""] * 9
        assert (world.network.wants, len(world.network.refused)) == (None, 9)

    play(scene)


def test_no_forged_name_of_a_module_is_shown() -> None:
    async def scene(world: Wanting) -> None:
        forged = ("\u202eyp", "\u05d0\u05d1", "<b>", "a" * 100)
        await world.run(f"need {' '.join(forged)}", *(f"lack {name}" for name in forged), f"need {forged[0]} numpy")
        assert (world.sandbox.permitted, world.network.lacks) == ([""], ())
        assert world.network.wants == Wanted("cdn.jsdelivr.net", ("numpy",))

    play(scene)


NEAR = (
    *("http://127.0.0.1/", "http://localhost/", "http://a.localhost/", "https://10.0.0.1/", "http://192.168.1.20/"),
    *("http://[::1]/", "http://169.254.169.254/", "http://0.0.0.0/", "http://100.64.0.1/", "https://nas.local/"),
    *("https://fritz.box/", "http://printer/", "https://8.8.8.8/", "https://[2606:4700::1]/", "http://2130706433/"),
    *("http://0x7f.1/", "https://app.example/v1/models", "https://user:key@files.example/", "ftp://files.example/"),
    *(
        "file:///etc/passwd",
        "https://files.example:11434/",
        "javascript:alert(1)",
        "https://localhost./",
        "http://127.0.0.1.nip.io/",
        "http://192-168-1-1.SSLIP.io./",
        "https://localtest.me/",
        "",
        "https://",
    ),
    *(
        "http://[::ffff:127.0.0.1]/",
        "https://files.example:99999/",
        "blob:https://files.example/1",
        "https://app.example./v1/models",
        "http://app.example/v1/models",
        f"https://{'a.' * 150}example/",
        "data:text/plain,x",
    ),
    *(
        "https://nas.local./",
        "http://db.internal/",
        "http://router.lan/",
        "http://wiki.intranet/",
        "http://a.home.arpa/",
    ),
    *("http://127.1/", "http://0177.0.0.1/", "http://017700000001/", "http://[fe80::1]/", "http://[fc00::1]/"),
    *(
        "http://[::ffff:7f00:1]/",
        "http://172.16.0.1/",
        "http://nas.fritz.box/",
        "http://host.ts.net/",
        "http://LOCALHOST/",
    ),
)


def test_what_is_near_is_never_asked_about() -> None:
    assert [one for one in NEAR if host_of(one, "https://app.example")] == []

    async def scene(world: Wanting) -> None:
        near = [one for one in NEAR if "app.example" not in one]
        await world.run(*(f"want {address}" for address in near))
        assert (world.sandbox.permitted, world.network.wants) == ([""] * len(near), None)

    play(scene)


def test_the_place_of_packages_is_that_of_the_pinned_pyodide() -> None:
    pinned = json.loads((ROOT / "static" / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    assert f"/v{pinned}/" in DISTRIBUTION
    assert DISTRIBUTION.startswith("https://")
    assert DISTRIBUTION.endswith("/")
