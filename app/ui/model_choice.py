"""The models that somebody can pick, by where they run: for the dialog of the model button and for lists in Settings.

    for group in groups(session, chosen): ...         # Group("Ollama", (Entry("ollama:llama3.2:1b", …), …))
    options(session, chosen, "default")               # the same as <option>s

What cannot be used stays visible and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.places import ModelRef, Place
from app.core.texts import Size, Speed, Text, TextOrWords
from app.core.values import Model
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.icons import Icon
from app.ui.words import t, words

MOST = 50  # models of this browser in one list, if some of them are only listed
WHY_NOT: Mapping[Status, Text] = {
    Status.NOT_DOWNLOADED: Text("shell.not_here_yet"),
    Status.DOWNLOADING: Text("shell.downloading"),
    Status.PAUSED: Text("shell.paused"),
    Status.IMPORTING: Text("shell.importing"),
    Status.VERIFYING: Text("shell.verifying"),
    Status.DAMAGED: Text("shell.damaged"),
    Status.FAILED: Text("shell.failed"),
}
SIGNS: Mapping[Place, Icon] = {Place.BROWSER: "laptop", Place.COMPUTER: "server", Place.NETWORK: "server"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One model. `facts` are its size, its measured speed and where words go; `why_not` is empty where it can be used,
    and `cure` the address of the page that helps where it cannot."""

    id: str
    name: str
    facts: tuple[str, ...]
    sign: Icon
    why_not: str = ""
    cure: str = ""

    @property
    def about(self) -> str:
        """What stands beside the name."""
        return " · ".join(self.facts)


@dataclass(frozen=True, slots=True)
class Group:
    """Models of one place; Automatic has no label."""

    label: str
    entries: tuple[Entry, ...]


def groups(session: Session, chosen: str, *, is_whole: bool = False) -> tuple[Group, ...]:
    """Every model that can chat, Automatic first; of a long catalogue only those that are here, unless it is to be
    whole."""
    state = session.state
    rows = state.shelf.chat_rows
    if len(rows) > MOST and not is_whole:
        rows = tuple(row for row in rows if row.can_answer or row.model.id == chosen)
    installed = state.shelf.of("ollama")
    if ModelRef.parse(chosen).provider == "ollama" and chosen not in [model.id for model in installed]:
        named = state.shelf.named(chosen)
        installed = (*installed, named) if named else installed
    found = (
        Group(
            "",
            tuple(
                Entry(model.id, model.name, (words(model.best_for),), "route") for model in state.shelf.of("automatic")
            ),
        ),
        Group(t("shell.in_this_browser"), tuple(_of_browser(session, row) for row in rows)),
        Group(t("shell.ollama"), tuple(_of_server(session, model, chosen, "#/models") for model in installed)),
        Group(
            t("shell.cloud"),
            tuple(_of_server(session, one, chosen, "#/settings/connections") for one in state.shelf.of("cloud")),
        ),
    )
    return tuple(group for group in found if group.entries)


def choosing(session: Session) -> str:
    """The action that lets a model answer in the open chat: in that one alone where it has one of its own."""
    return "options:model" if session.state.chat().model_id else "models:choose"


def options(session: Session, chosen: str, place: str) -> list[Html]:
    """The same for a `select`. `place` makes the options' ids."""
    found: list[Html] = []
    for group in groups(session, chosen):
        made = [_option(entry, chosen, place) for entry in group.entries]
        found += [h("optgroup", *made, label=group.label)] if group.label else made
    return found


def _option(entry: Entry, chosen: str, place: str) -> Html:
    return h(
        "option",
        t("shell.option", model=entry.name, what=entry.about),
        value=entry.id,
        selected=entry.id == chosen,
        disabled=bool(entry.why_not) and entry.id != chosen,
        id=f"{place}-{entry.id}",
    )


def _of_browser(session: Session, row: Row) -> Entry:
    model, why_not = row.model, "" if row.can_answer else words(WHY_NOT[row.status])
    return Entry(model.id, model.name, _facts(session, model, why_not or model.where), sign(model), why_not, "#/models")


def _of_server(session: Session, model: Model, chosen: str, cure: str) -> Entry:
    """One that cannot be reached says why."""
    if session.state.chat().is_private and model.leaves_device:
        why_not, cure = t("shell.private"), ""
    else:
        why_not = words(session.switching.why_not(model) or "")
    return Entry(model.id, model.name, _facts(session, model, why_not or model.where), sign(model), why_not, cure)


def _facts(session: Session, model: Model, where: TextOrWords) -> tuple[str, ...]:
    size = words(Size(model.size_bytes)) if model.size_bytes else ""
    parts = (size, speed_here(session.state.speeds().get(model.id, 0.0)), words(where))
    return tuple(part for part in parts if part)


def sign(model: Model) -> Icon:
    """The icon of the place where a model runs."""
    return "route" if model.provider == "automatic" else SIGNS.get(model.place, "cloud")


def speed_here(tokens_per_second: float) -> str:
    """What was measured on this device, "" where nothing was."""
    return t("shell.speed_here", speed=Speed(tokens_per_second)) if tokens_per_second else ""
