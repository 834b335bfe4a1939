"""What stands beside the card on show: what comes in the next days, and what was remembered.

review_side(session)            # <aside id="review-side">
"""

from __future__ import annotations

import time
from datetime import date

from app.core.html import Html, h
from app.core.texts import Percent, ShortDay, Weekday
from app.session import Session
from app.study.practice.limits import MOST_A_DAY, Limits, days_from
from app.study.practice.remembered import by_week
from app.study.tutored import is_tutor
from app.ui.parts.calendar import calendar
from app.ui.parts.card_making import making_link
from app.ui.parts.card_review import MINUTE, interval
from app.ui.parts.chart import Bar, Point, bars, columns, columns_over_time
from app.ui.words import t, words

SIDE = "review-side"
WEEK, MONTH, CALENDAR_DAYS = 7, 30, 84


def review_side(session: Session) -> Html:
    """All of it; nothing before the cards are read."""
    practice = session.practice
    practice.version()
    if practice.deck is None or not practice.deck.cards:
        return h("aside", id=SIDE, hidden=True)
    make = h("p", making_link(), class_="card-make")
    parts = (_next_days(session), _figures(session), tutor_figures(session), make, _statistics(session))
    return h("aside", *parts, _limits(practice.limits), id=SIDE, aria_label=t("cards.figures"))


def _next_days(session: Session) -> Html:
    deck = session.practice.deck
    assert deck is not None
    counts = [deck.count().left, *deck.forecast(WEEK)[1:]]  # today within its limits, and with the new ones
    days = days_from(deck.day, WEEK)
    rows = [
        Bar(words(Weekday(_noon(day))) if at else t("cards.today"), count)
        for at, (day, count) in enumerate(zip(days, counts, strict=True))
    ]
    told = t("cards.reviews", count=sum(counts))
    if seconds := _seconds_a_review(session):
        told = t("cards.reviews_time", reviews=told, time=interval(max(MINUTE, sum(counts) * seconds / WEEK)))
    drawn = columns(t("cards.next_days_title"), rows, t("cards.unit_reviews"), id="next-days")
    return h("section", h("h2", t("cards.next_days")), h("p", told), drawn, class_="side-card")


def _noon(day: str) -> float:
    at = date.fromisoformat(day)
    return time.mktime((at.year, at.month, at.day, 12, 0, 0, 0, 0, -1))


def _seconds_a_review(session: Session) -> float:
    practice = session.practice
    spent = [one.seconds for day in (*practice.past()[-MONTH:], practice.today) for one in day.reviews if one.seconds]
    return sum(spent) / len(spent) if spent else 0.0


def _figures(session: Session) -> Html:
    practice = session.practice
    assert practice.deck is not None
    share = practice.remembered()
    lines = (
        (t("cards.remembered"), "–" if share is None else words(Percent.of(share, 1.0))),
        (t("cards.cards"), len(practice.deck.cards)),
        (t("cards.new_today"), practice.deck.done()[0]),
        (t("cards.in_a_row"), practice.days_in_a_row()),
    )
    rows = (h("div", h("dt", name), h("dd", value)) for name, value in lines)
    return h("dl", *rows, class_="side-card side-facts")


def tutor_figures(session: Session) -> Html | None:
    """What was solved unaided with the Tutor, beside the rest; nothing where no chat is tutored."""
    if not any(is_tutor(chat.persona) for chat in session.state.chats()):
        return None
    from app.ui.parts.tutor import score_line  # few have such chats

    score = session.tutor.total()
    told = h("p", score_line(score)) if score.total else None
    return h("section", h("h2", t("tutor.feature")), told, class_="side-card") if told else None


def _statistics(session: Session) -> Html:
    """Three charts, folded: each with its table."""
    practice = session.practice
    assert practice.deck is not None
    days = (*practice.past(), practice.today)
    ahead = zip(days_from(practice.deck.day, MONTH), practice.deck.forecast(MONTH), strict=True)
    weeks = [Bar(words(ShortDay(_noon(week))), 100 * share) for week, share, _ in by_week(days)[-12:]]
    counts = {day.id: len(day.reviews) for day in days}
    shown = [(day, counts.get(day, 0)) for day in days_from(practice.deck.day, -CALENDAR_DAYS)]
    month = [Point(day, count) for day, count in ahead]
    return _fold(
        "card-statistics",
        t("cards.statistics"),
        columns_over_time(t("cards.next_month"), month, t("cards.unit_reviews"), id="next-month"),
        bars(t("cards.by_week"), weeks, t("cards.unit_share"), id="by-week"),
        calendar(t("cards.calendar"), shown, id="calendar"),
    )


def _limits(limits: Limits) -> Html:
    box = h("input", type="checkbox", checked=limits.buries_siblings, data_on="change:practice:buries")
    return _fold(
        "card-limits",
        t("cards.limits"),
        _number("new_a_day", t("cards.new_a_day"), limits.new_a_day, 0, MOST_A_DAY),
        _number("reviews_a_day", t("cards.reviews_a_day"), limits.reviews_a_day, 0, MOST_A_DAY),
        _number("retention", t("cards.retention"), round(limits.retention * 100), 70, 97),
        _number("leech_lapses", t("cards.leech_lapses"), limits.leech_lapses, 0, 99),
        h("small", t("cards.leech_about")),
        h("label", box, t("cards.buries")),
    )


def _number(name: str, label: str, value: int, low: int, high: int) -> Html:
    on = {"data_on": "change:practice:limit", "data_arg": name}
    field = h("input", type="number", value=value, min=low, max=high, step=1, inputmode="numeric", **on)
    return h("label", label, field)


def _fold(id: str, title: str, *parts: Html) -> Html:
    return h("details", h("summary", title), *parts, id=id, class_="side-card")
