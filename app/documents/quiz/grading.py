"""Whether a person's answer is the right one, by rule.

    grade("transpiration", "Transpiraton")          # Grade(True): one letter is missing
    grade("about 5 km", "5000 m")                   # Grade(True)
    grade("a riot", "unrest in the streets")        # Grade(False, is_sure=False): other words may mean the same

Small letters, articles, accents, units and the way a number is written do not count, nor does a slip in a longer word.
"""

from __future__ import annotations

from app.core.finding import fold
from app.core.quiz import Grade
from app.documents.claims.support import negations_in
from app.documents.quiz.answers import content, figures, is_in_text, is_number, is_same_answer, share_in, tokens

ONE_SLIP, TWO_SLIPS = 5, 9  # letters of a word that may have so many
LEAST_SHARE = 0.75  # of the right answer's words, in a longer one
MOST_LONGER = 4  # times as many words


def grade(answer: str, given: str) -> Grade:
    """Of an answer that was typed."""
    mine, its = tokens(fold(given)), tokens(fold(answer))
    if not mine:
        return Grade(False)
    if mine == its or is_same_answer(given, answer) or _differs_by_slips(mine, its):
        return Grade(True)
    told, right = figures(given), figures(answer)
    if right:
        lacks = [one for one in right if not any(one.is_same(other) or other.is_same(one) for other in told)]
        strange = [one for one in told if not any(one.is_same(other) or other.is_same(one) for other in right)]
        if lacks or strange:
            return Grade(False, is_sure=bool(told))
        if is_number(answer):
            return Grade(_has_its_unit(given, answer), is_sure=_has_its_unit(given, answer))
    is_held = len(mine) <= MOST_LONGER * (len(its) + 1) and (
        share_in(answer, given) >= LEAST_SHARE if len(its) > 1 else is_in_text(answer, given)
    )
    is_held = is_held and _letters(its) <= _letters(mine)
    is_turned = (negations_in(given) - negations_in(answer)) % 2
    return Grade(is_held and not is_turned, is_sure=is_held and not is_turned)


def _letters(tokens: tuple[str, ...]) -> set[str]:
    """The single letters among them, which are no words: "vitamin C", "group A"."""
    return {one for one in tokens if len(one) == 1 and one.isalpha()}


def _has_its_unit(given: str, answer: str) -> bool:
    """Whether a number stands without other words that could change it."""
    return not negations_in(given) and len(content(given)) <= len(content(answer)) + MOST_LONGER


def _differs_by_slips(mine: tuple[str, ...], its: tuple[str, ...]) -> bool:
    """Whether each word is the right one but for a slip of the pen."""
    return len(mine) == len(its) and all(
        one == other or (_slips(one, other) <= (len(other) >= ONE_SLIP) + (len(other) >= TWO_SLIPS))
        for one, other in zip(mine, its, strict=True)
    )


def _slips(one: str, other: str) -> int:
    """How many letters differ, lack, are too many or have changed places with the next; figures never do."""
    if not (one.isalpha() and other.isalpha()) or abs(len(one) - len(other)) > 2:
        return 99
    before, last = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for at, wanted in enumerate(other, 1):
            cost = min(last[at] + 1, now[-1] + 1, last[at - 1] + (letter != wanted))
            if row > 1 and at > 1 and letter == other[at - 2] and one[row - 2] == wanted:
                cost = min(cost, before[at - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
