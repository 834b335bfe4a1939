"""Cloud services without a network: handwritten streams in each dialect, every refusal, keys, pauses."""
