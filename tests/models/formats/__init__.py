"""Model files, read from their headers."""
