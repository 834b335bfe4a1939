"""What an article about one of Ollama's models says of its context length."""

from __future__ import annotations

from app.models.ollama.answers import Installed, Running
from app.models.ollama.library import LibraryRow
from app.models.ollama.server import OllamaRow
from app.ui.parts.ollama_model import Beside, context_choice, more, reads

LISTED = LibraryRow("llama3.2:1b", "Llama", size_bytes=1_300_000_000, context_length=131_072, kv_bytes=32_768)
THERE = Installed("llama3.2:1b", "d", 1_300_000_000, context_length=131_072, capabilities=("completion",))
BESIDE = Beside(is_chosen=False, is_running=True, facts=None, memory_gb=0.0, is_elsewhere=False)


def test_a_row_says_what_the_server_really_reads_where_that_is_known() -> None:
    """Fault O2: the longest that the model was made for stood there, while the server read 4,096 tokens."""
    assert reads(OllamaRow("llama3.2:1b", LISTED, THERE)) == "context up to 131,072 tokens"
    loaded = OllamaRow("llama3.2:1b", LISTED, THERE, Running("llama3.2:1b", 5, context_length=4096), reads=4096)
    assert reads(loaded) == "reads 4,096 of 131,072 tokens"
    assert reads(OllamaRow("x", None, THERE, reads=131_072)) == "reads 131,072 tokens"
    assert reads(OllamaRow("x")) == ""


def test_every_length_up_to_the_models_own_is_offered_with_its_memory() -> None:
    """Fault O2."""
    html = str(context_choice(OllamaRow("llama3.2:1b", LISTED, THERE, reads=8192, num_ctx=8192)))
    assert '<option value="8192" selected>8,192 tokens: 2.1 GB of memory</option>' in html
    assert '<option value="131072">131,072 tokens: 6.1 GB of memory</option>' in html
    assert "262,144" not in html
    assert '<option value="0">As Ollama decides</option>' in html
    assert 'data-on="change:ollama:context" data-arg="llama3.2:1b"' in html


def test_a_length_is_offered_only_where_it_means_something() -> None:
    remote = Installed("big:cloud", "d", 5, remote_host="https://ollama.com")
    embeds = Installed("embed", "d", 5, capabilities=("embedding",))
    for installed in (None, remote, embeds):
        assert "Context length" not in str(more(OllamaRow("x", None, installed), BESIDE))
    assert "Context length" in str(more(OllamaRow("x", None, THERE), BESIDE))
