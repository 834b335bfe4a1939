"""find: the search over 500 chats of 50 turns, in the worker, against a bare loop over the same texts; and the page
while somebody types.

Both sides run in one Python in a worker like the app's, over the same 25,000 texts, folded, query by query in turns.
Ours is all that a query costs there: every word looked for in titles and texts, ranked, and the lines that are shown
read from the database. The loop is `[text for text in texts if query in text]`. The page's tasks are counted in the app
itself, which holds as many chats, while a query is typed letter by letter.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.busy import own_time
from tests.bench.measure import COUNT_TASKS, LONG_SECONDS, Row, browsing, rounded
from tests.browser.driver import App
from tests.browser.python_worker import PythonWorker, worker_folder

NAMES = ("find", "find-tasks")
CHATS, TURNS, ROUNDS = 500, 50, 9
NOTE = f"p95 of a query over {CHATS} chats of {TURNS} turns, in the worker / a bare loop over the same texts"
TASKS_NOTE = (
    f"tasks over 50 ms of the page's own thread while a query is typed over {CHATS} chats of {TURNS} turns; "
    "nothing to compare with"
)
TYPED = "calvin cycle step 7"
#: One word that many chats hold, one that few do, several, one that none does, and the beginning of a title.
QUERIES = ("light", "needle", "carbon dioxide", "sugar needle step", "nowhere", "chat 4", "überall", "e")
FILL = f"""
import random, sys, time
from app.browser.clock import SystemClock
from app.browser.records import IndexedRecords
from app.core.finding import Query, fold
from app.study.chats import Chat
from app.study.finding import ChatIndex
from app.study.shelves import NAMES, VERSION
words = ("light carbon dioxide sugar step energy water plant stroma cycle photon the of and turns into gives needs "
         "Überall Blätter café electron membrane oxygen reaction because which where therefore").split()
draw = random.Random(7)
records, chats = IndexedRecords("bench-find", VERSION, NAMES), []
for number in range({CHATS}):
    ids = tuple(f"{{number}}-{{at}}" for at in range({TURNS}))
    texts = [" ".join(draw.choices(words, k=60 if at % 2 else 12)) for at in range({TURNS})]
    if number % 50 == 3:
        texts[9] += " needle"
    await records.write([
        ("turns", id, dict(id=id, chat_id=str(number), parent="", role="assistant" if at % 2 else "user", text=text))
        for at, (id, text) in enumerate(zip(ids, texts))
    ])
    chats.append(Chat(str(number), f"Chat {{number}} about {{draw.choice(words)}}", path=ids))
index, started = ChatIndex(records, SystemClock()), time.perf_counter()
await index.read(chats)
read_seconds = time.perf_counter() - started
texts = [said for kept in index._kept.values() for said in kept.said.split("\\0")[:-1]]
assert len(texts) == {CHATS * TURNS}, len(texts)
sys.bench = index, chats, texts  # each piece has names of its own
[len(texts), sum(map(len, texts)), read_seconds]
"""
ASK = """
import sys, time
from app.core.finding import Query, fold
index, chats, texts = sys.bench
ours, theirs, found = [], [], {}
for query in QUERIES:
    asked = Query.of(query)
    start = time.perf_counter()
    hits = (await index.search(chats, asked)).hits
    ours.append(time.perf_counter() - start)
    wanted = fold(query)
    start = time.perf_counter()
    [text for text in texts if wanted in text]
    theirs.append(time.perf_counter() - start)
    found[query] = len(hits)
[ours, theirs, found]
"""


def p95(seconds: list[float]) -> float:
    """The figure that 95 of 100 stay below, in milliseconds."""
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def search(bench: Bench) -> Row:
    """Both sides in the same worker, every query in every round."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(worker_folder(folder))
        worker = PythonWorker(stack.enter_context(browsing(bench.playwright)).page, url)
        print("  find: texts, characters, seconds to read them all:", worker.run(FILL)["value"], flush=True)
        ours: list[float] = []
        theirs: list[float] = []
        source = f"QUERIES = {QUERIES!r}\n{ASK}"
        worker.run(source)
        for number in range(ROUNDS):
            mine, other, found = worker.run(source)["value"]
            ours, theirs = ours + mine, theirs + other
            print(f"  find round {number + 1}/{ROUNDS}: {p95(mine):.1f} ms / {p95(other):.1f} ms {found}", flush=True)
    return Row(NAMES[0], p95(ours), p95(theirs), p95(ours) / p95(theirs), "milliseconds", ROUNDS, NOTE)


def typing(bench: Bench) -> Row:
    """The page's tasks from the first letter to the last result."""
    with browsing(bench.playwright, script=COUNT_TASKS) as browser:
        app = App(browser.context, bench.ours)
        app.open(f"?demo&chats={CHATS}&turns={TURNS}")
        app.find("")
        browser.settle()
        before = browser.long_tasks()
        field = app.page.get_by_role("combobox", name="Search everything")
        with own_time(browser.process) as own:
            for at in range(len(TYPED)):
                field.press(TYPED[at] if TYPED[at] != " " else "Space")
                app.page.locator(f'#found[data-for="{TYPED[: at + 1].strip()}"]').wait_for()
            browser.settle()
        tasks = browser.own_tasks(own, before)
    print(f"  find-tasks, milliseconds and the thread's own of each: {rounded(tasks)}", flush=True)
    long = sum(spent > LONG_SECONDS * 1000 for _, spent in tasks)
    return Row(NAMES[1], long, 0, long + 1, "tasks", 1, TASKS_NOTE)


def measure(bench: Bench) -> list[Row]:
    """Both."""
    return [search(bench), typing(bench)]
