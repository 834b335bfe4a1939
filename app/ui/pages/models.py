"""The Local Models page: every model this browser knows, the way to bring one in, and what this device can do."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Child, Html, h, join
from app.core.text import count, size
from app.core.values import DeviceFacts, FileFormat, Model
from app.models.engine_choice import ENGINE_LABELS, READERS, engines_for, reasons_against
from app.models.manager import Row
from app.session import Session
from app.ui.pages.chat import fetching
from app.ui.parts.device import device_region

ACCEPT = ".task,.litertlm,.gguf"
FORMATS: Mapping[FileFormat, str] = {
    "litertlm-gpu": "LiteRT-LM file for the graphics processor",
    "litertlm-cpu": "LiteRT-LM file for the processor",
    "task-web": "MediaPipe file made for the web",
    "task-bundle": "MediaPipe bundle",
    "gguf": "GGUF file",
}


def models_page(session: Session) -> Html:
    """The whole page."""
    rows = sorted(session.rows(), key=lambda row: not row.is_ready)
    facts, chosen, loaded = session.facts(), session.chosen().id, session.loaded_id()
    articles = [
        model_article(session, row, facts, is_chosen=row.model.id == chosen, is_loaded=row.model.id == loaded)
        for row in rows
    ]
    return join(
        h("h1", "Local Models"),
        h(
            "section",
            h("h2", "Browser models"),
            h("p", "These run inside this page. Their files and your words stay in this browser."),
            importer(),
            *articles,
            aria_label="Browser models",
            id="browser-models",
        ),
        device_region(facts),
    )


def importer() -> Html:
    """The file button and the place to drop a file on."""
    field = h("input", type="file", id="model-file", accept=ACCEPT, hidden=True, data_on="change:models:import")
    button = h("button", "Import a model file", type="button", data_pick="model-file", id="import")
    words = h(
        "p",
        "or drop one here: .gguf, .litertlm, or a .task made for the web. It is copied into this browser.",
    )
    return h("div", field, button, words, class_="drop", id="drop", data_drop="models:import")


def model_article(session: Session, row: Row, facts: DeviceFacts | None, *, is_chosen: bool, is_loaded: bool) -> Html:
    """One model: what it is, where it stands, what can be done with it."""
    model = row.model
    return h(
        "article",
        h("h3", model.name, id=f"name-{model.id}"),
        facts_line(model, facts),
        status_line(row, is_loaded=is_loaded),
        problem(row),
        actions(row, is_chosen=is_chosen, is_loaded=is_loaded),
        details(session, row, facts) if model.format else None,
        class_="model",
        id=f"model-{model.id}",
        aria_labelledby=f"name-{model.id}",
    )


def facts_line(model: Model, facts: DeviceFacts | None) -> Html:
    """Size, context length, memory beside this device's, licence, best use."""
    parts: list[Child] = [model.best_for, size(model.size_bytes) if model.size_bytes else None]
    if model.context_length:
        parts.append(f"context {model.context_length:,} tokens")
    if model.ram_bytes:
        here = f"; this device says at least {facts.memory_gb:g} GB" if facts and facts.memory_gb else ""
        parts.append(f"wants about {size(model.ram_bytes)} of memory{here}")
    if model.license:
        link = h("a", model.license, href=model.license_url, target="_blank", rel="noopener noreferrer")
        parts.append(link if model.license_url.startswith("https://") else model.license)
    shown = [part for part in parts if part]
    return h("p", *[item for part in shown for item in (part, " · ")][:-1], class_="facts")


def status_line(row: Row, *, is_loaded: bool) -> Html:
    """One status from a fixed list, or the progress while bytes move."""
    if row.is_busy:
        return h("div", h("p", row.status, class_="status", data_status="busy"), fetching(row, f"bar-{row.model.id}"))
    note = f" · {size(row.stored_bytes)} kept" if row.status == "Paused" else " · in memory" if is_loaded else ""
    kind = "ready" if row.is_ready else row.status.split(",")[0].lower().replace(" ", "-")
    return h("p", row.status, note, class_="status", data_status=kind)


def problem(row: Row) -> Html | None:
    """Why the last try failed, and what to do."""
    if row.problem is None:
        return None
    return h("div", h("p", h("strong", row.problem.message), " ", row.problem.cure), class_="problem", role="alert")


def actions(row: Row, *, is_chosen: bool, is_loaded: bool) -> Html:
    """The buttons that make sense now."""
    model = row.model

    def button(label: str, action: str, **more: str | bool) -> Html:
        on, id = f"click:models:{action}", f"{action}-{model.id}"
        return h("button", label, type="button", data_on=on, data_arg=model.id, id=id, **more)

    shown: list[Html] = []
    if row.is_ready:
        shown.append(button("Active", "choose", aria_pressed="true") if is_chosen else button("Use", "choose"))
        if is_loaded:
            shown.append(button("Unload", "unload", title="Free its memory; the file stays"))
    elif row.status == "Downloading":
        shown += [button("Pause", "pause"), button("Cancel", "delete")]
    elif row.status == "Importing":
        shown.append(button("Cancel", "cancel-import"))
    elif is_fetched(model):
        label = {"Paused": "Resume", "Failed": "Try again"}.get(row.status, "Download")
        shown.append(button(label, "download"))
    elif model.sources:
        shown.append(by_hand(model))
    if row.status == "Paused":
        shown.append(button("Cancel", "delete"))
    elif row.stored_bytes and not row.is_busy:
        ask = f"Delete {model.name}? This frees {size(row.stored_bytes)}. Chats stay."
        shown.append(button("Delete", "delete", data_ask=ask))
    return h("div", *shown, class_="actions", id=f"actions-{model.id}")


def is_fetched(model: Model) -> bool:
    """Whether the app fetches the file by itself: only from its own site."""
    return bool(model.sources) and ":" not in model.sources[0].url and not model.sources[0].url.startswith("//")


def by_hand(model: Model) -> Html:
    """How to bring in a model that the app does not fetch by itself; a click opens its address in a new tab."""
    address = model.sources[0].url
    name = address.rsplit("/", 1)[-1]
    is_web = address.startswith(("https://", "http://"))
    link = h("a", name, href=address, target="_blank", rel="noopener noreferrer") if is_web else address
    return h("p", "Save this file with your browser, then import it here: ", link, class_="by-hand")


def details(session: Session, row: Row, facts: DeviceFacts | None) -> Html:
    """Which engine runs the model: the app's choice, or the person's."""
    model = row.model
    picked = session.engine_of(model)
    here = engines_for(model.format, facts, model.size_bytes) if facts else ()
    reasons = reasons_against(model.format, facts, model.size_bytes) if facts else {}
    automatic = f"Automatic ({ENGINE_LABELS[here[0]]})" if here else "Automatic"
    options = [h("option", automatic, value="", selected=picked is None)]
    for name in READERS[model.format] if model.format else ():
        why = reasons.get(name, "")
        label = f"{ENGINE_LABELS[name]} · {why}" if why else ENGINE_LABELS[name]
        options.append(h("option", label, value=name, selected=picked == name, disabled=bool(why)))
    field = f"engine-{model.id}"
    words = None if here or not facts else h("p", "No engine can run it here. ", *reasons.values(), class_="note")
    return h(
        "details",
        h("summary", "Engine and file"),
        h("label", "Engine", for_=field),
        h("select", *options, id=field, data_on="change:models:engine", data_arg=model.id),
        words,
        h("p", f"{FORMATS[model.format]}, {count(model.size_bytes, 'byte')}", class_="facts") if model.format else None,
        id=f"details-{model.id}",
    )
