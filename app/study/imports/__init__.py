"""Chats of other programs: their exports read, and what of them becomes chats here."""
