"""Models that run inside this browser: which engine runs which, and their one queue."""
