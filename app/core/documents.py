"""What a person's own documents are to the app, and who reads them and finds in them.

    reading = await librarian.read(handle, "tides.pdf", tell)       # Reading("pdf", "Tides", "en", (PageText(1, …), …))
    await librarian.keep(id, reading.title, reading.language, reading)      # 312 passages, ready to be found
    hits = await librarian.find("flood tide", None, 20)             # (Hit(id, 4, page=2, …), …)
    await librarian.page(handle, PageWanted(id, sha256, 2, hit.start, hit.end), tell)      # the page, boxed

Reading is heavy work, done by `app.documents` in a worker beside the page's; only these values travel. A position is
always a character of one page's text, as `PageText.text` has it, counted from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from app.core.anki import AnkiFiles
from app.core.claims import Claim, Quote
from app.core.document_kinds import Kind
from app.core.errors import AppError
from app.core.quiz import Grade, Judged, Made
from app.core.texts import Text, TextOrWords

NoteKind = Literal["scanned", "pictures", "unmapped", "cut", "empty"]
Why = Literal["damaged", "unknown", "large", "bomb", "nothing", "failed"]

NOTES: Mapping[NoteKind, Callable[[int], Text]] = {
    "scanned": lambda pages: Text("documents.scanned", count=pages),
    "pictures": lambda pages: Text("documents.pictures", count=pages),
    "unmapped": lambda pages: Text("documents.unmapped", count=pages),
    "cut": lambda pages: Text("documents.cut", count=pages),
    "empty": lambda _: Text("documents.empty"),
}


PAGE_WIDTH = 1400  # pixels of a page's picture: sharp on a good screen
BETWEEN = " › "  # between a heading and the one above it


def nearest(heading: str) -> str:
    """The last of a passage's headings: the one that it stands under."""
    return heading.rpartition(BETWEEN)[2]


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of a reading: every page is a picture, some are, the letters of some cannot be told,
    only the first `pages` were read, there is nothing in it."""

    kind: NoteKind
    pages: int = 0

    @property
    def text(self) -> Text:
        """In words."""
        return NOTES[self.kind](self.pages)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page, a slide or a chapter, from 1 on; a format without pages has one. `label` is what is printed on it ("iv"),
    "" where that is its number."""

    number: int
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; `start` is its first character in the text of page `page`."""

    level: int
    text: str
    page: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a document. `title` is "" where it has none, `language` its own word for it ("en", "pt"), "" where
    it says nothing. Without text it cannot be found in; `notes` say why."""

    kind: Kind
    title: str
    language: str
    pages: tuple[PageText, ...]
    headings: tuple[Heading, ...] = ()
    has_text: bool = True
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document of about a hundred words: what is found and cited. `after` is what stands between it and
    the next one of its page: the page's own text is `text + after + next.text`. `label` is the page's (`PageText`)."""

    document: str
    number: int
    page: int
    start: int
    end: int
    heading: str
    text: str
    after: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. `marks` are the words that matched, as (start, end) in `snippet`; a larger `score` is
    better."""

    document: str
    passage: int
    page: int
    heading: str
    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, and the passage that answers it: what a search is tried with."""

    question: str
    document: str
    passage: int


@dataclass(frozen=True, slots=True)
class Defined:
    """A term, and the sentence of passage `passage` of a document that says what it is: the characters `start` to
    before `end` of that passage."""

    document: str
    passage: int
    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """What is looked for by its meaning: the `vector` that a model has made of it. `key` names the set of vectors that
    it is compared with (`app.study.library.meaning`); where `alone`, words do not count. What is less like it than
    `least`, -1 to 1, is nothing that was looked for, where no words are found either."""

    key: str
    vector: tuple[float, ...]
    alone: bool = False
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Meant:
    """A passage as a model is to read it: `text` begins with its titles. `stamp` changes with the document's texts."""

    document: str
    stamp: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """The next passages without a vector, and of all documents that were asked about: how many passages have one, how
    many there are, about how many bytes the texts of the others have, and how many passages are in each language (its
    code, "" where it cannot be told)."""

    passages: tuple[Meant, ...] = ()
    made: int = 0
    total: int = 0
    bytes_left: int = 0
    languages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, as parts (0 to 1) of its width and its height from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageWanted:
    """Page `number` of a PDF as a picture about `width` pixels wide, and the places of its characters from `start` to
    before `end` (0: of none). `text` is what was read of that page, where that is known. The file of the next page that
    is wanted of a document with this id and content is the one that was opened for this."""

    document: str
    sha256: str
    number: int
    start: int = 0
    end: int = 0
    text: str = ""
    width: int = PAGE_WIDTH


@dataclass(frozen=True, slots=True)
class PageDrawn:
    """A page as a picture of so many pixels, and the boxes of what was asked for, one a line. Only the page on the
    screen understands `picture`, and can be given it once: the picture itself may come a moment later."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    picture: object = None


class DocumentError(AppError):
    """A document could not be read."""

    message: TextOrWords = Text("documents.failed")
    cure: TextOrWords = Text("documents.failed_cure")
    again = False


class EncryptedDocument(DocumentError):
    """It opens with a password only."""

    message = Text("documents.encrypted")
    cure = Text("documents.encrypted_cure")


WHYS: Mapping[Why, tuple[Text, Text]] = {
    "damaged": (Text("documents.damaged"), Text("documents.damaged_cure")),
    "unknown": (Text("documents.unknown"), Text("documents.unknown_cure")),
    "large": (Text("documents.large"), Text("documents.large_cure")),
    "bomb": (Text("documents.bomb"), Text("documents.bomb_cure")),
    "nothing": (Text("documents.nothing"), Text("documents.nothing_cure")),
    "failed": (Text("documents.failed"), Text("documents.failed_cure")),
}


class UnreadableDocument(DocumentError):
    """The file is damaged, of a kind that is not read, larger than is read, or holds nothing."""

    def __init__(self, why: Why, detail: str = "") -> None:
        self.why = why
        super().__init__(*WHYS[why], detail=detail)


#: hears (pages done, pages in all); 0 in all while that is not known
TellPages = Callable[[int, int], None]
TellDrawn = Callable[[PageDrawn], None]


class Librarian(Protocol):
    """Reads documents, keeps what they say, finds in it. A handle is a file that only the adapter understands. Each
    call raises DocumentError where the worker behind it cannot start or ends; cancelling stops the work."""

    async def read(self, handle: object, name: str, tell: TellPages) -> Reading:
        """What stands in a file. Its content decides what it is; where several kinds look alike (text, Markdown, code)
        its name does. Raises UnreadableDocument, EncryptedDocument."""

    async def page(self, handle: object, wanted: PageWanted, tell: TellDrawn) -> object:
        """Draw a page of a PDF, and find where on it some of its words stand. `tell` hears how large it will be and of
        the places before it is drawn, so that both can be made ready meanwhile. Raises what `read` raises."""

    async def keep(self, document: str, title: str, language: str, reading: Reading) -> int:
        """Put a document into the index, in the place of what was there of it; gives the number of its passages."""

    async def drop(self, documents: Sequence[str]) -> None:
        """Take documents out of the index."""

    async def find(
        self, words: str, documents: Sequence[str] | None, limit: int, near: Near | None = None
    ) -> tuple[Hit, ...]:
        """The best passages for some words, best first, in these documents (None: in all); `near` brings those that
        mean the same, too."""

    async def lacking(self, key: str, documents: Sequence[str] | None, limit: int) -> Lacking:
        """At most `limit` passages that lack a vector in the set `key`, of the first of these documents (None: of all)
        that lack any."""

    async def keep_vectors(self, key: str, passages: Sequence[Meant], rows: Sequence[Sequence[float]]) -> None:
        """Keep the vectors of passages as `lacking` has given them. What has changed meanwhile is left out, and lacks
        one still."""

    async def around(self, wanted: Sequence[tuple[str, int]], reach: int) -> tuple[Passage, ...]:
        """Whole passages, by document and number, with up to `reach` before and behind each on its page: in the order
        in which they stand there, each once. What is not in the index is left out."""

    async def trials(self, documents: Sequence[str], count: int) -> tuple[Trial, ...]:
        """At most `count` questions made of these documents, always the same ones of the same documents."""

    async def check(self, reply: str, passages: Sequence[str], question: str) -> tuple[Claim, ...]:
        """What is to be said of each sentence of a reply whose [1] is the first of these passages."""

    async def quotable(self, passages: Sequence[str], about: str, most: int) -> tuple[Quote, ...]:
        """The whole sentences of these passages that have most in common with what is said about them, in the order in
        which they stand there."""

    async def judge(self, reply: str, passage: str) -> Judged:
        """The quiz item that a model wrote about a passage, or why it is dropped."""

    async def clozes(self, documents: Sequence[str], count: int) -> tuple[Made, ...]:
        """At most `count` quiz items made of these documents without a model, always the same ones of the same
        documents."""

    async def clozes_in(self, texts: Sequence[str], count: int) -> tuple[Made, ...]:
        """The same of texts that are no documents: each is named by its place among them, "0" the first."""

    async def definitions(self, documents: Sequence[str], count: int) -> tuple[Defined, ...]:
        """At most `count` terms that these documents define, each once, in the order in which they stand there."""

    async def grade(self, answer: str, given: str) -> Grade:
        """Whether what a person typed is the right answer, by rule."""

    async def gives_away(self, answer: str, question: str, text: str) -> bool:
        """Whether a text about a question tells its answer, as no hint may."""

    async def known(self) -> Mapping[str, str]:
        """The documents in the index, with the SHA-256 of what was read: what is missing is read anew."""

    @property
    def anki(self) -> AnkiFiles:
        """Files of Anki's, which the same worker reads and writes."""

    def rest(self) -> None:
        """End the worker; the next call starts it again."""
