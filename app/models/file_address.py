"""The address of a model's file, out of what people copy: file pages, repositories, names for other programs.

file_address("https://huggingface.co/a/b/blob/main/x.gguf")    # "https://huggingface.co/a/b/resolve/main/x.gguf"
file_address("a/b")                                            # raises Refused: says what to copy instead
direct(url)                                                    # a file page's file; every other address as it is
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from app.core.errors import Refused

HUB = ("huggingface.co", "hf.co", "hf-mirror.com")
MODELSCOPE = ("modelscope.cn", "modelscope.ai")
FORGES = ("codeberg.org", "gitea.com", "bitbucket.org")
MODEL_FILE = re.compile(r".+\.(gguf|litertlm|task|bin|tflite)", re.IGNORECASE)
NAME = r"[\w.-]+"
BARE = re.compile(rf"{NAME}/{NAME}(:{NAME}|/.*)?")
COMMAND = re.compile(r"(ollama\s+(run|pull)|wget|curl(\s+-\w+)*)\s+", re.IGNORECASE)
ENDINGS = ".gguf, .litertlm or .task"
COPY_FILE = f"Open it, go to its files, and copy the address of one file ({ENDINGS})."
USE_OLLAMA = "Pull it with Ollama on this page, or copy the address of one of the repository's files."
SUPPORTED = "Enter one that begins with https://."


def file_address(typed: str) -> str:
    """The address to fetch. Raises Refused with what to enter instead, where it names no file."""
    text = COMMAND.sub("", typed.strip().strip("<>\"'`")).strip()
    if text.lower().startswith("hf://"):
        text = _on_hub(text[5:])
    elif "://" not in text:
        text = _with_scheme(text)
    parts = _split(text)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Refused("This is not a web address.", SUPPORTED)
    url = direct(urlunsplit(parts))
    _refuse_page(_split(url))
    return url


def direct(url: str) -> str:
    """The file behind a file page of a known kind; every other address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("https", "http"):
        return url
    host, path = _host(parts), parts.path
    if host in HUB:
        path, names = _hub_path(path), path.strip("/").split("/")
        is_file = "resolve" in names[2:4] or path != parts.path
        return urlunsplit((parts.scheme, parts.netloc, path, "", "")) if is_file else url
    if host in MODELSCOPE and (found := re.fullmatch(r"(/models/[^/]+/[^/]+)/file/view/([^/]+)/(.+)", path)):
        path = f"{found[1]}/resolve/{found[2]}/{found[3]}"
    elif host == "github.com" and (found := re.fullmatch(r"/([^/]+/[^/]+)/(?:blob|raw)/(.+)", path)):
        return f"https://raw.githubusercontent.com/{found[1]}/{found[2]}"
    elif "/-/blob/" in path:  # GitLab, wherever it runs
        path = path.replace("/-/blob/", "/-/raw/", 1)
    elif host in FORGES and (found := re.fullmatch(r"(/[^/]+/[^/]+)/src/(.+)", path)):
        path = f"{found[1]}/raw/{found[2]}"
    if path == parts.path:
        return url
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _hub_path(path: str) -> str:
    """/user/name/blob/revision/file as /user/name/resolve/revision/file; data sets and spaces have a word before."""
    return re.sub(r"^((?:/datasets|/spaces)?/[^/]+/[^/]+)/(?:blob|raw)/(?=[^/]+/.)", r"\1/resolve/", path)


def _with_scheme(text: str) -> str:
    """An address without https://, or the name of a repository or of a file in it on Hugging Face. Raises Refused."""
    first, _, rest = text.partition("/")
    if re.fullmatch(r"(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?", first) and rest and _is_host(first):
        return f"{'http' if first.split(':')[0] in ('localhost', '127.0.0.1') else 'https'}://{text}"
    return _on_hub(text)


def _on_hub(text: str) -> str:
    """user/repository, with a file of it or without, on Hugging Face. Raises Refused."""
    if not BARE.fullmatch(text):
        raise Refused("This is not a web address.", SUPPORTED)
    user, name, *file = text.split("/")
    if file and MODEL_FILE.fullmatch(file[-1]) and file[0] not in ("blob", "resolve", "raw"):
        file = ["resolve", "main", *file]
    return "https://" + "/".join(("huggingface.co", user, name, *file))


def _is_host(text: str) -> bool:
    """A name with a dot may also be a person's at Hugging Face: hosts end in letters only, and are no file."""
    name = text.split(":")[0]
    return name == "localhost" or bool(re.fullmatch(r".*\.([a-z]{2,}|\d+)", name, re.IGNORECASE))


def _refuse_page(parts: SplitResult) -> None:
    """Pages that hold many files, or none. Raises Refused."""
    host, names = _host(parts), [name for name in parts.path.split("/") if name]
    if host in HUB and ":" in "".join(names[:2]):
        raise Refused("This is a name for Ollama, not the address of a file.", USE_OLLAMA)
    if host == "ollama.com":
        raise Refused("This is a page of Ollama's library, not a file.", "Pull the model with Ollama on this page.")
    if host in HUB and not re.fullmatch(r"((datasets|spaces)/)?[^/]+/[^/]+/resolve/[^/]+/.+", "/".join(names)):
        raise _no_file_of_hub(names)
    if host in MODELSCOPE and "resolve" not in names and "api" not in names:
        raise Refused("This is a page on ModelScope, not a file.", COPY_FILE)
    if host == "github.com" and not (len(names) > 4 and names[2:4] == ["releases", "download"]):
        raise Refused("This is a page on GitHub, not a file.", COPY_FILE)


def _no_file_of_hub(names: list[str]) -> Refused:
    if len(names) < 2 or names[0] in ("models", "datasets", "spaces", "collections", "docs", "papers", "blog"):
        return Refused("This is a page on Hugging Face, not a file.", COPY_FILE)
    repository = "/".join(names[:2])
    where = f"Open https://huggingface.co/{repository}/tree/main and copy the address of one file"
    return Refused(f"{repository} is a repository on Hugging Face, not a file.", f"{where} ({ENDINGS}).")


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().removeprefix("www.")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise Refused("This is not a web address.", SUPPORTED, detail=str(error)) from error
    return parts
