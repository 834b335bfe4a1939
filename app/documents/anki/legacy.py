"""What the one row of an older collection holds: note types, decks and settings as JSON.

row(created, kinds, {1: "Default"})         # the values of the table "col"
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from app.core.anki import AnkiField, AnkiKind, AnkiTemplate

Json = dict[str, object]
TABLES = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
VERSION = 11
SCHEDULER = 2
_FIELD = re.compile(r"\{\{([^{}]+)\}\}")


def row(created: int, changed: int, kinds: Sequence[AnkiKind], decks: Mapping[int, str]) -> tuple[object, ...]:
    """The values of the table "col". Times in seconds since 1970."""
    parts: tuple[Json, ...] = (
        _settings(kinds),
        {str(one.id): _kind(one, changed) for one in kinds},
        {str(id): _deck(id, name, changed) for id, name in decks.items()},
        {"1": _options()},
        {},
    )
    texts = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in parts)
    return (1, created, changed * 1000, changed * 1000, VERSION, 0, 0, 0, *texts)


def _settings(kinds: Sequence[AnkiKind]) -> Json:
    return {
        "schedVer": SCHEDULER,
        "sched2021": True,
        "nextPos": 1,
        "curDeck": 1,
        "activeDecks": [1],
        "curModel": kinds[0].id if kinds else 1,
        "sortType": "noteFld",
        "sortBackwards": False,
        "newSpread": 0,
        "collapseTime": 1200,
        "timeLim": 0,
        "estTimes": True,
        "dueCounts": True,
        "addToCur": True,
        "dayLearnFirst": False,
    }


def _kind(one: AnkiKind, changed: int) -> Json:
    names = [field.name for field in one.fields]
    return {
        "id": one.id,
        "name": one.name,
        "type": int(one.is_cloze),
        "mod": changed,
        "usn": -1,
        "sortf": 0,
        "did": None,
        "tmpls": [_template(place, made) for place, made in enumerate(one.templates)],
        "flds": [_field(place, field) for place, field in enumerate(one.fields)],
        "css": one.css,
        "latexPre": one.before,
        "latexPost": one.after,
        "latexsvg": False,
        "req": [[place, "any", _asked(made, names)] for place, made in enumerate(one.templates)],
        **({"originalStockKind": one.stock} if one.stock else {}),
    }


def _asked(made: AnkiTemplate, names: Sequence[str]) -> list[int]:
    """The fields that a question shows: a card is made where one of them says anything."""
    shown = {found.rpartition(":")[2].strip("#^/ ") for found in _FIELD.findall(made.question)}
    return [place for place, name in enumerate(names) if name in shown] or [0]


def _template(place: int, made: AnkiTemplate) -> Json:
    said = {"name": made.name, "ord": place, "qfmt": made.question, "afmt": made.answer}
    return {**said, "bqfmt": "", "bafmt": "", "did": None, "bfont": "", "bsize": 0}


def _field(place: int, one: AnkiField) -> Json:
    return {
        "name": one.name,
        "ord": place,
        "sticky": False,
        "rtl": one.is_rtl,
        "font": one.font or "Arial",
        "size": one.size or 20,
        "description": one.description,
        **({"tag": one.part - 1} if one.part else {}),
    }


def _deck(id: int, name: str, changed: int) -> Json:
    nothing = [0, 0]
    return {
        "id": id,
        "name": name,
        "mod": changed,
        "usn": -1,
        "lrnToday": nothing,
        "revToday": nothing,
        "newToday": nothing,
        "timeToday": nothing,
        "collapsed": False,
        "browserCollapsed": True,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "extendNew": 0,
        "extendRev": 0,
    }


def _options() -> Json:
    return {
        "id": 1,
        "mod": 0,
        "name": "Default",
        "usn": 0,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "new": {
            "bury": False,
            "delays": [1.0, 10.0],
            "initialFactor": 2500,
            "ints": [1, 4, 0],
            "order": 1,
            "perDay": 20,
        },
        "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
        "dyn": False,
    }
