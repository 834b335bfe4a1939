"""The Settings page. Every change acts at once and is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app import VERSION
from app.core.html import Child, Html, h, join
from app.core.texts import Size, Text, TextOrWords, in_a_row
from app.session import Session
from app.session.settings import LIMITS
from app.ui.drawn import drawn
from app.ui.model_choice import options
from app.ui.parts.api import local_api
from app.ui.parts.cloud import cloud_section
from app.ui.parts.costs import costs_section
from app.ui.parts.data import data
from app.ui.parts.features import features_section
from app.ui.parts.language import language_choice
from app.ui.parts.offline import offline_mode
from app.ui.parts.ollama import ollama_connection
from app.ui.parts.routing import smart_routing
from app.ui.parts.sources import model_sources
from app.ui.words import rich, t, words

# name, label, what it does, step; the limits are the session's
SAMPLING = (
    ("temperature", Text("settings.temperature"), Text("settings.temperature_help"), "any"),
    ("top_k", Text("settings.top_k"), Text("settings.top_k_help"), "1"),
    ("top_p", Text("settings.top_p"), Text("settings.top_p_help"), "any"),
    ("max_tokens", Text("settings.max_tokens"), Text("settings.max_tokens_help"), "1"),
    ("seed", Text("settings.seed"), Text("settings.seed_help"), "1"),
)
THEMES = (
    ("system", Text("settings.theme_system")),
    ("light", Text("settings.theme_light")),
    ("dark", Text("settings.theme_dark")),
)
# name with version, licence, home; a link is followed only when it is clicked
PARTS = (
    ("PyScript 0.7.31", "Apache-2.0", "https://github.com/pyscript/pyscript"),
    ("Pyodide 314.0.7", "MPL-2.0", "https://github.com/pyodide/pyodide"),
    ("MediaPipe Tasks GenAI 0.10.29", "Apache-2.0", "https://github.com/google-ai-edge/mediapipe"),
    ("LiteRT-LM 0.17.1", "Apache-2.0", "https://github.com/google-ai-edge/LiteRT-LM"),
    ("wllama 3.13.0", "MIT", "https://github.com/ngxson/wllama"),
    ("Comlink 4.4.2", "Apache-2.0", "https://github.com/GoogleChromeLabs/comlink"),
    ("Idiomorph 0.8.0", "0BSD", "https://github.com/bigskysoftware/idiomorph"),
    ("lucide-static 1.62.0", "ISC", "https://github.com/lucide-icons/lucide"),
    ("Pico CSS 2.1.1", "MIT", "https://github.com/picocss/pico"),
    ("hash-wasm 4.13.0", "MIT", "https://github.com/Daninet/hash-wasm"),
    ("KaTeX 0.19.1", "MIT", "https://github.com/KaTeX/KaTeX"),
    ("highlight.js 11.12.0", "BSD-3-Clause", "https://github.com/highlightjs/highlight.js"),
    ("markdown-it-py 4.3.0", "MIT", "https://github.com/executablebooks/markdown-it-py"),
    ("SmolLM2 135M Instruct", "Apache-2.0", "https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct"),
)

# where the techniques behind the models are described
RESOURCES: tuple[tuple[TextOrWords, str], ...] = (
    ("MediaPipe LLM Inference", "https://ai.google.dev/edge/mediapipe/solutions/genai/llm_inference/web_js"),
    ("LiteRT-LM", "https://ai.google.dev/edge/litert-lm"),
    (Text("settings.ollama_api"), "https://docs.ollama.com/api"),
    (Text("settings.webgpu"), "https://github.com/gpuweb/gpuweb/wiki/Implementation-Status"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of setting. `reset` names the stored record that it shows, where it can start anew without it."""

    name: TextOrWords
    draw: Callable[[Session], Html]
    reset: str = ""


#: the groups after the first one, by the ids of their elements
GROUPS: dict[str, Group] = {
    "group-offline-mode": Group(Text("offline.mode"), lambda session: offline_mode(session)),
    "group-ollama": Group("Ollama", lambda session: ollama_connection(session), "settings/ollama"),
    "group-cloud-providers-and-keys": Group(
        Text("settings.clouds"), lambda session: cloud_section(session), "settings/cloud"
    ),
    "group-smart-routing": Group(Text("settings.routing"), lambda session: smart_routing(session)),
    "group-models-per-feature": Group(Text("settings.features"), lambda session: features_section(session)),
    "group-model-sources": Group(Text("settings.sources"), lambda session: model_sources(session), "settings/sources"),
    "group-replies": Group(Text("settings.replies"), lambda session: replies(session)),
    "group-costs": Group(Text("settings.costs"), lambda session: costs_section(session), "settings/costs"),
    "group-appearance": Group(Text("settings.appearance"), lambda session: theme(session)),
    "group-storage": Group(Text("settings.storage"), lambda session: storage(session)),
    "group-data": Group(Text("settings.data"), lambda session: data(session)),
    "group-local-api": Group(Text("settings.local_api"), lambda session: local_api(session)),
    "group-about": Group(Text("settings.about"), lambda session: about()),
}


def settings_page(session: Session, models: Html) -> Html:
    """The whole page: one group for each kind of setting. `models` are the lists that their views keep up to date."""
    first = fieldset("group-models", Text("settings.models"), own_models(session), models)
    return join(h("h1", t("settings.title")), first, *groups(session).values())


def groups(session: Session) -> dict[str, Html]:
    """The groups after the first one, by the ids of their elements."""
    return {id: _group(session, id, group) for id, group in GROUPS.items()}


def _group(session: Session, id: str, group: Group) -> Html:
    def draw() -> Html:
        return fieldset(id, group.name, group.draw(session))

    return drawn(group.name, id, draw, tag="fieldset", reset=group.reset)


def fieldset(id: str, name: TextOrWords, *children: Html) -> Html:
    """A group to a screen reader."""
    return h("fieldset", h("legend", words(name)), *children, id=id)


def own_models(session: Session) -> Html:
    """The first group's own part, above the lists."""
    id = "group-models-own"
    return drawn(Text("settings.default_model"), id, lambda: h("div", default_model(session), id=id))


def default_model(session: Session) -> Html:
    """The same choice as in the header."""
    chosen = session.state.chosen().id
    select = h("select", *options(session, chosen, "default"), id="default-model", data_on="change:models:choose")
    setup = h(
        "button", t("settings.set_up"), type="button", class_="secondary", data_on="click:setup:open", id="setup-open"
    )
    return join(h("label", t("settings.default_model"), for_="default-model"), select, setup)


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
    label = h("label", box, t("settings.reasoning"), for_="set-think")
    return h("div", label, h("small", t("settings.reasoning_help")))


def system_prompt(session: Session) -> Html:
    """What every chat begins with, unseen."""
    field = h(
        "textarea",
        session.state.settings().system_prompt,
        id="set-system_prompt",
        rows=3,
        placeholder=t("settings.system_prompt_example"),
        data_on="change:settings:system-prompt",
        aria_describedby="help-system_prompt",
    )
    below = h("small", t("settings.system_prompt_help"), id="help-system_prompt")
    return join(h("label", t("settings.system_prompt"), for_="set-system_prompt"), field, below)


def number(session: Session, name: str, label: Text, meaning: Text, step: str) -> Html:
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
    below = h("small", words(meaning), id=f"help-{name}")
    return h("div", h("label", words(label), for_=f"set-{name}"), field, below, id=f"row-{name}")


def theme(session: Session) -> Html:
    """Light, dark, or as the system has it."""
    now = session.state.settings().theme
    options = (h("option", words(label), value=value, selected=value == now) for value, label in THEMES)
    return join(
        h("label", t("settings.theme"), for_="set-theme"),
        h("select", *options, id="set-theme", data_on="change:settings:theme", data_arg="theme"),
        language_choice(session),
    )


def storage(session: Session) -> Html:
    """What is used, and whether the browser may clear it."""
    facts = session.state.facts()
    if facts is None:
        return h("p", t("settings.asking"))
    models = Size(sum(row.stored_bytes for row in session.state.rows()))
    if not (
        facts.quota_bytes or facts.usage_bytes
    ):  # an old browser or a private window, which tells nothing and keeps nothing on request
        return h("p", t("settings.models_take", size=models))
    used = Text("settings.models_and_all", size=models, all=Size(facts.usage_bytes))
    if facts.is_persistent:
        return h("p", words(in_a_row(used, Text("settings.is_kept"))))
    button = h("button", t("settings.keep"), type="button", data_on="click:app:persist")
    return join(h("p", words(in_a_row(used, Text("settings.may_clear")))), button)


def about() -> Html:
    """Version, where things happen, licences."""
    rows = (h("tr", h("td", outside(name, address)), h("td", licence)) for name, licence, address in PARTS)
    head = h("tr", h("th", t("settings.part"), scope="col"), h("th", t("settings.licence"), scope="col"))
    table = h("table", h("thead", head), h("tbody", *rows))
    links = join(*_listed(outside(words(name), address) for name, address in RESOURCES))
    return join(
        h("p", words(in_a_row(Text("settings.version", version=VERSION), Text("settings.all_here")))),
        h("p", rich("settings.read_more", links=links)),
        h("details", h("summary", t("settings.parts_and_licences")), table, id="licences"),
    )


def _listed(links: Iterable[Html]) -> list[Child]:
    parts: list[Child] = []
    for link in links:
        parts += [" · ", link]
    return parts[1:]


def outside(name: str, address: str) -> Html:
    """A link that leaves the app, in a tab of its own."""
    return h("a", name, href=address, target="_blank", rel="noopener noreferrer")
