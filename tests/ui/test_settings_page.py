"""The Settings page: groups, fields with names, and every change acts at once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app import VERSION
from app.core.html import Html
from app.core.values import DeviceFacts, Model, Source
from app.models.store.rows import Row, Status
from app.models.store.sources import Kept
from app.session import Session
from app.session.settings import LIMITS
from app.ui.pages.settings import GROUPS, PARTS, settings_page
from app.ui.words import words
from tests.adapters import VISIT
from tests.environment import ROOT
from tests.memory import WEBGPU
from tests.ui.pages import Element, act, read, session

ONE, TWO = Model("one", "One", size_bytes=98_362_432, is_bundled=True), Model("two", "Two")
FACTS = replace(WEBGPU, usage_bytes=150_000_000)


def made(facts: DeviceFacts | None = FACTS) -> Session:
    return session(Row(ONE, Status.READY, 98_362_432), Row(TWO), facts=facts)


def draw(shown: Session | None = None) -> Element:
    return read(settings_page(shown or made(), Html("")))


def group(page: Element, name: str) -> Element:
    [found] = [item for item in page.all("fieldset") if item.one("legend").text == name]
    return found


def test_the_page_has_its_groups() -> None:
    assert [item.text for item in draw().all("legend")] == ["Models", *(words(one.name) for one in GROUPS.values())]


def test_the_default_model_is_the_headers_choice() -> None:
    field = group(draw(), "Models").labelled("Default model")
    assert field.attributes["data-on"] == "change:models:choose"
    assert "data-arg" not in field.attributes, "the action takes the value itself"
    options = field.all("option")
    assert ["selected" in item.attributes for item in options] == [True, False]
    assert "disabled" in options[1].attributes
    assert "not on this device yet" in options[1].text


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        ("Temperature", "temperature", "1.5"),
        ("Top-k", "top_k", "7"),
        ("Top-p", "top_p", "0.5"),
        ("Longest reply (tokens)", "max_tokens", "64"),
        ("Seed", "seed", "42"),
    ],
)
def test_each_number_acts_at_once_within_its_limits(label: str, name: str, value: str) -> None:
    shown = made()
    field = group(draw(shown), "Replies").labelled(label)
    assert field.attributes["data-on"] == "change:settings:number"
    assert field.attributes["data-arg"] == name
    assert field.attributes["type"] == "number"
    assert (float(field.attributes["min"]), float(field.attributes["max"])) == LIMITS[name][:2]
    page = draw(shown)
    assert page.one(id=field.attributes["aria-describedby"]).text.endswith(".")
    act(shown, "settings:number", {"arg": field.attributes["data-arg"], "value": value})
    assert draw(shown).labelled(label).attributes["value"] == value


def test_the_system_prompt_keeps_what_was_written() -> None:
    shown = made()
    act(shown, "settings:system-prompt", "Be <b>short</b> & kind.")
    field = draw(shown).labelled("System prompt")
    assert field.tag == "textarea"
    assert field.text == "Be <b>short</b> & kind."


def test_the_theme_can_be_chosen() -> None:
    shown = made()
    assert [item.text for item in draw(shown).labelled("Theme").all("option")] == ["As the system", "Light", "Dark"]
    act(shown, "settings:theme", {"value": "dark"})
    [chosen] = [item for item in draw(shown).labelled("Theme").all("option") if "selected" in item.attributes]
    assert chosen.text == "Dark"


def test_sources_that_were_added_are_listed_with_what_can_be_done() -> None:
    shown = made()
    text = 'title = "My school"\n[[model]]\nid = "a"\nname = "A"\nkind = "chat"\nsources = []\nsize_bytes = 1\n'
    shown.state.catalogs.set(
        (Kept("https://x/c.toml", "My school", "https://x/c.toml", text), Kept("file:B", "B", "", ""))
    )
    shown.state.added.set((Model("url-1", "Single", sources=(Source("https://x/single.gguf"),)),))
    page = group(draw(shown), "Model sources")
    school, broken, single = page.one(id="catalogs").all("li")
    assert "My school · 1 model · https://x/c.toml" in school.text
    assert school.buttons() == ["Refresh", "Remove"]
    assert "B · The catalogue has no title. · from a file" in broken.text
    assert broken.buttons() == ["Remove"]
    assert "Single · one model · https://x/single.gguf" in single.text
    assert single.button("Remove").attributes["data-arg"] == "url-1"
    for item in (school, single):
        assert "stay" in item.button("Remove").attributes["data-ask"]
    assert page.labelled("Catalogue address").attributes["type"] == "url"
    assert page.button("Add catalogue from file").attributes["data-pick"] == "catalog-file"


def test_each_host_has_a_field_for_its_token_and_no_token_is_shown() -> None:
    models = [Model(name, name, sources=(Source(f"https://{name}/a.gguf"), Source("static/a.gguf"))) for name in "yx"]
    shown = session(*(Row(model) for model in models))
    act(shown, "sources:token", {"arg": "", "host": "https://z.example/", "token": "secret"})
    page = group(draw(shown), "Model sources").one(id="tokens")
    labels = [item.text for item in page.all("label")]
    assert labels[:3] == [f"Access token for {host}" for host in ("x", "y", "z.example")]
    assert labels[3:] == ["Another host", "Access token for that host"]
    fields = [page.labelled(label) for label in labels if label != "Another host"]
    assert {item.attributes["type"] for item in fields} == {"password"}
    assert not any("value" in item.attributes for item in fields)
    assert ["in use" in item.attributes.get("placeholder", "") for item in fields] == [False, False, True, False]
    assert "forgotten when this page closes" in page.text


def test_storage_says_what_is_used_and_can_be_kept() -> None:
    storage = group(draw(), "Storage")
    assert "98 MB of models, 150 MB in all as the browser counts." in storage.text
    assert storage.button("Keep permanently").attributes["data-on"] == "click:app:persist"
    kept = group(draw(made(replace(FACTS, is_persistent=True))), "Storage")
    assert kept.buttons() == []
    assert "keeps them until you delete them" in kept.text
    assert "Asking the browser" in group(draw(made(None)), "Storage").text


def test_storage_leaves_out_what_the_browser_does_not_tell() -> None:
    """Fault B8: "98 MB of models, 0 bytes in all" where there is no `navigator.storage`."""
    silent = group(draw(made(replace(FACTS, quota_bytes=0, usage_bytes=0))), "Storage")
    assert silent.text == "Storage 98 MB of models."
    assert silent.buttons() == []


def test_about_names_the_version_and_the_parts() -> None:
    about = group(draw(), "About")
    assert f"DrLeeLM {VERSION}." in about.text
    assert "Everything runs in this page" in about.text
    for link in about.all("a"):
        assert link.attributes["href"].startswith("https://")
        assert link.attributes["rel"] == "noopener noreferrer"
        assert link.attributes["target"] == "_blank"


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
    box = group(draw(shown), "Local API").labelled("Local API")
    assert (box.attributes["role"], "checked" in box.attributes) == ("switch", False)
    assert box.attributes["data-on"] == "change:settings:api"
    assert "https://school.example" not in group(draw(shown), "Local API").text
    act(shown, "settings:api", True)
    page = group(draw(shown), "Local API")
    assert "checked" in page.labelled("Local API").attributes
    assert page.labelled("Base address").attributes["value"] == "https://school.example/drleelm/v1"
    samples = [code.text for code in page.all("code")]
    assert len(samples) == 2
    assert all("https://school.example/drleelm/v1" in sample for sample in samples)
    act(shown, "settings:api", False)
    assert draw(shown).all("input", id="api-address") == []
