"""What a person does beyond asking once, in each browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.texts import Text
from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.served import Served
from tests.browser.elsewhere.variants import FIREFOX, FIREFOX_WITHOUT_JSPI, NOT_ISOLATED, WEBKIT, Variant
from tests.browser.site import Site
from tests.words import english

pytestmark = pytest.mark.slow

#: Chromium itself has tests of its own.
others = pytest.mark.parametrize("variant", [FIREFOX, FIREFOX_WITHOUT_JSPI, WEBKIT], ids=str)
#: As on a host that sends no headers of ours.
hosted = pytest.mark.parametrize(
    "variant",
    [
        NOT_ISOLATED,
        replace(FIREFOX, name="firefox-not-isolated", is_isolated=False),
        replace(WEBKIT, name="webkit-not-isolated", is_isolated=False),
    ],
    ids=str,
)

CONTROLLED = "navigator.serviceWorker.controller?.state === 'activated'"
#: The service worker has the program of the engine that answered.
KEPT = """(await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys())))
  .flat().some(({ url }) => new URL(url).pathname.endsWith('/wllama.wasm'))"""


@others
def test_stop_keeps_the_words_and_the_next_question_is_answered(there: OtherPage, site: Site) -> None:
    there.open(site.url)
    there.send("Tell me a very long story of a king and his seven sons, one chapter for each of them.")
    there.stop()
    assert there.words()
    assert "Stopped." in there.below()
    there.set("chat", "Maximum reply length", "12")
    assert there.ask("Say hello.")


@others
def test_what_answered_on_the_first_visit_answers_without_the_server(there: OtherPage, own_site: Site) -> None:
    there.open(own_site.url)
    there.set("chat", "Maximum reply length", "12")
    words = there.ask("Say hello.")
    there.wait(f"{CONTROLLED} && {KEPT}")
    own_site.stop()
    there.open(own_site.url)
    there.open_chat()
    assert there.words() == words
    assert there.ask("And how are you?")


@hosted
def test_the_second_visit_is_isolated_and_uses_what_the_browser_has(
    there: OtherPage, served: Served, variant: Variant
) -> None:
    there.open(served.url)
    assert not there.run("return crossOriginIsolated;")
    there.wait(CONTROLLED)
    there.open(served.url)
    assert there.run("return crossOriginIsolated;")
    there.set("chat", "Maximum reply length", "12")
    assert there.ask("Say hello.")
    has_more = variant.shares_memory and there.run("return navigator.hardwareConcurrency > 1;")
    one = english(Text("loading.on_processor", count=1))
    assert (one in there.status(english(Text("loading.in_memory")))) == (not has_more)
