"""The GGUF architectures that the browser's llama.cpp can load, and those that are known to be something else.

`KNOWN` is the table of names inside wllama's own program (llama.cpp b12211, wllama 3.13.0), read from it; a test
compares the two, so that a new version of wllama brings its new names.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.models.formats.facts import FileKind

_KNOWN = """
    clip llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bert modern-bert nomic-bert
    nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert bloom stablelm qwen qwen2 qwen2moe qwen2vl
    sensenova_u1 qwen3 flint qwen3moe clover_moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe clef vllm-decision2
    qwen4exp phi2 phi3 phimoe plamo plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3
    gemma3n gemma4 gemma4-assistant gemma-embedding gemma-embedding2 starcoder2 mamba mamba2 maple jamba falcon-h1
    xverse command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe muse-glimmer muse-spark openelm arctic deepseek
    deepseek2 deepseek2-ocr deepseek32 deepseek4 deepseek41 xing4_0 chatglm glm4 glm4moe glm-dsa bitnet t5 t5encoder
    jais jais2 nemotron nemotron_h nemotron_h_moe metis16 exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7
    granite granitemoe granitehybrid graniteswitch granite_swa chameleon wavtokenizer-dec plm bailingmoe bailingmoe2
    bailingmoe3 dots1 dots3note arcee afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe hunyuan-dense hunyuan_vl hy_v3
    hy_v4 smollm3 gpt-oss lfm2 lfm2moe lfm3 dream smallthinker llada llada-moe seed_oss grovemoe apertus minimax-01
    hrm_text limite minimax-m2 minimax-m3 cogvlm rnd1 pangu-embedded mistral3 eagle3 dflash mistral4 mistral-large4
    paddleocr mimo2 step35 spark2_5 llama-embed maincoder maion-coder kimi-linear kimi-k3 kimi-k31 glm5-next talkie
    mellum nanbeige qwen3tts pockettts k2-horizon beam kolibri1 ricursive
"""
KNOWN = frozenset(_KNOWN.split())

# Architectures whose files cannot chat, whichever program reads them. Names beyond `KNOWN` are those that
# stable-diffusion.cpp, ComfyUI-GGUF, whisper.cpp, TTS.cpp and their kind write.
_BY_KIND: Mapping[FileKind, str] = {
    "embedding": """
        bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding
        gemma-embedding2 llama-embed roberta xlm-roberta distilbert mpnet deberta
    """,
    "projector": """
        clip mmproj siglip vit
    """,
    "control-vector": "controlvector",
    "adapter": "lora",
    "draft": """
        eagle eagle2 eagle3 dflash medusa mtp gemma4-assistant
    """,
    "diffusion": """
        dream llada llada-moe rnd1
    """,
    "decision": """
        clef vllm-decision2
    """,
    "encoder": "t5 t5encoder",
    "speech": """
        wavtokenizer-dec qwen3tts pockettts whisper parler-tts kokoro dia orpheus csm snac mimi moshi encodec bark
        chatterbox outetts piper vits parakeet canary sensevoice moonshine silero-vad
    """,
    "image": """
        flux flux2 sd sd1 sd2 sd3 sdxl sd_xl aura auraflow chroma cosmos hidream hunyuan_video hyvid lcm ltxv ltxv2
        lumina lumina2 pig pixart qwen_image omnigen sana svd vae wan z_image esrgan
    """,
}
KIND_OF: Mapping[str, FileKind] = {name: kind for kind, names in _BY_KIND.items() for name in names.split()}
