"""Every recorded refusal becomes the error that a person can act on."""

from __future__ import annotations

import json

import pytest

from app.core.errors import (
    AppError,
    BadAnswer,
    Corrupt,
    ModelMissing,
    NeedsKey,
    NotAllowed,
    NotSupported,
    OriginRefused,
    ProviderError,
    RateLimited,
    ServiceFailed,
    TooLong,
)
from app.models.ollama.refusals import refusal, refusal_in, said
from tests.ollama.recordings import recording
from tests.words import english

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
    assert english(error.message).endswith(".")
    assert error.cure
    assert not english(error.message).startswith("{")


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
        (404, b"404 page not found", ProviderError),
        (500, b"<html>oops</html>", ProviderError),
        (500, b"", ProviderError),
    ],
)
def test_other_shapes_are_understood_too(status: int, body: bytes, kind: type[AppError]) -> None:
    assert type(refusal(status, body, "some:1b")) is kind


@pytest.mark.parametrize(
    ("words", "said_of_it"),
    [
        ('"some:1b" does not support chat', "can't chat"),
        ('"deepthink-vision:1b" does not support generate', "can't write text"),
        ("registry.ollama.ai/library/chat-thinker:latest does not support tools", "can't use tools"),
        ('"embedder" does not support thinking', "no reasoning mode"),
        ("some:1b does not support insert", "can't fill in text"),
        ("This server does not support embeddings. Start it with `--embeddings`", "can't create embeddings"),
        ("this model does not support image input", "can't read images"),
        ("this model is missing data required for image input", "can't read images"),
        ("Function calling is not supported with this model", "can't use tools"),
        ("tools are unsupported", "can't use tools"),
        ("some:1b cannot use tools", "can't use tools"),
        ("audio input is not supported - hint: mmproj", "can't process audio"),
        ('"some:1b" does not support video generation by mail', "doesn't support video generation by mail"),
    ],
)
def test_a_missing_ability_is_named_whatever_the_model_is_called(words: str, said_of_it: str) -> None:
    """Fault O1: "does not support chat" was "could not do that"; the model's own name was searched for abilities."""
    error = refusal(400, json.dumps({"error": words}).encode(), "some:1b")
    assert isinstance(error, NotSupported)
    assert english(error.message).startswith("some:1b")
    assert said_of_it in english(error.message)
    assert english(error.cure)


PAGE = b"<html><head><title>401 Authorization Required</title></head></html>"


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, PAGE, NotAllowed, "(401)"),
        (403, b"<!DOCTYPE html><h1>Forbidden: no chat, no tools</h1>", NotAllowed, "(403)"),
        (403, b"Access denied", NotAllowed, "(403)"),
        (401, b"", NotAllowed, "(401)"),
        (407, b"", NotAllowed, "(407)"),
        (401, b'{"error":"unauthorized"}', NotAllowed, "(401)"),
        (401, b'{"message":"No API key found in request"}', NotAllowed, "(401)"),
        (403, b'{"error":{"message":"forbidden","type":"access"}}', NotAllowed, "(403)"),
        (429, PAGE, RateLimited, "busy"),
        (429, b'{"error":"too many requests"}', RateLimited, "busy"),
        (502, PAGE, ServiceFailed, "(502)"),
        (503, b"<h1>Service Unavailable</h1>", ServiceFailed, "(503)"),
        (504, b"", ServiceFailed, "(504)"),
        (413, b"<h1>Request Entity Too Large</h1>", ProviderError, "large"),
        (400, PAGE, BadAnswer, "web page"),
        (302, b"", BadAnswer, "isn't Ollama"),
        (404, b'{"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}', ProviderError, "support"),
    ],
)
def test_what_a_proxy_says_is_not_taken_for_ollamas_words(
    status: int, body: bytes, kind: type[AppError], words: str
) -> None:
    """Fault S9: HTML 401 and 403 were "not signed in to Ollama's cloud", 429 "could not do that"."""
    error = refusal(status, body, "some:1b")
    assert type(error) is kind
    assert words in english(error.message)
    assert "cloud" not in english(error.message) + english(error.cure)


def test_only_ollama_itself_speaks_of_its_cloud() -> None:
    """Fault S9."""
    for name, body in (
        ("some:1b", b'{"error":"unauthorized","signin_url":"https://ollama.com/connect"}'),
        ("some:1b", b'{"error":"you need to be signed in to use this model"}'),
        ("gpt-oss:120b-cloud", b'{"error":"unauthorized"}'),
    ):
        assert type(refusal(401, body, name)) is NeedsKey


def test_a_pause_that_is_asked_for_is_kept() -> None:
    error = refusal(429, PAGE, "", {"retry-after": "12"})
    assert isinstance(error, RateLimited)
    assert error.retry_after == 12
    assert refusal(429, b"", "", {"retry-after": "9" * 400}).again


def test_a_file_in_several_parts_is_told_as_such() -> None:
    assert "several files" in english(said("unsupported sharded GGUF, use gguf-split to merge").message)


def test_words_of_memory_and_of_a_crash_are_told_apart() -> None:
    assert "memory" in english(said("llama-server reported out-of-memory during startup").message)
    assert "crashed" in english(said("an error was encountered while running the model: unexpected EOF").message)


@pytest.mark.parametrize(
    ("words", "said_of_it"),
    [
        ("unable to load model: unknown model architecture: 'foo'", "can't run some:1b"),
        ("pull model manifest: 412: this model requires a newer version of Ollama", "can't run some:1b"),
        ("model runner has unexpectedly stopped, check ollama server logs for details", "crashed"),
        ('POST predict: Post "http://127.0.0.1:40001/completion": EOF', "crashed"),
        ("write /models/blobs/sha256-1: no space left on device", "is full"),
        ("invalid model name", "accept this name"),
    ],
)
def test_other_words_of_ollama_are_told_in_ours(words: str, said_of_it: str) -> None:
    error = said(words, "some:1b")
    assert said_of_it in english(error.message)
    assert error.cure


def test_a_limit_of_an_account_is_not_told_as_a_busy_server() -> None:
    body = b'{"error":"you have reached your weekly usage limit, upgrade for higher limits"}'
    error = refusal(429, body, "gpt-oss:120b-cloud", {"retry-after": "2.5"})
    assert isinstance(error, RateLimited)
    assert "usage limit" in english(error.message)
    assert error.retry_after == 2.5


@pytest.mark.parametrize(
    ("body", "limit", "tokens"),
    [
        ({"error": "the input length exceeds the context length"}, 0, 0),
        ({"error": "input length exceeds the context length (2048)"}, 2048, 0),
        ({"error": "Trying to keep the first 6547 tokens when context the overflows. However, the model is loaded with "
                   "context length of only 4096 tokens, which is not enough."}, 4096, 0),
        ({"error": {"code": 400, "message": "too much", "type": "exceed_context_size_error", "n_prompt_tokens": 9000,
                    "n_ctx": 8192}}, 8192, 9000),
        ({"error": {"message": "prompt is too long", "n_ctx": "many", "n_prompt_tokens": None}}, 0, 0),
    ],
)  # fmt: skip
def test_what_is_too_long_is_known_in_a_refusal_and_in_a_stream(
    body: dict[str, object], limit: int, tokens: int
) -> None:
    """Fault S3."""
    for error in (refusal(400, json.dumps(body).encode(), "some:1b"), refusal_in(body, "some:1b")):
        assert isinstance(error, TooLong)
        assert (error.limit, error.tokens) == (limit, tokens)
