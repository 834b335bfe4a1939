"""Tests of app/models, in ordinary Python."""
