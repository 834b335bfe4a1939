"""E-books: a chapter is a page, in the order of the spine; what is not part of the text (contents, cover) is left out.

Facts: https://www.w3.org/TR/epub-33. A chapter is read as a web page is: nothing in it is run or fetched. Footnotes
stand behind their chapter.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from app.core.documents import EncryptedDocument, UnreadableDocument
from app.documents.files import File, Steps
from app.documents.formats.epub_contents import Entry, contents_of, part_of
from app.documents.formats.html import Words, fill, markup_of, words_of
from app.documents.packed import Packed, child, local, tree_of, value, words_in
from app.documents.pages import MOST_HEADING, Full, Pages, bare

CHAPTERS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
#: kinds of parts that are not text: https://www.w3.org/TR/epub-ssv-11
GUIDED = ("cover", "toc", "title-page", "titlepage", "copyright-page")  # likewise, in the guide of EPUB 2
NEAR = 3  # blocks in which a title of the contents is looked for
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
        chapters = _chapters(zipped, root, main)
        locked = _locked(zipped)
        if chapters and locked.issuperset(chapters):
            raise EncryptedDocument
        pages, contents = Pages(), contents_of(zipped, root, main)
        try:
            for number, chapter in enumerate(chapters):
                yield number, len(chapters)
                data = None if chapter in locked else zipped.data(chapter)
                if data is not None:
                    _chapter(words_of(markup_of(data), is_xml=True), contents.get(chapter, ()), pages)
        except Full:
            pages.cut()
        about = child(root, "metadata")
        return pages.reading("epub", words_in(child(about, "title")), words_in(child(about, "language")))


def _chapters(zipped: Packed, root: Element, main: str) -> list[str]:
    """The parts of the spine that are text."""
    manifest, spine = child(root, "manifest"), child(root, "spine")
    items = {value(one, "id"): one for one in manifest} if manifest is not None else {}
    order = (
        (items.get(value(one, "idref")) for one in spine if value(one, "linear", "yes") != "no")
        if spine is not None
        else ()
    )
    found = [
        part_of(zipped, main, value(item, "href"))
        for item in order
        if item is not None and value(item, "media-type") in CHAPTERS and "nav" not in value(item, "properties").split()
    ]
    guide = child(root, "guide")
    aside = {
        part_of(zipped, main, value(one, "href"))
        for one in (guide if guide is not None else ())
        if value(one, "type").lower() in GUIDED and "#" not in value(one, "href")
    }
    return [one for one in found if one not in aside] or found


def _locked(zipped: Packed) -> set[str]:
    """The parts that are encrypted, mostly fonts only."""
    data = zipped.data("META-INF/encryption.xml")
    if data is None:
        return set()
    return {value(one, "URI") for one in tree_of(data).iter() if local(one) == "CipherReference"}


def _chapter(words: Words, entries: Sequence[Entry], pages: Pages) -> None:
    if words.kinds.intersection(LEFT_OUT) or not words.blocks:
        return
    if not any(block.level for block in words.blocks):
        _set_headings(words, entries)
    fill(pages, [block for block in words.blocks if not block.kind])
    fill(pages, [block for block in words.blocks if block.kind])
    pages.turn()


def _set_headings(words: Words, entries: Sequence[Entry]) -> None:
    """Headings of a chapter that marks none, from the book's contents: on their words, else above what they lead to."""
    for entry in entries:
        at = min(words.places.get(entry.place, 0), len(words.blocks) - 1)
        blocks = (block for block in words.blocks[at : at + NEAR] if len(block.text) <= MOST_HEADING)
        near = [block for block in blocks if bare(block.text) == bare(entry.title)]
        if near:
            near[0].level = entry.level
        else:
            words.blocks[at].above.append((entry.level, entry.title))
