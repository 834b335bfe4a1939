"""HTML is escaped unless it was made here."""

from __future__ import annotations

import pytest

from app.core.html import Html, h, join

NASTY = "<script>alert('x')</script> & \"quotes\""
SAFE = "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quotes&quot;"


def test_text_and_attributes_are_escaped() -> None:
    assert h("p", NASTY) == f"<p>{SAFE}</p>"
    assert h("p", title=NASTY) == f'<p title="{SAFE}"></p>'
    assert join(NASTY) == SAFE


def test_html_passes_as_it_is() -> None:
    assert h("div", h("b", "a"), [h("i", "b"), ("c", 1, 2.5)]) == "<div><b>a</b><i>b</i>c12.5</div>"
    assert isinstance(h("p"), Html)
    assert isinstance(join(h("p"), "a"), Html)


def test_what_is_not_there_leaves_no_trace() -> None:
    assert h("p", None, False, True, "", hidden=False, id=None, class_="") == '<p class=""></p>'


def test_names_of_attributes() -> None:
    html = h("label", "a", class_="b", for_="c", data_on="click:d", aria_label="e", disabled=True, value=0)
    assert html == '<label class="b" for="c" data-on="click:d" aria-label="e" disabled value="0">a</label>'


def test_void_elements_hold_nothing() -> None:
    assert h("input", type="text") == '<input type="text">'
    with pytest.raises(ValueError, match="holds no children"):
        h("br", "text")
