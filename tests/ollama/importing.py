"""Models made from files on the stand-in: a GGUF's header is really read, its chat template looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.ollama.exchange import PLAIN_JSON, Answer, Call, Lines, Refusal, whole
from tests.ollama.gguf import FILE_TYPES, Header, NotGGUF, read_gguf
from tests.ollama.shelf import DIGEST, NO_TEMPLATE, Kept, Shelf, full_name, sha256_of

CONFIG_BYTES = 156  # what `/api/tags` counts beside the file, from 14
#: What in a GGUF's own chat template tells its family: (mark, name in the server's words, the Go template).
TEMPLATES = (
    (
        "<|im_start|>",
        "chatml",
        "{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n",
    ),
    (
        "<|start_header_id|>",
        "llama3-instruct",
        "{{- range .Messages }}<|start_header_id|>{{ .Role }}<|end_header_id|>\n\n{{ .Content }}<|eot_id|>"
        "{{- end }}<|start_header_id|>assistant<|end_header_id|>\n\n",
    ),
    (
        "<start_of_turn>",
        "gemma-instruct",
        "{{- range .Messages }}<start_of_turn>{{ .Role }}\n{{ .Content }}<end_of_turn>\n"
        "{{ end }}<start_of_turn>model\n",
    ),
    ("[INST]", "mistral-instruct", "{{- range .Messages }}[INST] {{ .Content }}[/INST]{{ end }}"),
)


def is_digest(text: str) -> bool:
    """True for `sha256:` and 64 hexadecimal digits."""
    return DIGEST.fullmatch(text) is not None


def create(call: Call) -> Answer | Lines:
    """Make a model from an uploaded file, or from another model."""
    body = call.json()
    name = full_name(body.get("model") or body.get("name") or "")
    if not name:
        raise Refusal(400, "invalid model name")
    if not body.get("files") and not body.get("from"):
        raise Refusal(400, "neither 'from' or 'files' was specified", PLAIN_JSON, is_chunked=True)
    lines = _lines(call, name, body)
    if body.get("stream", True):
        return lines
    last = list(lines)[-1]
    if "error" in last:
        raise Refusal(500, last["error"], PLAIN_JSON)
    return whole(last)


def _lines(call: Call, name: str, body: Mapping[str, Any]) -> Lines:
    shelf = call.world.shelf
    if body.get("files"):
        yield {"status": "parsing GGUF"}
        try:
            kept = _from_file(shelf, name, str(next(iter(body["files"].values()))))
        except (OSError, NotGGUF) as error:
            yield {"error": _words(error)}
            return
        yield {"status": "verifying conversion"}
    else:
        source = shelf.models.get(full_name(body["from"]))
        if source is None:
            yield {"error": "pull model manifest: file does not exist"}
            return
        kept = Kept(**{**_fields(source), "name": name})
    if call.world.faults.fails_create:
        yield {"error": call.world.faults.fails_create}
        return
    yield from ({"status": f"using existing layer {digest}"} for digest in kept.layers)
    yield from _settings(shelf, kept, body)
    yield {"status": "writing manifest"}
    shelf.add(kept)
    yield {"status": "success"}


def _fields(kept: Kept) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in kept.__dataclass_fields__ if name != "modified_at"}


def _words(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"open {error.filename}: no such file or directory"
    return str(error)


def _from_file(shelf: Shelf, name: str, digest: str) -> Kept:
    """The model in a blob. Raises FileNotFoundError, NotGGUF."""
    path = shelf.path(digest)
    header = read_gguf(path)
    metadata = header.metadata
    family = str(metadata.get("general.architecture", ""))
    is_embedding = f"{family}.pooling_type" in metadata
    return Kept(
        name,
        size=path.stat().st_size + CONFIG_BYTES,
        family=family,
        parameters=header.parameters,
        quantization=FILE_TYPES.get(metadata.get("general.file_type", 0), "unknown"),
        context_length=int(metadata.get(f"{family}.context_length") or 0),
        embedding_length=int(metadata.get(f"{family}.embedding_length") or 0),
        capabilities=("embedding",) if is_embedding else ("completion",),
        layers=(digest,),
        metadata={**metadata, "general.parameter_count": header.parameters},
        tensors=_tensors(header),
    )


def _tensors(header: Header) -> list[dict[str, Any]]:
    return [{"name": one.name, "type": one.type, "shape": list(one.shape)} for one in header.tensors]


def _settings(shelf: Shelf, kept: Kept, body: Mapping[str, Any]) -> Lines:
    """The layers of text: a template, given or found in the file, a system prompt, a license, parameters."""
    template = str(body.get("template") or "")
    own = str(kept.metadata.get("tokenizer.chat_template") or "")
    if not template:
        for mark, title, known in TEMPLATES:
            if mark in own:
                yield {"status": f"using autodetected template {title}"}
                template = known
                break
    if template:
        kept.template = template
        kept.capabilities = _capabilities(kept, template)
    kept.system = str(body.get("system") or kept.system)
    kept.license = str(body.get("license") or kept.license)
    kept.settings = {**kept.settings, **(body.get("parameters") or {})}
    texts = [template, kept.system, kept.license, json.dumps(kept.settings) if kept.settings else ""]
    for text in filter(None, texts):
        digest = sha256_of(text)
        yield {"status": f"{'using existing' if digest in shelf.small else 'creating new'} layer {digest}"}
        shelf.small.add(digest)
        kept.layers += (digest,)


def _capabilities(kept: Kept, template: str) -> tuple[str, ...]:
    """What the model can do, as far as its template tells: the variables that it uses."""
    if "embedding" in kept.capabilities:
        return kept.capabilities
    found = [
        name for name, mark in (("tools", ".Tools"), ("insert", ".Suffix"), ("thinking", ".Think")) if mark in template
    ]
    return ("completion", *found)


def show_answer(kept: Kept, blob: Path | None) -> dict[str, Any]:
    """The answer of `/api/show`."""
    source = str(blob) if blob else kept.name
    system = f'\nSYSTEM """{kept.system}"""' if kept.system else ""
    facts = {
        "license": kept.license,
        "modelfile": f'# Modelfile generated by "ollama show"\n# To build a new Modelfile based on this, replace FROM '
        f"with:\n# FROM {kept.name}\n\nFROM {source}\nTEMPLATE {kept.template}{system}\n",
        "parameters": "\n".join(_parameter_lines(kept.settings)),
        "template": kept.template or NO_TEMPLATE,
        "system": kept.system,
        "details": kept.details,
        "model_info": _model_info(kept),
        "tensors": kept.tensors,
        "capabilities": list(kept.capabilities),
        "modified_at": kept.modified_at,
    }
    return {key: value for key, value in facts.items() if value}


def _parameter_lines(settings: Mapping[str, Any]) -> list[str]:
    rows = [(key, one) for key, value in settings.items() for one in (value if isinstance(value, list) else [value])]
    return [f"{key:<30} {json.dumps(one, ensure_ascii=False)}" for key, one in rows]


def _model_info(kept: Kept) -> dict[str, Any]:
    """The metadata, sorted, without the name and the chat template; of a pulled model what is known."""
    lengths = {"context_length": kept.context_length, "embedding_length": kept.embedding_length}
    known: dict[str, Any] = {"general.architecture": kept.family, "general.parameter_count": kept.parameters}
    known.update({f"{kept.family}.{key}": value for key, value in lengths.items() if value})
    hidden = re.compile(r"general\.name|tokenizer\.chat_template")
    metadata = kept.metadata or known
    return {key: metadata[key] for key in sorted(metadata) if not hidden.fullmatch(key)}
