"""Questions of a quiz: read from what a model wrote, judged by the passage, made without a model, graded."""
