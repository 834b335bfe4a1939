"""The sheet that measures which search is best in the person's documents: how, what was found, questions of their own.

best_sheet(session)
"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.documents import Trial
from app.core.html import Html, h
from app.core.texts import Figure, Percent, Score, Seconds, Text
from app.session import Session
from app.session.best import BestSearch, Candidates, Progress
from app.session.settings import SearchKind
from app.study.library.best import LEAST_PASSAGES, LEAST_QUESTIONS, NEAR, QUESTION_LENGTH, Verdict, Way
from app.ui.parts.chart import Bar, bars
from app.ui.parts.passages import marked
from app.ui.parts.sheet import sheet
from app.ui.words import t, words

NAMES: dict[SearchKind, Text] = {
    "keyword": Text("best.keyword"),
    "vector": Text("best.vector"),
    "hybrid": Text("best.hybrid"),
}
POINTS = 100


def best_sheet(session: Session) -> Html:
    """The whole sheet."""
    part = session.best
    part.begin()
    count = len(part.documents())
    if not count:
        return sheet(t("best.title"), h("p", t("best.no_documents")))
    progress, found, used = part.progress(), part.verdict(), session.state.settings().search_by
    return sheet(
        t("best.title"),
        h("p", t("best.about", documents=words(Text("library.count_documents", count=count)))),
        h("p", t("best.now", way=NAMES[used]), class_="note", id="best-now"),
        _working(progress) if progress else _controls(part, found),
        h("div", *(_found(found, used) if found else ()), id="best-found", role="status"),
        h("p", t("best.bias"), class_="note"),
        h("section", *_own(session, part), aria_labelledby="best-typed-title", class_="best-typed"),
    )


# -- measuring


def _working(progress: Progress) -> Html:
    done = progress.done + 1
    step = Text("best.asks_of" if progress.step == "asks" else "best.searches_of", done=done, total=progress.total)
    told = words(step) if progress.total else t("best.asks")
    left = t("best.left", seconds=Seconds(progress.seconds_left)) if progress.seconds_left >= 1 else ""
    line = " · ".join(part for part in (told, left) if part)
    bar = h(
        "progress",
        value=progress.done if progress.total else None,
        max=progress.total or None,
        aria_label=t("best.progress"),
        aria_valuetext=line,
    )
    stop = h("button", t("best.stop"), type="button", data_on="click:best:stop", id="best-stop")
    return h("div", bar, h("p", h("small", line), stop, class_="actions"), id="best-work")


def _controls(part: BestSearch, found: Verdict | None) -> Html:
    label = t("best.again") if found else t("best.measure")
    start = h("button", label, type="button", class_="primary", data_on="click:best:start", id="best-start")
    return h("div", _writer(part), h("p", start, class_="actions"), id="best-work")


def _writer(part: BestSearch) -> Html | None:
    """Whether a model writes the questions, where there is one on this device."""
    model = part.writer()
    if model is None:
        return None
    box = h("input", type="checkbox", checked=part.by_model(), data_on="change:best:model", id="best-by-model")
    text = h("span", t("best.by_model", model=model.name), " ", h("small", t("best.by_model_about")))
    return h("label", box, " ", text, class_="best-writer")


# -- what was found


def _found(found: Verdict, used: SearchKind) -> Iterable[Html]:
    yield h("p", _told(found), class_="best-told")
    if not found.lacks:
        yield _use(found.best, used)
    if found.ways:
        yield bars(t("best.score"), list(map(_bar, found.ways)), t("best.unit"), id="chart-best")
        yield h("p", t("best.score_about"), class_="note")
        yield _table(found)


def _told(found: Verdict) -> str:
    if found.lacks == "vectors":
        return t("best.lacks_vectors")
    if found.lacks == "making":
        return t("best.lacks_making")
    if found.lacks == "fair":
        return t("best.lacks_fair", least=LEAST_QUESTIONS)
    if found.lacks == "questions":
        return t("best.lacks_questions", count=found.questions, least=LEAST_QUESTIONS)
    if found.lacks == "passages":
        return t("best.lacks_passages", least=LEAST_PASSAGES)
    if not found.is_clear or found.gain is None:
        return t("best.unclear", way=NAMES[found.best])
    gain, low, high = (Figure(round(POINTS * value, 1)) for value in (found.gain.mean, found.gain.low, found.gain.high))
    return t("best.clear", way=NAMES[found.best], over=NAMES[found.over], gain=gain, low=low, high=high)


def _use(best: SearchKind, used: SearchKind) -> Html:
    """The button that takes it, or that it is in use."""
    if best == used:
        return h("p", t("best.used", way=NAMES[best]), class_="note")
    label, on = t("best.use", way=NAMES[best]), "click:best:take"
    button = h("button", label, type="button", class_="secondary", data_on=on, data_arg=best, id="best-use")
    return h("p", button, class_="actions")


def _bar(way: Way) -> Bar:
    mean, low, high = (round(POINTS * value, 1) for value in (way.ndcg.mean, way.ndcg.low, way.ndcg.high))
    return Bar(words(NAMES[way.kind]), mean, low, high)


def _table(found: Verdict) -> Html:
    heads = (t("best.way"), t("best.first"), t("best.near", count=NEAR), t("best.mrr"))
    rows = (
        h(
            "tr",
            h("th", words(NAMES[way.kind]), scope="row"),
            *(h("td", words(value)) for value in (Percent.of(way.first, 1), Percent.of(way.near, 1), Score(way.mrr))),
        )
        for way in found.ways
    )
    caption = h("caption", t("best.table"), " (", t("best.count", count=found.questions, typed=found.typed), ")")
    head = h("thead", h("tr", *(h("th", name, scope="col") for name in heads)))
    return h("table", caption, head, h("tbody", *rows), class_="best-table", id="best-table")


# -- questions of one's own


def _own(session: Session, part: BestSearch) -> Iterable[Html]:
    yield h("h3", t("best.typed"), id="best-typed-title")
    yield h("p", t("best.typed_about"), class_="note")
    field = h(
        "input",
        name="value",
        aria_label=t("best.question"),
        placeholder=t("best.example"),
        maxlength=QUESTION_LENGTH,
        autocomplete="off",
        required=True,
        id="best-question",
    )
    yield h(
        "form",
        field,
        h("button", t("best.find"), type="submit", class_="secondary"),
        data_on="submit:best:ask",
        class_="best-ask",
    )
    if candidates := part.candidates():
        yield _candidates(session, candidates)
    if typed := part.questions():
        yield h("ul", *map(_typed, typed), aria_labelledby="best-typed-title", class_="best-questions")


def _candidates(session: Session, found: Candidates) -> Html:
    """The passages of which one may be the answer."""
    if found.hits is None:
        return h("p", t("best.searching"), id="best-candidates", role="status")
    if not found.hits:
        return h("p", t("best.none_found"), id="best-candidates", role="status")
    documents = session.library.documents()
    rows = []
    for at, hit in enumerate(found.hits):
        name = documents[hit.document].name if hit.document in documents else ""
        label = t("best.this_one_label", name=name, text=hit.snippet)
        choose = h(
            "button",
            t("best.this_one"),
            type="button",
            aria_label=label,
            id=f"best-answer-{at}",
            data_on="click:best:answer",
            data_arg=at,
        )
        text = h("span", h("strong", name, dir="auto"), " ", h("span", *marked(hit.snippet, hit.marks), dir="auto"))
        rows.append(h("li", text, choose))
    title = h("h4", t("best.choose", question=found.question))
    none = h("button", t("best.none_of_these"), type="button", class_="quiet", data_on="click:best:answer", data_arg="")
    return h("div", title, h("ol", *rows), none, id="best-candidates")


def _typed(trial: Trial) -> Html:
    forget = h(
        "button",
        t("best.forget"),
        type="button",
        class_="quiet",
        aria_label=t("best.forget_question", question=trial.question),
        data_on="click:best:forget",
        data_arg=trial.question,
    )
    return h("li", h("span", trial.question, dir="auto"), forget)
