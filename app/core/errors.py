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

from typing import Literal, Self

CurePage = Literal["models", "settings"]  # where the person does what helps


class AppError(Exception):
    """What happened (`message`), what helps (`cure`) and where (`page`), whether trying again makes sense (`again`).

    `detail` keeps the raw text of the engine or the browser for a details box; it is never the headline."""

    message = "Something went wrong."
    cure = "Try again. If it happens again, reload the page: your chats and models are kept."
    again = True
    page: CurePage = "models"

    def __init__(self, message: str = "", cure: str = "", *, again: bool | None = None, detail: str = "") -> None:
        self.message = message or type(self).message
        self.cure = cure or type(self).cure
        self.again = type(self).again if again is None else again
        self.detail = detail
        super().__init__(self.message)

    def mended_in(self, page: CurePage) -> Self:
        """The same error, whose cure is done on that page."""
        self.page = page
        return self


class NotSupported(AppError):
    """This browser, device or model cannot do what was asked."""

    message = "This browser cannot do that."
    cure = "Use a current Chrome, Edge, Firefox or Safari."
    again = False


class OfflineModeOn(AppError):
    """The person has switched on that nothing leaves this device."""

    message = "Offline Mode is on, so nothing was sent."
    cure = "Switch Offline Mode off in Settings to allow it."
    again = False
    page = "settings"


class StaysHere(AppError):
    """The words of this request must not leave this computer, and the model is elsewhere."""

    message = "This stays on this computer, so nothing was sent."
    cure = "Choose a model on this device."
    again = False


class PrivateChat(StaysHere):
    """The person has marked the chat so that nothing of it leaves this device."""

    message = "This chat is private, so nothing of it was sent."


class StorageError(AppError):
    """The browser's storage refused."""

    message = "The browser's storage did not work."
    cure = "Close other tabs of this site and try again. A private window may forbid storage."


class StorageBlocked(StorageError):
    """The browser lets this site store nothing."""

    message = "This browser blocks storage for this site."
    cure = "Allow site data for it in the browser's settings, or leave the private window. Then reload the page."
    again = False


class NotStored(StorageError):
    """The browser did not take the bytes of a model, and not for want of space."""

    message = "This browser did not store the model."
    cure = "A private window may keep no models: open the app in a normal window. Otherwise try again."


class OutOfSpace(StorageError):
    """No room for more bytes; everything already stored is kept."""

    message = "There is no space left for this."
    cure = "Delete a model that you no longer need, then try again. Nothing that was stored is lost."


class Corrupt(StorageError):
    """Stored bytes cannot be read back, or are not what they were; `chunks` are the indexes of the bad ones."""

    message = "Some stored bytes cannot be read."
    cure = "Repair the model, or delete it and get it again."
    again = False

    def __init__(self, message: str = "", cure: str = "", *, chunks: tuple[int, ...] = (), detail: str = "") -> None:
        super().__init__(message, cure, detail=detail)
        self.chunks = chunks


class Evicted(StorageError):
    """The browser removed what was stored."""

    message = "The browser removed this model to free space."
    cure = "Fetch or import it again, and allow this site to keep its data."
    again = False


class NewerData(StorageError):
    """A later version of the app wrote what is stored; this one leaves it as it is."""

    message = "What is stored here was written by a newer version of DrLeeLM."
    cure = "Nothing was changed. Reload the page to get the newer version, or open the place where you last used it."
    again = False


class NeedsPermission(StorageError):
    """A linked file may not be read until the person allows it, by a click."""

    message = "The browser asks for your permission before this file is read again."
    cure = "Click Allow reading on the Models page."


class DownloadError(AppError):
    """A file could not be fetched."""

    message = "The file could not be fetched."
    cure = "Check the connection and try again. What has arrived is kept."


class Interrupted(DownloadError):
    """Cut, stalled, busy or offline; `retry_after` is what the server asked for in seconds, None where it did not."""

    message = "The download was interrupted."

    def __init__(
        self, message: str = "", cure: str = "", *, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.retry_after = retry_after


class Changed(DownloadError):
    """The file at the source is another one now; parts are never mixed."""

    message = "The file at the source has changed."
    cure = "Start again with the new file, or delete what is stored."
    again = False


class Refused(DownloadError):
    """The source said no, or sent something else; `needs_token` where signing in would help."""

    message = "The source refused to send the file."
    again = False

    def __init__(self, message: str = "", cure: str = "", *, needs_token: bool = False, detail: str = "") -> None:
        super().__init__(message, cure, detail=detail)
        self.needs_token = needs_token


class ProviderError(AppError):
    """Whoever answers questions could not."""

    message = "The model could not answer."


class Unreachable(ProviderError):
    """Nobody answers at that address."""

    message = "The model's server cannot be reached."


class ServiceFailed(Unreachable):
    """The server answers with a failure of its own; `retry_after` is seconds, None where it gave none."""

    message = "The service has failed."
    cure = "Try again in a minute, or ask another model."

    def __init__(
        self, message: str = "", cure: str = "", *, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.retry_after = retry_after


class NoReply(ServiceFailed):
    """Nothing came in time."""

    message = "The service did not answer in time."
    cure = "Try again, or ask another model."


class Unusable(ServiceFailed):
    """Something came that is no reply: an error in words, a web page. Asking again by itself would bring the same."""

    message = "The service sent no reply."


class OriginRefused(ProviderError):
    """The server runs but refuses this site."""

    message = "The server refuses requests from this site."
    again = False


class BlockedByBrowser(ProviderError):
    """The browser does not let the page reach the server."""

    message = "The browser blocks the way to the server."
    again = False


class NeedsKey(ProviderError):
    """No key is known."""

    message = "This model needs a key."
    again = False


class BadKey(ProviderError):
    """The key was refused."""

    message = "The key was refused."
    again = False


class NotAllowed(ProviderError):
    """The key is good, but not for this."""

    message = "This key may not use that."
    again = False


class NoQuota(ProviderError):
    """The account has no credit left."""

    message = "The account has no credit left."
    again = False


class NeedsPrice(ProviderError):
    """A budget was set, and nobody knows what this model costs."""

    message = "The price of this model is unknown, so your budget cannot count it."
    cure = "Enter its price in Settings under Costs, or allow it there without one."
    page = "settings"


class RateLimited(ProviderError):
    """Too many requests; `retry_after` is seconds, None where the server gave none."""

    message = "The server asks for a pause."

    def __init__(
        self, message: str = "", cure: str = "", *, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message, cure, detail=detail)
        self.retry_after = retry_after


class Overloaded(RateLimited):
    """The service has too much to do for everybody."""

    message = "The service is overloaded."


class BadRequest(ProviderError):
    """The service does not take what was asked of it; `setting` is the one that it names, "" where it names none."""

    message = "The service does not accept this request."
    cure = "Ask another model. What the service says is below."
    again = False

    def __init__(self, message: str = "", cure: str = "", *, setting: str = "", detail: str = "") -> None:
        super().__init__(message, cure, detail=detail)
        self.setting = setting


class Declined(ProviderError):
    """The service's own rules keep it from answering."""

    message = "The service declined to answer this."
    cure = "Ask in other words, or ask another model."
    again = False


class TooLong(ProviderError):
    """The conversation does not fit; `limit` is the context length in tokens and `tokens` what the conversation has, 0
    where unknown."""

    message = "This message is too long for the model."
    cure = "Shorten the message, start a new chat, or choose a model with a longer context."
    again = False

    def __init__(self, message: str = "", cure: str = "", *, limit: int = 0, tokens: int = 0, detail: str = "") -> None:
        super().__init__(message, cure, detail=detail)
        self.limit, self.tokens = limit, tokens


class ModelMissing(ProviderError):
    """The model is not here (any more)."""

    message = "This model is not on this device."
    cure = "Choose another model, or get this one on the Models page."
    again = False


class EngineError(AppError):
    """A model inside the browser failed."""

    message = "The model's engine failed."


class LoadFailed(EngineError):
    """The engine could not load the model's file."""

    message = "The model could not be loaded."
    cure = "Check that the file is a complete model made for browsers, then import it again."


class DeviceLost(EngineError):
    """The graphics device went away."""

    message = "The graphics processor stopped working for this page."
    cure = "Ask again: the engine starts anew. If it happens often, close other tabs or choose a smaller model."


class TimedOut(EngineError):
    """The engine did not answer in time and was stopped."""

    message = "The engine did not answer in time and was stopped."
    cure = "Try again, close other heavy tabs, or choose a smaller model."


class BadAnswer(AppError):
    """The model's output is unusable."""

    message = "The model's answer was unusable."
    cure = "Ask again or choose another model."


class BadBackup(AppError):
    """A file that cannot be imported: foreign, damaged, or of a newer version. Nothing was changed."""

    message = "This file cannot be imported."
    cure = "Nothing was changed."
    again = False


class BadPassphrase(BadBackup):
    """An encrypted file does not open; nobody can tell a wrong passphrase from a damaged file."""

    message = "This file does not open: the passphrase is another one, or the file is damaged."
    cure = (
        "Nothing was changed. Type the passphrase again, with its capitals and blanks, or use another copy of the file."
    )
    again = True
