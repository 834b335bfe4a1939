"""What is or looks like a key is in no word that is shown; everything else stays (fault P4)."""

from __future__ import annotations

import base64
import random
import string
from urllib.parse import quote

import pytest

from app.models.cloud.redaction import redacted

KEY = "my-very-own+key/1234"


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Incorrect API key provided: {KEY.upper()}.",
        f"GET /x?key={quote(KEY, safe='')} failed",
        f"Authorization: {base64.b64encode(KEY.encode()).decode()}",
        f"The key {KEY[:11]}… is unknown",
        f"The key ending in {KEY[-8:]} is unknown",
        "Incorrect API key provided: sk-proj-********************************wxyz.",
        "sk-ant-api03-abcdefghijkl and AIzaSyA123456789 and gsk_abcdefgh1234",
        "Invalid token sk-ab****cd",
        "Invalid token ab****cd",
        "Key sk-or-v1-0123456789abcdef0123456789abcdef is disabled",
        "xai-AbCdEfGhIjKlMnOpQrSt is disabled",
        "sk-1234abcd5678efgh is disabled",
        "sk-...wxyz is disabled",
        "Bearer 0a1b2c3d4e5f6071 was refused",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefgh was refused",
        "hf_abcdefghijklmnop was refused",
        "AIza...wxyz is disabled",
        "github_pat_11AbCdEfGhIj0123456789AbCd is disabled",
        "AKIAABCDEFGH01234567 and AQ.Ab8RN60123456789AbCdEf are disabled",
    ],
)
def test_what_is_or_looks_like_a_key_is_left_out(text: str) -> None:
    plain = redacted(text, KEY)
    assert "[key]" in plain
    pieces = (
        "very-own",
        "wxyz",
        "api03",
        "A123456789",
        "abcdefgh",
        "ab**",
        "**cd",
        "0123456789",
        "AbCdEf",
        "5678",
        "0a1b",
    )
    for piece in (*pieces, "/1234", quote(KEY, safe="")[:12], "eyJz", base64.b64encode(KEY.encode()).decode()[:12]):
        assert piece.lower() not in plain.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Your organization must be verified to use this model.",
        "It was originally orchestrated by an organisation",
        "a sketch of skeletons, skipping pkgs and skyscrapers",
        "xaioperator, AIzawa-san and the orchestra",
        "scikit (sk-learn-pipelines) and xai-based-inference",
        "xai/grok-4-0709 and xai-grok-4 are models",
        "the tokens: 12000000 of them; max_token=12345678",
        "task-12345678 and disk-87654321 and risk-management",
        "pk-constraint-violated, or-else-nothing",
        "request req_011CSHoEeqs5C35K2UUqR7Fy, id 6f1e2d3c-aaaa-bbbb-cccc-0123456789ab",
        "gpt-4o-2024-08-06 does not exist",
        "hf_transformers, hf_hub_download, hf_internal_testing and nvapi-compatible-endpoint",
        "pplx-70b-online and pplx-7b-chat-alpha do not exist; this is ***important***",
        "This model's maximum context length is 8192 tokens.",
        "",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    """Fault P4."""
    assert redacted(text, KEY) == text
    assert redacted(text, "") == text


def test_no_key_of_any_service_gets_through() -> None:
    made = random.Random(12)
    signs = string.ascii_letters + string.digits
    for prefix in ("sk-", "sk-proj-", "sk-ant-api03-", "sk-or-v1-", "gsk_", "xai-", "AIzaSy", "hf_", "nvapi-", "pplx-"):
        for _ in range(50):
            key = prefix + "".join(made.choices(signs, k=32))
            assert redacted(f"Wrong key {key}, try again", "") == "Wrong key [key], try again"
            assert redacted(f"Wrong key {key}.", key) == "Wrong key [key]."
