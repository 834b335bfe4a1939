"""The ladder of hints of a question: what its writer hints at, how the answer is written, at last where it stands.

hints(asked, words)     # ("It is a gas.", Text("quiz.hint_begins", …), Text("quiz.hint_place", …))
"""

from __future__ import annotations

from app.core.quiz import BLANK
from app.core.texts import Text, TextOrWords
from app.study.practice.quizzes import Asked

LEAST_LETTERS = 4  # of a word whose first letter may be told


def hints(asked: Asked) -> tuple[TextOrWords, ...]:
    """Each tells more than the one before; the last one leads to the source."""
    found: list[TextOrWords] = [asked.hint] if asked.hint else []
    if asked.kind in ("cloze", "short_answer"):
        found += of_letters(asked.answer)
    elif asked.kind == "multiple_choice":
        wrong = [one for one in asked.options if one != asked.answer]
        if wrong:  # a damaged or an imported one may have none
            found.append(Text("quiz.hint_not", option=wrong[len(asked.question) % len(wrong)]))
    found.append(_of_place(asked))
    return tuple(found)


def of_letters(answer: str) -> list[TextOrWords]:
    """How an answer is written, where that tells anything: of several words how many they are, of one its letters."""
    words = answer.split()
    if len(words) > 1:
        return [Text("quiz.hint_words", count=len(words), letter=words[0][:1])]
    if answer.isalpha() and len(answer) >= LEAST_LETTERS:
        return [Text("quiz.hint_begins", letter=answer[0], count=len(answer))]
    return []


def _of_place(asked: Asked) -> TextOrWords:
    """The sentence with its answer hidden, or the page where that cannot be done."""
    if asked.answer in asked.text and asked.kind != "true_false" and asked.kind != "cloze":
        return Text("quiz.hint_sentence", text=asked.text.replace(asked.answer, BLANK))
    if asked.document:
        return Text("quiz.hint_page", name=asked.name, page=asked.label or str(asked.page))
    return Text("quiz.hint_chat")
