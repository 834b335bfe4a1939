"""Every status has its class, its sentence and its cure, in each dialect; the key is in none of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.errors import (
    AppError,
    BadKey,
    BadRequest,
    ModelMissing,
    NoQuota,
    NoReply,
    NotAllowed,
    OriginRefused,
    Overloaded,
    RateLimited,
    ServiceFailed,
    TooLong,
)
from app.models.cloud.refusals import refusal, refused_setting, status_in
from app.models.cloud.services import SERVICES, own_service
from tests.words import english

NOW = 1_795_000_000.0
BY_STATUS: dict[int, type[AppError]] = {
    400: BadRequest,
    401: BadKey,
    402: NoQuota,
    403: NotAllowed,
    404: ModelMissing,
    408: NoReply,
    409: BadRequest,
    413: TooLong,
    422: BadRequest,
    429: RateLimited,
    500: ServiceFailed,
    502: ServiceFailed,
    503: Overloaded,
    504: NoReply,
    529: Overloaded,
}


def openai(message: str, code: str = "", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "code": code or None, **more}}


def anthropic(message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": message}}


def gemini(message: str, status: str, *details: dict[str, Any]) -> dict[str, Any]:
    return {"error": {"code": 400, "message": message, "status": status, "details": list(details)}}


def error_of(service: str, status: int, body: object = "", headers: dict[str, str] | None = None) -> AppError:
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return refusal(SERVICES[service], status, headers or {}, raw, NOW, "some-model")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("status", BY_STATUS)
def test_a_status_has_its_class_its_sentence_and_its_cure(service: str, status: int) -> None:
    for body in ("", "<html>oops</html>", {"error": {"message": "No."}}, {"message": "No."}, {"detail": "No."}, "[]"):
        error = error_of(service, status, body)
        assert type(error) is (NotAllowed if body == "<html>oops</html>" and status == 401 else BY_STATUS[status])
        assert english(error.message).endswith(".")
        assert english(error.cure).endswith(".")


def test_the_sentences_of_different_statuses_are_different() -> None:
    said = {error_of("openai", status).message for status in (400, 401, 402, 403, 404, 408, 413, 429, 500, 529)}
    assert len(said) == 10


@pytest.mark.parametrize(
    ("service", "status", "body", "kind"),
    [
        ("openai", 429, openai("You exceeded your current quota.", "insufficient_quota"), NoQuota),
        ("anthropic", 400, anthropic("Your credit balance is too low to access the API."), NoQuota),
        ("xai", 403, {"code": "x", "error": "Your team has insufficient credits."}, NoQuota),
        ("anthropic", 400, anthropic("You have reached your specified API usage limits."), NoQuota),
        ("xai", 403, {"code": "x", "error": "Your newly created team doesn't have any credits yet."}, NoQuota),
        ("openrouter", 402, openai("x", metadata={"raw": "[" * 5000}), NoQuota),
        ("openrouter", 403, openai("Key limit exceeded. Manage it in the settings"), NoQuota),
        ("openrouter", 429, openai("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock"), RateLimited),
        ("groq", 429, openai("Budget has been exceeded! Current cost: 10.1, Max budget: 10.0"), NoQuota),
        ("groq", 429, openai("You have depleted your monthly included credits."), NoQuota),
        ("groq", 429, openai("Your account balance is not enough"), NoQuota),
        ("groq", 403, openai("insufficient_user_quota"), NoQuota),
        ("groq", 429, openai("The load balancer has exceeded its share"), RateLimited),
        ("openai", 429, openai("Too many requests. Add a payment method.", "rate_limit_exceeded"), RateLimited),
        ("xai", 400, {"code": "x", "error": "Incorrect API key provided: xa***34."}, BadKey),
        ("gemini", 403, gemini("Your API key was reported as leaked.", "PERMISSION_DENIED"), BadKey),
        ("gemini", 400, gemini("API key not valid.", "INVALID_ARGUMENT", {"reason": "API_KEY_INVALID"}), BadKey),
        ("gemini", 400, gemini("User location is not supported.", "FAILED_PRECONDITION"), NotAllowed),
        ("openai", 400, openai("No such model", "model_not_found"), ModelMissing),
        ("openrouter", 400, openai("x/y is not a valid model ID"), ModelMissing),
        ("mistral", 422, {"object": "error", "message": {"detail": []}, "type": "invalid"}, BadRequest),
    ],
)
def test_one_status_for_several_things_is_told_apart_by_the_code(
    service: str, status: int, body: object, kind: type[AppError]
) -> None:
    assert type(error_of(service, status, body)) is kind


def test_an_organisation_that_lets_no_pages_in_has_a_sentence_of_its_own() -> None:
    words = "CORS requests are not allowed for this Organization because custom retention settings are in use."
    error = error_of("anthropic", 401, anthropic(words, "authentication_error"))
    assert type(error) is OriginRefused
    assert "organisation" in english(error.message)
    assert error.message != error_of("anthropic", 401).message


LENGTH = openai("This model's maximum context length is 128000 tokens.", "context_length_exceeded")
GEMINI_LENGTH = gemini("The input token count (5) exceeds the maximum number of tokens allowed (4).", "INVALID")
LLAMA_LENGTH = {"error": {"message": "too long", "type": "exceed_context_size_error", "n_ctx": 4096}}


@pytest.mark.parametrize(
    ("service", "body", "limit"),
    [
        ("openai", LENGTH, 128_000),
        ("anthropic", anthropic("prompt is too long: 210000 tokens > 200000 maximum"), 200_000),
        ("gemini", GEMINI_LENGTH, 4),
        ("groq", LLAMA_LENGTH, 4096),
        ("groq", {"error": {"message": "The prompt is too long."}}, 0),
        ("openai", {"error": {"message": "no", "innererror": {"code": "ContextLengthExceeded"}}}, 0),
        (
            "openrouter",
            {
                "error": {
                    "message": "Provider returned error",
                    "code": 400,
                    "metadata": {"raw": json.dumps(openai("prompt is too long: 9000 tokens > 2048 maximum"))},
                }
            },
            2048,
        ),
    ],
)
def test_a_conversation_that_is_too_long_tells_the_limit(service: str, body: object, limit: int) -> None:
    error = error_of(service, 400, body)
    assert isinstance(error, TooLong)
    assert error.limit == limit


def test_a_pause_is_as_long_as_was_asked_for() -> None:
    error = error_of("groq", 429, "", {"retry-after": "20"})
    assert isinstance(error, RateLimited)
    assert error.retry_after == 20.0
    hint = gemini("Quota.", "RESOURCE_EXHAUSTED", {"@type": "x/google.rpc.RetryInfo", "retryDelay": "19.5s"})
    error = error_of("gemini", 429, hint)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 19.5


QUOTA = "You exceeded your current quota, please check your plan and billing details."


@pytest.mark.parametrize(
    ("service", "body", "headers", "wait"),
    [
        ("gemini", gemini(QUOTA, "RESOURCE_EXHAUSTED", {"@type": "RetryInfo", "retryDelay": "37s"}), {}, 37.0),
        ("gemini", gemini(QUOTA, "RESOURCE_EXHAUSTED", {"retryDelay": {"seconds": 37, "nanos": 500000000}}), {}, 37.5),
        ("gemini", gemini(f"{QUOTA} Please retry in 37.5s.", "RESOURCE_EXHAUSTED"), {}, 37.5),
        ("gemini", gemini(QUOTA, "RESOURCE_EXHAUSTED"), {}, None),
        ("mistral", openai(QUOTA), {"retry-after": "37"}, 37.0),
        ("mistral", openai(QUOTA), {"retry-after-ms": "3700"}, 3.7),
        ("mistral", openai(QUOTA), {"retry-after": "Thu, 18 Nov 2027 15:00:00 GMT"}, "later"),
        ("mistral", openai("Slow down and retry after 20 seconds."), {}, 20.0),
    ],
)
def test_a_full_minute_is_a_pause_and_not_an_empty_purse(
    service: str, body: object, headers: dict[str, str], wait: object
) -> None:
    """Fault S4."""
    error = error_of(service, 429, body, headers)
    assert type(error) is RateLimited
    assert error.retry_after == wait or (wait == "later" and (error.retry_after or 0) > 0)


@pytest.mark.parametrize(
    "body",
    [
        openai(QUOTA, "insufficient_quota"),
        openai(QUOTA),
        {"error": {"message": "Insufficient Balance", "type": "unknown_error"}},
        {"error": "Your team has used all available credits or reached its monthly spending limit."},
    ],
)
def test_an_empty_purse_stays_one(body: object) -> None:
    """Fault S4."""
    assert type(error_of("groq", 429, body)) is NoQuota


def test_more_tokens_than_a_minute_allows_are_a_pause() -> None:
    words = "Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 7000."
    assert type(error_of("groq", 413, openai(words, "rate_limit_exceeded"))) is RateLimited
    assert type(error_of("groq", 400, openai(words))) is BadRequest


def test_ones_own_server_that_still_loads_its_model_is_not_called_overloaded() -> None:
    loading = {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}
    error = refusal(own_service("localhost:8080"), 503, {}, json.dumps(loading).encode(), NOW, "m")
    assert type(error) is Overloaded
    assert "loading" in english(error.message)
    assert "loading" not in english(error_of("groq", 503, loading).message)


@pytest.mark.parametrize(
    "body",
    [
        "404 page not found",  # as Ollama says it, and the next ones llama.cpp, vLLM and LM Studio
        {"error": {"message": "File Not Found", "type": "not_found_error", "code": 404}},
        {"detail": "Not Found"},
        {"error": "Unexpected endpoint or method. (GET /models)"},
    ],
)
def test_a_wrong_path_of_ones_own_server_is_told_apart_from_a_missing_model(body: object) -> None:
    own = own_service("localhost:8080")
    error = refusal(own, 404, {}, json.dumps(body).encode(), NOW, "m")
    assert type(error) is ModelMissing
    assert "address" in english(error.message)
    assert "/v1" in english(error.cure)
    missing = openai("The model `m` does not exist.", "not_found")
    assert "/v1" not in english(refusal(own, 404, {}, json.dumps(missing).encode(), NOW, "m").cure)


@pytest.mark.parametrize(
    ("setting", "detail", "found"),
    [
        ("temperature", "", "temperature"),
        ("", "Unsupported value: 'temperature' does not support 0.3.", "temperature"),
        ("", 'Unknown name "topK" at generation_config', "top_k"),
        ("", "`top_p` and `temperature` cannot both be given", "temperature"),
        ("messages[0]", "The temperatures of the pole", ""),
        ("", "", ""),
    ],
)
def test_the_setting_that_a_refusal_names_is_found(setting: str, detail: str, found: str) -> None:
    error = BadRequest(setting=setting, detail=detail)
    assert refused_setting(error, ("temperature", "top_p", "top_k")) == found


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"error": {"code": 502}}, 502),
        ({"error": {"code": "rate_limit_exceeded"}}, 429),
        ({"error": {"type": "overloaded_error"}}, 529),
        ({"error": {"status": "UNAVAILABLE", "code": 503}}, 503),
        ({"error": {"code": 7, "type": "odd"}}, 0),
        ({"error": "words"}, 0),
        ({"object": "error", "message": "boom", "code": 500}, 500),
        ({"error": "busy", "code": "429"}, 429),
        ({"error": {"code": "0400" + "1" * 5_000}}, 0),
        ({"error": [500], "code": {"a": 500}, "type": ["overloaded_error"]}, 0),
    ],
)
def test_an_error_inside_a_stream_has_the_status_it_would_have_had(body: dict[str, Any], status: int) -> None:
    assert status_in(body) == status
