"""What stands on a card: Markdown, formulas and pictures.

card_face(prose, "front", text, note, pictures)         # <div class="card-face">
source_chip(source)                                     # the link to where it was made from
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from app.core.html import Html, h
from app.session.page_shown import Place
from app.study.practice.records import CardSource, Media, Note
from app.ui.icons import icon
from app.ui.prose import Prose
from app.ui.words import t

_PICTURE = re.compile(r"!\[([^\]\n]{0,300})\]\(([^()\s]{1,800})\)|<img\b[^>]*?\bsrc=[\"']?([^\"'>\s]{1,200})[^>]*>")
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/svg+xml")


def card_face(prose: Prose, id: str, text: str, note: Note, pictures: Mapping[str, Media]) -> Html:
    """One side of a card. Its pictures and sounds stand between its paragraphs."""
    parts = [
        _picture(part, pictures) if isinstance(part, tuple) else prose.html(f"{id}-{at}", part)
        for at, part in enumerate(_parts(text))
    ]
    return h("div", *parts, class_="card-face", dir="auto")


def _parts(text: str) -> Iterator[str | tuple[str, str]]:
    """Words, and pictures as (what they show, name)."""
    at = 0
    for found in _PICTURE.finditer(text):
        if before := text[at : found.start()].strip():
            yield before
        yield found[1] or "", unquote(found[2]) if found[2] else unescape(found[3])
        at = found.end()
    if rest := text[at:].strip():
        yield rest


def _picture(part: tuple[str, str], pictures: Mapping[str, Media]) -> Html:
    label, name = part
    media = pictures.get(name)
    if media and media.kind.startswith("audio/"):
        return h("audio", controls=True, src=f"data:{media.kind};base64,{media.content}", aria_label=label or name)
    if media is None or media.kind not in SHOWN:
        return h("p", t("cards.lost_picture", name=name), class_="note")
    return h("img", src=f"data:{media.kind};base64,{media.content}", alt=label)


def source_chip(source: CardSource | None) -> Html | None:
    """Where a card was made from, as a link that leads there; None where nobody knows."""
    if source is None or not (source.document or source.chat):
        return None
    if source.document:
        to = f"#/library/{source.document}/{Place(source.page or 1, source.start, source.end)}"
        page = source.label or str(source.page or "")
        name = t("cards.source_page", name=source.name, page=page) if page else source.name
    else:
        to = f"#/chat/{source.chat}/{source.turn}".rstrip("/")
        name = t("cards.source_chat", name=source.name)
    return h("a", icon("quote"), h("span", name, dir="auto"), href=to, class_="card-source", title=source.text or None)
