"""What must hold in every browser besides Chromium. A test file per browser inherits these.

Fault P3: without JSPI or Memory64 the engine of GGUF models fetched its program from a stranger. Fault B1: LiteRT-LM on
the processor stopped every reply in the middle. Fault B2: without a private file system no GGUF model loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.driver import MODELS
from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.proxy import CountingProxy
from tests.browser.site import Site

QUESTION, ANSWER = "What is the capital of France?", "The capital of France is Paris."
ELSEWHERE = "foreign.example"
#: Asked by the page itself, past everything that Python decides, so that the proxy's silence means something.
ASK_ELSEWHERE = "await fetch(`http://${host}/`, { mode: 'no-cors' }).then(() => {}, () => {});"


CONTROLLED = "navigator.serviceWorker.controller?.state === 'activated'"
#: The service worker has the program of the engine that answered.
KEPT = """(await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys())))
  .flat().some(({ url }) => new URL(url).pathname.endsWith('/wllama.wasm'))"""


class Steps:
    """The steps. `there` is the page in a fresh profile and watched by `proxy`; `own_site` is the test's to stop."""

    browser: str
    options: tuple[str, ...] = ()

    @pytest.fixture(autouse=True)
    def nothing_goes_wrong(self, there: OtherPage, proxy: CountingProxy) -> Iterator[None]:
        """No error in the page and no request to anybody else; and the proxy would have told of one."""
        yield
        assert there.problems() == []
        assert proxy.asked == []
        there.run(ASK_ELSEWHERE, host=ELSEWHERE)
        assert proxy.asked == [ELSEWHERE]

    def test_the_bundled_model_answers(self, there: OtherPage, site: Site) -> None:
        there.open(site.url)
        there.set("Longest reply", "12")
        assert there.ask("Say hello.")
        assert "SmolLM2 135M" in there.below()

    @pytest.mark.slow
    def test_stop_keeps_the_words_and_the_next_question_is_answered(self, there: OtherPage, site: Site) -> None:
        there.open(site.url)
        there.send("Tell me a very long story of a king and his seven sons, one chapter for each of them.")
        there.stop()
        assert there.words()
        assert "Stopped." in there.below()
        there.set("Longest reply", "12")
        assert there.ask("Say hello.")

    @pytest.mark.slow
    @pytest.mark.parametrize("file", ["tiny-gemma3-f16.gguf", "tiny-gemma3-cpu.litertlm"])
    def test_an_imported_model_answers(self, there: OtherPage, site: Site, file: str) -> None:
        there.open(site.url)
        there.set("Top-k", "1")
        there.import_model(MODELS / file)
        assert there.ask(QUESTION) == ANSWER
        assert there.ask("Why is the sky blue?") == "Because air scatters blue light."

    @pytest.mark.slow
    def test_what_answered_on_the_first_visit_answers_without_the_server(
        self, there: OtherPage, own_site: Site
    ) -> None:
        there.open(own_site.url)
        there.set("Longest reply", "12")
        words = there.ask("Say hello.")
        there.wait(f"{CONTROLLED} && {KEPT}")
        own_site.stop()
        there.open(own_site.url)
        there.open_chat()
        assert there.words() == words
        assert there.ask("And how are you?")
