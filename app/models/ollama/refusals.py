"""What Ollama's refusals mean: from a status and a body in one of its many shapes to an error of ours.

    raise refusal(reply.status, body, "llama3.2:1b", reply.headers)

The class follows from the status and from who speaks: Ollama's own errors are JSON with an `error`; a page or anything
else is a proxy's in front of it, or another program's. The text is read only where one status stands for several
things. All shapes of Ollama's were recorded from 0.32.15 (tests/fixtures/ollama/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.core.errors import (
    AppError,
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
from app.core.reading import read_json
from app.core.texts import Plain, Text
from app.core.too_long import too_long
from app.models.ollama.answers import not_ollama, whole
from app.models.ollama.library import is_cloud

Name: TypeAlias = str | Text  # of a model, or words in its place
Says: TypeAlias = Callable[[Name], Text]

ANOTHER = Text("ollama_errors.another_model")
SEEING = Text("ollama_errors.choose_seeing")
CHATTING = Text("ollama_errors.choose_chatting")
# What a model lacks, by how Ollama's words for it begin: what we say, and what to do.
LACKING: tuple[tuple[str, Says, Text], ...] = (
    (
        "think",
        lambda model: Text("ollama_errors.no_thinking", model=model),
        Text("ollama_errors.no_thinking_cure"),
    ),
    (r"tool|function\scall", lambda model: Text("ollama_errors.no_tools", model=model), ANOTHER),
    (r"image\sgen", lambda model: Text("ollama_errors.makes_no_pictures", model=model), ANOTHER),
    ("vision|image|multimodal", lambda model: Text("ollama_errors.sees_no_pictures", model=model), SEEING),
    ("audio", lambda model: Text("ollama_errors.no_audio", model=model), ANOTHER),
    (
        "embed",
        lambda model: Text("ollama_errors.no_embeddings", model=model),
        Text("ollama_errors.choose_embedding"),
    ),
    (
        "insert|suffix",
        lambda model: Text("ollama_errors.no_insert", model=model),
        Text("ollama_errors.choose_inserting"),
    ),
    ("chat", lambda model: Text("ollama_errors.no_chat", model=model), CHATTING),
    ("generat|complet", lambda model: Text("ollama_errors.no_writing", model=model), CHATTING),
)
LACKS = re.compile(
    r"(?:(?:does not|doesn't|do not|don't|not) support|(?:cannot|can't) (?:use|handle|process|take)|data required for)"
    r" (?P<what>[^.\n]+)|(?P<subject>[^.\n:]+?) (?:is|are) (?:not supported|unsupported)",
    re.IGNORECASE,
)
# What else Ollama says, by a pattern of its words in lower case: our error, what we say, and what to do.
SAID: tuple[tuple[str, type[AppError], Says, Text], ...] = (
    (
        r"sharded|split gguf",
        NotSupported,
        lambda model: Text("ollama_errors.several_files"),
        Text("ollama_errors.several_files_cure"),
    ),
    (
        r"digest\smismatch",
        Corrupt,
        lambda model: Text("ollama_errors.other_bytes"),
        Text("ollama_errors.other_bytes_cure"),
    ),
    (
        r"out-of-memory|more system memory|out of memory",
        ProviderError,
        lambda model: Text("ollama_errors.no_memory", model=model),
        Text("ollama_errors.no_memory_cure"),
    ),
    (
        r"(?:unknown|unsupported) (?:model )?architecture|newer version of ollama",
        NotSupported,
        lambda model: Text("ollama_errors.cannot_run", model=model),
        Text("ollama_errors.cannot_run_cure"),
    ),
    (
        r"unexpected eof|process has terminated|process no longer running|unexpectedly stopped|\beof$",
        ProviderError,
        lambda model: Text("ollama_errors.crashed"),
        Text("ollama_errors.crashed_cure"),
    ),
    (
        r"no such host|dial tcp|network is unreachable",
        ProviderError,
        lambda model: Text("ollama_errors.no_internet"),
        Text("ollama_errors.no_internet_cure"),
    ),
    (
        r"no\sspace\sleft",
        ProviderError,
        lambda model: Text("ollama_errors.disk_full"),
        Text("ollama_errors.disk_full_cure"),
    ),
    (
        r"file does not exist|pull model manifest.*not found",
        ModelMissing,
        lambda model: Text("ollama_errors.nothing_to_pull", model=model),
        Text("ollama_errors.check_name"),
    ),
)
BAD_NAME = re.compile(r"invalid\smodel\sname")
SIGN_IN = re.compile(r"\bcloud\b|ollama\.com|\bsign(?:ed)?[ -]?in\b", re.IGNORECASE)


def refusal(status: int, body: bytes, model: str = "", headers: Mapping[str, str] | None = None) -> AppError:
    """The error behind a reply that is not 200."""
    text, facts = told(body)
    own = _own(body)
    if own is None and (error := _in_front(status, text, headers or {})):
        return error
    if status == 404:
        if own is None or isinstance(own.get("error"), dict):
            cure = Text("ollama_errors.unknown_request_cure")
            return ProviderError(Text("ollama_errors.unknown_request"), cure, again=False, detail=text)
        message = Text("ollama_errors.no_model", model=model) if model else ""
        return ModelMissing(message, Text("ollama_errors.pull_it"), detail=text)
    if status in (401, 403, 407):
        if own and (own.get("signin_url") or SIGN_IN.search(text) or is_cloud(model)):
            return NeedsKey(Text("ollama_errors.cloud_off", model=_called(model)), detail=text)
        return _not_let_in(status, text)
    if status == 429 or (status == 503 and own is not None):
        return _busy(text, headers or {})
    return said(text, model, facts)


def refusal_in(line: Mapping[str, object], model: str = "") -> AppError:
    """The error behind a line of a stream that tells one."""
    text, facts = told(json.dumps(line).encode())
    return said(text, model, facts)


def said(text: str, model: str = "", facts: Mapping[str, object] | None = None) -> AppError:
    """The error behind Ollama's words, wherever they stood: in a refusal, or in a line of a stream."""
    facts, low = facts or {}, text.lower()
    limit = too_long(f"{text}\n{facts.get('type', '')}", facts)
    if limit is not None:
        return TooLong(limit=limit, tokens=whole(facts, "n_prompt_tokens"), detail=text)
    if lack := _lack(text, model):
        return lack
    if BAD_NAME.search(low):
        return ProviderError(Text("ollama_errors.bad_name"), Text("ollama_errors.bad_name_cure"), again=False)
    for pattern, kind, says, cure in SAID:
        if re.search(pattern, low):
            return kind(says(_called(model)), cure, detail=text)
    return ProviderError(Text("ollama_errors.failed"), Text("ollama_errors.failed_cure"), detail=text)


def _called(model: str) -> Name:
    """A model by its name, where that is known."""
    return model or Text("ollama_errors.the_model")


def told(body: bytes) -> tuple[str, dict[str, object]]:
    """Ollama's words, and what is told beside them; some errors are JSON in a JSON text."""
    text = body.decode("utf-8", "replace").strip()
    while (value := _object(text)) is not None:
        inner = value.get("error") or value.get("message") or value.get("detail") or ""
        if isinstance(inner, dict):
            return str(inner.get("message", "")), inner
        text = str(inner)
    return text, {}


def _object(text: str) -> dict[str, object] | None:
    """A text as a JSON object, None where it is none."""
    if not text.startswith("{"):
        return None
    try:
        value = read_json(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _own(body: bytes) -> dict[str, object] | None:
    """The body as Ollama writes its errors; None where something else speaks."""
    value = _object(body.decode("utf-8", "replace").strip())
    return value if value is not None and "error" in value else None


def _in_front(status: int, text: str, headers: Mapping[str, str]) -> AppError | None:
    """The error where the answer is not Ollama's own: a proxy in front of it has spoken. None where it may be."""
    if status == 403 and not text:
        return OriginRefused(cure=Text("ollama_errors.origin_cure"))
    if status in (401, 403, 407):
        return _not_let_in(status, text)
    if status == 429:
        return _busy(text, headers)
    if status == 413:
        cure = Text("ollama_errors.too_large_cure")
        return ProviderError(Text("ollama_errors.too_large"), cure, again=False, detail=text)
    if status in (502, 503, 504):
        message = Text("ollama_errors.proxy_failed", status=Plain(status))
        return ServiceFailed(message, Text("ollama_errors.proxy_failed_cure"), detail=text)
    if 300 <= status < 400 or (status != 404 and text.startswith("<") and status < 500):
        return not_ollama(text)
    return None


def _not_let_in(status: int, text: str) -> NotAllowed:
    message = Text("ollama_errors.not_let_in", status=Plain(status))
    return NotAllowed(message, Text("ollama_errors.not_let_in_cure"), detail=text)


def _busy(text: str, headers: Mapping[str, str]) -> RateLimited:
    after = headers.get("retry-after", "")
    seconds = float(after) if re.fullmatch(r"\d{1,5}(?:\.\d+)?", after, re.ASCII) else None
    message, cure = Text("ollama_errors.busy"), Text("ollama_errors.busy_cure")
    if re.search(r"usage\slimit", text, re.IGNORECASE):
        message, cure = Text("ollama_errors.limit_reached"), Text("ollama_errors.limit_reached_cure")
    return RateLimited(message, cure, retry_after=seconds, detail=text)


def _lack(text: str, model: str) -> NotSupported | None:
    """The error where Ollama names an ability that is missing. The model's own name is no sign of one."""
    found = LACKS.search(text)
    if found is None:
        return None
    what = (found["what"] or found["subject"]).strip()
    for beginning, says, cure in LACKING:
        if re.match(beginning, what.lower()):
            return NotSupported(says(_called(model)), cure, detail=text)
    message = Text("ollama_errors.lacks", model=_called(model), ability=what)
    return NotSupported(message, ANOTHER, detail=text) if found["what"] else None
