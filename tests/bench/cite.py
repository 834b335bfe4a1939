"""cite: from the click on a passage that was found to its page with the passage marked, against rendering that page.

Ours is a click in the Library: the page's text, its picture and the boxes of the passage come from the librarian's
worker and are drawn. The other is pypdfium2's rendering of the same page at the same width, in such a worker, on to a
canvas of that worker, and nothing else. Both have shown other pages before, and end when the picture is on its canvas,
without the frame that shows it; each sample is the median of several pages.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import expect

from tests.bench.bench import Bench
from tests.bench.index_pdf import THEIRS, book, printed
from tests.bench.measure import LIMIT_MS, Browser, Row, Sample, browsing, row, take_turns
from tests.browser.driver import App
from tests.browser.python_worker import PythonWorker, worker_folder

NAMES = ("cite",)
PAGES, SHOWN = 12, 5
NOTE = f"click on a passage to its page with it marked / bare pypdfium2 on to a canvas; median of {SHOWN} pages"
#: Tells when a picture is put on a canvas that is on the page.
DRAWN = """
const { prototype } = ImageBitmapRenderingContext, put = prototype.transferFromImageBitmap;
prototype.transferFromImageBitmap = function (picture) {
  put.call(this, picture);
  if (this.canvas.isConnected) dispatchEvent(new CustomEvent('drawn', { detail: this.canvas.width }));
};
"""
#: Until the picture is there and the mark stands on it; milliseconds, and the width of the picture.
CLICK = """async at => {
  const link = document.querySelectorAll('[aria-label="Passages"] a')[at];
  const shown = new Promise(done => {
    addEventListener('drawn', ({ detail }) => done([performance.now(), detail]), { once: true });
  });
  const start = performance.now();
  link.click();
  const [end, width] = await shown;
  if (!document.querySelector('.paper-picture #passage')) throw new Error('nothing is marked');
  return [end - start, width];
}"""
RENDER = """
import js, sys, time, pypdfium2
from pyodide.ffi import create_proxy
pdf, spent = pypdfium2.PdfDocument("/tmp/small.pdf"), []
for number in range({shown} + 1):
    start = time.perf_counter()
    page = pdf[number]
    picture = page.render(scale={width} / page.get_width(), rev_byteorder=True, prefer_bgrx=True, may_draw_forms=False)
    canvas = js.OffscreenCanvas.new(picture.width, picture.height)
    proxy = create_proxy(memoryview(picture.buffer))
    view = proxy.getBuffer("u8")
    pixels = js.Uint8ClampedArray.new(view.data.buffer, view.data.byteOffset, view.data.byteLength)
    canvas.getContext("2d").putImageData(js.ImageData.new(pixels, picture.width, picture.height), 0, 0)
    view.release()
    proxy.destroy()
    picture.close()
    page.close()
    spent.append((time.perf_counter() - start) * 1000)
sorted(spent[1:])[{shown} // 2]
"""


def ours(app: App) -> tuple[float, int]:
    """The median of several pages, and the width of a picture; the first one does not count."""
    spent, width = [], 0
    for at in range(SHOWN + 1):
        app.page.get_by_role("link", name="Library", exact=True).first.click()
        expect(app.page.get_by_role("list", name="Passages").get_by_role("link")).not_to_have_count(0)
        took, width = app.page.evaluate(CLICK, at)
        spent.append(took)
    return statistics.median(spent[1:]), width


def theirs(worker: PythonWorker, width: int) -> Sample:
    """The same by PDFium alone."""
    return (float(worker.run(RENDER.format(shown=SHOWN, width=width))["value"]),)


def ready(browser: Browser, url: str, file: Path) -> App:
    """The Library, with passages of a document found."""
    app = App(browser.context, url)
    app.open("#/library")
    with app.page.expect_file_chooser() as picking:
        app.page.get_by_role("button", name="Add documents").first.click()
    picking.value.set_files([file])
    expect(app.page.get_by_role("list", name="Documents")).to_contain_text("Indexed", timeout=LIMIT_MS)
    app.page.get_by_role("searchbox", name="Search documents").fill("the con")
    expect(app.page.get_by_role("list", name="Passages").get_by_role("link")).not_to_have_count(0, timeout=LIMIT_MS)
    browser.settle()
    return app


def measure(bench: Bench) -> list[Row]:
    """By turns, each in a browser of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(worker_folder(folder))
        mine, other = (stack.enter_context(browsing(bench.playwright, script=DRAWN)) for _ in range(2))
        file = folder / "a" / "path" / "small.pdf"
        file.write_bytes(printed(other, book(PAGES * 2, seed=4), f"1-{PAGES}"))
        app, worker = ready(mine, bench.ours, file), PythonWorker(other.page, url)
        assert "value" in worker.run(THEIRS)
        _, width = ours(app)
        theirs(worker, width)
        pairs = take_turns(lambda: (ours(app)[0],), lambda: theirs(worker, width), label=NAMES[0])
    return [row(NAMES[0], pairs, 0, "milliseconds", NOTE)]
