"""Cards as a package of Anki's: all of them, or those of a notebook with the ones named below it.

session.act("packing:choose", "all")                               # the form is shown
session.act("packing:save", {"notebook": "all", "scheduling": "on"})
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.actions import action
from app.core.anki import AnkiFiles, AnkiNote
from app.core.commands import Focus, SaveFile
from app.core.days import midnight
from app.core.document_files import DocumentFiles
from app.core.errors import AppError
from app.core.file_names import download_name
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.texts import Text, TextOrWords, Words, in_a_row
from app.session.library import Library
from app.session.notices import Notices, Shown
from app.session.practice import Practice
from app.study.practice.anki import Giving, anki_kind, given, kind_for
from app.study.practice.markup import as_html, renamed
from app.study.practice.records import Card, MediaName, Note, Review, media_of_kind
from app.study.practice.store import PracticeStore

JOB, NOTICE = "anki-export", "anki-saved"
FILE = "anki-export"  # where the package lies while the browser saves it; the library frees it at its next start
CHUNK = 200
MOST_MEDIA = 200_000_000  # characters of base64: a package is written in one piece
ALL = "all"


@dataclass(frozen=True, slots=True)
class Exporting:
    """What the form stands at. `share` is how much was written, None while it waits for the person."""

    notebook: str = ALL
    share: float | None = None


class AnkiExport:
    """The actions `packing:*`."""

    def __init__(
        self,
        notices: Notices,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        practice: Practice,
        files: Callable[[], AnkiFiles],
        saved: DocumentFiles,
        library: Callable[[], Library],
    ) -> None:
        self._notices, self._jobs, self._page, self._clock = notices, jobs, page, clock
        self._words, self._practice, self._files, self._saved = words, practice, files, saved
        self._library = library
        self.work: Signal[Exporting | None] = Signal(None)

    @action("packing:choose", str)
    def choose(self, notebook: str) -> None:
        """Ask what is exported, beginning with a notebook ("all" for every one)."""
        self.work.set(Exporting(notebook or ALL))
        self._page.now()
        self._page.do(Focus("anki-notebook"))

    @action("packing:stop")
    async def stop(self) -> None:
        """Export nothing, or no further."""
        await self._jobs.stop(JOB)
        self.work.set(None)

    @action("packing:save", dict[str, str])
    def save(self, form: dict[str, str]) -> None:
        """Save a package."""
        notebook = form.get("notebook", ALL)
        self._jobs.start(JOB, self._export(notebook, with_scheduling="scheduling" in form))

    async def _export(self, notebook: str, *, with_scheduling: bool) -> None:
        self.work.set(Exporting(notebook, 0.0))
        try:
            store, library = self._practice.store, self._library()
            if not library.is_known():
                await library.refresh()
            names = {one.id: one.name for one in library.notebooks().values()}
            cards = await _cards_in(store, _wanted(names, notebook))
            notes = [one for one in (await store.all_notes()).values() if one.id in cards]
            if not notes:
                raise AppError(Text("anki.nothing"), Text("anki.nothing_cure"))
            name = download_name(names.get(notebook, self._words(Text("cards.page_title"))), "apkg")
            left = await self._pack(notes, cards, names, with_scheduling=with_scheduling)
            await self._save(name)
        finally:
            self.work.set(None)
        self._tell(name, sum(len(cards[one.id]) for one in notes), left)

    async def _pack(
        self, notes: Sequence[Note], cards: Mapping[str, list[Card]], names: Mapping[str, str], *, with_scheduling: bool
    ) -> int:
        """Write the package; gives how many pictures and sounds there was no room for."""
        store = self._practice.store
        types = await store.note_types()
        kinds = {id: anki_kind(one) for id, one in types.items()}
        reviews = _by_card([one for day in await store.all_days() for one in day.reviews]) if with_scheduling else {}
        by = Giving(kinds, names, as_html, with_scheduling, reviews)
        used = {one.id: one for one in (kind_for(note, kinds) for note in notes)}
        anki = self._files()
        await anki.begin(tuple(used.values()), midnight(self._clock.now()) + 4 * 3600)
        shown = [item for id in types for item in media_of_kind(types[id]) if kinds[id].id in used]
        media = _Media(store)
        for at in range(0, len(notes), CHUNK):
            some = notes[at : at + CHUNK]
            named = [*(shown if not at else ()), *(item for note in some for item in note.media)]
            data = await media.next(named)
            made = [media.as_written(given(note, cards[note.id], by), note) for note in some]
            await anki.add(made, data)
            if work := self.work():
                self.work.set(replace(work, share=at / len(notes)))
        return media.left

    async def _save(self, name: str) -> None:
        data = b64decode(await self._files().finish())
        await self._saved.keep_bytes(FILE, data)
        self._page.do(SaveFile(await self._saved.file(FILE), name))

    def _tell(self, name: str, count: int, left: int) -> None:
        told: list[TextOrWords] = [Text("anki.saved", cards=Text("study.cards", count=count), file=name)]
        if left:
            told.append(Text("anki.no_room", count=left))
        self._notices.show(Shown(NOTICE, in_a_row(*told), everywhere=True))


class _Media:
    """The pictures and sounds of notes, each once, as long as there is room. Two that have one name here, which other
    notes know other files by, get two names."""

    def __init__(self, store: PracticeStore) -> None:
        self._store, self._used = store, 0
        self._ids, self._names = dict[str, str](), dict[MediaName, str]()
        self.left = 0

    async def next(self, named: Sequence[MediaName]) -> list[tuple[str, str]]:
        """Those that were not given yet, as (name, base64)."""
        new = {self._name(one): one.media for one in named if one not in self._names}
        found, given = await self._store.media(new.values()), list[tuple[str, str]]()
        for name, id in new.items():
            media = found.get(id)
            if media is None:
                continue
            if self._used + len(media.content) > MOST_MEDIA:
                self.left += 1
                continue
            self._used += len(media.content)
            given.append((name, media.content))
        return given

    def _name(self, one: MediaName) -> str:
        stem, dot, ending = one.name.rpartition(".")
        other = f"{stem or ending}-{one.media[:12]}{dot if stem else ''}{ending if stem else ''}"
        name = one.name if self._ids.setdefault(one.name, one.media) == one.media else other
        self._ids[name], self._names[one] = one.media, name
        return name

    def as_written(self, written: AnkiNote, note: Note) -> AnkiNote:
        """A note with its files by the names that they have in the package."""
        names = {one.name: new for one in note.media if (new := self._names.get(one, one.name)) != one.name}
        return replace(written, fields=tuple(renamed(text, names) for text in written.fields)) if names else written


def _wanted(names: Mapping[str, str], notebook: str) -> set[str] | None:
    """The notebooks whose cards are given: one and those that are named below it; None for all."""
    if notebook == ALL:
        return None
    name = names.get(notebook, "")
    return {notebook, *(id for id, other in names.items() if name and other.startswith(f"{name}::"))}


async def _cards_in(store: PracticeStore, notebooks: set[str] | None) -> dict[str, list[Card]]:
    """The cards by their notes, in order."""
    found = dict[str, list[Card]]()
    for card in (await store.cards()).values():
        if notebooks is None or card.notebook in notebooks:
            found.setdefault(card.note, []).append(card)
    return {note: sorted(those, key=lambda one: one.ordinal) for note, those in found.items()}


def _by_card(reviews: Sequence[Review]) -> dict[str, list[Review]]:
    found = dict[str, list[Review]]()
    for one in sorted(reviews, key=lambda one: one.at):
        found.setdefault(one.card, []).append(one)
    return found
