"""The address of a model's file, out of what people copy: file pages, repositories, names for other programs.

file_address("https://huggingface.co/a/b/blob/main/x.gguf")    # "https://huggingface.co/a/b/resolve/main/x.gguf"
file_address("a/b")                                            # raises Refused: says what to copy instead
direct(url)                                                    # a file page's file; every other address as it is
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit, urlunsplit

from app.core.errors import Refused
from app.core.texts import Text
from app.models.formats.kinds import SPLIT, part_name
from app.net.addresses import distance

HUB = ("huggingface.co", "hf.co", "hf-mirror.com")
MODELSCOPE = ("modelscope.cn", "modelscope.ai")
OLLAMA = ("ollama.com", "ollama.ai", "registry.ollama.ai")
FORGES = ("codeberg.org", "gitea.com", "bitbucket.org")
ENCRYPTED = (*HUB, *MODELSCOPE, "github.com")  # what is typed with http:// is there under https:// too
MODEL_FILE = re.compile(r".+\.(gguf|litertlm|task|bin|tflite)", re.IGNORECASE)
MOST_PARTS = 100  # of a model
NAME = r"\w[\w.-]*"
BARE = re.compile(rf"{NAME}/{NAME}(:{NAME}|/.*)?")
FOR_OLLAMA = re.compile(r"[a-z][\w.-]*:[\w.-]+", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
ONE_SLASH = re.compile(r"^(https?)(?::/|:|//)(?!/)", re.IGNORECASE)
LINK = re.compile(r"https?://[^\s\"'`<>()\[\]“”‘’]+", re.IGNORECASE)
OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
GIT = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/]", re.IGNORECASE)
COMMAND = re.compile(r"(wget|curl|git clone)\s+(-\S+\s+)*", re.IGNORECASE)
RUN = re.compile(r"ollama\s+(run|pull)\s+", re.IGNORECASE)
HF = re.compile(r"(?:huggingface-cli|hf)\s+download\s+(\S+)(?:\s+(?!-)(\S+))?.*", re.IGNORECASE)
LLAMA = re.compile(r"llama[\w-]*\s.*?-(?:hf|-hf-repo)\s+(\S+).*", re.IGNORECASE)
# Pages of Hugging Face that show a file, and the words after a repository's name that are no file of it.
SHOWN = "blob|raw|tree|blame|commits|edit"
NO_FILE = ("resolve", "discussions", *SHOWN.split("|"))
PLACES = ("models", "datasets", "spaces", "collections", "docs", "papers", "blog", "api")
ENDINGS = Text("store.endings")
COPY_FILE = Text("store.copy_file", endings=ENDINGS)
USE_OLLAMA = Text("store.ollama_or_file")
PULL = Text("store.use_ollama")
SUPPORTED = Text("store.begin_https")
NO_PASSWORD = Text("store.without_password")


def file_address(typed: str) -> str:
    """The address to fetch. Raises Refused with what to enter instead, where it names no file."""
    url = typed_address(typed)
    _refuse_page(_split(url))
    return url


def typed_address(typed: str) -> str:
    """The address that somebody has typed or copied, whatever it names. Raises Refused where it is none."""
    text = _bare(typed)
    if text.lower().startswith("hf://"):
        text = _on_hub(text[5:])
    elif "://" not in text:
        text = _with_scheme(text)
    parts = _split(text)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Refused(Text("store.no_web_address"), SUPPORTED)
    refuse_password(text)
    return direct(urlunsplit(parts))


def parts_of(url: str) -> tuple[str, ...]:
    """The addresses of all parts of a GGUF file, of which one was given; of any other file the address alone."""
    path = re.split("[?#]", url)[0]
    found, ending = SPLIT.fullmatch(path), url[len(path) - len(".gguf") :]
    count = int(found["parts"]) if found else 1
    if found is None or not 1 < count <= MOST_PARTS:
        return (url,)
    return tuple(part_name(found["stem"], part, count, ending) for part in range(1, count + 1))


def refuse_password(url: str) -> None:
    """Browsers fetch no address that holds a name and a password, and it would be stored. Raises Refused."""
    if "@" in _split(url).netloc:
        raise Refused(Text("store.has_password"), NO_PASSWORD)


def direct(url: str) -> str:
    """The file behind a file page of a known kind; every other address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("https", "http"):
        return url
    host, path = _host(parts), parts.path
    if host in ENCRYPTED and parts.scheme == "http":
        return direct("https" + url[4:])
    if host in HUB:
        path = _hub_path(parts)
        is_file = "/resolve/" in path
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


def _hub_path(parts: SplitResult) -> str:
    """/user/name/blob/revision/file as /user/name/resolve/revision/file; data sets and spaces have a word before. So
    too where a repository's page shows one of its files, or the file's name follows the repository's."""
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    first = r"((?:/datasets|/spaces)?/[^/]+(?:/[^/]+)?)"
    if found := re.fullmatch(rf"{first}/(?:blob|raw)/([^/]+/.+)", path):
        return f"{found[1]}/resolve/{found[2]}"
    if (found := re.fullmatch(rf"{first}/(?:{SHOWN})/([^/]+/.+)", path)) and MODEL_FILE.fullmatch(found[2]):
        return f"{found[1]}/resolve/{found[2]}"
    names = path.split("/")[1:]
    shown = dict(parse_qsl(parts.query)).get("show_file_info", "")
    if shown and len(names) >= 2 and MODEL_FILE.fullmatch(shown):
        return f"/{names[0]}/{names[1]}/resolve/main/{quote(shown)}"
    if len(names) > 2 and names[0] not in PLACES and names[1] != "resolve" and names[2] not in NO_FILE:
        return f"/{names[0]}/{names[1]}/resolve/main/{'/'.join(names[2:])}" if MODEL_FILE.fullmatch(path) else path
    return path


def _bare(typed: str) -> str:
    """What was typed without a command, quotes, brackets or words around it. Raises Refused for Ollama's names."""
    text = INVISIBLE.sub("", typed).strip().strip("<>\"'`“”").strip().removeprefix("view-source:")
    text = ONE_SLASH.sub(r"\1://", GIT.sub(r"https://\1/", COMMAND.sub("", text), count=1))
    if text.lower().startswith(("https://", "http://")):
        is_whole = text.count("://") == 1 and MODEL_FILE.fullmatch(re.split("[?#]", text)[0])
        return text.replace(" ", "%20") if is_whole else text.split()[0]
    if (link := LINK.search(text)) and not OTHER_SCHEME.match(text):
        return link[0]
    if found := HF.fullmatch(text):
        return "/".join(one for one in found.groups() if one)
    if found := LLAMA.fullmatch(text):
        return found[1]
    name = RUN.sub("", text)
    if "/" not in name and not MODEL_FILE.fullmatch(name) and (name != text or _is_for_ollama(name)):
        raise Refused(Text("store.name_for_ollama"), PULL)
    return name.removeprefix("//")


def _is_for_ollama(text: str) -> bool:
    return bool(FOR_OLLAMA.fullmatch(text)) and not text.lower().startswith(("data:", "javascript:", "blob:", "c:"))


def _with_scheme(text: str) -> str:
    """An address without https://, or the name of a repository or of a file in it on Hugging Face. Raises Refused."""
    first, _, rest = text.partition("/")
    if re.fullmatch(r"(localhost|\[[0-9a-f:]+\]|[\w-]+(\.[\w-]+)+)(:\d+)?", first) and rest and _is_host(first):
        is_near = distance(f"http://{first}") != "public"  # such servers have no certificate
        return f"{'http' if is_near else 'https'}://{text}"
    return _on_hub(text)


def _on_hub(text: str) -> str:
    """user/repository, with a file of it or without, on Hugging Face. Raises Refused."""
    text, _, revision = text.partition("@")
    revision, _, inside = revision.partition("/")
    text = f"{text}/{inside}" if inside else text
    if not BARE.fullmatch(text):
        raise Refused(Text("store.no_web_address"), SUPPORTED)
    user, name, *file = text.split("/")
    if file and MODEL_FILE.fullmatch(file[-1]) and file[0] not in NO_FILE:
        file = ["resolve", revision or "main", *file]
    return "https://" + "/".join(("huggingface.co", user, name, *file))


def _is_host(text: str) -> bool:
    """A name with a dot may also be a person's at Hugging Face: hosts end in letters only, and are no file."""
    name = text.rsplit(":", 1)[0] if not text.endswith("]") else text
    return name == "localhost" or bool(re.fullmatch(r".*(\.([a-z]{2,}|\d+)|\])", name, re.IGNORECASE))


def _refuse_page(parts: SplitResult) -> None:
    """Pages that hold many files, or none. Raises Refused."""
    host, names = _host(parts), [name for name in parts.path.split("/") if name]
    if host in HUB and ":" in "".join(names[:2]):
        raise Refused(Text("store.name_for_ollama"), USE_OLLAMA)
    if host in OLLAMA:
        raise Refused(Text("store.ollama_page"), PULL)
    if host in HUB and not re.fullmatch(r"((datasets|spaces)/)?[^/]+(/[^/]+)?/resolve/[^/]+/.+", "/".join(names)):
        raise _no_file_of_hub(names)
    if host in MODELSCOPE and "resolve" not in names and "api" not in names:
        raise Refused(Text("store.modelscope_page"), COPY_FILE)
    if host == "github.com" and not re.match(r"[^/]+/[^/]+/releases/(latest/)?download/.", "/".join(names)):
        raise Refused(Text("store.github_page"), COPY_FILE)


def _no_file_of_hub(names: list[str]) -> Refused:
    if len(names) < 2 or names[0] in PLACES:
        return Refused(Text("store.hub_page"), COPY_FILE)
    repository = "/".join(names[:2]).removesuffix(".git")
    cure = Text("store.hub_repository_cure", repository=repository, endings=ENDINGS)
    return Refused(Text("store.hub_repository", repository=repository), cure)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().removeprefix("www.")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise Refused(Text("store.no_web_address"), SUPPORTED, detail=str(error)) from error
    return parts
