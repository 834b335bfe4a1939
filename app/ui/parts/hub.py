"""`region "Hugging Face Hub"` in Discover: what a search has found, and the models of one repository."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Refused
from app.core.html import Html, h, join
from app.core.texts import Size
from app.core.values import DeviceFacts
from app.models.hub.answers import Repository
from app.models.hub.hub import BASE, HubPage, Opened
from app.models.hub.offers import HubOffer
from app.models.store.rows import Row
from app.session import Session
from app.session.hub import HubShown
from app.ui.icons import icon
from app.ui.parts.badge import Badge, badge
from app.ui.parts.browser_row import Shown, all_shown, badges, main_button, warning
from app.ui.parts.controls import icon_button, outside, problem_box
from app.ui.parts.model_row import group_head, sign
from app.ui.parts.model_sheet import device_facts
from app.ui.parts.sources import token_form
from app.ui.parts.status import WORDS
from app.ui.words import t, words

TOKENS, HOST = f"{BASE}/settings/tokens", BASE.removeprefix("https://")


def hub_region(session: Session) -> Html:
    """All that is shown of the Hub."""
    shown = session.state.hub() or HubShown()
    opened, page = shown.opened, shown.page
    return h(
        "section",
        _head(shown),
        h("p", _news(shown), role="status", class_="visually-hidden" if page and not shown.busy else "hub-news"),
        _problem(session, shown),
        _opened(session, opened, shown) if opened else _found(page, shown) if page else None,
        aria_label=t("hub.title"),
        aria_busy="true" if shown.busy else None,
        id="hub",
    )


def _head(shown: HubShown) -> Html:
    close = icon_button("x", t("hub.close"), "click:hub:close", id="hub-close")
    if shown.opened is None or shown.page is None:
        return group_head(t("hub.group"), "hub-title", close)
    back = h(
        "button",
        icon("chevron-left"),
        h("span", t("hub.back")),
        type="button",
        class_="quiet with-icon",
        data_on="click:hub:back",
        id="hub-back",
    )
    return group_head(t("hub.group"), "hub-title", h("span", back, close, class_="hub-ways"))


def _news(shown: HubShown) -> str:
    """What a screen reader hears, and everybody sees while the Hub is asked."""
    if shown.busy:
        return t("hub.opening") if shown.busy == "open" else t("hub.searching")
    if shown.opened or shown.page is None:
        return ""
    return t("hub.found", count=len(shown.page.repositories)) if shown.page.repositories else t("hub.none_found")


def _problem(session: Session, shown: HubShown) -> Html | None:
    error = shown.problem
    if error is None:
        return None
    has_form = shown.opened is not None and shown.opened.repository.is_gated  # above its files
    wants_token = isinstance(error, Refused) and error.needs_token and not has_form
    return h("div", problem_box(error), _token(session) if wants_token else None)


# -- what was found


def _found(page: HubPage, shown: HubShown) -> Html:
    if not page.repositories:
        return h("p", t("hub.none_found"), class_="none")
    more = h("button", t("hub.more"), type="button", class_="secondary", data_on="click:hub:more", id="hub-more")
    rows = (_repository(one) for one in page.repositories)
    listed = h("div", *rows, class_="models", id="hub-list")
    return join(listed, h("p", more, class_="hub-more") if page.more and not shown.busy else None)


def _repository(found: Repository) -> Html:
    """A repository is no model: its sign is another one."""
    open_it = h(
        "button", t("hub.files"), type="button", data_on="click:hub:open", data_arg=found.id, id=f"hub-open-{found.id}"
    )
    gated: tuple[Badge, ...] = ("gated",) if found.is_gated else ()
    return _row(found.id, found.id, h("span", icon("box"), class_="sign"), gated, _facts(found), open_it)


def _row(
    key: str, name: str, mark: Html, shown: Sequence[Badge], about: str, button: Html | None, size: str = ""
) -> Html:
    """A repository, or a model of one; `key` makes its elements' ids. It looks like a model's row, and has no sheet."""
    return h(
        "article",
        mark,
        h("div", h("h3", name, id=f"hub-name-{key}"), *(badge(one) for one in shown), class_="model-name"),
        h("div", h("span", about, class_="about"), class_="model-line"),
        h("span", size, class_="model-size") if size else None,
        h("div", button, class_="actions"),
        class_="model-row",
        id=f"hub-{key}",
        aria_labelledby=f"hub-name-{key}",
    )


def _facts(found: Repository) -> str:
    counts = t("hub.downloads", count=found.downloads), t("hub.likes", count=found.likes)
    return " · ".join((*counts, found.licence or t("hub.no_licence")))


# -- one repository


def _opened(session: Session, opened: Opened, shown: HubShown) -> Html:
    repository, facts = opened.repository, device_facts(session)
    link = outside(repository.id, f"{BASE}/{repository.id}")
    offers = [_offer(session, opened, one, facts, shown) for one in opened.offers]
    notes = h("p", t("hub.by_name"), " ", t("hub.checked", revision=repository.revision[:8]), class_="note")
    return join(
        h("h3", link, id="hub-repository", tabindex=-1),
        h("p", _facts(repository), class_="hub-facts"),
        _gate(session, opened) if repository.is_gated else None,
        _eyes(opened, shown),
        h("div", *offers, class_="models", id="hub-list") if offers else h("p", t("hub.no_models"), class_="none"),
        notes if offers else None,
    )


def _gate(session: Session, opened: Opened) -> Html:
    """Where to accept a repository's terms, and the token of somebody who has."""
    page = f"{BASE}/{opened.repository.id}"
    told = h("p", t("hub.gated"), " ", outside(t("hub.accept"), page))
    return h("div", told, _token(session), class_="hub-gate")


def _eyes(opened: Opened, shown: HubShown) -> Html | None:
    """Whether a model's part that sees comes along."""
    eyes = opened.projector
    if eyes is None or not any(one.can_see_with_more for one in opened.offers):
        return None
    box = h("input", type="checkbox", role="switch", checked=shown.sees, data_on="change:hub:see", id="hub-eyes")
    told = t("hub.eyes", file=eyes.name, size=Size(eyes.size_bytes))
    return h("label", box, h("span", told), class_="hub-eyes")


def _token(session: Session) -> Html:
    return join(
        h("p", t("hub.token"), " ", outside(t("hub.get_token"), TOKENS)),
        token_form(HOST, is_set=HOST in session.state.token_hosts()),
    )


def _offer(session: Session, opened: Opened, offer: HubOffer, facts: DeviceFacts | None, shown: HubShown) -> Html:
    path, model = offer.files[0].path, session.hub.model_of(opened, offer)
    row, is_model = session.hub.row_of(model), not offer.is_projector and offer.is_whole
    known, is_busy = row.model if row else model, path in shown.adding
    fits = badges(Row(known), Shown(), facts) if is_model else ()
    button = _button(session, row, path, warning(known, facts), is_busy=is_busy) if is_model else None
    mark, size = sign("here" if row and row.is_ready else "away"), words(Size(model.size_bytes))
    return _row(path, offer.name, mark, fits, _about(offer, row), button, size)


def _about(offer: HubOffer, row: Row | None) -> str:
    """How it was quantised, in how many parts it comes, and why it can't be had."""
    parts = [t("hub.quantised", type=offer.quantisation) if offer.quantisation else ""]
    if offer.is_projector:
        parts.append(t("hub.projector"))
    elif not offer.is_whole:
        parts.append(t("hub.parts_missing", count=len(offer.files)))
    elif len(offer.files) > 1:
        parts.append(t("hub.parts", count=len(offer.files)))
    if row:
        parts.append(words(WORDS[row.status]))
    return " · ".join(part for part in parts if part)


def _button(session: Session, row: Row | None, path: str, warned: str, *, is_busy: bool) -> Html | None:
    """Download it; of what is listed already, the button of its row."""
    if row is not None:
        [(_, beside)] = all_shown(session, (row,))
        return main_button(row, beside, warned, "hub-")
    return h(
        "button",
        icon("download"),
        h("span", t("hub.looking") if is_busy else t("models_page.download")),
        type="button",
        class_="with-icon",
        disabled=is_busy,
        data_on="click:hub:add",
        data_arg=path,
        data_ask=warned or None,
        data_no=t("models_page.not_now") if warned else None,
        id=f"hub-add-{path}",
    )
