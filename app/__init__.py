"""DrLeeLM: a study companion whose models, chats and files stay on the student's own machine."""

VERSION = "0.1.0"
