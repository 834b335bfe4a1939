"""Anki's files: packages of both forms and lists of text are read, the form that every Anki takes is written."""
