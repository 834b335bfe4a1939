"""The local API in OpenAI's format: what its clients ask, and how they are answered. Pure Python."""
