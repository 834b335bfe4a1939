"""The Local Models page: names, roles and buttons that people and tests can hold on to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.errors import Changed, Corrupt, Evicted, Interrupted, Refused
from app.core.html import Html
from app.core.texts import Text
from app.core.values import DeviceFacts, EngineName, Model, Source
from app.models.engines.browser_engine import Loaded
from app.models.store.catalog import read_catalog
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.models_view import ModelsView
from app.ui.pages.models import Shown, model_article
from tests.environment import ROOT
from tests.memory import NO_WEBGPU, WEBGPU, RecordingPage
from tests.ui.pages import Element, act, read, session
from tests.words import english

BUNDLED = Model(
    "tiny",
    "Tiny",
    size_bytes=3_000_000_000,
    sources=(Source("static/vendor/models/tiny.gguf"),),
    context_length=2048,
    ram_bytes=8_000_000_000,
    license="Apache-2.0",
    license_url="https://example.org/licence",
    best_for="Trying things out",
    format="gguf",
    is_bundled=True,
)
FAR = replace(BUNDLED, id="far", name="Far", sources=(Source("https://example.org/far.litertlm"),), format=None)
GPU = replace(BUNDLED, id="gpu", name="Gpu", format="litertlm-gpu", is_bundled=False, is_imported=True, sources=())


def drawn(made: Session) -> Html:
    """The page as it is painted the first time."""
    page = RecordingPage()

    async def body() -> None:
        ModelsView(made, page).paint()
        await made.jobs.join()

    asyncio.run(body())
    [(_, _, html)] = page.painted
    return Html(html)


def draw(*rows: Row, facts: DeviceFacts | None = WEBGPU) -> Element:
    return read(drawn(session(*rows, facts=facts)))


def test_the_page_has_its_regions() -> None:
    page = draw(Row(BUNDLED))
    assert page.one("h1").text == "Local Models"
    _, *regions = page.all("section")
    assert [item.attributes["aria-label"] for item in regions] == [
        "Browser models",
        "Ollama models",
        "This device",
        "Measured speed",
    ]
    assert page.one("section", aria_label="Browser models").article("Tiny").one("h3").text == "Tiny"


@pytest.mark.parametrize(
    ("status", "stored", "buttons"),
    [
        (Status.NOT_DOWNLOADED, 0, ["Download"]),
        (Status.DOWNLOADING, 1, ["Pause", "Cancel"]),
        (Status.PAUSED, 1, ["Resume", "Cancel"]),
        (Status.IMPORTING, 1, ["Cancel"]),
        (Status.VERIFYING, 3_000_000_000, ["Cancel"]),
        (Status.READY, 3_000_000_000, ["Active", "Verify", "Delete", "Save"]),
        (Status.UNVERIFIED, 3_000_000_000, ["Active", "Verify", "Delete", "Save"]),
        (Status.DAMAGED, 5, ["Start again", "Delete"]),
        (Status.FAILED, 0, ["Try again"]),
        (Status.FAILED, 7, ["Try again", "Start again", "Delete"]),
    ],
)
def test_each_status_offers_what_makes_sense(status: Status, stored: int, buttons: list[str]) -> None:
    article = draw(Row(BUNDLED, status, stored)).article("Tiny")
    assert article.buttons() == buttons
    assert article.one(class_="status").text.startswith(status)
    assert article.button(buttons[0]).attributes["data-arg"] == "tiny"


def test_the_chosen_model_is_active_and_the_others_can_be_used() -> None:
    page = draw(Row(BUNDLED, Status.READY, 9), Row(GPU, Status.READY, 9))
    assert page.article("Tiny").button("Active").attributes["aria-pressed"] == "true"
    assert page.article("Gpu").button("Use").attributes["data-on"] == "click:models:choose"


def test_a_loaded_model_can_be_unloaded() -> None:
    made = session(Row(BUNDLED, Status.READY, 9))
    made.state.loaded.set(Loaded("tiny", "Tiny", "wllama", 1024, "ready"))
    assert read(drawn(made)).article("Tiny").buttons() == ["Active", "Unload", "Verify", "Delete", "Save"]


def test_ready_models_come_first() -> None:
    page = draw(Row(FAR), Row(BUNDLED), Row(GPU, Status.READY, 9))
    assert [item.one("h3").text for item in page.all("article")] == ["Gpu", "Far", "Tiny"]


def test_deleting_asks_first_and_says_what_it_frees() -> None:
    ask = draw(Row(BUNDLED, Status.READY, 3_000_000_000)).article("Tiny").button("Delete").attributes["data-ask"]
    assert ask == "Delete Tiny? This frees 3.0 GB. Chats stay."


@pytest.mark.parametrize(
    ("status", "doing"),
    [(Status.DOWNLOADING, "Fetching"), (Status.IMPORTING, "Importing"), (Status.VERIFYING, "Verifying")],
)
def test_progress_says_percent_bytes_rate_and_time_left(status: Status, doing: str) -> None:
    article = draw(Row(BUNDLED, status, done_bytes=1_850_000_000, rate=12_000_000)).article("Tiny")
    bar = article.one("progress")
    assert bar.attributes["aria-label"] == "Tiny"
    assert bar.attributes["aria-valuetext"] == "61 %, 1.9 GB of 3.0 GB, 12 MB/s, 1 min 36 s left"
    assert (bar.attributes["value"], bar.attributes["max"]) == ("1850000000", "3000000000")
    assert f"{doing} Tiny" in article.text


def test_progress_without_a_rate_or_a_size_makes_nothing_up() -> None:
    page = draw(Row(BUNDLED, Status.DOWNLOADING, 0), Row(replace(FAR, size_bytes=0), Status.IMPORTING, 0))
    assert page.article("Tiny").one("progress").attributes["aria-valuetext"] == "0 %, 0 bytes of 3.0 GB"
    assert page.article("Far").one("progress").attributes["max"] == "1"


def test_a_failure_says_why_and_what_to_do() -> None:
    article = draw(Row(BUNDLED, Status.FAILED, 0, problem=Interrupted())).article("Tiny")
    alert = article.one(role="alert")
    assert english(Interrupted.message) in english(alert.text)
    assert english(Interrupted.cure) in english(alert.text)


def test_facts_stand_beside_this_device() -> None:
    line = draw(Row(BUNDLED), facts=replace(WEBGPU, memory_gb=16)).article("Tiny").all(class_="facts")[0]
    for words in (
        "Trying things out",
        "3.0 GB",
        "context 2,048 tokens",
        "wants about 8.0 GB of memory; this device says at least 16 GB",
        "Apache-2.0",
    ):
        assert words in line.text
    link = line.one("a")
    assert link.attributes["href"] == "https://example.org/licence"
    assert link.attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("row", "buttons"),
    [
        (Row(FAR, Status.DAMAGED, 9, problem=Corrupt(chunks=(1,))), ["Repair", "Verify", "Delete"]),
        (Row(FAR, Status.FAILED, 9, problem=Changed()), ["Start again", "Delete"]),
        (Row(FAR, Status.FAILED, 0, problem=Evicted()), ["Try again"]),
        (Row(FAR, Status.DOWNLOADING, 9, is_elsewhere=True), ["Pause"]),
        (Row(replace(FAR, kind="embedding"), Status.READY, 9), ["Verify", "Delete"]),
    ],
)
def test_each_problem_has_its_own_way_out(row: Row, buttons: list[str]) -> None:
    assert draw(row).article("Far").buttons() == buttons


def test_the_status_says_what_it_waits_for_and_what_is_kept() -> None:
    def status(row: Row) -> str:
        return draw(row).article("Far").one(class_="status").text

    assert (
        status(Row(FAR, Status.DOWNLOADING, 9, note=Text("store.waiting_network")))
        == "Downloading · waiting for the network"
    )
    assert status(Row(FAR, Status.DOWNLOADING, 9, is_elsewhere=True)) == "Downloading · in another tab"
    assert status(Row(FAR, Status.PAUSED, 120_000_000)) == "Paused · 4 %, 120 MB kept"
    assert status(Row(FAR, Status.DAMAGED, FAR.size_bytes)) == "Damaged · 3.0 GB kept", "none of it is still to come"


def test_a_sign_in_leads_to_where_a_token_is_entered() -> None:
    article = draw(Row(FAR, Status.FAILED, problem=Refused(needs_token=True))).article("Far")
    assert article.one(role="alert").one("a").attributes["href"] == "#/settings/advanced/tokens"


def test_addresses_of_a_catalogue_are_not_followed_into_scripts() -> None:
    hostile = replace(FAR, sources=(Source("javascript:alert(1)"),), license_url="javascript:alert(2)")
    assert draw(Row(hostile)).article("Far").all("a") == []


def test_the_engine_can_be_picked() -> None:
    made = session(Row(GPU, Status.READY, 9), facts=WEBGPU)
    article = read(drawn(made)).article("Gpu")
    field = article.labelled("Engine")
    assert field.attributes["data-on"] == "change:models:engine"
    assert field.attributes["data-arg"] == "gpu"
    options = field.all("option")
    assert options[0].text == "Automatic (LiteRT-LM on the graphics processor)"
    assert [item.attributes["value"] for item in options] == ["", "litert-lm-gpu", "mediapipe"]
    assert "selected" in options[0].attributes
    engine: EngineName = "mediapipe"
    act(made, "models:engine", {"arg": "gpu", "value": engine})
    options = read(drawn(made)).article("Gpu").labelled("Engine").all("option")
    assert ["selected" in item.attributes for item in options] == [False, False, True]


def test_engines_that_cannot_run_here_stay_visible_and_say_why() -> None:
    article = draw(Row(GPU, Status.READY, 9), facts=NO_WEBGPU).article("Gpu")
    options = article.labelled("Engine").all("option")
    assert [("disabled" in item.attributes) for item in options] == [False, True, True]
    assert "It needs WebGPU" in options[1].text
    assert "No engine can run it here." in article.text


def test_a_file_can_be_picked_or_dropped() -> None:
    region = draw(Row(BUNDLED)).one("section", aria_label="Browser models")
    field = region.one("input", type="file")
    assert field.attributes["accept"] == ".task,.litertlm,.gguf,.toml"
    assert field.attributes["data-on"] == "change:models:import"
    assert region.button("Import a model file").attributes["data-pick"] == field.attributes["id"]
    assert len(region.all(data_drop="models:import")) == 1


def test_the_device_region_tells_what_works_here() -> None:
    region = draw(Row(BUNDLED), facts=NO_WEBGPU).one("section", aria_label="This device")
    assert "Without WebGPU, small models run on the processor" in region.text
    assert {item.attributes["aria-label"] for item in region.all(role="img")} == {"fine", "missing", "not known"}
    assert region.button("Check again").attributes["data-on"] == "click:models:check"
    asking = draw(Row(BUNDLED), facts=None).one("section", aria_label="This device")
    assert "Asking the browser" in asking.text


def test_names_cannot_break_the_page() -> None:
    nasty = replace(GPU, name='<img src=x onerror="alert(1)">', best_for="<b>")
    page = draw(Row(nasty, Status.READY, 9))
    assert page.all("img") == []
    assert page.article(nasty.name).one("h3").text == nasty.name


def test_the_built_in_catalogue_can_be_drawn() -> None:
    models = read_catalog((ROOT / "static" / "catalog.toml").read_text("utf-8")).models
    page = draw(*(Row(model) for model in models))
    assert len(page.all("article")) == len(models)
    assert page.buttons().count("Download") == len(models)
    assert draw().buttons() == ["Import a model file", "Add", "Connect", "Check again"]


def test_a_model_that_wants_more_memory_than_there_is_warns_but_can_be_had() -> None:
    wanting = replace(GPU, id="big", name="Big", ram_bytes=8_000_000_000, sources=(Source("https://a.example/x"),))
    for row, name in ((Row(wanting), "Download"), (Row(wanting, Status.READY), "Use")):
        shown = read(model_article(row, Shown(), replace(WEBGPU, memory_gb=4)))
        button = shown.button(name)
        assert "wants about 8.0 GB of memory; this device says 4 GB" in button.attributes["data-ask"]
        enough = read(model_article(row, Shown(), replace(WEBGPU, memory_gb=8)))
        assert "data-ask" not in enough.button(name).attributes


def test_a_model_for_webgpu_says_so_once_and_asks_before_it_is_fetched_in_vain() -> None:
    """Fault B7: the same sentence twice, and 2 to 4 GB fetched without a word."""
    unread = replace(GPU, format=None, sources=(Source("https://a.example/x.litertlm?download=true"),))
    for model in (replace(GPU, sources=(Source("https://a.example/x"),)), unread):
        shown = read(model_article(Row(model), Shown(), NO_WEBGPU))
        assert [item.text for item in shown.all("p") if item.attributes.get("class") == "badge"] == ["Needs WebGPU"]
        asked = shown.button("Download").attributes["data-ask"]
        assert asked == f"{GPU.name} can't run in this browser. It needs WebGPU, which this browser does not have."
        notes = [item.text for item in shown.all("p") if item.attributes.get("class") == "note"]
        assert all(note.count("It needs WebGPU") == 1 for note in notes)
        here = read(model_article(Row(model), Shown(), WEBGPU))
        assert "badge" not in [item.attributes.get("class") for item in here.all("p")]
        assert "data-ask" not in here.button("Download").attributes


def painted_after(made: Session, change: Callable[[], None]) -> RecordingPage:
    """What a page that is drawn already paints when something changes."""
    page = RecordingPage()

    async def body() -> None:
        view = ModelsView(made, page)
        view.paint()
        await made.jobs.join()
        view.paint()  # what was looked for meanwhile
        page.painted.clear()
        change()
        view.paint()

    asyncio.run(body())
    return page


def test_a_step_of_a_download_moves_the_bar_and_paints_nothing_else() -> None:
    row = Row(FAR, Status.DOWNLOADING, 1_000_000_000, 1_000_000_000, 1e6)
    made = session(row, Row(BUNDLED, Status.READY))

    def step() -> None:
        made.state.rows.set((replace(row, stored_bytes=1_500_000_000, done_bytes=1_500_000_000), made.state.rows()[1]))

    page = painted_after(made, step)
    words = "50 %, 1.5 GB of 3.0 GB, 1 MB/s, 25 min 0 s left"
    assert page.painted == [("fill", "bar-far-words", f"Fetching Far: {words}")]
    assert page.attributes == [("bar-far-meter", "value", "1500000000"), ("bar-far-meter", "aria-valuetext", words)]


def test_the_name_of_a_model_is_escaped_when_its_bar_moves() -> None:
    row = Row(replace(FAR, name="<b>Far"), Status.DOWNLOADING, 1, 1)
    made = session(row)
    page = painted_after(made, lambda: made.state.rows.set((replace(row, stored_bytes=2, done_bytes=2),)))
    [(_, _, text)] = page.painted
    assert text.startswith("Fetching &lt;b&gt;Far: ")


def test_more_space_in_use_repaints_what_this_device_is_and_no_model() -> None:
    made = session(Row(FAR), Row(BUNDLED, Status.READY), facts=WEBGPU)
    page = painted_after(
        made, lambda: made.state.facts.set(replace(WEBGPU, usage_bytes=5_000_000_000, quota_bytes=10**10))
    )
    assert [id for _, id, _ in page.painted] == ["device"]
