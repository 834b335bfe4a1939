"""What words of one language are called in others."""
