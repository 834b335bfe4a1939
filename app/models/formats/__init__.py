"""What a model file is, read from its header: GGUF, LiteRT, task."""
