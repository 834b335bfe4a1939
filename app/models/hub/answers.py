"""What the Hub answers, as values: lists of repositories, one repository, lists of its files, the next page.

    repositories(read_json(body))         # (Repository("ggml-org/gemma-3-1b-it-GGUF", downloads=186325, likes=38), …)
    files(read_json(body))                # (HubFile("x.gguf", 440473133, "0974…"), …)
    next_page('<https://…>; rel="next"')  # "https://…"

The shapes are those of huggingface.js (packages/hub/src/types/api/api-model.ts, lib/list-models.ts, lib/list-files.ts)
and huggingface_hub (hf_api.py: ModelInfo, RepoFile), read in August 2026. An item that does not have its shape is left
out: an answer comes from outside, and one odd row must not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.reading import part, rows, texts
from app.core.shapes import MOST
from app.models.hub.place import REPOSITORY

REVISION = re.compile(r"[0-9a-f]{40}")
SHA256 = re.compile(r"[0-9a-f]{64}")
NEXT = re.compile(r'<([^<>\s]+)>\s*;\s*rel="?next"?')
LICENCE = "license:"  # of a tag; the card says the same, but a list of repositories would bring the whole card
MOST_LICENCE, MOST_PATH = 60, 500  # characters


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of models. `downloads` are those of the last 30 days; `licence` is the Hub's own short name, ""
    unknown; `is_gated` where its files want that one has accepted its terms; `revision` is the commit that it stands
    at, "" where that was not told."""

    id: str
    downloads: int = 0
    likes: int = 0
    licence: str = ""
    is_gated: bool = False
    revision: str = ""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file with its published SHA-256 (of Git LFS: `lfs.oid`)."""

    path: str
    size_bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name without its folders."""
        return self.path.rpartition("/")[2]


def repositories(answer: object) -> tuple[Repository, ...]:
    """The rows of /api/models."""
    return tuple(found for row in rows(answer) if (found := repository(row)))


def repository(row: Mapping[str, object]) -> Repository | None:
    """A row of /api/models, or the answer of /api/models/{repository}; None where it is none."""
    id, sha = row.get("id"), row.get("sha")
    if not isinstance(id, str) or not REPOSITORY.fullmatch(id):
        return None
    revision = sha if isinstance(sha, str) and REVISION.fullmatch(sha) else ""
    is_gated = bool(row.get("gated"))  # false, "auto" or "manual"
    return Repository(id, _count(row.get("downloads")), _count(row.get("likes")), _licence(row), is_gated, revision)


def files(answer: object) -> tuple[HubFile, ...]:
    """The files of a page of a tree whose hash is published."""
    return tuple(found for row in rows(answer) if (found := _file(row)))


def next_page(link: str) -> str:
    """The address of the next page in a Link header (RFC 8288), "" on the last one."""
    found = NEXT.search(link)
    return found[1] if found else ""


def _file(row: Mapping[str, object]) -> HubFile | None:
    path, lfs = row.get("path"), part(row.get("lfs"))
    sha256, size = lfs.get("oid"), _count(lfs.get("size"))
    if row.get("type") != "file" or not isinstance(path, str) or not isinstance(sha256, str):
        return None
    is_path = path.isprintable() and len(path) <= MOST_PATH and not {"", ".", ".."} & set(path.split("/"))
    return HubFile(path, size, sha256) if is_path and size and SHA256.fullmatch(sha256) else None


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST else 0


def _licence(row: Mapping[str, object]) -> str:
    tags = (tag.removeprefix(LICENCE) for tag in texts(row.get("tags")) if tag.startswith(LICENCE))
    told = next(tags, "")
    return told if told.isprintable() and len(told) <= MOST_LICENCE else ""
