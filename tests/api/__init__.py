"""The local API in OpenAI's format."""
