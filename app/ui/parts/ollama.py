"""The Ollama models: how the server is, every model it has or could have, bringing a file of one's own.

The same parts stand on the Models page and in Settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.html import Child, Html, h, join
from app.core.texts import Size, Text
from app.models.ollama.advice import Advice
from app.models.ollama.bringing import Phase, command_line
from app.models.ollama.chat_templates import CHAT_TEMPLATES
from app.models.ollama.doctor import Diagnosis
from app.models.ollama.findings import Button, State
from app.models.ollama.server import OllamaRow
from app.net.addresses import distance
from app.session.ollama import OllamaStatus
from app.session.ollama_files import Import
from app.ui.parts.ollama_model import copied
from app.ui.words import t, words

BUTTONS: Mapping[Button, Text] = {
    "connect": Text("ollama_page.connect"),
    "retry": Text("ollama_page.try_again"),
    "none": Text("ollama_page.check_again"),
}
STATES: Mapping[State, Text] = {  # of a server that does not answer this page
    "not-reachable": Text("ollama_page.not_reachable"),
    "origin-refused": Text("ollama_page.origin_refused"),
    "blocked": Text("ollama_page.blocked"),
    "not-connected": Text("ollama_page.not_connected"),
}
PHASES: Mapping[Phase, Text] = {
    "hashing": Text("ollama_page.hashing"),
    "sending": Text("ollama_page.sending"),
    "creating": Text("ollama_page.creating"),
    "ready": Text("ollama_page.done"),
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
        None if is_running else h("p", t("ollama_page.commands_too"), class_="note"),
        h("label", t("ollama_page.show"), for_="ollama-kind"),
        h(
            "select",
            *(h("option", label, value=value, selected=value == kind) for value, label in kinds()),
            id="ollama-kind",
            data_on="change:ollama:filter",
        ),
    )


def kinds() -> tuple[tuple[str, str], ...]:
    """What can be shown: all models, or those of one kind."""
    return (
        ("", t("ollama_page.all_models")),
        ("chat", t("ollama_page.chat")),
        ("code", t("ollama_page.coding")),
        ("embedding", t("ollama_page.embedding")),
    )


def runs_where(address: str) -> str:
    """Where the models run, and so where words go."""
    if distance(address) == "loopback":
        return t("ollama_page.runs_here")
    return t("ollama_page.runs_there", address=host(address))


def import_where(address: str) -> str:
    """Where an imported file goes."""
    if distance(address) == "loopback":
        return t("ollama_page.imported_here")
    return t("ollama_page.imported_there", address=host(address))


def host(address: str) -> str:
    """The server without its scheme."""
    return address.split("://", 1)[-1]


def status(shown: OllamaStatus) -> Html:
    """One status word with its address and version, and the one button that helps."""
    found, address = shown.diagnosis, host(shown.address)
    kind, label = "not-connected", BUTTONS["connect"]
    if shown.is_checking:
        told, kind = t("ollama_page.looking", address=address), "busy"
    elif found is None:
        told = t("ollama_page.state_at", state=STATES["not-connected"], address=address)
    elif found.is_running:
        told = t("ollama_page.running_on", address=address, version=found.version)
        kind, label = "ready", BUTTONS[found.button]
    else:
        told = t("ollama_page.state_at", state=STATES[found.state], address=address)
        kind, label = found.state, BUTTONS[found.button]
    button = h("button", words(label), type="button", data_on="click:ollama:connect", id="ollama-connect")
    return h(
        "div",
        h("p", told, class_="status", data_status=kind, role="status"),
        h("div", button, class_="actions"),
        class_="server",
    )


def help_for(found: Diagnosis) -> Html:
    """The doctor's words and steps."""
    return h(
        "div",
        h("p", h("strong", t("ollama_check.headline", headline=found.headline)), " ", words(found.words)),
        offer(found),
        *(advice(one, is_open=number == 0) for number, one in enumerate(found.advice)),
        class_="doctor",
    )


def offer(found: Diagnosis) -> Html | None:
    """The button that does what the words say."""
    if not found.offer:
        return None
    label, does = t("ollama_page.use", address=found.offered), "ollama:use"
    if found.offer == "own-server":
        label, does = t("ollama_page.add_own"), "ollama:own"
    button = h("button", label, type="button", data_on=f"click:{does}", data_arg=found.offered, id="ollama-offer")
    return h("div", button, class_="actions")


def advice(one: Advice, *, is_open: bool) -> Html:
    """One way to do it, with its lines to copy."""
    lines = [copied(line) for line in one.lines]
    return h("details", h("summary", words(one.title)), h("p", words(one.words)), *lines, open=is_open, class_="advice")


def pull_form() -> Html:
    """Any model by its name."""
    field = "ollama-name"
    return h(
        "form",
        h("label", t("ollama_page.model_name"), for_=field),
        h(
            "div",
            h(
                "input",
                name="name",
                id=field,
                required=True,
                autocomplete="off",
                placeholder=t("ollama_page.name_as"),
            ),
            h("button", t("ollama_page.pull"), type="submit", class_="secondary"),
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
            t("ollama_page.import_gguf"),
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
        return h(
            "div",
            h("h3", t("ollama_page.importing", file=now.file_name)),
            import_bar(now),
            class_="note",
            role="status",
        )
    chats, big = now.looked.facts.kind == "chat", now.looked.size_bytes > UPLOAD_NOTE
    return h(
        "form",
        h("h3", t("ollama_page.import_file", file=now.file_name, size=Size(now.looked.size_bytes))),
        *_import_problems(now),
        h("p", import_where(address), class_="note"),
        _import_field(t("ollama_page.name"), "input", "name", value=now.name, required=True, autocomplete="off"),
        _import_template(now) if chats else h("p", t("ollama_page.embeds")),
        _import_more() if chats else None,
        h("p", t("ollama_page.takes_a_while"), class_="note") if big else None,
        *([copied(line) for line in command_line(now.file_name, now.name)] if big else ()),
        h(
            "div",
            h("button", t("ollama_page.import"), type="submit"),
            h(
                "button",
                t("ollama_page.cancel"),
                type="button",
                class_="secondary",
                data_on="click:ollama:import-close",
            ),
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
        found.append(h("p", words(now.warning), class_="problem", role="alert"))
    return tuple(found)


def _import_template(now: Import) -> Html:
    chosen, usual = (
        now.template,
        t("ollama_page.as_file" if now.looked.facts.has_template else "ollama_page.no_template"),
    )
    known = [h("option", words(one.title), value=one.id, selected=one.id == chosen) for one in CHAT_TEMPLATES.values()]
    options = (h("option", usual, value="", selected=not chosen), *known)
    return _import_field(t("ollama_page.chat_template"), "select", "template", *options)


def _import_more() -> Html:
    return h(
        "details",
        h("summary", t("ollama_page.more")),
        _import_field(t("ollama_page.own_template"), "textarea", "text", rows=3, placeholder="{{ .Prompt }}"),
        _import_field(t("ollama_page.stop_words"), "textarea", "stop", rows=2),
        _import_field(t("ollama_page.system_prompt"), "textarea", "system", rows=2),
        id="bring-more",
    )


def import_bar(now: Import) -> Html:
    """Hashing in bytes; sending without a figure, since browsers tell none."""
    stage = now.stage
    assert stage is not None
    told = PHASES[stage.phase]
    if stage.phase == "hashing":
        done, total = Size(stage.done_bytes), Size(stage.total_bytes)
        told = Text("ollama_page.hashed", done=done, total=total)
        if stage.rate:
            told = Text("ollama_page.hashed_at_rate", done=done, total=total, rate=Size(round(stage.rate)))
        meter = h("progress", value=stage.done_bytes, max=stage.total_bytes or 1, aria_label=now.file_name)
    else:
        meter = h("progress", aria_label=now.file_name)
    if stage.note:
        told = Text("ollama_page.with_note", told=told, note=stage.note)
    stop = h("button", t("ollama_page.cancel"), type="button", data_on="click:ollama:import-stop")
    return join(h("p", words(told)), meter, h("div", stop, class_="actions"))


def tidy(unused: Sequence[OllamaRow]) -> Html | None:
    """What nobody has asked for a month, and what deleting it would free."""
    if not unused:
        return None
    whole = Size(sum(row.size_bytes for row in unused))
    ask = t("ollama_page.ask_clean_up", count=len(unused), size=whole)
    rows = [h("li", t("ollama_page.model_of", model=row.name, size=Size(row.size_bytes))) for row in unused]
    return h(
        "details",
        h("summary", t("ollama_page.clean_up", size=whole)),
        h("p", t("ollama_page.as_far_as_known"), class_="note"),
        h("ul", *rows),
        h("button", t("ollama_page.delete_all"), type="button", data_on="click:ollama:delete-unused", data_ask=ask),
        id="tidy",
    )
