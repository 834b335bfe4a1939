"""One row a page: the document that is there before Python says the same."""

from __future__ import annotations

import re

from app.ui.pages.registry import PAGES
from tests.environment import ROOT
from tests.words import english

DOCUMENT = (ROOT / "index.html").read_text("utf-8")


def test_the_document_begins_with_the_navigation_and_the_chat() -> None:
    links = re.findall(
        r'<a id="nav-(\w+)" href="#/(\w+)"[^>]*><svg [^>]*><use href="[^"#]*#([^"]+)"></use></svg>(\w+)</a>', DOCUMENT
    )
    assert links == [(row.id, row.id, row.icon, english(row.title)) for row in PAGES if row.make]
    assert re.findall(r'<section id="page-(\w+)"', DOCUMENT) == [row.id for row in PAGES if row.make is None]
