"""What a row about one of Ollama's models says, and what its sheet adds."""

from __future__ import annotations

import pytest

from app.models.ollama.answers import Details, Installed, Running
from app.models.ollama.library import LibraryRow
from app.models.ollama.pulls import PullRow
from app.models.ollama.server import OllamaRow
from app.models.store.rows import Status
from app.session.ollama import OllamaStatus
from app.ui.parts.ollama_model import MOST, Beside, State, badges, first, found, ollama_row
from app.ui.parts.ollama_sheet import context_choice, model_sheet, ollama_sheet, reads
from tests.ui.pages import Element, read, session

LISTED = LibraryRow("llama3.2:1b", "Llama", size_bytes=1_300_000_000, context_length=131_072, kv_bytes=32_768)
THERE = Installed("llama3.2:1b", "d", 1_300_000_000, context_length=131_072, capabilities=("completion", "vision"))
BESIDE = Beside(is_chosen=False, is_running=True, facts=None, memory_gb=0.0, is_elsewhere=False)
FIRST = OllamaRow("llama3.2:1b", LISTED)


def drawn(row: OllamaRow, beside: Beside = BESIDE) -> Element:
    return read(ollama_row(row, beside))


def sheet_of(row: OllamaRow, beside: Beside = BESIDE) -> Element:
    return read(model_sheet(row, beside))


def test_a_row_says_what_the_server_really_reads_where_that_is_known() -> None:
    """Fault O2: the longest that the model was made for stood there, while the server read 4,096 tokens."""
    assert reads(OllamaRow("llama3.2:1b", LISTED, THERE)) == "Up to 131,072 tokens"
    loaded = OllamaRow("llama3.2:1b", LISTED, THERE, Running("llama3.2:1b", 5, context_length=4096), reads=4096)
    assert reads(loaded) == "4,096 of 131,072 tokens"
    assert reads(OllamaRow("x", None, THERE, reads=131_072)) == "131,072 tokens"
    assert reads(OllamaRow("x")) == ""


def test_every_length_up_to_the_models_own_is_offered_with_its_memory() -> None:
    """Fault O2."""
    html = str(context_choice(OllamaRow("llama3.2:1b", LISTED, THERE, reads=8192, num_ctx=8192)))
    assert '<option value="8192" selected>8,192 tokens: 2.1 GB of memory</option>' in html
    assert '<option value="131072">131,072 tokens: 6.1 GB of memory</option>' in html
    assert "262,144" not in html
    assert '<option value="0">Automatic</option>' in html
    assert 'data-on="change:ollama:context" data-arg="llama3.2:1b"' in html


def test_a_length_is_offered_only_where_it_means_something() -> None:
    remote = Installed("big:cloud", "d", 5, remote_host="https://ollama.com")
    embeds = Installed("embed", "d", 5, capabilities=("embedding",))
    for installed in (None, remote, embeds):
        assert "Context length" not in sheet_of(OllamaRow("x", None, installed)).text
    assert "Context length" in sheet_of(OllamaRow("x", None, THERE)).text


@pytest.mark.parametrize(
    ("row", "beside", "buttons", "status"),
    [
        (FIRST, BESIDE, ["", "Download"], "Not downloaded"),
        (FIRST, Beside(False, False, None, 0.0, False), [""], "Not downloaded"),
        (OllamaRow("llama3.2:1b", LISTED, THERE), BESIDE, ["", "", "Use"], "Ready"),
        (OllamaRow("llama3.2:1b", LISTED, THERE), Beside(True, True, None, 0.0, False), ["", "", "Active"], "Ready"),
    ],
)
def test_a_row_has_the_one_button_that_makes_sense(
    row: OllamaRow, beside: Beside, buttons: list[str], status: str
) -> None:
    shown = drawn(row, beside).article("llama3.2:1b")
    direct = [one.text for one in shown.all("button") if "role" not in one.attributes]
    assert direct == [*buttons, ""], (
        "the first opens the sheet, another deletes, the last opens the menu: all are icons"
    )
    assert shown.one("button", class_="model-open").attributes["aria-label"] == "Details"
    assert shown.one("span", data_status="ready" if status == "Ready" else "not-downloaded").text == status


def test_the_menu_offers_what_the_sheet_does() -> None:
    row = OllamaRow("llama3.2:1b", LISTED, THERE, Running("llama3.2:1b", 5))
    items = [one.text for one in drawn(row).one("div", role="menu").all("button")]
    assert items == ["Details", "Unload", "Copy command", "Delete"]


def test_a_download_shows_how_far_it_is_and_a_failed_one_why() -> None:
    pull = PullRow("llama3.2:1b", Status.DOWNLOADING, 610, 1000, 61, rate=100.0, seconds_left=4.0)
    row = drawn(OllamaRow("llama3.2:1b", LISTED, pull=pull)).article("llama3.2:1b")
    assert row.one("progress").attributes["aria-valuetext"].startswith("61 % · 610")
    assert "Pause" in row.buttons()
    paused = PullRow("llama3.2:1b", Status.PAUSED, 610, 1000, 61)
    row = drawn(OllamaRow("llama3.2:1b", LISTED, pull=paused)).article("llama3.2:1b")
    assert row.one("span", class_="status").text == "Paused · 61 % downloaded"
    assert "Resume" in row.buttons()


def test_badges_say_whether_it_is_recommended_and_fits() -> None:
    assert badges(FIRST, BESIDE) == ()
    assert badges(FIRST, Beside(False, True, None, 16.0, False, is_advised=True)) == ("recommended", "fits")
    assert badges(FIRST, Beside(False, True, None, 2.0, False)) == ("tight",)
    assert badges(FIRST, Beside(False, True, None, 1.0, False)) == ("too-big",)
    assert badges(FIRST, Beside(False, True, None, 16.0, True)) == (), "another computer's memory is unknown"


def test_the_sheet_says_all_there_is_and_what_it_can_do_in_peoples_words() -> None:
    row = OllamaRow("llama3.2:1b", LISTED, THERE, Running("llama3.2:1b", 2_000_000_000, 2_000_000_000))
    shown = sheet_of(row)
    assert shown.one("h2", id="sheet-title").text == "llama3.2:1b"
    assert "Capabilities Chat, Images" in shown.text
    assert "In memory: 2.0 GB, GPU" in shown.text
    assert shown.one("code").text == "ollama pull llama3.2:1b"
    assert {"Copy", "Unload", "Delete", "Use"} <= set(shown.buttons())
    assert shown.labelled("Copy as").attributes["name"] == "name"
    told = OllamaRow("llama3.2:1b", LISTED, THERE, details=Details("llama", license="Llama 3.2\nmore"))
    assert "Licence Llama 3.2" in sheet_of(told).text


def test_an_embedding_model_has_dimensions_instead_of_a_context() -> None:
    listed = LibraryRow("embed", "Embed", "embedding", 5, 2048, dimensions=768)
    text = sheet_of(OllamaRow("embed", listed)).text
    assert "Embeddings 768 dimensions" in text
    assert "Context" not in text


def test_the_sheet_of_a_model_that_is_gone_is_none() -> None:
    shown = session()
    assert ollama_sheet(shown, "ollama:llama3.2:1b") is None
    shown.state.ollama.set(OllamaStatus("http://localhost:11434", rows=(FIRST,)))
    assert ollama_sheet(shown, "ollama:llama3.2:1b")
    assert ollama_sheet(shown, "ollama:other") is None


def rows(count: int) -> list[State]:
    return [(OllamaRow(f"m{number}:1b", LibraryRow(f"m{number}:1b", "M")), BESIDE) for number in range(count)]


def test_a_short_list_has_what_is_installed_and_fills_up_to_twelve() -> None:
    advised = Beside(False, True, None, 0.0, False, is_advised=True)
    listed = [*rows(30), (OllamaRow("best:1b"), advised)]
    shown = first([(OllamaRow("here:1b", installed=THERE), BESIDE), *listed])
    assert len(shown) == MOST
    assert [row.name for row, _ in shown][:3] == ["here:1b", "best:1b", "m0:1b"]
    many = [(OllamaRow(f"h{number}", installed=THERE), BESIDE) for number in range(20)]
    assert first([*many, *listed]) == many, "all that is installed is shown"


def test_the_search_finds_by_name_use_and_kind() -> None:
    coder = LibraryRow("qwen:7b", "Qwen Coder", "code", best_for="Writing code")
    listed = [(OllamaRow("qwen:7b", coder), BESIDE), (FIRST, BESIDE)]
    assert [row.name for row, _ in found(listed, "", "writing coder")] == ["qwen:7b"]
    assert [row.name for row, _ in found(listed, "code", "")] == ["qwen:7b"]
    assert [row.name for row, _ in found(listed, "chat", "qwen")] == []
    assert len(found(listed, "", "")) == 2
