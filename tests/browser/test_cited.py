"""A reply with sources in a real browser: chips, their quotes, the page beside the chat, what is not found."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.driver import LIMIT_MS, App
from tests.browser.test_axe import violations
from tests.browser.test_library import row, text_file
from tests.environment import ROOT

pytestmark = pytest.mark.warm

#: Whether a picture has white paper, and something on it.
INK = """canvas => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const pixels = new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return pixels[0] === 0xffffffff && pixels.some(pixel => pixel !== pixels[0]);
}"""
PDF = ROOT / "tests" / "fixtures" / "documents" / "tides-libreoffice.pdf"
MEAN, PULL = "The mean of the three levels is 357.67 centimetres.", "The Sun pulls half as strongly."
SHUTTING = """() => {
  window.shut = new Promise(done => addEventListener('close', () => setTimeout(done), { capture: true, once: true }));
}"""
SELECT = "element => getSelection().selectAllChildren(element)"
TEXT = "The mean is 357.67 cm [1]. The Sun pulls, too [2].\n\nIt takes **14 hours** [1][9]. `x[1]`"
#: puts a chat with a reply beside the documents that are there; a passage names its document by its name
SEED = """async ([database, chat, turns]) => {
  const opening = indexedDB.open(database);
  await new Promise(done => { opening.onsuccess = done; });
  const asked = request => new Promise(done => { request.onsuccess = () => done(request.result); });
  const writing = opening.result.transaction(['documents', 'turns', 'chats'], 'readwrite');
  const documents = (await asked(writing.objectStore('documents').getAll())).map(JSON.parse);
  const ids = new Map(documents.map(one => [one.name, one.id]));
  for (const one of turns.at(-1).sources.passages) one.document = ids.get(one.name) ?? 'gone';
  for (const turn of turns) writing.objectStore('turns').put(JSON.stringify(turn), turn.id);
  writing.objectStore('chats').put(JSON.stringify(chat), chat.id);
  await new Promise(done => { writing.oncomplete = done; });
  opening.result.close();
}"""


def claim(part: str, verdict: str, **more: Any) -> dict[str, Any]:
    at = TEXT.index(part)
    return {"start": at, "end": at + len(part), "verdict": verdict, **more}


def passage(number: int, name: str, page: int, text: str) -> dict[str, Any]:
    return {"number": number, "name": name, "page": page, "start": 0, "end": len(text), "text": text}


def seed(app: App, database: str = "drleelm-demo") -> str:
    """Two documents, and a chat with a reply that was written from them; returns its address."""
    app.page.locator("#document-files").set_input_files([
        FilePayload(name=PDF.name, mimeType="application/pdf", buffer=PDF.read_bytes()),
        text_file("moon.txt", "The Moon is far away.\n\n" * 60 + PULL),
    ])  # fmt: skip
    for name in (PDF.name, "moon.txt"):
        expect(row(app, name)).to_contain_text("Indexed", timeout=LIMIT_MS)
    passages = [
        passage(1, PDF.name, 2, MEAN),
        passage(2, "moon.txt", 1, PULL),
        passage(3, "gone.pdf", 7, "It is gone."),
    ]
    claims = [
        claim("The mean is 357.67 cm [1].", "supported", cites=[1], quoted=1, quote_start=4, quote_end=8),
        claim("It takes **14 hours** [1][9].", "false-number", cites=[1], detail="14"),
    ]
    question = {"id": "q", "chat_id": "c", "parent": "", "role": "user", "text": "Why?", "children": ["r"]}
    sources = {"passages": passages, "claims": claims, "search": "keyword", "documents": 2}
    reply = {"id": "r", "chat_id": "c", "parent": "q", "role": "assistant", "text": TEXT, "sources": sources}
    scope = {"notebook": "", "documents": []}
    chat = {"id": "c", "title": "Tides", "updated": 4e9, "path": ["q", "r"], "roots": ["q"], "scope": scope}
    app.page.evaluate(SEED, [database, chat, [question, reply]])
    return "#/chat/c"


def test_a_chip_shows_its_quote_and_opens_the_page_beside_the_chat(app: App, axe: str) -> None:
    app.open("?demo&tokens=40&rate=400#/library")
    address, page = seed(app), app.page
    app.reload()
    page.evaluate("address => { location.hash = address; }", address)
    first = page.get_by_role("button", name="Source 1", exact=True).first
    expect(page.get_by_role("button", name="Source 9")).to_have_count(0)
    first.hover()
    hint = page.get_by_role("tooltip").filter(has_text="page 2")
    expect(hint).to_contain_text("mean")
    page.keyboard.press("Escape")
    expect(hint).to_have_count(0)
    doubt = page.get_by_role("button", name="Not found in your documents")
    expect(doubt).to_have_accessible_description("This figure isn't in the sources: 14")
    first.click()
    panel = page.get_by_role("complementary", name="Source")
    expect(panel.locator(".box").first).to_be_in_viewport()
    expect(panel).to_contain_text("Page 2 of 3")
    page.wait_for_function(INK, arg=panel.get_by_role("img", name="Page 2 of").element_handle())
    expect(panel).to_contain_text("Passage 1 of 2 in this answer")
    expect(first).to_have_attribute("aria-expanded", "true")
    assert violations(app, axe) == []
    page.keyboard.press("n")
    expect(panel.locator("mark")).to_have_text(PULL)
    expect(panel.locator("mark")).to_be_in_viewport()
    explain = page.get_by_role("button", name="Explain", exact=True)
    expect(explain).to_be_hidden()
    panel.locator("mark").evaluate(SELECT)
    explain.click()
    explanation = page.get_by_role("dialog", name="Explanation")
    expect(explanation.locator("mark")).to_have_text(PULL)
    expect(explanation.get_by_role("link", name="moon.txt")).to_be_visible()
    expect(explanation).to_contain_text("Check it against the source below.")
    assert explanation.evaluate("sheet => sheet.firstElementChild.clientWidth === sheet.clientWidth")
    assert violations(app, axe) == []
    page.evaluate(SHUTTING)
    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()
    page.evaluate("() => window.shut")  # the next key must not come before the page has told Python
    page.locator("#t-r .prose strong").evaluate(SELECT)
    page.keyboard.press("e")
    expect(explanation.locator("mark")).to_have_text("14 hours")
    explanation.get_by_role("button", name="Ask more in a chat").click()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Explain this further: “14 hours”")
    page.get_by_role("textbox", name="Message").fill("")
    page.locator("#source-title").focus()
    page.keyboard.press("p")
    expect(panel).to_contain_text("Page 2 of 3")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(first).to_be_focused()
    page.set_viewport_size({"width": 390, "height": 800})
    first.click()
    expect(panel.locator(".box").first).to_be_in_viewport()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(first).to_be_focused()
