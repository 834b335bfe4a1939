"""Every recorded refusal becomes the error that a person can act on."""

from __future__ import annotations

import pytest

from app.core.errors import (
    AppError,
    Corrupt,
    ModelMissing,
    NeedsKey,
    NotSupported,
    OriginRefused,
    ProviderError,
    RateLimited,
    TooLong,
)
from app.models.ollama.refusals import refusal, said
from tests.ollama.recordings import recording

RECORDED = {
    "07_blob_post_mismatch": Corrupt,
    "12_create_nofiles": ProviderError,
    "16_show_404": ModelMissing,
    "17_show_empty": ProviderError,
    "18_show_badjson": ProviderError,
    "27_embed_on_chat_model": NotSupported,
    "31_pull_no_network_nostream": ProviderError,
    "32_pull_badname": ProviderError,
    "34_copy_404": ModelMissing,
    "35_delete_404": ModelMissing,
    "40_chat_404": ModelMissing,
    "41_generate_404": ModelMissing,
    "42_embed_404": ModelMissing,
    "43_chat_nomodel": ProviderError,
    "44_chat_think_unsupported": NotSupported,
    "45_chat_tools_unsupported": NotSupported,
    "46_chat_bad_option": ProviderError,
    "47_chat_image_unsupported": NotSupported,
    "48_chat_cloud_disabled": NeedsKey,
    "74_ctx_overflow": TooLong,
    "cors_01_github_get": OriginRefused,
}


@pytest.mark.parametrize(("name", "kind"), RECORDED.items())
def test_a_recorded_refusal_has_its_class_and_a_cure(name: str, kind: type[AppError]) -> None:
    one = recording(name)
    error = refusal(one.status, one.reply.encode(), "some:1b")
    assert type(error) is kind
    assert error.message.endswith(".")
    assert error.cure
    assert not error.message.startswith("{")


def test_a_refusal_in_json_in_json_is_read_to_its_words() -> None:
    one = recording("74_ctx_overflow")
    error = refusal(one.status, one.reply.encode(), "some:1b")
    assert isinstance(error, TooLong)
    assert error.limit == 256
    assert error.detail.startswith("request (910 tokens)")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, b'{"error":"server busy, please try again.  maximum pending requests exceeded"}', RateLimited),
        (401, b'{"error":"unauthorized","signin_url":"https://ollama.com/connect"}', NeedsKey),
        (500, b'{"error":"llama-server reported out-of-memory during startup: ..."}', ProviderError),
        (500, b'{"error":"llama-server process has terminated: signal: killed"}', ProviderError),
        (404, b"404 page not found", ModelMissing),
        (500, b"<html>oops</html>", ProviderError),
        (500, b"", ProviderError),
    ],
)
def test_other_shapes_are_understood_too(status: int, body: bytes, kind: type[AppError]) -> None:
    assert type(refusal(status, body, "some:1b")) is kind


@pytest.mark.parametrize(
    "words",
    [
        "pull model manifest: 400: The specified repository contains sharded GGUF. Ollama does not support this yet.",
        'pull model manifest: 400: {"error":"The specified repository contains sharded GGUF. Ollama does not sup',
    ],
)
def test_a_model_in_parts_is_told_as_such(words: str) -> None:
    """Fault E5: neither "cannot do that" nor a missing ability."""
    error = said(words, "hf.co/user/repo:Q8_0")
    assert isinstance(error, NotSupported)
    assert "several parts" in error.message
    assert "one file" in error.cure


def test_words_of_memory_and_of_a_crash_are_told_apart() -> None:
    assert "memory" in said("llama-server reported out-of-memory during startup").message
    assert "crashed" in said("an error was encountered while running the model: unexpected EOF").message
