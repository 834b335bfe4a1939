"""axe-core finds nothing to fault: every page, light and dark, on a phone's width and on a desk's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import MakeApp
from tests.browser.driver import App

RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))"""


SECTIONS = (
    "General",
    "Privacy & offline",
    "Chat",
    "Models & Automatic",
    "Models",
    "Connections",
    "Usage & budget",
    "Data",
    "Classroom",
    "Advanced",
    "About",
)


def chat(app: App) -> None:
    """A reply with everything that Markdown can hold."""
    app.ask("What is photosynthesis?")


def models(app: App) -> None:
    """The Models page, with everything unfolded."""
    app.go("Models")
    app.page.get_by_role("heading", name="Local Models").wait_for()
    unfold(app)


def settings(app: App) -> None:
    """The index of Settings, which is a page of its own on a phone."""
    app.go("Settings")
    app.page.get_by_role("searchbox", name="Search settings").wait_for()


def section(name: str) -> Callable[[App], None]:
    """One section of Settings, with everything unfolded."""

    def go(app: App) -> None:
        app.settings(name)
        unfold(app)

    return go


def receipt(app: App) -> None:
    """A reply that Automatic chose a model for, with its receipt."""
    app.settings("Models & Automatic").get_by_role("switch", name="Smart routing").check()
    app.go("Chat")
    app.ask("Prove that the square root of two is irrational.")
    unfold(app)
    app.why(app.answers.last).wait_for()
    app.figures(app.answers.last).wait_for()


def models_list(app: App) -> None:
    """The list of the model button."""
    app.go("Chat")
    app.open_models()


def menu(app: App) -> None:
    """The rail, which is a drawer on a narrow page."""
    app.close_models()
    button = app.page.get_by_role("button", name="Menu", exact=True)
    if button.is_visible():
        button.click()
        app.page.get_by_role("list", name="Chats").wait_for()


def unfold(app: App) -> None:
    """Open whatever is folded: what is hidden is not looked at."""
    app.page.evaluate(
        "document.querySelectorAll('main section:not([hidden]) details').forEach(one => { one.open = true; })"
    )


#: In one visit: each step shows what the next look is at.
STEPS: dict[str, Callable[[App], None]] = {
    "an empty chat": lambda app: None,
    "a chat": chat,
    "models": models,
    "settings": settings,
    **{f"settings, {name}": section(name) for name in SECTIONS},
    "a receipt": receipt,
    "the list of models": models_list,
    "the rail": menu,
}


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 360),
        ("dark", 1280),
        pytest.param("light", 1280, marks=pytest.mark.slow),
        pytest.param("dark", 360, marks=pytest.mark.slow),
    ],
)
def test_no_page_breaks_a_rule(make_app: MakeApp, axe: str, scheme: Any, width: int) -> None:
    app = make_app(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    app.open("?demo&tokens=190&rate=4000&models=5")
    app.page.evaluate(axe)
    found: dict[str, list[str]] = {}
    for name, go in STEPS.items():
        go(app)
        if violations := app.page.evaluate(RUN):
            found[name] = violations
    assert found == {}
