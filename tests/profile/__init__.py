"""Recorded profiles: what the browser kept of a version of this app, so that later versions can be opened on it."""
