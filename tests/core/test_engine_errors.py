"""Each text that an engine was seen to say becomes one class, a plain sentence and a cure."""

from __future__ import annotations

import pytest

from app.core.engine_errors import MISSING, TEMPLATE, engine_error, load_timed_out, reply_timed_out
from app.core.errors import AppError, DeviceLost, EngineError, LoadFailed, NotSupported, TimedOut, TooLong
from tests.words import english

SEEN: list[tuple[str, type[AppError]]] = [
    (
        "Input is too long for the model to process: input_size(480) was not less than maxTokens(128)",
        TooLong,
    ),
    ("Input token ids are too long. Exceeding the maximum number of tokens allowed: 491 >= 256", TooLong),
    ("request (491 tokens) exceeds the available context size (256 tokens), try increasing it", TooLong),
    ("GPU device lost: unknown crashed", DeviceLost),
    ("ggml_webgpu: Device lost! Reason: 1, Message: the process ended", DeviceLost),
    (
        "ggml-webgpu.cpp:516: ggml_webgpu: Buffer map failed with status 4: Failed to execute 'mapAsync' on "
        "'GPUBuffer': The Device was lost before mapping was resolved.",
        DeviceLost,
    ),
    ("A valid external Instance reference no longer exists.", DeviceLost),
    ("Unable to request adapter from navigator.gpu; Ensure WebGPU is enabled.", NotSupported),
    ("No GPU adapter found.", NotSupported),
    ("No model format matched.", LoadFailed),
    ("Streaming LlmExecutorMetadata section is not supported yet.", LoadFailed),
    ("EMBEDDING_LOOKUP: Unsupported external weights type: 1", LoadFailed),
    ("File parsing failed: could not find gpu_artisan .bin file in .litertlm package", LoadFailed),
    ("Expected 8 bytes, but stream ended after reading 0 bytes.", LoadFailed),
    ("Failed to fetch model: /nope.task (404)", LoadFailed),
    ("No model asset provided.", LoadFailed),
    ("RangeError: Invalid typed array length: -32", LoadFailed),
    ("Data size is too small: 4096, expected at least 1048576.", LoadFailed),
    ('Calculator::Open() for node "TokenizerCalculator" failed: unk is not defined.', LoadFailed),
    ("Invalid magic number. Expected 'LITERTLM', got ...", LoadFailed),
    ("Header end offset is too small: 0", LoadFailed),
    ("Invalid header end offset: smaller than current position.", LoadFailed),
    ("JS Stream Error [Error]: Read from stream returned early EOF at position 0. Expected 32 more bytes.", LoadFailed),
    ("Failed to parse LlmMetadata", LoadFailed),
    ("failed to load model", LoadFailed),
    ("Failed to apply template: ... tried to use + operator on unsupported types string and sequence", LoadFailed),
    ("TypeError: Failed to fetch dynamically imported module: http://localhost/static/vendor/x.mjs", LoadFailed),
    ("RuntimeError: memory access out of bounds", EngineError),
    ("RangeError: Array buffer allocation failed", EngineError),
    ("Previous invocation or loading is still ongoing.", EngineError),
    ("Conversation is busy. A generation is already in progress.", EngineError),
    ("Task failed with state: 7", EngineError),
]


@pytest.mark.parametrize(("raw", "kind"), SEEN)
def test_a_text_that_was_seen_has_its_own_class_and_sentence(raw: str, kind: type[AppError]) -> None:
    for doing in ("load", "reply"):
        error = engine_error(raw, doing)
        assert type(error) is kind
        assert error.detail == raw
        assert error.message
        assert error.cure
        assert raw not in english(error.message)


def test_the_limit_is_read_where_the_engine_tells_it() -> None:
    limits = []
    for raw, kind in SEEN:
        error = engine_error(raw, "reply")
        if kind is TooLong:
            assert isinstance(error, TooLong)
            limits.append(error.limit)
    assert limits == [128, 256, 256]


@pytest.mark.parametrize(
    "raw",
    [
        "TypeError: Failed to fetch",
        "TypeError: Load failed",
        "TypeError: NetworkError when attempting to fetch resource.",
        "wasm file version (b1-a) does not match the expected version (b2-b). Use the wasm file from the same release",
    ],
)
def test_a_part_of_the_engine_that_did_not_come_is_no_damaged_model(raw: str) -> None:
    """Fault B3."""
    assert (engine_error(raw, "load").message, engine_error("anything", "fetch").message) == (MISSING, MISSING)


@pytest.mark.parametrize(
    "raw",
    [
        "No supported storage backend found",
        "Error: WebAssembly runtime does not support SIMD",
        "Aborted(CompileError: WebAssembly.instantiate(): invalid value type)",
    ],
)
def test_what_the_browser_lacks_is_no_damaged_model(raw: str) -> None:
    """Fault B3."""
    error = engine_error(raw, "load")
    assert isinstance(error, NotSupported)
    assert "browser" in english(error.message)


@pytest.mark.parametrize(
    "log",
    [
        "srv load_model: chat template parsing error: Unexpected token at row 1\nfailed to load model",
        "Jinja Exception: Conversation roles must alternate",
        "Unable to generate parser for this template. Automatic parser generation failed: Unknown filter",
    ],
)
def test_a_template_that_fails_is_no_damaged_model(log: str) -> None:
    """Fault E4: llama.cpp tells why in its log, behind what we throw."""
    assert engine_error(f"llama.cpp did not load the model\n{log}", "load").message == TEMPLATE


def test_the_first_line_decides_before_the_native_log() -> None:
    assert type(engine_error("Task failed with state: 7\nINFO: No GPU adapter found.", "reply")) is EngineError


def test_an_unknown_text_is_kept_in_the_details() -> None:
    assert type(engine_error("Gremlins", "load")) is LoadFailed
    error = engine_error("Gremlins", "reply")
    assert type(error) is EngineError
    assert error.detail == "Gremlins"


def test_time_outs_say_what_took_too_long() -> None:
    assert isinstance(load_timed_out(50), TimedOut)
    assert "60 s" in reply_timed_out(60).detail
