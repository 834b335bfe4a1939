"""The local API: what other pages of this site ask of local models, as the service worker hands it on.

    GET    v1/models, v1/models/ID          GET    api/local-models/browser
    POST   v1/chat/completions              GET    api/local-models/ollama
    POST   v1/embeddings                    POST   api/local-models/ollama/pull      {"model": "llama3.2:1b"}
                                            DELETE api/local-models/ollama/NAME

Off unless the person has switched it on. Only models in this browser and in Ollama on this computer answer, whatever
else the app may talk to: the words of a request never leave (app.models.answering.egress). A model is named by its id
in this app, by Ollama's own name, or "default" for the chosen one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from urllib.parse import unquote

from app.api.openai_in import (
    HERE,
    ChatAsked,
    Refusal,
    check_browser_model,
    read_chat,
    read_embeddings,
    read_json,
    refusal_of,
)
from app.api.openai_out import (
    SSE_END,
    Completion,
    Flow,
    compact,
    embedding_list,
    model_entry,
    model_list,
    sse,
)
from app.core.actions import ApiRequest, action
from app.core.jobs import Jobs
from app.core.ports import Answer, Clock, Json, Provider
from app.core.texts import Text, TextOrWords, Words
from app.core.values import Event, Model
from app.core.vectors import Embedder, ToEmbed
from app.models.answering.egress import Egress
from app.session.api_models import ApiModels
from app.session.makers import Makers
from app.session.notices import as_app_error
from app.session.ollama import Ollama
from app.session.preferences import Preferences
from app.session.readiness import Readiness
from app.session.state import State, without
from app.study.asked import merged
from app.study.chats import new_id

OFF, STOPPED = Text("api.off"), Text("api.stopped")
JSON = "application/json"
# A model that failed to load does not load by itself a second later: clients are told not to ask again on their own.
HEADERS = {"Cache-Control": "no-store", "x-should-retry": "false"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `rest` is what stands in the path behind the route; `key` names its job among the replies."""

    key: str
    method: str
    path: str
    body: str
    rest: str = ""


Handler = Callable[[Asked], Awaitable[Json | Flow]]


class LocalApi:
    """The action `api:request`."""

    def __init__(
        self,
        state: State,
        preferences: Preferences,
        readiness: Readiness,
        ollama: Ollama,
        jobs: Jobs,
        clock: Clock,
        egress: Egress,
        make: Makers,
        provider: Provider,
        words: Words,
        embedders: Embedder,
    ) -> None:
        self._words, self._embedders = words, embedders
        self._state, self._preferences, self._readiness, self._ollama = state, preferences, readiness, ollama
        self._jobs, self._clock, self._egress, self._make, self._provider = jobs, clock, egress, make, provider
        self._models = models = ApiModels(state, ollama, words)
        # By path; one with a slash at its end takes a name behind it.
        self._routes: dict[str, dict[str, Handler]] = {
            "v1/models": {"GET": self._list},
            "v1/models/": {"GET": self._one},
            "v1/chat/completions": {"POST": self._chat},
            "v1/embeddings": {"POST": self._embeddings},
            "api/local-models/browser": {"GET": lambda asked: models.browser()},
            "api/local-models/ollama": {"GET": lambda asked: models.ollama()},
            "api/local-models/ollama/pull": {"POST": lambda asked: models.pull(read_json(asked.body))},
            "api/local-models/ollama/": {"DELETE": lambda asked: models.delete(asked.rest)},
        }

    @action("api:request", ApiRequest)
    def request(self, request: ApiRequest) -> None:
        """Answer a request."""
        asked = Asked(f"api-{new_id()}", request.method, request.path, request.body)
        answer = self._make.answer(request.reply)
        self._jobs.start(f"reply:{asked.key}", self._answer(asked, answer))

    async def _answer(self, asked: Asked, answer: Answer) -> None:
        sending, task = _Sending(answer, self._words), asyncio.current_task()
        assert task is not None
        answer.on_stop(task.cancel)
        try:
            if not (await self._preferences.stored()).is_api_on:
                raise Refusal(OFF, 403, code="api_off")
            handler, asked = self._route(asked)
            await sending.send(await handler(asked))
        except Refusal as refusal:
            sending.refuse(refusal)
        except Exception as error:  # noqa: BLE001 - told to whoever asked: the person at this page did nothing
            sending.refuse(refusal_of(as_app_error(error)))
        finally:
            sending.close()

    def _route(self, asked: Asked) -> tuple[Handler, Asked]:
        """Who answers. Raises Refusal."""
        path = asked.path
        found = [route for route in self._routes if path == route or (route[-1] == "/" and path.startswith(route))]
        if not found:
            raise Refusal(Text("api.nothing_at", path=path), 404, code="unknown_url")
        route = max(found, key=len)
        handlers = self._routes[route]
        if asked.method not in handlers:
            raise Refusal(
                Text("api.takes_only", path=path, methods=", ".join(handlers)), 405, code="method_not_allowed"
            )
        return handlers[asked.method], replace(asked, rest=unquote(path.removeprefix(route)))

    # -- as OpenAI has it

    async def _list(self, asked: Asked) -> Json:
        return model_list(await self._models.entries())

    async def _one(self, asked: Asked) -> Json:
        return model_entry(await self._models.find(asked.rest, embeds=None))

    async def _chat(self, asked: Asked) -> Json | Flow:
        settings = self._state.settings()
        chat = read_chat(read_json(asked.body), settings.sampling, settings.think)
        model = await self._models.find(chat.model)
        if model.provider != "ollama":
            check_browser_model(model, chat.request)
            # Templates of small models want roles that alternate.
            chat = replace(chat, request=replace(chat.request, messages=merged(list(chat.request.messages))))
        now = int(self._clock.now())
        growing = Completion(replace(chat, model=model.id), f"chatcmpl-{new_id()}", now, self._words)
        chunks = self._chunks(asked.key, model, chat, growing)
        if chat.is_stream:
            return Flow(chunks, "text/event-stream; charset=utf-8", sse, SSE_END)
        return Flow(_at_the_end(chunks, growing), JSON, compact, is_whole=True)

    async def _chunks(
        self, key: str, model: Model, chat: ChatAsked, growing: Completion
    ) -> AsyncGenerator[Json | None, None]:
        async with aclosing(self._events(key, model, chat)) as events:
            async for event in events:
                for chunk in growing.take(event):
                    yield chunk
                if growing.is_over:
                    break
        for chunk in growing.finish():
            yield chunk

    async def _events(self, key: str, model: Model, chat: ChatAsked) -> AsyncGenerator[Event, None]:
        """The model's answer. Whoever frees the model's memory meanwhile stops it, as every other reply."""
        model = await self._readiness.make_ready(model)
        self._state.answers_with.set({**self._state.answers_with(), key: model.id})
        try:
            async with aclosing(self._provider.reply(model, chat.request)) as events:
                async for event in events:
                    yield event
        finally:
            self._state.answers_with.set(without(self._state.answers_with(), key))
            if model.provider == "ollama":
                self._jobs.start("ollama-used", self._ollama.answered(model))

    async def _embeddings(self, asked: Asked) -> Json:
        wanted = read_embeddings(read_json(asked.body))
        model = await self._models.find(wanted.model, embeds=True)
        model = await self._readiness.make_ready(model)
        made = await self._embedders.embed(model, ToEmbed(wanted.texts, "as-is", wanted.dimensions, HERE))
        return embedding_list(model.id, made.rows, made.prompt_tokens, is_base64=wanted.is_base64)


async def _at_the_end(
    chunks: AsyncGenerator[Json | None, None], growing: Completion
) -> AsyncGenerator[Json | None, None]:
    """One completion. It begins with its first chunk all the same: only of an answer that has begun does a service
    worker learn that nobody reads on (Chromium never aborts the signal of the request that it is given)."""
    async with aclosing(chunks):
        async for _ in chunks:
            yield None
    yield growing.whole()


class _Sending:
    """Writes one answer. Its head goes out with the first piece, so that what fails before has a status of its own."""

    def __init__(self, answer: Answer, words: Words) -> None:
        self._answer, self._words = answer, words
        self._flow: Flow | None = None  # once its head is out
        self._is_done = False

    async def send(self, made: Json | Flow) -> None:
        """All of it."""
        if not isinstance(made, Flow):
            self._whole(200, made)
            return
        async with aclosing(made.values) as values:
            async for value in values:
                if self._flow is None:
                    self._flow = made
                    self._answer.head(200, {"Content-Type": made.type, **HEADERS})
                if value is not None:
                    self._answer.text(made.write(value))
        self._end(made.end)

    def refuse(self, refusal: Refusal) -> None:
        """An error: as a status, or as the last piece of what has begun."""
        if self._flow is None:
            self._whole(refusal.status, refusal.body(self._words))
        elif self._flow.is_whole:
            self._fail(refusal.message)
        else:
            self._end(self._flow.write(refusal.body(self._words)))

    def close(self) -> None:
        """Whatever is not complete by now was stopped."""
        if not self._is_done:
            self._fail(STOPPED)

    def _fail(self, message: TextOrWords) -> None:
        self._answer.fail(self._words(message))
        self._is_done = True

    def _whole(self, status: int, body: Json) -> None:
        self._answer.head(status, {"Content-Type": JSON, **HEADERS})
        self._end(compact(body))

    def _end(self, text: str) -> None:
        if text:
            self._answer.text(text)
        self._answer.end()
        self._is_done = True
