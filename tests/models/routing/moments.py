"""Models and questions that the tests of the router share."""

from __future__ import annotations

from app.core.places import Place
from app.core.values import Model
from app.models.routing.decision import Candidate

TINY = Model("tiny", "Tiny", context_length=4096)
LLAMA = Model("ollama:llama", "Llama", context_length=8192, where="stays on this computer", place=Place.COMPUTER)
GPT = Model(
    "cloud:openai:gpt",
    "GPT",
    context_length=100_000,
    capabilities=("vision",),
    where="sent to OpenAI",
    place=Place.CLOUD,
)
BROWSER = Candidate(TINY, "browser", tokens_per_second=20.0, quality=0.3)
OLLAMA = Candidate(LLAMA, "ollama", tokens_per_second=30.0, quality=0.6)
CLOUD = Candidate(GPT, "cloud", tokens_per_second=80.0, quality=0.9, cost_usd_micros=1250)
ALL = (BROWSER, OLLAMA, CLOUD)
HARD = (
    "Prove by induction that the algorithm is correct, derive its complexity, and explain why each step is necessary."
)
EASY = "What is the capital of France?"
