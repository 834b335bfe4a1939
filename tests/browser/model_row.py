"""One model on the Local Models page as a person works it, and what the browser really keeps of it.

[row] = show_models(app, liar, Offer("Tiny", file, ("tiny.gguf",)))
row.click("Download")
row.expect("Ready")
row.expect_identical()                      # every stored byte, read back from IndexedDB and hashed
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import LIMIT_MS, App, wait_until
from tests.browser.files import Offer
from tests.browser.liar import Asked, Liar, Lie

#: Reads a model's database beside the app, which may be writing it. Never creates one.
KEPT = """
async id => {
  const name = 'drleelm-model-' + id;
  if (!(await indexedDB.databases()).some(each => each.name === name)) return null;
  const settled = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await settled(indexedDB.open(name));
  database.onversionchange = () => database.close();
  try {
    const transaction = database.transaction(['info', 'chunks']);
    const chunks = transaction.objectStore('chunks');
    const [bytes, keys, blobs] = await Promise.all(
      [transaction.objectStore('info').get('stored'), chunks.getAllKeys(), chunks.getAll()].map(settled));
    const sha256 = {};
    for (const [at, key] of keys.entries()) {
      const digest = await crypto.subtle.digest('SHA-256', await blobs[at].arrayBuffer());
      sha256[key] = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
    }
    return { bytes: bytes ?? 0, sha256 };
  } finally {
    database.close();
  }
}
"""


IN_SHEET = {"Verify", "Unload", "Save a copy"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What IndexedDB holds of a model: the bytes its record counts, and the hash of each chunk that is there."""

    bytes: int = 0
    sha256: tuple[tuple[int, str], ...] = ()


class ModelRow:
    """The article of one model on a page."""

    def __init__(self, page: Page, offer: Offer) -> None:
        self.page, self.offer = page, offer
        region = page.get_by_role("region", name="Browser models")
        self.article: Locator = region.get_by_role("article", name=offer.name, exact=True)
        self.status: Locator = self.article.locator(".status")
        self.sheet: Locator = page.get_by_role("dialog", name=offer.name, exact=True)
        self.alert: Locator = self.article.get_by_role("alert")
        self.bar: Locator = self.article.get_by_role("progressbar")

    def button(self, name: str) -> Locator:
        """One of its buttons."""
        return self.article.get_by_role("button", name=name, exact=True)

    def click(self, name: str, *, sure: bool = False) -> None:
        """Press a button of the row, else of the sheet; `sure` says yes to the question that follows."""
        expect(self.article).to_be_visible(timeout=LIMIT_MS)
        is_in_sheet = name in IN_SHEET
        if is_in_sheet:
            self.article.get_by_role("button", name="Details", exact=True).click()
        (self.sheet.get_by_role("button", name=name, exact=True) if is_in_sheet else self.button(name)).click()
        if sure:
            self.page.locator("#ask-yes").click()
        if is_in_sheet:
            self.page.locator("#sheet [data-close]").first.click()

    def expect(self, status: str, limit_ms: int = LIMIT_MS) -> None:
        """Wait for a status: the words before the first dot, exactly; with a dot, the whole line."""
        words = re.escape(status) if " · " in status else rf"{re.escape(status)}(?: · .*)?"
        expect(self.status).to_have_text(re.compile(f"^{words}$"), timeout=limit_ms)

    def expect_problem(self, *patterns: str) -> None:
        """Wait for the reason in words, and for a cure after it."""
        for pattern in patterns:
            expect(self.alert).to_contain_text(re.compile(pattern, re.IGNORECASE))

    def kept(self) -> Kept:
        """What is stored at this moment."""
        found = self.page.evaluate(KEPT, self.offer.id)
        if found is None:
            return Kept()
        return Kept(int(found["bytes"]), tuple(sorted((int(key), value) for key, value in found["sha256"].items())))

    def expect_identical(self) -> None:
        """Every chunk of the file is stored, and each is the file's own."""
        wanted = tuple(enumerate(self.offer.file.chunk_sha256(self.offer.chunk_bytes)))
        assert (kept := self.kept()) == Kept(self.offer.file.size, wanted), kept

    def expect_kept(self, chunks: int) -> None:
        """So many whole chunks are stored from the beginning, each the file's own, and nothing else."""
        size, wanted = self.offer.chunk_bytes, self.offer.file.chunk_sha256(self.offer.chunk_bytes)[:chunks]
        assert (kept := self.kept()) == Kept(min(chunks * size, self.offer.file.size), tuple(enumerate(wanted))), kept


def show_models(app: App, liar: Liar, *offers: Offer) -> list[ModelRow]:
    """Open the Models page with a catalogue of these models. What the browser says of the liar is no problem."""
    app.allow(re.escape(liar.url))
    app.open(f"?catalog={liar.catalog(*offers)}#/models")
    rows = [ModelRow(app.page, offer) for offer in offers]
    for row in rows:
        row.expect("Not downloaded")
    return rows


def gate(liar: Liar, offer: Offer, chunks: int) -> None:
    """Let so many chunks through; the next request hangs until the lie is changed, which ends its connection, or until
    the page gives it up. The one after it is answered honestly."""
    for source in offer.sources:
        liar.lie(source, Lie(stall_after=0, since=chunks * offer.chunk_bytes, times=1))


def wait_at_gate(row: ModelRow, liar: Liar, chunks: int) -> None:
    """Wait until a download has stored so many chunks and hangs at the gate."""
    start, names = chunks * row.offer.chunk_bytes, row.offer.sources
    expect(row.bar).to_have_js_property("value", start)
    wait_until(row.page, lambda: any(asked.start == start for name in names for asked in liar.log_of(name)))


def starts(log: Iterable[Asked]) -> list[int]:
    """The first bytes that were asked for, in order."""
    return [asked.start for asked in log]
