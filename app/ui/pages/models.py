"""The Local Models page: its head, what to add, the best model for this device, and the tabs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from app.core.html import Child, Html, h, join
from app.core.texts import Gigabytes, Size, Text
from app.models.device.threads import measured_here
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.advice import advice_table
from app.ui.parts.controls import problem_box
from app.ui.parts.device import device_region
from app.ui.parts.menu import Item, menu
from app.ui.parts.model_sheet import device_facts
from app.ui.parts.sheet import sheet
from app.ui.parts.sources import address_form
from app.ui.parts.tabs import Tab, tab_panel, tabs
from app.ui.words import t, words

ACCEPT = ".task,.litertlm,.gguf,.toml"
PANEL = "models-panel"
TabName = Literal["device", "discover", "ollama", "cloud"]
LABELS: Mapping[TabName, Text] = {
    "device": Text("models_page.tab_device"),
    "discover": Text("models_page.tab_discover"),
    "ollama": Text("models_page.tab_ollama"),
    "cloud": Text("models_page.tab_cloud"),
}


def tab_of(section: str) -> TabName:
    """The tab that the address names; the first one where it names none."""
    return next((name for name in get_args(TabName) if name == section), "device")


def tab_row(chosen: TabName) -> Html:
    """The tabs."""
    shown = [Tab(name, words(label), address_of(name)) for name, label in LABELS.items()]
    return tabs(t("models_page.tabs"), shown, chosen, PANEL)


def address_of(name: TabName) -> str:
    """Where a tab is shown."""
    return "#/models" if name == "device" else f"#/models/{name}"


def head(session: Session, tab: TabName) -> Html:
    """The heading, what this device is, the way to Settings, and what can be added."""
    settings = h("a", t("models_page.settings"), href="#/settings/models", class_="quiet-link")
    return h(
        "header",
        h("div", h("h1", t("models_page.title")), device_line(session)),
        h("div", settings, add_menu(session, tab), class_="head-actions"),
        id="models-head",
    )


def device_line(session: Session) -> Html:
    """This device in one line: memory, WebGPU, room."""
    facts = device_facts(session)
    if facts is None:
        return h("p", t("device.asking"), class_="device-line")
    whole = session.state.facts()
    free = max(0, whole.quota_bytes - whole.usage_bytes) if whole else 0
    is_told = bool(session.state.settings().memory_gb)
    memory = Gigabytes(facts.memory_gb)
    parts = [
        (t("models_page.memory_told", memory=memory) if is_told else t("models_page.memory_or_more", memory=memory))
        if facts.memory_gb
        else t("models_page.memory_unknown"),
        t("models_page.webgpu_yes") if facts.has_device else t("models_page.webgpu_no"),
        t("models_page.free", size=Size(free)) if free else "",
    ]
    line = " · ".join(part for part in parts if part)
    return h("p", h("strong", t("models_page.this_device")), " ", line, class_="device-line")


def add_menu(session: Session, tab: TabName) -> Html:
    """`button "Add a model"`; the field that takes files stays in the page."""
    on = "change:models:import"
    field = h("input", type="file", id="model-file", accept=ACCEPT, multiple=True, hidden=True, data_on=on)
    face = join(icon("plus"), h("span", t("models_page.add")), icon("chevron-down"))
    items = [
        Item(t("models_page.import"), "", icon="hard-drive", pick="model-file"),
        Item(t("models_page.use_in_place"), "", icon="laptop", chooser="models:link")
        if session.state.visit.has_pickers
        else None,
        _into_ollama(session, tab),
        Item(t("models_page.by_address"), "page:sheet", "add/address", icon="download"),
    ]
    shown = [item for item in items if item]
    return h("div", field, menu("add-menu", t("models_page.add"), *shown, face=face, kind="add"))


def _into_ollama(session: Session, tab: TabName) -> Item | None:
    """A GGUF file may go into an Ollama that runs; its own region has the field for that."""
    ollama = session.state.ollama()
    if ollama is None or not ollama.is_running:
        return None
    label = t("models_page.import_ollama")
    if tab in ("device", "ollama"):
        return Item(label, "", icon="server", pick="ollama-file")
    return Item(label, "page:visit", address_of("ollama"), icon="server")


def add_sheet(session: Session) -> Html:
    """A model by its address, in the sheet; what is wrong with one is told there."""
    typed, error = session.state.address()
    return sheet(
        t("models_page.by_address_title"),
        h("p", t("models_page.by_address_about")),
        address_form(typed),
        problem_box(error) if error else None,
    )


def device(session: Session) -> Html:
    """What this device can do."""
    facts, settings = session.state.facts(), session.state.settings()
    measured = measured_here(settings.threads, facts, session.engine_versions) if facts else {}
    advice = advice_table(session.measure.advice())
    return device_region(facts, settings.memory_gb, session.state.battery(), advice, measured)


def models_page(chosen: TabName, top: Html, best: Html, *regions: Child) -> Html:
    """The whole page around its parts, which their views keep up to date."""
    panel = tab_panel(PANEL, chosen, *regions)
    return h("section", top, best, tab_row(chosen), panel, data_drop="models:import", id="page-models")
