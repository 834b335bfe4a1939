"""Vectors in the browser: the bundled embedding model beside a chat model that is loaded, asked by the local API."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import LIMIT_MS, MODELS, App
from tests.browser.test_api import switch_on
from tests.environment import ROOT

PAIRS: list[tuple[str, str, float]] = json.loads(
    (ROOT / "tests" / "fixtures" / "vectors" / "pairs.json").read_text("utf-8")
)
NAME = "all-MiniLM-L6-v2, bundled"
ASKED = """async ([path, body]) => {
  const reply = await fetch(new URL(path, location.href), { method: 'POST', body: JSON.stringify(body) });
  return [reply.status, await reply.json()];
}"""


def ask(page: Page, path: str, **body: Any) -> Any:
    """What the local API answers."""
    return page.evaluate(ASKED, [path, body])


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / math.hypot(*one) / math.hypot(*other)


@pytest.mark.warm
def test_the_bundled_model_makes_vectors_beside_a_chat_model_as_its_float32_weights_do(app: App) -> None:
    app.allow(r"status of 400")
    app.open()
    app.import_model(MODELS / "tiny-gemma3-f16.gguf")
    switch_on(app)
    app.page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    said = [{"role": "user", "content": "What is the capital of France?"}]
    status, before = ask(app.page, "v1/chat/completions", model="default", messages=said, top_k=1)
    assert status == 200

    texts = [text for one, other, _ in PAIRS for text in (one, other)]
    texts += [f"Passage {number} of a longer book about light." for number in range(32 - len(texts))]
    status, made = ask(app.page, "v1/embeddings", model="all-minilm-l6-v2", input=texts)
    assert status == 200
    rows = [item["embedding"] for item in made["data"]]
    assert (len(rows), {len(row) for row in rows}) == (32, {384})
    found = [cosine(rows[2 * place], rows[2 * place + 1]) for place in range(len(PAIRS))]
    assert found == pytest.approx([wanted for _, _, wanted in PAIRS], abs=0.01)
    _, alone = ask(app.page, "v1/embeddings", model="default", input=texts[0])
    assert cosine(alone["data"][0]["embedding"], rows[0]) == pytest.approx(1, abs=1e-3)

    status, refused = ask(app.page, "v1/embeddings", model="default", input=["short", "light " * 600])
    assert (status, refused["error"]["code"]) == (400, "context_length_exceeded")
    assert "Nothing was cut off" in refused["error"]["message"]
    status, refused = ask(app.page, "v1/chat/completions", model="all-minilm-l6-v2", messages=said)
    assert status == 400
    status, after = ask(app.page, "v1/chat/completions", model="default", messages=said, top_k=1)
    assert after["choices"][0]["message"] == before["choices"][0]["message"]

    app.go("Models")
    article = app.page.get_by_role("article", name=NAME)
    expect(article).to_contain_text("Embedding model", timeout=LIMIT_MS)
    expect(article.get_by_role("button", name="Use")).to_have_count(0)
    app.go("Chat")
    assert not any(NAME in option for option in app.open_models().all_inner_texts())
