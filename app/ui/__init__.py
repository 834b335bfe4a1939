"""State to HTML strings. No input, no output, no JavaScript."""
