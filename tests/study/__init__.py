"""Tests of what a student does: chats and replies over ports in memory."""
