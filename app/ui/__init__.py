"""Room 4a: state to HTML strings. No input, no output, no JavaScript."""
