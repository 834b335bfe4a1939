"""The quiet line under a reply, and all its figures.

line(turn, is_open=False)              # "Gemma 3n E2B · on this device · 24 tok/s" and the button "Details"
figures(turn, cost_of(session, turn))  # what that button opens
"""

from __future__ import annotations

from collections.abc import Mapping

from app.core.html import Html, h, join
from app.core.persona import Persona
from app.core.places import ModelRef, Place, of_records
from app.core.texts import Seconds, Speed, Text, TextOrWords, Tokens, Value
from app.models.engines.choice import ENGINE_LABELS
from app.session import Session
from app.study.chats import Turn
from app.study.costs import thinking_tokens
from app.ui.parts.controls import icon_button
from app.ui.words import t, words

FREE = Text("chat.free")
HERE: Mapping[Place, Text] = {Place.BROWSER: Text("chat.on_device"), Place.COMPUTER: Text("chat.on_computer")}


def where(turn: Turn) -> TextOrWords:
    """Where a reply was made, in short."""
    if ModelRef.parse(turn.model_id).is_built_in:
        return Text("builtin.where")
    service = service_name(turn.model_id)
    return Text("chat.with_key", service=service) if service else HERE.get(turn.place, of_records(turn.where))


def service_name(model_id: str) -> str:
    """The company that runs a cloud model, "" for all others."""
    ref = ModelRef.parse(model_id)
    if ref.provider != "cloud":
        return ""
    from app.models.cloud.services import SERVICES  # only who has asked one needs the list

    service = SERVICES.get(ref.service)
    return service.company or service.name if service else ""


def line(turn: Turn, *, is_open: bool) -> Html | None:
    """Model, where, speed, and the button that opens the rest; None for a reply of which there is nothing to tell."""
    is_by_rule = turn.tutor is not None and not turn.model_id
    if turn.found_nothing or is_by_rule or not (turn.usage.reply_tokens or turn.text or turn.receipt is not None):
        return None
    speed = turn.timing.tokens_per_second
    sent = words(Text("attach.pictures", count=turn.pictures)) if turn.pictures and turn.place.leaves_device else ""
    parts = (turn.model_name, words(where(turn)), sent, words(Speed(speed)) if speed else "")
    button = icon_button(
        "info",
        t("chat.details"),
        "click:turns:details",
        turn.id,
        aria_expanded="true" if is_open else "false",
        aria_controls=f"r-{turn.id}" if is_open else None,
    )
    return h("p", h("span", " · ".join(filter(None, parts))), button, class_="meta")


def cost_of(session: Session, turn: Turn) -> TextOrWords:
    """What a reply cost, in a word or two. Prices are only looked at where there is one."""
    if ModelRef.parse(turn.model_id).provider != "cloud":
        return FREE
    told: TextOrWords = session.costs.told(turn)
    return told


def figures(turn: Turn, cost: TextOrWords = FREE, weighed: Html | None = None) -> Html:
    """All that was measured, with how Automatic weighed the question where it did."""
    usage, timing = turn.usage, turn.timing
    is_away = ModelRef.parse(turn.model_id).provider == "cloud"
    engine: TextOrWords = ENGINE_LABELS.get(turn.engine, turn.engine)  # type: ignore[call-overload]
    load = Seconds(timing.load_seconds) if timing.load_seconds else Text("chat.loaded_already")
    reply = _amount(Tokens(usage.reply_tokens), is_exact=usage.counted)
    if thought := thinking_tokens(usage, turn):
        thinking = _amount(thought, is_exact=bool(usage.thinking_tokens))
        reply = Text("chat.of_these_thinking", tokens=reply, thinking=thinking)
    known, timed = usage.reply_tokens, timing.total_seconds
    facts: tuple[tuple[str, Value | None], ...] = (
        (t("chat.first_token"), Seconds(timing.first_token_seconds) if timed else None),
        (t("chat.whole_reply"), Seconds(timed) if timed else None),
        (t("chat.reply"), reply if known else None),
        (t("chat.prompt"), _amount(Tokens(usage.prompt_tokens), is_exact=usage.counted) if known else None),
        (t("chat.thinking"), Seconds(timing.thinking_seconds) if timing.thinking_seconds else None),
        (t("chat.reading_speed"), Speed(timing.read_per_second) if timing.read_per_second else None),
        (t("chat.model_load"), load if timed and not is_away else None),
        (t("attach.sent_name"), _pictures(turn)),
        (t("chat.cost"), cost if known else None),
        (t("chat.service" if is_away else "chat.engine"), engine or None),
    )
    rows = (join(h("dt", name), h("dd", words(fact))) for name, fact in facts if fact is not None)
    more = (_persona(turn, turn.persona) if turn.persona else None, weighed)
    return h("section", h("dl", *rows), *more, class_="figures-of", id=f"r-{turn.id}", aria_label=t("chat.details"))


def _persona(turn: Turn, persona: Persona) -> Html:
    """By whom the reply was made, and what the model was told: as it was then."""
    name = h("summary", t("options.answered_by", persona=persona.name))
    return h("details", name, h("p", persona.instructions, class_="persona-told", dir="auto"), id=f"told-{turn.id}")


def _pictures(turn: Turn) -> TextOrWords | None:
    """How many pictures the model was given, and who has got them where they have left this device."""
    if not turn.pictures:
        return None
    if not turn.place.leaves_device:
        return Text("attach.pictures", count=turn.pictures)
    return Text("attach.sent", count=turn.pictures, where=service_name(turn.model_id) or turn.model_name)


def _amount(tokens: int, *, is_exact: bool) -> Value:
    """A number of tokens as a value: estimated ones are "about" so many."""
    return tokens if is_exact else Text("chat.about", amount=tokens)
