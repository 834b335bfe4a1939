"""Practice: cards that come again when they are due, and questions on what was read."""
