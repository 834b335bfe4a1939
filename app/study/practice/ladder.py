"""The Tutor's ladder: an attempt first, then hints, a check of each attempt, and only then the answer.

    now = begun(now)                        # a question was asked: an attempt is waited for
    now = hinted(now, "hint", by)           # it had a hint
    now = checked(now, "right", BY_RULE)    # now.came == "helped"

Each step is a value made of the one before (`app.study.tutored`); nothing here asks a model or keeps anything.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.core.texts import Text, TextOrWords
from app.study.practice.hints import of_letters
from app.study.tutored import BY_YOU, Came, Key, Kind, Score, Tutored, Verdict

HINTS = 3
MOST_SPELT, LEAST_LETTERS = 2, 5  # words of an answer that is spelt whole; letters of a word, else
LONGER = 4  # words that an attempt may have more than the answer
#: what asks nothing by itself, in at most four words; such a message is answered as in any other chat
SMALL_TALK = re.compile(
    r"\W*(?:(?:hi|hello|hey|good|morning|evening|afternoon|thanks?|you|thx|bye|ok|okay|cool|great|nice|yes|no|please|so"
    r"|much|hallo|guten|morgen|abend|tag|danke|dank|vielen|dankeschön|tschüss|super|gut|ja|nein|bitte|schön|alles|klar)"
    r"(?:\W+|$)){1,4}",
    re.IGNORECASE,
)
FIRST_STEPS = (Text("tutor.hint_start"), Text("tutor.hint_known"), Text("tutor.hint_guess"))


def kind_of(now: Tutored | None, text: str) -> Kind | None:
    """What a message is that was typed: an attempt while a question is open, or asking back; else a question. None for
    what asks nothing."""
    if now and now.is_open:
        return "aside" if text.rstrip().endswith(("?", "？")) else "attempt"
    return None if SMALL_TALK.fullmatch(text) and "?" not in text else "question"


def request(now: Tutored | None, kind: Kind) -> Tutored:
    """What a message of the student's holds: what it is, and how things stood before it."""
    return replace(now or Tutored(kind), kind=kind, key=None)


def begun(now: Tutored) -> Tutored:
    """A question was asked: what was open before is left."""
    return Tutored("question", is_open=True, score=left(now).score)


def left(now: Tutored) -> Tutored:
    """The open question is given up for another."""
    return _over(now, "left") if now.is_open else now


def hinted(now: Tutored, kind: Kind, by: str) -> Tutored:
    """The student had a hint; `by` is who made it."""
    return replace(now, kind=kind, hints=now.hints + 1, by=by)


def can_hint(now: Tutored) -> bool:
    """Whether there is another one."""
    return now.is_open and now.hints < HINTS


def checked(now: Tutored, verdict: Verdict, by: str, versions: int = 0) -> Tutored:
    """An attempt was checked. So many other `versions` of it were there before: who writes one over tries again."""
    tried = replace(now, kind="attempt", tries=now.tries + 1 + versions, verdict=verdict, by=by)
    return _over(tried, _came(tried)) if verdict == "right" else tried


def has_tried(now: Tutored) -> bool:
    """Whether the answer has been earned: after an attempt, or once all hints were had."""
    return now.tries > 0 or now.hints >= HINTS


def is_short(attempt: str, key: Key) -> bool:
    """Whether an attempt is no more than an answer, so that a rule may call it wrong: a longer one may reckon first."""
    return len(attempt.split()) <= len(key.answer.split()) + LONGER


def shown(now: Tutored) -> Tutored:
    """The answer is shown. That changes nothing where the question is over."""
    after = replace(now, kind="answer")
    return _over(after, "shown") if now.is_open else after


def can_count(now: Tutored) -> bool:
    """Whether the student may say that the last attempt was right after all: a check can be wrong."""
    return now.verdict in ("wrong", "unsure") and now.came in ("", "shown")


def counted(now: Tutored) -> Tutored:
    """The student says so."""
    if not can_count(now):
        return now
    score = now.score
    before = replace(score, shown=score.shown - 1) if now.came == "shown" else score
    return _over(replace(now, verdict="right", by=BY_YOU, score=before), _came(now))


def _came(now: Tutored) -> Came:
    return "alone" if now.tries == 1 and not now.hints else "helped"


def _over(now: Tutored, came: Came) -> Tutored:
    return replace(now, is_open=False, came=came, score=_more(now.score, came))


def _more(score: Score, came: Came) -> Score:
    if came == "alone":
        return replace(score, alone=score.alone + 1)
    if came == "helped":
        return replace(score, helped=score.helped + 1)
    return replace(score, shown=score.shown + 1) if came == "shown" else replace(score, left=score.left + 1)


def hints_by_rule(key: Key, question: str) -> tuple[TextOrWords, ...]:
    """A hint for each rung, made without a model: what to begin with, how the answer is written, where it stands. None
    of them tells it."""
    first = FIRST_STEPS[len(question) % len(FIRST_STEPS)]
    spelt = _spelt(key.answer, question)
    sentence = _without(key.answer, key.clue)
    last: list[TextOrWords] = [Text("tutor.hint_sentence", place=key.place, text=sentence)] if sentence else []
    if key.place and not sentence:
        last = [Text("tutor.hint_place", place=key.place)]
    rest = [one for one in FIRST_STEPS if one != first]
    made = [first, *(spelt[:1] or rest[:1]), *(last or rest[-1:])]
    return tuple(made[:HINTS])


def _spelt(answer: str, question: str) -> list[TextOrWords]:
    """How an answer is written; of a longer one, the longest word that the question lacks."""
    short, words = answer.strip(" .!"), re.findall(r"\w+", answer)
    if short.isascii() and short.isdigit():
        return [Text("tutor.hint_digits", count=len(short))]
    if len(words) <= MOST_SPELT:
        return of_letters(short)
    asked = set(re.findall(r"\w+", question.lower()))
    new = [word for word in words if len(word) >= LEAST_LETTERS and word.isalpha() and word.lower() not in asked]
    longest = max(new, key=len, default="")
    return [Text("tutor.hint_word", letter=longest[0], count=len(longest))] if longest else []


def _without(answer: str, clue: str) -> str:
    """A sentence with its answer hidden; "" where that cannot be done."""
    found = re.search(re.escape(answer.strip(" .")), clue, re.IGNORECASE) if answer.strip(" .") else None
    return clue[: found.start()] + "____" + clue[found.end() :] if found else ""
