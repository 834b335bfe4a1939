"""Whose chat an object is: a row a program, told apart by what is in it and never by a file's name.

    format = format_of({"mapping": {…}})            # FORMATS[0]; None for what is no chat of a known program
    format.read({"mapping": {…}})                   # a Conversation, whatever else is missing

A new program is a module with `is_one`, `may_be_one` and `read`, a row here, and one in `records.PROGRAMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.study.imports import chatgpt, claude, openwebui
from app.study.imports.conversation import Conversation

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Format:
    """How chats of one program are recognised and read. `may_be_one` is true of what is left of a damaged one."""

    id: str
    is_one: Callable[[Json], bool]
    may_be_one: Callable[[Json], bool]
    read: Callable[[Json], Conversation]


FORMATS = (
    Format("chatgpt", chatgpt.is_one, chatgpt.may_be_one, chatgpt.read),
    Format("claude", claude.is_one, claude.may_be_one, claude.read),
    Format("openwebui", openwebui.is_one, openwebui.may_be_one, openwebui.read),
)


def format_of(item: Json) -> Format | None:
    """The program that has written a chat."""
    found = next((one for one in FORMATS if one.is_one(item)), None)
    return found or next((one for one in FORMATS if one.may_be_one(item)), None)
