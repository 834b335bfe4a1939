"""Settings, Advanced: the local API, its switch, its address, and a few lines that use it."""

from __future__ import annotations

from app.core.html import Html, h
from app.core.texts import Text, in_a_row
from app.session import Session
from app.ui.parts.setting import card, described, field, switch
from app.ui.words import t, words

SAMPLE = """\
import OpenAI from "openai";

const client = new OpenAI({{ baseURL: "{address}", apiKey: "none", dangerouslyAllowBrowser: true }});
const stream = await client.chat.completions.create({{
  model: "default", stream: true,
  messages: [{{ role: "user", content: "Why is the sky blue?" }}],
}});
for await (const chunk of stream) console.log(chunk.choices[0].delta.content ?? "");
"""
PLAIN = """\
const reply = await fetch("{address}/chat/completions", {{
  method: "POST",
  body: JSON.stringify({{ model: "default", messages: [{{ role: "user", content: "Hello!" }}] }}),
}});
console.log((await reply.json()).choices[0].message.content);
"""


def local_api(session: Session) -> Html:
    """The switch; address and samples are there once it is on."""
    is_on = session.state.settings().is_api_on
    about = words(in_a_row(Text("settings.local_api_asks"), Text("settings.local_api_scripts")))
    return card(
        switch("set-api", t("settings.local_api"), "settings:api", is_on, about=about),
        *(_use(session.state.visit.base) if is_on else ()),
    )


def _use(base: str) -> tuple[Html, Html]:
    address = f"{base}v1"
    shown = h("input", id="api-address", value=address, readonly=True, aria_describedby=described("api-address"))
    copy = h("button", t("settings.copy"), type="button", data_on="click:app:copy", data_arg=address)
    samples = h(
        "div",
        _code(t("settings.with_client"), SAMPLE.format(address=address)),
        _code(t("settings.with_fetch"), PLAIN.format(address=address)),
        h("p", h("small", t("settings.lists", models=f"{address}/models", here=f"{base}api/local-models/browser"))),
        class_="prose",
    )
    both = h("div", shown, copy, class_="row")
    return (
        field("api-address", t("settings.base_address"), both, about=t("settings.local_api_tab"), is_wide=True),
        h("details", h("summary", t("settings.samples")), samples, id="api-use", class_="setting-more"),
    )


def api_state(session: Session) -> Text:
    """The section in two words, for the index."""
    return Text("settings.api_on") if session.state.settings().is_api_on else Text("settings.api_off")


def _code(title: str, code: str) -> Html:
    button = h("button", t("settings.copy"), type="button", data_on="click:copy-code")
    pre = h("pre", h("code", code), tabindex="0")
    return h("figure", h("figcaption", f"{title} ", button), pre, class_="code")
