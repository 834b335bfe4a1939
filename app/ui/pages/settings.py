"""The Settings page: an index with a search, and one section at a time, each with its own address."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.html import Html, h, join
from app.session import Session
from app.session.state import Section
from app.ui.drawn import drawn
from app.ui.icons import icon
from app.ui.parts.controls import search_field
from app.ui.settings.sections import SECTIONS, Found, address, found
from app.ui.words import t, words

INDEX, SECTION, TITLE = "settings-list", "settings-section", "settings-title"  # ids of elements


def settings_page(session: Session, listed: Html, shown: Html) -> Html:
    """The whole page, of its `index` and the section that is on show."""
    return h(
        "section",
        h("h1", t("settings.title")),
        h("div", search(), listed, id="settings-index"),
        shown,
        id="page-settings",
        data_section=session.state.section() or None,
    )


def shown_section(session: Session) -> Section:
    """The section that the address names, else the first: beside the index there is always one."""
    named = session.state.section()
    return next((one for one in SECTIONS if one == named), "general")


# -- the index --------------------------------------------------------------------------------------------------------


def index(session: Session) -> Html:
    """All sections, or what the search finds."""
    wanted = session.state.finding_setting()
    return h("div", results(wanted) if wanted.strip() else sections(session), id=INDEX)


def search() -> Html:
    """The field over the index, drawn once: what stands in it is the person's, and no repainting takes it back."""
    field = search_field("settings-find", t("settings.find"), "input:settings:find")
    return h("div", icon("search"), field, class_="settings-search")


def sections(session: Session) -> Html:
    """The sections by their names."""
    here = shown_section(session)
    links = (
        h(
            "a",
            icon(row.icon),
            h("span", words(row.name), id=f"settings-name-{id}"),
            h("small", words(row.state(session)), id=f"settings-state-{id}"),
            icon("chevron-right"),
            id=f"settings-to-{id}",
            href=f"#/settings/{id}",
            aria_current="page" if id == here else None,
        )
        for id, row in SECTIONS.items()
    )
    return h("nav", h("ul", *(h("li", link) for link in links)), aria_label=t("settings.sections"))


def results(wanted: str) -> Html:
    """The settings that hold what was typed, each with its section."""
    hits = found(wanted)
    told = t("settings.found", count=len(hits)) if hits else t("settings.none_found", words=wanted.strip())
    rows = h("ul", *(h("li", result(hit)) for hit in hits), aria_label=t("settings.results"), class_="results")
    return join(
        h("p", told, role="status", class_="visually-hidden" if hits else "note", id="settings-found"),
        rows if hits else None,
    )


def result(hit: Found) -> Html:
    """One of them: a press opens its section and puts the focus on it."""
    section = h("small", words(SECTIONS[hit.section].name)) if hit.entry.id else None
    return h("a", icon(SECTIONS[hit.section].icon), h("span", words(hit.entry.name)), section, href=address(hit))


# -- a section --------------------------------------------------------------------------------------------------------


def section_shown(section: Section, drawn_parts: Iterable[Html], lists: Html) -> Html:
    """One section of its `parts`, a group to a screen reader. `lists` are those of the models where they are on show:
    their views keep them up to date."""
    return h(
        "fieldset",
        h("a", icon("chevron-left"), t("settings.title"), href="#/settings", class_="settings-back"),
        h("h2", words(SECTIONS[section].name), id=TITLE, tabindex="-1"),
        *drawn_parts,
        lists,
        aria_labelledby=TITLE,
        id=SECTION,
        data_section=section,
    )


def parts(session: Session, section: Section) -> dict[str, Html]:
    """What stands in a section, by the ids of the elements."""
    return {
        id: drawn(
            part.name,
            id,
            lambda id=id, part=part: h("div", part.draw(session), class_="setting-part", id=id),  # type: ignore[misc]
            reset=part.reset,
        )
        for id, part in SECTIONS[section].parts.items()
    }
