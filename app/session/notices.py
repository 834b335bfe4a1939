"""What the page tells at its top: what happened, what to do, and buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from app.core.actions import action
from app.core.errors import AppError, OfflineModeOn, OutOfSpace
from app.core.signals import untracked
from app.core.texts import Text, TextOrWords
from app.session.state import Opening, State
from app.study.chats import new_id

MOST_NOTICES = 4

#: the buttons that lead to a section of Settings
OPEN_PRIVACY = (Text("shell.open_settings"), "page:visit", "#/settings/privacy")
OPEN_DATA = (Text("shell.open_settings"), "page:visit", "#/settings/data")

NoticeKind = Literal["info", "error", "offline", "update"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice at the top of the page: what happened, what to do, and buttons as (label, action, argument). It belongs
    to the page or chat that it came on, `at` (`State.here`), or is true `everywhere`; and to the sheet that was `over`
    it, until that is shut."""

    id: str
    text: TextOrWords
    cure: TextOrWords = ""
    kind: NoticeKind = "info"
    buttons: tuple[tuple[TextOrWords, str, str], ...] = ()
    detail: str = ""
    everywhere: bool = False
    at: str = ""
    over: Opening | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A word about what was just done, for a few seconds, and the button that takes it back as (label, action,
    argument)."""

    id: str
    text: TextOrWords
    button: tuple[TextOrWords, str, str]


class Notices:
    """Shows notices and errors, of which only the latest few stay, and toasts, one at a time."""

    def __init__(self, state: State) -> None:
        self._state = state

    def job_failed(self, name: str, error: BaseException) -> None:
        """Show what went wrong in a job, unless a model's row or the reply that waited for it tells."""
        is_told = self._state.route() == "models" or self._state.live()
        if name.startswith("model:") and isinstance(error, AppError) and is_told:
            return
        self.error(as_app_error(error))

    def error(self, error: AppError, *, everywhere: bool = False) -> None:
        """Show an error once, at the top of the page."""
        is_offline = isinstance(error, OfflineModeOn)
        kind: NoticeKind = "offline" if is_offline else "error"
        buttons = (OPEN_PRIVACY,) if is_offline else (OPEN_DATA,) if isinstance(error, OutOfSpace) else ()
        self.show(Shown(new_id(), error.message, error.cure, kind, buttons, error.detail, everywhere))

    def show(self, notice: Shown) -> None:
        """Show a notice; one of the same id or text is replaced, and only the latest few stay."""
        notice = replace(notice, at=notice.at or self._state.here(), over=self._state.sheet())
        others = (item for item in self._state.notices() if item.id != notice.id and item.text != notice.text)
        self._state.notices.set((*others, notice)[-MOST_NOTICES:])

    def leave(self) -> None:
        """Another page or chat is on show: news of others are over; errors wait where they came."""
        here = self._state.here()
        with untracked():
            before = self._state.notices()
            after = tuple(item for item in before if item.everywhere or item.at == here or item.kind != "info")
            if after != before:
                self._state.notices.set(after)

    def toast(self, toast: Toast) -> None:
        """Say what was just done, and offer the way back."""
        self._state.toast.set(toast)

    @action("app:toast-over", str)
    def toast_over(self, toast_id: str) -> None:
        """It has been there long enough, or was taken back."""
        shown = self._state.toast()
        if shown and shown.id == toast_id:
            self._state.toast.set(None)

    @action("app:dismiss", str)
    def dismiss(self, notice_id: str) -> None:
        """Take a notice away."""
        self._state.notices.set(tuple(item for item in self._state.notices() if item.id != notice_id))


def as_app_error(error: BaseException) -> AppError:
    """Any exception as one that a person can read; the raw text goes into the details."""
    return error if isinstance(error, AppError) else AppError(detail=f"{type(error).__name__}: {error}")
