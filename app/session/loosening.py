"""What an import would loosen, item by item: nothing of it takes effect before the person has agreed to it.

    held, items = hold_back(mine, merged.puts)      # the same records without what loosens, and what was held back
    items[0].title                                  # "Turn off Offline Mode", as a text
    record = items[0].apply(record)                 # the person wants it: the stored record with it

A file may come from anybody. Whatever makes words go to more places than before, or to another address, is such an
item; what tightens privacy comes in as it is. An address passes the reader of typed ones, or is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from app.core.places import ModelRef, Place
from app.core.ports import Json, Record, Shelves
from app.core.reading import part, rows, texts
from app.core.shapes import is_number
from app.core.texts import Percent, Text, TextOrWords
from app.models.answering.automatic import AUTOMATIC
from app.models.cloud.kept import own_in
from app.models.cloud.services import SERVICES, Dialect, Own
from app.models.ollama.client import DEFAULT_ADDRESS
from app.models.routing.policy import adjustment_from
from app.models.store.refusals import host_of
from app.net.addresses import BadAddress, distance, read_address
from app.session.settings import Settings, settings_from
from app.session.state import SERVICES_KEY
from app.study.features import FEATURES
from app.study.library.meaning import OFF

Change = Callable[[Record], Record]
Servers = Mapping[tuple[str, Dialect], Own]
SETTINGS, OLLAMA, SOURCES = ("settings", "settings"), ("settings", "ollama"), ("settings", "sources")


@dataclass(frozen=True, slots=True)
class Loosening:
    """One thing that was held back: the record that it is about, what it would do, and how."""

    id: str
    title: Text
    about: Text
    record: tuple[str, str]
    apply: Change


def hold_back(
    mine: Shelves, puts: Sequence[tuple[str, str, Json]]
) -> tuple[list[tuple[str, str, Json]], tuple[Loosening, ...]]:
    """The records to write now, and the items to ask about."""
    held: list[tuple[str, str, Json]] = []
    items: list[Loosening] = []
    for shelf, key, record in puts:
        look = _LOOKS.get((shelf, key))
        if look is not None:
            record, found = look(mine.get(shelf, {}).get(key) or {}, dict(record), mine)
            items += found
        held.append((shelf, key, record))
    return held, tuple(items)


def applied(items: Sequence[Loosening], stored: Mapping[tuple[str, str], Record]) -> list[tuple[str, str, Json]]:
    """The records with everything that the person has agreed to. `stored` are those that the items are about."""
    records = dict(stored)
    for item in items:
        records[item.record] = item.apply(records.get(item.record) or {})
    return [(shelf, key, records[shelf, key]) for shelf, key in dict.fromkeys(item.record for item in items)]


# -- settings


def _settings(mine: Record, theirs: Record, shelves: Shelves) -> tuple[Record, list[Loosening]]:
    usual = asdict(Settings())
    mine = {**usual, **mine}
    now = settings_from(mine)
    items = [*_switches(mine, theirs), *_shifts(now, theirs), *_models(mine, theirs, _address(shelves))]
    for item in items:
        theirs = _without(theirs, mine, item.id)
    return theirs, items


#: by the setting's name: the value that loosens, what it does, and what that means
_SWITCHES: tuple[tuple[str, bool, Text, Text], ...] = (
    ("is_offline_mode", False, Text("loosening.not_offline"), Text("loosening.not_offline_about")),
    ("is_loopback_allowed", True, Text("loosening.loopback"), Text("loosening.loopback_about")),
    ("is_api_on", True, Text("loosening.api"), Text("loosening.api_about")),
    ("asks_before_leaving", False, Text("loosening.unasked"), Text("loosening.unasked_about")),
    ("is_smart", True, Text("loosening.smart"), Text("loosening.smart_about")),
)


def _switches(mine: Record, theirs: Record) -> Iterator[Loosening]:
    for name, loose, title, about in _SWITCHES:
        if bool(theirs.get(name, mine[name])) is loose and mine[name] is not loose:
            more = {"offline_since": 0.0} if name == "is_offline_mode" else {}
            yield _setting(name, title, about, {name: loose, **more})


def _shifts(mine: Settings, theirs: Record) -> Iterator[Loosening]:
    """What makes Automatic send more to a cloud."""
    learned, own = adjustment_from(theirs.get("learned")), adjustment_from(mine.learned)
    if learned.shift < own.shift or (learned.models and learned.models != own.models):
        about = Text("loosening.learned_about")
        yield _setting("learned", Text("loosening.learned"), about, {"learned": theirs["learned"]})
    told = part(theirs.get("abilities"))
    scores = {id: score for id, score in told.items() if is_number(score) and 0 <= score <= 1}
    if scores and scores != dict(mine.abilities):
        about = Text("loosening.abilities_about")
        yield _setting("abilities", Text("loosening.abilities"), about, {"abilities": scores})
    share = theirs.get("share")
    if is_number(share) and share > mine.share:
        most, now = Percent(round(100 * min(share, 1))), Percent(round(100 * mine.share))
        about = Text("loosening.share_about", share=most, now=now)
        yield _setting("share", Text("loosening.share"), about, {"share": share})


def _models(mine: Record, theirs: Record, address: str) -> Iterator[Loosening]:
    """Models elsewhere that would answer where another one does now."""
    model_id = str(theirs.get("model_id", ""))
    if model_id != mine["model_id"] and _may_leave(model_id, address):
        title = Text("loosening.default_model", model=_name(model_id))
        yield _setting("model_id", title, _goes(model_id), {"model_id": model_id})
    meaning = str(theirs.get("meaning", ""))
    if meaning and meaning not in (mine["meaning"], OFF) and _may_leave(meaning, address):
        title = Text("loosening.meaning", model=_name(meaning))
        yield _setting("meaning", title, _goes(meaning), {"meaning": meaning})
    names: dict[str, TextOrWords] = {feature.id: feature.name for feature in FEATURES}
    for feature, their_choice in part(theirs.get("features")).items():
        choice, before = part(their_choice), part(part(mine["features"]).get(feature))
        model_id, is_wider = str(choice.get("model_id", "")), _share(choice) > _share(before)
        if choice != before and (_may_leave(model_id, address) or is_wider):
            title = Text("loosening.model_for", model=_name(model_id), feature=names.get(feature, feature))
            yield Loosening(f"features.{feature}", title, _goes(model_id), SETTINGS, _with_feature(feature, choice))


def _share(choice: Json) -> float:
    share = choice.get("share")
    return share if is_number(share) else 0.0


def _setting(name: str, title: Text, about: Text, values: Record) -> Loosening:
    return Loosening(name, title, about, SETTINGS, lambda record: {**record, **values})


def _with_feature(feature: str, choice: Json) -> Change:
    return lambda record: {**record, "features": {**part(record.get("features")), feature: choice}}


def _without(theirs: Record, mine: Record, id: str) -> Record:
    """Their settings with our own value of one."""
    name, _, feature = id.partition(".")
    if feature:
        others = {key: value for key, value in part(theirs["features"]).items() if key != feature}
        own = {key: value for key, value in part(mine["features"]).items() if key == feature}
        return {**theirs, "features": {**others, **own}}
    since = {"offline_since": mine["offline_since"]} if name == "is_offline_mode" else {}
    return {**theirs, name: mine[name], **since}


def _may_leave(model_id: str, address: str) -> bool:
    """Whether words for a model of this id could leave this device, with Ollama where it is now."""
    ollama = Place.COMPUTER if distance(address) == "loopback" else Place.NETWORK
    return ModelRef.parse(model_id).can_leave(ollama)


def _name(model_id: str) -> TextOrWords:
    ref = ModelRef.parse(model_id)
    return AUTOMATIC.name if ref.provider == "automatic" else ref.name


def _goes(model_id: str) -> Text:
    ref = ModelRef.parse(model_id)
    if ref.provider == "automatic":
        return Text("loosening.goes_to_clouds")
    service = SERVICES.get(ref.service)
    return Text("loosening.words_are", where=service.where) if service else Text("loosening.goes_elsewhere")


# -- addresses


def _address(shelves: Shelves) -> str:
    return str(part(shelves.get("settings", {}).get("ollama")).get("address") or DEFAULT_ADDRESS)


def _ollama(mine: Record, theirs: Record, shelves: Shelves) -> tuple[Record, list[Loosening]]:
    """Ollama's address. Which ones have answered is about this browser, so that is never taken from a file."""
    before = _address(shelves)
    held = {**theirs, "address": before, "connected": texts(mine.get("connected"))}
    try:
        address = read_address(str(theirs.get("address") or before))
    except BadAddress:
        return held, []
    if address == before:
        return held, []
    about = Text("loosening.here" if distance(address) == "loopback" else "loosening.ollama_words")
    title = Text("loosening.ollama", address=address)
    return held, [Loosening("ollama", title, about, OLLAMA, lambda record: {**record, "address": address})]


def _services(mine: Record, theirs: Record, shelves: Shelves) -> tuple[Record, list[Loosening]]:
    """Servers of the person's own: each new one, and each that is to count as local from now on."""
    known = {(one.address, one.dialect): one for one in own_in(mine.get("own"))}
    items = [
        Loosening(f"own.{one.service.id}", *_words_for(one, known), ("settings", SERVICES_KEY), _with_own(one, theirs))
        for one in dict.fromkeys(own_in(theirs.get("own")))
        if known.get((one.address, one.dialect)) != one and not _is_stricter(one, known)
    ]
    ids = {one.service.id for one in known.values()}
    own = [{"id": one.service.id, **asdict(one)} for one in known.values()]
    kept = {name: [one for one in rows(theirs.get(name)) if _is_known(one, ids)] for name in ("shown", "picked")}
    return {**theirs, **kept, "own": own}, items


def _is_stricter(one: Own, known: Servers) -> bool:
    """Whether it is known here as one that words stay on, and the file only says less."""
    return (one.address, one.dialect) in known and not one.stays


def _words_for(one: Own, known: Servers) -> tuple[Text, Text]:
    if (one.address, one.dialect) in known:
        return Text("loosening.as_local", address=one.address), Text("loosening.as_local_about")
    about = Text("loosening.counts_as_local" if one.service.is_here else "loosening.server_words")
    return Text("loosening.server", address=one.address), about


def _with_own(one: Own, theirs: Record) -> Change:
    """The server, and its models that the file offers."""
    names, id = ("shown", "picked"), one.service.id
    models = {name: [each for each in rows(theirs.get(name)) if _service_of(each) == id] for name in names}

    def apply(record: Record) -> Record:
        others = [each for each in rows(record.get("own")) if not _is_same(each, one)]
        more = {name: [*rows(record.get(name)), *models[name]] for name in names}
        return {**record, **more, "own": [*others, {"id": id, **asdict(one)}]}

    return apply


def _is_same(record: Json, one: Own) -> bool:
    return (record.get("address"), record.get("dialect", "openai")) == (one.address, one.dialect)


def _is_known(model: Json, own: set[str]) -> bool:
    return _service_of(model) in SERVICES or _service_of(model) in own


def _service_of(model: Json) -> str:
    return ModelRef.parse(str(model.get("id", ""))).service


def _sources(mine: Record, theirs: Record, shelves: Shelves) -> tuple[Record, list[Loosening]]:
    """Catalogues and single models: each address that was not here."""
    held, items = dict(theirs), list[Loosening]()
    for kind in ("catalogs", "models"):
        known = {str(one.get("id")): one for one in rows(mine.get(kind))}
        held[kind] = list(known.values())
        for one in rows(theirs.get(kind)):
            if known.get(str(one.get("id"))) == one or not all(map(_is_web_address, _addresses(one))):
                continue
            title, about = _words_for_source(kind, one)
            items.append(Loosening(f"{kind}.{one['id']}", title, about, SOURCES, _with_source(kind, one)))
    return held, items


def _words_for_source(kind: str, one: Json) -> tuple[Text, Text]:
    hosts = tuple(dict.fromkeys(host_of(address) for address in _addresses(one)))
    name = str(one.get("title") or one.get("name") or one["id"])
    title = Text("loosening.catalog" if kind == "catalogs" else "loosening.model", name=name)
    return title, Text("loosening.from_hosts", hosts=hosts) if hosts else Text("loosening.from_file")


def _addresses(one: Json) -> list[str]:
    if one.get("address"):
        return [str(one["address"])]
    files = (one, *rows(one.get("parts")))
    return [str(source.get("url", "")) for file in files for source in rows(file.get("sources"))]


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def _with_source(kind: str, one: Json) -> Change:
    def apply(record: Record) -> Record:
        others = [each for each in rows(record.get(kind)) if each.get("id") != one["id"]]
        return {"catalogs": [], "models": [], **record, kind: [*others, one]}

    return apply


_LOOKS: Mapping[tuple[str, str], Callable[[Record, Record, Shelves], tuple[Record, list[Loosening]]]] = {
    SETTINGS: _settings,
    OLLAMA: _ollama,
    ("settings", SERVICES_KEY): _services,
    SOURCES: _sources,
}
