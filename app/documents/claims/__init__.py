"""Whether a reply says what its sources say, checked without a model."""
