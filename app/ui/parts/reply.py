"""One question or answer of a chat: its words, what stands under it, and what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.html import Html, h
from app.core.texts import Text
from app.session import Session
from app.study.chats import Problem, Turn
from app.study.cited import Sources
from app.ui.icons import Icon
from app.ui.parts.controls import icon_button, search_field
from app.ui.parts.figures import cost_of, figures, line
from app.ui.parts.fold import fold
from app.ui.parts.menu import Item, menu
from app.ui.parts.thinking import folded
from app.ui.words import t, words

PAGE_NAMES: Mapping[str, Text] = {"models": Text("shell.models"), "settings": Text("shell.settings")}
STOPPED = {
    "stopped": Text("chat.stopped"),
    "length": Text("chat.reached_length"),
    "padding": Text("chat.padding"),
    "repeating": Text("chat.repeating"),
    "closed": Text("chat.closed"),
}
EARLY = {"stopped": Text("chat.stopped_early"), "closed": Text("chat.closed_early")}
#: what a run might check: a sum, a unit, code (app.study.checking says whether it can, but takes its time)
MAY_CLAIM = re.compile(
    r"\d[^\n]{0,200}?(?:[=≈]|\\approx|\b(?:is|are|equals|gives|makes|ist|sind|ergibt|ergeben|macht)\b[^\w\n]{0,12}"
    r"(?:(?:equal to|gleich|approximately|roughly|about|around|etwa|rund|ungefähr|circa)\b[^\w\n]{0,12})?[\d\\(-])"
    r"|^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:python3?|py)\b",
    re.MULTILINE | re.IGNORECASE,
)
CUT = ("stopped", "length", "error", "closed")


def turn_article(
    turn: Turn, prose: Html, foot: Html | None, *, edited: Html | None = None, note: Html | None = None
) -> Html:
    """One question or answer, with its `foot`; a reply that streams has none, but a `note` about what is happening.
    `edited` is what is attached to a question that is being edited, None where none is."""
    is_user, is_live, is_editing = turn.role == "user", foot is None, edited is not None
    body = edit_form(turn, edited) if edited is not None else prose
    return h(
        "article",
        None if is_user else folded(turn.id, turn.thinking, turn.timing.thinking_seconds),
        _attached(turn) if is_user and not is_editing else None,
        h("p", words(turn.ran.told), class_="ran") if turn.ran and not is_editing else None,
        body,
        None if is_user else hints_of(turn.id, turn.sources),
        fold(turn) if is_user and not is_editing else None,
        None if is_user else notes(turn, is_live, note),
        None if is_editing else foot,
        class_="turn",
        id=f"t-{turn.id}",
        data_role=turn.role,
        aria_label=t("chat.you" if is_user else "chat.assistant"),
        aria_busy="true" if is_live else None,
        data_explain=None if is_user or is_live else f"turn/{turn.id}",
    )


def hints_of(turn_id: str, sources: Sources | None) -> Html | None:
    """What the citations of a reply show, imported with the first of them."""
    if sources is None:
        return None
    from app.ui.parts.cited import hints

    return hints(turn_id, sources)


def _attached(turn: Turn) -> Html | None:
    """What is attached to a question, imported with the first of it."""
    if not turn.attachments:
        return None
    from app.ui.parts.attached import attached_to

    return attached_to(turn)


def notes(turn: Turn, is_live: bool, note: Html | None = None) -> Html:
    """What the person should know about this reply: dropped turns, a stop, an error with its cure."""
    lines = [h("p", text, class_="note") for text in turn.notices]
    again = h("button", t("chat.try_again"), type="button", data_on="click:chat:regenerate", data_arg=turn.id)
    is_all_thinking = bool(turn.thinking and not turn.text.strip() and turn.stop_reason in ("end", "length"))
    if is_all_thinking and not is_live:  # a notice has said so
        settings = h("a", t("chat.settings"), href="#/settings/chat", role="button", class_="quiet")
        lines.append(h("div", again, settings, class_="actions"))
    elif not is_live and turn.stop_reason in STOPPED:
        is_early = turn.stop_reason in EARLY and not turn.text.strip() and not turn.thinking
        lines.append(h("p", words((EARLY if is_early else STOPPED)[turn.stop_reason]), class_="note"))
        if turn.stop_reason == "repeating" or (turn.stop_reason == "closed" and not turn.text.strip()):
            lines.append(h("div", again, class_="actions"))
    if turn.found_nothing and not is_live:
        label, action = t("grounding.without"), "click:chat:without-documents"
        without = h("button", label, type="button", data_on=action, data_arg=turn.id)
        lines.append(h("div", without, class_="actions"))
    if turn.problem and not is_live:
        lines.append(_problem(turn, turn.problem, again))
    return h("div", *lines, note, id=f"n-{turn.id}")


def _problem(turn: Turn, problem: Problem, again: Html) -> Html:
    elsewhere = h(
        "a", words(PAGE_NAMES[problem.page.partition("/")[0]]), href=f"#/{problem.page}", role="button", class_="quiet"
    )
    detail = h("details", h("summary", t("chat.details")), h("pre", problem.detail), id=f"d-{turn.id}")
    told = h("p", h("strong", problem.message), " ", problem.cure)
    return h("div", told, again, elsewhere, detail if problem.detail else None, class_="problem", role="alert")


@dataclass(frozen=True, slots=True)
class Foot:
    """How what stands under a turn is drawn: its `versions`, whether it is the last one, whether a reply is being made,
    what is unfolded, whether the browser can read it aloud, whether its chat is private, and whether the sentences are
    being picked that it rests on."""

    versions: tuple[str, ...] = ()
    is_last: bool = False
    is_busy: bool = False
    has_details: bool = False
    has_why: bool = False
    can_read: bool = False
    is_private: bool = False
    is_quoting: bool = False


def foot(session: Session, turn: Turn, look: Foot) -> Html:
    """The tools, and under a reply the quiet line, the figures and how Automatic chose. What only some replies need is
    imported with the first of them."""
    parts: list[Html | None] = [tools(turn, look)]
    if turn.role == "assistant":
        parts.append(line(turn, is_open=look.has_details))
        if turn.tutor is not None:
            from app.ui.parts import tutor

            parts.insert(0, tutor.bar(turn, turn.tutor, is_busy=look.is_busy) if look.is_last else None)
            parts.insert(0, tutor.told(turn, turn.tutor))
        if turn.sources is not None:
            from app.ui.parts.cited import told

            parts.append(told(turn, is_quoting=look.is_quoting, is_busy=look.is_busy))
        if turn.checked is not None or MAY_CLAIM.search(turn.text):
            from app.ui.parts.run_checked import bar

            parts.append(bar(turn, is_busy=look.is_busy))
        if turn.receipt is not None:
            from app.ui.parts.receipt import receipt, weighed

            parts.append(receipt(turn, is_open=look.has_why))
        if look.has_details:
            seen = weighed(turn, session.costs.would_cost) if turn.receipt is not None else None
            parts.append(figures(turn, cost_of(session, turn), seen))
    return h("div", *parts, class_="foot", id=f"x-{turn.id}", data_last=look.is_last)


def tools(turn: Turn, look: Foot) -> Html:
    """Copy, regenerate or edit, an opinion, go on, more, walk between versions."""

    def button(sign: Icon, label: str, action: str, class_: str | None = None, **more: str) -> Html:
        can = action in ("chat:copy", "turns:good", "turns:bad") or not look.is_busy
        return icon_button(sign, label, f"click:{action}", turn.id, class_=class_, disabled=not can, **more)

    parts = [button("copy", t("chat.copy"), "chat:copy")]
    if turn.role == "user":
        parts.append(button("pencil", t("chat.edit"), "chat:edit"))
    else:
        again = t("chat.regenerate_with")
        split = button(
            "chevron-down", again, "turns:again", popovertarget="again", aria_haspopup="dialog", class_="split"
        )
        is_chats = turn.tutor is None or turn.tutor.kind == "answer"  # the Tutor's other steps choose by themselves
        good, bad = ("true" if turn.opinion == one else "false" for one in ("good", "bad"))
        parts += [
            button("refresh-cw", t("chat.regenerate"), "chat:regenerate"),
            *([split] if is_chats else []),
            button("thumbs-up", t("chat.good"), "turns:good", aria_pressed=good),
            button("thumbs-down", t("chat.bad"), "turns:bad", aria_pressed=bad),
        ]
        if is_chats and look.is_last and turn.text and turn.stop_reason in CUT:
            parts.append(button("play", t("chat.continue"), "chat:continue"))
        parts.append(more_menu(turn, can_read=look.can_read and bool(turn.text.strip()), is_private=look.is_private))
    if len(look.versions) > 1 and turn.id in look.versions:
        parts.append(version_buttons(turn.id, look.versions, is_busy=look.is_busy))
    return h("div", *parts, class_="tools")


def more_menu(turn: Turn, *, can_read: bool, is_private: bool) -> Html:
    """What is done more seldom."""
    items = [
        Item(t("chat.branch"), "turns:branch", turn.id, "git-branch"),
        Item(t("chat.details"), "turns:details", turn.id, "info"),
    ]
    if turn.text.strip():
        ask = t("notes.save_private") if is_private else ""
        items.insert(1, Item(t("notes.save_reply"), "notes:from-reply", turn.id, "notebook-text", ask=ask))
        items.insert(2, Item(t("notes.make_card"), "cards:from-reply", turn.id, "layers"))
        items.insert(3, Item(t("notes.make_cards"), "making:of-reply", turn.id, "layers"))
    if can_read:
        items.insert(0, Item(t("aloud.read"), "aloud:read", turn.id, "volume-2"))
    return menu(f"more-{turn.id}", t("chat.more"), *items)


def again_dialog() -> Html:
    """The layer in which another model is picked for a reply's question; its list is drawn when it opens."""
    field = search_field(
        "again-words", t("chat.find_again"), "input:turns:find", autofocus=True, aria_controls="again-models"
    )
    title = t("chat.pick_again")
    found = h("div", id="again-models", role="listbox", aria_label=title)
    on = "beforetoggle:turns:picking"
    return h(
        "div",
        field,
        found,
        id="again",
        class_="pick",
        popover=True,
        role="dialog",
        aria_label=title,
        data_on=on,
        data_beside=True,
    )


def version_buttons(turn_id: str, versions: tuple[str, ...], *, is_busy: bool) -> Html:
    """The ways to the version before and after this one of a turn."""
    here = versions.index(turn_id)

    def button(sign: Icon, at: int, label: str) -> Html:
        to = versions[min(max(0, at), len(versions) - 1)]
        is_off = is_busy or to == turn_id
        return icon_button(sign, label, "click:chat:version", to, class_=None, disabled=is_off)

    earlier = button("chevron-left", here - 1, t("chat.earlier_version"))
    later = button("chevron-right", here + 1, t("chat.later_version"))
    return h("span", earlier, f" {here + 1}/{len(versions)} ", later, class_="versions")


def edit_form(turn: Turn, edited: Html) -> Html:
    """A question to be typed over, with what is attached to it; the earlier one stays as a version."""
    files = h("input", type="file", multiple=True, hidden=True, id=f"pick-{turn.id}", data_on="change:attach:also")
    return h(
        "form",
        h(
            "textarea",
            turn.text,
            name="text",
            aria_label=t("chat.edit_message"),
            rows=3,
            autofocus=True,
            id=f"e-{turn.id}",
        ),
        edited,
        h(
            "div",
            icon_button("plus", t("chat.attach"), data_pick=f"pick-{turn.id}", id=f"also-{turn.id}"),
            files,
            h("button", t("chat.send"), type="submit"),
            h("button", t("chat.cancel"), type="button", class_="quiet", data_on="click:chat:edit", data_arg=""),
            class_="actions",
        ),
        class_="edit",
        id=f"f-{turn.id}",
        data_on="submit:chat:resend",
        data_arg=turn.id,
        data_enter="",
        data_escape="chat:edit",
        data_drop="attach:also",
    )
