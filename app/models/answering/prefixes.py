"""What embedding models were trained to read before a text, by their names: no file and no server tells it.

prefixed_as("nomic-embed-text:v1.5")            # Embeds(query="search_query: ", document="search_document: ")
prefixed_as("Multilingual E5 Small")
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.embeds import UNTOLD, Embeds

# From the models' own cards; the others take a text as it is.
BY_NAME: Mapping[str, Embeds] = {
    "nomic-embed-text": Embeds(query="search_query: ", document="search_document: "),
    "mxbai-embed-large": Embeds(query="Represent this sentence for searching relevant passages: "),
    "embeddinggemma": Embeds(query="task: search result | query: ", document="title: none | text: "),
    "qwen3-embedding": Embeds(
        query="Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
    ),
    "multilingual-e5": Embeds(query="query: ", document="passage: "),
}


def prefixed_as(name: str) -> Embeds:
    """The prefixes of a model that is called so, in whatever spelling; none where it is not known."""
    plain = re.sub(r"[\s_]+", "-", name.lower())
    return next((embeds for known, embeds in BY_NAME.items() if known in plain), UNTOLD)
