"""Tests of app/core, in ordinary Python."""
