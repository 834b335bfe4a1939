"""The browser's own model, played by a script: no browser of these tests has a real one, so none was ever asked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driver import App

pytestmark = pytest.mark.warm

#: Before the page's own scripts. What `played` holds decides: `state`, `refuses` (an error's name), `share` (tells how
#: far a download is), `done` (ends it), `words` (each is a piece of a reply, "…" waits for Stop); `log` is what was
#: asked.
PLAYED = """
const played = window.played = { state: 'unavailable', refuses: '', words: [], log: [] };
const thrown = name => new DOMException('played', name);
window.LanguageModel = class {
  static async availability(options) {
    const languages = options.expectedOutputs?.[0].languages ?? [];
    return languages.includes('xx') ? 'unavailable' : played.state;
  }
  static async create({ initialPrompts = [], monitor, signal }) {
    if (played.refuses) throw thrown(played.refuses);
    if (played.state !== 'available') {
      const watched = new EventTarget();
      monitor?.(watched);
      played.state = 'downloading';
      const moved = loaded => Object.assign(new Event('downloadprogress'), { loaded, total: 1 });
      played.share = loaded => watched.dispatchEvent(moved(loaded));
      await new Promise((done, failed) => {
        played.done = done;
        signal.addEventListener('abort', () => failed(signal.reason));
      });
      played.state = 'available';
    }
    played.log.push(['create', initialPrompts.map(one => one.role)]);
    return new LanguageModel();
  }
  contextUsage = 10;
  contextWindow = 9216;
  async measureContextUsage(input) { return input[0].content.length > 50_000 ? 10_000 : 5; }
  promptStreaming(input, { responseConstraint, signal }) {
    played.log.push(['ask', input[0].content, responseConstraint ?? null]);
    const words = [...played.words], own = this;
    return new ReadableStream({ async pull(controller) {
      const word = words.shift();
      if (word === '…') await new Promise((_, stopped) => signal.addEventListener('abort', () => {
        played.log.push(['stopped']);
        stopped(signal.reason);
      }));
      own.contextUsage += 5;
      if (word) controller.enqueue(word); else controller.close();
    } }, { highWaterMark: 0 });
  }
  destroy() { played.log.push(['destroy']); }
};
"""
#: The page's own module, asked as Python asks it: what it sends.
ASK = """async ([verb, asked]) => {
  const sent = [], { answer } = await import('./static/vendor/scripts/built-in.js');
  await answer((name, [, value]) => sent.push([name, value]), 1, verb, asked);
  return sent;
}"""
SCHEMA = {"type": "object", "properties": {"capital": {"type": "string"}}, "required": ["capital"]}


def test_a_model_that_the_browser_has_through_all_its_states(app: App) -> None:
    page = app.page
    page.add_init_script(PLAYED)
    app.open("#/models")
    region = page.get_by_role("region", name="Built into this browser", exact=True)
    model = region.get_by_role("article", name="Built-in model", exact=True)

    def again(state: str) -> None:
        page.evaluate("state => played.state = state", state)
        app.go("Chat")
        app.go("Models")

    expect(model).to_contain_text("isn't available on this device")
    expect(model.get_by_role("alert")).to_have_count(0)
    expect(model.get_by_role("button", name=re.compile("Use|Download"))).to_have_count(0)

    again("downloadable")
    download = model.get_by_role("button", name="Download", exact=True)
    page.evaluate("played.refuses = 'NotAllowedError'")
    download.click()
    expect(page.locator("#ask-text")).to_contain_text("22 GB")
    page.locator("#ask-yes").click()
    expect(model.get_by_role("alert")).to_contain_text("didn't allow this page")
    page.evaluate("played.refuses = ''")
    model.get_by_role("button", name="Try again", exact=True).click()
    page.locator("#ask-yes").click()
    page.wait_for_function("played.share")
    page.evaluate("played.share(.42)")
    expect(model).to_contain_text(re.compile(r"42\s%"))
    expect(model.get_by_role("progressbar")).to_have_attribute("value", "42")
    model.get_by_role("button", name="Cancel", exact=True).click()
    follow = model.get_by_role("button", name="Show progress", exact=True)  # the browser goes on with it
    page.evaluate("played.share = null")
    follow.click()
    page.wait_for_function("played.share")
    page.evaluate("played.done()")
    app.use_model(model)
    sheet = app.details(model)
    expect(sheet).to_contain_text("Not told by the browser")
    app.close_sheet()

    app.go("Chat")
    expect(app.model).to_contain_text("Built-in model")
    page.evaluate("played.words = ['Par', 'is.']")
    answer = app.send("The capital of France?")
    app.wait_answered(answer)
    assert app.words(answer) == "Paris."
    expect(app.figures(answer)).to_contain_text("The browser itself")
    page.evaluate("played.words = ['Well', '…']")
    answer = app.send("And of Italy?")
    expect(answer).to_contain_text("Well")
    page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    page.wait_for_function("played.log.some(([what]) => what === 'stopped')")
    made = page.evaluate("played.log.filter(([what]) => what !== 'destroy').map(([what, one]) => [what, one])")
    # one session keeps the model in memory; the second question goes on with the first one's
    assert [what for what, _ in made[-5:]] == ["create", "create", "ask", "ask", "stopped"]

    page.evaluate("played.words = ['{\"capital\":', '\"Paris\"}']")
    asked = {"messages": [{"role": "user", "content": "Which?"}], "schema": SCHEMA, "goesOn": False}
    pieces = ['{"capital":', '"Paris"}']
    told = page.evaluate(ASK, ["reply", asked])
    assert told == [*(["piece", piece] for piece in pieces), ["answer", {"counts": [15, 10]}]]
    assert page.evaluate("played.log.findLast(([what]) => what === 'ask')")[2] == SCHEMA
    asked["messages"] = [{"role": "user", "content": "x" * 50_001}]
    assert page.evaluate(ASK, ["reply", asked]) == [["answer", {"error": "QuotaExceededError", "limit": 9216}]]


def test_a_browser_without_one_shows_nothing_of_it(app: App) -> None:
    app.page.add_init_script("delete window.LanguageModel;")
    app.open("#/models")
    expect(app.page.get_by_role("region", name="Browser models")).to_be_visible()
    expect(app.page.get_by_text("Built into this browser", exact=False)).to_have_count(0)
    expect(app.page.locator("#built-in")).to_have_count(0)
    assert not any("built-in.js" in address for address in app.requests)
