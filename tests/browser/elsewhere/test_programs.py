"""Programs that people run, in each browser: they ask and are answered, without a server too, and nothing gets out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.texts import Text
from tests.browser.elsewhere.page import OtherPage
from tests.browser.elsewhere.proxy import CountingProxy
from tests.browser.elsewhere.served import Served
from tests.browser.elsewhere.variants import FIREFOX, FIREFOX_WITHOUT_JSPI, WEBKIT_NOT_ISOLATED, WITHOUT_JSPI, Variant
from tests.browser.escapes import IN_PYTHON
from tests.browser.escapes import IN_THE_WORKER as ALL
from tests.browser.site import Site
from tests.browser.test_wall import CHANNELS, RUN, TRY_ALL, elsewhere
from tests.other_browsers import ensure_browser
from tests.words import english

pytestmark = pytest.mark.slow

#: Chromium itself has tests of its own.
others = pytest.mark.parametrize("variant", [FIREFOX, FIREFOX_WITHOUT_JSPI, WITHOUT_JSPI, WEBKIT_NOT_ISOLATED], ids=str)
firefox = pytest.mark.parametrize("variant", [FIREFOX], ids=str)

#: In Firefox the first one keeps the worker itself for ever, which its time then ends; the other gives it memory that
#: it may share, though with nobody but workers of its own.
IN_THE_WORKER = {name: way for name, way in ALL.items() if name not in ("storage estimate", "shared memory")}
PRESS = """const button = [...document.querySelectorAll("[data-on='click:run-code']")].at(-1);
button.closest('figure').querySelector('pre').textContent = program;
button.click();"""
ANSWER = """const field = document.getElementById('run-answer');
field.value = answer;
field.form.requestSubmit();"""
ASKS = "import wave\nprint('begun')\nname = input('Name? ')\nprint('Hello', name, 6 * 7)"
OUTPUT = "document.querySelector('#run-output pre')?.textContent"
#: The service worker has all that a program may need.
KEPT = """(await Promise.all((await caches.keys()).map(async one => (await caches.open(one)).keys()))).flat()
  .filter(({ url }) => /rest\\.zip|pyodide_http/.test(new URL(url).pathname)).length === 2"""


def run_and_answer(there: OtherPage) -> str:
    """A program that asks; what it has printed in the end."""
    there.ask("Show me some code.")
    there.run(PRESS, program=ASKS)
    there.wait("document.getElementById('run-answer')")
    there.run(ANSWER, answer="Ada")
    there.wait(f"{OUTPUT}?.includes('42')")
    there.wait("document.querySelector('#run-controls [type=submit]')")
    return str(there.run(f"return {OUTPUT}"))


@others
def test_a_program_asks_and_is_answered(there: OtherPage, served: Served, variant: Variant) -> None:
    there.open(served.url + "?demo")
    assert run_and_answer(there) == "begun\nName? Ada\nHello Ada 42\n"
    told = there.run("return document.getElementById('run-output').textContent")
    assert (english(Text("run.restarts")) in told) != variant.has_jspi


@pytest.mark.parametrize("variant", [WEBKIT_NOT_ISOLATED], ids=str)
def test_a_program_has_no_caches_in_which_the_next_would_find_what_it_left(there: OtherPage, served: Served) -> None:
    there.open(served.url + "?demo")
    told = there.run(f"return await ({RUN})([program, 60]);", program="import js\nprint(hasattr(js, 'caches'))")
    assert told[1] == "False\n", told


@firefox
def test_a_program_runs_without_a_server_though_none_ran_before(there: OtherPage, own_site: Site) -> None:
    there.open(own_site.url + "?demo")
    there.wait(f"navigator.serviceWorker.controller?.state === 'activated' && {KEPT}")
    own_site.stop()
    there.open(own_site.url + "?demo")
    assert "Hello Ada 42" in run_and_answer(there)


@pytest.fixture
def page(variant: Variant, proxy: CountingProxy, tmp_path: Path) -> Iterator[OtherPage]:
    """One whose browser may tell of all that it refuses. Nobody else was asked."""
    driver = ensure_browser(variant.browser)
    page = OtherPage([*driver, "--profile", str(tmp_path / "profile"), "--proxy", str(proxy.port), *variant.options])
    try:
        yield page
        assert proxy.asked == []
    finally:
        page.close()


@firefox
def test_nothing_gets_out_over_the_wall(page: OtherPage, site: Site) -> None:
    page.open(site.url + "?demo")
    with elsewhere() as other:
        port = int(other.url.rpartition(":")[2].strip("/"))
        program = TRY_ALL.format(
            names=json.dumps([other.url, site.url, "127.0.0.1", port]),
            javascript=json.dumps(IN_THE_WORKER),
            python=json.dumps(IN_PYTHON),
            channels=json.dumps(CHANNELS),
        )
        told, said = page.run(f"return await ({RUN})([program, 60]);", program=program)
        assert told["ending"] == "", (told, said)
        found = json.loads(said.partition("FOUND")[2])
        assert len(found) == len(IN_THE_WORKER) + len(IN_PYTHON)
        assert {name: got for name, got in found.items() if got} == {}
        page.run("await new Promise(done => setTimeout(done, 1000));")
        assert other.reached == []
    assert page.run("return [({}).polluted ?? null, document.title];") == [None, "DrLeeLM"]
