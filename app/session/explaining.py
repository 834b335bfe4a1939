"""Explains what is selected: on a page of a document, in a note, in a reply, on the back of a card, in a quiz.

    session.act("explain:open", {"arg": "turn/8c1d", "value": "osmosis", "before": "water moves by "})
    session.explain.shown()                     # Explained(…), a signal: grows while a model writes
    session.act("explain:more", None)           # a chat about it

The page says where the words are selected by what the element around them names (`data-explain`); their source is what
is on show there. Nothing of it is kept: what should last is copied, or asked again in a chat.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from app.core.actions import action
from app.core.commands import Copy, Draft, Focus
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.ports import Clock, Page
from app.core.signals import Signal
from app.core.text import shorten
from app.core.texts import Text, TextOrWords, Words
from app.core.throttle import Throttle
from app.session.ending import unless
from app.session.library import Library
from app.session.navigation import Navigation
from app.session.notices import as_app_error
from app.session.scope import ScopeChoice
from app.session.state import Opening, State
from app.study.ask import Ask, Question
from app.study.chats import Turn
from app.study.cited import Scope
from app.study.explaining import MAX_TOKENS, TEMPERATURE, Passage, Selected, about, passage_of
from app.study.features import EXPLAIN
from app.study.library.documents import NAME_LENGTH
from app.study.library.meaning import is_private
from app.study.practice.records import Card, CardSource
from app.study.replies import Growing

if TYPE_CHECKING:
    from app.session.cited import CitedPages
    from app.session.notes import Notes
    from app.session.passages import Passages
    from app.session.quizzing import Quizzing
    from app.session.review import Reviewing

SHEET, JOB = "explain", "explain"
SHOW_SECONDS = 0.15  # between two paintings while it is written
LONGEST_DRAFT = 400  # characters of what was selected, in the chat's message field


class NothingSelected(AppError):
    """Nothing is selected, or marked, that could be explained."""

    message = Text("explain.nothing")
    cure = Text("explain.nothing_cure")
    again = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is selected (`value`), some words before it, and where (`arg`)."""

    arg: str
    value: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """What is on show where it was selected: the whole `text`, where that is from, and whether nothing of it may leave
    this device now."""

    text: str
    source: CardSource
    stays: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation on show. While it is written, `text` grows, and `note` says what is waited for; `turn` is the
    whole, with who wrote it. With "nobody" there is no model that could, with "stays" none to which the words may
    go."""

    passage: Passage
    source: CardSource
    state: Literal["writing", "done", "stopped", "nobody", "stays", "failed"] = "writing"
    text: str = ""
    note: TextOrWords = ""
    turn: Turn | None = None
    problem: AppError | None = None


class Explaining:
    """The actions `explain:*`."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        page: Page,
        clock: Clock,
        words: Words,
        navigation: Navigation,
        library: Callable[[], Library],
        passages: Callable[[], Passages],
        cited: Callable[[], CitedPages],
        notes: Callable[[], Notes],
        review: Callable[[], Reviewing],
        quizzing: Callable[[], Quizzing],
        scope: Callable[[], ScopeChoice],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._jobs, self._page, self._words, self._navigation = state, jobs, page, words, navigation
        self._library, self._passages, self._cited, self._notes = library, passages, cited, notes
        self._review, self._quizzing, self._scope, self._ask = review, quizzing, scope, ask
        self.shown: Signal[Explained | None] = Signal(None)
        self._showing = Throttle(jobs, clock, "explain-show", SHOW_SECONDS, self._show)
        self._growing: Growing | None = None
        self._place: Where | None = None

    # -- where it is from

    def _find(self, where: str) -> Where | None:
        """What is on show there; None where it is not there any more."""
        kind, _, id = where.partition("/")
        of = {
            "page": self._of_page,
            "cited": self._of_cited,
            "note": self._of_note,
            "turn": self._of_turn,
            "card": self._of_card,
            "question": self._of_question,
        }
        return of[kind](id) if kind in of else None

    def _of_page(self, _id: str) -> Where | None:
        shown = self._passages().page()
        return self._of_document(shown.document, shown.place.number, shown.text) if shown else None

    def _of_cited(self, _id: str) -> Where | None:
        shown, page = self._state.cited(), self._cited().reader.page()
        if shown and (not page or page.document != shown.passage.document or not page.text):
            one = shown.passage  # what is kept with the reply
            found = self._of_document(one.document, one.page, one.text, one.name)
        elif page:
            found = self._of_document(page.document, page.place.number, page.text)
        else:
            return None
        chat = self._state.chat().id if shown and any(one.id == shown.turn for one in self._state.turns()) else ""
        return replace(found, stays=lambda: found.stays() or self._chat_stays(chat)) if chat else found

    def _of_document(self, id: str, number: int, text: str, name: str = "") -> Where:
        document = self._library().documents().get(id)
        name = document.name if document else name
        return Where(text, CardSource(name, id, number), partial(self._library().stays, id))

    def _of_note(self, _id: str) -> Where | None:
        note = self._notes().open()
        return self._of_document(note.id, 0, note.text, note.title) if note else None

    def _of_turn(self, id: str) -> Where | None:
        turn = next((one for one in self._state.turns() if one.id == id), None)
        return self._of_chat(turn.text, self._state.chat().id, id) if turn else None

    def _of_chat(self, text: str, id: str, turn: str) -> Where:
        chat = self._state.chat_of(id) or self._state.chat()
        name = shorten(self._words(chat.name), NAME_LENGTH)
        return Where(text, CardSource(name, chat=id, turn=turn), partial(self._chat_stays, id))

    def _chat_stays(self, id: str) -> bool:
        return any(one.is_private for one in (*self._state.chats(), self._state.chat()) if one.id == id)

    def _of_card(self, _id: str) -> Where | None:
        asked = self._review().asked()
        if asked is None or not asked.is_open:
            return None
        face, note = asked.face, asked.note
        text = "\n\n".join(part for part in (face.front, face.back, face.beside) if part.strip())
        source = note.source or CardSource(self._words(Text("explain.card")))
        return Where(text, source, partial(self._card_stays, asked.card, source))

    def _card_stays(self, card: Card, source: CardSource) -> bool:
        """A card of a private notebook stays, and one that is made of what stays."""
        library = self._library()
        return is_private(card, library.notebooks()) or (bool(source.document) and library.stays(source.document))

    def _of_question(self, id: str) -> Where | None:
        part = self._quizzing()
        quiz, now = part.quiz, part.now()
        asked = next((one for one in quiz.questions if one.id == id), None) if quiz else None
        if quiz is None or asked is None or (now and now.asked.id == id and not now.answer.is_over):
            return None
        text = "\n\n".join(filter(None, (asked.question, asked.answer, asked.explanation, asked.text)))
        place = (asked.page, asked.start, asked.end) if asked.document else (0, 0, 0)
        source = CardSource(asked.name or quiz.name, asked.document, *place, chat=quiz.chat, turn=asked.turn)
        return Where(text, source, partial(part.stays, quiz, asked))

    # -- explained

    @action("explain:open", Wanted)
    def open(self, wanted: Wanted) -> None:
        """Explain what is selected there."""
        place = self._find(wanted.arg)
        if place is None or not wanted.value.strip():
            return
        passage = passage_of(place.text, Selected(wanted.value, wanted.before))
        asked = Explained(passage, self._at(place, passage))
        if self._is_under_way(asked):
            return  # a key that is held down says it more than once
        self._place = place
        self.shown.set(asked)
        self._state.sheet.set(Opening(SHEET))
        self._begin()

    def _is_under_way(self, asked: Explained) -> bool:
        now, opening = self.shown(), self._state.sheet()
        is_open = opening is not None and opening.what == SHEET
        is_same = now is not None and (now.passage, now.source) == (asked.passage, asked.source)
        return is_open and is_same and self._jobs.is_running(JOB)

    @action("explain:page", str)
    def page(self, selected: str) -> None:
        """Explain what is selected on the page of a document, else the passage that is marked there. Raises
        NothingSelected."""
        shown = self._passages().page()
        note = self._notes().open() if shown else None
        is_note = bool(shown and note and note.id == shown.document and not shown.place.end)
        words = selected.strip() or (shown.text[shown.place.start : shown.place.end].strip() if shown else "")
        if not words:
            raise NothingSelected
        self.open(Wanted("note" if is_note else "page", words))

    def _at(self, place: Where, passage: Passage) -> CardSource:
        """The source at these very words, where they stand on a page."""
        source = place.source
        if not source.page or source.end:
            return source
        start, end = passage.span
        return replace(source, start=start, end=end)

    def _begin(self) -> None:
        self._growing = None  # what was written before is none of this
        self._library().know()
        if opening := self._state.sheet():
            self._jobs.start(JOB, self._work(opening))  # in the place of one that is under way

    def _change(self, **changes: object) -> None:
        if shown := self.shown():
            self.shown.set(replace(shown, **changes))  # type: ignore[arg-type]

    async def _work(self, opening: Opening) -> None:
        """Until it is whole, the sheet is shut, or the person stops it; asked again where its words may not leave any
        more."""
        try:
            await self._library().ready()  # it says what is private
            while self._state.sheet() is opening and not await self._asked(opening):
                continue
        except Exception as error:  # noqa: BLE001 - shown where the explanation would be
            self._show()
            self._change(state="failed", problem=as_app_error(error))

    async def _asked(self, opening: Opening) -> bool:
        """Whether that was all. Raises what asking raises."""
        place, shown = self._place, self.shown()
        if place is None or shown is None:
            return True
        stays, chat = place.stays(), shown.source.chat
        model = self._ask().model_for(EXPLAIN, chat, stays_here=stays)
        if model is None or not model.id:
            self._change(state="stays" if model is None else "nobody")  # there is one elsewhere that would be asked
            return True
        self._growing = None
        self._change(state="writing", text="", note="", turn=None, problem=None)
        question = Question(
            EXPLAIN,
            about(shown.source.name, shown.passage),
            chat,
            max_tokens=MAX_TOKENS,
            temperature=TEMPERATURE,
            stays_here=stays,
        )

        def is_over() -> bool:
            return self._state.sheet() is not opening or (not stays and place.stays())

        return bool(await unless(is_over, self._grow(question)))

    async def _grow(self, question: Question) -> bool:
        async with aclosing(self._ask().grow(question)) as steps:
            async for growing in steps:
                self._growing = growing
                self._showing.ask()
        turn = self._growing.turn() if self._growing else None
        self._change(state="done", text=turn.text if turn else "", note="", turn=turn)
        return True

    def _show(self) -> None:
        """As far as it is written."""
        shown = self.shown()
        if self._growing and shown and shown.state == "writing":
            live = self._growing.live()
            self._change(text=live.text, note=live.note)

    # -- what is done with it

    @action("explain:stop")
    async def stop(self) -> None:
        """Write no further; what is there stays."""
        await self._jobs.stop(JOB)
        self._show()
        shown = self.shown()
        if shown and shown.state == "writing":
            turn = self._growing.turn() if self._growing else None
            self._change(state="stopped", note="", turn=turn)

    @action("explain:again")
    def again(self) -> None:
        """Ask once more."""
        self._change(state="writing", text="", note="", turn=None, problem=None)
        self._begin()

    @action("explain:copy")
    def copy(self) -> None:
        """Copy the explanation."""
        if shown := self.shown():
            self._page.do(Copy(shown.text))

    @action("explain:more")
    async def more(self) -> None:
        """Ask on in a chat: about its document, in the chat that it is from, else in a new one. Raises StorageError."""
        shown, place = self.shown(), self._place
        if shown is None or place is None:
            return
        self._state.sheet.set(None)
        words = self._words(Text("explain.draft", words=shorten(shown.passage.words, LONGEST_DRAFT)))
        source, stays = shown.source, place.stays()
        chat = self._state.chat_of(source.chat) if source.chat else None
        if source.document in self._library().documents():
            await self._scope().begin(Scope(documents=(source.document,)), words, is_private=stays)
        elif chat and (chat.is_private or not stays):  # what stays is for no chat that may leave
            if self._state.here() != f"chat/{source.chat}":
                self._navigation.visit(f"#/chat/{source.chat}")
            self._page.do(Draft(source.chat, words))
            self._page.do(Focus("message"))
        else:
            await self._scope().begin(None, words, is_private=stays)
