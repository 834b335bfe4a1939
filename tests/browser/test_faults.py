"""The faults of a download that take their time: lost bytes, stalls, storage that is refused or taken away, big files.

Which fault is where: see tests/browser/test_downloads.py.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from app.core.values import Model, Source
from app.models.store.stored import model_info
from serve import ISOLATION
from tests.bench.measure import browser_process
from tests.bench.memory import watching
from tests.browser.conftest import MakeProfile
from tests.browser.driver import App
from tests.browser.files import Offer, gguf, tiny
from tests.browser.liar import Liar, Lie
from tests.browser.model_row import ModelRow, gate, show_models, starts, wait_at_gate
from tests.environment import ROOT
from tests.words import english

pytestmark = pytest.mark.slow

CHUNK = 1 << 18
SIZE = 2_000_000
MODEL = Offer("Model", gguf(SIZE, seed=1), ("model.gguf",), CHUNK)
REAL = Offer("Real", tiny(), ("real.gguf",), CHUNK)
SCRIPTS = ROOT / "static" / "vendor" / "scripts"
BIG_BYTES = 2_200_000_000  # beyond 2^31


@pytest.fixture
def row(app: App, liar: Liar) -> ModelRow:
    """A model of eight chunks, not downloaded yet."""
    liar.put("model.gguf", MODEL.file)
    [row] = show_models(app, liar, MODEL)
    return row


def beginning_with(app: App, script: str, name: str) -> None:
    """Let one of the app's scripts that store something begin with some lines of the test's, once.

    Chromium takes an answer that a test gives for one from the internet, which may not reach this machine by itself."""
    text = script + (SCRIPTS / name).read_text("utf-8")

    def answer(route: Route) -> None:
        route.fulfill(body=text, content_type="text/javascript", headers=ISOLATION)

    app.context.grant_permissions(["local-network-access"])
    app.context.route(f"**/static/vendor/scripts/{name}", answer, times=1)


# -- bytes that are lost ----------------------------------------------------------------------------------------------


def stored_files(profile: Path) -> list[Path]:
    """The files in which the browser keeps whole chunks of a model."""
    files = sorted((profile / "Default" / "IndexedDB").glob("*.blob/**/*"))
    return [file for file in files if file.is_file() and file.stat().st_size == CHUNK]


@pytest.mark.parametrize("harm", ["deleted", "cut"])
def test_a_chunk_whose_bytes_are_lost_is_never_given_to_an_engine(
    make_profile: MakeProfile, liar: Liar, tmp_path: Path, harm: str
) -> None:
    """Fault 2: the record is there, and the file behind it is not what it was."""
    liar.put("real.gguf", REAL.file)
    app = make_profile()
    [row] = show_models(app, liar, REAL)
    row.click("Download")
    row.expect("Ready")
    app.context.close()
    files = stored_files(tmp_path / "profile")
    assert len(files) == REAL.file.size // CHUNK
    if harm == "deleted":
        files[3].unlink()
    else:
        with files[3].open("r+b") as file:
            file.truncate(CHUNK // 2)
    liar.forget()
    again = make_profile()
    again.allow(re.escape(liar.url))
    again.open(f"?catalog={liar.catalog(REAL)}#/models")
    row = ModelRow(again.page, REAL)
    row.expect("Ready")
    again.use_model(row.article)
    again.go("Chat")
    answer = again.send("What is the capital of France?")
    again.wait_answered(answer)
    expect(answer.get_by_role("alert")).to_be_visible()
    again.go("Models")
    row.expect("Damaged")
    row.expect_problem("1 of 9 parts")
    row.click("Repair")
    row.expect("Ready")
    row.expect_identical()
    assert len(liar.log_of("real.gguf")) == 1
    again.go("Chat")
    assert again.ask("What is the capital of France?")


def test_verifying_finds_a_changed_bit_and_repairing_fetches_only_that_chunk(
    make_profile: MakeProfile, liar: Liar, tmp_path: Path
) -> None:
    """Faults 2, 13: as many bytes as before, but other ones."""
    liar.put("model.gguf", MODEL.file)
    app = make_profile()
    [row] = show_models(app, liar, MODEL)
    row.click("Download")
    row.expect("Ready")
    app.context.close()
    file = stored_files(tmp_path / "profile")[2]
    content = bytearray(file.read_bytes())
    content[777] ^= 4
    file.write_bytes(content)
    liar.forget()
    again = make_profile()
    again.allow(re.escape(liar.url))
    again.open(f"?catalog={liar.catalog(MODEL)}#/models")
    row = ModelRow(again.page, MODEL)
    row.click("Verify")
    row.expect("Damaged")
    row.click("Repair")
    row.expect("Ready")
    row.expect_identical()
    row.click("Verify")
    row.expect("Ready")
    assert len(liar.log_of("model.gguf")) == 1


ABORT_FOURTH_CHUNK = """
(() => {
  let left = 1;
  const original = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    const request = original.call(this, value, key);
    if (this.name === 'chunks' && key === 3 && left-- > 0) {
      request.addEventListener('success', () => this.transaction.abort());
    }
    return request;
  };
})();
"""


def test_a_transaction_that_aborts_after_its_put_succeeded_moves_no_progress(app: App, liar: Liar) -> None:
    """Fault 15: a request's success is no proof."""
    liar.put("model.gguf", MODEL.file)
    beginning_with(app, ABORT_FOURTH_CHUNK, "chunk-worker.js")
    [row] = show_models(app, liar, MODEL)
    row.click("Download")
    expect(row.alert).to_be_visible()
    row.expect_kept(3)
    expect(row.status).to_contain_text("786 kB kept")
    liar.forget()
    row.article.get_by_role("button", name=re.compile("^(Resume|Try again)$")).click()
    row.expect("Ready")
    row.expect_identical()
    assert min(starts(liar.log_of("model.gguf"))) == 3 * CHUNK


# -- networks ---------------------------------------------------------------------------------------------------------


def test_a_minute_without_a_network_is_survived(app: App, liar: Liar, row: ModelRow) -> None:
    """Fault 17."""
    app.allow("error occurred when fetching the script")  # the service worker's, if it was not there yet
    gate(liar, MODEL, 3)
    row.click("Download")
    wait_at_gate(row, liar, 3)
    app.context.set_offline(True)
    liar.is_down = True
    liar.lie("model.gguf", Lie())
    app.page.wait_for_timeout(60_000)
    expect(row.status).to_contain_text("waiting for the network")
    liar.is_down = False
    app.context.set_offline(False)
    row.expect("Ready")
    row.expect_identical()


def test_a_connection_that_falls_silent_is_given_up_and_asked_again(liar: Liar, row: ModelRow) -> None:
    """Fault 18: once before the first byte of a part, once in its middle."""
    liar.lie("model.gguf", Lie(stall_after=0, since=3 * CHUNK, times=1))
    row.click("Download")
    while len(liar.log_of("model.gguf")) < 4:
        row.page.wait_for_timeout(50)
    liar.lie("model.gguf", Lie(stall_after=1000, since=5 * CHUNK, times=1))
    row.expect("Ready")
    row.expect_identical()
    wanted = sorted([*range(0, SIZE, CHUNK), 3 * CHUNK, 5 * CHUNK])
    assert starts(liar.log_of("model.gguf")) == wanted


def test_ten_quick_pauses_and_reloads_neither_overlap_nor_ask_twice(app: App, liar: Liar, row: ModelRow) -> None:
    """Fault 19."""
    chance, breaks = random.Random(19), 10
    liar.lie("model.gguf", Lie(bytes_per_second=400_000))
    row.click("Download")
    for number in range(breaks):
        app.page.wait_for_timeout(chance.randrange(0, 500))
        if row.button("Use").is_visible():
            break
        if number % 2:
            row.click("Pause")
        else:
            app.reload()
        row.article.get_by_role("button", name=re.compile("^(Resume|Download)$")).click()
    liar.lie("model.gguf", Lie())
    row.expect("Ready")
    row.expect_identical()
    log = liar.log_of("model.gguf")
    assert starts(log) == sorted(starts(log)), "never back behind what is kept"
    assert len(log) <= MODEL.chunk_count + breaks


# -- storage ----------------------------------------------------------------------------------------------------------


def test_deleting_a_model_while_it_answers_ends_the_answer_and_keeps_its_words(app: App, liar: Liar) -> None:
    """Fault 20."""
    liar.put("real.gguf", REAL.file)
    [row] = show_models(app, liar, REAL)
    row.click("Download")
    row.expect("Ready")
    app.use_model(row.article)
    app.go("Chat")
    answer = app.send("Count to one thousand.")
    expect(answer.locator(".prose")).to_contain_text(re.compile(r"\w"))
    app.go("Models")
    row.click("Delete", sure=True)
    row.expect("Not downloaded")
    row.expect_kept(0)
    app.go("Chat")
    app.wait_answered(answer)
    assert app.words(answer)
    app.reload()
    app.go("Models")
    row.expect("Not downloaded")


def test_deleting_gives_the_space_back(make_profile: MakeProfile, liar: Liar) -> None:
    """Not one of the thirty, and of no use without it: the browser's own figure falls by the model's size.

    In a profile on disk: a private window counts only a part of what it stores.
    """
    app = make_profile()
    large = Offer("Large", gguf(60_000_000, seed=5), ("large.gguf",), 1 << 23, "whole")
    liar.put("large.gguf", large.file)
    [row] = show_models(app, liar, large)
    row.click("Download")
    row.expect("Ready")
    usage = "async () => (await navigator.storage.estimate()).usageDetails.indexedDB"
    full = app.page.evaluate(usage)
    assert full > large.file.size
    row.click("Delete", sure=True)
    row.expect("Not downloaded")
    for _ in range(30):
        freed = full - app.page.evaluate(usage)
        if abs(freed - large.file.size) < 1 << 20:
            break
        app.page.wait_for_timeout(1000)
    assert abs(freed - large.file.size) < 1 << 20


DELETE = """
id => new Promise((done, failed) => {
  const request = indexedDB.deleteDatabase('drleelm-model-' + id);
  request.onsuccess = () => done('gone');
  request.onblocked = () => done('blocked');
  request.onerror = () => failed(request.error);
})
"""


def test_storage_that_vanishes_during_a_download_is_noticed(app: App, liar: Liar, row: ModelRow) -> None:
    """Fault 21, with the page open."""
    gate(liar, MODEL, 3)
    row.click("Download")
    wait_at_gate(row, liar, 3)
    assert app.page.evaluate(DELETE, MODEL.id) == "gone"
    liar.lie("model.gguf", Lie())
    row.expect("Failed")
    row.expect_problem("the browser removed")
    row.click("Try again")
    row.expect("Ready")
    row.expect_identical()


def test_storage_that_vanished_between_two_visits_is_noticed(app: App, liar: Liar, row: ModelRow) -> None:
    """Fault 21, between visits; then under a page that thinks it has the model."""
    row.click("Download")
    row.expect("Ready")
    app.leave()
    assert app.page.evaluate(DELETE, MODEL.id) == "gone"
    app.page.go_back()
    app.wait_ready()
    row.expect("Failed")
    row.expect_problem("the browser removed Model")
    row.click("Try again")
    row.expect("Ready")
    assert app.page.evaluate(DELETE, MODEL.id) == "gone"
    app.use_model(row.article)
    app.go("Chat")
    answer = app.send("Hello!")
    app.wait_answered(answer)
    expect(answer.get_by_role("alert")).to_contain_text("The browser removed")
    app.go("Models")
    row.expect("Failed")


UPGRADE = """
() => new Promise((done, failed) => {
  const request = indexedDB.open('drleelm', 1000);
  let was = 'let in';
  request.onblocked = () => { was = 'blocked'; };
  request.onsuccess = () => { request.result.close(); done(was); };
  request.onerror = () => failed(request.error);
})
"""


def test_a_newer_version_in_another_tab_is_let_in_and_the_older_page_says_so(app: App, liar: Liar) -> None:
    """Faults 22, 29: nobody is blocked, nothing hangs, nothing is overwritten."""
    app.allow("VersionError", "cannot", "favicon.ico")
    liar.put("model.gguf", MODEL.file)
    [row] = show_models(app, liar, MODEL)
    row.click("Download")
    row.expect("Ready")
    other = app.context.new_page()
    other.goto(app.url + "static/manifest.webmanifest")
    assert other.evaluate(UPGRADE) == "let in"
    row.click("Active")
    expect(app.page.get_by_role("alert").filter(has_text=re.compile("storage|version", re.IGNORECASE))).to_be_visible()
    app.reload(ready=False)
    expect(app.page.locator("body")).to_contain_text(re.compile("storage|newer version", re.IGNORECASE))
    names = other.evaluate("async () => (await indexedDB.databases()).map(each => each.name)")
    assert {"drleelm", f"drleelm-model-{MODEL.id}"} <= set(names), "everything is still there"


REFUSE = """
IDBFactory.prototype.open = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
"""


def test_storage_that_is_refused_is_said_in_words(app: App) -> None:
    """Fault 28: a private window, or a person who forbids it. The page works all the same, until it is closed."""
    app.allow("SecurityError", "insecure", "StorageError")
    beginning_with(app, REFUSE, "storage.js")
    app.open()
    expect(app.page.locator("body")).to_contain_text("This browser blocks storage. Chats are kept only until you close")
    expect(app.page.locator("body")).to_contain_text("allow site data for this site")


#: The records of version 0.1 of this app: no id, no state of the whole file's hash.
OLDER = """
async ([models]) => {
  const settled = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const opened = (name, stores) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => stores.forEach(store => request.result.createObjectStore(store));
    return settled(request);
  };
  const ended = transaction => new Promise(done => { transaction.oncomplete = () => done(); });
  const main = await opened('drleelm', ['chats', 'turns', 'settings', 'models']);
  for (const { id, info, url, spans } of models) {
    const whole = await (await fetch(url)).blob();
    const base = await opened('drleelm-model-' + id, ['info', 'chunks']);
    const transaction = base.transaction(['info', 'chunks'], 'readwrite', { durability: 'strict' });
    spans.forEach(([start, end], index) => transaction.objectStore('chunks').put(whole.slice(start, end), index));
    transaction.objectStore('info').put(JSON.stringify(info), 'info');
    transaction.objectStore('info').put(spans.at(-1)[1], 'stored');
    await ended(transaction);
    base.close();
    const marking = main.transaction('models', 'readwrite');
    marking.objectStore('models').put(JSON.stringify({ id }), id);
    await ended(marking);
  }
  main.close();
}
"""


def older_record(liar: Liar, offer: Offer, chunks: int) -> dict[str, object]:
    """What that version kept of a model with so many chunks stored."""
    url, hashes = liar.url + offer.sources[0], tuple(offer.file.chunk_sha256(CHUNK))
    model = Model(offer.id, offer.name, size_bytes=offer.file.size, sources=(Source(url),), chunk_bytes=CHUNK)
    model = replace(model, chunk_sha256=hashes, format="gguf" if chunks == len(hashes) else None)
    state = "ready" if chunks == len(hashes) else "partial"
    kept = list(hashes[:chunks])
    info = {"model": model_info(model, english), "state": state, "is_verified": state == "ready", "chunk_sha256": kept}
    spans = [[at, min(at + CHUNK, offer.file.size)] for at in range(0, chunks * CHUNK, CHUNK)]
    return {"id": offer.id, "info": info, "url": url, "spans": spans}


def test_what_an_earlier_version_stored_is_used_and_gone_on_with(app: App, liar: Liar) -> None:
    """Fault 29."""
    liar.put("real.gguf", REAL.file)
    liar.put("model.gguf", MODEL.file)
    app.allow(re.escape(liar.url))
    app.leave()
    app.page.evaluate(OLDER, [[older_record(liar, REAL, REAL.chunk_count), older_record(liar, MODEL, 5)]])
    liar.forget()
    app.open(f"?catalog={liar.catalog(REAL, MODEL)}#/models")
    whole, part = ModelRow(app.page, REAL), ModelRow(app.page, MODEL)
    whole.expect("Ready")
    part.expect("Paused")
    part.expect_kept(5)
    part.click("Resume")
    part.expect("Ready")
    part.expect_identical()
    assert starts(liar.log_of("model.gguf")) == [*range(5 * CHUNK, SIZE, CHUNK)]
    whole.click("Verify")
    expect(app.page.get_by_text("Every byte of Real was read")).to_be_visible()
    app.use_model(whole.article)
    app.go("Chat")
    assert app.ask("What is the capital of France?")
    assert liar.log_of("real.gguf") == []


# -- big files --------------------------------------------------------------------------------------------------------


def test_a_file_of_two_gigabytes_costs_little_memory(make_profile: MakeProfile, liar: Liar, tmp_path: Path) -> None:
    """Faults 24, 26: under 600 MB in the renderer, exact past 2^31 bytes."""
    big = Offer("Big", gguf(BIG_BYTES, seed=24), ("big.gguf",), 1 << 24, "whole")
    liar.put("big.gguf", big.file)
    app = make_profile()
    [row] = show_models(app, liar, big)
    with watching(browser_process(tmp_path / "profile")) as peak:
        row.click("Download")
        row.expect("Ready", limit_ms=600_000)
    assert peak.renderer < 600_000_000
    row.expect_identical()
    assert starts(liar.log_of("big.gguf")) == [*range(0, BIG_BYTES, 1 << 24)]
    row.click("Delete", sure=True)
    row.expect("Not downloaded")
