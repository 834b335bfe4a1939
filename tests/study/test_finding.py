"""The search of the chats: what is found, in which order, with which line; and what never is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, replace

from app.core.finding import Query, Rank
from app.records.shared import SharedRecords
from app.study.attachments import Attachment, file_of
from app.study.chats import Chat, ChatStore, Turn
from app.study.finding import ChatIndex, Found, Hit, around
from tests.memory import FakeClock, MemoryRecords, MemoryTabs
from tests.study.test_chats import say, talk


class Library:
    """Chats and their index, which hears of every write."""

    def __init__(self, step: float = 0.0) -> None:
        self.own = MemoryRecords()
        shared = SharedRecords(self.own, MemoryTabs())
        self.clock = FakeClock(step=step)
        self.chats = ChatStore(shared, FakeClock(step=1.0))
        self.index = ChatIndex(shared, self.clock)
        shared.on_write = self.index.wrote

    async def find(self, typed: str, chats: Sequence[Chat] | None = None) -> Found:
        """Read what is not known, and search."""
        chats = await self.chats.all() if chats is None else chats
        await self.index.read(chats)
        return await self.index.search(chats, Query.of(typed))

    async def ids(self, typed: str) -> list[str]:
        """The chats that are found, in order."""
        return [hit.chat_id for hit in (await self.find(typed)).hits]


def played(scene: Callable[[Library], Awaitable[None]]) -> None:
    async def body() -> None:
        await scene(Library())

    asyncio.run(body())


def test_every_word_is_wanted_anywhere_in_the_chat() -> None:
    async def scene(library: Library) -> None:
        sky = await talk(library.chats, "Why is the SKY blue?", "Because air scatters light.")
        leaf = await talk(
            library.chats, "Why are leaves green?", "Chlorophyll, on every Straße, sends green light back."
        )
        assert await library.ids("why light") == [leaf.id, sky.id]
        assert await library.ids("sky LIGHT") == [sky.id]
        assert await library.ids("strasse") == [leaf.id]
        assert await library.ids("sky leaves") == []
        [hit] = (await library.find("light sky")).hits
        assert hit == Hit(sky.id, Rank.TEXT, sky.path[1], "Because air scatters light.")
        [hit] = (await library.find("is sky")).hits
        assert (hit.turn_id, hit.line) == ("", ""), "the title says it all"

    played(scene)


def test_titles_come_before_texts_their_beginnings_first_and_among_equals_what_was_used_last() -> None:
    async def scene(library: Library) -> None:
        said = ("In a text: wave", "inside: microwaves", "A wave", "Wave theory", "Waves, again")
        made = {text: (await talk(library.chats, text)).id for text in said}
        text = await library.chats.change((await library.chats.all())[-1], title="Other")
        assert text.id == made["In a text: wave"]
        order = ("Waves, again", "Wave theory", "A wave", "inside: microwaves", "In a text: wave")
        assert await library.ids("wave") == [made[one] for one in order]

    played(scene)


def test_versions_that_are_not_on_show_deleted_chats_and_what_is_private_are_not_found() -> None:
    async def scene(library: Library) -> None:
        chat = await talk(library.chats, "Question", "an older answer")
        chat, _ = await say(library.chats, chat, "a newer answer", parent=chat.path[0])
        assert await library.ids("older") == []
        assert await library.ids("newer") == [chat.id]
        chat = await library.chats.show(chat, (await library.chats.siblings(chat, await _last(library, chat)))[0])
        assert await library.ids("older") == [chat.id]
        secret = await talk(library.chats, "Private matter", "a whispered word")
        assert await library.ids("whispered") == [secret.id]
        secret = await library.chats.change(secret, is_private=True)
        assert await library.ids("whispered") == []
        assert await library.ids("matter") == [secret.id], "whether it is offered at all, the session decides"
        gone = await talk(library.chats, "Gone", "with the wind")
        assert await library.ids("wind") == [gone.id]
        await library.chats.delete(gone)
        assert await library.ids("wind") == []

    played(scene)


async def _last(library: Library, chat: Chat) -> Turn:
    return (await library.chats.tail(chat, 1))[0]


def test_what_is_written_later_is_found_and_thinking_is_not() -> None:
    async def scene(library: Library) -> None:
        chat = await talk(library.chats, "Question", "first")
        assert await library.ids("second") == []
        reply = await _last(library, chat)
        await library.chats.save_turn(replace(reply, text="<think>third</think>second"))
        assert await library.ids("second") == [chat.id], "a reply grows without its chat's record"
        assert await library.ids("third") == []
        chat, _ = await say(library.chats, chat, "fourth")
        assert await library.ids("fourth") == [chat.id]
        reads = library.own.reads
        await library.index.read(await library.chats.all())
        assert library.own.reads == reads, "nothing is read twice"

    played(scene)


def test_what_is_attached_is_found_behind_what_is_said_and_leads_to_its_message() -> None:
    async def scene(library: Library) -> None:
        notes = file_of("text/plain", "Bernoulli's equation\n" + "filler " * 300 + "along a STREAMLINE, naïvely.")
        await library.own.write([("files", notes.id, asdict(notes))])
        kept = (Attachment(notes.id, "notes.txt", "text/plain"), Attachment("p", "Tafel.jpg", "image/jpeg"))
        asked = await talk(library.chats, "Question", "Answer")
        asked, turn = await say(library.chats, asked, "")
        await library.chats.save_turn(replace(turn, attachments=kept))
        said = await talk(library.chats, "Another", "A streamline")
        assert await library.ids("streamline") == [said.id, asked.id]
        [_, hit] = (await library.find("streamline")).hits
        assert (hit.rank, hit.turn_id) == (Rank.ATTACHED, turn.id)
        assert hit.line.startswith("… ")
        assert "along a STREAMLINE" in hit.line
        [hit] = (await library.find("question naively answer")).hits
        assert (hit.chat_id, hit.turn_id, hit.rank) == (asked.id, turn.id, Rank.ATTACHED)
        [hit] = (await library.find("tafel")).hits
        assert (hit.turn_id, hit.line) == (turn.id, "Tafel.jpg")
        assert await library.ids("image") == []
        await library.chats.delete(asked)
        assert await library.ids("streamline") == [said.id]

    played(scene)


def test_titles_are_found_before_the_texts_are_read() -> None:
    async def scene(library: Library) -> None:
        chat = await talk(library.chats, "Rivers", "The Danube")
        chats = await library.chats.all()
        found = await library.index.search(chats, Query.of("rivers"))
        assert ([hit.chat_id for hit in found.hits], found.is_whole) == ([chat.id], False)
        assert (await library.index.search(chats, Query.of("danube"))).hits == ()
        assert (await library.find("danube")).is_whole

    played(scene)


def test_what_is_written_while_it_is_read_is_read_again() -> None:
    async def scene(library: Library) -> None:
        chat = await talk(library.chats, "Rivers", "The Danube")
        chats = await library.chats.all()
        get = library.own.get

        async def interrupted(shelf: str, keys: Sequence[str]) -> list[dict[str, object] | None]:
            found = await get(shelf, keys)
            library.index.wrote([("turns", chat.path[1])])
            return found

        library.own.get = interrupted  # type: ignore[method-assign]
        await library.index.read(chats)
        assert not library.index.is_whole(chats)
        library.own.get = get  # type: ignore[method-assign]
        await library.index.read(chats)
        assert library.index.is_whole(chats)

    played(scene)


def test_others_have_their_turn_while_it_reads_and_searches_and_a_search_can_be_stopped() -> None:
    async def body() -> None:
        library = Library(step=1.0)  # every look at the clock is a second later
        for number in range(40):
            await talk(library.chats, f"Question {number}", "An answer")
        chats, turns = await library.chats.all(), 0

        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        beside = asyncio.create_task(other())
        await library.index.read(chats)
        assert turns > 1
        before = turns
        await library.index.search(chats, Query.of("nothing"))
        assert turns > before
        search = asyncio.create_task(library.index.search(chats, Query.of("answer")))
        await asyncio.sleep(0)
        search.cancel()
        assert isinstance((await asyncio.gather(search, return_exceptions=True))[0], asyncio.CancelledError)
        beside.cancel()

    asyncio.run(body())


def test_a_line_shows_the_word_and_where_it_was_cut() -> None:
    text = "**Start** " + "filler " * 300 + "the _needle_ lies here " + "more " * 100
    line = around(text, ["needle"], text.lower().index("needle"))
    assert line.startswith("… ")
    assert "the needle lies here" in line
    assert len(line) <= 162
    assert around("Short **bold** text", ["bold"], 8) == "Short bold text"


def test_what_another_page_writes_is_read_again() -> None:
    async def scene(library: Library) -> None:
        tabs = MemoryTabs()
        here, there = SharedRecords(library.own, tabs), SharedRecords(library.own, tabs.another())
        here.on_write = library.index.wrote
        here.listen(lambda wrote: None)
        chat = await talk(library.chats, "Question", "first")
        assert await library.ids("second") == []
        await ChatStore(there, library.clock).save_turn(replace(await _last(library, chat), text="second"))
        assert await library.ids("second") == [chat.id]

    played(scene)
