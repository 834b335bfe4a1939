"""What somebody means on the Hugging Face Hub, out of what was typed or copied.

hub_place("user/repo")                                      # HubPlace("user/repo")
hub_place("https://hf.co/user/repo/blob/main/a/x.gguf")     # HubPlace("user/repo", "main", "a/x.gguf")
hub_place("qwen 3")                                         # None: words to search for
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from app.core.errors import Refused
from app.models.store.file_address import PLACES, typed_address

HOSTS = ("huggingface.co", "www.huggingface.co", "hf.co")  # a mirror is asked for its files only, as any other host
MAIN = "main"
#: how the Hub names a repository: at most 96 characters a part (huggingface_hub, utils/_validators.py)
REPOSITORY = re.compile(r"\w[\w.-]{0,95}/\w[\w.-]{0,95}", re.ASCII)


@dataclass(frozen=True, slots=True)
class HubPlace:
    """A repository, one of its revisions (a branch, a tag, a commit), and the path of one of its files ("" none)."""

    repository: str
    revision: str = MAIN
    path: str = ""


def hub_place(typed: str) -> HubPlace | None:
    """What is meant; None for words, other hosts, data sets, and pages that show no repository."""
    try:
        parts = urlsplit(typed_address(typed))
    except Refused:
        return None
    names = [unquote(name) for name in parts.path.split("/") if name]
    if parts.hostname not in HOSTS or len(names) < 2 or names[0] in PLACES:
        return None
    repository, shown = "/".join(names[:2]).removesuffix(".git"), names[2:]
    if not REPOSITORY.fullmatch(repository) or names[1] == "resolve":
        return None
    if len(shown) > 1 and shown[0] in ("tree", "resolve", "blob"):
        return HubPlace(repository, shown[1], "/".join(shown[2:]) if shown[0] == "resolve" else "")
    return HubPlace(repository)
