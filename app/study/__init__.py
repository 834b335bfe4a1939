"""Room 2: what a student does. Pure Python over the ports."""
