"""What a person does with personas: make, change, delete, share; and the one that a chat has.

await personas.look()                   # read those that the person keeps, once
personas.all()                          # theirs, those of catalogues, those that came along
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from app.core.actions import Picked, action
from app.core.commands import Save
from app.core.errors import StorageError
from app.core.file_names import download_name
from app.core.persona import Persona
from app.core.ports import Clock, Page
from app.core.texts import Text, Words
from app.models.store.manager import LocalModelManager
from app.records.checked import CheckedRecords
from app.session.notices import Notices, Shown, Toast
from app.session.state import Opening, State
from app.study.chats import Chat, ChatStore, new_id
from app.study.personas import built_in, is_same, persona_from, read_personas, typed, write_personas

SHELF = "personas"


@dataclass(frozen=True, slots=True)
class PersonaForm:
    """A persona as it was typed; `arg` is the id of the one that is changed, "" for a new one."""

    arg: str
    name: str
    instructions: str
    about: str = ""


class Personas:
    """The actions `personas:*`."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        store: ChatStore,
        page: Page,
        clock: Clock,
        records: CheckedRecords,
        manager: LocalModelManager,
        words: Words,
    ) -> None:
        self._state, self._notices, self._store = state, notices, store
        self._page, self._clock, self._records, self._manager = page, clock, records, manager
        self._words = words
        self._deleted: dict[str, Persona] = {}

    # -- those that there are

    async def look(self) -> None:
        """Read what the person keeps, unless that is known. Raises StorageError."""
        if self._state.personas() is None:
            await self.read_again()

    async def read_again(self) -> None:
        """The same, whatever is known. Raises StorageError."""
        kept = (persona_from(record) for record in await self._records.all(SHELF))
        self._state.personas.set(tuple(sorted(kept, key=lambda one: one.name.casefold())))

    def own(self) -> tuple[Persona, ...]:
        """What the person keeps, by name."""
        return self._state.personas() or ()

    def all(self) -> tuple[Persona, ...]:
        """Every persona that can be chosen: the person's own first, then those of catalogues."""
        listed = (one for catalog in self._state.catalogs() for one in catalog.personas)
        return (*self.own(), *listed, *built_in(self._words))

    def catalog_of(self, id: str) -> str:
        """The title of the catalogue that a persona comes from, "" where it comes from none."""
        listed = ((one.id, catalog.title) for catalog in self._state.catalogs() for one in catalog.personas)
        return dict(listed).get(id, "")

    def named(self, id: str) -> Persona | None:
        """The persona of an id, None where there is none (any more)."""
        return next((one for one in self.all() if one.id == id), None)

    async def now(self, chat: Chat) -> Persona | None:
        """By whom a chat is answered: its persona as it reads now, or as the chat has kept it where it is gone. Raises
        StorageError."""
        if chat.persona is None:
            return None
        await self.look()
        persona = self.named(chat.persona.id) or chat.persona
        if persona != chat.persona:
            await self._store.change(chat, persona=persona)
        return persona

    # -- the list

    @action("personas:save", PersonaForm)
    async def save(self, form: PersonaForm) -> None:
        """Keep a new persona, or a changed one. Raises BadPersonas, StorageError."""
        await self.look()
        before = self.named(form.arg)
        tutors, now = before is not None and before.tutors, self._clock.now()
        await self._keep(typed(form.arg or new_id(), form.name, form.about, form.instructions, now, tutors=tutors))
        self._state.sheet.set(None)

    @action("personas:duplicate", str)
    async def duplicate(self, id: str) -> None:
        """Keep a copy, and let it be changed. Raises StorageError."""
        await self.look()
        if one := self.named(id):
            name = self._words(Text("personas.copy_of", persona=one.name))
            copy = typed(new_id(), name, one.about, one.instructions, self._clock.now(), tutors=one.tutors)
            await self._keep(copy)
            self._state.sheet.set(Opening(f"persona/{copy.id}"))

    @action("personas:delete", str)
    async def delete(self, id: str) -> None:
        """Delete one, with a way back. Chats that have it keep it. Raises StorageError."""
        one = next((one for one in self.own() if one.id == id), None)
        if one is None:
            return
        await self._records.write([], [(SHELF, id)])
        self._deleted[id] = one
        await self.read_again()
        self._offer_back(one)

    def _offer_back(self, one: Persona) -> None:
        button = (Text("personas.undo"), "personas:undo", one.id)
        self._notices.toast(Toast(f"persona-{one.id}", Text("personas.deleted", persona=one.name), button))

    @action("personas:undo", str)
    async def undo(self, id: str) -> None:
        """Bring a deleted one back. Raises StorageError, after which it can be tried again."""
        self._notices.toast_over(f"persona-{id}")
        if one := self._deleted.pop(id, None):
            try:
                await self._keep(one)
            except StorageError:
                self._deleted[id] = one
                self._offer_back(one)
                raise

    async def _keep(self, *personas: Persona) -> None:
        await self._records.write([(SHELF, one.id, asdict(one)) for one in personas])
        await self.read_again()

    # -- files

    @action("personas:export", str)
    async def export(self, id: str) -> None:
        """Save one as a file; "" saves all that the person keeps. Raises StorageError."""
        await self.look()
        one = self.named(id)
        chosen = (one,) if one else self.own()
        name = one.name if one else self._words(Text("personas.file"))
        self._page.do(Save(download_name(name, "json"), write_personas(chosen), "application/json"))

    @action("personas:import", Picked)
    async def bring(self, picked: Picked) -> None:
        """Take in the personas of a file; what is here already is passed over. Raises BadPersonas, LoadFailed."""
        found = read_personas(await self._manager.importer.text(picked.first.handle))
        await self.look()
        new: list[Persona] = []
        for one in found:
            if not any(is_same(one, known) for known in (*self.all(), *new)):
                new.append(replace(one, id=new_id(), updated=self._clock.now()))
        if new:
            await self._keep(*new)
        told = Text("personas.imported", count=len(new)) if new else Text("personas.all_here")
        self._notices.show(Shown("personas-imported", told))
