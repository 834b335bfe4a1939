"""What a reply claims is run, told beside it, and still there after a reload; what is attached goes to a program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
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


@pytest.mark.slow
def test_the_claims_of_a_reply_are_run_with_what_is_attached(app: App, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("1,2,3")
    with StandIn() as server:
        server.install("chatty:1b")
        server.talk.text = REPLY
        connect(app, server)
        article(app, "chatty:1b").get_by_role("button", name="Use", exact=True).click()
        expect(article(app, "chatty:1b").get_by_role("button", name="Active", exact=True)).to_be_visible()
        app.go("Chat")
        page = app.page
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Attach", exact=True).click()
        chooser.value.set_files(numbers)
        expect(page.get_by_role("button", name="Open numbers.csv")).to_be_visible()
        app.ask("How many pens?")

        page.get_by_role("button", name="Run", exact=True).click()
        panel = page.get_by_role("complementary", name="Python")
        expect(panel.get_by_role("status")).to_have_text("Error in line 1")
        panel.get_by_role("button", name="Add numbers.csv").last.click()
        panel.get_by_role("button", name="Run again").click()
        expect(panel.get_by_role("region", name="Output")).to_have_text("6")

        page.get_by_role("button", name="Run to check").click()
        checks = panel.get_by_role("group", name="Checks of the reply")
        expect(checks).to_contain_text("17 × 23 = 401 doesn't agree: it is 391.")
        expect(checks).to_contain_text("5 km = 3.1 miles agrees")
        expect(checks).to_contain_text("The code doesn't print what the reply says.")
        told = app.answers.last.get_by_text(re.compile(r"Checked by a run on .*: 1 of 3 agree"))
        expect(told).to_be_visible()
        app.reload()
        expect(told).to_be_visible()
