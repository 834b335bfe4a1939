"""Speed on this device, and what is recommended for it: names, figures and buttons to hold on to."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from app.core.html import Html
from app.core.texts import Text
from app.core.values import DeviceFacts, Model
from app.models.device.benchmark import Compared, Measurement, Run
from app.models.device.threads import machine_of, thread_speeds
from app.models.store.rows import Row, Status
from app.session import Session
from app.session.measuring import Measuring, Progress
from app.ui.models_view import ModelsView
from app.ui.pages.models import device
from app.ui.parts.picker import model_list
from app.ui.parts.speed import speed_region
from tests.memory import WEBGPU, RecordingPage
from tests.ui.pages import Element, read, session
from tests.words import english

TINY = Model("tiny", "Tiny <b>", size_bytes=100_000_000, format="gguf", ram_bytes=500_000_000)
FACTS = replace(WEBGPU, memory_gb=8)
ONE = Measurement(
    "tiny",
    "Tiny <b>",
    "wllama",
    "browser",
    1_700_000_000.0,
    "Chrome 156, 4 cores",
    "0.1.0",
    tuple(Run(400, seconds, 0.5, 64, speed, True) for seconds, speed in ((2.0, 20.0), (4.0, 24.0), (5.0, 23.4))),
    load_seconds=1.25,
    threads=1,
    engine_version="3.13.0",
)


def measured(*found: Measurement, facts: DeviceFacts = FACTS) -> Session:
    made = session(Row(TINY, Status.READY, 9), facts=facts)
    part(made).measurements.set(found)
    return made


def part(made: Session) -> Measuring:
    actions: Measuring = made.measure
    return actions


def region(made: Session) -> Element:
    return read(speed_region(made))


def page_of(made: Session) -> Element:
    page = RecordingPage()

    async def body() -> None:
        ModelsView(made, page).paint()
        await made.jobs.join()

    asyncio.run(body())
    return read(Html(page.painted[0][2]))


def test_each_ready_model_has_a_button_and_all_have_one() -> None:
    found = region(measured())
    assert found.buttons() == ["Measure all", "Measure"]
    assert (
        found.one("button", data_on="click:measure:start", data_arg="tiny").attributes["aria-label"]
        == "Measure Tiny <b>"
    )
    assert found.labelled("Runs of each").attributes["value"] == "3"


def test_nothing_ready_says_what_to_do() -> None:
    found = read(speed_region(session(facts=FACTS)))
    assert "No model is ready. Download or import one" in found.text
    assert found.buttons() == []


def test_while_measuring_the_step_is_told_and_it_can_be_stopped() -> None:
    made = measured()
    part(made).progress.set(Progress("tiny", Text("speed.run", model="Tiny", number=2, count=3)))
    found = region(made)
    assert found.one(role="status").text == "Tiny: run 2 of 3"
    assert found.button("Stop measuring").attributes["data-on"] == "click:measure:stop"
    assert "disabled" in found.button("Measure").attributes


def test_what_was_found_stands_in_charts_tables_and_a_line() -> None:
    found = region(measured(ONE))
    assert [figure.one("figcaption").text for figure in found.all("figure")] == [
        "Writing , tok/s",
        "Reading , tok/s",
        "Wait for the first word , seconds",
    ]
    table = found.all("figure")[0].one("table")
    assert [cell.text for cell in table.one("tbody").all("td")] == ["23.4", "20.0 – 24.0"]
    line = found.one("li").one(class_="facts").text
    assert line == (
        "wllama (llama.cpp) 3.13.0 · CPU, 1 thread · writes 23 tok/s · reads 100 tok/s · "
        "first word after 0.5 s · loaded in 1.2 s · memory unknown · 3 runs on 2023-11-14"
    )
    assert found.buttons() == ["Measure all", "Measure again", "Forget", "Save as JSON"]


def test_what_it_ran_on_and_the_version_of_the_engine_are_named() -> None:
    now = replace(ONE, threads=2, engine_version="3.13.0")
    older = replace(ONE, when=ONE.when - 90_000, engine_version="3.8.1", on_gpu=True)
    oldest = replace(ONE, when=ONE.when - 900_000, threads=0, engine_version="")
    found = region(measured(oldest, older, now))
    lines = [line.text for line in found.one("li").all(class_="facts")]
    assert lines[0].startswith("wllama (llama.cpp) 3.13.0 · CPU, 2 threads · writes 23 tok/s")
    assert lines[1].startswith("wllama (llama.cpp) 3.8.1 · the engine has been updated since · GPU · writes")
    assert lines[2].startswith("wllama (llama.cpp) · engine version not recorded · writes")
    rows = [row.text for row in found.all("figure")[0].one("table").one("tbody").all("th")]
    assert rows == [
        "Tiny <b> · wllama 3.13.0",
        "Tiny <b> · wllama 3.8.1",
        "Tiny <b> · wllama engine version not recorded",
    ]


def test_what_was_compared_is_told_and_what_is_used_now() -> None:
    cores = replace(FACTS, cores=4, is_isolated=True, has_shared_memory=True)
    ways = (Compared(2, False, 14.8, 60.0), Compared(1, False, 7.9, 40.0), Compared(1, True, 31.0, 90.0))
    one = replace(ONE, threads=2, compared=ways, machine=machine_of(cores))
    made = measured(one, facts=cores)
    note = region(made).one("li").one(class_="note")
    told = "Compared: 31 tok/s on the GPU, 15 tok/s with 2 threads and 7.9 tok/s with 1 thread."
    assert note.text == told
    assert "GGUF models are also tried with other numbers" in region(made).text
    kept = thread_speeds([one], cores, made.engine_versions)
    made.state.settings.set(replace(made.state.settings(), threads=kept))
    assert region(made).one("li").one(class_="note").text == f"{told} Now used: 2 threads."
    assert "GGUF" not in region(measured(ONE)).text, "where there can be one thread only"


def test_the_list_of_the_device_says_that_the_number_of_threads_was_measured() -> None:
    cores = replace(FACTS, cores=4, is_isolated=True, has_shared_memory=True)
    made = measured(facts=cores)
    one = replace(ONE, compared=(Compared(2, False, 9.0, 0), Compared(4, False, 12.0, 0)), machine=machine_of(cores))
    made.state.settings.set(replace(made.state.settings(), threads=thread_speeds([one], cores, made.engine_versions)))
    text = read(device(made)).text
    assert "Threads for GGUF models 4: the fastest number of those measured here." in text


def test_figures_that_nobody_could_tell_are_said_to_be_unknown() -> None:
    short = replace(
        ONE, runs=tuple(replace(run, writing=0.0, counted=False) for run in ONE.runs), memory_bytes=9_000_000
    )
    found = region(measured(short))
    assert "replies too short to time writing" in found.text
    assert "takes 9 MB of memory" in found.text
    assert "tokens estimated" in found.text
    assert len(found.all("figure")) == 2


def test_a_model_that_is_gone_keeps_its_figures_until_they_are_forgotten() -> None:
    made = session(facts=FACTS)
    part(made).measurements.set((ONE,))
    found = read(speed_region(made))
    assert found.buttons() == ["Forget", "Save as JSON"]


def test_the_list_of_models_and_the_row_name_the_measured_speed() -> None:
    made = measured(ONE)
    made.state.settings.set(replace(made.state.settings(), speeds={"tiny": 23.4}))
    option = read(model_list(made)).one(role="option")
    assert option.text == "Tiny <b> 100 MB · 23 tok/s here · on this device"
    assert page_of(made).article("Tiny <b>").one(class_="model-speed").text == "23 tok/s"
    assert "here" not in read(model_list(session(Row(TINY, Status.READY, 9)))).one(role="option").text


def test_the_recommended_model_says_so_and_a_table_tells_which_for_what() -> None:
    page = page_of(measured())
    assert page.one(id="best").text == "", "it is here already"
    table = page.one("section", aria_label="This device").one("table")
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}
    assert rows["Quick questions"][0] == "Tiny <b>"
    assert rows["Finding similar texts"][0] == "none"
    assert "No known model" in rows["Finding similar texts"][1]


def test_before_the_device_was_asked_nothing_is_recommended() -> None:
    made = session(Row(TINY, Status.READY, 9))
    assert part(made).advice() == ()
    assert "Recommended" not in page_of(made).text


def test_the_advice_follows_what_is_measured_and_is_made_once_for_the_same_facts() -> None:
    made = measured()
    first = part(made).advice()
    assert part(made).advice() is first
    made.state.settings.set(replace(made.state.settings(), speeds={"tiny": 40.0}))
    assert "Measured here: 40 tok/s" in english(part(made).advice()[0].reason)
