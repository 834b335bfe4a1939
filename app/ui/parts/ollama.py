"""How Ollama's server is, and what to do where it does not answer: on Local Models and in Settings → Connections.

head(shown)                        # OLLAMA MODELS (Local Server)      Status: ● Running on localhost:11434 · 0.32.15
card(shown)                        # what is wrong, the one button that helps, what to type on this system
tools(shown, "chat", "llama")      # on Ollama's own tab: the search, and any model by its name
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Html, h, join
from app.core.texts import Text
from app.models.ollama.advice import DOWNLOAD, Advice
from app.models.ollama.client import DEFAULT_ADDRESS
from app.models.ollama.doctor import Diagnosis
from app.models.ollama.findings import Button, State
from app.net.addresses import distance
from app.session import Session
from app.session.ollama import OllamaStatus
from app.ui.icons import icon
from app.ui.parts.controls import outside, search_field
from app.ui.parts.model_row import group_head
from app.ui.parts.ollama_sheet import copied
from app.ui.words import rich, t, words

BUTTONS: Mapping[Button, Text] = {
    "connect": Text("ollama_page.connect"),
    "retry": Text("ollama_page.try_again"),
    "none": Text("ollama_page.check_again"),
}
STATES: Mapping[State, Text] = {  # of a server that does not answer this page
    "not-reachable": Text("ollama_page.not_reachable"),
    "origin-refused": Text("ollama_page.origin_refused"),
    "blocked": Text("ollama_page.blocked"),
    "another-program": Text("ollama_page.another_program"),
    "not-connected": Text("ollama_page.not_connected"),
}
CONNECTIONS = "#/settings/connections/ollama-address"
UNKNOWN = OllamaStatus(DEFAULT_ADDRESS)  # before anybody looked


# -- how it is


def head(shown: OllamaStatus) -> Html:
    """The heading of the list, and how the server is."""
    name = h("span", t("ollama_page.title"), class_="upper")
    said = h("span", t("ollama_page.status"), " ", _state(shown), role="status", class_="server-status")
    return group_head(rich("ollama_page.heading", name=name), "ollama-title", said)


def _state(shown: OllamaStatus) -> Html:
    """One of the status words, with its address and version."""
    found, address, kind = shown.diagnosis, host(shown.address), "not-connected"
    if shown.is_checking:
        told, kind = t("ollama_page.looking", address=address), "busy"
    elif found is None:
        told = t("ollama_page.state_at", state=STATES["not-connected"], address=address)
    elif found.is_running:
        told, kind = t("ollama_page.running_on", address=address, version=found.version), "ready"
    else:
        told, kind = t("ollama_page.state_at", state=STATES[found.state], address=address), found.state
    return h("span", told, class_="status", data_status=kind)


def host(address: str) -> str:
    """The server without its scheme."""
    return address.split("://", 1)[-1]


def runs_where(address: str) -> str:
    """Where the models run, and so where words go."""
    if distance(address) == "loopback":
        return t("ollama_page.runs_here")
    return t("ollama_page.runs_there", address=host(address))


# -- what is wrong, and what to do


def card(shown: OllamaStatus) -> Html | None:
    """One card where the server does not answer, or is too old; None where all is well."""
    found = shown.diagnosis
    if found is not None and found.is_running and not found.reason:
        return None
    is_running, get = shown.is_running, outside(t("ollama_page.get"), DOWNLOAD)
    return h(
        "div",
        icon("server"),
        h(
            "div",
            h("h3", words(found.headline) if found else t("ollama_check.connect")),
            h("p", words(found.words) if found else _looking(shown)),
            None if is_running else h("p", t("ollama_page.about"), " ", get, class_="note"),
            h("div", _button(shown), offer(found) if found else None, class_="actions"),
            *steps(found.advice if found else ()),
        ),
        class_="server-card",
        data_status="warn" if is_running else "absent",
    )


def _looking(shown: OllamaStatus) -> str:
    return t("ollama_page.looking", address=host(shown.address)) if shown.is_checking else runs_where(shown.address)


def _button(shown: OllamaStatus) -> Html:
    """The one that asks the server once more; the browser may put its question now."""
    label = BUTTONS[shown.diagnosis.button] if shown.diagnosis else BUTTONS["connect"]
    more = {"class_": "primary", "data_on": "click:ollama:connect", "id": "ollama-connect"}
    return h("button", words(label), type="button", disabled=shown.is_checking, **more)


def offer(found: Diagnosis) -> Html | None:
    """The button that does what the words say."""
    if not found.offer:
        return None
    label, does = t("ollama_page.use", address=found.offered), "ollama:use"
    if found.offer == "own-server":
        label, does = t("ollama_page.add_own"), "ollama:own"
    return h("button", label, type="button", data_on=f"click:{does}", data_arg=found.offered, id="ollama-offer")


def steps(advice: tuple[Advice, ...]) -> tuple[Html, ...]:
    """What to do on this system, and folded what to do on others."""
    if not advice:
        return ()
    first, *others = (_step(one) for one in advice)
    if not others:
        return (first,)
    return first, h("details", h("summary", t("ollama_page.other_ways")), *others, id="ollama-ways")


def _step(one: Advice) -> Html:
    """One way to do it, with its lines to copy."""
    lines = [copied(line) for line in one.lines]
    return h("div", h("h4", words(one.title)), h("p", words(one.words)), *lines, class_="step")


# -- on Ollama's own tab


def tools(shown: OllamaStatus, kind: str, wanted: str) -> Html:
    """Where the models run, the search, and the kinds."""
    change = h("a", t("ollama_page.change"), href=CONNECTIONS)
    search = search_field("ollama-find", t("ollama_page.find"), "input:ollama:find", value=wanted)
    options = (h("option", label, value=value, selected=value == kind) for value, label in kinds())
    label = t("ollama_page.kind")
    select = h("select", *options, id="ollama-kind", aria_label=label, data_on="change:ollama:filter")
    return join(
        h("p", runs_where(shown.address), " ", change, class_="note"),
        h("div", search, select, class_="ollama-tools"),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """What can be shown: all models, or those of one kind."""
    return (
        ("", t("ollama_page.all_models")),
        ("chat", t("ollama_page.chat")),
        ("code", t("ollama_page.coding")),
        ("embedding", t("ollama_page.embedding")),
    )


# -- in Settings → Connections


def ollama_connection(session: Session) -> Html:
    """The address, how the server is, and what to do where it does not answer."""
    shown = session.state.ollama() or UNKNOWN
    more = {"autocomplete": "off", "spellcheck": "false", "aria_describedby": "ollama-address-about"}
    field = h("input", name="address", id="ollama-address", value=shown.address, **more)
    button = h("button", t("ollama_page.save"), type="submit", class_="secondary")
    return h(
        "section",
        h(
            "form",
            h("label", t("ollama_page.address"), for_="ollama-address"),
            h("small", t("ollama_page.address_about"), id="ollama-address-about"),
            h("div", field, button, class_="row"),
            data_on="submit:ollama:address",
            class_="ollama-address",
            id="ollama-form",
        ),
        h("p", t("ollama_page.status"), " ", _state(shown), role="status", class_="server-status"),
        card(shown),
        aria_label="Ollama",
        id="ollama-connection",
    )
