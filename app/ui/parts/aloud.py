"""The bar above the message field while a reply is read aloud: pause, stop, speed, the voice and where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.html import Html, h
from app.core.texts import Percent
from app.core.voices import Voice
from app.session import Session
from app.ui.parts.controls import icon_button
from app.ui.words import t, words

if TYPE_CHECKING:
    from app.session.aloud import ReadAloud


def aloud_bar(session: Session) -> Html:
    """Empty where nothing is read."""
    reading = session.state.aloud()
    if reading is None:
        return h("div", id="aloud")
    if reading.is_paused:
        going = icon_button("play", t("aloud.resume"), "click:aloud:resume", id="aloud-go")
    else:
        going = icon_button("pause", t("aloud.pause"), "click:aloud:pause", id="aloud-go")
    told = h("p", _told(reading), id="aloud-told")
    fields = (_voices(session, reading), _rates(session)) if reading.voices else ()
    stop = icon_button("square", t("aloud.stop"), "click:aloud:stop", id="aloud-stop")
    return h("div", going, stop, told, *fields, id="aloud", role="region", aria_label=t("aloud.part"))


def _told(reading: ReadAloud) -> str:
    """What is wrong; else where the voice runs."""
    if reading.problem is not None:
        return words(reading.problem)
    if reading.voice is None:
        return t("aloud.part")
    if reading.voice.is_local:
        return t("aloud.works_offline")
    return t("aloud.sends", name=reading.voice.maker)


def _voices(session: Session, reading: ReadAloud) -> Html:
    """The voices for the text's language, those that send nothing first, and behind them all others."""
    stays = session.aloud.stays(reading.chat_id)
    own, other = list[Html](), list[Html]()
    for voice in sorted(reading.voices, key=lambda one: (not one.is_local, one.name)):
        fits = voice.tongue == reading.tongue
        (own if fits else other).append(_voice(voice, reading, is_off=stays and not voice.is_local))
    none = h("option", t("aloud.choose_voice"), value="", selected=True) if reading.voice is None else None
    groups = h("optgroup", *other, label=t("aloud.other_languages")) if other else None
    return h("select", none, *own, groups, id="aloud-voice", aria_label=t("aloud.voice"), data_on="change:aloud:voice")


def _voice(voice: Voice, reading: ReadAloud, *, is_off: bool) -> Html:
    name = f"{voice.name} ({voice.language})"
    if not voice.is_local:
        name = f"{name} · {t('aloud.off') if is_off else t('aloud.sends_short', name=voice.maker)}"
    is_chosen = reading.voice is not None and reading.voice.id == voice.id
    return h("option", name, value=voice.id, selected=is_chosen, disabled=is_off)


def _rates(session: Session) -> Html:
    from app.session.aloud import RATES

    now = session.state.settings().reading_rate
    options = (
        h("option", words(Percent(round(100 * rate))), value=value, selected=rate == now)
        for value, rate in RATES.items()
    )
    return h("select", *options, id="aloud-rate", aria_label=t("aloud.speed"), data_on="change:aloud:rate")
