"""index-pdf: a PDF of 300 pages read, cut into passages and indexed by the app, against bare pypdfium2 and FTS5.

Both sides are a Python in a worker, each in a browser of its own, whose CPU seconds count. Ours is all that the app
does with a document: its text with headings and the order of its lines, passages of a hundred words, their stems, the
index, and what travels between the workers. The other takes PDFium's text of each page and puts it into FTS5 as it
comes (`porter unicode61`). The workers are new in every round, and have read one small document before.
"""

from __future__ import annotations

import random
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.measure import Browser, Row, Sample, browsing, row, take_turns
from tests.browser.python_worker import PythonWorker, worker_folder

NAMES = ("index-pdf",)
PAGES, WORDS = 300, 9000
NOTE = f"CPU seconds, {PAGES} pages read, cut into passages, indexed / bare pypdfium2 and FTS5 in such a worker"
SMALL = (
    "of",
    "the",
    "and",
    "to",
    "in",
    "is",
    "that",
    "for",
    "it",
    "as",
    "with",
    "was",
    "on",
    "by",
    "this",
    "or",
    "not",
)
SYLLABLES = ("ba", "con", "de", "fer", "gra", "hi", "ler", "mo", "nu", "per", "qua", "ri", "sta", "tor", "un", "vel")
ENDINGS = ["", "", "", "s", "ing", "ed", "ation", "ly", "er", "able", "ness", "al", "ity", "ive", "ously"]
OURS = """
import sys, js
from app.browser.librarian import WorkerLibrarian
librarian = WorkerLibrarian(BASE, lambda files: None)

async def index(name):
    blob = await (await js.fetch(BASE + name)).blob()
    reading = await librarian.read(blob, name, lambda *_: None)
    return [len(reading.pages), len(reading.headings), await librarian.keep(name, name, "", reading)]

sys.bench = index, librarian.rest
await index("small.pdf")
"""
THEIRS = """
import sqlite3, sys, js
from pyodide_js import unpackArchive

async def data_of(name):
    return await (await js.fetch(BASE + name)).arrayBuffer()

unpackArchive(await data_of("static/vendor/librarian/pypdfium2.zip"), "zip")
with open("/rest.zip", "wb") as file:
    file.write((await data_of("static/vendor/librarian/rest.zip")).to_bytes())
sys.path.append("/rest.zip")  # the modules of the standard library that the app's own page does without
import pypdfium2

async def index(name):
    with open("/tmp/" + name, "wb") as file:
        file.write((await data_of(name)).to_bytes())
    table = sqlite3.connect(":memory:")
    table.execute("create virtual table pages using fts5 (text, tokenize='porter unicode61')")
    pdf = pypdfium2.PdfDocument("/tmp/" + name)
    with table:
        for page in pdf:
            text_page = page.get_textpage()
            table.execute("insert into pages values (?)", (text_page.get_text_range(),))
            text_page.close()
            page.close()
    return table.execute("select count(*) from pages").fetchone()

sys.bench = index, lambda: None
await index("small.pdf")
"""
RUN, END = 'import sys\nawait sys.bench[0]("long.pdf")', "import sys\nsys.bench[1]()"


def book(sections: int, seed: int = 3) -> str:
    """A web page of headings and paragraphs whose words stand as often as words do, about a printed page a section."""
    draw = random.Random(seed)
    made_up = ("".join(draw.choices(SYLLABLES, k=draw.choice((1, 2, 2, 3)))) for _ in range(3 * WORDS))
    words = list(dict.fromkeys(one + draw.choice(ENDINGS) for one in made_up))[:WORDS]
    often = [1 / (at + 3) for at in range(len(words))]

    def sentence() -> str:
        count = draw.randint(4, 16)
        pairs = zip(draw.choices(SMALL, k=count), draw.choices(words, often, k=count), strict=True)
        return " ".join(f"{small} {word}" for small, word in pairs).capitalize() + "."

    made = ["<style>@page { margin: 2cm } body { font: 12pt serif; text-align: justify }</style>"]
    for _ in range(sections):
        made.append(f"<h2>{sentence()[:40]}</h2>")
        made += [f"<p>{' '.join(sentence() for _ in range(5))}</p>" for _ in range(5)]
    return "".join(made)


def printed(browser: Browser, html: str, pages: str) -> bytes:
    """A web page as a PDF with its fonts in it, as programs write them."""
    browser.page.set_content(html)
    return browser.page.pdf(format="A4", page_ranges=pages)


def measured(browser: Browser, worker: PythonWorker, prepare: str) -> Sample:
    """CPU seconds of the whole browser for the long document, by a worker that has read a small one."""
    ready = worker.run(prepare)
    assert "value" in ready, ready
    browser.settle()
    before = browser.cpu_seconds()
    found = worker.run(RUN)
    spent = browser.cpu_seconds() - before
    assert found["value"][0] == PAGES, found
    worker.run(END)
    return (spent,)


def measure(bench: Bench) -> list[Row]:
    """By turns, with a page of its own for each of theirs, as ours has a worker of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(worker_folder(folder))
        mine, other = (stack.enter_context(browsing(bench.playwright)) for _ in range(2))
        for name, html, pages in (("small", book(3, seed=4), "1-2"), ("long", book(PAGES * 3 // 2), f"1-{PAGES}")):
            (folder / "a" / "path" / f"{name}.pdf").write_bytes(printed(other, html, pages))
        pairs = take_turns(
            lambda: measured(mine, PythonWorker(mine.page, url), OURS),
            lambda: measured(other, PythonWorker(other.page, url), THEIRS),
            label=NAMES[0],
        )
    return [row(NAMES[0], pairs, 0, "CPU seconds", NOTE)]
