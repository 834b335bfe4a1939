"""How a model is asked to answer from passages, and what passages are looked for.

    grounded("Why is the tide high?", passages)     # the passages, what to do with them, then the question
    looked_for(turns)                               # "And then? … Why is the tide high?"

The passages stand in front of the newest question alone; what is before it stays as it was, so that an engine need not
read it again. What the model is told is short: half a billion weights follow it, and a small context holds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.text import estimate_tokens
from app.models.routing.followups import follow_up
from app.models.routing.tongues import tongues_of
from app.study.chats import Turn
from app.study.cited import Cited

#: what stands around the passages, by the language of the question
INSTRUCTIONS = {
    "en": (
        "Passages from documents:",
        "page",
        "Answer the question in its own language, from these passages alone. Put the number of the passage behind each "
        "sentence, like [1]. Quote word for word or not at all. If the passages do not hold the answer, say that you "
        "did not find it there.",
        "Question:",
    ),
    "de": (
        "Textstellen aus Dokumenten:",
        "Seite",
        "Beantworte die Frage nur aus diesen Textstellen. Schreib hinter jeden Satz die Nummer der Textstelle, zum "
        "Beispiel [1]. Zitiere wörtlich oder gar nicht. Steht die Antwort nicht in den Textstellen, sag, dass du sie "
        "dort nicht gefunden hast.",
        "Frage:",
    ),
}
MOST_BACK = 2  # questions that a follow-up may go back to
MOST_LOOKED_FOR = 1000  # characters of one question: more words tell no better what is meant
FEW = 2  # words that say too little by themselves
#: how German goes on with the talk; `follow_up` has learned English alone
_GOES_ON = re.compile(
    r"(?:und|aber|oder|also|dann|denn|warum|wieso|weshalb|wozu|noch|genauer|nochmal|kürzer|mehr|weiter)\b"
    r"|.*\b(?:er|sie|ihn|ihm|ihnen|dies|diese[rsnm]?|davon|dabei|dafür|damit|daran|darin|darüber|dort|dazu|dagegen)\b"
    r"|.*\b(?:das|es|beispiel)\W*$",
    re.IGNORECASE | re.DOTALL,
)


def language_of(question: str, passages: Sequence[Cited] = ()) -> str:
    """The language of `INSTRUCTIONS` that a question is answered by: its own, else that of its passages."""
    tongues = tongues_of(question) or (tongues_of(passages[0].text) if passages else frozenset())
    return "de" if "de" in tongues and "en" not in tongues else "en"


def grounded(question: str, passages: Sequence[Cited]) -> str:
    """A question behind the passages that it is to be answered from; the question alone where there are none."""
    if not passages:
        return question
    head, page, told, asked = INSTRUCTIONS[language_of(question, passages)]
    blocks = (f"[{one.number}] {_place(one, page)}\n{one.text}" for one in passages)
    return "\n\n".join((head, *blocks, told, f"{asked} {question}"))


def around_tokens() -> int:
    """What stands around the passages, at most, in tokens, estimated."""
    return max(estimate_tokens(" ".join(texts)) for texts in INSTRUCTIONS.values())


def _place(one: Cited, page: str) -> str:
    where = (" ".join(one.name.split()), one.shown_page and f"{page} {one.shown_page}", one.heading)
    return ", ".join(filter(None, where))


def looked_for(turns: Sequence[Turn]) -> str:
    """What to search for: the last question of these turns, and those before that it goes back to. Its own words
    count twice."""
    asked = [at for at, turn in enumerate(turns) if turn.role == "user"]
    if not asked:
        return ""
    parts = [_plain(turns[asked[-1]].text)]
    for later, earlier in list(zip(asked[::-1], asked[-2::-1], strict=False))[:MOST_BACK]:
        between = " ".join(turn.text for turn in turns[earlier + 1 : later])
        if not _goes_on(turns[later].text, turns[earlier].text, between):
            break
        parts.append(_plain(turns[earlier].text))
    return " ".join((parts[0], *parts) if len(parts) > 1 else parts)


def _plain(text: str) -> str:
    """The words of a question. Its quotation marks name words, and do not ask for them word for word."""
    return re.sub('["“”„‟«»]', " ", text[:MOST_LOOKED_FOR])


def _goes_on(question: str, before: str, reply: str) -> bool:
    is_short = len(question.split()) <= FEW
    return is_short or _GOES_ON.match(question.strip()) is not None or follow_up(question, before, reply).score >= 0.5
