"""Exact quotes: a model picks among the sentences of a reply's passages, and can write none of its own.

    quotes = await pick(ask, turn.sources, sentences, question, reply, belongs_to=chat.id)     # (Quote(1, 0, 43), …)

The sentences are the values that its answer may have (an `enum` of a JSON schema), so what it picks stands in a passage
letter by letter, whatever the model is; which of them says most is its own choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import BadAnswer
from app.core.text import estimate_tokens, shorten
from app.study.ask import Ask, Question
from app.study.cited import Quote, Sources
from app.study.features import QUOTES

MOST_SENTENCES = 16  # to choose from: a grammar of more takes long, and a small model picks no better among them
MOST_TOKENS, MOST_CHARACTERS = 900, 1500  # of them together, and of the answer: a context of 2,048 tokens holds it
MOST_QUOTES, AROUND_TOKENS = 3, 64  # of the answer, and what JSON puts around them
ASK_QUOTES = (
    "Sentences:\n{sentences}\n\nQuestion: {question}\nAnswer: {answer}\n\n"
    "Pick the sentences that support this answer best, as JSON."
)


@dataclass(frozen=True, slots=True)
class Picked:
    """What the model answers."""

    quotes: tuple[str, ...]


async def pick(
    ask: Ask, sources: Sources, sentences: Sequence[Quote], question: str, answer: str, *, belongs_to: str
) -> tuple[Quote, ...]:
    """The sentences that a model has picked, each once, in the order of its answer; none where there are none to pick
    from. Raises what `Ask.json` raises."""
    known = _known(sources, sentences)
    if not known:
        return ()
    listed = "\n".join(f"- {text}" for text in known)
    asked = ASK_QUOTES.format(sentences=listed, question=question, answer=shorten(answer, MOST_CHARACTERS))
    most = AROUND_TOKENS + sum(sorted(map(estimate_tokens, known))[-MOST_QUOTES:])
    said = await ask.json(
        Question(QUOTES, asked, belongs_to, schema=_schema(list(known)), max_tokens=most, temperature=0.0), Picked
    )
    if strange := [text for text in said.quotes if text not in known]:
        raise BadAnswer(detail=strange[0])
    return tuple(dict.fromkeys(known[text] for text in said.quotes))[:MOST_QUOTES]


def _known(sources: Sources, sentences: Sequence[Quote]) -> dict[str, Quote]:
    """The sentences by their words, as far as a small model can read them."""
    known, room = dict[str, Quote](), MOST_TOKENS
    for one in sentences[:MOST_SENTENCES]:
        text = " ".join(sources.text_of(one).split())
        room -= estimate_tokens(text)
        if text and room >= 0:
            known[text] = one
    return known


def _schema(sentences: list[str]) -> dict[str, object]:
    items = {"type": "array", "minItems": 1, "maxItems": MOST_QUOTES, "items": {"type": "string", "enum": sentences}}
    return {"type": "object", "properties": {"quotes": items}, "required": ["quotes"], "additionalProperties": False}
