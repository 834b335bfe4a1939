"""A person's own documents: what is kept of them, how they are read, and the notebooks they lie in."""
