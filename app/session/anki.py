"""Cards from Anki: a file is looked into first, and brought in when the person says so.

    session.act("anki:open", Picked(…))         # an .apkg, a .colpkg, or a table of questions and answers
    session.act("anki:bring", "")               # what was found becomes notes, cards and answers

The file is read in the librarian's worker, a few hundred notes at a time, twice: once to say what is in it, once to
bring it in. A note is known by its guid (`app.study.practice.already`): one that is here is changed where the file's is
newer, and nothing is doubled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from app.core.actions import Picked, PickedFile, action
from app.core.anki import AnkiFile, AnkiFiles, AnkiKind, AnkiMedia, AnkiNote, Skip
from app.core.commands import Focus, Persist
from app.core.errors import StorageError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text, in_a_row
from app.session.anki_undo import Came, taken_back
from app.session.library import Library
from app.session.navigation import Navigation
from app.session.notices import Notices, Shown
from app.session.practice import Practice
from app.study.archive.merging import Tally
from app.study.chats import new_id
from app.study.library.documents import Notebook
from app.study.practice.already import Already
from app.study.practice.anki import DEFAULT_DECK, Taken, Taking, by_days, kind_record, names_of_kind, note_kind, taken
from app.study.practice.markup import names_in
from app.study.practice.media import media_of
from app.study.practice.records import NoteType, Review

JOB, NOTICE, ALL = "anki", "anki-done", "#/cards/all"
CHUNK = 200  # notes at a time
MEDIA_BYTES = 6_000_000  # of pictures and sounds at a time


@dataclass(frozen=True, slots=True)
class Bringing:
    """A file that was picked: how much of it was read or brought in, and once it is `ready`, what is in it: how many
    notes are new here, changed, or the same, and how many cards get a first estimate where FSRS knows nothing."""

    phase: Literal["reading", "ready", "writing"]
    name: str
    share: float = 0.0
    file: AnkiFile = field(default_factory=lambda: AnkiFile("text"))
    tally: Tally = field(default_factory=Tally)
    guessed: int = 0
    decks: tuple[str, ...] = ()  # those that become notebooks
    with_scheduling: bool = True


class AnkiImport:
    """The actions `anki:*`."""

    def __init__(
        self,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        practice: Practice,
        navigation: Navigation,
        files: Callable[[], AnkiFiles],
        library: Callable[[], Library],
    ) -> None:
        self._notices, self._jobs, self._page, self._clock = notices, jobs, page, clock
        self._practice, self._navigation, self._files, self._library = practice, navigation, files, library
        self.work: Signal[Bringing | None] = Signal(None)
        self._picked: PickedFile | None = None
        self._came = Came()  # what the last import has done

    # -- looked into

    @action("anki:open", Picked)
    def open(self, picked: Picked) -> None:
        """Look into a file that was picked or dropped."""
        self._navigation.visit(ALL)
        self._jobs.start(JOB, self._look(picked.first))

    async def _look(self, picked: PickedFile) -> None:
        async with self._under_way(Bringing("reading", picked.name)):
            file = await self._files().open(picked.handle, picked.name)
            here, by = await self._here(), self._taking(file, {})
            tally, guessed, decks = Tally(), 0, set[str]()
            async for notes in self._notes(file):
                decks |= _decks_of(notes)
                for one in notes:
                    came = _taken(one, by, here)
                    tally.add_one(is_new=came.is_new, is_changed=came.is_changed)
                    guessed += came.guessed
        self._picked = picked
        self.work.set(Bringing("ready", picked.name, 1.0, file, tally, guessed, tuple(sorted(decks))))
        self._page.now()
        self._page.do(Focus("anki-run" if tally.new or tally.changed else "anki-close"))

    @asynccontextmanager
    async def _under_way(self, work: Bringing) -> AsyncGenerator[None, None]:
        self.work.set(work)
        try:
            yield
        finally:
            self.work.set(None)

    async def _notes(self, file: AnkiFile) -> AsyncGenerator[Sequence[AnkiNote], None]:
        """All notes of the file that is open, and how far it is."""
        for at in range(0, file.notes, CHUNK):
            yield await self._files().notes(at, CHUNK)
            if work := self.work():
                self.work.set(replace(work, share=min(1.0, (at + CHUNK) / file.notes)))

    async def _here(self) -> Already:
        store = self._practice.store
        return Already((await store.all_notes()).values(), (await store.cards()).values())

    def _taking(self, file: AnkiFile, notebooks: Mapping[str, str], **more: bool) -> Taking:
        kinds = {one.id: one for one in file.kinds}
        now, tomorrow = self._clock.now(), self._practice.tomorrow()
        return Taking(kinds, notebooks, {}, now, tomorrow, new_id, is_text=file.form == "text", **more)

    @action("anki:scheduling", bool)
    def scheduling(self, is_on: bool) -> None:
        """Whether due dates and past answers come in, too."""
        if work := self.work():
            self.work.set(replace(work, with_scheduling=is_on))

    @action("anki:stop")
    async def stop(self) -> None:
        """Read no further, or bring in nothing of what was found; what was brought in so far stays."""
        await self._jobs.stop(JOB)
        self.work.set(None)
        self._picked = None
        await self._files().close()

    # -- brought in

    @action("anki:bring")
    def bring(self) -> None:
        """Bring in what was found."""
        work, picked = self.work(), self._picked
        if work and picked and work.phase == "ready":
            self._jobs.start(JOB, self._bring(picked, work))

    async def _bring(self, picked: PickedFile, work: Bringing) -> None:
        came, skipped = Came(), Counter[Skip](dict(work.file.skipped))
        async with self._under_way(replace(work, phase="writing", share=0.0)):
            try:
                await self._write_all(picked, work, came, skipped)
            finally:
                self._came = came
                self._practice.elsewhere()
                self._show(came, skipped)
        await self._files().close()

    async def _write_all(self, picked: PickedFile, work: Bringing, came: Came, skipped: Counter[Skip]) -> None:
        file = await self._files().open(picked.handle, picked.name)  # who reads it may have been at rest since
        library = self._library()
        if not library.is_known():
            await library.refresh()
        here, types = await self._here(), await self._practice.store.note_types()
        notebooks = {one.name: one.id for one in library.notebooks().values()}
        by = self._taking(file, notebooks, with_scheduling=work.with_scheduling)
        by.kinds = _as_here(by.kinds, types, self._clock.now()) if by.is_text else by.kinds
        by.position = 1 + max((one.position for each in here.cards.values() for one in each), default=0)
        media = {one.name: one for one in file.media}
        await self._keep_types(by, media, picked, came, skipped)
        async for notes in self._notes(file):
            await self._make_notebooks(notes, notebooks, came)
            await self._bring_media(picked, _named(notes), media, by, came, skipped)
            await self._write(notes, by, here, came)

    async def _keep_types(
        self, by: Taking, media: Mapping[str, AnkiMedia], picked: PickedFile, came: Came, skipped: Counter[Skip]
    ) -> None:
        """The note types, with the pictures that their templates show."""
        kinds = [one for one in by.kinds.values() if not by.is_text or note_kind(one) == "other"]
        names = {one.id: names_of_kind(one) for one in kinds}
        every = [name for those in names.values() for name in those]
        await self._bring_media(picked, every, media, by, came, skipped)
        shown = {id: {name: by.media[name] for name in those if name in by.media} for id, those in names.items()}
        before = await self._practice.store.note_types()
        came.types = {str(one.id): before.get(str(one.id)) for one in kinds}
        await self._practice.store.add(types=[kind_record(one, by.now, shown[one.id]) for one in kinds])

    async def _make_notebooks(self, notes: Sequence[AnkiNote], notebooks: dict[str, str], came: Came) -> None:
        """A notebook for each deck that has a card."""
        library = self._library()
        for name in sorted(_decks_of(notes) - set(notebooks)):
            made = Notebook(new_id(), name, self._clock.now())
            await library.keep_notebook(made)
            notebooks[name] = made.id
            came.notebooks.append(made.id)

    async def _bring_media(
        self,
        picked: PickedFile,
        names: Iterable[str],
        media: Mapping[str, AnkiMedia],
        by: Taking,
        came: Came,
        skipped: Counter[Skip],
    ) -> None:
        """Pictures and sounds of these names, that did not come before."""
        wanted = [media[name] for name in dict.fromkeys(names) if name in media and name not in by.media]
        while wanted:
            batch, size = list[AnkiMedia](), 0
            while wanted and (not batch or size < MEDIA_BYTES):
                batch.append(wanted.pop(0))
                size += batch[-1].size_bytes
            contents = await self._files().media(picked.handle, batch)
            made = {
                one.name: media_of(one.name, content) for one, content in zip(batch, contents, strict=True) if content
            }
            skipped["media_gone"] += len(batch) - len(made)
            await self._practice.store.add(media=made.values())
            by.media = {**by.media, **{name: one.id for name, one in made.items()}}
            came.media += [one.id for one in made.values()]

    async def _write(self, notes: Sequence[AnkiNote], by: Taking, here: Already, came: Came) -> None:
        every = [_taken(one, by, here) for one in notes]
        changed = [one for one in every if one.is_changed]
        days = by_days(await self._lacking(review for one in changed for review in one.reviews))
        cards = [card for one in changed for card in one.cards]
        await self._practice.store.add([one.note for one in changed], cards, days=days)
        came.add(every, days, here)

    async def _lacking(self, reviews: Iterable[Review]) -> list[Review]:
        """The answers that are not here under another id: those that were given here, and came back."""
        found = list(reviews)
        days = await self._practice.store.days([one.id for one in by_days(found)])
        known = {(one.card, round(one.at * 1000)) for day in days for one in day.reviews}
        return [one for one in found if (one.card, round(one.at * 1000)) not in known]

    def _show(self, came: Came, skipped: Mapping[Skip, int]) -> None:
        """What came in, what did not, and the way back."""
        if came.notes.new or came.notes.changed:
            self._page.do(Persist())
        tally = came.notes
        made = Text("anki.done", notes=Text("anki.notes", count=tally.new), cards=Text("study.cards", count=came.cards))
        told = [made if tally.new or tally.changed else Text("anki.nothing_new")]
        if tally.changed:
            told.append(Text("anki.updated", count=tally.changed))
        if tally.same and (tally.new or tally.changed):
            told.append(Text("anki.same", count=tally.same))
        if came.media:
            told.append(Text("anki.media", count=len(came.media)))
        told += [skip_told(why, count) for why, count in skipped.items() if count]
        buttons = ((Text("imports.undo"), "anki:undo", ""),) if came.new or came.changed else ()
        self._notices.show(Shown(NOTICE, in_a_row(*told), buttons=buttons, everywhere=True))

    @action("anki:undo")
    async def undo(self) -> None:
        """Take back what the last import has done. Raises StorageError, after which it can be tried again."""
        came, self._came = self._came, Came()
        try:
            removed, put_back = await taken_back(came, self._practice.store, self._library())
        except StorageError:
            self._came = came
            raise
        self._practice.elsewhere()
        told = [Text("anki.undone", count=removed)] if removed or not put_back else []
        told += [Text("anki.put_back", count=put_back)] if put_back else []
        self._notices.show(Shown(NOTICE, in_a_row(*told), everywhere=True))


SKIPS: Mapping[Skip, Callable[[int], Text]] = {
    "note_broken": lambda count: Text("anki.skip_note", count=count),
    "card_broken": lambda count: Text("anki.skip_card", count=count),
    "media_name": lambda count: Text("anki.skip_name", count=count),
    "media_gone": lambda count: Text("anki.skip_gone", count=count),
    "media_large": lambda count: Text("anki.skip_large", count=count),
    "line_broken": lambda count: Text("anki.skip_line", count=count),
}


def skip_told(why: Skip, count: int) -> Text:
    """What was left out, and why."""
    return SKIPS[why](count)


def _taken(one: AnkiNote, by: Taking, here: Already) -> Taken:
    """A note of the file, which is here then."""
    one = here.named(one, note_kind(by.kinds[one.kind]))
    found = here.find(one)
    made = taken(one, by, found, here.cards.get(found.id, ()) if found else ())
    here.put(made.note, made.cards)
    return made


def _decks_of(notes: Iterable[AnkiNote]) -> set[str]:
    """The decks that have a card, but for the one that is none here."""
    names = {card.deck for one in notes for card in one.cards} | {one.deck for one in notes if not one.cards}
    return names - {"", DEFAULT_DECK}


def _named(notes: Iterable[AnkiNote]) -> list[str]:
    return [name for one in notes for text in one.fields for name in names_in(text)]


def _as_here(kinds: Mapping[int, AnkiKind], types: Mapping[str, NoteType], now: float) -> dict[int, AnkiKind]:
    """A text's note types under ids of their own: that of the one that is here by the same name and fields."""
    found = dict[int, AnkiKind]()
    for place, (id, kind) in enumerate(kinds.items()):
        names = tuple(one.name for one in kind.fields)
        here = next((one for one in types.values() if (one.name, one.fields) == (kind.name, names)), None)
        found[id] = replace(kind, id=int(here.id) if here and here.id.isdecimal() else round(now * 1000) + place)
    return found
