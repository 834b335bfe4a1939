"""Documents are read in a second Python, beside the one that answers clicks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.python_worker import PythonWorker, worker_folder
from tests.environment import ROOT

PREPARE = """
import asyncio, js
from dataclasses import asdict
from app.browser import librarian as module
from app.browser.ffi import callback
from app.browser.librarian import WorkerLibrarian
from app.core.documents import Near, PageWanted

async def blob_of(name):
    return await (await js.fetch(BASE + "documents/" + name)).blob()

kept = []
"""
START = f"{PREPARE}\nlibrarian = WorkerLibrarian(BASE, kept.extend)"
LIMIT_MS = 180_000
CONTRACT = ROOT / "tests" / "contract" / "meaning_contract.py"
#: a set in which the second document's vectors were damaged
DAMAGED = """async name => {
  const opening = indexedDB.open(name);
  const database = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const writing = database.transaction('pieces', 'readwrite');
  const store = writing.objectStore('pieces');
  const getting = store.openCursor();
  getting.onsuccess = () => {
    const { key, value } = getting.result;
    store.put({ ...value, rows: value.rows.slice(1) }, key);
  };
  await new Promise(done => { writing.oncomplete = done; });
  database.close();
}"""


@pytest.fixture(scope="module")
def worker(no_webgpu: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PythonWorker]:
    """Python in a worker, under a sub-path."""
    with worker_folder(tmp_path_factory.mktemp("librarian"), CONTRACT) as url:
        page = no_webgpu.new_page()
        page.set_default_timeout(LIMIT_MS)
        yield PythonWorker(page, url)
        page.close()


def value(worker: PythonWorker, source: str) -> Any:
    answer = worker.run(source)
    assert "value" in answer, answer
    return answer["value"]


def test_a_document_is_read_shown_and_marked(worker: PythonWorker) -> None:
    """All of it in one worker, which takes seconds to start: broken, closed and stopped ones, too."""
    told = value(
        worker,
        f"""{START}
tides, shut = await blob_of("tides-libreoffice.pdf"), []
reading = await librarian.read(tides, "tides.pdf", lambda *_: None)
start = reading.pages[1].text.index("Every gauge")
wanted = PageWanted("tides", "", 2, start, start + 30, reading.pages[1].text, 400)
drawn = []
for _ in range(2):  # of a file that is opened, then of the open one
    await librarian.page(tides, wanted, drawn.append)
given = asyncio.get_running_loop().create_future()
with callback(lambda event: given.set_result(event.data)) as on_picture:
    drawn[1].picture.onmessage = on_picture
    picture = await given
canvas = js.OffscreenCanvas.new(drawn[1].width, drawn[1].height).getContext("2d")
canvas.drawImage(picture, 0, 0)
colours = set(canvas.getImageData(0, 0, drawn[1].width, drawn[1].height).data.to_bytes())
for data, name in ((js.Blob.new(["%PDF-1.4 nothing"]), "a.pdf"), (js.Blob.new([]), "a.txt")):
    try:
        await librarian.read(data, name, lambda *_: None)
    except Exception as error:
        shut.append(f"{{type(error).__name__}} {{error.why}}")
long = js.Blob.new(["a line\\n" * 300_000, "the last words"])  # of several blocks
long_text = (await librarian.read(long, "a.txt", lambda *_: None)).pages[0].text
odd = js.Blob.new(["line\\n" * 3_000_000])
reading_odd = asyncio.ensure_future(librarian.read(odd, "a.txt", lambda *_: None))
await asyncio.sleep(0.05)
reading_odd.cancel()
again = (await librarian.read(js.Blob.new(["# One\\n\\ntwo"]), "a.md", lambda *_: None)).headings[0].text
librarian.rest()
dict(
    pages=len(reading.pages), kind=reading.kind, headings=[one.text for one in reading.headings],
    boxes=[asdict(box) for box in drawn[1].boxes], is_same=drawn[0].boxes == drawn[1].boxes,
    size=[picture.width, picture.height], colours=[min(colours), max(colours)],
    shut=shut, again=again, long=[len(long_text), long_text[-21:]],
    kept=sorted(one.rpartition("vendor/")[2] for one in kept), rests=librarian._api is None,
)""",
    )
    assert (told["kind"], told["pages"], told["again"], told["rests"]) == ("pdf", 3, "One", True)
    assert told["long"] == [7 * 300_000 + 14, "a line\nthe last words"]
    assert told["headings"][:2] == ["Tides of the Sado estuary", "Why two tides"]
    assert (told["size"], told["colours"], told["is_same"]) == ([400, 518], [0, 255], True)
    (box,) = told["boxes"]
    assert 0.1 < box["left"] < 0.2
    assert 0.1 < box["width"] < 0.4
    assert told["shut"] == ["UnreadableDocument damaged", "UnreadableDocument nothing"]
    assert {"librarian/program.zip", "librarian/rest.zip", "librarian/pypdfium2.zip"} <= set(told["kept"])
    assert {"pyodide/pyodide.asm.wasm", "pyodide/python_stdlib.zip"} <= set(told["kept"])
    assert worker.problems == []


def test_what_was_indexed_is_found_by_the_next_worker_and_what_was_dropped_is_not(worker: PythonWorker) -> None:
    told = value(
        worker,
        f"""{START}
from app.browser.records import IndexedRecords
from app.study.shelves import NAMES, VERSION
records = IndexedRecords("drleelm-test", VERSION, NAMES)
from app.core.documents import Heading, PageText, Reading
text = "Tides\\nThe moon raises the caf\u00e9 twice. Rising water turns the mill, \u6f6e\u6c50."
reading = Reading("markdown", "Tides", "", (PageText(1, text),), (Heading(1, "Tides", 1, 0),))
mill = await librarian.read(js.Blob.new(["# Mill\\n\\nThe wheel turns."]), "mill.md", lambda *_: None)
asked, made = [], []
def heard(id, tell, call, asking=librarian._answer):
    asked.append(call[1])
    return asking(id, tell, call)
librarian._answer = heard
made.append(await librarian.keep("other", "Mill", "", mill))  # by the id of its call: the worker has what it read
wheels = [hit.document for hit in await librarian.find("wheels", None, 5)]
mill = await librarian.read(js.Blob.new(["# Mill\\n\\nThe wheel turns."]), "mill.md", lambda *_: None)
librarian.rest()
made.append(await librarian.keep("other", "Mill", "", mill))  # another worker has not
del librarian._answer
made += [await librarian.keep(id, "Tides", "", reading) for id in ("one", "other")]
before = [asdict(hit) for hit in await librarian.find("RISES \u6f6e", ["one"], 5)]
await librarian.drop(["other"])
module.STOP_SECONDS = 0.0  # as if it were at one page for too long: it is ended, and started again by the next call
stuck = asyncio.ensure_future(librarian.read(js.Blob.new(["line\\n" * 3_000_000]), "a.txt", lambda *_: None))
await asyncio.sleep(0.05)
stuck.cancel()
while librarian._api is not None:
    await asyncio.sleep(0.01)
known = dict(await librarian.known())
after = [asdict(hit) for hit in await librarian.find("RISES \u6f6e", None, 5)]
names = [one.name for one in await js.indexedDB.databases()]
await records.erase()
await librarian.keep("two", "", "", reading)
await librarian.drop(["two"])
left = [one.name for one in await js.indexedDB.databases()]
librarian.rest()
dict(made=made, before=before, after=after, known=list(known), names=names, left=left, wheels=wheels,
    sent=["wheel" in given for given in asked])""",
    )
    assert (told["made"], told["known"], told["wheels"]) == ([1, 1, 1, 1], ["one"], ["other"])
    assert told["sent"] == [False, True, False, False, True], "what was read goes back only where it must"
    [hit] = told["before"]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["Rising", "潮"]
    assert (hit["document"], hit["heading"], hit["start"]) == ("one", "Tides", 6)
    assert [one["document"] for one in told["after"]] == ["one"]
    assert "drleelm-test-index" in told["names"]
    assert "drleelm-test-index" not in told["left"], "what was erased is not written again"
    assert worker.problems == []


def test_vectors_are_kept_and_compared_as_the_contract_says_and_damaged_ones_are_made_again(
    worker: PythonWorker,
) -> None:
    told = value(
        worker,
        f"""{START}
from pyscript.js_modules import storage
from tests.contract.meaning_contract import KEY, check_meaning, reading
storage.use("drleelm-test")
await check_meaning(librarian, lambda: librarian)
row = [[float((at * 7 + place) % 11 - 5) for place in range(384)] for at in range(300)]
await librarian.keep("long", "", "en", reading(*(f"Page {{at}}." for at in range(300))))
await librarian.drop(["nobody"])
for first in range(0, 300, 50):
    some = (await librarian.lacking(KEY, ["long"], 50)).passages
    await librarian.keep_vectors(KEY, some, row[first:first + 50])
librarian.rest()
whole = (await librarian.lacking(KEY, ["long"], 1)).made
near = [hit.passage for hit in await librarian.find("nothing", ["long"], 2, Near(KEY, tuple(row[280])))]
librarian.rest()
await js.eval({DAMAGED!r})("drleelm-test-vectors")
broken = await librarian.lacking(KEY, ["long"], 1)
await librarian.drop(["long", "tides", "light"])
librarian.rest()
dict(whole=whole, near=near, like=[at for at in range(300) if row[at] == row[280]], broken=broken.made)""",
    )
    assert told["whole"] == 300, "in two pieces"
    assert told["near"] == told["like"][:2]
    assert told["broken"] == 0
    assert worker.problems == []


def test_a_worker_that_does_not_start_says_so_and_is_started_again(worker: PythonWorker) -> None:
    answer = worker.run(f"""{PREPARE}
librarian = WorkerLibrarian(BASE + "nowhere/", kept.extend)
await librarian.read(js.Blob.new(["a"]), "a.txt", lambda *_: None)""")
    assert answer["error"] == "NotSupported"
    assert "couldn't start" in answer["message"]
