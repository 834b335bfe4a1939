"""Study notes that are written from documents: summaries, outlines, glossaries, Cornell notes, each point cited."""
