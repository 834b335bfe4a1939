"""The local API in Settings: its switch, its address, and a few lines that use it."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.core.texts import Text
from app.session import Session
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
MEANING = (Text("settings.local_api_asks"), Text("settings.local_api_scripts"), Text("settings.local_api_tab"))


def local_api(session: Session) -> Html:
    """The group's content; address and samples are there once it is on."""
    is_on = session.state.settings().is_api_on
    box = h("input", type="checkbox", role="switch", id="set-api", checked=is_on, data_on="change:settings:api")
    meaning = [h("p", h("small", words(sentence))) for sentence in MEANING]
    label = h("label", box, t("settings.local_api"), for_="set-api")
    return join(label, meaning, _use(session.state.visit.base) if is_on else None)


def _use(base: str) -> Html:
    address = f"{base}v1"
    field = h("input", id="api-address", value=address, readonly=True)
    copy = h(
        "button", t("settings.copy"), type="button", class_="secondary", data_on="click:app:copy", data_arg=address
    )
    return h(
        "div",
        h("label", t("settings.base_address"), for_="api-address"),
        h("div", field, copy, class_="row"),
        _code(t("settings.with_client"), SAMPLE.format(address=address)),
        _code(t("settings.with_fetch"), PLAIN.format(address=address)),
        h("p", h("small", t("settings.lists", models=f"{address}/models", here=f"{base}api/local-models/browser"))),
        id="api-use",
        class_="prose",
    )


def _code(title: str, code: str) -> Html:
    button = h("button", t("settings.copy"), type="button", data_on="click:copy-code")
    pre = h("pre", h("code", code), tabindex="0")
    return h("figure", h("figcaption", f"{title} ", button), pre, class_="code")
