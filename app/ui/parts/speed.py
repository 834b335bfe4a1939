"""The measured speed of models: measuring, what was found as charts and words, and the export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.core.html import Html, h
from app.core.text import count, duration, size, speed
from app.core.values import Model
from app.models.costs.ledger import local_day
from app.models.device.benchmark import Measurement, Spread, newest
from app.models.engines.choice import ENGINE_LABELS
from app.session import Session
from app.session.measuring import MOST_RUNS, Measuring
from app.ui.parts.chart import Bar, bars
from app.ui.words import words

SHORT: dict[str, str] = {
    "litert-lm-gpu": "LiteRT-LM, graphics",
    "litert-lm-cpu": "LiteRT-LM, processor",
    "mediapipe": "MediaPipe",
    "wllama": "wllama",
}
WORDS = (
    "Each model reads a text of about 300 words and writes up to 64 tokens, several times over: the figures are the "
    "middle of the runs, the lines in the charts go from the slowest to the fastest. Nothing leaves this device."
)


def speed_region(session: Session) -> Html:
    """`region "Measured speed"`."""
    part: Measuring = session.measure
    known = newest(part.measurements())
    return h(
        "section",
        h("h2", "Measured speed"),
        h("p", WORDS),
        working(part) if part.progress() else controls(part),
        listed(part, known),
        *charts(known),
        h("button", "Save as JSON", type="button", data_on="click:measure:export", id="measure-save")
        if known
        else None,
        aria_label="Measured speed",
        id="speed",
    )


def working(part: Measuring) -> Html:
    """What is being measured, and the way to stop it."""
    progress = part.progress()
    step = progress.step if progress else ""
    stop = h("button", "Stop measuring", type="button", data_on="click:measure:stop", id="measure-stop")
    return h("div", h("p", step, role="status"), stop, class_="server", id="measuring")


def controls(part: Measuring) -> Html:
    """Everything at once, and how often."""
    if not part.ready():
        return h("p", "No model is ready: download or import one, then measure it here.", id="measuring")
    field = h(
        "input",
        type="number",
        id="measure-runs",
        value=part.runs(),
        min=1,
        max=MOST_RUNS,
        data_on="change:measure:count",
    )
    label = h("label", "Runs of each", for_="measure-runs")
    everything = h("button", "Measure all", type="button", data_on="click:measure:start", data_arg="", id="measure-all")
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
    is_busy = part.progress() is not None

    def button(label: str, action: str, **more: str | bool) -> Html:
        verb, whole = action.removeprefix("measure:"), f"{label} {name}"
        on, field = f"click:{action}", f"{verb}-speed-{id}"
        return h("button", label, type="button", data_on=on, data_arg=id, id=field, aria_label=whole, **more)

    forget = button("Forget", "measure:forget", class_="quiet", data_ask=f"Forget all that was measured of {name}?")
    return h(
        "li",
        h("strong", name),
        *(h("p", figures(one), class_="facts") for one in known),
        h(
            "div",
            button("Measure again" if known else "Measure", "measure:start", disabled=is_busy) if model else None,
            forget if known else None,
            class_="actions",
        ),
        id=f"measured-{id}",
    )


def figures(one: Measurement) -> str:
    """Everything that one measurement says, in a line."""
    parts = [
        engine_name(one),
        f"writes {speed(one.writing.median)}" if one.writing else "its replies are too short to time its writing",
        f"reads {speed(one.reading.median)}" if one.reading else "",
        f"first word after {duration(one.first_token.median)}" if one.first_token else "",
        f"loaded in {duration(one.load_seconds)}" if one.load_seconds else "",
        f"takes {size(one.memory_bytes)} of memory" if one.memory_bytes else "memory: not told",
        "" if one.counted else "tokens estimated",
        f"{count(len(one.runs), 'run')} on {local_day(one.when)}",
    ]
    return " · ".join(part for part in parts if part)


def engine_name(one: Measurement) -> str:
    """In words."""
    return next((words(label) for name, label in ENGINE_LABELS.items() if name == one.engine), one.engine)


def charts(known: Sequence[Measurement]) -> Iterable[Html]:
    """One for each figure that any model has."""
    figures: tuple[tuple[str, str, str, Callable[[Measurement], Spread | None]], ...] = (
        ("Writing", "tokens/s", "chart-writing", lambda one: one.writing),
        ("Reading", "tokens/s", "chart-reading", lambda one: one.reading),
        ("Wait for the first word", "seconds", "chart-wait", lambda one: one.first_token),
    )
    for title, unit, id, figure in figures:
        found = [(one, spread) for one in known if (spread := figure(one))]
        if found:
            yield bars(title, [_bar(one, spread) for one, spread in found], unit, id=id)


def _bar(one: Measurement, spread: Spread) -> Bar:
    label = f"{one.model_name} · {SHORT.get(one.engine, one.engine)}"
    return Bar(label, spread.median, spread.low, spread.high, "" if one.counted else "estimated")
