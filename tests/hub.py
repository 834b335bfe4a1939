"""A double of the Hugging Face Hub: repositories in memory, answered by HTTP on loopback or as the `Fetch` port.

    hub = HubDouble(HubRepo("user/tiny-GGUF", {"tiny-F16.gguf": data}))
    fetch = HubFetch(hub)                                    # https://huggingface.co/… leads to it
    with serving_hub(hub) as port: ...                       # https, for a browser that is told where the hosts are

Written by hand after what is documented, not recorded: huggingface.js (packages/hub: list-models, list-files, error)
and huggingface_hub (hf_api.py, utils/_http.py) of August 2026, hub-docs (rate-limits.md), and the headers that others
have seen (each with its source in the notes on the catalogue's facts, section 4). A file is
answered by a redirect to another host, whose answers let a page read no header but those that every answer does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, quote, unquote, urlsplit

from app.core.errors import Interrupted
from tests.browser.site import QuietServer, answering
from tests.memory import MemoryReply, ScriptedFetch

HOST, FILES = "huggingface.co", "us.aws.cdn.hf.co"
BASE = f"https://{HOST}"
EXPOSED = "X-Repo-Commit, X-Request-Id, X-Error-Code, X-Error-Message, X-Total-Count, ETag, Link, Accept-Ranges"
GATED = "Access to model {} is restricted. You must have access to it and be authenticated to access it. Please log in."


@dataclass(slots=True)
class HubRepo:
    """A repository. `files` are those of its newest revision; `wrong` takes the place of a file's bytes where it is
    fetched, under the same name and hash; `lists` files that are only listed, by their size."""

    id: str
    files: dict[str, bytes]
    downloads: int = 1
    likes: int = 1
    gated: str = ""  # "auto", "manual"
    tags: tuple[str, ...] = ("gguf", "license:apache-2.0")
    lists: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, bytes] = field(default_factory=dict)
    older: dict[str, dict[str, bytes]] = field(default_factory=dict)

    @property
    def sha(self) -> str:
        """The commit that it stands at."""
        return hashlib.sha1(repr((self.id, sorted(self.files.items()))).encode()).hexdigest()

    def commit(self, files: Mapping[str, bytes]) -> None:
        """Replace its files by others, as a publisher does; the revision before stays."""
        self.older[self.sha] = self.files
        self.files = dict(files)

    def at(self, revision: str) -> dict[str, bytes] | None:
        """The files of a revision."""
        return self.files if revision in ("main", self.sha) else self.older.get(revision)

    def row(self) -> dict[str, object]:
        """As /api/models lists it."""
        told = {"id": self.id, "downloads": self.downloads, "likes": self.likes, "tags": list(self.tags)}
        return {"_id": "66f8", **told, "gated": self.gated or False}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, by which host."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class HubDouble:
    """The Hub. `asked` are the addresses without the host, in order; `token` the one that opens gated files."""

    def __init__(self, *repositories: HubRepo, page: int = 1000) -> None:
        self.repositories = {one.id: one for one in repositories}
        self.page = page  # files on a page of a list
        self.asked: list[str] = []
        self.tokens: list[str] = []  # what came with each
        self.token = "hf_good"
        self.is_busy = self.is_odd = self.refuses_preflight = False

    def answer(self, method: str, host: str, address: str, headers: Mapping[str, str]) -> Answered:
        """One request; `headers` by their names in lower case."""
        parts = urlsplit(address)
        if host == FILES:
            return self._bytes(method, unquote(parts.path), headers.get("range", ""))
        token = headers.get("authorization", "").removeprefix("Bearer ")
        self.asked.append(address)
        self.tokens.append(token)
        if self.is_busy:
            limits = {"RateLimit": '"api";r=0;t=55', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'}
            return Answered(429, b"Too Many Requests", limits)
        if parts.path == "/api/models":
            return self._search({name: values[0] for name, values in parse_qs(parts.query).items()})
        names = [unquote(name) for name in parts.path.removeprefix("/api/models").strip("/").split("/")]
        repo = self.repositories.get("/".join(names[:2]))
        if repo is None:
            return _refused(401, "RepoNotFound", "Invalid username or password.")
        if parts.path.startswith("/api/models/") and self.is_odd:
            return Answered(200, b"<html>")
        if parts.path.startswith("/api/models/"):
            return self._api(repo, names[2:], parts.query)
        return self._resolve(repo, names[2:], token)

    def _search(self, asked: Mapping[str, str]) -> Answered:
        words = asked.get("search", "").lower().split()
        found = [
            repo.row()
            for repo in self.repositories.values()
            if all(word in repo.id.lower() for word in words)
            and asked.get("filter", "") in ("", *repo.tags)
            and repo.id.startswith(asked.get("author", ""))
        ]
        start, limit = int(asked.get("cursor", "0")), int(asked["limit"])
        more = {**asked, "cursor": str(start + limit)}
        rest = "&".join(f"{name}={quote(value)}" for name, value in more.items())
        link = {"Link": f'<{BASE}/api/models?{rest}>; rel="next"'} if len(found) > start + limit else {}
        return _json(found[start : start + limit], link)

    def _api(self, repo: HubRepo, names: list[str], query: str) -> Answered:
        revision = names[1] if names else "main"
        files = repo.at(revision)
        if files is None:
            return _refused(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        if not names or names[0] == "revision":
            sha = repo.sha if revision == "main" else revision
            return _json({**repo.row(), "sha": sha, "siblings": [{"rfilename": path} for path in files]})
        rows = [_listed(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()]
        rows += [_listed(path, size, hashlib.sha256(path.encode()).hexdigest()) for path, size in repo.lists.items()]
        rows += [{"type": "file", "oid": "ba5d", "size": 1519, "path": ".gitattributes"}]
        rows += [{"type": "directory", "oid": "c0de", "size": 0, "path": "original"}]
        start = int(parse_qs(query).get("cursor", ["0"])[0])
        path = f"{BASE}/api/models/{repo.id}/tree/{revision}?recursive=true&cursor={start + self.page}"
        return _json(
            rows[start : start + self.page], {"Link": f'<{path}>; rel="next"'} if rows[start + self.page :] else {}
        )

    def _resolve(self, repo: HubRepo, names: list[str], token: str) -> Answered:
        files, path = repo.at(names[1]), "/".join(names[2:])
        if files is None or path not in files:
            return _refused(404, "EntryNotFound" if files else "RevisionNotFound", "Entry not found")
        if repo.gated and token != self.token:
            return _refused(401, "GatedRepo", GATED.format(repo.id))
        sha = repo.sha if names[1] == "main" else names[1]
        told = {"X-Repo-Commit": sha, "X-Linked-ETag": f'"{hashlib.sha256(files[path]).hexdigest()}"'}
        address = f"https://{FILES}/{repo.id}/{sha}/{quote(path)}?Signature=x"
        return Answered(302, b"", {"Location": address, "X-Linked-Size": str(len(files[path])), **told})

    def _bytes(self, method: str, path: str, span: str) -> Answered:
        user, name, revision, file = path.lstrip("/").split("/", 3)
        repo = self.repositories[f"{user}/{name}"]
        data = repo.wrong.get(file) or (repo.at(revision) or {})[file]
        if not span:
            return Answered(200, b"" if method == "HEAD" else data, {"Content-Length": str(len(data))})
        start, _, end = span.removeprefix("bytes=").partition("-")
        part = data[int(start) : int(end) + 1]
        last = int(start) + len(part) - 1
        return Answered(
            206, part, {"Content-Range": f"bytes {start}-{last}/{len(data)}", "Content-Length": str(len(part))}
        )


def _listed(path: str, size: int, sha256: str) -> dict[str, object]:
    lfs = {"oid": sha256, "size": size, "pointerSize": 134}
    return {"type": "file", "oid": "ba5d", "size": size, "path": path, "lfs": lfs, "xetHash": "2d84"}


def _json(value: object, headers: Mapping[str, str] | None = None) -> Answered:
    return Answered(200, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})})


def _refused(status: int, code: str, message: str) -> Answered:
    body = json.dumps({"error": message}).encode()
    return Answered(status, body, {"X-Error-Code": code, "X-Error-Message": message})


class HubFetch(ScriptedFetch):
    """The `Fetch` port, behind which the double stands; other addresses are `files`, as ever."""

    def __init__(self, hub: HubDouble, files: Mapping[str, bytes] | None = None) -> None:
        super().__init__(files or {})
        self.hub = hub

    def served(self, url: str, start: str, end: str, method: str = "GET") -> MemoryReply:
        """What the Hub answers, redirects followed, as a page may read it."""
        parts, headers = urlsplit(url), {name.lower(): value for name, value in self.sent[-1].items()}
        if parts.netloc not in (HOST, FILES):
            return super().served(url, start, end, method)
        if "authorization" in headers and self.hub.refuses_preflight:
            raise Interrupted(detail="TypeError: Failed to fetch")
        address = url.partition(parts.netloc)[2]
        answer = self.hub.answer(method, parts.netloc, address, headers)
        if answer.status == 302:
            return self.served(answer.headers["Location"], start, end, method)
        can_read = parts.netloc == HOST
        told = {name.lower(): value for name, value in answer.headers.items() if can_read or name == "Content-Length"}
        return MemoryReply(answer.status, answer.body, told)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: HubDouble

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_OPTIONS(self) -> None:
        """A preflight."""
        if self.hub.refuses_preflight:
            self._send(Answered(403), {})
        else:
            allowed = {"Access-Control-Allow-Headers": "authorization, range", "Access-Control-Max-Age": "86400"}
            self._send(Answered(204), {**self._cors(), **allowed})

    def do_HEAD(self) -> None:
        """The same without a body."""
        self.do_GET()

    def do_GET(self) -> None:
        """One request."""
        host = self.headers.get("host", "").partition(":")[0]
        headers = {name.lower(): value for name, value in self.headers.items()}
        cors = self._cors() if host == HOST else {"Access-Control-Allow-Origin": "*"}
        self._send(self.hub.answer(self.command, host, self.path, headers), cors)

    def _cors(self) -> dict[str, str]:
        origin = self.headers.get("origin", "")
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin", "Access-Control-Expose-Headers": EXPOSED}

    def _send(self, answer: Answered, cors: Mapping[str, str]) -> None:
        self.send_response_only(answer.status)
        length = {"Content-Length": str(len(answer.body))}
        for name, value in {**length, **cors, "Cross-Origin-Resource-Policy": "cross-origin", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


@contextmanager
def serving_hub(hub: HubDouble) -> Iterator[int]:
    """The double on loopback, by https with the tests' certificate; its port."""
    handler = type("Handler", (_Handler,), {"hub": hub})
    with QuietServer(("127.0.0.1", 0), handler) as server, answering(server, is_secure=True) as port:
        yield port
