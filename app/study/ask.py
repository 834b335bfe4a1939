"""How a feature asks a model. There is no other way: what a private chat, Offline Mode and the budgets allow is kept to
here, and every question is entered in the ledger, also one that was stopped.

    question = Question(CARDS, "Write a card about: …", belongs_to=chat.id)
    async for answer in ask.stream(question): answer.text          # so far; closing the iterator stops the engine
    words = await ask.text(question)
    turn = await ask.whole(question)                                # the same with who answered: turn.model_name
    card = await ask.json(question, Card)                           # a dataclass, or BadAnswer

A feature is a row of `app.study.features`; there the person chooses who answers for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from app.core.errors import AppError, BadAnswer, ModelMissing
from app.core.places import Place
from app.core.ports import Clock, Provider
from app.core.reading import Unreadable, read_json
from app.core.schemas import schema_of
from app.core.shapes import Damaged, decode
from app.core.texts import Text, Words
from app.core.values import AnsweredBy, Message, Model, Request, Sampling
from app.study.chats import Turn, new_id
from app.study.features import Feature
from app.study.replies import Growing, Live

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What a feature asks. `before` are the messages above the question, a system prompt too. `belongs_to` is the chat
    whose words it holds ("" for none): they go no farther than the person lets them, and with `stays_here` never away.
    `schema` is what the answer keeps to (`app.core.json_schema`): it comes in one piece then, checked. `images` are as
    in `Message`."""

    feature: Feature
    text: str
    belongs_to: str = ""
    before: tuple[Message, ...] = ()
    schema: Mapping[str, object] | None = None
    max_tokens: int = 512
    temperature: float = 0.2
    think: bool = False
    stays_here: bool = False
    images: tuple[str, ...] = ()


class Who(Protocol):
    """Who answers for a feature in a chat ("" for none), None for nobody; a model on this device for words that
    stay."""

    def __call__(self, feature: Feature, chat_id: str, *, stays: bool) -> Model | None: ...


class Enter(Protocol):
    """Writes the line of an answer into the ledger. Raises StorageError."""

    async def __call__(
        self, turn: Turn, seconds: float, feature: str, prompt: list[str], *, was_automatic: bool
    ) -> None: ...


class Ask:
    """`provider` is the whole path of a reply, Automatic included; `prepare` reads what Automatic decides by, for a
    request's `chat_id`; `may_leave` says of a chat's id whether its words may leave this device."""

    def __init__(
        self,
        provider: Provider,
        clock: Clock,
        words: Words,
        *,
        who: Who,
        may_leave: Callable[[str], bool],
        prepare: Callable[[str], Awaitable[None]],
        enter: Enter,
    ) -> None:
        self._provider, self._clock, self._words = provider, clock, words
        self._who, self._may_leave, self._prepare, self._enter = who, may_leave, prepare, enter

    def model_for(self, feature: Feature, belongs_to: str = "", *, stays_here: bool = False) -> Model | None:
        """Who would answer now; None where the person has to choose somebody first."""
        return self._who(feature, belongs_to, stays=stays_here or not self._may_leave(belongs_to))

    async def stream(self, question: Question) -> AsyncGenerator[Live, None]:
        """The answer as it grows. Raises ModelMissing where nobody answers for the feature, else what the model
        raises; StorageError where the ledger cannot be written."""
        async with aclosing(self.grow(question)) as steps:
            async for growing in steps:
                yield growing.live()

    async def grow(self, question: Question) -> AsyncGenerator[Growing, None]:
        """The same, each time with all that is known of it: at last `turn()` is the whole answer and who gave it.
        Raises what `stream` raises."""
        model, growing = self._begin(question)
        async with aclosing(self._run(question, model, growing)) as steps:
            async for _ in steps:
                yield growing

    async def text(self, question: Question) -> str:
        """The whole answer. Raises what `stream` raises."""
        return (await self.whole(question)).text

    async def json(self, question: Question, shape: type[T]) -> T:
        """The answer as a dataclass; without a schema in the question it is held to that of `shape`. Raises BadAnswer
        where it was cut, does not keep to the schema, or cannot be read as `shape`; BadSchema for a schema that no
        model can be held to; else what `stream` raises. Nothing is repaired or filled in."""
        schema = schema_of(shape) if question.schema is None else question.schema
        return read_answer((await self.whole(replace(question, schema=schema))).text, shape)

    async def whole(self, question: Question) -> Turn:
        """The whole answer as a turn, with the model that gave it. Raises what `stream` raises."""
        model, growing = self._begin(question)
        async with aclosing(self._run(question, model, growing)) as steps:
            async for _ in steps:
                pass
        return growing.turn()

    def _begin(self, question: Question) -> tuple[Model, Growing]:
        model = self.model_for(question.feature, question.belongs_to, stays_here=question.stays_here)
        if model is None:
            missing = Text("study.no_model", feature=question.feature.name)
            raise ModelMissing(missing, Text("study.no_model_cure")).mended_in("settings/automatic")
        return model, Growing(Turn(new_id(), question.belongs_to, "", "assistant", ""), model, self._words)

    async def _run(self, question: Question, model: Model, growing: Growing) -> AsyncGenerator[None, None]:
        """Let the answer grow by one event after the other; it is entered in the ledger however it ends."""
        request, is_automatic = self._request(question), model.provider == "automatic"
        if is_automatic:
            await self._prepare(request.chat_id)
        started = self._clock.tick()
        try:
            async with aclosing(self._provider.reply(model, request)) as events:
                async for event in events:
                    if isinstance(event, AnsweredBy):
                        growing.answered_by(event.model)
                        continue
                    growing.take(event, self._clock.tick())
                    yield
        except AppError as error:
            growing.fail(error)
            raise
        finally:
            prompt = [message.content for message in request.messages]
            took = self._clock.tick() - started
            enter = self._enter(growing.turn(), took, question.feature.id, prompt, was_automatic=is_automatic)
            await asyncio.shield(enter)

    def _request(self, question: Question) -> Request:
        stays = question.stays_here or not self._may_leave(question.belongs_to)
        return Request(
            (*question.before, Message("user", question.text, question.images)),
            Sampling(temperature=question.temperature, max_tokens=question.max_tokens),
            f"{question.feature.id}-{question.belongs_to}",
            think=question.think,
            schema=question.schema,
            feature=question.feature.id,
            purpose=question.feature.purpose,
            farthest=Place.COMPUTER if stays else Place.CLOUD,
            belongs_to=question.belongs_to,
        )


def read_answer(text: str, shape: type[T]) -> T:
    """What an answer holds, as a dataclass. Raises BadAnswer."""
    lost = list[str]()
    try:
        value = decode(shape, read_json(text), lost)
    except (Unreadable, Damaged) as error:
        raise BadAnswer(detail=f"{error}: {text}") from error
    if lost:
        raise BadAnswer(detail=f"{', '.join(lost)}: {text}")
    return value
