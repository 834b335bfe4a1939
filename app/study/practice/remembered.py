"""What the answers of the past say: how much was remembered, how many days in a row.

remembered(days)                    # 0.91: the share of reviews that were known, None where there were none
by_week(days)                       # [("2026-11-23", 0.9, 40), …]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from app.study.practice.records import AGAIN, ReviewDay


def remembered(days: Iterable[ReviewDay]) -> float | None:
    """The share of cards that had been learned and were known when they came, None where none came."""
    asked = [one.rating for day in days for one in day.reviews if one.state == "review"]
    return sum(rating > AGAIN for rating in asked) / len(asked) if asked else None


def by_week(days: Iterable[ReviewDay]) -> list[tuple[str, float, int]]:
    """The same by weeks: its Monday, the share, and of how many answers; without those with no answer."""
    weeks: dict[str, list[ReviewDay]] = {}
    for day in days:
        weeks.setdefault(monday(day.id), []).append(day)
    found = []
    for week, inside in sorted(weeks.items()):
        asked = sum(one.state == "review" for day in inside for one in day.reviews)
        share = remembered(inside)
        if share is not None:
            found.append((week, share, asked))
    return found


def monday(day: str) -> str:
    """The Monday of a day's week."""
    at = date.fromisoformat(day)
    return (at - timedelta(days=at.weekday())).isoformat()


def in_a_row(days: Sequence[ReviewDay]) -> int:
    """How many of these days, back from the last one, had an answer; the last one may still be waiting for its own."""
    past = days[:-1] if days and not days[-1].reviews else days
    count = 0
    for day in reversed(past):
        if not day.reviews:
            break
        count += 1
    return count
