"""What can be told of our scripts without a browser: their rules read from the sources, their functions run by Node."""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import serve
from static.js.build.prepare import SCRIPTS, VENDOR, node, prepare
from tests.environment import ROOT

OURS = {
    path.relative_to(SCRIPTS).as_posix(): path.read_text("utf-8")
    for path in SCRIPTS.rglob("*")
    if path.suffix in (".js", ".mjs")
}
MOST_LINES = 250
#: What a service worker finds at its start.
WORKER = "globalThis.self = { registration: { scope: 'https://x.example/app/' } };"


def in_node(module: str, expression: str, before: str = "") -> Any:
    """The value of an expression over the exports of one of our modules, `it`, as Node sees it."""
    source = f"""{before}
const it = await import({json.dumps((SCRIPTS / module).as_uri())});
console.log(JSON.stringify(await ({expression}) ?? null));"""
    words: list[str | Path] = [node(), "--input-type=module", "--eval", source]
    done = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# --- the sources


def test_the_scripts_of_frames_are_allowed_by_their_hashes_and_no_other() -> None:
    allowed = []
    for name, script in (("page/wall.js", "DOOR"), ("page/onward.js", "FOLLOW")):
        text = OURS[name]
        found = re.search(rf"const {script} = `(.*?)`;", text, re.DOTALL)
        assert found is not None
        allowed.append("sha256-" + base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode())
        assert re.findall(r"sha256-[\w+/=]*", text) == allowed[-1:]
        assert "'unsafe-inline'" not in text
        assert "default-src 'none'" in text
    assert re.findall(r"sha256-[\w+/=]*", (ROOT / "index.html").read_text("utf-8")) == allowed
    assert "connect-src 'none'" in OURS["page/wall.js"]


def test_what_a_card_shows_and_plays_is_the_same_under_every_policy() -> None:
    wanted = {"'self'", "data:", "blob:"}
    for text in ((ROOT / "index.html").read_text("utf-8"), OURS["first.js"], OURS["sw/offline.js"]):
        for kind in ("img-src", "media-src"):
            assert [set(found.split()) for found in re.findall(rf"{kind} ([^;\"]+)", text)] == [wanted]


def test_every_script_is_type_checked_and_short_enough_to_read() -> None:
    assert [name for name, text in OURS.items() if not text.startswith("// @ts-check\n")] == []
    assert [name for name, text in OURS.items() if len(text.splitlines()) > MOST_LINES] == []


def test_names_of_databases_locks_and_channels_stand_in_one_place() -> None:
    """Fault U16."""
    assert [name for name, text in OURS.items() if "drleelm" in text] == ["names.js"]
    named = re.compile(r"drleelm(-demo)?(-(model|vault|pages|records|models).*)?")
    trees = {path: ast.parse(path.read_text("utf-8")) for path in (ROOT / "app").rglob("*.py")}
    texts = [
        (path, node.value) for path, tree in trees.items() for node in ast.walk(tree) if isinstance(node, ast.Constant)
    ]
    assert [str(path) for path, text in texts if isinstance(text, str) and named.fullmatch(text)] == []


def test_everything_is_erased_where_the_browser_names_no_databases() -> None:
    made = set(re.findall(r"open\((\w+Name)\(app", OURS["storage/databases.js"]))
    erasing = OURS["storage/index.js"].partition("export async function erase")[2]
    assert {"vaultName", "indexName", "vectorsName", "modelName", "documentName"} <= made
    assert [name for name in made if f"{name}(app" not in erasing] == []


def test_what_the_page_keeps_outside_of_the_databases_is_forgotten_with_them() -> None:
    """`forgetAll` knows all of kept.js, and nothing else writes there."""
    assert [name for name, text in OURS.items() if ".setItem(" in text] == ["page/kept.js"]
    read = set(re.findall(r"Storage\.getItem\('([\w-]+)'\)", OURS["first.js"]))
    assert read <= set(re.findall(r"^  '?([\w-]+)'?: \(\) => \w+Storage,", OURS["page/kept.js"], re.MULTILINE))


def test_each_script_that_the_page_asks_for_is_bundled() -> None:
    prepare()
    config = tomllib.loads((ROOT / "pyscript.toml").read_text("utf-8"))
    asked = [*config["js_modules"]["worker"], config["interpreter"]]
    asked += re.findall(r'<script[^>]* src="([^"]+\.js)"', (ROOT / "index.html").read_text("utf-8"))
    workers = [path.read_text("utf-8") for path in (ROOT / "app" / "browser").rglob("*.py")]
    asked += [name for text in workers for name in re.findall(r"static/vendor/scripts/[\w-]+\.js", text)]
    assert len(asked) >= 9
    assert [name for name in asked if not serve.site_file(name.removeprefix("./"))] == []


def test_a_bundle_asks_for_no_other_script_of_ours() -> None:
    """One request each. What is left are the packages of PyScript, Pyodide and the engines."""
    for path in (VENDOR / "scripts").glob("*.js"):
        text = path.read_text("utf-8")
        assert re.findall(r'(?:from|import)\s*"[^"]+"', text) == [], path.name


# --- what they do


def test_the_demo_is_an_app_of_its_own() -> None:
    names = "[it.appName(''), it.appName('?demo&tokens=3'), it.appName('?catalog=demo')]"
    assert in_node("names.js", names) == ["drleelm", "drleelm-demo", "drleelm"]


def test_released_names_stay_as_they_are() -> None:
    """What a released version has stored is found under these names only."""
    made = """[it.modelName('drleelm', 'gemma'), it.vaultName('drleelm'), it.channelName('drleelm', 'records'),
      it.channelName('drleelm', 'models'), it.channelName('drleelm', 'pages'), it.cacheName('https://x.example/app/'),
      it.indexName('drleelm')]"""
    assert in_node("names.js", made) == [
        "drleelm-model-gemma",
        "drleelm-vault",
        "drleelm-records",
        "drleelm-models",
        "drleelm-pages",
        "files of /app/",
        "drleelm-index",
    ]


@pytest.mark.parametrize(
    ("app", "database", "is_its"),
    [
        ("drleelm", "drleelm", True),
        ("drleelm", "drleelm-vault", True),
        ("drleelm", "drleelm-demo-model-a", True),
        ("drleelm-demo", "drleelm-model-a", False),
        ("drleelm", "drleelmsomebodyelse", False),
    ],
)
def test_starting_over_deletes_what_is_the_apps(app: str, database: str, is_its: bool) -> None:
    assert in_node("names.js", f"it.isOf({json.dumps(app)}, {json.dumps(database)})") is is_its


@pytest.mark.parametrize(
    ("stored", "careful", "read"),
    [
        ('"{\\"a\\": 1}"', False, {"a": 1}),
        ('"{\\"a\\": "', True, '{"a": '),
        ("'[' .repeat(101) + ']'.repeat(101)", False, "[" * 101 + "]" * 101),
        ("""'"' + '['.repeat(101) + '"'""", False, "[" * 101),
        ("{ a: [1] }", False, '{"a":[1]}'),
        ("10n", False, "10"),
        ("undefined", False, "undefined"),
    ],
)
def test_a_damaged_record_goes_to_python_as_a_string(stored: str, careful: bool, read: object) -> None:
    text = in_node("storage/records.js", f"it.sound({stored}, {json.dumps(careful)})")
    assert json.loads(text) == read


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        ("https://huggingface.co/x", True),
        ("http://192.168.0.7:11434/api/tags", True),
        ("http://localhost:11434/", False),
        ("http://127.0.0.53/", False),
        ("http://[::1]:8080/", False),
        ("http://127.0.0.1.example.com/", True),
        ("blob:https://x.example/1", False),
    ],
)
def test_the_service_worker_tells_what_leaves_this_device(address: str, leaves: bool) -> None:
    assert in_node("sw/offline.js", f"it.leaves({json.dumps(address)})", WORKER) is leaves


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://x.example/app/v1/chat/completions?x=1", "v1/chat/completions"),
        ("https://x.example/app/api/local-models", "api/local-models"),
        ("https://x.example/app/v10", None),
        ("https://x.example/other/v1/models", None),
    ],
)
def test_the_service_worker_knows_the_local_api(address: str, path: str | None) -> None:
    assert in_node("sw/api.js", f"it.apiPath({{ url: {json.dumps(address)} }})", WORKER) == path


def test_deltas_that_come_together_are_joined_and_thinking_stays_apart() -> None:
    posted = """(async () => {
      const posted = [], { add, flush } = it.batches({ postMessage: part => posted.push(part) });
      for (const delta of [['', false], ['Hm', true], [' so', true], ['It', false], [' is', false]]) add(...delta);
      flush();
      return posted;
    })()"""
    assert in_node("workers/batches.js", posted, "performance.now = () => 0;") == [
        {"thought": "Hm"},
        {"thought": " so"},
        "It is",
    ]


def first_visit(come: list[int], *, saves: bool = False, status: int = 200, kept: str = "undefined") -> str:
    """A worker's surroundings: a server whose snapshot comes in so many pieces after so many milliseconds each. What a
    snapshot is made of is in its last piece."""
    return f"""
    import {{ gzipSync }} from 'node:zlib';
    const snapshot = gzipSync('memory'), come = {json.dumps(come)};
    const border = number => number * snapshot.length / come.length;
    Object.defineProperty(globalThis, 'navigator', {{ value: {{ connection: {{ saveData: {json.dumps(saves)} }} }} }});
    globalThis.caches = {kept};
    globalThis.fetch = async (address, {{ signal }}) => {{
      let number = 0;
      const body = new ReadableStream({{
        start: on => signal.addEventListener('abort', () => on.error(new Error('aborted'))),
        async pull(on) {{
          if (number === come.length) return on.close();
          await new Promise(done => setTimeout(done, come[number]));
          if (!signal.aborted) on.enqueue(snapshot.subarray(border(number), border(++number)));
        }},
      }});
      return new Response(body, {{ status: {status}, headers: {{ 'Content-Length': snapshot.length }} }});
    }};
    """


TAKEN = """it.snapshotOf(`https://${host}/static/vendor/snapshot/python.gz`, 'cache', one => one.arrayBuffer()).then(
  found => found && new TextDecoder().decode(found), error => error.message)"""
NEAR, FAR = "const host = 'localhost:8000';", "const host = 'x.example';"
KEPT = "{ has: async () => true, open: async () => ({ match: async () => new Response('kept') }) }"
NOT_YET = "{ has: async () => true, open: async () => ({ match: async () => undefined }) }"


@pytest.mark.parametrize(
    ("around", "found"),
    [
        (NEAR + first_visit([0, 300]), "memory"),
        (FAR + first_visit([0, 0]), "memory"),
        (FAR + first_visit([300, 0]), "aborted"),
        (FAR + first_visit([0, 0], saves=True), None),
        (NEAR + first_visit([0], status=404), None),
        (NEAR + first_visit([0], kept="{ has: async () => false }"), "memory"),
        (NEAR + first_visit([0], kept=KEPT), "kept"),
        (NEAR + first_visit([0], kept=NOT_YET), None),
    ],
)
def test_a_first_visit_takes_the_snapshot_where_it_comes_at_once(around: str, found: str | None) -> None:
    assert in_node("snapshot.js", TAKEN, around) == found


#: A page whose workers are only counted, and one worker on it that may ask for an engine.
LENT = """
const made = [];
globalThis.Worker = class extends EventTarget {
  constructor(address) { super(); made.push(address); }
  postMessage() {}
  terminate() {}
};
const worker = Object.assign(new EventTarget(), { terminate() {} }), port = {};
const ask = () => port.onmessage({ target: port, data: [0, 'https://x.example/engine.js'], ports: [{}] });
"""


def test_who_was_ended_gets_no_worker_that_it_had_asked_for_just_before() -> None:
    """Stop while an engine starts its program: that one would have run for ever."""
    asked = """(() => {
      const end = it.lend(worker, 'https://x.example/');
      worker.dispatchEvent(new MessageEvent('message', { data: { workers: port } }));
      ask(); end(); ask();
      return made.length;
    })()"""
    assert in_node("page/workers.js", asked, LENT) == 1


def test_an_engine_that_reads_a_stream_tells_when_it_begins_and_when_it_has_all_of_it() -> None:
    read = """(async () => {
      const told = [], model = new Blob(['x'.repeat(300000)]);
      const reader = it.watched(model, phase => { if (told.at(-1) !== phase) told.push(phase); }).getReader();
      await new Promise(done => setTimeout(done));
      let bytes = 0;
      const before = told.length;
      for (let part; !(part = await reader.read()).done;) bytes += part.value.byteLength;
      return [before, bytes, told];
    })()"""
    assert in_node("workers/engines/watched.js", read) == [0, 300_000, ["reading", "preparing"]]


def test_space_stays_with_what_has_a_use_for_it() -> None:
    """A player plays, a button is pressed; elsewhere it shows the answer."""
    page = """
globalThis.Element = class { constructor(tag) { this.tag = tag; this.dataset = {}; this.clicked = 0; }
  matches(wanted) { return wanted.split(", ").some(one => one.split(/[:[]/)[0] === this.tag); }
  closest() { return null; } addEventListener() {} click() { this.clicked++; } };
const show = new Element("show");
globalThis.document = { documentElement: new Element("html"), addEventListener() {}, querySelectorAll: () => [],
  getElementById: () => Object.assign(new Element("any"), { hidden: true }),
  querySelector: wanted => wanted.includes("data-key") ? show : null };
globalThis.CSS = { escape: word => word };
globalThis.addEventListener = () => {};
globalThis.ResizeObserver = globalThis.MutationObserver = globalThis.IntersectionObserver = class { observe() {} };
globalThis.matchMedia = () => ({ addEventListener() {} });
globalThis.location = new URL("https://x.example/");
const tags = ["a", "audio", "video", "button", "summary", "select", "input", "div"];
const took = it => Object.fromEntries(tags.map(tag => {
  const event = { key: " ", code: "Space", target: new Element(tag), preventDefault() {} };
  return [tag, it.shortcut(event)];
}));
"""
    took = in_node("page/keys.js", "took(it)", page)
    assert [tag for tag, is_taken in took.items() if is_taken] == ["div"]
