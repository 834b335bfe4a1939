"""Cards from and for Anki, above the list of all cards: what a file holds, how far it is, and the form of an export.

anki_panel(session)         # <div id="anki-panel">, empty most of the time
anki_tools()                # the two buttons
"""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.texts import Percent, Text
from app.session import Session
from app.session.anki import Bringing, skip_told
from app.session.anki_export import ALL, Exporting
from app.ui.icons import icon
from app.ui.words import t, words

PANEL = "anki-panel"
ACCEPT = ".apkg,.colpkg,.csv,.tsv,.txt"
MOST_NAMES = 6  # of decks


def anki_tools() -> tuple[Html, ...]:
    """Import and Export."""
    field = h("input", type="file", id="anki-file", accept=ACCEPT, hidden=True, data_on="change:anki:open")
    face, tip = (icon("file-up"), h("span", t("anki.import"))), t("anki.tip")
    pick = h("button", *face, type="button", class_="secondary", data_pick="anki-file", id="anki-import", title=tip)
    away = (icon("download"), h("span", t("anki.export")))
    on = {"data_on": "click:packing:choose", "data_arg": ALL}
    return field, pick, h("button", *away, type="button", class_="secondary", id="anki-export", **on)


def anki_panel(session: Session) -> Html:
    """What is under way, or asked."""
    work, giving = session.anki.work(), session.packing.work()
    shown = _bringing(work) if work else None
    return h("div", shown, _giving(session, giving) if giving else None, id=PANEL)


def _bringing(work: Bringing) -> Html:
    if work.phase != "ready":
        told = t("anki.reading", file=work.name) if work.phase == "reading" else t("anki.writing")
        return _under_way(told, work.share, "anki:stop")
    return _ready(work)


def _under_way(told: str, share: float, stop: str) -> Html:
    percent = words(Percent(round(share * 100)))
    meter = h("progress", value=f"{share:.2f}", max="1", aria_label=told, aria_valuetext=percent)
    button = h("button", t("imports.stop"), type="button", data_on=f"click:{stop}", class_="secondary")
    return h("div", h("p", told, role="status"), meter, h("div", button, class_="actions"), class_="setting-form")


def _ready(work: Bringing) -> Html:
    """What was found, and what of it comes in."""
    has_new = bool(work.tally.new or work.tally.changed)
    run = h("button", t("imports.run"), type="button", data_on="click:anki:bring", id="anki-run", class_="primary")
    label = t("imports.cancel" if has_new else "imports.close")
    close = h("button", label, type="button", class_="quiet", data_on="click:anki:stop", id="anki-close")
    skipped = [words(skip_told(why, count)) for why, count in work.file.skipped if count]
    out = join(h("h3", t("imports.left_out")), h("ul", *(h("li", one) for one in skipped))) if skipped else None
    return h(
        "section",
        h("h2", t("anki.from_file", file=work.name), id="anki-title"),
        h("ul", *(h("li", words(one)) for one in _facts(work)), id="anki-facts"),
        out,
        _scheduling(work) if has_new and work.file.form != "text" else None,
        h("div", run if has_new else None, close, class_="actions"),
        class_="setting-form",
        aria_labelledby="anki-title",
    )


def _facts(work: Bringing) -> list[Text]:
    file, tally = work.file, work.tally
    notes = Text("anki.notes", count=file.notes)
    facts = [Text("anki.size", notes=notes, cards=Text("study.cards", count=file.cards))] if file.cards else [notes]
    if not (tally.new or tally.changed):
        facts.append(Text("anki.nothing_new"))
    elif tally.changed or tally.same:
        facts.append(Text("anki.of_these", new=tally.new, changed=tally.changed, same=tally.same))
    if file.media:
        facts.append(Text("study.media", count=len(file.media)))
    if decks := work.decks:
        names = ", ".join(decks[:MOST_NAMES]) + (" …" if len(decks) > MOST_NAMES else "")
        facts.append(Text("anki.decks", count=len(decks), names=names))
    if file.reviews:
        facts.append(Text("anki.reviews", count=file.reviews))
    if work.guessed and work.with_scheduling:
        facts.append(Text("anki.guessed", count=work.guessed))
    return facts


def _scheduling(work: Bringing) -> Html:
    box = h("input", type="checkbox", role="switch", checked=work.with_scheduling, data_on="change:anki:scheduling")
    return h("label", box, t("anki.keep_scheduling"), class_="check")


def _giving(session: Session, work: Exporting) -> Html:
    """The form of an export."""
    if work.share is not None:
        return _under_way(t("anki.packing"), work.share, "packing:stop")
    notebooks = sorted(session.library.notebooks().values(), key=lambda one: one.name.casefold())
    pairs = [(ALL, t("anki.all")), *(((one.id, one.name)) for one in notebooks)]
    if notebooks:
        pairs.insert(1, ("", t("cards.no_notebook")))
    options = (h("option", name, value=id, selected=id == work.notebook) for id, name in pairs)
    what = h("label", t("anki.what"), h("select", *options, name="notebook", id="anki-notebook"))
    box = h("input", type="checkbox", name="scheduling", role="switch", checked=True)
    close = h("button", t("imports.cancel"), type="button", class_="quiet", data_on="click:packing:stop")
    return h(
        "form",
        h("h2", t("anki.export_title")),
        what,
        h("label", box, t("anki.with_scheduling"), class_="check"),
        h("div", h("button", t("anki.save"), type="submit"), close, class_="actions"),
        class_="setting-form",
        data_on="submit:packing:save",
        id="anki-giving",
    )
