"""The wheels that the page loads on demand, in the vendored interpreter with its trimmed standard library."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import MakeApp

#: A page of our origin that is not the app, with a bare interpreter.
PAGE = '<!doctype html><title>bare</title><link rel="icon" href="data:,">'
BOOT = """async base => {
  const { loadPyodide } = await import(base + 'static/vendor/pyodide/pyodide.mjs');
  globalThis.python = await loadPyodide({ indexURL: base + 'static/vendor/pyodide/' });
  globalThis.wheels = await (await fetch(base + 'static/vendor/wheels/index.json')).json();
  python.globals.set('base', base);
  python.globals.set('wheels', base + 'static/vendor/wheels/');
  python.globals.set('name', wheels.pyodide_http);
  const wheel = await fetch(base + 'static/vendor/wheels/' + wheels.micropip);
  python.unpackArchive(await wheel.arrayBuffer(), 'whl');
  return Object.keys(wheels);
}"""
RUN = "async code => await python.runPythonAsync(code)"
INSTALL = """
import micropip
await micropip.install(wheels + name)
micropip.list()["pyodide-http"].version
"""
FETCH = """
import pyodide_http, urllib.request
pyodide_http.patch_all()
with urllib.request.urlopen(base + "app/main.py") as reply:
    head = reply.read().decode()[:3]
[reply.status, head]
"""


def test_micropip_installs_pyodide_http_and_it_makes_urllib_work(make_app: MakeApp) -> None:
    app = make_app()
    app.page.route(app.url + "bare", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    app.page.goto(app.url + "bare")
    assert app.page.evaluate(BOOT, app.url) == ["micropip", "pyodide_http"]
    assert app.page.evaluate(RUN, INSTALL) == "0.2.2"
    fetched: dict[str, Any] | list[Any] = app.page.evaluate(RUN.replace("(code)", "(code).then(x => x.toJs())"), FETCH)
    assert fetched == [200, '"""']
