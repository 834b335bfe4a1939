"""Cards that are made of questions: those of a quiz, or what the same makers make of a text.

    note = note_of(asked, say, notebook="n1", chat=chat)
    Asks(notes).knows(note)         # whether a card here asks the same

A fill-in question becomes a cloze card, any other a front and a back. The words are a document's or a model's, no
Markdown: they are written so that they look as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from app.core.quiz import BLANK
from app.core.text import shorten
from app.core.texts import Text, Words
from app.study.chats import Chat, new_id
from app.study.practice.markup import plain_text
from app.study.practice.plain import as_markdown
from app.study.practice.quizzes import NAME_LENGTH, Asked
from app.study.practice.records import CardSource, Note

LONGEST_QUOTE = 400  # characters
_HINT = re.compile(r"(\{\{c\d+::(?:(?!::|\}\}).)*)::(?:(?!\}\}).)*(?=\}\})", re.DOTALL)
ANSWERS = {"true": Text("quiz.true"), "false": Text("quiz.false")}


def note_of(asked: Asked, say: Words, notebook: str = "", chat: Chat | None = None) -> Note:
    """A new note that asks the same, with where it comes from; `chat` is what its `turn` belongs to."""
    if asked.kind == "cloze" and asked.question.count(BLANK) == 1 and not set("{}:") & set(asked.answer):
        before, after = (as_markdown(part) for part in asked.question.split(BLANK))
        text = f"{before}{{{{c1::{as_markdown(asked.answer)}}}}}{after}"
        return _note("cloze", (text, as_markdown(asked.explanation)), asked, notebook, chat)
    front, answer = as_markdown(asked.question), as_markdown(asked.answer)
    if asked.kind == "true_false":
        front = say(Text("making.true_or_false", statement=front))
        answer = say(ANSWERS.get(asked.answer, asked.answer))
    if asked.options:
        front = "\n".join([front, "", *(f"- {as_markdown(one)}" for one in asked.options)])
    back = "\n\n".join(part for part in (answer, as_markdown(asked.explanation)) if part)
    return _note("basic", (front, back), asked, notebook, chat)


def _note(
    kind: Literal["basic", "cloze"], fields: tuple[str, ...], asked: Asked, notebook: str, chat: Chat | None
) -> Note:
    text = shorten(asked.text, LONGEST_QUOTE)
    source: CardSource | None = None
    if asked.document:
        place = (asked.page, asked.start, asked.end)
        source = CardSource(asked.name, asked.document, *place, text=text, label=asked.label)
    elif chat:
        source = CardSource(shorten(chat.title, NAME_LENGTH), text=text, chat=chat.id, turn=asked.turn)
    return Note(new_id(), new_id(), kind, fields, notebook=notebook, source=source)


class Asks:
    """What is asked already, by notes of this app and of others."""

    def __init__(self, notes: Iterable[Note] = ()) -> None:
        self._known = {_asked(one) for one in notes}

    def knows(self, note: Note) -> bool:
        """Whether one of them asks the same."""
        return _asked(note) in self._known

    def add(self, note: Note) -> None:
        """It is asked too from now on."""
        self._known.add(_asked(note))


def _asked(note: Note) -> str:
    """The letters and figures of what a note asks first; where its gaps are is a part of that, their hints are not."""
    text = _HINT.sub(r"\1", note.fields[0] if note.fields else "")
    if note.markup == "html":
        text = plain_text(text)
    return "".join(letter for letter in text.casefold() if letter.isalnum())
