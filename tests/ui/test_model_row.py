"""What pages are made of: rows of models, tabs, badges, the sheet."""

from __future__ import annotations

import pytest

from app.core.html import Html, h, join
from app.core.texts import Percent, Text
from app.ui.parts.badge import Badge, badge, fit
from app.ui.parts.model_row import aside_button, model_row, row_button, sign, status
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.parts.tabs import Tab, tab_panel, tabs
from tests.ui.pages import read

TABS = (Tab("here", "On this device", "#/models"), Tab("discover", "Discover", "#/models/discover"))


def test_one_tab_is_chosen_and_names_the_panel() -> None:
    page = read(join(tabs("Models", TABS, "discover", "panel"), tab_panel("panel", "discover", "Text")))
    here, discover = page.all("button", role="tab")
    assert (here.attributes["aria-selected"], here.attributes["tabindex"]) == ("false", "-1")
    assert (discover.attributes["aria-selected"], discover.attributes["tabindex"]) == ("true", "0")
    assert discover.attributes["aria-controls"] == page.one(role="tabpanel").attributes["id"]
    assert page.one(role="tabpanel").attributes["aria-labelledby"] == discover.attributes["id"]
    assert discover.attributes["data-arg"] == "#/models/discover"


@pytest.mark.parametrize(
    ("gigabytes", "need", "wanted"),
    [(16, 8_000_000_000, "fits"), (16, 13_000_000_000, "tight"), (8, 9_000_000_000, "too-big"), (0, 9, None)],
)
def test_a_need_is_compared_with_the_memory(gigabytes: float, need: int, wanted: Badge | None) -> None:
    assert fit(need, gigabytes) == wanted


def row() -> Html:
    return model_row(
        "tiny",
        "Tiny",
        sign=sign("ring", "tiny", Percent(61)),
        status=status(Text("progress.paused"), "paused", "61 %"),
        badges=("fits", "damaged", "tight"),
        speed=24.0,
        size_bytes=98_000_000,
        main=row_button("tiny", "Resume", "click:models:download", "tiny", icon_name="play"),
        aside=(aside_button("tiny", "Delete", "click:models:delete", "tiny", "copy", data_ask="Delete?"),),
    )


def test_a_row_is_an_article_with_two_badges_at_most_and_its_sheet() -> None:
    article = read(row()).article("Tiny")
    assert [one.text for one in article.all("span", class_="badge")] == ["Fits", "Damaged"]
    assert article.one(class_="status").text == "Paused · 61 %"
    assert article.all("circle")[1].attributes["stroke-dasharray"] == "61 100"
    assert article.one("button", aria_label="Details").attributes["data-arg"] == "model/tiny"
    assert article.one("button", aria_label="Delete").attributes["data-ask"] == "Delete?"
    assert article.button("Resume").attributes["data-on"] == "click:models:download"


def test_a_badge_says_its_colour_in_words() -> None:
    assert badge("too-big") == '<span class="badge" data-kind="too-big">Too big</span>'


def test_a_sheet_is_named_and_can_be_shut() -> None:
    page = read(sheet("Tiny", facts(fact("Size", "3 GB")), foot=h("button", "Use")))
    assert page.one(id="sheet-title").text == "Tiny"
    assert "data-close" in page.one("button", aria_label="Close").attributes
    assert [page.one("dt").text, page.one("dd").text] == ["Size", "3 GB"]
    assert page.one("footer").text == "Use"
