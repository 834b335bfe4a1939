"""Who answers where Ollama was expected: a server that speaks OpenAI's API can be used too, as one of the person's own.

    await openai_server(fetch, "http://localhost:8080")     # "llama.cpp"; "" is another one, None is no such server

Such servers list their models at /v1/models, openly or with an error that is an object; llama.cpp describes itself at
/props as well (its tools/server/README.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import Interrupted
from app.core.places import Purpose
from app.core.ports import Fetch, Reply
from app.core.reading import read_json

MOST_BYTES = 100_000
PROPS = ("default_generation_settings", "total_slots", "chat_template")  # at least one is in each version's /props
#: What `owned_by` says in the lists of well-known programs, and their names.
OWNERS: Mapping[str, str] = {
    "llamacpp": "llama.cpp",
    "llama.cpp": "llama.cpp",
    "organization_owner": "LM Studio",
    "organization-owner": "LM Studio",
    "vllm": "vLLM",
    "koboldcpp": "KoboldCpp",
}


async def openai_server(fetch: Fetch, address: str) -> str | None:
    """The program's name, "" where it does not say, None where nothing there speaks OpenAI's API. Never raises."""
    listed = await _asked(fetch, f"{address}/v1/models")
    if isinstance(data := listed.get("data"), list):
        rows = [row for row in data if isinstance(row, dict)]
        owners = [OWNERS.get(str(row.get("owned_by", "")).lower(), "") for row in rows]
        return next((name for name in owners if name), "")
    props = await _asked(fetch, f"{address}/props")
    if any(key in props for key in PROPS):
        return "llama.cpp"
    error = listed.get("error")
    return "" if isinstance(error, dict) and error.get("message") else None


async def _asked(fetch: Fetch, url: str) -> dict[str, object]:
    """The object that comes back, whatever the status; an empty one where none does."""
    try:
        answer = read_json(await small_body(await fetch(url, purpose=Purpose.OLLAMA_LOOK), MOST_BYTES))
    except (Interrupted, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


async def small_body(reply: Reply, most: int) -> bytes:
    """The beginning of an answer; what is longer is cut there."""
    data = b""
    try:
        async for part in reply.aiter_bytes():
            data += part
            if len(data) > most:
                break
    finally:
        reply.close()
    return data
