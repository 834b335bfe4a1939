"""Stored records behind a door: checked when they are read, shared between open pages."""
