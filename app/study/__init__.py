"""What a student does. Pure Python over the ports."""
