"""Citations in a reply that is drawn: `[1]` is a button of its source, and what no source says is marked.

    citing = citing_of(turn.id, turn.text, turn.sources)    # CHAT where it has no sources: then [1] is text
    citing.of_block(offset, length)                 # the same for a part of the text
    marks_in(source, ["Rain fell."], citing.marked) # what is marked, as characters of each piece of inline text

Claims are known as characters of the whole text. Markdown takes signs away, so a claim is found again in each run of
plain text, and only such runs are wrapped: whatever is not found stays unmarked there, and the HTML is always whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from app.core.citations import CITATION, numbers_in
from app.core.html import h, join
from app.study.cited import Sources
from app.ui.icons import icon
from app.ui.words import t

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked, from `start` to before `end`; `claim` is its place among the claims of its reply. Where the claim
    `ends`, the sign stands that says so."""

    start: int
    end: int
    claim: int
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Citing:
    """The numbers that the passages of a turn have, and what of a text is marked, in order. Python can be run where the
    text is one of a chat's (`is_chat`): beside it stands the panel in which it runs."""

    turn: str = ""
    numbers: frozenset[int] = frozenset()
    marked: tuple[Mark, ...] = ()
    is_chat: bool = False

    def of_block(self, offset: int, length: int) -> Citing:
        """The same for a part of the text that begins at `offset`."""
        end = offset + length
        inside = (one for one in self.marked if one.start < end and offset < one.end)
        marks = (replace(one, start=max(one.start - offset, 0), end=min(one.end - offset, length)) for one in inside)
        return replace(self, marked=tuple(marks))


NOTHING = Citing()
CHAT = Citing(is_chat=True)


def citing_of(turn_id: str, text: str, sources: Sources | None) -> Citing:
    """How a turn's citations are drawn; positions are those of its text without carriage returns."""
    if sources is None:
        return CHAT

    def drawn(position: int) -> int:
        return position - text.count("\r", 0, position)  # they are left out (app.ui.blocks.clean)

    numbers = frozenset(one.number for one in sources.passages)
    claims = ((at, one) for at, one in enumerate(sources.claims) if one.is_marked)
    return Citing(
        turn_id, numbers, tuple(Mark(drawn(one.start), drawn(one.end), at) for at, one in claims), is_chat=True
    )


# -- chips


def cite(state: StateInline, silent: bool) -> bool:
    """The parser's rule: `[1]` where there are passages. One whose numbers no passage has is not shown."""
    known = state.env.get("cited")
    found = CITATION.match(state.src, state.pos, state.posMax) if known and state.src[state.pos] == "[" else None
    if not found or not known or silent:  # in the words of a link brackets are only counted
        return False
    numbers = [number for number in numbers_in(found[1]) if number in known]
    if not numbers:
        state.pending = state.pending.rstrip(" ")
    token = state.push("cite", "", 0)
    token.content, token.meta = found[0], {"numbers": numbers}
    state.pos = found.end()
    return True


def chips(numbers: Iterable[int], turn: str) -> str:
    """A button for each. The brackets are not seen, but copied and printed."""
    return "".join(_chip(number, turn) for number in numbers)


def _chip(number: int, turn: str) -> str:
    bracket = [h("span", sign, class_="bracket", aria_hidden="true") for sign in "[]"]
    return h(
        "button",
        bracket[0],
        number,
        bracket[1],
        type="button",
        class_="cite",
        aria_label=t("cited.source", number=number),
        aria_describedby=f"q-{turn}-{number}",
        aria_expanded="false",
        aria_controls="source",
        data_on="click:cited:open",
        data_arg=f"{turn} {number}",
    )


# -- marked sentences


def marks_in(source: str, contents: Iterable[str], marked: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    """What of a block's source is marked, as characters of each of its pieces of inline text, which have no indents,
    signs of lists and the like. A line that stands otherwise in the source is passed over."""
    at, found = 0, list[tuple[Mark, ...]]()
    for content in contents:
        marks, position = list[Mark](), 0
        for line in content.split("\n"):
            start = source.find(line, at) if line else -1
            if start >= 0:
                at = start + len(line)
                inside = ((max(one.start, start), min(one.end, at), one.claim) for one in marked)
                marks += [Mark(a - start + position, b - start + position, claim) for a, b, claim in inside if a < b]
            position += len(line) + 1
        found.append(tuple(one for one in marks if content[one.start : one.end].strip()))
    later = set[int]()  # a claim ends in the last piece that it stands in
    for at in reversed(range(len(found))):
        found[at] = tuple(replace(one, ends=one.claim not in later) for one in found[at])
        later.update(one.claim for one in found[at])
    return found


class Runs:
    """Puts the HTML of one piece of inline text together. Each run of text that is marked becomes an element of its
    own, and behind the last one of a claim stands a button that says so."""

    def __init__(self, source: str, marks: Sequence[Mark], turn: str) -> None:
        self._source, self._marks, self._turn = source, marks, turn
        self._at = 0
        self._html: list[str] = []
        self._ends: dict[int, int] = {}  # by claim: the piece of HTML that its button follows
        self._linked: set[int] = set()  # claims that end in a link, which holds no button

    def add(self, token: Token, html: str, *, is_linked: bool) -> None:
        """The next token as it is drawn unmarked."""
        text = token.markup if token.type == "text_special" else token.content
        start = self._source.find(text, self._at) if text else -1
        self._at = start + len(text) if start >= 0 else self._at
        if start >= 0 and token.type in ("text", "text_special"):
            self._wrap(token.content, start, is_linked=is_linked)
        else:
            self._html.append(html)
        if token.type == "link_close":
            self._ends.update(dict.fromkeys(self._linked, len(self._html) - 1))
            self._linked.clear()

    def html(self) -> str:
        """All of it."""
        signs = {one.claim for one in self._marks if one.ends}
        for claim, at in self._ends.items():
            self._html[at] += doubt(claim, self._turn) if claim in signs else ""
        return "".join(self._html)

    def _wrap(self, text: str, start: int, *, is_linked: bool) -> None:
        end = start + len(text)
        cuts = sorted({start, end, *(cut for one in self._marks for cut in (one.start, one.end) if start < cut < end)})
        for first, last in pairwise(cuts):
            piece = text[first - start : last - start]
            claim = next((one.claim for one in self._marks if one.start <= first and last <= one.end), None)
            if claim is None or not piece.strip():
                self._html.append(escape(piece))
                continue
            self._ends[claim] = len(self._html)
            self._html.append(h("span", piece, class_="unfound", data_hint=f"d-{self._turn}-{claim}"))
            if is_linked:
                self._linked.add(claim)


def doubt(claim: int, turn: str) -> str:
    """The sign behind a sentence that was not found in the sources; what it opens says more."""
    return h(
        "button",
        join(icon("circle-question-mark")),
        type="button",
        class_="doubt",
        aria_label=t("cited.not_found"),
        aria_describedby=f"d-{turn}-{claim}",
    )
