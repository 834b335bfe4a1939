"""A stored model as files to carry: its bytes, and a small catalogue that holds their hashes.

    described(stored)          # TOML with one [[model]]: pick it together with the model's file on another machine

Another machine then knows each chunk's hash, and imports only what is right to the last byte.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from app.core.values import Model
from app.models.store.stored import Stored

ENDINGS = {"gguf": ".gguf", "litertlm-gpu": ".litertlm", "litertlm-cpu": ".litertlm"}


def file_name(model: Model) -> str:
    """The name that the publisher gave the file, else one made of the model's own."""
    ending = ENDINGS.get(model.format or "", ".task")
    for source in model.sources:
        name = PurePosixPath(urlsplit(source.url).path).name
        if name.endswith((".gguf", ".litertlm", ".task")):
            return name
    return "".join(sign if sign.isalnum() or sign in "-_.+ " else "-" for sign in model.name).strip() + ending


def described(stored: Stored) -> str:
    """The catalogue that goes along with the file: TOML, strings written as JSON writes them."""
    model = stored.model
    fields: dict[str, object] = {
        "id": model.id,
        "name": model.name,
        "kind": model.kind,
        "sources": [source.url for source in model.sources if ":" in source.url],
        "size_bytes": model.size_bytes,
        "sha256": stored.sha256,
        "chunk_bytes": stored.chunk_bytes,
        "chunk_sha256": list(stored.chunk_sha256),
        "context_length": model.context_length,
        "ram_bytes": model.ram_bytes,
        "license": model.license,
        "license_url": model.license_url,
        "best_for": model.best_for,
        "format": model.format or "",
    }
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in fields.items()
        if value or name == "sources"
    ]
    head = [
        "# Pick this file together with the model's file to import it on another machine.",
        "# The hashes are those of",
    ]
    whose = "the publisher's file." if stored.is_verified else "the file as it arrived; no publisher's hash was known."
    return "\n".join(
        [
            head[0],
            f"{head[1]} {whose}",
            f"title = {json.dumps(model.name, ensure_ascii=False)}",
            "",
            "[[model]]",
            *lines,
            "",
        ]
    )
