"""The explanation of what was selected: a sheet with the words, what a model says about them, and their source.

explain_sheet(session, prose)
"""

from __future__ import annotations

import re

from app.core.html import Html, h, join
from app.session import Session
from app.session.explaining import Explained
from app.study.explaining import Passage
from app.ui.icons import icon
from app.ui.parts.card_face import source_chip
from app.ui.parts.controls import button, problem_box
from app.ui.parts.figures import where
from app.ui.parts.reply import STOPPED
from app.ui.parts.sheet import sheet
from app.ui.prose import Prose
from app.ui.words import rich, t, words

#: marks of Markdown in a note or a reply: the passage is shown as words. A star alone is none ("2 * 3", a footnote's)
_MARKS = re.compile(r"\*\*|(?<!_)__(?!_)|`|^#{1,6}\s+|^>\s?|^\*\s+(?=\S)", re.MULTILINE)
_STARS = re.compile(r"(?<![\w*])\*(?=[^\s*])[^*\n]*(?<=[^\s*])\*(?![\w*])")


def explain_sheet(session: Session, prose: Prose) -> Html | None:
    """The sheet; None where nothing is explained."""
    shown = session.explain.shown()
    if shown is None:
        return None
    body = h("div", _selected(shown.passage), _said(prose, shown), _source(shown), class_="explain")
    return sheet(t("explain.title"), body, foot=_foot(shown))


def _selected(passage: Passage) -> Html:
    cut = h("p", t("explain.cut"), class_="note") if passage.is_cut else None
    return join(h("blockquote", passage.words, dir="auto", tabindex="0"), cut)


def _said(prose: Prose, shown: Explained) -> Html:
    """The explanation as far as it is there, and what there is to say of it."""
    is_writing = shown.state == "writing"
    text = prose.html("explain", shown.text) if shown.text.strip() else None
    parts = (text, h("p", _status(shown), class_="note", role="status"), _problem(shown))
    return h("div", *parts, id="explain-said", aria_busy="true" if is_writing else None)


def _problem(shown: Explained) -> Html | None:
    return problem_box(shown.problem) if shown.problem else None


def _status(shown: Explained) -> Html | str:
    if shown.state == "writing":
        return words(shown.note) if shown.note else t("explain.writing")
    if shown.state in ("nobody", "stays"):
        models = h("a", t("explain.models"), href="#/models")
        return rich("explain.stays" if shown.state == "stays" else "explain.nobody", models=models)
    turn = shown.turn
    if turn is None:
        return ""
    by = t("explain.by", model=turn.model_name, where=words(where(turn)))
    early = t("explain.stopped") if shown.state == "stopped" else ""
    ended = words(STOPPED[turn.stop_reason]) if not early and turn.stop_reason in STOPPED else early
    empty = t("explain.empty") if shown.state == "done" and not shown.text.strip() else ""
    return " ".join(filter(None, (ended, empty, by)))


def _source(shown: Explained) -> Html:
    """Where it stands, and what a model was given of it."""
    passage = shown.passage
    start, end = passage.start, passage.end
    text, size = passage.text, len(passage.text)
    marked = h("mark", _plain(text, start, end)) if end else None
    parts = (_plain(text, 0, start), marked, _plain(text, end, size)) if end else (_plain(text, 0, size),)
    chip = source_chip(shown.source) or h("p", shown.source.name, class_="note", dir="auto")
    return h(
        "section",
        h("h3", t("explain.source"), id="explain-source"),
        chip,
        h("p", *parts, class_="explain-passage", dir="auto"),
        aria_labelledby="explain-source",
    )


def _plain(text: str, start: int, end: int) -> str:
    """A part of a text without the marks of the whole."""
    stars = [at for found in _STARS.finditer(text) for at in (found.start(), found.end() - 1)]
    marks = sorted([*(found.span() for found in _MARKS.finditer(text)), *((at, at + 1) for at in stars)])
    kept, at = list[str](), start
    for first, last in marks:
        if at <= first < end:
            kept.append(text[at:first])
        at = max(at, last) if first < end else at
    return "".join([*kept, text[at:end]])


def _foot(shown: Explained) -> Html:
    if shown.state == "writing":
        return button(t("explain.stop"), "click:explain:stop", "")
    more = h(
        "button",
        icon("messages-square"),
        t("explain.more"),
        type="button",
        class_="secondary",
        data_on="click:explain:more",
    )
    again = button(t("explain.again"), "click:explain:again", "") if shown.state in ("stopped", "failed") else None
    copy = button(t("explain.copy"), "click:explain:copy", "") if shown.text.strip() else None
    return join(again, copy, more)
