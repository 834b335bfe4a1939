"""A stand-in for a real Ollama, the recordings it was written from, and the check that runs against either."""
