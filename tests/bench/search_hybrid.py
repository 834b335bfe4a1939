"""search-hybrid: a question by words and by meaning over 20,000 passages, against its parts by themselves.

Ours is all that such a search costs the app once everything is loaded: the question's vector by the app's own engine
in its worker, then the door of the librarian's worker, FTS5, 20,000 products over vectors that were read from
IndexedDB, both rankings fused, twenty passages cut out. The others are a search by words through the same door, and
llama.cpp's web build on a page of its own, asked for the same vector. Question by question in turns; the vectors of
passages are made up.
"""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from static.js.build.prepare import EMBEDDER, VENDOR
from tests.bench.bench import Bench
from tests.bench.measure import Row, browsing
from tests.bench.search import OF_EACH, PASSAGES, QUERIES, ROUNDS, TEXTS
from tests.browser.python_worker import PythonWorker, worker_folder

NAMES = ("search-hybrid",)
SIZE = 384
NOTE = f"median of a question over {PASSAGES:,} passages by words and meaning / by words, and its vector by itself"
FILL = f"""
import js, random, sys, time
from pyscript.js_modules import storage
from app.browser.engines import engine_maker
from app.browser.librarian import WorkerLibrarian
from app.core.documents import Heading, Near, PageText, Reading
from app.core.values import EngineSettings
storage.use("drleelm-bench")
{TEXTS}
librarian = WorkerLibrarian(BASE, lambda files: None)
ids, started = [str(number) for number in range({PASSAGES} // {OF_EACH})], time.perf_counter()
for id in ids:
    pages = tuple(PageText(at, text()) for at in range(1, {OF_EACH} + 1))
    await librarian.keep(id, f"Document {{id}}", "en", Reading("markdown", "", "en", pages))
await librarian.drop(["nobody"])
made = [(await librarian.lacking("bench", [id], 1)).passages[0].stamp for id in ids]
librarian.rest()
await js.eval(WRITE)("drleelm-bench-vectors", js.JSON.stringify(ids), js.JSON.stringify(made), {OF_EACH}, {SIZE})
told = await librarian.lacking("bench", None, 1)
engine = engine_maker(BASE)("wllama")
model = await (await js.fetch(BASE + "static/vendor/models/{EMBEDDER}")).blob()
settings = EngineSettings(context_length=512, format="gguf", threads=1, makes="vectors")
await engine.load([model], settings, lambda _: None)
sys.bench = librarian, engine
[time.perf_counter() - started, told.made, told.total]
"""
#: the vectors, as static/js/storage/vectors.js keeps them
WRITE = """async (name, ids, stamps, count, size) => {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('pieces');
  const database = await new Promise(done => { opening.onsuccess = () => done(opening.result); });
  const writing = database.transaction('pieces', 'readwrite');
  for (const [at, id] of JSON.parse(ids).entries()) {
    const rows = Int8Array.from({ length: count * size }, () => Math.random() * 200 - 100);
    const scales = new Float32Array(count).fill(1 / 1200);
    writing.objectStore('pieces').put({ stamp: JSON.parse(stamps)[at], size, rows, scales }, ['bench', id, 0]);
  }
  await new Promise(done => { writing.oncomplete = done; });
  database.close();
}"""
ASK = """
import sys, time
from app.core.documents import Near
librarian, engine = sys.bench
both, alone, found = [], [], []
for query in QUERIES:
    start = time.perf_counter()
    [vector], _ = await engine.embed([query])
    hits = await librarian.find(query, None, 20, Near("bench", tuple(vector)))
    both.append(time.perf_counter() - start)
    start = time.perf_counter()
    await librarian.find(query, None, 20)
    alone.append(time.perf_counter() - start)
    found.append(len(hits))
[both, alone, found]
"""
BARE = """async ([base, model]) => {
  const { Wllama } = await import(`${base}index.js`);
  const llama = new Wllama({ default: `${base}wllama.wasm` }, { cacheManager: {} });
  const blob = await (await fetch(`${base}../models/${model}`)).blob();
  const sizes = { n_ctx: 512, n_batch: 512, n_ubatch: 512, n_parallel: 1, n_threads: 1, n_gpu_layers: 0 };
  await llama.loadModel([blob], { embeddings: true, log_level: 4, ...sizes });
  window.ask = async queries => {
    const times = [];
    for (const query of queries) {
      const start = performance.now();
      await llama.createEmbedding({ input: [query] });
      times.push((performance.now() - start) / 1000);
    }
    return times;
  };
}"""


def measure(bench: Bench) -> list[Row]:
    """Every question in every round, by turns; the medians of all."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(worker_folder(folder))
        page = stack.enter_context(browsing(bench.playwright)).page
        worker, bare = PythonWorker(page, url), page.context.new_page()
        (folder / "a" / "path" / "bare.html").write_text("<!doctype html>")
        bare.goto(f"{url}bare.html")
        bare.evaluate(BARE, [f"{url}static/vendor/{next(VENDOR.glob('wllama-[0-9]*')).name}/", EMBEDDER])
        made = worker.run(f"WRITE = {WRITE!r}\n{FILL}")["value"]
        print("  search-hybrid: seconds to index and load, passages with a vector, and in all:", made, flush=True)
        ours: list[float] = []
        words: list[float] = []
        vectors: list[float] = []
        for number in range(ROUNDS):
            both, alone, found = worker.run(f"QUERIES = {QUERIES!r}\n{ASK}")["value"]
            made = bare.evaluate("queries => ask(queries)", list(QUERIES))
            ours, words, vectors = ours + both, words + alone, vectors + made
            three = zip(both, alone, made, strict=True)
            each = " ".join(f"{a * 1000:.0f}/{b * 1000:.0f}+{c * 1000:.0f}" for a, b, c in three)
            print(f"  search-hybrid round {number + 1}/{ROUNDS}: {each} ms, found {found}", flush=True)
    one = statistics.median(ours) * 1000
    two = (statistics.median(words) + statistics.median(vectors)) * 1000
    return [Row(NAMES[0], one, two, one / two, "milliseconds", ROUNDS, NOTE)]
