"""How documents are found by meaning: one quiet line in the Library, its questions, and the sheet with the models.

meaning_line(session)                       # <section id="meaning">
meaning_sheet(session)                      # what `page:sheet` opens as "meaning"
"""

from __future__ import annotations

from collections.abc import Iterator

from app.core.html import Html, h
from app.core.texts import Seconds, Size, Text, in_a_row
from app.core.values import Model
from app.models.store.rows import Row
from app.session import Session
from app.session.meaning import Asking
from app.session.vector_queue import Making
from app.study.library.meaning import OFF, Consent
from app.ui.parts.about import languages_of
from app.ui.parts.controls import button, typed_input
from app.ui.parts.setting import card, switch
from app.ui.parts.sheet import sheet
from app.ui.words import t, words

LINE = "meaning"  # the id of the line and its questions
FOREIGN = 0.2  # from this share of passages in other languages on it is said


def meaning_line(session: Session) -> Html:
    """How far it is; nothing in a library without words."""
    model, making = session.meaning.model(), session.meaning.making()
    if not any(one.has_text for one in session.library.documents().values()):
        return h("section", id=LINE, hidden=True)
    told = t("meaning.line", model=model.name) if model else t("meaning.off")
    parts = [told, *(_progress(making) if model else ())]
    label = t("meaning.choose_label")
    change = _link(t("meaning.choose"), "page:sheet", "meaning", aria_label=label, title=label)
    best = _link(t("best.title"), "page:sheet", "best/", id="best-open")
    line = h("p", h("span", " · ".join(parts)), _action(making) if model else None, change, best, class_="meaning-line")
    problem = making.problem if model and making.state == "failed" else None
    told_problem = h("p", words(in_a_row(problem.message, problem.cure)), role="status") if problem else None
    cards = (_asking(session, one) for one in session.meaning.asking())
    foreign = _foreign(model, making) if model else None
    sent = (_sent(session, model, one) for one in session.meaning.sent(model)) if model else ()
    return h("section", line, told_problem, foreign, *cards, *sent, id=LINE, aria_label=t("meaning.region"))


def _progress(making: Making) -> Iterator[str]:
    """How many passages there are, and what goes on with those that lack a vector."""
    if making.made < making.total:
        yield t("meaning.counted", made=making.made, total=making.total)
    elif making.total:
        yield t("meaning.all_made", total=making.total)
    if making.state == "making":
        if making.rate:
            yield t("meaning.rate", rate=round(making.rate) if making.rate >= 10 else round(making.rate, 1))
        left = making.seconds_left
        if 90 <= left < 3600:  # the seconds of a guess are none
            yield t("meaning.left_minutes", minutes=round(left / 60))
        elif left >= 1:
            yield t("meaning.left", seconds=Seconds(left))
    elif making.state != "done" and making.made < making.total:
        yield t("meaning.paused") if making.state == "paused" else t("meaning.waiting")


def _action(making: Making) -> Html | None:
    """The button for what can be done with it now."""
    if making.state == "failed":
        return _link(t("meaning.again"), "meaning:resume", id="meaning-go")
    if making.made >= making.total:
        return None
    if making.state == "paused":
        return _link(t("meaning.resume"), "meaning:resume", id="meaning-go")
    return _link(t("meaning.pause"), "meaning:pause", id="meaning-go")


def _link(label: str, action: str, arg: str = "", **more: str) -> Html:
    """A button that looks like the words beside it."""
    return h("button", label, type="button", class_="link", data_on=f"click:{action}", data_arg=arg, **more)


def _foreign(model: Model, making: Making) -> Html | None:
    """That many passages are in a language that the model was not made for."""
    known = model.card.languages
    others = sum(count for language, count in making.languages if language and language not in known)
    if not known or model.card.language_count > len(known) or others < FOREIGN * max(making.total, 1):
        return None
    told = t("meaning.foreign", model=model.name, languages=languages_of(model), count=others)
    return h("p", told, " ", _link(t("meaning.show_models"), "page:sheet", "meaning"), class_="note")


def _asking(session: Session, asking: Asking) -> Html:
    """May the texts of a notebook be sent?"""
    notebook, where = session.library.notebooks().get(asking.notebook), receiver(asking.model)
    title = t("meaning.ask", notebook=notebook.name, where=where) if notebook else t("meaning.ask_none", where=where)
    size, count = Size(asking.size_bytes), asking.documents
    about = t("meaning.ask_about", model=asking.model.name, count=count, size=size)
    send = {"type": "button", "class_": "primary", "data_on": "click:meaning:send", "data_arg": asking.notebook}
    return h(
        "div",
        h("p", h("strong", title), " ", about),
        h(
            "div",
            h("button", t("meaning.send"), **send),
            button(t("meaning.here"), "click:meaning:here", asking.notebook),
            class_="actions",
        ),
        class_="library-newer",
        role="group",
        aria_label=title,
    )


def _sent(session: Session, model: Model, given: Consent) -> Html:
    """Texts of a notebook are sent, until the person says otherwise."""
    notebook, where = session.library.notebooks().get(given.id), receiver(model)
    told = t("meaning.sent", notebook=notebook.name, where=where) if notebook else t("meaning.sent_none", where=where)
    label = t("meaning.withdraw")
    return h("p", told, " ", _link(label, "meaning:withdraw", given.id, aria_label=f"{label}: {told}"), class_="note")


def meaning_sheet(session: Session) -> Html:
    """The models that can do it, and whether the best passages are put in order."""
    chosen, bundled = session.meaning.model(), session.meaning.bundled()
    rows = [_option(OFF, t("meaning.none"), t("meaning.none_about"), is_on=chosen is None)]
    for model, missing in _models(session, chosen):
        value = "" if bundled and model.id == bundled.id else model.id
        is_on = chosen is not None and model.id == chosen.id
        option = _option(value, model.name, _about(model, missing), is_on=is_on, is_off=missing is not None)
        rows.append(h("div", option, _download(missing), class_="meaning-option") if missing else option)
    models = h("fieldset", h("legend", t("meaning.models")), *rows, class_="persona-list")
    more = h("p", h("a", t("meaning.more"), href="#/models/discover"))
    return sheet(t("meaning.title"), h("p", t("meaning.about")), models, more, _rank(session), _server(session))


def receiver(model: Model) -> str:
    """Who gets the texts: "OpenAI", not "sent to OpenAI"."""
    where = model.where
    named = [str(value) for _, value in where.values] if isinstance(where, Text) else []
    return named[0] if named else words(where)


def _models(session: Session, chosen: Model | None) -> Iterator[tuple[Model, Row | None]]:
    """Each, with its row where it must be downloaded before it can be chosen."""
    state, seen = session.state, set[str]()
    for row in state.rows_at_rest():
        if row.model.can_embed:
            seen.add(row.model.id)
            yield row.model, None if row.can_answer else row
    server = state.ollama()
    for found in server.rows if server else ():
        if found.installed and found.can_embed:
            seen.add(found.id)
            yield found.as_model(), None
    if chosen and chosen.id not in seen:
        yield chosen, None


def _download(row: Row) -> Html:
    """What its row offers in the list of models."""
    if row.is_busy:
        return h("small", t("meaning.downloading"))
    label = t("meaning.download_named", model=row.model.name)
    return button(t("meaning.download"), "click:models:download", row.model.id, aria_label=label)


def _about(model: Model, missing: Row | None) -> str:
    """Where it runs and what it reads."""
    where = t("meaning.leaves", where=receiver(model)) if model.leaves_device else t("meaning.on_device")
    download = t("meaning.download_first", size=Size(model.size_bytes)) if missing else ""
    return " · ".join(part for part in (download or where, languages_of(model)) if part)


def _option(value: str, name: str, about: str, *, is_on: bool, is_off: bool = False) -> Html:
    id = f"meaning-{value or 'bundled'}"
    box = h(
        "input",
        type="radio",
        name="meaning",
        value=value,
        checked=is_on,
        disabled=is_off,
        data_on="change:meaning:model",
        aria_describedby=f"{id}-about",
        id=id,
    )
    told = h("small", about, id=f"{id}-about", aria_hidden="true")
    return h("label", box, h("span", h("strong", name), told), dir="auto", id=f"{id}-row")


def _server(session: Session) -> Html | None:
    """A model that no list has, by its name at a service: those list what can chat."""
    if not session.state.cloud() and not session.state.are_keys_known():
        return None
    services = [one for one in session.cloud.services() if one.is_set_up and one.dialect == "openai"]
    if not services:
        return None
    options = (h("option", one.name, value=one.id) for one in services)
    label = t("meaning.server_model")
    return h(
        "form",
        h("h3", t("meaning.other_server")),
        _field("meaning-service", t("meaning.service"), h("select", *options, name="service", id="meaning-service")),
        _field("meaning-server", label, typed_input("name", "meaning-server", "text-embedding-3-small")),
        h("div", h("button", t("meaning.use"), type="submit"), class_="actions"),
        data_on="submit:meaning:server",
        id="meaning-form",
    )


def _field(id: str, label: str, control: Html) -> Html:
    return h("div", h("label", label, for_=id), control, class_="sheet-field")


def _rank(session: Session) -> Html | None:
    """A reranking model that is here may put the best passages in order."""
    model = session.searching.ranker()
    if model is None:
        return None
    about, is_on = t("meaning.rank_about", model=model.name), session.state.settings().reranks
    return card(switch("meaning-rank", t("meaning.rank"), "meaning:rank", is_on, about=about))
