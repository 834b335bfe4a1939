"""Tests of the room that reads documents and finds in them."""
