"""A chat with sources: what the model is given, what is kept of it, and what is said where there is nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import asdict, replace
from typing import Any

from app.core.actions import Picked, PickedFile
from app.core.adapters import Adapters
from app.core.errors import TooLong
from app.core.values import StopReason
from app.models.answering.context import size_of
from app.models.device.benchmark import Measurement, Run
from app.session.searching import Searched
from app.study.asked import tokens_of
from app.study.chats import Turn
from app.study.cited import Claim, Scope, Sources
from app.study.library.meaning import is_private
from tests.librarian import IndexLibrarian
from tests.memory import MemoryDocuments
from tests.test_session_switching import CLOUD, Hybrid
from tests.words import english

TIDES = "The moon raises the sea twice a day.\fA spring tide comes at full moon, in 14.8 days. It is the highest one."
LEAVES = "# Leaves\nA waxy layer covers the leaf. It keeps the water in."
FIRST = TIDES.partition("\f")[0]
ASKED = "What raises the sea?"


class Grounded(Hybrid):
    """A page with two documents and a chat that asks them."""

    def __init__(self, *answers: Any) -> None:
        self.librarian, self.files = IndexLibrarian(), MemoryDocuments()
        super().__init__(*answers)

    @property
    def adapters(self) -> Adapters:
        return replace(super().adapters, librarian=lambda: self.librarian, document_files=lambda: self.files)

    async def begin_chat(self, **scope: Any) -> None:
        await self.session.start("#/chat")
        await self.act("models:download", "tiny")
        await self.act("models:choose", "tiny")
        self.session.library.begin()
        await self.session.jobs.join()
        await self.add("tides.txt", TIDES)
        await self.add("leaves.txt", LEAVES)
        await self.scope(**scope)

    async def add(self, name: str, text: str) -> str:
        await self.act("library:add", Picked((PickedFile(name, text.encode()),)))
        return self.id(name)

    def id(self, name: str) -> str:
        return next(one.id for one in self.session.library.documents().values() if one.name == name)

    async def scope(self, **scope: Any) -> None:
        """As the composer's chooser does."""
        state = self.session.state
        if state.chat_of(state.chat().id):
            await self.session.chats.keep(state.chat().id, scope=Scope(**scope))
        else:
            state.chat.set(replace(state.chat(), scope=Scope(**scope)))

    @property
    def last(self) -> Turn:
        return self.session.state.turns()[-1]

    @property
    def sources(self) -> Sources:
        found = self.last.sources
        assert found is not None
        return found

    @property
    def asked(self) -> str:
        """The newest question as the engine got it."""
        return self.engine.asked[-1][-1].content

    def quote(self, claim: Claim) -> str:
        by_number = {one.number: one.text for one in self.sources.passages}
        return by_number[claim.quoted][claim.quote_start : claim.quote_end] if claim.quoted else ""


Body = Callable[[Grounded], Coroutine[Any, Any, None]]


def grounded(*answers: Any) -> Callable[[Body], Callable[[], None]]:
    def prepared(body: Body) -> Callable[[], None]:
        def run() -> None:
            async def whole() -> None:
                world = Grounded(*answers)
                await world.begin_chat()
                await body(world)

            asyncio.run(whole())

        return run

    return prepared


@grounded("The moon raises the sea [1]. It is blue [7].")
async def test_a_question_goes_with_its_passages_and_the_reply_is_checked(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    [passage] = world.sources.passages
    assert (passage.number, passage.document, passage.name, passage.page) == (1, world.id("tides.txt"), "tides.txt", 1)
    assert passage.text == TIDES.partition("\f")[0]
    assert f"[1] tides.txt\n{passage.text}" in world.asked
    assert world.asked.endswith(f"Question: {ASKED}")
    right, wrong = world.sources.claims
    assert (right.verdict, right.cites, world.quote(right)) == ("supported", (1,), passage.text)
    assert (wrong.verdict, wrong.unknown) == ("unknown-citation", (7,))
    assert (world.sources.documents, world.sources.search) == (2, "keyword")
    [kept] = await world.session.store.turns([world.last.id])
    assert kept == world.last
    [question] = [turn for turn in world.session.state.turns() if turn.role == "user"]
    assert question.text == ASKED, "the passages are no part of the question"


@grounded("The moon does [1].", "After 14.8 days [1].")
async def test_only_the_newest_question_has_passages_and_a_follow_up_finds_what_it_goes_back_to(
    world: Grounded,
) -> None:
    await world.act("chat:send", ASKED)
    await world.act("chat:send", "And how often?")
    before, _, now = world.engine.asked[-1][-3:]
    assert before.content == ASKED
    assert "The moon raises the sea twice a day." in now.content
    assert now.content.endswith("Question: And how often?")


@grounded()
async def test_what_no_document_says_is_answered_without_asking_a_model(world: Grounded) -> None:
    await world.act("chat:send", "Who won the Champions League?")
    assert world.engine.asked == []
    assert (world.sources.passages, world.last.stop_reason, world.last.model_id) == ((), "end", "")
    assert world.last.text == "Not found in your documents. Searched leaves.txt and tides.txt."
    assert world.session.costs.entries() == ()


@grounded("Real Madrid.", "Real Madrid.")
async def test_then_the_model_can_be_asked_without_documents(world: Grounded) -> None:
    await world.act("chat:send", "Who won the Champions League?")
    await world.act("chat:without-documents", world.last.id)
    assert (world.last.text, world.last.sources) == ("Real Madrid.", None)
    assert world.asked == "Who won the Champions League?"
    assert world.session.state.chat().scope == Scope(), "the next question asks them again"
    await world.act("chat:send", ASKED)
    assert world.sources.passages


@grounded("One [1].", "Two [1].", "Three [1].")
async def test_every_version_has_its_own_sources(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    first, question = world.last, world.session.state.turns()[0]
    await world.act("chat:regenerate", first.id)
    second = world.last
    assert (second.id != first.id, bool(second.sources)) == (True, True)
    await world.act("chat:resend", {"arg": question.id, "text": "What covers the leaf?"})
    assert [one.name for one in world.sources.passages] == ["leaves.txt"]
    [kept] = await world.session.store.turns([first.id])
    assert [one.name for one in kept.sources.passages] == ["tides.txt"] if kept.sources else False
    await world.act("turns:branch", world.last.id)
    assert [one.name for one in world.sources.passages] == ["leaves.txt"]
    assert world.session.state.chat().scope == Scope()


@grounded("The moon raises the sea", "twice a day [1].")
async def test_a_stopped_reply_is_checked_and_goes_on_from_the_same_passages(world: Grounded) -> None:
    await world.begin("chat:send", ASKED, words=3)
    await world.act("chat:stop")
    assert world.last.stop_reason == "stopped"
    assert world.sources.claims
    before = world.sources.passages
    world.engine.gate = None
    await world.act("chat:continue", world.last.id)
    assert world.sources.passages == before
    assert any("[1] tides.txt" in message.content for message in world.engine.asked[-1])
    assert world.sources.claims[-1].end == len(world.last.text)


@grounded("One two three", "four [1].")
async def test_a_reply_that_was_begun_without_documents_goes_on_without(world: Grounded) -> None:
    await world.session.chats.choose(scope=None)
    await world.begin("chat:send", ASKED, words=2)
    await world.act("chat:stop")
    await world.scope()
    world.engine.gate = None
    await world.act("chat:continue", world.last.id)
    assert world.last.sources is None
    assert not any("[1] tides.txt" in message.content for message in world.engine.asked[-1])


@grounded("It is so [1].", "It is so [1].")
async def test_a_worker_that_fails_leaves_the_reply_as_it_is(world: Grounded) -> None:
    world.librarian.is_broken = True
    await world.act("chat:send", ASKED)
    assert (world.last.text, world.sources.claims, world.session.state.notices()) == ("It is so [1].", (), ())


@grounded()
async def test_where_searching_fails_the_reply_says_so(world: Grounded) -> None:
    world.librarian.is_lost = True
    await world.act("chat:send", ASKED)
    assert world.last.problem
    assert world.engine.asked == []


@grounded("It is so.")
async def test_only_the_documents_of_the_scope_are_asked_and_gone_ones_are_told(world: Grounded) -> None:
    await world.scope(documents=(world.id("leaves.txt"),))
    await world.act("chat:send", ASKED)
    assert world.last.text == "Not found in your documents. Searched leaves.txt."
    await world.act("library:named", {"name": "Sea", "arg": ""})
    [notebook] = world.session.library.notebooks()
    await world.act("library:move", {"arg": world.id("tides.txt"), "value": notebook})
    await world.scope(notebook=notebook)
    await world.act("chat:send", ASKED)
    assert [one.name for one in world.sources.passages] == ["tides.txt"]
    await world.act("library:delete-notebook", notebook)
    await world.act("chat:send", "What raises the sea, again?")
    assert world.last.text.startswith("None of the chosen documents can be searched")


@grounded("It is so [1].")
async def test_documents_that_wait_to_be_read_are_told_and_not_passed_over_in_silence(world: Grounded) -> None:
    world.librarian.hold()
    await world.begin("library:add", Picked((PickedFile("slow.txt", b"The moon raises the sea a lot."),)))
    told = "1 document hasn't been read yet, so it wasn't searched."
    world.engine.gate = None
    world.session.act("chat:send", ASKED)
    await world.session.jobs.wait(f"reply:{world.session.state.chat().id}")
    assert (world.last.text, world.last.notices) == ("It is so [1].", (told,))
    world.session.act("chat:send", "Who won the Champions League?")
    await world.session.jobs.wait(f"reply:{world.session.state.chat().id}")
    assert world.last.notices == (told,)
    assert world.last.text.startswith("Not found in your documents.")
    world.librarian.go()
    await world.session.jobs.join()


@grounded(*["It is so [1]."] * 3)
async def test_a_model_gets_as_many_passages_as_it_reads_in_a_bearable_time(world: Grounded) -> None:
    for number in range(8):
        words = " ".join(f"Ship{number}x{at} sails." for at in range(18))
        await world.add(f"more{number}.txt", f"In place {number} the moon raises the sea. {words}")

    async def given(reading: float) -> int:
        run = Run(round(reading * 10), 10.0, 1.0, 9, 9.0, counted=True)
        one = Measurement("tiny", "Tiny", "wllama", "browser", reading, "", "", (run,))
        await world.session.records.write([("measurements", one.id, asdict(one))], [])
        await world.act("chat:regenerate", world.last.id)
        return len(world.sources.passages)

    await world.act("chat:send", ASKED)
    assert len(world.sources.passages) == 4, "nobody has measured it, on the processor of a browser"
    assert await given(2.0) == 3, "as many as are worth waiting for"
    assert await given(500.0) > 4, "as many as its context has room for"


@grounded("It is so [1].")
async def test_an_old_reply_keeps_what_it_was_made_from_once_the_document_is_gone(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    before = world.last
    world.session.act("library:delete", world.id("tides.txt"))
    await asyncio.sleep(0)
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert world.last == before


@grounded([TooLong()], "It is so [1].")
async def test_passages_that_are_too_much_after_all_become_fewer(world: Grounded) -> None:
    for number in range(4):
        await world.add(f"more{number}.txt", f"In place {number} the moon raises the sea by {number} metres at least.")
    await world.act("chat:send", "Where does the moon raise the sea?")
    assert world.last.text == "It is so [1]."
    assert 1 <= len(world.sources.passages) <= 3


@grounded(f"{FIRST} " * 60)
async def test_a_model_that_repeats_a_passage_without_end_is_stopped(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    assert world.last.stop_reason == "repeating"


@grounded(*["It is so [1]."] * 30)
async def test_a_thousand_replies_show_no_false_quote(world: Grounded) -> None:
    dice, words = random.Random(7), [*TIDES.split(), "[1]", "[2]", "[12]", "“", "”", '"', "14.9", "\n\n", "- ", "```"]
    await world.act("chat:send", ASKED)
    pages = TIDES.split("\f")
    for _ in range(1000):
        text = " ".join(dice.choices(words, k=dice.randrange(1, 30)))
        texts = [one.text for one in world.sources.passages]
        for claim in await world.librarian.check(text, texts, ASKED):
            if claim.quoted:
                one = world.sources.passages[claim.quoted - 1]
                start, end = one.start + claim.quote_start, one.start + claim.quote_end
                assert pages[one.page - 1][start:end] == one.text[claim.quote_start : claim.quote_end] != ""


@grounded("unused")
async def test_a_cloud_gets_the_passages_too_and_they_count(world: Grounded) -> None:
    await world.act("models:choose", CLOUD.id)
    await world.act("chat:send", ASKED)
    [request] = world.far.requests
    assert "[1] tides.txt" in request.messages[-1].content
    assert request.belongs_to == world.session.state.chat().id
    assert request.asked == ASKED, "which model it needs is judged by the question alone"
    [entry] = world.session.costs.entries()
    assert entry.prompt_tokens > 80, "the question alone has five"


@grounded("It is so [1].")
async def test_the_context_ring_counts_the_passages_of_the_next_question_and_no_earlier_ones(world: Grounded) -> None:
    await world.act("context:open", ASKED)
    shown = world.session.context.shown()
    assert shown
    await world.act("chat:send", ASKED)
    assert shown.filled.messages == world.engine.asked[-1]
    assert shown.filled.tokens == sum(map(size_of, world.engine.asked[-1]))
    assert shown.filled.parts["passages"] > shown.filled.parts["question"] > 0
    after = tokens_of(world.session.state.turns())
    assert 0 < after < world.last.usage.prompt_tokens + world.last.usage.reply_tokens
    await world.act("context:open", "")
    shown = world.session.context.shown()
    assert shown
    assert shown.filled.parts["passages"] == 0


async def diary(world: Grounded, *, is_private: bool = True) -> str:
    """A notebook with one of the documents."""
    await world.act("library:named", {"name": "Diary", "arg": ""})
    [notebook] = world.session.library.notebooks()
    await world.act("library:move", {"arg": world.id("tides.txt"), "value": notebook})
    await world.act("library:private", {"arg": notebook, "value": is_private})
    return notebook


@grounded("unused", "It is so [1].")
async def test_private_notebooks_stay_out_of_chats_that_are_not_private(world: Grounded) -> None:
    await diary(world)
    await world.act("chat:send", ASKED)
    assert world.last.text == "Not found in your documents. Searched leaves.txt."
    await world.act("chat:private", True)
    await world.act("chat:send", ASKED)
    assert [one.name for one in world.sources.passages] == ["tides.txt"]


@grounded("unused", "It is so [1].", "Yes.", "And more.")
async def test_a_chat_with_words_of_what_gets_private_gets_private(world: Grounded) -> None:
    await world.act("chat:send", "Hello")
    other = world.session.state.chat().id
    await world.act("chat:new")
    await world.scope()
    await world.act("chat:send", ASKED)
    begun, chat = world.last, world.session.state.chat()
    assert begun.passages
    await diary(world)
    assert world.session.privacy.is_private(chat.id)
    [stored] = await world.records.get("chats", [chat.id])
    assert stored
    assert stored["is_private"] is True
    assert not world.session.privacy.is_private(other), "it knows nothing of them"
    [told] = [one.text for one in world.session.state.notices() if one.id == "kept-private"]
    assert english(told) == "1 chat with these documents is private now: nothing in it leaves this device."
    await world.act("models:choose", CLOUD.id)
    await world.act("chat:continue", begun.id)
    assert world.far.requests == []


@grounded("unused")
async def test_a_chat_that_names_what_gets_private_gets_private(world: Grounded) -> None:
    notebook = await diary(world, is_private=False)
    await world.scope(documents=(world.id("leaves.txt"),))
    await world.act("library:private", {"arg": notebook, "value": True})
    assert not world.session.state.chat().is_private
    await world.act("library:move", {"arg": world.id("leaves.txt"), "value": notebook})
    assert world.session.state.chat().is_private


@grounded("unused")
async def test_a_document_of_a_notebook_that_cannot_be_read_stays_here(world: Grounded) -> None:
    document = world.session.library.documents()[world.id("tides.txt")]
    assert not is_private(document, {})
    assert is_private(replace(document, notebook="gone"), {})
    await world.session.reading_queue.keep(replace(document, notebook="gone"))
    await world.act("chat:send", ASKED)
    assert world.last.text == "Not found in your documents. Searched leaves.txt."


@grounded("It is so [1].")
async def test_a_reply_whose_page_was_closed_before_it_was_looked_at_is_looked_at_later(world: Grounded) -> None:
    await world.act("chat:send", ASKED)
    before = world.last
    assert before.sources
    assert before.sources.claims
    chat = world.session.state.chat()
    ends: tuple[tuple[StopReason, bool], ...] = (("closed", False), ("end", True))
    for stop_reason, is_looked_at in ends:
        left = replace(before, sources=replace(before.sources, claims=()), stop_reason=stop_reason)
        await world.session.store.save_turn(left)
        await world.reload(f"#/chat/{chat.id}")
        await world.session.jobs.join()
        assert bool(world.sources.claims) is is_looked_at
    assert world.last == before


@grounded("Hm.")
async def test_the_words_of_what_stays_are_not_looked_for_elsewhere(world: Grounded) -> None:
    stays = list[bool]()

    async def search(*_: object, is_private: bool = False, **__: object) -> Searched:
        stays.append(is_private)
        return Searched(())

    world.session.searching.search = search  # type: ignore[method-assign]
    await world.act("chat:send", ASKED)
    assert stays == [False]
    await world.act("context:open", "Words that are not sent yet")
    assert stays == [False, True]
    await world.session.chats.keep(world.session.state.chat().id, leave="no")
    await world.act("chat:send", ASKED)
    assert stays == [False, True, True], "the person has said that this chat's words stay here"


@grounded("unused")
async def test_in_offline_mode_nothing_leaves_with_passages_either(world: Grounded) -> None:
    await world.act("models:choose", CLOUD.id)
    await world.act("offline:switch", True)
    await world.act("chat:send", ASKED)
    assert world.far.requests == []
    assert world.sources.passages, "a model here answers from them"
