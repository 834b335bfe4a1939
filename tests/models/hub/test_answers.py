"""The Hub's answers in their documented shapes, and in others: what does not have its shape is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.models.hub.answers import HubFile, Repository, files, next_page, repositories, repository

SHA = "0974" + "a" * 56 + "203a"
COMMIT = "b" * 40
#: as list-models.ts and model listings show them, with the tags that `expand=tags` adds
SEARCH = """[{"_id":"66f8","id":"ggml-org/gemma-3-1b-it-GGUF","downloads":186325,"likes":38,"gated":false,
"tags":["gguf","license:gemma","region:us"]},{"_id":"66f9","id":"google/gemma","likes":7,"gated":"manual"}]"""
FILE = {"type": "file", "oid": "ba5d", "size": 440473133, "path": "a/x.gguf", "xetHash": "2d84"}
LFS = {"oid": SHA, "size": 440473133, "pointerSize": 134}


def test_a_search() -> None:
    assert repositories(json.loads(SEARCH)) == (
        Repository("ggml-org/gemma-3-1b-it-GGUF", 186325, 38, "gemma"),
        Repository("google/gemma", 0, 7, "", is_gated=True),
    )


def test_a_repository_has_its_commit() -> None:
    found = repository({"id": "user/repo", "sha": COMMIT, "gated": "auto", "tags": ["license:mit"]})
    assert found == Repository("user/repo", licence="mit", is_gated=True, revision=COMMIT)


@pytest.mark.parametrize(
    "row",
    [
        *({}, {"id": 7}, {"id": "one"}, {"id": "../x"}, {"id": "a/b/c"}, {"id": "a/<b>"}),
        {"id": "a/" + "b" * 97},
    ],
)
def test_what_is_no_repository_is_left_out(row: dict[str, Any]) -> None:
    assert repositories([row, {"id": "user/repo"}]) == (Repository("user/repo"),)


@pytest.mark.parametrize("answer", [None, {}, "text", 3, [None, 4, []]])
def test_what_is_no_list_is_an_empty_one(answer: object) -> None:
    assert (repositories(answer), files(answer)) == ((), ())


def test_odd_fields_are_as_if_they_were_missing() -> None:
    row = {"id": "user/repo", "downloads": -1, "likes": True, "tags": [7, "license:" + "x" * 99], "sha": "main"}
    assert repositories([row]) == (Repository("user/repo"),)


def test_a_file_has_the_hash_and_size_of_git_lfs() -> None:
    assert files([{**FILE, "lfs": LFS}]) == (HubFile("a/x.gguf", 440473133, SHA),)
    assert files([{**FILE, "lfs": LFS}])[0].name == "x.gguf"


@pytest.mark.parametrize(
    "row",
    [
        FILE,
        {**FILE, "lfs": None},
        {**FILE, "lfs": {**LFS, "oid": SHA.upper()}},
        {**FILE, "lfs": {**LFS, "oid": 7}},
        {**FILE, "lfs": {**LFS, "size": 0}},
        {**FILE, "lfs": {**LFS, "size": 2**60}},
        {**FILE, "lfs": LFS, "type": "directory"},
        *({**FILE, "lfs": LFS, "path": path} for path in ("../x.gguf", "a//x.gguf", "x\n.gguf", "a" * 501, 7)),
    ],
)
def test_a_file_that_could_not_be_checked_is_left_out(row: dict[str, Any]) -> None:
    assert files([row]) == ()


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (
            '<https://huggingface.co/api/models?cursor=a%3D>; rel="next"',
            "https://huggingface.co/api/models?cursor=a%3D",
        ),
        ("<https://a.example/1>; rel=prev, <https://a.example/3>; rel=next", "https://a.example/3"),
        *(("", ""), ('<https://a.example>; rel="last"', ""), ("nonsense", "")),
    ],
)
def test_the_next_page(link: str, url: str) -> None:
    assert next_page(link) == url
