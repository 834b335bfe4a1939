"""Sources and models used: what is known is told, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace

from app.core.places import Place
from app.core.quiz import KINDS
from app.core.texts import Text, TextOrWords
from app.models.costs.ledger import Entry
from app.study.chats import Chat, Turn
from app.study.cited import Cited, Sources
from app.study.library.documents import Document
from app.study.practice.quizzes import Answer, Asked, Attempt, Lost, Quiz
from app.study.ran import RunMark
from app.study.source import Source
from app.study.statement import Statement, as_markdown, dated, of_chat, of_note, of_quiz
from app.study.tutored import Tutored
from app.study.writing.record import By, Writing
from tests.words import english

DAY = 86_400.0
PASSAGES = (Cited(1, "d", "Tides.pdf", 4, 0, 9, "x", "iv"), Cited(2, "d", "Tides.pdf", 9, 0, 9, "y"))
CHAT = Chat("c", "Tides", path=("q", "a", "r", "b"))
TURNS = (
    Turn("q", "c", "", "user", "Why is it high?"),
    Turn("a", "c", "q", "assistant", "The moon [2].", DAY, model_name="Gemma", sources=Sources(PASSAGES)),
    Turn("r", "c", "a", "user", "And then?"),
    Turn("b", "c", "r", "assistant", "Ebb.", 3 * DAY, model_name="Large", where="sent to OpenAI", place=Place.CLOUD),
)


def plain(text: TextOrWords) -> str:
    return english(text) if isinstance(text, Text) else str(text)


def lines(statement: Statement) -> dict[str, list[str]]:
    return {plain(part.title): [plain(line) for line in part.lines] for part in statement.parts}


def entry(id: str, feature: str = "chat", turn: str = "", chat: str = "c") -> Entry:
    return Entry(id, 0.0, "2026-11-23", feature, "browser", "", "gemma", chat_id=chat, turn_id=turn)


def test_a_chat_tells_who_answered_where_how_much_and_what_was_cited() -> None:
    assert lines(of_chat(CHAT, TURNS)) == {
        "About": ["You wrote 2 messages, 6 words."],
        "Models": [
            "Gemma, on this device: 1 reply, 3 words (2 January 1970)",
            "Large, sent to OpenAI: 1 reply, 1 word (4 January 1970)",
        ],
        "Documents cited": ["Tides.pdf, page 9"],
    }


def test_what_the_usage_log_lists_beside_it_is_told_and_only_of_this_chat() -> None:
    some = [
        entry("1", turn="a"),
        entry("2", turn="gone"),
        entry("3", "title"),
        entry("4", "title"),
        entry("5", chat="d"),
    ]
    told = lines(of_chat(CHAT, TURNS, some))["Models"]
    assert told[2:] == [
        "The usage log lists 1 more reply in this chat that isn't in it: another version, or deleted.",
        "The usage log also lists Chat titles: 2 replies",
    ]
    assert len(lines(of_chat(CHAT, TURNS, []))["Models"]) == 2


def test_a_reply_on_show_is_told_once_though_the_log_lists_it_as_the_tutors() -> None:
    hint = Turn("h", "c", "q", "assistant", "Think of the moon.", model_name="Gemma", tutor=Tutored("hint"))
    answer = Turn("a", "c", "q", "assistant", "The moon.", model_name="Gemma", tutor=Tutored("answer"))
    log = [
        entry("1", "tutor"),
        entry("2", "tutor", "unseen"),
        entry("3", "tutor", "a"),
    ]  # the key, the hint, the answer
    told = lines(of_chat(CHAT, (TURNS[0], hint, answer), log))["Models"]
    assert told == ["Gemma, on this device: 2 replies, 6 words", "The usage log also lists Tutor: 1 reply"]


def test_what_a_button_has_sent_is_not_what_the_person_wrote() -> None:
    please = Turn("h", "c", "b", "user", "Give me a hint.", tutor=Tutored("hint"))
    printed = Turn("p", "c", "b", "user", "It printed: 1 2 3", ran=RunMark())
    tried = Turn("t", "c", "b", "user", "The moon?", tutor=Tutored("attempt"))
    told = lines(of_chat(CHAT, (*TURNS, please, printed, tried)))
    assert told["About"] == ["You wrote 3 messages, 8 words."]


def test_what_was_brought_in_and_what_no_model_answered_is_said() -> None:
    told = lines(of_chat(replace(CHAT, source=Source("ChatGPT")), TURNS[:1]))
    assert told["Models"] == ["No replies of a model are in it."]
    assert told["About"][1] == "This chat was brought in from ChatGPT. What it says about models comes from there."
    assert "Documents cited" not in told


def test_a_note_tells_whether_it_was_changed_since() -> None:
    note = Document("n", "Summary: Tides", "ab", 9, is_note=True, changed_at=3 * DAY)
    by = (By("Gemma", Place.COMPUTER, "on this computer", 7, 120),)
    writing = Writing("n", passages=PASSAGES, by=by, kept=12, dropped=3, sha256="ab", done_at=2 * DAY)
    assert lines(of_note(note, writing)) == {
        "About": ["Made on 3 January 1970.", "The text is as it was made."],
        "Models": [
            "Gemma, on this computer: 7 replies, 120 words",
            "12 points written. Left out, because their passages don't say them: 3.",
        ],
        "Documents cited": ["Tides.pdf, pages iv, 9"],
    }
    edited = lines(of_note(replace(note, sha256="cd"), writing))["About"][1]
    assert edited == "The text was edited by hand after it was made, last on 4 January 1970."
    alone = lines(of_note(note, replace(writing, by=(), kept=0)))["Models"]
    assert alone == ["No model wrote this. It was taken from the documents' own headings and sentences."]


def test_of_a_note_of_ones_own_nothing_is_claimed() -> None:
    note = Document("n", "Mine", "ab", 9, is_note=True, changed_at=DAY)
    unknown = "Whether a model wrote any of this note isn't kept with it."
    assert lines(of_note(note, None)) == {"About": [f"{unknown} Last changed on 2 January 1970."]}
    assert lines(of_note(replace(note, changed_at=0.0), None)) == {"About": [unknown]}


def test_a_quiz_tells_who_wrote_and_who_graded() -> None:
    asked = Asked("1", "cloze", "?", "!", document="d", name="Tides.pdf", page=4, model="Gemma")
    quiz = Quiz(
        "z",
        "Tides",
        kinds=KINDS,
        questions=(asked, replace(asked, id="2", model="", page=2)),
        lost=(Lost("source", 3),),
    )
    attempt = Attempt("t", "z", answers=(Answer("1", "x", 1, by="Gemma"), Answer("2", "y", 1), Answer("3", by="Gemma")))
    assert lines(of_quiz(quiz, [attempt])) == {
        "Models": [
            "Gemma wrote 1 question; where it ran isn't kept with a quiz.",
            "1 question made from the documents' own sentences, without a model",
            "Dropped after checks: 3 questions",
            "Gemma graded 1 answer.",
        ],
        "Documents cited": ["Tides.pdf, pages 2, 4"],
    }


def test_as_markdown_it_says_what_it_is_made_from() -> None:
    text = as_markdown(dated(of_chat(CHAT, TURNS), DAY), plain, 3)
    assert text.startswith("### About\n\n- You wrote 2 messages, 6 words.\n\n### Models\n\n- Gemma, on this device")
    assert "made this list on 2 January 1970 from what it keeps on this device" in text
