"""Settings, About: version, licences, where to read more."""

from __future__ import annotations

from app import VERSION
from app.core.html import Html, h, join
from app.core.texts import Text, TextOrWords
from app.session import Session
from app.ui.parts.controls import outside
from app.ui.parts.setting import card, heading, line
from app.ui.words import t, words

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
    ("all-MiniLM-L6-v2 Q8_0", "Apache-2.0", "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2"),
)

# where the techniques behind the models are described
RESOURCES: tuple[tuple[TextOrWords, str], ...] = (
    ("MediaPipe LLM Inference", "https://ai.google.dev/edge/mediapipe/solutions/genai/llm_inference/web_js"),
    ("LiteRT-LM", "https://ai.google.dev/edge/litert-lm"),
    (Text("settings.ollama_api"), "https://docs.ollama.com/api"),
    (Text("settings.webgpu"), "https://github.com/gpuweb/gpuweb/wiki/Implementation-Status"),
)


def version(session: Session) -> Html:
    """What this is, and what it does not do."""
    del session  # it is the same for everybody
    return card(line("about-version", t("settings.version", version=VERSION), about=t("settings.all_here")))


def resources(session: Session) -> Html:
    """Where to read more."""
    del session
    links = (h("li", outside(words(name), address)) for name, address in RESOURCES)
    return join(heading(t("settings.read_more")), h("ul", *links, class_="setting-card links", id="resources"))


def licences(session: Session) -> Html:
    """What this is made of."""
    del session
    rows = (h("tr", h("td", outside(name, address)), h("td", licence)) for name, licence, address in PARTS)
    head = h("tr", h("th", t("settings.part"), scope="col"), h("th", t("settings.licence"), scope="col"))
    table = h("table", h("thead", head), h("tbody", *rows))
    return join(
        heading(t("settings.parts_and_licences")),
        h("div", table, class_="setting-card", id="licences", tabindex="-1"),
    )


def version_state(session: Session) -> Text:
    """The section in two words, for the index."""
    del session
    return Text("settings.version_short", version=VERSION)
