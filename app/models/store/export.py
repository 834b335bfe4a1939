"""A stored model as files to carry: its own, and a small catalogue that holds their hashes.

    described(stored, words)   # TOML with one [[model]]: pick it together with the model's files on another machine

Another machine then knows each chunk's hash, and imports only what is right to the last byte.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.core.texts import Text, Words
from app.models.store.bundles import stem_of
from app.models.store.catalog_card import card_fields
from app.models.store.model_store import ModelStore, damage
from app.models.store.opener import Opener
from app.models.store.stored import Stored, file_names
from app.models.store.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Exported:
    """The files of a model with their names, and a catalogue with their hashes."""

    files: tuple[tuple[object, str], ...]
    hashes_name: str
    hashes: str


class Exporter:
    """Makes files to carry out of the models of a store."""

    def __init__(self, store: ModelStore, opener: Opener, verifier: Verifier) -> None:
        self._store, self._opener, self._verifier = store, opener, verifier

    async def export(self, model_id: str) -> Exported:
        """A ready model to carry elsewhere. Raises ModelMissing, Corrupt, Evicted."""
        handles = await self._opener.open(self._store.rows.get(model_id).model)
        stored = self._store.records[model_id]
        if len(stored.file_sha256) < len(stored.model.files):  # a linked file that was never read as a whole
            stored = await self._verifier.verify(model_id)
        if stored.bad:
            raise damage(stored)
        names = file_names(stored.model)
        files = tuple(zip(handles, names, strict=True))
        hashes_name = f"{names[0]}.toml" if len(names) == 1 else f"{stem_of(names[0])}.gguf.toml"
        return Exported(files, hashes_name, described(stored, self._store.words))


def described(stored: Stored, words: Words) -> str:
    """The catalogue that goes along with the file: TOML, strings written as JSON writes them."""
    head = [
        f"# {words(Text('store.pick_together'))}",
        f"# {words(Text('store.hashes_published' if stored.is_verified else 'store.hashes_arrived'))}",
        f"title = {_toml(stored.model.name)}",
    ]
    rows = [f"{name} = {_toml(value)}" for name, value in _row(stored, words).items() if value or name == "sources"]
    return "\n".join([*head, "", "[[model]]", *rows, ""])


def _row(stored: Stored, words: Words) -> dict[str, object]:
    model = stored.model
    return {
        "id": model.id,
        "name": model.name,
        "kind": model.kind,
        **(_parts(stored) if model.parts else _files(stored)[0]),
        "chunk_bytes": stored.chunk_bytes,
        "context_length": model.context_length,
        "ram_bytes": model.ram_bytes,
        "license": model.license,
        "license_url": model.license_url,
        "best_for": words(model.best_for),
        "format": model.format or "",
        **card_fields(model),
    }


def _parts(stored: Stored) -> dict[str, object]:
    """The files as `parts` of the catalogue's row."""
    roles = [{} if file.role == "weights" else {"role": file.role} for file in stored.model.parts]
    return {"parts": [{**file, **role} for file, role in zip(_files(stored), roles, strict=True)]}


def _files(stored: Stored) -> list[dict[str, object]]:
    """Each file as the fields of the catalogue have it."""
    return [
        {
            "sources": [source.url for source in file.sources if ":" in source.url],
            "size_bytes": file.size_bytes,
            "sha256": stored.file_sha256[number],
            "chunk_sha256": [stored.chunk_sha256[index] for index in stored.chunks_of(number)],
        }
        for number, file in enumerate(stored.model.files)
    ]


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
