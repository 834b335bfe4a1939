"""What asks models besides the person: chat titles, summaries; and which model each feature has.

    features = session.features
    await features.title(chat)                          # once a chat's first answer is there
    words = await features.recap(request, messages, 400)
    model = features.model_for("code", chat)            # None: the feature's default

Nothing here is imported while no feature has a choice of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.actions import Field, ModelId, action
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.places import Place, Purpose
from app.core.ports import Clock, Provider
from app.core.text import shorten
from app.core.values import AnsweredBy, Delta, Done, Message, Model, Request, Reread, Sampling, Thought
from app.session.chats import Chats
from app.session.models import Models
from app.session.preferences import Preferences
from app.session.privacy import Privacy
from app.session.routing import percent_of
from app.session.state import State
from app.study.chats import TITLE_LENGTH, Chat, ChatStore, Turn, new_id
from app.study.features import CHAT, SUMMARY, TITLE, Choice

if TYPE_CHECKING:
    from app.session.costs import Costs
    from app.session.routing import Routing

IS_CODE = 0.6  # of the feature "code" of app.models.routing.features: two words of programming, or a line of it
TITLE_TOKENS, TITLE_PART = 24, 600
PURPOSES = {TITLE: Purpose.TITLE, SUMMARY: Purpose.SUMMARY}
ASK_TITLE = "Write a title of at most six words for this conversation. Answer with the title alone."
ASK_RECAP = (
    "Sum up this conversation for somebody who goes on with it: facts, names, numbers, what was asked and what is "
    "still open. At most {words} words. Answer with the summary alone."
)


@dataclass(slots=True)
class _Summed:
    """The last summary of a chat: of which messages, and its words."""

    messages: tuple[Message, ...]
    words: str


class Features:
    """The actions `features:*`, and the features' own questions."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        privacy: Privacy,
        models: Models,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        clock: Clock,
        automatic: Provider,
        costs: Callable[[], Costs],
        routing: Callable[[], Routing],
    ) -> None:
        self._state, self._preferences, self._privacy = state, preferences, privacy
        self._models, self._chats = models, chats
        self._store, self._jobs, self._clock, self._automatic, self._costs = store, jobs, clock, automatic, costs
        self._routing = routing
        self._summed: dict[str, _Summed] = {}

    @action("features:choose", Field)
    async def choose(self, field: Field) -> None:
        """Let a model, Automatic, or ("") the default answer for a feature."""
        feature, model_id = field.arg, field.value
        if feature == CHAT:
            await self._models.choose(ModelId(model_id))
            return
        await self._keep(feature, replace(self._choice(feature), model_id=model_id))

    @action("features:share", Field)
    async def share(self, field: Field) -> None:
        """A feature's own policy in percent; "" follows Smart routing."""
        share = percent_of(field.value, 0.0) if field.value else None
        await self._keep(field.arg, replace(self._choice(field.arg), share=share))

    def _choice(self, feature: str) -> Choice:
        return self._state.settings().features.get(feature, Choice())

    async def _keep(self, feature: str, choice: Choice) -> None:
        features = {**self._state.settings().features, feature: choice}
        await self._preferences.change(features={name: kept for name, kept in features.items() if kept != Choice()})

    def model_for(self, feature: str, *, stays: bool) -> Model | None:
        """Who answers for a feature; None where nothing was chosen, or what was is not here any more. What `stays` is
        for a model on this device."""
        model_id = self._choice(feature).model_id
        model = self._state.shelf.named(model_id) if model_id else None
        return self._state.shelf.best_local() if model and model.leaves_device and stays else model

    def is_code(self, text: str) -> bool:
        """Whether a question holds code or asks for it."""
        from app.models.routing.features import features

        return features(text)["code"] >= IS_CODE

    async def title(self, chat: Chat) -> None:
        """Name a chat after what was said, unless the person has named it. Raises StorageError."""
        model = self.model_for(TITLE, stays=not self._privacy.may_leave(chat.id))
        turns = await self._store.tail(chat, 2)
        if model is None or len(turns) < 2 or not turns[1].text:
            return
        talk = "\n\n".join(f"{turn.role}: {turn.text[:TITLE_PART]}" for turn in turns)
        try:
            question = Message("user", f"{ASK_TITLE}\n\n{talk}")
            said = await self._ask(TITLE, model, question, chat.id, TITLE_TOKENS)
        except AppError:
            return  # the question's first words stay
        if title := tidy_title(said):
            await self._jobs.wait(f"reply:{chat.id}")  # it writes the same record
            if (now := self._state.chat_of(chat.id)) and not now.is_named:
                await self._chats.keep(chat.id, title=title)

    async def recap(self, request: Request, messages: Sequence[Message], most_tokens: int) -> str:
        """The summary of a chat's older messages, "" where nobody is to make one. Raises what the model raises."""
        model = self.model_for(SUMMARY, stays=request.stays_here or not self._privacy.may_leave(request.belongs_to))
        if model is None:
            return ""
        before, told = self._summed.get(request.chat_id), tuple(messages)
        if before and before.messages == told:
            return before.words
        new, known = told, ""
        if before and told[: len(before.messages)] == before.messages:
            new, known = told[len(before.messages) :], f"Summary so far: {before.words}\n\n"
        talk = known + "\n\n".join(f"{message.role}: {message.content}" for message in new)
        ask = ASK_RECAP.format(words=most_tokens // 2)
        question = Message("user", f"{ask}\n\n{talk}")
        words = (await self._ask(SUMMARY, model, question, request.belongs_to, most_tokens)).strip()
        if words:
            self._summed[request.chat_id] = _Summed(told, words)
        return words

    async def _ask(self, feature: str, model: Model, question: Message, chat_id: str, most: int) -> str:
        """A feature's own question, entered in the ledger like every other. Raises what the model raises."""
        sampling = Sampling(temperature=0.2, max_tokens=most)
        asked = f"{feature}-{chat_id}"
        request = Request(
            (question,),
            sampling,
            asked,
            think=False,
            feature=feature,
            purpose=PURPOSES[feature],
            farthest=Place.CLOUD if self._privacy.may_leave(chat_id) else Place.COMPUTER,
            belongs_to=chat_id,
        )
        if model.provider == "automatic":
            await self._routing().prepare(Chat(asked), Turn("", asked, "", "assistant", ""))
        turn, started = Turn(new_id(), chat_id, "", "assistant", "", model_id=model.id), self._clock.tick()
        async with aclosing(self._automatic.reply(model, request)) as events:
            async for event in events:
                if isinstance(event, AnsweredBy):
                    turn = replace(turn, model_id=event.model.id)
                elif isinstance(event, Delta):
                    turn = replace(turn, text=turn.text + event.text)
                elif isinstance(event, Thought):
                    turn = replace(turn, thinking=turn.thinking + event.text)
                elif isinstance(event, Reread):
                    turn = replace(turn, text=event.text, thinking=event.thinking)
                elif isinstance(event, Done):
                    turn = replace(turn, usage=event.usage, timing=event.timing)
        seconds = self._clock.tick() - started
        await self._costs().note(
            turn, seconds, feature, [question.content], was_automatic=model.provider == "automatic"
        )
        return turn.text


def tidy_title(said: str) -> str:
    """The first line with words, without quotes, marks and a leading "Title:"; "" where there is none."""
    lines = (line.strip(" \t#*_`\"'“”„«».") for line in said.splitlines())
    line = next((line for line in lines if line), "")
    head, _, rest = line.partition(":")
    line = rest if head.strip().lower() == "title" and rest.strip() else line
    return shorten(line.strip(" *_`\"'“”"), TITLE_LENGTH)
