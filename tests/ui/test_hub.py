"""The Hub in Discover: names, roles and buttons that people and tests can hold on to."""

from __future__ import annotations

from dataclasses import replace

from app.core.errors import Refused
from app.core.values import DeviceFacts
from app.models.hub.answers import HubFile, Repository
from app.models.hub.hub import HubPage, Opened
from app.models.hub.offers import offers
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.hub import HubShown
from app.ui.parts.browser_list import finder
from app.ui.parts.hub import hub_region
from tests.memory import NO_WEBGPU, WEBGPU
from tests.ui.pages import Element, read, session

REPOSITORY = Repository("user/repo-GGUF", 1234, 1, "apache-2.0", revision="c" * 40)
GATED = Repository("google/gated", 0, 0, "", is_gated=True, revision="d" * 40)
DESKTOP = replace(WEBGPU, memory_gb=16)
GB = 1_000_000_000
FILES = (
    HubFile("m-Q4_K_M.gguf", GB, "1" * 64),
    HubFile("m-web.litertlm", GB, "2" * 64),
    HubFile("big-F16-00001-of-00002.gguf", 40 * GB, "3" * 64),
    HubFile("big-F16-00002-of-00002.gguf", 40 * GB, "4" * 64),
    HubFile("mmproj-m-F16.gguf", GB, "5" * 64),
)


def drawn(shown: HubShown, *rows: Row, facts: DeviceFacts = DESKTOP) -> tuple[Session, Element]:
    made = session(*rows, facts=facts)
    made.state.hub.set(shown)
    return made, read(hub_region(made))


def opened(repository: Repository = REPOSITORY, *rows: Row, facts: DeviceFacts = DESKTOP) -> Element:
    return drawn(HubShown("m", opened=Opened(repository, offers(FILES))), *rows, facts=facts)[1]


def test_the_search_field_asks_the_hub_with_enter_or_its_button() -> None:
    form = read(finder(session())).one("form", data_on="submit:hub:search")
    assert form.one("input", name="words").attributes["aria-label"] == "Find a model"
    assert form.button("Search the Hugging Face Hub").attributes["type"] == "submit"


def test_what_was_found_is_told_with_all_that_the_hub_says() -> None:
    shown = HubShown("m", HubPage((REPOSITORY, GATED), ("https://huggingface.co/api/models?cursor=2",)))
    _, page = drawn(shown)
    region = page.one("section", aria_label="Hugging Face Hub")
    assert region.one(role="status").text == "2 repositories found"
    assert "1,234 downloads a month · 1 like · apache-2.0" in region.article("user/repo-GGUF").text
    gated = region.article("google/gated").text
    assert "Needs access" in gated
    assert "licence not stated" in gated
    assert region.article("google/gated").button("Show files").attributes["data-arg"] == "google/gated"
    assert "Show more" in region.buttons()


def test_nothing_found_and_searching_are_said() -> None:
    assert "No repository" in drawn(HubShown("m", HubPage()))[1].text
    assert drawn(HubShown("m", busy="search"))[1].one(role="status").text == "Searching the Hub …"


def test_a_repository_tells_size_quantisation_and_fit_of_each_model() -> None:
    page = opened()
    small, web, big, sees = page.all("article")
    assert (small.one(class_="model-size").text, small.one(class_="badge").text) == ("1.0 GB", "Fits")
    assert "Q4_K_M, by its name" in small.text
    assert "read from the file's name" in page.text
    assert small.button("Download").attributes["data-arg"] == "m-Q4_K_M.gguf"
    assert web.buttons() == ["Download"]
    assert "2 parts" in big.text
    assert big.one(class_="badge").text == "Too big"
    assert "adds pictures" in sees.text
    assert (big.buttons(), sees.buttons()) == (["Download"], [])
    assert opened(facts=NO_WEBGPU).article("m-web").one(class_="badge").text == "Needs WebGPU"
    assert page.all("a", href="https://huggingface.co/user/repo-GGUF")


def test_the_part_that_sees_can_come_along() -> None:
    switch = opened().one("input", role="switch")
    assert "mmproj-m-F16 (1.0 GB)" in opened().one("label", class_="hub-eyes").text
    assert switch.attributes["data-on"] == "change:hub:see"
    there = Opened(REPOSITORY, offers(FILES))
    page = drawn(HubShown("m", opened=there, sees=True))[1]
    assert page.article("m-Q4_K_M").one(class_="model-size").text == "2.0 GB"
    assert page.article("m-web").one(class_="model-size").text == "1.0 GB"
    _, blind = drawn(HubShown("m", opened=Opened(REPOSITORY, offers(FILES[:4]))))
    assert blind.all("input", role="switch") == []


def test_a_listed_file_has_the_button_of_its_row() -> None:
    made, _ = drawn(HubShown())
    there = Opened(REPOSITORY, offers(FILES))
    model = made.hub.model_of(there, there.offers[0])
    assert opened(REPOSITORY, Row(model, Status.READY)).article("m-Q4_K_M").buttons() == ["Active"]
    catalogued = replace(model, ram_bytes=17 * GB)
    assert opened(REPOSITORY, Row(catalogued)).article("m-Q4_K_M").one(class_="badge").text == "Too big"
    assert opened(REPOSITORY, Row(model, Status.DOWNLOADING)).article("m-Q4_K_M").buttons() == ["Pause"]


def test_a_gated_repository_says_where_to_accept_and_takes_the_token() -> None:
    page = opened(GATED)
    assert page.all("a", href="https://huggingface.co/google/gated")
    assert page.all("a", href="https://huggingface.co/settings/tokens")
    assert page.labelled("Access token for huggingface.co").attributes["type"] == "password"


def test_a_private_repository_takes_the_token_too() -> None:
    _, page = drawn(HubShown("m", problem=Refused("Private.", "Enter a token.", needs_token=True)))
    assert page.one(role="alert").text == "Private. Enter a token."
    assert page.labelled("Access token for huggingface.co").tag == "input"
