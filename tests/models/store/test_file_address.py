"""Fault E6: what people copy is understood as the address of a file, or they are told what to copy."""

from __future__ import annotations

import pytest

from app.core.errors import Refused
from app.models.store.file_address import direct, file_address
from tests.words import english, raises

FILE = "https://huggingface.co/user/repo/resolve/main/x.gguf"
RAW = "https://raw.githubusercontent.com/user/repo/main/models/x.gguf"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("https://huggingface.co/user/repo/blob/main/x.gguf?download=true", FILE),
        ("https://huggingface.co/user/repo/resolve/main/x.gguf?download=true", FILE),
        ("https://huggingface.co/user/repo/raw/main/x.gguf#top", FILE),
        ("  <https://huggingface.co/user/repo/blob/main/x.gguf> ", FILE),
        ("https://www.huggingface.co/user/repo/blob/main/x.gguf", FILE.replace("hug", "www.hug", 1)),
        ("huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("user/repo/x.gguf", FILE),
        ("user/repo/blob/main/x.gguf", FILE),
        ("hf://user/repo/x.gguf", "https://huggingface.co/user/repo/resolve/main/x.gguf"),
        ("wget https://huggingface.co/user/repo/resolve/main/x.gguf", FILE),
        ("https://hf.co/user/repo/blob/main/x.gguf", FILE.replace("huggingface", "hf")),
        (
            "https://huggingface.co/user/repo/blob/refs%2Fpr%2F1/sub/x.gguf",
            "https://huggingface.co/user/repo/resolve/refs%2Fpr%2F1/sub/x.gguf",
        ),
        (
            "https://huggingface.co/datasets/user/repo/blob/main/x.gguf",
            "https://huggingface.co/datasets/user/repo/resolve/main/x.gguf",
        ),
        ("https://github.com/user/repo/blob/main/models/x.gguf", RAW),
        ("https://github.com/user/repo/raw/main/models/x.gguf", RAW),
        (
            "https://github.com/user/repo/releases/download/v1/x.gguf",
            "https://github.com/user/repo/releases/download/v1/x.gguf",
        ),
        (
            "https://gitlab.com/group/sub/repo/-/blob/main/x.gguf?ref_type=heads",
            "https://gitlab.com/group/sub/repo/-/raw/main/x.gguf",
        ),
        (
            "https://git.school.example/a/b/-/blob/main/x.task",
            "https://git.school.example/a/b/-/raw/main/x.task",
        ),
        (
            "https://www.modelscope.cn/models/user/repo/file/view/master/x.gguf?status=2",
            "https://www.modelscope.cn/models/user/repo/resolve/master/x.gguf",
        ),
        ("https://codeberg.org/u/r/src/branch/main/x.gguf", "https://codeberg.org/u/r/raw/branch/main/x.gguf"),
        ("https://bitbucket.org/u/r/src/abc/x.gguf", "https://bitbucket.org/u/r/raw/abc/x.gguf"),
        ("https://huggingface.co/user/repo/tree/main/x.gguf", FILE),
        ("https://huggingface.co/user/repo/blame/main/x.gguf", FILE),
        ("https://huggingface.co/user/repo/commits/main/x.gguf", FILE),
        ("https://huggingface.co/user/repo?show_file_info=x.gguf", FILE),
        ("https://huggingface.co/user/repo/tree/main?show_file_info=x.gguf", FILE),
        ("https://huggingface.co//user/repo/blob//main/x.gguf/", FILE),
        ("http://huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("https:/huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("https//huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("//huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("view-source:https://huggingface.co/user/repo/blob/main/x.gguf", FILE),
        ("\u200bhttps://huggingface.co/user/repo/blob/main/x.gguf\ufeff", FILE),
        ("“https://huggingface.co/user/repo/blob/main/x.gguf”", FILE),
        ("[x](https://huggingface.co/user/repo/blob/main/x.gguf)", FILE),
        ("See https://huggingface.co/user/repo/blob/main/x.gguf it is good", FILE),
        ("https://huggingface.co/user/repo/blob/main/x.gguf it is good", FILE),
        ('curl -LO "https://huggingface.co/user/repo/resolve/main/x.gguf?download=true" -o x.gguf', FILE),
        ("wget -c https://huggingface.co/user/repo/resolve/main/x.gguf", FILE),
        ("hf download user/repo x.gguf --local-dir .", FILE),
        ("huggingface.co/user/repo/x.gguf", FILE),
        ("hf://user/repo@v2/x.gguf", FILE.replace("main", "v2")),
        ("https://huggingface.co/user/repo/blob/main/my x.gguf?a=b", FILE.replace("x.gguf", "my%20x.gguf")),
        ("https://huggingface.co/gpt2/resolve/main/x.gguf", FILE.replace("user/repo", "gpt2")),
        ("https://school.example/a (1).gguf?k=[1]", "https://school.example/a%20(1).gguf?k=[1]"),
        ("http://[::1]:8000/x.gguf?a=b", "http://[::1]:8000/x.gguf?a=b"),
        ("[::1]:8000/x.gguf", "http://[::1]:8000/x.gguf"),
        ("192.168.1.5:8000/x.gguf", "http://192.168.1.5:8000/x.gguf"),
        ("nas.local/x.gguf", "http://nas.local/x.gguf"),
        (
            "https://github.com/user/repo/releases/latest/download/x.gguf",
            "https://github.com/user/repo/releases/latest/download/x.gguf",
        ),
        ("https://huggingface.co.school.example/a/blob/x.gguf", "https://huggingface.co.school.example/a/blob/x.gguf"),
        ("https://school.example/x.gguf?key=1", "https://school.example/x.gguf?key=1"),
        ("school.example/x.gguf", "https://school.example/x.gguf"),
        ("localhost:8000/x.gguf", "http://localhost:8000/x.gguf"),
        ("http://127.0.0.1:8000/blob/x.gguf", "http://127.0.0.1:8000/blob/x.gguf"),
    ],
)
def test_a_file_page_is_understood(typed: str, address: str) -> None:
    assert file_address(typed) == address
    assert file_address(address) == address, "what was understood once stays as it is"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("user/repo", "a repository on Hugging Face"),
        ("bartowski/Llama-3.2-1B-Instruct-GGUF", "a repository on Hugging Face"),
        ("user-name/repo-1.5", "a repository on Hugging Face"),
        ("https://huggingface.co/user/repo", "a repository"),
        ("https://huggingface.co/user/repo/", "a repository"),
        ("https://huggingface.co/user/repo/tree/main", "a repository"),
        ("https://huggingface.co/user/repo/blob/main", "a repository"),
        ("https://huggingface.co/user/repo/discussions/3", "a repository"),
        ("https://huggingface.co/user/repo/resolve/main", "a repository"),
        ("https://huggingface.co/collections/user/x-1", "a page on Hugging Face"),
        ("https://huggingface.co/user", "a page on Hugging Face"),
        ("https://huggingface.co", "a page on Hugging Face"),
        ("hf.co/user/repo:Q4_K_M", "a name for Ollama"),
        ("user/repo:Q4_K_M", "a name for Ollama"),
        ("ollama run hf.co/user/repo:Q4_K_M", "a name for Ollama"),
        ("https://ollama.com/library/llama3.2", "Ollama's library"),
        ("registry.ollama.ai/library/llama3.2", "Ollama's library"),
        ("ollama run llama3.2", "a name for Ollama"),
        ("qwen3:0.6b", "a name for Ollama"),
        ("llama-server -hf user/repo:Q4_K_M", "a name for Ollama"),
        ("git@hf.co:user/repo", "user/repo is a repository"),
        ("git clone https://huggingface.co/user/repo.git", "user/repo is a repository"),
        ("ssh://git@hf.co/user/repo", "a repository"),
        ("https://huggingface.co/api/models/user/repo", "a page on Hugging Face"),
        ("https://me:secret@school.example/x.gguf", "user name or a password"),
        ("https://me@huggingface.co/user/repo/blob/main/x.gguf", "user name or a password"),
        ("blob:https://school.example/1234", "not a web address"),
        ("javascript:fetch('https://school.example/x.gguf')", "not a web address"),
        ("data:text/plain,https://school.example/x.gguf", "not a web address"),
        ("./x.gguf", "not a web address"),
        ("/srv/x.gguf", "not a web address"),
        ("C:\\models\\x.gguf", "not a web address"),
        ("https://github.com/user/repo", "a page on GitHub"),
        ("https://github.com/user/repo/tree/main/models", "a page on GitHub"),
        ("https://github.com/user/repo/releases/tag/v1", "a page on GitHub"),
        ("https://modelscope.cn/models/user/repo/files", "a page on ModelScope"),
        ("", "not a web address"),
        ("x.gguf", "not a web address"),
        ("my model", "not a web address"),
        ("ftp://x/y.gguf", "not a web address"),
        ("file:///models/x.gguf", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("https://", "not a web address"),
        ("https://[x/a.gguf", "not a web address"),
        ("https://x.example:99999999/a.gguf", "not a web address"),
    ],
)
def test_what_is_no_file_is_told_with_what_to_do(typed: str, words: str) -> None:
    with raises(Refused, words) as caught:
        file_address(typed)
    assert english(caught.value.cure)
    assert not caught.value.needs_token


def test_a_repository_is_named_with_the_page_of_its_files() -> None:
    with pytest.raises(Refused) as caught:
        file_address("user/repo")
    assert english(caught.value.message) == "user/repo is a repository on Hugging Face, not a file."
    assert "https://huggingface.co/user/repo/tree/main" in english(caught.value.cure)


@pytest.mark.parametrize("url", ["static/x.gguf", "https://[x/a.gguf", "https://school.example/a/blob/x.gguf", ""])
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert direct(url) == url
