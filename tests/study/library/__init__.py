"""The library: its records, its files, how documents are read."""
