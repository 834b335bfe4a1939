"""Study notes that fail in the background, and whose sources become private while they are kept."""

from __future__ import annotations

import asyncio

from app.core.actions import Field
from app.core.errors import Unreachable
from app.study.library.documents import Document
from app.ui.parts.writing import writing_cards
from tests.test_session_writing import COVES, Writer, Written, scene


@scene
async def test_one_that_failed_is_not_tried_again_because_another_page_has_changed_one() -> None:
    world = Written(writer=Writer(failing=Unreachable()))
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.open()
    await world.act("writing:start", {"arg": ""})
    for _ in range(10):
        await world.rest()
    asked = len(world.writer.asked)
    assert world.writing.id in world.writings.queue.line.failed()
    world.writings.changed()
    for _ in range(10):
        await world.rest()
    assert len(world.writer.asked) == asked
    assert world.writing.id in world.writings.queue.line.failed()


@scene
async def test_a_note_stays_where_a_source_becomes_private_while_it_is_kept() -> None:
    world = Written()
    await world.begin()
    await world.add(coves_txt=COVES)
    await world.act("library:named", {"name": "Diary", "arg": ""})
    [diary] = world.library.notebooks()
    await world.act("library:private", {"arg": diary, "value": True})
    put = world.session.notes.put

    async def late(id: str, title: str, text: str, notebook: str) -> Document:
        await world.library.move(Field(world.one("coves.txt").id, diary))
        return await put(id, title, text, notebook)

    world.session.notes.put = late  # type: ignore[method-assign]
    await world.open()
    await world.act("writing:start", {"arg": ""})
    for _ in range(100):
        await world.rest()
    assert world.note.notebook == diary


@scene
async def test_why_one_failed_that_was_given_up_is_not_told_of_the_others() -> None:
    world = Written(writer=Writer(failing=Unreachable()))
    await world.begin()
    await world.add(coves_txt=COVES)
    for form in ("summary", "cornell"):
        world.writer.failing = Unreachable() if form == "summary" else None
        world.writer.held = None if form == "summary" else asyncio.Event()
        await world.open(form=form)
        world.session.act("writing:start", {"arg": ""})
        for _ in range(200):
            await asyncio.sleep(0)
    line = world.writings.queue.line
    [failed] = line.failed()
    line.problem.set(line.failed()[failed])  # as where they came one after the other
    assert 'role="alert"' in str(writing_cards(world.session))
    world.session.act("writing:delete", failed)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(world.writings.under_way()) == 1
    assert 'role="alert"' not in str(writing_cards(world.session))
    await world.act("writing:stop", "")
