"""Documents that are zips of XML: opened within limits, so that nothing unpacks to more than a document holds.

    with Packed(path) as zipped:                    # raises UnreadableDocument, EncryptedDocument
        root = zipped.tree("word/document.xml")     # an Element; None where it is not there

Entities are never resolved: an XML that declares any of its own is refused, as one of a few bytes can stand for
gigabytes, or for a file. What claims more than it holds, or holds more than it claims, is cut off where the limit is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import normpath
from types import TracebackType
from typing import Self
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from app.core.documents import EncryptedDocument, UnreadableDocument

MOST_ENTRIES = 30_000
MOST_PART = 80_000_000  # bytes of one part
MOST_READ = 300_000_000  # of all parts that are read
MOST_RATIO = 300  # of a part larger than a MB: text packs to a tenth, and deflate ends at 1,000
MOST_DEPTH = 200
MOST_ELEMENTS = 4_000_000
LARGE = 1_000_000


class Packed:
    """An open zip of so many entries, of which so many bytes are read: of one part, and of all."""

    def __init__(self, path: Path, entries: int = MOST_ENTRIES, part: int = MOST_PART, in_all: int = MOST_READ) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableDocument("damaged", str(error)) from error
        if len(infos) > entries:
            raise UnreadableDocument("bomb", f"{len(infos)} entries")
        self._entries = {entry.filename: entry for entry in infos}
        self._part, self._left = part, in_all

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """What the list says of a part's size in bytes, 0 where it is not there."""
        return self._entries[name].file_size if name in self._entries else 0

    def data(self, name: str) -> bytes | None:
        """A part, None where it is not there. Raises UnreadableDocument, EncryptedDocument."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise EncryptedDocument
        most = min(self._part, self._left)
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > most or (entry.file_size > LARGE and ratio > MOST_RATIO):
            raise UnreadableDocument("bomb", f"{name}: {entry.file_size} bytes")
        try:
            with self._zip.open(entry) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
            raise UnreadableDocument("damaged", str(error)) from error
        except Exception as error:
            raise UnreadableDocument("damaged", f"{type(error).__name__}: {error}") from error
        if len(data) > most:
            raise UnreadableDocument("bomb", name)
        self._left -= len(data)
        return data

    def tree(self, name: str) -> Element | None:
        """A part that is XML, None where it is not there. Raises what `data` raises."""
        data = self.data(name)
        return None if data is None else tree_of(data)

    def relations(self, name: str) -> dict[str, str]:
        """Of Office's formats: the parts that a part names, by their ids."""
        folder, _, file = name.rpartition("/")
        root = self.tree(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for one in root if root is not None else ():
            if one.get("TargetMode") != "External":
                found[one.get("Id", "")] = beside(name, one.get("Target", ""))
        return found


def beside(name: str, target: str) -> str:
    """The name of a part that another one names, relative to itself or from the top."""
    target = unquote(target.split("#")[0])
    folder = name.rpartition("/")[0]
    return normpath(target if target.startswith("/") else f"{folder}/{target}").lstrip("/")


class _Limited(TreeBuilder):
    """Builds a tree of so many elements at most, none deeper than a document is."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """An element begins."""
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise UnreadableDocument("bomb", f"{self._count} elements, {self._depth} deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """It ends."""
        self._depth -= 1
        return super().end(tag)


def tree_of(data: bytes) -> Element:
    """The tree of an XML. Raises UnreadableDocument."""
    if b"<!ENTITY" in data or b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnreadableDocument("bomb", "entities")
    parser = XMLParser(target=_Limited())
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableDocument("damaged", str(error)) from error
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str, otherwise: str = "") -> str:
    """An attribute by its local name."""
    if element is not None:
        for key, found in element.attrib.items():
            if key == name or key.endswith("}" + name):
                return found
    return otherwise


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of a name, its first child of the next, and so on."""
    for name in names:
        if element is not None:
            element = next((one for one in element if local(one) == name), None)
    return element


def outermost(element: Element | None, names: Sequence[str]) -> Iterator[Element]:
    """The elements of some names below an element, none of those within one of them."""
    for one in element if element is not None else ():
        if local(one) in names:
            yield one
        else:
            yield from outermost(one, names)


def words_in(element: Element | None) -> str:
    """All text below an element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())
