"""Real servers that answer as cloud services do: llmock, which also judges its clients, and llama.cpp."""
