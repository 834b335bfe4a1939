"""The sections of Settings."""
