"""DrLeeLM: a study companion whose models, chats and files stay on the student's own machine."""

from pathlib import Path

from app.core.compiled import use_compiled

VERSION = "0.1.0"

use_compiled(Path(__file__).parent)
