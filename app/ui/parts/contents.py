"""What the context ring opens: what fills the model's context as a bar and as a table, and what is left out of it.

contents_sheet(session)         # the sheet "context"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.html import Html, h, join
from app.core.text import shorten
from app.core.texts import Moment, Percent, Text
from app.core.values import Model
from app.session import Session
from app.session.context import Contents
from app.study.chats import Turn
from app.study.contents import PARTS
from app.study.features import SUMMARY
from app.study.summary import Summary
from app.ui.parts.controls import problem_box
from app.ui.parts.sheet import sheet
from app.ui.words import t, words

MOST_LISTED = 40  # of the messages that are left out
FIRST_WORDS = 80  # characters of each
HEIGHT = 12  # pixels


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the bar and a line of the table. `kind` is its colour; what is free has none."""

    kind: str
    name: str
    tokens: int


def contents_sheet(session: Session) -> Html | None:
    """All of it; None before anything was counted."""
    shown = session.context.shown()
    if shown is None:
        return None
    return sheet(
        t("context.title"),
        h("p", _used(shown), class_="context-used"),
        h("p", t("context.too_long", model=shown.model.name), class_="warn") if shown.filled.is_too_long else None,
        *_figure(shown),
        h("h3", t("context.reaches")),
        *_reaching(session, shown),
        h("p", h("a", t("context.change"), href="#/settings/chat")),
        *_summary(session, shown),
    )


def _used(shown: Contents) -> str:
    tokens = shown.filled.tokens
    if not shown.limit:
        return t("context.used_of_unknown", tokens=tokens, model=shown.model.name)
    return t("context.used", tokens=tokens, limit=shown.limit, share=_percent(tokens, shown.limit))


def _share(part: int, whole: int) -> str:
    """A part in per cent; a small one is not nothing."""
    share = _percent(part, whole)
    return words(share) if share or not part else t("context.less", share=Percent(1))


def _percent(part: int, whole: int) -> Percent:
    return Percent(min(100, round(100 * part / whole))) if whole else Percent(0)


# -- the figures


def rows_of(shown: Contents) -> list[Row]:
    """The parts that take any room, in the order in which they are sent, and what is left."""
    names = {
        "instructions": t("context.instructions"),
        "summary": t("context.summary"),
        "earlier": t("context.earlier", count=shown.kept),
        "attachments": t("context.attachments"),
        "passages": t("context.passages"),
        "question": t("context.question"),
    }
    parts = shown.filled.parts
    rows = [Row(part, names[part], parts[part]) for part in PARTS if parts[part]]
    if shown.limit:
        rows.append(Row("reply", t("context.reply"), shown.reply))
        rows.append(Row("", t("context.free"), max(0, shown.limit - shown.reply - shown.filled.tokens)))
    return rows


def _figure(shown: Contents) -> tuple[Html, Html]:
    rows = rows_of(shown)
    whole = max(shown.limit, sum(row.tokens for row in rows))
    return _bar(rows, whole), _table(shown, rows, whole)


def _bar(rows: Sequence[Row], whole: int) -> Html:
    told = (t("context.bar_part", part=row.name, share=_share(row.tokens, whole)) for row in rows)
    drawn, at = list[Html](), 0.0
    for row in rows:
        width = 100 * row.tokens / whole if whole else 0.0
        if row.kind:
            drawn.append(h("rect", x=f"{at:.2f}%", width=f"{width:.2f}%", height=HEIGHT, data_part=row.kind))
        at += width
    title = h("title", t("context.bar", parts=list(told)))
    return h("svg", title, *drawn, width="100%", height=HEIGHT, role="img", class_="context-bar")


def _table(shown: Contents, rows: Sequence[Row], whole: int) -> Html:
    names = (t("context.part"), t("context.tokens"), t("context.share"))
    heads = (h("th", name, scope="col") for name in names)
    lines = (
        h(
            "tr",
            h("th", h("span", class_="swatch", data_part=row.kind or None), row.name, scope="row"),
            h("td", words(Text("context.figure", count=row.tokens))),
            h("td", _share(row.tokens, whole)),
        )
        for row in rows
    )
    caption = h("caption", t("context.what", model=shown.model.name))
    return h("table", caption, h("thead", h("tr", *heads)), h("tbody", *lines), class_="context-table")


# -- what reaches the model


def _reaching(session: Session, shown: Contents) -> list[Html]:
    is_summed = SUMMARY in session.state.settings().features
    when_full = h("p", t("context.sums_up" if is_summed else "context.drops"))
    if not shown.dropped:
        all_reach = t("context.later_reach") if shown.summary else t("context.all_reach")
        return [h("p", all_reach if shown.kept or shown.summary else t("context.none_yet")), when_full]
    count = len(shown.dropped)
    told = t("context.dropped_summed" if is_summed else "context.dropped", count=count)
    return [h("p", told), _listed(session, shown.dropped)]


# -- a summary in their place


def _summary(session: Session, shown: Contents) -> list[Html | None]:
    """The summary that stands for older messages, and the ways to make one and to do without."""
    chat_id, summary = session.state.chat().id, shown.summary
    is_making, problem = chat_id in session.context.making(), session.context.problem()
    if not (summary or shown.older or is_making):
        return []
    return [
        h("h3", t("context.summary")),
        *(_standing(summary, shown.summed) if summary else [h("p", t("context.about"))]),
        problem_box(problem[1]) if problem and problem[0] == chat_id else None,
        _making() if is_making else _ways(shown),
    ]


def _standing(summary: Summary, count: int) -> list[Html]:
    told = t("context.stands_for", count=count)
    made = t("context.made_by", model=summary.model_name, when=Moment(summary.at))
    scrolls = {"tabindex": "0", "role": "region", "aria_label": t("context.summary")}
    text = h("div", summary.text, class_="context-words", dir="auto", **scrolls)
    return [h("p", told), text, h("p", made, class_="note")]


def _making() -> Html:
    stop = h("button", t("context.stop"), type="button", data_on="click:context:stop", id="context-stop")
    return h("div", h("p", t("context.making"), role="status"), stop, class_="actions")


def _ways(shown: Contents) -> Html:
    make, forget = None, None
    if shown.older:
        label = t("context.summarise_more" if shown.summary else "context.summarise")
        make = h("button", label, type="button", data_on="click:context:summarise", id="context-summarise")
    if shown.summary:
        forget = h(
            "button",
            t("context.forget"),
            type="button",
            class_="secondary",
            data_on="click:context:forget",
            id="context-forget",
        )
    by = h("p", _by(shown.by), class_="note") if make and shown.by else None
    return join(h("div", make, forget, class_="actions"), by)


def _by(model: Model) -> str:
    """Who would write it, and where the words go for that."""
    if model.provider == "automatic":
        return t("context.by", model=model.name)
    return t("context.by_there", model=model.name, where=model.where)


def _listed(session: Session, turns: Sequence[Turn]) -> Html:
    """The messages that are left out, each a way to it."""
    more = len(turns) - MOST_LISTED
    items = [h("li", _link(session, turn)) for turn in turns[:MOST_LISTED]]
    rest = h("li", t("context.more", count=more)) if more > 0 else None
    summary = h("summary", t("context.which", count=len(turns)))
    return h("details", summary, h("ol", *items, rest), id="context-dropped")


def _link(session: Session, turn: Turn) -> Html:
    who = t("chat.you" if turn.role == "user" else "chat.assistant")
    said = t("context.said", who=who, words=shorten(turn.text, FIRST_WORDS) or "…")
    return h("a", said, href=f"#/chat/{session.state.chat().id}/{turn.id}", dir="auto")
