"""Tests of what replies cost, and of the table of prices."""
