"""Personas and what else is chosen for one chat, over the whole session."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import asdict, replace
from typing import Any

from app.core.commands import Save
from app.core.persona import Persona
from app.core.places import Place
from app.core.values import Message, Model
from app.study.archive.backup import kept
from app.study.archive.merging import merge
from app.study.features import SUMMARY_ON_REQUEST, Choice
from app.study.personas import built_in, persona_from, read_personas, write_personas
from app.study.tutored import PERSONA, is_tutor
from app.ui.parts.composer import used
from tests.memory import picked, ticks
from tests.test_session import World
from tests.words import english

FORM = {"arg": "", "name": "Tutor", "about": "Asks first.", "instructions": "Ask me first."}
SOCRATIC = "built-in:socratic"


Scene = Callable[[World], Coroutine[Any, Any, None]]


def page(body: Scene) -> Callable[[], None]:
    """Run a body over a fresh page with a model."""

    def run() -> None:
        async def whole() -> None:
            world = World(*["Yes."] * 12)
            await world.session.start("#/chat")
            await world.act("models:download", "tiny")
            await body(world)

        asyncio.run(whole())

    run.__doc__ = body.__doc__
    return run


async def own(world: World) -> Persona:
    """A persona that was just made."""
    await world.act("personas:save", FORM)
    [made] = world.session.personas.own()
    return made


def system(world: World) -> list[str]:
    """What each reply's model was told before the words."""
    return [asked[0].content if asked[0].role == "system" else "" for asked in world.engine.asked]


@page
async def test_a_persona_answers_in_the_chat_that_has_it(world: World) -> None:
    one = await own(world)
    await world.act("settings:system-prompt", "Be short.")
    await world.act("options:persona", one.id)
    await world.act("chat:send", "One")
    assert world.engine.asked[-1] == (Message("system", "Be short.\n\nAsk me first."), Message("user", "One"))
    assert world.last.persona == one
    await world.act("chat:new")
    await world.act("chat:send", "Two")
    assert system(world)[-1] == "Be short."
    assert world.last.persona is None
    chats = world.session.state.chats()
    assert [chat.persona for chat in chats] == [None, one]
    await world.reload(f"#/chat/{chats[1].id}")
    assert (world.session.state.chat().persona, world.last.persona) == (one, one)


@page
async def test_what_was_said_stays_as_it_was_when_a_persona_is_changed_or_deleted(world: World) -> None:
    one = await own(world)
    await world.act("options:persona", one.id)
    await world.act("chat:send", "One")
    await world.act("personas:save", {**FORM, "arg": one.id, "name": "Coach", "instructions": "Cheer."})
    await world.act("chat:send", "Two")
    first, second = (turn.persona for turn in world.session.state.turns() if turn.role == "assistant")
    assert first == one
    assert second
    assert (second.name, second.instructions) == ("Coach", "Cheer.")
    assert world.session.state.chat().persona == second
    await world.act("personas:delete", one.id)
    await world.act("chat:send", "Three")
    assert (world.last.persona, system(world)[-1]) == (second, "Cheer."), "the chat goes on with its own copy"
    assert world.toast == "Coach deleted"
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    assert [turn.persona for turn in world.session.state.turns()][1::2] == [one, second, second]


@page
async def test_a_deleted_persona_comes_back_and_another_page_sees_all_of_it(world: World) -> None:
    one = await own(world)
    await world.act("personas:delete", one.id)
    assert world.session.personas.own() == ()
    assert await world.records.all("personas") == []
    world.records.is_full = True
    await world.act("personas:undo", one.id)
    assert (world.session.personas.own(), world.toast) == ((), "Tutor deleted"), "it can be tried again"
    world.records.is_full = False
    await world.act("personas:undo", one.id)
    assert world.session.personas.own() == (one,)
    await world.records.write([("personas", "p2", {**asdict(one), "id": "p2", "name": "Another"})])
    await world.hear(("personas", "p2"))
    assert [known.name for known in world.session.personas.own()] == ["Another", "Tutor"]


@page
async def test_a_copy_can_be_made_of_every_persona_and_is_the_persons_own(world: World) -> None:
    await world.act("personas:duplicate", SOCRATIC)
    [copy] = world.session.personas.own()
    original = next(one for one in built_in(english) if one.id == SOCRATIC)
    assert (copy.name, copy.instructions) == ("Socratic tutor (copy)", original.instructions)
    opening = world.session.state.sheet()
    assert opening
    assert opening.what == f"persona/{copy.id}"


@page
async def test_a_copy_of_the_tutor_tutors_as_it_is_changed_and_carried(world: World) -> None:
    await world.act("personas:duplicate", PERSONA)
    [copy] = world.session.personas.own()
    form = {"arg": copy.id, "name": "Coach", "about": "", "instructions": "Be kind."}
    world.session.state.personas.set(None)  # not read yet
    await world.act("personas:save", form)
    [coach] = world.session.personas.own()
    assert (coach.name, is_tutor(coach)) == ("Coach", True)
    carried = read_personas(write_personas([coach, replace(coach, tutors=False)]))
    assert [is_tutor(one) for one in carried] == [True, False]
    record = {name: value for name, value in asdict(coach).items() if name != "tutors"}
    assert not is_tutor(persona_from(record)), "as the version before has kept it"


@page
async def test_personas_go_out_as_a_file_and_come_in_once(world: World) -> None:
    one = await own(world)
    await world.act("personas:export", one.id)
    [saved] = world.page.done(Save)
    assert (saved.name, saved.kind) == ("Tutor.json", "application/json")
    assert saved.text == write_personas([one])
    await world.act("personas:import", picked(saved.name, saved.text.encode()))
    assert world.session.personas.own() == (one,)
    await world.act("personas:delete", one.id)
    await world.act("personas:import", picked(saved.name, saved.text.encode()))
    [back] = world.session.personas.own()
    assert (back.name, back.instructions, back.about) == (one.name, one.instructions, one.about)
    said = [english(notice.text) for notice in world.session.state.notices()]
    assert said[-1] == "1 persona imported."
    await world.act("personas:import", picked("x.json", b"{}"))
    assert english(world.session.state.notices()[-1].text) == "This isn't a personas file."
    assert len(world.session.personas.own()) == 1


@page
async def test_a_backup_holds_them_and_erasing_removes_them(world: World) -> None:
    one = await own(world)
    await world.act("options:persona", one.id)
    await world.act("chat:send", "One")
    await world.act("archive:backup", {})
    text = world.page.done(Save)[-1].text
    assert json.loads(text)["shelves"]["personas"] == {one.id: asdict(one)}
    before = kept(await world.records.snapshot())
    await world.act("archive:erase")
    await world.reload()
    await world.act("archive:open", picked("backup.json", text.encode()))
    assert kept(await world.records.snapshot()) == before
    await world.look("personas")
    assert world.session.personas.own() == (one,)


@page
async def test_an_exported_chat_says_who_answered_and_what_it_was_told(world: World) -> None:
    one = await own(world)
    await world.act("options:persona", one.id)
    await world.act("chat:send", "One")
    await world.act("chat:export", world.session.state.chat().id)
    assert "**Persona: Tutor**\n\n> Ask me first.\n\n## You" in world.page.done(Save)[-1].text
    await world.act("options:persona", SOCRATIC)
    await world.act("chat:send", "Two")
    await world.act("chat:export", world.session.state.chat().id)
    text = world.page.done(Save)[-1].text
    assert text.count("Ask me first.") == 1
    assert "**Persona: Socratic tutor**" in text
    assert "*Persona: Tutor*" in text


@page
async def test_temperature_and_thinking_are_the_chats_own_or_as_in_settings(world: World) -> None:
    await world.act("settings:think", False)
    await world.act("options:temperature", "0.1")
    await world.act("options:think", {"value": "on"})
    await world.act("chat:send", "One")
    asked = world.engine.settings[-1]
    assert asked.sampling.temperature == 0.1
    assert asked.think
    await world.act("options:temperature", "9")
    assert world.session.state.chat().temperature == 2.0
    await world.act("options:temperature", "warm")
    assert world.session.state.chat().temperature == 2.0
    await world.act("options:temperature", "")
    await world.act("options:think", {"value": ""})
    await world.act("chat:send", "Two")
    asked = world.engine.settings[-1]
    assert asked.sampling.temperature == world.session.state.settings().sampling.temperature
    assert not asked.think


@page
async def test_a_branch_and_an_empty_chat_that_is_left_keep_what_was_chosen(world: World) -> None:
    await world.act("options:persona", SOCRATIC)
    await world.act("chat:private", True)
    await world.session.navigation.go("#/settings/chat")
    await world.session.navigation.go("#/chat")
    chat = world.session.state.chat()
    assert chat.persona
    assert chat.persona.id == SOCRATIC
    assert chat.is_private
    await world.act("chat:send", "One")
    await world.act("turns:branch", world.last.id)
    branch = world.session.state.chat()
    assert branch.id != chat.id
    assert branch.persona == chat.persona


@page
async def test_a_chat_begins_with_a_persona_from_anywhere(world: World) -> None:
    await world.act("chat:send", "One")
    before = world.session.state.chat()
    await world.session.navigation.go("#/settings/chat")
    await world.act("options:start", SOCRATIC)
    now = world.session.state.chat()
    assert world.session.state.route() == "chat"
    assert now.id != before.id
    assert now.persona
    assert now.persona.name == "Socratic tutor"
    await world.act("options:persona", "")
    assert world.session.state.chat().persona is None


@page
async def test_the_context_counts_what_the_model_is_told(world: World) -> None:
    await world.act("chat:send", "One")
    before = used(world.session)
    await world.act("options:persona", SOCRATIC)
    after = used(world.session)
    assert before
    assert after
    assert after.tokens > before.tokens + 150
    await world.act("chat:send", "Two")
    counted = used(world.session)
    assert counted
    assert counted.tokens > 80, "the engine counts words"


@page
async def test_a_catalogue_lists_personas_and_what_it_told_stays_when_it_goes(world: World) -> None:
    catalog = 'title = "School"\n[[persona]]\nname = "Coach"\nabout = "Cheers"\ninstructions = "Cheer."\n'
    await world.act("sources:add-file", picked("school.toml", catalog.encode()))
    await world.look("personas")
    coach = world.session.personas.all()[0]
    assert (coach.name, world.session.personas.catalog_of(coach.id)) == ("Coach", "School")
    await world.act("options:persona", coach.id)
    await world.act("chat:send", "One")
    await world.act("sources:add-file", picked("school.toml", catalog.replace("Cheer.", "Cheer loudly.").encode()))
    await world.act("chat:send", "Two")
    assert system(world) == ["Cheer.", "Cheer loudly."]
    await world.reload(f"#/chat/{world.session.state.chat().id}")
    await world.act("sources:remove", world.session.state.catalogs()[0].id)
    await world.act("chat:send", "Three")
    assert system(world)[-1] == "Cheer loudly."
    assert world.session.state.turns()[1].persona == coach


OTHER = Model("other", "Other", size_bytes=5)


@page
async def test_a_chat_has_a_model_of_its_own_and_the_others_keep_theirs(world: World) -> None:
    state = world.session.state
    world.session.manager.add([OTHER])
    await world.act("options:model", "other")
    assert (state.chosen().id, state.usual().id, state.settings().model_id) == ("other", "tiny", "")
    assert state.active("browser") == "tiny", "the lists of models show who answers everywhere"
    await world.act("options:model", "tiny")
    await world.act("chat:send", "One")
    pinned = state.chat()
    assert (pinned.model_id, world.last.model_id) == ("tiny", "tiny")
    await world.act("models:choose", "other")
    assert state.chosen().id == "tiny"
    assert state.loaded_id() == "tiny", "the open chat goes on with it"
    await world.act("chat:new")
    assert state.chosen().id == "other"
    assert state.chosen(pinned).id == "tiny"
    await world.reload(f"#/chat/{pinned.id}")
    assert world.session.state.chosen().id == "tiny"
    await world.act("options:model", "")
    assert world.session.state.chat().model_id is None


def test_no_file_gives_a_chat_a_model_that_its_words_would_go_to() -> None:
    chat = {"id": "c1", "title": "T", "path": ["t1"], "roots": ["t1"], "created": 1.0, "updated": 1.0}
    turn = {"id": "t1", "chat_id": "c1", "parent": "", "role": "user", "text": "Hi", "children": []}
    for given, kept_id in (("cloud:openai:gpt-5", None), ("ollama:big:cloud", None), ("tiny", "tiny"), (None, None)):
        theirs: Any = {"chats": {"c1": {**chat, "model_id": given}}, "turns": {"t1": turn}}
        merged = merge({"chats": {}, "turns": {}}, theirs)
        [record] = [record for shelf, _, record in merged.puts if shelf == "chats"]
        assert record.get("model_id") == kept_id, given
    for mine, given in (("tiny", None), ("tiny", "cloud:openai:gpt-5"), (None, None)):
        theirs = {"chats": {"c1": {**chat, "model_id": given, "title": "U", "updated": 2.0}}, "turns": {"t1": turn}}
        ours: Any = {"chats": {"c1": {**chat, "model_id": mine}}, "turns": {"t1": turn}}
        merged = merge(ours, theirs)
        [record] = [record for shelf, _, record in merged.puts if shelf == "chats"]
        assert (record["title"], record["model_id"]) == ("U", mine), "what stays here by its model goes on to"


@page
async def test_a_private_chat_keeps_its_persona_here_whatever_model_it_has(world: World) -> None:
    state = world.session.state
    away = Model("cloud:openai:big", "Big", place=Place.CLOUD)
    state.cloud.set((away,))
    one = await own(world)
    await world.act("options:persona", one.id)
    await world.act("options:model", away.id)
    assert state.chosen() == away
    state.is_offline.set(True)
    assert state.chosen().id == "tiny", "it cannot be reached now"
    state.is_offline.set(False)
    await world.act("chat:private", True)
    assert state.chosen().id == "tiny"
    asked = len(world.fetch.asked)
    await world.act("chat:send", "One")
    assert (world.last.model_id, system(world)[-1]) == ("tiny", "Ask me first.")
    assert len(world.fetch.asked) == asked


@page
async def test_a_chats_summary_is_written_by_its_own_model_whatever_chat_is_open(world: World) -> None:
    state = world.session.state
    world.session.manager.add([OTHER])
    await world.act("options:model", "tiny")
    await world.act("chat:send", "One")
    pinned = state.chat()
    await world.act("chat:new")
    await world.act("options:model", "other")
    by = world.session.ask.model_for(SUMMARY_ON_REQUEST, pinned.id)
    assert by
    assert by.id == "tiny"


@page
async def test_a_chats_own_model_answers_about_code_too(world: World) -> None:
    world.session.manager.add([OTHER])
    await world.session.preferences.change(features={"code": Choice("other")})
    await world.act("options:model", "tiny")
    await world.act("chat:send", "Why does this fail?\n\n```python\nprint(1 / 0)\n```")
    assert world.last.model_id == "tiny"


@page
async def test_what_is_chosen_while_the_first_messages_files_are_read_counts(world: World) -> None:
    read = asyncio.Event()

    async def reading() -> None:
        await read.wait()

    world.session.jobs.start("attach:one", reading())
    world.session.act("chat:send", "One")
    await ticks()
    world.session.act("options:persona", SOCRATIC)
    await ticks()
    read.set()
    await world.session.jobs.join()
    assert world.session.state.chat().persona is not None
    assert world.last.persona is not None
