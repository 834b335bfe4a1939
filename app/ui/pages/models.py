"""The Local Models page: every model this browser knows, the way to bring one in, and what this device can do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import Changed, Corrupt, NeedsPermission, Refused
from app.core.html import Child, Html, h, join
from app.core.texts import Gigabytes, Percent, Size, Text, Tokens
from app.core.values import DeviceFacts, EngineName, FileFormat, Model
from app.models.device.threads import measured_here
from app.models.engines.browser_engine import Loaded
from app.models.engines.choice import ENGINE_LABELS, READERS, engines_for, needs_webgpu, reasons_against, why_not
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.model_choice import speed_here
from app.ui.parts.advice import advice_table, advice_words, mark
from app.ui.parts.device import device_region
from app.ui.parts.gpu import GpuShown, gpu_note, gpu_shown, gpu_switch
from app.ui.parts.loading import in_memory, ran_on
from app.ui.parts.progress import bar_id, progress
from app.ui.parts.sources import address_form
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.words import t, words

ACCEPT = ".task,.litertlm,.gguf,.toml"
FORMATS: Mapping[FileFormat, Text] = {
    "litertlm-gpu": Text("models_page.litert_gpu"),
    "litertlm-cpu": Text("models_page.litert_cpu"),
    "task-web": Text("models_page.task_web"),
    "task-bundle": Text("models_page.task_bundle"),
    "gguf": Text("models_page.gguf"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an article says about the model beside its row: whether it answers, where it stands on its way into memory
    (None: not in it), its engine, how fast it writes here in tokens per second (0 not measured), what it is
    recommended for, in words, and what is decided about the graphics processor (None: nothing)."""

    is_chosen: bool = False
    loaded: Loaded | None = None
    picked: EngineName | None = None
    has_pickers: bool = False
    speed: float = 0.0
    advice: str = ""
    gpu: GpuShown | None = None


def ordered(rows: Iterable[Row]) -> list[Row]:
    """What is on this device first."""
    return sorted(rows, key=lambda row: not row.is_ready)


def all_shown(session: Session) -> list[tuple[Row, Shown]]:
    """The rows in their order, each with what its article says besides."""
    chosen, loaded, has_pickers = (
        session.state.active("browser"),
        session.state.loaded(),
        session.state.visit.has_pickers,
    )

    speeds, advice, facts = session.state.speeds(), advice_words(session), session.state.machine()

    def shown(model: Model) -> Shown:
        said = speeds.get(model.id, 0.0), advice.get(model.id, "")
        here = loaded if loaded and loaded.model_id == model.id else None
        gpu = gpu_shown(session, model, facts)
        return Shown(model.id == chosen, here, session.state.engine_of(model), has_pickers, *said, gpu)

    return [(row, shown(row.model)) for row in ordered(session.state.rows())]


def models_page(*regions: Html) -> Html:
    """The whole page around its regions, which their views keep up to date."""
    return join(h("h1", t("models_page.title")), *regions)


def browser_region(session: Session, articles: Sequence[Html]) -> Html:
    """The browser's models, and the ways to bring one in."""
    return h(
        "section",
        h("h2", t("models_page.browser_models")),
        h("p", t("models_page.intro")),
        importer(session),
        address_form(),
        *articles,
        aria_label=t("models_page.browser_models"),
        id="browser-models",
    )


def device(session: Session) -> Html:
    """What this device can do."""
    facts, settings = session.state.facts(), session.state.settings()
    measured = measured_here(settings.threads, facts, session.engine_versions) if facts else {}
    advice = advice_table(session.measure.advice())
    return device_region(facts, settings.memory_gb, session.state.battery(), advice, measured)


def importer(session: Session) -> Html:
    """The file button and the place to drop a file on."""
    on = "change:models:import"
    field = h("input", type="file", id="model-file", accept=ACCEPT, multiple=True, hidden=True, data_on=on)
    button = h("button", t("models_page.import"), type="button", data_pick="model-file", id="import")
    link, tip = None, []
    if session.state.visit.has_pickers:
        more = {"class_": "secondary", "data_chooser": "models:link", "id": "link"}
        link = h("button", t("models_page.use_in_place"), type="button", **more)
        tip = [" ", t("models_page.in_place_tip")]
    return h(
        "div",
        field,
        button,
        link,
        h("p", t("models_page.drop"), *tip),
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
        h("p", t("models_page.needs_webgpu"), class_="badge") if facts and needs_webgpu(model, facts) else None,
        mark(shown.advice),
        status_line(row, shown.loaded),
        gpu_note(model, shown.gpu) if shown.gpu and row.is_ready else None,
        problem(row),
        actions(row, is_chosen=shown.is_chosen, is_loaded=shown.loaded is not None, warning=warning(model, facts)),
        details(row, shown, facts) if model.format else None,
        class_="model",
        id=f"model-{model.id}",
        aria_labelledby=f"name-{model.id}",
    )


def facts_line(model: Model, facts: DeviceFacts | None, tokens_per_second: float = 0.0) -> Html:
    """Size, measured speed, context length, memory beside this device's, licence, best use."""
    kind = t("models_page.embedding") if model.can_embed else None
    parts: list[Child] = [kind, words(model.best_for), words(Size(model.size_bytes)) if model.size_bytes else None]
    parts.append(speed_here(tokens_per_second))
    if model.context_length:
        parts.append(t("models_page.context", tokens=Tokens(model.context_length)))
    if model.ram_bytes and facts and facts.memory_gb:
        wanted = Size(model.ram_bytes)
        parts.append(t("models_page.wants_here", size=wanted, memory=Gigabytes(facts.memory_gb)))
    elif model.ram_bytes:
        parts.append(t("models_page.wants", size=Size(model.ram_bytes)))
    if model.license:
        link = h("a", model.license, href=model.license_url, target="_blank", rel="noopener noreferrer")
        parts.append(link if model.license_url.startswith("https://") else model.license)
    shown = [part for part in parts if part]
    return h("p", *[item for part in shown for item in (part, " · ")][:-1], class_="facts")


def status_line(row: Row, loaded: Loaded | None) -> Html:
    """One status from a fixed list with a word on it, and the progress while bytes move."""
    notes = [words(WORDS[row.status])]
    if row.is_elsewhere:
        notes.append(t("models_page.elsewhere"))
    elif row.is_busy:
        notes += [words(row.note)] if row.note else []
    elif row.stored_bytes and not row.is_ready:
        kept, share = Size(row.stored_bytes), Percent.of(row.stored_bytes, row.model.size_bytes)
        is_part = row.stored_bytes < row.model.size_bytes
        here = t("models_page.kept_share", share=share, size=kept) if is_part else t("models_page.kept", size=kept)
        notes.append(here)
    else:
        notes += [t("models_page.in_place")] if row.is_linked else []
        notes += [in_memory(loaded), *ran_on(loaded.used)] if loaded else []
    line = h("p", " · ".join(notes), class_="status", data_status=status_kind(row.status))
    return h("div", line, progress(row, bar_id(row))) if row.is_busy else line


def problem(row: Row) -> Html | None:
    """Why it does not go on, and what to do."""
    error = row.problem
    if error is None:
        return None
    more = h("details", h("summary", t("models_page.details")), h("pre", error.detail)) if error.detail else None
    token = isinstance(error, Refused) and error.needs_token
    link = (
        h("p", h("a", t("models_page.enter_token"), href="#/settings/advanced/tokens", role="button"))
        if token
        else None
    )
    if isinstance(error, NeedsPermission):
        on, arg = "click:models:allow", row.model.id
        link = h("button", t("models_page.allow_reading"), type="button", data_on=on, data_arg=arg, id=f"allow-{arg}")
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
        return t("models_page.cannot_run", model=model.name, why=why)
    if not facts or not facts.memory_gb or model.ram_bytes <= facts.memory_gb * 1e9:
        return ""
    memory = Gigabytes(facts.memory_gb)
    return t("models_page.wants_more", model=model.name, size=Size(model.ram_bytes), memory=memory)


def actions(row: Row, *, is_chosen: bool, is_loaded: bool, warning: str = "") -> Html:
    """The buttons that make sense now. A `warning` is said before a download or a use, and then the person decides."""
    asked = {"data_ask": warning, "data_no": t("models_page.not_now")} if warning else {}
    model, id = row.model, row.model.id

    def button(label: str, action: str, **more: str | bool) -> Html:
        field = f"{action.removeprefix('models:')}-{id}"
        return h("button", label, type="button", data_on=f"click:{action}", data_arg=id, id=field, **more)

    shown: list[Html] = []
    if row.is_ready:
        if model.can_chat:
            shown.append(
                button(t("models_page.active"), "models:choose", aria_pressed="true")
                if is_chosen
                else button(t("models_page.use"), "models:choose", **asked)
            )
        if is_loaded:
            shown.append(button(t("models_page.unload"), "models:unload", title=t("models_page.unload_tip")))
    elif row.is_busy:
        return h("div", *busy_actions(row, button), class_="actions", id=f"actions-{id}")
    elif model.sources:
        shown += ways_on(row, button, asked)
    if row.is_ready or (row.status == Status.DAMAGED and isinstance(row.problem, Corrupt)):
        shown.append(button(t("models_page.verify"), "models:verify", title=t("models_page.verify_tip")))
    if row.status == Status.PAUSED:
        ask = t("models_page.cancel_paused_ask", model=model.name, size=Size(row.stored_bytes))
        shown.append(
            button(t("models_page.cancel"), "models:delete", **({"data_ask": ask} if row.stored_bytes else {}))
        )
    elif row.is_linked:
        ask = t("models_page.delete_linked_ask", model=model.name)
        shown.append(button(t("models_page.delete"), "models:delete", data_ask=ask))
    elif row.stored_bytes:
        ask = t("models_page.delete_ask", model=model.name, size=Size(row.stored_bytes))
        shown.append(button(t("models_page.delete"), "models:delete", data_ask=ask))
    return h("div", *shown, class_="actions", id=f"actions-{id}")


def busy_actions(row: Row, button: Callable[..., Html]) -> list[Html]:
    """What can be done while bytes move."""
    if row.status == Status.IMPORTING:
        return [] if row.is_elsewhere else [button(t("models_page.cancel"), "models:cancel-import")]
    if row.status == Status.VERIFYING:
        return [button(t("models_page.cancel"), "models:pause")]
    pause = button(t("models_page.pause"), "models:pause")
    ask = t("models_page.cancel_ask", model=row.model.name)
    cancel = button(t("models_page.cancel"), "models:delete", **({"data_ask": ask} if row.stored_bytes else {}))
    return [pause] if row.is_elsewhere else [pause, cancel]


def ways_on(row: Row, button: Callable[..., Html], asked: Mapping[str, str]) -> list[Html]:
    """What can be done with a model that has an address and is not here, or not whole."""
    ask = t("models_page.start_again_ask", model=row.model.name, size=Size(row.stored_bytes))
    again = button(t("models_page.start_again"), "models:restart", data_ask=ask)
    if row.status == Status.DAMAGED:
        has_bad = isinstance(row.problem, Corrupt) and row.problem.chunks
        return [button(t("models_page.repair"), "models:repair")] if has_bad else [again]
    if isinstance(row.problem, Changed):
        return [again]
    first = asked if row.status == Status.NOT_DOWNLOADED else {}
    label = words(WAYS_ON.get(row.status, Text("models_page.download")))
    shown = [button(label, "models:download", **first)]
    return [*shown, again] if row.status == Status.FAILED and row.stored_bytes else shown


def details(row: Row, shown: Shown, facts: DeviceFacts | None) -> Html:
    """Which engine runs the model: the app's choice, or the person's."""
    model = row.model
    picked = shown.picked
    here = engines_for(model.format, facts, model.size_bytes) if facts else ()
    reasons = reasons_against(model.format, facts, model.size_bytes) if facts else {}
    automatic = t("models_page.automatic_engine", engine=ENGINE_LABELS[here[0]]) if here else t("models_page.automatic")
    options = [h("option", automatic, value="", selected=picked is None)]
    for name in READERS[model.format] if model.format else ():
        why, engine = reasons.get(name), ENGINE_LABELS[name]
        label = t("models_page.engine_not", engine=engine, why=why) if why else words(engine)
        options.append(h("option", label, value=name, selected=picked == name, disabled=bool(why)))
    field = f"engine-{model.id}"
    why_none = None if here or not facts else why_not(model, facts)
    none = h("p", t("models_page.no_engine", why=why_none), class_="note") if why_none else None
    format = FORMATS[model.format] if model.format else None
    return h(
        "details",
        h("summary", t("models_page.engine_and_file")),
        h("label", t("models_page.engine"), for_=field),
        h("select", *options, id=field, data_on="change:models:engine", data_arg=model.id),
        none,
        gpu_switch(model, shown.gpu, is_ready=row.is_ready) if shown.gpu else None,
        h("p", t("models_page.file", format=format, count=model.size_bytes), class_="facts") if format else None,
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
        h("p", t("models_page.carry"), class_="note"),
        h("button", t("models_page.save"), type="button", data_on=on, data_arg=id, id=f"save-{id}"),
        h(
            "button",
            t("models_page.save_to_folder"),
            type="button",
            data_chooser=chooser,
            data_arg=id,
            id=f"folder-{id}",
        )
        if has_pickers
        else None,
        class_="actions",
    )
