"""Stored records."""
