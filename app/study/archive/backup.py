"""One JSON file for what the app keeps: how it is written, and why it can be trusted when it comes back.

    text = write_backup(kept(await records.snapshot()), "0.1.0", clock.now())
    backup = read_backup(text)                  # raises BadBackup, in words
    backup.shelves["chats"]["3f2a9c"]["title"]

The file is one JSON object: `format` ("drleelm-backup"), `version` (of the format, 1), `app` (the app's version),
`made` (UTC, ISO 8601), `shelves` (shelf -> key -> record, exactly as the app keeps them), and `sha256`: of the same
object without `sha256`, as JSON with sorted keys, no blanks, and everything outside ASCII escaped. A chat that is
exported as JSON is the same file with fewer records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from app.core.errors import BadBackup
from app.core.places import ModelRef
from app.core.ports import Json, Record, Shelves
from app.core.reading import read_json
from app.core.text import file_name
from app.core.texts import Text
from app.study.shelves import LEFT_OUT

FORMAT, VERSION = "drleelm-backup", 1

_SURROGATE = re.compile("[\ud800-\udfff]")
_FOREIGN = Text("archive.foreign")
_DAMAGED = Text("archive.damaged")
_CURE = Text("archive.other_copy")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds: records by shelf and key, the version of the app that wrote it, and when."""

    shelves: Shelves
    app: str = ""
    made: str = ""


def kept(shelves: Mapping[str, Mapping[str, dict[str, object]]]) -> Shelves:
    """Everything that belongs into a backup."""
    return {name: dict(records) for name, records in shelves.items() if name not in LEFT_OUT}


def without_paths(shelves: Shelves) -> Shelves:
    """The same for other eyes: some servers call a model by its whole path, which may hold its owner's name. Of that
    only the file's name stays, in ids and in names."""
    return {name: {key: _without(record) for key, record in records.items()} for name, records in shelves.items()}


def _without(record: Json) -> Record:
    is_model = ModelRef.parse(str(record.get("id", ""))).provider == "cloud"
    return {
        key: file_name(one) if isinstance(one, str) and _is_name(key, is_model=is_model) else _value_without(one)
        for key, one in record.items()
    }


def _value_without(value: object) -> object:
    if isinstance(value, Mapping):
        return _without(value)
    if isinstance(value, (list, tuple)):
        return [_value_without(one) for one in value]
    if isinstance(value, str) and (ref := ModelRef.parse(value)).provider == "cloud" and ref.name:
        return str(replace(ref, name=file_name(ref.name)))
    return value


def _is_name(key: object, *, is_model: bool) -> bool:
    return key == "model_name" or (is_model and key == "name")


def write_backup(shelves: Shelves, app: str, now: float) -> str:
    """The file's text. `now` is seconds since 1970. Every text of Python's can be in it, half a character too."""
    made = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
    head = {"format": FORMAT, "version": VERSION, "app": app, "made": made}
    digest = _digest({**head, "shelves": shelves})
    text = json.dumps({**head, "sha256": digest, "shelves": shelves}, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)  # else it could not be written as UTF-8


def read_backup(text: str) -> Backup:
    """What is in a file. Raises BadBackup for anything that is not exactly what `write_backup` has made."""
    try:
        data = read_json(text.removeprefix("\ufeff"))
    except ValueError as error:
        is_ours = FORMAT in text[:200]
        raise BadBackup(_DAMAGED if is_ours else _FOREIGN, _CURE, detail=str(error)) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadBackup(_FOREIGN, _CURE)
    if not isinstance(data.get("version"), int) or data["version"] > VERSION:
        raise newer(str(data.get("app", "")))
    digest = data.pop("sha256", "")
    if digest != _digest(data):
        raise BadBackup(_DAMAGED, _CURE, detail=f"SHA-256 expected: {digest}")
    shelves = data.get("shelves")
    if not isinstance(shelves, dict) or not all(map(_is_shelf, shelves.values())):
        raise BadBackup(_DAMAGED, _CURE, detail="shelves")
    return Backup(shelves, str(data.get("app", "")), str(data.get("made", "")))


def newer(app: str = "", detail: str = "") -> BadBackup:
    """A file that this version of the app does not understand."""
    return BadBackup(
        Text("archive.newer_named", version=app) if app else Text("archive.newer"),
        Text("archive.newer_cure"),
        detail=detail,
    )


def _is_shelf(records: object) -> bool:
    return isinstance(records, dict) and all(isinstance(record, dict) for record in records.values())


def _digest(data: Json) -> str:
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("ascii")).hexdigest()
