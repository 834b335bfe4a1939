"""The models that people fetch with Ollama: the built-in list, what each needs, and names that may be typed freely.

    rows = library_of(table).rows                       # of static/ollama.toml
    ram_bytes(rows[0], context_length=4096)             # about 1.9 GB
    valid_name("ollama run hf.co/user/repo:Q4_K_M")     # "hf.co/user/repo:Q4_K_M"
    pull_command("llama3.2:1b")                         # "ollama pull llama3.2:1b"

Ollama has no endpoint that lists what exists online, and none that tells a computer's memory: both are said here as
well as can be, and marked as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.core.errors import AppError
from app.core.places import is_passed_on
from app.core.shapes import Damaged, decode
from app.core.texts import Gigabytes, Plain, Size, Text, TextOrWords, in_a_row
from app.core.values import Kind
from app.models.store.catalog import BadCatalog

OVERHEAD_BYTES = 500_000_000  # besides weights and cache, a rule of thumb
SYSTEM_BYTES = 2_000_000_000  # what the system and a browser take for themselves
DEFAULT_CONTEXT = 4096  # what Ollama itself takes on a computer with less than 24 GiB of graphics memory
WEIGHTS_PER_KV = 25_000  # weights' bytes for one byte of cache a token, where a row does not say: rather too much
GIGABYTE = 1_000_000_000
USUAL_GB = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}"
NAME = re.compile(
    rf"(?:(?:(?P<host>[A-Za-z0-9_][A-Za-z0-9_.:-]*)/)?(?P<space>{PART})/)?(?P<model>{PART})(?::(?P<tag>{PART}))?"
)
COMMAND = re.compile(r"^\s*ollama\s+(?:pull|run)\s+", re.IGNORECASE)

Fits = Literal["yes", "tight", "no", "unknown"]


class BadName(AppError):
    """What was typed cannot be a model's name."""

    message = Text("ollama_server.bad_name")
    cure = Text("ollama_server.bad_name_cure")
    again = False


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A model that Ollama can fetch. Bytes and tokens; 0 where nothing is known. `kv_bytes` is what the cache takes for
    one token; `same_as` are other names of the same model."""

    name: str
    title: str
    kind: Kind = "chat"
    size_bytes: int = 0
    context_length: int = 0
    dimensions: int = 0
    best_for: str = ""
    note: str = ""
    kv_bytes: int = 0
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """A list's title and its rows, in its order."""

    title: str
    rows: tuple[LibraryRow, ...]
    _by_name: dict[str, LibraryRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {name_key(name): row for row in reversed(self.rows) for name in (row.name, *row.same_as)}
        object.__setattr__(self, "_by_name", by_name)

    def find(self, name: str) -> LibraryRow | None:
        """The row of a model by any of its names, None where the list does not know it."""
        return self._by_name.get(name_key(name))


@dataclass(frozen=True, slots=True)
class Memory:
    """Whether a model fits into the memory, as far as anybody can say, and how that is known."""

    fits: Fits
    words: TextOrWords


def library_of(table: Mapping[str, object]) -> Library:
    """The list out of its table. Raises BadCatalog."""
    listed = table.get("model", [])
    if not isinstance(listed, list):
        raise BadCatalog(Text("ollama_model.list_no_section"))
    rows = tuple(_row(number, row) for number, row in enumerate(listed, 1))
    names = [name.lower() for row in rows for name in (row.name, *row.same_as)]
    if len(set(names)) < len(names):
        raise BadCatalog(Text("ollama_model.list_twice"))
    return Library(str(table.get("title", "")), rows)


def _row(number: int, row: Mapping[str, object]) -> LibraryRow:
    lost = list[str]()
    where = Text("ollama_model.row", row=Plain(number), name=_named(row))
    try:
        made = decode(LibraryRow, row, lost)
    except Damaged as error:
        raise BadCatalog(Text("ollama_model.row_wrong", row=where, wrong=str(error))) from error
    if lost or not made.title or "kind" not in row:
        fields = ", ".join(lost) or Text("ollama_model.title_or_kind")
        raise BadCatalog(Text("ollama_model.row_lacks", row=where, fields=fields))
    if not all(NAME.fullmatch(name) for name in (made.name, *made.same_as)):
        raise BadCatalog(Text("ollama_model.row_name", row=where))
    return made


def _named(row: Mapping[str, object]) -> TextOrWords:
    return str(row["name"]) if "name" in row else Text("ollama_model.no_name")


# -- names


def valid_name(text: str) -> str:
    """A model's name as Ollama takes it, out of what people type or paste: a name, a command, a page's address.

    Raises BadName. The rules are those of types/model/name.go in Ollama's source: up to host/namespace/model:tag, each
    of letters, digits, dots, dashes and underscores, and at most 80 of them.
    """
    name = COMMAND.sub("", text).strip().strip("'\"")
    name = re.sub(r"^https?://", "", name, flags=re.IGNORECASE).rstrip("/")
    name = re.sub(r"^(www\.)?ollama\.com/(library/)?", "", name)
    name = re.sub(r"^(www\.)?huggingface\.co/", "hf.co/", name)
    name = re.sub(r"^(hf\.co/[^/]+/[^/:]+)/(?:tree|blob|resolve)/.*$", r"\1", name)
    found = NAME.fullmatch(name)
    if not found or ".." in name or "." in (found["space"] or ""):
        raise BadName(detail=text)
    return name


def pull_command(name: str) -> str:
    """The line for a terminal. A valid name needs no quotes in any shell."""
    return f"ollama pull {name}"


def full_name(name: str) -> str:
    """With its tag: `latest` where none is written."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def same_name(one: str, other: str) -> bool:
    """Whether Ollama takes both for the same model; it does not look at capitals."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """The same text for every way of writing one model's name."""
    return full_name(name).lower()


def is_cloud(name: str) -> bool:
    """Whether the model runs on Ollama's own servers, so that words leave this computer."""
    return is_passed_on(full_name(name))


# -- memory


def ram_bytes(row: LibraryRow, context_length: int = DEFAULT_CONTEXT) -> int:
    """About how much memory the loaded model takes: its file, its cache, half a gigabyte. 0 where no size is known.

    A rule of thumb, on the safe side: gemma3:270m (253 MB) took 287 MB at 4,096 tokens, measured.
    """
    if not row.size_bytes:
        return 0
    tokens = min(context_length, row.context_length or context_length)
    kv_bytes = 0 if row.kind == "embedding" else row.kv_bytes or row.size_bytes // WEIGHTS_PER_KV
    return row.size_bytes + kv_bytes * tokens + OVERHEAD_BYTES


def computer_gb(need_bytes: int) -> int:
    """The usual size of memory that a computer should have for it, in GB; a 7B model wants 8, as Ollama itself says."""
    wanted = need_bytes + SYSTEM_BYTES
    return next((usual for usual in USUAL_GB if usual * GIGABYTE >= wanted), -(-wanted // GIGABYTE))


def memory_words(
    need: int,
    browser_says_gb: float = 0,
    corrected_gb: float = 0,
    measured_bytes: int = 0,
    *,
    is_elsewhere: bool = False,
) -> Memory:
    """The need beside what is known of this machine. `need` in bytes (0 unknown), `browser_says_gb` is the browser's
    rounded figure, `corrected_gb` the person's own, `measured_bytes` what Ollama says the loaded model takes."""
    if measured_bytes:
        return Memory("yes", Text("ollama_model.measured", size=Size(measured_bytes)))
    if not need:
        return Memory("unknown", Text("ollama_model.need_unknown"))
    fits, judged = _judged(need, browser_says_gb, corrected_gb, is_elsewhere=is_elsewhere)
    needs = Text("ollama_model.needs", size=Size(need), gigabytes=Plain(computer_gb(need)))
    return Memory(fits, in_a_row(needs, judged))


def _judged(need: int, browser_says_gb: float, corrected_gb: float, *, is_elsewhere: bool) -> tuple[Fits, Text]:
    """Whether it fits, and how that is known."""
    if is_elsewhere:
        return "unknown", Text("ollama_model.elsewhere")
    if corrected_gb:
        return _as_told(_fits(need, corrected_gb), Gigabytes(corrected_gb))
    if not browser_says_gb:
        return "unknown", Text("ollama_model.memory_unknown")
    memory = Gigabytes(browser_says_gb)
    if (fits := _fits(need, browser_says_gb)) == "yes":
        return fits, Text("ollama_model.browser_enough", memory=memory)
    return "unknown", Text("ollama_model.browser_doubt", memory=memory)


def _as_told(fits: Fits, memory: Gigabytes) -> tuple[Fits, Text]:
    if fits == "yes":
        return fits, Text("ollama_model.told_enough", memory=memory)
    if fits == "tight":
        return fits, Text("ollama_model.told_tight", memory=memory)
    return fits, Text("ollama_model.told_too_little", memory=memory)


def _fits(need: int, have_gb: float) -> Fits:
    have = have_gb * GIGABYTE
    return "yes" if have >= need + SYSTEM_BYTES else "tight" if have >= need else "no"
