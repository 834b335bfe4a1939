"""Pictures and texts on their way from a person to a model, and what is said of all else."""

from __future__ import annotations

import json
from dataclasses import replace

from app.core.actions import Picked, PickedFile
from app.core.commands import Attached, Focus, Say
from app.core.commands import Draft as DraftBack
from app.session.attaching import FORGET_SECONDS, MOST_FILES, MOST_TEXT_BYTES, Recall
from app.study.archive.backup import FORMAT
from app.study.attachments import Draft, file_of
from app.ui.parts import composer
from app.ui.parts.attached import attached_list, attached_to, edited_list, file_sheet
from app.ui.parts.figures import figures
from app.ui.parts.figures import line as quiet_line
from tests.memory import ticks
from tests.study.imports.exports import FIXTURES, as_archive
from tests.test_session_switching import CLOUD, Hybrid, page_with
from tests.words import english

PNG, OTHER = b"\x89PNG\r\n\x1a\n red", b"\x89PNG\r\n\x1a\n blue"
SEEING = replace(CLOUD, id="cloud:openai:sees", name="Seer", capabilities=("completion", "vision"))


def files(**named: bytes) -> Picked:
    return Picked(tuple(PickedFile(name.replace("_", "."), data) for name, data in named.items()))


#: a local model is chosen, which cannot see, beside one far away
attaching = page_with("tiny", *["From here."] * 6)


def here(world: Hybrid) -> tuple[Draft, ...]:
    state = world.session.state
    return state.attached().get(state.draft_key(state.chat()), ())


def names(world: Hybrid) -> list[str]:
    return [one.attachment.name for one in here(world)]


def told(world: Hybrid) -> str:
    return " ".join(english(notice.text) for notice in world.session.state.notices())


def shelf(world: Hybrid, name: str) -> set[str]:
    return set(world.records.shelves.get(name, {}))


@attaching
async def test_exports_of_chats_lead_to_the_import(world: Hybrid) -> None:
    plain = (FIXTURES / "chatgpt" / "conversations.json").read_bytes()
    zipped = as_archive("chatgpt-2024")
    backup = json.dumps({"format": FORMAT, "version": 1, "shelves": {}}).encode()
    for picked in (files(export_zip=zipped), files(conversations_json=plain), files(backup_json=backup)):
        await world.act("attach:add", picked)
        assert (names(world), "holds chats" in told(world)) == ([], True)
        world.session.notices.dismiss("exports")
    await world.act("attach:add", files(chats_json=plain, notes_txt=b"E = mc2"))
    assert names(world) == ["notes.txt"]
    [notice] = world.session.state.notices()
    assert [(english(label), action) for label, action, _ in notice.buttons] == [("Import", "attach:import")]
    await world.act("attach:import")
    assert world.session.state.route() == "settings"
    work = world.session.archive.importing()
    assert work is not None
    assert (work.phase, work.names) == ("ready", ("chats.json",))
    assert world.session.state.notices() == ()


@attaching
async def test_documents_lead_to_the_library(world: Hybrid) -> None:
    await world.act("attach:add", files(paper_pdf=b"%PDF-1.7", notes_txt=b"E = mc2"))
    assert names(world) == ["notes.txt"]
    [notice] = world.session.state.notices()
    [(label, action, _)] = notice.buttons
    assert (english(label), action) == ("Add to Library", "attach:to-library")
    assert "library" not in vars(world.session), "nothing of it is imported before"
    await world.act("attach:to-library")
    assert world.session.state.route() == "library"
    assert [one.name for one in world.session.library.documents().values()] == ["paper.pdf"]
    assert world.session.state.notices() == ()
    await world.act("attach:add", files(paper_pdf=b"%PDF-1.7"))
    await world.act("attach:to-library")
    assert len(world.session.library.documents()) == 1
    assert "is in your library already" in told(world)


@attaching
async def test_other_json_and_other_zips_are_what_they_were(world: Hybrid) -> None:
    await world.act("attach:add", files(data_json=b'[{"a": 1}]', list_json=b"{}", odd_zip=b"PK\x03\x04 nothing"))
    assert names(world) == ["data.json", "list.json"]
    assert "odd.zip is an archive." in told(world)


@attaching
async def test_what_is_attached_is_shown_kept_and_sent(world: Hybrid) -> None:
    assert "attach" not in vars(world.session), "nothing of it is imported before"
    await world.act("attach:add", files(a_png=PNG, notes_txt=b"E = mc2"))
    assert names(world) == ["a.png", "notes.txt"]
    assert [english(one.text) for one in world.page.done(Say)] == ["Picture added: a.png File added: notes.txt"]
    assert len(shelf(world, "drafts")) == 2
    html = attached_list(world.session, here(world))
    assert 'aria-label="Remove a.png"' in html
    assert "about 3 tokens" in html.replace("\u00a0", " ")
    await world.act("models:choose", CLOUD.id)
    await world.act("chat:send", "See?")
    question, answer = world.session.state.turns()
    assert [one.name for one in question.attachments] == ["a.png", "notes.txt"]
    assert (here(world), shelf(world, "drafts"), len(shelf(world, "files"))) == ((), set(), 2)
    [request] = world.far.requests
    content, images = request.messages[-1].content, request.messages[-1].images
    assert content == "See?\n\nFile “notes.txt”:\n```\nE = mc2\n```"
    assert [file_of("image/jpeg", image).id for image in images] == [question.attachments[0].id]
    assert answer.pictures == 1
    assert "1 picture went to" in figures(answer)
    assert "1 picture" in (quiet_line(answer, is_open=False) or "")
    assert "Open a.png" in attached_to(question)

    # Another answer, and another question, come with the same.
    await world.act("chat:regenerate", answer.id)
    await world.act("chat:resend", {"arg": question.id, "text": "And now?"})
    assert [len(one.messages[-1].images) for one in world.far.requests] == [1, 1, 1]
    assert len(shelf(world, "files")) == 2
    await world.act("chat:delete", world.session.state.chat().id)
    assert shelf(world, "files") == set()


@attaching
async def test_without_words_a_question_stands_for_them(world: Hybrid) -> None:
    await world.act("chat:send", "  ")
    assert world.session.state.turns() == ()
    await world.act("attach:add", files(a_md=b"# Notes"))
    await world.act("chat:send", "")
    assert [turn.text for turn in world.session.state.turns()] == ["What is this?", "From here."]


@attaching
async def test_a_message_waits_for_what_is_still_read(world: Hybrid) -> None:
    world.session.act("attach:add", files(a_md=b"# Notes"))
    assert world.session.state.attaching() == 1
    assert "Adding" in composer.attachments(world.session)
    world.session.act("chat:send", "Read it")
    await world.session.jobs.join()
    assert [one.name for one in world.session.state.turns()[0].attachments] == ["a.md"]
    assert world.session.state.attaching() == 0


@attaching
async def test_what_cannot_be_attached_is_told_and_the_rest_is(world: Hybrid) -> None:
    picked = files(a_png=PNG, b_png=PNG, c_png=PNG + b"broken", paper_pdf=b"%PDF-1.7", empty_txt=b"", d_txt=b" \n")
    await world.act("attach:add", picked)
    assert names(world) == ["a.png"]
    words = told(world)
    for part in (
        "b.png is attached already.",
        "c.png can't be opened as a picture.",
        "paper.pdf is a PDF",
        "empty.txt is empty.",
        "d.txt is empty.",
    ):
        assert part in words
    await world.act("attach:add", files(tiny_gguf=b"GGUF"))
    assert "drop it on the Models page" in told(world)
    await world.act("attach:add", files(long_txt=b"a" * (MOST_TEXT_BYTES + 1), img_heic=b"\0\0\0\x18ftypheic"))
    assert "long.txt is too long (2 MB). Text files can have up to 2 MB." in told(world).replace("\u00a0", " ")
    assert "HEIC" in told(world)
    await world.act("attach:add", files(**{f"f{number}_txt": b"%d" % number for number in range(MOST_FILES)}))
    assert len(here(world)) == MOST_FILES
    assert f"Up to {MOST_FILES} files" in told(world)


@attaching
async def test_one_can_be_taken_away_and_looked_at(world: Hybrid) -> None:
    await world.act("attach:add", files(a_png=PNG, notes_txt=b"E = mc2"))
    picture, text = here(world)
    await world.act("attach:show", f"/{picture.id}")
    assert (opening := world.session.state.sheet())
    assert opening.what == "file"
    assert f'src="data:image/jpeg;base64,{picture.content}"' in (file_sheet(world.session) or "")
    await world.act("attach:show", f"/{text.id}")
    assert "E = mc2</pre>" in (file_sheet(world.session) or "")
    world.page.commands.clear()
    await world.act("attach:remove", picture.id)
    await world.act("attach:remove", "nothing")
    assert names(world) == ["notes.txt"]
    assert world.page.done(Focus) == [Focus("attach")]
    assert shelf(world, "drafts") == {text.id}
    await world.act("chat:send", "Why?")
    [question, _] = world.session.state.turns()
    await world.act("attach:show", f"{question.id}/{question.attachments[0].id}")
    assert "E = mc2</pre>" in (file_sheet(world.session) or "")
    await world.records.write([], [("files", question.attachments[0].id)])
    await world.act("attach:show", f"{question.id}/{question.attachments[0].id}")
    assert "isn&#x27;t on this device any more" in (file_sheet(world.session) or "")


@attaching
async def test_a_draft_outlives_a_reload_and_an_old_one_goes(world: Hybrid) -> None:
    await world.act("attach:add", files(a_png=PNG))
    kept = composer.attached(world.session)
    assert kept == Attached((("", (here(world)[0].id,)),))
    await world.reload()
    assert here(world) == ()
    await world.act("attach:recall", {"kept": kept.kept})
    await world.act("attach:recall", {"kept": kept.kept})
    assert names(world) == ["a.png"]
    assert Recall(kept.kept).kept == kept.kept
    await world.reload()
    world.session.clock.time += FORGET_SECONDS + 100_000  # type: ignore[attr-defined]
    await world.act("attach:add", files(b_png=OTHER))
    assert (names(world), shelf(world, "drafts")) == (["b.png"], {here(world)[0].id})


@attaching
async def test_of_a_private_chat_nothing_is_stored_before_it_is_sent(world: Hybrid) -> None:
    await world.act("attach:add", files(a_png=PNG))
    await world.act("chat:private", True)
    assert (names(world), shelf(world, "drafts")) == (["a.png"], set())
    await world.act("attach:add", files(b_png=OTHER))
    assert (names(world), shelf(world, "drafts")) == (["a.png", "b.png"], set())
    assert composer.attached(world.session) == Attached(())
    await world.act("chat:private", False)
    assert len(shelf(world, "drafts")) == len(here(world)) == 2


@attaching
async def test_what_is_queued_or_not_stored_keeps_what_is_attached(world: Hybrid) -> None:
    await world.begin("chat:send", "First?")
    world.session.act("attach:add", files(notes_txt=b"E = mc2"))
    await ticks(400)
    world.session.act("chat:send", "Second?")
    await ticks(50)
    chat = world.session.state.chat()
    [queued] = world.session.state.queued()[chat.id]
    assert (len(queued.drafts), here(world)) == (1, ())
    assert composer.attached(world.session).kept == ((chat.id, (queued.drafts[0].id,)),)
    assert "notes.txt" in composer.queue(world.session)
    world.session.act("chat:edit-queued", queued.id)
    await ticks(50)
    assert names(world) == ["notes.txt"]
    world.session.act("chat:send", "Second?")
    await ticks(50)
    await world.more()
    await world.session.jobs.join()
    turn = world.session.state.turns()[2]
    assert (turn.text, [one.name for one in turn.attachments]) == ("Second?", ["notes.txt"])

    await world.act("attach:add", files(more_txt=b"more"))
    world.records.is_full = True
    await world.act("chat:send", "Third?")
    assert names(world) == ["more.txt"], "what could not be stored is back"
    assert world.page.done(DraftBack)[-1].words == "Third?"


@attaching
async def test_a_model_that_cannot_see_says_so_and_one_that_can_is_offered(world: Hybrid) -> None:
    await world.act("attach:add", files(a_png=PNG))
    html = attached_list(world.session, here(world))
    assert "can&#x27;t see pictures." in html
    assert 'href="#/models"' in html
    world.session.state.cloud.set((CLOUD, SEEING))
    html = attached_list(world.session, here(world))
    assert f'data-arg="{SEEING.id}"' in html
    await world.act("chat:private", True)
    assert 'href="#/models"' in attached_list(world.session, here(world)), "from a private chat nothing leaves"
    await world.act("chat:private", False)
    await world.act("models:choose", SEEING.id)
    assert "can&#x27;t see" not in attached_list(world.session, here(world))


@attaching
async def test_a_picture_is_refused_by_a_model_that_cannot_see_and_later_left_out(world: Hybrid) -> None:
    await world.act("attach:add", files(a_png=PNG))
    await world.act("chat:send", "See?")
    assert "can't see images" in (world.session.state.turns()[-1].problem or world).message  # type: ignore[union-attr]
    await world.act("chat:send", "And without?")
    answer = world.session.state.turns()[-1]
    assert answer.text == "From here."
    assert answer.notices == ("This model can't see: 1 earlier picture was left out.",)
    assert not any(message.images for message in world.engine.asked[-1])


@attaching
async def test_a_text_that_is_too_long_is_announced_and_cut(world: Hybrid) -> None:
    await world.act("attach:add", files(long_txt=b"word " * 20_000))
    html = attached_list(world.session, here(world))
    assert "long.txt is too long for" in html
    share = composer.context(world.session)
    assert "100" in share
    await world.act("chat:send", "Sum up")
    answer = world.session.state.turns()[-1]
    assert answer.text == "From here."
    assert answer.notices[0].startswith("long.txt was too long for this model: 9")


# -- a question that is edited


@attaching
async def test_attachments_come_and_go_while_a_question_is_edited(world: Hybrid) -> None:
    await world.act("attach:add", files(a_txt=b"alpha", b_txt=b"beta"))
    await world.act("chat:send", "What?")
    [first, _] = world.session.state.turns()
    await world.act("attach:add", files(draft_txt=b"of the next message"))
    await world.act("chat:edit", first.id)
    await world.act("attach:unkeep", first.attachments[0].id)
    await world.act("attach:also", files(c_txt=b"gamma", d_txt=b"delta", b_txt=b"beta"))
    assert "b.txt is attached already." in told(world)
    shown = edited_list(world.session, first.id)
    assert [f"Remove {name}" in shown for name in ("a.txt", "b.txt", "c.txt", "d.txt")] == [False, True, True, True]
    assert shelf(world, "drafts") == {here(world)[0].id}, "what is attached to an edited question is in memory only"
    assert composer.attached(world.session) == Attached(((world.session.state.chat().id, (here(world)[0].id,)),))
    state = world.session.state
    gone = next(one for one in state.attached()[state.edit_key] if one.attachment.name == "d.txt")
    await world.act("attach:remove", gone.id)
    assert world.page.done(Focus)[-1] == Focus(f"also-{first.id}")
    await world.act("chat:resend", {"arg": first.id, "text": "And now?"})
    question = world.session.state.turns()[0]
    assert (question.text, [one.name for one in question.attachments]) == ("And now?", ["b.txt", "c.txt"])
    assert "gamma" in world.engine.asked[-1][-1].content
    assert "alpha" not in world.engine.asked[-1][-1].content
    assert names(world) == ["draft.txt"], "what is attached to the next message stays there"
    await world.act("chat:version", first.id)
    assert [one.name for one in world.session.state.turns()[0].attachments] == ["a.txt", "b.txt"]


@attaching
async def test_an_edit_that_is_left_changes_nothing_and_words_may_be_missing(world: Hybrid) -> None:
    await world.act("attach:add", files(a_txt=b"alpha"))
    await world.act("chat:send", "What?")
    [first, _] = world.session.state.turns()
    await world.act("chat:edit", first.id)
    await world.act("attach:also", files(b_txt=b"beta"))
    await world.act("attach:unkeep", first.attachments[0].id)
    await world.act("chat:edit", "")
    assert not world.session.state.attached()
    await world.act("chat:edit", first.id)
    assert [one.name for one in world.session.state.edited()] == ["a.txt"]
    await world.act("chat:resend", {"arg": first.id, "text": " "})
    question = world.session.state.turns()[0]
    assert (question.text, [one.name for one in question.attachments]) == ("What is this?", ["a.txt"])
    await world.act("chat:edit", question.id)
    await world.act("attach:unkeep", question.attachments[0].id)
    await world.act("chat:resend", {"arg": question.id, "text": ""})
    assert world.session.state.editing() == question.id, "nothing is there to be asked"
