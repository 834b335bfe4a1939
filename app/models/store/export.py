"""A stored model as files to carry: its bytes, and a small catalogue that holds their hashes.

    described(stored, words)   # TOML with one [[model]]: pick it together with the model's file on another machine

Another machine then knows each chunk's hash, and imports only what is right to the last byte.
"""

from __future__ import annotations

import json

from app.core.texts import Text, Words
from app.models.store.catalog_card import card_fields
from app.models.store.model_store import ModelStore
from app.models.store.opener import Opener
from app.models.store.stored import Stored, file_names
from app.models.store.verifier import Verifier


class Exporter:
    """Makes files to carry out of the models of a store."""

    def __init__(self, store: ModelStore, opener: Opener, verifier: Verifier) -> None:
        self._store, self._opener, self._verifier = store, opener, verifier

    async def export(self, model_id: str) -> tuple[object, str, str]:
        """A ready model to carry elsewhere: its file, the file's name, and a catalogue with its hashes.

        Raises ModelMissing, Corrupt, Evicted.
        """
        [handle] = await self._opener.open(self._store.rows.get(model_id).model)
        stored = self._store.records[model_id]
        if not stored.chunk_sha256:  # a linked file that was never read as a whole
            stored = await self._verifier.verify(model_id)
        return handle, file_names(stored.model)[0], described(stored, self._store.words)


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
        "sources": [source.url for source in model.sources if ":" in source.url],
        "size_bytes": model.size_bytes,
        "sha256": stored.file_sha256[0],
        "chunk_bytes": stored.chunk_bytes,
        "chunk_sha256": list(stored.chunk_sha256),
        "context_length": model.context_length,
        "ram_bytes": model.ram_bytes,
        "license": model.license,
        "license_url": model.license_url,
        "best_for": words(model.best_for),
        "format": model.format or "",
        **card_fields(model),
    }


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
