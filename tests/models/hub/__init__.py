"""The Hugging Face Hub: places, answers, names, and the client."""
