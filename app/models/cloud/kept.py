"""What is kept of services beside their keys: own servers, which are set up, their lists of models, what was picked.

    kept = kept_from(record, lists)             # two records, so that a start of the page reads the small one only
    kept = kept.with_list("openai", models, now).with_pick("cloud:openai:gpt-5-mini", is_on=True)
    kept.shown                                  # the picked models of services that are set up
    kept.record(), kept.lists_record()          # to store; no key is ever in them

Where words go is never taken from a record: a record may come from somebody's backup, and an address says it itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace

from app.core.places import ModelRef
from app.core.ports import Record
from app.core.shapes import LAST_DAY, Damaged, decode, each, is_number
from app.core.text import file_name
from app.core.values import Model
from app.models.cloud.services import ENDINGS, SERVICES, Own, Service, own_address
from app.net.addresses import BadAddress

FIELDS = ("id", "name", "context_length", "capabilities", "where", "place")


@dataclass(frozen=True, slots=True)
class Listed:
    """A service's list, and when it came: seconds since 1970."""

    models: tuple[Model, ...]
    at: float


@dataclass(frozen=True, slots=True)
class Kept:
    """`services` were given a key and not told to forget it; own servers are set up as long as they are there."""

    own: tuple[Own, ...] = ()
    services: tuple[str, ...] = ()
    picked: frozenset[str] = frozenset()
    lists: Mapping[str, Listed] = field(default_factory=dict)

    @property
    def own_services(self) -> tuple[Service, ...]:
        """The person's own servers."""
        return tuple(one.service for one in self.own)

    @property
    def set_up(self) -> tuple[str, ...]:
        """The ids of the services that may be asked, own servers last."""
        return (*(id for id in SERVICES if id in self.services), *(one.id for one in self.own_services))

    @property
    def shown(self) -> tuple[Model, ...]:
        """The picked models of services that are set up, in the services' order."""
        lists = (self.lists[id].models for id in self.set_up if id in self.lists)
        return tuple(model for models in lists for model in models if model.id in self.picked)

    def with_service(self, id: str) -> Kept:
        """It has a key; an own server needs no word of that."""
        return replace(self, services=(*self.services, id)) if id in SERVICES and id not in self.services else self

    def without_service(self, id: str) -> Kept:
        """It has none any more. Its list and what was picked of it stay for the next key."""
        return replace(self, services=tuple(one for one in self.services if one != id))

    def with_own(self, own: Own) -> Kept:
        """One more server, or the same once more."""
        others = (one for one in self.own if (one.address, one.dialect) != (own.address, own.dialect))
        return replace(self, own=(*others, own))

    def without_own(self, id: str) -> Kept:
        """Nothing of this server is left."""
        own = tuple(one for one in self.own if one.service.id != id)
        lists = {name: listed for name, listed in self.lists.items() if name != id}
        return replace(self, own=own, lists=lists, picked=frozenset(self._picked_elsewhere(id)))

    def with_list(self, id: str, models: Iterable[Model], at: float, picks: Iterable[str] = ()) -> Kept:
        """A service's list as it is now. `picks` are picked where it is the first one; else the person's picks stay."""
        listed = Listed(tuple(models), at)
        ids = {model.id for model in listed.models}
        wanted = self.picked if id in self.lists else frozenset(picks)
        return replace(
            self,
            lists={**self.lists, id: listed},
            picked=frozenset(self._picked_elsewhere(id)) | (wanted & ids),
        )

    def with_pick(self, model_id: str, *, is_on: bool) -> Kept:
        """Offer a model in the dropdown, or no more."""
        one = frozenset((model_id,))
        return replace(self, picked=self.picked | one if is_on else self.picked - one)

    def _picked_elsewhere(self, id: str) -> Iterator[str]:
        return (model_id for model_id in self.picked if ModelRef.parse(model_id).service != id)

    def record(self) -> Record:
        """What every start of the page reads."""
        own = [{"id": one.service.id, **asdict(one)} for one in self.own]
        shown = [_record_of(model) for model in self.shown]
        return {"own": own, "services": _ids(self.services), "picked": _ids(sorted(self.picked)), "shown": shown}

    def lists_record(self) -> Record:
        """The lists, which may be long."""
        lists = [
            {"id": id, "at": listed.at, "models": [_record_of(model) for model in listed.models]}
            for id, listed in self.lists.items()
        ]
        return {"lists": lists}


def kept_from(record: object, lists: object = None, lost: list[str] | None = None) -> Kept:
    """What the two records hold; what cannot be read in them is left out and named in `lost`."""
    lost = [] if lost is None else lost
    record, lists = _object(record, lost), _object({} if lists is None else lists, lost)
    found = {(one.address, one.dialect): one for one in reversed(own_in(record.get("own", ()), lost))}
    own = tuple(reversed(found.values()))  # of one server that is there twice the first, which was here before a file
    known = {**SERVICES, **{one.id: one for one in (each_own.service for each_own in own)}}
    services, picked = (each(record.get(name, ()), _id_in, lost, name) for name in ("services", "picked"))
    listed = each(lists.get("lists", ()), lambda one, at, mine: _listed(known, one, at, mine), lost, "lists")
    return Kept(own, tuple(id for id in services if id in SERVICES), frozenset(picked), dict(filter(None, listed)))


def _object(record: object, lost: list[str]) -> Mapping[str, object]:
    if isinstance(record, Mapping):
        return record
    lost.append("everything")
    return {}


def _id_in(record: object, at: str, _: list[str]) -> str:
    if not isinstance(record, Mapping) or not isinstance(record.get("id"), str):
        raise Damaged(f"{at} has no id")
    return str(record["id"])


def _ids(ids: Iterable[str]) -> list[dict[str, str]]:
    """As things with ids: an import keeps those of both sides (app.study.archive.merging)."""
    return [{"id": id} for id in ids]


def own_in(records: object, lost: list[str] | None = None) -> tuple[Own, ...]:
    """The servers that records name, by addresses as a typed one is read; what is none is left out."""
    return tuple(filter(None, each(records, _own_in, lost, "own")))


def _own_in(record: object, at: str, _: list[str]) -> Own | None:
    """A server of the person's own; None where nobody can have typed its address: it came with a file."""
    if not isinstance(record, Mapping) or not isinstance(record.get("address"), str):
        raise Damaged(f"{at} is no server")
    dialect = next((known for known in ENDINGS if known == record.get("dialect", "openai")), None)
    try:
        return Own(own_address(record["address"], dialect), dialect, record.get("stays") is True) if dialect else None
    except BadAddress:
        return None


def _listed(known: Mapping[str, Service], record: object, at: str, lost: list[str]) -> tuple[str, Listed] | None:
    """(service, its list); None where the service is not known any more."""
    service = known.get(_id_in(record, at, lost))
    if service is None or not isinstance(record, Mapping):
        return None

    def model(one: object, where: str, mine: list[str]) -> Model:
        read = decode(Model, {"name": _id_in(one, where, mine), **one}, mine, f"{where}.")  # type: ignore[dict-item]
        return replace(read, name=file_name(read.name), where=service.where, place=service.place)

    models = each(record.get("models", ()), model, lost, f"{at}.models")
    if not is_number(when := record.get("at", 0.0), LAST_DAY):
        when = 0.0
        lost.append(f"{at}.at")
    mine = tuple(one for one in models if one.ref.service == service.id)
    return service.id, Listed(mine, when)


def _record_of(model: Model) -> dict[str, object]:
    return {name: getattr(model, name) for name in FIELDS}
