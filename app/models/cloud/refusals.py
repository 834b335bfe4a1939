"""What a service's refusal means: from status, headers and body, in any of the three dialects, to an error of ours.

    raise refusal(service, 429, reply.headers, body, now)           # RateLimited, retry_after=20.0

The class follows from the status, and from the body's own code where one status stands for several things. Statuses
and codes: the services' error pages as of November 2026; shapes are those that llmock 0.2.2 checks against their SDKs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from app.core.errors import (
    AppError,
    BadKey,
    BadRequest,
    Interrupted,
    ModelMissing,
    NoQuota,
    NoReply,
    NotAllowed,
    OriginRefused,
    Overloaded,
    RateLimited,
    ServiceFailed,
    TooLong,
    Unusable,
)
from app.core.reading import part, read_json
from app.core.text import file_name, shorten
from app.core.texts import Text
from app.core.too_long import too_long
from app.models.cloud.bodies import Kind
from app.models.cloud.messages import CODES, WORDS
from app.models.cloud.services import Service
from app.net.waits import wait_of

PAGE_CURE = Text("cloud.page_cure")
EMPTY_SECONDS = 2.5  # before asking once more, which is long enough not to ask a third time
DIALECT_NAMES = {"openai": "OpenAI", "anthropic": "Anthropic", "gemini": "Gemini"}
# no money is left: waiting does not help
MONEY = r"(?:credits?|\bbalance|\bfunds|\bbudget|user quota)\b"
LITTLE = r"(?:insufficient|not enough|depleted|exhausted|exceeded|too low|used up|run out)"
NO_CREDIT = re.compile(
    rf"insufficient[_ ](?:\w+[_ ])?quota|insufficient[_ ]{MONEY}|{MONEY}[^.]{{0,30}}\b{LITTLE}|\bno (?:more )?{MONEY}"
    rf"|(?:out of|not have any|n't have any|not enough|depleted your|used all|exceeded your)\b[^.]{{0,30}}{MONEY}"
    r"|billing_hard_limit|spending limit|payment required|specified api usage limits|\bkey limit exceeded"
)
#: may mean money or a pause: Gemini says the same of a full minute
MAYBE_CREDIT = re.compile(r"billing|payment method")
BAD_KEY = re.compile(
    r"api_key_invalid|invalid_api_key|\b(?:incorrect|invalid|wrong|expired|revoked) api[ _-]key"
    r"|\bapi[ _-]key (?:\w+ ){0,4}(?:not valid|invalid|incorrect|expired|revoked|leaked)"
)
#: refusals with these statuses are never about the length of what was asked
ABOUT_THE_ACCOUNT = (401, 402, 404, 429)
#: what words stand under, in lower case and without underscores
NAMES_OF_WORDS = (
    *("message", "msg", "errormessage", "errormsg", "statusmessage", "statusmsg", "faultstring", "errordescription"),
    *("detail", "reason", "description", "title", "error"),
)
NO_TEXT = re.compile(r"[\ufffd\x00-\x08\x0e-\x1f]")
HTML = re.compile(r"<(?:!doctype html|html|head|body|script|h\d|p|div|title|meta)\b", re.IGNORECASE)
STATUS = re.compile(r"[45][0-9][0-9]")
RATE = re.compile(r"rate[_ ]limit|per min|\btpm\b")
#: codes inside a stream that began well, and in bodies of gateways, as the status that they would have had
STATUS_OF = {
    "overloaded_error": 529,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "resource_exhausted": 429,
    "authentication_error": 401,
    "permission_error": 403,
    "permission_denied": 403,
    "not_found_error": 404,
    "invalid_request_error": 400,
    "invalid_argument": 400,
    "timeout_error": 408,
    "deadline_exceeded": 408,
    "unavailable": 503,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal's own words. `codes` are all its short names in lower case, `param` the setting that it names, `facts`
    what stands beside the words. A page is not the service's: a proxy, a gateway or a network has sent it. Where nobody
    says anything, `text` is only the beginning of the body, and `has_words` is False."""

    text: str = ""
    codes: str = ""
    param: str = ""
    body: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    is_page: bool = False
    has_words: bool = True

    @property
    def all(self) -> str:
        """Everything to look for a meaning in."""
        return f"{self.codes} {self.text}".lower()

    @property
    def too_long(self) -> int | None:
        """The context length, 0 where it is not told; None where they speak of something else."""
        codes = self.codes.replace("invalid_request_error", "")  # which stands beside everything
        return too_long(f"{codes} {self.text} {self.param}", self.facts)


def told(body: bytes) -> Told:
    """The words in a body of any of the shapes: `{"error": {…}}`, `{"error": "…"}`, `{"message": …}`, `[{"error": …}]`,
    FastAPI's `{"detail": [{"loc": …}]}`, a web page, or no JSON at all."""
    raw = body.decode("utf-8", "replace").strip().lstrip("\ufeff")
    if raw.startswith("<"):
        return Told(page_title(raw), body=raw, is_page=True)
    try:
        value = read_json(raw)
    except ValueError:
        return Told(raw[:300], body=raw, has_words=bool(raw) and not NO_TEXT.search(raw))
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, dict):
        return Told(value if isinstance(value, str) else raw[:300], body=raw, has_words=isinstance(value, str))
    inner = value.get("error") or value.get("errors") or value
    inner = inner[0] if isinstance(inner, list) else inner
    if not isinstance(inner, dict):
        short = inner if isinstance(inner, str) else ""
        more = _words_in({key: one for key, one in value.items() if key not in ("error", "errors")})
        text = f"{short}: {more}" if short and more else short or more or str(inner)
        return Told(text, _codes(value, ()), body=raw, facts=value)
    return _told_by(inner, value, raw)


def _told_by(inner: Mapping[str, object], value: Mapping[str, object], raw: str) -> Told:
    """The words of an object about an error; `value` is what it stands in."""
    details = inner.get("detail") or inner.get("details") or []
    reasons = [one for one in details if isinstance(one, dict)] if isinstance(details, list) else []
    places = [" ".join(map(str, one["loc"])) for one in reasons if isinstance(one.get("loc"), list)]
    text = next((inner[key] for key in WORDS if inner.get(key)), "")
    if isinstance(raw_inside := part(inner.get("metadata")).get("raw"), str):  # OpenRouter: the company's own words
        text = f"{text}: {told(raw_inside.encode('utf-8', 'replace')).text}"
    said = text or "; ".join(str(one.get("msg", "")) for one in reasons) or details or _words_in(value)
    return Told(
        str(said or raw[:300]),
        _codes(inner, reasons),
        str(inner.get("param") or next(iter(places), "")),
        raw,
        inner,
        has_words=bool(said),
    )


def _words_in(value: object, depth: int = 3) -> str:
    """The first words in an object that names them as words, or in a part of it; "" where there are none."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if not isinstance(value, dict) or not depth:
        return ""
    named = {name.lower().replace("_", ""): one for name, one in value.items()}
    found = (named.get(name) for name in NAMES_OF_WORDS)
    text = next((one.strip() for one in found if isinstance(one, str) and one.strip()), "")
    return text or next(filter(None, (_words_in(one, depth - 1) for one in value.values())), "")


def _codes(inner: Mapping[str, object], reasons: Sequence[Mapping[str, object]]) -> str:
    codes = [inner.get(key) for key in (*CODES, "type")]
    codes.append(part(inner.get("innererror")).get("code"))  # Azure
    codes += [one.get(key) for one in reasons for key in ("reason", "type")]
    return " ".join(str(code) for code in codes if code).lower()


def page_title(page: str) -> str:
    """What a web page calls itself, else its first words."""
    found = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    text = found[1] if found else re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    return shorten(unescape(text), 100)


def status_in(body: Mapping[str, object]) -> int:
    """The status that an error inside a stream would have had; 0 where it does not tell."""
    for holder in (part(body.get("error")), body):
        for key in (*CODES, "type"):
            code = str(holder.get(key) or "").lower()
            if code in STATUS_OF:
                return STATUS_OF[code]
            if STATUS.fullmatch(code):
                return int(code)
    return 0


def refusal(
    service: Service, status: int, headers: Mapping[str, str], body: bytes, now: float, model: str = ""
) -> AppError:
    """The error behind a reply that is not 200, or inside one that is: then `status` is 0 where it does not tell.
    `now` is seconds since 1970; headers' names are lower case."""
    words = told(body)
    name = service.name
    limit = words.too_long if status not in ABOUT_THE_ACCOUNT else None
    if limit is not None or (status == 413 and not RATE.search(words.all)):
        return TooLong(limit=limit or 0, detail=words.text)
    if "cors requests are not allowed" in words.all:
        said = Text("cloud.organisation_origin", name=name)
        return OriginRefused(said, Text("cloud.organisation_origin_cure"), detail=words.text)
    if words.is_page and (status in (401, 403, 407) or (service.is_own and status not in (404, 413))):
        return _of_a_proxy(name, status, wait_of(headers, "", now), words)
    if status == 401 or BAD_KEY.search(words.all):
        said = Text("cloud.bad_key", name=name)
        return BadKey(said, Text("cloud.bad_key_cure"), detail=words.text).mended_in("settings/connections")
    wait = wait_of(headers, words.body, now)
    if status == 402 or (status in (0, 400, 403, 429) and _is_no_credit(words, wait)):
        cure = Text("cloud.add_credit", name=name)
        return NoQuota(Text("cloud.no_credit", name=name), cure, detail=words.text)
    if status in (408, 413, 429) or status >= 500:
        return _passing(service, 429 if status == 413 else status, wait, words)  # Groq: more than a minute allows
    return _lasting(service, status, words, model) if status else in_words(name, words.text)


def no_reply(service: Service, kind: Kind, body: bytes) -> AppError:
    """The error behind a reply with status 200 that is none."""
    name, words = service.name, told(body)
    if words.is_page:
        if not HTML.search(words.body):  # XML, which storage services and gateways write
            return in_words(name, words.text)
        said = Text("cloud.web_page", name=name)
        if words.text:
            said = Text("cloud.web_page_titled", name=name, title=words.text)
        return Unusable(said, PAGE_CURE, detail=words.body[:300])
    if kind == "nothing":
        return Interrupted(Text("cloud.empty_answer", name=name), Text("cloud.ask_again"), retry_after=EMPTY_SECONDS)
    if words.has_words:
        return refusal(service, 0, {}, body, 0.0)
    language = DIALECT_NAMES[service.dialect]
    said = Text("cloud.no_answer_of", name=name, language=language)
    cure = Text("cloud.no_answer_of_cure")
    return Unusable(said, cure, detail=words.body[:300]).mended_in("settings/connections")


def in_words(name: str, text: str) -> Unusable:
    """The error behind words that came with no status of their own."""
    said = Text("cloud.reports_error", name=name)
    if shown := shorten(text, 200).rstrip("."):
        said = Text("cloud.reports_error_in_words", name=name, said=shown)
    return Unusable(said, detail=text)


def _of_a_proxy(name: str, status: int, wait: float | None, words: Told) -> AppError:
    """Somebody between this page and the server has answered, with a page for people."""
    said = Text("cloud.proxy", name=name, status=status)
    if words.text:
        said = Text("cloud.proxy_titled", name=name, status=status, title=words.text)
    if status == 429:
        return RateLimited(said, Text("cloud.wait_a_little"), retry_after=wait, detail=words.body[:300])
    if status in (401, 403, 407):
        cure = Text("cloud.proxy_sign_in")
        return NotAllowed(said, cure, detail=words.body[:300])
    if status >= 500 or status == 408:
        kind = NoReply if status in (408, 504) else ServiceFailed
        cure = Text("cloud.proxy_own_cure")
        return kind(said, cure, retry_after=wait, detail=words.body[:300])
    return Unusable(said, PAGE_CURE, detail=words.body[:300])


def _is_no_credit(words: Told, wait: float | None) -> bool:
    """Who says when to come back, or that a resource is exhausted, speaks of a pause."""
    if NO_CREDIT.search(words.all):
        return True
    is_pause = wait is not None or "resource_exhausted" in words.codes or bool(RATE.search(words.all))
    return bool(MAYBE_CREDIT.search(words.all)) and not is_pause


def _passing(service: Service, status: int, wait: float | None, words: Told) -> AppError:
    """What may be over soon."""
    name = service.name
    if status == 429:
        cure = Text("cloud.wait_or_here")
        return RateLimited(Text("cloud.too_many", name=name), cure, retry_after=wait, detail=words.text)
    if status in (503, 529):
        is_loading = service.is_own and "loading model" in words.all  # as llama.cpp says it
        said = Text("cloud.loading", name=name) if is_loading else Text("cloud.overloaded", name=name)
        cure = Text("cloud.in_a_minute")
        return Overloaded(said, cure, retry_after=wait, detail=words.text)
    if status in (408, 504):
        return NoReply(Text("cloud.no_answer_in_time", name=name), retry_after=wait, detail=words.text)
    return ServiceFailed(Text("cloud.failed", name=name, status=status), retry_after=wait, detail=words.text)


def _lasting(service: Service, status: int, words: Told, model: str) -> AppError:
    """What the same request would meet again."""
    name = service.name
    if status == 404 or "model_not_found" in words.codes or "not a valid model" in words.all:
        said, cure = Text("cloud.no_model", name=name, model=file_name(model)), Text("cloud.another_model")
        if not model or (service.is_own and not re.search(r"\bmodel\b", words.all)):
            said = Text("cloud.nothing_at_address", name=name)
            cure = Text("cloud.check_v1") if service.is_own else cure
        return ModelMissing(said, cure, detail=words.text)
    if status == 403 or "location is not supported" in words.all:
        said = Text("cloud.not_allowed", name=name)
        return NotAllowed(said, Text("cloud.not_allowed_cure", name=name), detail=words.text)
    said = Text("cloud.bad_request", name=name, status=status)
    return BadRequest(said, setting=words.param, detail=words.text)


def refused_setting(error: BadRequest, names: Sequence[str]) -> str:
    """Which of these settings a refusal names, "" where it is about something else."""
    plain = {name: name.replace("_", "").lower() for name in names}
    for text in (error.setting, error.detail):
        found = re.findall(r"[a-z]+", text.replace("_", "").lower())
        if name := next((name for name in names if plain[name] in found), ""):
            return name
    return ""
