"""The contents of an e-book: the list of EPUB 3 (nav), else that of EPUB 2 (toc.ncx).

contents_of(zipped, root, "OEBPS/content.opf")["OEBPS/one.xhtml"]        # [Entry(1, "One", ""), Entry(2, "Part", "s1")]

Facts: https://www.w3.org/TR/epub-33/#sec-nav, https://idpf.org/epub/20/spec/OPF_2.0_latest.htm#Section2.4.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from xml.etree.ElementTree import Element

from app.core.documents import DocumentError
from app.documents.packed import Packed, beside, child, local, value, words_in

MOST_LEVELS = 6
MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A title; `place` is the id of what it leads to, "" where that is the whole chapter."""

    level: int
    title: str
    place: str


def contents_of(zipped: Packed, root: Element, main: str) -> dict[str, list[Entry]]:
    """The entries by the parts of the book that they lead to; nothing where the contents are damaged."""
    found: dict[str, list[Entry]] = {}
    for place, (name, level, title, target) in enumerate(_entries(zipped, root, main)):
        if place == MOST_ENTRIES:
            break
        if title and target:
            part = part_of(zipped, name, target)
            found.setdefault(part, []).append(Entry(min(level, MOST_LEVELS), title, target.partition("#")[2]))
    return found


def part_of(zipped: Packed, name: str, target: str) -> str:
    """The part that another one names; a few books write their names as they are, with signs that stand for others."""
    part = beside(name, target)
    bare = normpath(f"{name.rpartition('/')[0]}/{target.partition('#')[0]}").lstrip("/")
    return bare if part not in zipped and bare in zipped else part


def _entries(zipped: Packed, root: Element, main: str) -> Iterator[tuple[str, int, str, str]]:
    """The contents' own name, then level, title and target of each entry."""
    manifest = child(root, "manifest")
    items = list(manifest) if manifest is not None else []
    lists = [one for one in items if "nav" in value(one, "properties").split()]
    lists += [one for one in items if value(one, "media-type") == "application/x-dtbncx+xml"]
    for item in lists:
        name = part_of(zipped, main, value(item, "href"))
        try:
            tree = zipped.tree(name)
        except DocumentError:
            continue
        if tree is not None:
            found = [(name, *entry) for entry in (_of_ncx(tree) if local(tree) == "ncx" else _of_nav(tree))]
            if found:
                yield from found
                return


def _of_nav(tree: Element) -> Iterator[tuple[int, str, str]]:
    lists = [one for one in tree.iter() if local(one) == "nav"]
    named = [one for one in lists if "toc" in value(one, "type").split()]
    for one in (named or lists)[:1]:
        yield from _of_list(child(one, "ol"), 1)


def _of_list(element: Element | None, level: int) -> Iterator[tuple[int, str, str]]:
    for item in element if element is not None else ():
        yield level, words_in(child(item, "a")), value(child(item, "a"), "href")
        yield from _of_list(child(item, "ol"), level + 1)


def _of_ncx(tree: Element) -> Iterator[tuple[int, str, str]]:
    yield from _of_points(child(tree, "navMap"), 1)


def _of_points(element: Element | None, level: int) -> Iterator[tuple[int, str, str]]:
    for point in element if element is not None else ():
        if local(point) == "navPoint":
            yield level, words_in(child(point, "navLabel")), value(child(point, "content"), "src")
            yield from _of_points(point, level + 1)
