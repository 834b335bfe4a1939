"""`region "Browser models"`: which models it lists, its head, and what was not used for long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.texts import Size
from app.models.engines.choice import why_not
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.parts.about import about_model
from app.ui.parts.advice import advised
from app.ui.parts.controls import search_field
from app.ui.parts.model_row import group_head
from app.ui.words import t

ROADMAP = ("gemma-3-270m", "gemma-3n-e2b", "gemma-3n-e4b")  # always on the list, as the roadmap draws it
MOST_ADVISED = 5
MOST_ADDED = 24  # models of added catalogues that the first tab lists; Discover lists them all


def is_here(row: Row) -> bool:
    """Whether it is on this device, or under way, or something of it is."""
    return row.status != Status.NOT_DOWNLOADED or bool(row.stored_bytes)


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """What is on this device first, then what is under way."""
    return tuple(sorted(rows, key=lambda row: 0 if row.is_ready else 1 if is_here(row) else 2))


def on_device(session: Session) -> tuple[Row, ...]:
    """Installed and under way, the roadmap's three, the recommended ones, and what the person has added."""
    rows, recommended = session.state.rows(), advised(session)
    added = session.model_sources.added
    few = [row.model.id for row in rows if row.model.id in recommended and not is_here(row)][:MOST_ADVISED]
    own = [row.model.id for row in rows if row.model.id in added and not is_here(row)][:MOST_ADDED]
    shown = {*ROADMAP, *few, *own}
    return ordered(row for row in rows if is_here(row) or row.model.is_bundled or row.model.id in shown)


def discovered(session: Session) -> tuple[Row, ...]:
    """What is not on this device, as far as it is looked for."""
    state, facts = session.state, session.state.machine()
    wanted, chips = state.discover_words().casefold().split(), state.discover_chips()
    kinds = chips & {"chat", "code", "embedding", "rerank"}

    def is_shown(row: Row) -> bool:
        text = f"{row.model.name} {about_model(row.model)}".casefold()
        has_kind = not kinds or row.model.kind in kinds
        fits = "fits" not in chips or facts is None or not why_not(row.model, facts)
        return not row.is_ready and has_kind and fits and all(word in text for word in wanted)

    return tuple(row for row in state.rows() if is_shown(row))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the articles of the region."""

    head: Html
    none: Html | None
    tidy: Html | None


def frame(session: Session, rows: Sequence[Row]) -> Frame:
    """The frame of these rows' articles."""
    used = sum(row.stored_bytes for row in rows if row.is_ready and not row.is_linked)
    head = group_head(
        t("models_page.browser_group"),
        "browser-title",
        h("span", t("models_page.used", size=Size(used))) if used else None,
    )
    none = None if rows else h("p", t("models_page.nothing_found"), class_="none")
    return Frame(head, none, tidy(session))


def browser_region(around: Frame, articles: Sequence[Html]) -> Html:
    """The region."""
    return h(
        "section",
        around.head,
        h("div", *articles, class_="models", id="browser-list"),
        around.none,
        around.tidy,
        aria_label=t("models_page.browser_models"),
        id="browser-models",
    )


def tidy(session: Session) -> Html | None:
    """What nobody has used for a month, and what deleting it would free."""
    unused = session.models.unused()
    if not unused:
        return None
    whole = Size(sum(row.stored_bytes for row in unused))
    ask = t("models_page.clean_up_ask", count=len(unused), size=whole)
    rows = (h("li", t("models_page.model_of", model=row.model.name, size=Size(row.stored_bytes))) for row in unused)
    button = h("button", t("models_page.delete_all"), type="button", data_on="click:models:delete-unused", data_ask=ask)
    summary = h("summary", t("models_page.clean_up", size=whole))
    return h("details", summary, h("ul", *rows), button, id="browser-tidy", class_="tidy")


def finder(session: Session) -> Html:
    """The search and the filters of Discover."""
    state = session.state
    kinds = {row.model.kind for row in state.rows() if not row.is_ready}
    labels = {
        "chat": t("models_page.chip_chat"),
        "code": t("models_page.chip_code"),
        "embedding": t("models_page.chip_embedding"),
        "rerank": t("models_page.chip_rerank"),
    }
    chips: list[tuple[str, str]] = (
        [(kind, label) for kind, label in labels.items() if kind in kinds] if len(kinds) > 1 else []
    )
    chips.append(("fits", t("models_page.chip_fits")))
    on, words = "input:models:search", state.discover_words()
    field = search_field("discover-words", t("models_page.find"), on, value=words, name="words")
    ask = h("button", t("models_page.search_hub"), type="submit", class_="secondary")
    form = h("form", field, ask, data_on="submit:hub:search", id="discover-form")
    return h("div", form, *(_chip(kind, label, kind in state.discover_chips()) for kind, label in chips), id="finder")


def _chip(kind: str, label: str, is_on: bool) -> Html:
    return h(
        "button",
        label,
        type="button",
        class_="chip",
        aria_pressed="true" if is_on else "false",
        data_on="click:models:filter",
        data_arg=kind,
        id=f"chip-{kind}",
    )
