"""The statement of sources and models as a person opens, copies and exports it."""

from __future__ import annotations

from app.core.commands import Copy, Save
from app.study.chats import Chat, Turn
from app.ui.parts.statement import statement_sheet
from tests.test_session_library import World, library
from tests.test_session_notes import opened, typed


async def chat_of(world: World) -> Chat:
    session = world.session
    chat, asked = await session.store.add(Chat("c", "Tides", is_named=True), "", Turn("q", "c", "", "user", "Why?"))
    chat, _ = await session.store.add(
        chat, asked.id, Turn("a", "c", asked.id, "assistant", "The moon.", model_name="Tiny")
    )
    session.state.chats.set((chat,))
    return chat


@library
async def test_of_a_chat_it_is_shown_copied_and_exported(world: World) -> None:
    await chat_of(world)
    await world.act("statement:open", "chat/c")
    opening = world.session.state.sheet()
    assert opening is not None
    assert opening.what == "statement"
    assert "You wrote 1 message, 1 word." in str(statement_sheet(world.session)).replace("\u00a0", " ")
    await world.act("statement:copy")
    [copied] = world.page.done(Copy)
    assert copied.text.startswith("# Tides\n\n## About\n\n- You wrote")
    await world.act("chat:export", "c")
    [saved] = world.page.done(Save)
    assert "## Sources and models\n\n### About\n\n- You wrote" in str(saved.text)


@library
async def test_of_a_note_and_of_what_is_gone(world: World) -> None:
    id = await opened(world)
    await typed(world, id, "text", "Mine.")
    await world.act("statement:open", f"note/{id}")
    shown = str(statement_sheet(world.session))
    assert "kept with it" in shown
    for gone in ("note/x", "chat/x", "quiz/x", "x"):
        await world.act("statement:open", gone)
        assert "Nothing is known of this." in str(statement_sheet(world.session))
