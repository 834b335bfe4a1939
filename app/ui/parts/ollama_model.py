"""One of Ollama's models as a row: what it is, where it stands, the one thing to do with it now.

for row, beside in all_beside(session, shown): ollama_row(row, beside)
first(rows)                     # the installed ones and what is under way, and few others
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.places import Place
from app.core.texts import Percent, Seconds, Size
from app.core.values import DeviceFacts
from app.models.ollama.answers import Running
from app.models.ollama.library import Memory, memory_words, pull_command
from app.models.ollama.pulls import PullRow
from app.models.ollama.server import OllamaRow
from app.models.store.rows import Status
from app.net.addresses import distance
from app.session import Session
from app.session.ollama import OllamaStatus
from app.ui.icons import Icon
from app.ui.parts.advice import advised
from app.ui.parts.badge import Badge
from app.ui.parts.controls import problem_box
from app.ui.parts.menu import Item, menu
from app.ui.parts.model_row import Sign, aside_button, model_row, row_button, sign, status, use_button
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.words import t, words

MOST = 12  # rows of a short list, if not more are installed
State = tuple[OllamaRow, "Beside"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a row says beside its model."""

    is_chosen: bool
    is_running: bool  # the server
    facts: DeviceFacts | None
    memory_gb: float
    is_elsewhere: bool
    speed: float = 0.0  # tokens per second as measured here
    is_advised: bool = False

    def memory_of(self, row: OllamaRow) -> Memory:
        """Whether a model fits into this computer, and how that is known."""
        browser_gb = self.facts.memory_gb if self.facts else 0.0
        measured = row.running.size_bytes if row.running else 0
        return memory_words(row.ram_bytes, browser_gb, self.memory_gb, measured, is_elsewhere=self.is_elsewhere)


def all_beside(session: Session, shown: OllamaStatus) -> list[State]:
    """The rows, each with what it says besides."""
    chosen, is_running = session.state.active("ollama"), shown.is_running
    facts, memory_gb = session.state.machine(), session.state.settings().memory_gb
    is_elsewhere = distance(shown.address) != "loopback"
    speeds, advice = session.state.speeds(), advised(session)

    def beside(id: str) -> Beside:
        said = speeds.get(id, 0.0), id in advice
        return Beside(id == chosen, is_running, facts, memory_gb, is_elsewhere, *said)

    return [(row, beside(row.id)) for row in shown.rows]


def found(rows: Sequence[State], kind: str, wanted: str) -> list[State]:
    """Those of a kind ("" for all) whose names or uses hold every one of these words."""
    parts = wanted.lower().split()

    def matches(row: OllamaRow) -> bool:
        listed = row.listed
        text = f"{row.name} {listed.title} {listed.best_for}" if listed else row.name
        return kind in ("", row.kind) and all(part in text.lower() for part in parts)

    return [state for state in rows if matches(state[0])]


def first(rows: Sequence[State]) -> list[State]:
    """The installed ones and what is under way, then the recommended ones and others, twelve in all."""
    here = [state for state in rows if state[0].installed or state[0].pull]
    others = [state for state in rows if not (state[0].installed or state[0].pull)]
    others.sort(key=lambda state: not state[1].is_advised)
    return here + others[: max(0, MOST - len(here))]


def ollama_row(row: OllamaRow, beside: Beside) -> Html:
    """One model."""
    return model_row(
        row.id,
        row.name,
        sign=_sign(row, beside),
        status=_status(row),
        about=_about(row),
        badges=badges(row, beside),
        speed=beside.speed,
        size_bytes=row.size_bytes,
        main=main_button(row, beside),
        aside=_aside(row),
        menu=menu(f"menu-{row.id}", t("ollama_model.menu", model=row.name), *menu_items(row)),
        progress=bar(row) if row.status == Status.DOWNLOADING else None,
        problem=problem(row),
        is_active=bool(row.installed) and beside.is_chosen,
    )


def _sign(row: OllamaRow, beside: Beside) -> Html:
    kind: Sign = "active" if beside.is_chosen else "here" if row.installed else "away"
    if row.status == Status.FAILED:
        kind = "problem"
    elif row.status in (Status.DOWNLOADING, Status.PAUSED):
        kind = "ring"
    return sign(kind, row.id, Percent(row.pull.percent) if row.pull else None)


def _status(row: OllamaRow) -> Html:
    """One status word, and how much of it is there; of a model at rest it is only read out."""
    pull, is_hidden = row.pull, row.status not in (Status.PAUSED, Status.FAILED)
    notes = [t("ollama_model.is_there", percent=Percent(pull.percent))] if pull and pull.done_bytes else []
    return status(WORDS[row.status], status_kind(row.status), *([] if is_hidden else notes), is_hidden=is_hidden)


def _about(row: OllamaRow) -> str | None:
    """Best use, what it needs or takes of memory, where words go if they leave this computer."""
    if row.status in (Status.PAUSED, Status.FAILED):
        return None
    best = row.listed.best_for if row.listed else ""
    need, size = "", Size(row.ram_bytes)
    if row.ram_bytes:
        need = t("ollama_model.needs_memory", size=size) if best else t("ollama_model.needs_only", size=size)
    parts = (
        best,
        in_memory(row.running) if row.running else need,
        words(row.where) if row.place is not Place.COMPUTER else "",
    )
    return " · ".join(part for part in parts if part)


def badges(row: OllamaRow, beside: Beside) -> tuple[Badge, ...]:
    """At most two: whether it is recommended, and whether it fits."""
    shown: list[Badge] = ["recommended"] if beside.is_advised and not row.installed else []
    fits = beside.memory_of(row).fits
    if fits != "unknown":
        shown.append("fits" if fits == "yes" else "tight" if fits == "tight" else "too-big")
    return tuple(shown)


def in_memory(running: Running) -> str:
    """How much it takes, and of which memory."""
    whole, on_card = Size(running.size_bytes), Size(running.vram_bytes)
    if on_card >= whole:
        return t("ollama_model.on_card", size=whole)
    if on_card > 0:
        return t("ollama_model.partly_on_card", size=whole, part=on_card)
    return t("ollama_model.on_processor", size=whole)


# -- a download


def bar(row: OllamaRow) -> Html:
    """How far a pull is, over all layers."""
    pull = row.pull
    assert pull is not None
    text = _how_far(pull)
    line = t("ollama_model.pulling_noting", share=text, note=pull.note) if pull.note and pull.total_bytes else text
    meter = h("progress", value=pull.percent, max=100, aria_label=row.name, aria_valuetext=text)
    return h("div", meter, h("p", line), id=bar_id(row), class_="model-progress")


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
    return problem_box(error) if error else None


# -- what can be done


def main_button(row: OllamaRow, beside: Beside, *, prefix: str = "") -> Html | None:
    """The one thing to do now. `prefix` keeps its id apart from the row's, where it stands in the sheet."""
    id = f"{prefix}{row.id}"
    if row.status == Status.DOWNLOADING:
        return row_button(id, t("ollama_model.pause"), "click:ollama:pause", row.name, icon_name="pause")
    if row.status in (Status.PAUSED, Status.FAILED):
        label = words(WAYS_ON[row.status])
        return row_button(id, label, "click:ollama:pull", row.name, icon_name="play") if beside.is_running else None
    if row.installed:
        return use_button(id, row.id, is_chosen=beside.is_chosen) if row.can_chat else None
    if beside.is_running:
        return row_button(id, t("ollama_model.download"), "click:ollama:pull", row.name, icon_name="download")
    return None


def gives_up(row: OllamaRow) -> tuple[str, str, str] | None:
    """Cancel or Delete, as the state has it: its label, its action, and what is asked first."""
    if row.status == Status.DOWNLOADING:
        return t("ollama_model.cancel"), "ollama:cancel", t("ollama_model.cancel_ask", model=row.name)
    if row.status in (Status.PAUSED, Status.FAILED):
        return t("ollama_model.cancel"), "ollama:cancel", ""
    if row.installed:
        ask = t("ollama_model.delete_ask", model=row.name, size=Size(row.size_bytes))
        return t("ollama_model.delete"), "ollama:delete", ask
    return None


def _aside(row: OllamaRow) -> tuple[Html, ...]:
    last = gives_up(row)
    if last is None:
        return ()
    label, action, ask = last
    name: Icon = "trash-2" if row.status == Status.READY else "x"
    return (aside_button(row.id, label, f"click:{action}", row.name, name, data_ask=ask or None),)


def menu_items(row: OllamaRow) -> list[Item]:
    """All that can be done, in the ⋯ menu."""
    shown = [Item(t("model_row.details"), "page:sheet", f"model/{row.id}", "info")]
    if row.running:
        shown.append(Item(t("ollama_model.unload"), "ollama:unload", row.name, "power"))
    shown.append(Item(t("ollama_model.copy_command"), "app:copy", pull_command(row.name), "copy"))
    if (last := gives_up(row)) is not None:
        label, action, ask = last
        shown.append(Item(label, action, row.name, "trash-2", is_danger=True, ask=ask))
    return shown
