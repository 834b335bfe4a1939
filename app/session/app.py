"""What concerns the app as a whole: notices, updates, installing, the network, settings."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from app.core.errors import Interrupted
from app.core.values import Battery
from app.models.store.rows import Status
from app.session.settings import LIMITS
from app.session.state import Shown
from app.session.switching import SwitchActions
from app.study.chats import new_id


class AppActions(SwitchActions):
    """The actions `app:*` and `settings:*`, and the device check."""

    def app_update(self, _: object) -> None:
        """A new version of the app waits."""
        button = ("Reload to update", "app:reload", "")
        self.notify(Shown("update", "A new version of DrLeeLM is ready.", "", "update", (button,)))

    async def app_reload(self, _: object) -> None:
        """Keep what is being written, then let the new version take over."""
        for name in [f"reply:{chat_id}" for chat_id in self.live()]:
            await self.jobs.stop(name)
        self.page.do("update")

    def app_installable(self, can: object) -> None:
        """The browser offers to install the app."""
        self.can_install.set(bool(can))

    def app_install(self, _: object) -> None:
        """Show the browser's own install question."""
        self.page.do("install")

    def app_not_now(self, _: object) -> None:
        """The person does not want to install the app."""
        self.can_install.set(False)

    def app_persist(self, _: object) -> None:
        """Ask the browser to keep what is stored; only a window can."""
        self.page.do("persist")

    async def app_persisted(self, is_kept: object) -> None:
        """The browser's answer to that."""
        await self._look_at_space()
        if not is_kept and self.route() == "settings":
            cure = "Browsers agree more readily once a site is installed or used often."
            self.notify(Shown("persist", "The browser did not agree to keep the data permanently.", cure))

    async def models_check(self, _: object) -> None:
        """Ask the device again. The page does so too when it has come to rest: time to tidy up."""
        self._device.forget()
        self.facts.set(await self._device.facts())
        self.ollama_look()
        if self.cloud():
            self.jobs.start("keys", self.part("cloud").look())  # whether their keys are here
        await self.manager.sweep()
        if not self.is_demo and self.settings().setup not in ("later", "done"):
            self.part("setup").offer("")

    def demo_ping(self, _: object) -> None:
        """Count a click, to measure how long an event takes."""
        self.pings.set(self.pings() + 1)

    def app_online(self, is_online: object) -> None:
        """The network came or went, as far as the browser knows. What waited for it goes on."""
        self.is_offline.set(not is_online)
        self.manager.downloader.network(bool(is_online))
        self.keep_here()
        for row in self.manager.rows if is_online else ():
            if row.status == Status.FAILED and isinstance(row.problem, Interrupted):
                self.models_download(row.model.id)

    def app_awake(self, _: object) -> None:
        """The page is looked at again, perhaps after the machine has slept: nobody need wait any longer."""
        if not self.is_offline():
            self.manager.downloader.network(True)
        self.ollama_look()

    def app_battery(self, told: dict[str, Any]) -> None:
        """How full the battery is; only some browsers tell."""
        self.battery.set(Battery(float(told["level"]), bool(told["isCharging"])))

    def app_problem(self, text: object) -> None:
        """Something the page's own script could not do."""
        self.notify(Shown(new_id(), str(text), "", "error"))

    async def settings_think(self, form: dict[str, Any]) -> None:
        """Whether models that can think do so before they answer."""
        await self.change(think=bool(form["value"]))

    async def settings_api(self, is_on: object) -> None:
        """Whether other pages of this site may use the local models."""
        await self.change(is_api_on=bool(is_on))

    async def settings_set(self, form: dict[str, str]) -> None:
        """Change one setting by its name; numbers are kept within their limits."""
        name, value = form["arg"], form["value"]
        if name in ("system_prompt", "theme"):
            await self.change(**{name: value})
        elif name in LIMITS:
            low, high, kind = LIMITS[name]
            number = _number(value)
            if number is not None:
                sampling = replace(self.settings().sampling, **{name: kind(min(high, max(low, number)))})
                await self.change(sampling=sampling)
        if name == "theme":
            self.page.do("theme", value)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
