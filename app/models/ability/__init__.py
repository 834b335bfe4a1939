"""How able a model is: one figure wherever it runs."""
