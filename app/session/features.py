"""What asks models besides the person: chat titles, summaries; and which model each feature has.

    features = session.features
    await features.title(chat)                          # once a chat's first answer is there
    words = await features.recap(request, messages, 400)
    model = features.model_for("code", chat)            # None: the feature's default

Nothing here is imported while no feature has a choice of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.core.actions import Field, ModelId, action
from app.core.errors import AppError
from app.core.jobs import Jobs
from app.core.text import shorten
from app.core.values import Message, Model, Request
from app.session.chats import Chats
from app.session.models import Models
from app.session.preferences import Preferences
from app.session.routing import percent_of
from app.session.state import State
from app.study.ask import Ask, Question
from app.study.chats import TITLE_LENGTH, Chat, ChatStore
from app.study.features import CHAT, SUMMARIES, TITLES, Choice, Feature
from app.study.summing import sum_up

IS_CODE = 0.6  # of the feature "code" of app.models.routing.features: two words of programming, or a line of it
TITLE_TOKENS, TITLE_PART = 24, 600
ASK_TITLE = "Write a title of at most six words for this conversation. Answer with the title alone."


@dataclass(slots=True)
class _Summed:
    """The last summary of a chat: of which messages, and its words."""

    messages: tuple[Message, ...]
    words: str


class Features:
    """The actions `features:*`, who answers for a feature, and what is asked about every chat: titles and summaries."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        models: Models,
        chats: Chats,
        store: ChatStore,
        jobs: Jobs,
        ask: Callable[[], Ask],
    ) -> None:
        self._state, self._preferences, self._models, self._chats = state, preferences, models, chats
        self._store, self._jobs, self._ask = store, jobs, ask
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

    def who(self, feature: Feature, chat_id: str, *, stays: bool) -> Model | None:
        """Who answers a feature's own questions: as chosen, else the chat's model (the open one's for none), but where
        the feature needs a choice."""
        model = self.model_for(feature.id, stays=stays)
        if model or feature.needs_choice:
            return model
        model = self._state.chosen(self._state.chat_of(chat_id))
        return self._state.shelf.best_local() if model.leaves_device and stays else model

    def is_code(self, text: str) -> bool:
        """Whether a question holds code or asks for it."""
        from app.models.routing.features import features

        return features(text)["code"] >= IS_CODE

    async def title(self, chat: Chat) -> None:
        """Name a chat after what was said, unless the person has named it. Raises StorageError."""
        turns = await self._store.tail(chat, 2)
        if self._ask().model_for(TITLES, chat.id) is None or len(turns) < 2 or not turns[1].text:
            return
        talk = "\n\n".join(f"{turn.role}: {turn.text[:TITLE_PART]}" for turn in turns)
        try:
            question = Question(TITLES, f"{ASK_TITLE}\n\n{talk}", chat.id, max_tokens=TITLE_TOKENS)
            said = await self._ask().text(question)
        except AppError:
            return  # the question's first words stay
        if title := tidy_title(said):
            await self._jobs.wait(f"reply:{chat.id}")  # it writes the same record
            if (now := self._state.chat_of(chat.id)) and not now.is_named:
                await self._chats.keep(chat.id, title=title)

    async def recap(self, request: Request, messages: Sequence[Message], most_tokens: int) -> str:
        """The summary of a chat's older messages, "" where nobody is to make one. Raises what the model raises."""
        ask, chat_id, stays = self._ask(), request.belongs_to, request.stays_here
        model = ask.model_for(SUMMARIES, chat_id, stays_here=stays)
        if model is None:
            return ""
        before, told = self._summed.get(request.chat_id), tuple(messages)
        if before and before.messages == told:
            return before.words
        new, known = told, ""
        if before and told[: len(before.messages)] == before.messages:
            new, known = told[len(before.messages) :], before.words
        limit = self._state.reading(model).limit
        words = await sum_up(
            ask, SUMMARIES, new, known, belongs_to=chat_id, most_tokens=most_tokens, limit=limit, stays_here=stays
        )
        if words:
            self._summed[request.chat_id] = _Summed(told, words)
        return words


def tidy_title(said: str) -> str:
    """The first line with words, without quotes, marks and a leading "Title:"; "" where there is none."""
    lines = (line.strip(" \t#*_`\"'“”„«».") for line in said.splitlines())
    line = next((line for line in lines if line), "")
    head, _, rest = line.partition(":")
    line = rest if head.strip().lower() == "title" and rest.strip() else line
    return shorten(line.strip(" *_`\"'“”"), TITLE_LENGTH)
