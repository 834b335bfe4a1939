"""Cloud providers and keys, for Settings: what leaves the device and who can use a key; each service; own servers."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.errors import NeedsKey
from app.core.html import Html, h, join
from app.core.text import count
from app.core.values import Model
from app.models.costs.prices import Price
from app.ui.parts.controls import typed_input
from app.ui.parts.prices import rates
from app.ui.words import words

if TYPE_CHECKING:
    from app.session import Session
    from app.session.cloud import CloudServices
from app.session.cloud_forms import Standing

WORDS = (
    "Large models of companies answer with your own key, straight from this browser. What you ask them, with the chat "
    "so far, goes to that company, whose rules then hold for it. Nothing is sent before you choose such a model."
)
#: what a person should know before they type a key
KEYS = (
    "A key is kept in this tab's memory and forgotten with it. Remembered, it is kept in this browser, encrypted. No "
    "chat, backup, export or log holds it.",
    "Encryption keeps it out of copies of this browser's files. It is no shield against a program that runs inside "
    "this page: that could use the key as the page does.",
    "Pages of one address share what they keep. On hosts such as github.io all projects of one user are one address, "
    "so enter a key only where you trust all of them.",
    "Take a key that can spend little: most services let you set a limit for each key, and you can delete it there at "
    "any time.",
)
DIALECTS = (
    ("openai", "OpenAI's language (llama.cpp, vLLM, LM Studio …)"),
    ("anthropic", "Anthropic's language"),
    ("gemini", "Gemini's language"),
)
REMEMBER = "Remember on this device (encrypted)"
STAYS = "It is on this computer, runs its models itself and passes nothing on"
SHOWN, WITH_FILTER = 30, 12
PriceOf = Callable[[str], Price | None]


def cloud_section(session: Session) -> Html:
    """Everything about services."""
    cloud: CloudServices = session.cloud
    services, filters = cloud.services(), cloud.filters()
    price_of = session.costs.price_of
    drawn = {one.id: service(one, price_of, filters.get(one.id, "")) for one in services}
    own = [drawn[one.id] for one in services if one.is_own]
    return join(
        h("p", WORDS),
        h(
            "details",
            h("summary", "What to know about keys"),
            h("ul", *(h("li", one) for one in KEYS)),
            id="cloud-keys",
        ),
        h("div", *(drawn[one.id] for one in services if not one.is_own), class_="services"),
        h("h3", "Your own servers"),
        h("p", "Servers that speak as one of the large services does: on this computer, in your network, or a proxy."),
        h("div", *own, class_="services") if own else None,
        own_form(),
    )


def service(one: Standing, price_of: PriceOf, wanted: str) -> Html:
    """One service, unfolding."""
    parts = (
        h("p", one.address, class_="note") if one.is_own else None,
        h("p", words(one.note), class_="note") if one.note else None,
        trouble(one),
        key_in_use(one) if one.last4 else key_form(one),
        sign_in() if one.id == "openrouter" and not one.last4 else None,
        models(one, price_of, wanted) if one.models else None,
        h("div", *buttons(one), class_="actions"),
    )
    name = h("strong", one.name)
    summary = h("summary", name, " · ", state(one), id=f"cloud-open-{one.id}")
    return h("article", h("details", summary, *parts, id=f"cloud-{one.id}"), aria_label=one.name)


def state(one: Standing) -> str:
    """Where a service stands, in a few words."""
    if one.is_busy:
        return "asking …"
    if one.problem:
        return "see what is wrong"
    if one.needs_key and not one.last4:
        return "needs its key" if one.is_set_up else "no key"
    key = f"key …{one.last4}" if one.last4 else "no key needed"
    return f"{key} · {len(one.picked)} of {count(len(one.models), 'model')} offered"


def trouble(one: Standing) -> Html | None:
    """What went wrong last, or that the service has a pause."""
    if one.is_busy:
        return h("p", f"Asking {one.name} …", role="status")
    if problem := one.problem:
        return h(
            "div", h("p", h("strong", words(problem.message)), " ", words(problem.cure)), class_="problem", role="alert"
        )
    return h("p", words(one.paused), class_="note") if one.paused else None


# -- keys -------------------------------------------------------------------------------------------------------------


def key_form(one: Standing) -> Html:
    """A field for a key; it is emptied when the form is sent."""
    field, box = f"cloud-key-{one.id}", f"cloud-keep-{one.id}"
    link = h("a", "Get a key", href=one.key_url, target="_blank", rel="noopener noreferrer") if one.key_url else None
    is_needed = one.needs_key or isinstance(one.problem, NeedsKey)
    again = "Its key was not remembered, so it went with the tab. " if one.is_set_up and one.needs_key else ""
    return h(
        "form",
        h("p", again, link) if again or link else None,
        h("label", f"{one.name} key{'' if is_needed else ' (optional)'}", for_=field),
        h(
            "div",
            h("input", type="password", name="key", id=field, required=True, autocomplete="off", spellcheck="false"),
            h("button", "Save", type="submit", class_="secondary", aria_label=f"Save key of {one.name}"),
            class_="row",
        ),
        h("label", h("input", type="checkbox", name="remember", id=box), REMEMBER, for_=box),
        data_on="submit:cloud:key",
        data_arg=one.id,
        id=f"cloud-form-{one.id}",
    )


def key_in_use(one: Standing) -> Html:
    """Its last four signs, and whether it outlives the tab."""
    box = h(
        "input",
        type="checkbox",
        id=f"cloud-kept-{one.id}",
        checked=one.is_remembered,
        data_on="change:cloud:remember",
        data_arg=one.id,
    )
    return h("div", h("p", f"Key …{one.last4}"), h("label", box, REMEMBER, for_=f"cloud-kept-{one.id}"))


def sign_in() -> Html:
    """A key without copying one."""
    button = h(
        "button",
        "Sign in with OpenRouter",
        type="button",
        class_="secondary",
        data_on="click:cloud:sign-in",
        id="cloud-sign-in",
    )
    words = "You leave this page and come back. Keys that are not remembered have to be typed again afterwards."
    return h("div", button, h("small", words))


def buttons(one: Standing) -> list[Html]:
    """What can be done with a service that is set up."""
    found = []
    if one.last4 or not one.needs_key:
        label = f"Refresh list of {one.name}"
        found.append(_button("Refresh list", "cloud:refresh", one.id, label))
    if one.last4:
        ask = f"Forget the key of {one.name}, here and on this device?"
        found.append(_button("Forget key", "cloud:forget", one.id, f"Forget key of {one.name}", ask))
    if one.is_own:
        ask = f"Remove {one.name}, with its key if it has one?"
        found.append(_button("Remove", "cloud:drop-own", one.id, f"Remove {one.name}", ask))
    return found


def _button(text: str, action: str, arg: str, label: str, ask: str | None = None) -> Html:
    return h(
        "button",
        text,
        type="button",
        class_="secondary",
        data_on=f"click:{action}",
        data_arg=arg,
        data_ask=ask,
        aria_label=label,
    )


# -- models -----------------------------------------------------------------------------------------------------------


def models(one: Standing, price_of: PriceOf, wanted: str) -> Html:
    """Which of a service's models are in the dropdown."""
    shown = shown_models(one, wanted)
    found = len(matching(one, wanted))
    rest = f"{found - len(shown)} more: type a part of the name to find one." if found > len(shown) else ""
    day = time.strftime("%d %B %Y", time.localtime(one.listed_at)).lstrip("0")
    field = h(
        "input",
        type="search",
        id=f"cloud-filter-{one.id}",
        aria_label=f"Find models of {one.name}",
        placeholder=f"Find among {len(one.models)} models",
        autocomplete="off",
        data_on="input:cloud:filter",
        data_arg=one.id,
    )
    return h(
        "div",
        h("p", f"Ticked models are in the list at the top of the page. Listed on {day}.", class_="note"),
        field if len(one.models) > WITH_FILTER else None,
        h(
            "ul",
            *(model_row(model, one, price_of(model.id)) for model in shown),
            class_="offered",
            aria_label=f"Models of {one.name}",
        ),
        h("p", rest or ("" if shown else "No model has that in its name."), class_="note", role="status"),
    )


def matching(one: Standing, wanted: str) -> list[Model]:
    """Those whose names hold what was typed."""
    return [model for model in one.models if wanted in f"{model.name} {model.id}".lower()]


def shown_models(one: Standing, wanted: str) -> list[Model]:
    """The picked ones first: a list may be hundreds long."""
    found = matching(one, wanted)
    return sorted(found, key=lambda model: model.id not in one.picked)[: max(SHOWN, len(one.picked))]


def model_row(model: Model, one: Standing, price: Price | None) -> Html:
    """One model with its price, where it is known."""
    id = f"cloud-pick-{model.id}"
    box = h(
        "input", type="checkbox", id=id, checked=model.id in one.picked, data_on="change:cloud:pick", data_arg=model.id
    )
    words = f"{rates(price.input)[0]} in, {rates(price.output)[0]} out" if price else ""
    if not price and one.needs_key:
        words = "price unknown"
    return h("li", h("label", box, model.name, h("small", words) if words else None, for_=id))


# -- own servers ------------------------------------------------------------------------------------------------------


def own_form() -> Html:
    """One more server."""
    options = (h("option", label, value=name) for name, label in DIALECTS)
    address = typed_input("address", "cloud-address", "http://localhost:8080/v1")
    key = h("input", type="password", name="key", id="cloud-own-key", autocomplete="off", spellcheck="false")
    box = h("input", type="checkbox", name="stays", id="cloud-stays", aria_describedby="cloud-stays-help")
    words = "Unticked, even a server here counts as leading elsewhere: a private chat never asks it."
    return h(
        "form",
        h("div", h("label", "Server address", for_="cloud-address"), address),
        h("div", h("label", "Speaks", for_="cloud-dialect"), h("select", *options, name="dialect", id="cloud-dialect")),
        h("div", h("label", "Key (optional)", for_="cloud-own-key"), key),
        h("div", h("label", box, STAYS, for_="cloud-stays"), h("small", words, id="cloud-stays-help")),
        h("button", "Add server", type="submit", class_="secondary"),
        data_on="submit:cloud:add-own",
        aria_label="Add a server",
        id="cloud-own-form",
    )
