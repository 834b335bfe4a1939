"""The services, as data: where each is, which of three dialects it speaks, how it wants its key.

    service = SERVICES["mistral"]
    service.headers("sk-…")                         # {"Authorization": "Bearer sk-…"}
    own_service("http://localhost:8080/v1")         # llama.cpp, vLLM, LM Studio …
    own_service("https://proxy.example.org", "anthropic")

`tuning` says which of our sampling settings a service takes and how it calls them. Whether a page may ask a service at
all (CORS) could not be tried without a key; what is known of it is in `note`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

from app.core.places import ModelRef, Place, is_own_service, is_service_here, own_service_id, sent_to
from app.core.texts import Text
from app.net.addresses import BadAddress, distance, read_address, spelled

Dialect = Literal["openai", "anthropic", "gemini"]
MAYBE_BLOCKED = Text("cloud.maybe_blocked")
OWN_CURE = Text("cloud.own_cure")
PASSES_ON = Text("cloud.passes_on")
#: by dialect: what people copy along with an address, and the path where they give none
ENDINGS: Mapping[Dialect, tuple[str, str]] = {
    "openai": (r"/(?:chat/completions|completions|models|embeddings|responses|messages|chat)", "/v1"),
    "anthropic": (r"/(?:messages(?:/count_tokens)?|chat/completions|models|v1)", ""),
    "gemini": (r"/models(?:/[^/]*)?", "/v1beta"),
}
OLLAMAS = re.compile(r"/api/(?:chat|generate|tags|ps|show|version|embed)$")  # its own language, beside /v1
SECRETS = re.compile(r"(?:key|token|secret|password|sig|signature)=", re.IGNORECASE)
FEW = (("temperature", "temperature"), ("top_p", "top_p"))
CHAT = (*FEW, ("seed", "seed"), ("max_tokens", "max_tokens"))


@dataclass(frozen=True, slots=True)
class Service:
    """`company` is who gets the words, "" where the service's name says it. `tuning` is (our name, their name).

    `sees` is a pattern of the models that take pictures where the list does not tell, `no_chat` one of those that do
    not chat. `reads_tokens` is the context length where the list is silent, 0 where that is not known either. `check`
    is a path that a wrong key is refused at, where the list of models is there for everybody. `thinks` is a pattern of
    the models that think first unless their `reasoning_effort` is "none", `holds` one of those that can be given a JSON
    schema, where the list does not tell: as the services' own pages on structured outputs say (read on 29 November
    2026; Groq's do not stream by one, so none is named)."""

    id: str
    name: str
    base_url: str
    dialect: Dialect = "openai"
    key_header: str = "Authorization"
    key_prefix: str = "Bearer "
    more_headers: Mapping[str, str] = field(default_factory=dict)
    company: str = ""
    place: Place = Place.CLOUD
    note: Text | None = None
    key_url: str = ""
    needs_key: bool = True
    tuning: tuple[tuple[str, str], ...] = CHAT
    max_temperature: float = 2.0
    asks_usage: bool = True
    sees: str = ""
    no_chat: str = ""
    reads_tokens: int = 0
    check: str = ""
    thinks: str = ""
    holds: str = ""

    def headers(self, key: str) -> dict[str, str]:
        """What a request carries beside its body. Nothing else: other headers fail some services' preflight."""
        own = {self.key_header: f"{self.key_prefix}{key}"} if key else {}
        return {**own, **self.more_headers}

    @property
    def is_own(self) -> bool:
        """Whether it is a server of the person's own."""
        return is_own_service(self.id)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer: it is no cloud, and costs nothing."""
        return is_service_here(self.id)

    @property
    def where(self) -> Text:
        """Where the words go."""
        if self.is_here:
            return Text("cloud.stays_here")
        return sent_to(self.company or self.name)

    def model_id(self, name: str) -> str:
        """How this app calls the service's model."""
        return str(ModelRef("cloud", name, self.id))


_ALL = (
    Service(
        "openai",
        "OpenAI",
        "https://api.openai.com/v1",
        key_url="https://platform.openai.com/api-keys",
        tuning=(*FEW, ("seed", "seed"), ("max_tokens", "max_completion_tokens")),
        sees=r"gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-[5-9]|o[134]\b|chatgpt",
        no_chat=r"instruct|-pro\b|codex|deep-research|computer-use|search|babbage|davinci",
        thinks=r"^(?:o\d|gpt-[5-9])",
        holds=r"gpt-4o|gpt-4\.1|gpt-[5-9]|o[134]\b",
    ),
    Service(
        "anthropic",
        "Anthropic",
        "https://api.anthropic.com",
        dialect="anthropic",
        key_header="x-api-key",
        key_prefix="",
        more_headers={"anthropic-version": "2023-06-01", "anthropic-dangerous-direct-browser-access": "true"},
        note=Text("cloud.organisations_note"),
        key_url="https://platform.claude.com/settings/keys",
        tuning=(("temperature", "temperature"), ("max_tokens", "max_tokens")),  # newer models refuse top_p beside it
        max_temperature=1.0,
        sees=".",
        reads_tokens=200_000,
        holds=".",  # as the arguments of a tool
    ),
    Service(
        "gemini",
        "Google Gemini",
        "https://generativelanguage.googleapis.com/v1beta",
        dialect="gemini",
        key_header="x-goog-api-key",
        key_prefix="",
        company="Google",
        key_url="https://aistudio.google.com/apikey",
        tuning=(
            ("temperature", "temperature"),
            ("top_p", "topP"),
            ("top_k", "topK"),
            ("seed", "seed"),
            ("max_tokens", "maxOutputTokens"),
        ),
        sees="gemini",
        holds="gemini",
    ),
    Service(
        "openrouter",
        "OpenRouter",
        "https://openrouter.ai/api/v1",
        note=Text("cloud.openrouter_note"),
        key_url="https://openrouter.ai/settings/keys",
        tuning=(*CHAT, ("top_k", "top_k")),
        check="/key",
    ),
    Service(
        "mistral",
        "Mistral",
        "https://api.mistral.ai/v1",
        key_url="https://console.mistral.ai/api-keys",
        tuning=(*FEW, ("seed", "random_seed"), ("max_tokens", "max_tokens")),
        max_temperature=1.5,
        asks_usage=False,  # it tells without being asked, and refuses fields that it does not know
        holds=".",
    ),
    Service(
        "groq",
        "Groq",
        "https://api.groq.com/openai/v1",
        note=MAYBE_BLOCKED,
        key_url="https://console.groq.com/keys",
        thinks=r"qwen3|gpt-oss",
    ),
    Service(
        "xai",
        "xAI",
        "https://api.x.ai/v1",
        note=MAYBE_BLOCKED,
        key_url="https://console.x.ai",
        sees=r"vision|grok-[4-9]",
        holds=r"grok-(?:2-(?:vision-)?1212|beta|[3-9])",
    ),
)
SERVICES: Mapping[str, Service] = {service.id: service for service in _ALL}
#: what a server of one's own is like, by its dialect
_LIKE: Mapping[Dialect, Service] = {
    "openai": Service("", "", "", tuning=(*CHAT, ("top_k", "top_k")), holds="."),
    "anthropic": SERVICES["anthropic"],
    "gemini": SERVICES["gemini"],
}


@dataclass(frozen=True, slots=True)
class Own:
    """A server of the person's own, as it is stored: the address as `own_address` gives it. `stays` is the person's
    word that it runs its models itself; only a server on this computer can."""

    address: str
    dialect: Dialect = "openai"
    stays: bool = False

    @property
    def service(self) -> Service:
        """The service that it is. Raises BadAddress."""
        return own_service(self.address, self.dialect, stays=self.stays)


def own_service(address: str, dialect: Dialect = "openai", *, stays: bool = False) -> Service:
    """A server of the person's own, with or without a key. Its id is made of its address and its dialect, so that a key
    that is kept under it goes nowhere else. A server on this computer may be a proxy: unless the person says that it
    `stays`, its words count as sent away. Raises BadAddress."""
    url = own_address(address, dialect)
    parts = urlsplit(url)
    is_loopback = distance(url) == "loopback"
    is_here = stays and is_loopback
    name = re.sub(r"[^a-z0-9.]+", "-", f"{parts.netloc}{parts.path}-{dialect}".lower()).strip("-")
    like = _LIKE[dialect]
    return replace(
        like,
        id=own_service_id(name, is_here=is_here),
        name=parts.netloc,
        base_url=url,
        company=parts.netloc if is_loopback else parts.hostname or "",
        place=_own_place(url, is_here=is_here),
        note=PASSES_ON if is_loopback else Text("cloud.owner_reads"),
        key_url="",
        needs_key=False,
        reads_tokens=0,
    )


def _own_place(url: str, *, is_here: bool) -> Place:
    """Where a server of the person's own is. One on this computer that may be a proxy counts as a cloud."""
    if is_here:
        return Place.COMPUTER
    return Place.NETWORK if distance(url) == "local" else Place.CLOUD


def own_address(text: str, dialect: Dialect = "openai") -> str:
    """The base address as a person means it: the dialect's usual path where none is given, no slash at its end. Raises
    BadAddress.

    A key is never sent in the open over the internet: http is for this computer and the local network only."""
    text, _, query = spelled(text).partition("?")
    if SECRETS.search(query):
        raise BadAddress(Text("cloud.key_in_address"), Text("cloud.key_in_address_cure"))
    text = text.partition("#")[0]
    try:
        if "://" not in text:
            text = f"http{'s' if distance(read_address(f'http://{text}')) == 'public' else ''}://{text}"
        server = read_address(text)
        path = re.sub("/+", "/", urlsplit(text).path).rstrip("/")
    except BadAddress as error:
        raise BadAddress(cure=OWN_CURE, detail=error.detail) from error
    if server.startswith("http:") and distance(server) == "public":
        raise BadAddress(Text("cloud.unencrypted"), Text("cloud.unencrypted_cure"))
    endings, usual = ENDINGS[dialect]
    path, before = OLLAMAS.sub("", path), None
    while path != before:
        before, path = path, re.sub(f"{endings}/*$", "", path, flags=re.IGNORECASE)
    parts = urlsplit(server)
    return f"{parts.scheme}://{parts.netloc}{path or usual}"
