"""The chat page as a person uses it: typing before Python is there, streaming, stopping, versions, several chats."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.driver import App, wait_until

pytestmark = pytest.mark.warm

SLOW = "?demo&tokens=40000&rate=40"  # a thousand seconds: no machine is so busy that Stop comes too late
QUICK = "?demo&tokens=40&rate=400"


def test_what_is_typed_and_sent_before_python_arrives_is_kept_and_sent(app: App) -> None:
    held: list[Route] = []
    app.page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    app.open(QUICK, ready=False)
    message = app.page.get_by_role("textbox", name="Message")
    message.fill("Sent before anything was there")
    message.press("Enter")
    expect(app.page.get_by_role("status").filter(has_text="will be sent")).to_be_visible()
    message.fill("and a draft")
    app.page.wait_for_function("document.querySelector('script[type=py]').xworker")
    expect(app.page.locator("html")).not_to_have_attribute("data-ready", "")
    wait_until(app.page, lambda: held)
    held[0].continue_()
    app.wait_ready()
    expect(app.page.get_by_role("article", name="You")).to_contain_text("Sent before anything was there")
    app.wait_answered(app.answers.first)
    expect(app.answers.first).to_have_attribute("data-explain", re.compile("^turn/"))  # what it says can be explained
    expect(message).to_have_value("and a draft")


def test_a_reply_streams_and_stop_keeps_its_words(app: App) -> None:
    app.open(SLOW)
    answer = app.send("Explain photosynthesis.")
    expect(answer.locator(".prose")).to_contain_text("Photosynthesis in one page")
    expect(answer.locator(".prose")).to_contain_text("Two stages do the work")
    app.page.get_by_role("button", name="Stop", exact=True).click()
    app.wait_answered(answer)
    expect(answer).to_contain_text("Stopped.")
    again = App(app.context, app.url)
    again.page = app.context.new_page()
    again.page.goto(app.page.url)
    # Formulas and code are drawn after the words, in both pages, so the two are the same only once both are at rest.
    wait_until(app.page, lambda: again.answers.count() and again.words(again.answers.first) == app.words(answer))
    expect(again.answers.first).to_contain_text("Two stages do the work")
    expect(again.answers.first).to_contain_text("Stopped.")
    again.check()


def test_markdown_is_drawn_with_code_tables_and_formulas(app: App) -> None:
    app.open("?demo&tokens=400&rate=4000")
    answer = app.send("Show me everything.")
    app.wait_answered(answer)
    expect(answer.get_by_role("heading", name="Photosynthesis in one page").first).to_be_visible()
    expect(answer.get_by_role("table").first).to_be_visible()
    expect(answer.locator(".katex").first).to_be_visible()
    expect(answer.locator("pre .hljs-keyword").first).to_be_visible()
    expect(app.line(answer)).to_contain_text(re.compile(r"on this device · .*\stok/s"))


def test_editing_and_regenerating_keep_every_version(app: App) -> None:
    app.open(QUICK)
    app.ask("The first question")
    app.answers.first.get_by_role("button", name="Regenerate").click()
    expect(app.answers.first.locator(".versions")).to_contain_text("2/2")
    app.wait_answered(app.answers.first)
    app.answers.first.get_by_role("button", name="Earlier version").click()
    expect(app.answers.first.locator(".versions")).to_contain_text("1/2")
    you = app.page.get_by_role("article", name="You")
    you.get_by_role("button", name="Edit").click()
    field = app.page.get_by_role("textbox", name="Edit message")
    field.fill("The second question")
    field.press("Enter")
    expect(you).to_contain_text("The second question")
    expect(you.locator(".versions")).to_contain_text("2/2")
    app.wait_answered(app.answers.first)
    you.get_by_role("button", name="Earlier version").click()
    expect(you).to_contain_text("The first question")
    expect(app.answers.first.locator(".versions")).to_contain_text("/2")


def test_chats_are_kept_renamed_found_deleted_and_brought_back(app: App) -> None:
    app.open(QUICK)
    app.ask("Apples and pears")
    app.new_chat()
    app.ask("Rivers of Europe")
    chats = app.page.get_by_role("list", name="Chats")
    expect(chats.get_by_role("listitem")).to_have_count(2)
    app.pick("Menu of Apples and pears", "Rename")
    title = app.page.get_by_role("textbox", name="Chat title")
    title.fill("Fruit")
    title.press("Enter")
    expect(chats).to_contain_text("Fruit")
    found = app.find("pears")
    expect(found).to_have_count(1)
    expect(found.locator("strong")).to_have_text("Fruit")
    expect(found.locator("mark")).to_have_text("pears")
    app.find("pears of Europe")
    expect(app.page.get_by_role("status").filter(has_text="No results for “pears of Europe”.")).to_be_visible()
    app.page.keyboard.press("Escape")
    app.pick("Menu of Fruit", "Delete")
    expect(chats.get_by_role("listitem")).to_have_count(1)
    app.page.get_by_role("button", name="Undo").click()
    expect(chats).to_contain_text("Fruit")
    app.reload()
    expect(chats.get_by_role("listitem")).to_have_count(2)
    chats.get_by_role("link", name="Fruit").click()
    expect(app.page.get_by_role("article", name="You")).to_contain_text("Apples and pears")


def test_a_long_chat_opens_at_its_end_and_shows_more_on_request(app: App) -> None:
    app.open("?demo&messages=120")
    app.page.get_by_role("link", name="A chat of 120 messages").click()
    expect(app.page.locator("html")).to_have_attribute("data-chat-turns", "120")
    articles = app.page.get_by_role("log", name="Conversation").get_by_role("article")
    expect(articles).to_have_count(40)
    expect(articles.last).to_be_in_viewport()
    app.page.get_by_role("button", name=re.compile("Show earlier messages")).click()
    expect(articles).to_have_count(80)
    expect(articles.last).to_contain_text("Step 60")


def test_hostile_markdown_in_a_question_or_reply_is_inert(app: App) -> None:
    app.open(QUICK)
    app.page.evaluate("window.harmed = 0")
    app.send('<img src=x onerror="window.harmed=1"> [x](javascript:window.harmed=1) <script>window.harmed=1</script>')
    app.wait_answered(app.answers.first)
    log = app.page.get_by_role("log", name="Conversation")
    expect(log).to_contain_text("<script>")
    assert log.locator("img, script, [onerror], a[href^='javascript']").count() == 0
    assert app.page.evaluate("window.harmed") == 0


def test_the_page_works_at_360_pixels_without_scrolling_sideways(app: App) -> None:
    app.page.set_viewport_size({"width": 360, "height": 740})
    app.open("?demo&tokens=400&rate=4000")
    app.ask("Show me everything.")
    for name in ("Models", "Settings", "Chat"):
        app.go(name)
        assert app.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert app.page.evaluate(
        "document.getElementById('log').scrollWidth <= document.getElementById('log').clientWidth + 1"
    )


def test_nothing_but_the_conversation_scrolls(app: App) -> None:
    app.open("?demo&tokens=600&rate=4000")
    app.ask("What is photosynthesis?")
    moved = app.page.evaluate(
        """() => {
          document.getElementById('spoken').scrollIntoView({ block: 'center' });
          return [...document.querySelectorAll('html, html *')]
            .filter(one => one.scrollTop && one.id !== 'log').map(one => one.id || one.tagName);
        }"""
    )
    assert moved == []


def test_an_enter_of_the_input_method_sends_nothing_in_any_field(app: App) -> None:
    """Fault B9: Safari ends a composition before its Enter, which then has the old key code 229 alone."""
    app.open(QUICK)
    answer = app.send("Apples and pears")
    app.wait_answered(answer)
    press = """field => ['Enter', 'Escape'].map(key => field.dispatchEvent(
      new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true })))"""
    message = app.page.get_by_role("textbox", name="Message")
    message.fill("にほん")
    message.evaluate(press)
    expect(message).to_have_value("にほん")
    app.pick("Menu of Apples and pears", "Rename")
    title = app.page.get_by_role("textbox", name="Chat title")
    title.fill("なまえ")
    assert title.evaluate(press) == [False, True], "an input sends its form by itself where nothing forbids it"
    expect(title).to_have_value("なまえ")
    title.press("Escape")
    app.page.get_by_role("button", name="Edit").first.click()
    words = app.page.locator("form[data-enter] textarea")
    words.fill("かんじ")
    words.evaluate(press)
    expect(words).to_have_value("かんじ")
    expect(app.answers).to_have_count(1)
