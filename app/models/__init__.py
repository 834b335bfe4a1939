"""Where answers come from. Pure Python over the ports."""
