"""What a reply claims is run, told beside it, and still there after a reload; what is attached goes to a program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.driver import App
from tests.browser.test_axe import violations
from tests.browser.test_ollama import article, connect
from tests.ollama.stand_in import StandIn

REPLY = """That is $17 \\times 23 = 401$ pens, and 5 km is 3.1 miles.

```python
print(sum(map(int, open("numbers.csv").read().split(","))))
```

Output:

```
7
```
"""


def _ask_with(app: App, server: StandIn, attached: Path) -> None:
    """A model of the server's answers what is asked with a file."""
    server.install("chatty:1b")
    server.talk.text = REPLY
    connect(app, server)
    article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
    expect(article(app, "chatty:1b").get_by_role("button", name="Active", exact=True)).to_be_visible()
    app.go("Chat")
    with app.page.expect_file_chooser() as chooser:
        app.page.get_by_role("button", name="Attach", exact=True).click()
    chooser.value.set_files(attached)
    expect(app.page.get_by_role("list", name="Attachments")).to_contain_text(attached.name)
    app.ask("How many pens?")


def _faults(app: App, axe: str) -> dict[str, list[str]]:
    """What the rules of accessibility find, on a desk and on a phone."""
    found = {}
    for width, scheme in ((1280, "light"), (390, "dark")):
        app.page.set_viewport_size({"width": width, "height": 800})
        app.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found[f"{width}, {scheme}"] = violations(app, axe)
    return {look: broken for look, broken in found.items() if broken}


def _claims(within: Locator, *claims: str) -> None:
    for claim in claims:
        expect(within).to_contain_text(claim)


@pytest.mark.slow
def test_the_claims_of_a_reply_are_run_with_what_is_attached(app: App, axe: str, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("1,2,3")
    with StandIn() as server:
        _ask_with(app, server, numbers)
        page = app.page
        page.get_by_role("button", name="Run", exact=True).click()
        panel = page.get_by_role("complementary", name="Python")
        expect(panel.get_by_role("status")).to_have_text("Error in line 1")
        panel.get_by_role("button", name="Add numbers.csv").last.click()
        panel.get_by_role("button", name="Run again").click()
        expect(panel.get_by_role("region", name="Output")).to_have_text("6")

        page.get_by_role("button", name="Run to check").click()
        wrong = ("17 × 23 = 401 doesn't agree: it is 391.", "The code doesn't print what the reply says.")
        _claims(panel.get_by_role("group", name="Checks of the reply"), *wrong, "5 km = 3.1 miles agrees")
        assert _faults(app, axe) == {}
        told = app.answers.last.get_by_text(re.compile(r"Checked by a run on .*: 1 of 3 agree"))
        expect(told).to_be_visible()
        app.reload()
        expect(told).to_be_visible()
        _claims(app.answers.last, *wrong)
        app.open("?lang=de" + page.evaluate("location.hash"))
        german = page.get_by_role("article", name="Assistent")
        _claims(german, "1 von 3 stimmen", "17 × 23 = 401 stimmt nicht: Es ist 391.")
        assert _faults(app, axe) == {}
