"""The device: check, recommendation, benchmark."""
