"""The Settings page. Every change acts at once and is kept."""

from __future__ import annotations

from app import VERSION
from app.core.html import Html, h, join
from app.core.text import size
from app.session import Session
from app.ui.shell import model_option

SAMPLING = (
    (
        "temperature",
        "Temperature",
        "0 repeats the likeliest words, 1 and more wanders.",
        {"min": 0, "max": 2, "step": 0.1},
    ),
    (
        "top_k",
        "Top-k",
        "Choose among this many likeliest tokens; 1 makes answers repeatable.",
        {"min": 1, "max": 200, "step": 1},
    ),
    (
        "top_p",
        "Top-p",
        "Choose among the likeliest tokens that together reach this share.",
        {"min": 0.05, "max": 1, "step": 0.05},
    ),
    (
        "max_tokens",
        "Longest reply (tokens)",
        "A token is about three quarters of a word.",
        {"min": 16, "max": 8192, "step": 16},
    ),
    ("seed", "Seed", "0 draws a new one for every reply.", {"min": 0, "max": 2147483647, "step": 1}),
)
THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
PARTS = (
    ("PyScript 0.7.31", "Apache-2.0"),
    ("Pyodide 314.0.7", "MPL-2.0"),
    ("MediaPipe Tasks GenAI 0.10.29", "Apache-2.0"),
    ("LiteRT-LM 0.17.1", "Apache-2.0"),
    ("wllama 3.8.1 (llama.cpp)", "MIT"),
    ("Comlink 4.4.2", "Apache-2.0"),
    ("Idiomorph 0.8.0", "0BSD"),
    ("Pico CSS 2.1.1", "MIT"),
    ("KaTeX 0.19.1", "MIT"),
    ("highlight.js 11.12.0", "BSD-3-Clause"),
    ("markdown-it-py 4.3.0", "MIT"),
    ("SmolLM2 135M Instruct", "Apache-2.0"),
)


def settings_page(session: Session) -> Html:
    """The whole page: one group for each kind of setting."""
    return join(
        h("h1", "Settings"),
        group("Models", default_model(session)),
        group("Replies", system_prompt(session), *(number(session, *row) for row in SAMPLING)),
        group("Appearance", theme(session)),
        group("Storage", storage(session)),
        group("About", about()),
    )


def group(name: str, *children: Html) -> Html:
    """A fieldset, which is a group to a screen reader."""
    return h("fieldset", h("legend", name), *children, id=f"group-{name.lower()}")


def default_model(session: Session) -> Html:
    """The same choice as in the header."""
    chosen = session.chosen().id
    options = (model_option(row, chosen, "default") for row in session.rows())
    select = h("select", *options, id="default-model", data_on="change:models:choose")
    return join(
        h("label", "Default model", for_="default-model"), select, h("p", h("a", "All models", href="#/models"))
    )


def system_prompt(session: Session) -> Html:
    """What every chat begins with, unseen."""
    field = h(
        "textarea",
        session.settings().system_prompt,
        id="set-system_prompt",
        rows=3,
        placeholder="For example: You are a patient tutor. Answer in short sentences.",
        data_on="change:settings:set",
        data_arg="system_prompt",
        aria_describedby="help-system_prompt",
    )
    words = "Given to the model before every chat. Small models follow short ones best."
    return join(
        h("label", "System prompt", for_="set-system_prompt"), field, h("small", words, id="help-system_prompt")
    )


def number(session: Session, name: str, label: str, words: str, limits: dict[str, float]) -> Html:
    """One sampler setting."""
    value = getattr(session.settings().sampling, name)
    field = h(
        "input",
        type="number",
        id=f"set-{name}",
        value=value,
        data_on="change:settings:set",
        data_arg=name,
        aria_describedby=f"help-{name}",
        min=limits["min"],
        max=limits["max"],
        step=limits["step"],
    )
    return h(
        "div", h("label", label, for_=f"set-{name}"), field, h("small", words, id=f"help-{name}"), id=f"row-{name}"
    )


def theme(session: Session) -> Html:
    """Light, dark, or as the system has it."""
    now = session.settings().theme
    options = (h("option", label, value=value, selected=value == now) for value, label in THEMES)
    return join(
        h("label", "Theme", for_="set-theme"),
        h("select", *options, id="set-theme", data_on="change:settings:set", data_arg="theme"),
    )


def storage(session: Session) -> Html:
    """What is used, and whether the browser may clear it."""
    facts = session.facts()
    if facts is None:
        return h("p", "Asking the browser …")
    models = sum(row.stored_bytes for row in session.rows())
    words = f"{size(models)} of models, {size(facts.usage_bytes)} in all as the browser counts."
    if facts.is_persistent:
        return h("p", words, " The browser keeps them until you delete them.")
    button = h("button", "Keep permanently", type="button", data_on="click:app:persist")
    return join(h("p", words, " The browser may clear them when the disk is full."), button)


def about() -> Html:
    """Version, where things happen, licences."""
    rows = (h("tr", h("td", name), h("td", licence)) for name, licence in PARTS)
    head = h("thead", h("tr", h("th", "Part", scope="col"), h("th", "Licence", scope="col")))
    return join(
        h(
            "p",
            f"DrLeeLM {VERSION}. Everything runs in this page: there is no server behind it, no account, no tracking.",
        ),
        h("details", h("summary", "Parts and licences"), h("table", head, h("tbody", *rows)), id="licences"),
    )
