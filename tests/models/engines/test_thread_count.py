"""How many threads llama.cpp gets, and what decides it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.values import DeviceFacts
from app.models.engines.thread_count import threads_and_why, threads_for, threads_of
from tests.models.fakes import GGUF, GPU_FILE

HERE = DeviceFacts(is_isolated=True, has_shared_memory=True, cores=8)


@pytest.mark.parametrize(
    ("cores", "threads", "why"),
    [
        (0, 1, "unknown-cores"),
        (1, 1, "one-core"),
        (2, 2, "all"),
        (3, 2, "half"),
        (4, 2, "half"),
        (6, 3, "half"),
        (8, 4, "half"),
        (16, 8, "half"),
        (64, 8, "half"),
    ],
)
def test_half_the_cores_and_both_of_two(cores: int, threads: int, why: str) -> None:
    assert threads_and_why(replace(HERE, cores=cores)) == (threads, why)


def test_one_thread_where_memory_cannot_be_shared() -> None:
    assert threads_and_why(replace(HERE, is_isolated=False)) == (1, "not-isolated")
    assert threads_and_why(replace(HERE, has_shared_memory=False)) == (1, "no-shared-memory")
    assert threads_for(DeviceFacts(), {1: 5.0, 2: 9.0, 4: 12.0}) == 1


def test_a_phone_uses_its_fast_cores() -> None:
    assert threads_and_why(replace(HERE, is_mobile=True)) == (2, "phone")
    assert threads_and_why(replace(HERE, is_mobile=True, cores=1)) == (1, "one-core")


@pytest.mark.parametrize(
    ("measured", "threads", "why"),
    [
        ({4: 9.0, 2: 12.0, 1: 7.0}, 2, "measured"),
        ({4: 9.0, 8: 12.0}, 8, "measured"),
        ({4: 9.0, 2: 9.0}, 2, "measured"),  # of equals the smaller one
        ({4: 9.0}, 4, "half"),  # nothing to compare it with
        ({1: 9.0}, 4, "half"),  # found when the page was not isolated
        ({1: 9.0, 2: 12.0}, 4, "half"),
        ({4: 9.0, 16: 99.0}, 4, "half"),  # of another device
        ({4: 9.0, 2: 0.0}, 4, "half"),  # could not be told
    ],
)
def test_what_was_measured_here_decides(measured: dict[int, float], threads: int, why: str) -> None:
    assert threads_and_why(HERE, measured) == (threads, why)


def test_a_phone_is_corrected_by_what_was_measured_on_it() -> None:
    assert threads_for(replace(HERE, is_mobile=True), {2: 4.0, 4: 6.0}) == 4


def test_only_llama_cpp_is_told() -> None:
    assert threads_of(GGUF, HERE) == 4
    assert threads_of(GGUF, HERE, {4: 1.0, 2: 2.0}) == 2
    assert threads_of(GPU_FILE, HERE) == 0
