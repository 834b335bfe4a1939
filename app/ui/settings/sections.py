"""The sections of Settings as data: what stands in each, and what the search finds.

    SECTIONS["privacy"].name                    # in words "Privacy & offline"; its address is "#/settings/privacy"

A new setting is an `Entry` beside the part that draws it: the search reads nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from app.core.finding import Query, Rank, rank
from app.core.html import Html
from app.core.texts import Text, TextOrWords
from app.session import Session
from app.session.state import Section
from app.study.features import FEATURES
from app.ui.icons import Icon
from app.ui.parts.api import api_state, local_api
from app.ui.parts.cloud import cloud_section
from app.ui.parts.costs import costs_section
from app.ui.parts.data import data
from app.ui.parts.features import features_section
from app.ui.parts.offline import account, offline_state, places, stored, switches
from app.ui.parts.ollama import ollama_connection
from app.ui.parts.personas import personas_section
from app.ui.parts.routing import automatic_state, dry_run, smart_routing
from app.ui.parts.sources import catalogs_state, model_sources, tokens
from app.ui.settings.about import licences, resources, version, version_state
from app.ui.settings.chat import SAMPLING, reasoning_state, replies, sampling
from app.ui.settings.general import appearance, look
from app.ui.settings.models import connections_state, default_model, models_state
from app.ui.settings.storage import storage, storage_state
from app.ui.words import words


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting that the search finds. `id` is the element that gets the focus, `about` what else names it."""

    name: TextOrWords
    id: str
    about: TextOrWords = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is drawn and repainted by itself. `name` is said where it cannot be drawn; `reset` names the stored record
    that it shows, where it can start anew without it."""

    name: TextOrWords
    draw: Callable[[Session], Html]
    entries: tuple[Entry, ...] = ()
    reset: str = ""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: `state` says in two words how things are, `parts` are what stands in it by the ids of their
    elements. The section of the models has its lists below, which keep themselves up to date."""

    name: Text
    icon: Icon
    state: Callable[[Session], TextOrWords]
    parts: Mapping[str, Part] = field(default_factory=dict)


def _sampling(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(SAMPLING[name][0], f"set-{name}", SAMPLING[name][1]) for name in names)


SECTIONS: Mapping[Section, SectionRow] = {
    "general": SectionRow(
        Text("settings.general"),
        "sliders-horizontal",
        look,
        {
            "part-look": Part(
                Text("settings.general"),
                appearance,
                (
                    Entry(Text("settings.theme"), "set-theme", Text("settings.theme_finds")),
                    Entry(Text("language.language"), "set-language"),
                    Entry(Text("settings.text_size"), "set-text-size", Text("settings.text_size_finds")),
                    Entry(Text("settings.single_keys"), "set-single-keys", Text("settings.single_keys_about")),
                    Entry(Text("settings.awake"), "set-awake", Text("settings.awake_about")),
                ),
            ),
        },
    ),
    "privacy": SectionRow(
        Text("settings.privacy"),
        "shield",
        offline_state,
        {
            "part-account": Part(Text("settings.privacy"), account),
            "part-offline": Part(
                Text("offline.mode"),
                switches,
                (
                    Entry(Text("offline.mode"), "offline-mode", Text("offline.meaning")),
                    Entry(Text("offline.ollama_here"), "offline-loopback", Text("offline.ollama_about")),
                ),
            ),
            "part-places": Part(Text("offline.places"), places),
            "part-stored": Part(Text("settings.storage"), stored),
        },
    ),
    "chat": SectionRow(
        Text("settings.chat"),
        "message-square",
        reasoning_state,
        {
            "part-replies": Part(
                Text("settings.chat"),
                replies,
                (
                    Entry(Text("settings.instructions"), "set-system_prompt", Text("settings.instructions_help")),
                    Entry(Text("settings.reasoning"), "set-think", Text("settings.reasoning_help")),
                    *_sampling("temperature", "max_tokens"),
                ),
            ),
            "part-personas": Part(
                Text("personas.title"),
                personas_section,
                (Entry(Text("personas.title"), "personas", Text("personas.finds")),),
            ),
        },
    ),
    "automatic": SectionRow(
        Text("settings.automatic"),
        "route",
        automatic_state,
        {
            "part-default": Part(
                Text("settings.default_model"),
                default_model,
                (
                    Entry(Text("settings.default_model"), "default-model"),
                    Entry(Text("settings.set_up"), "setup-open"),
                ),
            ),
            "part-routing": Part(
                Text("routing_page.smart"),
                smart_routing,
                (
                    Entry(Text("routing_page.smart"), "smart-routing", Text("routing_page.about")),
                    Entry(Text("routing_page.how_much"), "routing-share"),
                    Entry(Text("routing_page.asks"), "asks-before-leaving", Text("routing_page.asks_about")),
                    Entry(Text("routing_page.quick"), "quick-stays", Text("routing_page.quick_about")),
                    Entry(Text("routing_page.abilities"), "routing-abilities", Text("routing_page.abilities_about")),
                    Entry(Text("routing_page.fallback"), "falls-back", Text("routing_page.fallback_about")),
                ),
            ),
            "part-features": Part(
                Text("settings.features"),
                features_section,
                tuple(Entry(one.name, f"feature-{one.id}", one.about) for one in FEATURES),
            ),
            "part-try": Part(Text("routing_page.try"), dry_run, (Entry(Text("routing_page.try"), "routing-try"),)),
        },
    ),
    "models": SectionRow(Text("settings.models"), "box", models_state),
    "connections": SectionRow(
        Text("settings.connections"),
        "plug",
        connections_state,
        {
            "part-ollama": Part(
                "Ollama",
                ollama_connection,
                (Entry(Text("ollama_page.address"), "ollama-address"),),
                "settings/ollama",
            ),
            "part-cloud": Part(
                Text("settings.clouds"),
                cloud_section,
                (Entry(Text("settings.clouds"), "part-cloud", Text("settings.clouds_finds")),),
                "settings/cloud",
            ),
        },
    ),
    "usage": SectionRow(
        Text("settings.usage"),
        "wallet",
        lambda session: Text("settings.usage_state"),
        {
            "part-costs": Part(
                Text("settings.usage"),
                costs_section,
                (Entry(Text("costs_page.budget"), "part-costs"), Entry(Text("costs_page.savings"), "part-costs")),
                "settings/costs",
            )
        },
    ),
    "data": SectionRow(
        Text("settings.data"),
        "database",
        storage_state,
        {
            "part-storage": Part(Text("settings.storage"), storage, (Entry(Text("settings.storage"), "storage"),)),
            "part-data": Part(
                Text("settings.data"),
                data,
                (
                    Entry(Text("data.export"), "export-what"),
                    Entry(Text("data.backup"), "backup-save", Text("data.backup_about")),
                    Entry(Text("data.encrypt"), "backup-seal", Text("data.encrypt_about")),
                    Entry(Text("data.import"), "import-pick", Text("data.import_about")),
                    Entry(Text("data.damaged"), "data-look", Text("data.look_about")),
                    Entry(Text("data.erase"), "erase-all", Text("data.erase_all")),
                ),
            ),
        },
    ),
    "classroom": SectionRow(
        Text("settings.classroom"),
        "graduation-cap",
        catalogs_state,
        {
            "part-sources": Part(
                Text("settings.sources"),
                model_sources,
                (
                    Entry(Text("sources.catalog_address"), "catalog-address", Text("sources.what_it_is")),
                    Entry(Text("sources.add_from_file"), "catalog-pick"),
                ),
                "settings/sources",
            ),
        },
    ),
    "advanced": SectionRow(
        Text("settings.advanced"),
        "zap",
        api_state,
        {
            "part-api": Part(
                Text("settings.local_api"),
                local_api,
                (Entry(Text("settings.local_api"), "set-api", Text("settings.local_api_asks")),),
            ),
            "part-sampling": Part(Text("settings.sampling"), sampling, _sampling("top_k", "top_p", "seed")),
            "part-tokens": Part(
                Text("sources.tokens"), tokens, (Entry(Text("sources.tokens"), "tokens", Text("sources.tokens_about")),)
            ),
        },
    ),
    "about": SectionRow(
        Text("settings.about"),
        "info",
        version_state,
        {
            "part-version": Part(Text("settings.about"), version),
            "part-resources": Part(Text("settings.read_more"), resources),
            "part-licences": Part(
                Text("settings.parts_and_licences"),
                licences,
                (Entry(Text("settings.parts_and_licences"), "licences"),),
            ),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A setting that a search can find, and its section."""

    section: Section
    entry: Entry


def address(found: Found) -> str:
    """Where it is shown and gets the focus."""
    return "/".join(["#/settings", found.section, *([found.entry.id] if found.entry.id else [])])


def all_entries() -> Iterator[Found]:
    """Each section, and the settings in it."""
    for id, row in SECTIONS.items():
        yield Found(id, Entry(row.name, ""))
        for part in row.parts.values():
            yield from (Found(id, entry) for entry in part.entries)


def found(wanted: str) -> list[Found]:
    """The settings that hold every one of these words in their name, description or section; those that are named so
    come first. A section is found by its own name."""
    query, hits = Query.of(wanted), list[tuple[Rank, Found]]()
    for one in all_entries():
        about = f"{words(one.entry.about)} {words(SECTIONS[one.section].name)}"
        fits = rank(query, words(one.entry.name), about)
        if fits is not None:
            hits.append((fits, one))
    return [hit for _, hit in sorted(hits, key=lambda hit: hit[0])]
