"""Chats and everything else that the app keeps, out of the browser and back into it."""
