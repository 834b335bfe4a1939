"""Every page and every important state of the page, as one table: `python -m tests pictures FOLDER` takes a picture of
each, test_axe.py looks at each with axe-core.

    for visit in visits(ollama_url):
        app.open(visit.path)
        for state in visit.states:
            show(app, visit, state)                  # goes there and takes its steps; raises where the page has no such
                                                     # state

A new state is a row of its visit. The states of one visit share a browser context, in this order: a step may rely on
what stands above it, such as a chat with a reply. Names and roles are those of the contract (English).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.states_practice import card_asked, card_written, cards_offered, quiz_asked
from tests.documents.pdfs import pdf
from tests.environment import ROOT

Step = Callable[[App], None]
PHONE, TABLET, DESK = 390, 768, 1280
TIDES = "tides-libreoffice.pdf"
WIDTHS = (PHONE, TABLET, DESK)
#: What lies above the page and would lie above the next state, too.
LAYER = "() => document.querySelector(':popover-open, dialog[open]:modal') !== null"


@dataclass(frozen=True, slots=True)
class State:
    """`address` is a hash route. `widths` are the widths at which the state exists, in CSS pixels; the first one is
    that at which its steps are taken. `is_tall`: its picture holds all that scrolls."""

    name: str
    address: str
    steps: tuple[Step, ...] = ()
    widths: tuple[int, ...] = WIDTHS
    is_tall: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """States of one browser context. `path` has the query that makes the app run on fakes; `setup` comes first."""

    path: str
    states: tuple[State, ...]
    setup: tuple[Step, ...] = ()


# --- steps


def heading(name: str) -> Step:
    """Wait for the page's heading."""
    return lambda app: app.page.get_by_role("heading", name=name, exact=True).first.wait_for()


def asked(question: str) -> Step:
    """A new chat with a reply to this."""

    def ask(app: App) -> None:
        app.page.get_by_role("textbox", name="Message").wait_for()
        app.new_chat()
        app.ask(question)

    return ask


def streaming(app: App) -> None:
    """A reply that is under way."""
    answer = app.send("Explain photosynthesis from the beginning.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"(\w+\W+){20}"))


def automatic_on(app: App) -> None:
    """Let Automatic choose."""
    switch = app.page.get_by_role("switch", name="Smart routing")
    switch.wait_for()
    if not switch.is_checked():
        switch.click()
    expect(switch).to_be_checked()


def why(app: App) -> None:
    """The receipt of the last reply, opened."""
    app.why(app.answers.last).scroll_into_view_if_needed()


def details(app: App) -> None:
    """The figures of the last reply, opened."""
    app.figures(app.answers.last).scroll_into_view_if_needed()


def context(app: App) -> None:
    """What the context ring opens."""
    app.page.get_by_role("textbox", name="Message").fill("And in the dark?")
    app.page.get_by_role("button", name=re.compile("^Context: ")).click()
    app.page.get_by_role("dialog", name="Context").wait_for()


def summary(app: App) -> None:
    """A summary in place of the older messages of a chat that goes on."""
    app.ask(RICH)
    context(app)
    sheet = app.page.get_by_role("dialog", name="Context")
    sheet.get_by_role("button", name="Summarise earlier messages").click()
    sheet.get_by_role("button", name="Remove summary").scroll_into_view_if_needed()


def documents(app: App) -> None:
    """A document in the library."""
    app.page.locator("#document-files").set_input_files(ROOT / "tests" / "fixtures" / "documents" / TIDES)
    row = app.page.get_by_role("list", name="Documents").get_by_role("listitem").filter(has_text=TIDES)
    expect(row).to_contain_text("Indexed", timeout=LIMIT_MS)


def scope(app: App) -> None:
    """What a new chat may be about; all is chosen."""
    app.new_chat()
    app.page.get_by_role("button", name="Ask your documents").click()
    app.page.get_by_role("option", name="All documents").click()
    expect(app.page.get_by_role("option", name="All documents")).to_have_attribute("aria-selected", "true")


def sources(app: App) -> None:
    """A reply from documents, its source beside it."""
    scope(app)
    app.page.get_by_role("button", name="Done").click()
    app.ask("Why are there two tides a day?")
    app.page.get_by_text("sentences not found in your documents").wait_for()
    app.answers.last.get_by_role("button", name="Source 1").click()
    app.page.locator("#source .box").first.wait_for()


def model_list(app: App) -> None:
    """The dialog of the model button."""
    app.open_models()


def search_dialog(app: App) -> None:
    """The search over everything, with results of every kind."""
    app.page.keyboard.press("Control+k")
    dialog = app.page.get_by_role("dialog", name=re.compile("^Search"))
    dialog.get_by_role("combobox").fill("de")
    dialog.locator("#found[data-for=de]").get_by_role("option").first.wait_for()


def shortcuts(app: App) -> None:
    """The map of keys."""
    app.page.get_by_role("log", name="Conversation").focus()
    app.page.keyboard.press("?")
    app.page.get_by_role("dialog", name=re.compile("shortcuts", re.IGNORECASE)).wait_for()


def drawer(app: App) -> None:
    """The rail of a narrow page."""
    app.page.get_by_role("button", name="Menu", exact=True).click()
    app.page.get_by_role("list", name="Chats").wait_for()


def chat_menu(app: App) -> None:
    """What can be done with the chat that is open."""
    app.page.get_by_role("button", name="Chat options", exact=True).click()
    app.page.get_by_role("menu").wait_for()


def chat_settings(app: App) -> None:
    """What is chosen for the open chat."""
    app.pick("Chat options", "Chat settings")
    app.page.get_by_role("dialog", name="Chat settings").get_by_role("radio", name="Socratic tutor").check()


def tutored(app: App) -> None:
    """A question that a tutor holds: after an attempt, and with a hint."""
    app.new_chat()
    app.pick("Chat options", "Chat settings")
    app.page.get_by_role("dialog", name="Chat settings").get_by_role("radio", name="Tutor", exact=True).check()
    app.close_sheet()
    app.ask("What is 6 times 7?")
    app.ask("41")
    app.page.get_by_role("group", name="Tutor").get_by_role("button", name="Give a hint").click()
    app.page.get_by_text("Hint 1 of 3").wait_for()


def tutored_answer(app: App) -> None:
    """The same with its answer, and how the student came to it."""
    tutored(app)
    app.page.get_by_role("group", name="Tutor").get_by_role("button", name="Show the answer").click()
    app.page.get_by_text("By yourself: 0 of 1").wait_for()


def persona(app: App) -> None:
    """The form of a new persona."""
    app.page.get_by_role("button", name="New persona", exact=True).click()
    app.page.get_by_role("dialog", name="New persona").get_by_role("textbox", name="Instructions").wait_for()


def tab(name: str) -> Step:
    """A tab of Local Models."""

    def choose(app: App) -> None:
        one = app.page.get_by_role("tab", name=re.compile(f"^{name}"))
        one.click()
        expect(one).to_have_attribute("aria-selected", "true")

    return choose


def sheet(app: App) -> None:
    """The details of the first model."""
    app.details(app.page.locator("#page-models").get_by_role("article").first)


def add_a_model(app: App) -> None:
    """What "Add a model" opens."""
    app.page.get_by_role("button", name="Add a model", exact=True).click()
    app.page.get_by_role("menu").wait_for()


def said(words: str) -> Step:
    """Wait for these words on the page."""
    return lambda app: app.page.locator("main").get_by_text(words).first.wait_for()


def section(name: str) -> Step:
    """Wait for a section of Settings."""
    return lambda app: app.page.get_by_role("group", name=name, exact=True).wait_for()


def find_setting(app: App) -> None:
    """The search over all settings."""
    app.page.get_by_role("searchbox", name=re.compile("settings", re.IGNORECASE)).fill("cloud")


def welcome(app: App) -> None:
    """The first run."""
    app.page.get_by_role("dialog", name="Welcome to DrLeeLM").wait_for()


def ollama_choice(app: App) -> None:
    """The first run with another choice."""
    app.page.get_by_role("dialog", name="Welcome to DrLeeLM").get_by_role("radio").last.check()


def connected(url: str) -> Step:
    """Ollama at this address."""

    def connect(app: App) -> None:
        app.ollama_at(url)
        app.page.get_by_text(re.compile(r"Running on ")).first.wait_for()

    return connect


def wrong_address(app: App) -> None:
    """An address of Ollama that is none: an error where it happened."""
    app.ollama_at("not an address")
    app.page.get_by_role("alert").first.wait_for()


def offline_mode(app: App) -> None:
    """Offline Mode switched on."""
    app.page.get_by_role("switch", name="Offline Mode").click()
    app.page.locator("html[data-offline]").wait_for(state="attached")


DOCUMENTS = ROOT / "tests" / "fixtures" / "documents"
SHELF = ("algebra-libreoffice.pdf", "algebra-python-pptx.pptx", "lamps-pandoc.epub", "locked.pdf")


def library(app: App) -> None:
    """Documents in every state, two of them in a notebook, and a note."""
    page = app.page
    page.get_by_role("button", name="New notebook").click()
    name = page.get_by_role("textbox", name="Name of the notebook")
    name.fill("Linear algebra")
    name.press("Enter")
    page.get_by_role("button", name=re.compile("^Linear algebra")).wait_for()
    added(app, *(DOCUMENTS / name for name in SHELF[:2]))
    page.get_by_role("button", name="New note", exact=True).click()
    page.get_by_role("textbox", name="Title").fill("My notes: diagonalization")
    page.get_by_role("textbox", name="Note", exact=True).fill(f"# In class\n\nDoes it **always** work?{RICH_NOTE}")
    page.get_by_text("Saved", exact=True).wait_for()
    page.get_by_role("link", name="Library", exact=True).first.click()
    page.get_by_role("button", name=re.compile("^All")).click()
    scan: FilePayload = {"name": "Handout.pdf", "mimeType": "application/pdf", "buffer": pdf([b"9 9 99 99 re f"])}
    added(app, *(DOCUMENTS / name for name in SHELF[2:]))
    added(app, scan)
    row = app.page.get_by_role("list", name="Documents").get_by_role("listitem")
    for status in ("Scan, no text", "Failed", "Indexed"):
        row.filter(has_text=status).first.wait_for()


def added(app: App, *files: Path | FilePayload) -> None:
    """Some documents added and read."""
    rows = app.page.get_by_role("list", name="Documents").get_by_role("listitem")
    before = rows.count()
    for file in files:
        app.page.locator("#document-files").set_input_files(file)
    expect(rows).to_have_count(before + len(files))
    expect(rows.filter(has_text="Waiting")).to_have_count(0, timeout=LIMIT_MS)
    expect(rows.get_by_role("progressbar")).to_have_count(0, timeout=LIMIT_MS)


def found(app: App) -> None:
    """What is found in them."""
    app.page.get_by_role("searchbox", name="Search documents").fill("the light")
    app.page.get_by_role("list", name="Passages").get_by_role("link").first.wait_for()


def passage(app: App) -> None:
    """The first of it, where it stands."""
    found(app)
    app.page.get_by_role("list", name="Passages").get_by_role("link").first.click()
    app.page.locator("#passage").wait_for()


def note(app: App) -> None:
    """A note as it is read."""
    app.page.get_by_role("link", name="My notes: diagonalization").click()
    app.page.get_by_role("button", name="Edit", exact=True).wait_for()


def written(app: App) -> None:
    """The same as it is written."""
    note(app)
    app.page.get_by_role("button", name="Edit", exact=True).click()
    app.page.get_by_role("textbox", name="Title").wait_for()


# --- the table

RICH_NOTE = "\n\n- one\n- two\n\n$$A x = \\lambda x$$\n"
RICH = "What is photosynthesis?"
NOTES = "These are my notes of today. " * 150  # so that the context ring is there
SECTIONS = {
    "general": "General",
    "privacy": "Privacy & offline",
    "chat": "Chat",
    "automatic": "Models & Automatic",
    "models": "Models",
    "connections": "Connections",
    "usage": "Usage & budget",
    "data": "Data",
    "classroom": "Classroom",
    "advanced": "Advanced",
    "about": "About",
}


def main_visit() -> Visit:
    """The pages on fakes."""
    return Visit(
        "?demo&tokens=190&rate=4000&models=5&chats=6",
        (
            State("chat-empty", "#/chat"),
            State("chat-reply", "#/chat", (asked(RICH),)),
            State("chat-details", "#/chat", (details,)),
            State("chat-context", "#/chat", (asked(NOTES), context)),
            State("chat-context-summary", "#/chat", (asked(NOTES), summary)),
            State("model-list", "#/chat", (model_list,)),
            State("rail-drawer", "#/chat", (drawer,), (PHONE, TABLET)),
            State("library-empty", "#/library", (heading("Library"),)),
            State("library-documents", "#/library", (documents,)),
            State("cards-empty", "#/cards", (heading("Cards"), said("No cards yet."))),
            State("cards-editor", "#/cards/all/new", (card_written,)),
            State("cards-review", "#/cards/all/new", (card_asked,)),
            State("cards-all", "#/cards/all", (heading("Cards"), said("2 cards"))),
            State("cards-make", "#/cards/all/make", (cards_offered,)),
            State("quiz-new", "#/cards/quiz", (heading("Cards"), said("Start quiz"))),
            State("quiz-question", "#/cards/quiz", (quiz_asked,)),
            State("chat-scope", "#/chat", (scope,)),
            State("chat-sources", "#/chat", (sources,)),
            State("models-device", "#/models", (heading("Local Models"), tab("On this device")), is_tall=True),
            State("models-sheet", "#/models", (sheet,)),
            State("models-add", "#/models", (add_a_model,)),
            State("models-discover", "#/models", (tab("Discover"),), is_tall=True),
            State("models-ollama-absent", "#/models", (tab("Ollama"),), is_tall=True),
            State("models-cloud", "#/models", (tab("Cloud"),), is_tall=True),
            State("settings", "#/settings", (heading("Settings"),)),
            *(
                State(f"settings-{id}", f"#/settings/{id}", (section(name),), is_tall=True)
                for id, name in SECTIONS.items()
            ),
            State("automatic-on", "#/settings/automatic", (automatic_on,), is_tall=True),
            State("receipt", "#/chat", (asked("Prove that the square root of two is irrational."), why)),
            State("notice-error", "#/settings/connections", (wrong_address,)),
            State("offline-mode", "#/settings/privacy", (offline_mode,)),
            State("settings-search", "#/settings", (find_setting,)),
        ),
    )


def visits(ollama_url: str) -> tuple[Visit, ...]:
    """All of it. `ollama_url` is a server that runs, a stand-in."""
    return (
        main_visit(),
        Visit(
            "?demo&tokens=40&rate=4000&chats=6",
            (
                State("chat-menu", "#/chat", (asked(RICH), chat_menu)),
                State("search", "#/chat", (search_dialog,)),
                State("shortcuts", "#/chat", (shortcuts,)),
                State("chat-settings", "#/chat", (chat_settings,)),
                State("persona", "#/settings/chat", (persona,)),
                State("tutor", "#/chat", (tutored,)),
                State("tutor-answer", "#/chat", (tutored_answer,)),
            ),
        ),
        Visit(
            "?demo",
            (
                State("library-list", "#/library", (library,)),
                State("library-found", "#/library", (found,)),
                State("library-passage", "#/library", (passage,)),
                State("library-note", "#/library", (note,)),
                State("library-note-written", "#/library", (written,)),
            ),
        ),
        Visit("?demo&tokens=100000&rate=40", (State("chat-streaming", "#/chat", (streaming,)),)),
        Visit(
            "?demo",
            (
                State("connections-ollama", "#/settings/connections", (connected(ollama_url),), is_tall=True),
                State("models-ollama", "#/models", (tab("Ollama"),), is_tall=True),
            ),
        ),
        Visit("", (State("first-run", "#/chat", (welcome,)), State("first-run-ollama", "#/chat", (ollama_choice,)))),
    )


def close_layers(page: Page) -> None:
    """Shut what the state before has left open, as a person does."""
    for _ in range(4):
        if not page.evaluate(LAYER):
            return
        page.keyboard.press("Escape")


def show(app: App, visit: Visit, state: State) -> None:
    """Go to a state of a visit that is open and take its steps. Raises Playwright's errors where that fails."""
    if state.name not in STAYS:
        close_layers(app.page)
    app.page.goto(app.url + visit.path + state.address)
    app.wait_ready()
    for step in state.steps:
        step(app)


#: The states of the main visit that are whole pages.
PAGES = frozenset({"chat-empty", "chat-reply", "models-device", "models-discover", "models-cloud"}) | {
    f"settings-{id}" for id in SECTIONS
}
#: These go on from the layer of the state before.
STAYS = ("first-run-ollama",)
