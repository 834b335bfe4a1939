"""Every check of the project. `python -m tests` runs them; see `tests/__main__.py` for the words it takes."""
