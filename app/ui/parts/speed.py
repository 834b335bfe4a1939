"""The measured speed of models: measuring, what was found as charts and words, and the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.core.days import local_day
from app.core.html import Html, h
from app.core.texts import Seconds, Size, Speed, Text, TextOrWords
from app.core.values import Model, Used
from app.models.device.benchmark import Compared, Measurement, Spread, newest
from app.models.engines.choice import ENGINE_LABELS
from app.session import Session
from app.session.measuring import MOST_RUNS, Measuring
from app.ui.parts.chart import Bar, bars
from app.ui.parts.loading import ran_on
from app.ui.words import t, words

SHORT: Mapping[str, TextOrWords] = {
    "litert-lm-gpu": Text("speed.litert_lm_gpu"),
    "litert-lm-cpu": Text("speed.litert_lm_cpu"),
    "mediapipe": "MediaPipe",
    "wllama": "wllama",
    "built-in": Text("builtin.engine"),
}


def speed_region(session: Session) -> Html:
    """`region "Measured speed"`, folded."""
    part: Measuring = session.measure
    known = newest(part.measurements())
    folded = h(
        "details",
        h("summary", h("h2", t("speed.title"))),
        h("p", t("speed.how"), class_="note"),
        h("p", t("speed.how_threads"), class_="note") if part.compares() else None,
        working(part) if part.progress() else controls(part),
        listed(part, known),
        *charts(known),
        h("button", t("speed.save"), type="button", data_on="click:measure:export", id="measure-save")
        if known
        else None,
        id="speed-folded",
    )
    return h("section", folded, aria_label=t("speed.title"), class_="folded", id="speed")


MOST_BESIDE = 3  # other models that a sheet compares with


def speed_beside(session: Session, model: Model) -> Html:
    """How fast a model writes here, beside others that were measured, and the button that measures it."""
    speeds, part = session.state.speeds(), session.measure
    others = sorted((id for id in speeds if id != model.id), key=lambda id: -speeds[id])
    named = [(one.name, speeds[id]) for id in others if (one := session.state.shelf.named(id))][:MOST_BESIDE]
    mine = speeds.get(model.id, 0.0)
    lines = [(model.name, mine), *named] if mine else []
    most = max((speed for _, speed in lines), default=1.0)
    on, busy = "click:measure:start", part.progress()
    label = t("speed.measure_again" if mine else "speed.measure")
    button = h("button", label, type="button", class_="link", data_on=on, data_arg=model.id, disabled=busy is not None)
    note = words(busy.step) if busy and busy.model_id == model.id else "" if mine else t("speed.not_measured")
    return h(
        "div",
        h("h3", t("speed.beside")),
        h("dl", *(_beside(name, speed, most, is_mine=n == 0) for n, (name, speed) in enumerate(lines)), class_="speeds")
        if lines
        else None,
        h("p", f"{note} " if note else None, button, class_="note"),
    )


def _beside(name: str, speed: float, most: float, *, is_mine: bool) -> Html:
    bar = h("progress", value=round(speed, 1), max=round(most, 1), aria_hidden="true")
    return h("div", h("dt", name), h("dd", bar, h("span", words(Speed(speed)))), class_="mine" if is_mine else None)


def working(part: Measuring) -> Html:
    """What is being measured, and the way to stop it."""
    progress = part.progress()
    step = words(progress.step) if progress else ""
    stop = h("button", t("speed.stop"), type="button", data_on="click:measure:stop", id="measure-stop")
    return h("div", h("p", step, role="status"), stop, class_="server", id="measuring")


def controls(part: Measuring) -> Html:
    """Everything at once, and how often."""
    if not part.ready():
        return h("p", t("speed.no_model"), id="measuring")
    field = h(
        "input",
        type="number",
        id="measure-runs",
        value=part.runs(),
        min=1,
        max=MOST_RUNS,
        data_on="change:measure:count",
    )
    label = h("label", t("speed.runs"), for_="measure-runs")
    everything = h(
        "button", t("speed.measure_all"), type="button", data_on="click:measure:start", data_arg="", id="measure-all"
    )
    return h("div", everything, h("span", label, field, class_="correction"), class_="server", id="measuring")


def listed(part: Measuring, known: Sequence[Measurement]) -> Html | None:
    """Each model that is ready or was measured: its figures and its buttons."""
    ready = {model.id: model for model in part.ready()}
    names = {model_id: model.name for model_id, model in ready.items()}
    names |= {one.model_id: one.model_name for one in known if one.model_id not in names}
    items = [
        _item(part, id, name, ready.get(id), [one for one in known if one.model_id == id]) for id, name in names.items()
    ]
    return h("ul", *items, class_="measured", id="measured") if items else None


def _item(part: Measuring, id: str, name: str, model: Model | None, known: Sequence[Measurement]) -> Html:
    return h(
        "li",
        h("strong", name),
        *(piece for one in known for piece in _told(part, one)),
        h(
            "div",
            _measure(id, name, part.progress() is not None, bool(known)) if model else None,
            _forget(id, name) if known else None,
            class_="actions",
        ),
        id=f"measured-{id}",
    )


def _told(part: Measuring, one: Measurement) -> Iterable[Html]:
    """The figures of one measurement, and what else was tried in it."""
    yield h("p", figures(one, part.version_here(one.engine)), class_="facts")
    if one.compared:
        ways = [_way(way) for way in sorted(one.compared, key=lambda way: -way.writing)]
        threads = part.threads_by(one)
        now = t("speed.now_used", count=threads) if threads else ""
        yield h("p", " ".join(filter(None, (t("speed.compared", ways=ways), now))), class_="note")


def _way(way: Compared) -> Text:
    if way.on_gpu:
        return Text("speed.compared_gpu", speed=Speed(way.writing))
    return Text("speed.compared_threads", speed=Speed(way.writing), count=way.threads)


def _measure(id: str, name: str, is_busy: bool, is_known: bool) -> Html:
    return h(
        "button",
        t("speed.measure_again" if is_known else "speed.measure"),
        type="button",
        data_on="click:measure:start",
        data_arg=id,
        id=f"start-speed-{id}",
        aria_label=t("speed.measure_again_model" if is_known else "speed.measure_model", model=name),
        disabled=is_busy,
    )


def _forget(id: str, name: str) -> Html:
    return h(
        "button",
        t("speed.forget"),
        type="button",
        class_="quiet",
        data_on="click:measure:forget",
        data_arg=id,
        data_ask=t("speed.forget_asked", model=name),
        id=f"forget-speed-{id}",
        aria_label=t("speed.forget_model", model=name),
    )


def figures(one: Measurement, version_here: str = "") -> str:
    """Everything that one measurement says, in a line. `version_here` is the engine's version now, "" if unknown."""
    parts = [
        engine_name(one),
        _age(one, version_here),
        *ran_on(Used(one.threads, one.on_gpu) if one.threads or one.on_gpu else None),
        t("speed.writes", speed=Speed(one.writing.median)) if one.writing else t("speed.too_short"),
        t("speed.reads", speed=Speed(one.reading.median)) if one.reading else "",
        t("speed.first_word", wait=Seconds(one.first_token.median)) if one.first_token else "",
        t("speed.loaded", time=Seconds(one.load_seconds)) if one.load_seconds else "",
        t("speed.takes", size=Size(one.memory_bytes)) if one.memory_bytes else t("speed.memory_not_told"),
        "" if one.counted else t("speed.tokens_estimated"),
        t("speed.runs_on", count=len(one.runs), day=local_day(one.when)),
    ]
    return " · ".join(part for part in parts if part)


def engine_name(one: Measurement) -> str:
    """In words, with its version where that is known."""
    name = next((words(label) for name, label in ENGINE_LABELS.items() if name == one.engine), one.engine)
    return t("speed.engine_version", engine=name, version=one.engine_version) if one.engine_version else name


def _age(one: Measurement, version_here: str) -> str:
    if not version_here or one.engine_version == version_here:
        return ""
    return t("speed.other_version" if one.engine_version else "speed.version_unknown")


def charts(known: Sequence[Measurement]) -> Iterable[Html]:
    """One for each figure that any model has."""
    figures: tuple[tuple[str, str, str, Callable[[Measurement], Spread | None]], ...] = (
        (t("speed.writing"), t("speed.unit"), "chart-writing", lambda one: one.writing),
        (t("speed.reading"), t("speed.unit"), "chart-reading", lambda one: one.reading),
        (t("speed.wait"), t("speed.seconds"), "chart-wait", lambda one: one.first_token),
    )
    kinds = Counter((one.model_id, one.engine) for one in known)
    for title, unit, id, figure in figures:
        found = [(one, spread) for one in known if (spread := figure(one))]
        if found:
            drawn = [_bar(one, spread, kinds[one.model_id, one.engine] > 1) for one, spread in found]
            yield bars(title, drawn, unit, id=id)


def _bar(one: Measurement, spread: Spread, is_one_of_several: bool) -> Bar:
    version = one.engine_version or t("speed.version_unknown")
    label = f"{one.model_name} · {words(SHORT.get(one.engine, one.engine))}"
    label = f"{label} {version}" if is_one_of_several else label
    return Bar(label, spread.median, spread.low, spread.high, "" if one.counted else t("speed.estimated"))
