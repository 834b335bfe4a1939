"""The replies of a tutored chat that its own model does not write: to ask for an attempt, to hint, to check.

    async for event in steps.run(Step(chat, turn, now, model, how)):    # Notice, Stepped, Delta, Done

The answer is asked for while the student thinks, and all steps speak of that one. Where a rule can tell, no model is
asked; what a model says is looked at before it is shown.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.errors import AppError, BadAnswer
from app.core.jobs import Jobs
from app.core.texts import Text, Words
from app.core.values import Delta, Done, Event, Model, Notice
from app.session.library_queue import ReadingQueue
from app.session.state import State
from app.study.ask import Ask, Question, read_answer
from app.study.asked import UNKNOWN, messages_of
from app.study.chats import Chat, ChatStore, Turn
from app.study.cited import Sources
from app.study.features import TUTOR
from app.study.practice import ladder
from app.study.practice.tutoring import (
    Checked,
    Task,
    check_question,
    hint_question,
    key_question,
    parts_of,
    tidy_hint,
    tidy_key,
)
from app.study.replies import Asking
from app.study.tutored import BY_RULE, Key, Stepped, Tutored, Verdict, spoken

if TYPE_CHECKING:
    from app.session.grounding import Grounding

Steps = AsyncGenerator[Event | Stepped | Sources, None]
AT_ONCE = 40  # turns that are read at once, from the end
TRIES = 2  # of a model at one hint
MOST_SENTENCES = 8  # of documents, among which the one is looked for that holds the answer


@dataclass(frozen=True, slots=True)
class Step:
    """The reply `turn` of a chat is to be made; `now` is how things stand before it."""

    chat: Chat
    turn: Turn
    now: Tutored
    model: Model
    how: Asking


class TutorSteps:
    """Makes them, and keeps the answer that they speak of with the question."""

    def __init__(
        self,
        state: State,
        jobs: Jobs,
        words: Words,
        store: ChatStore,
        reading: ReadingQueue,
        grounding: Callable[[], Grounding],
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._jobs, self._words, self._store = state, jobs, words, store
        self._reading, self._grounding, self._ask = reading, grounding, ask

    async def run(self, step: Step) -> Steps:
        """What the reply says. Raises what asking and searching raise, StorageError."""
        question = await self.question(step.chat, step.turn)
        [asked] = await self._store.turns([step.turn.parent])
        if question is None or step.now.kind == "question":
            made = self._begin(step, asked)
        elif step.now.kind == "attempt":
            made = self._check(step, asked, question)
        else:
            made = self._hint(step, asked, question)
        async with aclosing(made):
            async for event in made:
                yield event

    async def last(self, path: tuple[str, ...], is_it: Callable[[Turn], bool]) -> Turn | None:
        """The last turn of a branch that is such a one. Raises StorageError."""
        for end in range(len(path), 0, -AT_ONCE):
            turns = await self._store.turns(path[max(0, end - AT_ONCE) : end])
            if found := next((turn for turn in reversed(turns) if is_it(turn)), None):
                return found
        return None

    async def question(self, chat: Chat, turn: Turn) -> Turn | None:
        """What the student wants to know, above a reply. Raises StorageError."""

        def asks(one: Turn) -> bool:
            return one.role == "user" and one.tutor is not None and one.tutor.kind == "question"

        return await self.last(chat.path[: chat.path.index(turn.id)], asks)

    async def keep(self, turn: Turn) -> None:
        """Write a turn with another mark, and show it. Raises StorageError."""
        await self._store.save_turn(turn)
        self._state.turns.set(tuple(turn if one.id == turn.id else one for one in self._state.turns()))

    # -- asking for an attempt

    async def _begin(self, step: Step, asked: Turn) -> Steps:
        """Meanwhile the answer is worked out. Documents that tell nothing end it."""
        found: Sources | None = None
        if step.chat.scope:
            yield Notice(Text("grounding.looking"))
            found = await self._find(step, asked)
            if not found.passages:
                yield found
                return
        yield Stepped(ladder.begun(step.now))
        yield Delta(self._words(Text("tutor.try_first")))
        self._jobs.start(_job(asked), self._make_ahead(asked, found))
        yield Done()

    async def _find(self, step: Step, question: Turn) -> Sources:
        """The passages that a question is to be answered from."""
        path = step.chat.path
        above = await self._store.turns(path[: path.index(question.id) + 1][-AT_ONCE:])
        return await self._grounding().for_next(step.chat, spoken(above), "", step.model, step.how)

    # -- a hint

    async def _hint(self, step: Step, asked: Turn, question: Turn) -> Steps:
        """By the model, as long as it does not tell the answer; else by rule."""
        got: list[Key] = []
        async for event in self._key(step, question, got):
            yield event
        now, key, number = step.now, got[0], step.now.hints + 1
        is_spelt = number >= ladder.HINTS and bool(key.clue)  # where the answer stands is the best last hint
        if key.answer and not is_spelt:
            hints: list[tuple[str, Turn]] = []
            async for event in self._hint_by_model(step, asked, question, key, hints):
                yield event
            if hints:
                [(hint, by)] = hints
                yield Stepped(ladder.hinted(now, now.kind, by.model_name), by)
                yield Delta(hint)
                yield _done(by)
                return
        yield Stepped(ladder.hinted(now, now.kind, BY_RULE))
        yield Delta(self._words(ladder.hints_by_rule(key, question.text)[min(number, ladder.HINTS) - 1]))
        yield Done()

    async def _hint_by_model(
        self, step: Step, asked: Turn, question: Turn, key: Key, hints: list[tuple[str, Turn]]
    ) -> Steps:
        """Put a hint that may be shown into `hints`, if there is one."""
        task, number = await self._task(question), step.now.hints + 1
        had, attempt = await self._so_far(step, question)
        asks = asked.text if step.now.kind == "aside" else ""
        wanted = hint_question(task, key, number, question.chat_id, attempt=attempt, had=had, asks=asks)
        for _ in range(TRIES):
            said: list[Turn] = []
            try:
                async for event in self._told(wanted, Text("tutor.thinking_hint"), said):
                    yield event
            except AppError:
                return
            hint = tidy_hint(said[0].text) if said else ""
            if hint and await self._may_tell(key, task, hint, had):
                hints.append((hint, said[0]))
                return

    async def _may_tell(self, key: Key, task: Task, hint: str, had: list[str]) -> bool:
        """Whether a hint is one: new, not the question again, and without the answer."""
        mine, asked = hint.casefold(), task.text.casefold()
        if hint in had or mine in asked or asked in mine:
            return False
        try:
            return not await self._reading.librarian.gives_away(key.answer, task.text, hint)
        except AppError:
            return False  # nobody could look at it

    async def _so_far(self, step: Step, question: Turn) -> tuple[list[str], str]:
        """The hints that were had for a question, and the last attempt."""
        path = step.chat.path
        turns = await self._store.turns(path[path.index(question.id) : path.index(step.turn.id)])
        kinds = [(one, one.tutor.kind) for one in turns if one.tutor and one.text.strip()]
        had = [one.text for one, kind in kinds if one.role == "assistant" and kind in ("hint", "aside")]
        tried = [one.text for one, kind in kinds if one.role == "user" and kind == "attempt"]
        return had, tried[-1] if tried else ""

    # -- a check

    async def _check(self, step: Step, asked: Turn, question: Turn) -> Steps:
        """Whether an attempt is right: by rule where one can tell, else by the model."""
        got: list[Key] = []
        async for event in self._key(step, question, got):
            yield event
        versions = await self._store.siblings(step.chat, asked)
        again, key = versions.index(asked.id) if asked.id in versions else 0, got[0]
        verdict = await self._by_rule(key, asked.text)
        if verdict != "unsure":
            after = ladder.checked(step.now, verdict, BY_RULE, again)
            yield Stepped(after)
            yield Delta(self._words(_told_of(after)))
            yield Done()
            return
        said: list[Turn] = []
        task = await self._task(question)
        wanted = check_question(task, key, asked.text, question.chat_id)
        try:
            async for event in self._told(wanted, Text("tutor.thinking_check"), said):
                yield event
        except BadAnswer:  # then nobody can tell
            pass
        by = said[0] if said else None
        judged = _judged(by)
        verdict = "unsure" if judged is None else "right" if judged.is_right else "wrong"
        after = ladder.checked(step.now, verdict, by.model_name if by else "", again)
        comment = tidy_hint(judged.comment) if judged else ""
        if verdict != "right" and comment and not await self._may_tell(key, task, comment, []):
            comment = ""
        yield Stepped(after, by)
        yield Delta("\n\n".join(filter(None, (self._words(_told_of(after)), comment))))
        yield _done(by) if by else Done()

    async def _by_rule(self, key: Key, attempt: str) -> Verdict:
        """What a rule says of an attempt, or of what stands at its end."""
        parts = parts_of(attempt)
        if not key.answer or not parts:
            return "unsure"
        try:
            grades = [await self._reading.librarian.grade(key.answer, part) for part in parts]
        except AppError:
            return "unsure"
        if any(one.is_right for one in grades):
            return "right"
        return "wrong" if grades[0].is_sure and len(parts) == 1 and ladder.is_short(attempt, key) else "unsure"

    # -- the answer that all steps speak of

    async def _key(self, step: Step, question: Turn, got: list[Key]) -> Steps:
        """As it was worked out while the student thought; else it is made now."""
        if self._jobs.is_running(_job(question)):
            yield Notice(Text("tutor.thinking_key"))
            await self._jobs.wait(_job(question))
        [fresh] = await self._store.turns([question.id]) or [question]
        if fresh.tutor and fresh.tutor.key:
            got.append(fresh.tutor.key)
            return
        found = await self._find(step, question) if step.chat.scope else None
        async for event in self._make(question, found, got):
            yield event

    async def _make_ahead(self, question: Turn, found: Sources | None) -> None:
        """Work it out while the student thinks; what goes wrong is told once it is needed."""
        try:
            async for _ in self._make(question, found, []):
                pass
        except AppError:
            pass

    async def _make(self, question: Turn, found: Sources | None, got: list[Key]) -> Steps:
        """Ask the model for the answer, and keep it with the question. Raises what asking raises."""
        task, said = await self._task(question, found), list[Turn]()
        documents = tuple(dict.fromkeys(one.document for one in task.passages))
        if documents:  # known before anything is asked: should one become private, the chat does too
            await self._mark(question, documents=documents)
        async for event in self._told(key_question(task, question.chat_id), Text("tutor.thinking_key"), said):
            yield event
        key = Key(tidy_key(said[0].text), said[0].model_name) if said else Key()
        if task.passages and key.answer:
            key = await self._with_place(key, task)
        got.append(key)
        await self._mark(question, key=key)

    async def _mark(self, question: Turn, **known: object) -> None:
        """Keep what is known of a question by now. Raises StorageError."""
        for now in await self._store.turns([question.id]):  # none where the chat was deleted meanwhile
            if now.tutor:
                await self.keep(replace(now, tutor=replace(now.tutor, **known)))  # type: ignore[arg-type]

    async def _with_place(self, key: Key, task: Task) -> Key:
        """The same with the sentence of the passages that holds it, and where that stands."""
        texts = [one.text for one in task.passages]
        try:
            quotes = await self._reading.librarian.quotable(texts, f"{task.text}\n{key.answer}", MOST_SENTENCES)
        except AppError:
            return key
        for quote in quotes:
            passage = task.passages[quote.number - 1]
            sentence = " ".join(passage.text[quote.start : quote.end].split())
            if key.answer.casefold() in sentence.casefold():
                page = passage.shown_page
                place = self._words(Text("tutor.place", name=passage.name, page=page)) if page else passage.name
                return replace(key, clue=sentence, place=place)
        return key

    async def _task(self, question: Turn, found: Sources | None = None) -> Task:
        """A question as a model reads it, with what is attached to it."""
        files = await self._store.files([one.id for one in question.attachments]) if question.attachments else {}
        model = self._ask().model_for(TUTOR, question.chat_id)
        said = messages_of([question], files, self._state.reading(model) if model else UNKNOWN)
        passages = found.passages if found else ()
        return Task(said.messages[-1].content, said.messages[-1].images, passages) if said.messages else Task("")

    async def _told(self, question: Question, what: Text, got: list[Turn]) -> Steps:
        """Ask, and tell meanwhile what is happening. Raises what asking raises."""
        yield Notice(what)
        told: object = what
        async with aclosing(self._ask().grow(question)) as steps:
            async for growing in steps:
                live = growing.live()
                got[:] = [growing.turn()]
                news = live.loading or live.note
                if news and news != told:
                    told = news
                    yield live.loading or Notice(live.note)
        got[:] = [growing.turn()] if got else []


def _job(question: Turn) -> str:
    return f"tutor:{question.id}"


def _done(by: Turn) -> Done:
    return Done(by.usage, by.timing, engine=by.engine)


def _judged(by: Turn | None) -> Checked | None:
    """What a model has said of an attempt, None where that cannot be read."""
    try:
        return read_answer(by.text if by else "", Checked)
    except BadAnswer:
        return None


def _told_of(now: Tutored) -> Text:
    """What the student is told of an attempt."""
    if now.verdict == "right":
        return Text("tutor.right_alone" if now.came == "alone" else "tutor.right")
    if now.verdict == "unsure":
        return Text("tutor.unsure")
    return Text("tutor.wrong" if ladder.can_hint(now) else "tutor.wrong_last")
