"""Automatic: the router is a Provider, too. It decides, tells how, and lets the chosen model's own provider answer.

    router = RouterProvider(fallback, look)
    async for event in router.reply(AUTOMATIC, request): ...
    # Routed(receipt), AnsweredBy(gpt), Delta("…") …
    # or, where gpt asks for a pause: …, Notice("… answers instead, on this device.", is_lasting=True),
    # Routed(receipt), AnsweredBy(tiny), Delta("…") …

`look` gives what the request does not hold: the moment (`Situation` without its texts) and the candidates. A cloud
model that fails before its first word is replaced by the best one on this device; a model on this device never by a
cloud's. After the first word the error is raised, and who asked keeps the words.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Literal

from app.core.errors import AppError, ModelMissing, OfflineModeOn
from app.core.places import Place
from app.core.texts import Text, in_a_row, of
from app.core.values import AnsweredBy, Event, Message, Model, Notice, Request, Routed
from app.models.answering.context import PICTURE_TOKENS, TURN_TOKENS
from app.models.answering.fallback import Fallback
from app.models.costs.estimates import estimate
from app.models.routing.decision import Candidate, Decision, Situation
from app.models.routing.router import decide
from app.models.routing.talk import is_small

Look = Callable[[Request], tuple[Situation, Sequence[Candidate]]]
Ask = Callable[[Request, Model], Awaitable[bool]]
Leave = Literal["yes", "no"]


async def _nobody_asks(request: Request, model: Model) -> bool:
    """Where no person can be asked, nothing leaves that would need their word."""
    return False


class RouterProvider:
    """Answers through `fallback`, which it tells who takes the place of a model that fails. `look` is asked anew for
    each reply. `ask` asks the person for permission and waits: where the situation says so, before anything goes to a
    model elsewhere."""

    def __init__(self, fallback: Fallback, look: Look, ask: Ask = _nobody_asks) -> None:
        self._fallback, self._look, self._ask = fallback, look, ask

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer of whoever is chosen. Raises ModelMissing where nobody can be asked, else what the
        providers raise."""
        situation, decision = self._decided(request)
        asks, asked_about = situation.leave == "ask", ""
        while asks and decision.winner and decision.winner.is_away and decision.winner.model.id != asked_about:
            yield Notice(Text("routing.waiting"))
            asked_about = decision.winner.model.id  # a yes is for this model: another one that wins meanwhile asks too
            asks = await self._ask(request, decision.winner.model)
            situation, decision = self._decided(request, leave="yes" if asks else "no")
        if situation.leave != "yes":  # whatever happens from here on
            request = replace(request, farthest=min(request.farthest, Place.COMPUTER, key=list(Place).index))
        yield Routed(decision.as_record())
        if decision.winner is None:
            raise _nobody(decision)
        stand_in: Decision | None = None

        def instead(_: Model, error: AppError) -> Model | None:
            nonlocal stand_in
            if not situation.falls_back:
                return None
            stand_in = decision.fallen_back(error.message, is_barred=isinstance(error, OfflineModeOn))
            return stand_in.winner.model if stand_in and stand_in.winner else None

        async with aclosing(self._fallback.reply_or(instead, decision.winner.model, request)) as events:
            async for event in events:
                if stand_in and isinstance(event, AnsweredBy):
                    yield Routed(stand_in.as_record())
                yield event

    def _decided(self, request: Request, leave: Leave | None = None) -> tuple[Situation, Decision]:
        situation, candidates = self._look(request)
        situation = read(replace(situation, leave=leave or situation.leave), request)
        return situation, decide(situation, candidates)


def read(situation: Situation, request: Request) -> Situation:
    """The situation with what the request tells: the question, the turn before, tokens, pictures."""
    question = next((i for i in reversed(range(len(request.messages))) if request.messages[i].role == "user"), 0)
    before = _without_small_talk(request.messages[:question])
    sizes = [estimate(one.content) + TURN_TOKENS + PICTURE_TOKENS * len(one.images) for one in request.messages]
    fixed = [size for i, size in enumerate(sizes) if i >= question or request.messages[i].role == "system"]
    return replace(
        situation,
        text=request.asked or (request.messages[question].content if request.messages else ""),
        previous_user=_last(before, "user"),
        previous_reply=_last(before, "assistant"),
        prompt_tokens=sum(sizes),
        fixed_tokens=sum(fixed),
        reply_tokens=situation.reply_tokens or request.sampling.max_tokens,
        has_images=any(message.images for message in request.messages),
    )


def _without_small_talk(messages: Sequence[Message]) -> Sequence[Message]:
    """Up to the last turn that was about something: after "Thanks!" a talk goes on where it was."""
    turns = [i for i, message in enumerate(messages) if message.role == "user"]
    last = next((i for i in reversed(turns) if not is_small(messages[i].content)), None)
    after = next((i for i in turns if last is not None and i > last), len(messages))
    return messages[:after] if last is not None else ()


def _last(messages: Sequence[Message], role: str) -> str:
    return next((message.content for message in reversed(messages) if message.role == role), "")


def _nobody(decision: Decision) -> ModelMissing:
    blocked = [of(one.model.name, one.blocked) for one in decision.candidates]
    words = Text("routing.nobody")
    if not blocked:
        cure = Text("routing.nobody_cure")
        return ModelMissing(words, cure).mended_in("settings/connections")
    return ModelMissing(words, in_a_row(*blocked))
