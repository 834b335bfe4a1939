"""The tiny GGUF model with chat templates of models that think. Its thinking is noise, for it was never trained in any;
told not to think, it answers as ever.

    app.import_model(thinking_model(tmp_path, "asks"))
"""

from __future__ import annotations

from pathlib import Path

from tests.environment import ROOT
from tests.ollama.gguf import with_template

TINY = ROOT / "tests" / "fixtures" / "models" / "tiny-gemma3-f16.gguf"

#: Chat templates as DeepSeek R1 (which always opens the thinking) and Qwen3 (which asks) have them.
TURN = "{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else 'user') + '\\n' + content"
TURNS = TURN + " + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n"
THINKING = {
    "opens": "{{ bos_token }}{% for message in messages %}{% set content = message['content'] %}"
    "{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}"
    + TURNS
    + "<think>\\n' }}{% endif %}",
    "asks": "{{ bos_token }}{% for message in messages %}{% set content = message['content'] %}"
    "{% if message['reasoning_content'] %}"
    "{% set content = '<think>\\n' + message['reasoning_content'] + '\\n</think>\\n\\n' + content %}{% endif %}"
    + TURNS
    + "' }}{% if enable_thinking is not defined or enable_thinking %}{{ '<think>\\n' }}{% endif %}{% endif %}",
}


def thinking_model(folder: Path, name: str) -> Path:
    """A model with one of these templates, in a file of the template's name."""
    path = folder / f"{name}.gguf"
    path.write_bytes(with_template(TINY, THINKING[name]))
    return path
