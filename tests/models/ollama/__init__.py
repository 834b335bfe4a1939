"""Tests of what the app does with Ollama."""
