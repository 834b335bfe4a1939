"""Signing in at OpenRouter: a key without copying one (OAuth with PKCE, which needs neither client id nor secret).

    verifier = new_verifier()                                   # kept in this tab until the person comes back
    authorize_url("https://me.github.io/app/", verifier)        # the person goes there, and comes back with ?code=…
    key = await exchange(fetch, code, verifier)

Addresses and fields: OpenRouter's OAuth PKCE page; the challenge is that of RFC 7636, 4.2.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import urlencode

from app.core.errors import BadAnswer, BadKey, Interrupted
from app.core.places import Purpose
from app.core.ports import Fetch
from app.core.reading import Unreadable, read_object
from app.core.texts import Text
from app.models.cloud.client import unreachable
from app.models.cloud.services import SERVICES

AUTHORIZE = "https://openrouter.ai/auth"
EXCHANGE = SERVICES["openrouter"].base_url + "/auth/keys"
METHOD = "S256"


def new_verifier() -> str:
    """86 random signs; RFC 7636 asks for 43 to 128."""
    return secrets.token_urlsafe(64)


def challenge(verifier: str) -> str:
    """What OpenRouter is shown of the verifier: its SHA-256, as base64 for addresses, without padding."""
    return urlsafe_b64encode(sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode()


def authorize_url(callback: str, verifier: str) -> str:
    """Where the person signs in. `callback` is the page that they come back to, with `code` in its query."""
    query = {"callback_url": callback, "code_challenge": challenge(verifier), "code_challenge_method": METHOD}
    return f"{AUTHORIZE}?{urlencode(query)}"


async def exchange(fetch: Fetch, code: str, verifier: str) -> str:
    """The person's new key. Raises BadKey where the code is not good (any more), Unreachable, BadAnswer."""
    body = json.dumps({"code": code, "code_verifier": verifier, "code_challenge_method": METHOD})
    headers = {"Content-Type": "application/json"}
    try:
        reply = await fetch(EXCHANGE, purpose=Purpose.SIGN_IN, method="POST", headers=headers, body=body)
        raw = b"".join([part async for part in reply.aiter_bytes()])
    except Interrupted as error:
        raise unreachable(SERVICES["openrouter"], error.detail) from error
    if not 200 <= reply.status < 300:
        words = Text("cloud.sign_in_refused")
        raise BadKey(words, Text("cloud.sign_in_again"), detail=f"status {reply.status}")
    try:
        key = read_object(raw).get("key")
    except Unreadable:
        key = None
    if not isinstance(key, str) or not key.strip():  # nothing is told of the body: it may hold one all the same
        raise BadAnswer(Text("cloud.sign_in_no_key"), Text("cloud.sign_in_again"))
    return key
