"""Groups of actions that most visits never use: each is imported with its first action, or when a page asks for it.

    session.act("archive:export", "markdown")       # imports app.session.archive, calls Actions(session).export(…)
    session.part("archive").progress()              # the same object; pages read its signals

A module named here has a class `Actions`, made once with the session; its public methods are the group's actions. What
needs an adapter takes it from `session.make`, by its name. Where it has a method `read_again`, that is awaited after an
import has changed what is stored.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

#: the group's name, as it stands before the colon of an action, and the module that holds its `Actions`
LATER = {
    "api": "app.session.api",
    "archive": "app.session.archive",
    "cloud": "app.session.cloud",
    "costs": "app.session.costs",
    "leave": "app.session.leave",
    "measure": "app.session.measuring",
    "features": "app.session.features",
    "offline": "app.session.offline",
    "replay": "app.session.replaying",
    "routing": "app.session.routing",
    "setup": "app.session.setup",
    "together": "app.session.together",
}


def make_part(session: Any, name: str) -> Any:
    """The actions of a group. Raises KeyError where there is no such group."""
    return import_module(LATER[name]).Actions(session)
