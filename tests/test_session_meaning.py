"""Documents found by what they mean: vectors made in the background, with what may leave this device and what not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from app.core.embeds import Embeds
from app.core.errors import AppError, TooLong, Unreachable
from app.core.places import Place, Purpose, sent_to
from app.core.texts import Text
from app.core.values import Model
from app.core.vectors import ToEmbed, ToRank, Vectors
from app.models.answering.egress import Egress
from app.models.store.rows import Row, Status
from app.session.searching import Searched
from app.study.library.meaning import key_of
from tests.test_session_library import World as Library
from tests.test_session_library import scenes

READS = Embeds(3, document="passage: ", query="query: ")
SMALL = Model("small", "Small", "embedding", 10, is_bundled=True, embeds=READS)
OTHER = Model("other", "Other", "embedding", 10)
JUDGE = Model("judge", "Judge", "rerank", 10)
FAR = "cloud:openai:big"


class Embedder:
    """Vectors by which of a few ideas a text has: words that mean the same count as one."""

    ideas = (("flood", "tide", "ebb"), ("moon", "lunar"), ("sugar", "glucose"))

    def __init__(self, egress: Egress) -> None:
        self.egress, self.asked, self.ranked = egress, list[tuple[Model, ToEmbed]](), list[ToRank]()
        self.free = asyncio.Event()
        self.free.set()
        self.fails: Exception | None = None
        self.most = 1000  # characters

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        self.egress.check(model, asked.why)
        await self.free.wait()
        if self.fails:
            raise self.fails
        if any(len(text) > self.most for text in asked.texts):
            raise TooLong(Text("vectors.too_long", model=model.name))
        self.asked.append((model, asked))
        rows = tuple(tuple(float(any(w in text.lower() for w in idea)) for idea in self.ideas) for text in asked.texts)
        return Vectors(model.id, rows)

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        self.egress.check(model, asked.why)
        self.ranked.append(asked)
        return tuple(float(text.count("moon")) for text in asked.texts)

    def texts(self, use: str = "document") -> list[str]:
        return [text for _, asked in self.asked if asked.use == use for text in asked.texts]


class World(Library):
    """The library with models that make vectors."""

    def __init__(self, before: Library | None = None) -> None:
        super().__init__(before)
        if before:
            self.librarian.vectors = before.librarian.vectors
        self.embedder = Embedder(self.session.egress)
        vars(self.session)["embedders"] = self.embedder
        rows = tuple(Row(model, Status.READY) for model in (SMALL, OTHER))
        self.state.rows.set(rows)
        self.state.rows_at_rest.set(rows)

        self.refuses: AppError | None = None  # why no model can be made ready

        async def ready(model: Model) -> Model:
            if self.refuses:
                raise self.refuses
            return model

        self.session.readiness.make_ready = ready  # type: ignore[method-assign]

    @property
    def state(self) -> Any:
        return self.session.state

    @property
    def meaning(self) -> Any:
        return self.session.meaning

    async def begin(self) -> None:
        await super().begin()
        self.meaning.begin()
        await self.rest()

    async def search(self, words: str, documents: tuple[str, ...] | None = None, **more: Any) -> Searched:
        found = await self.session.searching.search(words, documents, 9, **more)
        await self.rest()
        return found

    def names(self, found: Searched) -> list[str]:
        return [self.library.documents()[hit.document].name for hit in found.hits]

    async def far(self) -> None:
        """A model of a service is chosen."""
        model = Model("cloud:openai:gpt", "gpt", where=sent_to("OpenAI"), place=Place.CLOUD)
        self.state.cloud.set((model,))
        await self.act("meaning:server", {"service": "openai", "name": "big"})


meant = scenes(World)


@meant
async def test_what_means_the_same_is_found_and_nothing_is_made_twice(world: World) -> None:
    await world.add(tides_txt=b"The flood runs in.\fThe lunar month.", sweet_txt=b"Glucose is sweet.")
    assert sorted(world.embedder.texts()) == ["Glucose is sweet.", "The flood runs in.", "The lunar month."]
    assert (world.meaning.making().made, world.meaning.making().state) == (3, "done")
    found = await world.search("sugar")
    assert (world.names(found), found.kind) == (["sweet.txt"], "hybrid")
    assert world.embedder.texts("query") == ["sugar"]
    await world.search("sugar")
    near = await world.meaning.near("sugar", None, is_private=False)
    assert near
    assert near.least > 0, "what is far from it counts only where words are found, too"
    assert world.embedder.texts("query") == ["sugar"], "the same words are read once"
    [asked] = {asked.why.purpose for _, asked in world.embedder.asked}
    assert asked is Purpose.EMBEDDING
    later = World(world)
    await later.begin()
    assert later.embedder.asked == []
    assert later.names(await later.search("sugar")) == ["sweet.txt"]


@meant
async def test_words_are_found_at_once_and_meaning_follows(world: World) -> None:
    await world.add(sweet_txt=b"Glucose is sweet.", sugar_txt=b"Sugar cane.")
    world.embedder.free.clear()
    await world.act("passages:find", "sugar")
    found = world.session.passages.found()
    assert found
    assert ([hit.snippet for hit in found.hits], found.is_searching) == (["Sugar cane."], True)
    world.embedder.free.set()
    await world.rest()
    found = world.session.passages.found()
    assert found
    assert {hit.snippet for hit in found.hits} == {"Sugar cane.", "Glucose is sweet."}
    assert (found.is_searching, found.kind) == (False, "hybrid")


@meant
async def test_a_reply_goes_first(world: World) -> None:
    over = asyncio.Event()
    world.session.jobs.start("reply:chat", over.wait())
    await world.add(sweet_txt=b"Glucose is sweet.")
    assert world.embedder.asked == []
    assert world.states() == {"sweet.txt": "indexed"}
    assert world.meaning.making().state == "done" or world.meaning.making().state == "waiting"
    over.set()
    await world.rest()
    assert world.embedder.texts() == ["Glucose is sweet."]


@meant
async def test_it_pauses_goes_on_and_is_switched_off(world: World) -> None:
    await world.act("meaning:pause")
    await world.add(sweet_txt=b"Glucose is sweet.")
    assert world.embedder.asked == []
    assert (world.meaning.making().state, world.meaning.making().total) == ("paused", 1)
    await world.act("meaning:resume")
    assert len(world.embedder.asked) == 1
    await world.act("meaning:model", "other")
    assert [model.id for model, _ in world.embedder.asked] == ["small", "other"], "another model, another set"
    await world.act("meaning:model", "off")
    await world.add(more_txt=b"Lunar dust.")
    assert len(world.embedder.asked) == 2
    assert (await world.search("sugar")).kind == "keyword"
    await world.act("meaning:model", "")
    assert world.embedder.texts()[2:] == ["Lunar dust."], "the earlier set is there still"


@meant
async def test_what_was_opened_last_comes_first(world: World) -> None:
    await world.act("meaning:pause")
    await world.add(a_txt=b"Flood one.\fFlood two.")
    await world.add(b_txt=b"Moon.")
    world.session.passages.look(world.one("a.txt").id, "1")
    await world.rest()
    world.session.passages.leave()
    await world.act("meaning:resume")
    assert world.embedder.texts() == ["Flood one.", "Flood two.", "Moon."]
    assert world.one("a.txt").opened_at > world.one("b.txt").added_at


@meant
async def test_of_a_text_that_is_too_long_is_read_what_can_be(world: World) -> None:
    world.embedder.most = 200
    await world.add(a_txt=b"Flood. " * 50, b_txt=b"Moon.")
    assert {len(text) <= 200 for text in world.embedder.texts()} == {True}
    assert (world.meaning.making().made, world.meaning.making().state) == (2, "done")


@meant
async def test_a_model_that_cannot_be_asked_is_told_and_words_are_found(world: World) -> None:
    world.embedder.fails = Unreachable(Text("vectors.choose"))
    await world.add(sweet_txt=b"Glucose is sweet.")
    making = world.meaning.making()
    assert (making.state, making.problem) == ("failed", world.embedder.fails)
    assert world.names(await world.search("glucose")) == ["sweet.txt"]
    world.embedder.fails = None
    await world.act("meaning:resume")
    assert world.meaning.making().state == "done"


@meant
async def test_passages_of_one_model_are_not_told_as_another_ones(world: World) -> None:
    await world.add(sweet_txt=b"Glucose is sweet.")
    world.refuses = Unreachable(Text("vectors.choose"))
    await world.far()
    making = world.meaning.making()
    assert (making.made, making.total, making.state, making.problem) == (0, 0, "failed", world.refuses)


@meant
async def test_texts_go_elsewhere_only_where_the_person_has_said_so_for_each_notebook(world: World) -> None:
    await world.act("library:named", {"name": "Sea", "arg": ""})
    sea = world.library.notebook()
    await world.add(sea_txt=b"The flood runs in.")
    await world.act("library:show", "")
    await world.add(sweet_txt=b"Glucose is sweet.")
    world.embedder.asked.clear()
    await world.far()
    assert world.embedder.asked == [], "nothing left before the answer"
    asking = {one.notebook: one for one in world.meaning.asking()}
    assert {id: (one.size_bytes, one.documents) for id, one in asking.items()} == {sea: (18, 1), "none": (17, 1)}
    await world.act("meaning:send", sea)
    assert world.embedder.texts() == ["The flood runs in."]
    assert {one.id for one, _ in world.embedder.asked} == {FAR}
    await world.act("meaning:here", "none")
    assert world.meaning.asking() == ()
    assert world.embedder.texts() == ["The flood runs in."]
    sea_document, sweet = world.one("sea.txt"), world.one("sweet.txt")
    assert (await world.search("ebb", (sea_document.id,))).kind == "hybrid"
    assert (await world.search("ebb", (sweet.id,))).kind == "keyword", "what is kept here is not asked about elsewhere"
    assert (await world.search("ebb", (sea_document.id,), is_private=True)).kind == "keyword"
    asked_before = len(world.embedder.asked)
    await world.act("offline:switch", True)
    assert (await world.search("moon", (sea_document.id,))).kind == "keyword"
    assert len(world.embedder.asked) == asked_before
    later = World(world)
    later.state.cloud.set(world.state.cloud())
    await later.begin()
    assert later.meaning.asking() == (), "it is asked once"


@meant
async def test_what_was_allowed_can_be_taken_back_and_holds_at_once(world: World) -> None:
    await world.add(sea_txt=b"The flood runs in.")
    await world.far()
    world.embedder.asked.clear()
    await world.act("meaning:send", "none")
    assert world.embedder.texts() == ["The flood runs in."]
    assert [one.id for one in world.meaning.sent(world.meaning.model())] == ["none"]
    world.embedder.free.clear()
    await world.add(more_txt=b"A spring flood.")
    await world.act("meaning:withdraw", "none")
    world.embedder.free.set()
    await world.rest()
    assert (world.embedder.texts(), world.meaning.asking()) == (["The flood runs in."], ()), "nor is it asked again"
    assert world.meaning.sent(world.meaning.model()) == ()
    assert (await world.search("ebb", (world.one("sea.txt").id,))).kind == "keyword"
    assert [one["may"] for one in await world.records.all("consents")] == [False]


@meant
async def test_what_was_taken_back_without_room_to_write_it_is_taken_back_for_good(world: World) -> None:
    await world.add(sea_txt=b"The flood runs in.")
    await world.far()
    await world.act("meaning:send", "none")
    world.records.is_full = True
    await world.act("meaning:withdraw", "none")
    assert world.told()
    assert [one["may"] for one in await world.records.all("consents")] == [True]
    world.records.is_full = False
    await world.rest()
    assert await world.records.all("consents") == [], "the next visit asks again"
    assert (world.meaning.sent(world.meaning.model()), world.meaning.asking()) == ((), ()), "this one does not"


@meant
async def test_nothing_of_a_private_notebook_goes_anywhere(world: World) -> None:
    await world.act("library:named", {"name": "Diary", "arg": ""})
    diary = world.library.notebook()
    await world.act("library:private", {"arg": diary, "value": True})
    assert world.library.notebooks()[diary].is_private
    await world.add(diary_txt=b"The lunar month.")
    assert world.embedder.texts() == ["The lunar month."], "on this device it is found by meaning"
    world.embedder.asked.clear()
    await world.far()
    assert (world.meaning.asking(), world.embedder.asked) == ((), [])
    assert (await world.search("moon", (world.one("diary.txt").id,))).kind == "keyword"
    await world.act("library:private", {"arg": diary, "value": False})
    assert [one.notebook for one in world.meaning.asking()] == [diary], "it is not private any more: it is asked about"
    await world.act("meaning:send", diary)
    assert world.embedder.texts() == ["The lunar month."]
    world.embedder.free.clear()
    await world.add(more_txt=b"Moon again.")
    await world.act("library:private", {"arg": diary, "value": True})
    world.embedder.free.set()
    await world.rest()
    assert world.embedder.texts() == ["The lunar month."], "what was on its way is stopped"


@meant
async def test_what_is_moved_into_a_private_notebook_stops_on_its_way(world: World) -> None:
    await world.act("library:named", {"name": "Diary", "arg": ""})
    diary = world.library.notebook()
    await world.act("library:private", {"arg": diary, "value": True})
    await world.act("library:show", "")
    await world.far()
    await world.add(a_txt=b"Moon.")
    world.embedder.free.clear()
    await world.act("meaning:send", "none")
    await world.act("library:move", {"arg": world.one("a.txt").id, "value": diary})
    world.embedder.free.set()
    await world.rest()
    assert world.embedder.asked == []


@meant
async def test_the_best_passages_are_reordered_where_the_person_wants_it(world: World) -> None:
    rows = (*world.state.rows(), Row(JUDGE, Status.READY))
    world.state.rows.set(rows)
    world.state.rows_at_rest.set(rows)
    await world.add(a_txt=b"The tide follows the moon, the moon alone.\fThe flood, a tide.")
    assert [hit.passage for hit in (await world.search("flood")).hits] == [1, 0]
    assert world.embedder.ranked == []
    await world.act("meaning:rank", True)
    assert [hit.passage for hit in (await world.search("flood")).hits] == [0, 1]
    assert world.embedder.ranked[0].texts[1].startswith("The tide follows")


@meant
async def test_a_way_can_be_asked_for(world: World) -> None:
    await world.add(a_txt=b"The ebb.\fflood words")
    by_words = await world.search("flood", by="keyword")
    assert ([hit.passage for hit in by_words.hits], by_words.kind) == ([1], "keyword")
    assert (await world.search("flood", by="vector")).kind == "vector"
    await world.act("meaning:pause")
    await world.add(b_txt=b"Late words.")
    late = await world.search("late", by="vector")
    assert (world.names(late)[0], late.kind) == ("b.txt", "hybrid"), "what has no vector yet is found by its words"


@meant
async def test_what_is_not_kept_is_not_made_for_ever(world: World) -> None:
    async def lost(key: str, passages: object, rows: object) -> None:
        await asyncio.sleep(0)

    world.librarian.keep_vectors = lost  # type: ignore[method-assign]
    await world.add(a_txt=b"The ebb.")
    assert world.meaning.making().state == "failed"
    assert len(world.embedder.asked) < 5


def test_a_set_of_vectors_belongs_to_a_file_a_length_and_what_stands_before_texts() -> None:
    changed = (
        replace(SMALL, id="x"),
        replace(SMALL, sha256="1"),
        replace(SMALL, embeds=Embeds(4)),
        replace(SMALL, embeds=replace(READS, query="")),
    )
    assert len({key_of(model) for model in (SMALL, *changed)}) == 5
    assert key_of(replace(SMALL, name="Renamed")) == key_of(SMALL)
