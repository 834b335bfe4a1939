"""The Local Models page: names, roles and buttons that people and tests can hold on to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.core.errors import Changed, Corrupt, Evicted, Interrupted, Refused
from app.core.html import Html
from app.core.texts import Text
from app.core.values import DeviceFacts, EngineName, Model, ModelFile, Source
from app.models.engines.browser_engine import Loaded
from app.models.store.catalog import read_catalog
from app.models.store.rows import Row, Status
from app.session import Session
from app.ui.models_view import ModelsView
from app.ui.parts.browser_row import Shown, model_article
from app.ui.parts.model_sheet import model_sheet
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


def details(made: Session, id: str) -> Element:
    """A model's sheet."""
    html = model_sheet(made, id)
    assert html is not None
    return read(html)


def names(shown: Element) -> list[str]:
    """The names of the buttons that are on show, without those of its menu."""
    hidden = {id(button) for menu in shown.all(role="menu") for button in menu.all("button")}
    buttons = [button for button in shown.all("button") if id(button) not in hidden]
    return [button.attributes.get("aria-label", button.text) for button in buttons]


def in_menu(shown: Element) -> list[str]:
    return [item.text for item in shown.all(role="menuitem")]


def named(shown: Element, name: str) -> Element:
    """The button of the row itself."""
    [found] = [
        one
        for one in shown.all("button")
        if name in (one.text, one.attributes.get("aria-label")) and one.attributes.get("role") != "menuitem"
    ]
    return found


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
    ("status", "stored", "buttons", "menu"),
    [
        (Status.NOT_DOWNLOADED, 0, ["Download"], []),
        (Status.DOWNLOADING, 1, ["Cancel", "Pause"], ["Cancel"]),
        (Status.PAUSED, 1, ["Cancel", "Resume"], ["Cancel"]),
        (Status.IMPORTING, 1, ["Cancel"], []),
        (Status.VERIFYING, 3_000_000_000, ["Cancel"], []),
        (Status.READY, 3_000_000_000, ["Delete", "Active"], ["Verify", "Save a copy", "Delete"]),
        (Status.UNVERIFIED, 3_000_000_000, ["Delete", "Active"], ["Verify", "Save a copy", "Delete"]),
        (Status.DAMAGED, 5, ["Delete", "Start again"], ["Delete"]),
        (Status.FAILED, 0, ["Cancel", "Try again"], ["Cancel"]),
        (Status.FAILED, 7, ["Delete", "Try again"], ["Start again", "Delete"]),
    ],
)
def test_each_status_offers_what_makes_sense(status: Status, stored: int, buttons: list[str], menu: list[str]) -> None:
    article = draw(Row(BUNDLED, status, stored)).article("Tiny")
    assert names(article) == ["Details", *buttons, "Menu of Tiny"]
    assert in_menu(article) == ["Details", *menu]
    assert article.one(
        "span", data_status=article.one(class_=kind_of(status)).attributes["data-status"]
    ).text.startswith(status)
    assert named(article, buttons[-1]).attributes["data-arg"] == "tiny"


def kind_of(status: Status) -> str:
    """The class of a status: what its row shows in another way is only read out."""
    quiet = (Status.NOT_DOWNLOADED, Status.READY, Status.UNVERIFIED)
    return "status visually-hidden" if status in quiet or status.is_busy else "status"


def test_the_chosen_model_is_active_and_the_others_can_be_used() -> None:
    page = draw(Row(BUNDLED, Status.READY, 9), Row(GPU, Status.READY, 9))
    assert named(page.article("Tiny"), "Active").attributes["aria-pressed"] == "true"
    assert named(page.article("Gpu"), "Use").attributes["data-on"] == "click:models:choose"


def test_active_is_what_the_model_button_names() -> None:
    """Fault U9: another model answers, and a model of this browser said that it was active."""
    made = session(Row(BUNDLED, Status.READY, 9), Row(GPU, Status.READY, 9))
    act(made, "models:choose", "ollama:listed:1b")
    made.state.stand_in.set(GPU)
    page = read(drawn(made))
    assert made.state.chosen().id == "gpu"
    assert "Active" in names(page.article("Gpu"))
    assert "Use" in names(page.article("Tiny"))


def test_a_loaded_model_can_be_unloaded() -> None:
    made = session(Row(BUNDLED, Status.READY, 9))
    made.state.loaded.set(Loaded("tiny", "Tiny", "wllama", 1024, "ready"))
    assert in_menu(read(drawn(made)).article("Tiny")) == ["Details", "Unload", "Verify", "Save a copy", "Delete"]
    assert names(details(made, "tiny")) == ["Close", "Measure", "Verify", "Save a copy", "Delete", "Unload", "New chat"]


def test_ready_models_come_first() -> None:
    page = draw(Row(FAR), Row(BUNDLED), Row(GPU, Status.READY, 9))
    assert [item.one("h3").text for item in page.all("article")] == ["Gpu", "Far", "Tiny"]


def test_deleting_asks_first_and_says_what_it_frees() -> None:
    article = draw(Row(BUNDLED, Status.READY, 3_000_000_000)).article("Tiny")
    ask = named(article, "Delete").attributes["data-ask"]
    assert ask == "Delete Tiny? This frees 3.0 GB. Chats stay."


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.DOWNLOADING, "61 % · 12 MB/s · 1 min 36 s left"),
        (Status.IMPORTING, "Importing · 61 %"),
        (Status.VERIFYING, "Checking the file · 61 %"),
    ],
)
def test_progress_says_percent_bytes_rate_and_time_left(status: Status, said: str) -> None:
    article = draw(Row(BUNDLED, status, done_bytes=1_850_000_000, rate=12_000_000)).article("Tiny")
    bar = article.one("progress")
    assert bar.attributes["aria-label"] == "Tiny"
    assert bar.attributes["aria-valuetext"] == "61 %, 1.9 GB of 3.0 GB, 12 MB/s, 1 min 36 s left"
    assert (bar.attributes["value"], bar.attributes["max"]) == ("1850000000", "3000000000")
    assert article.one(id="bar-tiny-words").text == said
    assert article.one(id="ring-tiny").attributes["stroke-dasharray"] == "61 100"


def test_progress_without_a_rate_or_a_size_makes_nothing_up() -> None:
    page = draw(Row(BUNDLED, Status.DOWNLOADING, 0), Row(replace(FAR, size_bytes=0), Status.IMPORTING, 0))
    assert page.article("Tiny").one("progress").attributes["aria-valuetext"] == "0 %, 0 bytes of 3.0 GB"
    assert page.article("Far").one("progress").attributes["max"] == "1"


def test_a_failure_says_why_and_what_to_do() -> None:
    article = draw(Row(BUNDLED, Status.FAILED, 0, problem=Interrupted())).article("Tiny")
    alert = article.one(role="alert")
    assert english(Interrupted.message) in english(alert.text)
    assert english(Interrupted.cure) in english(alert.text)


def test_a_row_says_what_it_is_good_for_and_whether_it_fits() -> None:
    model = replace(BUNDLED, size_bytes=1_000_000_000)
    made = session(Row(model), facts=replace(WEBGPU, memory_gb=16))
    article = read(drawn(made)).article("Tiny")
    assert article.one(class_="about").text == "Trying things out · needs 8.0 GB"
    assert article.one(class_="model-size").text == "1.0 GB"
    assert [badge.text for badge in article.all(class_="badge")] == ["Recommended", "Fits"]
    shown = details(made, "tiny")
    for words in ("Trying things out", "1.0 GB", "2,048 tokens", "About 8.0 GB", "Apache-2.0"):
        assert words in shown.text
    link = shown.one("a")
    assert link.attributes["href"] == "https://example.org/licence"
    assert link.attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("row", "buttons"),
    [
        (Row(FAR, Status.DAMAGED, 9, problem=Corrupt(chunks=(1,))), ["Delete", "Repair"]),
        (Row(FAR, Status.FAILED, 9, problem=Changed()), ["Delete", "Start again"]),
        (Row(FAR, Status.FAILED, 0, problem=Evicted()), ["Cancel", "Try again"]),
        (Row(FAR, Status.DOWNLOADING, 9, is_elsewhere=True), ["Pause"]),
        (Row(replace(FAR, kind="embedding"), Status.READY, 9), ["Delete"]),
        (Row(replace(FAR, kind="rerank"), Status.READY, 9), ["Delete"]),
    ],
)
def test_each_problem_has_its_own_way_out(row: Row, buttons: list[str]) -> None:
    assert names(draw(row).article("Far")) == ["Details", *buttons, "Menu of Far"]


def test_the_status_says_what_it_waits_for_and_what_is_kept() -> None:
    def status(row: Row) -> str:
        return draw(row).article("Far").one(class_=kind_of(row.status)).text

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
    made = session(Row(hostile))
    assert read(drawn(made)).article("Far").all("a") == []
    assert details(made, "far").all("a") == []


def test_the_engine_can_be_picked() -> None:
    made = session(Row(GPU, Status.READY, 9), facts=WEBGPU)
    field = details(made, "gpu").labelled("Engine")
    assert field.attributes["data-on"] == "change:models:engine"
    assert field.attributes["data-arg"] == "gpu"
    options = field.all("option")
    assert options[0].text == "Automatic (LiteRT-LM on the graphics processor)"
    assert [item.attributes["value"] for item in options] == ["", "litert-lm-gpu", "mediapipe"]
    assert "selected" in options[0].attributes
    engine: EngineName = "mediapipe"
    act(made, "models:engine", {"arg": "gpu", "value": engine})
    options = details(made, "gpu").labelled("Engine").all("option")
    assert ["selected" in item.attributes for item in options] == [False, False, True]


def test_engines_that_cannot_run_here_stay_visible_and_say_why() -> None:
    shown = details(session(Row(GPU, Status.READY, 9), facts=NO_WEBGPU), "gpu")
    options = shown.labelled("Engine").all("option")
    assert [("disabled" in item.attributes) for item in options] == [False, True, True]
    assert "It needs WebGPU" in options[1].text
    assert "No engine can run it here." in shown.text


def test_a_file_can_be_picked_or_dropped() -> None:
    page = draw(Row(BUNDLED))
    field = page.one("input", type="file")
    assert field.attributes["accept"] == ".task,.litertlm,.gguf,.toml"
    assert field.attributes["data-on"] == "change:models:import"
    [item] = page.all(role="menuitem", data_pick=field.attributes["id"])
    assert item.text.startswith("Import files")
    assert len(page.all(data_drop="models:import")) == 1


def test_the_device_region_tells_what_works_here() -> None:
    region = draw(Row(BUNDLED), facts=NO_WEBGPU).one("section", aria_label="This device")
    assert "Without WebGPU, small models run on the CPU" in region.text
    assert {item.attributes["aria-label"] for item in region.all(role="img")} == {"fine", "missing", "not known"}
    assert region.button("Check again").attributes["data-on"] == "click:models:check"
    asking = draw(Row(BUNDLED), facts=None).one("section", aria_label="This device")
    assert "Checking this device" in asking.text


def test_names_cannot_break_the_page() -> None:
    nasty = replace(GPU, name='<img src=x onerror="alert(1)">', best_for="<b>")
    page = draw(Row(nasty, Status.READY, 9))
    assert page.all("img") == []
    assert page.article(nasty.name).one("h3").text == nasty.name


def test_the_built_in_catalogue_can_be_drawn() -> None:
    models = read_catalog((ROOT / "static" / "catalog.toml").read_text("utf-8")).models
    made = session(*(Row(model) for model in models), facts=WEBGPU)
    assert {"Gemma 3 270M", "Gemma 3n E2B", "Gemma 3n E4B"} < {
        one.one("h3").text for one in read(drawn(made)).all("article")
    }
    page = discover(made)
    assert len(page.all("article")) == len(models)
    assert sum("Download" in names(one) for one in page.all("article")) == len(models)


def test_a_model_that_wants_more_memory_than_there_is_warns_but_can_be_had() -> None:
    wanting = replace(GPU, id="big", name="Big", ram_bytes=8_000_000_000, sources=(Source("https://a.example/x"),))
    for row, name in ((Row(wanting), "Download"), (Row(wanting, Status.READY), "Use")):
        shown = read(model_article(row, Shown(), replace(WEBGPU, memory_gb=4)))
        button = named(shown, name)
        assert "needs 8.0 GB of memory; this device has 4 GB" in button.attributes["data-ask"]
        enough = read(model_article(row, Shown(), replace(WEBGPU, memory_gb=8)))
        assert "data-ask" not in named(enough, name).attributes


def test_a_model_for_webgpu_says_so_once_and_asks_before_it_is_fetched_in_vain() -> None:
    """Fault B7: the same sentence twice, and 2 to 4 GB fetched without a word."""
    unread = replace(GPU, format=None, sources=(Source("https://a.example/x.litertlm?download=true"),))
    for model in (replace(GPU, sources=(Source("https://a.example/x"),)), unread):
        shown = read(model_article(Row(model), Shown(), NO_WEBGPU))
        assert [item.text for item in shown.all("span", class_="badge")] == ["Needs WebGPU"]
        asked = named(shown, "Download").attributes["data-ask"]
        assert asked == f"{GPU.name} can't run in this browser. It needs WebGPU, which isn't available in this browser."
        here = read(model_article(Row(model), Shown(), WEBGPU))
        assert "Needs WebGPU" not in here.text
        assert "data-ask" not in named(here, "Download").attributes


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
    assert page.painted == [("fill", "bar-far-words", "50 % · 1 MB/s · 25 min 0 s left")]
    assert page.attributes == [
        ("bar-far-meter", "value", "1500000000"),
        ("bar-far-meter", "aria-valuetext", words),
        ("ring-far", "stroke-dasharray", "50 100"),
    ]


def test_more_space_in_use_repaints_what_this_device_is_and_no_model() -> None:
    made = session(Row(FAR), Row(BUNDLED, Status.READY), facts=WEBGPU)
    page = painted_after(
        made, lambda: made.state.facts.set(replace(WEBGPU, usage_bytes=5_000_000_000, quota_bytes=10**10))
    )
    assert [id for _, id, _ in page.painted] == ["models-head", "device"]


def discover(made: Session) -> Element:
    made.state.section.set("discover")
    return read(drawn(made))


def test_discover_lists_what_is_not_here_and_can_be_searched() -> None:
    coder = replace(FAR, id="coder", name="Coder", kind="code", best_for="Writing code")
    made = session(Row(FAR), Row(coder), Row(GPU, Status.READY, 9), facts=WEBGPU)
    page = discover(made)
    assert [item.one("h3").text for item in page.all("article")] == ["Far", "Coder"]
    assert [chip.text for chip in page.all("button", class_="chip")] == ["Chat", "Code", "Fits"]
    assert page.one("button", role="tab", aria_selected="true").text == "Discover"
    act(made, "models:search", "writing CODE")
    assert [item.one("h3").text for item in discover(made).all("article")] == ["Coder"]
    act(made, "models:search", "")
    act(made, "models:filter", "chat")
    page = discover(made)
    assert [item.one("h3").text for item in page.all("article")] == ["Far"]
    assert page.button("Chat").attributes["aria-pressed"] == "true"


@pytest.mark.parametrize("tab", ["", "discover", "ollama", "cloud", "nonsense"])
def test_every_tab_can_be_drawn_and_nothing_is_there_twice(tab: str) -> None:
    made = session(Row(BUNDLED, Status.READY, 9), Row(FAR), facts=WEBGPU)
    made.state.section.set(tab)
    page = read(drawn(made))
    [chosen] = page.all("button", role="tab", aria_selected="true")
    assert chosen.attributes["id"] == f"tab-{tab if tab in ('discover', 'ollama', 'cloud') else 'device'}"


def test_the_best_model_is_one_card_until_it_is_here() -> None:
    best = replace(BUNDLED, id="best", name="Best", size_bytes=900_000_000, ram_bytes=2_000_000_000)
    small = replace(best, id="small", name="Small", size_bytes=300_000_000)
    facts = replace(WEBGPU, memory_gb=16)
    rows = (Row(best), Row(small))
    card = read(drawn(session(*rows, facts=facts))).one(id="best")
    assert card.one("h2").text == "Best 900 MB"
    assert card.one("button", id="best-button").text == "Download 900 MB"
    assert card.one(class_="others").text == "Or Small , 300 MB: faster, for simpler questions"
    loading = read(drawn(session(Row(best, Status.DOWNLOADING, 9, 9), Row(small), facts=facts))).one(id="best")
    assert loading.one("progress").attributes["aria-label"] == "Best"
    assert loading.one("button", id="best-button").text == "Pause"
    here = read(drawn(session(Row(best, Status.READY, best.size_bytes), Row(small), facts=facts)))
    assert here.one(id="best").text == ""


def test_what_was_not_used_for_30_days_can_be_cleaned_up() -> None:
    made = session(Row(BUNDLED, Status.READY, 9), Row(GPU, Status.READY, 5_000_000))
    now = made.clock.now()
    asyncio.run(made.preferences.change(used={"tiny": now - 31 * 86_400, "gpu": now - 31 * 86_400}))
    tidy = read(drawn(made)).one("details", id="browser-tidy")
    assert tidy.text.startswith("Clean up · 5 MB not used for 30 days Gpu, 5 MB"), "not the one that answers"
    assert tidy.button("Delete all").attributes["data-on"] == "click:models:delete-unused"
    asyncio.run(made.preferences.change(used={"tiny": now, "gpu": now}))
    assert read(drawn(made)).all("details", id="browser-tidy") == []


def test_the_embedding_model_that_comes_along_is_never_suggested_for_cleaning_up() -> None:
    finder = replace(BUNDLED, id="finder", name="Finder", kind="embedding")
    own = replace(finder, id="own", is_bundled=False)
    made = session(*(Row(model, Status.READY, 9) for model in (BUNDLED, finder, own)))
    asyncio.run(made.preferences.change(used=dict.fromkeys(("tiny", "finder", "own"), made.clock.now() - 31 * 86_400)))
    assert [row.model.id for row in made.models.unused()] == ["own"]


def test_a_reranking_model_says_what_it_is_for() -> None:
    made = session(Row(BUNDLED, Status.READY, 9), Row(replace(FAR, kind="rerank"), Status.READY, 9))
    assert "Reranking model" in read(drawn(made)).article("Far").text
    assert "sorts found texts by how well they answer a question, and can't chat" in details(made, "far").text


def test_time_counts_from_now_where_nobody_has_noted_a_models_use() -> None:
    made = session(Row(BUNDLED, Status.READY, 9))
    drawn(made)
    assert set(made.state.settings().used) == {"tiny"}
    assert made.models.unused() == ()


def test_a_model_in_several_files_says_so_and_has_the_hash_of_each() -> None:
    files = tuple(ModelFile((Source(f"https://{host}.example/x"),), 5) for host in "ab")
    model = replace(BUNDLED, id="big", name="Big", format="gguf", size_bytes=10, sources=(), parts=files)
    sheet = details(session(Row(model, Status.READY, 10, file_sha256=("1" * 64, "2" * 64))), "big")
    assert "GGUF in 2 files, 10 bytes" in sheet.text
    assert "a.example, b.example" in sheet.text
    assert [code.text for code in sheet.all("code")] == ["1" * 64, "2" * 64]
