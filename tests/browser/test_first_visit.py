"""Offline after the very first visit: whatever engine has answered once answers without the server too.

The service worker comes late here, after the answer, so all that the engine needed was fetched without it.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import MakeApp
from tests.browser.driver import MODELS
from tests.browser.site import Site
from tests.browser.small_site import CONTROLLED
from tests.browser.test_models import ANSWER, QUESTION, greedy

LATE = """
const container = navigator.serviceWorker, register = container?.register;
if (container) container.register = async (...options) => {
  await new Promise(come => { self.letServiceWorkerCome = come; });
  return register.apply(container, options);
};
"""
ENGINES = [
    ("tiny-gemma3-f16.gguf", "wllama", ["index.js", "wllama.wasm"]),
    pytest.param(
        *("tiny-gemma3-cpu.litertlm", "litert-lm-cpu"),
        ["litertlm.iife.js", "litertlm_wasm_internal.js", "litertlm_wasm_internal.wasm"],
        marks=pytest.mark.slow,
    ),
    pytest.param(
        *("tiny-gemma3-gpu.litertlm", "litert-lm-gpu"),
        ["litertlm.iife.js", "litertlm_wasm_internal.js", "litertlm_wasm_internal.wasm"],
        marks=pytest.mark.slow,
    ),
    pytest.param(
        *("tiny-gemma3-web.task", "mediapipe"),
        ["genai_bundle.mjs", "genai_wasm_internal.js", "genai_wasm_internal.wasm"],
        marks=pytest.mark.slow,
    ),
]


#: Looks until the service worker holds these files of engines, by their names, and no others.
LOOK = """async wanted => {
  const files = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) files.push(new URL(url).pathname);
  const engines = files.filter(file => /vendor.(wllama|litert-lm|mediapipe)-/.test(file));
  self.keptFiles = engines.map(file => file.split('/').pop()).sort().join();
  if (self.keptFiles !== wanted) setTimeout(look, 100, wanted);
}"""


@pytest.mark.parametrize(("file", "engine", "files"), ENGINES)
def test_what_answered_on_the_first_visit_answers_offline(
    make_app: MakeApp, own_site: Site, file: str, engine: str, files: list[str]
) -> None:
    app = make_app(own_site.url, webgpu=engine in ("litert-lm-gpu", "mediapipe"))
    app.context.add_init_script(LATE)
    app.open()
    greedy(app)
    model = app.import_model(MODELS / file)
    app.details(model).get_by_role("combobox", name="Engine").select_option(engine)
    app.close_sheet()
    app.go("Chat")
    assert app.ask(QUESTION) == ANSWER
    app.page.wait_for_function("() => self.letServiceWorkerCome")
    app.page.evaluate(f"wanted => {{ self.look = {LOOK}; return look(wanted); }}", ",".join(files))
    assert app.page.evaluate("self.keptFiles") == ""
    app.page.evaluate("self.letServiceWorkerCome()")
    app.page.wait_for_function(CONTROLLED)
    app.page.wait_for_function("wanted => self.keptFiles === wanted", arg=",".join(files))
    own_site.stop()
    app.reload()
    assert app.ask(QUESTION) == ANSWER
    app.check()
