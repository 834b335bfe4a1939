"""The choice of the language: each is listed by what it calls itself."""

from __future__ import annotations

from app.core.html import Html, h
from app.session import Session
from app.ui.parts.setting import field, select
from app.ui.words import languages, t


def language_choice(session: Session) -> Html:
    """A row with a list, the browser's language first. The change is seen at once."""
    now = session.state.settings().language
    names = {"": t("language.as_browser"), **languages()}
    options = (
        h("option", name, value=code, lang=code or None, selected=code == (now if now in names else ""))
        for code, name in names.items()
    )
    return field("set-language", t("language.language"), select("set-language", options, "settings:language"))
