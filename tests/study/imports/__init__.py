"""Exports of other programs."""
