"""One request to a service: its events as they come, or one JSON answer.

    client = CloudClient(fetch, clock, SERVICES["openai"], lambda: key)
    async with aclosing(client.events("/chat/completions", Purpose.QUESTION, body, "gpt-5-mini")) as events:
        async for name, data in events: ...

The key is asked for at each request and stands in one header. It never gets into an address, and every word that comes
back is searched for it before it gets into an error.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing

from app.core.errors import AppError, BadKey, Interrupted, NeedsKey, NoReply, Unreachable
from app.core.places import Purpose
from app.core.ports import Clock, Fetch, Json, Reply
from app.core.reading import read_json
from app.core.texts import Text
from app.models.cloud.bodies import NotEvents, events_in, kind_of
from app.models.cloud.redaction import redacted, redacted_text
from app.models.cloud.refusals import no_reply, refusal
from app.models.cloud.services import Service

FIRST_SECONDS = 120.0  # models that think first are silent for long
STALL_SECONDS = 60.0
QUICK_SECONDS = 8.0  # for what a server near by answers at once


class CloudClient:
    """One service. Raises NeedsKey, BadKey, Unreachable, NoReply, Interrupted, and the errors of `refusals`.

    `first_seconds` is the longest silence before a reply begins, `stall_seconds` in the middle of it."""

    def __init__(
        self,
        fetch: Fetch,
        clock: Clock,
        service: Service,
        key: Callable[[], str],
        *,
        first_seconds: float = FIRST_SECONDS,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        self._fetch, self._clock, self.service, self._key = fetch, clock, service, key
        self._first_seconds, self._stall_seconds = first_seconds, stall_seconds

    async def events(
        self, path: str, purpose: Purpose, body: Json, model: str
    ) -> AsyncGenerator[tuple[str, str], None]:
        """The events of a stream. Closing the generator ends the request."""
        reply = await self._ask("POST", path, purpose, body)
        try:
            await self._check(reply, model)
            async with aclosing(events_in(self._parts(reply), reply.headers)) as events:
                async for event in events:
                    yield event
        except NotEvents as found:
            raise self.cleaned(no_reply(self.service, found.kind, found.body)) from None
        finally:
            reply.close()

    async def knock(self, path: str, quiet: Fetch | None = None) -> None:
        """A POST with nothing in it, which no model answers: some servers show their list to everybody and want a key
        for all else. `quiet` leaves no error in the browser's console. Raises NeedsKey, BadKey, NotAllowed."""
        try:
            async with asyncio.timeout(QUICK_SECONDS):
                reply = await self._ask("POST", path, Purpose.KEY_CHECK, fetch=quiet)
                try:
                    if reply.status in (401, 403):
                        await self._check(reply, "")
                finally:
                    reply.close()
        except (TimeoutError, Unreachable, Interrupted):
            return  # the list has come: what is slow or odd shows itself at the first question

    async def json(self, path: str, purpose: Purpose, sent: Json | None = None, model: str = "") -> object:
        """The answer to a GET, or to a POST where something is `sent`, to a model or to none."""
        reply = await self._ask("GET" if sent is None else "POST", path, purpose, sent)
        try:
            await self._check(reply, model)
            body = await self._whole(reply)
            return read_json(body)
        except ValueError:
            raise self.cleaned(self._not_json(body)) from None
        finally:
            reply.close()

    def _not_json(self, body: bytes) -> AppError:
        kind = kind_of(body, is_over=True) or "text"
        return no_reply(self.service, kind if kind == "page" else "json", body)

    def cleaned(self, error: AppError) -> AppError:
        """The same error without the key in any of its words."""
        key = self._key()
        error.message, error.detail = redacted_text(error.message, key), redacted(error.detail, key)
        error.args = (repr(error.message),)
        return error

    def refusal(self, status: int, headers: Mapping[str, str], body: bytes, model: str) -> AppError:
        """The error behind a status and a body."""
        error = self.cleaned(refusal(self.service, status, headers, body, self._clock.now(), model))
        if isinstance(error, BadKey) and not self._key().strip():  # a server of one's own that wants one after all
            words = Text("cloud.needs_key", name=self.service.name)
            return NeedsKey(words, Text("cloud.enter_key"), detail=error.detail).mended_in("settings/connections")
        return error

    async def _ask(
        self, method: str, path: str, purpose: Purpose, body: Json | None = None, *, fetch: Fetch | None = None
    ) -> Reply:
        service = self.service
        headers = service.headers(self._checked_key())
        sent = json.dumps(body, ensure_ascii=False) if body is not None else None
        if sent is not None:
            headers["Content-Type"] = "application/json"
        url = service.base_url + path
        request = (fetch or self._fetch)(url, purpose=purpose, method=method, headers=headers, body=sent)
        is_quick = service.is_own and method == "GET"
        try:
            return await asyncio.wait_for(request, min(self._first_seconds, QUICK_SECONDS if is_quick else 1e9))
        except TimeoutError:
            raise NoReply(Text("cloud.no_answer_in_time", name=service.name)) from None
        except Interrupted as error:
            raise self.cleaned(unreachable(service, error.detail)) from None  # whose detail may hold the header

    def _checked_key(self) -> str:
        key = self._key().strip()
        if not key and self.service.needs_key:
            raise NeedsKey(Text("cloud.needs_key", name=self.service.name), Text("cloud.enter_yours")).mended_in(
                "settings/connections"
            )
        if not key.isascii() or not key.isprintable() or " " in key:  # a header would not take it
            raise BadKey(Text("cloud.odd_key", name=self.service.name), Text("cloud.copy_whole"))
        return key

    async def _check(self, reply: Reply, model: str) -> None:
        if not 200 <= reply.status < 300:
            raise self.refusal(reply.status, reply.headers, await self._whole(reply), model)

    async def _whole(self, reply: Reply) -> bytes:
        try:
            return b"".join([part async for part in self._parts(reply)])
        except (Interrupted, NoReply):
            if 200 <= reply.status < 300:
                raise
            return b""  # the status tells enough

    async def _parts(self, reply: Reply) -> AsyncIterator[bytes]:
        """The body; a silence that is too long ends it."""
        parts, seconds = reply.aiter_bytes(), self._first_seconds
        name = self.service.name
        while True:
            try:
                part = await asyncio.wait_for(anext(parts), seconds)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise NoReply(Text("cloud.silent", name=name), Text("cloud.ask_again_or_other")) from None
            except Interrupted as error:
                words = Text("cloud.connection_ended", name=name)
                raise self.cleaned(Interrupted(words, Text("cloud.ask_again_or_go_on"), detail=error.detail)) from None
            yield part
            seconds = self._stall_seconds


def unreachable(service: Service, detail: str) -> Unreachable:
    """No status came back. A browser does not tell a page why: no network, or a server that lets no pages in (CORS)."""
    words = Text("cloud.unreachable", name=service.name)
    if service.is_own:
        cure = Text("cloud.unreachable_own_cure")
        return Unreachable(words, cure, detail=detail).mended_in("settings/connections")
    cure = Text("cloud.unreachable_cure")
    return Unreachable(words, cure, detail=detail)
