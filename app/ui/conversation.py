"""The open chat as it is painted: its turns one by one, and the reply that streams into it, which only grows.

Conversation(session, page, prose)      # keeps itself up to date
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.html import Html
from app.core.ports import Page
from app.core.signals import Effect, Signal
from app.core.texts import Text
from app.session import Session
from app.study.chats import Turn
from app.study.cited import Sources
from app.ui import layers
from app.ui.citing import citing_of
from app.ui.drawn import drawn, told_once
from app.ui.live import LiveReply
from app.ui.parts.reply import Foot, foot, hints_of, notes, turn_article
from app.ui.parts.thinking import folded
from app.ui.prose import Prose
from app.ui.words import language

A_MESSAGE = Text("chat.a_message")
NO_FOOT = Foot()
GROUP = 8  # turns, or blocks that are marked, painted in one task of the page


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a turn is painted. A reply that streams paints itself, so it has no turn here."""

    turn: Turn | None
    is_editing: bool = False
    foot: Foot = NO_FOOT
    language: str = ""

    def has_same_words(self, other: Look) -> bool:
        """Whether only what stands under them differs."""
        if self.turn is None or other.turn is None or self.is_editing or other.is_editing:
            return False
        is_same = self.turn == replace(other.turn, opinion=self.turn.opinion, checked=self.turn.checked)
        return is_same and self.language == other.language

    def has_other_sources(self, other: Look) -> bool:
        """Whether the words are the same, and something else is known of what they are written from."""
        turn, before = self.turn, other.turn
        if turn is None or before is None or not (turn.sources and before.sources):
            return False
        is_same = turn == replace(before, sources=turn.sources, opinion=turn.opinion)
        return is_same and self.language == other.language and not (self.is_editing or other.is_editing)


class Conversation:
    """Paints the turns of the open chat and the reply that streams into it."""

    def __init__(self, session: Session, page: Page, prose: Prose) -> None:
        self._session = session
        self._page = page
        self._prose = prose
        self._language = language()
        self._chat_id = ""
        self._shown: dict[str, Look] = {}
        self._live_id = Signal("")
        self._live: LiveReply | None = None
        self._ended: LiveReply | None = None
        Effect(told_once(session, "reply", self._paint_live))
        Effect(told_once(session, "turns", self._paint_turns))

    def _paint_live(self) -> None:
        session = self._session
        live = session.state.live().get(session.state.chat().id)
        if self._live is not None and (live is None or live.turn_id != self._live.turn_id):
            self._live.end()
            self._live, self._ended = None, self._live
        self._live_id.set(live.turn_id if live else "")
        if live is None:
            return
        citing = citing_of(live.turn_id, live.text, live.sources)
        if self._live is None:
            self._live = LiveReply(
                live.turn_id,
                self._page,
                self._prose.markdown,
                self._prose.settle,
                live.text,
                session.state.is_read_aloud,
                citing,
            )
        if self._live.cite(citing):
            self._hint(live.turn_id, live.sources)
        if live.turn_id in self._shown:
            self._live.show(live, session.state.rows())
        else:  # it is drawn with what its article shows first
            self._live.show_note(live, session.state.rows())

    def _paint_turns(self) -> None:
        session = self._session
        turns, chat = session.state.turns(), session.state.chat()
        live_id, editing, versions = self._live_id(), session.state.editing(), session.state.versions()
        unfolded, can_read = session.state.unfolded(), session.state.visit.can_speak
        quoting = session.state.quoting()
        last, spoken, is_private = chat.path[-1] if chat.path else "", language(), chat.is_private
        if spoken != self._language:
            self._language = spoken
            self._prose.markdown.forget_words()

        def look(turn: Turn) -> Look:
            if turn.id == live_id:
                return Look(None, language=spoken)
            has_details, has_why = (f"{part} {turn.id}" in unfolded for part in ("details", "why"))
            own, is_quoting = versions.get(turn.id, ()), turn.id in quoting
            under = Foot(own, turn.id == last, bool(live_id), has_details, has_why, can_read, is_private, is_quoting)
            return Look(turn, turn.id == editing, under, spoken)

        by_id = {turn.id: turn for turn in turns}
        self._update(chat.id, {turn.id: look(turn) for turn in turns}, lambda id, look: self._draw(by_id[id], look))
        self._ended = None

    def _draw(self, turn: Turn, look: Look) -> Html:
        """The whole article of a turn."""
        return drawn(A_MESSAGE, f"t-{turn.id}", lambda: self._article(turn, look), tag="article")

    def _article(self, turn: Turn, look: Look) -> Html:
        live = self._live if look.turn is None else None
        prose = (
            live.html() if live else self._prose.html(turn.id, turn.text, citing_of(turn.id, turn.text, turn.sources))
        )
        below = None if look.turn is None else self._foot(turn, look)
        edited = layers.edited(self._session, turn.id) if look.is_editing else None
        return turn_article(turn, prose, below, edited=edited, note=live.note if live else None)

    def _foot(self, turn: Turn, look: Look) -> Html:
        """What stands under a turn."""
        return drawn(A_MESSAGE, f"x-{turn.id}", lambda: foot(self._session, turn, look.foot))

    def _update(self, chat_id: str, looks: dict[str, Look], draw: Callable[[str, Look], Html]) -> None:
        """Paint the difference: changed turns are morphed, new ones added at the end or at the start."""
        before, after = list(self._shown), list(looks)
        common = [turn_id for turn_id in before if turn_id in looks]
        start = after.index(common[0]) if common else 0
        is_same = chat_id == self._chat_id and common and common == after[start : start + len(common)]
        if not is_same:
            self._page.paint("fill", "turns", "")
            common, start = [], 0
        else:
            for turn_id in before:
                if turn_id not in looks:
                    self._page.paint("drop", f"t-{turn_id}")
            for turn_id in common:
                if not self._change(turn_id, self._shown[turn_id], looks[turn_id]):
                    self._page.paint("html", f"t-{turn_id}", draw(turn_id, looks[turn_id]))
        self._chat_id, self._shown = chat_id, looks
        new = after[start + len(common) :]
        if not is_same and len(new) > GROUP:
            self._fill_from_the_end(new, lambda id: draw(id, looks[id]))
        else:
            for turn_id in new:
                self._page.paint("add", "turns", draw(turn_id, looks[turn_id]))
        if start:
            self._prepend(after[:start], lambda id: draw(id, looks[id]))

    def _change(self, turn_id: str, old: Look, new: Look) -> bool:
        """Paint a small change of a turn; False where the whole turn must be drawn again."""
        if old == new:
            return True
        turn = new.turn
        if turn is None:
            return False
        if new.has_same_words(old):
            self._page.paint("html", f"x-{turn_id}", self._foot(turn, new))
            return True
        try:
            if old.turn is not None:
                return new.has_other_sources(old) and self._mark(old.turn, turn, new)
            ended = self._ended
            if new.is_editing or ended is None or ended.turn_id != turn_id:
                return False
            return self._finish(turn, ended, new)
        except Exception:  # noqa: BLE001 - drawn whole, its words are shown as they are where they are no Markdown
            return False

    def _mark(self, before: Turn, turn: Turn, look: Look) -> bool:
        """Something else is known of what a reply is written from: only the blocks are new in which it is marked."""
        blocks = [
            self._prose.markdown.turn_blocks(one.id, one.text, citing_of(one.id, one.text, one.sources))
            for one in (before, turn)
        ]
        changed = [new for old, new in zip(*blocks, strict=True) if old.citing != new.citing]
        for at, block in enumerate(changed, 1):
            self._page.paint("html", block.id, self._prose.markdown.element(block))
            if at % GROUP == 0:
                self._page.cut()
        self._prose.settle(changed)
        self._hint(turn.id, turn.sources)
        self._page.paint("html", f"n-{turn.id}", notes(turn, is_live=False))
        self._page.paint("html", f"x-{turn.id}", self._foot(turn, look))
        return True

    def _finish(self, turn: Turn, ended: LiveReply, look: Look) -> bool:
        """A reply that has ended keeps all it has painted: only its last block and what stands below are new."""
        citing = citing_of(turn.id, turn.text, turn.sources)
        finished = self._prose.markdown.turn_blocks(turn.id, turn.text, citing)
        if not ended.finish(finished):
            return False
        self._prose.settle(finished)
        self._hint(turn.id, turn.sources)
        self._page.paint("html", f"k-{turn.id}", folded(turn.id, turn.thinking, turn.timing.thinking_seconds))
        self._page.paint("html", f"n-{turn.id}", notes(turn, is_live=False))
        self._page.paint("add", f"t-{turn.id}", self._foot(turn, look))
        self._page.attr(f"t-{turn.id}", "aria-busy", None)
        self._page.attr(f"t-{turn.id}", "data-explain", f"turn/{turn.id}")
        return True

    def _hint(self, turn_id: str, sources: Sources | None) -> None:
        """What the citations of a reply show, known once its passages are, and again once it is checked."""
        if hints := hints_of(turn_id, sources):
            self._page.paint("drop", f"h-{turn_id}")
            self._page.paint("before", f"n-{turn_id}", hints)

    def _fill_from_the_end(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        """A long chat appears with its newest turns; the ones above follow in small tasks."""
        self._page.paint("add", "turns", "".join(draw(turn_id) for turn_id in ids[-GROUP:]))
        self._page.cut()
        self._prepend(ids[:-GROUP], draw)

    def _prepend(self, ids: list[str], draw: Callable[[str], Html]) -> None:
        for end in range(len(ids), 0, -GROUP):
            self._page.paint("first", "turns", "".join(draw(turn_id) for turn_id in ids[max(0, end - GROUP) : end]))
            self._page.cut()
