"""Practice: its records, its scheduling, what is asked."""
