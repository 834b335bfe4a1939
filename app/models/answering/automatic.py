"""Automatic: the entry in the list of models that lets the router choose. What chooses is in `app.models.routing`."""

from __future__ import annotations

from app.core.values import Model

AUTOMATIC = Model("automatic", "Automatic", best_for="the right model for each question", where="decided each time")
