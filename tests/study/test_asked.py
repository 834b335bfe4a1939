"""What a model reads of a chat: words, texts in blocks, pictures; what it does not get is told."""

from __future__ import annotations

from app.core.text import estimate_tokens
from app.core.values import Message
from app.study.asked import LEAST_TOKENS, Reading, Said, cut, fenced, left_out, messages_of, rooms
from app.study.attachments import Attachment, File, file_of
from app.study.chats import Turn
from tests.words import english

RED, BLUE = file_of("image/png", "cmVk"), file_of("image/jpeg", "Ymx1ZQ==")
NOTES = file_of("text/plain", "one\ntwo\n")
FILES = {file.id: file for file in (RED, BLUE, NOTES)}


def turn(role: str, text: str, *files: File) -> Turn:
    names = {RED.id: "red.png", BLUE.id: "blue.jpg", NOTES.id: "notes.txt"}
    attached = tuple(Attachment(file.id, names.get(file.id, "long.txt"), file.kind) for file in files)
    return Turn(f"t{text}", "c", "", role, text, attachments=attached)  # type: ignore[arg-type]


def told(said: Said) -> list[str]:
    assert all(notice.is_lasting for notice in said.notices)
    return [english(notice.text) for notice in said.notices]


def test_words_pictures_and_texts_go_together() -> None:
    talk = [turn("user", "See?", RED, NOTES, BLUE), turn("assistant", "Yes."), turn("user", "More.")]
    said = messages_of(talk, FILES, Reading(4096, sees=True))
    block = "See?\n\nFile “notes.txt”:\n```\none\ntwo\n```"
    assert said.messages == [
        Message("user", block, (RED.content, BLUE.content)),
        Message("assistant", "Yes."),
        Message("user", "More."),
    ]
    assert (said.pictures, told(said)) == (2, [])
    assert messages_of([turn("assistant", "")], {}, Reading()).messages == []


def test_a_model_that_cannot_see_does_without_earlier_pictures_but_not_without_the_last() -> None:
    talk = [turn("user", "See?", RED, BLUE), turn("assistant", "Yes."), turn("user", "And this?", RED)]
    said = messages_of(talk, FILES, Reading(sees=False))
    assert [message.images for message in said.messages] == [(), (), (RED.content,)]
    assert told(said) == ["This model can't see: 2 earlier pictures were left out."]
    assert messages_of(talk, FILES, Reading()).pictures == 3, "of some nothing is known"


def test_what_is_gone_is_said() -> None:
    said = messages_of([turn("user", "See?", RED, NOTES)], {}, Reading())
    assert said.messages == [Message("user", "See?")]
    assert [words.split(" ")[0] for words in told(said)] == ["red.png", "notes.txt"]


def test_a_text_that_is_too_long_is_cut_with_a_word_about_it() -> None:
    long = file_of("text/plain", "".join(f"line {number}\n" for number in range(1000)))
    said = messages_of([turn("user", "Why?", NOTES, long)], {**FILES, long.id: long}, Reading(1000))
    [content] = [message.content for message in said.messages]
    assert estimate_tokens(content) < 600
    assert "one\ntwo\n```" in content
    assert "line 0\n" in content
    assert "more characters of this file were left out" in content
    [words] = told(said)
    assert words.startswith("long.txt was too long for this model: 8")
    again = messages_of(
        [turn("user", "Why?", NOTES, long), turn("user", "So?")], {**FILES, long.id: long}, Reading(1000)
    )
    assert (again.messages[0].content, told(again)) == (content, []), "later it is cut alike, and not told again"
    assert messages_of([turn("user", "Why?", long)], {long.id: long}, Reading()).notices == ()


def test_room_is_shared_and_what_short_ones_leave_goes_to_the_others() -> None:
    assert rooms(["a" * 9000, "b" * 30], 0) == [0, 0]
    assert rooms(["a" * 9000, "b" * 30], 1000) == [500 - 11, 250]
    assert rooms(["a" * 9000] * 100, 200) == [LEAST_TOKENS] * 100
    assert cut("short", 10) == "short"
    assert cut("line\n" * 20, 11) == "line\n" * 6
    assert cut("é" * 100, 10) == "é" * 15
    assert left_out("a" * 200, "a") == 100
    assert fenced("no end") == "```\nno end\n```"
    assert fenced("````\n") == "`````\n````\n`````"
