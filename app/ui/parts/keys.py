"""The map of keys: what the keyboard does, in one dialog."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text
from app.session import Session
from app.ui.parts.controls import icon_button
from app.ui.words import t, words

#: by what they are for: what they do, and the keys as names, or signs that stand on them
KEYS: tuple[tuple[Text, tuple[tuple[Text, tuple[str, ...]], ...]], ...] = (
    (
        Text("shell.keys_anywhere"),
        (
            (Text("shell.key_new"), ("control", "shift", "O")),
            (Text("shell.key_search"), ("control", "K")),
            (Text("explain.key"), ("E",)),
            (Text("shell.key_close"), ("escape",)),
            (Text("shell.key_undo"), ("control", "Z")),
            (Text("shell.key_map"), ("?",)),
        ),
    ),
    (
        Text("shell.keys_message"),
        (
            (Text("shell.key_send"), ("enter",)),
            (Text("shell.key_line"), ("shift", "enter")),
            (Text("shell.key_edit"), ("↑",)),
        ),
    ),
    (
        Text("shell.keys_source"),
        (
            (Text("cited.next"), ("N",)),
            (Text("cited.previous"), ("P",)),
        ),
    ),
    (
        Text("shell.cards"),
        (
            (Text("cards.show_answer"), ("space",)),
            (Text("cards.grade"), ("1", "2", "3", "4")),
            (Text("cards.undo"), ("Z",)),
        ),
    ),
    (
        Text("quiz.quiz"),
        (
            (Text("quiz.check"), ("control", "enter")),
            (Text("quiz.hint"), ("H",)),
            (Text("quiz.next"), ("N",)),
        ),
    ),
    (
        Text("shell.keys_lists"),
        (
            (Text("shell.key_walk"), ("↑", "↓")),
            (Text("shell.key_ends"), ("home", "end")),
            (Text("shell.key_choose"), ("enter",)),
            (Text("shell.key_delete"), ("delete",)),
        ),
    ),
)
NAMES = {
    "control": Text("shell.name_control"),
    "shift": Text("shell.name_shift"),
    "enter": Text("shell.name_enter"),
    "escape": Text("shell.name_escape"),
    "space": Text("shell.name_space"),
    "home": Text("shell.name_home"),
    "end": Text("shell.name_end"),
    "delete": Text("shell.name_delete"),
}


def key_map(session: Session) -> Html:
    """The whole content of the dialog."""
    close = icon_button("x", t("shell.close"), autofocus=True, data_close=True)
    return h(
        "div",
        h("header", h("h2", t("shell.keys"), id="keys-title"), close),
        *(h("section", h("h3", words(title)), h("dl", *(_line(*line) for line in lines))) for title, lines in KEYS),
        _switch(is_on=session.state.settings().single_keys),
        id="keys-body",
    )


def _switch(*, is_on: bool) -> Html:
    """Whether single keys act: who dictates, or hits keys by chance, wants them off."""
    on = "change:settings:single-keys"
    field = h("input", type="checkbox", role="switch", id="single-keys", checked=is_on, data_on=on)
    return h("p", h("label", field, t("shell.keys_single"), for_="single-keys"))


def _line(what: Text, keys: tuple[str, ...]) -> Html:
    signs = [h("kbd", words(NAMES[key]) if key in NAMES else key) for key in keys]
    return h("div", h("dt", words(what)), h("dd", *(part for sign in signs for part in (sign, " "))))
