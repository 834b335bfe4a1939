"""The first run: one panel with the ways to start, and the line that shows the download while the person chats.

Both stand beside the conversation and block nothing: whoever writes goes on without the panel.
"""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Size
from app.models.device.setup import USUAL_LINE, Choice, Kind, choices, why_not_bigger
from app.session import Session
from app.ui.icons import Icon, icon
from app.ui.parts.badge import badge
from app.ui.parts.controls import icon_button
from app.ui.parts.progress import progress
from app.ui.parts.status import WORDS
from app.ui.words import t, words

ICONS: dict[Kind, Icon] = {"included": "zap", "better": "download", "ollama": "server"}


def setup_dialog(session: Session) -> Html:
    """The panel. It is a form of radio buttons, so that arrows choose, Enter starts and Escape skips."""
    facts, settings = session.state.facts(), session.state.settings()
    offered = choices(session.state.rows_at_rest(), facts, settings.memory_gb)
    has_better = any(one.kind == "better" for one in offered)
    why_not = why_not_bigger(facts) if facts and not has_better else None
    head = h(
        "header",
        h("img", src="./static/icons/icon.svg", alt=""),
        h("div", h("h2", t("setup.title"), id="setup-title"), h("p", t("setup.how"))),
    )
    form = h(
        "form",
        h("fieldset", h("legend", t("setup.ways"), class_="visually-hidden"), *(_card(one) for one in offered)),
        h("p", words(why_not), class_="quiet setup-why") if why_not else None,
        h("footer", h("p", icon("lock"), t("setup.private"), class_="quiet"), _skip(), _start(offered)),
        data_on="submit:setup:pick",
        data_escape="setup:later",
        id="setup-form",
    )
    return h("dialog", head, form, id="setup", open=True, aria_labelledby="setup-title")


def _card(one: Choice) -> Html:
    id = f"setup-{one.kind}"
    name, about, good, but = _says(one)
    field = h(
        "input",
        type="radio",
        name="choice",
        required=True,
        value=one.id,
        checked=one.is_best,
        id=id,
        aria_labelledby=f"{id}-name",
        aria_describedby=f"{id}-about",
    )
    lines = [h("li", icon("check"), line) for line in good] + [h("li", icon("minus"), line) for line in but]
    return h(
        "label",
        h("span", icon(ICONS[one.kind]), class_="setup-sign"),
        h("span", badge("recommended") if one.is_best else None, field, class_="setup-pick"),
        h("strong", name, id=f"{id}-name"),
        h("div", h("p", about), h("ul", *lines), id=f"{id}-about"),
        class_="setup-card",
        data_kind=one.kind,
        for_=id,
    )


def _says(one: Choice) -> tuple[str, str, list[str], list[str]]:
    """The name of a way to start, a line about it, what speaks for it and what against it."""
    if one.kind == "included":
        about = t("setup.included_size", size=Size(one.size_bytes)) if one.size_bytes else t("setup.included")
        good = [t("setup.any_browser"), t("setup.first_look")]
        return t("setup.start_now"), about, good, [t("setup.small")]
    if one.kind == "better":
        good = [
            t("setup.fits", model=one.name),
            t("setup.offline"),
            *([t("setup.chat_meanwhile")] * bool(one.size_bytes)),
        ]
        return t("setup.better"), _download(one), good, []
    good = [t("setup.own_models"), t("setup.this_computer")]
    return t("setup.ollama"), t("setup.ollama_about"), good, [t("setup.permission")]


def _download(one: Choice) -> str:
    if not one.size_bytes:
        return t("setup.downloaded")
    speed = USUAL_LINE // 1_000_000
    return t("setup.download_size", size=Size(one.size_bytes), minutes=one.minutes, speed=speed)


def _skip() -> Html:
    return h("button", t("setup.skip"), type="button", class_="quiet", data_on="click:setup:later", id="setup-later")


def _start(offered: tuple[Choice, ...]) -> Html:
    """Its words follow the choice: the style sheet shows those of the card that is checked."""
    labels = {
        "included": t("setup.start"),
        "better": t("setup.start_download"),
        "ollama": t("setup.connect"),
    }
    if all(one.kind != "better" or not one.size_bytes for one in offered):
        labels["better"] = t("setup.start")
    shown = (h("span", labels[one.kind], data_kind=one.kind) for one in offered)
    return h("button", *shown, type="submit", id="setup-next")


def coming(session: Session) -> Html:
    """The download that was begun in the panel, above the message field."""
    picked = session.state.settings().setup_model
    row = next((row for row in session.state.rows() if row.model.id == picked), None)
    if session.state.setup() != "fetch" or row is None or row.is_ready:
        return h("div", id="coming", hidden=True)
    name, state = row.model.name, WORDS[row.status]
    if row.is_busy:
        said = progress(row, "coming-bar")
    elif row.problem is None:
        said = h("p", t("setup.state", model=name, state=state))
    else:
        said = h("p", t("setup.problem", model=name, problem=words(row.problem.message)), role="alert")
    more = {"type": "button", "data_arg": row.model.id}
    button = (
        h("button", t("setup.pause"), data_on="click:models:pause", **more)
        if row.is_busy
        else h("button", t("setup.resume"), data_on="click:models:download", **more)
    )
    close = icon_button("x", t("setup.hide"), "click:setup:later")
    return h("div", said, button, close, id="coming", role="group", aria_label=t("setup.coming"))
