"""One way with thinking for every engine and every provider: told apart, never sent back, and a word where it was all.

    events = tell_apart(model, request, provider.reply(model, without_thinking(request)), openers)
    async for event in events: ...           # Thought("Easy."), Delta("Paris."), Done(…)

`openers` are the ids of models whose chat template was seen to open the thinking: their next reply is believed to begin
inside it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from app.core.errors import AppError
from app.core.texts import Text, Tokens
from app.core.thinking import ThinkingFilter, split
from app.core.values import Delta, Done, Event, Message, Model, Notice, Request, Thought, ToolCall


def without_thinking(request: Request) -> Request:
    """The same request; no earlier answer in it holds thinking, whoever sent it."""
    return replace(request, messages=tuple(map(_answer_only, request.messages)))


def _answer_only(message: Message) -> Message:
    return replace(message, content=split(message.content)[1]) if message.role == "assistant" else message


async def tell_apart(
    model: Model, request: Request, events: AsyncGenerator[Event, None], openers: set[str]
) -> AsyncGenerator[Event, None]:
    """The events of one reply, its thinking apart. Raises what the provider raises, after the words that had come."""
    # A title's few tokens may all be thinking, which nothing would tell then: what is known of the model holds.
    is_open = model.id in openers and (request.think is not False or request.feature != "chat")
    reply, has_called = ThinkingFilter(is_open=is_open), False
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Delta):
                    for piece in reply.take(event.text):
                        yield piece
                    continue
                if isinstance(event, Thought):
                    reply.thought(event.text)
                elif isinstance(event, ToolCall):
                    has_called = True
                elif isinstance(event, Done):
                    for piece in reply.rest(is_cut=event.stop_reason == "length"):
                        yield piece
                    if not has_called and (words := _about(event, reply)):
                        yield Notice(words, is_lasting=True)
                yield event
    except AppError:
        for piece in reply.rest(is_cut=True):
            yield piece
        raise
    if reply.was_open:
        openers.add(model.id)
    elif is_open and not reply.thinking:
        openers.discard(model.id)


def _about(done: Done, reply: ThinkingFilter) -> Text | None:
    """What the person is told where there is thinking and no answer."""
    if not reply.thinking or reply.answer.strip():
        return None
    if done.stop_reason != "length":
        return Text("answering.only_thought")
    tokens = Tokens(done.usage.reply_tokens)
    return Text("answering.thought_all" if done.usage.counted else "answering.thought_about", tokens=tokens)
