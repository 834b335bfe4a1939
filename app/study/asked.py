"""From the turns of a chat to what a model reads: their words, and what is attached to them.

    said = messages_of(turns, files, Reading(limit=4096, sees=True))
    said.messages, said.notices

A text file becomes a named block behind the words of its question. One that is too long for the model is cut, at the
same place in every later request, and the person is told how much of it is missing. Pictures of earlier questions are
left out for a model that cannot see; those of the last one are not, so that it is refused (app.models.answering).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.text import estimate_tokens
from app.core.texts import Percent, Text
from app.core.values import Message, Notice
from app.models.answering.context import briefed
from app.study.attachments import Attachment, File
from app.study.chats import Chat, Turn
from app.study.cited import Cited
from app.study.costs import thinking_tokens
from app.study.summary import Summary, after, standing

SHARE = 0.5  # of what a model can read: what the texts of one question may take, so that the talk has room beside them
MOST_TURNS = 400  # of a branch
LEAST_TOKENS = 64  # of a text that must be cut: fewer say nothing
CUT = "[{count} more characters of this file were left out: it is too long for the model's context.]"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of the model: the tokens that it can read (0: not known), and whether it sees (None: not known)."""

    limit: int = 0
    sees: bool | None = None


UNKNOWN = Reading()


@dataclass(frozen=True, slots=True)
class Said:
    """The messages, the ids of the turns that they are made of, and what the person should know about them."""

    messages: list[Message]
    notices: tuple[Notice, ...] = ()
    turns: tuple[str, ...] = ()
    passage_tokens: int = 0  # estimated: what the passages add to the last question
    question: str = ""  # that one without them, "" where there are none

    @property
    def pictures(self) -> int:
        """How many pictures are in them."""
        return sum(len(message.images) for message in self.messages)


def messages_of(
    turns: Sequence[Turn], files: Mapping[str, File], reading: Reading, passages: Sequence[Cited] = ()
) -> Said:
    """What a model is told of these turns, oldest first; `files` are those that they name, as far as they are there.
    The last question is to be answered from `passages`, where there are any."""
    messages, told, notices, unseen = list[Message](), list[str](), list[Text](), 0
    asked, added = "", 0
    last = max((at for at, turn in enumerate(turns) if turn.role == "user"), default=-1)
    for at, turn in enumerate(turns):
        content, cuts = _with_texts(turn, files, reading.limit)
        images = tuple(files[one.id].content for one in turn.attachments if one.is_picture and one.id in files)
        if at == last:
            notices += [*cuts, *_missing(turn.attachments, files)]
            asked = content if passages else ""
            content, added = _with_passages(content, passages)
        elif reading.sees is False:
            unseen, images = unseen + len(images), ()
        if content or images:
            messages.append(Message(turn.role, content, images))
            told.append(turn.id)
    if unseen:
        notices.append(Text("attach.unseen", count=unseen))
    return Said(messages, tuple(Notice(text, is_lasting=True) for text in notices), tuple(told), added, asked)


def _with_passages(question: str, passages: Sequence[Cited]) -> tuple[str, int]:
    """A question behind its passages, and the tokens that they add."""
    if not passages:
        return question, 0
    from app.study.grounding import grounded  # most chats ask no documents

    content = grounded(question, passages)
    return content, estimate_tokens(content) - estimate_tokens(question)


def read_of(chat: Chat, path: Sequence[str]) -> tuple[Sequence[str], str]:
    """The turns that a model is given of a branch of a chat, and the words that stand for those before them."""
    summary = standing(chat.summary, path)
    return after(summary, path)[-MOST_TURNS:], summary.text if summary else ""


def instructed(messages: Sequence[Message], system_prompt: str, summary: str = "") -> list[Message]:
    """The messages behind the person's instructions and a summary of what was said before, where there are any."""
    instructions = briefed(system_prompt.strip(), summary)
    return [*([Message("system", instructions)] if instructions else []), *messages]


def merged(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Neighbours of the same role as one message: templates want roles that alternate."""
    result: list[Message] = []
    for message in messages:
        if result and result[-1].role == message.role:
            last = result[-1]
            content, images = f"{last.content}\n\n{message.content}", (*last.images, *message.images)
            result[-1] = Message(message.role, content, images)
        else:
            result.append(message)
    return tuple(result)


def tokens_of(turns: Sequence[Turn], summary: Summary | None = None) -> int:
    """Tokens of these turns: as the last reply has counted them, and what has come since, estimated. What was thought
    is never sent again, nor are a reply's passages; what a summary stands for is not, either, nor does a count from
    before it say anything."""
    tokens = 0
    for turn in reversed(turns):
        if summary and turn.id == summary.through:
            return tokens + estimate_tokens(summary.text)
        if turn.usage.prompt_tokens and not (summary and turn.created < summary.at):
            said = turn.usage.reply_tokens - thinking_tokens(turn.usage, turn)
            return tokens + turn.usage.prompt_tokens - _of_passages(turn) + said
        tokens += estimate_tokens(turn.text) + sum(one.tokens for one in turn.attachments)
    return tokens


def _of_passages(turn: Turn) -> int:
    """Tokens that the passages of a reply took."""
    return round(turn.usage.prompt_tokens * turn.sources.share) if turn.sources else 0


def _missing(attachments: Sequence[Attachment], files: Mapping[str, File]) -> list[Text]:
    return [Text("attach.missing", name=one.name) for one in attachments if one.id not in files]


def _with_texts(turn: Turn, files: Mapping[str, File], limit: int) -> tuple[str, list[Text]]:
    """The words of a turn with the texts that are attached to it, and what was cut of those."""
    texts = [(one, files[one.id].content) for one in turn.attachments if not one.is_picture and one.id in files]
    if not texts:
        return turn.text, []
    kept = [cut(text, room) for (_, text), room in zip(texts, rooms([text for _, text in texts], limit), strict=True)]
    blocks = [_block(one.name, part, text) for (one, text), part in zip(texts, kept, strict=True)]
    told = [
        Text("attach.cut", name=one.name, share=left_out(text, part))
        for (one, text), part in zip(texts, kept, strict=True)
        if part != text
    ]
    return "\n\n".join(filter(None, [turn.text, *blocks])), told


def rooms(texts: Sequence[str], limit: int) -> list[int]:
    """Tokens that each of the texts of one question may take; 0 for as many as it likes. Short ones leave what they do
    not need to the others."""
    if not limit:
        return [0 for _ in texts]
    room, found = int(limit * SHARE), dict[int, int]()
    by_size = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    for number, at in enumerate(by_size):
        found[at] = max(LEAST_TOKENS, room // (len(texts) - number))
        room -= min(found[at], estimate_tokens(texts[at]))
    return [found[at] for at in range(len(texts))]


def cut(text: str, tokens: int) -> str:
    """The beginning of a text that takes about so many tokens, to the end of a line where one is near; 0 is all."""
    if not tokens or estimate_tokens(text) <= tokens:
        return text
    start = text.encode("utf-8", "surrogatepass")[: 3 * tokens].decode("utf-8", "ignore")
    at = start.rfind("\n")
    return start[: at + 1] if at + 1 >= len(start) * 0.9 else start


def left_out(text: str, part: str) -> Percent:
    """How much of a text is missing in a part of it."""
    return Percent(min(100, math.ceil(100 * (len(text) - len(part)) / max(1, len(text)))))


def _block(name: str, part: str, text: str) -> str:
    """A file as a model reads it: its name, and its text between marks that are not in it."""
    note = "" if part == text else "\n" + CUT.format(count=len(text) - len(part))
    return f"File “{name}”:\n{fenced(part)}{note}"


def fenced(text: str) -> str:
    """A text as a block of Markdown, between marks that are longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence, end = "`" * (longest + 1), "" if text.endswith("\n") else "\n"
    return f"{fence}\n{text}{end}{fence}"
