"""What a model is asked for: the points of some passages, and a summary of points; both by a JSON schema.

    asked = about_passages("summary", passages, stays=False)        # a Question for `app.study.ask`
    points = points_of(said, "summary")         # (Point("The tide …", (2,)), …); raises BadAnswer
    lines_of(points, numbers)                   # as a reply that is checked

Each point comes with the number of the passage that says it, from the numbers that there are: a model that is held to
the schema cannot name another one. What is told is short: half a billion weights follow it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.claims import Claim
from app.core.documents import Passage, nearest
from app.core.text import estimate_tokens
from app.models.answering.context import TURN_TOKENS, reply_budget
from app.study.ask import Question, read_answer
from app.study.cited import Cited
from app.study.features import NOTES
from app.study.grounding import language_of
from app.study.writing.record import Form, Point

TEXT_LENGTH, NAME_LENGTH = 240, 120  # characters of a point that a model may write
POINT_TOKENS, TEMPERATURE = 90, 0.3
LEAST_POINTS, MOST_POINTS, MOST_SENTENCES = 2, 5, 3  # of one question; about one point of two passages
LEAST_SUMMED = 6  # points at once, so that each round leaves fewer
USUAL = 4096  # tokens that a model reads which does not tell
TASKS: Mapping[Form, str] = {
    "summary": "Write down the most important points of these passages, at most {most}. Each is one short sentence.",
    "outline": "Write down what these passages are about, at most {most} points. Each has only a few words.",
    "glossary": (
        "List the terms that these passages explain, at most {most}, each with what it means in one short sentence. "
        "If they explain no term, the list is empty."
    ),
    "cornell": (
        "Write at most {most} questions that these passages answer, each with its answer in one short sentence."
    ),
}
AROUND = (
    "Passages:\n\n{passages}\n\n{task} `passage` is the number of the passage that says it. {tongue} Reply as JSON."
)
SUM = (
    "Points:\n\n{points}\n\nSum these points up in at most {most} short sentences, without anything new. `points` are "
    "the numbers of the points that a sentence rests on. {tongue} Reply as JSON."
)
TONGUES = {"en": "Write in the language of the passages.", "de": "Write in German, as the passages are."}
NAMES: Mapping[Form, str] = {"glossary": "term", "cornell": "question"}
_MARKS = re.compile(r"\s*\[\d[\d\s,;–-]*\]|^\s*(?:[-*•]|\d+[.)])\s+|[*_`#]+(?=\S)|(?<=\S)[*_`]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """One point, as a model writes it."""

    passage: int
    text: str
    term: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class _Points:
    points: tuple[_Said, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    points: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Sentences:
    sentences: tuple[_Sentence, ...]


def cited(passages: Sequence[Passage], name: str) -> list[Cited]:
    """Passages of a document of this name by their numbers, the first one being 1."""
    return [
        Cited(at, one.document, name, one.page, one.start, one.end, one.text, one.label, one.heading)
        for at, one in enumerate(passages, 1)
    ]


def room(limit: int, form: Form, most: int) -> int:
    """Tokens of passages that fit into one question: what a model with this context has room for, at most so many."""
    limit = limit or USUAL
    around = estimate_tokens(AROUND + TASKS[form] + TONGUES["de"]) + 2 * TURN_TOKENS
    return max(1, min(most, limit - reply_budget(limit, MOST_POINTS * POINT_TOKENS) - around))


def fitting(passages: Sequence[Passage], tokens: int) -> list[Passage]:
    """As many of the first ones as fit, one at least."""
    found, used = list[Passage](), 0
    for one in passages:
        used += estimate_tokens(_block(1, one.heading, one.text))
        if found and used > tokens:
            break
        found.append(one)
    return found


def about_passages(form: Form, passages: Sequence[Cited], *, stays: bool) -> Question:
    """Ask for the points of some passages."""
    most = MOST_POINTS if form == "glossary" else min(MOST_POINTS, max(LEAST_POINTS, (len(passages) + 1) // 2))
    task = TASKS[form].format(most=most)
    blocks = "\n\n".join(_block(one.number, one.heading, one.text) for one in passages)
    text = AROUND.format(passages=blocks, task=task, tongue=_tongue(passages))
    extra = NAMES.get(form)
    item: dict[str, object] = {"passage": {"type": "integer", "enum": [one.number for one in passages]}}
    item |= {extra: _text(NAME_LENGTH)} if extra else {}
    item |= {"text": _text(TEXT_LENGTH)}
    least = 0 if form == "glossary" else 1
    return _question(text, {"points": _list(item, least, most)}, most, stays=stays)


def about_points(points: Sequence[Point], passages: Sequence[Cited], *, stays: bool) -> Question:
    """Ask for a summary of points."""
    lines = "\n".join(f"{at}. {said(one)}" for at, one in enumerate(points, 1))
    text = SUM.format(points=lines, most=MOST_SENTENCES, tongue=_tongue(passages))
    number: dict[str, object] = {"type": "integer", "enum": list(range(1, len(points) + 1))}
    numbers = {"type": "array", "items": number, "minItems": 1, "maxItems": 3}
    item: dict[str, object] = {"points": numbers, "text": _text(TEXT_LENGTH)}
    return _question(text, {"sentences": _list(item, 1, MOST_SENTENCES)}, MOST_SENTENCES, stays=stays)


def points_of(said: str, form: Form) -> list[Point]:
    """The points of a reply to `about_passages`, without marks of Markdown; what says nothing is none. Raises
    BadAnswer."""
    name = NAMES.get(form, "")
    found = []
    for one in read_answer(said, _Points).points:
        point = Point(_tidy(one.text), (one.passage,), _tidy(getattr(one, name)).rstrip(":") if name else "")
        if point.text and bool(point.name) == bool(name):
            found.append(point)
    return found


def sentences_of(said: str, points: Sequence[Point]) -> list[Point]:
    """The same of a reply to `about_points`: each rests on what its points rest on. Raises BadAnswer."""
    found = []
    for one in read_answer(said, _Sentences).sentences:
        rests = [number for at in one.points if 0 < at <= len(points) for number in points[at - 1].passages]
        if (text := _tidy(one.text)) and rests:
            found.append(Point(text, tuple(dict.fromkeys(rests))))
    return found


def said(point: Point) -> str:
    """A point in words; a question is no part of what it says."""
    return f"{point.name}: {point.text}" if point.name and not point.name.endswith("?") else point.text


def judged(
    points: Sequence[Point], claims: Sequence[Claim], reply: str, lines: Sequence[str]
) -> tuple[list[Point], list[Point]]:
    """Which points hold, and which no passage says, by what was found of the `reply` that has a line for each."""
    held, fallen, at = list[Point](), list[Point](), 0
    for point, line in zip(points, lines, strict=True):
        start = reply.index(line, at)
        at = start + len(line)
        own = [one for one in claims if one.start < at and start < one.end]
        (fallen if any(one.is_marked for one in own) else held).append(point)
    return held, fallen


def lines_of(points: Sequence[Point], numbers: Mapping[int, int]) -> list[str]:
    """Points as the sentences of a reply, by the numbers that their passages have there."""
    return [f"{said(one).rstrip('.!')} {''.join(f'[{numbers[number]}]' for number in one.passages)}." for one in points]


def renumbered(passages: Sequence[Cited]) -> tuple[list[str], dict[int, int]]:
    """The texts of passages, and the place that each number has among them, from 1."""
    return [one.text for one in passages], {one.number: at for at, one in enumerate(passages, 1)}


def _question(text: str, properties: Mapping[str, object], most: int, *, stays: bool) -> Question:
    return Question(
        NOTES,
        text,
        schema=_object(properties),
        max_tokens=most * POINT_TOKENS,
        temperature=TEMPERATURE,
        stays_here=stays,
    )


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(item: Mapping[str, object], least: int, most: int) -> dict[str, object]:
    return {"type": "array", "items": _object(item), "minItems": least, "maxItems": most}


def _text(most: int) -> dict[str, object]:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _block(number: int, heading: str, text: str) -> str:
    return f"[{number}] {nearest(heading)}\n{text}" if heading else f"[{number}]\n{text}"


def _tongue(passages: Sequence[Cited]) -> str:
    return TONGUES[language_of("", passages)]


def _tidy(text: str) -> str:
    """One line of plain words."""
    return " ".join(_MARKS.sub("", text).replace("|", "/").split())
