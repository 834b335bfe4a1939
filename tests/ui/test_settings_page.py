"""The Settings page: groups, fields with names, and every change acts at once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Literal

import pytest

from app import VERSION
from app.core.commands import Focus
from app.core.html import Html
from app.core.signals import Computed
from app.core.texts import Text
from app.core.values import DeviceFacts, Model, Source
from app.models.store.rows import Row, Status
from app.models.store.sources import Kept
from app.net.gate import Refusal, Standing
from app.session import Session, navigation
from app.session.settings import LIMITS
from app.session.state import Section
from app.ui.pages.settings import parts
from app.ui.settings.about import PARTS, RESOURCES
from app.ui.settings.sections import SECTIONS
from app.ui.settings_view import SettingsView
from app.ui.words import words
from tests.adapters import VISIT
from tests.environment import ROOT
from tests.memory import WEBGPU, RecordingPage
from tests.ui.pages import Element, act, session, settings

ONE, TWO = Model("one", "One", size_bytes=98_362_432, is_bundled=True), Model("two", "Two")
FACTS = replace(WEBGPU, usage_bytes=150_000_000, quota_bytes=1_000_000_000)


def made(facts: DeviceFacts | None = FACTS) -> Session:
    return session(Row(ONE, Status.READY, 98_362_432), Row(TWO), facts=facts)


def draw(section: Section | Literal[""], shown: Session | None = None) -> Element:
    """The page at a section's address; "" is the page's own."""
    shown = shown or made()
    shown.state.section.set(section)
    return settings(shown)


def shown_of(page: Element) -> Element:
    """The section that is on show."""
    return page.one(id="settings-section")


def index_of(page: Element) -> list[Element]:
    return page.one(id="settings-index").all("a")


def test_the_index_leads_to_every_section_and_one_is_shown() -> None:
    page = draw("privacy")
    assert [item.attributes["href"] for item in index_of(page)] == [f"#/settings/{id}" for id in SECTIONS]
    assert tuple(SECTIONS) == navigation.SECTIONS
    [here] = [item for item in index_of(page) if "aria-current" in item.attributes]
    assert here.attributes["href"] == "#/settings/privacy"
    assert page.one(id=shown_of(page).attributes["aria-labelledby"]).text == "Privacy & offline"
    assert page.one("h1").text == "Settings"


@pytest.mark.parametrize("section", ["privacy", "usage"])
def test_a_section_that_shows_no_progress_is_not_drawn_anew_while_a_model_comes(section: Section) -> None:
    coming = Row(TWO, Status.DOWNLOADING, 1)
    shown, drawings = session(coming, facts=FACTS), list[dict[str, Html]]()
    shown.costs.is_known.set(True)
    known = Computed(lambda: drawings.append(parts(shown, section)))
    known()
    shown.state.rows.set((replace(coming, stored_bytes=2),))
    known()
    assert len(drawings) == 1


@pytest.mark.parametrize("id", list(SECTIONS))
def test_each_section_has_its_name_its_state_and_what_the_search_finds(id: Section) -> None:
    page = draw(id)
    name = page.one(id=f"settings-name-{id}").text
    assert name == words(SECTIONS[id].name)
    assert page.one(id=f"settings-state-{id}").text
    assert page.one(id="settings-title").text == name
    for part in SECTIONS[id].parts.values():
        for entry in part.entries:
            assert len(page.all(id=entry.id)) == 1, "the search leads to it"
    known = {entry.id for part in SECTIONS[id].parts.values() for entry in part.entries}
    rows = {
        item.attributes["id"].removeprefix("row-")
        for item in page.all()
        if item.attributes.get("id", "").startswith("row-")
    }
    aside = {"about-version", "routing-learned", "stored", "export-kind", "place-browser", "place-ollama"}
    assert rows <= known | aside, "the search finds every setting"


def test_on_a_phone_the_address_of_the_page_is_its_index_and_beside_it_is_the_first_section() -> None:
    page = draw("")
    assert "data-section" not in page.one(id="page-settings").attributes, "what the style sheet shows the index by"
    assert page.one(id="settings-title").text == "General"
    assert draw("data").one(id="page-settings").attributes["data-section"] == "data"
    assert shown_of(draw("data")).one("a", class_="settings-back").attributes["href"] == "#/settings"


@pytest.mark.parametrize(
    ("route", "section", "setting"),
    [
        ("#/settings", "", ""),
        ("#/settings/data", "data", ""),
        ("#/settings/nonsense", "general", ""),
        ("#/settings/data/erase-all", "data", "erase-all"),
    ],
)
def test_an_address_names_a_section_and_a_setting(route: str, section: str, setting: str) -> None:
    shown = made()
    asyncio.run(shown.navigation.go(route))
    assert (shown.state.route(), shown.state.section(), shown.state.setting()) == ("settings", section, setting)


def test_the_search_finds_settings_in_every_section_and_leads_to_them() -> None:
    shown = made()
    act(shown, "settings:find", "OFFLINE")
    page = draw("general", shown)
    found = {item.attributes["href"]: item.text for item in index_of(page)}
    assert found["#/settings/privacy/offline-mode"] == "Offline Mode Privacy & offline"
    assert next(iter(found)).startswith("#/settings/privacy"), "what is named so comes first"
    act(shown, "settings:find", "dark")
    assert [item.attributes["href"] for item in index_of(draw("data", shown))] == ["#/settings/general/set-theme"]
    act(shown, "settings:find", "<nothing>")
    page = draw("data", shown)
    assert page.one(id="settings-found").text == "No settings found for “<nothing>”."
    assert not index_of(page)
    act(shown, "settings:find", " ")
    assert len(index_of(draw("data", shown))) == len(SECTIONS)


def test_a_section_that_is_opened_gets_the_focus_and_a_setting_is_marked() -> None:
    shown, page = made(), RecordingPage()

    async def walk() -> None:
        view = SettingsView(shown, page)
        for route in ("#/settings", "#/settings/chat", "#/settings/chat/set-seed", "#/settings"):
            await shown.navigation.go(route)
            view.paint()
        await shown.jobs.join()

    asyncio.run(walk())
    assert page.done(Focus) == [Focus("settings-title"), Focus("set-seed"), Focus("settings-to-chat")]
    assert ("row-set-seed", "data-marked", "") in page.attributes


def test_the_default_model_is_the_headers_choice() -> None:
    field = draw("automatic").labelled("Default model")
    assert field.attributes["data-on"] == "change:models:choose"
    assert "data-arg" not in field.attributes, "the action takes the value itself"
    options = field.all("option")
    assert ["selected" in item.attributes for item in options] == [True, False]
    assert "disabled" in options[1].attributes
    assert "not on this device yet" in options[1].text


@pytest.mark.parametrize(
    ("section", "label", "name", "value"),
    [
        ("chat", "Temperature", "temperature", "1.5"),
        ("advanced", "Top-k", "top_k", "7"),
        ("advanced", "Top-p", "top_p", "0.5"),
        ("chat", "Maximum reply length", "max_tokens", "64"),
        ("advanced", "Seed", "seed", "42"),
    ],
)
def test_each_number_acts_at_once_within_its_limits(section: Section, label: str, name: str, value: str) -> None:
    shown = made()
    page = draw(section, shown)
    field = page.labelled(label)
    assert field.attributes["data-on"] == "change:settings:number"
    assert field.attributes["data-arg"] == name
    assert field.attributes["type"] == "number"
    assert (float(field.attributes["min"]), float(field.attributes["max"])) == LIMITS[name][:2]
    assert page.one(id=field.attributes["aria-describedby"]).text.endswith(".")
    act(shown, "settings:number", {"arg": field.attributes["data-arg"], "value": value})
    assert draw(section, shown).labelled(label).attributes["value"] == value


def test_the_system_prompt_keeps_what_was_written() -> None:
    shown = made()
    act(shown, "settings:system-prompt", "Be <b>short</b> & kind.")
    field = draw("chat", shown).labelled("Instructions")
    assert field.tag == "textarea"
    assert field.text == "Be <b>short</b> & kind."


@pytest.mark.parametrize(
    ("label", "action", "value", "options", "chosen"),
    [
        ("Theme", "settings:theme", "dark", ["System", "Light", "Dark"], "Dark"),
        ("Text size", "settings:text-size", "larger", ["Small", "Normal", "Large", "Larger"], "Larger"),
    ],
)
def test_theme_and_text_size_can_be_chosen(
    label: str, action: str, value: str, options: list[str], chosen: str
) -> None:
    shown = made()
    assert [item.text for item in draw("general", shown).labelled(label).all("option")] == options
    act(shown, action, {"value": value})
    [now] = [item for item in draw("general", shown).labelled(label).all("option") if "selected" in item.attributes]
    assert now.text == chosen
    assert chosen in draw("general", shown).one(id="settings-state-general").text


def test_sources_that_were_added_are_listed_with_what_can_be_done() -> None:
    shown = made()
    text = 'title = "My school"\n[[model]]\nid = "a"\nname = "A"\nkind = "chat"\nsources = []\nsize_bytes = 1\n'
    shown.state.catalogs.set(
        (Kept("https://x/c.toml", "My school", "https://x/c.toml", text), Kept("file:B", "B", "", ""))
    )
    shown.state.added.set((Model("url-1", "Single", sources=(Source("https://x/single.gguf"),)),))
    page = draw("classroom", shown)
    school, broken, single = page.one(id="catalogs").all("li")
    assert "My school 1 model · https://x/c.toml" in school.text
    assert school.buttons() == ["Refresh", "Remove"]
    assert "B The catalogue has no title. · from a file" in broken.text
    assert broken.buttons() == ["Remove"]
    assert "Single one model · https://x/single.gguf" in single.text
    assert single.button("Remove").attributes["data-arg"] == "url-1"
    for item in (school, single):
        assert "stay" in item.button("Remove").attributes["data-ask"]
    assert page.labelled("Catalogue address").attributes["type"] == "url"
    assert page.button("Add catalogue from file").attributes["data-pick"] == "catalog-file"


def test_each_host_has_a_field_for_its_token_and_no_token_is_shown() -> None:
    models = [Model(name, name, sources=(Source(f"https://{name}/a.gguf"), Source("static/a.gguf"))) for name in "yx"]
    shown = session(*(Row(model) for model in models))
    act(shown, "sources:token", {"arg": "", "host": "https://z.example/", "token": "secret"})
    page = draw("advanced", shown)
    labels = [item.text for item in page.one(id="tokens").all("label")]
    assert labels[:3] == [f"Access token for {host}" for host in ("x", "y", "z.example")]
    assert labels[3:] == ["Another host", "Access token for that host"]
    fields = [page.labelled(label) for label in labels if label != "Another host"]
    assert {item.attributes["type"] for item in fields} == {"password"}
    assert not any("value" in item.attributes for item in fields)
    assert ["In use" in item.attributes.get("placeholder", "") for item in fields] == [False, False, True, False]
    assert "forgotten when you close this page" in page.text


def test_storage_is_one_figure_with_its_parts() -> None:
    """Fault U14: "98 MB of models, 150 MB in all as the browser counts" beside 98 MB elsewhere."""
    page = draw("data")
    part = page.one(id="part-storage")
    assert "150 MB used, 850 MB free" in part.text
    assert [item.text for item in part.all("div", class_="setting part")] == [
        "Models 98 MB",
        "App files, chats, documents and settings 52 MB",
    ]
    assert part.button("Keep permanently").attributes["data-on"] == "click:app:persist"
    kept = draw("data", made(replace(FACTS, is_persistent=True))).one(id="part-storage")
    assert kept.buttons() == []
    assert "keeps it until you delete it" in kept.text
    assert "Checking the storage" in draw("data", made(None)).one(id="part-storage").text
    assert "150 MB used, 850 MB free" in draw("privacy").one(id="part-stored").text


def test_storage_never_shows_less_than_the_models_that_are_there() -> None:
    late = draw("data", made(replace(FACTS, usage_bytes=1_000_000))).one(id="part-storage")
    assert "98 MB used" in late.text


def test_storage_leaves_out_what_the_browser_does_not_tell() -> None:
    """Fault B8: "98 MB of models, 0 bytes in all" where there is no `navigator.storage`."""
    silent = draw("data", made(replace(FACTS, quota_bytes=0, usage_bytes=0))).one(id="part-storage")
    assert silent.text == "98 MB of models"
    assert silent.buttons() == []


def test_about_names_the_version_and_the_parts() -> None:
    about = shown_of(draw("about"))
    assert f"DrLeeLM {VERSION}" in about.text
    assert "no server, no account" in about.text
    for link in about.all("a", target="_blank"):
        assert link.attributes["href"].startswith("https://")
        assert link.attributes["rel"] == "noopener noreferrer"
    assert len(about.all("a", target="_blank")) == len(PARTS) + len(RESOURCES)


def test_the_parts_are_the_ones_that_are_installed() -> None:
    pins = json.loads((ROOT / "static" / "package.json").read_text("utf-8"))["dependencies"]
    names = {
        "PyScript": "@pyscript/core",
        "Pyodide": "pyodide",
        "MediaPipe Tasks GenAI": "@mediapipe/tasks-genai",
        "LiteRT-LM": "@litert-lm/core",
        "wllama": "@wllama/wllama",
        "Comlink": "comlink",
        "Idiomorph": "idiomorph",
        "lucide-static": "lucide-static",
        "Pico CSS": "@picocss/pico",
        "KaTeX": "katex",
        "highlight.js": "highlight.js",
        "hash-wasm": "hash-wasm",
    }
    shown = {name.rsplit(" ", 1)[0]: name.rsplit(" ", 1)[1] for name, _, _ in PARTS}
    assert {names[name]: version for name, version in shown.items() if name in names} == {
        package: version
        for package, version in pins.items()
        if package not in ("@litertjs/wasm-utils", "@wllama/wllama-compat")  # parts of LiteRT-LM and of wllama
    }


def test_the_local_api_is_a_switch_and_tells_its_address_once_it_is_on() -> None:
    shown = made()
    shown.state.visit = replace(VISIT, base="https://school.example/drleelm/")
    box = draw("advanced", shown).labelled("Local API")
    assert (box.attributes["role"], "checked" in box.attributes) == ("switch", False)
    assert box.attributes["data-on"] == "change:settings:api"
    assert "https://school.example" not in draw("advanced", shown).text
    act(shown, "settings:api", True)
    page = draw("advanced", shown)
    assert "checked" in page.labelled("Local API").attributes
    assert page.labelled("Base address").attributes["value"] == "https://school.example/drleelm/v1"
    samples = [code.text for code in page.all("code")]
    assert len(samples) == 2
    assert all("https://school.example/drleelm/v1" in sample for sample in samples)
    act(shown, "settings:api", False)
    assert draw("advanced", shown).all("input", id="api-address") == []


def test_privacy_tells_what_has_left_and_where_questions_can_go() -> None:
    shown = made()
    assert "No external requests since you opened this page" in draw("privacy", shown).one(id="part-account").text
    places = draw("privacy", shown).one(id="part-places")
    assert "1 model. Never leaves this device. Always on" in places.text
    assert "Ollama Not connected." in places.text
    [link] = places.all("a")
    assert link.attributes["href"] == "#/settings/connections"
    shown.state.offline.set(
        Standing(True, since=1.0, count=1, refused=(Refusal("x.example", 2.0, Text("offline.a_link")),))
    )
    account = draw("privacy", shown).one(id="part-account")
    assert account.text.startswith("Nothing has left this device since ")
    assert "1 request blocked." in account.text
    assert "x.example" in account.one(id="offline-log").text
