"""Models that run inside the browser."""
