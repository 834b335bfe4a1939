"""What Ollama answers, read with care: another program, or a proxy, may be at the address.

    read_installed({"models": [{"name": "llama3.2:1b", "size": 1_300_000_000}]})    # (Installed("llama3.2:1b", …),)
    read_installed({"models": "none"})                                              # raises BadAnswer

What makes an answer Ollama's must be there and of its type: the object, the list of models, each model's name. A fact
beside them that is missing or of another type is unknown: "" or 0. Shapes: docs/api.md and tests/fixtures/ollama/.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from app.core.errors import BadAnswer
from app.core.reading import read_json
from app.core.texts import Text
from app.core.values import ToolCall

NO_TEMPLATE = "{{ .Prompt }}"  # what Ollama says of a file that brought no chat template
NANOSECOND = 1e-9
MOST = 1 << 53  # a larger number is no size, length or duration; every float below it is exact


@dataclass(frozen=True, slots=True)
class Installed:
    """A row of /api/tags. Sizes in bytes, lengths in tokens; `remote_host` where the model runs elsewhere."""

    name: str
    digest: str
    size_bytes: int
    modified_at: str = ""
    family: str = ""
    parameter_size: str = ""
    quantization: str = ""
    context_length: int = 0
    embedding_length: int = 0
    capabilities: tuple[str, ...] = ()
    remote_host: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A row of /api/ps: what is in memory. `vram_bytes` of it on a graphics card, 0 on the processor. Where two models
    are made of the same weights, `name` is the one that loaded them."""

    name: str
    size_bytes: int
    vram_bytes: int = 0
    context_length: int = 0
    expires_at: str = ""
    digest: str = ""
    family: str = ""
    parameter_size: str = ""
    quantization: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """/api/show. `parameters` are lines of a Modelfile; `has_template` is False where the model only continues text;
    `kv_bytes` is what its cache takes for one token, 0 where that is unknown."""

    family: str = ""
    parameter_size: str = ""
    quantization: str = ""
    template: str = ""
    system: str = ""
    parameters: str = ""
    license: str = ""
    context_length: int = 0
    embedding_length: int = 0
    capabilities: tuple[str, ...] = ()
    has_template: bool = True
    kv_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a pull or a create. `total` and `completed` are bytes of the layer `digest`."""

    status: str
    digest: str = ""
    total: int = 0
    completed: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a chat. The figures come with the last one, `is_done`: tokens, and seconds."""

    text: str = ""
    thought: str = ""
    calls: tuple[ToolCall, ...] = ()
    is_done: bool = False
    reason: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0
    reply_seconds: float = 0.0
    load_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of some texts, in their order."""

    model: str
    vectors: tuple[tuple[float, ...], ...]
    prompt_tokens: int = 0
    load_seconds: float = 0.0


def not_ollama(answer: object) -> BadAnswer:
    """Another program is at the address, or a proxy answers in place of Ollama."""
    raw = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    message, cure = Text("ollama_errors.not_ollama"), Text("ollama_errors.not_ollama_cure")
    if raw.lstrip("'\" \n").startswith("<"):
        message, cure = Text("ollama_errors.web_page"), Text("ollama_errors.web_page_cure")
    return BadAnswer(message, cure, detail=raw[:300])


def read_object(data: bytes) -> dict[str, object]:
    """A whole answer as JSON. Raises BadAnswer."""
    try:
        answer = read_json(data)
    except ValueError as error:
        raise not_ollama(data[:300]) from error
    return checked(answer)


def checked(answer: object) -> dict[str, object]:
    """An answer, or a line of a stream, that must be an object. Raises BadAnswer."""
    if not isinstance(answer, dict):
        raise not_ollama(answer)
    return answer


def read_version(answer: Mapping[str, object]) -> str:
    """The version that /api/version tells. Raises BadAnswer."""
    version = answer.get("version")
    if not isinstance(version, str) or not version:
        raise not_ollama(answer)
    return version


def read_installed(answer: Mapping[str, object]) -> tuple[Installed, ...]:
    """The rows of /api/tags. Raises BadAnswer."""
    return tuple(_installed(row) for row in _models(answer))


def read_running(answer: Mapping[str, object]) -> tuple[Running, ...]:
    """The rows of /api/ps. Raises BadAnswer."""
    return tuple(_running(row) for row in _models(answer))


def read_details(answer: Mapping[str, object]) -> Details:
    """The answer of /api/show. Raises BadAnswer where nothing of it is there."""
    if not any(key in answer for key in ("details", "model_info", "modelfile", "template")):
        raise not_ollama(answer)
    details, info = part_of(answer, "details"), part_of(answer, "model_info")
    kind, template = text(info, "general.architecture"), text(answer, "template")
    return Details(
        text(details, "family"),
        text(details, "parameter_size"),
        text(details, "quantization_level"),
        template,
        text(answer, "system"),
        text(answer, "parameters"),
        text(answer, "license"),
        whole(info, f"{kind}.context_length"),
        whole(info, f"{kind}.embedding_length"),
        _texts(answer, "capabilities"),
        has_template=template.strip() not in ("", NO_TEMPLATE),
        kv_bytes=_kv_bytes(info, kind),
    )


def read_step(line: Mapping[str, object]) -> Step:
    """A line of a pull or a create. Raises BadAnswer where it tells no status."""
    if not isinstance(line.get("status"), str):
        raise not_ollama(line)
    return Step(text(line, "status"), text(line, "digest"), whole(line, "total"), whole(line, "completed"))


def read_part(line: Mapping[str, object]) -> Part:
    """A line of a chat. Raises BadAnswer where it is neither a piece of a message nor the end of one."""
    message, is_done = line.get("message"), line.get("done") is True
    if message is None and not is_done:
        raise not_ollama(line)
    message = checked(message or {})
    return Part(
        text(message, "content"),
        text(message, "thinking"),
        _calls(message.get("tool_calls")),
        is_done,
        text(line, "done_reason"),
        whole(line, "prompt_eval_count"),
        whole(line, "eval_count"),
        whole(line, "eval_duration") * NANOSECOND,
        whole(line, "load_duration") * NANOSECOND,
    )


def read_embedded(answer: Mapping[str, object], name: str) -> Embedded:
    """The answer of /api/embed. Raises BadAnswer."""
    rows = answer.get("embeddings")
    if not isinstance(rows, list) or not all(isinstance(row, list) and all(map(_is_number, row)) for row in rows):
        raise not_ollama(answer)
    vectors = tuple(tuple(map(float, row)) for row in rows)
    seconds = whole(answer, "load_duration") * NANOSECOND
    return Embedded(text(answer, "model") or name, vectors, whole(answer, "prompt_eval_count"), seconds)


def text(record: Mapping[str, object], key: str) -> str:
    """A text of a record, "" where there is none. Half a surrogate pair would fail wherever it goes next."""
    value = record.get(key)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def whole(record: Mapping[str, object], key: str) -> int:
    """A count, a size or a duration of a record; 0 where it is unknown or impossible."""
    value = record.get(key)
    return int(value) if _is_number(value) and 0 <= value <= MOST else 0


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST


def part_of(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    """An object inside a record, an empty one where there is none."""
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _kv_bytes(info: Mapping[str, object], kind: str) -> int:
    """Keys and values of one token in 16 bits, over all layers, as if none of them looked at a window only."""
    layers, heads = whole(info, f"{kind}.block_count"), info.get(f"{kind}.attention.head_count_kv")
    if isinstance(heads, list):  # one number for each layer
        all_heads = sum(int(one) for one in heads if _is_number(one))
    else:
        all_heads = layers * whole(info, f"{kind}.attention.head_count_kv")
    width = whole(info, f"{kind}.embedding_length") // (whole(info, f"{kind}.attention.head_count") or 1)
    key, value = (whole(info, f"{kind}.attention.{part}_length") or width for part in ("key", "value"))
    return all_heads * (key + value) * 2


def _texts(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = record.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _models(answer: Mapping[str, object]) -> list[dict[str, object]]:
    """The rows of a list of models; Go writes an empty one as null."""
    rows = answer.get("models", answer)
    rows = [] if rows is None else rows
    if not isinstance(rows, list) or not all(isinstance(row, dict) and text(row, "name") for row in rows):
        raise not_ollama(answer)
    return rows


def _installed(row: Mapping[str, object]) -> Installed:
    details = part_of(row, "details")
    return Installed(
        text(row, "name"),
        text(row, "digest"),
        whole(row, "size"),
        text(row, "modified_at"),
        *_variant(details),
        whole(details, "context_length"),
        whole(details, "embedding_length"),
        _texts(row, "capabilities"),
        _remote_host(row),
    )


def _remote_host(row: Mapping[str, object]) -> str:
    """Where the model runs, "" on the server itself. object sign of another place counts, whatever its type."""
    is_remote = any(row.get(key) for key in ("remote_host", "remote_model"))
    return (text(row, "remote_host") or "ollama.com") if is_remote else ""


def _running(row: Mapping[str, object]) -> Running:
    details = part_of(row, "details")
    return Running(
        text(row, "name"),
        whole(row, "size"),
        whole(row, "size_vram"),
        whole(row, "context_length"),
        text(row, "expires_at"),
        text(row, "digest"),
        *_variant(details),
    )


def _variant(details: Mapping[str, object]) -> tuple[str, str, str]:
    """Family, size and quantization."""
    return text(details, "family"), text(details, "parameter_size"), text(details, "quantization_level")


def _calls(calls: object) -> tuple[ToolCall, ...]:
    """The tools that a model asks for; what names none is none."""
    found = []
    for call in calls if isinstance(calls, list) else ():
        function = part_of(call, "function") if isinstance(call, dict) else {}
        if name := text(function, "name"):
            found.append(ToolCall(name, part_of(function, "arguments"), text(call, "id")))
    return tuple(found)
