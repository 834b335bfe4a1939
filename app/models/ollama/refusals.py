"""What Ollama's refusals mean: from a status and a body in one of its many shapes to an error of ours.

    raise refusal(reply.status, body, "llama3.2:1b")

The class follows from the status, and from the text only where one status stands for several things. All shapes were
recorded from Ollama 0.32.15 (tests/fixtures/ollama/).
"""

from __future__ import annotations

import json
from typing import Any

from app.core.errors import (
    AppError,
    BadAnswer,
    Corrupt,
    ModelMissing,
    NeedsKey,
    NotSupported,
    OriginRefused,
    ProviderError,
    RateLimited,
    TooLong,
)
from app.core.too_long import too_long

PULL_IT = "Pull it on the Models page, or choose another model."
LACKING = {
    "think": "{model} cannot think before it answers.",
    "tools": "{model} cannot use tools.",
    "image": "{model} cannot see pictures.",
    "multimodal": "{model} cannot see pictures.",
    "embed": "{model} cannot make embeddings.",
}


def refusal(status: int, body: bytes, model: str = "") -> AppError:
    """The error behind a reply that is not 200."""
    text, facts = told(body)
    name = model or "The model"
    if status == 403 and not text:
        return OriginRefused(cure="Let Ollama accept this page's address: the Models page shows the line for it.")
    if status == 404:
        return ModelMissing(f"Ollama has no model {name}." if model else "", PULL_IT, detail=text)
    if status in (401, 403):
        return NeedsKey(f"{name} runs in Ollama's cloud, which is switched off or not signed in.", detail=text)
    if status == 503:
        return RateLimited("Ollama is busy with other requests.", "Wait a little and try again.", detail=text)
    return said(text, name, facts)


def said(text: str, model: str = "The model", facts: dict[str, Any] | None = None) -> AppError:
    """The error behind Ollama's words, wherever they stood: in a refusal, or in a line of a stream."""
    facts, low = facts or {}, text.lower()
    limit = too_long(f"{text}\n{facts.get('type', '')}", facts)
    if limit is not None:
        return TooLong(limit=limit, detail=text)
    if "does not support" in low or "not support" in low:
        lack = next((words for key, words in LACKING.items() if key in low), "{model} cannot do that.")
        return NotSupported(lack.format(model=model), "Choose another model.", detail=text)
    if "digest mismatch" in low:
        return Corrupt("Ollama received other bytes than were read before.", "Import the file again.", detail=text)
    if "out-of-memory" in low or "more system memory" in low or "out of memory" in low:
        words = f"There is not enough memory for {model}."
        return ProviderError(words, "Close other programs, unload other models, or choose a smaller one.", detail=text)
    if "unexpected eof" in low or "process has terminated" in low or "process no longer running" in low:
        return ProviderError("The model crashed inside Ollama.", "Ask again: Ollama loads it anew.", detail=text)
    if "no such host" in low or "dial tcp" in low or "network is unreachable" in low:
        return ProviderError("Ollama has no way to the internet.", "Check the network, then go on.", detail=text)
    if "file does not exist" in low or ("pull model manifest" in low and "not found" in low):
        return ModelMissing(f"No model of the name {model} can be pulled.", "Check the name.", detail=text)
    if "invalid model name" in low:
        return ProviderError("This is not a name that Ollama takes.", "Write it like llama3.2:1b.", again=False)
    return ProviderError("Ollama could not do that.", "Its own words are below.", detail=text)


def told(body: bytes) -> tuple[str, dict[str, Any]]:
    """Ollama's words, and what is told beside them; some errors are JSON in a JSON text."""
    text = body.decode("utf-8", "replace").strip()
    facts: dict[str, Any] = {}
    while text.startswith("{"):
        try:
            value = json.loads(text)
        except ValueError:
            break
        inner = value.get("error", value.get("message", ""))
        if isinstance(inner, dict):
            facts, inner = inner, inner.get("message", "")
            return str(inner), facts
        text = str(inner)
    return text, facts


def not_json(body: bytes) -> BadAnswer:
    """Another program may listen there."""
    words = "What answers at this address is not Ollama."
    return BadAnswer(words, "Check the address on the Settings page.", detail=repr(body[:300]))
