"""Exports, backups and imports."""
