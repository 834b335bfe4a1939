"""search: a question over 20,000 passages by the app's index, against the same FTS5 query by itself; in the worker.

Both sides run in one Python in a worker like the app's, over the same 20,000 passages of a hundred words, query by
query in turns. Ours is all that a search costs there: the words stemmed, FTS5 asked, twenty passages read and what is
shown of them cut out and marked. The other is FTS5 as it comes (`porter unicode61`), asked for the twenty best with
their texts, the words joined by OR.
"""

from __future__ import annotations

import base64
import io
import statistics
import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path

import snowballstemmer

from tests.bench.bench import Bench
from tests.bench.measure import Row, browsing
from tests.browser.python_worker import PythonWorker, worker_folder

NAMES = ("search",)
PASSAGES, OF_EACH, ROUNDS = 20_000, 200, 5
NOTE = f"median of a question over {PASSAGES:,} passages by words, in the worker / the same FTS5 query by itself"
QUERIES = (
    "photosynthesis", "carbon dioxide", "how does light become sugar in a plant", "membrane oxygen reaction energy",
    "word 17", "the electron of a photon", "spring tide moon",
)  # fmt: skip
#: words as documents have them: `text()` gives a hundred, half of them small
TEXTS = """draw = random.Random(7)
words = "light carbon dioxide sugar step energy water plants stroma cycles photons membrane oxygen reactions".split()
words += "photosynthesis electrons tides moon spring".split() + [f"word{number}" for number in range(5000)]
small = "the of and turns into gives needs because which where therefore a in is".split()
weights = [1000 / (at + 10) for at in range(len(words))]
def text():
    return " ".join(a + " " + b for a, b in zip(draw.choices(words, weights, k=50), draw.choices(small, k=50)))"""
FILL = f"""
import base64, random, sqlite3, sys, time
with open("/tmp/stemmer.zip", "wb") as file:
    file.write(base64.b64decode(STEMMER))
sys.path.append("/tmp/stemmer.zip")
from app.core.documents import Passage
from app.documents.index import Index
{TEXTS}
texts = [text() for _ in range({PASSAGES})]
started = time.perf_counter()
index = Index()
for document in range({PASSAGES} // {OF_EACH}):
    some = texts[document * {OF_EACH} : (document + 1) * {OF_EACH}]
    passages = [
        Passage(str(document), at, at // 3 + 1, 0, len(one), f"Part {{at // 9}}", one) for at, one in enumerate(some)
    ]
    index.keep(str(document), f"Document {{document}}", "en", "", passages)
ours = time.perf_counter() - started
started = time.perf_counter()
bare = sqlite3.connect(":memory:")
bare.execute("create virtual table bare using fts5 (text, tokenize='porter unicode61')")
bare.executemany("insert into bare values (?)", [(one,) for one in texts])
sys.bench = index, bare
[ours, time.perf_counter() - started, len(index.packed())]
"""
ASK = """
import re, sys, time
index, bare = sys.bench
ours, theirs, found = [], [], []
for query in QUERIES:
    match = " OR ".join(f'"{word}"' for word in re.findall(r"\\w+", query))
    start = time.perf_counter()
    hits = index.find(query, None, 20)
    ours.append(time.perf_counter() - start)
    start = time.perf_counter()
    bare.execute("select text from bare where bare match ? order by rank limit 20", (match,)).fetchall()
    theirs.append(time.perf_counter() - start)
    found.append(len(hits))
[ours, theirs, found]
"""


def stemmer() -> str:
    """The stemmers that this Python has, as a zip in base64."""
    folder, packed = Path(snowballstemmer.__file__).parent, io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.glob("*.py"):
            archive.write(path, f"{folder.name}/{path.name}")
    return base64.b64encode(packed.getvalue()).decode()


def measure(bench: Bench) -> list[Row]:
    """Every question in every round, by turns; the medians of all."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(worker_folder(folder))
        worker = PythonWorker(stack.enter_context(browsing(bench.playwright)).page, url)
        made = worker.run(f"STEMMER = {stemmer()!r}\n{FILL}")["value"]
        print("  search: seconds to index it, ours and bare, and bytes:", made, flush=True)
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(ROUNDS):
            mine, other, found = worker.run(f"QUERIES = {QUERIES!r}\n{ASK}")["value"]
            ours, theirs = ours + mine, theirs + other
            each = " ".join(f"{one * 1000:.1f}/{two * 1000:.1f}" for one, two in zip(mine, other, strict=True))
            print(f"  search round {number + 1}/{ROUNDS}: {each} ms, found {found}", flush=True)
    one, two = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    return [Row(NAMES[0], one, two, one / two, "milliseconds", ROUNDS, NOTE)]
