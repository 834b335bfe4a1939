"""The source beside the chat, and which documents a chat is about."""

from __future__ import annotations

from app.core.actions import Picked, PickedFile
from app.core.commands import Draft, Draw, Source
from app.core.documents import PageWanted, TellDrawn
from app.core.signals import Effect
from app.session.cited import CitedShown
from app.study.chats import Chat, Turn
from app.study.cited import Cited, Scope, Sources
from app.study.replies import Live
from app.ui.layers import SourceLayer
from app.ui.parts.composer import scope
from app.ui.parts.scope import scope_sheet
from app.ui.parts.source import MARKED, source_panel
from tests.test_session_library import World, library

PAGES = b"First words.\fThe flood tide runs in for six hours.\fLast words."
WORDS = "flood tide runs"


def show(world: World, *passages: Cited, text: str = "In for six hours [2], then out [1].") -> None:
    """A chat whose reply was written from these."""
    turn = Turn("t1", "c", "q", "assistant", text, sources=Sources(passages, documents=1))
    world.session.state.chat.set(Chat("c", path=("q", "t1")))
    world.session.state.turns.set((turn,))


def cited(world: World, name: str = "tides.pdf", number: int = 1, start: int = 4, page: int = 2) -> Cited:
    id = world.one(name).id if any(one.name == name for one in world.library.documents().values()) else "gone"
    return Cited(number, id, name, page, start, start + len(WORDS), WORDS)


def opened(world: World) -> CitedShown:
    shown = world.session.state.cited()
    assert shown
    return shown


def panel(world: World) -> str:
    return source_panel(world.session, opened(world))


@library
async def test_a_chip_opens_the_page_with_its_passage_marked_and_shuts_it(world: World) -> None:
    await world.add(tides_pdf=PAGES)
    show(world, cited(world), cited(world, number=2))
    await world.act("cited:open", "t1 2")
    assert opened(world).passage.number == 2
    html = panel(world)
    assert MARKED in html
    assert '<canvas id="source-picture" width="1400" height="2000" role="img"' in html
    assert "Page 2 of 3" in html
    assert f'href="#/library/{world.one("tides.pdf").id}/2-4-19"' in html
    assert "Passage 2 of 2 in this answer" in html
    await world.act("cited:next")
    assert opened(world).passage.number == 1
    await world.act("cited:previous")
    assert opened(world).passage.number == 2
    await world.act("cited:open", "t1 2")
    assert world.session.state.cited() is None
    assert world.session.cited.reader.page() is None


@library
async def test_a_passage_is_found_where_it_stands_now_or_said_to_be_gone(world: World) -> None:
    await world.add(tides_txt=PAGES)
    show(world, cited(world, "tides.txt", start=0))
    await world.act("cited:open", "t1 1")
    assert f'<mark id="source-passage" tabindex="-1">{WORDS}</mark>' in panel(world)
    show(world, cited(world, "tides.txt", page=1))
    await world.act("cited:close")
    await world.act("cited:open", "t1 1")
    html = panel(world)
    assert "isn&#x27;t on the page any more" in html
    assert f'<mark id="source-passage">{WORDS}</mark>' in html


@library
async def test_the_mark_never_moves_once_it_is_shown(world: World) -> None:
    await world.add(tides_txt=PAGES)
    show(world, cited(world, "tides.txt", start=0))
    marked = list[str]()

    def seen() -> None:
        page = world.session.cited.reader.page()
        if page and page.reading and page.place.end:
            marked.append(page.text[page.place.start : page.place.end])

    Effect(seen)
    await world.act("cited:open", "t1 1")
    await world.act("cited:close")
    await world.act("cited:open", "t1 1")
    assert set(marked) == {WORDS}


@library
async def test_the_passage_is_there_when_its_document_is_gone(world: World) -> None:
    show(world, cited(world))
    await world.act("cited:open", "t1 1")
    html = panel(world)
    assert "no longer in your Library" in html
    assert WORDS in html
    assert "Page 2" in html
    assert "#/library/" not in html


@library
async def test_what_no_chip_names_walks_through_all_that_was_given(world: World) -> None:
    show(world, cited(world), cited(world, number=2), cited(world, number=3), text="So [1-2].")
    await world.act("cited:open", "t1 1")
    assert len(opened(world).passages) == 2
    await world.act("cited:open", "t1 3")
    assert len(opened(world).passages) == 3
    await world.act("cited:open", "t1 9")
    await world.act("cited:open", "t2 1")
    assert opened(world).passage.number == 3


@library
async def test_the_pointer_on_a_chip_opens_its_document_already_and_shows_nothing(world: World) -> None:
    await world.add(tides_pdf=PAGES, moon_txt=b"The flood tide")
    show(world, cited(world), cited(world, "moon.txt", 2), cited(world, "gone.pdf", 3))
    wanted, page = list[PageWanted](), world.librarian.page

    async def watched(handle: object, asked: PageWanted, tell: TellDrawn) -> None:
        wanted.append(asked)
        await page(handle, asked, tell)

    world.librarian.page = watched  # type: ignore[assignment, method-assign]
    for number in (1, 2, 3, 4):
        await world.act("cited:near", f"t1 {number}")
    assert [(one.number, one.width) for one in wanted] == [(2, 1)]
    assert (world.session.state.cited(), world.session.cited.reader.page()) == (None, None)


@library
async def test_a_reply_that_is_written_opens_its_passages_already(world: World) -> None:
    show(world)
    passages = (cited(world), cited(world, number=2))
    world.session.state.live.set({"c": Live("t1", "So [2]", sources=Sources(passages))})
    await world.act("cited:open", "t1 2")
    assert opened(world).passages == passages[1:]


@library
async def test_the_panel_goes_with_its_reply_and_with_the_chat(world: World) -> None:
    await world.add(tides_pdf=PAGES)
    Effect(SourceLayer(world.session, world.page).paint)
    show(world, cited(world))
    await world.act("cited:open", "t1 1")
    assert world.page.done(Source)[-1] == Source("t1 1", is_marked=True)
    assert [world.page.commands[-2:-1], world.page.done(Draw)] == [[Draw("page 2", "source-picture")]] * 2
    world.session.state.route.set("library")
    assert world.page.done(Source)[-1] == Source("", is_marked=False)
    world.session.state.route.set("chat")
    assert world.page.done(Source)[-1].chip == "t1 1"
    world.session.state.turns.set(())
    assert world.page.done(Source)[-1].chip == ""


@library
async def test_a_scope_is_chosen_shown_and_taken_back(world: World) -> None:
    await world.add(tides_pdf=PAGES, moon_txt=b"The moon.")
    await world.act("library:named", {"name": "Sea", "arg": ""})
    [notebook] = world.library.notebooks()
    session = world.session
    tides, moon = world.one("tides.pdf").id, world.one("moon.txt").id
    for what, expected, name in (
        ("all", Scope(), "All documents"),
        (f"notebook/{notebook}", Scope(notebook), "Sea"),
        (f"document/{tides}", Scope(documents=(tides,)), "tides.pdf"),
        (f"document/{moon}", Scope(documents=(tides, moon)), "2 documents"),
        (f"document/{tides}", Scope(documents=(moon,)), "moon.txt"),
    ):
        await world.act("scope:choose", what)
        assert session.state.chat().scope == expected
        assert f">{name}</span>" in scope(session)
    html = scope_sheet(session)
    assert html.count('role="option"') == 5
    assert html.count('aria-selected="true"') == 1
    await world.act("scope:find", "TID")
    assert scope_sheet(session).count('role="option"') == 1
    await world.act("scope:choose", f"document/{moon}")
    assert session.state.chat().scope is None
    assert 'aria-label="Ask your documents"' in scope(session)


@library
async def test_the_notebook_of_a_chat_is_proposed(world: World) -> None:
    await world.act("library:named", {"name": "Sea", "arg": ""})
    [notebook] = world.library.notebooks()
    world.session.state.chat.set(Chat("c", notebook=notebook))
    assert f'data-arg="notebook/{notebook}"' in scope(world.session)
    world.session.state.chat.set(Chat("c", notebook="gone"))
    assert "scope-offer" not in scope(world.session)


@library
async def test_the_library_asks_about_what_it_has_found(world: World) -> None:
    await world.add(tides_pdf=PAGES, moon_txt=b"The moon.")
    await world.act("passages:find", "tide")
    before = world.session.state.chat().id
    world.session.state.chat.set(Chat(before, path=("x",)))
    world.session.state.route.set("library")
    await world.act("scope:ask-found")
    chat = world.session.state.chat()
    assert chat.id != before
    assert chat.scope == Scope(documents=(world.one("tides.pdf").id,))
    assert world.page.done(Draft) == [Draft("", "tide")]
    await world.act("scope:ask-documents", world.one("moon.txt").id)
    assert world.session.state.chat().scope == Scope(documents=(world.one("moon.txt").id,))


@library
async def test_what_is_private_makes_the_chat_private(world: World) -> None:
    await world.act("library:named", {"name": "Diary", "arg": ""})
    [notebook] = world.library.notebooks()
    await world.add(diary_txt=b"Dear diary.")
    await world.act("library:private", {"arg": notebook, "value": True})
    assert "makes this chat private" in scope_sheet(world.session)
    await world.act("scope:choose", "all")
    assert not world.session.state.chat().is_private
    await world.act("scope:choose", f"document/{world.one('diary.txt').id}")
    assert world.session.state.chat().is_private
    assert "makes this chat private" not in scope_sheet(world.session)


@library
async def test_what_was_dropped_on_a_chat_can_be_asked_about(world: World) -> None:
    await world.act("attach:add", Picked((PickedFile("tides.pdf", b"%PDF-1.7 " + PAGES),)))
    [notice] = world.session.state.notices()
    await world.act(*notice.buttons[0][1:])
    assert world.states() == {"tides.pdf": "indexed"}
    await world.undo()  # does what the button of the toast does
    assert world.session.state.chat().scope == Scope(documents=(world.one("tides.pdf").id,))
