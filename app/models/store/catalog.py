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
from dataclasses import dataclass
from typing import NotRequired, TypedDict, cast, get_args
from urllib.parse import urljoin, urlsplit

from app.core.errors import AppError
from app.core.ports import Json
from app.core.reading import Unreadable, read_toml
from app.core.shapes import MOST, is_address
from app.core.text import shorten
from app.core.values import FileFormat, Kind, Model, Source
from app.models.store.file_address import direct
from app.models.store.stored import MOST_CHUNKS

NEEDED = ("id", "name", "kind", "sources", "size_bytes")
TEXTS = ("id", "name", "kind", "sha256", "license", "license_url", "best_for", "format")
NUMBERS = ("size_bytes", "context_length", "ram_bytes", "chunk_bytes")
LISTS = ("sources", "chunk_sha256")
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


class CatalogRow(TypedDict):
    """A [[model]] section whose values are of the right types."""

    id: str
    name: str
    kind: Kind
    sources: list[str]
    size_bytes: int
    sha256: NotRequired[str]
    chunk_bytes: NotRequired[int]
    chunk_sha256: NotRequired[list[str]]
    context_length: NotRequired[int]
    ram_bytes: NotRequired[int]
    license: NotRequired[str]
    license_url: NotRequired[str]
    best_for: NotRequired[str]
    format: NotRequired[FileFormat]
    bundled: NotRequired[bool]


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


def catalog_of(table: Json, base: str = "") -> Catalog:
    """The same of a table that has been read already. Raises BadCatalog."""
    title = table.get("title")
    if not isinstance(title, str) or not title.strip():
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
    return Catalog(title.strip(), models)


def _model(number: int, row: object, base: str) -> Model:
    if not isinstance(row, dict):
        raise BadCatalog(f"Row {number} is not a [[model]] section.")
    where = f"Row {number} ({shorten(str(row.get('id') or row.get('name') or 'no id'), 100)})"
    for field in NEEDED:
        if field not in row:
            raise BadCatalog(f"{where} has no {field}.")
    if wrong := _wrong_text(row) or _wrong_number(row) or _wrong_list(row):
        raise BadCatalog(f"{where}: {wrong}")
    typed = cast("CatalogRow", row)
    for url in typed["sources"]:
        _check_source(where, url)
    if wrong := _wrong_word(typed) or _wrong_hash(typed):
        raise BadCatalog(f"{where}: {wrong}")
    return _made(typed, base)


def _made(row: CatalogRow, base: str) -> Model:
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


# -- what is wrong with a row, as the end of a sentence; "" where nothing is


def _wrong_text(row: Json) -> str:
    for field in TEXTS:
        text, most = row.get(field, ""), MOST_NAME if field == "name" else MOST_TEXT
        if not isinstance(text, str):
            return f"{field} must be text."
        if len(text) > most:
            return f"{field} is longer than {most:,} characters."
    return ""


def _wrong_number(row: Json) -> str:
    for field in NUMBERS:
        value = row.get(field, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return f"{field} must be a whole number."
        if value > MOST:
            return f"{field} is too large."
    return ""


def _wrong_list(row: Json) -> str:
    for field in LISTS:
        texts = row.get(field, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return f"{field} must be a list of texts."
        if field == "sources" and len(texts) > MOST_SOURCES:
            return f"sources lists more than {MOST_SOURCES} addresses."
    return ""


def _wrong_word(row: CatalogRow) -> str:
    if not any(letter.isprintable() and not letter.isspace() for letter in row["name"]):
        return "name must not be empty."
    if row["kind"] not in KINDS:
        return f"kind must be one of {', '.join(KINDS)}."
    if row.get("format", "") not in ("", *FORMATS):
        return f"format must be one of {', '.join(FORMATS)}."
    if not ID.fullmatch(row["id"]):
        return "id must be letters, digits, dots, dashes or underscores."
    return ""


def _wrong_hash(row: CatalogRow) -> str:
    hashes, chunk, size = row.get("chunk_sha256", []), row.get("chunk_bytes", 0), row["size_bytes"]
    if not all(SHA256.fullmatch(digest) for digest in (row.get("sha256", ""), *hashes) if digest):
        return "sha256 and chunk_sha256 must be 64 hexadecimal digits in lower case."
    if hashes and (not chunk or len(hashes) != -(-size // chunk)):
        return "chunk_sha256 needs one hash for each chunk_bytes of the file."
    if chunk > MOST_CHUNK or (chunk and size > chunk * MOST_CHUNKS):
        return "chunk_bytes is too large, or too small for a file of this size."
    return ""


def _check_source(where: str, url: str) -> None:
    """An address of the web, or one relative to the catalogue's. Raises BadCatalog."""
    if not is_address(url) or not url.strip() or urlsplit(url).scheme not in ("https", "http", ""):
        raise BadCatalog(f"{where}: {shorten(url, 100)!r} is not a web address.")
    if "@" in urlsplit(url).netloc:
        raise BadCatalog(f"{where}: an address must not contain a user name or a password.")
