"""Below the list of Ollama's models: any model by its name, a GGUF file, deleting what is unused for long.

foot(shown, importing, is_full=True)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.html import Child, Html, h, join
from app.core.texts import Size, Text
from app.models.ollama.bringing import Phase, command_line
from app.models.ollama.chat_templates import CHAT_TEMPLATES
from app.models.ollama.server import OllamaRow
from app.net.addresses import distance
from app.session.ollama import OllamaStatus
from app.session.ollama_files import Import
from app.ui.parts.controls import problem_box
from app.ui.parts.ollama import host
from app.ui.parts.ollama_sheet import copied
from app.ui.words import t, words

PHASES: Mapping[Phase, Text] = {
    "hashing": Text("ollama_page.hashing"),
    "sending": Text("ollama_page.sending"),
    "creating": Text("ollama_page.creating"),
    "ready": Text("ollama_page.done"),
}
UPLOAD_NOTE = 2_000_000_000  # larger files are sent too, but the command line is a way that never fails
FILE = "ollama-file"  # the file field, which the menu of Local Models opens too


def foot(shown: OllamaStatus, importing: Import | None, *, is_full: bool) -> Html:
    """The form of a picked file or the field that picks one; on Ollama's own tab also other ways to a model."""
    if not shown.is_running:
        return Html("")
    field = h("input", type="file", id=FILE, accept=".gguf", hidden=True, data_on="change:ollama:import")
    bringing = join(field, importer(shown.address) if is_full else None)
    if importing:
        bringing = import_form(importing, shown.address)
    return join(pull_form(), bringing, tidy(shown.unused)) if is_full else bringing


def pull_form() -> Html:
    """Any model by its name."""
    field = "ollama-name"
    more = {"autocomplete": "off", "spellcheck": "false", "placeholder": t("ollama_page.name_as")}
    return h(
        "form",
        h("h3", t("ollama_page.by_name")),
        h("label", t("ollama_page.model_name"), for_=field, class_="visually-hidden"),
        h("input", name="name", id=field, required=True, **more),
        h("button", t("ollama_page.pull"), type="submit", class_="secondary"),
        data_on="submit:ollama:pull-typed",
        class_="ollama-tools",
        id="ollama-pull",
    )


def import_where(address: str) -> str:
    """Where an imported file goes."""
    if distance(address) == "loopback":
        return t("ollama_page.imported_here")
    return t("ollama_page.imported_there", address=host(address))


def importer(address: str) -> Html:
    """The file button."""
    button = h("button", t("ollama_page.import_gguf"), type="button", data_pick=FILE, id=f"{FILE}-pick")
    return h("div", button, h("p", import_where(address), class_="note"), class_="ollama-import")


def import_form(now: Import, address: str) -> Html:
    """Name, template, stop words and system prompt of a picked file; its progress once it is on its way."""
    if now.stage is not None:
        heading = h("h3", t("ollama_page.importing", file=now.file_name))
        return h("div", heading, import_bar(now), class_="ollama-import", role="status")
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
            h("button", t("ollama_page.cancel"), type="button", data_on="click:ollama:import-close"),
            class_="actions",
        ),
        data_on="submit:ollama:bring",
        class_="ollama-import",
        id="bring",
    )


def _import_field(label: str, tag: str, name: str, *children: Child, **more: str | int | bool) -> Html:
    id = f"bring-{name}"
    return join(h("label", label, for_=id), h(tag, *children, name=name, id=id, **more))


def _import_problems(now: Import) -> tuple[Html, ...]:
    """What went wrong, and what Ollama did not take."""
    found = [problem_box(now.problem)] if now.problem else []
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
    on = "click:ollama:delete-unused"
    return h(
        "details",
        h("summary", t("ollama_page.clean_up", size=whole)),
        h("p", t("ollama_page.as_far_as_known"), class_="note"),
        h("ul", *rows),
        h("button", t("ollama_page.delete_all"), type="button", class_="danger", data_on=on, data_ask=ask),
        id="tidy",
    )
