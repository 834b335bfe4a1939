"""The Settings page. Every change acts at once and is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app import VERSION
from app.core.html import Child, Html, h, join
from app.core.text import size
from app.session import Session
from app.session.settings import LIMITS
from app.ui.drawn import drawn
from app.ui.parts.api import local_api
from app.ui.parts.cloud import cloud_section
from app.ui.parts.costs import costs_section
from app.ui.parts.data import data
from app.ui.parts.features import features_section
from app.ui.parts.offline import offline_mode
from app.ui.parts.routing import smart_routing
from app.ui.parts.sources import model_sources
from app.ui.shell import model_groups

# name, label, what it does, step; the limits are the session's
SAMPLING = (
    ("temperature", "Temperature", "0 repeats the likeliest words, 1 and more wanders.", "any"),
    ("top_k", "Top-k", "Choose among this many likeliest tokens; 1 makes answers repeatable.", "1"),
    ("top_p", "Top-p", "Choose among the likeliest tokens that together reach this share.", "any"),
    ("max_tokens", "Longest reply (tokens)", "A token is about three quarters of an English word.", "1"),
    ("seed", "Seed", "0 draws a new one for every reply; any other number repeats the same choices.", "1"),
)
THEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
# name with version, licence, home; a link is followed only when it is clicked
PARTS = (
    ("PyScript 0.7.31", "Apache-2.0", "https://github.com/pyscript/pyscript"),
    ("Pyodide 314.0.7", "MPL-2.0", "https://github.com/pyodide/pyodide"),
    ("MediaPipe Tasks GenAI 0.10.29", "Apache-2.0", "https://github.com/google-ai-edge/mediapipe"),
    ("LiteRT-LM 0.17.1", "Apache-2.0", "https://github.com/google-ai-edge/LiteRT-LM"),
    ("wllama 3.13.0", "MIT", "https://github.com/ngxson/wllama"),
    ("Comlink 4.4.2", "Apache-2.0", "https://github.com/GoogleChromeLabs/comlink"),
    ("Idiomorph 0.8.0", "0BSD", "https://github.com/bigskysoftware/idiomorph"),
    ("Pico CSS 2.1.1", "MIT", "https://github.com/picocss/pico"),
    ("hash-wasm 4.13.0", "MIT", "https://github.com/Daninet/hash-wasm"),
    ("KaTeX 0.19.1", "MIT", "https://github.com/KaTeX/KaTeX"),
    ("highlight.js 11.12.0", "BSD-3-Clause", "https://github.com/highlightjs/highlight.js"),
    ("markdown-it-py 4.3.0", "MIT", "https://github.com/executablebooks/markdown-it-py"),
    ("SmolLM2 135M Instruct", "Apache-2.0", "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct"),
)

# where the techniques behind the models are described
RESOURCES = (
    ("MediaPipe LLM Inference", "https://ai.google.dev/edge/mediapipe/solutions/genai/llm_inference/web_js"),
    ("LiteRT-LM", "https://ai.google.dev/edge/litert-lm"),
    ("Ollama's API", "https://docs.ollama.com/api"),
    ("WebGPU in browsers", "https://github.com/gpuweb/gpuweb/wiki/Implementation-Status"),
)


GROUPS: dict[str, Callable[[Session], Html]] = {
    "Offline Mode": lambda session: offline_mode(session),
    "Ollama": lambda session: ollama_address(session),
    "Cloud providers and keys": lambda session: cloud_section(session),
    "Smart routing": lambda session: smart_routing(session),
    "Models per feature": lambda session: features_section(session),
    "Model sources": lambda session: model_sources(session),
    "Replies": lambda session: replies(session),
    "Costs": lambda session: costs_section(session),
    "Appearance": lambda session: theme(session),
    "Storage": lambda session: storage(session),
    "Data": lambda session: data(session),
    "Local API": lambda session: local_api(session),
    "About": lambda session: about(),
}


#: the record that a group shows, where it can start anew without it
RECORDS = {
    "Ollama": "settings/ollama",
    "Cloud providers and keys": "settings/cloud",
    "Model sources": "settings/sources",
    "Costs": "settings/costs",
}


def settings_page(session: Session, models: Html) -> Html:
    """The whole page: one group for each kind of setting. `models` are the lists that their views keep up to date."""
    first = group("Models", own_models(session), models)
    return join(h("h1", "Settings"), first, *groups(session).values())


def groups(session: Session) -> dict[str, Html]:
    """The groups after the first one, by the ids of their elements."""
    return {
        group_id(name): drawn(
            name,
            group_id(name),
            lambda name=name, draw=draw: group(name, draw(session)),  # type: ignore[misc]
            tag="fieldset",
            reset=RECORDS.get(name, ""),
        )
        for name, draw in GROUPS.items()
    }


def group_id(name: str) -> str:
    """The id of a group's element."""
    return f"group-{name.lower().replace(' ', '-')}"


def group(name: str, *children: Html) -> Html:
    """A fieldset, which is a group to a screen reader."""
    return h("fieldset", h("legend", name), *children, id=group_id(name))


def own_models(session: Session) -> Html:
    """The first group's own part, above the lists."""
    name = "group-models-own"
    return drawn("Default model", name, lambda: h("div", default_model(session), id=name))


def default_model(session: Session) -> Html:
    """The same choice as in the header."""
    chosen = session.state.chosen().id
    select = h("select", *model_groups(session, chosen, "default"), id="default-model", data_on="change:models:choose")
    setup = h(
        "button", "Set up local models", type="button", class_="secondary", data_on="click:setup:open", id="setup-open"
    )
    return join(h("label", "Default model", for_="default-model"), select, setup)


def ollama_address(session: Session) -> Html:
    """Where Ollama listens; Enter applies."""
    shown = session.state.ollama()
    field = h(
        "input",
        name="address",
        id="ollama-address",
        value=shown.address if shown else "http://localhost:11434",
        autocomplete="off",
        spellcheck="false",
    )
    button = h("button", "Apply", type="submit", class_="secondary")
    label = h("label", "Ollama address", for_="ollama-address")
    return h("form", label, h("div", field, button, class_="row"), data_on="submit:ollama:address", id="ollama-form")


def replies(session: Session) -> Html:
    """What holds for every reply."""
    return join(system_prompt(session), thinking(session), *(number(session, *row) for row in SAMPLING))


def thinking(session: Session) -> Html:
    """Whether models that can think do so before they answer, whoever runs them."""
    box = h(
        "input",
        type="checkbox",
        role="switch",
        id="set-think",
        checked=session.state.settings().think,
        data_on="change:settings:think",
    )
    words = h("small", "Thinks before answering: slower, often better. Some models always think, others never.")
    return h("div", h("label", box, "Reasoning", for_="set-think"), words)


def system_prompt(session: Session) -> Html:
    """What every chat begins with, unseen."""
    field = h(
        "textarea",
        session.state.settings().system_prompt,
        id="set-system_prompt",
        rows=3,
        placeholder="For example: You are a patient tutor. Answer in short sentences.",
        data_on="change:settings:system-prompt",
        aria_describedby="help-system_prompt",
    )
    words = "Given to the model before every chat. Small models follow short ones best."
    return join(
        h("label", "System prompt", for_="set-system_prompt"), field, h("small", words, id="help-system_prompt")
    )


def number(session: Session, name: str, label: str, words: str, step: str) -> Html:
    """One sampler setting, kept within its limits."""
    low, high, _ = LIMITS[name]
    field = h(
        "input",
        type="number",
        id=f"set-{name}",
        value=getattr(session.state.settings().sampling, name),
        data_on="change:settings:number",
        data_arg=name,
        aria_describedby=f"help-{name}",
        min=low,
        max=high,
        step=step,
    )
    words_below = h("small", words, id=f"help-{name}")
    return h("div", h("label", label, for_=f"set-{name}"), field, words_below, id=f"row-{name}")


def theme(session: Session) -> Html:
    """Light, dark, or as the system has it."""
    now = session.state.settings().theme
    options = (h("option", label, value=value, selected=value == now) for value, label in THEMES)
    return join(
        h("label", "Theme", for_="set-theme"),
        h("select", *options, id="set-theme", data_on="change:settings:theme", data_arg="theme"),
    )


def storage(session: Session) -> Html:
    """What is used, and whether the browser may clear it."""
    facts = session.state.facts()
    if facts is None:
        return h("p", "Asking the browser …")
    models = sum(row.stored_bytes for row in session.state.rows())
    if not (
        facts.quota_bytes or facts.usage_bytes
    ):  # an old browser or a private window, which tells nothing and keeps nothing on request
        return h("p", f"{size(models)} of models.")
    words = f"{size(models)} of models, {size(facts.usage_bytes)} in all as the browser counts."
    if facts.is_persistent:
        return h("p", words, " The browser keeps them until you delete them.")
    button = h("button", "Keep permanently", type="button", data_on="click:app:persist")
    return join(h("p", words, " The browser may clear them when the disk is full."), button)


def about() -> Html:
    """Version, where things happen, licences."""
    rows = (h("tr", h("td", outside(name, address)), h("td", licence)) for name, licence, address in PARTS)
    head = h("thead", h("tr", h("th", "Part", scope="col"), h("th", "Licence", scope="col")))
    words = "Everything runs in this page: there is no server behind it, no account, no tracking."
    return join(
        h("p", f"DrLeeLM {VERSION}. {words}"),
        h("p", "Read more: ", *_listed(outside(name, address) for name, address in RESOURCES)),
        h("details", h("summary", "Parts and licences"), h("table", head, h("tbody", *rows)), id="licences"),
    )


def _listed(links: Iterable[Html]) -> list[Child]:
    parts: list[Child] = []
    for link in links:
        parts += [" · ", link]
    return parts[1:]


def outside(name: str, address: str) -> Html:
    """A link that leaves the app, in a tab of its own."""
    return h("a", name, href=address, target="_blank", rel="noopener noreferrer")
