"""Ollama, a program on the same computer or in the same network that runs models: everything the app does with it."""
