"""axe-core finds nothing to fault: every state of the page once (tests/browser/states.py), light and dark in turn; each
page in both, on a phone's width and on a desk's, among the long tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest

from tests.browser.conftest import MakeApp
from tests.browser.driver import App
from tests.browser.states import DESK, PAGES, Visit, main_visit, show, visits
from tests.ollama.stand_in import StandIn

RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))"""


@pytest.fixture
def ollama() -> Iterator[StandIn]:
    """A server with a model."""
    with StandIn() as running:
        running.install("llama3.2:3b")
        yield running


def violations(app: App, axe: str) -> list[str]:
    """What the rules say about what is on show. What is folded is opened first: what is hidden is not looked at."""
    if app.page.evaluate("() => typeof axe === 'undefined'"):
        app.page.evaluate(axe)
    app.page.evaluate(
        "document.querySelectorAll('main section:not([hidden]) details').forEach(one => { one.open = true; })"
    )
    found: list[str] = app.page.evaluate(RUN)
    return found


@pytest.mark.warm
@pytest.mark.parametrize("visit", range(len(visits(""))), ids=lambda at: visits("")[at].states[0].name)
def test_no_state_breaks_a_rule(app: App, axe: str, ollama: StandIn, visit: int) -> None:
    here = visits(ollama.url)[visit]
    app.page.emulate_media(reduced_motion="reduce")
    app.allow(re.escape(ollama.url))
    app.open(here.path)
    found: dict[str, list[str]] = {}
    for state, scheme in zip(here.states, cycle(("light", "dark")), strict=False):
        app.page.set_viewport_size({"width": DESK if DESK in state.widths else state.widths[0], "height": 800})
        app.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        show(app, here, state)
        if broken := violations(app, axe):
            found[f"{state.name}, {scheme}"] = broken
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_in_any_look(make_app: MakeApp, axe: str, scheme: Any, width: int) -> None:
    app, here = make_app(color_scheme=scheme, reduced_motion="reduce"), main_visit()
    pages = Visit(here.path, tuple(state for state in here.states if state.name in PAGES))
    app.open(here.path)
    found: dict[str, list[str]] = {}
    for state in pages.states:
        app.page.set_viewport_size({"width": width, "height": 800})
        show(app, pages, state)
        if broken := violations(app, axe):
            found[state.name] = broken
    assert found == {}
