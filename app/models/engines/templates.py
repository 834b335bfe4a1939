"""Turns written as one prompt, for the engine that knows no chat template (MediaPipe).

    gemma_prompt([Message("user", "Hello!")])
    # "<start_of_turn>user\\nHello!<end_of_turn>\\n<start_of_turn>model\\n"

The engine adds `<bos>` itself. Every model that MediaPipe reads in a browser here is of the Gemma family; llama.cpp and
LiteRT-LM apply the template stored in the file, and llama.cpp falls back to ChatML where a file holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.values import Message

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # where a picture stands in a prompt; the engine puts it there
START, END = "<start_of_turn>", "<end_of_turn>"
NAMES = {"user": "user", "assistant": "model"}


def gemma_prompt(messages: Sequence[Message]) -> str:
    """The whole conversation, open for the model's next turn. A system prompt joins the first question."""
    return "".join(_turn(message) for message in fold_system(messages)) + f"{START}model\n"


def fold_system(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The same conversation without system messages: their text opens the first question."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    turns = [message for message in messages if message.role != "system"]
    if not system:
        return tuple(turns)
    first = next((index for index, message in enumerate(turns) if message.role == "user"), None)
    if first is None:
        return (Message("user", system), *turns)
    turns[first] = replace(turns[first], content=f"{system}\n\n{turns[first].content}")
    return tuple(turns)


def _turn(message: Message) -> str:
    # A turn mark inside a message would let a pasted text speak as the model.
    content = message.content.replace(START, "").replace(END, "").replace(PICTURE, "").strip()
    return f"{START}{NAMES[message.role]}\n{PICTURE * len(message.images)}{content}{END}\n"


def images_of(messages: Sequence[Message]) -> tuple[str, ...]:
    """All pictures of a conversation, in the order of their marks in the prompt."""
    return tuple(image for message in fold_system(messages) for image in message.images)
