"""One file a format, as in app/documents/formats/."""
