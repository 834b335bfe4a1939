"""A service's words without keys: some services repeat the key that they refuse, whole, in part or with stars in it.

    redacted("Incorrect API key provided: sk-ab****cd.", key)         # "Incorrect API key provided: [key]."
    redacted("Your organization must be verified", key)               # as it was

Only what can be a key goes: the person's own in any spelling, and what begins as keys do, with a separator and a body
that no word has.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from app.core.texts import TextOrWords

SHOWN = "[key]"
SHORTEST = 8  # of a key's own end or beginning that is looked for
BODY = r"[A-Za-z0-9_.\-*•…]"
#: beginnings that nothing but keys has
SURE = r"sk-(?:ant|proj|or-v\d|svcacct|admin|None)-"
#: what keys begin with; words may begin so too: "sk-learn", "hf_transformers"
BEGINNINGS = (
    r"(?:(?:sk|pk|rk|xai|or|key|gsk|hf|gh[opsu]|github_pat|glpat|r8|nvapi|pplx|tgp|fw|csk)[-_]|AIza|AKIA|AQ\.|ya29\.)"
)
WORDLIKE = ("sk-", "pk-", "rk-", "or-", "key-", "sk_", "pk_", "rk_", "or_", "key_", "xai-")
NAMED = r"(?:api[ _-]?key|bearer|access[ _-]?token|token)(?: provided)?[\s:=\"'`]{1,4}"
WEB_TOKEN = r"eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"


def redacted(text: str, key: str) -> str:
    """The words without the key, and without what looks like one."""
    for spelling in _spellings(key):
        text = re.sub(re.escape(spelling) + r"[\w*•…-]*", SHOWN, text, flags=re.IGNORECASE)
    text = re.sub(rf"(?<![A-Za-z0-9]){SURE}{BODY}{{8,}}", _without_stop, text)
    text = re.sub(rf"(?<![A-Za-z0-9])({BEGINNINGS})({BODY}{{6,}})", _if_a_key, text)
    text = re.sub(WEB_TOKEN, SHOWN, text)
    text = re.sub(r"(?<![*\w-])[A-Za-z0-9_-]+[*•]{3,}[A-Za-z0-9_-]*", SHOWN, text)
    return re.sub(rf"({NAMED})(?=[^\s\"'`]*\d)(?=[^\s\"'`]*[A-Za-z])[\w.~+/=-]{{8,}}", rf"\1{SHOWN}", text, flags=re.I)


def redacted_text(text: TextOrWords, key: str) -> TextOrWords:
    """A text without the key in its values."""
    if isinstance(text, str):
        return redacted(text, key)
    return text.changed(lambda words: redacted(words, key))


def _spellings(key: str) -> list[str]:
    """The key as it is, as addresses and headers write it, and enough of its two ends to know it by; longest first."""
    if len(key) <= 4:
        return []
    raw = key.encode()
    found = {key, quote(key, safe=""), base64.b64encode(raw).decode().rstrip("=")}
    if len(key) >= 2 * SHORTEST:
        found |= {key[: len(key) // 2], key[-SHORTEST:]}
    return sorted(found, key=len, reverse=True)


def _without_stop(found: re.Match[str]) -> str:
    """The full stop of a sentence is not part of a key."""
    return SHOWN + ("." if found[0].endswith(".") and not found[0].endswith("..") else "")


def _if_a_key(found: re.Match[str]) -> str:
    body = found[2]
    longest = max(re.split(r"[-_.]", body), key=len)
    is_masked = re.search(r"[*•]{2,}|…|\.{3}", body) and re.search(r"[*•…]|\.\.\.", body)
    is_mixed = re.search(r"\d", longest) and re.search(r"[A-Za-z]", longest)
    is_cased = longest.lower() != longest != longest.upper()
    is_random = len(longest) >= 16 and (is_cased or found[1] not in WORDLIKE)
    is_long = len(body) >= 24 and all(re.search(kind, body) for kind in ("[a-z]", "[A-Z]", r"\d"))
    if is_masked or (len(longest) >= SHORTEST and is_mixed) or is_random or is_long:
        return _without_stop(found)
    return found[0]
