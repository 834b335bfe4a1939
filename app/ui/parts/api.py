"""The local API in Settings: its switch, its address, and a few lines that use it."""

from __future__ import annotations

from app.core.html import Html, h, join
from app.session import Session

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
MEANING = (
    "Pages of this site, such as a notebook beside the app, can then ask your local models as they would ask OpenAI.",
    "While it is on, every script of this site can do so without asking you, and can pull and delete Ollama models. "
    "Other sites cannot. Nothing is sent to a cloud.",
    "A tab with DrLeeLM must be open, and the page that asks must lie below the app's own address.",
)


def local_api(session: Session) -> Html:
    """The group's content; address and samples are there once it is on."""
    is_on = session.state.settings().is_api_on
    box = h("input", type="checkbox", role="switch", id="set-api", checked=is_on, data_on="change:settings:api")
    words = [h("p", h("small", sentence)) for sentence in MEANING]
    return join(h("label", box, "Local API", for_="set-api"), words, _use(session.state.visit.base) if is_on else None)


def _use(base: str) -> Html:
    address = f"{base}v1"
    field = h("input", id="api-address", value=address, readonly=True)
    copy = h("button", "Copy", type="button", class_="secondary", data_on="click:app:copy", data_arg=address)
    return h(
        "div",
        h("label", "Base address", for_="api-address"),
        h("div", field, copy, class_="row"),
        _code("With OpenAI's JavaScript client", SAMPLE.format(address=address)),
        _code("With fetch", PLAIN.format(address=address)),
        h(
            "p",
            h("small", f"The list of models: {address}/models. What is on this device: {base}api/local-models/browser"),
        ),
        id="api-use",
        class_="prose",
    )


def _code(title: str, code: str) -> Html:
    button = h("button", "Copy", type="button", data_on="click:copy-code")
    pre = h("pre", h("code", code), tabindex="0")
    return h("figure", h("figcaption", f"{title} ", button), pre, class_="code")
