"""What a person attaches to a question: pictures and texts, each kept once by its content.

    file = file_of("image/jpeg", base64)                # File(id=SHA-256, …): a record of the shelf "files"
    turn.attachments                                    # (Attachment(file.id, "board.jpg", "image/jpeg", …),)
    await delete(records, chat_id, turns)               # a chat, and what no other one has attached

A turn names its attachments, and shows a small preview of a picture; what a model is given lies under its hash on a
shelf of its own, so that the same picture in ten chats takes the room of one. What is attached to a message that was
not sent yet is a `Draft`, on the shelf "drafts", which no backup holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from app.core.ports import Json, Record, Records, Shelves
from app.core.shapes import Damaged, When, decode

#: what is kept: pictures as the browser has written them anew, all else as text
FileKind = Literal["image/jpeg", "image/png", "text/plain"]
TEXT: FileKind = "text/plain"
BASE64 = re.compile("[A-Za-z0-9+/=]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a turn says of one attachment. `id` is the SHA-256 of what is kept, in hexadecimal, and `size_bytes` counts
    that. Width and height are pixels; `preview` is a small JPEG as base64, "" for a text. `tokens` are estimated."""

    id: str
    name: str
    kind: FileKind
    size_bytes: int = 0
    tokens: int = 0
    width: int = 0
    height: int = 0
    preview: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether a model must see to make use of it."""
        return self.kind != TEXT


@dataclass(frozen=True, slots=True)
class File:
    """What is kept: the base64 of a picture, or a text. `id` is the SHA-256 of its bytes."""

    id: str
    kind: FileKind
    content: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An attachment of a message that is being written. `at` is when it was attached, in seconds since 1970."""

    id: str
    attachment: Attachment
    content: str
    at: When = 0.0

    @property
    def file(self) -> File:
        """What is kept of it once the message is sent."""
        return File(self.attachment.id, self.attachment.kind, self.content)


def hash_of(kind: FileKind, content: str) -> str:
    """SHA-256 of the bytes. Raises ValueError where base64 is none."""
    from base64 import b64decode  # most visits attach nothing
    from hashlib import sha256

    data = content.encode("utf-8", "surrogatepass") if kind == TEXT else b64decode(content, validate=True)
    return sha256(data).hexdigest()


def file_of(kind: FileKind, content: str) -> File:
    """A file under the name that its content gives it."""
    return File(hash_of(kind, content), kind, content)


def file_from(record: object, lost: list[str] | None = None) -> File:
    """A file from its stored record. Raises Damaged, also where its content is another than its name says."""
    file = decode(File, record, lost)
    try:
        is_right = hash_of(file.kind, file.content) == file.id
    except ValueError as error:
        raise Damaged("content is no base64") from error
    if not is_right:
        raise Damaged("content does not fit its hash")
    return file


def data_url(one: Attachment, content: str) -> str:
    """The address of a picture that is written out: of its content, or of its small preview where that is not here."""
    kind, data = (one.kind, content) if content else ("image/jpeg", one.preview)
    return f"data:{kind};base64,{''.join(BASE64.findall(data))}"


def draft_from(record: object, lost: list[str] | None = None) -> Draft:
    """A draft from its stored record. Raises Damaged."""
    return decode(Draft, record, lost)


def sent(drafts: Sequence[Draft]) -> tuple[list[tuple[str, str, Json]], list[tuple[str, str]]]:
    """What is written, and what is deleted, when a message is sent with these."""
    puts: list[tuple[str, str, Json]] = [("files", one.file.id, asdict(one.file)) for one in drafts]
    return puts, [("drafts", one.id) for one in drafts]


def named_in(turn: Mapping[str, object]) -> set[str]:
    """The ids of the files that a turn's record names."""
    found = turn.get("attachments")
    items = found if isinstance(found, (list, tuple)) else ()
    return {str(item["id"]) for item in items if isinstance(item, Mapping) and "id" in item}


def used_by(turns: Iterable[Mapping[str, object]]) -> set[str]:
    """The ids of the files that some turns name."""
    return {id for turn in turns for id in named_in(turn)}


def files_of(shelves: Shelves, turns: Iterable[Mapping[str, object]]) -> dict[str, Record]:
    """The records of the files that some turns name, as far as they are there."""
    files = shelves.get("files", {})
    return {id: files[id] for id in sorted(used_by(turns)) if id in files}


async def only_used_by(records: Records, turns: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The ids of the files that these turns (by their ids) use, and no other turn does. Raises StorageError."""
    wanted = used_by(turns.values())
    if wanted:
        wanted -= used_by(one for one in await records.all("turns") if one["id"] not in turns)
    return sorted(wanted)


async def delete(records: Records, chat_id: str, turns: Mapping[str, Record]) -> list[tuple[str, str, Json]]:
    """Delete a chat, its turns (by their ids) and the files that no other turn uses; returns those. Raises
    StorageError."""
    ids = await only_used_by(records, turns)
    found = await records.get("files", ids) if ids else []
    files: dict[str, Record] = {id: one for id, one in zip(ids, found, strict=True) if one}
    await records.write([], [("chats", chat_id), *(("turns", id) for id in turns), *(("files", id) for id in ids)])
    if files and (used_again := set(files).difference(await only_used_by(records, turns))):
        # another page has sent the same one in this very moment
        await records.write([("files", id, files[id]) for id in sorted(used_again)])
    return [("files", id, record) for id, record in files.items()]
