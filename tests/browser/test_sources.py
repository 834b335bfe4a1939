"""Model sources as a school uses them: a catalogue added for good, one for a visit, a single address, a token."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App
from tests.browser.files import Offer, tiny
from tests.browser.liar import Liar, Lie, lying

pytestmark = pytest.mark.warm

OFFER = Offer("School model", tiny(), ("tiny.gguf",))


@pytest.fixture
def school(app: App, liar: Liar) -> str:
    """The address of a school's catalogue."""
    app.allow("a request left the origin: " + re.escape(liar.url))
    liar.put("tiny.gguf", OFFER.file)
    return urllib.parse.unquote(liar.catalog(OFFER))


def test_an_added_catalogue_stays_and_works_without_its_server(app: App, liar: Liar, school: str) -> None:
    app.open("#/settings/classroom")
    app.page.get_by_role("textbox", name="Catalogue address").fill(school)
    app.page.get_by_role("button", name="Add catalogue", exact=True).click()
    item = app.page.get_by_role("list", name="Catalogues").get_by_role("listitem")
    expect(item).to_contain_text("The liar's")
    liar.is_down = True
    app.reload()
    app.go("Models")
    article = app.page.get_by_role("article", name=OFFER.name)
    expect(article.get_by_role("button", name="Download")).to_be_visible()
    app.settings("Classroom")
    app.page.get_by_role("button", name="Refresh").click()
    expect(app.page.get_by_role("alert").filter(has_text="Can't reach")).to_be_visible()
    app.allow("Failed to load resource", "net::ERR")
    expect(item).to_contain_text("1 model")
    app.page.get_by_role("button", name="Remove").click()
    app.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(item).to_have_count(0)
    app.go("Models")
    expect(article).to_have_count(0)


def test_a_catalogue_from_a_file_names_what_is_wrong_with_it(app: App, tmp_path: Path) -> None:
    app.open("#/settings/classroom")
    file = tmp_path / "school.toml"
    for text, words in (("title = 'x'\n[[model]]\nid = 'a'\n", "Row 1 (a) has no name"), ("[[model", "not valid TOML")):
        file.write_text(text, "utf-8")
        app.page.locator("#catalog-file").set_input_files(file)
        expect(app.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    file.write_text("title = 'A good one'\n" + OFFER.row("https://example.org/"), "utf-8")
    app.page.locator("#catalog-file").set_input_files(file)
    expect(app.page.get_by_role("list", name="Catalogues")).to_contain_text("1 model · from a file")


def test_a_catalogue_in_the_address_is_for_this_visit_only(app: App, school: str) -> None:
    app.open(f"?catalog={urllib.parse.quote(school, safe='')}#/models")
    expect(app.page.get_by_role("article", name=OFFER.name)).to_be_visible()
    app.open("#/models")
    expect(app.page.get_by_role("article", name="SmolLM2 135M, bundled")).to_be_visible()
    expect(app.page.get_by_role("article", name=OFFER.name)).to_have_count(0)


def test_a_single_address_is_looked_at_and_then_fetched(app: App, liar: Liar, school: str) -> None:
    app.open("#/models")
    app.add_a_model("Add by address")
    address = app.page.get_by_role("textbox", name="Model address")
    address.fill(liar.url + "catalog.toml")
    app.page.get_by_role("button", name="Add", exact=True).click()
    expect(app.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    address.fill(liar.url + "tiny.gguf")
    app.page.get_by_role("button", name="Add", exact=True).click()
    article = app.page.get_by_role("article", name="tiny", exact=True)
    article.get_by_role("button", name="Download").click()
    expect(article.locator(".status")).to_have_text("Ready, unverified")
    app.reload()
    expect(article.get_by_role("button", name="Active")).to_be_visible()


def test_a_token_goes_to_its_own_host_only_and_is_nowhere_to_be_seen(app: App, liar: Liar, school: str) -> None:
    with lying() as other:
        app.allow("a request left the origin: " + re.escape(other.url))
        liar.lie("tiny.gguf", Lie(status=401))
        offer = Offer(OFFER.name, OFFER.file, (liar.url + "tiny.gguf", other.url + "tiny.gguf"))
        app.allow("status of 401")
        app.open(f"?catalog={liar.catalog(offer)}#/models")
        article = app.page.get_by_role("article", name=OFFER.name)
        article.get_by_role("button", name="Download").click()
        expect(article.get_by_role("alert")).to_be_visible()
        app.settings("Advanced")
        host = urllib.parse.urlsplit(liar.url).netloc
        app.page.get_by_label(f"Access token for {host}", exact=True).fill("secret-of-mine")
        app.page.get_by_label(f"Access token for {host}", exact=True).press("Enter")
        expect(app.page.get_by_label(f"Access token for {host}", exact=True)).to_have_value("")
        expect(app.page.get_by_label(f"Access token for {host}", exact=True)).to_have_attribute(
            "placeholder", re.compile("^In use")
        )
        liar.lie("tiny.gguf", Lie())
        liar.forget()
        other.forget()
        app.go("Models")
        article.get_by_role("button", name="Try again").click()
        expect(article.locator(".status")).to_have_text("Ready")
        assert {asked.headers.get("authorization") for asked in liar.log if asked.method == "GET"} == {
            "Bearer secret-of-mine"
        }
        assert [asked for asked in other.log if "authorization" in asked.headers] == []
        assert "secret-of-mine" not in app.page.content()
