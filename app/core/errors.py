"""Everything that can go wrong, in words a person can act on.

    AppError(message, cure, again)
    |-- NotSupported                    this browser or device cannot do it
    |-- OfflineModeOn                   the person has switched on that nothing leaves this device
    |-- StaysHere                       these words must not leave this computer, and the model is elsewhere
    |   `-- PrivateChat                 the person has marked the chat so that nothing of it leaves this device
    |-- StorageError                    the browser's storage refused
    |   |-- StorageBlocked              the browser stores nothing for this site
    |   |-- NotStored                   it did not take these bytes
    |   |-- OutOfSpace
    |   |-- Corrupt                     stored bytes cannot be read back
    |   |-- Evicted                     the browser removed what was stored
    |   |-- NewerData                   a later version of the app wrote it
    |   `-- NeedsPermission             a linked file on disk may not be read without a click
    |-- DownloadError
    |   |-- Interrupted                 cut, stalled or offline
    |   |-- Changed                     the file at the source is another one now
    |   `-- Refused                     the source said no
    |-- ProviderError                   whoever answers questions
    |   |-- Unreachable, OriginRefused, BlockedByBrowser
    |   |   `-- ServiceFailed(retry_after)     somebody answers, with a failure of their own
    |   |       |-- NoReply             nothing came in time
    |   |       `-- Unusable            no reply, but an error in words, a web page: not asked again by itself
    |   |-- NeedsPrice                  a budget cannot count what nobody knows the price of
    |   |-- NeedsKey, BadKey, NotAllowed, NoQuota, RateLimited(retry_after)
    |   |   `-- Overloaded              a pause because the service is too busy for everybody
    |   |-- BadRequest                  the service does not take what was asked
    |   |-- Declined                    the service will not answer this question
    |   |-- TooLong(limit)              the conversation does not fit the context length
    |   `-- ModelMissing
    |-- EngineError                     a model inside the browser
    |   |-- LoadFailed, DeviceLost, TimedOut
    |-- BadAnswer                       the model's output is unusable
    `-- BadBackup                       a file that cannot be imported
        `-- BadPassphrase               it stays closed: another passphrase, or damaged

An error is raised where it is known, and shown once, by the shell. The program reacts to classes, never to text.
"""

from __future__ import annotations

from typing import Self

from app.core.cures import CurePage
from app.core.texts import Text, TextOrWords


class AppError(Exception):
    """What happened (`message`), what helps (`cure`) and where (`page`), whether trying again makes sense (`again`).

    `detail` keeps the raw text of the engine or the browser for a details box; it is never the headline."""

    message: TextOrWords = Text("errors.app_error")
    cure: TextOrWords = Text("errors.app_error_cure")
    again = True
    page: CurePage = "models"

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, again: bool | None = None, detail: str = ""
    ) -> None:
        self.message, self.cure = message or type(self).message, cure or type(self).cure
        self.again = type(self).again if again is None else again
        self.detail = detail
        super().__init__(repr(self.message))  # for a log: a person reads `message`

    def mended_in(self, page: CurePage) -> Self:
        """The same error, whose cure is done on that page."""
        self.page = page
        return self


class _Pausing(AppError):
    """One that may come with a pause: `retry_after` is what the server asked for in seconds, None where it did not."""

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.retry_after = retry_after


class NotSupported(AppError):
    """This browser, device or model cannot do what was asked."""

    message = Text("errors.not_supported")
    cure = Text("errors.not_supported_cure")
    again = False


class OfflineModeOn(AppError):
    """The person has switched on that nothing leaves this device."""

    message = Text("errors.offline_mode_on")
    cure = Text("errors.offline_mode_on_cure")
    again = False
    page = "settings/privacy"


class StaysHere(AppError):
    """The words of this request must not leave this computer, and the model is elsewhere."""

    message = Text("errors.stays_here")
    cure = Text("errors.stays_here_cure")
    again = False


class PrivateChat(StaysHere):
    """The person has marked the chat so that nothing of it leaves this device."""

    message = Text("errors.private_chat")


class StorageError(AppError):
    """The browser's storage refused."""

    message: TextOrWords = Text("errors.storage_error")
    cure = Text("errors.storage_error_cure")


class StorageBlocked(StorageError):
    """The browser lets this site store nothing."""

    message = Text("errors.storage_blocked")
    cure = Text("errors.storage_blocked_cure")
    again = False


class NotStored(StorageError):
    """The browser did not take the bytes of a model, and not for want of space."""

    message = Text("errors.not_stored")
    cure = Text("errors.not_stored_cure")


class OutOfSpace(StorageError):
    """No room for more bytes; everything already stored is kept."""

    message = Text("errors.out_of_space")
    cure = Text("errors.out_of_space_cure")


class Corrupt(StorageError):
    """Stored bytes cannot be read back, or are not what they were; `chunks` are the indexes of the bad ones."""

    message = Text("errors.corrupt")
    cure = Text("errors.corrupt_cure")
    again = False

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, chunks: tuple[int, ...] = (), detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.chunks = chunks


class Evicted(StorageError):
    """The browser removed what was stored."""

    message = Text("errors.evicted")
    cure = Text("errors.evicted_cure")
    again = False


class NewerData(StorageError):
    """A later version of the app wrote what is stored; this one leaves it as it is."""

    message = Text("errors.newer_data")
    cure = Text("errors.newer_data_cure")
    again = False


class NeedsPermission(StorageError):
    """A linked file may not be read until the person allows it, by a click."""

    message = Text("errors.needs_permission")
    cure = Text("errors.needs_permission_cure")


class DownloadError(AppError):
    """A file could not be fetched."""

    message = Text("errors.download_error")
    cure = Text("errors.download_error_cure")


class Interrupted(_Pausing, DownloadError):
    """Cut, stalled, busy or offline; `retry_after` is what the server asked for in seconds, None where it did not."""

    message = Text("errors.interrupted")


class Changed(DownloadError):
    """The file at the source is another one now; parts are never mixed."""

    message = Text("errors.changed")
    cure = Text("errors.changed_cure")
    again = False


class Refused(DownloadError):
    """The source said no, or sent something else; `needs_token` where signing in would help."""

    message = Text("errors.refused")
    again = False

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, needs_token: bool = False, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.needs_token = needs_token


class ProviderError(AppError):
    """Whoever answers questions could not."""

    message = Text("errors.provider_error")


class Unreachable(ProviderError):
    """Nobody answers at that address."""

    message = Text("errors.unreachable")


class ServiceFailed(_Pausing, Unreachable):
    """The server answers with a failure of its own; `retry_after` is seconds, None where it gave none."""

    message = Text("errors.service_failed")
    cure = Text("errors.service_failed_cure")


class NoReply(ServiceFailed):
    """Nothing came in time."""

    message = Text("errors.no_reply")
    cure = Text("errors.no_reply_cure")


class Unusable(ServiceFailed):
    """Something came that is no reply: an error in words, a web page. Asking again by itself would bring the same."""

    message = Text("errors.unusable")


class OriginRefused(ProviderError):
    """The server runs but refuses this site."""

    message = Text("errors.origin_refused")
    again = False


class BlockedByBrowser(ProviderError):
    """The browser does not let the page reach the server."""

    message = Text("errors.blocked_by_browser")
    again = False


class NeedsKey(ProviderError):
    """No key is known."""

    message = Text("errors.needs_key")
    again = False


class BadKey(ProviderError):
    """The key was refused."""

    message = Text("errors.bad_key")
    again = False


class NotAllowed(ProviderError):
    """The key is good, but not for this."""

    message = Text("errors.not_allowed")
    again = False


class NoQuota(ProviderError):
    """The account has no credit left."""

    message = Text("errors.no_quota")
    again = False


class NeedsPrice(ProviderError):
    """A budget was set, and nobody knows what this model costs."""

    message = Text("errors.needs_price")
    cure = Text("errors.needs_price_cure")
    page = "settings/usage"


class RateLimited(_Pausing, ProviderError):
    """Too many requests; `retry_after` is seconds, None where the server gave none."""

    message = Text("errors.rate_limited")


class Overloaded(RateLimited):
    """The service has too much to do for everybody."""

    message = Text("errors.overloaded")


class BadRequest(ProviderError):
    """The service does not take what was asked of it; `setting` is the one that it names, "" where it names none."""

    message = Text("errors.bad_request")
    cure = Text("errors.bad_request_cure")
    again = False

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, setting: str = "", detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.setting = setting


class Declined(ProviderError):
    """The service's own rules keep it from answering."""

    message = Text("errors.declined")
    cure = Text("errors.declined_cure")
    again = False


class TooLong(ProviderError):
    """The conversation does not fit: `tokens` of it and the context length (`limit`), 0 where unknown."""

    message = Text("errors.too_long")
    cure = Text("errors.too_long_cure")
    again = False

    def __init__(
        self, message: TextOrWords = "", cure: TextOrWords = "", *, limit: int = 0, tokens: int = 0, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.limit, self.tokens = limit, tokens


class ModelMissing(ProviderError):
    """The model is not here (any more)."""

    message = Text("errors.model_missing")
    cure = Text("errors.model_missing_cure")
    again = False


class EngineError(AppError):
    """A model inside the browser failed."""

    message = Text("errors.engine_error")


class LoadFailed(EngineError):
    """The engine could not load the model's file."""

    message = Text("errors.load_failed")
    cure = Text("errors.load_failed_cure")


class DeviceLost(EngineError):
    """The graphics device went away."""

    message = Text("errors.device_lost")
    cure = Text("errors.device_lost_cure")


class TimedOut(EngineError):
    """The engine did not answer in time and was stopped."""

    message = Text("errors.timed_out")
    cure = Text("errors.timed_out_cure")


class BadAnswer(AppError):
    """The model's output is unusable."""

    message = Text("errors.bad_answer")
    cure = Text("errors.bad_answer_cure")


class BadBackup(AppError):
    """A file that cannot be imported: foreign, damaged, or of a newer version. Nothing was changed."""

    message = Text("errors.bad_backup")
    cure = Text("errors.bad_backup_cure")
    again = False


class BadPassphrase(BadBackup):
    """An encrypted file does not open; nobody can tell a wrong passphrase from a damaged file."""

    message = Text("errors.bad_passphrase")
    cure = Text("errors.bad_passphrase_cure")
    again = True
