"""What a service offers: its list of models, in any of the shapes, as rows of ours that can chat.

    models_of(SERVICES["gemini"], answer)[0]        # Model("cloud:gemini:gemini-2.5-pro", "Gemini 2.5 Pro", …)

A list tells of a model's abilities (Mistral, OpenRouter, Gemini), or only its name. Shapes: the services' references;
context lengths stand under seven names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.core.errors import BadAnswer
from app.core.values import Model
from app.models.cloud.services import Service

#: what does not answer questions in words
NO_CHAT = re.compile(
    r"embed|whisper|tts|audio|realtime|image|dall-e|moderation|transcri|sora|veo|imagen|speech|voxtral|orpheus|guard"
    r"|rerank|ocr|aqa|-live|video"
)
LENGTHS = (
    "context_length",
    "max_context_length",
    "context_window",
    "inputTokenLimit",
    "max_input_tokens",
    "max_model_len",
)


def models_of(service: Service, answer: Any) -> tuple[Model, ...]:
    """The models, in the service's order. Raises BadAnswer where this is no list of models."""
    rows = answer if isinstance(answer, list) else None
    if isinstance(answer, Mapping):
        rows = answer.get("data") or answer.get("models") or ([] if {"data", "models"} & set(answer) else None)
    if not isinstance(rows, list):
        raise BadAnswer(f"{service.name} sent no list of models.", "Check the address, or try again.")
    named = {_name(row): row for row in rows if isinstance(row, Mapping) and _name(row)}
    return tuple(_model(service, name, row) for name, row in named.items() if _chats(service, name, row))


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or row.get("name") or "").removeprefix("models/")


def _chats(service: Service, name: str, row: Mapping[str, Any]) -> bool:
    methods, can = row.get("supportedGenerationMethods"), row.get("capabilities")
    if methods and "generateContent" not in methods:
        return False
    if isinstance(can, Mapping) and can.get("completion_chat") is False:
        return False
    patterns = (NO_CHAT.pattern, service.no_chat)
    return not any(pattern and re.search(pattern, name, re.IGNORECASE) for pattern in patterns)


def _model(service: Service, name: str, row: Mapping[str, Any]) -> Model:
    shown = row.get("display_name") or row.get("displayName") or (row.get("name") if row.get("id") else "") or name
    return Model(
        service.model_id(name),
        str(shown).removeprefix("models/"),
        context_length=_length(service, row),
        capabilities=_abilities(service, name, row),
        where=service.where,
        place=service.place,
    )


def _length(service: Service, row: Mapping[str, Any]) -> int:
    meta = row.get("meta")
    if isinstance(meta, Mapping) and isinstance(meta.get("n_ctx"), int):  # llama.cpp: what it was started with
        return int(meta["n_ctx"])
    return next((row[key] for key in LENGTHS if isinstance(row.get(key), int) and row[key] > 0), service.reads_tokens)


def _abilities(service: Service, name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Seeing, as the list tells or the service's own models are known; tools where nothing speaks against them."""
    can, shape, settings = row.get("capabilities"), row.get("architecture"), row.get("supported_parameters")
    sees = bool(service.sees and re.search(service.sees, name, re.IGNORECASE))
    if isinstance(can, Mapping) and "vision" in can:
        sees = bool(can["vision"])
    elif isinstance(can, list):
        sees = "multimodal" in can or "vision" in can
    elif isinstance(shape, Mapping):
        sees = "image" in (shape.get("input_modalities") or ())
    has_tools = "tools" in settings if isinstance(settings, list) else True
    if isinstance(can, Mapping) and can.get("function_calling") is False:
        has_tools = False
    return ("completion", *(["vision"] if sees else []), *(["tools"] if has_tools else []))
