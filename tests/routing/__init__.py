"""How well the router's signals decide, measured on labelled questions: `python -m tests routing DATA.jsonl`."""
