"""A library of 400 MB whose browser has no more room: what is refused is said, and nothing that is there is lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.conftest import MakeProfile
from tests.browser.driver import App, wait_until
from tests.browser.test_library import row
from tests.browser.test_library_kills import KEPT, found, pick, whole
from tests.documents.pdfs import line, pdf

pytestmark = pytest.mark.slow

LARGE, LARGE_BYTES, SMALL = 6, 68_000_000, 30
PATIENCE_MS = 240_000
#: of every file that is kept: its SHA-256 as it lies there, by its document's id
DIGESTS = """async ids => {
  const asked = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const found = {};
  for (const id of ids) {
    const base = await asked(indexedDB.open(`drleelm-document-${id}`));
    const file = await asked(base.transaction('parts').objectStore('parts').get('file'));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    found[id] = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
    base.close();
  }
  return found;
}"""
USED = "async () => (await navigator.storage.estimate()).usage"
#: Whether so many bytes can be kept, which are gone again; the browser asks for the quota every half minute only.
FITS = """async bytes => {
  const asked = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const opening = indexedDB.open('probe');
  opening.onupgradeneeded = () => opening.result.createObjectStore('probe');
  const base = await asked(opening);
  const pieces = Array.from({ length: Math.ceil(bytes / 65536) }, () => crypto.getRandomValues(new Uint8Array(65536)));
  const transaction = base.transaction('probe', 'readwrite', { durability: 'strict' });
  transaction.objectStore('probe').put(new Blob(pieces), 'probe');
  const fits = await new Promise(done => {
    transaction.oncomplete = () => done(true);
    transaction.onabort = () => done(false);
  });
  base.close();
  await asked(indexedDB.deleteDatabase('probe'));
  return fits;
}"""


def large(number: int, size: int = LARGE_BYTES) -> bytes:
    """A PDF with a word of its own, and a picture that takes much room."""
    picture = random.Random(number).randbytes(size)
    text = b"".join(line(f"Line {at} of large{number}large", 10, 72, 780 - 17 * at) for at in range(30))
    return pdf([text], b"<< /Length %d >>\nstream\n%b\nendstream" % (size, picture))


def small(number: int) -> bytes:
    """A text with a word of its own."""
    draw = random.Random(number)
    words = ["tide", "moon", "shore", "current", "basin", "estuary", "gauge", "datum", "neap", "spring"]
    return f"{' '.join(draw.choices(words, k=3000))}. Here it says small{number}small.\n".encode()


def room(app: App, more_bytes: int) -> CDPSession:
    """From now on so many bytes more than are used can be kept, until the session that is returned is detached."""
    tools = app.context.new_cdp_session(app.page)
    limit = {"origin": app.url.rstrip("/"), "quotaSize": app.page.evaluate(USED) + more_bytes}
    tools.send("Storage.overrideQuotaForOrigin", limit)
    wait_until(app.page, lambda: not app.page.evaluate(FITS, max(more_bytes, 0) + 1_000_000))
    return tools


def shelved(app: App) -> set[str]:
    """The ids of the documents that are kept: each has its file, byte by byte, and its words, and nothing else lies
    here."""
    kept, parts = app.page.evaluate(KEPT)
    ids = {one["id"] for one in kept}
    assert ids == set(parts)
    assert app.page.evaluate(DIGESTS, list(ids)) == {one["id"]: one["sha256"] for one in kept}
    whole(app)
    return ids


def delete(app: App, name: str) -> None:
    """By the menu of its row."""
    app.page.get_by_role("button", name=f"Menu of {name}").click()
    app.page.get_by_role("menuitem", name="Delete").click()
    expect(row(app, name)).to_have_count(0)


def write(app: App, title: str, text: str) -> None:
    """A new note."""
    app.page.get_by_role("button", name="New note", exact=True).click()
    app.page.get_by_role("textbox", name="Title").fill(title)
    app.page.get_by_role("textbox", name="Note", exact=True).fill(text)


def test_a_library_of_400_mb_without_room_loses_nothing(make_profile: MakeProfile, tmp_path: Path) -> None:
    """What does not fit is refused in words and leaves nothing; words that are typed are kept; what is deleted gives
    its room to what comes."""
    files = [tmp_path / f"large{number}.pdf" for number in range(LARGE)]
    files += [tmp_path / f"small{number}.txt" for number in range(SMALL)]
    for number, file in enumerate(files):
        file.write_bytes(large(number) if number < LARGE else small(number - LARGE))
    more, long = tmp_path / "more.pdf", tmp_path / "long.txt"
    more.write_bytes(large(99, 20_000_000))
    long.write_text(random.Random(7).randbytes(3_000_000).hex(" ", 30), "utf-8")  # what is read is as long again
    app = make_profile()
    app.open("#/library")
    pick(app, files)
    indexed = app.page.get_by_role("list", name="Documents").get_by_role("listitem").filter(has_text="Indexed")
    expect(indexed).to_have_count(len(files), timeout=PATIENCE_MS)
    before = shelved(app)
    assert sum(file.stat().st_size for file in files) > 400_000_000

    tools = room(app, 8_000_000)
    pick(app, [more, files[0], files[1]])
    expect(app.page.get_by_text("There isn't enough space for more.pdf. Delete a model or documents")).to_be_visible()
    expect(app.page.get_by_text("2 more files were not added.")).to_be_visible()
    assert shelved(app) == before
    pick(app, [long])
    expect(row(app, "long.txt")).to_contain_text("Waiting (stopped)", timeout=PATIENCE_MS)
    expect(app.page.get_by_role("alert").filter(has_text="There isn't enough space.")).to_be_visible()
    found(app, "small7small", "small7.txt")
    tools.detach()

    tools = room(app, -10_000_000)
    write(app, "Without room", "These words are kept.")
    expect(app.page.get_by_text("Not saved yet. Your words are kept in this window.")).to_be_visible()
    app.reload()
    expect(app.page.get_by_role("textbox", name="Note", exact=True)).to_have_value("These words are kept.")
    expect(app.page.get_by_text("Not saved yet.")).to_be_visible()
    app.go("Library")
    expect(row(app, "long.txt")).to_contain_text("Waiting (stopped)", timeout=PATIENCE_MS)
    found(app, "large3large", "large3.pdf")
    app.page.get_by_role("searchbox", name="Search documents").fill("")
    assert shelved(app) > before

    delete(app, "large5.pdf")
    pick(app, [more])
    expect(row(app, "more.pdf")).to_contain_text("Indexed", timeout=PATIENCE_MS)
    expect(row(app, "Without room")).to_contain_text("Indexed", timeout=PATIENCE_MS)
    app.page.get_by_role("button", name="Menu of long.txt").click()
    app.page.get_by_role("menuitem", name="Read now").click()
    expect(indexed).to_have_count(len(files) - 1 + 3, timeout=PATIENCE_MS)
    tools.detach()
    app.context.close()
    app = make_profile()
    app.open("#/library")
    for words, name in (("large99large", "more.pdf"), ("small29small", "small29.txt"), ("words kept", "Without room")):
        found(app, words, name)
    app.page.get_by_role("searchbox", name="Search documents").fill("")
    after = shelved(app)
    assert len(after & before) == len(before) - 1
    assert len(after) == len(before) + 2
