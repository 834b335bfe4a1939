"""The group "Cloud providers and keys": what is said before a key is typed, each service by its name, own servers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.actions import Field
from app.core.errors import BadKey
from app.core.texts import Text
from app.core.values import Model
from app.models.cloud.services import SERVICES
from app.session import Session
from app.session.cloud_forms import Standing
from app.ui.parts.cloud import SHOWN, cloud_section
from app.ui.parts.cloud_tab import cloud_tab
from tests.ui.pages import Element, read, session

MODELS = tuple(Model(f"cloud:openai:{name}", name) for name in ("gpt-5", "gpt-5-mini", "unheard-of"))
HERE = Standing(
    "here-localhost-8080-v1-openai",
    "localhost:8080",
    Text("cloud.owner_reads"),
    "",
    needs_key=False,
    is_own=True,
    dialect="openai",
    address="http://localhost:8080/v1",
    is_set_up=True,
    models=(Model("cloud:here-localhost-8080-v1-openai:tiny.gguf", "tiny.gguf"),),
)


def made(*own: Standing, **openai: Any) -> Session:
    """A session whose OpenAI stands so."""
    shown = session()
    cloud = shown.cloud
    first, *others = cloud.services()
    cloud.services.set((replace(first, **openai), *others, *own))
    return shown


def draw(*own: Standing, **openai: Any) -> Element:
    return read(cloud_section(made(*own, **openai)))


def article(page: Element, name: str) -> Element:
    return page.one("article", aria_label=name)


def test_what_a_key_means_is_said_before_one_is_typed() -> None:
    page = draw()
    for words in ("straight to that company", "encrypted", "github.io", "spending limit"):
        assert words in page.text
    names = [item.attributes["aria-label"] for item in page.all("article")]
    assert names == [service.name for service in SERVICES.values()]
    assert "allow their keys in a browser" in article(page, "Anthropic").text
    assert "may not work in a browser" in article(page, "Groq").text


def test_a_service_without_a_key_has_a_field_that_hides_it_and_a_way_to_one() -> None:
    openai = article(draw(), "OpenAI")
    assert openai.one("summary").text == "OpenAI No key"
    field = openai.labelled("OpenAI key")
    assert (field.attributes["type"], field.attributes["autocomplete"]) == ("password", "off")
    assert "value" not in field.attributes
    form = openai.one("form")
    assert (form.attributes["data-on"], form.attributes["data-arg"]) == ("submit:cloud:key", "openai")
    assert "checked" not in openai.labelled("Remember on this device (encrypted)").attributes
    link = openai.one("a")
    assert (link.text, link.attributes["rel"]) == ("Get a key", "noopener noreferrer")
    assert openai.buttons() == ["Save"]
    page = draw()
    assert "Sign in with OpenRouter" in article(page, "OpenRouter").buttons()
    assert page.buttons().count("Sign in with OpenRouter") == 1


def test_a_key_in_use_shows_four_signs_and_can_be_remembered_or_forgotten() -> None:
    openai = article(draw(last4="3f9a", is_set_up=True, models=MODELS, picked=frozenset((MODELS[1].id,))), "OpenAI")
    assert openai.one("summary").text == "OpenAI Key …3f9a · 1 of 3 models selected"
    assert not openai.all("input", type="password")
    assert "checked" not in openai.labelled("Remember on this device (encrypted)").attributes
    assert openai.buttons() == ["Refresh list", "Remove key"]
    assert openai.button("Remove key").attributes["data-ask"] == "Remove the OpenAI key from this device?"
    kept = article(draw(last4="3f9a", is_remembered=True), "OpenAI")
    assert "checked" in kept.labelled("Remember on this device (encrypted)").attributes


def test_models_are_ticked_priced_and_the_picked_ones_stand_first() -> None:
    openai = article(draw(last4="3f9a", models=MODELS, picked=frozenset((MODELS[1].id,))), "OpenAI")
    rows = [item.text for item in openai.one("ul", class_="offered").all("li")]
    assert rows == ["gpt-5-mini $0.25 in, $2 out", "gpt-5 $1.25 in, $10 out", "unheard-of price unknown"]
    boxes = openai.one("ul", class_="offered").all("input")
    assert ["checked" in box.attributes for box in boxes] == [True, False, False]
    assert boxes[0].attributes["data-arg"] == "cloud:openai:gpt-5-mini"
    assert not openai.all("input", type="search")


def test_a_long_list_has_a_field_to_find_in_and_shows_a_part() -> None:
    many = tuple(Model(f"cloud:openai:m-{number}", f"m-{number}") for number in range(400))
    shown = made(last4="3f9a", models=many, picked=frozenset((many[-1].id,)))
    openai = article(read(cloud_section(shown)), "OpenAI")
    field = openai.one("input", type="search")
    assert (field.attributes["data-on"], field.attributes["data-arg"]) == ("input:cloud:filter", "openai")
    rows = [item.text for item in openai.one("ul", class_="offered").all("li")]
    assert (len(rows), rows[0]) == (SHOWN, "m-399 price unknown")
    assert "370 more" in openai.text
    shown.cloud.filter(Field("openai", "M-39"))
    openai = article(read(cloud_section(shown)), "OpenAI")
    assert len(openai.one("ul", class_="offered").all("li")) == 11
    shown.cloud.filter(Field("openai", "nothing"))
    assert "No models found." in article(read(cloud_section(shown)), "OpenAI").text


def test_what_is_wrong_is_said_with_its_cure_at_the_service() -> None:
    problem = BadKey("OpenAI doesn't accept this key.", "Enter it again.")
    openai = article(draw(problem=problem), "OpenAI")
    assert openai.one("summary").text == "OpenAI Needs attention"
    assert openai.one("div", role="alert").text == f"{problem.message} {problem.cure}"
    assert openai.labelled("OpenAI key").attributes["name"] == "key"
    paused = article(draw(last4="3f9a", paused="Too many requests."), "OpenAI")
    assert "Too many requests." in paused.text
    assert article(draw(is_busy=True), "OpenAI").one("p", role="status").text == "Contacting OpenAI …"


def test_a_service_whose_key_went_with_the_tab_says_so() -> None:
    openai = article(draw(is_set_up=True, models=MODELS), "OpenAI")
    assert openai.one("summary").text == "OpenAI Key needed again"
    assert "was not remembered" in openai.text


def test_own_servers_are_listed_and_one_more_can_be_added() -> None:
    page = draw(HERE)
    server = article(page, "localhost:8080")
    assert server.one("summary").text == "localhost:8080 No key needed · 0 of 1 model selected"
    assert "http://localhost:8080/v1" in server.text
    assert server.buttons() == ["Save", "Refresh list", "Remove server"]
    named = [one.attributes["aria-label"] for one in server.all("button")]
    assert all(shown in name for shown, name in zip(server.buttons(), named, strict=True)), "a name holds what is read"
    assert server.labelled("localhost:8080 key (optional)").attributes["type"] == "password"
    assert "price unknown" not in server.text
    form = page.one("form", aria_label="Add a server")
    assert form.attributes["data-on"] == "submit:cloud:add-own"
    assert form.labelled("Server address").attributes["name"] == "address"
    assert form.labelled("Key (optional)").attributes["type"] == "password"
    assert [one.attributes["value"] for one in form.labelled("API type").all("option")] == [
        "openai",
        "anthropic",
        "gemini",
    ]


def test_one_service_is_open_at_a_time() -> None:
    page = draw(HERE)
    folded = [item.attributes["name"] for item in page.all("details") if "name" in item.attributes]
    assert len(folded) == len(SERVICES) + 2
    assert set(folded) == {"cloud-services"}


def test_what_a_service_can_do_now_is_its_state() -> None:
    asked = {"last4": "3f9a", "models": MODELS, "picked": frozenset((MODELS[1].id,))}
    paused = article(draw(**asked, paused="Too many requests."), "OpenAI")
    assert paused.one("summary").text == "OpenAI Paused"
    shown = made(HERE, **asked)
    shown.state.offline.set(replace(shown.state.offline(), is_on=True))
    page = read(cloud_section(shown))
    assert article(page, "OpenAI").one("summary").text == "OpenAI Turned off by Offline Mode"
    assert article(page, "Mistral").one("summary").text == "Mistral No key"


def test_the_tab_lists_services_and_the_models_that_they_offer() -> None:
    shown = made(HERE, last4="3f9a", models=MODELS, picked=frozenset((MODELS[1].id,)))
    page = read(cloud_tab(shown))
    openai = article(page, "OpenAI")
    assert openai.one("span", class_="who").text == "OpenAI Key …3f9a · 1 of 3 models selected"
    [offered] = openai.one("ul", aria_label="Models of OpenAI").all("li")
    assert offered.text == "gpt-5-mini $0.25 in, $2 out Use"
    use = offered.button("Use")
    assert (use.attributes["data-on"], use.attributes["data-arg"]) == ("click:models:choose", MODELS[1].id)
    mistral = article(page, "Mistral")
    assert mistral.one("a").attributes["href"] == "#/settings/connections"
    assert (mistral.one("a").attributes["aria-label"], mistral.all("ul")) == ("Set up Mistral", [])
    assert "Keys are entered in Settings → Connections" in page.text
