"""Every case in which Ollama can or cannot be reached, as the design notes on Ollama measured them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from app.core.errors import Interrupted
from app.core.places import Purpose
from app.core.ports import FetchMode, LocalNetwork
from app.core.texts import Plain
from app.core.values import DeviceFacts
from app.models.ollama.advice import escape, install_steps, lan_steps, origin_steps, permission_steps, update_steps
from app.models.ollama.doctor import MINIMUM_VERSION, Diagnosis, Doctor
from app.models.ollama.findings import WORDS, Met
from tests.memory import FakeDevice, MemoryReply
from tests.words import english

PAGE = "https://user.github.io"
LOOPBACK_PAGE = "http://localhost:8000"
HERE = "http://localhost:11434"
LAN = "http://192.168.1.20:11434"
CHROME = DeviceFacts(browser="Chrome 156", platform="Linux")
FIREFOX = DeviceFacts(browser="Firefox 153", platform="Windows")
SAFARI = DeviceFacts(browser="Safari 26", platform="macOS")
IPHONE_CHROME = DeviceFacts(browser="Chrome 156", platform="iOS", is_mobile=True)
VERSION = b'{"version":"0.32.15"}'


class Machine:
    """What listens there, as a page feels it: an answer for a request that is read, and one for `no-cors`. None is a
    request that fails at once, `hang` one that never ends. It remembers every request."""

    hang = object()

    def __init__(self, cors: object = None, blind: object = None) -> None:
        self.answers: dict[str, object] = {"cors": cors, "no-cors": blind}
        self.asked: list[tuple[str, str]] = []

    async def __call__(
        self,
        url: str,
        *,
        purpose: Purpose = Purpose.OLLAMA_LOOK,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: object = None,
        mode: FetchMode = "cors",
    ) -> MemoryReply:
        """One request, without any header that would need a preflight."""
        assert (method, headers, body) == ("GET", None, None)
        self.asked.append((mode, url))
        await asyncio.sleep(0)
        answer = self.answers[mode]
        if answer is self.hang:
            await asyncio.Event().wait()
        if not isinstance(answer, bytes):
            raise Interrupted(detail="TypeError: Failed to fetch")
        return MemoryReply(200 if mode == "cors" else 0, answer)


Answers = tuple[object, object]
RUNNING: Answers = (VERSION, b"")
REFUSING: Answers = (None, b"")
NOTHING: Answers = (None, None)
SILENT: Answers = (Machine.hang, Machine.hang)
OTHER: Answers = (b"<!doctype html>", b"")


def examined(
    machine: Machine,
    local: LocalNetwork | Sequence[LocalNetwork] = "granted",
    *,
    origin: str = PAGE,
    address: str = HERE,
    facts: DeviceFacts = CHROME,
    clicked: bool = False,
    has_connected: bool = False,
) -> Diagnosis:
    """One examination that waits for nobody."""
    seconds = 0.01 if machine.hang in machine.answers.values() else 60.0
    doctor = Doctor(machine, FakeDevice(facts, local), origin, quick_seconds=seconds, patient_seconds=seconds)
    return asyncio.run(doctor.examine(address, clicked=clicked, has_connected=has_connected))


# -- the matrix: what listens, on which page, with which permission

MATRIX: list[tuple[Answers, str, LocalNetwork, str, str]] = [
    # page on loopback: no permission is needed, whatever the browser says of it
    (RUNNING, LOOPBACK_PAGE, "denied", "running", ""),
    (REFUSING, LOOPBACK_PAGE, "prompt", "another-program", "other-program"),  # fault O4: Ollama lets localhost in
    (NOTHING, LOOPBACK_PAGE, "unknown", "not-reachable", "not-running"),
    (OTHER, LOOPBACK_PAGE, "denied", "another-program", "other-program"),
    (SILENT, LOOPBACK_PAGE, "prompt", "not-reachable", "no-answer"),
    # public page, granted
    (RUNNING, PAGE, "granted", "running", ""),
    (REFUSING, PAGE, "granted", "origin-refused", "origin-refused"),
    (NOTHING, PAGE, "granted", "not-reachable", "not-running"),
    (OTHER, PAGE, "granted", "another-program", "other-program"),
    (SILENT, PAGE, "granted", "not-reachable", "no-answer"),
]
AT_REST: list[tuple[LocalNetwork, str, str]] = [
    ("denied", "blocked", "permission-denied"),
    ("prompt", "not-connected", "permission-asked"),
]
AT_REST.append(("unknown", "not-connected", "permission-unknown"))
ALL = [RUNNING, REFUSING, NOTHING, OTHER, SILENT]


@pytest.mark.parametrize(("listens", "origin", "local", "state", "reason"), MATRIX)
def test_each_case_has_its_own_name(
    listens: Answers, origin: str, local: LocalNetwork, state: str, reason: str
) -> None:
    found = examined(Machine(*listens), local, origin=origin)
    assert (found.state, found.reason) == (state, reason)
    assert found.is_running == (state == "running")


@pytest.mark.parametrize("listens", ALL)
@pytest.mark.parametrize(("local", "state", "reason"), AT_REST)
def test_without_permission_and_click_nothing_is_sent(
    listens: Answers, local: LocalNetwork, state: str, reason: str
) -> None:
    machine = Machine(*listens)
    found = examined(machine, local)
    assert (found.state, found.reason) == (state, reason)
    assert machine.asked == []


def test_a_click_does_not_help_against_a_no_and_sends_nothing() -> None:
    machine = Machine(*RUNNING)
    found = examined(machine, "denied", clicked=True)
    assert (found.reason, found.button, machine.asked) == ("permission-denied", "retry", [])
    assert found.advice[0].system == "Chrome"


CLICKED: list[tuple[Answers, Sequence[LocalNetwork], str, str]] = [
    (RUNNING, ("prompt", "granted"), "running", ""),
    (RUNNING, ("unknown",), "running", ""),
    (REFUSING, ("prompt", "granted"), "origin-refused", "origin-refused"),
    (REFUSING, ("unknown",), "origin-refused", "origin-refused"),
    (NOTHING, ("prompt", "granted"), "not-reachable", "not-running"),
    (NOTHING, ("prompt",), "not-reachable", "not-running"),  # Firefox: fails at once, without a question
    (NOTHING, ("prompt", "denied"), "blocked", "permission-denied"),
    (NOTHING, ("prompt", "prompt", "denied"), "blocked", "permission-denied"),
    (SILENT, ("prompt",), "not-connected", "permission-pending"),  # the question stands open
    (SILENT, ("prompt", "denied"), "blocked", "permission-denied"),
    (SILENT, ("prompt", "granted"), "not-reachable", "no-answer"),
    (SILENT, ("unknown",), "not-reachable", "no-answer"),
    ((None, Machine.hang), ("prompt",), "not-connected", "permission-pending"),
]


@pytest.mark.parametrize(("listens", "local", "state", "reason"), CLICKED)
def test_a_click_finds_out_what_the_person_answered(
    listens: Answers, local: Sequence[LocalNetwork], state: str, reason: str
) -> None:
    found = examined(Machine(*listens), local, clicked=True)
    assert (found.state, found.reason) == (state, reason)


def test_the_requests_are_two_at_most_and_the_blind_one_carries_no_origin() -> None:
    machine = Machine(*REFUSING)
    examined(machine)
    assert machine.asked == [("cors", f"{HERE}/api/version"), ("no-cors", f"{HERE}/")]
    machine = Machine(*RUNNING)
    found = examined(machine)
    assert machine.asked == [("cors", f"{HERE}/api/version")]
    assert english(found.headline) == "Ollama 0.32.15 is running"
    assert (found.version, found.button, found.advice) == ("0.32.15", "none", ())


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"version":""}', b'{"version":7}', b"Ollama is running", b"\xff\xfe", b"x" * 100_000]
)
def test_what_does_not_say_a_version_is_another_program(body: bytes) -> None:
    assert examined(Machine(body, b"")).reason == "other-program"


@pytest.mark.parametrize(
    ("version", "is_old"),
    [("0.6.3", True), ("0.5.13-rc2", True), ("0.6.4", False), ("0.32.15", False), ("1.0", False), ("0.0.0", False)],
)
def test_an_old_version_runs_but_is_told_to_be_updated(version: str, is_old: bool) -> None:
    found = examined(Machine(b'{"version":"%s"}' % version.encode(), b""))
    assert found.is_running
    assert (found.reason, found.button) == (("too-old", "retry") if is_old else ("", "none"))
    assert bool(found.advice) == is_old


def test_once_connected_by_a_click_it_is_checked_again_without_one() -> None:
    machine = Machine(*RUNNING)
    doctor = Doctor(machine, FakeDevice(FIREFOX, "unknown"), PAGE)

    async def story() -> list[str]:
        reasons = [(await doctor.examine(HERE)).reason, (await doctor.examine(HERE, clicked=True)).reason]
        machine.answers = {"cors": None, "no-cors": None}  # Ollama ends
        reasons.append((await doctor.examine(HERE, has_connected=True)).reason)
        machine.answers = {"cors": VERSION, "no-cors": b""}  # and starts again
        reasons.append((await doctor.examine(HERE)).reason)
        return [*reasons, (await doctor.examine("http://127.0.0.1:11434")).reason]

    assert asyncio.run(story()) == ["permission-unknown", "", "stopped", "", "permission-unknown"]


def test_stopping_the_examination_stops_the_request() -> None:
    ended = asyncio.Event()

    class Slow(Machine):
        async def __call__(self, url: str, **options: object) -> MemoryReply:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            raise AssertionError

    async def story() -> None:
        doctor = Doctor(Slow(), FakeDevice(CHROME, "granted"), PAGE)
        task = asyncio.ensure_future(doctor.examine(HERE))
        for _ in range(10):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await ended.wait()

    asyncio.run(story())


# -- addresses that the browser or the network keeps away

REASONS = [
    # an https page and plain http on another computer
    ("http://ollama.example.org:11434", PAGE, CHROME, True, "mixed-content", 0),
    (LAN, PAGE, DeviceFacts(browser="Chrome 130"), True, "mixed-content", 0),
    (LAN, PAGE, SAFARI, True, "mixed-content", 2),  # it is tried: some day it may work
    (LAN, PAGE, CHROME, False, "permission-unknown", 0),
    ("http://mac.local:11434", PAGE, CHROME, False, "permission-unknown", 0),
    (LAN, "https://localhost:8443", SAFARI, False, "mixed-content", 2),
    # an http page
    (HERE, "http://school.example.org", CHROME, True, "insecure-page", 0),
    (HERE, "http://192.168.1.5:8000", CHROME, True, "insecure-page", 0),
    (LAN, "http://192.168.1.5:8000", CHROME, True, "other-computer", 2),
    (HERE, "http://school.example.org", FIREFOX, True, "not-running", 2),
    # nothing comes back
    ("http://localhost:8080", PAGE, CHROME, True, "other-port", 2),
    ("https://ollama.example.org", PAGE, CHROME, True, "other-computer", 2),
    (HERE, PAGE, SAFARI, True, "safari", 2),
    (HERE, LOOPBACK_PAGE, SAFARI, False, "not-running", 2),
    (HERE, PAGE, IPHONE_CHROME, True, "on-a-phone", 2),
    ("not an address", PAGE, CHROME, True, "wrong-address", 0),
]


@pytest.mark.parametrize(("address", "origin", "facts", "clicked", "reason", "requests"), REASONS)
def test_what_stands_in_the_way_is_named(
    address: str, origin: str, facts: DeviceFacts, clicked: bool, reason: str, requests: int
) -> None:
    machine = Machine(*NOTHING)
    found = examined(machine, "unknown", origin=origin, address=address, facts=facts, clicked=clicked)
    assert (found.reason, len(machine.asked)) == (reason, requests)


def test_a_server_in_the_network_is_never_asked_without_a_click_from_afar() -> None:
    """What the browser says about this computer is not what it says about others (Chromium split the two)."""
    states: tuple[LocalNetwork, ...] = ("granted", "denied", "prompt", "unknown")
    for local in states:
        machine = Machine(*RUNNING)
        assert examined(machine, local, address=LAN).reason == "permission-unknown"
        assert machine.asked == []
        assert examined(machine, local, address=LAN, clicked=True).is_running


def test_a_page_that_is_a_file_is_sent_to_localhost_and_never_told_to_allow_null() -> None:
    found = examined(Machine(*REFUSING), "unknown", origin="null", clicked=True)
    assert (found.state, found.reason) == ("origin-refused", "origin-unusable")
    assert [one.lines for one in found.advice] == [("python serve.py", "python -m http.server 8000")]


@pytest.mark.parametrize("answers", [REFUSING, NOTHING])
def test_an_isolated_page_learns_from_what_asks_quietly_that_somebody_answers(answers: Answers) -> None:
    """The browser keeps an answer without CORS from an isolated page: refused would be taken for nobody there."""
    loud, quiet = Machine(None, None), Machine(*answers)
    facts = replace(CHROME, is_isolated=True)
    doctor = Doctor(loud, FakeDevice(facts, "granted"), PAGE, quiet=quiet)
    found = asyncio.run(doctor.examine(HERE, clicked=True))
    assert found.reason == ("origin-refused" if answers is REFUSING else "not-running")
    assert (loud.asked, quiet.asked) == ([("cors", f"{HERE}/api/version")], [("no-cors", f"{HERE}/")])


# -- who else answers


class Town:
    """Several answers by address: (status, body) for a request that is read, or None where the page may not read it."""

    def __init__(self, answers: Mapping[str, tuple[int, bytes] | None]) -> None:
        self.answers, self.asked = answers, list[str]()

    async def __call__(self, url: str, *, purpose: Purpose, mode: FetchMode = "cors", **rest: object) -> MemoryReply:
        """One request."""
        self.asked.append(url)
        server = "/".join(url.split("/")[:3])
        if server not in self.answers and url not in self.answers:
            raise Interrupted(detail="TypeError: Failed to fetch")
        if mode == "no-cors":
            return MemoryReply(0)
        answer = self.answers.get(url, self.answers.get(server))
        if answer is None:
            raise Interrupted(detail="TypeError: Failed to fetch")
        return MemoryReply(*answer)


def found_in(town: Town, address: str = HERE, origin: str = LOOPBACK_PAGE, *, has_connected: bool = False) -> Diagnosis:
    doctor = Doctor(town, FakeDevice(CHROME, "granted"), origin)
    return asyncio.run(doctor.examine(address, clicked=True, has_connected=has_connected))


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://127.0.0.1", "http://0.0.0.0:80", "app://drleelm"])
def test_a_page_that_ollama_always_lets_in_is_never_told_to_ask_for_it(origin: str) -> None:
    """Fault O4: OLLAMA_ORIGINS lines for a program that is no Ollama."""
    found = found_in(Town({HERE: None}), origin=origin)
    assert (found.state, found.reason) == ("another-program", "other-program")
    assert not any("OLLAMA_ORIGINS" in line for one in found.advice for line in one.lines)


@pytest.mark.parametrize("origin", [PAGE, "http://[::1]:8000", "http://192.168.1.5:8000", "chrome-extension://abc"])
def test_a_page_that_ollama_does_not_know_is_told_the_line_for_it(origin: str) -> None:
    found = found_in(Town({HERE: None}), origin=origin)
    assert found.reason in ("origin-refused", "insecure-page")


LLAMA = b'{"object":"list","data":[{"id":"/models/m.gguf","object":"model","owned_by":"llamacpp"}]}'
NOT_FOUND = b'{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}'


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({HERE: (404, NOT_FOUND), f"{HERE}/v1/models": (200, LLAMA)}, "llama.cpp"),
        ({HERE: (404, b"nothing"), f"{HERE}/v1/models": (200, LLAMA)}, "llama.cpp"),
        ({HERE: (200, b"{}"), f"{HERE}/props": (200, b'{"total_slots":1}')}, "llama.cpp"),
        ({HERE: None, f"{HERE}/v1/models": (200, LLAMA.replace(b"llamacpp", b"organization_owner"))}, "LM Studio"),
        ({HERE: (404, b"{}"), f"{HERE}/v1/models": (200, b'{"data":[]}')}, "An OpenAI-compatible server"),
        (
            {HERE: (404, b"{}"), f"{HERE}/v1/models": (401, b'{"error":{"message":"Invalid API key"}}')},
            "An OpenAI-compatible server",
        ),
        (
            {HERE: (503, b'{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}')},
            "An OpenAI-compatible server",
        ),
    ],
)
def test_a_server_of_another_kind_is_pointed_to_the_persons_own_servers(
    answers: Mapping[str, tuple[int, bytes] | None], name: str
) -> None:
    """Fault O13: llama.cpp's address in the field for Ollama's."""
    found = found_in(Town(answers))
    assert (found.reason, found.offer, found.offered) == ("own-server", "own-server", HERE)
    assert english(found.headline).startswith(name)
    assert "own servers" in english(found.words)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((401, b"<html>401"), "refused-there"),
        ((403, b""), "refused-there"),
        ((429, b""), "failing-there"),
        ((502, b"<html>Bad Gateway"), "failing-there"),
        ((404, b"404 page not found"), "other-program"),
        ((200, b"<html>It works"), "other-program"),
        ((200, b'{"version":5}'), "other-program"),
        ((200, b'{"version":"Acme Server, build of today"}'), "other-program"),
        ((200, b'{"version":"' + b"9" * 5000 + b'"}'), "other-program"),
        ((200, b'{"a":' * 5000), "other-program"),
        ((200, b'{"version":"0.32.15-rc1+dirty"}'), ""),
    ],
)
def test_what_answers_is_told_by_its_status_and_its_words(answer: tuple[int, bytes], reason: str) -> None:
    """Faults S9, D12: a proxy's refusal is not another program's page."""
    found = found_in(Town({HERE: answer}))
    assert found.reason == reason
    assert str(answer[0]) in english(found.words) or reason in ("", "other-program")


def test_https_written_for_an_ollama_on_this_computer_is_told() -> None:
    """Fault O9: "correct the port"."""
    secure = "https://localhost:11434"
    found = found_in(Town({HERE: None}), secure)
    assert (found.reason, found.offer, found.offered) == ("write-http", "http", HERE)
    assert "http://" in english(found.headline)
    for origin in (LOOPBACK_PAGE, PAGE):
        found = found_in(Town({}), secure, origin)
        assert (found.reason, found.offered) == ("https-here", HERE)
    assert found_in(Town({"http://192.168.1.20:11434": None}), "https://192.168.1.20:11434").offered == LAN
    town = Town({"http://192.168.1.20:11434": None})
    assert found_in(town, "https://192.168.1.20:11434", PAGE).reason == "other-computer"
    assert all(url.startswith("https:") for url in town.asked), "a browser would block it as mixed content"


@pytest.mark.parametrize(
    ("address", "reason"),
    [(HERE, "stopped"), ("http://localhost:8080", "stopped"), (LAN, "stopped-there"), ("https://localhost", "stopped")],
)
def test_a_server_that_has_answered_before_is_only_stopped(address: str, reason: str) -> None:
    """Fault O13: a stopped Ollama on another port was told to "correct the port"."""
    found = found_in(Town({}), address, has_connected=True)
    assert found.reason == reason
    assert "port" not in english(found.words).lower()


# -- what is said

SYSTEMS = ("Windows", "macOS", "Linux")


def test_every_reason_has_words_a_button_and_steps_that_are_filled_in() -> None:
    met = Met(HERE, PAGE, HERE, "Chrome", Plain(502), "LM Studio", "0.32.15", MINIMUM_VERSION)
    for reason, words in WORDS.items():
        told = words(met)
        assert english(told.headline), reason
        assert english(told.words).rstrip(")").endswith("."), reason
        assert (told.button == "connect") == (told.state == "not-connected"), reason
    for listens, origin, local, _, _ in MATRIX:
        found = examined(Machine(*listens), local, origin=origin)
        assert not set("{}") & set(english(found.headline) + english(found.words))
        assert bool(found.advice) == (
            not found.is_running and (origin, found.reason) != (LOOPBACK_PAGE, "other-program")
        )


def test_the_origin_stands_in_the_lines_as_it_is_for_every_system() -> None:
    for platform in SYSTEMS:
        steps = origin_steps(PAGE, platform)
        assert steps[0].system == platform
        assert {one.system for one in steps} == {*SYSTEMS, ""}
        for one in steps[:-1]:
            assert any(
                f'OLLAMA_ORIGINS "{PAGE}"' in line or f"OLLAMA_ORIGINS={PAGE}" in line for line in one.lines
            ) or (any(f'OLLAMA_ORIGINS="{PAGE}"' in line for line in one.lines))
            assert not any(f"{PAGE}/" in line for line in one.lines)
    assert english(steps[-1].title) == "Common mistakes"
    assert "crashes" in english(steps[-1].words)


def test_the_lines_that_people_paste_are_these() -> None:
    lines = {english(one.title): one.lines for one in origin_steps(PAGE, "Linux")}
    assert lines["Windows"] == ('setx OLLAMA_ORIGINS "https://user.github.io"',)
    assert lines["macOS"][0] == 'launchctl setenv OLLAMA_ORIGINS "https://user.github.io"'
    assert lines["Linux, as a service (systemd)"][1] == (
        "printf '[Service]\\nEnvironment=\"OLLAMA_ORIGINS=https://user.github.io\"\\n' | "
        "sudo tee /etc/systemd/system/ollama.service.d/zz-origins.conf"
    )
    assert lines["Just once, in a terminal (Linux)"][-1] == 'OLLAMA_ORIGINS="https://user.github.io" ollama serve'
    assert lines["Just once, in a terminal (Windows PowerShell)"] == (
        '$env:OLLAMA_ORIGINS="https://user.github.io"; ollama serve',
    )


def test_a_person_finds_their_own_system_and_browser_first() -> None:
    for platform in SYSTEMS:
        for steps in (install_steps(platform), update_steps(platform), lan_steps(PAGE, platform)):
            assert steps[0].system == platform
            assert {one.system for one in steps} == set(SYSTEMS)
    assert [one.system for one in install_steps("Android")] == list(SYSTEMS)
    for browser in ("Chrome", "Edge", "Firefox", "Safari"):
        assert permission_steps(PAGE, f"{browser} 150")[0].system == browser
    assert permission_steps(PAGE, "")[0].lines == (
        "chrome://settings/content/siteDetails?site=https%3A%2F%2Fuser.github.io",
    )


def test_the_way_round_is_offered_except_to_who_has_taken_it() -> None:
    assert escape(LOOPBACK_PAGE) == ()
    assert escape("http://[::1]:8000") != ()  # Ollama refuses that one
    assert examined(Machine(*NOTHING)).advice[-1] == escape(PAGE)[0]
    assert examined(Machine(*RUNNING), "prompt").advice == escape(PAGE)
