"""What a person sees of all that they have made, read from the page by roles and names, as plain data.

    seen = look(app)            # {"chats": …, "models": …, "settings": …, "ledger": …, …}

The recorder keeps what it saw as `expected.json`. A later version of the app must show all of it: words that a person
wrote or got, names, figures, the positions of switches. The app's own wording is no part of it.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.driver import App

#: by its name in the recorded file: the section of Settings and what a field or switch is called today
FIELDS = {
    "Theme": ("General", "Theme"),
    "System prompt": ("Chat", "Instructions"),
    "Temperature": ("Chat", "Temperature"),
    "Longest reply": ("Chat", "Maximum reply length"),
    "Ollama address": ("Connections", "Ollama address"),
    "Top-k": ("Advanced", "Top-k"),
    "Top-p": ("Advanced", "Top-p"),
    "Seed": ("Advanced", "Seed"),
}
SWITCHES = {
    "Offline Mode": ("Privacy & offline", "Offline Mode"),
    "Ollama here may be asked": ("Privacy & offline", "Allow Ollama on this computer"),
    "Reasoning": ("Chat", "Reasoning"),
    "Smart routing": ("Models & Automatic", "Smart routing"),
    "Quick follow-ups stay in the browser": ("Models & Automatic", "Keep quick follow-ups on this device"),
    "Ask before a question leaves this device": (
        "Models & Automatic",
        "Ask before a question leaves this device",
    ),
    "Where a cloud model cannot answer, a model on this device does": (
        "Models & Automatic",
        "Answer on this device when the cloud can't",
    ),
    "Local API": ("Advanced", "Local API"),
}
AMOUNTS = {  # by what the recorded version called them
    "Cloud budget a day, $": "Daily budget ($)",
    "Cloud budget a month, $": "Monthly budget ($)",
    "Compare free replies with": "Compare free replies with",
}
FEATURES = {"Earlier turns": "Earlier messages", "Code help": "Code help", "Chat titles": "Chat titles"}
SPACES = re.compile(r"\s+")
WITHOUT_BUTTONS = """prose => {
  const copy = prose.cloneNode(true);
  copy.querySelectorAll('button').forEach(button => button.remove());
  return copy.textContent;
}"""


def look(app: App) -> dict[str, Any]:
    """Everything."""
    return {
        "chats": chats(app),
        "models": models(app),
        "measured": measured(app),
        "settings": settings(app),
        "costs": costs(app),
        "ledger": ledger(app),
        "cloud": cloud(app),
        "sources": sources(app),
        "library": library(app),
        "cards": cards(app),
        "quizzes": quizzes(app),
    }


def cards(app: App) -> list[str]:
    """Every note, by what its first card asks."""
    app.page.goto(f"{app.url}#/cards/all")
    expect(app.page.get_by_role("tab", name="All cards")).to_have_attribute("aria-selected", "true")
    links = app.page.get_by_role("list", name="Cards").get_by_role("link")
    expect(links.first.or_(app.page.get_by_text("No cards yet."))).to_be_visible()
    return sorted(words(link) for link in links.all())


def quizzes(app: App) -> list[str]:
    """What each is about."""
    app.page.goto(f"{app.url}#/cards/quiz")
    expect(app.page.get_by_role("button", name="Start quiz")).to_be_visible()
    return [words(link) for link in app.page.locator("#quiz-list").get_by_role("link").all()]


def library(app: App) -> dict[str, Any]:
    """Documents with what stands below their names, the words of a note, and where a word is found."""
    page = app.page
    page.goto(f"{app.url}#/library")
    documents = page.get_by_role("list", name="Documents").get_by_role("listitem")
    expect(documents.first.or_(page.get_by_text("No documents yet."))).to_be_visible()
    named = {words(row.get_by_role("link")): words(row.locator("small").first) for row in documents.all()}
    found: dict[str, Any] = {"documents": named}
    if "My notes" in named:
        page.get_by_role("searchbox", name="Search documents").fill("prisms")
        passage = page.get_by_role("list", name="Passages").get_by_role("link").first
        expect(passage).to_be_visible()
        found["passage"] = words(passage.locator("mark").first)
        page.get_by_role("link", name="My notes").click()
        expect(page.locator("#reader .prose > :first-child")).to_be_visible()
        found["note"] = words(page.locator("#reader .prose"))
    return found


def words(part: Locator) -> str:
    """The text of a part of the page, with single spaces."""
    return SPACES.sub(" ", part.inner_text()).strip()


def chats(app: App) -> list[dict[str, Any]]:
    """What was said, in which of how many versions, and what else each reply shows; the newest chat first."""
    app.go("Chat")
    links = app.page.get_by_role("list", name="Chats").get_by_role("link")
    expect(links.first).to_be_visible()
    found = []
    for link in links.all():
        title = link.inner_text()
        link.click()
        expect(link).to_have_attribute("aria-current", "true")
        articles = app.page.get_by_role("log", name="Conversation").get_by_role("article")
        expect(articles).not_to_have_count(0)
        is_private = app.page.get_by_role("switch", name="Private chat").is_checked()
        found.append({"title": title, "is_private": is_private, "turns": [turn(article) for article in articles.all()]})
    return found


def turn(article: Locator) -> dict[str, Any]:
    """One question or reply."""
    versions = article.locator(".versions")
    thinking = article.locator("details.thinking p")
    return {
        "who": article.get_attribute("aria-label"),
        "words": SPACES.sub(" ", article.locator(".prose").evaluate(WITHOUT_BUTTONS)).strip(),
        "code": article.locator("pre code").all_inner_texts(),
        "version": re.sub(r"[^\d/]", "", versions.inner_text()) if versions.count() else "",
        "thinking": (thinking.text_content() or "").strip() if thinking.count() else "",
        "has_receipt": article.get_by_role("button", name="Why?", exact=True).count() > 0,
        "has_notes": article.locator("p.note").count() > 0,
        "has_failed": article.get_by_role("alert").count() > 0,
        "can_go_on": article.get_by_role("button", name="Continue").count() > 0,
    }


def models(app: App) -> dict[str, dict[str, Any]]:
    """The browser's models that are here, at least in part, or were added: their states, and what can be done."""
    app.go("Models")
    region = app.page.get_by_role("region", name="Browser models")
    expect(region.get_by_role("article").first).to_be_visible()
    found = {}
    for article in region.get_by_role("article").all():
        name = words(article.locator("[id^=name-]"))
        status = words(article.locator(".status")).partition(" · ")[0]
        if status != "Not downloaded" or name == "single":
            resume = article.get_by_role("button", name="Resume", exact=True)
            found[name] = {"status": status, "can_resume": resume.count() > 0}
    return found


def measured(app: App) -> list[str]:
    """Which models were measured."""
    app.go("Models")
    items = app.unfold("Measured speed").get_by_role("listitem")
    expect(items.first).to_be_visible()
    return [words(item.locator("strong")) for item in items.all() if item.locator(".facts").count()]


def settings(app: App) -> dict[str, Any]:
    """Fields, switches, and who answers for what."""
    page = app.page
    fields = {name: app.settings(at).get_by_label(label).first.input_value() for name, (at, label) in FIELDS.items()}
    switches = {
        name: app.settings(at).get_by_role("switch", name=label, exact=True).is_checked()
        for name, (at, label) in SWITCHES.items()
    }
    section = app.settings("Models & Automatic")
    slider = section.get_by_role("slider", name="When should a stronger model answer?").input_value()
    features = {name: section.get_by_label(now, exact=True).input_value() for name, now in FEATURES.items()}
    chosen = app.open_models().and_(page.locator("[aria-selected=true]")).get_attribute("id") or ""
    app.close_models()
    app.go("Models")
    memory = page.get_by_label("Memory of this computer (GB)").input_value()
    return {**fields, **switches, **features, "share": slider, "model": chosen.removeprefix("pick-"), "memory": memory}


def part_costs(app: App) -> Locator:
    """The group in Settings, once the ledger was read."""
    part = app.settings("Usage & budget")
    expect(part.get_by_role("button", name="Download as CSV")).to_be_visible()
    return part


def costs(app: App) -> dict[str, Any]:
    """Budgets, the reference, prices of the person's own; and figures that do not change with the day."""
    part = part_costs(app)
    amounts = {name: part.get_by_label(label).input_value() for name, label in AMOUNTS.items()}
    unfold(part.get_by_text("By day, model, feature and place"))
    rows = part.get_by_role("table", name="By model").locator("tbody").get_by_role("row")
    figures = [[words(cell) for cell in row.locator("th, td").all()] for row in rows.all()]
    unfold(part.get_by_text("Prices", exact=True))
    part.get_by_role("button", name=re.compile(r"^All \d+ prices")).click()
    own = part.get_by_role("row").filter(has=app.page.get_by_role("button", name=re.compile("^Forget your price")))
    expect(own).not_to_have_count(0)
    prices = [[words(row.locator("xpath=ancestor::tbody").locator(".service")), *_price(row)] for row in own.all()]
    allowed = part.get_by_role("button", name=re.compile("Ask for a price of .* again")).count()
    return {**amounts, "by model": figures, "own prices": prices, "allowed without a price": allowed}


def _price(row: Locator) -> list[str]:
    """A model and its prices; what stands below its name says where they come from."""
    name, about = words(row.locator("th")), words(row.locator("th small"))
    return [name.removesuffix(about).strip(), *(words(cell) for cell in row.locator("td").all())]


def unfold(summary: Locator) -> None:
    """Open what is folded."""
    if summary.locator("xpath=ancestor::details[1]").get_attribute("open") is None:
        summary.click()


def ledger(app: App) -> list[dict[str, str]]:
    """Every entry, as the person can take it along."""
    with app.page.expect_download() as saved:
        part_costs(app).get_by_role("button", name="Download as CSV").click()
    text = Path(saved.value.path()).read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cloud(app: App) -> dict[str, dict[str, Any]]:
    """Services that are set up: the end of the key, whether it is remembered, the models that are offered."""
    section = app.settings("Connections")
    expect(section.get_by_role("article", name="OpenAI")).to_contain_text("…3f9a")
    found = {}
    for name in ("OpenAI", "llm.school.example"):
        article = section.get_by_role("article", name=name)
        unfold(article.locator("summary").first)
        offered = article.get_by_role("list", name=f"Models of {name}").get_by_role("listitem")
        remember = article.get_by_label("Remember on this device (encrypted)")
        found[name] = {
            "key": re.findall(r"…\w{4}", article.inner_text())[:1],
            "is_remembered": remember.first.is_checked(),
            "offers": [
                words(item.locator("label")) for item in offered.all() if item.get_by_role("checkbox").is_checked()
            ],
        }
    return found


def sources(app: App) -> list[str]:
    """Catalogues and single models that were added, with their addresses."""
    items = app.settings("Classroom").get_by_role("list", name="Catalogues").get_by_role("listitem")
    expect(items.first).to_be_visible()
    return [f"{words(item.locator('.name'))} · {words(item.locator('small'))}" for item in items.all()]
