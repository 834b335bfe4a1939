"""Tests of what checks the claims of a reply."""
