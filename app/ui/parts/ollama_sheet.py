"""Everything about one of Ollama's models, in the sheet over the page.

ollama_sheet(session, "ollama:llama3.2:1b")       # None where it is gone
copied("ollama pull llama3.2:1b")                 # a line for a terminal
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Child, Html, h, join
from app.core.places import Place
from app.core.texts import Size, Text, Tokens
from app.models.ollama.answers import Details
from app.models.ollama.library import pull_command
from app.models.ollama.server import OllamaRow
from app.session import Session
from app.ui.icons import icon
from app.ui.parts.badge import badge
from app.ui.parts.ollama_model import Beside, all_beside, badges, gives_up, in_memory, main_button
from app.ui.parts.sheet import fact, facts, sheet
from app.ui.words import t, words

CONTEXTS = (2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072, 262_144)  # tokens, to choose from
#: what Ollama says a model can do, in people's words
ABILITIES: Mapping[str, Text] = {
    "completion": Text("ollama_model.chats"),
    "vision": Text("ollama_model.sees"),
    "tools": Text("ollama_model.calls_tools"),
    "thinking": Text("ollama_model.thinks"),
    "embedding": Text("ollama_model.embeds"),
    "insert": Text("ollama_model.inserts"),
    "audio": Text("ollama_model.hears"),
}


def copied(line: str) -> Html:
    """A line for a terminal, and the button that copies it."""
    more = {"class_": "quiet", "data_on": "click:app:copy", "data_arg": line}
    button = h("button", icon("copy"), h("span", t("ollama_model.copy")), type="button", **more)
    return h("div", h("code", line), button, class_="line")


def ollama_sheet(session: Session, model_id: str) -> Html | None:
    """The sheet of a model that the server has or could have."""
    shown = session.state.ollama()
    states = all_beside(session, shown) if shown else []
    state = next((state for state in states if state[0].id == model_id), None)
    return model_sheet(*state) if state else None


def model_sheet(row: OllamaRow, beside: Beside) -> Html:
    """What it is, what it needs, what it can do, its context, its names, its command."""
    installed = row.installed
    main = main_button(row, beside, prefix="sheet-")
    return sheet(
        row.name,
        h("p", row.listed.best_for) if row.listed and row.listed.best_for else None,
        h("p", row.listed.note) if row.listed and row.listed.note else None,
        h("p", *(badge(one) for one in badges(row, beside)), class_="badges"),
        _facts(row, beside),
        context_choice(row) if installed and not installed.remote_host and row.can_chat else None,
        h("h3", t("ollama_model.command")),
        copied(pull_command(row.name)),
        told(row) if installed else None,
        names(row) if installed else None,
        h("div", *_less_often(row), class_="actions"),
        foot=main,
    )


def _facts(row: OllamaRow, beside: Beside) -> Html:
    installed, listed = row.installed, row.listed
    dimensions = (listed.dimensions if listed else 0) or (installed.embedding_length if installed else 0)
    build = " · ".join(part for part in (installed.parameter_size, installed.quantization) if part) if installed else ""
    memory = [words(beside.memory_of(row).words), *([in_memory(row.running)] if row.running else [])]
    context = reads(row)
    return facts(
        fact(t("ollama_model.size"), _size(row)) if row.size_bytes else None,
        fact(t("ollama_model.memory"), *(h("span", one, class_="line-of") for one in memory)),
        fact(t("ollama_model.context"), context) if context and not row.can_embed else None,
        fact(t("ollama_model.embeddings"), t("ollama_model.dimensions", count=dimensions))
        if row.can_embed and dimensions
        else None,
        fact(t("ollama_model.abilities"), abilities(row)) if row.capabilities else None,
        fact(t("ollama_model.build"), build) if build else None,
        fact("Ollama", words(row.where)) if row.place is not Place.COMPUTER else None,
    )


def _size(row: OllamaRow) -> str:
    return t("ollama_model.size_there" if row.installed else "ollama_model.size_to_download", size=Size(row.size_bytes))


def abilities(row: OllamaRow) -> str:
    """What it can do; what this app has no word for as Ollama says it."""
    return ", ".join(words(ABILITIES[one]) if one in ABILITIES else one for one in row.capabilities)


def reads(row: OllamaRow) -> str:
    """How much of a conversation the model takes in: what the server will really read where that is known."""
    most = Tokens(row.context_length)
    if not row.reads:
        return t("ollama_model.context_up_to", tokens=most) if most else ""
    if most > row.reads:
        return t("ollama_model.reads_of", reads=row.reads, tokens=most)
    return t("ollama_model.reads", tokens=Tokens(row.reads))


def context_choice(row: OllamaRow) -> Html:
    """How many tokens the model reads at a time (`num_ctx`), and what that takes of memory."""
    most = row.context_length or CONTEXTS[-1]
    lengths = sorted({tokens for tokens in (*CONTEXTS, row.context_length, row.num_ctx) if 0 < tokens <= most})
    options = [h("option", t("ollama_model.as_ollama_decides"), value="0", selected=not row.num_ctx)]
    for tokens in lengths:
        label = t("ollama_model.length", tokens=Tokens(tokens), size=Size(row.ram_bytes_at(tokens)))
        options.append(h("option", label, value=str(tokens), selected=tokens == row.num_ctx))
    field = f"context-{row.id}"
    select = h("select", *options, id=field, data_on="change:ollama:context", data_arg=row.name)
    about = h("small", t("ollama_model.context_about"))
    return h("div", h("label", t("ollama_model.context_length"), for_=field), select, about, class_="sheet-field")


def _less_often(row: OllamaRow) -> list[Html]:
    """Freeing its memory, and giving it up."""
    found = list[Html]()
    if row.running:
        tip, more = t("ollama_model.unload_tip"), {"data_on": "click:ollama:unload", "data_arg": row.name}
        found.append(
            h("button", t("ollama_model.unload"), type="button", title=tip, id=f"sheet-unload-{row.id}", **more)
        )
    if (last := gives_up(row)) is not None:
        label, action, ask = last
        more = {"class_": "danger", "data_on": f"click:{action}", "data_arg": row.name, "id": f"sheet-end-{row.id}"}
        found.append(h("button", label, type="button", data_ask=ask or None, **more))
    return found


def names(row: OllamaRow) -> Html:
    """A further name, or another one."""
    copy = t("ollama_model.copy_as"), t("ollama_model.copy"), t("ollama_model.copy_tip")
    rename = t("ollama_model.rename_to"), t("ollama_model.rename"), t("ollama_model.rename_tip")
    forms = name_form(row, "ollama:copy", *copy), name_form(row, "ollama:rename", *rename)
    return h("details", h("summary", t("ollama_model.names")), *forms, id=f"names-{row.id}")


def name_form(row: OllamaRow, action: str, label: str, name: str, tip: str) -> Html:
    """One new name: its label, and what the button is called."""
    verb = action.partition(":")[2]
    field = f"{verb}-name-{row.id}"
    return h(
        "form",
        h("label", label, for_=field),
        h(
            "div",
            h("input", name="name", id=field, required=True, autocomplete="off", spellcheck="false"),
            h("button", name, type="submit", class_="secondary", aria_label=tip),
            class_="row",
        ),
        data_on=f"submit:{action}",
        data_arg=row.name,
        id=f"{verb}-form-{row.id}",
    )


def told(row: OllamaRow) -> Html:
    """All that Ollama says of it, once it was asked."""
    if row.details is None:
        more = {"class_": "secondary", "data_on": "click:ollama:show", "data_arg": row.name}
        return h("div", h("button", t("ollama_model.show"), type="button", **more), class_="actions")
    return join(h("h3", t("ollama_model.show")), details_of(row.details))


def details_of(details: Details) -> Html:
    """/api/show in short."""
    pairs: list[tuple[str, Child]] = [
        (t("ollama_model.family"), details.family),
        (t("ollama_model.system_prompt"), details.system),
        (t("ollama_model.parameters"), h("pre", details.parameters) if details.parameters else ""),
        (
            t("ollama_model.template"),
            h("pre", details.template) if details.has_template else t("ollama_model.no_template"),
        ),
        (t("ollama_model.licence"), details.license.strip().split("\n", 1)[0]),
    ]
    return facts(*(fact(name, value) for name, value in pairs if value))
