"""Citations in a reply: chips, what is marked, and HTML that stays whole whatever a claim spans."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from app.study.chats import Chat, Turn
from app.study.cited import Cited, Claim, Sources, Verdict
from app.ui import citing
from app.ui.markdown import LiveText, Markdown
from app.ui.mount import mount
from app.ui.parts.cited import hints, told
from tests.memory import RecordingPage
from tests.ui.pages import session
from tests.ui.test_chat_file import FakeTypesetter

PASSAGES = tuple(Cited(n, f"d{n}", "Tides.pdf", n, 0, 20, "The flood tide runs in for six hours.") for n in (1, 2, 3))


def turn(text: str, *marked: str, passages: tuple[Cited, ...] = PASSAGES, verdict: Verdict = "unsupported") -> Turn:
    """A reply in which these parts are marked."""
    claims = tuple(Claim(text.index(part), text.index(part) + len(part), verdict) for part in marked)
    return Turn("T", "c", "", "assistant", text, sources=Sources(passages, claims, documents=1))


def short(html: str) -> str:
    """HTML with its chips as {1} and the signs of claims as {?0}."""
    html = re.sub(r'<button[^>]*class="cite"[^>]*data-arg="T (\d+)".*?</button>', r"{\1}", html)
    html = re.sub(r'<button[^>]*class="doubt"[^>]*aria-describedby="d-T-(\d+)".*?</button>', r"{?\1}", html)
    html = re.sub(r'<span class="unfound" data-hint="d-T-(\d+)">(.*?)</span>', r"«\2»", html)
    return re.sub(r'<div class="(?:prose|block)"[^>]*>|</div>', "", html)


def drawn(one: Turn) -> str:
    return short(Markdown().render_turn(one.id, one.text, citing.citing_of(one.id, one.text, one.sources)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Six hours [1].", "<p>Six hours {1}.</p>"),
        ("Both [1, 2] and [1][3].", "<p>Both {1}{2} and {1}{3}.</p>"),
        ("All [1-3] and [1–2]; [3; 1].", "<p>All {1}{2}{3} and {1}{2}; {3}{1}.</p>"),
        ("Gone [7]. Half [2, 9].", "<p>Gone. Half {2}.</p>"),
        ("`a[1]` and $x[1]$", '<p><code>a[1]</code> and <span class="math" data-plain>$x[1]$</span></p>'),
        ("wax[0] and [one] and [1", "<p>wax and [one] and [1</p>"),
        ("It is x[0] in `a[1]` [1]", "<p>It is x[0] in <code>a[1]</code> {1}</p>"),
        ("High<sup>[1]</sup> and low<sup>[7]</sup>.", "<p>High<sup>{1}</sup> and low<sup></sup>.</p>"),
        ("**Bold [1]** and *so [2]*", "<p><strong>Bold {1}</strong> and <em>so {2}</em></p>"),
    ],
)  # fmt: skip
def test_numbers_of_passages_are_chips(text: str, html: str) -> None:
    assert drawn(turn(text)) == html


def test_without_sources_a_number_in_brackets_is_text() -> None:
    one = Turn("T", "c", "", "assistant", "As in [1].")
    assert drawn(one) == "<p>As in [1].</p>"
    assert drawn(turn("As in [1].", passages=())) == "<p>As in [1].</p>"
    assert told(one) is None
    assert hints("T", Sources()) is None


def test_a_link_holds_no_button() -> None:
    html = drawn(turn("See [the page [1]](https://a.example/x) so", "See [the page [1]](https://a.example/x)"))
    assert re.search(r"<p>«See »<a [^>]*>«the page »\[1\]</a>{\?0} so</p>", html), html


@pytest.mark.parametrize(
    ("text", "part", "html"),
    [
        ("True. It is **very** warm [1]. So.", "It is **very** warm [1].",
         "<p>True. «It is »<strong>«very»</strong>« warm »{1}«.»{?0} So.</p>"),
        ("# Head\n\n- One\n- Two \\* three\n  goes on.\n", "Two \\* three\n  goes on.",
         '<h2 data-level="1">Head</h2><ul><li>One</li><li>«Two »«*»« three»\n«goes on.»{?0}</li></ul>'),
        ("> Quote this.\n> And that.", "And that.", "<blockquote><p>Quote this.\n«And that.»{?0}</p></blockquote>"),
        ("| a | b |\n|---|---|\n| right | wrong |", "wrong", "<td>«wrong»{?0}</td></tr>"),
        ("| a | b |\n|---|---|\n| so | it is |", "so | it is", "<td>«so»</td><td>«it is»{?0}</td></tr>"),
        ("It is `x.y` here.", "It is `x.y` here.", "<p>«It is »<code>x.y</code>« here.»{?0}</p>"),
        ("- [x] Done it.", "Done it.", "> «Done it.»{?0}</li></ul>"),
        ("Same. Same.", "Same.", "<p>«Same.»{?0} Same.</p>"),
        ("One\r\n\r\nTwo is.", "Two is.", "<p>One</p><p>«Two is.»{?0}</p>"),
    ],
)  # fmt: skip
def test_a_marked_sentence_is_wrapped_run_by_run(text: str, part: str, html: str) -> None:
    assert html in drawn(turn(text, part))


def test_any_claim_leaves_whole_html() -> None:
    text = "# A *b* [c](https://d.example) `e`\n\n"
    text += "1. f **g [1]** $h$\n2. i\n\n> j<sub>k</sub> &amp; [2]\n\n| l |\n|-|\n| n |"
    for start in range(len(text)):
        for end in (start + 1, start + 9, len(text)):
            sources = Sources(PASSAGES, (Claim(start, end, "unsupported"), Claim(start, end + 5, "false-quote")))
            one = Turn("T", "c", "", "assistant", text, sources=sources)
            html = Markdown().render_turn("T", text, citing.citing_of(one.id, one.text, one.sources))
            opened = [tag for tag in re.findall(r"<(/?[a-z0-9]+)", html) if tag not in ("hr", "br", "input")]
            stack: list[str] = []
            for tag in opened:
                if tag.startswith("/"):
                    assert stack.pop() == tag[1:], html
                else:
                    assert not (tag == "button" and {"a", "button"} & set(stack)), html
                    stack.append(tag)
            assert not stack


def test_a_growing_reply_has_its_chips_before_it_is_checked() -> None:
    one = turn("Six hours [1]. It is warm.\n\nMore [2].", "It is warm.")
    live = LiveText(Markdown(), "T", citing=citing.citing_of(one.id, one.text, one.sources))
    for sign in one.text:
        live.push(sign)
        live.redraw()
    assert short(live.html()) == "<p>Six hours {1}. It is warm.</p><p>More {2}.</p>"


def test_a_quote_is_shown_letter_by_letter_or_how_the_passage_begins() -> None:
    claim = Claim(0, 10, "supported", (1,), quoted=1, quote_start=4, quote_end=14)
    one = Turn("T", "c", "", "assistant", "It says so.", sources=Sources(PASSAGES, (claim,)))
    assert one.sources
    html = hints(one.id, one.sources)
    assert html
    assert '<blockquote dir="auto">flood tide</blockquote>' in html
    assert '<blockquote dir="auto">The flood tide runs in for six hours.</blockquote>' in html
    assert "<strong>Tides.pdf</strong><small>page 2</small>" in html


def test_the_foot_says_what_was_not_found() -> None:
    claims = (Claim(0, 1, "supported"), Claim(1, 2, "no-claim"), Claim(2, 3, "false-number", detail="42"))
    html = told(Turn("T", "c", "", "assistant", "abc", sources=Sources(PASSAGES, claims)))
    assert html
    assert "From 3 passages in your documents" in html
    assert "1 of 2 sentences not found in your documents" in html
    assert told(Turn("T", "c", "", "assistant", "", sources=Sources())) is None


def test_what_is_found_of_a_long_reply_draws_only_the_blocks_again_in_which_it_is_marked() -> None:
    async def body() -> None:
        made, page = session(), RecordingPage()
        mount(made, page, FakeTypesetter())
        await made.navigation.go("#/chat")
        before, after = turn("One [1].\n\nTwo.\n\nThree."), turn("One [1].\n\nTwo.\n\nThree.", "Two.")
        made.state.chat.set(Chat("c", path=("T",)))
        made.state.turns.set((before,))
        page.painted.clear()
        made.state.turns.set((after,))
        painted = [(kind, id) for kind, id, _ in page.painted]
        marked = [("html", "b-T-1"), ("drop", "h-T"), ("before", "n-T"), ("html", "n-T"), ("html", "x-T")]
        assert painted == marked
        [html] = [html for _, id, html in page.painted if id == "b-T-1"]
        assert 'class="unfound"' in html
        page.painted.clear()
        made.state.turns.set((replace(after, text="Two."),))
        assert [(kind, id) for kind, id, _ in page.painted] == [("html", "t-T")], "other words are all drawn again"
        await made.jobs.join()

    asyncio.run(body())


def test_words_that_cannot_be_drawn_are_shown_as_they_are_though_something_is_marked_in_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no Markdown")

    async def body() -> None:
        made, page = session(), RecordingPage()
        mount(made, page, FakeTypesetter())
        await made.navigation.go("#/chat")
        before, after = turn("One [1].\n\nTwo."), turn("One [1].\n\nTwo.", "Two.")
        made.state.chat.set(Chat("c", path=("T",)))
        monkeypatch.setattr(Markdown, "blocks", fail)
        made.state.turns.set((before,))
        page.painted.clear()
        made.state.turns.set((after,))
        [html] = [html for _, id, html in page.painted if id == "t-T"]
        assert '<pre dir="auto">One [1].\n\nTwo.</pre>' in html
        assert made.state.notices() == ()
        await made.jobs.join()

    asyncio.run(body())


def test_a_long_reply_is_marked_in_small_tasks_of_the_page() -> None:
    async def body() -> None:
        made, page = session(), RecordingPage()
        mount(made, page, FakeTypesetter())
        await made.navigation.go("#/chat")
        said = [f"Line {number}." for number in range(20)]
        before, after = turn("\n\n".join(said)), turn("\n\n".join(said), *(one for one in said if one != "Line 1."))
        made.state.chat.set(Chat("c", path=("T",)))
        made.state.turns.set((before,))
        page.painted.clear()
        cuts = list[int]()
        page.cut = lambda: cuts.append(len(page.painted))  # type: ignore[method-assign]
        made.state.turns.set((after,))
        assert cuts == [8, 16], "no task paints more than eight blocks"
        await made.jobs.join()

    asyncio.run(body())
