"""Sources and models used, for a piece of work: a chat, a note, a quiz. It claims no more than is kept here.

statement = of_chat(chat, turns, entries)       # of the branch on show, and what the usage log lists beside it
statement = of_note(document, writing)          # writing None: how it was made is not known
statement = of_quiz(quiz, attempts)
as_markdown(statement, words)                   # "## Models\\n\\n- Gemma 3n E2B, on this device: 5 replies …"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.citations import cites_in
from app.core.days import local_day
from app.core.places import Place, of_records
from app.core.texts import Day, Text, TextOrWords, Words, in_a_row, with_commas
from app.models.costs.ledger import Entry
from app.study.chats import Chat, Turn
from app.study.cited import Cited
from app.study.features import CHAT, CODE, FEATURES, TUTOR
from app.study.library.documents import Document
from app.study.practice.quizzes import BY_RULE, BY_YOU, Attempt, Quiz
from app.study.writing.record import Writing

MOST_PAGES = 12  # of a document that are named
PLACES: Mapping[Place, Text] = {
    Place.BROWSER: Text("statement.browser"),
    Place.COMPUTER: Text("statement.computer"),
    Place.NETWORK: Text("statement.network"),
    Place.CLOUD: Text("statement.cloud"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, and what there is to say below it."""

    title: Text
    lines: tuple[TextOrWords, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Of a piece of work of this name, of which something is known or not."""

    name: TextOrWords
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Share:
    """What one model did in one place; times are seconds since 1970."""

    replies: int = 0
    words: int = 0
    first: float = 0.0
    last: float = 0.0

    def with_turn(self, turn: Turn) -> _Share:
        first = min(filter(None, (self.first, turn.created)), default=0.0)
        return _Share(self.replies + 1, self.words + _count(turn.text), first, max(self.last, turn.created))


def of_chat(chat: Chat, turns: Sequence[Turn], entries: Iterable[Entry] | None = None) -> Statement:
    """`turns` are those of the branch on show. `entries` are the lines of the usage log, None where it is not read."""
    shares = dict[tuple[str, TextOrWords], _Share]()
    replies = [one for one in turns if one.role == "assistant" and one.model_name and (one.text or one.thinking)]
    for turn in replies:
        key = (turn.model_name, _where(turn.place, turn.where))
        shares[key] = shares.get(key, _Share()).with_turn(turn)
    asked = [one for one in turns if one.role == "user" and not _is_by_button(one)]
    you = Text("statement.you", messages=_messages(len(asked)), words=_words(sum(_count(one.text) for one in asked)))
    models = [_model(*key, share) for key, share in shares.items()] or [Text("statement.no_model")]
    more = _beside(entries, chat.id, turns) if entries is not None else []
    brought = [Text("statement.brought", program=chat.source.program)] if chat.source else []
    cited = [one for turn in replies for one in turn.passages if one.number in cites_in(turn.text)]
    return _statement(chat.name, [you, *brought], [*models, *more], cited)


def _beside(entries: Iterable[Entry], chat_id: str, turns: Sequence[Turn]) -> list[TextOrWords]:
    """What the usage log lists of a chat beside the replies on show."""
    shown = {one.id for one in turns}
    own = [one for one in entries if one.chat_id == chat_id and one.turn_id not in shown]
    hidden = {one.turn_id or one.id for one in own if one.feature in (CHAT, CODE)}
    told: list[TextOrWords] = [Text("statement.hidden", count=len(hidden))] if hidden else []
    counts = Counter(one.feature for one in own if one.feature not in (CHAT, CODE))
    counts[TUTOR.id] -= sum(map(_is_hint_of_model, turns))  # the log has them without their turns
    names = {one.id: one.name for one in FEATURES}
    known = [(names[id], count) for id, count in counts.items() if id in names and count > 0]
    return told + [Text("statement.helped", feature=name, replies=_replies(count)) for name, count in known]


def _is_by_button(turn: Turn) -> bool:
    """Whether it was sent for the person: what a program printed, or the request of a step of the Tutor's."""
    return turn.ran is not None or (turn.tutor is not None and turn.tutor.kind in ("hint", "answer"))


def _is_hint_of_model(turn: Turn) -> bool:
    """Whether it is a step of the Tutor's on show that a model has written."""
    is_step = turn.role == "assistant" and turn.tutor is not None and turn.tutor.kind != "answer"
    return is_step and bool(turn.model_name and turn.text)


def of_note(note: Document, writing: Writing | None) -> Statement:
    """Of a note of the library."""
    if writing is None:
        told = Text("statement.note_unknown")
        changed = Text("statement.changed_on", day=Day(note.changed_at)) if note.changed_at else ""
        return _statement(note.name, [in_a_row(told, changed)] if changed else [told], [], [])
    made = Text("statement.made_on", day=Day(writing.done_at))
    is_changed = note.sha256 != writing.sha256
    edited = Text("statement.edited", day=Day(note.changed_at)) if is_changed else Text("statement.unedited")
    models: list[TextOrWords] = [
        _model(one.model, _where(one.place, one.where), _Share(one.replies, one.words)) for one in writing.by
    ]
    if not models:
        models = [Text("statement.alone")]
    elif writing.kept:
        models.append(Text("statement.checked", kept=_points(writing.kept), dropped=writing.dropped))
    return _statement(note.name, [made, edited], models, writing.passages)


def of_quiz(quiz: Quiz, attempts: Iterable[Attempt] = ()) -> Statement:
    """Of a quiz, and of who graded the answers to it."""
    models: list[TextOrWords] = []
    for model, count in Counter(one.model for one in quiz.questions).items():
        made_by = Text("statement.wrote", model=model, questions=_questions(count))
        models.append(made_by if model else Text("statement.cloze", questions=_questions(count)))
    if quiz.dropped:
        models.append(Text("statement.quiz_dropped", questions=_questions(quiz.dropped)))
    graded = Counter(one.by for attempt in attempts for one in attempt.answers if one.tries)
    for name, count in graded.items():
        if name not in (BY_RULE, BY_YOU):
            models.append(Text("statement.graded", model=name, count=count))
    cited = [Cited(0, one.document, one.name, one.page, 0, 0, "", one.label) for one in quiz.questions if one.document]
    made = [Text("statement.made_on", day=Day(quiz.made_at))] if quiz.made_at else []
    return _statement(quiz.name, made, models, cited)


def _statement(
    name: TextOrWords, about: Sequence[TextOrWords], models: Sequence[TextOrWords], cited: Iterable[Cited]
) -> Statement:
    documents = _documents(cited)
    parts = [
        Part(Text("statement.about"), tuple(about)),
        Part(Text("statement.models"), tuple(models)),
        Part(Text("statement.documents"), documents),
    ]
    return Statement(name, tuple(one for one in parts if one.lines))


def _model(model: str, where: TextOrWords, share: _Share) -> Text:
    """What a model did: how many replies of how many words, and when, as far as that is known."""
    replies, said = _replies(share.replies), _words(share.words)
    told = Text("statement.model", model=model, where=where, replies=replies, words=said)
    if not share.first:
        return told
    first, last = Day(share.first), Day(share.last)
    if local_day(share.first) == local_day(share.last):
        return Text("statement.on_day", told=told, day=first)
    return Text("statement.on_days", told=told, first=first, last=last)


def _where(place: Place, where: str) -> TextOrWords:
    """Where a model ran; to whom words were sent is told as it is kept."""
    return of_records(where) if place.leaves_device and where else PLACES[place]


def _documents(cited: Iterable[Cited]) -> tuple[TextOrWords, ...]:
    """The documents that are cited, each once, with its pages."""
    passages = dict[str, dict[tuple[int, int], str]]()
    for one in cited:
        passages.setdefault(one.name, {})[one.page, one.start] = one.shown_page
    return tuple(_document(name, places) for name, places in passages.items())


def _document(name: str, places: Mapping[tuple[int, int], str]) -> TextOrWords:
    pages = list(dict.fromkeys(page for _, page in sorted(places.items()) if page))
    if not pages:
        return name
    more = "…" if len(pages) > MOST_PAGES else ""
    shown = with_commas(*pages[:MOST_PAGES], *filter(None, [more]))
    return Text("statement.pages", name=name, count=len(pages), pages=shown)


def _count(text: str) -> int:
    return len(text.split())


def _replies(count: int) -> Text:
    return Text("statement.replies", count=count)


def _messages(count: int) -> Text:
    return Text("statement.messages", count=count)


def _words(count: int) -> Text:
    return Text("statement.words", count=count)


def _points(count: int) -> Text:
    return Text("statement.points", count=count)


def _questions(count: int) -> Text:
    return Text("statement.questions", count=count)


def dated(statement: Statement, now: float) -> Statement:
    """With what it is made from, and when, at its end."""
    limits = Part(Text("statement.limits"), (Text("statement.limits_about", day=Day(now)),))
    return replace(statement, parts=(*statement.parts, limits))


def as_markdown(statement: Statement, words: Words, level: int = 2) -> str:
    """The statement with headings of this level, without its name."""
    marks = "#" * level
    return "\n\n".join(
        f"{marks} {words(part.title)}\n\n" + "\n".join(f"- {words(line)}" for line in part.lines)
        for part in statement.parts
    )
