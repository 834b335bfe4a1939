"""What the search finds besides chats: actions, pages, documents, settings and models, by kind.

    KINDS[0].things(session)            # (Thing("new", "square-pen", "New chat", "chat:new"), …)

Another kind is a row of `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from app.core.places import ModelRef
from app.core.texts import Text
from app.session import Session
from app.ui.icons import Icon
from app.ui.model_choice import Entry, choosing, groups
from app.ui.pages.registry import PAGES
from app.ui.parts.chats import row_items
from app.ui.words import t, words

#: what Settings is made of; with it all comes that the search reads of the settings
PARTS = ("api", "cloud", "costs", "data", "features", "offline", "ollama", "personas", "routing", "sources")
WITH_SHEETS = ("browser", "ollama")  # whose models have a sheet


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to choose: `action` is done with `arg`. It is found by its name, else by what stands below it (`about`)
    or beside it (`place`), or by `also`, which is not shown."""

    id: str
    sign: Icon
    name: str
    action: str
    arg: str = ""
    about: str = ""
    place: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of results: at most so many are shown, and `common` of them before anything is typed."""

    id: str
    label: Text
    most: int
    things: Callable[[Session], Iterator[Thing]]
    common: int = 0


async def ready(session: Session) -> None:
    """Import and read what the first words need, part by part: while the field is empty, and others have their turns
    between. Raises StorageError."""
    for name in (*(f"parts.{part}" for part in PARTS), "settings.sections", "pages.models"):
        await session.clock.sleep(0)
        import_module(f"app.ui.{name}")
    session.library.know()
    await session.personas.look()


def _actions(session: Session) -> Iterator[Thing]:
    """What can be done from everywhere, then what can be done with the open chat; nothing that takes something away."""
    yield Thing("new", "square-pen", t("chats.new"), "chat:new")
    yield Thing("add", "plus", t("models_page.by_address_title"), "page:sheet", "add/address")
    yield Thing("keys", "keyboard", t("shell.keys"), "keys")
    if session.state.can_install():
        yield Thing("install", "download", t("settings.install_app"), "app:install")
    if session.state.route() != "chat" or (chat := session.state.chat_of(session.state.chat().id)) is None:
        return
    for item in row_items(chat):
        if item and item.icon and not item.is_danger:
            yield Thing(item.icon, item.icon, item.label, item.action, item.arg, place=words(chat.name))
    yield Thing("print", "printer", t("shell.print"), "print", place=words(chat.name))


def _pages(session: Session) -> Iterator[Thing]:
    """The pages, and the tabs of the models."""
    from app.ui.pages.models import LABELS, address_of  # nothing of it is shown before something is typed

    for row in PAGES:
        yield Thing(row.id, row.icon, words(row.title), "page:visit", f"#/{row.id}")
    for name, label in LABELS.items():
        yield Thing(f"models-{name}", "box", words(label), "page:visit", address_of(name), place=t("shell.models"))


def _settings(session: Session) -> Iterator[Thing]:
    """Every line of Settings, with what the search there finds it by."""
    from app.ui.settings.sections import SECTIONS, address, all_entries

    for at, found in enumerate(all_entries()):
        row, entry = SECTIONS[found.section], found.entry
        place = words(row.name) if entry.id else ""
        arg, also = address(found), words(entry.about)
        yield Thing(f"{at}", row.icon, words(entry.name), "page:visit", arg, place=place, also=also)


def _models(session: Session) -> Iterator[Thing]:
    """Each model: to use it, and to look at it."""
    chosen = session.state.chosen().id
    for group in groups(session, chosen, is_whole=True):
        for entry in group.entries:
            if not entry.why_not and entry.id != chosen:
                yield _model(entry, "use", t("find.use"), choosing(session), entry.id, group.label)
            if ModelRef.parse(entry.id).provider in WITH_SHEETS:
                yield _model(entry, "see", t("find.details"), "page:sheet", f"model/{entry.id}", group.label)
            elif entry.why_not and entry.cure:
                yield _model(entry, "see", entry.why_not, "page:visit", entry.cure, group.label)


def _model(entry: Entry, verb: str, told: str, action: str, arg: str, place: str) -> Thing:
    about = " · ".join((told, *entry.facts))
    return Thing(f"{verb}-{entry.id}", entry.sign, entry.name, action, arg, about, also=place)


def _documents(session: Session) -> Iterator[Thing]:
    """The documents of the library, by their names and titles."""
    from app.ui.parts.documents import address, look_of

    notebooks = session.library.notebooks()
    for one in session.library.documents().values():
        sign, kind = look_of(one)
        place = notebooks[one.notebook].name if one.notebook in notebooks else t("shell.library")
        about = " · ".join(part for part in (kind, one.title) if part)
        yield Thing(one.id, sign, one.name, "page:visit", address(one), about, place)


def _personas(session: Session) -> Iterator[Thing]:
    """Each persona, to begin a chat with."""
    place = t("options.persona")
    for one in session.personas.all():
        yield Thing(one.id, "drama", one.name, "options:start", one.id, one.about, place, t("personas.start"))


KINDS = (
    Kind("actions", Text("find.actions"), 4, _actions, common=3),
    Kind("pages", Text("find.pages"), 4, _pages),
    Kind("documents", Text("library.documents"), 6, _documents),
    Kind("settings", Text("settings.title"), 6, _settings),
    Kind("models", Text("shell.models"), 6, _models),
    Kind("personas", Text("personas.title"), 4, _personas),
)
