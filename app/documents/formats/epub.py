"""E-books: a chapter is a page, in the order of the spine; what is not part of the text (contents, cover) is left out.

Facts: https://www.w3.org/TR/epub-33. A chapter is read as a web page is: nothing in it is run or fetched. Footnotes
stand behind their chapter.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.core.documents import EncryptedDocument, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.html import Words, fill, markup_of, words_of
from app.documents.packed import Packed, beside, child, local, tree_of, value, words_in
from app.documents.pages import Full, Pages

CHAPTERS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
#: kinds of parts that are not text: https://www.w3.org/TR/epub-ssv-11
LEFT_OUT = ("titlepage", "cover", "toc", "landmarks", "halftitlepage", "copyright-page")


def read(file: File, name: str) -> Steps:
    """A page a chapter."""
    yield 0, 0
    with Packed(file.path) as zipped:
        container = zipped.tree("META-INF/container.xml")
        found = (
            next((one for one in container.iter() if local(one) == "rootfile"), None) if container is not None else None
        )
        main = value(found, "full-path")
        root = zipped.tree(main) if main else None
        if root is None:
            raise UnreadableDocument("damaged")
        chapters = _chapters(root, main)
        locked = _locked(zipped)
        if chapters and locked.issuperset(chapters):
            raise EncryptedDocument
        pages = Pages()
        try:
            for number, chapter in enumerate(chapters):
                yield number, len(chapters)
                data = None if chapter in locked else zipped.data(chapter)
                if data is not None:
                    _chapter(words_of(markup_of(data), is_xml=True), pages)
        except Full:
            pages.cut()
        about = child(root, "metadata")
        return pages.reading("epub", words_in(child(about, "title")), words_in(child(about, "language")))


def _chapters(root: Element, main: str) -> list[str]:
    """The parts of the spine that are text."""
    manifest, spine = child(root, "manifest"), child(root, "spine")
    items = {value(one, "id"): one for one in manifest} if manifest is not None else {}
    order = (
        (items.get(value(one, "idref")) for one in spine if value(one, "linear", "yes") != "no")
        if spine is not None
        else ()
    )
    return [
        beside(main, value(item, "href"))
        for item in order
        if item is not None and value(item, "media-type") in CHAPTERS and "nav" not in value(item, "properties").split()
    ]


def _locked(zipped: Packed) -> set[str]:
    """The parts that are encrypted, mostly fonts only."""
    data = zipped.data("META-INF/encryption.xml")
    if data is None:
        return set()
    return {value(one, "URI") for one in tree_of(data).iter() if local(one) == "CipherReference"}


def _chapter(words: Words, pages: Pages) -> None:
    if words.kinds.intersection(LEFT_OUT) or not words.blocks:
        return
    fill(pages, [block for block in words.blocks if not block.kind])
    fill(pages, [block for block in words.blocks if block.kind])
    pages.turn()
