"""Tests of the router: what a question shows, who may answer, and why."""
