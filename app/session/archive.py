"""What a person does with all that the app keeps: export it, back it up, bring it back, erase it.

    session.act("archive:export", "")                    # what and how as chosen in Settings
    session.act("archive:open", Picked(…))               # a backup or an exported chat that was picked

Nothing of it is imported before somebody opens Settings or exports a chat.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from app import VERSION
from app.core.actions import ModelId, Picked, action
from app.core.commands import Focus, Save, StartOver, Tell
from app.core.errors import AppError, BadBackup
from app.core.file_names import download_name
from app.core.jobs import Jobs
from app.core.ports import Clock, Page, Record, Shelves
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords, Words, in_a_row, with_commas
from app.models.store.manager import LocalModelManager
from app.records.checked import KEPT, CheckedRecords
from app.session.damage import DamageReport
from app.session.loosening import Loosening, applied, hold_back
from app.session.makers import Makers
from app.session.models import Models
from app.session.notices import Notices, Shown
from app.session.state import State
from app.study.archive.backup import FORMAT, kept, read_backup, without_paths, write_backup
from app.study.archive.merging import Merged, Tally, merge
from app.study.archive.reading import as_markdown
from app.study.archive.sealing import is_sealed, seal, unseal
from app.study.archive.trees import Tree, tree_of
from app.study.attachments import files_of, used_by
from app.study.chats import Chat, ChatStore
from app.study.library.carrying import SHELF, bring_files, brought, pack
from app.study.shelves import is_whole

if TYPE_CHECKING:
    from app.core.document_files import DocumentFiles
    from app.session.imports import Imports
    from app.study.imports.reading import Found

What = Literal["all", "open"]
Kind = Literal["markdown", "json", "html"]
FILES: dict[str, tuple[str, str]] = {  # ending and media type
    "markdown": ("md", "text/markdown"),
    "json": ("json", "application/json"),
    "html": ("html", "text/html"),
}
SHORTEST = 8  # characters of a passphrase
MOST_BYTES = 256_000_000  # of a backup to import: it is read in one piece
HEAD = 200  # bytes of a file that tell whether this app has written it


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form in Settings stands at: all chats or the open one, the kind of file, whether to encrypt a backup."""

    what: What = "all"
    kind: Kind = "markdown"
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """A picked file that waits for its passphrase."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Importing:
    """An export of another program: how much of it was read or brought in, and once it is read (`ready`, for the
    person's word) what was found in it, and how many of its chats are new here, have grown, or are the same."""

    phase: Literal["reading", "ready", "writing"]
    names: tuple[str, ...]
    share: float = 0.0
    found: Found | None = None
    chats: Tally | None = None


@dataclass(frozen=True, slots=True)
class WhatField:
    """What to export, as it was chosen."""

    value: What


@dataclass(frozen=True, slots=True)
class KindField:
    """How to export it, as it was chosen."""

    value: Kind


@dataclass(frozen=True, slots=True)
class PassphraseForm:
    """A passphrase, typed twice where it is a new one."""

    passphrase: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class FromAnotherPage:
    """All that another page of this site may say to this one: that everything is about to be erased, or has been."""

    word: Literal["halt", "gone"]


def is_backup(head: bytes) -> bool:
    """Whether a file that begins so is a backup of this app, encrypted or not."""
    return FORMAT.encode() in head or is_sealed(head.decode("utf-8", "replace"))


class Archive:
    """The actions `archive:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        damage: DamageReport,
        models: Models,
        store: ChatStore,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        manager: LocalModelManager,
        make: Makers,
        words: Words,
        read_again: Callable[[], Awaitable[None]],
        imports: Callable[[], Imports],
        documents: Callable[[], DocumentFiles],
    ) -> None:
        self._state, self._notices, self._damage, self._models, self._store = state, notices, damage, models, store
        self._jobs, self._page, self._clock, self._records, self._manager = jobs, page, clock, records, manager
        self._make, self._words, self._read_again, self._imports = make, words, read_again, imports
        self._documents = documents
        self.choice = Signal(Choice())
        self.aside = Signal(0)  # damaged records that were written over, and kept
        self.locked: Signal[Locked | None] = Signal(None)
        self.importing: Signal[Importing | None] = Signal(None)
        self.held: Signal[tuple[Loosening, ...]] = Signal(())  # of the last import: what waits for a yes

    @action("archive:choose-what", WhatField)
    def choose_what(self, field: WhatField) -> None:
        """Export all chats, or the open one."""
        self.choice.set(replace(self.choice(), what=field.value))

    @action("archive:choose-kind", KindField)
    def choose_kind(self, field: KindField) -> None:
        """Export as this kind of file."""
        self.choice.set(replace(self.choice(), kind=field.value))

    @action("archive:choose-seal", bool)
    def choose_seal(self, is_sealed: bool) -> None:
        """Whether a backup is encrypted."""
        self.choice.set(replace(self.choice(), is_sealed=is_sealed))

    # -- out

    @action("archive:export")
    async def export(self) -> None:
        """Save what is chosen as a file."""
        choice, chat = self.choice(), self._state.chat()
        if choice.what == "open" and chat.path:
            await self.save_chat(chat, choice.kind)
            return
        shelves = await self._records.snapshot()
        by_chat: dict[str, list[Record]] = {id: [] for id in shelves["chats"]}
        for turn in shelves["turns"].values():
            by_chat.get(str(turn["chat_id"]), []).append(turn)
        trees = [tree_of(shelves["chats"][id], turns) for id, turns in by_chat.items()]
        trees.sort(key=lambda tree: -tree.chat.updated)
        kept_chats = {name: shelves[name] for name in ("chats", "turns")}
        if files := files_of(shelves, shelves["turns"].values()):
            kept_chats["files"] = files
        await self._save(self._words(Text("archive.chats_file", day=self._day())), choice.kind, trees, kept_chats)

    async def save_chat(self, chat: Chat, kind: Kind) -> None:
        """Save one chat as a file. Raises StorageError."""
        turns = await self._store.whole(chat)
        [record] = await self._records.get("chats", [chat.id])
        files = await self._store.files(used_by(turns.values()))
        shelves = {"chats": {chat.id: record or asdict(chat)}, "turns": turns}
        if files:
            shelves["files"] = {id: asdict(file) for id, file in files.items()}
        await self._save(self._words(chat.name), kind, [tree_of(asdict(chat), turns.values())], shelves)

    async def _save(self, name: str, kind: Kind, trees: Sequence[Tree], shelves: Shelves) -> None:
        if kind == "json":
            text = write_backup(without_paths(shelves), VERSION, self._clock.now())
        elif kind == "html":
            text = await self._make.chat_file().html(trees, name, self._day(), shelves.get("files", {}))
        else:
            text = as_markdown(trees, self._words, shelves.get("files", {}))
        ending, media_type = FILES[kind]
        self._page.do(Save(download_name(name, ending), text, media_type))

    def _day(self) -> str:
        return datetime.fromtimestamp(self._clock.now(), UTC).date().isoformat()

    @action("archive:backup", PassphraseForm)
    async def backup(self, form: PassphraseForm) -> None:
        """Save everything but models and keys as one file, under a passphrase where that is chosen."""
        phrase, again = form.passphrase, form.again
        if self.choice().is_sealed:
            if phrase != again:
                raise AppError(Text("archive.phrases_differ"), Text("archive.phrases_differ_cure"))
            if len(phrase) < SHORTEST:
                raise AppError(Text("archive.phrase_short", count=SHORTEST), Text("archive.phrase_short_cure"))
        text = write_backup(await self._everything(), VERSION, self._clock.now())
        name = self._words(Text("archive.backup_file", day=self._day()))
        if self.choice().is_sealed:
            text, name = await seal(self._make.crypto(), text, phrase), f"{name}.sealed"
        self._page.do(Save(download_name(name, "json"), text, "application/json"))

    async def _everything(self) -> Shelves:
        """All that belongs into a backup, the files of documents too; what there is no room for is told."""
        shelves = kept(await self._records.snapshot())
        if documents := shelves.get("documents"):
            packed = await pack(documents, self._documents(), self._make.web.blobs)
            shelves[SHELF] = packed.shelf
            if packed.left_out:
                left_out = Text("archive.documents_left_out", count=len(packed.left_out), names=packed.left_out[:5])
                self._notices.show(Shown("left-out", left_out, Text("archive.documents_left_out_cure")))
        return shelves

    # -- in

    @action("archive:open", Picked)
    async def open(self, picked: Picked) -> None:
        """Import picked files. An encrypted backup waits for its passphrase, another program's export for a yes."""
        head = await self._make.web.blobs.head(picked.first.handle, 0, HEAD)
        if len(picked.files) > 1 or not is_backup(head):
            self._imports().open(picked.files)
            return
        try:
            text = (await self._manager.importer.content(picked.first.handle, MOST_BYTES)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadBackup(Text("archive.no_text"), detail=str(error)) from error
        if is_sealed(text):
            self.locked.set(Locked(picked.first.name, text))
            self._page.now()
            self._page.do(Focus("open-passphrase"))
            return
        await self.bring(text)

    @action("archive:unlock", PassphraseForm)
    async def unlock(self, form: PassphraseForm) -> None:
        """Open the file that waits, and import it. Raises BadPassphrase; the file goes on waiting."""
        if locked := self.locked():
            text = await unseal(self._make.crypto(), locked.text, form.passphrase)
            self.close()
            await self.bring(text)

    @action("archive:close")
    def close(self) -> None:
        """Let go of the file that waits."""
        self.locked.set(None)

    async def bring(self, text: str) -> None:
        """Import the text of a backup; what would loosen something is held back and asked for. Raises BadBackup."""
        backup = read_backup(text)
        for name in self._jobs.names("reply:"):  # a reply that goes on would write over what comes in
            await self._jobs.stop(name)
        mine = await self._records.snapshot()
        theirs = brought(backup.shelves, mine)
        files = theirs.pop(SHELF, {})
        merged = merge(mine, theirs, is_whole)
        puts, items = hold_back(mine, merged.puts)
        await self._records.write(puts)
        self.held.set(items)
        try:
            if files:
                await bring_files(files, self._records, self._documents())
        finally:  # without room for the files, the rest is here all the same
            await self._read_again()
        made = Text("archive.made", day=backup.made[:10], version=backup.app)
        self._notices.show(Shown("imported", told(merged), made))
        if items:
            held = Text("archive.held", count=len(items))
            button = (Text("archive.review"), "page:visit", "#/settings/data")
            self._notices.show(Shown("held-back", held, Text("archive.not_applied"), "info", (button,)))

    @action("archive:take", dict[str, str])
    async def take(self, form: dict[str, str]) -> None:
        """Apply what is ticked of what the last import held back, and let go of the rest. Raises StorageError."""
        chosen = [item for item in self.held() if form.get(item.id)]
        names = list(dict.fromkeys(item.record for item in chosen))
        records = await self._records.get("settings", [key for _, key in names])
        stored = {name: record or {} for name, record in zip(names, records, strict=True)}
        await self._records.write(applied(chosen, stored))
        self.drop()
        await self._read_again()
        if chosen:
            what = tuple(item.title for item in chosen)
            self._notices.show(Shown("held-back", Text("archive.applied", what=what)))

    @action("archive:drop")
    def drop(self) -> None:
        """Apply nothing of what the last import held back."""
        self.held.set(())
        self._notices.dismiss("held-back")

    # -- what is damaged

    async def _count_aside(self) -> None:
        self.aside.set(len((await self._records.everything_damaged()).get(KEPT, {})))

    @action("archive:look")
    async def look(self) -> None:
        """Look through everything that is stored. Raises StorageError."""
        await self._count_aside()
        await self._damage.tell()
        if not self._state.damaged():
            self._notices.show(Shown("damaged", Text("archive.all_readable")))

    @action("archive:save-damaged")
    async def save_damaged(self) -> None:
        """Save what is damaged as a file, exactly as it lies there. Raises StorageError."""
        text = json.dumps(await self._records.everything_damaged(), indent=1)
        name = self._words(Text("archive.damaged_file", day=self._day()))
        self._page.do(Save(download_name(name, "json"), text, "application/json"))

    @action("archive:clean")
    async def clean(self) -> None:
        """Remove what cannot be read; the page has asked first. Raises StorageError."""
        await self._records.clean()
        await self._count_aside()
        await self._damage.tell()
        await self._read_again()

    @action("archive:reset", str)
    async def reset(self, place: str) -> None:
        """Start a record anew, as "shelf/key"; what lies there is kept aside. Raises StorageError."""
        shelf, _, key = place.partition("/")
        await self._records.put_aside(shelf, key)
        await self._count_aside()
        await self._read_again()

    # -- away

    @action("archive:erase")
    async def erase(self) -> None:
        """Delete everything that this browser keeps of the app; the page has asked first. Raises StorageError."""
        page = self._page
        page.do(Tell("halt"))
        await self.halt()
        await self._models.unload(ModelId(self._state.loaded_id()))
        await self._records.erase()
        page.do(Tell("gone"))
        page.do(StartOver())

    @action("archive:hear", FromAnotherPage)
    async def hear(self, message: FromAnotherPage) -> None:
        """Another page erases everything."""
        await (self.halt() if message.word == "halt" else self.gone())

    async def halt(self) -> None:
        """Stop all work: what it writes to is about to go."""
        jobs = self._jobs
        for name in jobs.names(""):
            if not name.startswith("act:"):  # this one, among others, which are short
                await jobs.stop(name)

    async def gone(self) -> None:
        """Another page says that everything was erased. If so, start as a new visitor would."""
        if not any((await self._records.snapshot()).values()):
            self._page.do(StartOver())


def told(merged: Merged) -> TextOrWords:
    """What an import has done."""
    chats, others = merged.chats, merged.others
    news = [Text("archive.new_chats", count=chats.new)] if chats.new else []
    if chats.changed:
        news.append(Text("archive.more_in_chats", count=chats.changed))
    if other := others.new + others.changed:
        news.append(Text("archive.other_records", count=other))
    if not news:
        return Text("archive.nothing_new")
    return in_a_row(Text("archive.imported", what=with_commas(*news)), _same(chats.same))


def _same(chats: int) -> TextOrWords:
    return Text("archive.here_already", count=chats) if chats else ""
