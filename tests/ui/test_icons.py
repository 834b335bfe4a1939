"""The icons: each that is listed is drawn somewhere, in the sheet, and drawn only by its name."""

from __future__ import annotations

import re
from typing import get_args

from app.ui.icons import Icon, icon
from tests.environment import ROOT

LISTED = set(get_args(Icon))
SHELL = (ROOT / "index.html").read_text("utf-8")


def test_an_icon_is_drawn_from_the_sheet_and_says_nothing() -> None:
    assert icon("menu") == (
        '<svg class="icon" aria-hidden="true"><use href="./static/vendor/icons.svg#menu"></use></svg>'
    )


def test_the_sheet_holds_exactly_what_is_listed() -> None:
    sheet = (ROOT / "static" / "vendor" / "icons.svg").read_text("utf-8")
    assert set(re.findall(r'<symbol id="([\w-]+)"', sheet)) == LISTED
    assert "lucide" in sheet, "the licence goes along"


def test_what_the_shell_draws_is_listed_and_nothing_listed_is_drawn_nowhere() -> None:
    in_shell = set(re.findall(r"icons\.svg#([\w-]+)", SHELL))
    assert in_shell <= LISTED
    sources = (path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py") if path.name != "icons.py")
    in_python = set(re.findall(r'"([a-z0-9-]+)"', "".join(sources)))
    assert LISTED - in_shell - in_python == set()
