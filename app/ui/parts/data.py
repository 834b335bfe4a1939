"""Settings, Data: export, backup, import, what is damaged, erase."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.html import Html, h, join
from app.core.text import shorten
from app.core.texts import Size, Text
from app.records.checked import Damage
from app.session import Session
from app.session.archive import SHORTEST, Archive, Importing
from app.session.loosening import Loosening
from app.study.shelves import told
from app.ui.drawn import drawn
from app.ui.parts.setting import card, field, heading, line, select, switch
from app.ui.words import rich, t, words

MOST_DAMAGED = 20  # that are named one by one


def data(session: Session) -> Html:
    """All but what is stored."""
    archive: Archive = session.archive
    parts = (
        (t("data.export"), "data-export", lambda: export(session, archive)),
        (t("data.backup"), "data-backup", lambda: backup(archive)),
        (t("data.import"), "data-import", lambda: bring(archive)),
        (t("data.damaged"), "data-damaged", lambda: damaged(session, archive)),
        (t("data.erase"), "data-erase", lambda: erase(session)),
    )
    return join(*(drawn(name, id, draw) for name, id, draw in parts))


def export(session: Session, archive: Archive) -> Html:
    """Chats as a file."""
    choice, chat = archive.choice(), session.state.chat()
    whats = [("all", t("data.all_chats", count=len(session.state.chats())))]
    if chat.path:
        whats.append(("open", t("data.open_chat", chat=chat.name)))
    kinds = [("markdown", t("data.markdown")), ("html", t("data.html")), ("json", t("data.json"))]
    has_none = not session.state.chats()
    button = h(
        "button", t("data.export"), type="button", data_on="click:archive:export", disabled=has_none, id="export-run"
    )
    return h(
        "div",
        heading(t("data.export")),
        card(
            choose("export-what", t("data.which_chats"), "archive:choose-what", whats, choice.what),
            choose("export-kind", t("data.kind"), "archive:choose-kind", kinds, choice.kind),
            h("div", button, class_="setting actions"),
        ),
        id="data-export",
    )


def choose(id: str, label: str, action: str, options: Iterable[tuple[str, str]], value: str) -> Html:
    """One field of the choice, which the session keeps."""
    items = [h("option", name, value=key, selected=key == value) for key, name in options]
    return field(id, label, select(id, items, action, ""))


def backup(archive: Archive) -> Html:
    """Everything as one file, under a passphrase if that is wanted."""
    is_sealed = archive.choice().is_sealed
    save = h("button", t("data.save_backup"), type="submit", form="backup-form", id="backup-save", class_="secondary")
    return h(
        "div",
        heading(t("data.backup")),
        card(
            switch("backup-seal", t("data.encrypt"), "archive:choose-seal", is_sealed, about=t("data.encrypt_about")),
            h(
                "form",
                passphrases() if is_sealed else None,
                data_on="submit:archive:backup",
                id="backup-form",
                class_="setting-form",
            ),
            line("backup-save", t("data.backup_all"), save, about=t("data.backup_about")),
        ),
        id="data-backup",
    )


def passphrases() -> Html:
    """Two fields for the same words, and what it means to lose them."""
    script = h("a", t("data.script"), href="static/open-backup.py", download=True)
    return h(
        "div",
        passphrase("backup-passphrase", "passphrase", t("data.passphrase"), "new-password", minlength=SHORTEST),
        passphrase("backup-again", "again", t("data.passphrase_again"), "new-password"),
        h("p", rich("data.lost", warning=h("strong", t("data.nobody_opens")), script=script), class_="note"),
        id="backup-passphrases",
    )


def passphrase(id: str, name: str, label: str, autocomplete: str, minlength: int | None = None) -> Html:
    """A field whose words are not shown."""
    field = h(
        "input",
        type="password",
        name=name,
        id=id,
        required=True,
        minlength=minlength,
        autocomplete=autocomplete,
    )
    return join(h("label", label, for_=id), field)


FILES = ".json,.zip,.apkg,.colpkg"


def bring(archive: Archive) -> Html:
    """A backup, exported chats or another program's export; an encrypted file asks for its passphrase, another
    program's says what is in it."""
    locked, work = archive.locked(), archive.importing()
    pick = h("button", t("data.choose_file"), type="button", data_pick="backup-file", id="import-pick")
    on = "change:archive:open"
    return h(
        "div",
        heading(t("data.import")),
        h("input", type="file", id="backup-file", accept=FILES, multiple=True, hidden=True, data_on=on),
        card(
            line("import-pick", t("data.import_file"), pick, about=t("data.import_about")),
            unlock(locked.name) if locked else None,
            under_way(work) if work else None,
            held_back(archive.held()),
        ),
        id="data-import",
        data_drop="archive:open",
    )


def under_way(work: Importing) -> Html:
    """Another program's export: few visits need what draws it."""
    from app.ui.parts.imports import importing

    return importing(work)


def unlock(name: str) -> Html:
    """What an encrypted file asks for."""
    close = h("button", t("data.cancel"), type="button", class_="quiet", data_on="click:archive:close")
    return h(
        "form",
        passphrase("open-passphrase", "passphrase", t("data.passphrase_of", file=name), "off"),
        h("div", h("button", t("data.open"), type="submit"), close, class_="actions"),
        data_on="submit:archive:unlock",
        id="unlock-form",
        class_="setting-form",
    )


def damaged(session: Session, archive: Archive) -> Html:
    """Stored records that cannot be read: which, and what can be done with them."""
    found, aside = session.state.damaged(), archive.aside()
    look = h("button", t("data.look"), type="button", data_on="click:archive:look", id="data-look")
    about = t("data.damaged_about" if found else "data.look_about")
    rows = [
        h("li", t("data.damaged_record", what=told([one]), key=shorten(one.key, 60), wrong=wrong(one)))
        for one in found[:MOST_DAMAGED]
    ]
    if len(found) > MOST_DAMAGED:
        rows.append(h("li", t("data.more", count=len(found) - MOST_DAMAGED)))
    listed = h("ul", *rows, id="damaged-list") if found else None
    kept = h("p", t("data.replaced", count=aside)) if aside else None
    buttons = h("div", *damage_buttons(), class_="actions") if found or aside else None
    return h(
        "div",
        heading(t("data.damaged")),
        card(
            line("data-look", t("data.look_name"), look, about=about),
            h("div", listed, kept, buttons, class_="setting-form") if buttons else None,
        ),
        id="data-damaged",
    )


def damage_buttons() -> tuple[Html, Html]:
    """Save it, remove it."""
    save = h("button", t("data.save_damaged"), type="button", data_on="click:archive:save-damaged")
    remove = h(
        "button",
        t("data.remove"),
        type="button",
        class_="secondary",
        data_on="click:archive:clean",
        data_ask=t("data.remove_ask"),
        data_no=t("data.cancel"),
    )
    return save, remove


def wrong(one: Damage) -> Text:
    """What is wrong with a record."""
    if one.is_left_out:
        return Text("data.left_out")
    return Text("data.defaults", names=shorten(", ".join(one.lost), 120))


def held_back(items: tuple[Loosening, ...]) -> Html | None:
    """What the imported file would loosen: a switch for each, off until the person wants it."""
    if not items:
        return None
    close = h("button", t("data.apply_none"), type="button", class_="quiet", data_on="click:archive:drop")
    return h(
        "form",
        h("h3", t("data.not_applied"), id="held-title"),
        h("p", t("data.held_about")),
        *(held_item(number, item) for number, item in enumerate(items)),
        h("div", h("button", t("data.apply"), type="submit"), close, class_="actions"),
        data_on="submit:archive:take",
        id="held-form",
        class_="setting-form",
        aria_labelledby="held-title",
    )


def held_item(number: int, item: Loosening) -> Html:
    """One of them."""
    id = f"held-{number}"
    box = h("input", type="checkbox", role="switch", name=item.id, id=id, aria_describedby=f"{id}-about")
    about = h("small", words(item.about), id=f"{id}-about")
    return h("div", h("div", h("label", words(item.title), for_=id), about), box, class_="setting switching")


def erase(session: Session) -> Html:
    """Everything away; the page asks first and says what will go."""
    stored = [row for row in session.state.rows() if row.stored_bytes]
    chats = Text("study.chats", count=len(session.state.chats()))
    things = Text("data.all_but_models", chats=chats)
    if stored:
        models = Text("data.models", count=len(stored))
        size = Size(sum(row.stored_bytes for row in stored))
        things = Text("data.all_with_models", chats=chats, models=models, size=size)
    button = h(
        "button",
        t("data.erase_all"),
        type="button",
        class_="danger",
        data_on="click:archive:erase",
        data_ask=t("data.erase_ask", things=things),
        data_no=t("data.cancel"),
        id="erase-all",
    )
    return h(
        "div",
        heading(t("data.erase")),
        card(line("erase-all", t("data.erase_name"), button, about=t("data.erase_about", things=things))),
        id="data-erase",
    )
