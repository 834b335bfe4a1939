"""The choice of the language: each is listed by what it calls itself."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.session import Session
from app.ui.words import languages, t


def language_choice(session: Session) -> Html:
    """A label and a list, the browser's language first. The change is seen at once."""
    now = session.state.settings().language
    names = {"": t("language.as_browser"), **languages()}
    options = (
        h("option", name, value=code, lang=code or None, selected=code == (now if now in names else ""))
        for code, name in names.items()
    )
    return join(
        h("label", t("language.language"), for_="set-language"),
        h("select", *options, id="set-language", data_on="change:settings:language"),
    )
