"""What the stand-in answers on every path but those of replies, pulls and imports, word for word as recorded.

ROUTES[("GET", "/api/version")](call)      # an Answer, or the JSON lines of a stream
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable

from tests.ollama.exchange import JSON_TYPE, PLAIN_JSON, TEXT, Answer, Call, HungUp, Lines, Refusal, go_json, whole
from tests.ollama.importing import create, is_digest, show_answer
from tests.ollama.pulling import pull
from tests.ollama.replies import chat, embed, generate, openai_chat
from tests.ollama.shelf import full_name, stamp

Route = Callable[[Call], "Answer | Lines"]
BLOB_PATH = "/api/blobs/"


def root(call: Call) -> Answer:
    """That somebody is there."""
    return Answer(200, b"Ollama is running", TEXT)


def version(call: Call) -> Answer:
    """The version."""
    return whole({"version": call.world.faults.version})


def status(call: Call) -> Answer:
    """Cloud models are switched off."""
    return whole({"cloud": {"disabled": True, "source": "env"}})


def tags(call: Call) -> Answer:
    """The installed models, the newest first."""
    kept = sorted(call.world.shelf.models.values(), key=lambda one: one.modified_at, reverse=True)
    return whole({"models": [one.row for one in kept]})


def running(call: Call) -> Answer:
    """The models in memory."""
    return whole({"models": [one.row for one in call.world.shelf.running()]})


def me(call: Call) -> Answer:
    """Nobody is signed in."""
    raise Refusal(503, "account unavailable")


def show(call: Call) -> Answer:
    """Everything about one model."""
    given = call.json().get("model") or call.json().get("name") or ""
    if not given:
        raise Refusal(400, "model is required")
    kept = call.world.shelf.models.get(full_name(given))
    if kept is None:
        raise Refusal(404, f"model '{full_name(given) or given}' not found")
    return whole(show_answer(kept, call.world.shelf.path(kept.layers[0]) if kept.layers else None))


def delete(call: Call) -> Answer:
    """Remove a model."""
    given = call.json().get("model") or call.json().get("name") or ""
    if not full_name(given):
        raise Refusal(400, "invalid model name")
    if not call.world.shelf.remove(full_name(given)):
        raise Refusal(404, f"model '{given}' not found")
    return Answer(200)


def copy(call: Call) -> Answer:
    """The same model under another name."""
    source, destination = str(call.json().get("source", "")), str(call.json().get("destination", ""))
    for role, name in (("source", source), ("destination", destination)):
        if not full_name(name):
            raise Refusal(400, f'{role} "{name}" is invalid')
    kept = call.world.shelf.models.get(full_name(source))
    if kept is None:
        raise Refusal(404, f'model "{source}" not found')
    call.world.shelf.add(dataclasses.replace(kept, name=full_name(destination), modified_at=stamp()))
    return Answer(200)


def _digest(call: Call) -> str:
    digest = call.asked.path.removeprefix(BLOB_PATH)
    if not is_digest(digest):
        raise Refusal(400, "invalid digest format")
    return digest.replace("sha256-", "sha256:")


def _has_blob(call: Call, digest: str) -> bool:
    shelf = call.world.shelf
    return shelf.path(digest).is_file() or any(digest in kept.layers for kept in shelf.models.values())


def head_blob(call: Call) -> Answer:
    """Whether a blob is there."""
    digest = _digest(call)
    if not _has_blob(call, digest):
        raise Refusal(404, f'blob "{digest}" not found')
    return Answer(200, has_length=False)


def post_blob(call: Call) -> Answer:
    """Take a blob, straight to the disk; its hash is checked on the way."""
    digest = _digest(call)
    if _has_blob(call, digest):
        return Answer(200)
    target = call.world.shelf.path(digest)
    partial = target.with_name(f"{target.name}-{id(call)}")
    hashed = hashlib.sha256()
    try:
        with partial.open("wb") as file:
            for part in call.body:
                hashed.update(part)
                file.write(part)
                call.asked.size += len(part)
                if call.world.is_closing:
                    raise HungUp
        got = f"sha256:{hashed.hexdigest()}"
        if got != digest:
            raise Refusal(400, f'digest mismatch, expected "{digest}", got "{got}"')
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return Answer(201)


def openai_models(call: Call) -> Answer:
    """The installed models, in OpenAI's form."""
    rows = [
        {"id": name, "object": "model", "created": 1_795_381_080, "owned_by": "library"}
        for name in call.world.shelf.models
    ]
    return Answer(200, go_json({"object": "list", "data": rows}) + b"\n", PLAIN_JSON)


def recommendations(call: Call) -> Answer:
    """A short list of models worth having."""
    row = {"model": "gemma4", "description": "Reasoning and code generation locally", "vram_bytes": 12_000_000_000}
    return Answer(200, go_json({"recommendations": [row]}), JSON_TYPE)


#: In the order in which `Allow` lists the methods of a path.
ROUTES: dict[tuple[str, str], Route] = {
    ("HEAD", "/"): root,
    ("GET", "/"): root,
    ("HEAD", "/api/version"): version,
    ("GET", "/api/version"): version,
    ("GET", "/api/status"): status,
    ("HEAD", "/api/tags"): tags,
    ("GET", "/api/tags"): tags,
    ("GET", "/api/ps"): running,
    ("POST", "/api/show"): show,
    ("POST", "/api/pull"): pull,
    ("DELETE", "/api/delete"): delete,
    ("POST", "/api/copy"): copy,
    ("HEAD", BLOB_PATH): head_blob,
    ("POST", BLOB_PATH): post_blob,
    ("POST", "/api/create"): create,
    ("POST", "/api/chat"): chat,
    ("POST", "/api/generate"): generate,
    ("POST", "/api/embed"): embed,
    ("POST", "/api/me"): me,
    ("GET", "/v1/models"): openai_models,
    ("POST", "/v1/chat/completions"): openai_chat,
    ("GET", "/api/experimental/model-recommendations"): recommendations,
}


def methods(path: str) -> dict[str, Route]:
    """The routes of a path by method, none where it is unknown."""
    place = BLOB_PATH if path.startswith(BLOB_PATH) and path.count("/") == 3 else path
    return {method: route for (method, known), route in ROUTES.items() if known == place}
