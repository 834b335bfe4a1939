"""What a model is asked for: one quiz item about one passage, by a JSON schema; and whether an answer is right.

    question_about(passage, "cloze", sentences, chat_id, stays=False)       # a Question for `app.study.ask`
    was_right(question, given, …)                                           # the same of a grade

The sentences are the values that `source` may have, so a model that is held to the schema cannot invent one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.quiz import BLANK, Kind
from app.core.schemas import schema_of
from app.study.ask import Question
from app.study.features import QUIZ, Feature
from app.study.practice.quizzes import Asked

OPTIONS, MOST_TOKENS, GRADE_TOKENS = 4, 420, 40
QUESTION_LENGTH, TEXT_LENGTH = 240, 160  # characters that a model may write
MOST_PASSAGE = 2400  # characters: a context of 2,048 tokens holds it with the answer
TEMPERATURE = 0.5  # so that a second try is another one
KIND_WORDS: dict[Kind, str] = {
    "multiple_choice": f"a question with {OPTIONS} short options, exactly one of them right; `correct` counts from 0",
    "true_false": "a statement that the passage makes true or false; `answer` is true or false",
    "cloze": f"a sentence of the passage with one important word replaced by {BLANK}; `answer` is that word",
    "short_answer": "a question that a few words of the passage answer; `answer` is these words",
}
ASK = (
    "Passage:\n{passage}\n\nWrite one quiz item about this passage, in the language of the passage, as JSON: {kind}. "
    "`source` is the sentence of the passage that shows the answer, copied exactly. `hint` helps without giving the "
    "answer away. `explanation` says in one sentence why."
)
GRADE = (
    "Question: {question}\nRight answer: {answer}\nIn the text: {text}\nA student answered: {given}\n\n"
    "Does the student's answer mean the same as the right answer? Reply as JSON."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says of an answer."""

    means_the_same: bool


def question_about(
    passage: str, kind: Kind, sentences: Sequence[str], belongs_to: str, *, stays: bool, feature: Feature = QUIZ
) -> Question:
    """Ask for one item."""
    text = ASK.format(passage=passage[:MOST_PASSAGE], kind=KIND_WORDS[kind])
    return Question(
        feature,
        text,
        belongs_to,
        schema=schema(kind, sentences),
        max_tokens=MOST_TOKENS,
        temperature=TEMPERATURE,
        stays_here=stays,
    )


def was_right(asked: Asked, given: str, belongs_to: str, *, stays: bool) -> Question:
    """Ask whether an answer that no rule can grade is right; answered by a `Verdict`."""
    text = GRADE.format(question=asked.question, answer=asked.answer, text=asked.text, given=given[:TEXT_LENGTH])
    return Question(
        QUIZ,
        text,
        belongs_to,
        schema=schema_of(Verdict),
        max_tokens=GRADE_TOKENS,
        temperature=0.0,
        stays_here=stays,
    )


def schema(kind: Kind, sentences: Sequence[str]) -> dict[str, object]:
    """What one item keeps to. The sentence comes first: the question is then about it."""
    short: dict[str, object] = {"type": "string", "minLength": 1, "maxLength": TEXT_LENGTH}
    source: dict[str, object] = {"type": "string", "enum": list(sentences)} if sentences else dict(short)
    properties: dict[str, object] = {
        "kind": {"type": "string", "enum": [kind]},
        "source": source,
        "question": {"type": "string", "minLength": 8, "maxLength": QUESTION_LENGTH},
    }
    if kind == "multiple_choice":
        properties["options"] = {"type": "array", "items": short, "minItems": OPTIONS, "maxItems": OPTIONS}
        properties["correct"] = {"type": "integer", "minimum": 0, "maximum": OPTIONS - 1}
    else:
        properties["answer"] = {"type": "boolean"} if kind == "true_false" else short
    properties |= {"hint": short, "explanation": short}
    needed = list(properties)
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
