"""Answers as a person reads them: Markdown becomes HTML that is safe to paint, also while it is still growing.

    markdown = Markdown(typesetter)
    page.paint("html", "p-7", markdown.render_turn("7", text))          # a finished turn
    await markdown.settle(markdown.turn_blocks("7", text), repaint)     # then its code and formulas, as they come

    live = LiveText(markdown, "8")                                      # a turn that is being written
    page.paint("html", "p-8", live.html())
    for operation in live.push(delta): ...                              # at every delta: cheap, nothing is parsed
    for operation in live.redraw(): ...                                 # at most 10 times a second

A turn is `<div class="prose" id="p-TURN">` with one `<div class="block" id="b-TURN-N">` for each finished block, and
while it grows `<div class="block" id="o-TURN">` for the open one, in the direction of its own text. A finished turn
looks exactly as its stream did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from app.core.html import Html, h
from app.core.ports import Typesetter
from app.ui import blocks
from app.ui.citing import NOTHING, Citing
from app.ui.painter import Bounded, Painter, TypesetJob

if TYPE_CHECKING:
    from markdown_it.token import Token

Operation = tuple[Literal["before", "html", "text"], str, str]

# More inline text than this in one block is not for reading: it is shown plain. Characters.
MAX_INLINE = 40_000
# More of these in one block is an attack on the inline rules, not writing.
MAX_MARKS = 3_000
_MARKS = frozenset("[]`*_~<&!\\$")
# More elements than this in one block are no longer a list or a table that anyone reads.
MAX_TOKENS = 20_000

# HTML whose last text node is the place where more text would come: no closed span behind it.
_CONTINUES = re.compile(r"[^>](?:</(?:p|li|ul|ol|blockquote|h[1-6])>)*$")
_FENCE = re.compile(r" {0,3}(`{3,}+(?=[^`\n]*\n)|~{3,}+)[^\n]*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """A finished block of a turn: the id of its element, its Markdown, and what of it is a citation or marked."""

    id: str
    source: str
    citing: Citing = NOTHING


class Markdown:
    """Renders Markdown, remembers finished blocks, and knows what still waits for the typesetter."""

    def __init__(self, typesetter: Typesetter | None = None) -> None:
        self._typesetter = typesetter
        self._drawn: Bounded[TypesetJob, Html] = Bounded(1_000)
        self.forget_words()

    def forget_words(self) -> None:
        """Draw every block anew: its buttons speak another language from now on."""
        self._texts: Bounded[tuple[str, str], str] = Bounded(4_000)
        self._blocks: Bounded[tuple[str, Citing], tuple[Html, tuple[TypesetJob, ...]]] = Bounded(2_000)

    def blocks(self, text: str) -> list[str]:
        """The text's top-level blocks as source."""
        return blocks.split(blocks.clean(text))

    def block(self, source: str, citing: Citing = NOTHING) -> Html:
        """One block's HTML, remembered."""
        return self._known(source, citing)[0]

    def pending(self, source: str, citing: Citing = NOTHING) -> list[TypesetJob]:
        """What in this block is shown as plain source until the typesetter has drawn it."""
        return list(self._known(source, citing)[1])

    def turn_blocks(self, turn_id: str, text: str, citing: Citing = NOTHING) -> list[Block]:
        """The blocks of a finished turn with the ids of their elements."""
        found, end, whole = list[Block](), 0, blocks.clean(text)
        for n, source in enumerate(self.blocks(text)):
            start = max(whole.find(source, end), end)
            end = start + len(source)
            found.append(Block(f"b-{turn_id}-{n}", source, citing.of_block(start, len(source))))
        return found

    def render_turn(self, turn_id: str, text: str, citing: Citing = NOTHING) -> Html:
        """The whole prose element of a finished turn."""
        return h("div", map(self.element, self.turn_blocks(turn_id, text, citing)), class_="prose", id=f"p-{turn_id}")

    def element(self, block: Block) -> Html:
        """One finished block with its element."""
        return h("div", self.block(block.source, block.citing), class_="block", id=block.id, dir="auto")

    async def settle(self, finished: Iterable[Block], paint: Callable[[str, str], None]) -> None:
        """Have pending code and formulas drawn, and `paint(id, html)` each block when all of it has arrived.

        Raises what the typesetter raises; what is drawn by then is kept.
        """
        if self._typesetter is None:
            return
        for block in finished:
            jobs = self.pending(block.source, block.citing)
            for job in jobs:
                if self._drawn.get(job) is None:
                    self._drawn[job] = Html(await self._draw(self._typesetter, job))
            if jobs:
                self._blocks.pop((block.source, block.citing))
                paint(block.id, self.element(block))

    def paint(
        self, source: str, tokens: Sequence[Token], citing: Citing = NOTHING
    ) -> tuple[Html, tuple[TypesetJob, ...]]:
        """(HTML, what it waits for) of block tokens; `source` is what is shown where there is no sense in them."""
        if not source.strip():
            return Html(), ()
        if not tokens or _is_too_much(tokens):
            return h("p", source, class_="plain"), ()
        painter = Painter(self._drawn.get, self._texts, citing)
        return painter.paint(tokens, source), tuple(dict.fromkeys(painter.pending))

    def _known(self, source: str, citing: Citing) -> tuple[Html, tuple[TypesetJob, ...]]:
        known = self._blocks.get((source, citing))
        if known is None:
            known = self._blocks[(source, citing)] = self.paint(source, blocks.parse(source), citing)
        return known

    @staticmethod
    async def _draw(typesetter: Typesetter, job: TypesetJob) -> str:
        if job.kind == "code":
            return await typesetter.code(job.text, job.language)
        return await typesetter.math(job.text, job.display)


class LiveText:
    """One growing turn. Every method gives the operations that paint what has changed since the last one.

    ("before", id, html) puts `html` before the element, ("html", id, html) replaces what is inside it, ("text", id,
    text) appends to its last text node. Only the text behind the last closed block is ever parsed again.
    """

    def __init__(self, markdown: Markdown, turn_id: str, text: str = "", citing: Citing = NOTHING) -> None:
        self._markdown = markdown
        self.cite(citing)
        self._turn_id = turn_id
        self.open_id = f"o-{turn_id}"
        self.closed: list[Block] = []
        self._open = blocks.clean(text)
        self._drawn_size = 0  # characters of the open block that its last HTML shows
        self._may_append = not text
        self._gap = ""  # blanks at the end of the open block that its HTML does not show
        self._fence: re.Pattern[str] | None = None  # what would end the code block that is open now
        self._has_new_line = True
        self.redraw()

    def cite(self, citing: Citing) -> None:
        """What its citations lead to; nothing is marked before it has ended."""
        self._citing = replace(citing, marked=())

    def html(self) -> Html:
        """The turn's whole prose element as it stands."""
        inner = h("div", self._draw(blocks.parse(self._open)), class_="block", id=self.open_id, dir="auto")
        elements = [self._markdown.element(block) for block in self.closed]
        return h("div", elements, inner, class_="prose", id=f"p-{self._turn_id}")

    def push(self, delta: str) -> list[Operation]:
        """Take more text in. At most one "text" operation; where none would look right, the next redraw shows it."""
        delta = blocks.clean(delta)
        self._open += delta
        self._has_new_line = self._has_new_line or "\n" in delta
        if not self._may_append or not delta:
            return []
        gap, self._gap = self._gap, ""
        return [("text", self.open_id, gap + delta)]

    def redraw(self) -> list[Operation]:
        """Parse what is open. Long blocks are drawn less often, so that the work stays in step with the text."""
        new = len(self._open) - self._drawn_size
        if not new or new * (40 if self._may_append else 80) < self._drawn_size or self._is_in_fence():
            return []
        operations: list[Operation] = []
        tokens = blocks.parse(self._open)
        if self._has_new_line and len(blocks.starts(tokens)) > 1:
            closed, self._open = blocks.split_growing(self._open)
            operations = [self._close(source) for source in closed]
            tokens = blocks.parse(self._open) if closed else tokens
        self._has_new_line = False
        return [*operations, ("html", self.open_id, self._draw(tokens))]

    def _close(self, source: str) -> Operation:
        block = Block(f"b-{self._turn_id}-{len(self.closed)}", source, self._citing)
        self.closed.append(block)
        return ("before", self.open_id, self._markdown.element(block))

    def _draw(self, tokens: Sequence[Token]) -> Html:
        html, _ = self._markdown.paint(self._open, tokens, self._citing)
        self._drawn_size = len(self._open)
        self._look_at_end(html)
        return html

    def _look_at_end(self, html: str) -> None:
        self._fence = None
        if fence := _FENCE.match(self._open):
            end = re.compile(rf"^ {{0,3}}{fence[1][0]}{{{len(fence[1])},}}[ \t]*$", re.MULTILINE)
            self._fence = None if end.search(self._open, fence.end()) else end
        body = self._open.rstrip()
        self._gap = "" if self._fence else self._open[len(body) :]
        self._may_append = bool(self._fence) or ("\n" not in self._gap and _CONTINUES.search(html) is not None)

    def _is_in_fence(self) -> bool:
        """Whether an open code block has only grown by lines that do not end it."""
        if self._fence is None:
            return False
        line = self._open.rfind("\n", 0, self._drawn_size) + 1
        return self._fence.search(self._open, line) is None


def _is_too_much(tokens: Sequence[Token]) -> bool:
    """Whether reading the inline text could take long, or the nesting is so deep that the parser drops text."""
    inline = [token.content for token in tokens if token.type == "inline"]
    return (
        len(tokens) > MAX_TOKENS
        or max(token.level for token in tokens) >= blocks.MAX_NESTING - 1
        or sum(map(len, inline)) > MAX_INLINE
        or sum(text.count(mark) for text in inline for mark in _MARKS) > MAX_MARKS
    )
