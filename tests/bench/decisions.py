"""decision-median, decision-p95: how long Automatic takes to decide, in the page's own Python.

Each prompt is decided several times and its best time counts: the questions of `tests/fixtures/routing` inside a talk,
and some of up to a million characters, over a dozen candidates. What is compared with is the limit that the project
has set itself, in milliseconds, so a ratio below 1 keeps it.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.measure import Row, browsing
from tests.browser.python_worker import PythonWorker, worker_folder
from tests.environment import ROOT

NAMES = ("decision-median", "decision-p95")
LIMITS_MS = {"decision-median": 1.0, "decision-p95": 5.0}
BEST_OF = 5
PROMPTS = ROOT / "tests" / "fixtures" / "routing" / "questions.jsonl"
SOURCE = """
import json, time
import app
from app.core.places import Place
from app.core.values import Message, Model, Request
from app.models.routing.decision import Candidate, Situation
from app.models.routing.provider import read
from app.models.routing.router import decide

lines = open(app.__path__[0] + "/../tests/fixtures/routing/questions.jsonl", encoding="utf-8").read().splitlines()
prompts = [json.loads(line)["prompt"] for line in lines if line.strip()]
prompts += [("Explain this: " + word * (size // len(word))) for size in (3_000, 30_000, 300_000, 1_000_000)
            for word in ("lorem ipsum ", "def f(x): return x\\n", "你好世界 ", "naïve ")]
candidates = [Candidate(Model(f"m{i}", f"M{i}", size_bytes=i * 10**9), "browser", 20.0, i / 9, 0) for i in range(8)]
candidates += [Candidate(Model(f"cloud:a:{i}", f"C{i}", place=Place.CLOUD), "cloud", None, 0.9, 900) for i in range(4)]
best = [1e9] * len(prompts)
for _ in range({best_of}):  # round by round: nothing of the last time is remembered
    for i, prompt in enumerate(prompts):
        before = (Message("user", "What is osmosis?"), Message("assistant", "Osmosis is … " * 40))
        request = Request((*before, Message("user", prompt)))
        start = time.perf_counter()
        decide(read(Situation(last_place="browser", policy_share=0.3), request), candidates)
        best[i] = min(best[i], time.perf_counter() - start)
[one * 1000 for one in best]
"""


def measure(bench: Bench) -> list[Row]:
    """Both figures, of one run over all prompts."""
    with (
        tempfile.TemporaryDirectory() as name,
        worker_folder(Path(name), PROMPTS) as url,
        browsing(bench.playwright) as browser,
    ):
        worker = PythonWorker(browser.page, url)
        times = sorted(worker.run(SOURCE.replace("{best_of}", str(BEST_OF)))["value"])
    found = {"decision-median": statistics.median(times), "decision-p95": times[int(len(times) * 0.95)]}
    note = f"{len(times)} prompts of up to a million characters, best of {BEST_OF} each; theirs is the limit"
    return [
        Row(name, found[name], limit, found[name] / limit, "ms", len(times), note) for name, limit in LIMITS_MS.items()
    ]
