"""What comes before a reply of the stand-in: the model found, what was asked checked, the model brought into memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.ollama.exchange import PLAIN_JSON, Call, Refusal, go_json
from tests.ollama.shelf import Kept, full_name
from tests.ollama.talk import count_tokens

KEEP_SECONDS = 300.0
DURATION = re.compile(r"(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)")
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
FLOATS = ("temperature", "top_p", "min_p", "repeat_penalty")
WHOLES = ("top_k", "num_predict", "num_ctx", "seed")
CLOUD_OFF = "ollama cloud is disabled: remote model is unavailable"
OUT_OF_MEMORY = "llama-server reported out-of-memory during startup: unable to allocate CPU buffer"
CRASHED = "llama-server process has terminated: exit status 2"
BUSY = "server busy, please try again.  maximum pending requests exceeded"
NO_IMAGES = "Multimodal data provided, but model does not support multimodal requests."


def keep_seconds(value: object) -> float:
    """`keep_alive` in seconds, negative for ever. Raises Refusal."""
    if value is None:
        return KEEP_SECONDS
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    parts = DURATION.findall(text)
    if "".join(map("".join, parts)) != text.removeprefix("-"):
        raise Refusal(400, f'time: invalid duration "{text}"')
    seconds = sum(float(number) * UNITS[unit] for number, unit in parts)
    return -seconds if text.startswith("-") else seconds


def find(call: Call, missing: str) -> Kept:
    """The model that is asked for; `missing` is the sentence for one that is not there. Raises Refusal."""
    given = call.json().get("model") or ""
    name = full_name(given)
    tag = name.rpartition(":")[2]
    kept = call.world.shelf.models.get(name)
    if tag == "cloud" or tag.endswith("-cloud") or (kept and kept.remote_host):
        raise Refusal(403, CLOUD_OFF)
    if kept is None:
        raise Refusal(404, missing.format(given))
    return kept


def check_features(kept: Kept, body: Mapping[str, Any]) -> None:
    """Refuse what the model cannot do, as recorded in 44 and 45."""
    if body.get("think") and "thinking" not in kept.capabilities:
        raise Refusal(400, f'"{body["model"]}" does not support thinking')
    if body.get("tools") and "tools" not in kept.capabilities:
        path = kept.name if "/" in kept.name else f"registry.ollama.ai/library/{kept.name}"
        raise Refusal(400, f"{path} does not support tools")


def check_options(options: Mapping[str, Any]) -> None:
    """Refuse options of the wrong type (46). Unknown names pass without a word."""
    for name, value in options.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in FLOATS and not number:
            raise Refusal(500, f'option "{name}" must be of type float32')
        if name in WHOLES and not number:
            raise Refusal(500, f'option "{name}" must be of type integer')


def load(call: Call, kept: Kept) -> bool:
    """Bring the model into memory. True if it was not there. Raises Refusal for the faults that are switched on."""
    body, faults = call.json(), call.world.faults
    options = body.get("options") or {}
    check_options(options)
    if faults.busy > 0:
        faults.busy -= 1
        raise Refusal(503, BUSY)
    if faults.out_of_memory:
        raise Refusal(500, OUT_OF_MEMORY)
    if faults.crash_on_load:
        raise Refusal(500, CRASHED)
    wanted = options.get("num_ctx") or kept.settings.get("num_ctx") or call.world.num_ctx
    length = min(int(wanted), kept.context_length or 1 << 40)
    is_new = call.world.shelf.load(kept, keep_seconds(body.get("keep_alive")), length)
    call.world.changed()
    return is_new


def check_prompt(call: Call, kept: Kept, messages: list[dict[str, Any]]) -> int:
    """The tokens of the prompt. Raises Refusal for images that the model cannot see (47), and for what is too long
    where that is asked for (74); otherwise old messages would be dropped without a word."""
    body = call.json()
    if any(message.get("images") for message in messages) and "vision" not in kept.capabilities:
        raise Refusal(400, _nested(NO_IMAGES, "invalid_request_error"), PLAIN_JSON, is_chunked=True)
    tokens = count_tokens(messages)
    running = call.world.shelf.running_of(kept)
    length = running.context_length if running else call.world.num_ctx
    if tokens < length:
        return tokens
    if body.get("truncate", True):
        return length // 2
    text = f"request ({tokens} tokens) exceeds the available context size ({length} tokens), try increasing it"
    raise Refusal(400, _nested(text, "exceed_context_size_error", n_prompt_tokens=tokens, n_ctx=length))


def _nested(message: str, kind: str, **more: int) -> str:
    return go_json({"error": {"code": 400, "message": message, "type": kind, **more}}).decode()
