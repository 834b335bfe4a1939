"""Settings, General: how the app looks on this device, and installing it."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text, TextOrWords, with_commas
from app.session import Session
from app.ui.parts.language import language_choice
from app.ui.parts.setting import card, field, line, select, switch
from app.ui.words import t, words

THEMES = {
    "system": Text("settings.theme_system"),
    "light": Text("settings.theme_light"),
    "dark": Text("settings.theme_dark"),
}
SIZES = {
    "small": Text("settings.size_small"),
    "normal": Text("settings.size_normal"),
    "large": Text("settings.size_large"),
    "larger": Text("settings.size_larger"),
}


def appearance(session: Session) -> Html:
    """The card of the section."""
    settings = session.state.settings()
    themes, sizes = _options(THEMES, settings.theme), _options(SIZES, settings.text_size)
    return card(
        language_choice(session),
        field("set-theme", t("settings.theme"), select("set-theme", themes, "settings:theme", "theme")),
        field("set-text-size", t("settings.text_size"), select("set-text-size", sizes, "settings:text-size", "size")),
        switch(
            "set-single-keys",
            t("settings.single_keys"),
            "settings:single-keys",
            settings.single_keys,
            about=t("settings.single_keys_about"),
        ),
        switch(
            "set-awake",
            t("settings.awake"),
            "settings:awake",
            settings.awake_on_battery,
            about=t("settings.awake_about"),
        ),
        install() if session.state.can_install() else None,
    )


def _options(names: dict[str, Text], now: str) -> list[Html]:
    return [h("option", words(name), value=value, selected=value == now) for value, name in names.items()]


def install() -> Html:
    """The way to an app of its own, where the browser offers it."""
    button = h("button", t("settings.install"), type="button", data_on="click:app:install", id="set-install")
    return line("set-install", t("settings.install_app"), button, about=t("settings.install_about"))


def look(session: Session) -> TextOrWords:
    """The section in two words, for the index."""
    settings = session.state.settings()
    if settings.text_size == "normal":
        return THEMES[settings.theme]
    return with_commas(THEMES[settings.theme], SIZES[settings.text_size])
