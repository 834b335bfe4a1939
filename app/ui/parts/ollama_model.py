"""One of Ollama's models as an article: what it is, where it stands, what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.html import Child, Html, h, join
from app.core.places import Place
from app.core.text import count, duration, size
from app.core.values import DeviceFacts
from app.models.ollama.answers import Details
from app.models.ollama.library import memory_words, pull_command
from app.models.ollama.server import OllamaRow
from app.models.store.rows import Status
from app.net.addresses import distance
from app.session import Session
from app.session.ollama import OllamaStatus
from app.ui.parts.advice import advice_words, mark
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.shell import speed_here
from app.ui.words import words

CONTEXTS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144)  # tokens, to choose from
FITS = {"no": "too much for this computer", "tight": "only just fits this computer"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What an article says beside its row."""

    is_chosen: bool
    is_running: bool  # the server
    facts: DeviceFacts | None
    memory_gb: float
    is_elsewhere: bool
    speed: float = 0.0  # tokens per second as measured here
    advice: str = ""  # what it is recommended for


def all_beside(session: Session, shown: OllamaStatus) -> list[tuple[OllamaRow, Beside]]:
    """The rows of the kind that is asked for, each with what its article says besides."""
    chosen, kind, found = session.state.active("ollama"), session.state.ollama_kind(), shown.diagnosis
    is_running = found is not None and found.is_running
    facts, memory_gb = session.state.machine(), session.state.settings().memory_gb
    is_elsewhere = distance(shown.address) != "loopback"
    speeds, advice = session.state.speeds(), advice_words(session)

    def beside(id: str) -> Beside:
        said = speeds.get(id, 0.0), advice.get(id, "")
        return Beside(id == chosen, is_running, facts, memory_gb, is_elsewhere, *said)

    return [(row, beside(row.id)) for row in shown.rows if kind in ("", row.kind)]


def copied(line: str) -> Html:
    """A line for a terminal, and the button that copies it."""
    button = h("button", "Copy", type="button", class_="quiet", data_on="click:app:copy", data_arg=line)
    return h("div", h("code", line), button, class_="line")


def model_article(row: OllamaRow, beside: Beside) -> Html:
    """One model: what it is, where it stands, what can be done with it."""
    name = f"name-{row.id}"
    return h(
        "article",
        h("h3", row.name, id=name),
        facts_line(row, beside),
        mark(beside.advice),
        status_line(row),
        problem(row),
        actions(row, beside),
        more(row, beside),
        class_="model",
        id=f"model-{row.id}",
        aria_labelledby=name,
    )


def facts_line(row: OllamaRow, beside: Beside) -> Html:
    """Best use, size, dimensions, context length, memory."""
    listed, need = row.listed, row.ram_bytes
    fits = memory_words(need, _browser_gb(beside), beside.memory_gb, is_elsewhere=beside.is_elsewhere).fits
    dimensions = (listed.dimensions if listed else 0) or (row.installed.embedding_length if row.installed else 0)
    parts = [
        listed.best_for if listed else "",
        size(row.size_bytes) if row.size_bytes else "size unknown",
        speed_here(beside.speed),
        count(dimensions, "dimension") if row.can_embed and dimensions else "",
        reads(row),
        f"wants about {size(need)} of memory" if need and not row.running else "",
        FITS.get(fits, ""),
        row.where if row.place is not Place.COMPUTER else "",
    ]
    return h("p", " · ".join(part for part in parts if part), class_="facts")


def reads(row: OllamaRow) -> str:
    """How much of a conversation the model takes in: what the server will really read where that is known."""
    if not row.reads:
        return f"context up to {row.context_length:,} tokens" if row.context_length else ""
    of = f" of {row.context_length:,}" if row.context_length > row.reads else ""
    return f"reads {row.reads:,}{of} tokens"


def _browser_gb(beside: Beside) -> float:
    return beside.facts.memory_gb if beside.facts else 0.0


def status_line(row: OllamaRow) -> Html:
    """One status word, what is loaded, and the bar of a pull."""
    pull, notes = row.pull, [words(WORDS[row.status])]
    if pull is not None and row.status == Status.DOWNLOADING:
        return h("div", h("p", *notes, class_="status", data_status=status_kind(row.status)), bar(row))
    if pull is not None and row.status in (Status.PAUSED, Status.FAILED) and pull.done_bytes:
        notes.append(f"{pull.percent} % is there")
    if row.running:
        where = "on the graphics card" if row.running.vram_bytes >= row.running.size_bytes else "on the processor"
        if 0 < row.running.vram_bytes < row.running.size_bytes:
            where = f"{size(row.running.vram_bytes)} of it on the graphics card"
        notes.append(f"in memory: {size(row.running.size_bytes)}, {where}")
    return h("p", " · ".join(notes), class_="status", data_status=status_kind(row.status))


def bar(row: OllamaRow) -> Html:
    """How far a pull is, over all layers."""
    pull = row.pull
    assert pull is not None
    steps = [f"{pull.percent} %", f"{size(pull.done_bytes)} of about {size(pull.total_bytes)}"]
    if pull.rate:
        steps += [f"{size(pull.rate)}/s", f"{duration(pull.seconds_left)} left"]
    text = ", ".join(steps if pull.total_bytes else [words(pull.note) or "beginning"])
    line = f"Pulling {row.name}: {text}{f' ({words(pull.note)})' if pull.note and pull.total_bytes else ''}"
    meter = h("progress", value=pull.percent, max=100, aria_label=row.name, aria_valuetext=text)
    return h("div", h("p", line), meter, id=bar_id(row), class_="note")


def bar_id(row: OllamaRow) -> str:
    """The element of a pull's bar."""
    return f"bar-{row.id}"


def problem(row: OllamaRow) -> Html | None:
    """Why a pull does not go on, and what to do."""
    error = row.pull.problem if row.pull else None
    if error is None:
        return None
    detail = h("details", h("summary", "Details"), h("pre", error.detail)) if error.detail else None
    return h(
        "div", h("p", h("strong", words(error.message)), " ", words(error.cure)), detail, class_="problem", role="alert"
    )


def actions(row: OllamaRow, beside: Beside) -> Html:
    """The buttons that make sense now."""

    def button(label: str, action: str, **more: str | bool) -> Html:
        id = f"{action.split(':')[-1]}-{row.id}"
        return h("button", label, type="button", data_on=f"click:{action}", data_arg=row.name, id=id, **more)

    shown: list[Html] = []
    if row.status == Status.DOWNLOADING:
        ask = f"Cancel {row.name}? Ollama clears away what has arrived."
        shown = [button("Pause", "ollama:pause"), button("Cancel", "ollama:cancel", data_ask=ask)]
    elif row.status in (Status.PAUSED, Status.FAILED):
        shown = [button(words(WAYS_ON[row.status]), "ollama:pull")] if beside.is_running else []
        shown.append(button("Cancel", "ollama:cancel"))
    elif row.installed:
        on, name = "click:models:choose", "Active" if beside.is_chosen else "Use"
        pressed = "true" if beside.is_chosen else None
        use = h("button", name, type="button", data_on=on, data_arg=row.id, aria_pressed=pressed, id=f"use-{row.id}")
        shown = [use] if row.can_chat else []
        if row.running:
            shown.append(button("Unload", "ollama:unload", title="Free its memory; the file stays"))
        ask = f"Delete {row.name} from Ollama? This frees {size(row.size_bytes)}. Chats stay."
        shown.append(button("Delete", "ollama:delete", data_ask=ask))
    elif beside.is_running:
        shown = [button("Download", "ollama:pull")]
    command = copied(pull_command(row.name)) if not row.installed and row.status == Status.NOT_DOWNLOADED else None
    return h("div", *shown, command, class_="actions")


def more(row: OllamaRow, beside: Beside) -> Html:
    """Memory in words, what the model can do, its other names, its command."""
    measured = row.running.size_bytes if row.running else 0
    memory = memory_words(
        row.ram_bytes, _browser_gb(beside), beside.memory_gb, measured, is_elsewhere=beside.is_elsewhere
    )
    installed = row.installed
    can = ", ".join(installed.capabilities) if installed and installed.capabilities else ""
    build = " · ".join(part for part in (installed.parameter_size, installed.quantization) if part) if installed else ""
    return h(
        "details",
        h("summary", "Details"),
        h("p", row.listed.note) if row.listed and row.listed.note else None,
        h("p", memory.words),
        h("p", f"It can: {can}.") if can else None,
        h("p", build, class_="facts") if build else None,
        context_choice(row) if installed and not installed.remote_host and row.can_chat else None,
        told(row.details) if row.details else None,
        *(names(row) if installed else ()),
        id=f"more-{row.id}",
    )


def context_choice(row: OllamaRow) -> Html:
    """How many tokens the model reads at a time (`num_ctx`), and what that takes of memory."""
    most = row.context_length or CONTEXTS[-1]
    lengths = sorted({tokens for tokens in (*CONTEXTS, row.context_length, row.num_ctx) if 0 < tokens <= most})
    options = [h("option", "As Ollama decides", value="0", selected=not row.num_ctx)]
    for tokens in lengths:
        label = f"{tokens:,} tokens: {size(row.ram_bytes_at(tokens))} of memory"
        options.append(h("option", label, value=str(tokens), selected=tokens == row.num_ctx))
    field = f"context-{row.id}"
    select = h("select", *options, id=field, data_on="change:ollama:context", data_arg=row.name)
    words = "A longer context takes more memory. A loaded model is unloaded, and loads again with your next message."
    return h("div", h("label", "Context length", for_=field), select, h("small", words))


def names(row: OllamaRow) -> list[Html]:
    """Everything Ollama says of it; a further name, or another one; the command for other computers."""
    show = h(
        "button",
        "What Ollama says of it",
        type="button",
        class_="quiet",
        data_on="click:ollama:show",
        data_arg=row.name,
    )
    return [
        show,
        name_form(row, "Copy as", "ollama:copy"),
        name_form(row, "Rename to", "ollama:rename"),
        copied(pull_command(row.name)),
    ]


def name_form(row: OllamaRow, label: str, action: str) -> Html:
    """One new name."""
    verb = action.partition(":")[2]
    field = f"{verb}-name-{row.id}"
    return h(
        "form",
        h("label", label, for_=field),
        h(
            "div",
            h("input", name="name", id=field, required=True, autocomplete="off"),
            h("button", label.split()[0], type="submit", class_="secondary", aria_label=f"{label} this name"),
            class_="row",
        ),
        data_on=f"submit:{action}",
        data_arg=row.name,
        id=f"{verb}-form-{row.id}",
    )


def told(details: Details) -> Html:
    """/api/show in short."""
    pairs: list[tuple[str, Child]] = [
        ("Family", details.family),
        ("System prompt", details.system),
        ("Parameters", h("pre", details.parameters) if details.parameters else ""),
        ("Template", h("pre", details.template) if details.has_template else "none: it only continues text"),
        ("Licence", details.license.strip().split("\n", 1)[0]),
    ]
    return h("dl", *(join(h("dt", name), h("dd", value)) for name, value in pairs if value), class_="facts")
