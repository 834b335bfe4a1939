"""An export of another program that was picked: how far it is read, what was found, and the button that brings it in.

importing(archive.importing())              # below the button that picks files, in Settings, Data
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.html import Html, h, join
from app.core.text import shorten
from app.core.texts import Day, Percent, Text
from app.session.archive import Importing
from app.study.archive.merging import Tally
from app.study.imports.conversation import Left
from app.study.imports.reading import Found
from app.study.imports.records import PROGRAMS
from app.ui.words import t, words

#: how much of what stays out, in the order in which it is told
LEFT: Mapping[Left, Callable[[int], Text]] = {
    "pictures": lambda count: Text("imports.left_pictures", count=count),
    "missing": lambda count: Text("imports.left_missing", count=count),
    "files": lambda count: Text("imports.left_files", count=count),
    "audio": lambda count: Text("imports.left_audio", count=count),
    "hidden": lambda count: Text("imports.left_hidden", count=count),
    "tools": lambda count: Text("imports.left_tools", count=count),
    "unknown": lambda count: Text("imports.left_unknown", count=count),
    "cut": lambda count: Text("imports.left_cut", count=count),
    "empty": lambda count: Text("imports.left_empty", count=count),
    "unreadable": lambda count: Text("imports.left_unreadable", count=count),
}


def importing(work: Importing) -> Html:
    """What is shown of it."""
    if work.phase != "ready" or work.found is None or work.chats is None:
        return _under_way(work)
    return _ready(work.found, work.chats)


def _under_way(work: Importing) -> Html:
    names = shorten(", ".join(work.names), 80)
    told = t("imports.reading", files=names) if work.phase == "reading" else t("imports.writing")
    percent = Percent(round(work.share * 100))
    meter = h("progress", value=f"{work.share:.2f}", max="1", aria_label=told, aria_valuetext=words(percent))
    stop = h("button", t("imports.stop"), type="button", data_on="click:imports:stop", id="imports-stop")
    return h(
        "div",
        h("p", told, role="status"),
        meter,
        h("div", stop, class_="actions"),
        class_="setting-form",
        id="importing",
    )


def _ready(found: Found, chats: Tally) -> Html:
    """What was found, and what of it comes in."""
    has_new = bool(chats.new or chats.changed)
    names = tuple(PROGRAMS[program][0] for program in found.programs)
    run = h("button", t("imports.run"), type="button", data_on="click:imports:bring", id="imports-run")
    close = h(
        "button",
        t("imports.cancel" if has_new else "imports.close"),
        type="button",
        class_="quiet",
        data_on="click:imports:stop",
        id="imports-close",
    )
    return h(
        "section",
        h("h4", t("imports.from", programs=names), id="imports-title"),
        h("ul", *_facts(found, chats), id="imports-facts"),
        h("p", t("imports.ends_early"), class_="problem", role="alert") if found.is_cut else None,
        _left_out(found),
        h("p", t("imports.folded"), class_="note"),
        h("div", run if has_new else None, close, class_="actions"),
        class_="setting-form",
        id="importing",
        aria_labelledby="imports-title",
    )


def _facts(found: Found, chats: Tally) -> list[Html]:
    size = Text(
        "imports.size",
        chats=Text("study.chats", count=found.chats),
        messages=Text("study.messages", count=found.messages),
    )
    lines = [size]
    if found.first:
        first, last = Day(found.first), Day(found.last)
        is_one = words(first) == words(last)
        lines.append(Text("imports.day", day=first) if is_one else Text("imports.span", first=first, last=last))
    if found.pictures:
        lines.append(Text("imports.pictures", count=found.pictures))
    if not (chats.new or chats.changed):
        lines.append(Text("archive.nothing_new"))
    elif chats.changed or chats.same:
        lines.append(Text("imports.of_these", new=chats.new, grown=chats.changed, same=chats.same))
    return [h("li", words(line)) for line in lines]


def _left_out(found: Found) -> Html | None:
    """What stays out, and why."""
    lines = [told(found.left[kind]) for kind, told in LEFT.items() if found.left[kind]]
    if found.has_others:
        lines.append(Text("imports.left_others"))
    if not lines:
        return None
    return join(
        h("h5", t("imports.left_out"), id="imports-left-title"),
        h("ul", *(h("li", words(line)) for line in lines), aria_labelledby="imports-left-title"),
    )
