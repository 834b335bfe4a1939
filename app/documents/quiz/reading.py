"""What a model wrote, read as one item: the JSON object among whatever stands around it.

    read('Sure! {"kind": "cloze", …}')          # Draft("cloze", …)
    read('{"kind": "cloze", "question" "…"}')   # raises Dropped: "broken"

Words before and behind are passed over, so are fences and thinking. What is not JSON stays so: nothing is closed,
guessed or filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.quiz import KINDS, Fault, Kind
from app.core.reading import Unreadable, read_object
from app.core.thinking import split

MOST_REPLY, MOST_QUESTION, MOST_TEXT = 20_000, 600, 400  # characters
MOST_OBJECTS = 4  # that are looked at in one reply
LEAST_OPTIONS, MOST_OPTIONS = 3, 8
GAP = re.compile(r"_{2,}")
_OPENS = re.compile(r'\{\s*"')
_STRING_OR_BRACE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}]', re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_LETTER = re.compile(r"[^\W_]")


class Dropped(Exception):
    """The item does not hold. `fault` says why, `detail` shows it."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.fault, self.detail = fault, detail
        super().__init__(f"{fault}: {detail}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as a model has it, with all its parts, none of them judged."""

    kind: Kind
    question: str
    answer: str
    options: tuple[str, ...]
    hint: str
    explanation: str
    source: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What a person would read, but the source."""
        own = () if self.kind in ("true_false", "multiple_choice") else (self.answer,)
        return (self.question, *own, *self.options, self.hint, self.explanation)


def read(reply: str) -> Draft:
    """The item of a reply. Raises Dropped."""
    record = _object(reply)
    kind = next((one for one in KINDS if one == record.get("kind")), None)
    if kind is None:
        raise Dropped("keys", "kind")
    question, hint, explanation, source = (_text(record, key) for key in ("question", "hint", "explanation", "source"))
    answer, options = _answer(record, kind)
    draft = Draft(kind, question, answer, options, hint, explanation, source)
    for text in (*draft.texts, draft.source):
        if not _LETTER.search(text):
            raise Dropped("empty")
        if len(text) > (MOST_QUESTION if text in (question, source) else MOST_TEXT):
            raise Dropped("long", text[:40])
    return draft


def _object(reply: str) -> Mapping[str, object]:
    """The first object that can be read."""
    if len(reply) > MOST_REPLY:
        raise Dropped("long")
    _, text = split(reply)
    at = 0
    for _ in range(MOST_OBJECTS):
        found = _OPENS.search(text, at)
        if found is None:
            break
        at = _end(text, found.start())
        try:
            return read_object(text[found.start() : at])
        except Unreadable:
            continue
    raise Dropped("broken", text[:40])


def _end(text: str, start: int) -> int:
    """Where the object that begins here ends; the end of the text where it does not."""
    depth = 0
    for found in _STRING_OR_BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)


def _text(record: Mapping[str, object], key: str) -> str:
    """A text without what no eye sees, and with plain blanks."""
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # 1896 for "1896"
    if not isinstance(value, str):
        raise Dropped("keys", key)
    return clean(value)


def clean(text: str) -> str:
    """A text on one line, without what no eye sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def _answer(record: Mapping[str, object], kind: Kind) -> tuple[str, tuple[str, ...]]:
    if kind == "true_false":
        if not isinstance(record.get("answer"), bool):
            raise Dropped("keys", "answer")
        return ("true" if record["answer"] else "false"), ()
    if kind != "multiple_choice":
        return _text(record, "answer"), ()
    given, right = record.get("options"), record.get("correct")
    if not isinstance(given, list) or not isinstance(right, int) or isinstance(right, bool):
        raise Dropped("keys", "options")
    if not LEAST_OPTIONS <= len(given) <= MOST_OPTIONS:
        raise Dropped("keys", "options")
    options = tuple(_text({"option": one}, "option") for one in given)
    if not 0 <= right < len(options):
        raise Dropped("index", str(right))
    return options[right], options
