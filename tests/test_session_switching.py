"""When the network goes, or Offline Mode comes, a model on this device answers; back only with consent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

from app.core.commands import OfflineMode
from app.core.errors import AppError, Unreachable
from app.core.places import Place
from app.core.values import Delta, Done, Event, Model, Request, Usage
from tests.test_session import World
from tests.words import english

CLOUD = Model("cloud:far:model", "Far", where="sent to Far", place=Place.CLOUD)


class Far:
    """A cloud, as far as these tests need one: it answers until it cannot be reached."""

    def __init__(self) -> None:
        self.error: AppError | None = None
        self.words = "From far."
        self.pause = ""  # why it cannot be asked now
        self.usage = Usage()
        self.asked = 0
        self.requests: list[Request] = []

    async def look(self, _: object = None) -> None:
        """Everything is known."""

    async def read_again(self) -> None:
        """Nothing of it is kept."""

    async def ready(self, model: Model) -> Model:
        return model

    @property
    def provider(self) -> Far:
        return self

    def blocked(self, model_id: str) -> str:
        return self.pause

    def lacks_key(self, model_id: str) -> bool:
        return False

    async def reply(self, model: Model, request: Request) -> AsyncGenerator[Event, None]:
        self.asked += 1
        self.requests.append(request)
        if self.error:
            raise self.error
        yield Delta(self.words)
        yield Done(self.usage)


class Hybrid(World):
    """A page whose picked model is elsewhere."""

    def compose(self) -> None:
        super().compose()
        self.far = Far()
        self.session.cloud = self.far  # type: ignore[assignment]
        self.session.state.cloud.set((CLOUD,))

    @property
    def answered(self) -> tuple[str, str]:
        turn = self.session.state.turns()[-1]
        return turn.model_name, turn.text


Body = Callable[[Hybrid], Coroutine[Any, Any, None]]


def page_with(picked: str, *replies: str) -> Callable[[Body], Callable[[], None]]:
    """Run a body over a page that has a local model, which says these, and a far one, and has picked one of them."""

    def prepared(body: Body) -> Callable[[], None]:
        def run() -> None:
            async def whole() -> None:
                world = Hybrid(*replies)
                await world.session.start("#/chat")
                await world.act("models:download", "tiny")
                await world.act("models:choose", picked)
                await body(world)

            asyncio.run(whole())

        run.__doc__ = body.__doc__
        return run

    return prepared


page = page_with(CLOUD.id, "From here.", "From here.")


@page
async def test_the_picked_model_answers_while_it_can_be_reached(world: Hybrid) -> None:
    await world.act("chat:send", "Hello!")
    assert world.answered == ("Far", "From far.")


@page
async def test_when_the_network_goes_a_local_model_answers_and_the_way_back_is_offered(world: Hybrid) -> None:
    session = world.session
    await world.act("app:online", False)
    assert session.state.chosen().id == "tiny"
    [notice] = session.state.notices()
    assert english(notice.text) == ("Far can't answer now: there is no network. Using Tiny on this device instead.")
    await world.act("chat:send", "Hello!")
    assert world.answered[1] == "From here."
    assert world.far.asked == 0
    await world.act("app:online", True)
    assert session.state.chosen().id == "tiny"
    [notice] = session.state.notices()
    [(label, *button)] = notice.buttons
    assert (english(label), *button) == ("Switch back to Far", "models:return", "")
    await world.act("models:return")
    assert session.state.chosen().id == CLOUD.id
    assert session.state.notices() == ()


@page
async def test_a_cloud_that_cannot_be_reached_is_replaced_in_the_same_reply(world: Hybrid) -> None:
    world.far.error = Unreachable()
    await world.act("chat:send", "Hello!")
    assert world.answered[1] == "From here."
    assert world.session.state.turns()[-1].where == "on this device"
    await world.act("chat:send", "And again?")
    assert world.far.asked == 1, "it is not tried again until the person goes back"


@page
async def test_choosing_a_model_ends_the_standing_in(world: Hybrid) -> None:
    await world.act("app:online", False)
    await world.act("app:online", True)
    await world.act("models:choose", CLOUD.id)
    assert world.session.state.stand_in() is None


@page
async def test_offline_mode_moves_here_too_and_survives_a_reload(world: Hybrid) -> None:
    await world.act("offline:switch", True)
    assert world.session.state.chosen().id == "tiny"
    assert english(world.session.switching.why_not(CLOUD) or "") == "Offline Mode is on"
    assert OfflineMode("loopback") in world.page.commands
    world.compose()
    await world.session.start("#/chat")
    assert world.session.state.offline().is_on
    assert world.session.state.chosen().id == "tiny"
    await world.act("offline:loopback", False)
    assert OfflineMode("strict") in world.page.commands
    await world.act("offline:switch", False)
    assert not world.session.state.offline().is_on


@page
async def test_links_and_the_page_s_own_requests_are_counted(world: Hybrid) -> None:
    await world.act("offline:switch", True)
    await world.act("offline:link", "https://far.example/page?q=secret")
    await world.act("offline:refused", "other.example")
    assert [(one.host, english(one.what)) for one in world.session.state.offline().refused] == [
        ("other.example", "the page"),
        ("far.example", "a link"),
    ]
