"""One question or answer of a chat: its words, what stands under it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.errors import CurePage
from app.core.html import Html, h, join
from app.core.places import ModelRef
from app.core.texts import Seconds, Speed, Text, TextOrWords, Tokens, Value
from app.models.engines.choice import ENGINE_LABELS
from app.session import Session
from app.study.chats import Turn
from app.study.costs import thinking_tokens
from app.ui.icons import Icon, icon
from app.ui.parts.fold import fold
from app.ui.parts.thinking import folded
from app.ui.words import t, words

FREE = Text("chat.free")
PAGE_NAMES: Mapping[CurePage, Text] = {"models": Text("shell.models"), "settings": Text("shell.settings")}
STOPPED = {
    "stopped": Text("chat.stopped"),
    "length": Text("chat.reached_length"),
    "padding": Text("chat.padding"),
}


def turn_article(
    turn: Turn, prose: Html, row: Html | None, *, is_editing: bool, under: Html, note: Html | None = None
) -> Html:
    """One question or answer, with the quiet line `under` it and `row`, its tools; a reply that streams has neither,
    but a `note` about what is happening."""
    is_user, is_live = turn.role == "user", row is None
    body = edit_form(turn) if is_editing else prose
    return h(
        "article",
        None if is_user else folded(turn.id, turn.thinking, turn.timing.thinking_seconds),
        body,
        fold(turn) if is_user and not is_editing else None,
        None if is_user else notes(turn, is_live, note),
        None if is_live or is_user else under,
        None if is_editing else row,
        class_="turn",
        id=f"t-{turn.id}",
        data_role=turn.role,
        aria_label=t("chat.you" if is_user else "chat.assistant"),
        aria_busy="true" if is_live else None,
    )


def notes(turn: Turn, is_live: bool, note: Html | None = None) -> Html:
    """What the person should know about this reply: dropped turns, a stop, an error with its cure."""
    lines = [h("p", text, class_="note") for text in turn.notices]
    again = h("button", t("chat.try_again"), type="button", data_on="click:chat:regenerate", data_arg=turn.id)
    is_all_thinking = bool(turn.thinking and not turn.text.strip() and turn.stop_reason in ("end", "length"))
    if is_all_thinking and not is_live:  # a notice has said so
        settings = h("a", t("chat.settings"), href="#/settings", role="button", class_="quiet")
        lines.append(h("div", again, settings, class_="actions"))
    elif not is_live and turn.stop_reason in STOPPED:
        is_early = turn.stop_reason == "stopped" and not turn.text.strip() and not turn.thinking
        lines.append(h("p", t("chat.stopped_early") if is_early else words(STOPPED[turn.stop_reason]), class_="note"))
    problem = turn.problem
    if problem and not is_live:
        elsewhere = h("a", words(PAGE_NAMES[problem.page]), href=f"#/{problem.page}", role="button", class_="quiet")
        detail = (
            h("details", h("summary", t("chat.details")), h("pre", problem.detail), id=f"d-{turn.id}")
            if problem.detail
            else None
        )
        lines.append(
            h(
                "div",
                h("p", h("strong", problem.message), " ", problem.cure),
                again,
                elsewhere,
                detail,
                class_="problem",
                role="alert",
            )
        )
    return h("div", *lines, note, id=f"n-{turn.id}")


def cost_of(session: Session, turn: Turn) -> TextOrWords:
    """What a reply cost, in a word or two. Prices are only looked at where there is one."""
    if ModelRef.parse(turn.model_id).provider != "cloud":
        return FREE
    told: TextOrWords = session.costs.told(turn)
    return told


def under(session: Session, turn: Turn) -> Html:
    """The quiet line under a reply. What only some replies need is imported with the first of them."""
    if turn.role == "user":
        return Html("")
    drawn = None
    if turn.receipt is not None:
        from app.ui.parts.receipt import receipt

        drawn = receipt(turn, session.costs.would_cost)
    return meta(turn, cost_of(session, turn), drawn)


def meta(turn: Turn, cost: TextOrWords = FREE, routing: Html | None = None) -> Html:
    """The quiet line: model, where, speed, time to first token, tokens, cost; details on demand, with how Automatic
    chose the model where it did."""
    if not turn.usage.reply_tokens and routing is None:
        return h("p", id=f"m-{turn.id}", class_="meta", hidden=True)
    parts, facts = [turn.model_name, turn.where or t("chat.stays_here")], None
    if turn.usage.reply_tokens:
        figures, facts = measured(turn)
        parts += [*figures, words(cost)]
    receipt = h(
        "details",
        h("summary", t("chat.details")),
        facts,
        routing,
        class_="receipt",
        id=f"r-{turn.id}",
    )
    return h("div", h("span", " · ".join(parts)), receipt, id=f"m-{turn.id}", class_="meta")


def measured(turn: Turn) -> tuple[list[str], Html]:
    """Speed, time to first token and tokens for the quiet line, and all figures as a list."""
    usage, timing = turn.usage, turn.timing
    is_away = ModelRef.parse(turn.model_id).provider == "cloud"
    engine: TextOrWords = ENGINE_LABELS.get(turn.engine, turn.engine)  # type: ignore[call-overload]
    load = Seconds(timing.load_seconds) if timing.load_seconds else Text("chat.loaded_already")
    reply = _amount(Tokens(usage.reply_tokens), is_exact=usage.counted)
    figures = [t("chat.speed", speed=round(timing.tokens_per_second, 1))] if timing.tokens_per_second else []
    figures += [t("chat.first_token_after", seconds=Seconds(timing.first_token_seconds)), words(reply)]
    if thought := thinking_tokens(usage, turn):
        thinking = _amount(thought, is_exact=bool(usage.thinking_tokens))
        reply = Text("chat.of_these_thinking", tokens=reply, thinking=thinking)
    facts: tuple[tuple[str, Value | None], ...] = (
        (t("chat.service" if is_away else "chat.engine"), engine),
        (t("chat.prompt"), _amount(Tokens(usage.prompt_tokens), is_exact=usage.counted)),
        (t("chat.reply"), reply),
        (t("chat.model_load"), None if is_away else load),
        (t("chat.reading_speed"), Speed(timing.read_per_second) if timing.read_per_second else None),
        (t("chat.first_token"), Seconds(timing.first_token_seconds)),
        (t("chat.thinking"), Seconds(timing.thinking_seconds) if timing.thinking_seconds else None),
        (t("chat.whole_reply"), Seconds(timing.total_seconds)),
    )
    return figures, h("dl", *(join(h("dt", name), h("dd", words(fact))) for name, fact in facts if fact is not None))


def _amount(tokens: int, *, is_exact: bool) -> Value:
    """A number of tokens as a value: estimated ones are "about" so many."""
    return tokens if is_exact else Text("chat.about", amount=tokens)


def tools(turn: Turn, versions: tuple[str, ...], *, is_last: bool, is_busy: bool) -> Html:
    """Copy, regenerate or edit, go on, walk between versions."""

    def button(sign: Icon, label: str, action: str) -> Html:
        on, off = f"click:{action}", is_busy and action != "chat:copy"
        return h(
            "button",
            icon(sign),
            type="button",
            data_on=on,
            data_arg=turn.id,
            disabled=off,
            aria_label=label,
            title=label,
        )

    parts = [button("copy", t("chat.copy"), "chat:copy")]
    if turn.role == "user":
        parts.append(button("pencil", t("chat.edit"), "chat:edit"))
    else:
        parts.append(button("refresh-cw", t("chat.regenerate"), "chat:regenerate"))
        if is_last and turn.text and turn.stop_reason in ("stopped", "length", "error"):
            parts.append(button("play", t("chat.continue"), "chat:continue"))
    if len(versions) > 1 and turn.id in versions:
        parts.append(version_buttons(turn.id, versions, is_busy=is_busy))
    return h("div", *parts, class_="tools", id=f"x-{turn.id}")


def version_buttons(turn_id: str, versions: tuple[str, ...], *, is_busy: bool) -> Html:
    """The ways to the version before and after this one of a turn."""
    here = versions.index(turn_id)

    def button(sign: Icon, at: int, label: str) -> Html:
        to = versions[min(max(0, at), len(versions) - 1)]
        on, off = "click:chat:version", is_busy or to == turn_id
        return h(
            "button", icon(sign), type="button", data_on=on, data_arg=to, aria_label=label, title=label, disabled=off
        )

    earlier = button("chevron-left", here - 1, t("chat.earlier_version"))
    later = button("chevron-right", here + 1, t("chat.later_version"))
    return h("span", earlier, f" {here + 1}/{len(versions)} ", later, class_="versions")


def edit_form(turn: Turn) -> Html:
    """A question to be typed over; the earlier one stays as a version."""
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
        h(
            "div",
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
    )
