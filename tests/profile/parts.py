"""What the steps of a recorded use are made of."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.driver import LIMIT_MS, App
from tests.environment import ROOT

DOCUMENTS = ROOT / "tests" / "fixtures" / "documents"
KEY = "sk-profile-0123456789abcdef-3f9a"


def rows(app: App) -> Locator:
    """The documents that are listed."""
    return app.page.get_by_role("list", name="Documents").get_by_role("listitem")


def add(app: App, name: str) -> None:
    """Add a document to the notebook that is on show."""
    app.page.locator("#document-files").set_input_files(DOCUMENTS / name)
    expect(rows(app).filter(has_text=name)).to_contain_text("Indexed", timeout=LIMIT_MS)


def attach(app: App, name: str, text: str) -> None:
    """Attach a file to the message that is being written."""
    with app.page.expect_file_chooser() as chooser:
        app.page.get_by_role("button", name="Attach", exact=True).click()
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": text.encode()})
    expect(app.page.locator("#attached").get_by_role("listitem")).to_contain_text(name)


def put(app: App, label: str, value: str, section: str) -> None:
    """Fill a field of Settings and leave it."""
    app.settings(section)
    fill(app, label, value)


def fill(app: App, label: str, value: str) -> None:
    """Fill a field and leave it."""
    field = app.page.get_by_label(label).first
    field.fill(value)
    field.press("Tab")


def choose(app: App, name: str) -> None:
    """Choose a model in the header by the beginning of its name."""
    app.choose_model(name)


def pick(box: Locator, name: str) -> None:
    """Choose what has this in its label."""
    option = box.locator("option", has_text=name).first
    option.wait_for(state="attached")
    box.select_option(label=option.inner_text())


def rename(app: App, title: str, name: str) -> None:
    """Give a chat a name."""
    app.pick(f"Menu of {title}", "Rename")
    field = app.page.get_by_role("textbox", name="Chat title")
    field.fill(name)
    field.press("Enter")
    expect(app.page.get_by_role("list", name="Chats")).to_contain_text(name)


def group(app: App) -> Locator:
    """The cloud's group in Settings."""
    return app.page.get_by_role("group", name="Connections", exact=True)


def service(app: App, name: str) -> Locator:
    """One service there, unfolded."""
    found = group(app).get_by_role("article", name=name)
    expect(found).to_be_visible()
    if found.locator("details").first.get_attribute("open") is None:
        found.locator("summary").first.click()
    return found


def save_key(app: App) -> None:
    """Enter OpenAI's key, to be remembered."""
    app.settings("Connections")
    openai = service(app, "OpenAI")
    openai.get_by_label("OpenAI key").fill(KEY)
    openai.get_by_label("Remember on this device (encrypted)").check()
    openai.get_by_role("button", name="Save").click()
    expect(openai).to_contain_text("Key …3f9a")
    expect(openai.get_by_label("Remember on this device (encrypted)")).to_be_checked()  # it is used before it is kept
