"""Numbers of threads: what is tried, and what of it is known to later loads."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from app.core.shapes import decode
from app.core.values import DeviceFacts, Used
from app.models.device.benchmark import Compared, Measurement, measurement_from
from app.models.device.threads import ThreadSpeeds, machine_of, measured_here, others, thread_speeds
from app.session.settings import settings_from
from tests.profile.databases import PROFILES, records_of

FACTS = DeviceFacts(browser="Chrome 156", platform="Linux", cores=2, is_isolated=True)
VERSIONS = {"wllama": "3.13.0"}
TWO, ONE = Compared(2, False, 14.8, 60.0), Compared(1, False, 7.9, 40.0)
FIRST = Measurement(
    "m1",
    "Tiny",
    "wllama",
    "browser",
    1000.0,
    "Chrome",
    "0.1.0",
    (),
    threads=2,
    engine_version="3.13.0",
    machine=machine_of(FACTS),
    compared=(TWO, ONE),
)


@pytest.mark.parametrize(
    ("used", "usual", "cores", "tried"),
    [
        (Used(2), 2, 2, (1,)),
        (Used(1), 2, 2, (2,)),
        (Used(2), 2, 4, (1, 4)),
        (Used(4), 4, 8, (1, 8)),
        (Used(8), 4, 8, (1, 4)),
        (Used(5), 5, 11, (1, 10)),
        (Used(1), 1, 8, ()),
        (Used(1), 1, 0, ()),
        (Used(1, on_gpu=True), 4, 8, (4,)),
    ],
)
def test_a_few_numbers_are_tried_up_to_the_cores(used: Used, usual: int, cores: int, tried: tuple[int, ...]) -> None:
    assert others(used, usual, cores) == tried


def test_what_was_compared_last_on_this_machine_with_this_version_is_known() -> None:
    again = replace(FIRST, when=2000.0, compared=(replace(TWO, writing=5.0), ONE))
    kept = thread_speeds([again, FIRST], FACTS, VERSIONS)
    assert measured_here(kept, FACTS, VERSIONS, "m1") == {2: 5.0, 1: 7.9}
    assert decode(ThreadSpeeds, json.loads(json.dumps(asdict(kept["m1"])))) == kept["m1"]


def test_a_model_that_was_not_measured_goes_by_the_one_that_was_measured_last() -> None:
    other = replace(FIRST, model_id="m2", when=2000.0, compared=(replace(TWO, writing=5.0), ONE))
    kept = thread_speeds([FIRST, other], FACTS, VERSIONS)
    assert measured_here(kept, FACTS, VERSIONS, "m1") == {2: 14.8, 1: 7.9}
    assert measured_here(kept, FACTS, VERSIONS, "m3") == {2: 5.0, 1: 7.9}


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, machine="Chrome/Linux/8"),
        replace(FIRST, machine=""),
        replace(FIRST, engine_version="3.8.1"),
        replace(FIRST, compared=()),
        replace(FIRST, compared=(TWO, replace(ONE, on_gpu=True))),
        replace(FIRST, compared=(TWO, replace(ONE, writing=0.0))),
    ],
)
def test_other_machines_versions_and_what_compares_nothing_do_not_count(other: Measurement) -> None:
    assert thread_speeds([other], FACTS, VERSIONS) == {}


def test_what_a_backup_brought_from_another_machine_or_an_earlier_version_says_nothing() -> None:
    kept = thread_speeds([FIRST], FACTS, VERSIONS)
    assert measured_here(kept, replace(FACTS, cores=8), VERSIONS, "m1") == {}
    assert measured_here(kept, replace(FACTS, platform="Windows"), VERSIONS, "m1") == {}
    assert measured_here(kept, FACTS, {"wllama": "4.0.0"}, "m1") == {}
    assert measured_here(kept, replace(FACTS, browser="Chrome 157"), VERSIONS, "m1") == {2: 14.8, 1: 7.9}


@pytest.mark.parametrize("folder", PROFILES, ids=lambda folder: folder.name)
def test_what_earlier_versions_measured_is_read_whole(folder: Path) -> None:
    records, lost = records_of(folder), list[str]()
    found = [measurement_from(json.loads(text), lost) for text in records["measurements"].values()]
    settings = settings_from(json.loads(records["settings"]["settings"]), lost)
    assert found
    assert settings.speeds
    assert lost == []
    if folder.name == "profile-1":  # threads were not compared then, so nothing is corrected
        assert (settings.threads, thread_speeds(found, FACTS, VERSIONS)) == ({}, {})
