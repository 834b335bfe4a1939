"""serve.py: what it sends, what it never sends, what it publishes, and what it says when something is missing."""

from __future__ import annotations

import ast
import fnmatch
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import serve
from static.js.build import prepare
from tests.environment import ROOT

PAGE = "/static/vendor/scripts/page.js"
SITE = {
    "index.html": "<!doctype html><title>page</title>",
    "pyscript.toml": 'interpreter = "./x"',
    "app/main.py": "print('hello')",
    "app/session.py": "secret = 1",
    "serve.py": "secret = 1",
    "tests/test_it.py": "secret = 1",
    ".env": "secret",
    "static/app.css": "body{}",
    "static/manifest.webmanifest": "{}",
    "static/package.json": "{}",
    "static/wheels.txt": "",
    "static/vendor/scripts/page.js": "0123456789",
    "static/vendor/scripts/page.js.map": "{}",
    "static/js/page/start.js": "source",
    "static/vendor/scripts/engine.js": "engine",
    "static/vendor/scripts/.sw.js": "// the service worker\n",
    "static/js/first.js": "first",
    "static/js/quiet-worker.js": "quiet",
    "static/js/names.js": "source",
    "static/js/build/prepare.mjs": "",
    "static/node_modules/x/index.js": "",
    "static/.setup/lock": "",
    "static/vendor/.prepared": "",
    "static/vendor/app.zip": "zip",
    "static/vendor/pyodide/pyodide.asm.wasm": "wasm",
    "static/vendor/js/comlink.mjs": "export {}",
    "static/vendor/js/typeset.js": "typeset",
    "static/vendor/wheels/a-1-py3-none-any.whl": "wheel",
    "static/vendor/wllama-3.13.0/wllama.wasm": "wasm",
    "static/vendor/models/small.gguf": "GGUF",
}
PUBLIC = {
    "index.html",
    "pyscript.toml",
    "app/main.py",
    "sw.js",
    "static/app.css",
    "static/manifest.webmanifest",
    "static/js/first.js",
    "static/js/quiet-worker.js",
    *(name for name in SITE if name.startswith("static/vendor/") and not re.search(r"/\.|\.map$", name)),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site in a folder of its own, which `serve` takes for the repository."""
    folder = tmp_path / "site"
    for name, text in SITE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.setattr(serve, "ROOT", folder)
    monkeypatch.setattr(serve, "STATIC", folder / "static")
    monkeypatch.setattr(serve, "WORK", folder / "static" / ".setup")
    monkeypatch.setattr(serve, "prepare", lambda: None)
    return folder


def served(dev: bool = False) -> Iterator[http.client.HTTPConnection]:
    """One connection to a server on a free port."""
    server = serve.Server("127.0.0.1", 0, dev)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=20)
    yield connection
    connection.close()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def connection(root: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to the small site."""
    yield from served()


def get(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of one request; `If_Range="x"` stands for the header If-Range."""
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    return reply.status, reply.headers, reply.read()


# --- serving


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-3", (0, 3)),
        ("bytes=4-", (4, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-99", (0, 9)),
        ("bytes=8-99", (8, 9)),
        ("bytes=0-0", (0, 0)),
        ("", None),
        ("bytes=-", None),
        ("bytes=3-1", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
    ],
)
def test_a_range_header_names_bytes_or_the_whole_file(header: str, part: tuple[int, int] | None) -> None:
    assert serve.byte_range(header, 10) == part


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-5", 0)])
def test_a_range_without_a_byte_is_refused(header: str, size: int) -> None:
    with pytest.raises(ValueError, match="no byte"):
        serve.byte_range(header, size)


def test_parts_of_a_file_come_with_206_and_their_place(connection: http.client.HTTPConnection) -> None:
    status, headers, body = get(connection, PAGE, Range="bytes=2-4")
    assert (status, body, headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    status, headers, body = get(connection, PAGE, Range="bytes=-2")
    assert (status, body, headers["Content-Range"]) == (206, b"89", "bytes 8-9/10")
    status, headers, body = get(connection, PAGE, Range="bytes=10-")
    assert (status, body, headers["Content-Range"]) == (416, b"", "bytes */10")


def test_a_part_of_an_older_version_is_answered_with_the_whole_file(connection: http.client.HTTPConnection) -> None:
    _, headers, _ = get(connection, PAGE)
    fitting = get(connection, PAGE, Range="bytes=0-0", If_Range=headers["ETag"])
    assert fitting[0] == 206
    older = get(connection, PAGE, Range="bytes=0-0", If_Range='"older"')
    assert (older[0], older[2]) == (200, b"0123456789")


def test_a_copy_that_is_still_good_is_not_sent_again(connection: http.client.HTTPConnection) -> None:
    _, headers, _ = get(connection, PAGE)
    assert headers["Cache-Control"] == "no-cache"
    assert get(connection, PAGE, If_None_Match=headers["ETag"])[0] == 304
    assert get(connection, PAGE, If_None_Match=f'"a", W/{headers["ETag"]}')[0] == 304
    assert get(connection, PAGE, If_None_Match='"older"')[0] == 200
    assert get(connection, PAGE, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(connection, PAGE, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")[0] == 200
    assert get(connection, PAGE, If_Modified_Since="yesterday")[0] == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/?demo&tokens=5", "text/html; charset=utf-8"),
        ("/pyscript.toml", "application/toml; charset=utf-8"),
        ("/sw.js", "text/javascript; charset=utf-8"),
        (PAGE, "text/javascript; charset=utf-8"),
        ("/static/vendor/js/comlink.mjs", "text/javascript; charset=utf-8"),
        ("/static/manifest.webmanifest", "application/manifest+json"),
        ("/static/app.css", "text/css; charset=utf-8"),
        ("/static/vendor/pyodide/pyodide.asm.wasm", "application/wasm"),
        ("/static/vendor/app.zip", "application/zip"),
        ("/static/vendor/wheels/a-1-py3-none-any.whl", "application/zip"),
        ("/static/vendor/models/small.gguf", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(connection: http.client.HTTPConnection, path: str, kind: str) -> None:
    status, headers, _ = get(connection, path)
    assert (status, headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{name}" for name in SITE if name not in PUBLIC),
        *("/static", "/static/", "/nothing", "/../site/index.html", "/%2e%2e/x", "/static/..%2fserve.py"),
        "/static/..\\serve.py",
    ],
)
def test_what_does_not_belong_to_the_site_is_not_there(connection: http.client.HTTPConnection, path: str) -> None:
    assert get(connection, path)[0] == 404


def test_an_engines_worker_comes_with_its_policy_by_every_name(
    connection: http.client.HTTPConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault P3: whatever the engine's worker runs reaches this origin only."""
    for path in (
        "/static/vendor/scripts/engine.js",
        "/static//vendor/scripts/./engine.js",
        "/static/vendor/scripts/engine%2Ejs?x",
    ):
        _, headers, body = get(connection, path)
        assert (headers["Content-Security-Policy"], body) == (serve.OWN_ORIGIN, b"engine")
    assert "connect-src 'self' blob: data:" in serve.OWN_ORIGIN
    assert get(connection, PAGE)[1]["Content-Security-Policy"] == serve.FRAMES
    monkeypatch.setattr(serve, "POLICIES", {"static/vendor/scripts/engine.js": "default-src 'none'"})
    assert get(connection, "/static/vendor/scripts/engine.js", If_None_Match=headers["ETag"])[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/" + "a" * 300,
        "/static/" + "a/" * 3000,
        "/static/app.css%00",
        "/%2e%2e/serve.py",
        "/static/%2e%2e/serve.py",
        "/static/..%2fserve.py",
        "/static/%5c..%5cserve.py",
        "/static/../serve.py",
        "//[/serve.py",
        "/static/out.css",
        "/static/out/secret.css",
        "/static/in.css",
        "/%ff%fe",
        "/static",
    ],
)
def test_an_address_that_no_file_has_is_answered_with_404(
    root: Path, tmp_path: Path, connection: http.client.HTTPConnection, path: str
) -> None:
    """Fault D14."""
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "secret.css").write_text("secret")
    (root / "static" / "out.css").symlink_to(outside / "secret.css")
    (root / "static" / "out").symlink_to(outside)
    (root / "static" / "in.css").symlink_to(root / "serve.py")
    connection.request("GET", path)
    reply = connection.getresponse()
    assert (reply.status, reply.read()) == (404, b"Not found\n")
    connection.request("GET", "/static/app.css")
    assert connection.getresponse().read() == b"body{}", "and the connection goes on"
    assert not {"static/out.css", "static/out/secret.css", "static/in.css"} & serve.site_files().keys()


def test_a_strange_date_is_no_error(connection: http.client.HTTPConnection) -> None:
    for date in ("Mon, 01 Jan 0001 00:00:00 -0000", "yesterday", "", "Mon, 99 Foo 99999 00:00:00 GMT"):
        connection.request("GET", "/static/app.css", headers={"If-Modified-Since": date})
        assert connection.getresponse().read() == b"body{}", date


def test_who_sends_nothing_or_a_byte_at_a_time_is_let_go(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault D14: half-open connections."""
    monkeypatch.setattr(serve.Handler, "timeout", 0.2)
    [server, *_] = serve.open_servers("127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        silent, dripping = (socket.create_connection(("127.0.0.1", server.server_address[1])) for _ in range(2))
        with silent, dripping:
            dripping.sendall(b"GET /index.html HTTP/1.1\r\nX: ")
            for end in (silent, dripping):
                end.settimeout(20)
                assert end.recv(1) == b"", "closed from there"
    finally:
        server.shutdown()
        server.server_close()


def test_more_connections_than_threads_are_let_go(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault D14: many slow clients."""
    monkeypatch.setattr(serve, "MOST_CONNECTIONS", 2)
    [server, *_] = serve.open_servers("127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    held = [socket.create_connection(("127.0.0.1", server.server_address[1])) for _ in range(3)]
    try:
        held[2].settimeout(20)
        assert held[2].recv(1) == b""
        held[0].sendall(b"GET /static/app.css HTTP/1.1\r\nConnection: close\r\n\r\n")
        held[0].settimeout(20)
        assert held[0].recv(15) == b"HTTP/1.1 200 OK"
    finally:
        for one in held:
            one.close()
        server.shutdown()
        server.server_close()


def test_no_page_of_another_origin_may_frame_the_app(connection: http.client.HTTPConnection) -> None:
    """Fault D9."""
    for path in ("/", "/static/app.css", "/nothing"):
        connection.request("GET", path)
        reply = connection.getresponse()
        reply.read()
        assert "frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_page_and_its_workers_are_isolated_but_not_what_asks_without_cors(
    connection: http.client.HTTPConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads need isolation. The shared worker and the service worker, isolated, could not tell who is there."""

    def isolation(path: str, **headers: str) -> dict[str, str]:
        sent = get(connection, path, **headers)[1]
        return {name: sent[name] for name in serve.ISOLATION if name in sent}

    for path in ("/", "/index.html?demo", PAGE, "/static/vendor/scripts/engine.js"):
        assert isolation(path) == serve.ISOLATION
        assert isolation(path, Range="bytes=0-0") == serve.ISOLATION
    for path in ("/static/js/quiet-worker.js", "/static//js/./quiet%2Dworker.js", "/sw.js"):
        assert isolation(path) == {}
    # What a browser kept before the page was isolated is not good any more.
    tags = [get(connection, path)[1]["ETag"] for path in ("/", "/static/js/quiet-worker.js")]
    monkeypatch.setattr(serve, "ISOLATION", {})
    assert get(connection, "/", If_None_Match=tags[0])[0] == 200
    assert get(connection, "/static/js/quiet-worker.js", If_None_Match=tags[1])[0] == 304


def test_head_sends_the_headers_alone_and_the_connection_stays_open(connection: http.client.HTTPConnection) -> None:
    status, headers, body = get(connection, PAGE, method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, "10", b"")
    first = connection.sock
    assert get(connection, "/static/app.css")[2] == b"body{}"
    assert connection.sock is first


def test_in_development_the_service_worker_removes_itself(root: Path) -> None:
    for connection in served(dev=True):
        assert b"unregister" in get(connection, "/sw.js")[2]


def test_a_taken_port_is_explained_with_one_that_is_free(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--no-open", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Cannot listen on localhost:{port}" in said
    suggested = re.search(r"python serve\.py --port (\d+)", said)
    assert suggested is not None
    assert int(suggested[1]) != port


def test_the_server_says_when_it_is_ready_and_stops_quietly() -> None:
    words = [sys.executable, "serve.py", "--no-open", "--port", "0"]
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs hand on that they ignore it
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdout is not None
        ready = next(line for line in process.stdout if line.startswith("DrLeeLM is ready at "))
        address = ready.split()[-1]
        assert re.fullmatch(r"http://localhost:\d+/", address)
        with closing(urllib.request.urlopen(address + "app/main.py")) as reply:
            assert reply.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (out.split("\n")[-2], err, process.returncode) == ("Stopped.", "", 0)


# --- the release and its publication


def stamped(text: str) -> dict[str, object]:
    """The release that is written in a sw.js."""
    found = re.search(r"const RELEASE = (\{.*?\n\});", text, re.DOTALL)
    assert found is not None
    release: dict[str, object] = json.loads(found[1])
    return release


def test_the_service_worker_lists_each_file_with_its_hash(root: Path) -> None:
    release = stamped(serve.service_worker().decode())
    assert release["onUse"] == {
        name: serve.file_hash(root / name) for name in sorted(PUBLIC) if re.search(r"typeset\.js|\.whl|wllama", name)
    }
    precache = release["precache"]
    assert isinstance(precache, dict)
    assert set(precache) == PUBLIC - set(release["onUse"]) - {"sw.js", "static/vendor/models/small.gguf"}


def test_a_changed_file_makes_another_release(root: Path) -> None:
    first = stamped(serve.service_worker().decode())
    assert stamped(serve.service_worker().decode()) == first
    (root / "static" / "app.css").write_text("html{}")
    os.utime(root / "static" / "app.css", (1, 1))
    second = stamped(serve.service_worker().decode())
    assert second["version"] != first["version"]
    assert (second["policies"], second["isolation"]) == (serve.POLICIES, serve.ISOLATION)
    serve.worker_file().write_text("// another worker\n")
    third = stamped(serve.service_worker().decode())
    assert len({str(release["version"]) for release in (first, second, third)}) == 3


def test_the_service_worker_is_one_file_that_begins_with_its_release(root: Path) -> None:
    text = serve.service_worker().decode()
    assert text.startswith("const RELEASE = {")
    assert text.endswith("};\n// the service worker\n")


def test_the_published_folder_holds_what_the_server_serves(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "public"
    serve.publish(target, with_model=True)
    published = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert published == PUBLIC | {".nojekyll"} == set(serve.site_files()) | {".nojekyll"}
    assert (target / "sw.js").read_bytes() == serve.service_worker()
    assert [path.name for path in target.parent.iterdir()] == ["public"]


def test_publishing_again_replaces_and_can_leave_the_model_out(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "public"
    serve.publish(target, with_model=True)
    (root / "static" / "app.css").unlink()
    serve.publish(target, with_model=False)
    assert not (target / "static" / "app.css").exists()
    assert not (target / "static" / "vendor" / "models").exists()


def test_a_folder_with_other_things_is_never_overwritten(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter1.txt").write_text("years of work")
    assert serve.main(["--publish", str(target)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in target.iterdir()] == ["chapter1.txt"]


# --- the set-up


def test_a_missing_pip_and_venv_are_explained_for_each_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "TOOLS", tmp_path / "venv")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(prepare.SetupError) as caught:
        prepare.pip()
    for system in ("Debian", "Fedora", "macOS", "Windows"):
        assert system in str(caught.value)


def test_a_failed_download_says_what_was_missing_and_what_to_do() -> None:
    with pytest.raises(prepare.SetupError) as caught:
        prepare.run([sys.executable, "-c", "raise SystemExit('no route to host')"], "download the Python wheels")
    said = str(caught.value)
    assert "Could not download the Python wheels" in said
    assert "no route to host" in said
    assert "network connection" in said


def test_nothing_is_run_when_everything_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare.prepare()
    monkeypatch.setattr("subprocess.run", None)
    prepare.prepare()


def test_every_download_is_pinned_by_hash_and_names_no_address() -> None:
    lock = json.loads((ROOT / "static" / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    assert any(name.startswith("node_modules/@esbuild/win32") for name in packages), "the lock holds one system only"
    for name in ("wheels.txt", "node.txt"):
        text = (ROOT / "static" / name).read_text()
        pins = re.sub(r"#.*", "", text).replace("\\\n", " ").split("\n")
        assert all(re.match(r"[\w-]+==[\d.]+ .*--hash=sha256:[0-9a-f]{64}", pin) for pin in pins if pin.strip())


def test_folders_carry_the_versions_of_the_pinned_packages() -> None:
    pins = json.loads((ROOT / "static" / "package.json").read_text())["dependencies"]
    for folder, package in {
        "mediapipe": "@mediapipe/tasks-genai",
        "litert-lm": "@litert-lm/core",
        "wllama": "@wllama/wllama",
        "wllama-compat": "@wllama/wllama-compat",
    }.items():
        assert (prepare.VENDOR / f"{folder}-{pins[package]}").is_dir()


def stock_and_trimmed() -> tuple[set[str], set[str]]:
    """The modules of the stock standard library and of ours, as paths without a suffix."""
    zips = (prepare.MODULES / "pyodide" / "python_stdlib.zip", prepare.VENDOR / "pyodide" / "python_stdlib.zip")
    stock, trimmed = ({name.rsplit(".", 1)[0] for name in zipfile.ZipFile(path).namelist()} for path in zips)
    return stock, trimmed


def imports(source: str) -> set[str]:
    """The absolute imports of a module, as paths: `from a.b import c` gives a, a/b and a/b/c."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {"/".join(name.split(".")[: end + 1]) for name in names for end in range(name.count(".") + 1)}


def page_sources() -> Iterator[str]:
    """Everything that may import in the page: the app, the packed packages and the wheels loaded on demand."""
    for folder in (ROOT / "app", prepare.VENDOR / ".packages"):
        for path in folder.rglob("*.py"):
            yield path.read_text(encoding="utf-8")
    for wheel in (prepare.VENDOR / "wheels").glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist() if name.endswith(".py"))


#: Imported by a wheel only in cases that a page never meets (looking at the C library of a Linux machine).
UNREACHED = {"ctypes"}


def test_the_trimmed_library_holds_what_the_page_imports() -> None:
    stock, trimmed = stock_and_trimmed()
    # A package is there when one of its files is.
    stock, trimmed = (names | {name.removesuffix("/__init__") for name in names} for names in (stock, trimmed))
    wanted = {name for source in page_sources() for name in imports(source)} & stock
    assert {"json", "asyncio", "importlib/metadata"} <= wanted
    assert wanted - trimmed <= UNREACHED


def test_the_trimmed_library_holds_what_later_work_needs() -> None:
    _, trimmed = stock_and_trimmed()
    needed = "sqlite3/__init__ csv zipfile/__init__ xml/etree/ElementTree tomllib/__init__ html/parser difflib uuid"
    assert set(needed.split()) | {"statistics", "fractions", "decimal", "gzip", "hashlib", "random"} <= trimmed


def test_every_line_of_the_list_still_leaves_something_out() -> None:
    with zipfile.ZipFile(prepare.MODULES / "pyodide" / "python_stdlib.zip") as archive:
        names = archive.namelist()
    paths = {*names, *(str(parent) for name in names for parent in Path(name).parents)}
    lines = (prepare.BUILD / "stdlib-left-out.txt").read_text().splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert [pattern for pattern in patterns if not fnmatch.filter(paths, pattern)] == []


@pytest.mark.parametrize("name", ["app.zip", "pyodide/python_stdlib.zip"])
def test_python_is_shipped_as_byte_code_that_is_never_checked_against_a_source(name: str) -> None:
    with zipfile.ZipFile(prepare.VENDOR / name) as archive:
        modules = [entry for entry in archive.namelist() if entry.endswith((".py", ".pyc"))]
        assert len(modules) > 20
        flags = {(entry[-4:], archive.read(entry)[4:8]) for entry in modules}
    assert flags == {(".pyc", b"\x01\x00\x00\x00")}


def test_nothing_of_the_site_points_to_a_source_map() -> None:
    for name, path in serve.site_files().items():
        if path.suffix in (".js", ".mjs", ".css"):
            assert b"\n//# sourceMappingURL" not in path.read_bytes(), name


ABSOLUTE = re.compile(
    r"""(?:src|href)=["'](?:/|https?:)|url\(["']?(?:/|https?:)|(?:fetch|import|Worker)\(["'](?:/|https?:)"""
)


def test_our_own_files_hold_relative_addresses_only() -> None:
    ours = {name: path for name, path in serve.site_files().items() if "static/vendor/" not in name}
    texts = {name: path.read_text() for name, path in ours.items() if path.suffix in (".html", ".js", ".css", ".toml")}
    assert {name: ABSOLUTE.findall(text) for name, text in texts.items() if ABSOLUTE.search(text)} == {}
    manifest = json.loads((ROOT / "static" / "manifest.webmanifest").read_text())
    assert {manifest[key] for key in ("id", "start_url", "scope")} == {"../"}
    assert all((ROOT / "static" / icon["src"]).is_file() for icon in manifest["icons"])


def test_the_packed_app_holds_the_catalogue_that_people_read_and_the_prices() -> None:
    with zipfile.ZipFile(prepare.VENDOR / "app.zip") as archive:
        packed = json.loads(archive.read("app/catalog.json"))
        assert archive.read("app/prices.json") == (ROOT / "static" / "prices.json").read_bytes()
        assert len(archive.read("app/dataclasses.bin")) > 10_000
    assert packed == tomllib.loads((ROOT / "static" / "catalog.toml").read_text("utf-8"))
