"""The device check names what is missing, what works all the same, and what to do in this very browser."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from app.core.device import Battery
from app.core.values import DeviceFacts
from app.models.device.check import State, checks, headline, summary
from tests.words import english

GOOD = DeviceFacts(
    has_webgpu_api=True,
    has_adapter=True,
    has_device=True,
    has_f16=True,
    adapter="nvidia lovelace",
    max_buffer_bytes=4_294_967_292,
    has_jspi=True,
    memory_gb=16.0,
    cores=8,
    is_isolated=True,
    has_shared_memory=True,
    browser="Chrome 156",
    platform="Windows",
    quota_bytes=100_000_000_000,
    usage_bytes=98_362_432,
    is_persistent=True,
)
NO_API = replace(GOOD, has_webgpu_api=False, has_adapter=False, has_device=False, adapter="", max_buffer_bytes=0)
NO_ADAPTER = replace(NO_API, has_webgpu_api=True)


class Line(NamedTuple):
    """A line of the check as it is read."""

    name: str
    state: State
    text: str
    cure: str


def lines(facts: DeviceFacts, battery: Battery | None = None) -> list[Line]:
    found = checks(facts, battery)
    return [Line(english(one.name), one.state, english(one.text), english(one.cure)) for one in found]


def line(facts: DeviceFacts, name: str) -> Line:
    return next(check for check in lines(facts) if check.name == name)


def test_a_good_machine_has_nothing_to_do() -> None:
    assert {check.state for check in lines(GOOD, Battery(0.5, False))} == {"ok"}
    assert [check.cure for check in lines(GOOD) if check.cure] == []
    assert line(GOOD, "WebGPU").text == "Supported (nvidia lovelace)"
    assert english(headline(GOOD)).startswith("WebGPU works: every kind of model")


@pytest.mark.parametrize(
    ("browser", "platform", "words"),
    [
        ("Chrome 112", "Windows", "Update Chrome: this is version 112, and WebGPU needs 113."),
        ("Edge 100", "Windows", "WebGPU needs 113."),
        ("Firefox 140", "Windows", "Update Firefox: this is version 140, and WebGPU needs 141."),
        ("Safari 18", "macOS", "WebGPU needs 26."),
        ("Firefox 145", "Linux", "dom.webgpu.enabled"),
        ("Edge 156", "Windows", "edge://settings/system"),
        ("Chrome 156", "Linux", "chrome://flags/#enable-unsafe-webgpu"),
        ("Safari 18", "iOS", "iOS or iPadOS 26"),
        ("Chrome 120", "iOS", "iOS or iPadOS 26"),
        ("", "", "Use Chrome or Edge 113, Firefox 141, or Safari 26."),
        ("Ladybird 1", "Linux", "Use Chrome or Edge 113"),
    ],
)
def test_each_browser_gets_its_own_cure(browser: str, platform: str, words: str) -> None:
    check = line(replace(NO_API, browser=browser, platform=platform), "WebGPU")
    assert check.state == "missing"
    assert words in check.cure
    assert "Firefox 141" in check.text
    assert "121" not in check.text + check.cure


def test_flags_of_linux_are_for_linux_only() -> None:
    assert "flags" not in line(NO_ADAPTER, "WebGPU").cure


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(NO_API, is_secure=False), "not secure"),
        (NO_ADAPTER, "no GPU is available"),
        (replace(NO_ADAPTER, problem="blocklisted"), "blocklisted"),
        (replace(GOOD, has_device=False, problem="Out of memory"), "didn't start. Out of memory"),
    ],
)
def test_what_is_missing_is_named_and_small_models_still_run(facts: DeviceFacts, words: str) -> None:
    facts = replace(facts, has_device=False)
    assert line(facts, "WebGPU").state == "missing"
    assert words in line(facts, "WebGPU").text
    assert line(facts, "WebGPU").cure
    assert "wllama" in line(facts, "Engines that work here").text
    assert "need WebGPU" in line(facts, "Engines that work here").text
    assert english(headline(facts)).startswith("Without WebGPU, small models run on the CPU")


def test_an_insecure_page_is_told_where_to_open_it() -> None:
    facts = replace(NO_API, is_secure=False)
    assert "localhost" in line(facts, "Secure page").cure
    assert "localhost" in line(facts, "WebGPU").cure


def test_a_software_adapter_is_named() -> None:
    facts = replace(GOOD, is_software=True, adapter="google swiftshader")
    assert line(facts, "WebGPU").text == "In software only (google swiftshader): correct, but slow."
    assert line(facts, "WebGPU").cure
    assert "slow" in english(headline(facts))
    assert "only:" in line(replace(facts, adapter=""), "WebGPU").text


def test_missing_half_precision_and_small_buffers_are_named() -> None:
    facts = replace(GOOD, has_f16=False, max_buffer_bytes=268_435_456)
    assert line(facts, "Half precision (f16)").state == "missing"
    assert line(facts, "Graphics buffers").text == "Up to 268 MB: large models don't fit."
    assert line(replace(GOOD, max_buffer_bytes=1_073_741_824), "Graphics buffers").state == "ok"
    assert line(replace(GOOD, max_buffer_bytes=0), "Graphics buffers").state == "unknown"
    assert all(check.name != "Graphics buffers" for check in lines(NO_API))


def test_what_the_browser_does_not_tell_is_not_invented() -> None:
    facts = replace(GOOD, memory_gb=0.0, cores=0, quota_bytes=0)
    assert [line(facts, name).state for name in ("Memory", "CPU cores", "Storage")] == ["unknown"] * 3
    assert line(GOOD, "Memory").text.startswith("At least 16 GB, as the browser reports")
    assert line(replace(GOOD, memory_gb=0.5), "Memory").text.startswith("At least 0.5 GB")


def test_storage_is_a_promise_and_may_be_cleared() -> None:
    assert "98 MB used" in line(GOOD, "Storage").text
    assert "100.0 GB of storage available" in line(GOOD, "Storage").text
    check = line(replace(GOOD, is_persistent=False), "Storage")
    assert "may clear it" in check.text
    assert check.cure


def test_jspi_and_phones() -> None:
    assert "larger and slower build" in line(replace(GOOD, has_jspi=False), "Fast WebAssembly calls (JSPI)").text
    assert line(replace(GOOD, is_mobile=True), "Phone or tablet").state == "unknown"
    assert all(check.name != "Phone or tablet" for check in lines(GOOD))


@pytest.mark.parametrize(
    ("facts", "measured", "state", "words"),
    [
        (GOOD, {}, "ok", "4: half the cores, at most eight. More are rarely faster."),
        (replace(GOOD, cores=2), {}, "ok", "2: one for each core."),
        (replace(GOOD, cores=1), {}, "ok", "1: the CPU has one core."),
        (replace(GOOD, cores=0), {}, "unknown", "1: this browser doesn't say how many cores there are."),
        (replace(GOOD, is_mobile=True), {}, "ok", "2: the other cores of a phone are slow"),
        (GOOD, {2: 9.0, 4: 8.0}, "ok", "2: the fastest number of those measured here."),
        (replace(GOOD, is_isolated=False), {}, "missing", "1: threads can't share memory on this visit."),
        (replace(GOOD, has_shared_memory=False), {}, "missing", "1: threads can't share memory in this browser."),
    ],
)
def test_how_many_threads_are_used_and_why_not_more(
    facts: DeviceFacts, measured: dict[int, float], state: State, words: str
) -> None:
    [found] = [check for check in checks(facts, None, measured) if english(check.name) == "Threads for GGUF models"]
    assert (found.state, english(found.text)[: len(words)]) == (state, words)
    assert bool(found.cure) == (state == "missing")


def test_a_second_visit_has_threads_where_the_first_could_not() -> None:
    name = "Threads for GGUF models"
    assert line(replace(GOOD, is_isolated=False), name).cure.startswith("Reload the page")
    assert "https" in line(replace(GOOD, is_isolated=False, is_secure=False), name).cure


def test_nothing_known_is_still_a_whole_check() -> None:
    assert all(check.text for check in lines(DeviceFacts()))


def test_a_battery_that_runs_low_is_said_before_a_long_answer() -> None:
    [low] = [check for check in lines(GOOD, Battery(0.12, False)) if check.name == "Battery"]
    assert (low.state, low.text[:18]) == ("missing", "12 %, not charging")
    assert low.cure.startswith("Plug it in")
    [fed] = [check for check in lines(GOOD, Battery(0.12, True)) if check.name == "Battery"]
    assert (fed.state, fed.text) == ("ok", "12 %, charging")
    assert line(GOOD, "Battery").state == "unknown"


def test_a_browser_that_saves_data_is_named_and_others_say_nothing_of_it() -> None:
    assert line(replace(GOOD, saves_data=True), "Data saver").state == "missing"
    assert "Data saver" not in [check.name for check in lines(GOOD)]


def test_one_line_names_the_machine() -> None:
    facts = DeviceFacts(
        has_device=True, is_software=True, adapter="nvidia ada", memory_gb=8, cores=4, browser="Chrome 156"
    )
    assert english(summary(facts)) == "Chrome 156, 4 cores, at least 8 GB of memory, WebGPU: in software"
    assert english(summary(replace(facts, is_software=False, platform="Linux"), 32)).endswith(
        "on Linux, 4 cores, 32 GB of memory, WebGPU: nvidia ada"
    )
    assert english(summary(DeviceFacts())) == "WebGPU: no"
