"""Answers from cloud services, with the person's own key, straight from the browser."""
