"""A program gets packages and the network when the person allows it, and for that run only."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.environment import ROOT
from tests.plots import STAND_IN

PLACE = tomllib.loads((ROOT / "static" / "packages.toml").read_text("utf-8"))["address"]
FILE = "http://files.example/numbers.csv"
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 4, 9])\nplt.savefig('mine.svg')\nplt.show()\nprint('shown')"
READ = f"import urllib.request\nprint(urllib.request.urlopen({FILE!r}).read().decode())"


def wheel(name: str, files: Mapping[str, str]) -> bytes:
    """A pure wheel."""
    about, packed = f"{name}-1.0.dist-info", io.BytesIO()
    files = {
        **files,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{about}/RECORD", "".join(f"{path},,\n" for path in files))
    return packed.getvalue()


class Index:
    """Pyodide's distribution and a server of files, as the page meets them; `asked` is what reached them."""

    def __init__(self, app: App) -> None:
        self.asked: list[str] = []
        self.wheel = wheel("matplotlib", STAND_IN)
        self.served = self.wheel
        stock = json.loads((ROOT / "static/vendor/wheels/packages.json").read_text("utf-8"))
        row = {**stock["packages"]["matplotlib"], "depends": [], "file_name": "matplotlib-1.0-py3-none-any.whl"}
        row |= {"version": "1.0", "sha256": hashlib.sha256(self.wheel).hexdigest()}
        stock["packages"] = {**stock["packages"], "matplotlib": row}
        app.context.route("**/wheels/packages.json", lambda route: route.fulfill(body=json.dumps(stock)))
        app.context.route(re.compile(re.escape(PLACE)), self._package)
        app.context.route(re.compile(r"^https?://(files|other)\.example/"), self._file)

    def _package(self, route: Route) -> None:
        self.asked.append(route.request.url)
        route.fulfill(body=self.served, headers={"Access-Control-Allow-Origin": "*"})

    def _file(self, route: Route) -> None:
        request = route.request
        self.asked.append(f"{request.method} {request.url}")
        sent = {"cookie", "authorization", "referer"} & set(request.all_headers())
        headers = {"Access-Control-Allow-Origin": "*"}
        if request.url.endswith("/moved"):
            return route.fulfill(status=302, headers={**headers, "Location": "http://other.example/secret"})
        return route.fulfill(body=f"1,2,3 {sorted(sent)}", headers=headers)


def opened(make_app: MakeApp) -> tuple[App, Index, Locator]:
    """A page with a program beside the chat."""
    app = make_app(service_workers="block")
    app.allow(
        "a request left the origin: https?://(files|other|cdn)",
        "Failed to find a valid digest|SRI's integrity checks failed",
        r"status of 404",
        "Failed to load resource",
        "Connecting to 'http://other.example/secret' violates",  # where a redirect leads that the run may not follow
    )
    index = Index(app)
    app.open("?demo")
    app.ask("Show me some code.")
    app.page.get_by_role("button", name="Run", exact=True).last.click()
    panel = app.page.get_by_role("complementary", name="Python")
    expect(panel.get_by_role("status")).to_have_text(re.compile("Finished|Error"))
    return app, index, panel


def run(panel: Locator, code: str) -> None:
    panel.get_by_role("textbox", name="Code").fill(code)
    panel.get_by_role("button", name="Run again").click()


def question(panel: Locator, host: str) -> Locator:
    return panel.get_by_role("group", name=f"This program wants the network: {host}")


@pytest.mark.slow
def test_a_program_gets_the_network_when_it_is_allowed_and_no_more(make_app: MakeApp) -> None:
    app, index, panel = opened(make_app)
    status = panel.get_by_role("status")
    host = re.sub(r"^https://([^/]+)/.*", r"\1", PLACE)

    run(panel, PLOT)
    question(panel, host).get_by_role("button", name="Don't allow").click()
    expect(status).to_have_text("Error in line 1")
    expect(panel.get_by_text("matplotlib isn't on this device. Allow the network for this run")).to_be_visible()
    assert index.asked == []

    index.served = b"another file"  # whose hash is not the one in the list
    run(panel, PLOT)
    question(panel, host).get_by_role("button", name="Allow once").click()
    expect(status).to_have_text("Error in line 1")
    index.served, index.asked = index.wheel, []

    run(panel, PLOT)
    question(panel, host).get_by_role("button", name="Allow once").click()
    expect(panel.get_by_role("img", name="Picture figure-1.png")).to_be_visible()
    expect(panel.get_by_role("img", name="Picture mine.svg")).to_be_visible()
    expect(panel.get_by_text(f"{host} ·")).to_be_visible()
    assert index.asked == [f"{PLACE}matplotlib-1.0-py3-none-any.whl"]

    run(panel, READ)
    expect(question(panel, "files.example")).to_be_visible()
    assert len(index.asked) == 1
    question(panel, "files.example").get_by_role("button", name="Allow once").click()
    expect(panel.get_by_role("region", name="Output")).to_contain_text("1,2,3 []")
    expect(status).to_have_text(re.compile("Finished"))
    assert index.asked[1:] == [f"GET {FILE}"]

    run(panel, READ.replace("numbers.csv", "moved"))
    question(panel, "files.example").get_by_role("button", name="Allow once").click()
    expect(status).to_have_text("Error in line 2")
    expect(panel.get_by_text("which this run is not allowed to ask")).to_be_visible()
    assert set(index.asked[2:]) == {"GET http://files.example/moved"}

    _nothing_near(app, index, panel)


def _nothing_near(app: App, index: Index, panel: Locator) -> None:
    """The app's own address, this computer, and everything in Offline Mode: nobody is asked."""
    for address in (app.url, "http://127.0.0.1:11434/api/tags"):
        run(panel, READ.replace(FILE, address))
        expect(panel.get_by_text("Not reached:")).to_be_visible()
        expect(panel.get_by_role("status")).to_have_text("Error in line 2")
    assert {one for one in index.asked if "example" in one} == {f"GET {FILE}", "GET http://files.example/moved"}
