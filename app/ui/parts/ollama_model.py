"""One of Ollama's models as an article: what it is, where it stands, what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.html import Child, Html, h, join
from app.core.places import Place
from app.core.texts import Percent, Seconds, Size, Tokens
from app.core.values import DeviceFacts
from app.models.ollama.answers import Details, Running
from app.models.ollama.library import memory_words, pull_command
from app.models.ollama.pulls import PullRow
from app.models.ollama.server import OllamaRow
from app.models.store.rows import Status
from app.net.addresses import distance
from app.session import Session
from app.session.ollama import OllamaStatus
from app.ui.model_choice import speed_here
from app.ui.parts.advice import advice_words, mark
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.words import t, words

CONTEXTS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144)  # tokens, to choose from


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
    button = h("button", t("ollama_model.copy"), type="button", class_="quiet", data_on="click:app:copy", data_arg=line)
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
    dimensions = (listed.dimensions if listed else 0) or (row.installed.embedding_length if row.installed else 0)
    parts = [
        listed.best_for if listed else "",
        words(Size(row.size_bytes)) if row.size_bytes else t("ollama_model.size_unknown"),
        speed_here(beside.speed),
        t("ollama_model.dimensions", count=dimensions) if row.can_embed and dimensions else "",
        reads(row),
        t("ollama_model.wants", size=Size(need)) if need and not row.running else "",
        _fits(row, beside),
        words(row.where) if row.place is not Place.COMPUTER else "",
    ]
    return h("p", " · ".join(part for part in parts if part), class_="facts")


def _fits(row: OllamaRow, beside: Beside) -> str:
    """What is to be said of a model that this computer hardly holds."""
    memory = memory_words(row.ram_bytes, _browser_gb(beside), beside.memory_gb, is_elsewhere=beside.is_elsewhere)
    if memory.fits == "no":
        return t("ollama_model.too_much")
    return t("ollama_model.only_just") if memory.fits == "tight" else ""


def reads(row: OllamaRow) -> str:
    """How much of a conversation the model takes in: what the server will really read where that is known."""
    most = Tokens(row.context_length)
    if not row.reads:
        return t("ollama_model.context_up_to", tokens=most) if most else ""
    if most > row.reads:
        return t("ollama_model.reads_of", reads=row.reads, tokens=most)
    return t("ollama_model.reads", tokens=Tokens(row.reads))


def _browser_gb(beside: Beside) -> float:
    return beside.facts.memory_gb if beside.facts else 0.0


def status_line(row: OllamaRow) -> Html:
    """One status word, what is loaded, and the bar of a pull."""
    pull, notes = row.pull, [words(WORDS[row.status])]
    if pull is not None and row.status == Status.DOWNLOADING:
        return h("div", h("p", *notes, class_="status", data_status=status_kind(row.status)), bar(row))
    if pull is not None and row.status in (Status.PAUSED, Status.FAILED) and pull.done_bytes:
        notes.append(t("ollama_model.is_there", percent=Percent(pull.percent)))
    if row.running:
        notes.append(_in_memory(row.running))
    return h("p", " · ".join(notes), class_="status", data_status=status_kind(row.status))


def _in_memory(running: Running) -> str:
    whole, on_card = Size(running.size_bytes), Size(running.vram_bytes)
    if on_card >= whole:
        return t("ollama_model.on_card", size=whole)
    if on_card > 0:
        return t("ollama_model.partly_on_card", size=whole, part=on_card)
    return t("ollama_model.on_processor", size=whole)


def bar(row: OllamaRow) -> Html:
    """How far a pull is, over all layers."""
    pull = row.pull
    assert pull is not None
    text = _how_far(pull)
    line = t("ollama_model.pulling", model=row.name, share=text)
    if pull.note and pull.total_bytes:
        line = t("ollama_model.pulling_noting", model=row.name, share=text, note=pull.note)
    meter = h("progress", value=pull.percent, max=100, aria_label=row.name, aria_valuetext=text)
    return h("div", h("p", line), meter, id=bar_id(row), class_="note")


def _how_far(pull: PullRow) -> str:
    done, total, percent = Size(pull.done_bytes), Size(pull.total_bytes), Percent(pull.percent)
    if not total:
        return words(pull.note) or t("ollama_model.beginning")
    if not pull.rate:
        return t("ollama_model.share", percent=percent, done=done, total=total)
    rate, left = Size(round(pull.rate)), Seconds(pull.seconds_left)
    return t("ollama_model.share_at_rate", percent=percent, done=done, total=total, rate=rate, seconds=left)


def bar_id(row: OllamaRow) -> str:
    """The element of a pull's bar."""
    return f"bar-{row.id}"


def problem(row: OllamaRow) -> Html | None:
    """Why a pull does not go on, and what to do."""
    error = row.pull.problem if row.pull else None
    if error is None:
        return None
    detail = h("details", h("summary", t("ollama_model.details")), h("pre", error.detail)) if error.detail else None
    return h(
        "div", h("p", h("strong", words(error.message)), " ", words(error.cure)), detail, class_="problem", role="alert"
    )


def actions(row: OllamaRow, beside: Beside) -> Html:
    """The buttons that make sense now."""

    def button(label: str, action: str, **more: str | bool) -> Html:
        id = f"{action.split(':')[-1]}-{row.id}"
        return h("button", label, type="button", data_on=f"click:{action}", data_arg=row.name, id=id, **more)

    shown, cancel = list[Html](), t("ollama_model.cancel")
    if row.status == Status.DOWNLOADING:
        ask = t("ollama_model.cancel_ask", model=row.name)
        shown = [button(t("ollama_model.pause"), "ollama:pause"), button(cancel, "ollama:cancel", data_ask=ask)]
    elif row.status in (Status.PAUSED, Status.FAILED):
        shown = [button(words(WAYS_ON[row.status]), "ollama:pull")] if beside.is_running else []
        shown.append(button(cancel, "ollama:cancel"))
    elif row.installed:
        on, name = "click:models:choose", t("ollama_model.active" if beside.is_chosen else "ollama_model.use")
        pressed = "true" if beside.is_chosen else None
        use = h("button", name, type="button", data_on=on, data_arg=row.id, aria_pressed=pressed, id=f"use-{row.id}")
        shown = [use] if row.can_chat else []
        if row.running:
            shown.append(button(t("ollama_model.unload"), "ollama:unload", title=t("ollama_model.unload_tip")))
        ask = t("ollama_model.delete_ask", model=row.name, size=Size(row.size_bytes))
        shown.append(button(t("ollama_model.delete"), "ollama:delete", data_ask=ask))
    elif beside.is_running:
        shown = [button(t("ollama_model.download"), "ollama:pull")]
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
        h("summary", t("ollama_model.details")),
        h("p", row.listed.note) if row.listed and row.listed.note else None,
        h("p", words(memory.words)),
        h("p", t("ollama_model.it_can", abilities=can)) if can else None,
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
    options = [h("option", t("ollama_model.as_ollama_decides"), value="0", selected=not row.num_ctx)]
    for tokens in lengths:
        label = t("ollama_model.length", tokens=Tokens(tokens), size=Size(row.ram_bytes_at(tokens)))
        options.append(h("option", label, value=str(tokens), selected=tokens == row.num_ctx))
    field = f"context-{row.id}"
    select = h("select", *options, id=field, data_on="change:ollama:context", data_arg=row.name)
    about = h("small", t("ollama_model.context_about"))
    return h("div", h("label", t("ollama_model.context_length"), for_=field), select, about)


def names(row: OllamaRow) -> list[Html]:
    """Everything Ollama says of it; a further name, or another one; the command for other computers."""
    show = h(
        "button",
        t("ollama_model.show"),
        type="button",
        class_="quiet",
        data_on="click:ollama:show",
        data_arg=row.name,
    )
    return [
        show,
        name_form(row, "ollama:copy", t("ollama_model.copy_as"), t("ollama_model.copy"), t("ollama_model.copy_tip")),
        name_form(
            row, "ollama:rename", t("ollama_model.rename_to"), t("ollama_model.rename"), t("ollama_model.rename_tip")
        ),
        copied(pull_command(row.name)),
    ]


def name_form(row: OllamaRow, action: str, label: str, name: str, tip: str) -> Html:
    """One new name: its label, and what the button is called."""
    verb = action.partition(":")[2]
    field = f"{verb}-name-{row.id}"
    return h(
        "form",
        h("label", label, for_=field),
        h(
            "div",
            h("input", name="name", id=field, required=True, autocomplete="off"),
            h("button", name, type="submit", class_="secondary", aria_label=tip),
            class_="row",
        ),
        data_on=f"submit:{action}",
        data_arg=row.name,
        id=f"{verb}-form-{row.id}",
    )


def told(details: Details) -> Html:
    """/api/show in short."""
    pairs: list[tuple[str, Child]] = [
        (t("ollama_model.family"), details.family),
        (t("ollama_model.system_prompt"), details.system),
        (t("ollama_model.parameters"), h("pre", details.parameters) if details.parameters else ""),
        (
            t("ollama_model.template"),
            h("pre", details.template) if details.has_template else t("ollama_model.no_template"),
        ),
        (t("ollama_model.licence"), details.license.strip().split("\n", 1)[0]),
    ]
    return h("dl", *(join(h("dt", name), h("dd", value)) for name, value in pairs if value), class_="facts")
