"""Claims of replies that a run can check."""
