"""What stands with a reply that was written from documents: the quotes that its chips show, why a sentence is marked,
and in its foot what it was given and what was not found.

    hints(turn.id, turn.sources)        # hidden: a chip shows its own (static/js/page/hints.js), paper all of them
    told(turn)                          # the line "From 3 passages in your documents · 1 of 5 sentences not found …"
"""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.text import shorten
from app.core.texts import Text
from app.study.chats import Turn
from app.study.cited import Cited, Claim, Quote, Sources
from app.ui.words import t, words

QUOTE_LENGTH = 280  # characters of a passage that a chip shows where nothing of it is quoted


def hints(turn_id: str, sources: Sources) -> Html | None:
    """What chips and marks of a reply show; None where it has neither."""
    if not sources.passages and not sources.claims:
        return None
    quotes = [_quote(turn_id, one, sources.claims) for one in sources.passages]
    doubts = [
        h("div", _why(one), class_="hint", id=f"d-{turn_id}-{at}", role="tooltip", popover="manual", data_doubt=True)
        for at, one in enumerate(sources.claims)
        if one.is_marked
    ]
    return h("div", *quotes, *doubts, class_="hints", id=f"h-{turn_id}")


def _quote(turn_id: str, passage: Cited, claims: tuple[Claim, ...]) -> Html:
    number = h("span", f"[{passage.number}]", class_="hint-number")
    page = page_of(passage)
    about = h("p", number, " ", h("strong", passage.name), h("small", page) if page else None, dir="auto")
    quote = h("blockquote", quoted(passage, claims), dir="auto")
    id = f"q-{turn_id}-{passage.number}"
    return h("div", about, quote, class_="hint", id=id, role="tooltip", popover="manual")


def quoted(passage: Cited, claims: tuple[Claim, ...]) -> str:
    """What a reply quotes of a passage, letter by letter; where it quotes nothing, how the passage begins."""
    for one in claims:
        if one.quoted == passage.number and (quote := passage.text[one.quote_start : one.quote_end].strip()):
            return quote
    return shorten(passage.text, QUOTE_LENGTH)


def page_of(passage: Cited, *, is_alone: bool = False) -> str:
    """On which page it stands, in a sentence or alone; in what has no pages the heading above it."""
    if page := passage.shown_page:
        return t("cited.at_page", page=page) if is_alone else t("cited.page", page=page)
    return passage.heading


def _why(claim: Claim) -> str:
    """Why a sentence is marked."""
    match claim.verdict:
        case "false-quote":
            return t("cited.false_quote", detail=claim.detail)
        case "false-number":
            return t("cited.false_number", detail=claim.detail)
        case "unknown-citation":
            return t("cited.unknown", detail=claim.detail)
    return join(t("cited.not_found"), h("small", claim.detail) if claim.detail else None)


def told(turn: Turn, *, is_quoting: bool = False, is_busy: bool = False) -> Html | None:
    """The line in the foot, and the sentences that were picked."""
    if turn.sources is None or not turn.sources.passages:
        return None
    parts = [_given(turn, turn.sources), _found(turn.sources), _pick(turn, is_quoting=is_quoting, is_busy=is_busy)]
    line = h("p", *parts, class_="because cited-line")
    return join(line, *(_picked(turn, turn.sources, quote) for quote in turn.sources.picked))


def _pick(turn: Turn, *, is_quoting: bool, is_busy: bool) -> Html | None:
    """Has the sentences picked on which the reply rests."""
    if is_quoting:
        return h("span", t("cited.picking"))
    if turn.sources is None or turn.sources.picked or not turn.text.strip() or is_busy:
        return None
    on = "click:grounding:quote"
    return h("button", t("cited.pick"), type="button", class_="cited-given", data_on=on, data_arg=turn.id)


def _picked(turn: Turn, sources: Sources, quote: Quote) -> Html | None:
    text = sources.text_of(quote)
    passage = next((one for one in sources.passages if one.number == quote.number), None)
    if passage is None or not text.strip():
        return None
    page = page_of(passage)
    chip = h(
        "button",
        f"[{quote.number}] {passage.name}" + (f", {page}" if page else ""),
        type="button",
        class_="cited-given",
        aria_controls="source",
        data_on="click:cited:open",
        data_arg=f"{turn.id} {quote.number}",
    )
    return h("figure", h("blockquote", text, dir="auto"), h("figcaption", chip), class_="picked")


def _given(turn: Turn, sources: Sources) -> Html:
    """Opens the first passage: a model need not cite any."""
    passages = words(Text("cited.given", count=len(sources.passages)))
    first = f"{turn.id} {sources.passages[0].number}"
    return h(
        "button",
        t("cited.given_from", passages=passages),
        type="button",
        class_="cited-given",
        aria_controls="source",
        data_on="click:cited:open",
        data_arg=first,
    )


def _found(sources: Sources) -> Html | None:
    """How many sentences were not found."""
    said = [one for one in sources.claims if one.verdict != "no-claim"]
    marked = sum(one.is_marked for one in said)
    if not marked:
        return None
    return h("span", words(Text("cited.count", marked=marked, total=len(said))), class_="unfound-count")
