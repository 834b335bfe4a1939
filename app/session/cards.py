"""All cards: listed, found, made, changed, suspended, deleted.

    session.cards.look("")                          # the tab is open; with a note's id, or "new", its editor
    session.act("cards:find", "eigenvalue")
    session.act("cards:typed", Field("0", "What is ebb?"))     # the first field of the note that is written
    session.act("cards:save", "")

The list shows notes: what was written, and how many cards it makes. A note that is written waits in `draft` until it is
saved; what stands in its fields comes here as it is typed, so that it can be shown as it will look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

from app.core.actions import Field, Picked, TurnId, action
from app.core.commands import Focus, Persist
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.pictures import Pictures
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.text import shorten
from app.core.texts import Text
from app.session.library import Library
from app.session.navigation import Navigation
from app.session.notices import Notices, Toast
from app.session.passages import Passages
from app.session.practice import Practice
from app.session.state import State
from app.session.undo import Undos
from app.study.chats import ChatStore, new_id
from app.study.library.documents import NAME_LENGTH
from app.study.practice.faces import cards_of, in_one_line, is_empty
from app.study.practice.records import Card, CardSource, Media, MediaName, Note, NoteKind, media_id
from app.study.practice.store import Removed

KINDS: tuple[NoteKind, ...] = ("basic", "reversed", "cloze")
NEW, ALL = "new", "#/cards/all"
MAKE = "make"  # where cards are made of documents and replies (`app.session.making`)
LISTED = 80  # notes that are listed at first, and more each time
MOST_TAGS, TAG_LENGTH = 40, 60
LONGEST_FRONT, LONGEST_QUOTE = 400, 400  # characters
LONGEST, PREVIEW = 1600, 160  # pixels of a picture's longer side


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is written, and its new pictures. `is_new` until it is saved."""

    note: Note
    is_new: bool = False
    pictures: Mapping[str, Media] | None = None  # by the names of its fields

    @property
    def shown(self) -> Mapping[str, Media]:
        """All its pictures."""
        return self.pictures or {}


class Cards:
    """The actions `cards:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        practice: Practice,
        navigation: Navigation,
        pictures: Callable[[], Pictures],
        library: Callable[[], Library],
        passages: Callable[[], Passages],
        chats: ChatStore,
    ) -> None:
        self._state, self._notices, self._jobs, self._page, self._clock = state, notices, jobs, page, clock
        self.practice, self._navigation = practice, navigation
        self._pictures, self._library, self._passages, self._chats = pictures, library, passages, chats
        self.notes: Signal[Mapping[str, Note] | None] = Signal(None)  # None until they were read
        self.wanted = Signal("")
        self.notebook: Signal[str | None] = Signal(None)  # the one that is listed, None for all
        self.listed = Signal(LISTED)
        self.draft: Signal[Draft | None] = Signal(None)
        self.problem: Signal[AppError | None] = Signal(None)  # why it cannot be saved
        self._next: Draft | None = None  # what the editor opens with
        self._lines: dict[str, tuple[Note, str]] = {}
        self._undos: Undos[Removed] = Undos(notices, jobs, clock, "cards:undo")
        self._version = -1

    # -- what is there

    def look(self, id: str) -> None:
        """The tab is on show: with the editor of a note where one is named."""
        self.practice.begin()
        self._library().know()
        if self.practice.deck and self._version != self.practice.version():
            self._version = self.practice.version()
            self._jobs.start("cards", self._read())
        draft = self.draft()
        if not id and draft:
            self.draft.set(None)
        elif id and (draft is None or (draft.note.id != id and not (id == NEW and draft.is_new))):
            self._jobs.start("card-draft", self._open(id))

    def leave(self) -> None:
        """Another page is shown: what was written and not saved goes with it."""
        if self.draft() is not None:
            self.draft.set(None)

    async def _read(self) -> None:
        self.notes.set(await self.practice.store.all_notes())

    async def _open(self, id: str) -> None:
        made, self._next = self._next, None
        self.problem.set(None)
        if id == NEW:
            notebook = self.notebook() or ""
            self.draft.set(made or Draft(Note(new_id(), new_id(), fields=("", ""), notebook=notebook), is_new=True))
            return
        note = (await self.practice.store.notes([id])).get(id)
        if note is None:
            self._navigation.visit(ALL)
            return
        media = await self.practice.store.media(one.media for one in note.media)
        pictures = {one.name: media[one.media] for one in note.media if one.media in media}
        self.draft.set(Draft(note, pictures=pictures))

    def shown(self) -> list[Note]:
        """The notes that fit what is looked for, the one added last first."""
        words = self.wanted().casefold().split()
        notes = (self.notes() or {}).values()
        found = [one for one in notes if self._fits(one, words)]
        return sorted(found, key=lambda one: (-one.added_at, one.id))

    def _fits(self, note: Note, words: list[str]) -> bool:
        notebook = self.notebook()
        if notebook is not None and note.notebook != notebook:
            return False
        if not words:
            return True
        text = "\n".join((*note.fields, *note.tags)).casefold()
        return all(word in text for word in words)

    def line(self, note: Note) -> str:
        """What a note asks, in one line; remembered."""
        known = self._lines.get(note.id)
        if known is None or known[0] is not note:
            known = self._lines[note.id] = (note, in_one_line(note))
        return known[1]

    @action("cards:find", str)
    def find(self, words: str) -> None:
        """List the notes that hold all these words."""
        self.wanted.set(words)
        self.listed.set(LISTED)

    @action("cards:in", str)
    def list_notebook(self, id: str) -> None:
        """List the notes of a notebook; "all" for every one, "" for those in none."""
        self.notebook.set(None if id == "all" else id)
        self.listed.set(LISTED)

    @action("cards:more")
    def more(self) -> None:
        """List more of them."""
        self.listed.set(self.listed() + LISTED)

    # -- deleted, and back

    @action("cards:delete", str)
    async def delete(self, id: str) -> None:
        """Delete a note with its cards, with a way back. Raises StorageError."""
        removed = await self.practice.remove([id])
        if not removed.notes:
            return
        self._forget(id)
        if self._state.setting() == id:
            self._navigation.visit(ALL)
        self._undos.offer(removed, Text("cards.deleted", count=len(removed.cards)))

    @action("cards:undo", str)
    async def undo(self, token: str) -> None:
        """Bring back what was deleted. Raises StorageError."""
        await self._undos.undo(token, self._restore)

    async def _restore(self, removed: Removed) -> None:
        await self.practice.restore(removed)
        self._keep_shown(*removed.notes)

    @action("cards:suspend", str)
    async def suspend(self, id: str) -> None:
        """Ask the cards of a note no more, or again. Raises StorageError."""
        cards = _of_note(await self.practice.cards(), id)
        is_asked = any(not card.is_suspended for card in cards)
        await self.practice.keep(cards=[replace(one, is_suspended=is_asked) for one in cards])

    # -- written

    @action("cards:new")
    def new(self) -> None:
        """Write a new one."""
        self._navigation.visit(f"{ALL}/{NEW}")

    def _write(self, kind: NoteKind, fields: tuple[str, ...], notebook: str, source: CardSource | None) -> None:
        """Write a new one that begins with this."""
        note = Note(new_id(), new_id(), kind, fields, notebook=notebook, source=source)
        self._next = Draft(note, is_new=True)
        self.draft.set(None)
        self._navigation.visit(f"{ALL}/{NEW}")

    @action("cards:from-reply", TurnId)
    async def from_reply(self, turn_id: TurnId) -> None:
        """Write one of a question and its reply, in the notebook of their chat."""
        chat = self._state.chat()
        if not (found := await self._chats.turns([turn_id])):
            return
        reply = found[0]
        asked = await self._chats.turns([reply.parent]) if reply.parent else []
        front = shorten(asked[0].text, LONGEST_FRONT) if asked else ""
        source = CardSource(shorten(chat.title, NAME_LENGTH), chat=chat.id, turn=turn_id)
        self._write("basic", (front, reply.text.strip()), chat.notebook, source)

    @action("cards:from-page", str)
    def from_page(self, selected: str) -> None:
        """Write one of what is selected on the page of a document, else of the passage that is marked there."""
        shown = self._passages().page()
        document = self._library().documents().get(shown.document) if shown else None
        if shown is None or document is None:
            return
        place, page = shown.place, shown.text
        words = selected.strip() or page[place.start : place.end].strip()
        at = page.find(words) if words else -1
        span = (at, at + len(words)) if at >= 0 else (place.start, place.end)
        source = CardSource(document.name, document.id, place.number, *span, shorten(words, LONGEST_QUOTE))
        self._write("basic", ("", words), document.notebook, source)

    @action("cards:typed", Field)
    def typed(self, field: Field) -> None:
        """What stands in a field of the note: its number, or "tags"."""
        if (draft := self.draft()) is None:
            return
        if field.arg == "tags":
            tags = [shorten(one, TAG_LENGTH).replace(" ", "_") for one in field.value.replace(",", " ").split()]
            note = replace(draft.note, tags=tuple(dict.fromkeys(tags))[:MOST_TAGS])
        else:
            fields = [*draft.note.fields, "", ""][: max(2, len(draft.note.fields))]
            if not field.arg.isdecimal() or int(field.arg) >= len(fields):
                return
            fields[int(field.arg)] = field.value.replace("\r\n", "\n")
            note = replace(draft.note, fields=tuple(fields))
        self.draft.set(replace(draft, note=note))

    @action("cards:kind", str)
    def kind(self, kind: str) -> None:
        """What it asks."""
        if (draft := self.draft()) and kind in KINDS and draft.note.kind in KINDS:
            self.draft.set(replace(draft, note=replace(draft.note, kind=kind)))

    @action("cards:notebook", str)
    def to_notebook(self, id: str) -> None:
        """Where it lies."""
        if draft := self.draft():
            self.draft.set(replace(draft, note=replace(draft.note, notebook=id)))

    @action("cards:picture", Picked)
    async def picture(self, picked: Picked) -> None:
        """Put a picture at the end of the front."""
        fitted = await self._pictures().fit(picked.first.handle, LONGEST, PREVIEW)
        if (draft := self.draft()) is None:
            return
        if fitted is None:
            raise AppError(Text("cards.no_picture", name=picked.first.name), Text("cards.no_picture_cure"))
        media = Media(media_id(fitted.data), fitted.kind, fitted.data)
        name = f"{media.id[:12]}.{fitted.kind.rpartition('/')[2]}"
        note, front = draft.note, (draft.note.fields or ("",))[0].rstrip()
        label = shorten(picked.first.name.rpartition(".")[0], 60).replace("]", "").replace("[", "")
        html, markdown = f'<br><img src="{name}" alt="{escape(label)}">', f"\n\n![{label}]({name})"
        fields = (f"{front}{html if note.markup == 'html' else markdown}".strip(), *note.fields[1:])
        names = (*(one for one in note.media if one.name != name), MediaName(name, media.id))
        self.draft.set(Draft(replace(note, fields=fields, media=names), draft.is_new, {**draft.shown, name: media}))

    @action("cards:save", dict[str, str])
    async def save(self, form: dict[str, str]) -> None:
        """Keep the note and its cards, as the form has it: those that are here keep what was learned. Raises
        StorageError."""
        for name, value in form.items():
            if name == "tags" or name.isdecimal():
                self.typed(Field(name, value))
        if (draft := self.draft()) is None:
            return
        if is_empty(draft.note):
            no_gap = AppError(Text("cards.no_gap"), Text("cards.no_gap_cure"))
            no_front = AppError(Text("cards.no_front"), Text("cards.no_front_cure"))
            self.problem.set(no_gap if draft.note.kind == "cloze" else no_front)
            return
        self.problem.set(None)
        since = self._navigation.place
        now = self._clock.now()
        note = replace(draft.note, added_at=draft.note.added_at or now, updated=now)
        everything = await self.practice.cards()
        here = _of_note(everything, note.id)
        behind = 1 + max((card.position for card in everything.values() if card.state == "new"), default=0)
        made = cards_of(note, new_id, now, here)
        cards = [replace(one, notebook=note.notebook, position=one.position or behind) for one in made]
        gone = [card for card in here if card.id not in {one.id for one in cards}]
        await self.practice.store.add(media=draft.shown.values())
        await self.practice.keep([note], cards)
        await self.practice.drop(gone)
        self._keep_shown(note)
        if draft.is_new:
            self._page.do(Persist())
        told = Text("cards.saved" if not draft.is_new else "cards.added", count=len(cards))
        self._notices.toast(Toast(f"card-{note.id}", told, (Text("cards.edit"), "page:visit", f"{ALL}/{note.id}")))
        if (shown := self.draft()) and shown.note.id == note.id:  # nobody has left the editor meanwhile
            self.draft.set(None)
            if self._navigation.lead(ALL, since):
                self._page.do(Focus("new-card"))

    def _keep_shown(self, *notes: Note) -> None:
        self.notes.set({**(self.notes() or {}), **{one.id: one for one in notes}})

    def _forget(self, id: str) -> None:
        self.notes.set({key: one for key, one in (self.notes() or {}).items() if key != id})


def _of_note(cards: Mapping[str, Card], note: str) -> tuple[Card, ...]:
    return tuple(sorted((one for one in cards.values() if one.note == note), key=lambda one: one.ordinal))
