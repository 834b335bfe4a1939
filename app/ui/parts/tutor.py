"""Under a reply of the Tutor's: which step it was, how the student came to the answer, what can be done next.

told(turn)                  # "Hint 1 of 3 · without a model", "Solved with help: 2 attempts, 1 hint"
bar(turn, is_busy=False)    # <div role="group" aria-label="Tutor">, under the last reply
up_to_it(session, chat)     # whether the model that answers is good enough for it
"""

from __future__ import annotations

from app.core.html import Attribute, Html, h
from app.core.texts import Text
from app.models.ability.quality import GUESSING, quality_of
from app.session import Session
from app.study.chats import Chat, Turn
from app.study.features import TUTOR
from app.study.practice import ladder
from app.study.tutored import BY_RULE, BY_YOU, Came, Score, Tutored
from app.ui.words import t, words

ABLE = 50.0  # points of MMLU-Pro, from which a model gets more common questions right than wrong
CAME: dict[Came, Text] = {
    "alone": Text("tutor.came_alone"),
    "shown": Text("tutor.came_shown"),
    "left": Text("tutor.came_left"),
}


def told(turn: Turn, now: Tutored) -> Html | None:
    """What this step was; None for the request of an attempt, which says so itself."""
    parts = [*_step(turn, now), *_came(now)]
    return h("p", " · ".join(parts), class_="meta tutor-step") if parts else None


def _step(turn: Turn, now: Tutored) -> list[str]:
    if not turn.text.strip():  # it was stopped
        return []
    if now.kind in ("hint", "aside"):
        is_rung = now.hints <= ladder.HINTS
        number = t("tutor.hint_number", number=now.hints, total=ladder.HINTS) if is_rung else ""
        return [number or t("tutor.hint_more", number=now.hints), *([t("tutor.without_model")] * (now.by == BY_RULE))]
    if now.kind == "attempt" and now.verdict != "unsure":
        return [_by(now)]
    return [t("tutor.by_you")] if now.kind == "answer" and now.by == BY_YOU and now.came != "shown" else []


def _by(now: Tutored) -> str:
    if now.by == BY_RULE:
        return t("tutor.by_rule")
    return t("tutor.by_you") if now.by == BY_YOU else t("tutor.by", model=now.by)


def _came(now: Tutored) -> list[str]:
    """How the question ended."""
    if now.came == "helped":
        hints = [t("tutor.hints", count=now.hints)] if now.hints else []
        return [t("tutor.came_helped", what=", ".join([t("tutor.tries", count=now.tries), *hints]))]
    return [words(CAME[now.came])] if now.came in CAME else []


def bar(turn: Turn, now: Tutored, *, is_busy: bool) -> Html:
    """What can be done next, and how often the student came by themselves so far."""
    buttons = _while_open(turn, now, is_busy=is_busy) if now.is_open else _when_over(turn, now, is_busy=is_busy)
    score = h("p", score_line(now.score), class_="tutor-score") if now.score.total else None
    row = h("div", *buttons, class_="actions") if buttons else None
    return h("div", row, score, role="group", aria_label=t("tutor.bar"), class_="tutor", id=f"tutor-{turn.id}")


def _while_open(turn: Turn, now: Tutored, *, is_busy: bool) -> list[Html]:
    has_tried = ladder.has_tried(now)
    off: dict[str, Attribute] = {"disabled": is_busy}
    check = h("button", t("tutor.check"), type="submit", form="composer", class_="primary", id="tutor-check", **off)
    hint, answer = "click:tutor:hint", "click:tutor:answer"
    made = [check]
    if ladder.can_hint(now):
        made.append(_button(t("tutor.hint"), "tutor-hint", "secondary", data_on=hint, **off))
    label, look = (t("tutor.show"), "secondary") if has_tried else (t("tutor.skip"), "quiet")
    made.append(_button(label, "tutor-answer", look, data_on=answer, **off))
    about: dict[str, Attribute] = {"data_arg": turn.id, **off}
    if ladder.can_count(now):
        made.append(_button(t("tutor.count"), "tutor-count", "quiet", data_on="click:tutor:count", **about))
    return [*made, _button(t("tutor.next"), "tutor-next", "quiet", data_on="click:tutor:next", **about)]


def _when_over(turn: Turn, now: Tutored, *, is_busy: bool) -> list[Html]:
    made = list[Html]()
    off: dict[str, Attribute] = {"disabled": is_busy}
    if now.kind != "answer" and now.came in ("alone", "helped"):
        explain = t("tutor.explain")
        made.append(_button(explain, "tutor-answer", "secondary", data_on="click:tutor:answer", **off))
    if ladder.can_count(now):
        about: dict[str, Attribute] = {"data_arg": turn.id, "data_on": "click:tutor:count", **off}
        made.append(_button(t("tutor.mine_right"), "tutor-count", "secondary", **about))
    return made


def _button(label: str, id: str, look: str, **more: Attribute) -> Html:
    return h("button", label, type="button", class_=look, id=id, **more)


def score_line(score: Score) -> str:
    """How often the student came by themselves, beside what needed help."""
    parts = [t("tutor.score", alone=score.alone, total=score.total)]
    if score.helped:
        parts.append(t("tutor.score_helped", count=score.helped))
    if score.shown:
        parts.append(t("tutor.score_shown", count=score.shown))
    if score.left:
        parts.append(t("tutor.score_left", count=score.left))
    return " · ".join(parts)


def up_to_it(session: Session, chat: Chat) -> Html:
    """Whether the model that would answer in a chat is good enough, as far as that is known."""
    model = session.ask.model_for(TUTOR, chat.id)
    if model is None or model.provider == "automatic":
        return h("p", t("tutor.unknown"), class_="note", id="tutor-model")
    points, name = quality_of(model).points, model.name
    if points < GUESSING:
        said = t("tutor.weak", model=name)
    else:
        said = t("tutor.fair", model=name) if points < ABLE else t("tutor.able", model=name)
    return h("p", said, class_="note", id="tutor-model")
