"""The Local Models page: every model this browser knows, the way to bring one in, and what this device can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import Changed, Corrupt, NeedsPermission, Refused
from app.core.html import Child, Html, h, join
from app.core.text import count, percent, size
from app.core.values import DeviceFacts, EngineName, FileFormat, Model
from app.models.engines.choice import ENGINE_LABELS, READERS, engines_for, needs_webgpu, reasons_against, why_not
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.parts.advice import advice_table, advice_words, mark
from app.ui.parts.device import device_region
from app.ui.parts.progress import bar_id, progress
from app.ui.parts.sources import address_form
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.shell import speed_here
from app.ui.words import words

ACCEPT = ".task,.litertlm,.gguf,.toml"
FORMATS: Mapping[FileFormat, str] = {
    "litertlm-gpu": "LiteRT-LM file for the graphics processor",
    "litertlm-cpu": "LiteRT-LM file for the processor",
    "task-web": "MediaPipe file made for the web",
    "task-bundle": "MediaPipe bundle",
    "gguf": "GGUF file",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article says about the model beside its row: whether it answers, whether it is in memory, its engine, how
    fast it writes here in tokens per second (0 not measured), and what it is recommended for, in words."""

    is_chosen: bool = False
    is_loaded: bool = False
    picked: EngineName | None = None
    has_pickers: bool = False
    speed: float = 0.0
    advice: str = ""


def ordered(rows: Iterable[Row]) -> list[Row]:
    """What is on this device first."""
    return sorted(rows, key=lambda row: not row.is_ready)


def all_shown(session: Session) -> list[tuple[Row, Shown]]:
    """The rows in their order, each with what its article says besides."""
    chosen, loaded, has_pickers = (
        session.state.active("browser"),
        session.state.loaded_id(),
        session.state.visit.has_pickers,
    )

    speeds, advice = session.state.speeds(), advice_words(session)

    def shown(model: Model) -> Shown:
        said = speeds.get(model.id, 0.0), advice.get(model.id, "")
        return Shown(model.id == chosen, model.id == loaded, session.state.engine_of(model), has_pickers, *said)

    return [(row, shown(row.model)) for row in ordered(session.state.rows())]


def models_page(*regions: Html) -> Html:
    """The whole page around its regions, which their views keep up to date."""
    return join(h("h1", "Local Models"), *regions)


def browser_region(session: Session, articles: Sequence[Html]) -> Html:
    """The browser's models, and the ways to bring one in."""
    return h(
        "section",
        h("h2", "Browser models"),
        h("p", "These run inside this page. Their files and your words stay in this browser."),
        importer(session),
        address_form(),
        *articles,
        aria_label="Browser models",
        id="browser-models",
    )


def device(session: Session) -> Html:
    """What this device can do."""
    advice = advice_table(session.measure.advice())
    return device_region(session.state.facts(), session.state.settings().memory_gb, session.state.battery(), advice)


def importer(session: Session) -> Html:
    """The file button and the place to drop a file on."""
    on = "change:models:import"
    field = h("input", type="file", id="model-file", accept=ACCEPT, multiple=True, hidden=True, data_on=on)
    button = h("button", "Import a model file", type="button", data_pick="model-file", id="import")
    link = h("button", "Use a file in place", type="button", class_="secondary", data_chooser="models:link", id="link")
    words = (
        "or drop files here: .gguf, .litertlm, or a .task made for the web. They are copied into this browser, and "
        "checked byte by byte if you pick the .toml file with their hashes too."
    )
    in_place = (
        " A file used in place is read from your disk and takes no space here."
        if session.state.visit.has_pickers
        else ""
    )
    return h(
        "div",
        field,
        button,
        link if session.state.visit.has_pickers else None,
        h("p", words, in_place),
        class_="drop",
        id="drop",
        data_drop="models:import",
    )


def model_article(row: Row, shown: Shown, facts: DeviceFacts | None) -> Html:
    """One model: what it is, where it stands, what can be done with it."""
    model = row.model
    return h(
        "article",
        h("h3", model.name, id=f"name-{model.id}"),
        facts_line(model, facts, shown.speed),
        h("p", "Needs WebGPU", class_="badge") if facts and needs_webgpu(model, facts) else None,
        mark(shown.advice),
        status_line(row, is_loaded=shown.is_loaded),
        problem(row),
        actions(row, is_chosen=shown.is_chosen, is_loaded=shown.is_loaded, warning=warning(model, facts)),
        details(row, shown, facts) if model.format else None,
        class_="model",
        id=f"model-{model.id}",
        aria_labelledby=f"name-{model.id}",
    )


def facts_line(model: Model, facts: DeviceFacts | None, tokens_per_second: float = 0.0) -> Html:
    """Size, measured speed, context length, memory beside this device's, licence, best use."""
    kind = "Embedding model: compares texts, can't chat" if model.can_embed else None
    parts: list[Child] = [kind, words(model.best_for), size(model.size_bytes) if model.size_bytes else None]
    parts.append(speed_here(tokens_per_second))
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
    """One status from a fixed list with a word on it, and the progress while bytes move."""
    notes = [words(WORDS[row.status])]
    if row.is_elsewhere:
        notes.append("in another tab")
    elif row.is_busy:
        notes += [row.note] if row.note else []
    elif row.stored_bytes and not row.is_ready:
        is_part = row.stored_bytes < row.model.size_bytes
        share = f"{percent(row.stored_bytes, row.model.size_bytes)}, " if is_part else ""
        notes.append(f"{share}{size(row.stored_bytes)} kept")
    else:
        notes += ["in place on your disk"] if row.is_linked else []
        notes += ["in memory"] if is_loaded else []
    line = h("p", " · ".join(notes), class_="status", data_status=status_kind(row.status))
    return h("div", line, progress(row, bar_id(row))) if row.is_busy else line


def problem(row: Row) -> Html | None:
    """Why it does not go on, and what to do."""
    error = row.problem
    if error is None:
        return None
    more = h("details", h("summary", "Details"), h("pre", error.detail)) if error.detail else None
    token = isinstance(error, Refused) and error.needs_token
    link = h("p", h("a", "Enter an access token", href="#/settings", role="button")) if token else None
    if isinstance(error, NeedsPermission):
        on, arg = "click:models:allow", row.model.id
        link = h("button", "Allow reading", type="button", data_on=on, data_arg=arg, id=f"allow-{arg}")
    return h(
        "div",
        h("p", h("strong", words(error.message)), " ", words(error.cure)),
        link,
        more,
        class_="problem",
        role="alert",
    )


def warning(model: Model, facts: DeviceFacts | None) -> str:
    """What is said before a download or a use: no engine can run it here, or it wants more memory than there is."""
    if facts and (why := why_not(model, facts)):
        return f"{model.name} can't run in this browser. {words(why)}"
    if not facts or not facts.memory_gb or model.ram_bytes <= facts.memory_gb * 1e9:
        return ""
    needed = f"{model.name} wants about {size(model.ram_bytes)} of memory; this device says {facts.memory_gb:g} GB."
    return f"{needed} It may not load, or slow everything down."


def actions(row: Row, *, is_chosen: bool, is_loaded: bool, warning: str = "") -> Html:
    """The buttons that make sense now. A `warning` is said before a download or a use, and then the person decides."""
    asked = {"data_ask": warning, "data_no": "Not now"} if warning else {}
    model, id = row.model, row.model.id

    def button(label: str, action: str, **more: str | bool) -> Html:
        field = f"{action.removeprefix('models:')}-{id}"
        return h("button", label, type="button", data_on=f"click:{action}", data_arg=id, id=field, **more)

    shown: list[Html] = []
    if row.is_ready:
        if model.can_chat:
            shown.append(
                button("Active", "models:choose", aria_pressed="true")
                if is_chosen
                else button("Use", "models:choose", **asked)
            )
        if is_loaded:
            shown.append(button("Unload", "models:unload", title="Free its memory; the file stays"))
    elif row.is_busy:
        return h("div", *busy_actions(row, button), class_="actions", id=f"actions-{id}")
    elif model.sources:
        shown += ways_on(row, button, asked)
    if row.is_ready or (row.status == Status.DAMAGED and isinstance(row.problem, Corrupt)):
        shown.append(button("Verify", "models:verify", title="Read every byte again and compare it with its hash"))
    if row.status == Status.PAUSED:
        ask = f"Cancel {model.name}? The {size(row.stored_bytes)} that have arrived are deleted."
        shown.append(button("Cancel", "models:delete", **({"data_ask": ask} if row.stored_bytes else {})))
    elif row.is_linked:
        ask = f"Take {model.name} off this list? The file on your disk stays."
        shown.append(button("Delete", "models:delete", data_ask=ask))
    elif row.stored_bytes:
        ask = f"Delete {model.name}? This frees {size(row.stored_bytes)}. Chats stay."
        shown.append(button("Delete", "models:delete", data_ask=ask))
    return h("div", *shown, class_="actions", id=f"actions-{id}")


def busy_actions(row: Row, button: Callable[..., Html]) -> list[Html]:
    """What can be done while bytes move."""
    if row.status == Status.IMPORTING:
        return [] if row.is_elsewhere else [button("Cancel", "models:cancel-import")]
    if row.status == Status.VERIFYING:
        return [button("Cancel", "models:pause")]
    pause = button("Pause", "models:pause")
    ask = f"Cancel {row.model.name}? What has arrived is deleted."
    cancel = button("Cancel", "models:delete", **({"data_ask": ask} if row.stored_bytes else {}))
    return [pause] if row.is_elsewhere else [pause, cancel]


def ways_on(row: Row, button: Callable[..., Html], asked: Mapping[str, str]) -> list[Html]:
    """What can be done with a model that has an address and is not here, or not whole."""
    ask = f"Start again with {row.model.name}? The {size(row.stored_bytes)} that are kept are replaced."
    again = button("Start again", "models:restart", data_ask=ask)
    if row.status == Status.DAMAGED:
        has_bad = isinstance(row.problem, Corrupt) and row.problem.chunks
        return [button("Repair", "models:repair")] if has_bad else [again]
    if isinstance(row.problem, Changed):
        return [again]
    first = asked if row.status == Status.NOT_DOWNLOADED else {}
    shown = [button(words(WAYS_ON.get(row.status, "Download")), "models:download", **first)]
    return [*shown, again] if row.status == Status.FAILED and row.stored_bytes else shown


def details(row: Row, shown: Shown, facts: DeviceFacts | None) -> Html:
    """Which engine runs the model: the app's choice, or the person's."""
    model = row.model
    picked = shown.picked
    here = engines_for(model.format, facts, model.size_bytes) if facts else ()
    reasons = reasons_against(model.format, facts, model.size_bytes) if facts else {}
    automatic = f"Automatic ({words(ENGINE_LABELS[here[0]])})" if here else "Automatic"
    options = [h("option", automatic, value="", selected=picked is None)]
    for name in READERS[model.format] if model.format else ():
        why = reasons.get(name, "")
        label = words(ENGINE_LABELS[name]) + (f" · {words(why)}" if why else "")
        options.append(h("option", label, value=name, selected=picked == name, disabled=bool(why)))
    field = f"engine-{model.id}"
    why_none = None if here or not facts else words(why_not(model, facts))
    none = why_none and h("p", "No engine can run it here. ", why_none, class_="note")
    return h(
        "details",
        h("summary", "Engine and file"),
        h("label", "Engine", for_=field),
        h("select", *options, id=field, data_on="change:models:engine", data_arg=model.id),
        none,
        h("p", f"{FORMATS[model.format]}, {count(model.size_bytes, 'byte')}", class_="facts") if model.format else None,
        h("p", "SHA-256 ", h("code", row.sha256), class_="facts hash") if row.sha256 else None,
        carrying(model, has_pickers=shown.has_pickers) if row.is_ready else None,
        id=f"details-{model.id}",
    )


def carrying(model: Model, *, has_pickers: bool) -> Html:
    """Saving a model for other machines: its file, and a small one with its hashes."""
    on, id = "click:models:save", model.id
    chooser = "models:save-to-folder"
    return h(
        "div",
        h("p", "Carry it to other machines: import both files there, and every byte is checked.", class_="note"),
        h("button", "Save", type="button", data_on=on, data_arg=id, id=f"save-{id}"),
        h("button", "Save to a folder", type="button", data_chooser=chooser, data_arg=id, id=f"folder-{id}")
        if has_pickers
        else None,
        class_="actions",
    )
