"""All services behind one Provider: it finds the service of a model, and keeps one breaker and one client for each.

cloud = Cloud(fetch, clock, keys, on_change)
cloud.use_own([Own("http://localhost:8080/v1")])
await cloud.models("openai")                               # what the key may use
async for event in cloud.reply(model, request): ...        # model.id: "cloud:openai:gpt-5-mini"
cloud.health("openai").is_blocked                          # what the router asks before it chooses
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable
from functools import partial

from app.core.errors import ModelMissing
from app.core.places import is_own_service
from app.core.ports import Clock, Fetch
from app.core.texts import Text
from app.core.values import Event, Model, Request
from app.core.vectors import ToEmbed, ToRank, Vectors
from app.models.cloud.keys import Keys
from app.models.cloud.provider import CloudProvider
from app.models.cloud.services import SERVICES, Own, Service
from app.net.breaker import Health


class Cloud:
    """`on_change` is called when a pause of some service begins or ends. `quiet` asks whether anybody is there at all,
    without an error in the browser's console."""

    def __init__(
        self,
        fetch: Fetch,
        clock: Clock,
        keys: Keys,
        on_change: Callable[[], None] = lambda: None,
        quiet: Fetch | None = None,
    ) -> None:
        self._fetch, self._clock, self._on_change, self._quiet = fetch, clock, on_change, quiet
        self.keys = keys
        self._own: tuple[Service, ...] = ()
        self._providers: dict[str, CloudProvider] = {}

    def use_own(self, servers: Iterable[Own]) -> None:
        """The person's own servers, all of them. Raises BadAddress."""
        services = {one.id: one for one in (own.service for own in servers)}
        for gone in [one.id for one in self._own if services.get(one.id) != one]:
            self._providers.pop(gone, None)
        self._own = tuple(services.values())

    @property
    def services(self) -> tuple[Service, ...]:
        """All that can be asked, the person's own servers last."""
        return (*SERVICES.values(), *self._own)

    @property
    def ready(self) -> tuple[Service, ...]:
        """Those that have what they need: a key, or none to need."""
        return tuple(one for one in self.services if not one.needs_key or self.keys.get(one.id))

    def renew(self, service_id: str) -> None:
        """Forget a service's pause and what its models have refused: the person has given another key."""
        self._providers.pop(service_id, None)

    def health(self, service_id: str) -> Health:
        """The service's breaker. Raises ModelMissing where there is no such service."""
        return self._provider(service_id).health

    async def models(self, service_id: str) -> tuple[Model, ...]:
        """What the service offers. Raises what `CloudProvider.models` raises."""
        return await self._provider(service_id).models()

    async def exchange(self, code: str, verifier: str) -> str:
        """The key behind a sign-in at OpenRouter. Raises what `openrouter.exchange` raises."""
        from app.models.cloud.openrouter import exchange  # few people sign in

        return await exchange(self._fetch, code, verifier)

    def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        """Stream the answer of the model's service. Raises what `CloudProvider.reply` raises."""
        return self._provider(model.ref.service).reply(model, request)

    async def embed(self, model: Model, asked: ToEmbed) -> Vectors:
        """Vectors by the model's service. Raises what `CloudProvider.embed` raises."""
        return await self._provider(model.ref.service).embed(model, asked)

    async def rank(self, model: Model, asked: ToRank) -> tuple[float, ...]:
        """Scores by the model's service. Raises what `CloudProvider.rank` raises."""
        return await self._provider(model.ref.service).rank(model, asked)

    def _provider(self, service_id: str) -> CloudProvider:
        service = next((one for one in self.services if one.id == service_id), None)
        if service is None:
            is_own = is_own_service(service_id)
            words = Text("cloud.not_set_up") if is_own else Text("cloud.unknown_service")
            raise ModelMissing(words, Text("cloud.look_at_settings")).mended_in("settings/connections")
        if service_id not in self._providers:
            health = Health(self._clock, self._on_change)
            key = partial(self.keys.get, service_id)
            self._providers[service_id] = CloudProvider(
                self._fetch, self._clock, service, key, health=health, quiet=self._quiet
            )
        return self._providers[service_id]
