"""What a person attaches to the message that they write: picked, pasted, dropped, taken away again, looked at.

    session.act("attach:add", Picked(…))            # pictures and texts, several at once
    session.state.attached()                        # {"": (Draft(…),)}: by chat, "" for one that is not kept yet

Nothing of it is imported before something is attached, or shown. What is attached waits on the shelf "drafts", so that
it outlives a reload, but for private chats: like their words it is only in memory until it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.core.actions import Picked, PickedFile, action
from app.core.commands import Focus, Say
from app.core.errors import AppError, StorageError
from app.core.jobs import Jobs
from app.core.pictures import Picture, Pictures
from app.core.ports import Blobs, Clock, Page
from app.core.signals import Signal
from app.core.text import estimate_tokens, shorten
from app.core.texts import Size, Text, TextOrWords, in_a_row
from app.models.answering.context import PICTURE_TOKENS
from app.records.checked import CheckedRecords
from app.session.notices import Notices, Shown, Toast
from app.session.state import Opening, State, without
from app.study.attachments import TEXT, Attachment, Draft, File, draft_from, file_of
from app.study.chats import ChatStore, new_id
from app.study.file_kinds import DOCUMENTS, HEAD, REASONS, kind_of, text_of

if TYPE_CHECKING:
    from app.session.archive import Archive
    from app.session.library import Library
    from app.session.navigation import Navigation

ZIP, BLANK = b"PK", b"\xef\xbb\xbf \t\r\n"
LONGEST, PREVIEW = 1536, 320  # pixels: more than most models look at, and what a list shows
MOST_FILES = 10  # in one message
MOST_PICTURE_BYTES, MOST_TEXT_BYTES = 64_000_000, 2_000_000
MOST_TOLD = 5  # of the files that could not be attached
NAME_LENGTH = 80
FORGET_SECONDS = 7 * 86400  # a draft's window may be closed for good: what was attached in it goes after a week


@dataclass(frozen=True, slots=True)
class Recall:
    """What a page that was loaded anew had attached: (chat, ids of drafts)."""

    kept: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """An attachment that is shown large; `content` is "" where it is not here any more."""

    attachment: Attachment
    content: str = ""


class NotAttached(AppError):
    """Why a file cannot be attached; its words say what helps, too."""

    cure = ""


class IsDocument(NotAttached):
    """What the library reads."""


class Attaching:
    """The actions `attach:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        blobs: Blobs,
        pictures: Pictures,
        navigation: Callable[[], Navigation],
        archive: Callable[[], Archive],
        library: Callable[[], Library],
    ) -> None:
        self._state, self._notices, self._store, self._jobs, self._page = state, notices, store, jobs, page
        self._clock, self._records, self._blobs, self._pictures = clock, records, blobs, pictures
        self._navigation, self._archive, self._library = navigation, archive, library
        self._exports: tuple[PickedFile, ...] = ()
        self._documents: tuple[PickedFile, ...] = ()
        self._has_swept = False
        self.looked: Signal[Looked | None] = Signal(None)

    @action("attach:add", Picked)
    def add(self, picked: Picked) -> None:
        """Attach files to the message of the open chat."""
        chat = self._state.chat()
        self._state.attaching.set(self._state.attaching() + 1)
        self._jobs.start(f"attach:{new_id()}", self._add(self._state.draft_key(chat), picked.files, chat.is_private))

    @action("attach:also", Picked)
    def also(self, picked: Picked) -> None:
        """Attach files to the question that is edited; until it is asked they are in memory only."""
        if self._state.editing():
            self._state.attaching.set(self._state.attaching() + 1)
            self._jobs.start(f"attach:{new_id()}", self._add(self._state.edit_key, picked.files, is_private=True))

    @action("attach:unkeep", str)
    def unkeep(self, id: str) -> None:
        """Ask the question that is edited without one of its attachments; its earlier version keeps it."""
        kept = self._state.edited()
        for gone in (one for one in kept if one.id == id):
            self._state.edited.set(tuple(one for one in kept if one.id != id))
            self._told_removed(gone, f"also-{self._state.editing()}")

    def _told_removed(self, gone: Attachment, focus: str) -> None:
        self._page.do(Say(Text("attach.removed", name=gone.name)))
        self._page.do(Focus(focus))

    def _here(self, key: str) -> tuple[Attachment, ...]:
        """What is attached already."""
        kept = self._state.edited() if key == self._state.edit_key else ()
        return (*kept, *(draft.attachment for draft in self._state.attached().get(key, ())))

    async def _add(self, key: str, files: Sequence[PickedFile], is_private: bool) -> None:
        refused, added = list[TextOrWords](), list[Attachment]()
        exports, documents = list[PickedFile](), list[PickedFile]()
        try:
            for file in files:
                try:
                    if await self._is_of_chats(file):
                        exports.append(file)
                        continue
                    added.append(await self._one(key, file, is_private))
                except AppError as error:
                    refused.append(in_a_row(error.message, error.cure))
                    if isinstance(error, IsDocument):
                        documents.append(file)
        finally:
            self._state.attaching.set(self._state.attaching() - 1)
        if added:
            self._page.do(Say(in_a_row(*map(_added, added))))
        if exports:
            self._offer_import(exports)
        if refused:
            self._refuse(refused, documents, has_model=_has_model(files))
        await self._sweep()

    def _refuse(self, reasons: Sequence[TextOrWords], documents: Sequence[PickedFile], *, has_model: bool) -> None:
        self._documents = tuple(documents)
        buttons = ((Text("attach.to_library"), "attach:to-library", ""),) if documents else ()
        if has_model:
            buttons = (*buttons, (Text("composer.open_models"), "page:visit", "#/models"))
        self._notices.show(Shown("refused", in_a_row(*reasons[:MOST_TOLD]), "", "info", buttons))

    @action("attach:to-library")
    async def to_library(self) -> None:
        """Add the documents that could not be attached to the library, show it, and offer a chat about them. Raises
        StorageError."""
        files, self._documents = self._documents, ()
        self._notices.dismiss("refused")
        self._navigation().visit("#/library")
        if added := await self._library().take(files, "") if files else []:
            ids, count = " ".join(one.id for one in added), len(added)
            button = (Text("library.ask", count=count), "scope:ask-documents", ids)
            self._notices.toast(Toast(f"added-{new_id()}", Text("library.added", count=count), button))

    async def _is_of_chats(self, picked: PickedFile) -> bool:
        """Whether a file is an export of another program's chats, or a backup, which Settings imports."""
        try:
            head = await self._blobs.head(picked.handle, 0, min(self._blobs.size(picked.handle), HEAD))
            if not head.startswith(ZIP) and head.lstrip(BLANK)[:1] not in (b"[", b"{"):
                return False
            from app.session.archive import is_backup  # most files are none
            from app.study.imports.reading import is_export

            return is_backup(head) or await is_export(picked, self._blobs)
        except StorageError:  # a folder, or what was moved meanwhile
            return False

    def _offer_import(self, files: Sequence[PickedFile]) -> None:
        self._exports = tuple(files)
        told = Text("attach.export", count=len(files), names=tuple(shorten(file.name, NAME_LENGTH) for file in files))
        button = (Text("attach.import"), "attach:import", "")
        self._notices.show(Shown("exports", told, "", "info", (button,)))

    @action("attach:import")
    async def bring(self) -> None:
        """Look into the exports that were dropped on the chat, where Settings imports them. Raises BadBackup,
        StorageError."""
        files, self._exports = self._exports, ()
        self._notices.dismiss("exports")
        self._navigation().visit("#/settings/data")
        if files:
            await self._archive().open(Picked(files))

    async def _one(self, key: str, picked: PickedFile, is_private: bool) -> Attachment:
        """Attach one file. Raises AppError, with the reason why not."""
        name = shorten(picked.name, NAME_LENGTH) or "?"
        if len(self._here(key)) >= MOST_FILES:
            raise NotAttached(Text("attach.most", count=MOST_FILES, name=name))
        attachment, file = await self._read(picked.handle, name)
        if any(one.id == file.id for one in self._here(key)):
            raise NotAttached(Text("attach.twice", name=name))
        draft = Draft(new_id(), attachment, file.content, self._clock.now())
        if not is_private:
            await self._records.write([("drafts", draft.id, asdict(draft))])
        self._put(key, (*self._state.attached().get(key, ()), draft))
        return attachment

    async def _read(self, handle: object, name: str) -> tuple[Attachment, File]:
        size = self._blobs.size(handle)
        try:
            head = await self._blobs.head(handle, 0, min(size, HEAD))
        except StorageError as error:  # a folder, or what was moved meanwhile
            raise NotAttached(Text("attach.folder", name=name)) from error
        kind = kind_of(head, name, size)
        if reason := REASONS.get(kind):
            raise (IsDocument if kind in DOCUMENTS else NotAttached)(reason(name))
        return await (self._text(handle, name, size) if kind == "text" else self._picture(handle, name, size, kind))

    async def _text(self, handle: object, name: str, size: int) -> tuple[Attachment, File]:
        if size > MOST_TEXT_BYTES:
            raise NotAttached(Text("attach.text_large", name=name, size=Size(size), most=Size(MOST_TEXT_BYTES)))
        text = text_of(await self._blobs.head(handle, 0, size))
        if text is None:
            raise NotAttached(REASONS["binary"](name))
        if not text.strip():
            raise NotAttached(REASONS["empty"](name))
        file = file_of(TEXT, text)
        return Attachment(file.id, name, TEXT, len(text.encode()), estimate_tokens(text)), file

    async def _picture(self, handle: object, name: str, size: int, kind: str) -> tuple[Attachment, File]:
        if size > MOST_PICTURE_BYTES:
            raise NotAttached(Text("attach.picture_large", name=name, size=Size(size), most=Size(MOST_PICTURE_BYTES)))
        picture = await self._pictures.fit(handle, LONGEST, PREVIEW)
        if picture is None:
            if kind == "heic":
                raise NotAttached(Text("attach.heic", name=name))
            raise NotAttached(
                Text("attach.tiff", name=name) if kind == "tiff" else Text("attach.no_picture", name=name)
            )
        return attached(picture, name)

    def _put(self, key: str, drafts: tuple[Draft, ...]) -> None:
        others = without(self._state.attached(), key)
        self._state.attached.set({**others, key: drafts} if drafts else others)

    @action("attach:remove", str)
    async def remove(self, id: str) -> None:
        """Take an attachment of the open chat's message, or of the edited question, away. Raises StorageError."""
        for key, focus in self._open_keys():
            here = self._state.attached().get(key, ())
            for gone in (one for one in here if one.id == id):
                self._put(key, tuple(one for one in here if one.id != id))
                self._told_removed(gone.attachment, focus)
                await self._records.write([], [("drafts", id)])

    def _open_keys(self) -> tuple[tuple[str, str], ...]:
        """Where what is attached to the open chat stands, each with the button that attaches more."""
        return (
            (self._state.draft_key(self._state.chat()), "attach"),
            (self._state.edit_key, f"also-{self._state.editing()}"),
        )

    @action("attach:recall", Recall)
    async def recall(self, recall: Recall) -> None:
        """Bring back what was attached before the page was loaded anew. Raises StorageError."""
        for key, ids in recall.kept:
            found = [draft_from(record) for record in await self._records.get("drafts", ids) if record]
            here = self._state.attached().get(key, ())
            known = {one.id for one in here}
            self._put(key, (*(one for one in found if one.id not in known), *here))

    async def make_private(self, before: str, after: str) -> None:
        """The chat of a draft is private from now on, or no longer: what is attached goes with it. Of a private one
        nothing is stored. Raises StorageError."""
        drafts = self._state.attached().get(before, ())
        if not drafts:
            return
        self._put(before, ())
        self._put(after, drafts)
        is_private = after.startswith(" ") or before == after
        puts = [] if is_private else [("drafts", one.id, asdict(one)) for one in drafts]
        await self._records.write(puts, [("drafts", one.id) for one in drafts] if is_private else [])

    async def _sweep(self) -> None:
        """Delete what was attached to messages that nobody has sent for a week. Raises StorageError."""
        if not self._has_swept:
            self._has_swept = True
            old = self._clock.now() - FORGET_SECONDS
            here = {one.id for drafts in self._state.attached().values() for one in drafts}
            drafts = [draft_from(record) for record in await self._records.all("drafts")]
            await self._records.write([], [("drafts", one.id) for one in drafts if one.at < old and one.id not in here])

    # -- a look at one

    @action("attach:show", str)
    async def show(self, place: str) -> None:
        """Show an attachment large, as "turn/id", or "/id" for one of a draft. Raises StorageError."""
        turn_id, _, id = place.partition("/")
        looked = await self._of_turn(turn_id, id) if turn_id else self._of_draft(id)
        if looked:
            self.looked.set(looked)
            self._state.sheet.set(Opening("file"))

    async def _of_turn(self, turn_id: str, id: str) -> Looked | None:
        turn = next((turn for turn in self._state.turns() if turn.id == turn_id), None)
        one = next((one for one in turn.attachments if one.id == id), None) if turn else None
        if one is None:
            return None
        file = (await self._store.files([id])).get(id)
        return Looked(one, file.content if file else "")

    def _of_draft(self, id: str) -> Looked | None:
        drafts = [one for key, _ in self._open_keys() for one in self._state.attached().get(key, ())]
        return next((Looked(one.attachment, one.content) for one in drafts if one.id == id), None)


def attached(picture: Picture, name: str) -> tuple[Attachment, File]:
    """A picture as a turn names it, and what is kept of it."""
    file = file_of(picture.kind, picture.data)
    length = len(picture.data) * 3 // 4
    sides = (picture.width, picture.height)
    return Attachment(file.id, name, file.kind, length, PICTURE_TOKENS, *sides, picture.preview), file


def _added(one: Attachment) -> Text:
    name = one.name
    return Text("attach.added_picture", name=name) if one.is_picture else Text("attach.added_text", name=name)


def _has_model(files: Sequence[PickedFile]) -> bool:
    return any(file.name.lower().endswith((".gguf", ".task", ".litertlm")) for file in files)
