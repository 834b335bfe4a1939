"""Pictures and files in a real browser: pasted, dropped, picked, asked about, kept, exported, backed up, deleted."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS, App, wait_until
from tests.browser.test_archive import DEMO, button, download, erase, pick, records, said
from tests.browser.test_axe import RUN
from tests.mmproj import projector
from tests.study.imports.exports import FIXTURES

#: a drawing of 2000 by 1000 pixels as a file: a JPEG says where it was taken, as a phone's does
MAKE = """
async kind => {
  const canvas = new OffscreenCanvas(2000, 1000), context = canvas.getContext('2d');
  context.fillStyle = kind === 'image/png' ? '#17645f' : '#b0332b';
  context.fillRect(0, 0, 2000, 1000);
  context.fillStyle = 'white';
  context.font = '300px sans-serif';
  context.fillText('x² + y²', 300, 600);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: kind })).arrayBuffer());
  const place = new TextEncoder().encode('Exif\\0\\0taken-at-home'), head = [0xff, 0xe1, 0, place.length + 2];
  const parts = kind === 'image/jpeg' ? [bytes.slice(0, 2), new Uint8Array(head), place, bytes.slice(2)] : [bytes];
  const name = kind === 'image/png' ? 'curve.png' : 'board.jpg';
  window.made = { ...window.made, [kind]: new File(parts, name, { type: kind }) };
}
"""
DATA = """
  const data = new DataTransfer();
  for (const file of files) data.items.add(typeof file === 'string' ? window.made[file] : new File([file[1]], file[0]));
"""
PASTE = f"""(target, files) => {{ {DATA}
  return target.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}));
}}"""
DROP = f"""(target, files) => {{ {DATA}
  return ['dragover', 'drop'].map(type =>
    target.dispatchEvent(new DragEvent(type, {{ dataTransfer: data, bubbles: true, cancelable: true }})));
}}"""
WIDTH = "() => document.documentElement.scrollWidth"


def field(app: App) -> Locator:
    return app.page.get_by_role("textbox", name="Message", exact=True)


def attached(app: App) -> Locator:
    return app.page.locator("#attached").get_by_role("listitem")


def contents(app: App) -> list[bytes]:
    return [
        b64decode(one["content"]) if one["kind"] != "text/plain" else one["content"].encode()
        for one in records(app)["files"].values()
    ]


def see(app: App, question: Locator) -> None:
    """The question shows its picture, which opens large, and closes by its key."""
    expect(question.get_by_role("button", name="notes.py")).to_contain_text("tokens")
    opener = question.get_by_role("button", name="Open board.jpg")
    opener.press("Enter")
    sheet = app.page.get_by_role("dialog", name="board.jpg")
    image = sheet.get_by_role("img", name="board.jpg")
    expect(image).to_be_visible()
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth; }") == 1536
    app.page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.warm
def test_pictures_and_files_are_attached_asked_about_kept_and_deleted(app: App, axe: str) -> None:
    """Fault U11."""
    app.open(DEMO)
    for kind in ("image/png", "image/jpeg"):
        app.page.evaluate(MAKE, kind)
    address = app.page.url

    # Pasted, dropped (also what cannot be attached, and the same once more), picked.
    assert field(app).evaluate(PASTE, ["image/png"]) is False
    expect(attached(app)).to_have_count(1)
    expect(app.page.locator("#spoken")).to_have_text("Picture added: curve.png")
    dropped = ["image/jpeg", "image/png", ["paper.pdf", "%PDF-1.7"], ["tiny.gguf", "GGUF"], ["empty.txt", ""]]
    conversation = app.page.get_by_role("log", name="Conversation")
    assert conversation.evaluate(DROP, dropped) == [False, False], "the browser does not open it"
    expect(attached(app)).to_have_count(2)
    chats = (FIXTURES / "chatgpt" / "conversations.json").read_text("utf-8")
    conversation.evaluate(DROP, [["conversations.json", chats]])
    said(app, "conversations.json holds chats.")
    expect(app.page.get_by_role("button", name="Import", exact=True)).to_be_visible()
    for words in (
        "curve.png is attached already.",
        "paper.pdf is a PDF",
        "tiny.gguf is a model.",
        "empty.txt is empty.",
    ):
        said(app, re.escape(words))
    assert app.page.url == address
    with app.page.expect_file_chooser() as chooser:
        app.page.get_by_role("button", name="Attach", exact=True).click()
    chooser.value.set_files({"name": "notes.py", "mimeType": "", "buffer": b"energy = mass * c ** 2\n"})
    expect(attached(app)).to_have_count(3)

    # All of it outlives a reload, and can be taken away by the keyboard.
    app.reload()
    expect(attached(app)).to_have_count(3)
    app.page.get_by_role("button", name="Remove curve.png").press("Enter")
    expect(attached(app)).to_have_count(2)
    expect(app.page.get_by_role("button", name="Attach", exact=True)).to_be_focused()
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    app.page.set_viewport_size({"width": 320, "height": 640})
    assert app.page.evaluate(WIDTH) <= 320
    app.page.set_viewport_size({"width": 1280, "height": 800})

    # Asked about, also without words, and with the same picture in another chat.
    app.ask("What is on the board?")
    expect(app.page.locator("#attached")).to_be_empty()
    question = app.page.get_by_role("article", name="You").first
    see(app, question)
    app.answers.first.get_by_role("button", name="Details").first.click()
    expect(app.answers.first).to_contain_text(re.compile("Pictures\\s*1 picture"))
    assert sorted(map(len, contents(app)))[0] == len(b"energy = mass * c ** 2\n")
    assert not any(b"taken-at-home" in one for one in contents(app)), "nobody learns where it was taken"
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []

    # Edited: one goes, one comes by the keyboard's way, a pasted one too; the earlier version keeps its own.
    question.get_by_role("button", name="Edit", exact=True).click()
    question.get_by_role("button", name="Remove notes.py").press("Enter")
    add = question.get_by_role("button", name="Attach", exact=True)
    expect(add).to_be_focused()
    with app.page.expect_file_chooser() as chooser:
        add.press("Enter")
    chooser.value.set_files({"name": "more.txt", "mimeType": "", "buffer": b"and more\n"})
    expect(question.get_by_role("button", name="Remove more.txt")).to_be_visible()
    app.page.evaluate(MAKE, "image/png")
    edit = question.get_by_role("textbox", name="Edit message")
    assert edit.evaluate(PASTE, ["image/png"]) is False
    expect(question.get_by_role("list", name="Attachments").get_by_role("listitem")).to_have_count(3)
    expect(edit).to_have_value("What is on the board?")
    app.page.evaluate(axe)
    assert app.page.evaluate(RUN) == []
    question.get_by_role("button", name="Cancel").click()
    expect(question.get_by_role("button", name="notes.py")).to_be_visible()
    app.new_chat()
    app.page.evaluate(MAKE, "image/jpeg")
    field(app).evaluate(PASTE, ["image/jpeg"])
    expect(attached(app)).to_have_count(1)
    field(app).press("Enter")
    expect(app.page.get_by_role("article", name="You")).to_contain_text("What is this?")
    app.wait_answered(app.answers.first)
    assert len(contents(app)) == 2, "the same picture is kept once"
    found = app.find("mass energy")  # which only the text file says
    expect(found).to_have_count(1)
    expect(found).to_contain_text("notes.py energy = mass")
    found.click()
    app.page.wait_for_url(re.compile("#/chat/"))
    app.reload()
    see(app, app.page.get_by_role("article", name="You").first)

    # Exported, backed up, brought back.
    app.settings("Data")
    saved = download(app.page, button(app, "Save backup"))
    exported: Any = json.loads(saved.read_text("utf-8"))["shelves"]
    assert len(exported["files"]) == 2
    assert "drafts" not in exported
    markdown = download(app.page, button(app, "Export")).read_text("utf-8")
    assert markdown.count("![board.jpg](data:image/jpeg;base64,") == 2
    assert "**notes.py**\n\n```\nenergy = mass * c ** 2\n```" in markdown
    before = records(app)
    erase(app)
    assert records(app)["files"] == {}
    app.settings("Data")
    pick(app, saved)
    said(app, "Imported: 2 new chats")
    assert {name: records(app)[name] for name in ("files", "turns")} == {
        name: before[name] for name in ("files", "turns")
    }

    # With the last chat that uses it, a picture goes.
    for title, files in (("What is on the board?", 1), ("What is this?", 0)):
        app.pick(f"Menu of {title}", "Delete")
        wait_until(app.page, lambda files=files: len(records(app)["files"]) == files)  # type: ignore[misc]

    # A model that cannot see says so.
    app.open(f"{DEMO}&blind")
    app.page.evaluate(MAKE, "image/png")
    field(app).evaluate(PASTE, ["image/png"])
    expect(app.page.locator("#attached")).to_contain_text("Demo can't see pictures.")
    expect(app.page.get_by_role("button", name="Get a model that can")).to_be_visible()


BYTES = """
async kind => {
  const bytes = new Uint8Array(await window.made[kind].arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
"""


def asked(app: App, words: str) -> None:
    """What is attached is sent, answered by the engine itself, and counted."""
    expect(attached(app)).to_have_count(1)
    answer = app.send(words)
    app.wait_answered(answer)
    assert app.words(answer)
    expect(answer.get_by_role("alert")).to_have_count(0)
    expect(app.figures(answer)).to_contain_text(re.compile("Pictures\\s*1 picture"))


def shows(app: App, words: str) -> None:
    """A chat's question shows its picture."""
    app.page.get_by_role("link", name=words).click()
    image = app.page.get_by_role("article", name="You").get_by_role("button", name=re.compile("^Open ")).locator("img")
    expect(image).to_be_visible()
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth; }") == 320


@pytest.mark.slow
def test_a_real_engine_that_sees_is_given_pictures_pasted_dropped_and_picked(
    app: App, make_app: MakeApp, tmp_path: Path
) -> None:
    """llama.cpp reads each picture, with a part that sees made of chance: what it says of them means nothing."""
    weights, eyes = MODELS / "tiny-gemma3-f16.gguf", tmp_path / "mmproj-tiny.gguf"
    eyes.write_bytes(projector())
    app.open("#/models")
    app.pick_models(weights, eyes)
    model = app.page.get_by_role("region", name="Browser models").get_by_role("article").filter(has_text=weights.stem)
    app.use_model(model)
    app.short_replies()
    for kind in ("image/png", "image/jpeg"):
        app.page.evaluate(MAKE, kind)
    assert field(app).evaluate(PASTE, ["image/png"]) is False
    asked(app, "Pasted picture")
    app.new_chat()
    app.page.get_by_role("log", name="Conversation").evaluate(DROP, ["image/jpeg"])
    asked(app, "Dropped picture")
    app.new_chat()
    data = b64decode(app.page.evaluate(BYTES, "image/png"))
    with app.page.expect_file_chooser() as chooser:
        app.page.get_by_role("button", name="Attach", exact=True).click()
    chooser.value.set_files({"name": "once more.png", "mimeType": "image/png", "buffer": data})
    asked(app, "Picked picture")
    before = records(app, "drleelm")
    assert sorted(one["kind"] for one in before["files"].values()) == ["image/jpeg", "image/png"], "each once"
    app.reload()
    for words in ("Pasted picture", "Dropped picture", "Picked picture"):
        shows(app, words)

    # A backup brings all of it into a browser that knows nothing.
    app.settings("Data")
    saved = download(app.page, button(app, "Save backup"))
    other = make_app()
    other.open()
    other.settings("Data")
    pick(other, saved)
    said(other, "Imported: 3 new chats")
    after = records(other, "drleelm")
    assert {name: after[name] for name in ("files", "turns")} == {name: before[name] for name in ("files", "turns")}
    shows(other, "Picked picture")
    other.pick("Menu of Picked picture", "Delete")
    other.pick("Menu of Dropped picture", "Delete")
    wait_until(
        other.page, lambda: [one["kind"] for one in records(other, "drleelm")["files"].values()] == ["image/png"]
    )
