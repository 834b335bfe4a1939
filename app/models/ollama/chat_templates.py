"""Chat templates as Ollama wants them (Go's text/template), to choose from where a GGUF file brings none.

    found = guess(facts.chat_template, facts.architecture, facts.title)      # CHAT_TEMPLATES["llama3"], or None
    found.template, found.stop

A GGUF file carries its template as Jinja; Ollama recognises the well-known ones by itself and writes its own in their
place, but not every one, and a file without any only continues text. Each template here writes one exchange: Ollama
runs it for each question and answer of a chat, and stops at `.Response` of the last one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.texts import Text, TextOrWords


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """How a family of models wants its turns. `stop` are the words at which a reply has ended; `marks` are what gives
    the family away in a Jinja template, `families` in the name of an architecture or a model."""

    id: str
    title: TextOrWords
    template: str
    stop: tuple[str, ...]
    marks: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


_CHATML = """{{ if .System }}<|im_start|>system
{{ .System }}<|im_end|>
{{ end }}{{ if .Prompt }}<|im_start|>user
{{ .Prompt }}<|im_end|>
{{ end }}<|im_start|>assistant
{{ .Response }}<|im_end|>
"""
_LLAMA3 = (
    "{{ if .System }}<|start_header_id|>system<|end_header_id|>\n\n{{ .System }}<|eot_id|>{{ end }}"
    "{{ if .Prompt }}<|start_header_id|>user<|end_header_id|>\n\n{{ .Prompt }}<|eot_id|>{{ end }}"
    "<|start_header_id|>assistant<|end_header_id|>\n\n{{ .Response }}<|eot_id|>"
)
_LLAMA2 = (
    "[INST] {{ if .System }}<<SYS>>\n{{ .System }}\n<</SYS>>\n\n{{ end }}{{ .Prompt }} [/INST] {{ .Response }}</s><s>"
)
_GEMMA = """<start_of_turn>user
{{ if .System }}{{ .System }}

{{ end }}{{ .Prompt }}<end_of_turn>
<start_of_turn>model
{{ .Response }}<end_of_turn>
"""
_MISTRAL = "[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{ .Prompt }} [/INST] {{ .Response }}</s>"
_PHI3 = """{{ if .System }}<|system|>
{{ .System }}<|end|>
{{ end }}{{ if .Prompt }}<|user|>
{{ .Prompt }}<|end|>
{{ end }}<|assistant|>
{{ .Response }}<|end|>
"""
_ZEPHYR = """{{ if .System }}<|system|>
{{ .System }}</s>
{{ end }}{{ if .Prompt }}<|user|>
{{ .Prompt }}</s>
{{ end }}<|assistant|>
{{ .Response }}</s>
"""
_GRANITE = (
    "{{ if .System }}<|start_of_role|>system<|end_of_role|>{{ .System }}<|end_of_text|>\n{{ end }}"
    "{{ if .Prompt }}<|start_of_role|>user<|end_of_role|>{{ .Prompt }}<|end_of_text|>\n{{ end }}"
    "<|start_of_role|>assistant<|end_of_role|>{{ .Response }}<|end_of_text|>\n"
)
_ALPACA = """{{ if .System }}{{ .System }}

{{ end }}{{ if .Prompt }}### Instruction:
{{ .Prompt }}

{{ end }}### Response:
{{ .Response }}

"""
_VICUNA = """{{ if .System }}{{ .System }}

{{ end }}{{ if .Prompt }}USER: {{ .Prompt }}
{{ end }}ASSISTANT: {{ .Response }}</s>
"""

# In the order in which they are tried: what is told apart by more comes first.
_ALL = (
    ChatTemplate(
        "chatml",
        Text("ollama_server.chatml"),
        _CHATML,
        ("<|im_start|>", "<|im_end|>"),
        ("<|im_start|>", "<|im_end|>"),
        ("qwen", "smollm", "hermes", "yi-", "chatml"),
    ),
    ChatTemplate(
        "llama3",
        "Llama 3",
        _LLAMA3,
        ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
        ("<|start_header_id|>", "<|eot_id|>"),
        ("llama-3", "llama3", "llama 3"),
    ),
    ChatTemplate(
        "gemma",
        "Gemma",
        _GEMMA,
        ("<start_of_turn>", "<end_of_turn>"),
        ("<start_of_turn>", "<end_of_turn>"),
        ("gemma",),
    ),
    ChatTemplate(
        "granite",
        Text("ollama_server.granite"),
        _GRANITE,
        ("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"),
        ("<|start_of_role|>", "<|end_of_role|>"),
        ("granite",),
    ),
    ChatTemplate(
        "phi3",
        Text("ollama_server.phi3"),
        _PHI3,
        ("<|system|>", "<|user|>", "<|assistant|>", "<|end|>"),
        ("<|assistant|>", "<|end|>"),
        ("phi3", "phi-3", "phi-4-mini"),
    ),
    ChatTemplate(
        "zephyr",
        "Zephyr, TinyLlama, StableLM",
        _ZEPHYR,
        ("<|system|>", "<|user|>", "<|assistant|>", "</s>"),
        ("<|assistant|>", "eos_token"),
        ("zephyr", "tinyllama", "stablelm"),
    ),
    ChatTemplate(
        "llama2",
        "Llama 2, Code Llama",
        _LLAMA2,
        ("[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"),
        ("[INST]", "<<SYS>>"),
        ("llama-2", "llama2", "codellama"),
    ),
    ChatTemplate(
        "mistral",
        "Mistral",
        _MISTRAL,
        ("[INST]", "[/INST]"),
        ("[INST]", "[/INST]"),
        ("mistral", "mixtral"),
    ),
    ChatTemplate(
        "alpaca",
        "Alpaca",
        _ALPACA,
        ("### Instruction:", "### Response:"),
        ("### Instruction:", "### Response:"),
        ("alpaca", "deepseek-coder"),
    ),
    ChatTemplate("vicuna", "Vicuna", _VICUNA, ("USER:", "ASSISTANT:"), ("USER:", "ASSISTANT:"), ("vicuna",)),
)
CHAT_TEMPLATES: Mapping[str, ChatTemplate] = {one.id: one for one in _ALL}


def guess(jinja: str, *names: str) -> ChatTemplate | None:
    """The template that a file wants: told by its own Jinja template where it has one, else by the names of its
    architecture and model. None where nothing fits: a wrong template is worse than none."""
    if jinja:
        return next((one for one in _ALL if all(mark in jinja for mark in one.marks)), None)
    text = " ".join(names).lower()
    return next((one for one in _ALL if any(family in text for family in one.families)), None)
