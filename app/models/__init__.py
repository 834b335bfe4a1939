"""Room 1: where answers come from. Pure Python over the ports."""
