"""Works the page as a person does, and watches what a person does not see: the console and the network.

    app.open("?demo")                                   # waits until Python has drawn the page
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    assert app.ask("Hello!") == "Hello! How can I help you today?"

Everything waits on states, never on time. The limits are wide, since a first answer on a software GPU takes ten seconds
on a machine of its own, and minutes beside twenty busy processes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Worker, expect

from tests.environment import ROOT

MODELS = ROOT / "tests" / "fixtures" / "models"
LIMIT_MS = 300_000

#: The engines' own log lines, which they write to the console as errors (engine worker only):
#: `INFO: [cpu_registry.cc:75] ...`, `W1122 21:41:10.123456 1 tasks.cc:593] ...`
NATIVE_LOG = re.compile(
    r"^(?:(?:VERBOSE|INFO|WARNING): \[[\w./-]+:\d+\]|[IW]\d{4} \d\d:\d\d:\d\d\.\d+\s+\S+ [\w./-]+:\d+\])"
)
#: Where the engines' native code speaks from.
ENGINE_FILES = re.compile(r"/static/(?:js/engine\.js|vendor/(?:mediapipe|litert-lm|wllama)-[^/]+/)")
#: Addresses without a host: nothing leaves the browser by them.
INTERNAL = ("blob:", "data:", "about:", "chrome:", "devtools:")


class App:
    """One browser context with the page in it, and everything that went wrong so far in `problems`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._allowed: list[re.Pattern[str]] = []
        context.set_default_timeout(LIMIT_MS)
        context.set_default_navigation_timeout(LIMIT_MS)
        self._heard: list[tuple[BrowserContext | Worker, Any, Callable[[Any], None]]] = []
        self._hear(context, "console", self._on_console)
        self._hear(context, "weberror", lambda failure: self._complain(f"uncaught: {failure.error}"))
        self._hear(context, "request", self._on_request)
        self._hear(context, "serviceworker", self._on_service_worker)
        for worker in context.service_workers:
            self._on_service_worker(worker)
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    # --- what is watched

    def allow(self, *patterns: str) -> None:
        """Name console errors that the test provokes on purpose, as regular expressions."""
        self._allowed.extend(re.compile(pattern) for pattern in patterns)

    def _complain(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self._allowed):
            self.problems.append(problem)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        place = str(message.location.get("url", ""))
        if ENGINE_FILES.search(place) and NATIVE_LOG.match(message.text):
            return
        self._complain(f"console error: {message.text} ({place})")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        origin = re.match(r"\w+://[^/]+/", self.url)
        assert origin is not None
        if not request.url.startswith((origin.group(), *INTERNAL)):
            self._complain(f"a request left the origin: {request.url}")

    def _on_service_worker(self, worker: Worker) -> None:
        self._hear(worker, "console", self._on_console)

    def _hear(self, source: BrowserContext | Worker, event: Any, listener: Callable[[Any], None]) -> None:
        source.on(event, listener)
        self._heard.append((source, event, listener))

    def release(self) -> None:
        """Watch no longer: somebody else uses the context from now on."""
        for source, event, listener in self._heard:
            source.remove_listener(event, listener)
        self._heard.clear()

    def check(self) -> None:
        """Fail if anything went wrong that the test did not allow."""
        assert self.problems == []

    # --- the page

    def open(self, path: str = "", *, ready: bool = True) -> None:
        """Go to a path of the site (`?demo`, `#/models`); waits for the page to be ready unless told not to."""
        self.page.goto(self.url + path)
        if ready:
            self.wait_ready()

    def reload(self, *, ready: bool = True) -> None:
        """Load the page again."""
        self.page.reload()
        if ready:
            self.wait_ready()

    def wait_ready(self) -> None:
        """Wait until Python has drawn the page and every control works."""
        self.page.locator("html[data-ready]").wait_for(state="attached", timeout=LIMIT_MS)

    def go(self, name: str) -> None:
        """Change to another page by the navigation: Models, Settings, or back to the open chat ("Chat"), which the list
        marks; New chat leads back to an empty one. On a narrow page the navigation is behind the menu."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            menu.click()
        rail = self.page.get_by_role("navigation", name="Main")
        if name != "Chat":
            rail.get_by_role("link", name=name, exact=True).click()
            return
        marked = rail.get_by_role("list", name="Chats").locator("a[data-open]")
        new = rail.get_by_role("button", name="New chat", exact=True)
        (marked if marked.count() else new).click()
        expect(self.page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()

    def settings(self, section: str) -> Locator:
        """Open a section of Settings by its name ("Data"); returns its group."""
        self.go("Settings")
        index = self.page.get_by_role("navigation", name="Sections")
        named = self.page.get_by_text(section, exact=True)  # on a narrow page the link also says how things are
        index.get_by_role("link").filter(has=named).click()
        group = self.page.get_by_role("group", name=section, exact=True)
        expect(group).to_be_visible()
        return group

    def ollama_at(self, url: str) -> Locator:
        """Give Ollama's address in the section of Settings that is on show; returns the region that tells what came."""
        field = self.page.get_by_role("textbox", name="Ollama address")
        field.fill(url)
        field.press("Enter")
        return self.page.get_by_role("region", name="Ollama", exact=True)

    def server_form(self) -> Locator:
        """Unfold the form for a server of one's own in Settings; returns it."""
        group = self.settings("Connections")
        if group.locator("#cloud-own").get_attribute("open") is None:
            group.locator("#cloud-own-open").click()
        return group.get_by_role("form", name="Add a server")

    def pick(self, opener: str, item: str) -> None:
        """Open the menu of a button and choose a line of it, such as ("Menu of Rivers", "Rename")."""
        self.page.get_by_role("button", name=opener).first.click()
        self.page.get_by_role("menu", name=opener).get_by_role("menuitem", name=item, exact=True).click()

    def find(self, words: str) -> Locator:
        """Search by the keyboard, with the dialog open or not; returns what is found."""
        field = self.page.get_by_role("combobox", name="Search everything")
        if not field.is_visible():
            self.page.keyboard.press("ControlOrMeta+k")
        field.fill(words)
        return self.page.get_by_role("listbox", name="Results").get_by_role("option")

    # --- models

    @property
    def model(self) -> Locator:
        """The button that names the model which answers."""
        return self.page.get_by_role("combobox", name="Model", exact=True)

    def open_models(self) -> Locator:
        """Open the list of all models, or find it open; returns its options."""
        dialog = self.page.get_by_role("dialog", name="Model", exact=True)
        options = dialog.get_by_role("option")
        if not dialog.is_visible():
            self.model.click()
        expect(options.first).to_be_visible()
        return options

    def close_models(self) -> None:
        """Shut that list without a choice."""
        self.page.keyboard.press("Escape")
        expect(self.model).to_have_attribute("aria-expanded", "false")

    def choose_model(self, name: str) -> str:
        """Choose the first model with this in its name or facts; returns all that stands there."""
        option = self.open_models().filter(has_text=name).first
        words, about = option.locator("strong").inner_text(), option.inner_text()
        option.click()
        expect(self.model).to_contain_text(words)
        return about

    def import_model(self, path: Path, limit_ms: int = LIMIT_MS) -> Locator:
        """Import a model file on the Models page and wait until it is stored; returns the model's article."""
        self.go("Models")
        article = self.page.get_by_role("region", name="Browser models").get_by_role("article")
        self.pick_models(path)
        model = article.filter(has_text=path.stem).first
        expect(model).to_contain_text(re.compile(r"Ready|Active"), timeout=limit_ms)
        return model

    def pick_models(self, *paths: Path) -> None:
        """Pick files to import on the Models page, by its menu."""
        with self.page.expect_file_chooser() as chooser:
            self.add_a_model("Import files")
        chooser.value.set_files(paths)

    def add_a_model(self, way: str) -> None:
        """Choose one of the ways to add a model."""
        self.page.get_by_role("button", name="Add a model", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile(f"^{way}")).click()

    def details(self, model: Locator) -> Locator:
        """Open the sheet of a model by its row; returns the dialog."""
        name = model.get_by_role("heading").inner_text()
        sheet = self.page.get_by_role("dialog", name=name, exact=True)
        if not sheet.is_visible():
            model.get_by_role("button", name="Details", exact=True).click()
        expect(sheet).to_be_visible()
        return sheet

    def close_sheet(self) -> None:
        """Shut the sheet over the page, if it is open."""
        sheet = self.page.locator("#sheet")
        if sheet.is_visible():
            sheet.locator("[data-close]").first.click()  # a key may be lost while a page of a busy machine opens it
        expect(sheet).to_be_hidden()

    def unfold(self, region: str) -> Locator:
        """Unfold a region at the foot of the Models page; returns it."""
        found = self.page.get_by_role("region", name=region, exact=True)
        folded = found.locator("details").first
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()
        return found

    def leave(self) -> None:
        """Go to a file of the same origin, away from the app."""
        self.allow("favicon.ico")  # a page without the app's own head asks for one
        self.page.goto(self.url + "static/icons/icon.svg")

    def use_model(self, model: Locator) -> None:
        """Make a stored model the one that answers."""
        use, active = (model.get_by_role("button", name=name, exact=True) for name in ("Use", "Active"))
        expect(use.or_(active)).to_be_visible(timeout=LIMIT_MS)
        if not active.is_visible():
            use.click()
        expect(active).to_be_visible(timeout=LIMIT_MS)

    # --- chat

    @property
    def answers(self) -> Locator:
        """The assistant's messages of the open chat."""
        return self.page.get_by_role("log", name="Conversation").get_by_role("article", name="Assistant")

    def new_chat(self) -> None:
        """Open an empty chat and wait until it is there."""
        self.page.get_by_role("button", name="New chat").click()
        expect(self.answers).to_have_count(0)

    def send(self, text: str) -> Locator:
        """Send a message; returns the article its answer will be in, without waiting for it."""
        self.page.get_by_role("textbox", name="Message").fill(text)  # which waits until the chat is on show
        before = self.answers.count()
        self.page.get_by_role("button", name="Send", exact=True).click()
        return self.answers.nth(before)

    def short_replies(self, tokens: int = 16) -> None:
        """Let models stop early, where a test needs a reply and not all of it; leads to the chat."""
        length = self.settings("Chat").get_by_label("Maximum reply length")
        length.fill(str(tokens))
        length.press("Tab")
        expect(length).to_have_attribute("value", str(tokens))  # drawn once it is stored
        self.go("Chat")

    def stop(self) -> None:
        """Stop the reply, which may have ended by itself."""
        self.page.evaluate("() => { const stop = document.getElementById('stop'); if (!stop.hidden) stop.click(); }")

    def wait_answered(self, answer: Locator, limit_ms: int = LIMIT_MS) -> None:
        """Wait until the answer has ended, in whatever way. Its article may be on show before Stop is."""
        expect(answer).to_be_visible(timeout=limit_ms)
        expect(answer).not_to_have_attribute("aria-busy", "true", timeout=limit_ms)
        expect(self.page.get_by_role("button", name="Stop", exact=True)).to_be_hidden(timeout=limit_ms)

    def ask(self, text: str, limit_ms: int = LIMIT_MS) -> str:
        """Send a message, wait for the end of its answer, return the words of the answer."""
        answer = self.send(text)
        self.wait_answered(answer, limit_ms)
        return self.words(answer)

    def line(self, answer: Locator) -> Locator:
        """The quiet line under an answer: model, where, speed."""
        return answer.locator(".meta")

    def figures(self, answer: Locator) -> Locator:
        """All figures of an answer; opens them where they are not."""
        found = answer.get_by_role("region", name="Details", exact=True)
        if not found.is_visible():
            self.line(answer).get_by_role("button", name="Details", exact=True).click()
        return found

    def why(self, answer: Locator) -> Locator:
        """The card that says why Automatic chose this model; opens it where it is not."""
        found = answer.get_by_role("region", name="Why this model", exact=True)
        if not found.is_visible():
            answer.get_by_role("button", name="Why?", exact=True).click()
        return found

    def words(self, answer: Locator) -> str:
        """The text of an answer without the line under it."""
        return answer.locator(".prose").inner_text().strip()


def wait_until(page: Page, holds: Callable[[], object]) -> None:
    """Wait for what no locator can tell, such as the state of a server."""
    end = time.monotonic() + LIMIT_MS / 1000
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        page.wait_for_timeout(20)


def problems_of(apps: Iterable[App]) -> list[str]:
    """Everything that went wrong in any of these."""
    return [problem for app in apps for problem in app.problems]
