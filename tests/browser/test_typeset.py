"""Code and formulas, drawn in a real worker by the app's own Python."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.python_worker import PythonWorker, worker_folder

PREPARE = """
from app.browser.typeset import WorkerTypesetter
typesetter = WorkerTypesetter(BASE)
"""


@pytest.fixture(scope="module")
def worker(no_webgpu: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PythonWorker]:
    """Python in a worker, under a sub-path."""
    with worker_folder(tmp_path_factory.mktemp("typeset")) as url:
        page = no_webgpu.new_page()
        yield PythonWorker(page, url)
        page.close()


def drawn(worker: PythonWorker, call: str) -> str:
    """What one call of the typesetter gives."""
    answer = worker.run(f"{PREPARE}\nawait typesetter.{call}")
    assert worker.problems == []
    return str(answer["value"])


def test_code_is_highlighted_and_escaped(worker: PythonWorker) -> None:
    html = drawn(worker, "code('if a < b: print(\"<script>\")', 'python')")
    assert '<span class="hljs-keyword">if</span> a &lt; b' in html
    assert "<script" not in html


def test_an_unknown_language_stays_plain(worker: PythonWorker) -> None:
    assert drawn(worker, "code('<b>', 'klingon')") == "&#60;b&#62;"


def test_a_formula_is_drawn_for_eyes_and_for_screen_readers(worker: PythonWorker) -> None:
    html = drawn(worker, r"math(r'\frac{1}{2}', True)")
    assert "katex-display" in html
    assert "<math" in html


@pytest.mark.parametrize("tex", [r"\frac{1}{", r"\undefined{x}", r"\href{javascript:alert(1)}{x}", "<img onerror=x>"])
def test_a_bad_formula_is_shown_and_never_thrown(worker: PythonWorker, tex: str) -> None:
    html = drawn(worker, f"math({tex!r}, False)")
    assert "katex" in html
    assert "<img" not in html
    assert "href=" not in html


def test_formulas_made_to_hurt_end(worker: PythonWorker) -> None:
    assert "katex" in drawn(worker, r"math(r'\def\a{\a\a}\a', False)")
    assert drawn(worker, "math('{' * 20000 + '}' * 20000, False)")


def test_a_worker_that_is_missing_is_told_in_words(worker: PythonWorker) -> None:
    answer = worker.run(
        "from app.browser.typeset import WorkerTypesetter\n"
        "await WorkerTypesetter(BASE + 'nowhere/').code('1', 'python')"
    )
    worker.problems.clear()  # the browser itself reports the missing file
    assert answer["error"] == "Interrupted"
    assert "plain text" in answer["message"]


def test_what_is_nested_too_deep_for_firefox_stays_plain(worker: PythonWorker) -> None:
    """Fault B4: Firefox's error is none of the standard's, and escaped."""
    worker.page.evaluate("""async () => {
      const { wrap } = await import('./static/vendor/js/comlink.mjs');
      const { port1, port2 } = new MessageChannel();
      new Worker('./static/vendor/scripts/typeset-worker.js').postMessage(null, [port2]);
      self.typesetter = wrap(port1);
      await self.typesetter.load();
    }""")
    started = [each for each in worker.page.workers if each.url.endswith("typeset-worker.js")]
    started[-1].evaluate("""() => {
      const deep = () => { throw Object.assign(new Error('too much recursion'), { name: 'InternalError' }); };
      const hljs = { getLanguage: () => ({}), highlight: deep };
      self.typeset = { hljs, katex: { renderToString: deep } };
    }""")
    assert worker.page.evaluate("self.typesetter.math('a<b', true)") == "a&#60;b"
    assert worker.page.evaluate("self.typesetter.code('a<b', 'python')") == "a&#60;b"
