"""The Ollama models: how the server is, every model it has or could have, bringing a file of one's own.

The same parts stand on the Models page and in Settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.html import Child, Html, h, join
from app.core.text import count, size
from app.models.ollama.advice import Advice
from app.models.ollama.bringing import Phase, command_line
from app.models.ollama.chat_templates import CHAT_TEMPLATES
from app.models.ollama.doctor import Diagnosis
from app.models.ollama.findings import State
from app.models.ollama.server import OllamaRow
from app.net.addresses import distance
from app.session.ollama import OllamaStatus
from app.session.ollama_files import Import
from app.ui.parts.ollama_model import copied
from app.ui.words import words

KINDS = (("", "All models"), ("chat", "Chat"), ("code", "Coding"), ("embedding", "Embedding"))
BUTTONS = {"connect": "Connect", "retry": "Try again", "none": "Check again"}
EMBEDS = "This is an embedding model: it finds texts and can't chat. Your chat model stays the same."
STATES: Mapping[State, str] = {
    "running": "Running",
    "not-reachable": "Not reachable",
    "origin-refused": "Origin refused",
    "blocked": "Blocked by the browser",
    "not-connected": "Not connected",
}
PHASES: Mapping[Phase, str] = {
    "hashing": "Reading the file",
    "sending": "Sending it to Ollama",
    "creating": "Making the model",
    "ready": "Done",
}
UPLOAD_NOTE = 2_000_000_000  # larger files are sent too, but the command line is a way that never fails


# -- the server


def head(shown: OllamaStatus, kind: str) -> Html:
    """How the server is, what to do about it, and the ways to a model that is not listed."""
    found = shown.diagnosis
    is_running = found is not None and found.is_running
    return join(
        h("p", runs_where(shown.address)),
        status(shown),
        help_for(found) if found and found.reason else None,
        pull_form() if is_running else None,
        None if is_running else h("p", "The commands below work in a terminal too.", class_="note"),
        h("label", "Show", for_="ollama-kind"),
        h(
            "select",
            *(h("option", label, value=value, selected=value == kind) for value, label in KINDS),
            id="ollama-kind",
            data_on="change:ollama:filter",
        ),
    )


def runs_where(address: str) -> str:
    """Where the models run, and so where words go."""
    if distance(address) == "loopback":
        return "These run in Ollama, a separate app on this computer."
    return f"These run in Ollama on another computer, {host(address)}: what you ask them is sent there."


def import_where(address: str) -> str:
    """Where an imported file goes."""
    if distance(address) == "loopback":
        return "The file is hashed here and sent to Ollama on this computer; nothing of it leaves this computer."
    return f"The file is hashed here and sent to Ollama on another computer, {host(address)}."


def host(address: str) -> str:
    """The server without its scheme."""
    return address.split("://", 1)[-1]


def status(shown: OllamaStatus) -> Html:
    """One status word with its address and version, and the one button that helps."""
    found, address = shown.diagnosis, host(shown.address)
    if shown.is_checking or found is None:
        words, kind, label = f"Looking for Ollama on {address} …", "busy", "Connect"
        if not shown.is_checking:
            words, kind = f"{STATES['not-connected']} · {address}", "not-connected"
    else:
        words = f"{STATES[found.state]} {'on' if found.is_running else '·'} {address}"
        words += f" · {found.version}" if found.version else ""
        kind, label = "ready" if found.is_running else found.state, BUTTONS[found.button]
    button = h("button", label, type="button", data_on="click:ollama:connect", id="ollama-connect")
    return h(
        "div",
        h("p", words, class_="status", data_status=kind, role="status"),
        h("div", button, class_="actions"),
        class_="server",
    )


def help_for(found: Diagnosis) -> Html:
    """The doctor's words and steps."""
    return h(
        "div",
        h("p", h("strong", f"{found.headline}. "), found.words),
        offer(found),
        *(advice(one, is_open=number == 0) for number, one in enumerate(found.advice)),
        class_="doctor",
    )


def offer(found: Diagnosis) -> Html | None:
    """The button that does what the words say."""
    labels = {"http": f"Use {found.offered}", "own-server": "Add to your own servers"}
    actions = {"http": "ollama:use", "own-server": "ollama:own"}
    if not found.offer:
        return None
    on = f"click:{actions[found.offer]}"
    button = h("button", labels[found.offer], type="button", data_on=on, data_arg=found.offered, id="ollama-offer")
    return h("div", button, class_="actions")


def advice(one: Advice, *, is_open: bool) -> Html:
    """One way to do it, with its lines to copy."""
    lines = [copied(line) for line in one.lines]
    return h("details", h("summary", one.title), h("p", one.words), *lines, open=is_open, class_="advice")


def pull_form() -> Html:
    """Any model by its name."""
    field = "ollama-name"
    return h(
        "form",
        h("label", "Model name", for_=field),
        h(
            "div",
            h("input", name="name", id=field, required=True, autocomplete="off", placeholder="llama3.2:1b or hf.co/…"),
            h("button", "Pull", type="submit", class_="secondary"),
            class_="row",
        ),
        data_on="submit:ollama:pull-typed",
        id="ollama-pull",
    )


# -- what else


def foot(shown: OllamaStatus, importing: Import | None) -> Html:
    """Bringing a file, and what is unused for long."""
    found = shown.diagnosis
    if found is None or not found.is_running:
        return Html("")
    form = import_form(importing, shown.address) if importing else importer(shown.address)
    return join(form, tidy(shown.unused))


def importer(address: str) -> Html:
    """The file button."""
    field = "ollama-file"
    return h(
        "div",
        h("input", type="file", id=field, accept=".gguf", hidden=True, data_on="change:ollama:import"),
        h(
            "button",
            "Import a GGUF into Ollama",
            type="button",
            class_="secondary",
            data_pick=field,
            id=f"{field}-pick",
        ),
        h("p", import_where(address), class_="note"),
    )


def import_form(now: Import, address: str) -> Html:
    """Name, template, stop words and system prompt of a picked file; its progress once it is on its way."""
    if now.stage is not None:
        return h("div", h("h3", f"Importing {now.file_name}"), import_bar(now), class_="note", role="status")
    chats, big = now.looked.facts.kind == "chat", now.looked.size_bytes > UPLOAD_NOTE
    return h(
        "form",
        h("h3", f"Import {now.file_name}, {size(now.looked.size_bytes)}"),
        *_import_problems(now),
        h("p", import_where(address), class_="note"),
        _import_field("Name", "input", "name", value=now.name, required=True, autocomplete="off"),
        _import_template(now) if chats else h("p", EMBEDS),
        _import_more() if chats else None,
        h("p", "A file of this size takes a while; in a terminal it goes without a browser:", class_="note")
        if big
        else None,
        *([copied(line) for line in command_line(now.file_name, now.name)] if big else ()),
        h(
            "div",
            h("button", "Import", type="submit"),
            h("button", "Cancel", type="button", class_="secondary", data_on="click:ollama:import-close"),
            class_="actions",
        ),
        data_on="submit:ollama:bring",
        id="bring",
    )


def _import_field(label: str, tag: str, name: str, *children: Child, **more: str | int | bool) -> Html:
    id = f"bring-{name}"
    return join(h("label", label, for_=id), h(tag, *children, name=name, id=id, **more))


def _import_problems(now: Import) -> tuple[Html, ...]:
    """What went wrong, and what Ollama did not take."""
    error, found = now.problem, list[Html]()
    if error:
        told = h("p", h("strong", words(error.message)), " ", words(error.cure))
        found.append(h("div", told, class_="problem", role="alert"))
    if now.warning:
        found.append(h("p", now.warning, class_="problem", role="alert"))
    return tuple(found)


def _import_template(now: Import) -> Html:
    chosen, usual = now.template, "As the file says" if now.looked.facts.has_template else "None"
    known = [h("option", one.title, value=one.id, selected=one.id == chosen) for one in CHAT_TEMPLATES.values()]
    options = (h("option", usual, value="", selected=not chosen), *known)
    return _import_field("Chat template", "select", "template", *options)


def _import_more() -> Html:
    return h(
        "details",
        h("summary", "More"),
        _import_field("A template of your own", "textarea", "text", rows=3, placeholder="{{ .Prompt }}"),
        _import_field("Stop words, one a line", "textarea", "stop", rows=2),
        _import_field("System prompt", "textarea", "system", rows=2),
        id="bring-more",
    )


def import_bar(now: Import) -> Html:
    """Hashing in bytes; sending without a figure, since browsers tell none."""
    stage = now.stage
    assert stage is not None
    text = PHASES[stage.phase]
    if stage.phase == "hashing":
        text += f": {size(stage.done_bytes)} of {size(stage.total_bytes)}"
        text += f", {size(stage.rate)}/s" if stage.rate else ""
        meter = h("progress", value=stage.done_bytes, max=stage.total_bytes or 1, aria_label=now.file_name)
    else:
        meter = h("progress", aria_label=now.file_name)
    stop = h("button", "Cancel", type="button", data_on="click:ollama:import-stop")
    return join(h("p", text + (f" ({stage.note})" if stage.note else "")), meter, h("div", stop, class_="actions"))


def tidy(unused: Sequence[OllamaRow]) -> Html | None:
    """What nobody has asked for a month, and what deleting it would free."""
    if not unused:
        return None
    whole = sum(row.size_bytes for row in unused)
    ask = f"Delete {count(len(unused), 'model')} from Ollama? This frees {size(whole)}. Chats stay."
    rows = [h("li", f"{row.name}, {size(row.size_bytes)}") for row in unused]
    return h(
        "details",
        h("summary", f"Clean up: {size(whole)} not used for 30 days"),
        h("p", "As far as this app knows: other programs may use them.", class_="note"),
        h("ul", *rows),
        h("button", "Delete all of these", type="button", data_on="click:ollama:delete-unused", data_ask=ask),
        id="tidy",
    )
