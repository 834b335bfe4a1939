"""The group Costs of the Settings page: figures say what they are, forms have names, tables are tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.places import Place
from app.core.values import Model
from app.models.costs.budget import Budget
from app.models.costs.choices import Choices
from app.models.costs.ledger import Entry
from app.models.costs.prices import Edit
from app.models.costs.savings import Power
from app.session import Session
from app.ui.parts.costs import costs_section, rough, typed
from app.ui.words import words
from tests.ui.pages import Element, read, session

TODAY = "1970-01-01"  # by the tests' clock
LOCAL = Entry(
    "a", 100.0, TODAY, "chat", "browser", "", "SmolLM2", 1000, 500, answer_tokens=500, micros=0, basis="computed"
)
CLOUD = Entry("b", 200.0, TODAY, "chat", "cloud", "openai", "gpt-5-mini", 2000, 500, 100, micros=1250, basis="computed")
UNKNOWN = replace(CLOUD, id="c", model="new", micros=None, basis="unknown")


def made(*entries: Entry, choices: Choices | None = None) -> Session:
    shown = session()
    costs = shown.costs
    costs.entries.set(entries)
    costs.choices.set(choices or Choices())
    costs.is_known.set(True)
    return shown


def draw(*entries: Entry, choices: Choices | None = None) -> Element:
    return read(costs_section(made(*entries, choices=choices)))


def rows(page: Element, caption: str) -> list[list[str]]:
    [table] = [item for item in page.all("table") if [name.text for name in item.all("caption")] == [caption]]
    lines = [row for body in table.all("tbody") for row in body.all("tr")]
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in lines]


def test_before_the_ledger_was_read_it_says_so() -> None:
    assert read(costs_section(session())).text == "Loading usage …"


def test_without_a_reply_there_are_no_empty_tables() -> None:
    page = draw()
    assert "No replies yet." in page.text
    assert page.all("table") == []
    assert "Download as CSV" not in page.buttons()


def test_totals_say_what_is_known_and_what_is_not() -> None:
    assert rows(draw(LOCAL, CLOUD), "Usage") == [
        ["Today", "$0.00125", "2", "3,000", "1,000"],
        ["This month", "$0.00125", "2", "3,000", "1,000"],
    ]
    assert rows(draw(CLOUD, UNKNOWN), "Usage")[0][1] == "$0.00125 + 1 unknown"
    assert rows(draw(UNKNOWN), "Usage")[0][1] == "unknown", "never $0"


def test_the_month_stands_there_at_a_glance() -> None:
    page = draw(LOCAL, replace(LOCAL, id="x"), CLOUD, choices=NAMED)
    tiles = [tile.text for tile in page.one("dl", class_="tiles").all("div")]
    assert tiles == [
        "Spent this month $0.00125 Today: $0.00125",
        "Saved this month $0.0016 – $0.003 Estimate, compared with gpt-5-mini",
        "Local replies 2 of 3 1 in the cloud",
    ]
    assert page.one("progress").attributes["aria-label"] == "Share of local replies"
    unnamed = draw(CLOUD).one("dl", class_="tiles").text
    assert "Saved this month – Choose a model to compare with" in unnamed


def test_there_is_a_table_by_day_model_feature_and_place() -> None:
    page = draw(replace(LOCAL, day="1969-12-31"), CLOUD)
    assert [row[0] for row in rows(page, "By day")] == [TODAY, "1969-12-31"]
    assert [row[0] for row in rows(page, "By model")] == ["gpt-5-mini", "SmolLM2"]
    assert [row[:3] for row in rows(page, "By feature")] == [["Chat", "$0.00125", "2"]]
    assert [row[0] for row in rows(page, "By place")] == ["Cloud", "This device"]
    heads = page.one("details", id="costs-by").all("table")[1].one("thead").all("th")
    assert {head.attributes["scope"] for head in heads} == {"col"}


def test_a_budget_says_where_it_stands() -> None:
    page = draw(CLOUD, UNKNOWN, choices=Choices(Budget(day_micros=1250, month_micros=2_000_000)))
    assert page.labelled("Daily budget ($)").attributes["value"] == "0.00125"
    assert page.labelled("Monthly budget ($)").attributes["value"] == "2.00"
    more = "on cloud models, plus 1 reply at an unknown price, not counted."
    assert page.one(id="about-budget-day").text == f"Today: $0.00125 of $0.00125 {more} Nothing more is sent."
    assert page.one(id="about-budget-month").text == f"This month: $0.00125 of $2.00 {more}"
    assert page.one(id="budget-day").attributes["aria-describedby"] == "about-budget-day"
    known = draw(CLOUD, choices=Choices(Budget(day_micros=2500))).one(id="about-budget-day").text
    assert known == "Today: $0.00125 of $0.0025 (50 %) on cloud models."
    assert "value" not in draw().labelled("Monthly budget ($)").attributes
    assert "Nothing more is sent." in draw(choices=Choices(Budget(day_micros=0))).text


def test_a_model_that_a_budget_cannot_count_has_a_field_for_its_price_and_a_button_for_leave() -> None:
    """Fault A4."""
    odd = Model("cloud:groq:unheard-of", "unheard-of", place=Place.CLOUD)
    shown = made(choices=Choices(Budget(day_micros=10_000)))
    shown.state.cloud.set((odd, replace(odd, id="cloud:openai:gpt-5-mini", name="gpt-5-mini")))
    page = read(costs_section(shown))
    form = page.one("form", id=f"unpriced-{odd.id}")
    assert form.attributes["data-on"] == "submit:costs:edit-price"
    assert form.one(name="model").attributes["value"] == "groq:unheard-of"
    assert page.button("Allow without a price").attributes["data-arg"] == odd.id
    assert "gpt-5-mini" not in page.one(id="costs-unpriced").text
    shown.costs.choices.set(Choices(Budget(day_micros=10_000), unpriced=(("groq", "unheard-of"),)))
    page = read(costs_section(shown))
    assert page.button("Ask for a price again").attributes["data-arg"] == odd.id
    assert page.all("form", id=f"unpriced-{odd.id}") == []
    shown.costs.choices.set(Choices())
    assert read(costs_section(shown)).all(id="costs-unpriced") == []


def test_the_model_that_documents_are_found_with_has_a_field_for_its_price_too() -> None:
    shown = made(choices=Choices(Budget(day_micros=10_000)))
    shown.state.cloud.set((Model("cloud:groq:gpt", "gpt", place=Place.CLOUD),))
    shown.state.settings.set(replace(shown.state.settings(), meaning="cloud:groq:school-embed"))
    page = read(costs_section(shown)).one(id="costs-unpriced")
    allow = page.one("button", aria_label="Allow school-embed without a price")
    assert allow.attributes["data-arg"] == "cloud:groq:school-embed"


NAMED = Choices(reference=("openai", "gpt-5-mini"), power=Power(Decimal(0)))


def test_savings_are_a_range_an_estimate_and_explained() -> None:
    page = draw(LOCAL, replace(LOCAL, id="x", stayed="private"), choices=NAMED)
    words = page.one(id="savings-words").text
    assert words == "Estimate: 1 free reply this month would have cost $0.00082 to $0.0015 more with gpt-5-mini."
    explained = page.one(id="costs-how").text
    for part in ("$0.25 in, $2 out", "20 %", "cache", "Electricity", "genai-prices", "1 reply in a private chat"):
        assert part in explained
    assert page.labelled("Power while answering (W)").attributes["value"] == "0"
    chosen = [
        item for item in page.labelled("Compare free replies with").all("option") if "selected" in item.attributes
    ]
    assert [item.attributes["value"] for item in chosen] == ["openai:gpt-5-mini"]


@pytest.mark.parametrize(
    ("entry", "choices", "words"),
    [
        (LOCAL, Choices(), "Choose a cloud model to see what free replies saved."),
        (LOCAL, Choices(reference=("openai", "new")), "The price of new is unknown."),
        (CLOUD, NAMED, "No reply this month could have come from the cloud."),
        (replace(LOCAL, seconds=36_000.0), replace(NAMED, power=Power()), "Estimate: no savings."),
        (replace(LOCAL, seconds=200.0), replace(NAMED, power=Power()), "between $0.00018 less and $0.0005 more"),
    ],
)
def test_what_cannot_be_said_or_was_no_saving_is_said(entry: Entry, choices: Choices, words: str) -> None:
    assert words in draw(entry, choices=choices).one(id="savings-words").text


def test_the_prices_are_dated_named_and_shown_on_request() -> None:
    shown = made(choices=Choices(edits=(Edit("own", "mine", "1", "2.50", date="2026-11-23"),)))
    page = read(costs_section(shown))
    assert "Prices of 2026-11-10 from genai-prices 0.2.3" in page.text
    assert page.all("table") == []
    shown.costs.show_prices()
    found = rows(read(costs_section(shown)), "Dollars per million tokens")
    assert found[0] == ["own"]
    assert found[1][0].startswith("mine 2026-11-23, entered by you")
    assert found[1][1:] == ["$1", "–", "$2.5"]
    assert ["OpenAI"] in found
    assert ["gpt-5-mini 2026-11-10", "$0.25", "$0.025", "$2"] in found
    assert any("above 272,000 tokens" in row[1] for row in found if len(row) > 1)


def test_a_price_of_ones_own_has_a_form_with_names() -> None:
    page = draw()
    form = page.one("form", id="price-form")
    assert form.attributes["data-on"] == "submit:costs:edit-price"
    names = [field.attributes["name"] for field in form.all("input")]
    assert names == ["model", "input", "output", "cached"]
    for label in ("Model (service:model)", "Input ($)", "Cached input ($)"):
        assert page.labelled(label).tag == "input"


@pytest.mark.parametrize(
    ("micros", "text"), [(0, "$0.00"), (7, "$0.000007"), (1234, "$0.0012"), (-1250, "−$0.0012"), (98_765_432, "$99.00")]
)
def test_an_estimate_has_two_digits(micros: int, text: str) -> None:
    assert words(rough(micros)) == text


def test_names_from_elsewhere_are_escaped() -> None:
    page = costs_section(made(replace(CLOUD, model="<script>alert(1)</script>")))
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "0.00"),
        (1, "0.000001"),
        (1250, "0.00125"),
        (500_000, "0.50"),
        (999_999, "0.999999"),
        (1_000_000, "1.00"),
        (1_995_000, "2.00"),
        (12_345_678_901, "12345.68"),
    ],
)
def test_a_limit_stands_in_its_field_as_it_is_typed(micros: int, text: str) -> None:
    assert typed(micros) == text
