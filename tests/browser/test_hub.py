"""The Hugging Face Hub in Discover, as a student goes through it: from a search to a verified model, and every refusal.

The Hub is a double on loopback that speaks https: the browser is told that its hosts are there, so that the page asks
the addresses that it always asks, over real preflights and redirects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.driver import App
from tests.browser.files import tiny
from tests.browser.site import Site
from tests.browser.test_axe import RUN
from tests.environment import PAGE_FLAGS
from tests.hub import FILES, HOST, HubDouble, HubRepo, serving_hub

pytestmark = pytest.mark.warm

TINY = tiny().read(0, tiny().size)
OTHER = TINY[:-9] + bytes(9)
REPO, GATED = "user/tiny-GGUF", "google/gated-GGUF"


@pytest.fixture
def hub() -> HubDouble:
    """Two repositories: one with a good file, one whose bytes are wrong, and some that are only listed."""
    listed = {
        "huge-Q8_0.gguf": 900_000_000_000,
        "big-F16-00001-of-00002.gguf": 1_900_000_000,
        "big-F16-00002-of-00002.gguf": 1_900_000_000,
        "mmproj-tiny-F16.gguf": 108_783_360,
    }
    files = {"tiny-F16.gguf": TINY, "wrong-Q4_K_M.gguf": TINY + b"\0"}
    repo = HubRepo(REPO, files, 186_325, 38, lists=listed, wrong={"wrong-Q4_K_M.gguf": OTHER + b"\0"})
    return HubDouble(repo, HubRepo(GATED, {"gated-Q8_0.gguf": OTHER}, 900, 7, gated="manual"), page=3)


@pytest.fixture
def app(
    launch_browser: Callable[..., Browser], browser_context_args: dict[str, object], site: Site, hub: HubDouble
) -> Iterator[App]:
    """A page in a browser for which the Hub is the double."""
    with serving_hub(hub) as port:
        rules = ",".join(f"MAP {host}:443 127.0.0.1:{port}" for host in (HOST, FILES))
        browser = launch_browser(args=[*PAGE_FLAGS, f"--host-resolver-rules={rules}"])
        context = browser.new_context(ignore_https_errors=True, **browser_context_args)  # type: ignore[arg-type]
        made = App(context, site.url)
        made.allow(f"a request left the origin: https://({HOST}|{FILES})")
        yield made
        made.check()
        browser.close()


class Discover:
    """The tab, as a person works it."""

    def __init__(self, app: App) -> None:
        self.page = app.page
        self.region = app.page.get_by_role("region", name="Hugging Face Hub")
        self.alert = self.region.get_by_role("alert")

    def search(self, words: str) -> None:
        """Type, and press Enter."""
        field = self.page.get_by_role("searchbox", name="Find a model")
        field.fill(words)
        field.press("Enter")

    def row(self, name: str) -> Locator:
        """A repository, or a model of the open one."""
        return self.region.get_by_role("article", name=name, exact=True)

    def open(self, repository: str) -> None:
        """Show a repository's files."""
        self.row(repository).get_by_role("button", name="Show files").click()

    def press(self, name: str, button: str) -> None:
        """Press a model's button."""
        self.row(name).get_by_role("button", name=button, exact=True).click()


def test_a_student_finds_a_model_on_the_hub_and_is_told_of_every_refusal(app: App, hub: HubDouble, axe: str) -> None:
    app.open("#/models/discover")
    app.page.evaluate(axe)
    discover = Discover(app)
    app.page.get_by_role("searchbox", name="Find a model").type("tiny")
    expect(discover.region).to_have_count(0)
    assert hub.asked == [], "nothing is asked before somebody searches"
    discover.search("tiny")
    expect(discover.row(REPO)).to_contain_text("186,325 downloads a month · 38 likes · apache-2.0")
    assert app.page.evaluate(RUN) == []
    _pick(app, discover, hub)
    _gated(app, discover, hub)
    _address(app, discover)
    _offline(app, discover, hub)


def _pick(app: App, discover: Discover, hub: HubDouble) -> None:
    """Fits, parts, mmproj; a publisher who replaces the files meanwhile; bytes that are not the published ones."""
    discover.open(REPO)
    expect(app.page.locator("#hub-repository")).to_be_focused()
    good = discover.row("tiny-F16")
    expect(good).to_contain_text("Fits")
    expect(good).to_contain_text("F16, by its name")
    expect(discover.row("huge-Q8_0")).to_contain_text("Too big")
    expect(discover.row("big-F16")).to_contain_text("2 parts")
    expect(discover.row("mmproj-tiny-F16")).to_contain_text("adds pictures")
    eyes = discover.region.get_by_role("switch", name="so that the model can see pictures")
    eyes.click()
    expect(discover.row("tiny-F16")).to_contain_text("111 MB")
    eyes.click()
    hub.repositories[REPO].commit({"tiny-F16.gguf": OTHER})
    discover.press("tiny-F16", "Download")
    expect(good.get_by_role("button", name="Active")).to_be_visible()
    expect(good).to_contain_text("Ready")
    expect(good).not_to_contain_text("unverified")
    discover.press("wrong-Q4_K_M", "Download")
    expect(discover.row("wrong-Q4_K_M")).to_contain_text("Damaged")
    listed = app.page.get_by_role("region", name="Browser models").get_by_role("article", name="wrong-Q4_K_M")
    expect(listed.get_by_role("alert")).to_contain_text("not the publisher's")
    discover.region.get_by_role("button", name="Back to results").click()
    expect(discover.row(REPO).get_by_role("button", name="Show files")).to_be_focused()


def _gated(app: App, discover: Discover, hub: HubDouble) -> None:
    """Where to accept, the token, and a Hub that does not let a page send one."""
    app.allow("status of 401", "CORS policy", "net::ERR_FAILED")
    discover.search("gated")
    expect(discover.row(GATED)).to_contain_text("Needs access")
    discover.open(GATED)
    expect(discover.region.get_by_role("link", name="Accept the terms")).to_have_attribute(
        "href", f"https://{HOST}/{GATED}"
    )
    discover.press("gated-Q8_0", "Download")
    expect(discover.alert).to_contain_text("accepted its terms")
    assert app.page.evaluate(RUN) == []
    token = discover.region.get_by_label(f"Access token for {HOST}", exact=True)
    token.fill("hf_good")
    token.press("Enter")
    expect(token).to_have_value("")
    hub.refuses_preflight = True
    discover.press("gated-Q8_0", "Download")
    expect(discover.alert).to_contain_text("doesn't let this page send your access token")
    hub.refuses_preflight = False
    discover.press("gated-Q8_0", "Download")
    expect(discover.row("gated-Q8_0")).to_contain_text("Ready")


def _address(app: App, discover: Discover) -> None:
    """A repository in Add a model shows its files in Discover."""
    app.go("Models")
    expect(discover.region).to_have_count(0)
    app.add_a_model("Add by address")
    field = app.page.get_by_role("textbox", name="Model address")
    field.fill(f"hf.co/{REPO}")
    field.press("Enter")
    expect(discover.row("tiny-F16")).to_be_visible()


def _offline(app: App, discover: Discover, hub: HubDouble) -> None:
    """Words, and no request."""
    app.settings("Privacy & offline").get_by_role("switch", name="Offline Mode").click()
    expect(app.page.locator("#pill")).to_have_text("Offline Mode")
    seen = len(hub.asked)
    app.go("Models")
    app.page.get_by_role("tab", name="Discover").click()
    discover.search("tiny")
    expect(discover.alert).to_contain_text("Offline Mode is on")
    assert len(hub.asked) == seen
