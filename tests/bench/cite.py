"""cite: from the click on a passage that was found to its page with the passage marked, against rendering that page.

Ours is a click in the Library: the page's text, its picture and the boxes of the passage come from the librarian's
worker and are drawn. The other is pypdfium2's rendering of the same page at the same width, in such a worker, and
nothing else. Both have shown other pages before; each sample is the median of several pages.
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
NOTE = f"click on a passage to its page with it marked / bare pypdfium2 rendering the page; median of {SHOWN} pages"
#: Until the picture is decoded and the mark stands on it; milliseconds, and the width of the picture.
CLICK = """async at => {
  const link = document.querySelectorAll('[aria-label="Passages"] a')[at];
  const start = performance.now();
  link.click();
  const shown = () => document.querySelector('#passage') && document.querySelector('.paper-picture img');
  while (!shown()) await new Promise(done => requestAnimationFrame(done));
  await shown().decode();
  return [performance.now() - start, shown().naturalWidth];
}"""
RENDER = """
import sys, time, pypdfium2
pdf, spent = pypdfium2.PdfDocument("/tmp/small.pdf"), []
for number in range({shown} + 1):
    start = time.perf_counter()
    page = pdf[number]
    page.render(scale={width} / page.get_width(), rev_byteorder=True, may_draw_forms=False).close()
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
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        file = folder / "a" / "path" / "small.pdf"
        file.write_bytes(printed(other, book(PAGES * 2, seed=4), f"1-{PAGES}"))
        app, worker = ready(mine, bench.ours, file), PythonWorker(other.page, url)
        assert "value" in worker.run(THEIRS)
        _, width = ours(app)
        theirs(worker, width)
        pairs = take_turns(lambda: (ours(app)[0],), lambda: theirs(worker, width), label=NAMES[0])
    return [row(NAMES[0], pairs, 0, "milliseconds", NOTE)]
