"""What concerns the app as a whole: notices, updates, installing, the network, settings."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from app.core.actions import ModelId, action
from app.core.commands import Copy, Install, Persist, Theme, Update
from app.core.errors import Interrupted
from app.core.values import Battery
from app.models.store.rows import Status
from app.session.settings import LIMITS, ThemeName
from app.session.state import Shown
from app.session.switching import SwitchActions
from app.study.chats import new_id


@dataclass(frozen=True, slots=True)
class NumberField:
    """A sampling setting, as it was typed."""

    arg: Literal["temperature", "top_k", "top_p", "max_tokens", "seed"]
    value: str


@dataclass(frozen=True, slots=True)
class ThemeField:
    """A theme, as it was chosen."""

    value: ThemeName


class AppActions(SwitchActions):
    """The actions `app:*` and `settings:*`, and the device check."""

    @action("app:update")
    def app_update(self) -> None:
        """A new version of the app waits."""
        button = ("Reload to update", "app:reload", "")
        self.notify(Shown("update", "A new version of DrLeeLM is ready.", "", "update", (button,)))

    @action("app:reload")
    async def app_reload(self) -> None:
        """Keep what is being written, then let the new version take over."""
        for name in [f"reply:{chat_id}" for chat_id in self.live()]:
            await self.jobs.stop(name)
        self.page.do(Update())

    @action("app:installable", bool)
    def app_installable(self, can: bool) -> None:
        """The browser offers to install the app."""
        self.can_install.set(can)

    @action("app:install")
    def app_install(self) -> None:
        """Show the browser's own install question."""
        self.page.do(Install())

    @action("app:not-now")
    def app_not_now(self) -> None:
        """The person does not want to install the app."""
        self.can_install.set(False)

    @action("app:persist")
    def app_persist(self) -> None:
        """Ask the browser to keep what is stored; only a window can."""
        self.page.do(Persist())

    @action("app:persisted", bool)
    async def app_persisted(self, is_kept: bool) -> None:
        """The browser's answer to that."""
        await self._look_at_space()
        if not is_kept and self.route() == "settings":
            cure = "Browsers agree more readily once a site is installed or used often."
            self.notify(Shown("persist", "The browser did not agree to keep the data permanently.", cure))

    @action("models:check")
    async def models_check(self) -> None:
        """Ask the device again. The page does so too when it has come to rest: time to tidy up."""
        self._device.forget()
        self.facts.set(await self._device.facts())
        self.ollama_look()
        if self.cloud():
            self.jobs.start("keys", self.part("cloud").look())  # whether their keys are here
        await self.manager.sweep()
        if not self.is_demo and self.settings().setup not in ("later", "done"):
            self.part("setup").offer()

    @action("demo:ping")
    def demo_ping(self) -> None:
        """Count a click, to measure how long an event takes."""
        self.pings.set(self.pings() + 1)

    @action("app:online", bool)
    def app_online(self, is_online: bool) -> None:
        """The network came or went, as far as the browser knows. What waited for it goes on."""
        self.is_offline.set(not is_online)
        self.manager.downloader.network(is_online)
        self.keep_here()
        for row in self.manager.rows if is_online else ():
            if row.status == Status.FAILED and isinstance(row.problem, Interrupted):
                self.models_download(ModelId(row.model.id))

    @action("app:awake")
    def app_awake(self) -> None:
        """The page is looked at again, perhaps after the machine has slept: nobody need wait any longer."""
        if not self.is_offline():
            self.manager.downloader.network(True)
        self.ollama_look()

    @action("app:battery", Battery)
    def app_battery(self, battery: Battery) -> None:
        """How full the battery is; only some browsers tell."""
        self.battery.set(battery)

    @action("app:problem", str)
    def app_problem(self, text: str) -> None:
        """Something the page's own script could not do."""
        self.notify(Shown(new_id(), text, "", "error"))

    @action("app:copy", str)
    def app_copy(self, text: str) -> None:
        """Copy a line that is meant to be copied."""
        self.page.do(Copy(text))

    @action("settings:think", bool)
    async def settings_think(self, is_on: bool) -> None:
        """Whether models that can think do so before they answer."""
        await self.change(think=is_on)

    @action("settings:api", bool)
    async def settings_api(self, is_on: bool) -> None:
        """Whether other pages of this site may use the local models."""
        await self.change(is_api_on=is_on)

    @action("settings:system-prompt", str)
    async def settings_system_prompt(self, text: str) -> None:
        """What every chat begins with, unseen."""
        await self.change(system_prompt=text)

    @action("settings:theme", ThemeField)
    async def settings_theme(self, field: ThemeField) -> None:
        """Light, dark, or as the system has it."""
        await self.change(theme=field.value)
        self.page.do(Theme(field.value))

    @action("settings:number", NumberField)
    async def settings_number(self, field: NumberField) -> None:
        """Change one number of the sampling; it is kept within its limits."""
        low, high, kind = LIMITS[field.arg]
        number = _number(field.value)
        if number is not None:
            sampling = replace(self.settings().sampling, **{field.arg: kind(min(high, max(low, number)))})
            await self.change(sampling=sampling)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
