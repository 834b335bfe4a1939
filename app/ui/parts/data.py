"""What Settings offers for everything that is kept: export, backup, import, erase."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.text import count, shorten, size
from app.records.checked import Damage
from app.session import Session
from app.session.archive import SHORTEST, Archive
from app.session.loosening import Loosening
from app.session.shelves import told
from app.ui.drawn import drawn

KINDS = (
    ("markdown", "Markdown, to read and to edit"),
    ("html", "Web page, to read and to print anywhere"),
    ("json", "JSON, to import again"),
)


MOST_DAMAGED = 20  # that are named one by one


def data(session: Session) -> Html:
    """The whole group."""
    archive: Archive = session.archive
    parts = (
        ("Export", "data-export", lambda: export(session, archive)),
        ("Backup", "data-backup", lambda: backup(archive)),
        ("Import", "data-import", lambda: bring(archive)),
        ("Damaged data", "data-damaged", lambda: damaged(session, archive)),
        ("Erase", "data-erase", lambda: erase(session)),
    )
    return join(*(drawn(name, id, draw) for name, id, draw in parts))


def export(session: Session, archive: Archive) -> Html:
    """Chats as a file."""
    choice, chat = archive.choice(), session.state.chat()
    whats = [("all", f"All chats ({len(session.state.chats())})")]
    if chat.path:
        whats.append(("open", f"The open chat: {chat.title}"))
    button = h("button", "Export", type="button", data_on="click:archive:export", disabled=not session.state.chats())
    return h(
        "div",
        h("h2", "Export"),
        select("export-what", "Which chats", "archive:choose-what", whats, choice.what),
        select("export-kind", "As", "archive:choose-kind", KINDS, choice.kind),
        h("div", button, class_="actions"),
    )


def select(id: str, label: str, action: str, options: object, value: str) -> Html:
    """One field of the choice, which the session keeps."""
    assert isinstance(options, (list, tuple))
    items = [h("option", words, value=key, selected=key == value) for key, words in options]
    field = h("select", *items, id=id, data_on=f"change:{action}", data_arg="")
    return join(h("label", label, for_=id), field)


def backup(archive: Archive) -> Html:
    """Everything as one file, under a passphrase if that is wanted."""
    is_sealed = archive.choice().is_sealed
    box = h(
        "input",
        type="checkbox",
        id="backup-seal",
        checked=is_sealed,
        data_on="change:archive:choose-seal",
    )
    words = "All chats, settings, added catalogues and lists in one file. Models, keys and tokens stay out of it."
    return h(
        "div",
        h("h2", "Backup"),
        h("p", words),
        h(
            "form",
            h("label", box, "Encrypt with a passphrase", for_="backup-seal"),
            passphrases() if is_sealed else None,
            h("button", "Save backup", type="submit", class_="secondary"),
            data_on="submit:archive:backup",
            id="backup-form",
        ),
    )


def passphrases() -> Html:
    """Two fields for the same words, and what it means to lose them."""
    script = h("a", "a short Python script", href="static/open-backup.py", download=True)
    return h(
        "div",
        passphrase("backup-passphrase", "passphrase", "Passphrase", "new-password", minlength=SHORTEST),
        passphrase("backup-again", "again", "The same passphrase again", "new-password"),
        h(
            "p",
            h("strong", "Nobody can open the file without it"),
            ": there is no way to recover a lost passphrase. With it, this page opens the file, and so does ",
            script,
            ".",
            class_="note",
        ),
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


def bring(archive: Archive) -> Html:
    """A backup or exported chats back in; an encrypted file asks for its passphrase."""
    locked = archive.locked()
    words = "A backup, encrypted or not, or chats exported as JSON. What is here stays; nothing comes in twice."
    return h(
        "div",
        h("h2", "Import"),
        h("p", words),
        h("input", type="file", id="backup-file", accept=".json", hidden=True, data_on="change:archive:open"),
        h("button", "Choose a file", type="button", data_pick="backup-file"),
        unlock(locked.name) if locked else None,
        held_back(archive.held()),
    )


def unlock(name: str) -> Html:
    """What an encrypted file asks for."""
    close = h("button", "Cancel", type="button", class_="quiet", data_on="click:archive:close")
    return h(
        "form",
        passphrase("open-passphrase", "passphrase", f"Passphrase of {name}", "off"),
        h("div", h("button", "Open", type="submit"), close, class_="actions"),
        data_on="submit:archive:unlock",
        id="unlock-form",
    )


def damaged(session: Session, archive: Archive) -> Html:
    """Stored records that cannot be read: which, and what can be done with them."""
    found, aside = session.state.damaged(), archive.aside()
    look = h("button", "Look for damaged data", type="button", class_="secondary", data_on="click:archive:look")
    if not found and not aside:
        words = "Looks through everything that is stored, and names what cannot be read."
        return h("div", h("h2", "Damaged data"), h("p", words), look)
    words = "These records cannot be read as they should. They are kept as they are until you remove them."
    rows = [h("li", told([one]), f" {shorten(one.key, 60)}: {wrong(one)}") for one in found[:MOST_DAMAGED]]
    if len(found) > MOST_DAMAGED:
        rows.append(h("li", f"and {len(found) - MOST_DAMAGED} more"))
    replaced = f"{count(aside, 'damaged record')} replaced since, and kept aside." if aside else ""
    return h(
        "div",
        h("h2", "Damaged data"),
        h("p", words) if found else None,
        h("ul", *rows, id="damaged-list") if found else None,
        h("p", replaced) if aside else None,
        h("div", *damage_buttons(), look, class_="actions"),
    )


def damage_buttons() -> tuple[Html, Html]:
    """Save it, remove it."""
    save = h("button", "Save as a file", type="button", data_on="click:archive:save-damaged")
    ask = "Remove what cannot be read? It cannot be brought back; everything else stays."
    on = "click:archive:clean"
    words = "Remove damaged data"
    return save, h("button", words, type="button", class_="secondary", data_on=on, data_ask=ask, data_no="Cancel")


def wrong(one: Damage) -> str:
    """What is wrong with a record, in words."""
    if one.is_left_out:
        return "left out"
    return f"defaults are used for {shorten(', '.join(one.lost), 120)}"


def held_back(items: tuple[Loosening, ...]) -> Html | None:
    """What the imported file would loosen: a switch for each, off until the person wants it."""
    if not items:
        return None
    close = h("button", "Apply none", type="button", class_="quiet", data_on="click:archive:drop")
    words = "The file asks for these changes. They would loosen your privacy or use other addresses."
    return h(
        "form",
        h("h3", "Not applied yet", id="held-title"),
        h("p", words),
        *(held_item(number, item) for number, item in enumerate(items)),
        h("div", h("button", "Apply selected", type="submit"), close, class_="actions"),
        data_on="submit:archive:take",
        id="held-form",
        aria_labelledby="held-title",
    )


def held_item(number: int, item: Loosening) -> Html:
    """One of them."""
    id = f"held-{number}"
    box = h("input", type="checkbox", role="switch", name=item.id, id=id, aria_describedby=f"{id}-about")
    about = h("small", item.about, id=f"{id}-about")
    return h("div", h("label", box, item.title, for_=id), about, class_="held")


def erase(session: Session) -> Html:
    """Everything away; the page asks first and says what will go."""
    stored = [row for row in session.state.rows() if row.stored_bytes]
    models = f" and {count(len(stored), 'model')} ({size(sum(row.stored_bytes for row in stored))})" if stored else ""
    things = f"{count(len(session.state.chats()), 'chat')}, all settings and lists{models}"
    ask = (
        f"Erase {things} from this browser? Nothing of it can be brought back without a backup. "
        "Files on your disk and what is in Ollama stay."
    )
    button = h("button", "Erase all", type="button", class_="secondary", data_on="click:archive:erase", data_ask=ask)
    return h(
        "div",
        h("h2", "Erase"),
        h("p", f"Deletes {things} from this browser. The page then starts as on the first day."),
        button,
    )
