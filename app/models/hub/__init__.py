"""The Hugging Face Hub: what is asked of it, and what its answers and its files' names say."""
