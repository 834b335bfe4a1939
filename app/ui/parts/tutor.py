"""Under a reply of the Tutor's: which step it was, how the student came to the answer, what can be done next.

told(turn)                  # "Hint 1 of 3 · without a model", "Solved with help: 2 attempts, 1 hint"
bar(turn, is_busy=False)    # <div role="group" aria-label="Tutor">, under the last reply
up_to_it(session, chat)     # whether the model that answers is good enough for it
"""

from __future__ import annotations

from app.core.html import Html, h
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
    check = h(
        "button", t("tutor.check"), type="submit", form="composer", class_="primary", disabled=is_busy, id="tutor-check"
    )
    made = [check]
    if ladder.can_hint(now):
        made.append(_button(t("tutor.hint"), "hint", is_busy=is_busy, class_="secondary"))
    has_tried = ladder.has_tried(now)
    label, look = (t("tutor.show"), "secondary") if has_tried else (t("tutor.skip"), "quiet")
    made.append(_button(label, "answer", is_busy=is_busy, class_=look))
    if ladder.can_count(now):
        made.append(_button(t("tutor.count"), "count", turn.id, is_busy=is_busy))
    return [*made, _button(t("tutor.next"), "next", turn.id, is_busy=is_busy)]


def _when_over(turn: Turn, now: Tutored, *, is_busy: bool) -> list[Html]:
    made = []
    if now.kind != "answer" and now.came in ("alone", "helped"):
        made.append(_button(t("tutor.explain"), "answer", is_busy=is_busy, class_="secondary"))
    if ladder.can_count(now):
        made.append(_button(t("tutor.mine_right"), "count", turn.id, is_busy=is_busy, class_="secondary"))
    return made


def _button(label: str, what: str, arg: str = "", *, is_busy: bool, class_: str = "quiet") -> Html:
    on = f"click:tutor:{what}"
    id = f"tutor-{what}"
    return h("button", label, type="button", class_=class_, data_on=on, data_arg=arg, disabled=is_busy, id=id)


def score_line(score: Score) -> str:
    """How often the student came by themselves, beside what needed help."""
    more = (("helped", score.helped), ("shown", score.shown), ("left", score.left))
    rest = [words(Text(f"tutor.score_{name}", count=count)) for name, count in more if count]
    return " · ".join([t("tutor.score", alone=score.alone, total=score.total), *rest])


def up_to_it(session: Session, chat: Chat) -> Html:
    """Whether the model that would answer in a chat is good enough, as far as that is known."""
    model = session.ask.model_for(TUTOR, chat.id)
    if model is None or model.provider == "automatic":
        return h("p", t("tutor.unknown"), class_="note", id="tutor-model")
    points = quality_of(model).points
    kind = "weak" if points < GUESSING else "fair" if points < ABLE else "able"
    return h("p", words(Text(f"tutor.{kind}", model=model.name)), class_="note", id="tutor-model")
