"""Model sources as forms: catalogues, single addresses, access tokens."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from app.core.html import Html, h, join
from app.core.texts import Text, with_commas
from app.core.values import Model
from app.models.store.sources import Kept
from app.session import Session
from app.ui.drawn import drawn
from app.ui.parts.setting import card, field, heading, line
from app.ui.words import t, words


def address_form(typed: str = "") -> Html:
    """One model by its address."""
    return h(
        "form",
        h("label", t("sources.model_address"), for_="model-address"),
        h(
            "div",
            h(
                "input",
                inputmode="url",
                name="address",
                id="model-address",
                required=True,
                autocomplete="off",
                spellcheck="false",
                placeholder="https://…/model.gguf",
                value=typed or None,
            ),
            h("button", t("sources.add"), type="submit", class_="secondary"),
            class_="row",
        ),
        data_on="submit:sources:add-model",
        id="address-form",
    )


def model_sources(session: Session) -> Html:
    """Catalogues and single models, for Settings."""
    items = [
        drawn(kept.title, f"catalog-{kept.id}", lambda kept=kept: catalog_item(kept), tag="li")  # type: ignore[misc]
        for kept in session.state.catalogs()
    ]
    items += [
        drawn(model.name, f"added-{model.id}", lambda model=model: model_item(model), tag="li")  # type: ignore[misc]
        for model in session.state.added()
    ]
    listed = h("ul", *items, aria_label=t("sources.catalogs"), id="catalogs")
    pick = h("button", t("sources.add_from_file"), type="button", data_pick="catalog-file", id="catalog-pick")
    return join(
        h("p", t("sources.what_it_is"), class_="note"),
        h("input", type="file", id="catalog-file", accept=".toml", hidden=True, data_on="change:sources:add-file"),
        card(
            listed if items else h("div", h("p", t("sources.none_yet"), class_="note"), class_="setting"),
            catalog_form(),
            line("catalog-pick", t("sources.from_a_file"), pick),
        ),
    )


def catalog_form() -> Html:
    """One more catalogue, by its address."""
    both = h(
        "form",
        h("input", type="url", name="address", id="catalog-address", required=True, placeholder="https://…"),
        h("button", t("sources.add_catalog"), type="submit", class_="secondary"),
        class_="row",
        data_on="submit:sources:add",
        id="catalog-form",
    )
    return field("catalog-address", t("sources.catalog_address"), both, is_wide=True)


def catalog_item(kept: Kept) -> Html:
    """One added catalogue."""
    again = h("button", t("sources.refresh"), type="button", data_on="click:sources:refresh", data_arg=kept.id)
    remove = _remove(kept.id, t("sources.remove_catalog_ask", catalog=kept.title))
    state = words(kept.problem.message) if kept.problem else words(with_commas(*_holds(kept)))
    return _item(
        f"catalog-{kept.id}",
        kept.title,
        f"{state} · {kept.address or t('sources.from_file')}",
        again if kept.address else None,
        remove,
    )


def _holds(kept: Kept) -> Iterator[Text]:
    """What a catalogue lists."""
    if kept.models or not kept.personas:
        yield Text("sources.models", count=len(kept.models))
    if kept.personas:
        yield Text("sources.personas", count=len(kept.personas))


def model_item(model: Model) -> Html:
    """One model that was added by its address."""
    urls = "".join(source.url for source in model.all_sources[:1])
    remove = _remove(model.id, t("sources.remove_model_ask", model=model.name))
    return _item(f"added-{model.id}", model.name, f"{t('sources.one_model')} · {urls}", remove)


def _remove(id: str, ask: str) -> Html:
    return h(
        "button",
        t("sources.remove"),
        type="button",
        data_on="click:sources:remove",
        data_arg=id,
        data_ask=ask,
        data_no=t("sources.cancel"),
    )


def _item(id: str, name: str, about: str, *buttons: Html | None) -> Html:
    told = h("div", h("p", name, class_="name"), h("small", about))
    return h("li", told, h("div", *buttons, class_="actions"), class_="setting", id=id)


def tokens(session: Session) -> Html:
    """A field for each host that models come from."""
    urls = (source.url for row in session.state.rows_at_rest() for source in row.model.all_sources)
    hosts = {urlsplit(url).netloc.lower() for url in urls if url.startswith(("https://", "http://"))}
    in_use = session.state.token_hosts()
    fields = [token_form(host, is_set=host in in_use) for host in sorted(hosts | set(in_use))]
    return join(
        heading(t("sources.tokens")),
        h("p", t("sources.tokens_about"), class_="note"),
        h("div", *fields, other_token_form(), class_="setting-card", id="tokens", tabindex="-1"),
    )


def catalogs_state(session: Session) -> Text:
    """The section in two words, for the index."""
    count = len(session.state.catalogs())
    return Text("sources.count", count=count) if count else Text("sources.none")


def token_form(host: str, *, is_set: bool) -> Html:
    """The token for one host; one that is in use is never shown again."""
    id = f"token-{host}"
    return h(
        "form",
        h("label", t("sources.token_for", host=host), for_=id),
        h(
            "div",
            h(
                "input",
                type="password",
                name="token",
                id=id,
                autocomplete="off",
                placeholder=t("sources.token_in_use") if is_set else "",
            ),
            h(
                "button",
                t("sources.use"),
                type="submit",
                class_="secondary",
                aria_label=t("sources.use_for", host=host),
            ),
            class_="row",
        ),
        class_="setting-form",
        data_on="submit:sources:token",
        data_arg=host,
        id=f"form-{id}",
    )


def other_token_form() -> Html:
    """The token for a host that no listed model comes from yet: of a gated catalogue, or of a file to be added."""
    host, token = "token-host", "token-other"
    return h(
        "form",
        h("label", t("sources.other_host"), for_=host),
        h("input", name="host", id=host, required=True, autocomplete="off", placeholder="models.example.org"),
        h("label", t("sources.token_for_other"), for_=token),
        h(
            "div",
            h("input", type="password", name="token", id=token, required=True, autocomplete="off"),
            h("button", t("sources.use"), type="submit", class_="secondary", aria_label=t("sources.use_for_other")),
            class_="row",
        ),
        class_="setting-form",
        data_on="submit:sources:token",
        data_arg="",
        id="form-token-other",
    )
