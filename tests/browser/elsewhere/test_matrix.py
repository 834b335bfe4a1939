"""Every kind of browser by every kind of model: it answers, by the build of the engine that fits, and asks nobody else.

Fault P3: without JSPI or 64-bit memory the engine of GGUF models fetched its program from a stranger. Fault B1:
LiteRT-LM on the processor stopped every reply in the middle. Fault B2: without a private file system no GGUF model
loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from app.core.texts import Text
from app.core.values import DeviceFacts
from app.models.device.check import WHY_THREADS
from app.models.engines.thread_count import threads_and_why
from tests.browser.driver import MODELS
from tests.browser.elsewhere import variants
from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.served import Served
from tests.browser.elsewhere.variants import VARIANTS, Variant
from tests.words import english

QUESTIONS = {
    "What is the capital of France?": "The capital of France is Paris.",
    "Why is the sky blue?": "Because air scatters blue light.",
}
HAS_OPFS = "return 'getDirectory' in (navigator.storage ?? {});"
WORKER = "/program-worker.js"
PROGRAM = re.compile(r"/static/vendor/([a-z-]+)-[\d.]+/(?:wasm/)?(\w+)\.wasm$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of model; without a file it is the one that comes with the page."""

    name: str
    file: str = ""

    def __str__(self) -> str:
        return self.name


BUNDLED = Kind("bundled-gguf")
TINY = Kind("tiny-gguf", "tiny-gemma3-f16.gguf")
LITERT_LM = Kind("litert-lm", "tiny-gemma3-cpu.litertlm")

#: In the quick tier: every browser once and every kind of model. Chromium itself is in tests/browser/test_models.py.
QUICK = {
    (variants.WITHOUT_JSPI, LITERT_LM),
    (variants.WITHOUT_MEMORY64, TINY),
    (variants.WITHOUT_OPFS, TINY),
    (variants.NOT_ISOLATED, TINY),
    (variants.FIREFOX, BUNDLED),
    (variants.WEBKIT, BUNDLED),
}
CELLS = [
    pytest.param(variant, kind, id=f"{variant}-{kind}", marks=() if (variant, kind) in QUICK else pytest.mark.slow)
    for variant in VARIANTS
    for kind in (BUNDLED, TINY, LITERT_LM)
]


@pytest.mark.parametrize(("variant", "kind"), CELLS)
def test_it_answers(there: OtherPage, served: Served, variant: Variant, kind: Kind) -> None:
    there.open(served.url)
    assert there.run(HAS_OPFS) == variant.has_opfs
    assert there.run("return crossOriginIsolated;") == variant.is_isolated
    if kind.file:
        there.set("advanced", "Top-k", "1")
        there.import_model(MODELS / kind.file)
        assert {question: there.ask(question) for question in QUESTIONS} == QUESTIONS
    else:
        there.set("chat", "Maximum reply length", "12")
        assert there.ask("Say hello.")
        assert "SmolLM2 135M" in there.below()
    assert programs(served) == {program_for(variant, kind)}
    lines = there.device()
    assert lines[english(Text("device.jspi"))][0] == ("ok" if variant.has_jspi else "missing")
    cores = there.run("return navigator.hardwareConcurrency;")
    facts = DeviceFacts(cores=cores, is_isolated=variant.is_isolated, has_shared_memory=variant.shares_memory)
    threads, why = threads_and_why(facts)
    assert (threads > 1) == (variant.is_isolated and variant.shares_memory and cores > 1)
    state, says = WHY_THREADS[why]
    assert lines[english(Text("device.threads"))][0] == state
    assert f"{threads}: {english(says)}" in lines[english(Text("device.threads"))][1]
    if kind is not LITERT_LM:
        assert english(Text("loading.on_processor", count=threads)) in there.status(english(Text("loading.in_memory")))
        if variant.lacks:  # no service worker stands between, so each worker asks here for its script
            workers = sum(path.endswith(WORKER) for path in served.asked)
            assert workers == (1 if threads == 1 else 1 + threads), "llama.cpp's own, and its threads"


def programs(served: Served) -> set[tuple[str, str]]:
    """The programs of engines that were asked for: folder and file. LiteRT-LM's "compat" is without relaxed SIMD."""
    found = (PROGRAM.search(path) for path in served.asked)
    return {(match[1], match[2].replace("_compat_", "_")) for match in found if match}


def program_for(variant: Variant, kind: Kind) -> tuple[str, str]:
    """The one that this browser needs for a model."""
    if kind is LITERT_LM:
        return "litert-lm", "litertlm_wasm_internal" if variant.has_jspi else "litertlm_wasm_asyncify_internal"
    return "wllama-compat" if variant.takes_compat else "wllama", "wllama"
