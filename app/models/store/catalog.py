"""Model catalogues: TOML files that say which models exist, where their bytes are and what they are good for.

    title = "My school"
    [[model]]
    id = "tiny"
    name = "Tiny"
    kind = "chat"
    sources = ["https://example.org/tiny.gguf"]
    size_bytes = 2326432

    [[model]]
    id = "big"
    name = "Big"
    kind = "chat"
    parts = [                                       # in place of sources, size_bytes and the hashes
        { sources = ["https://example.org/big-00001-of-00002.gguf"], size_bytes = 1900000000, sha256 = "…" },
        { sources = ["https://example.org/big-00002-of-00002.gguf"], size_bytes = 1200000000, sha256 = "…" },
        { sources = ["https://example.org/mmproj.gguf"], size_bytes = 800000000, sha256 = "…", role = "projector" },
    ]

    [[persona]]
    name = "Socratic tutor"
    about = "Asks before it tells"                  # may be left out
    instructions = "You are a …"

What else a row may publish of its model is in `catalog_card`. Unknown keys are ignored; a missing or wrong one is
named together with its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict, cast, get_args
from urllib.parse import urljoin, urlsplit

from app.core.errors import AppError
from app.core.persona import Persona, persona_of, wrong_persona
from app.core.ports import Json
from app.core.reading import Unreadable, read_toml
from app.core.shapes import MOST, is_address
from app.core.text import shorten
from app.core.texts import Text
from app.core.values import FileFormat, FileRole, Kind, Model, ModelFile, Source
from app.models.store import catalog_card as card
from app.models.store.file_address import MOST_PARTS, direct
from app.models.store.stored import MOST_CHUNKS

NEEDED = ("id", "name", "kind", "sources", "size_bytes")
NEEDED_IN_PARTS = ("id", "name", "kind", "parts")
TEXTS = ("id", "name", "kind", "sha256", "license", "license_url", "best_for", "format", *card.TEXTS)
NUMBERS = ("size_bytes", "context_length", "ram_bytes", "chunk_bytes", *card.NUMBERS)
LISTS = ("sources", "chunk_sha256", *card.LISTS)
MOST_MODELS = 1_000
MOST_PERSONAS = 200
MOST_SOURCES = 32  # of a model's file
MOST_NAME, MOST_TEXT = 300, 2_000  # characters
MOST_CHUNK = 256 * 1024 * 1024  # bytes: each chunk is hashed in one piece
TOO_MANY = Text("store.catalog_split")
SHA256 = re.compile("[0-9a-f]{64}")
ID = re.compile(r"[\w.-]{1,120}", re.ASCII)
KINDS: tuple[str, ...] = get_args(Kind)
FORMATS: tuple[str, ...] = get_args(FileFormat)
ROLES: tuple[str, ...] = get_args(FileRole)


class BadCatalog(AppError):
    """A catalogue that cannot be used; the message names the row and the field."""

    message = Text("store.catalog_bad")
    cure = Text("store.catalog_bad_cure")
    again = False


class PartRow(TypedDict):
    """One of `parts`: a file of a model, whose values are of the right types."""

    sources: NotRequired[list[str]]
    size_bytes: int
    sha256: NotRequired[str]
    chunk_sha256: NotRequired[list[str]]
    role: NotRequired[FileRole]


class CatalogRow(card.CardRow):
    """A [[model]] section whose values are of the right types."""

    id: str
    name: str
    kind: Kind
    sources: NotRequired[list[str]]
    size_bytes: NotRequired[int]
    parts: NotRequired[list[PartRow]]
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
    """A catalogue's title, its models and its personas, in its order."""

    title: str
    models: tuple[Model, ...]
    personas: tuple[Persona, ...] = ()


def read_catalog(text: str, base: str = "") -> Catalog:
    """Read a catalogue; relative addresses in it are relative to `base` where one is given. Raises BadCatalog."""
    try:
        return catalog_of(read_toml(text.removeprefix("\ufeff")), base)
    except Unreadable as error:
        raise BadCatalog(Text("store.catalog_not_toml", why=str(error))) from error


def catalog_of(table: Json, base: str = "") -> Catalog:
    """The same of a table that has been read already. Raises BadCatalog."""
    title = table.get("title")
    if not isinstance(title, str) or not title.strip():
        raise BadCatalog(Text("store.catalog_no_title"))
    rows = table.get("model", [])
    if not isinstance(rows, list):
        raise BadCatalog(Text("store.catalog_no_section"))
    if len(rows) > MOST_MODELS:
        raise BadCatalog(Text("store.catalog_too_many", count=len(rows), most=MOST_MODELS), TOO_MANY)
    models = tuple(_model(number, row, base) for number, row in enumerate(rows, 1))
    ids: set[str] = set()
    for number, model in enumerate(models, 1):
        if model.id in ids:
            raise BadCatalog(Text("store.row_repeats", row=number, id=repr(model.id)))
        ids.add(model.id)
    return Catalog(title.strip(), models, _personas(table.get("persona", [])))


def _personas(rows: object) -> tuple[Persona, ...]:
    """Known by their names in the catalogue: one that is changed there is changed here."""
    if not isinstance(rows, list) or len(rows) > MOST_PERSONAS:
        raise BadCatalog(Text("store.catalog_personas", most=MOST_PERSONAS))
    for number, row in enumerate(rows, 1):
        if wrong := wrong_persona(number, row):
            raise BadCatalog(wrong)
    found = {one.name: one for one in map(persona_of, rows)}
    return tuple(replace(one, id=name) for name, one in found.items())


def _model(number: int, row: object, base: str) -> Model:
    if not isinstance(row, dict):
        raise BadCatalog(Text("store.row_no_section", row=number))
    called = row.get("id") or row.get("name")
    where = Text("store.row", row=number, id=shorten(str(called), 100) if called else Text("store.row_no_id"))
    for field in NEEDED_IN_PARTS if "parts" in row else NEEDED:
        if field not in row:
            raise BadCatalog(Text("store.row_lacks", row=where, field=field))
    if wrong := _wrong_text(row) or _wrong_number(row) or _wrong_list(row) or _wrong_parts(row):
        raise BadCatalog(Text("store.row_wrong", row=where, wrong=wrong))
    typed = cast("CatalogRow", row)
    for file in (row, *row.get("parts", [])):
        for url in file.get("sources", []):
            _check_source(where, url)
    if wrong := _wrong_word(typed) or _wrong_hash(typed) or card.wrong_card(row):
        raise BadCatalog(Text("store.row_wrong", row=where, wrong=wrong))
    return _made(typed, base)


def _made(row: CatalogRow, base: str) -> Model:
    parts = tuple(_file(part, base) for part in row.get("parts", []))
    return Model(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        size_bytes=sum(part.size_bytes for part in parts) or row.get("size_bytes", 0),
        sources=_sources(row.get("sources", []), base),
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
        parts=parts,
        capabilities=tuple(row.get("capabilities", ())),
        quality=float(row.get("quality", 0)),
        card=card.card_of(row),
    )


def _file(part: PartRow, base: str) -> ModelFile:
    return ModelFile(
        _sources(part.get("sources", []), base),
        part["size_bytes"],
        part.get("sha256", ""),
        tuple(part.get("chunk_sha256", ())),
        part.get("role", "weights"),
    )


def _sources(urls: list[str], base: str) -> tuple[Source, ...]:
    return tuple(Source(direct(urljoin(base, url) if base else url)) for url in urls)


# -- what is wrong with a row, as the end of a sentence; None where nothing is


def _wrong_text(row: Json) -> Text | None:
    for field in TEXTS:
        text, most = row.get(field, ""), MOST_NAME if field == "name" else MOST_TEXT
        if not isinstance(text, str):
            return Text("store.field_text", field=field)
        if len(text) > most:
            return Text("store.field_too_long", field=field, most=most)
    return None


def _wrong_number(row: Json) -> Text | None:
    for field in NUMBERS:
        value = row.get(field, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return Text("store.field_whole", field=field)
        if value > MOST:
            return Text("store.field_too_large", field=field)
    return None


def _wrong_list(row: Json) -> Text | None:
    for field in LISTS:
        texts = row.get(field, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return Text("store.field_list", field=field)
        if field == "sources" and len(texts) > MOST_SOURCES:
            return Text("store.too_many_sources", most=MOST_SOURCES)
    return None


def _wrong_parts(row: Json) -> Text | None:
    if "parts" not in row:
        return None
    parts = row["parts"]
    if (
        not isinstance(parts, list)
        or not 1 <= len(parts) <= MOST_PARTS
        or not all(isinstance(one, dict) for one in parts)
    ):
        return Text("store.parts_tables", most=MOST_PARTS)
    if any(field in row for field in ("sources", "size_bytes", "sha256", "chunk_sha256")):
        return Text("store.parts_instead")
    for number, part in enumerate(parts, 1):
        file = {**part, "chunk_bytes": row.get("chunk_bytes", 0)}
        wrong = _wrong_text(file) or _wrong_number(file) or _wrong_list(file)
        if wrong or (wrong := _wrong_part(file)):
            return Text("store.part_wrong", part=number, wrong=wrong)
    if parts[0].get("role", "weights") != "weights" or sum(part["size_bytes"] for part in parts) > MOST:
        return Text("store.parts_first")
    chunk = row.get("chunk_bytes", 0)
    if chunk and sum(-(-part["size_bytes"] // chunk) for part in parts) > MOST_CHUNKS:
        return Text("store.chunk_size")
    return None


def _wrong_part(part: dict[str, object]) -> Text | None:
    """What is wrong with a file whose values are of the right types."""
    if not part.get("size_bytes"):
        return Text("store.part_no_size")
    if part.get("role", "weights") not in ROLES:
        return Text("store.role_one_of", roles=", ".join(ROLES))
    return _wrong_hash(cast("CatalogRow", part))


def _wrong_word(row: CatalogRow) -> Text | None:
    if not any(letter.isprintable() and not letter.isspace() for letter in row["name"]):
        return Text("store.name_empty")
    if row["kind"] not in KINDS:
        return Text("store.kind_one_of", kinds=", ".join(KINDS))
    if row.get("format", "") not in ("", *FORMATS):
        return Text("store.format_one_of", formats=", ".join(FORMATS))
    if not ID.fullmatch(row["id"]):
        return Text("store.id_letters")
    return None


def _wrong_hash(row: CatalogRow) -> Text | None:
    hashes, chunk, size = row.get("chunk_sha256", []), row.get("chunk_bytes", 0), row.get("size_bytes", 0)
    if not all(SHA256.fullmatch(digest) for digest in (row.get("sha256", ""), *hashes) if digest):
        return Text("store.hash_digits")
    if hashes and (not chunk or len(hashes) != -(-size // chunk)):
        return Text("store.hash_each")
    if chunk > MOST_CHUNK or (chunk and size > chunk * MOST_CHUNKS):
        return Text("store.chunk_size")
    return None


def _check_source(where: Text, url: str) -> None:
    """An address of the web, or one relative to the catalogue's. Raises BadCatalog."""
    if not is_address(url) or not url.strip() or urlsplit(url).scheme not in ("https", "http", ""):
        raise BadCatalog(Text("store.row_no_address", row=where, address=repr(shorten(url, 100))))
    if "@" in urlsplit(url).netloc:
        raise BadCatalog(Text("store.row_password", row=where))
