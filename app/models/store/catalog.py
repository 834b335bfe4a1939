"""Model catalogues: TOML files that say which models exist, where their bytes are and what they are good for.

    title = "My school"
    [[model]]
    id = "tiny"
    name = "Tiny"
    kind = "chat"
    sources = ["https://example.org/tiny.gguf"]
    size_bytes = 2326432

Unknown keys are ignored; a missing or wrong one is named together with its row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urljoin, urlsplit

from app.core.errors import AppError
from app.core.reading import Unreadable, read_toml
from app.core.shapes import MOST, is_address
from app.core.text import shorten
from app.core.values import FileFormat, Kind, Model, Source
from app.models.store.file_address import direct
from app.models.store.stored import MOST_CHUNKS

NEEDED = ("id", "name", "kind", "sources", "size_bytes")
TEXTS = ("id", "name", "kind", "sha256", "license", "license_url", "best_for", "format")
NUMBERS = ("size_bytes", "context_length", "ram_bytes", "chunk_bytes")
MOST_MODELS = 1_000
MOST_SOURCES = 32  # of a model
MOST_NAME, MOST_TEXT = 300, 2_000  # characters
MOST_CHUNK = 256 * 1024 * 1024  # bytes: each chunk is hashed in one piece
TOO_MANY = "Ask the catalogue's publisher to split it."
SHA256 = re.compile("[0-9a-f]{64}")
ID = re.compile(r"[\w.-]{1,120}", re.ASCII)
KINDS: tuple[str, ...] = get_args(Kind)
FORMATS: tuple[str, ...] = get_args(FileFormat)


class BadCatalog(AppError):
    """A catalogue that cannot be used; the message names the row and the field."""

    message = "This model catalogue cannot be read."
    cure = "Ask the catalogue's publisher to correct it."
    again = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalogue's title and its models, in its order."""

    title: str
    models: tuple[Model, ...]


def read_catalog(text: str, base: str = "") -> Catalog:
    """Read a catalogue; relative addresses in it are relative to `base` where one is given. Raises BadCatalog."""
    try:
        return catalog_of(read_toml(text.removeprefix("\ufeff")), base)
    except Unreadable as error:
        raise BadCatalog(f"The catalogue is not valid TOML: {error}.") from error


def catalog_of(table: Mapping[str, Any], base: str = "") -> Catalog:
    """The same of a table that has been read already. Raises BadCatalog."""
    if not isinstance(table.get("title"), str) or not table["title"].strip():
        raise BadCatalog("The catalogue has no title.")
    rows = table.get("model", [])
    if not isinstance(rows, list):
        raise BadCatalog("The catalogue needs one [[model]] section for each model.")
    if len(rows) > MOST_MODELS:
        raise BadCatalog(f"The catalogue lists {len(rows):,} models. At most {MOST_MODELS:,} can be used.", TOO_MANY)
    models = tuple(_model(number, row, base) for number, row in enumerate(rows, 1))
    ids: set[str] = set()
    for number, model in enumerate(models, 1):
        if model.id in ids:
            raise BadCatalog(f"Row {number} repeats the id {model.id!r}.")
        ids.add(model.id)
    return Catalog(table["title"].strip(), models)


def _model(number: int, row: object, base: str) -> Model:
    if not isinstance(row, dict):
        raise BadCatalog(f"Row {number} is not a [[model]] section.")
    where = f"Row {number} ({shorten(str(row.get('id') or row.get('name') or 'no id'), 100)})"
    for field in NEEDED:
        if field not in row:
            raise BadCatalog(f"{where} has no {field}.")
    for field in TEXTS:
        if not isinstance(row.get(field, ""), str):
            raise BadCatalog(f"{where}: {field} must be text.")
        if len(row.get(field, "")) > (most := MOST_NAME if field == "name" else MOST_TEXT):
            raise BadCatalog(f"{where}: {field} is longer than {most:,} characters.")
    for field in NUMBERS:
        value = row.get(field, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadCatalog(f"{where}: {field} must be a whole number.")
        if value > MOST:
            raise BadCatalog(f"{where}: {field} is too large.")
    for field in ("sources", "chunk_sha256"):
        value = row.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadCatalog(f"{where}: {field} must be a list of texts.")
    if len(row["sources"]) > MOST_SOURCES:
        raise BadCatalog(f"{where}: sources lists more than {MOST_SOURCES} addresses.")
    for url in row["sources"]:
        _check_source(where, url)
    if not any(letter.isprintable() and not letter.isspace() for letter in row["name"]):
        raise BadCatalog(f"{where}: name must not be empty.")
    if row["kind"] not in KINDS:
        raise BadCatalog(f"{where}: kind must be one of {', '.join(KINDS)}.")
    if row.get("format", "") not in ("", *FORMATS):
        raise BadCatalog(f"{where}: format must be one of {', '.join(FORMATS)}.")
    for digest in (row.get("sha256", ""), *row.get("chunk_sha256", ())):
        if digest and not SHA256.fullmatch(digest):
            raise BadCatalog(f"{where}: sha256 and chunk_sha256 must be 64 hexadecimal digits in lower case.")
    if not ID.fullmatch(row["id"]):
        raise BadCatalog(f"{where}: id must be letters, digits, dots, dashes or underscores.")
    chunk, hashes = row.get("chunk_bytes", 0), len(row.get("chunk_sha256", ()))
    if hashes and (not chunk or hashes != -(-row["size_bytes"] // chunk)):
        raise BadCatalog(f"{where}: chunk_sha256 needs one hash for each chunk_bytes of the file.")
    if chunk > MOST_CHUNK or (chunk and row["size_bytes"] > chunk * MOST_CHUNKS):
        raise BadCatalog(f"{where}: chunk_bytes is too large, or too small for a file of this size.")
    return Model(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        size_bytes=row["size_bytes"],
        sources=tuple(Source(direct(urljoin(base, url) if base else url)) for url in row["sources"]),
        sha256=row.get("sha256", ""),
        chunk_bytes=row.get("chunk_bytes", 0),
        chunk_sha256=tuple(row.get("chunk_sha256", ())),
        context_length=row.get("context_length", 0),
        ram_bytes=row.get("ram_bytes", 0),
        license=row.get("license", ""),
        license_url=row.get("license_url", ""),
        best_for=row.get("best_for", ""),
        format=row.get("format") or None,
        is_bundled=row.get("bundled", False) is True,
    )


def _check_source(where: str, url: str) -> None:
    """An address of the web, or one relative to the catalogue's. Raises BadCatalog."""
    if not is_address(url) or not url.strip() or urlsplit(url).scheme not in ("https", "http", ""):
        raise BadCatalog(f"{where}: {shorten(url, 100)!r} is not a web address.")
    if "@" in urlsplit(url).netloc:
        raise BadCatalog(f"{where}: an address must not contain a user name or a password.")
