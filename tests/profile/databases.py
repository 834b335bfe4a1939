"""All that the app keeps in a browser, read into files and written back: databases with their versions, stores, key
paths, indexes and records, and localStorage. What caches hold is left out: it is the app itself.

    record(page, folder)        # from a page of the app's origin that is not the app: it must be at rest
    write(page, folder)         # into a fresh context, before the app is opened in it

`profile.json` holds values as JSON. What JSON cannot hold is an object with one name that begins with `$`:

    {"$file": "chunk-0.bin", "sha256": …}   a Blob, in the folder or, relative to it, in another fixture
    {"$site": "static/vendor/…", …}         a Blob, a part of a file that set-up brings: too large to be kept here
    {"$bytes": "AAEC…"}                     an ArrayBuffer (`$array`: a Uint8Array), in base64
    {"$numbers": "AAEC…", "kind": "…"}      an array of another kind, such as "Float32Array"
    {"$key": {…}}                           a CryptoKey

A CryptoKey that cannot be read out cannot be recorded either. So the recorder puts one of known bytes in the place of
the app's (`own_key`), and the app then encrypts with that: the secrets are its own work, only the key's bytes are not.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.environment import ROOT

FIXTURES = ROOT / "tests" / "fixtures"
#: All that were recorded so far, the newest last.
PROFILES = sorted(FIXTURES.glob("profile-*"), key=lambda folder: int(folder.name.removeprefix("profile-")))
#: 32 bytes that protect nothing: they are in this file.
KEY = bytes(range(32))
#: Where large Blobs may have come from, so that they are not kept a second time.
KNOWN = ("tests/fixtures/models/*", "tests/fixtures/documents/*", "static/vendor/models/*")
PREFIX = "drleelm"

COMMON = """
const settled = request => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const ended = transaction => new Promise((done, failed) => {
  transaction.oncomplete = () => done();
  transaction.onabort = () => failed(transaction.error);
});
const toText = buffer => {
  let text = '';
  for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
  return btoa(text);
};
const toBytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
const imported = (raw, key) => crypto.subtle.importKey('raw', toBytes(raw), key.algorithm, key.extractable, key.usages);
"""

#: Blobs come as their hashes; `window.recorded` holds them for `BLOB`.
RECORD = """async ([prefix, raw]) => {
  window.recorded = {};
  const sealed = async key => {
    const cipher = { name: key.algorithm.name, iv: new Uint8Array(12) };
    return toText(await crypto.subtle.encrypt(cipher, key, new Uint8Array(16)));
  };
  async function told(value) {
    if (value instanceof Blob) {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await value.arrayBuffer()));
      const sha256 = Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
      window.recorded[sha256] = value;
      return { $blob: value.size, sha256 };
    }
    if (value instanceof ArrayBuffer) return { $bytes: toText(value) };
    if (value instanceof Uint8Array) return { $array: toText(value) };
    if (ArrayBuffer.isView(value)) return { $numbers: toText(value.slice().buffer), kind: value.constructor.name };
    if (value instanceof CryptoKey) {
      const key = { algorithm: value.algorithm, extractable: value.extractable, usages: value.usages };
      const isOwn = await sealed(value) === await sealed(await imported(raw, key));
      if (!isOwn) throw new Error('This key is not the recorder\\'s.');
      return { $key: { ...key, raw } };
    }
    if (Array.isArray(value)) return Promise.all(value.map(told));
    if (value === null || typeof value !== 'object') {
      if (JSON.stringify(value) === undefined) throw new Error(`JSON has no ${typeof value}.`);
      return value;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error(`Nobody has said how to record ${value}.`);
    const pairs = Object.entries(value).map(async ([name, one]) => [name, await told(one)]);
    return Object.fromEntries(await Promise.all(pairs));
  }
  const databases = [];
  const names = (await indexedDB.databases()).map(one => one.name).filter(name => name.startsWith(prefix)).sort();
  for (const name of names) {
    const base = await settled(indexedDB.open(name)), stores = [];
    for (const store of base.objectStoreNames) {
      const from = base.transaction(store).objectStore(store);
      const indexes = Array.from(from.indexNames, one => from.index(one))
        .map(({ name, keyPath, unique, multiEntry }) => ({ name, keyPath, unique, multiEntry }));
      const { keyPath, autoIncrement } = from;
      const [keys, values] = await Promise.all([from.getAllKeys(), from.getAll()].map(settled));
      const records = [];
      for (const [place, key] of keys.entries()) records.push([await told(key), await told(values[place])]);
      stores.push({ name: store, keyPath, autoIncrement, indexes, records });
    }
    databases.push({ name, version: base.version, stores });
    base.close();
  }
  return { localStorage: { ...localStorage }, databases };
}"""

BLOB = "async sha256 => toText(await window.recorded[sha256].arrayBuffer())"

#: `files` holds the bytes of Blobs in base64, by their hashes.
WRITE = """async ([profile, files]) => {
  const sites = {};
  async function blobOf(value) {
    if ('$file' in value) return new Blob([toBytes(files[value.sha256])]);
    sites[value.$site] ??= await (await fetch(new URL(value.$site, new URL('../..', location)))).blob();
    return new Blob([sites[value.$site].slice(value.start, value.end)]);
  }
  async function made(value) {
    if (Array.isArray(value)) return Promise.all(value.map(made));
    if (value === null || typeof value !== 'object') return value;
    if ('$file' in value || '$site' in value) return blobOf(value);
    if ('$bytes' in value) return toBytes(value.$bytes).buffer;
    if ('$array' in value) return toBytes(value.$array);
    if ('$numbers' in value) return new window[value.kind](toBytes(value.$numbers).buffer);
    if ('$key' in value) return imported(value.$key.raw, value.$key);
    const pairs = Object.entries(value).map(async ([name, one]) => [name, await made(one)]);
    return Object.fromEntries(await Promise.all(pairs));
  }
  for (const { name, version, stores } of profile.databases) {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const { name, keyPath, autoIncrement, indexes } of stores) {
        const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
        for (const one of indexes) store.createIndex(one.name, one.keyPath, one);
      }
    };
    const base = await settled(request);
    for (const { name, keyPath, records } of stores) {
      for (const record of records) {
        const [key, value] = [await made(record[0]), await made(record[1])];
        const transaction = base.transaction(name, 'readwrite');
        transaction.objectStore(name).put(value, ...(keyPath === null ? [key] : []));
        await ended(transaction);
      }
    }
    base.close();
  }
  for (const [name, text] of Object.entries(profile.localStorage)) localStorage.setItem(name, text);
}"""

#: In place of every key that cannot be read out, one of known bytes. What the old one has encrypted is gone.
OWN_KEY = """async ([name, raw]) => {
  const base = await settled(indexedDB.open(name));
  const transaction = base.transaction(base.objectStoreNames, 'readwrite'), done = ended(transaction), found = [];
  for (const store of base.objectStoreNames) {
    const from = transaction.objectStore(store);
    const [keys, values] = await Promise.all([from.getAllKeys(), from.getAll()].map(settled));
    for (const [place, key] of keys.entries()) found.push([store, key, values[place]]);
    from.clear();
  }
  await done;
  for (const [store, key, value] of found.filter(([, , value]) => value instanceof CryptoKey)) {
    const other = await imported(raw, value), writing = base.transaction(store, 'readwrite');
    writing.objectStore(store).put(other, key);
    await ended(writing);
  }
  base.close();
}"""


def _ask(page: Page, source: str, arg: object) -> Any:
    return page.evaluate(f"async given => {{ {COMMON}\nreturn ({source})(given); }}", arg)


def own_key(page: Page, database: str) -> None:
    """Put the recorder's key in the place of the one with which the app encrypts in this database."""
    _ask(page, OWN_KEY, [database, base64.b64encode(KEY).decode()])


def record(page: Page, folder: Path) -> None:
    """Write everything that is kept into a folder: `profile.json`, and Blobs as files beside it."""
    profile = _ask(page, RECORD, [PREFIX, base64.b64encode(KEY).decode()])
    blobs = list(_blobs(profile))
    known = _known({value["$blob"] for value in blobs})
    for number, value in enumerate(blobs):
        size, sha256 = value.pop("$blob"), value["sha256"]
        if sha256 in known:
            value.update(known[sha256])
        else:
            name = f"blob-{number}.bin"
            (folder / name).write_bytes(base64.b64decode(_ask(page, BLOB, sha256)))
            value["$file"] = name
        value["size"] = size
    (folder / "profile.json").write_text(as_text(profile), "utf-8")


def write(page: Page, folder: Path) -> None:
    """Write a recorded profile into the storage of the page's origin, where nothing of the app may be yet."""
    profile = json.loads((folder / "profile.json").read_text("utf-8"))
    files = {}
    for value in _blobs(profile):
        content = content_of(value, folder)
        if hashlib.sha256(content).hexdigest() != value["sha256"]:
            raise ValueError(f"{value} of {folder.name} is not what was recorded")
        if "$file" in value:
            files[value["sha256"]] = base64.b64encode(content).decode()
    _ask(page, WRITE, [profile, files])


def content_of(value: dict[str, Any], folder: Path) -> bytes:
    """The bytes of a recorded Blob."""
    if "$file" in value:
        return (folder / str(value["$file"])).read_bytes()
    with (ROOT / str(value["$site"])).open("rb") as file:
        file.seek(value["start"])
        return file.read(int(value["end"]) - int(value["start"]))


def _blobs(value: Any) -> Iterator[dict[str, Any]]:
    """Every Blob in a profile."""
    if isinstance(value, dict):
        if {"$blob", "$file", "$site"} & value.keys():
            yield value
        else:
            for one in value.values():
                yield from _blobs(one)
    elif isinstance(value, list):
        for one in value:
            yield from _blobs(one)


def _known(sizes: set[int]) -> dict[str, dict[str, Any]]:
    """Where Blobs of these sizes can be found, by their hashes: whole files, or parts at multiples of a size."""
    found: dict[str, dict[str, Any]] = {}
    for path in (path for pattern in KNOWN for path in sorted(ROOT.glob(pattern))):
        content = path.read_bytes()
        if path.is_relative_to(FIXTURES):
            found[hashlib.sha256(content).hexdigest()] = {"$file": f"../{path.relative_to(FIXTURES).as_posix()}"}
            continue
        for size in sizes:
            for start in range(0, len(content), size) if size > 1 << 20 else ():
                part = content[start : start + size]
                site = {"$site": path.relative_to(ROOT).as_posix(), "start": start, "end": start + len(part)}
                found[hashlib.sha256(part).hexdigest()] = site
    return found


def as_text(profile: dict[str, Any]) -> str:
    """JSON with a line for each record, so that two recordings can be compared."""
    lines = []
    for base in profile["databases"]:
        stores = []
        for store in base["stores"]:
            rows = ",\n".join(f"      {json.dumps(row, ensure_ascii=False)}" for row in store["records"])
            head = json.dumps({name: value for name, value in store.items() if name != "records"})[:-1]
            stores.append(f'    {head}, "records": [\n{rows}\n    ]}}')
        head = json.dumps({name: value for name, value in base.items() if name != "stores"})[:-1]
        lines.append(f'  {head}, "stores": [\n' + ",\n".join(stores) + "\n  ]}")
    local = json.dumps(profile["localStorage"], ensure_ascii=False)
    return f'{{"localStorage": {local}, "databases": [\n' + ",\n".join(lines) + "\n]}\n"


def blobs_of(folder: Path) -> list[dict[str, Any]]:
    """Every Blob of a recorded profile, as it is described there."""
    return list(_blobs(json.loads((folder / "profile.json").read_text("utf-8"))))


def version_of(folder: Path, database: str = PREFIX) -> int:
    """The version of the app's own database."""
    return int(_base(folder, database)["version"])


def _base(folder: Path, database: str) -> dict[str, Any]:
    profile = json.loads((folder / "profile.json").read_text("utf-8"))
    [base] = [one for one in profile["databases"] if one["name"] == database]
    found: dict[str, Any] = base
    return found


def records_of(folder: Path, database: str = PREFIX) -> dict[str, dict[str, str]]:
    """The texts of the app's own records by store and key."""
    return {store["name"]: dict(store["records"]) for store in _base(folder, database)["stores"]}
