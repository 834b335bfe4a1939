"""Signing in at OpenRouter."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.errors import AppError, BadAnswer, BadKey, Interrupted, Unreachable
from app.models.cloud.openrouter import EXCHANGE, authorize_url, challenge, exchange, new_verifier
from tests.memory import Answer, MemoryReply, ScriptedFetch
from tests.words import english


def test_the_challenge_is_that_of_the_rfc() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_verifier_is_long_and_new_each_time() -> None:
    assert 43 <= len(new_verifier()) <= 128
    assert new_verifier() != new_verifier()


def test_the_person_is_sent_there_without_the_verifier() -> None:
    verifier = new_verifier()
    parts = urlsplit(authorize_url("https://me.github.io/app/?a=b#chat", verifier))
    asked = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://openrouter.ai/auth"
    assert asked == {
        "callback_url": ["https://me.github.io/app/?a=b#chat"],
        "code_challenge": [challenge(verifier)],
        "code_challenge_method": ["S256"],
    }
    assert verifier not in parts.query


def test_a_code_becomes_a_key() -> None:
    fetch = ScriptedFetch({})
    fetch.events = [MemoryReply(200, b'{"key": "sk-or-v1-0123456789", "user_id": "u"}')]
    assert asyncio.run(exchange(fetch, "code", "verifier")) == "sk-or-v1-0123456789"
    assert fetch.asked == [(EXCHANGE, "POST")]
    sent = json.loads(str(fetch.bodies[0]))
    assert sent == {"code": "code", "code_verifier": "verifier", "code_challenge_method": "S256"}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (MemoryReply(403, b'{"error": "Invalid code"}'), BadKey),
        (MemoryReply(200, b'{"keys": "sk-or-v1-0123456789"}'), BadAnswer),
        (MemoryReply(200, b"sk-or-v1-0123456789"), BadAnswer),
        (MemoryReply(200, b'["sk-or-v1-0123456789"]'), BadAnswer),
        (MemoryReply(200, b'{"key": null, "was": "sk-or-v1-0123456789"}'), BadAnswer),
        (MemoryReply(200, b'{"key": {"is": "sk-or-v1-0123456789"}}'), BadAnswer),
        (MemoryReply(200, b'{"key": " "}'), BadAnswer),
        (MemoryReply(200, b"\xff0123456789"), BadAnswer),
        (Interrupted(), Unreachable),
    ],
)
def test_what_goes_wrong_is_told_without_any_key(answer: Answer, kind: type[AppError]) -> None:
    fetch = ScriptedFetch({})
    fetch.events = [answer]
    with pytest.raises(kind) as caught:
        asyncio.run(exchange(fetch, "code", "verifier"))
    assert "0123456789" not in f"{english(caught.value.message)} {caught.value.detail} {caught.value.__cause__!r}"
