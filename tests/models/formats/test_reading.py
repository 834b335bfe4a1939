"""A model file is known by its content, and a bad one by a sentence."""

from __future__ import annotations

import asyncio
import random
import struct
from pathlib import Path

import pytest

from app.core.errors import LoadFailed
from app.core.values import DeviceFacts, FileFormat
from app.models.formats.reading import FileFacts, engines_for, read_facts, reasons_against
from tests.environment import ROOT
from tests.ollama.gguf import Value, make_gguf
from tests.words import english, raises

MODELS = ROOT / "tests" / "fixtures" / "models"
NOISE = random.Random(1).randbytes(1 << 20)
WEBGPU = DeviceFacts(has_webgpu_api=True, has_adapter=True, has_device=True)


def facts_of(data: bytes) -> FileFacts:
    async def read(start: int, size: int) -> bytes:
        return data[start : start + size]

    return asyncio.run(read_facts(read, len(data)))


def model(name: str) -> bytes:
    return (MODELS / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "format", "context", "template"),
    [
        ("tiny-gemma3-cpu.litertlm", "litertlm-cpu", 256, True),
        ("tiny-gemma3-gpu.litertlm", "litertlm-gpu", 256, True),
        ("tiny-gemma3-web.task", "task-web", 0, False),
        ("tiny-gemma3-f16.gguf", "gguf", 1024, True),
    ],
)
def test_each_format_is_read_from_its_header(name: str, format: FileFormat, context: int, template: bool) -> None:
    facts = facts_of(model(name))
    assert (facts.format, facts.context_length, facts.has_template) == (format, context, template)
    assert 0 < facts.expected_size <= len(model(name))


def test_a_gguf_tells_its_name_and_architecture() -> None:
    facts = facts_of(model("tiny-gemma3-f16.gguf"))
    assert (facts.architecture, facts.title) == ("gemma3", "tiny-gemma3-test")


@pytest.mark.parametrize("path", sorted(MODELS.glob("tiny-*")), ids=lambda path: str(path.suffix))
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_found_before_loading(path: Path, share: float) -> None:
    data = path.read_bytes()
    with pytest.raises(LoadFailed) as caught:
        facts_of(data[: int(len(data) * share)])
    assert not caught.value.again


@pytest.mark.parametrize("path", sorted(MODELS.glob("tiny-*")), ids=lambda path: str(path.suffix))
@pytest.mark.parametrize("head", [8, 32, 200, 4096])
def test_zeros_behind_a_good_header_are_no_model(path: Path, head: int) -> None:
    with pytest.raises(LoadFailed):
        facts_of(path.read_bytes()[:head] + bytes(1 << 20))


@pytest.mark.parametrize("path", sorted(MODELS.glob("tiny-*")), ids=lambda path: str(path.suffix))
def test_noise_behind_the_magic_never_ends_in_anything_but_a_clear_error(path: Path) -> None:
    chance = random.Random(7)
    for _ in range(40):
        data = path.read_bytes()[:12] + chance.randbytes(5000)
        with pytest.raises(LoadFailed):
            facts_of(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "picture"),
        (b"%PDF-1.7" + NOISE, "PDF"),
        (b"PK\x03\x04" + NOISE, "zip"),
        (b"  <!DOCTYPE html><title>Sign in</title>", "web page"),
        (struct.pack("<Q", 99) + b'{"__metadata__":{}}' + NOISE, "safetensors"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "Git LFS"),
        (b"just words\n" * 50, "text file"),
        (b'{"a": 1}', "JSON"),
        (bytes(1 << 20), "blank"),
        (b"\x00\x91" + NOISE, "unknown"),
        (b"PK\x03\x04" + NOISE + b"TF_LITE_PREFILL_DECODE", "made for phones"),
    ],
)
def test_what_is_no_model_is_called_by_its_name(data: bytes, words: str) -> None:
    with raises(LoadFailed, words) as caught:
        facts_of(data)
    assert english(caught.value.cure)


def test_a_vocabulary_longer_than_one_read_is_stepped_over() -> None:
    words = [b"w" * (number % 40) for number in range(120_000)]
    array = struct.pack("<IQ", 8, len(words)) + b"".join(struct.pack("<Q", len(word)) + word for word in words)
    metadata: dict[str, Value] = {
        "tokenizer.ggml.tokens": struct.pack("<I", 9) + array,
        "general.architecture": "llama",
    }
    data = make_gguf(metadata, weights=1024, fill=NOISE[:999])
    assert facts_of(data).expected_size == len(data)


def test_litert_lm_comes_first_where_both_can_read_the_file() -> None:
    assert engines_for("litertlm-gpu", WEBGPU) == ("litert-lm-gpu", "mediapipe")
    assert engines_for("task-web", WEBGPU) == ("mediapipe",)
    assert engines_for(None, WEBGPU) == ()


def test_nothing_is_offered_that_cannot_run_and_the_reason_is_told() -> None:
    device = DeviceFacts(has_webgpu_api=True)
    assert engines_for("litertlm-gpu", device) == ()
    assert "graphics processor" in english(reasons_against("litertlm-gpu", device)["mediapipe"])
    assert "https" in english(reasons_against("task-web", DeviceFacts(is_secure=False))["mediapipe"])
    assert engines_for("gguf", device) == ("wllama",)
    assert engines_for("litertlm-cpu", device) == ("litert-lm-cpu",)
    assert engines_for("gguf", device, 2_147_023_008) == ("wllama",)  # of the roadmap's catalogue: just below 2 GiB
    assert engines_for("gguf", device, 3_000_000_000) == ()
    assert "2 GB" in english(reasons_against("gguf", device, 3_000_000_000)["wllama"])
    assert engines_for("gguf", device, 1_500_000_000, 1_500_000_000) == ("wllama",)
    assert "4 GB" in english(reasons_against("gguf", device, *[1_500_000_000] * 3)["wllama"])
