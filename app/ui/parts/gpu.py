"""A GGUF model and the graphics processor, in the model's details: the switch, what was found, the check."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.html import Html, h
from app.core.values import DeviceFacts, Model
from app.models.engines.gpu import Plan, Wish, can_have
from app.session import Session
from app.ui.parts.sheet import fact
from app.ui.words import t, words


@dataclass(frozen=True, slots=True)
class GpuShown:
    """What is decided about a model, what the person wants, and what the engine said where it failed."""

    plan: Plan
    wish: Wish
    detail: str = ""


def gpu_shown(session: Session, model: Model, facts: DeviceFacts | None) -> GpuShown | None:
    """None where there is nothing to decide."""
    if facts is None or not can_have(model):
        return None
    gpu = session.engines.gpu
    plan, verdict = gpu.known(model, facts), gpu.verdicts().get(model.id)
    detail = verdict.detail if verdict and plan.is_found else ""
    return GpuShown(plan, session.state.settings().gpu_of(model), detail)


def gpu_note(model: Model, shown: GpuShown) -> Html | None:
    """Why the processor is used all the same: said in the row where the person asked for the other one, and where it
    was tried."""
    plan = shown.plan
    if plan.is_used or plan.needs_check or not (shown.wish == "on" or plan.is_found):
        return None
    return h("p", words(plan.why), class_="note", id=f"gpu-note-{model.id}")


def gpu_switch(model: Model, shown: GpuShown, *, is_ready: bool) -> Html:
    """The switch, and beside it what the graphics processor is or is not used for."""
    field, on = f"gpu-{model.id}", "click:models:check-gpu"
    labels: tuple[tuple[Wish, str], ...] = (("auto", t("gpu.auto")), ("on", t("gpu.on")), ("off", t("gpu.off")))
    options = [h("option", label, value=wish, selected=shown.wish == wish) for wish, label in labels]
    check = h(
        "button",
        t("gpu.check"),
        type="button",
        title=t("gpu.check_tip"),
        data_on=on,
        data_arg=model.id,
        id=f"check-gpu-{model.id}",
    )
    select = h(
        "select",
        *options,
        id=field,
        data_on="change:models:gpu",
        data_arg=model.id,
        aria_describedby=f"{field}-why",
    )
    return fact(
        h("label", t("gpu.title"), for_=field),
        select,
        h("p", words(shown.plan.why), class_="note", id=f"{field}-why"),
        check if is_ready and shown.plan.is_found else None,
        h("details", h("summary", t("gpu.detail")), h("pre", shown.detail)) if shown.detail else None,
    )
