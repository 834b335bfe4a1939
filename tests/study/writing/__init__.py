"""Study notes written from documents: their records, what models are asked, the Markdown that they become."""
