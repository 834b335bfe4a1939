"""Cloud services and keys, for Settings: one row a service, whose form opens below it, one at a time; own servers.

cloud_section(session)
state(one, is_off=False)       # "Key …3f9a · 2 of 40 models selected"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.core.errors import NeedsKey
from app.core.html import Child, Html, h, join
from app.core.texts import Day, Text
from app.core.values import Model
from app.models.cloud.services import Dialect
from app.models.costs.prices import Price
from app.net.addresses import distance
from app.session.cloud_forms import Standing
from app.ui.icons import Icon, icon
from app.ui.parts.controls import outside, problem_box, search_field, typed_input
from app.ui.parts.prices import rates
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.session import Session
    from app.session.cloud import CloudServices

#: what a person should know before they type a key
KEYS = (
    Text("cloud_page.key_kept"),
    Text("cloud_page.key_encrypted"),
    Text("cloud_page.key_shared"),
    Text("cloud_page.key_limited"),
)
DIALECTS: Mapping[Dialect, Text] = {
    "openai": Text("cloud_page.openai"),
    "anthropic": Text("cloud_page.anthropic"),
    "gemini": Text("cloud_page.gemini"),
}
SHOWN, WITH_FILTER = 30, 12
ONE_OPEN = "cloud-services"  # the rows that fold each other
PriceOf = Callable[[str], Price | None]


def cloud_section(session: Session) -> Html:
    """Everything about services."""
    cloud: CloudServices = session.cloud
    services, filters = cloud.services(), cloud.filters()
    price_of = session.costs.price_of

    def drawn(one: Standing) -> Html:
        return service(one, price_of, filters.get(one.id, ""), is_off=is_off(session, one))

    return join(
        h("h3", t("cloud_page.services")),
        h("p", t("cloud_page.about"), class_="cloud-about"),
        h("div", *(drawn(one) for one in services if not one.is_own), class_="services"),
        h(
            "details",
            h("summary", t("cloud_page.about_keys")),
            h("ul", *(h("li", words(one)) for one in KEYS)),
            id="cloud-keys",
        ),
        h("h3", t("cloud_page.own_servers")),
        h("p", t("cloud_page.own_servers_help"), class_="cloud-about"),
        h("div", *(drawn(one) for one in services if one.is_own), own_row(), class_="services"),
    )


def is_off(session: Session, one: Standing) -> bool:
    """Whether Offline Mode keeps a service from being asked."""
    offline = session.state.offline()
    return offline.is_on and not (offline.allows_loopback and distance(one.address) == "loopback")


def service(one: Standing, price_of: PriceOf, wanted: str, *, is_off: bool = False) -> Html:
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
    summary = row_words(one, is_off=is_off)
    folded = h(
        "details",
        h("summary", *summary, id=f"cloud-open-{one.id}"),
        h("div", *parts, class_="opened"),
        name=ONE_OPEN,
        id=f"cloud-{one.id}",
    )
    return h("article", folded, aria_label=one.name)


def row_words(one: Standing, *, is_off: bool) -> tuple[Child, ...]:
    """What a row says of a service: its icon, its name, how it is."""
    how = h("span", state(one, is_off=is_off), class_="how", data_status=_status(one, is_off=is_off))
    return icon(_icon(one)), h("span", h("strong", one.name), " ", how, class_="who")


def _icon(one: Standing) -> Icon:
    return "server" if one.is_own else "cloud"


def _status(one: Standing, *, is_off: bool) -> str:
    if one.problem:
        return "failed"
    if one.is_busy:
        return "busy"
    return "" if is_off or one.paused or (one.needs_key and not one.last4) else "ready"


def state(one: Standing, *, is_off: bool = False) -> str:
    """How a service is, in a few words."""
    if one.is_busy:
        return t("cloud_page.is_asking")
    if one.problem:
        return t("cloud_page.is_wrong")
    if one.needs_key and not one.last4:
        return t("cloud_page.lacks_its_key" if one.is_set_up else "cloud_page.has_no_key")
    if is_off:
        return t("cloud_page.is_off")
    if one.paused:
        return t("cloud_page.is_paused")
    picked, count = len(one.picked), len(one.models)
    if one.last4:
        return t("cloud_page.offered_with_key", last4=one.last4, picked=picked, count=count)
    return t("cloud_page.offered_without_key", picked=picked, count=count)


def trouble(one: Standing) -> Html | None:
    """What went wrong last, or that the service has a pause."""
    if one.is_busy:
        return h("p", t("cloud_page.asking", name=one.name), role="status")
    if one.problem:
        return problem_box(one.problem)
    return h("p", words(one.paused), class_="note") if one.paused else None


# -- keys -------------------------------------------------------------------------------------------------------------


def key_form(one: Standing) -> Html:
    """A field for a key; it is emptied when the form is sent."""
    field, box = f"cloud-key-{one.id}", f"cloud-keep-{one.id}"
    link = outside(t("cloud_page.get_key"), one.key_url) if one.key_url else None
    is_needed = one.needs_key or isinstance(one.problem, NeedsKey)
    again = t("cloud_page.key_is_gone") if one.is_set_up and one.needs_key else ""
    name = t("cloud_page.key" if is_needed else "cloud_page.key_optional", name=one.name)
    save = t("cloud_page.save_key", name=one.name)
    return h(
        "form",
        h("p", again, class_="note") if again else None,
        h("div", h("label", name, for_=field), link, class_="key"),
        h(
            "div",
            h("input", type="password", name="key", id=field, required=True, autocomplete="off", spellcheck="false"),
            h("button", t("cloud_page.save"), type="submit", aria_label=save),
            class_="row",
        ),
        h("label", h("input", type="checkbox", name="remember", id=box), t("cloud_page.remember"), for_=box),
        data_on="submit:cloud:key",
        data_arg=one.id,
        id=f"cloud-form-{one.id}",
    )


def key_in_use(one: Standing) -> Html:
    """Its last four characters, and whether it outlives the tab."""
    box = h(
        "input",
        type="checkbox",
        id=f"cloud-kept-{one.id}",
        checked=one.is_remembered,
        data_on="change:cloud:remember",
        data_arg=one.id,
    )
    return h(
        "div",
        h("p", t("cloud_page.key_in_use", last4=one.last4)),
        h("label", box, t("cloud_page.remember"), for_=f"cloud-kept-{one.id}"),
    )


def sign_in() -> Html:
    """A key without copying one."""
    button = h(
        "button",
        t("cloud_page.sign_in"),
        type="button",
        class_="secondary",
        data_on="click:cloud:sign-in",
        id="cloud-sign-in",
    )
    return h("div", button, h("small", t("cloud_page.sign_in_help")))


def buttons(one: Standing) -> list[Html]:
    """What can be done with a service that is set up."""
    found = []
    if one.last4 or not one.needs_key:
        label = t("cloud_page.refresh_of", name=one.name)
        found.append(_button(t("cloud_page.refresh"), "cloud:refresh", one.id, label))
    if one.last4:
        ask, label = t("cloud_page.forget_question", name=one.name), t("cloud_page.forget_key_of", name=one.name)
        found.append(_button(t("cloud_page.forget_key"), "cloud:forget", one.id, label, ask))
    if one.is_own:
        ask, label = t("cloud_page.remove_question", name=one.name), t("cloud_page.remove_name", name=one.name)
        found.append(_button(t("cloud_page.remove"), "cloud:drop-own", one.id, label, ask))
    return found


def _button(text: str, action: str, arg: str, label: str, ask: str | None = None) -> Html:
    return h(
        "button",
        text,
        type="button",
        class_="secondary" if ask is None else "danger",
        data_on=f"click:{action}",
        data_arg=arg,
        data_ask=ask,
        aria_label=label,
    )


# -- models -----------------------------------------------------------------------------------------------------------


def models(one: Standing, price_of: PriceOf, wanted: str) -> Html:
    """Which of a service's models are in the dropdown."""
    shown = shown_models(one, wanted)
    hidden = len(matching(one, wanted)) - len(shown)
    rest = t("cloud_page.more", count=hidden) if hidden > 0 else "" if shown else t("cloud_page.none_named_so")
    find, among = t("cloud_page.find_models", name=one.name), t("cloud_page.find_among", count=len(one.models))
    field = search_field(f"cloud-filter-{one.id}", find, "input:cloud:filter", placeholder=among, data_arg=one.id)
    return h(
        "div",
        h("p", t("cloud_page.listed_on", day=Day(one.listed_at)), class_="note"),
        field if len(one.models) > WITH_FILTER else None,
        h(
            "ul",
            *(model_row(model, one, price_of(model.id)) for model in shown),
            class_="offered",
            aria_label=t("cloud_page.models_of", name=one.name),
        ),
        h("p", rest, class_="note", role="status"),
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
    told = price_words(one, price)
    return h("li", h("label", box, model.name, h("small", told) if told else None, for_=id))


def price_words(one: Standing, price: Price | None) -> str:
    """What a model costs, "" for a server without a key."""
    if price:
        return t("cloud_page.price", input=rates(price.input)[0], output=rates(price.output)[0])
    return t("cloud_page.price_unknown") if one.needs_key else ""


# -- own servers ------------------------------------------------------------------------------------------------------


def own_row() -> Html:
    """The row that unfolds the form for one more server."""
    summary = h("summary", icon("plus"), h("span", t("cloud_page.add_a_server"), class_="who"), id="cloud-own-open")
    return h("details", summary, h("div", own_form(), class_="opened"), name=ONE_OPEN, class_="add", id="cloud-own")


def own_form() -> Html:
    """One more server."""
    options = (h("option", words(label), value=name) for name, label in DIALECTS.items())
    address = typed_input("address", "cloud-address", "http://localhost:8080/v1")
    key = h("input", type="password", name="key", id="cloud-own-key", autocomplete="off", spellcheck="false")
    box = h("input", type="checkbox", name="stays", id="cloud-stays", aria_describedby="cloud-stays-help")
    dialect = h("select", *options, name="dialect", id="cloud-dialect")
    stays = h("label", box, t("cloud_page.stays"), for_="cloud-stays")
    return h(
        "form",
        h("div", h("label", t("cloud_page.address"), for_="cloud-address"), address),
        h("div", h("label", t("cloud_page.speaks"), for_="cloud-dialect"), dialect),
        h("div", h("label", t("cloud_page.own_key"), for_="cloud-own-key"), key),
        h("div", stays, h("small", t("cloud_page.stays_help"), id="cloud-stays-help")),
        h("button", t("cloud_page.add"), type="submit"),
        data_on="submit:cloud:add-own",
        aria_label=t("cloud_page.add_a_server"),
        id="cloud-own-form",
    )
