"""What the Tutor asks a model: one short question a step, in the language of the student's.

    key_question(Task("What is 6 · 7?"), chat_id)           # answered in a few words: tidy_key(said)
    hint_question(task, key, 1, chat_id)                    # one sentence: tidy_hint(said)
    check_question(task, key, attempt, chat_id)             # answered by a `Checked`
    explaining(does, key)                                   # what the model is told that gives the answer at last

A model of half a billion weights follows each of them. It is never trusted: what a hint tells is looked at afterwards,
and the answer is asked for before the student tries, so that all steps speak of the same one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text import shorten
from app.core.values import Message
from app.study.ask import Question
from app.study.cited import Cited
from app.study.features import TUTOR
from app.study.grounding import language_of
from app.study.tutored import Key

MOST_QUESTION, MOST_ATTEMPT, MOST_KEY, MOST_HINT, MOST_COMMENT = 2400, 1200, 200, 320, 200  # characters
KEY_TOKENS, HINT_TOKENS, CHECK_TOKENS = 160, 90, 120
HINT_TEMPERATURE = 0.5  # so that a second try is another one
#: by the language of the question; {what} is one of HINT_WORDS
WORDS = {
    "en": {
        "passages": "Passages from documents:",
        "key": "Give only the answer, in as few words as possible. No explanation.",
        "from": "Use these passages alone.",
        "hint": "A student tries to answer this question: {question}\nThe answer is “{answer}”. The student must not "
        "see it yet.{tried}{had}\n\nWrite one short sentence that {what}, without giving the answer.",
        "tried": "\nThe student's attempt: {attempt}",
        "had": "\nHints so far: {hints}",
        "aside": "\nThe student asks back: {attempt}",
        "check": "Question: {question}\nRight answer: {answer}\nThe student's answer: {attempt}\n\nIs the student's "
        "answer right? Other words for the same are right, too. Reply as JSON: `is_right`, then `comment`: one short "
        "sentence to the student on what is right or missing, without telling the right answer.",
        "unknown": "not given; work it out",
        "answer": "Give the answer to the question and explain it in a few short steps.",
        "is": "The answer is: {answer}",
    },
    "de": {
        "passages": "Textstellen aus Dokumenten:",
        "key": "Gib nur die Antwort, mit so wenigen Wörtern wie möglich. Keine Erklärung.",
        "from": "Nimm nur diese Textstellen.",
        "hint": "Ein Schüler versucht, diese Frage zu beantworten: {question}\nDie Antwort ist „{answer}“. Er darf sie "
        "noch nicht sehen.{tried}{had}\n\nSchreib einen kurzen Satz, der {what}, ohne die Antwort zu verraten.",
        "tried": "\nSein Versuch: {attempt}",
        "had": "\nBisherige Hinweise: {hints}",
        "aside": "\nEr fragt zurück: {attempt}",
        "check": "Frage: {question}\nRichtige Antwort: {answer}\nAntwort des Schülers: {attempt}\n\nIst die Antwort "
        "des Schülers richtig? Andere Wörter für dasselbe sind auch richtig. Antworte als JSON: `is_right`, dann "
        "`comment`: ein kurzer Satz auf Deutsch an den Schüler, was stimmt oder fehlt, ohne die richtige Antwort zu "
        "nennen.",
        "unknown": "nicht angegeben, finde sie selbst",
        "answer": "Gib die Antwort auf die Frage und erkläre sie in wenigen kurzen Schritten.",
        "is": "Die Antwort ist: {answer}",
    },
}
HINT_WORDS = {
    "en": ("says what to think about first", "names the idea or rule that helps", "shows the first step"),
    "de": (
        "sagt, worüber er zuerst nachdenken soll",
        "die Idee oder Regel nennt, die hilft",
        "den ersten Schritt zeigt",
    ),
}
_CITES = re.compile(r"\s*\[\d+\]")
_LEAD = re.compile(
    r"^(?:(?:the |die )?(?:final |correct |right |richtige )?(?:answer|antwort|solution|lösung|hint|hinweis)"
    r"(?: is| ist| lautet)?\s*:?|hint \d:|hinweis \d:)\s+",
    re.IGNORECASE,
)
_MARKS = ' \t#*_`$"“”„«»'


@dataclass(frozen=True, slots=True)
class Task:
    """What the student asked, with what is attached to it, and the passages that it is to be answered from."""

    text: str
    images: tuple[str, ...] = ()
    passages: tuple[Cited, ...] = ()
    before: tuple[Message, ...] = ()

    @property
    def language(self) -> str:
        """The language that a model is asked in."""
        return language_of(self.text, self.passages)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a model says of an attempt."""

    is_right: bool
    comment: str = ""


def key_question(task: Task, belongs_to: str) -> Question:
    """Ask for the answer, before the student tries."""
    told = WORDS[task.language]
    blocks = [f"[{one.number}] {one.text}" for one in task.passages]
    head = [told["passages"], *blocks, told["from"]] if blocks else []
    text = "\n\n".join((*head, task.text[:MOST_QUESTION], told["key"]))
    return Question(
        TUTOR, text, belongs_to, before=task.before, max_tokens=KEY_TOKENS, temperature=0.0, images=task.images
    )


def hint_question(
    task: Task, key: Key, number: int, belongs_to: str, *, attempt: str = "", had: Sequence[str] = (), asks: str = ""
) -> Question:
    """Ask for hint `number`, 1 the first, behind the last attempt and the hints before; or what the student `asks`."""
    told, ways = WORDS[task.language], HINT_WORDS[task.language]
    tried = told["aside"].format(attempt=asks) if asks else told["tried"].format(attempt=attempt) if attempt else ""
    text = told["hint"].format(
        question=task.text[:MOST_QUESTION],
        answer=key.answer,
        tried=tried[:MOST_ATTEMPT],
        had=told["had"].format(hints=" ".join(had)) if had else "",
        what=ways[min(number, len(ways)) - 1],
    )
    return Question(TUTOR, text, belongs_to, max_tokens=HINT_TOKENS, temperature=HINT_TEMPERATURE, images=task.images)


def check_question(task: Task, key: Key, attempt: str, belongs_to: str) -> Question:
    """Ask whether an attempt is right; answered by a `Checked`."""
    told = WORDS[task.language]
    text = told["check"].format(
        question=task.text[:MOST_QUESTION], answer=key.answer or told["unknown"], attempt=attempt[:MOST_ATTEMPT]
    )
    comment = {"type": "string", "maxLength": MOST_COMMENT}
    schema: dict[str, object] = {
        "type": "object",
        "properties": {"is_right": {"type": "boolean"}, "comment": comment},
        "required": ["is_right", "comment"],
        "additionalProperties": False,
    }
    return Question(
        TUTOR, text, belongs_to, schema=schema, max_tokens=CHECK_TOKENS, temperature=0.0, images=task.images
    )


def explaining(does: str, question: str, key: Key | None) -> str:
    """What the model is told that gives the answer at last: it is the one that was there from the start."""
    told = WORDS[language_of(question)]
    known = told["is"].format(answer=key.answer) if key and key.answer else ""
    return "\n".join(filter(None, (does, told["answer"], known)))


def tidy_key(said: str) -> str:
    """The answer alone, of what a model has said; "" where there is none."""
    line = next(filter(None, map(_plain, said.splitlines())), "")
    boxed = re.search(r"\\boxed\{([^{}]*)\}", line)
    return shorten(boxed[1] if boxed else line.strip(_MARKS + " .:"), MOST_KEY)


def tidy_hint(said: str) -> str:
    """One hint of what a model has said, "" where it is none: it was cut, or is too long to be one."""
    text = _plain(" ".join(said.split()))
    text = text if text.endswith((".", "!", "?", "…")) else text[: max(text.rfind(one) for one in ".!?") + 1]
    return text if len(text) <= MOST_HINT else ""


def _plain(text: str) -> str:
    """A line without its marks, numbers of passages, and what it is announced by."""
    text = _CITES.sub("", text).replace("**", "").replace("__", "").strip(_MARKS)
    return _LEAD.sub("", text).strip(_MARKS)


def parts_of(attempt: str) -> tuple[str, ...]:
    """An attempt as a rule may read it: all of it, what stands behind its last "=", its last line."""
    lines = [" ".join(line.split()) for line in attempt.splitlines() if line.strip()]
    whole = " ".join(lines)
    return tuple(dict.fromkeys(filter(None, (whole, whole.rpartition("=")[2].strip(), *lines[-1:]))))
