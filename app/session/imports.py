"""Chats of other programs, from their exports: looked at first, brought in when the person says so.

    session.imports.open(files)                 # files that were picked; `archive.importing` says how far it is
    session.act("imports:bring", "")            # what was found becomes chats

A file is read twice, piece by piece: once to say what is in it, once to bring it in. In between nothing of it is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import asdict, replace

from app.core.actions import Picked, PickedFile, action
from app.core.commands import Focus
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.pictures import Pictures
from app.core.ports import Blobs, Clock, Page, Record
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords, Words
from app.records.checked import CheckedRecords
from app.session.archive import Importing, told
from app.session.attaching import LONGEST, PREVIEW, attached
from app.session.chats import WINDOW, Chats
from app.session.notices import Notices, Shown
from app.session.privacy import Privacy
from app.session.state import State
from app.study.archive.merging import Merged, Tally
from app.study.attachments import Attachment
from app.study.chats import Chat, ChatStore, Write
from app.study.file_kinds import is_of_anki
from app.study.imports.conversation import Conversation
from app.study.imports.reading import Export, open_export
from app.study.imports.records import chat_id, grown, made

JOB, READY, NOTICE = "import", "import-ready", "imported"
BATCH = 500  # records that are written at once
BATCH_TEXT = 4_000_000  # or so many characters of them


class Imports:
    """The actions `imports:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        privacy: Privacy,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        blobs: Blobs,
        words: Words,
        pictures: Pictures,
        work: Signal[Importing | None],
        bring_cards: Callable[[Picked], None],
    ) -> None:
        self._state, self._notices, self._privacy, self._chats, self._store = state, notices, privacy, chats, store
        self._jobs, self._page, self._clock, self._records, self._blobs = jobs, page, clock, records, blobs
        self._words, self._pictures, self._work, self._bring_cards = words, pictures, work, bring_cards
        self._export: Export | None = None
        self._brought: dict[str, float] = {}  # chats that the last import has made, and when they were changed last

    def open(self, files: Sequence[PickedFile]) -> None:
        """Look into files that were picked. Cards of Anki's go where cards are."""
        if is_of_anki(files[0].name):
            self._bring_cards(Picked(tuple(files)))
        else:
            self._jobs.start(JOB, self._look(files))

    async def _look(self, files: Sequence[PickedFile]) -> None:
        names, tally = tuple(file.name for file in files), Tally()
        async with self._under_way(Importing("reading", names)):
            export = await open_export(files, self._blobs)
            here = {chat.id for chat in self._state.chats()}
            async with aclosing(export.conversations(self._tell)) as conversations:
                async for conversation in conversations:
                    chat, turns = made(conversation, self._words, self._clock.now())
                    export.found.messages += len(turns)
                    puts = await self._writes(chat, turns) if chat.id in here else []
                    tally.add_one(is_new=chat.id not in here, is_changed=bool(puts))
        self._export = export
        self._work.set(Importing("ready", names, 1.0, export.found, tally))
        if self._state.route() != "settings":  # it has taken long
            button = (Text("archive.review"), "page:visit", "#/settings/data")
            found = Text("imports.ready", chats=Text("study.chats", count=export.found.chats))
            self._notices.show(Shown(READY, found, buttons=(button,), everywhere=True))
        self._page.now()
        self._page.do(Focus("imports-run" if tally.new or tally.changed else "imports-close"))

    @action("imports:bring")
    def bring(self) -> None:
        """Bring in what was found."""
        work, export = self._work(), self._export
        if work and export and work.phase == "ready":
            self._jobs.start(JOB, self._bring(export, work))

    @action("imports:stop")
    async def stop(self) -> None:
        """Stop reading, or bring in nothing of what was found; what was brought in so far stays."""
        await self._jobs.stop(JOB)
        self._let_go()

    def _let_go(self) -> None:
        self._work.set(None)
        self._export = None
        self._notices.dismiss(READY)

    @asynccontextmanager
    async def _under_way(self, work: Importing) -> AsyncGenerator[None, None]:
        self._let_go()
        self._work.set(work)
        try:
            yield
        finally:
            self._let_go()

    def _tell(self, share: float) -> None:
        """How far it is, in steps of a hundredth."""
        if (work := self._work()) and int(share * 100) != int(work.share * 100):
            self._work.set(replace(work, share=share))

    async def _bring(self, export: Export, work: Importing) -> None:
        self._brought, tally = {}, Tally()
        async with self._under_way(replace(work, phase="writing", share=0.0)):
            try:
                await self._write_all(export, tally)
            finally:
                await self._show(tally)

    async def _write_all(self, export: Export, tally: Tally) -> None:
        batch, new, size = list[Write](), dict[str, float](), 0

        async def write() -> None:
            """Stop waits for a step that has begun, so that what is counted is what is there."""
            writing = asyncio.ensure_future(self._records.write(batch))
            try:
                await asyncio.shield(writing)
            finally:
                await writing
                count()

        def count() -> None:
            self._brought.update(new)
            tally.new += len(new)
            batch.clear()
            new.clear()

        async with aclosing(export.conversations(self._tell)) as conversations:
            async for conversation in conversations:
                id = chat_id(conversation)
                if id in new:  # another file has an older or newer one
                    await write()
                [stored] = await self._records.get("chats", [id])
                if stored is not None:
                    await self._grow(export, conversation, tally)
                    continue
                chat, puts = await self._with_pictures(export, conversation)
                new[id] = chat.updated
                batch += puts
                size += sum(len(str(put[2].get(name, ""))) for put in puts for name in ("text", "thinking", "content"))
                if len(batch) >= BATCH or size >= BATCH_TEXT:
                    await write()
                    size = 0
        await write()

    async def _with_pictures(
        self, export: Export, conversation: Conversation, stored: Record | None = None
    ) -> tuple[Chat, list[Write]]:
        """A chat, and all that is written of it; of one that is `stored`, what it lacks. Raises StorageError."""
        pictures, puts = dict[str, Attachment](), list[Write]()
        for picture in conversation.asked_with:
            data = await export.picture(picture.file) if picture.file not in pictures else None
            if data and (fitted := await self._pictures.fit(data, LONGEST, PREVIEW)):
                name = picture.name or self._words(Text("imports.picture"))
                pictures[picture.file], file = attached(fitted, name)
                puts.append(("files", file.id, asdict(file)))
        chat, turns = made(conversation, self._words, self._clock.now(), pictures)
        if stored is not None:
            return chat, [*puts, *await grown(self._store, stored, chat, turns)]
        puts += [("turns", str(turn["id"]), turn) for turn in turns]
        return chat, [*puts, ("chats", chat.id, asdict(chat))]

    async def _grow(self, export: Export, conversation: Conversation, tally: Tally) -> None:
        """Add to a chat that is here what has been said elsewhere since; a reply that grows in it is stopped first."""
        chat, turns = made(conversation, self._words, self._clock.now())
        if has_more := bool(await self._writes(chat, turns)):
            await self._jobs.stop(f"reply:{chat.id}")
            [stored] = await self._records.get("chats", [chat.id])
            _, puts = await self._with_pictures(export, conversation, stored)
            await self._records.write(puts)
            if chat.id in self._brought:
                self._brought[chat.id] = max(self._brought[chat.id], chat.updated)
        tally.add_one(is_new=False, is_changed=has_more)

    async def _writes(self, chat: Chat, turns: Sequence[Record]) -> list[Write]:
        """What a chat that is here lacks."""
        [stored] = await self._records.get("chats", [chat.id])
        return await grown(self._store, stored, chat, turns) if stored else []

    async def _show(self, tally: Tally) -> None:
        """The list with what came in, the first of it, and the way back."""
        await self._read_chats()
        first = next((chat for chat in self._state.chats() if chat.id in self._brought), None)
        buttons: tuple[tuple[TextOrWords, str, str], ...] = ()
        if first:
            buttons = (
                (Text("imports.open"), "page:visit", f"#/chat/{first.id}"),
                (Text("imports.undo"), "imports:undo", ""),
            )
        self._notices.show(Shown(NOTICE, told(Merged(chats=tally)), buttons=buttons, everywhere=True))

    async def _read_chats(self) -> None:
        self._state.chats.set(tuple(map(self._privacy.as_private, await self._store.all())))
        if chat := self._state.chat_of(self._state.chat().id):
            await self._chats.show_chat(chat, max(WINDOW, len(self._state.turns())))

    @action("imports:undo")
    async def undo(self) -> None:
        """Delete the chats that the last import has made, but those in which something was said since. Raises
        StorageError, after which it can be tried again."""
        brought, self._brought = self._brought, {}
        try:
            deleted = await self._delete(brought)
        except StorageError:
            self._brought = brought
            raise
        finally:
            if self._state.chat().id in brought:
                self._chats.new()
            await self._read_chats()
        self._notices.show(Shown(NOTICE, Text("imports.undone", count=deleted), everywhere=True))

    async def _delete(self, brought: Mapping[str, float]) -> int:
        """Those of these chats that are as they came; gives how many there were."""
        deleted = 0
        for chat in await self._store.all():
            if brought.get(chat.id) == chat.updated:
                await self._jobs.stop(f"reply:{chat.id}")
                await self._store.delete(chat)
                deleted += 1
        return deleted
