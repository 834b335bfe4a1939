"""The list of models for Ollama, names as people type them, and what is said about memory."""

from __future__ import annotations

import tomllib

import pytest

from app.models.ollama.library import (
    BadName,
    LibraryRow,
    computer_gb,
    full_name,
    is_cloud,
    library_of,
    memory_words,
    pull_command,
    ram_bytes,
    same_name,
    valid_name,
)
from app.models.store.catalog import BadCatalog
from tests.environment import ROOT
from tests.words import english

LIBRARY = library_of(tomllib.loads((ROOT / "static" / "ollama.toml").read_text("utf-8")))
ROWS = {row.name: row for row in LIBRARY.rows}
ROADMAP = {
    "chat": ["llama3.2:1b", "llama3.2:3b", "phi3:mini", "mistral:7b", "gemma2:2b", "gemma2:9b", "qwen2.5:3b",
             "qwen2.5:7b", "llama3.1:8b"],
    "code": ["codellama:7b", "deepseek-coder:6.7b", "starcoder2:3b"],
    "embedding": ["nomic-embed-text", "mxbai-embed-large", "all-minilm"],
}  # fmt: skip
GB = 1_000_000_000


def test_all_fifteen_of_the_roadmap_come_first_and_in_its_order() -> None:
    assert [row.name for row in LIBRARY.rows][:15] == [name for names in ROADMAP.values() for name in names]
    for kind, names in ROADMAP.items():
        assert {ROWS[name].kind for name in names} == {kind}
        assert all(ROWS[name].size_bytes and ROWS[name].context_length for name in names)


def test_sizes_that_were_stale_are_corrected_and_say_so() -> None:
    stale = {"phi3:mini": 2.2, "mistral:7b": 4.4, "qwen2.5:7b": 4.7, "llama3.1:8b": 4.9}
    for name, gigabytes in stale.items():
        assert round(ROWS[name].size_bytes / GB, 1) == gigabytes
        assert f"{gigabytes} GB" in ROWS[name].note


def test_embedding_rows_say_their_dimensions_and_others_have_none() -> None:
    dimensions = {name: ROWS[name].dimensions for name in ROADMAP["embedding"]}
    assert dimensions == {"nomic-embed-text": 768, "mxbai-embed-large": 1024, "all-minilm": 384}
    for row in LIBRARY.rows:
        assert bool(row.dimensions) == (row.kind == "embedding"), row.name


def test_every_row_can_be_pulled_and_says_what_it_is_good_for() -> None:
    for row in LIBRARY.rows:
        assert valid_name(row.name) == row.name
        assert row.title
        assert row.best_for
        assert not row.best_for.endswith(".")
        assert not is_cloud(row.name)
        assert row.size_bytes == 0 or row.size_bytes > 40_000_000
    assert {"gpt-oss:20b", "embeddinggemma", "qwen3:8b", "gemma4:e4b"} <= ROWS.keys()
    assert ROWS["gemma4:31b"].size_bytes == 0  # nobody has told


def test_a_row_is_found_by_any_of_its_names() -> None:
    for name in ("mistral", "mistral:latest", "Mistral:7B"):
        found = LIBRARY.find(name)
        assert found is not None
        assert found.name == "mistral:7b"
    assert LIBRARY.find("nomic-embed-text:latest") == ROWS["nomic-embed-text"]
    assert LIBRARY.find("llama3.2") is None  # which size that is, is Ollama's to say


@pytest.mark.parametrize(
    "row",
    [
        {"name": "a b", "title": "A", "kind": "chat"},
        {"name": "a", "kind": "chat"},
        {"name": "a", "title": "A", "kind": "dance"},
        {"name": "a", "title": "A", "kind": "chat", "size_bytes": "2 GB"},
        {"name": "a", "title": "A", "kind": "chat", "dimensions": -1},
        {"name": "a", "title": "A", "kind": "chat", "note": 7},
        {"name": "a", "title": "A", "kind": "chat", "same_as": ["A"]},
    ],
)
def test_a_wrong_row_is_named(row: dict[str, object]) -> None:
    with pytest.raises(BadCatalog):
        library_of({"model": [row]})


def test_a_list_without_rows_is_a_list() -> None:
    assert library_of(tomllib.loads('title = "None"')).rows == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("llama3.2:1b", "llama3.2:1b"),
        ("  ollama pull llama3.2:1b ", "llama3.2:1b"),
        ("ollama run hf.co/user/Llama-3.2-1B-GGUF:Q4_K_M", "hf.co/user/Llama-3.2-1B-GGUF:Q4_K_M"),
        ("https://huggingface.co/user/repo", "hf.co/user/repo"),
        ("https://huggingface.co/user/repo/tree/main", "hf.co/user/repo"),
        ("https://ollama.com/library/gemma3:270m", "gemma3:270m"),
        ("https://ollama.com/someone/model", "someone/model"),
        ("hf.co/user/my.repo:file-Q8_0.gguf", "hf.co/user/my.repo:file-Q8_0.gguf"),
        ("localhost:5000/library/gemma:latest", "localhost:5000/library/gemma:latest"),
        ("'all-minilm'", "all-minilm"),
    ],
)  # fmt: skip
def test_names_are_read_as_people_paste_them(typed: str, name: str) -> None:
    assert valid_name(typed) == name
    assert valid_name(name) == name


@pytest.mark.parametrize(
    "typed",
    ["", " ", "bad name!!", "a/b/c/d", "a:b:c", ":tag", "a:", "-rf", "a;rm", "a..b", "../a", "a" * 81, "x.y/model", "ä",
     "$(id)", "a\nb", "hf.co//repo", "ollama pull"],
)  # fmt: skip
def test_what_ollama_would_refuse_is_refused_before_it_is_sent(typed: str) -> None:
    with pytest.raises(BadName):
        valid_name(typed)


def test_the_command_is_the_one_to_type() -> None:
    assert pull_command("llama3.2:1b") == "ollama pull llama3.2:1b"


def test_names_are_compared_as_ollama_compares_them() -> None:
    assert full_name("localhost:5000/library/gemma") == "localhost:5000/library/gemma:latest"
    assert same_name("Mistral", "mistral:latest")
    assert not same_name("mistral", "mistral:7b")
    assert [is_cloud(name) for name in ("gpt-oss:120b-cloud", "x:cloud", "cloud", "x:cloudy")] == [
        True,
        True,
        False,
        False,
    ]


def test_memory_is_the_file_the_cache_and_half_a_gigabyte() -> None:
    row = ROWS["mistral:7b"]
    assert ram_bytes(row, 4096) == 4_400_000_000 + 4096 * 131_072 + 500_000_000
    assert ram_bytes(row, 10**9) == ram_bytes(row, row.context_length)
    assert ram_bytes(ROWS["all-minilm"], 256) == 545_960_996
    assert ram_bytes(ROWS["gemma4:31b"]) == 0
    assert ram_bytes(LibraryRow("new", "New", size_bytes=GB), 4096) > GB


def test_more_context_needs_more_memory() -> None:
    for row in LIBRARY.rows:
        needs = [ram_bytes(row, tokens) for tokens in (256, 4096, 32_768, 131_072)]
        assert needs == sorted(needs), row.name
        assert not row.size_bytes or needs[0] >= row.size_bytes + 500_000_000, row.name


def test_a_model_of_seven_billion_wants_a_computer_with_8_gb() -> None:
    advised = {name: computer_gb(ram_bytes(ROWS[name])) for name in ROADMAP["chat"]}
    assert advised["mistral:7b"] == advised["qwen2.5:7b"] == advised["llama3.1:8b"] == 8
    assert (advised["llama3.2:1b"], advised["llama3.2:3b"], advised["gemma2:9b"]) == (4, 6, 12)
    assert computer_gb(500 * GB) == 502


@pytest.mark.parametrize(
    ("asked", "fits", "said"),
    [
        ({"need": 5 * GB, "corrected_gb": 16}, "yes", "This computer has 16 GB: enough."),
        ({"need": 5 * GB, "corrected_gb": 6}, "tight", "close other programs"),
        ({"need": 5 * GB, "corrected_gb": 4, "browser_says_gb": 8}, "no", "too little"),
        ({"need": 5 * GB, "browser_says_gb": 8}, "yes", "The browser reports 8 GB: enough."),
        ({"need": 14 * GB, "browser_says_gb": 8}, "unknown", "there may be more"),
        ({"need": 5 * GB}, "unknown", "doesn't report this computer's memory"),
        ({"need": 0, "corrected_gb": 64}, "unknown", "Unknown until it is loaded."),
        ({"need": 5 * GB, "measured_bytes": 287_246_908}, "yes", "Uses 287 MB now."),
        (
            {"need": 5 * GB, "browser_says_gb": 8, "is_elsewhere": True},
            "unknown",
            "so this page can't compare",
        ),
    ],
)
def test_memory_is_judged_by_what_is_known_and_says_how(asked: dict[str, int], fits: str, said: str) -> None:
    found = memory_words(**asked)  # type: ignore[arg-type]
    assert found.fits == fits
    assert said in english(found.words)
