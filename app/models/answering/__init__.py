"""From a request to an answer, wherever the model is: dispatch, the gate for words, fallback, context."""
