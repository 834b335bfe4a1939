"""What Ollama's refusals mean: from a status and a body in one of its many shapes to an error of ours.

    raise refusal(reply.status, body, "llama3.2:1b", reply.headers)

The class follows from the status and from who speaks: Ollama's own errors are JSON with an `error`; a page or anything
else is a proxy's in front of it, or another program's. The text is read only where one status stands for several
things. All shapes of Ollama's were recorded from 0.32.15 (tests/fixtures/ollama/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

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
from app.core.too_long import too_long
from app.models.ollama.answers import not_ollama, whole
from app.models.ollama.library import is_cloud

PULL_IT = "Pull it on the Models page, or choose another model."
ANOTHER = "Choose another model."
# What a model lacks, by Ollama's word for it: our words, and what to do.
LACKING = (
    ("think", "{model} can't think before it answers.", "Switch Reasoning off, or choose another model."),
    ("tool", "{model} can't use tools.", ANOTHER),
    ("function call", "{model} can't use tools.", ANOTHER),
    ("image gen", "{model} can't make pictures.", ANOTHER),
    ("vision", "{model} can't see pictures.", "Choose a model that can."),
    ("image", "{model} can't see pictures.", "Choose a model that can."),
    ("multimodal", "{model} can't see pictures.", "Choose a model that can."),
    ("audio", "{model} can't listen to audio.", ANOTHER),
    ("embed", "{model} can't make embeddings.", "Choose an embedding model."),
    ("insert", "{model} can't fill in text between two others (insert).", "Choose a coding model that can."),
    ("suffix", "{model} can't fill in text between two others (insert).", "Choose a coding model that can."),
    ("chat", "{model} can't chat.", "Choose a chat model."),
    ("generat", "{model} can't write text.", "Choose a chat model."),
    ("complet", "{model} can't write text.", "Choose a chat model."),
)
LACKS = re.compile(
    r"(?:(?:does not|doesn't|do not|don't|not) support|(?:cannot|can't) (?:use|handle|process|take)|data required for)"
    r" (?P<what>[^.\n]+)|(?P<subject>[^.\n:]+?) (?:is|are) (?:not supported|unsupported)",
    re.IGNORECASE,
)
# What else Ollama says, by a pattern of its words in lower case: our error, our words, and what to do.
SAID: tuple[tuple[str, type[AppError], str, str], ...] = (
    (
        r"sharded|split gguf",
        NotSupported,
        "Ollama doesn't take a model that comes in several files.",
        "Join the parts with “llama-gguf-split --merge”, then import that file.",
    ),
    (r"digest mismatch", Corrupt, "Ollama received other bytes than were read before.", "Import the file again."),
    (
        r"out-of-memory|more system memory|out of memory",
        ProviderError,
        "There is not enough memory for {model}.",
        "Close other programs, unload other models, or choose a smaller one.",
    ),
    (
        r"(?:unknown|unsupported) (?:model )?architecture|newer version of ollama",
        NotSupported,
        "This version of Ollama can't run {model}.",
        "Update Ollama, or choose another model.",
    ),
    (
        r"unexpected eof|process has terminated|process no longer running|unexpectedly stopped|\beof$",
        ProviderError,
        "The model crashed inside Ollama.",
        "Ask again: Ollama loads it anew.",
    ),
    (
        r"no such host|dial tcp|network is unreachable",
        ProviderError,
        "Ollama has no way to the internet.",
        "Check the network, then go on.",
    ),
    (r"no space left", ProviderError, "Ollama's disk is full.", "Delete models that you no longer need, then go on."),
    (
        r"file does not exist|pull model manifest.*not found",
        ModelMissing,
        "No model of the name {model} can be pulled.",
        "Check the name.",
    ),
)
SIGN_IN = re.compile(r"\bcloud\b|ollama\.com|\bsign(?:ed)?[ -]?in\b", re.IGNORECASE)


def refusal(status: int, body: bytes, model: str = "", headers: Mapping[str, str] | None = None) -> AppError:
    """The error behind a reply that is not 200."""
    text, facts = told(body)
    own = _own(body)
    name = model or "The model"
    if own is None and (error := _in_front(status, text, headers or {})):
        return error
    if status == 404:
        if own is None or isinstance(own.get("error"), dict):
            words = "The server at this address doesn't know this request."
            cure = "If it is Ollama, update it. If not, correct the address on the Models page."
            return ProviderError(words, cure, again=False, detail=text)
        return ModelMissing(f"Ollama has no model {name}." if model else "", PULL_IT, detail=text)
    if status in (401, 403, 407):
        if own and (own.get("signin_url") or SIGN_IN.search(text) or is_cloud(model)):
            return NeedsKey(f"{name} runs in Ollama's cloud, which is switched off or not signed in.", detail=text)
        return _not_let_in(status, text)
    if status == 429 or (status == 503 and own is not None):
        return _busy(text, headers or {})
    return said(text, name, facts)


def refusal_in(line: Mapping[str, object], model: str = "") -> AppError:
    """The error behind a line of a stream that tells one."""
    text, facts = told(json.dumps(line).encode())
    return said(text, model or "The model", facts)


def said(text: str, model: str = "The model", facts: Mapping[str, object] | None = None) -> AppError:
    """The error behind Ollama's words, wherever they stood: in a refusal, or in a line of a stream."""
    facts, low = facts or {}, text.lower()
    limit = too_long(f"{text}\n{facts.get('type', '')}", facts)
    if limit is not None:
        return TooLong(limit=limit, tokens=whole(facts, "n_prompt_tokens"), detail=text)
    if lack := _lack(text, model):
        return lack
    if "invalid model name" in low:
        return ProviderError("This is not a name that Ollama takes.", "Write it like llama3.2:1b.", again=False)
    for pattern, kind, words, cure in SAID:
        if re.search(pattern, low):
            return kind(words.format(model=model), cure, detail=text)
    return ProviderError("Ollama could not do that.", "Its own words are below.", detail=text)


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
        return OriginRefused(cure="Let Ollama accept this page's address: the Models page shows the line for it.")
    if status in (401, 403, 407):
        return _not_let_in(status, text)
    if status == 429:
        return _busy(text, headers)
    if status == 413:
        words = "The server in front of Ollama doesn't take anything this large (413)."
        return ProviderError(words, "Raise the limit in its settings, or send less.", again=False, detail=text)
    if status in (502, 503, 504):
        words = f"The server in front of Ollama can't reach it ({status})."
        return ServiceFailed(words, "Start Ollama there, then try again.", detail=text)
    if 300 <= status < 400 or (status != 404 and text.startswith("<") and status < 500):
        return not_ollama(text)
    return None


def _not_let_in(status: int, text: str) -> NotAllowed:
    words = (
        f"The server at this address refused the request ({status}). Something in front of Ollama asks for a sign-in."
    )
    cure = "Sign in there in another tab, or use the address of Ollama itself."
    return NotAllowed(words, cure, detail=text)


def _busy(text: str, headers: Mapping[str, str]) -> RateLimited:
    after = headers.get("retry-after", "")
    seconds = float(after) if re.fullmatch(r"\d{1,5}(?:\.\d+)?", after, re.ASCII) else None
    words = "Ollama is busy with other requests."
    if "usage limit" in text.lower():
        words = "The usage limit of your account at Ollama is reached."
        return RateLimited(words, "Choose a model that runs on this computer.", retry_after=seconds, detail=text)
    return RateLimited(words, "Wait a little and try again.", retry_after=seconds, detail=text)


def _lack(text: str, model: str) -> NotSupported | None:
    """The error where Ollama names an ability that is missing. The model's own name is no sign of one."""
    found = LACKS.search(text)
    if found is None:
        return None
    what = (found["what"] or found["subject"]).strip()
    for key, words, cure in LACKING:
        if what.lower().startswith(key):
            return NotSupported(words.format(model=model), cure, detail=text)
    return NotSupported(f"{model} doesn't support {what}.", ANOTHER, detail=text) if found["what"] else None
