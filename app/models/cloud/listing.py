"""What a service offers: its list of models, in any of the shapes, as rows of ours that can chat.

    models_of(SERVICES["gemini"], answer)[0]        # Model("cloud:gemini:gemini-2.5-pro", "Gemini 2.5 Pro", …)

A list tells of a model's abilities (Mistral, OpenRouter, Gemini), or only its name. Shapes: the services' references;
context lengths stand under many names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from app.core.reading import part, rows
from app.core.text import file_name
from app.core.values import Model
from app.models.cloud.messages import is_error
from app.models.cloud.refusals import in_words, no_reply, told
from app.models.cloud.services import Service
from app.models.costs.cost import whole_count

#: what does not answer questions in words
NO_CHAT = re.compile(
    r"embed|whisper|tts|audio|realtime|image|dall-e|moderation|transcri|sora|veo|imagen|speech|voxtral|orpheus|guard"
    r"|rerank|ocr|aqa|-live|video"
)
LISTS = ("data", "models", "result", "items")
MOST_MODELS, MOST_TOKENS = 5000, 10**9  # beyond these a list is a mistake
LENGTHS = (
    "loaded_context_length",  # LM Studio: less than the model could read
    "context_length",
    "max_context_length",
    "context_window",
    "inputTokenLimit",
    "max_input_tokens",
    "max_model_len",
)


def models_of(service: Service, answer: object) -> tuple[Model, ...]:
    """The models, in the service's order. Raises Unusable where this is no list of models."""
    if isinstance(answer, Mapping) and is_error(answer):
        raise in_words(service.name, told(json.dumps(answer).encode()).text)
    found = answer
    if isinstance(answer, Mapping):
        found = next((answer[key] for key in LISTS if isinstance(answer.get(key), list)), None)
        if found is None and answer.get("object") == "list" and "data" in answer and answer["data"] is None:
            found = []  # as a program in Go writes an empty list
    if not isinstance(found, list):
        raise no_reply(service, "json", json.dumps(answer).encode())
    found = [{"id": one} if isinstance(one, str) else one for one in found[:MOST_MODELS]]
    named = {_name(row): row for row in rows(found) if _name(row)}
    return tuple(_model(service, name, row) for name, row in named.items() if _chats(service, name, row))


def _name(row: Mapping[str, object]) -> str:
    found = (row.get(key) for key in ("id", "name", "model"))
    return next((one for one in found if isinstance(one, str) and one), "").removeprefix("models/")


def _chats(service: Service, name: str, row: Mapping[str, object]) -> bool:
    methods, can = row.get("supportedGenerationMethods"), row.get("capabilities")
    if isinstance(methods, list) and methods and "generateContent" not in methods:
        return False
    if isinstance(can, Mapping) and can.get("completion_chat") is False:
        return False
    patterns = (NO_CHAT.pattern, service.no_chat)
    return not any(pattern and re.search(pattern, file_name(name), re.IGNORECASE) for pattern in patterns)


def _model(service: Service, name: str, row: Mapping[str, object]) -> Model:
    names = (row.get(key) for key in ("display_name", "displayName", *(["name"] if row.get("id") else [])))
    shown = next((one for one in names if isinstance(one, str) and one.strip()), name)
    return Model(
        service.model_id(name),
        file_name(shown.removeprefix("models/")),
        context_length=_length(service, row),
        capabilities=_abilities(service, name, row),
        where=service.where,
        place=service.place,
    )


def _length(service: Service, row: Mapping[str, object]) -> int:
    found = [part(row.get("meta")).get("n_ctx")]  # llama.cpp: what it was started with
    found += [row.get(key) for key in LENGTHS]
    return next((one for one in map(whole_count, found) if 0 < one < MOST_TOKENS), service.reads_tokens)


def _abilities(service: Service, name: str, row: Mapping[str, object]) -> tuple[str, ...]:
    """Seeing and JSON schemas, as the list tells or the service's own models are known; tools where nothing speaks
    against them."""
    can, shape, settings = row.get("capabilities"), row.get("architecture"), row.get("supported_parameters")
    sees = bool(service.sees and re.search(service.sees, name, re.IGNORECASE))
    if isinstance(can, Mapping) and "vision" in can:
        sees = bool(can["vision"])
    elif isinstance(can, list):
        sees = "multimodal" in can or "vision" in can
    elif isinstance(shape, Mapping):
        modalities = shape.get("input_modalities")
        sees = isinstance(modalities, list) and "image" in modalities
    has_tools = "tools" in settings if isinstance(settings, list) else True
    if isinstance(can, Mapping) and can.get("function_calling") is False:
        has_tools = False
    holds = bool(service.holds and re.search(service.holds, name, re.IGNORECASE))
    if isinstance(settings, list):
        holds = "structured_outputs" in settings
    known = {"completion": True, "vision": sees, "tools": has_tools, "schema": holds}
    return tuple(ability for ability, has_it in known.items() if has_it)
