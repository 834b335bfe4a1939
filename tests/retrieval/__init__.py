"""How well the app finds, on any collection of texts, questions and judgements."""
