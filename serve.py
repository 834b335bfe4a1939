"""Set up, serve and publish DrLeeLM: `python serve.py`, and nothing else to install by hand.

    python serve.py                    prepare what is missing, then serve on http://localhost:8000/
    python serve.py --publish DIR      write the static site into DIR

The first start installs the pinned browser packages (static/package-lock.json) and wheels (static/wheels.txt),
byte-compiles the Python of the page and puts everything into static/vendor/. Later starts find it there and need
no network. The server and the published folder hold the same files: `is_public` is the one rule.
Standard library only, so that a fresh machine can run it.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import http.server
import io
import json
import os
import re
import shutil
import socket
import sys
import tempfile
import threading
import time
import urllib.parse
import webbrowser
import zlib
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from static.js.build.prepare import ROOT, STATIC, WORK, SetupError, prepare, read

PUBLISHED_MARK = "Published by serve.py of DrLeeLM.\n"  # lies in .nojekyll and shows that a folder may be replaced
# Of static/js/, these two are served as they are written; the others are bundled into static/vendor/scripts/.
AS_WRITTEN = ("first.js", "quiet-worker.js")

MIME = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "application/toml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".gz": "application/gzip",
    ".zip": "application/zip",
}

# Fetched by the service worker when first used, not beforehand: large, and not everybody needs each of them.
# The two fonts that every formula needs are not among them: the page loads them when it is at rest (page/later.js).
ON_USE = re.compile(
    r"static/vendor/((mediapipe|litert-lm|wllama)-[^/]+/|wheels/|librarian/|snapshot/"
    r"|js/(typeset\.js|katex/fonts/(?!KaTeX_(Main-Regular|Math-Italic)\.)))"
)
# What the workers that run other people's programs may load and reach: this origin only. Workers that they make of a
# Blob inherit it. The service worker sends the same; static/js/workers/own-origin.js stands in where no header came.
OWN_ORIGIN = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; "
    "connect-src 'self' blob: data:"
)
OTHERS_PROGRAMS = ("engine", "program-worker", "typeset-worker", "librarian-worker")
POLICIES = {f"static/vendor/scripts/{name}.js": OWN_ORIGIN for name in OTHERS_PROGRAMS}
# The page and its workers are cross-origin isolated: only then may the threads of an engine share memory. The service
# worker stamps the same (static/js/sw/start.js). Two scripts go without, as they ask other servers without CORS, which
# isolation refuses: this shared worker, which looks who is there, and sw.js, which passes requests on.
ISOLATION = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
NOT_ISOLATED = ("static/js/quiet-worker.js",)
FRAMES = "frame-ancestors 'self'"  # a page of another origin that frames the app could steal clicks
SECONDS = 60  # that a client may take for a request's headers, or for taking the next piece of an answer
MOST_CONNECTIONS = 256  # at a time; each is a thread
PIECE = 1 << 18  # bytes of an answer that are sent at a time
NEVER_CACHED = re.compile(r"static/vendor/models/|sw\.js$")  # models live in the page's own storage


# ---- the site --------------------------------------------------------------------------------------------------------


HIDDEN = frozenset({"node_modules", "css", "package.json", "package-lock.json", "wheels.txt", "node.txt"})


def is_public(path: PurePosixPath) -> bool:
    """Whether a file of this folder, named relative to it, belongs to the site."""
    parts = path.parts
    if any(part.startswith(".") for part in parts) or path.suffix == ".map":
        return False
    if str(path) in ("index.html", "pyscript.toml", "app/main.py"):
        return True
    if parts[:2] == ("static", "js"):
        return parts[2:] in [(name,) for name in AS_WRITTEN]
    return parts[:1] == ("static",) and not HIDDEN & {*parts[1:4]}


def site_file(name: str) -> Path | None:
    """The file of an address relative to the page; None where there is none. A link that leads elsewhere is none."""
    if "\\" in name or ".." in name.split("/") or not is_public(PurePosixPath(name)):
        return None
    try:
        real = (ROOT / name).resolve(strict=True)
        inside = PurePosixPath(real.relative_to(ROOT.resolve()).as_posix())
    except (OSError, ValueError):  # no file; a name that no file can have; a way out of this folder
        return None
    return ROOT / name if real.is_file() and is_public(inside) else None


def site_files() -> dict[str, Path]:
    """Every file of the site: address relative to the page -> file. sw.js gets the release on the way out."""
    folders = [ROOT / "index.html", ROOT / "pyscript.toml", ROOT / "app" / "main.py"]
    folders += [one for one in STATIC.iterdir() if one.name not in HIDDEN]  # thousands of files in node_modules
    found = (path for one in folders for path in ([one] if one.is_symlink() else [one, *one.rglob("*")]))
    files = {path.relative_to(ROOT).as_posix(): path for path in found if path.is_file()}
    public = {name: path for name, path in sorted(files.items()) if site_file(name)}
    return {**public, "sw.js": worker_file()}


def worker_file() -> Path:
    """The service worker without the release. It is served as sw.js, beside the page, so that it controls the page."""
    return STATIC / "vendor" / "scripts" / ".sw.js"


def policies_of(path: Path) -> dict[str, str]:
    """The headers that say what a file of the site may do, whoever asks for it."""
    name = path.relative_to(ROOT).as_posix()
    own = {"Content-Security-Policy": POLICIES[name]} if name in POLICIES else {}
    return own if name in NOT_ISOLATED else own | ISOLATION


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Hashes:
    """SHA-256 of files, remembered by size and time so that 150 MB are not read at every start."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.known: dict[str, list[int | str]] = json.loads(read(memory) or "{}")

    def of(self, path: Path) -> str:
        """The hash of one file, in hexadecimal."""
        name, about = path.relative_to(ROOT).as_posix(), path.stat()
        size, changed, sha = self.known.get(name, [-1, -1, ""])
        if [size, changed] != [about.st_size, about.st_mtime_ns]:
            sha = file_hash(path)
            self.known[name] = [about.st_size, about.st_mtime_ns, sha]
        return str(sha)

    def keep(self) -> None:
        """Write the memory, whole or not at all."""
        self.memory.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.memory.parent)
        with os.fdopen(handle, "w") as file:
            json.dump(self.known, file)
        Path(name).replace(self.memory)


def release(files: dict[str, Path], hashes: Hashes) -> dict[str, object]:
    """What the service worker must know of a release: its files with their hashes, and a version over them all."""
    listed = {name: hashes.of(path) for name, path in files.items() if not NEVER_CACHED.search(name)}
    worker = hashes.of(worker_file())
    sent = [listed, worker, POLICIES, ISOLATION]
    version = hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()[:16]
    on_use = {name: sha for name, sha in listed.items() if ON_USE.match(name)}
    precache = {name: sha for name, sha in listed.items() if name not in on_use}
    files_by_use = {"precache": precache, "onUse": on_use}
    return {"version": version, **files_by_use, "policies": POLICIES, "isolation": ISOLATION}


def service_worker() -> bytes:
    """sw.js: the list of this release, and the service worker that reads it."""
    hashes = Hashes(WORK / "hashes.json")
    files = site_files()
    listed = f"const RELEASE = {json.dumps(release(files, hashes), indent=1)};\n"
    hashes.keep()
    return listed.encode() + worker_file().read_bytes()


# ---- publishing ------------------------------------------------------------------------------------------------------


def publish(target: Path, with_model: bool) -> None:
    """Write the static site into `target`, which must be empty, absent, or an earlier publication."""
    if target.exists() and any(target.iterdir()) and read(target / ".nojekyll") != PUBLISHED_MARK:
        raise SetupError(f"{target} is not empty and was not written by serve.py. Name an empty folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    for name, path in site_files().items():
        if with_model or not name.startswith("static/vendor/models/"):
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, fresh / name)
    (fresh / "sw.js").write_bytes(service_worker())
    (fresh / ".nojekyll").write_text(PUBLISHED_MARK)
    fresh.chmod(0o755)
    old = fresh.with_name(fresh.name + "-old")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


# ---- serving ---------------------------------------------------------------------------------------------------------


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte that a Range header asks for; None means the whole file.

    Raises ValueError when no byte of the file is asked for (answer 416). Several ranges, and forms that
    are not understood, are answered with the whole file, as RFC 9110 allows.
    """
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if not match or match[1] == match[2] == "":
        return None
    if match[1] == "":
        first, last = max(0, size - int(match[2])), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
        if match[2] and int(match[2]) < first:
            return None
    if first > last:
        raise ValueError("no byte of the file is in that range")
    return first, last


class Patience(io.RawIOBase):
    """What a client sends, until its time is over. Raises TimeoutError."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        connection = self.handler.connection
        left = self.handler.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request took too long")
        connection.settimeout(min(left, self.handler.timeout))
        try:
            return int(connection.recv_into(buffer))
        finally:
            connection.settimeout(self.handler.timeout)


class Handler(http.server.BaseHTTPRequestHandler):
    """Files of the site over HTTP/1.1: ranges, conditional requests, right types. Says nothing on the terminal."""

    protocol_version = "HTTP/1.1"
    timeout = SECONDS
    disable_nagle_algorithm = True  # headers and body are two writes; the second must not wait for an answer
    dev = False

    def setup(self) -> None:
        """Read through a clock: who sends a byte now and then would hold a thread for ever."""
        super().setup()
        self.deadline = 0.0
        self.rfile = io.BufferedReader(Patience(self))

    def handle_one_request(self) -> None:
        """Answer one request, whose headers must be there in time."""
        self.deadline = time.monotonic() + self.timeout
        super().handle_one_request()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the person reads the terminal for what matters."""

    def do_HEAD(self) -> None:
        """The headers of do_GET alone."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with a file of the site, or 404."""
        with contextlib.suppress(ValueError):  # of an address that cannot be taken apart
            self.path = urllib.parse.urlsplit(self.path).path
        name = urllib.parse.unquote(self.path).lstrip("/") or "index.html"
        path = site_file(name)
        if name == "sw.js":
            self.send_bytes(UNREGISTER if self.dev else service_worker())
        elif path is None:
            self.send_bytes(b"Not found\n", 404, ".txt")
        else:
            if self.dev and name in ("static/vendor/scripts/page.js", "static/vendor/app.zip"):
                prepare()
            self.send_file(path, policies_of(path))

    def send_bytes(self, body: bytes, status: int = 200, suffix: str = ".js") -> None:
        """Send a small answer made here."""
        self.send_head(status, {"Content-Type": MIME[suffix], "Content-Length": len(body)})
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_head(self, status: int, headers: dict[str, str | int]) -> None:
        """Send the status line, these headers, and those that every answer has."""
        self.send_response(status)
        usual = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN"}
        for name, value in {"Content-Security-Policy": FRAMES, **headers, **usual}.items():
            self.send_header(name, str(value))
        self.end_headers()

    def send_file(self, path: Path, policies: dict[str, str]) -> None:
        """Send a file, a part of it (206), or word that the browser's copy is still good (304)."""
        about = path.stat()
        # The policies belong to the version: a browser takes no new ones from a 304.
        sent = zlib.crc32(repr(policies).encode())
        size, tag = about.st_size, f'"{about.st_mtime_ns:x}-{about.st_size:x}-{sent:x}"'
        changed = formatdate(about.st_mtime, usegmt=True)
        if self.is_known(tag, about.st_mtime):
            self.send_head(304, {"ETag": tag})
            return
        asked = self.headers.get("Range", "") if self.headers.get("If-Range", tag) in (tag, changed) else ""
        try:
            part = byte_range(asked, size)
        except ValueError:
            self.send_head(416, {"Content-Range": f"bytes */{size}", "Content-Length": 0})
            return
        first, last = part or (0, size - 1)
        headers: dict[str, str | int] = {"Content-Range": f"bytes {first}-{last}/{size}"} if part else {}
        headers |= {"Content-Type": MIME.get(path.suffix, "application/octet-stream"), "Accept-Ranges": "bytes"}
        headers |= {"Content-Length": last - first + 1, "ETag": tag, "Last-Modified": changed, **policies}
        self.send_head(206 if part else 200, headers)
        if self.command != "HEAD":
            with path.open("rb") as file:
                file.seek(first)
                self.copy(file, last - first + 1)

    def is_known(self, tag: str, modified: float) -> bool:
        """Whether the browser already holds this version. An ETag, where sent, decides alone (RFC 9110, 13.2.2)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
        try:
            return int(modified) <= parsedate_to_datetime(self.headers.get("If-Modified-Since", "")).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def copy(self, file: BinaryIO, length: int) -> None:
        """Send `length` bytes; a browser that went away meanwhile, or takes no more, is no error."""
        try:
            while length > 0 and (chunk := file.read(min(length, PIECE))):
                self.wfile.write(chunk)
                length -= len(chunk)
        except (ConnectionError, TimeoutError):
            self.close_connection = True


# In development a worker kept from an earlier start would answer with old files: this one removes itself.
UNREGISTER = b"""self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.registration.unregister()));
"""


class Server(http.server.ThreadingHTTPServer):
    """One listening address."""

    request_queue_size = 64  # a browser opens many connections at once
    # On Windows this option would let a second server take the same port without an error.
    allow_reuse_address = os.name != "nt"

    def __init__(self, host: str, port: int, dev: bool) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((host, port), type("SiteHandler", (Handler,), {"dev": dev}))

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for the connection, as long as there are some left."""
        if self.free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The whole life of a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.free.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A closed connection is everyday; anything else is shown."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def open_servers(host: str, port: int, dev: bool = False) -> list[Server]:
    """Servers on the address; "localhost" stands for its IPv4 and, where the machine has it, its IPv6 address."""
    if host != "localhost":
        return [Server(host, port, dev)]
    servers = [Server("127.0.0.1", port, dev)]
    try:
        servers.append(Server("::1", servers[0].server_address[1], dev))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            servers[0].server_close()
            raise
    return servers


def serve(servers: list[Server], address: str, browse: bool) -> None:
    """Answer requests until Ctrl-C."""
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # which may come as soon as the line is read
        print(f"DrLeeLM is ready at {address}\nPress Ctrl-C to stop.", flush=True)
        if browse:
            webbrowser.open(address)
        threading.Event().wait()
    print("\nStopped.")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def arguments(given: list[str] | None) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser(description="Set up, serve and publish DrLeeLM.")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000; 0 takes a free one)")
    parser.add_argument("--host", default="localhost", help="address to listen on (localhost: this computer only)")
    parser.add_argument("--no-open", action="store_true", help="do not open the browser")
    parser.add_argument("--dev", action="store_true", help="no service worker; pack app/ and static/js/ again")
    parser.add_argument("--prepare-only", action="store_true", help="prepare static/vendor/ and stop")
    parser.add_argument("--publish", type=Path, metavar="DIR", help="write the static site into DIR and stop")
    parser.add_argument("--without-model", action="store_true", help="with --publish: leave the bundled models out")
    return parser.parse_args(given)


def main(given: list[str] | None = None) -> int:
    """Do what the command line asks; gives the exit status."""
    options = arguments(given)
    try:
        prepare()
        if options.prepare_only:
            return 0
        if options.publish:
            publish(options.publish.resolve(), not options.without_model)
            print(f"Published to {options.publish}. Any static web server can serve that folder.")
            return 0
        servers = open_servers(options.host, options.port, options.dev)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.")
        return 130
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        print(
            f"Cannot listen on {options.host}:{options.port} ({error.strerror}). Another program may be using the",
            file=sys.stderr,
        )
        print(f"port. Try: python serve.py --port {free_port()}", file=sys.stderr)
        return 1
    name = f"[{options.host}]" if ":" in options.host else options.host
    serve(servers, f"http://{name}:{servers[0].server_address[1]}/", not options.no_open)
    return 0


if __name__ == "__main__":
    sys.exit(main())
