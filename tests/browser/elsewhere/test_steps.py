"""What a person does beyond asking, in the browsers besides Chromium, whose own tests have it."""

from __future__ import annotations

import pytest

from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.variants import FIREFOX, FIREFOX_WITHOUT_JSPI, WEBKIT
from tests.browser.site import Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("variant", [FIREFOX, FIREFOX_WITHOUT_JSPI, WEBKIT], ids=str),
]

CONTROLLED = "navigator.serviceWorker.controller?.state === 'activated'"
#: The service worker has the program of the engine that answered.
KEPT = """(await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys())))
  .flat().some(({ url }) => new URL(url).pathname.endsWith('/wllama.wasm'))"""


def test_stop_keeps_the_words_and_the_next_question_is_answered(there: OtherPage, site: Site) -> None:
    there.open(site.url)
    there.send("Tell me a very long story of a king and his seven sons, one chapter for each of them.")
    there.stop()
    assert there.words()
    assert "Stopped." in there.below()
    there.set("Longest reply", "12")
    assert there.ask("Say hello.")


def test_what_answered_on_the_first_visit_answers_without_the_server(there: OtherPage, own_site: Site) -> None:
    there.open(own_site.url)
    there.set("Longest reply", "12")
    words = there.ask("Say hello.")
    there.wait(f"{CONTROLLED} && {KEPT}")
    own_site.stop()
    there.open(own_site.url)
    there.open_chat()
    assert there.words() == words
    assert there.ask("And how are you?")
