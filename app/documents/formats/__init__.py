"""One file a format. Each offers `read(file, name) -> Steps`: what it yields is (pages done, pages in all)."""
