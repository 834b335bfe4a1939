"""What happens to the app as a whole: updates, installing, the network, the battery, the device check."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from app.core.actions import ModelId, action
from app.core.commands import Copy, Install, Persist, Update
from app.core.device import Battery
from app.core.errors import Interrupted
from app.core.jobs import Jobs
from app.core.ports import Device, Page
from app.core.presence import Presence
from app.core.texts import Text
from app.models.store.manager import LocalModelManager
from app.models.store.rows import Status
from app.session.models import Models
from app.session.notices import Notices, Shown
from app.session.ollama import Ollama
from app.session.state import State
from app.session.switching import Switching
from app.study.chats import new_id

if TYPE_CHECKING:
    from app.session.builtin import BuiltIn
    from app.session.cloud import CloudServices
    from app.session.setup import Setup


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a script of the page could not do, and why as the browser says it; `name` is the file's."""

    what: Literal["copy", "offline", "open", "sign_in", "write"]
    name: str
    why: str

    def text(self) -> Text:
        """It, for a person."""
        match self.what:
            case "copy":
                return Text("page.copy")
            case "offline":
                return Text("page.offline", why=self.why)
            case "open":
                return Text("page.open", why=self.why)
            case "sign_in":
                return Text("page.sign_in")
            case "write":
                return Text("page.write", name=self.name, why=self.why)


class AppEvents:
    """The actions `app:*`, and the device check."""

    def __init__(
        self,
        state: State,
        notices: Notices,
        models: Models,
        ollama: Ollama,
        switching: Switching,
        jobs: Jobs,
        page: Page,
        device: Device,
        manager: LocalModelManager,
        presence: Presence,
        builtin: Callable[[], BuiltIn],
        cloud: Callable[[], CloudServices],
        setup: Callable[[], Setup],
        go_on: Callable[[], Coroutine[object, object, None]],
    ) -> None:
        self._state, self._notices, self._models = state, notices, models
        self._ollama, self._switching = ollama, switching
        self._jobs, self._page, self._device, self._manager, self._cloud = jobs, page, device, manager, cloud
        self._presence, self._builtin, self._setup, self._go_on = presence, builtin, setup, go_on

    @action("app:update")
    def update(self) -> None:
        """A new version of the app waits."""
        button = (Text("session.reload_to_update"), "app:reload", "")
        self._notices.show(Shown("update", Text("session.update"), "", "update", (button,), everywhere=True))

    @action("app:reload")
    async def reload(self) -> None:
        """Keep what is being written, then let the new version take over."""
        for name in [f"reply:{chat_id}" for chat_id in self._state.live()]:
            await self._jobs.stop(name)
        self._page.do(Update())

    @action("app:installable", bool)
    def installable(self, can: bool) -> None:
        """The browser offers to install the app."""
        self._state.can_install.set(can)

    @action("app:install")
    def install(self) -> None:
        """Show the browser's own install question."""
        self._page.do(Install())

    @action("app:not-now")
    def not_now(self) -> None:
        """The person does not want to install the app."""
        self._state.can_install.set(False)

    @action("app:persist")
    def persist(self) -> None:
        """Ask the browser to keep what is stored; only a window can."""
        self._page.do(Persist())

    @action("app:persisted", bool)
    async def persisted(self, is_kept: bool) -> None:
        """The browser's answer to that."""
        await self._models.look_at_space()
        if not is_kept and self._state.route() == "settings":
            self._notices.show(Shown("persist", Text("session.not_kept"), Text("session.not_kept_cure")))

    @action("models:check")
    async def check_device(self) -> None:
        """Ask the device again. The page does so too when it has come to rest: time to tidy up."""
        self._device.forget()
        self._state.facts.set(await self._device.facts())
        self._ollama.look()
        if self._state.built_in() is not None:
            self._jobs.start("built-in-look", self._builtin().look())
        if self._state.cloud():
            self._jobs.start("keys", self._cloud().look())  # whether their keys are here
        await self._manager.sweep()
        if not self._state.visit.is_demo and self._state.settings().setup not in ("later", "done"):
            self._setup().offer()

    @action("app:go-on")
    async def go_on(self) -> None:
        """The page has been here for a while: what an earlier visit has left to do goes on. Raises StorageError."""
        await self._go_on()

    @action("app:keys", bool)
    def keys(self, is_open: bool) -> None:
        """The map of keys is opened or shut."""
        self._state.is_showing_keys.set(is_open)

    @action("demo:ping")
    def ping(self) -> None:
        """Count a click, to measure how long an event takes."""
        self._state.pings.set(self._state.pings() + 1)

    @action("app:online", bool)
    def online(self, is_online: bool) -> None:
        """The network came or went, as far as the browser knows. What waited for it goes on."""
        self._state.is_offline.set(not is_online)
        self._manager.downloader.network(is_online)
        self._switching.keep_here()
        for row in self._manager.rows if is_online else ():
            if row.status == Status.FAILED and isinstance(row.problem, Interrupted):
                self._models.download(ModelId(row.model.id))

    @action("app:awake")
    def awake(self) -> None:
        """The page is looked at again, perhaps after the machine has slept: nobody need wait any longer."""
        self._presence.back()
        if not self._state.is_offline():
            self._manager.downloader.network(True)
        self._ollama.look()

    @action("app:left")
    def left(self) -> None:
        """The page goes, and a busy browser lets its workers go on for seconds: what breaks off is not asked for again,
        so that the page that comes finds its downloads paused. A page that comes back is awake again."""
        self._manager.downloader.network(False)

    @action("app:battery", Battery)
    def battery(self, battery: Battery) -> None:
        """How full the battery is; only some browsers tell."""
        self._state.battery.set(battery)

    @action("app:problem", Trouble)
    def problem(self, trouble: Trouble) -> None:
        """Something the page's own script could not do."""
        self._notices.show(Shown(new_id(), trouble.text(), "", "error"))

    @action("app:copy", str)
    def copy(self, text: str) -> None:
        """Copy a line that is meant to be copied."""
        self._page.do(Copy(text))
