"""Picked files as a stream of chats, and what was found in them.

    export = await open_export(files, blobs)        # raises BadExport, in words
    async with aclosing(export.conversations(on_read)) as found:
        async for conversation in found: ...
    export.found.left["hidden"]

A file is JSON, or a ZIP with JSON in it; several may be picked at once, since large exports come in several. They can
be read again and again, each time piece by piece, so that what is in memory does not grow with them.
"""

from __future__ import annotations

import re
from base64 import b64decode
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from app.core.actions import PickedFile
from app.core.ports import Blobs
from app.core.texts import Text
from app.study.imports.conversation import Conversation, Left
from app.study.imports.elements import Element, Elements
from app.study.imports.formats import Format, format_of
from app.study.imports.zips import PIECE, BadExport, Member, Zip, open_zip

ZIP_MARK = b"PK"
MOST_PICTURE = 30_000_000  # bytes
MOST_LOOKED_AT = 8_000_000  # bytes of a file that may be an export: the first chat is not longer, as a rule
#: what chats lie in, in exports of a known shape; the other files of these tell of the account
_CHATS = re.compile(r"(?:^|/)(?:conversations[^/]*\.json|conversations/[^/]+\.json)$", re.IGNORECASE)
_OTHERS = re.compile(r"(?:^|/)(?:projects|memories|design_chats)(?:[^/]*\.json$|/)", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|/)(?:\._|__MACOSX/)")


@dataclass(slots=True)
class Found:
    """What is in an export: chats by their program, when the first and the last chat were, in seconds since 1970, and
    what is left out. `messages` are counted by who makes them. `is_cut`: a file ended before its chats did."""

    programs: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    pictures: int = 0  # of questions
    first: float = 0.0
    last: float = 0.0
    left: Counter[Left] = field(default_factory=Counter)
    has_others: bool = False
    is_cut: bool = False

    @property
    def chats(self) -> int:
        """How many."""
        return self.programs.total()

    def add(self, conversation: Conversation, is_here: Callable[[str], bool]) -> None:
        """Count a chat. `is_here` says whether a picture's file is in the export."""
        self.programs[conversation.program] += 1
        self.left += conversation.left()
        for picture in (picture for node in conversation.nodes for picture in node.pictures):
            is_missing = not (picture.file and is_here(picture.file))
            self.left["missing" if is_missing else "pictures"] += 1
        here = [picture for picture in conversation.asked_with if picture.file and is_here(picture.file)]
        self.pictures += len(here)
        self.left["pictures"] -= len(here)
        times = [time for time in (conversation.created, conversation.updated) if time]
        self.first = min([*times, *([self.first] if self.first else [])], default=0.0)
        self.last = max([*times, self.last])


@dataclass(frozen=True, slots=True)
class _Part:
    """One JSON file: what it is called, the bytes that it takes where it lies, and its pieces."""

    name: str
    size_bytes: int
    pieces: Callable[[], AsyncGenerator[bytes, None]]


class Export:
    """Opened files. `found` is what the last reading has found."""

    def __init__(
        self, parts: Sequence[_Part], assets: Mapping[str, _Part], *, has_others: bool, has_zips: bool = False
    ) -> None:
        self._parts, self._assets, self._has_others, self._has_zips = parts, assets, has_others, has_zips
        self._names = sorted(assets)
        self.found = Found(has_others=has_others)

    @property
    def size_bytes(self) -> int:
        """Bytes to read."""
        return sum(part.size_bytes for part in self._parts)

    async def conversations(self, on_read: Callable[[float], None]) -> AsyncGenerator[Conversation, None]:
        """Each chat with something in it, once where it is the same in several files. `on_read` hears which share of
        the whole was read.

        Raises BadExport where a ZIP cannot be unpacked, and where there are no chats at all."""
        self.found = Found(has_others=self._has_others)
        seen: set[tuple[object, ...]] = set()
        is_known = False
        done, total = 0, self.size_bytes or 1
        for part in self._parts:
            before = done

            def tell(share: float, before: int = before, part: _Part = part) -> None:
                on_read(min(1.0, (before + share * part.size_bytes) / total))

            async with aclosing(self._items(part, tell)) as items:
                async for format, item in items:
                    is_known = True
                    if conversation := self._take(format.read(item), seen):
                        yield conversation
            done += part.size_bytes
        if not is_known and self.found.is_cut:
            raise BadExport(Text("imports.cut"), Text("imports.cut_cure"))
        if not is_known:
            raise _without_chats(Text("imports.foreign"), has_zips=self._has_zips)
        if not self.found.chats:
            raise BadExport(Text("imports.no_chats"), Text("imports.no_chats_cure"))

    def _take(self, conversation: Conversation, seen: set[tuple[object, ...]]) -> Conversation | None:
        if conversation.is_empty:
            self.found.left["empty"] += not conversation.has_more
            return None
        key = (conversation.program, conversation.id, conversation.updated, len(conversation.nodes))
        if conversation.id and key in seen:
            return None
        seen.add(key)
        self.found.add(conversation, self._is_here)
        return conversation

    def _is_here(self, file: str) -> bool:
        return file.startswith("data:") or self._asset(file) is not None

    def _asset(self, file: str) -> _Part | None:
        place = bisect_left(self._names, file)
        name = next(iter(self._names[place : place + 1]), "")
        return self._assets[name] if file and name.startswith(file) else None

    async def picture(self, file: str) -> bytes | None:
        """The bytes of a picture that a message names so; None where they are not here, or too many, or damaged.
        Raises StorageError."""
        if file.startswith("data:"):
            try:
                return b64decode(file.partition(",")[2], validate=True)
            except ValueError:
                return None
        asset = self._asset(file)
        if asset is None or asset.size_bytes > MOST_PICTURE:
            return None
        try:
            return b"".join([piece async for piece in asset.pieces()])
        except BadExport:
            return None

    async def _items(self, part: _Part, tell: Callable[[float], None]) -> AsyncGenerator[tuple[Format, Element], None]:
        """The chats of one file as they lie there."""
        elements, done, unreadable, is_known = Elements(), 0, 0, False
        try:
            async with aclosing(part.pieces()) as pieces:
                async for piece in pieces:
                    done += len(piece)
                    for element in elements.take(piece):
                        format = format_of(element) if element is not None else None
                        if format and element is not None:
                            is_known = True
                            yield format, element
                        else:
                            unreadable += 1
                    tell(done / (part.size_bytes or 1))
                    if elements.is_json is False:
                        break
        except BadExport:
            if not (is_known or self.found.chats):
                raise
            self.found.is_cut = True  # the rest of a damaged ZIP
        self.found.is_cut |= elements.is_cut
        if is_known:
            self.found.left["unreadable"] += unreadable


async def open_export(files: Sequence[PickedFile], blobs: Blobs) -> Export:
    """Files that were picked together. Raises BadExport where one is empty, or a ZIP that cannot be opened."""
    parts: list[_Part] = []
    assets: dict[str, _Part] = {}
    has_others = has_zips = False
    for file in files:
        if not blobs.size(file.handle):
            raise BadExport(Text("imports.empty", file=file.name), Text("imports.foreign_cure"))
        if await blobs.head(file.handle, 0, 2) != ZIP_MARK:
            parts.append(_plain(file, blobs))
            continue
        archive = await open_zip(file.handle, blobs)
        members = [member for member in archive.members if not _HIDDEN.search(member.name)]
        assets.update((member.name.rpartition("/")[2], _packed(archive, member)) for member in members)
        has_others = has_others or any(_OTHERS.search(member.name) for member in members)
        has_zips = has_zips or any(member.name.lower().endswith(".zip") for member in members)
        parts += [_packed(archive, member) for member in _wanted(members)]
    if not parts:
        raise _without_chats(Text("imports.zip_without"), has_zips=has_zips)
    return Export(parts, assets, has_others=has_others, has_zips=has_zips)


async def is_export(file: PickedFile, blobs: Blobs) -> bool:
    """Whether a file is such an export, as far as its first chat or the names in a ZIP tell. Raises StorageError."""
    if await blobs.head(file.handle, 0, 2) == ZIP_MARK:
        try:
            members = (await open_zip(file.handle, blobs)).members
        except BadExport:
            return False
        return any(_CHATS.search(member.name) and not _HIDDEN.search(member.name) for member in members)
    elements, read = Elements(), 0
    async with aclosing(_plain(file, blobs).pieces()) as pieces:
        async for piece in pieces:
            for element in elements.take(piece):
                return element is not None and format_of(element) is not None
            read += len(piece)
            if elements.is_json is False or read > MOST_LOOKED_AT:
                break
    return False


def _without_chats(words: Text, *, has_zips: bool) -> BadExport:
    """What is said of files without a chat; those of a ZIP in a ZIP are not looked for."""
    if has_zips:
        return BadExport(Text("imports.zip_nested"), Text("imports.zip_nested_cure"))
    return BadExport(words, Text("imports.foreign_cure"))


def _wanted(members: Sequence[Member]) -> list[Member]:
    """The members that hold chats; of a ZIP of an unknown shape every JSON file may."""
    found = [member for member in members if _CHATS.search(member.name)]
    found = found or [member for member in members if member.name.lower().endswith(".json")]
    return sorted(found, key=lambda member: member.name)


def _plain(file: PickedFile, blobs: Blobs) -> _Part:
    size = blobs.size(file.handle)

    async def pieces() -> AsyncGenerator[bytes, None]:
        for at in range(0, size, PIECE):
            yield await blobs.head(file.handle, at, min(PIECE, size - at))

    return _Part(file.name, size, pieces)


def _packed(archive: Zip, member: Member) -> _Part:
    return _Part(member.name, member.size_bytes, lambda: archive.pieces(member))
