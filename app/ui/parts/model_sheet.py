"""Everything about one model, in the sheet over the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from app.core.html import Child, Html, h, join
from app.core.texts import Size, Text, Tokens
from app.core.values import DeviceFacts, FileFormat, Model
from app.models.engines.choice import ENGINE_LABELS, READERS, engines_for, reasons_against, why_not
from app.models.store.rows import Row
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.about import about_model, made_for, published, terms
from app.ui.parts.badge import badge
from app.ui.parts.browser_row import (
    Shown,
    all_shown,
    badges,
    main_button,
    problem,
    status_of,
    warning,
    with_file,
)
from app.ui.parts.controls import outside
from app.ui.parts.gpu import gpu_switch
from app.ui.parts.menu import Item
from app.ui.parts.progress import progress
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.parts.speed import speed_beside
from app.ui.words import t, words

FORMATS: Mapping[FileFormat, Text] = {
    "litertlm-gpu": Text("models_page.litert_gpu"),
    "litertlm-cpu": Text("models_page.litert_cpu"),
    "task-web": Text("models_page.task_web"),
    "task-bundle": Text("models_page.task_bundle"),
    "gguf": Text("models_page.gguf"),
}


def model_sheet(session: Session, model_id: str) -> Html | None:
    """The sheet of a model of this browser; None where it is gone."""
    row = next((row for row in session.state.rows() if row.model.id == model_id), None)
    if row is None:
        return None
    [(_, shown)] = all_shown(session, (row,))
    device = device_facts(session)
    return sheet(
        row.model.name,
        h("p", about_model(row.model)) if about_model(row.model) else None,
        h("p", made_for(row.model)) if made_for(row.model) else None,
        h("p", *(badge(kind) for kind in badges(row, shown, device)), class_="badges"),
        h("p", status_of(row, shown.loaded)),
        progress(row, "sheet-bar") if row.is_busy else None,
        _problem(row),
        speed_beside(session, row.model) if row.is_ready and row.model.can_chat else None,
        h("h3", t("models_page.details")),
        _facts(row, shown, device),
        _buttons(row, has_pickers=shown.has_pickers),
        foot=_foot(row, shown, device),
    )


def device_facts(session: Session) -> DeviceFacts | None:
    """What this device is, with the memory that the person says it has."""
    found, memory_gb = session.state.machine(), session.state.settings().memory_gb
    return replace(found, memory_gb=memory_gb) if found and memory_gb else found


def _problem(row: Row) -> Html | None:
    error = row.problem
    told = problem(row, Shown())
    return join(told, h("pre", error.detail) if error.detail else None) if error and told else None


def _facts(row: Row, shown: Shown, device: DeviceFacts | None) -> Html:
    model = row.model
    return facts(
        *published(model),
        fact(t("models_page.size"), _size(row)) if model.size_bytes else None,
        fact(t("models_page.memory"), t("models_page.about_size", size=Size(model.ram_bytes)))
        if model.ram_bytes
        else None,
        fact(t("models_page.context"), words(Tokens(model.context_length))) if model.context_length else None,
        fact(t("models_page.pictures"), t("models_page.sees")) if model.can_see else None,
        _engine(model, shown, device) if model.format else None,
        gpu_switch(model, shown.gpu, is_ready=row.is_ready) if shown.gpu else None,
        fact(t("models_page.file"), _file(model)) if model.format else None,
        *(fact("SHA-256", h("code", digest), class_="hash") for digest in row.file_sha256),
        _source(model),
        _licence(model),
    )


def _size(row: Row) -> str:
    size = Size(row.model.size_bytes)
    if row.is_linked:
        return t("models_page.size_linked", size=size)
    return t("models_page.size_here", size=size) if row.is_ready else words(size)


def _file(model: Model) -> str:
    if not model.format:
        return ""
    format, count = FORMATS[model.format], model.size_bytes
    if model.parts:
        return t("models_page.files_of", format=format, files=len(model.parts), count=count)
    return t("models_page.file_of", format=format, count=count)


def _source(model: Model) -> Html | None:
    found = [urlsplit(source.url) for source in model.all_sources]
    hosts = dict.fromkeys(one.netloc for one in found if one.scheme == "https" and one.netloc)
    return fact(t("models_page.source"), ", ".join(hosts)) if hosts else None


def _licence(model: Model) -> Html | None:
    if not model.license:
        return None
    note = h("p", said, class_="note") if (said := terms(model)) else None
    return fact(t("models_page.licence"), outside(model.license, model.license_url), note)


def _engine(model: Model, shown: Shown, device: DeviceFacts | None) -> Html:
    """Which engine runs the model: the app's choice, or the person's."""
    picked, field = shown.picked, f"engine-{model.id}"
    here = engines_for(model.format, device, *model.sizes) if device else ()
    reasons = reasons_against(model.format, device, *model.sizes) if device else {}
    first = next(iter(here), None)
    automatic = t("models_page.automatic_engine", engine=ENGINE_LABELS[first]) if first else t("models_page.automatic")
    options = [h("option", automatic, value="", selected=picked is None)]
    for name in READERS[model.format] if model.format else ():
        why, engine = reasons.get(name), ENGINE_LABELS[name]
        label = t("models_page.engine_not", engine=engine, why=why) if why else words(engine)
        options.append(h("option", label, value=name, selected=picked == name, disabled=bool(why)))
    why_none = None if here or not device else why_not(model, device)
    none = h("p", t("models_page.no_engine", why=why_none), class_="note") if why_none else None
    select = h("select", *options, id=field, data_on="change:models:engine", data_arg=model.id)
    return fact(h("label", t("models_page.engine"), for_=field), select, none)


def _buttons(row: Row, *, has_pickers: bool) -> Html:
    """Verify, Save, Start again, Delete."""
    shown = list[Html]()
    for item in with_file(row):
        shown.append(_button(item))
        if item.action == "models:save" and has_pickers:
            folder = t("models_page.save_to_folder")
            shown.append(h("button", folder, type="button", data_chooser="models:save-to-folder", data_arg=item.arg))
    note = h("p", t("models_page.carry"), class_="note") if row.is_ready else None
    return join(h("div", *shown, class_="actions") if shown else None, note)


def _button(item: Item) -> Html:
    return h(
        "button",
        icon(item.icon) if item.icon else None,
        item.label,
        type="button",
        data_on=f"click:{item.action}",
        data_arg=item.arg,
        data_ask=item.ask or None,
        class_="danger" if item.is_danger else None,
    )


def _foot(row: Row, shown: Shown, device: DeviceFacts | None) -> Child:
    """Unload, and the one thing to do now."""
    unload = None
    if shown.loaded is not None:
        on = "click:models:unload"
        unload = h("button", t("models_page.unload"), type="button", data_on=on, data_arg=row.model.id)
    if row.is_ready and shown.is_chosen:
        new = t("models_page.new_chat")
        last: Html | None = h("button", new, type="button", data_on="click:chat:new", data_close=True)
    else:
        last = main_button(row, shown, warning(row.model, device), place="sheet-")
    return [one for one in (unload, last) if one] or None
