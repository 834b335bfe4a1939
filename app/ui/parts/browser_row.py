"""A model of this browser as a row: what its row says, and the buttons that make sense now."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Changed, Corrupt, NeedsPermission, Refused
from app.core.html import Html, h
from app.core.texts import Gigabytes, Percent, Size, Text
from app.core.values import DeviceFacts, EngineName, Model
from app.models.device.room import GB, room_bytes
from app.models.engines.browser_engine import Loaded
from app.models.engines.choice import needs_webgpu, why_not
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.icons import Icon
from app.ui.parts.about import about_model
from app.ui.parts.advice import advised
from app.ui.parts.badge import Badge, fit
from app.ui.parts.controls import problem_box
from app.ui.parts.gpu import GpuShown, gpu_note, gpu_shown
from app.ui.parts.loading import in_memory, ran_on
from app.ui.parts.menu import Item, menu
from app.ui.parts.model_row import aside_button, model_row, row_button, sign, status, use_button
from app.ui.parts.progress import bar_id, row_progress
from app.ui.parts.status import WAYS_ON, WORDS, status_kind
from app.ui.words import t, words


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a model beside its row: whether it answers, where it stands on its way into memory (None: not
    in it), its engine, how fast it writes here in tokens per second (0 not measured), whether it is recommended, and
    what is decided about the graphics processor (None: nothing)."""

    is_chosen: bool = False
    loaded: Loaded | None = None
    picked: EngineName | None = None
    has_pickers: bool = False
    speed: float = 0.0
    is_advised: bool = False
    gpu: GpuShown | None = None


def all_shown(session: Session, rows: tuple[Row, ...]) -> list[tuple[Row, Shown]]:
    """These rows, each with what its article says besides."""
    chosen, loaded, visit = session.state.usual().id, session.state.loaded(), session.state.visit
    speeds, advice, facts = session.state.speeds(), advised(session), session.state.machine()

    def shown(model: Model) -> Shown:
        said = speeds.get(model.id, 0.0), model.id in advice
        here = loaded if loaded and loaded.model_id == model.id else None
        gpu = gpu_shown(session, model, facts)
        return Shown(model.id == chosen, here, session.state.engine_of(model), visit.has_pickers, *said, gpu)

    return [(row, shown(row.model)) for row in rows]


def model_article(row: Row, shown: Shown, facts: DeviceFacts | None) -> Html:
    """The row."""
    model = row.model
    bar = row_progress(row, bar_id(row)) if row.is_busy else None
    state = status_of(row, shown.loaded, is_hidden=bar is not None)
    is_said = row.status in SAID or _is_loading(shown)
    return model_row(
        model.id,
        model.name,
        sign=_sign(row, shown),
        status=state,
        about=None if bar or is_said else about_line(model),
        badges=badges(row, shown, facts),
        speed=shown.speed,
        size_bytes=model.size_bytes,
        main=main_button(row, shown, warning(model, facts)),
        aside=_aside(row),
        menu=menu(f"menu-{model.id}", t("models_page.menu", model=model.name), *menu_items(row, shown)),
        progress=bar,
        problem=problem(row, shown),
        is_active=row.is_ready and shown.is_chosen,
    )


SAID = (Status.PAUSED, Status.DAMAGED, Status.FAILED)  # states that are the second line


def _is_loading(shown: Shown) -> bool:
    return shown.loaded is not None and shown.loaded.state == "loading"


def _sign(row: Row, shown: Shown) -> Html:
    share = Percent.of(row.done_bytes, row.model.size_bytes)
    if row.is_busy or row.status == Status.PAUSED:
        return sign("ring", row.model.id, share)
    if row.status in SAID:
        return sign("problem")
    if _is_loading(shown):
        return sign("ring", row.model.id)
    if row.is_ready:
        return sign("active" if shown.is_chosen else "here")
    return sign("away")


def about_line(model: Model) -> str:
    """The same, and what it needs."""
    kind = t("models_page.embedding") if model.can_embed else t("models_page.reranking") if model.can_rank else ""
    need = t("models_page.needs", size=Size(model.ram_bytes)) if model.ram_bytes else ""
    return " · ".join(part for part in (kind, about_model(model), need) if part)


def badges(row: Row, shown: Shown, facts: DeviceFacts | None) -> tuple[Badge, ...]:
    """Two at most: what is wrong, else whether it is recommended and how it fits. `facts` has the memory that the
    person says there is."""
    model, found = row.model, list[Badge]()
    if row.status == Status.DAMAGED:
        found.append("damaged")
    elif shown.is_advised and not row.is_ready:
        found.append("recommended")
    if facts and needs_webgpu(model, facts):
        found.append("needs-webgpu")
    elif facts and why_not(model, facts):
        found.append("too-big")
    elif facts and (kind := fit(model.ram_bytes, room_bytes(facts) / GB)):
        found.append(kind)
    return tuple(found)


def status_of(row: Row, loaded: Loaded | None, *, is_hidden: bool = False) -> Html:
    """One status from the fixed list, and what there is to add."""
    notes, word = list[str](), WORDS[row.status]
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
    is_loading = row.is_ready and loaded is not None and loaded.state == "loading"
    word = Text("progress.loading") if is_loading else word
    is_quiet = is_hidden or not (row.is_busy or row.status in SAID or is_loading)
    return status(word, status_kind(row.status), *notes, is_hidden=is_quiet)


def problem(row: Row, shown: Shown) -> Html | None:
    """Why it does not go on, and what to do; or why the graphics processor is not used."""
    error = row.problem
    if error is None:
        return gpu_note(row.model, shown.gpu) if shown.gpu and row.is_ready else None
    token = isinstance(error, Refused) and error.needs_token
    link = h("a", t("models_page.enter_token"), href="#/settings/advanced/tokens") if token else None
    return problem_box(error, " ", link)


def warning(model: Model, facts: DeviceFacts | None) -> str:
    """What is said before a download or a use: no engine can run it here, or it wants more memory than there is."""
    if facts and (why := why_not(model, facts)):
        return t("models_page.cannot_run", model=model.name, why=why)
    if not facts or not facts.memory_gb or model.ram_bytes <= room_bytes(facts):
        return ""
    name, size, memory = model.name, Size(model.ram_bytes), Gigabytes(facts.memory_gb)
    if facts.is_mobile:
        return t("models_page.wants_more_than_a_page", model=name, size=size, room=Size(room_bytes(facts)))
    return t("models_page.wants_more", model=name, size=size, memory=memory)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked before something is done, and how to say no."""

    ask: str | None = None
    no: str | None = None


def main_button(row: Row, shown: Shown, warned: str = "", place: str = "") -> Html | None:
    """The one thing to do now. A `warned` is said before a download or a use, and then the person decides; `place`
    makes its element's id another one."""
    id, key = row.model.id, place + row.model.id
    asked = Asked(warned, t("models_page.not_now")) if warned else Asked()
    if isinstance(row.problem, NeedsPermission):
        return row_button(key, t("models_page.allow_reading"), "click:models:allow", id)
    if row.is_ready:
        if not row.model.can_chat:
            return None
        return use_button(key, id, is_chosen=shown.is_chosen, data_ask=asked.ask, data_no=asked.no)
    if row.is_busy:
        return _busy_button(row, key)
    return _way_on(row, key, asked) if row.model.can_be_fetched else None


def _busy_button(row: Row, key: str) -> Html | None:
    id = row.model.id
    if row.status == Status.IMPORTING:
        return None if row.is_elsewhere else row_button(key, t("models_page.cancel"), "click:models:cancel-import", id)
    if row.status == Status.VERIFYING:
        return row_button(key, t("models_page.cancel"), "click:models:pause", id)
    return row_button(key, t("models_page.pause"), "click:models:pause", id, icon_name="pause")


def _way_on(row: Row, key: str, asked: Asked) -> Html:
    """What can be done with a model that has an address and is not here, or not whole."""
    id = row.model.id
    if row.status == Status.DAMAGED and isinstance(row.problem, Corrupt) and row.problem.chunks:
        return row_button(key, t("models_page.repair"), "click:models:repair", id)
    if row.status == Status.DAMAGED or isinstance(row.problem, Changed):
        return row_button(key, t("models_page.start_again"), "click:models:restart", id, data_ask=_again(row))
    label = words(WAYS_ON.get(row.status, Text("models_page.download")))
    if row.status != Status.NOT_DOWNLOADED:
        return row_button(key, label, "click:models:download", id, icon_name="play")
    on = "click:models:download"
    return row_button(key, label, on, id, icon_name="download", data_ask=asked.ask, data_no=asked.no)


def _again(row: Row) -> str:
    return t("models_page.start_again_ask", model=row.model.name, size=Size(row.stored_bytes))


def _giving_up(row: Row) -> tuple[str, str] | None:
    """Cancel or Delete, as the state has it: label, and what is asked first ("" for nothing)."""
    name, kept = row.model.name, Size(row.stored_bytes)
    if row.is_busy:
        if row.status != Status.DOWNLOADING or row.is_elsewhere:
            return None
        ask = t("models_page.cancel_ask", model=name) if row.stored_bytes else ""
        return t("models_page.cancel"), ask
    if row.status == Status.PAUSED:
        ask = t("models_page.cancel_paused_ask", model=name, size=kept) if row.stored_bytes else ""
        return t("models_page.cancel"), ask
    if row.is_linked:
        return t("models_page.delete"), t("models_page.delete_linked_ask", model=name)
    if row.stored_bytes:
        return t("models_page.delete"), t("models_page.delete_ask", model=name, size=kept)
    return (t("models_page.cancel"), "") if row.status == Status.FAILED else None


def _aside(row: Row) -> tuple[Html, ...]:
    found = _giving_up(row)
    if found is None:
        return ()
    label, ask = found
    is_delete = bool(ask) and not (row.is_busy or row.status == Status.PAUSED)
    sign_name: Icon = "trash-2" if is_delete else "x"
    return (aside_button(row.model.id, label, "click:models:delete", row.model.id, sign_name, data_ask=ask or None),)


def menu_items(row: Row, shown: Shown) -> list[Item]:
    """All that can be done, in the ⋯ menu."""
    id, found = row.model.id, [Item(t("model_row.details"), "page:sheet", f"model/{row.model.id}", "info")]
    if shown.loaded is not None:
        found.append(Item(t("models_page.unload"), "models:unload", id, "power"))
    return [*found, *with_file(row)]


def with_file(row: Row) -> list[Item]:
    """What can be done with a model's file, in its menu and in its sheet."""
    id, found = row.model.id, list[Item]()
    if row.is_ready or (row.status == Status.DAMAGED and isinstance(row.problem, Corrupt)):
        found.append(Item(t("models_page.verify"), "models:verify", id, "shield-check"))
    has_other_way = not isinstance(row.problem, Changed)
    if row.model.can_be_fetched and row.status == Status.FAILED and row.stored_bytes and has_other_way:
        found.append(Item(t("models_page.start_again"), "models:restart", id, "refresh-cw", ask=_again(row)))
    if row.is_ready:
        found.append(Item(t("models_page.save"), "models:save", id, "hard-drive"))
    if (last := _giving_up(row)) is not None:
        label, ask = last
        found.append(Item(label, "models:delete", id, "trash-2", is_danger=True, ask=ask))
    return found
