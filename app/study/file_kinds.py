"""What a file is, by its content: a picture, a text, or what no model can be asked about yet and what that would need.

    kind_of(head, "board.heic", size)       # "picture"
    REASONS[kind_of(head, "paper.pdf", size)]("paper.pdf")     # a text: why it can't be attached
    text_of(data)                           # what stands in it; None where it is no text

Names are not believed, only beginnings: a picture may be called "notes.txt". The beginnings are those that
https://mimesniff.spec.whatwg.org and the formats' own specifications name (read in November 2026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.texts import Text

HEAD = 4096  # bytes that are looked at
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")
TIFFS = (b"II*\x00", b"MM\x00*")
MODELS = (b"GGUF", b"LITERTLM")
AUDIO = (b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9", b"MThd")
ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh", b"\x28\xb5\x2f\xfd")
VIDEOS = (b"\x1a\x45\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: the brand in the "ftyp" of a file in ISO's base media format
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
AVIF = (b"avif", b"avis")
#: what a zip is, by a name in it
IN_ZIPS = (
    (b"word/", "word"),
    (b"xl/", "sheet"),
    (b"ppt/", "slides"),
    (b"application/epub+zip", "book"),
    (b"opendocument.text", "word"),
    (b"opendocument.spreadsheet", "sheet"),
    (b"opendocument.presentation", "slides"),
)
#: what the library reads besides texts
DOCUMENTS = frozenset(("pdf", "word", "slides", "book"))
UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
#: signs that no text holds: all below a space but tab, line feed, form feed, carriage return and escape
CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\f\r\x1b")
REASONS: Mapping[str, Callable[[str], Text]] = {
    "pdf": lambda name: Text("attach.pdf", name=name),
    "word": lambda name: Text("attach.word", name=name),
    "sheet": lambda name: Text("attach.sheet", name=name),
    "slides": lambda name: Text("attach.slides", name=name),
    "book": lambda name: Text("attach.book", name=name),
    "archive": lambda name: Text("attach.archive", name=name),
    "audio": lambda name: Text("attach.audio", name=name),
    "video": lambda name: Text("attach.video", name=name),
    "model": lambda name: Text("attach.model", name=name),
    "binary": lambda name: Text("attach.binary", name=name),
    "empty": lambda name: Text("attach.empty", name=name),
}


def kind_of(head: bytes, name: str, size: int) -> str:
    """What a file is: "picture", "heic" and "tiff", which not every browser opens, "text", or a key of `REASONS`.
    `head` is its beginning, `size` all of its bytes."""
    if not size:
        return "empty"
    return _picture(head) or _known(head, name) or ("text" if _may_be_text(head) else "binary")


def _picture(head: bytes) -> str:
    if head.startswith(PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "picture" if head[:2] != b"BM" or not _may_be_text(head) else ""
    if head.startswith(TIFFS):
        return "tiff"
    if head[4:8] == b"ftyp":
        return "picture" if head[8:12] in AVIF else "heic" if head[8:12] in HEIC else ""
    return ""


def _known(head: bytes, name: str) -> str:
    if head.startswith(MODELS) or head[4:8] == b"TFL3" or name.lower().endswith((".gguf", ".task", ".litertlm")):
        return "model"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return next((kind for sign, kind in IN_ZIPS if sign in head), _by_name(name) or "archive")
    if head.startswith(OLD_OFFICE):
        return _by_name(name) or "word"
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar" or head.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        return "archive"
    if head.startswith(AUDIO) or (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return "audio"
    if head[4:8] == b"ftyp":
        return "audio" if head[8:11] == b"M4A" else "video"
    is_video = head.startswith(VIDEOS) or (head.startswith(b"RIFF") and head[8:12] == b"AVI ")
    return "video" if is_video else ""


def is_of_anki(name: str) -> bool:
    """Whether a file is one of Anki's, with cards in it."""
    return name.casefold().endswith((".apkg", ".colpkg"))


def may_be_document(head: bytes, name: str, size: int) -> bool:
    """Whether a file is worth to be read by the library: what lies beside documents in a folder is not."""
    kind = kind_of(head, name, size)
    return kind in DOCUMENTS or kind == "text" or (kind == "binary" and b"\0" not in head)  # a text in an old encoding


def _by_name(name: str) -> str:
    """An office file whose names lie too deep in it."""
    ending = name.lower().rpartition(".")[2]
    kinds = {"doc": "word", "odt": "word", "xls": "sheet", "ods": "sheet", "ppt": "slides", "odp": "slides"}
    return kinds.get(ending[:3], "book" if ending == "epub" else "")


def _may_be_text(head: bytes) -> bool:
    if head[:2] in UTF_16:
        return True
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < HEAD:  # a sign may be cut at the end of what was looked at
            return False
        text = head[: error.start].decode("utf-8")
    return CONTROLS.isdisjoint(text)


def text_of(data: bytes) -> str | None:
    """The text in a file: UTF-8, or UTF-16 that says so, with "\\n" at the ends of its lines. None for all else."""
    try:
        text = data[2:].decode(UTF_16[data[:2]]) if data[:2] in UTF_16 else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if CONTROLS.isdisjoint(text) else None
