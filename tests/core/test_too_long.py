"""Fault S3: "too long" is recognised by what is said, not by one sentence of one server (and S6: a reply's own limit is
something else)."""

from __future__ import annotations

import pytest

from app.core.too_long import most_reply, too_long

#: (words, the limit that they tell)
TOO_LONG = [
    # engines
    ("Input is too long for the model to process: input_size(480) was not less than maxTokens(128)", 128),
    ("Input token ids are too long. Exceeding the maximum number of tokens allowed: 491 >= 256", 256),
    ("request (491 tokens) exceeds the available context size (256 tokens), try increasing it", 256),
    ("kv_cache_full", 0),
    ("Context window has been exceeded", 0),
    # llama.cpp, Ollama, LM Studio, llama-cpp-python, MLX, GPT4All
    ("n_keep: 13055 >= n_ctx: 4096", 4096),
    ("the request exceeds the available context size. try increasing the context size or enable context shift", 0),
    ("exceed_context_size_error", 0),
    ("input length exceeds the context length", 0),
    ("the input length exceeds the context length (n_ctx = 2048)", 2048),
    (
        "Trying to keep the first 6547 tokens when context the overflows. However, the model is loaded with context "
        "length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or "
        "provide a shorter input",
        4096,
    ),
    (
        "The number of tokens to keep from the initial prompt is greater than the context length. Try to load the "
        "model with a larger context length, or provide a shorter input",
        0,
    ),
    ("Requested tokens (5000) exceed context window of 4096", 4096),
    ("prompt length 5000 exceeds max kv size 4096", 4096),
    ("ERROR: The prompt size exceeds the context window size and cannot be processed.", 0),
    # OpenAI and those that speak as it does
    (
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please "
        "reduce the length of the messages.",
        8192,
    ),
    (
        "This model's maximum context length is 4097 tokens. However, you requested 5000 tokens (1000 in the messages, "
        "4000 in the completion). Please reduce the length of the messages or completion.",
        4097,
    ),
    ("This model's maximum context length is 128000 tokens.", 128_000),
    ("context_length_exceeded Your input exceeds the context window of this model. Please adjust your input.", 0),
    (
        "string_above_max_length Invalid 'messages[0].content': string too long. Expected a string with maximum length "
        "1048576, but got a string with length 1500000 instead.",
        0,
    ),
    ("Invalid 'messages': array too long. Expected an array with maximum length 2048, but got length 3000.", 0),
    ("maximum prompt length is 131072 but the request contains 136973", 131_072),
    ("This model's maximum prompt length is 131,072 but the request contains 136,973 tokens.", 131_072),
    ("Please reduce the length of the messages or completion. Current length is 9120 while limit is 8192", 8192),
    ("Please reduce the length of the messages.", 0),
    ("Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", 32_768),
    ("prompt too long; exceeded max context length by 500 tokens", 0),
    ("The prompt is too long: 9000, model maximum context length: 8191", 8191),
    ("The prompt is too long.", 0),
    # Anthropic, Bedrock, Gemini, Vertex
    ("prompt is too long: 210000 tokens > 200000 maximum", 200_000),
    (
        "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length or "
        "`max_tokens` and try again",
        200_000,
    ),
    ("Input is too long for requested model.", 0),
    ("Malformed input request: expected maxLength: 200000, actual: 250000, please reformat your input", 0),
    ("Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.", 0),
    ("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", 1_048_576),
    (
        "Unable to submit request because the input token count is 40000 but model only supports up to 32767. Reduce "
        "the input token count and try again.",
        32_767,
    ),
    # Cohere, TGI, vLLM, SGLang, TensorRT, transformers, others
    ("too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try a shorter", 4081),
    (
        "too many tokens: size limit exceeded by 5023 tokens. Try using shorter or fewer inputs. The limit for this "
        "model is 132000 tokens.",
        132_000,
    ),
    (
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and "
        "1024 `max_new_tokens`",
        4096,
    ),
    ("Input validation error: `inputs` must have less than 1024 tokens. Given: 1500", 1024),
    ("The input (9001 tokens) is longer than the model's context length (8192 tokens).", 8192),
    (
        "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a total of "
        "9000 tokens: 8000 tokens from the input messages and 1000 tokens for the completion.",
        8192,
    ),
    (
        "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4900 in the messages, "
        "100 in the completion). Please reduce the length of the messages or completion.",
        4096,
    ),
    ("The decoder prompt (length 9000) is longer than the maximum model length of 8192.", 8192),
    ("Prompt length (9000) exceeds maximum input length (8192). Set truncate_prompt_tokens", 8192),
    (
        "Token indices sequence length is longer than the specified maximum sequence length for this model (1500 > "
        "1024).",
        1024,
    ),
    ("The provided prompt is 9000 tokens long, but the maximum supported sequence length is just 8192!", 8192),
    ("Got 9001 tokens, but at most 8192 are allowed", 8192),
    ("Token count 9001 > 8192", 8192),
    ("The request has 200123 tokens; this model takes at most 131072.", 131_072),
    ("This request has 5000 tokens, but the context is 4096.", 4096),
    ("Number of tokens (9001) exceeds 8192", 8192),
    ("Cannot process 9001 tokens with a 8192-token window", 8192),
    ("Input exceeds the model's limit of 4096 tokens", 4096),
    ("Your conversation exceeds the model's context.", 0),
    ("The conversation is too long for this model", 0),
    ("Prompt tokens (5000) + max_tokens (500) exceeds context window (4096)", 4096),
    ("Request exceeds maximum allowed tokens: 9000/8192", 8192),
    ("Input is longer than 4096 tokens", 4096),
    ("Range of input length should be [1, 30720]", 30_720),
    ("exceeds the maximum number of tokens allowed (1048576)", 1_048_576),
    ("token limit exceeded", 0),
    ("slot context full", 0),
    ("failed to decode: KV cache is full", 0),
    ("Sorry, the conversation is longer than what I can process (8192 tokens)", 8192),
    ("8192 tokens allowed, 9001 given", 8192),
    ("string_too_long String should have at most 8000 characters messages content", 0),
    # other things named beside the context, and limits in other words
    (
        "This model's maximum context length is 16385 tokens. However, your messages resulted in 17000 tokens (16500 "
        "in the messages, 500 in the functions). Please reduce the length of the messages or functions.",
        16_385,
    ),
    (
        "This endpoint's maximum context length is 32768 tokens. However, you requested about 50000 tokens (30000 of "
        "text input, 2000 of tool input, 18000 in the output).",
        32_768,
    ),
    (
        "Unable to submit request because the input token count is 1198402 but model only supports up to 1048576. "
        "You can also use the CountTokens API to calculate prompt token count and billable characters.",
        1_048_576,
    ),
    ("Total tokens of image and text exceed max message tokens", 0),
    ("The file content exceeds the model's context window of 128000 tokens", 128_000),
    ("Please provide a prompt with fewer than 4096 tokens", 4096),
    ("Input validation error: `inputs` must have less than 1000000 characters. Given: 1200000", 0),
    ("Invalid request: Your request exceeded model token limit: 8192", 8192),
    ("Current length is 9000 while limit is 8192", 8192),
    ("Ran out of context space: the prompt does not fit", 0),
    ("prompt (9000) + max_new_tokens (512) > max_length (8192)", 8192),
    ("9,001 tokens is more than the 8,192 supported", 8192),
    ("Input sequence of 5000 tokens does not fit into 4096 tokens", 4096),
    ("input characters limit is 30000", 0),
    ("PromptTooLong", 0),
    ("ContextLengthExceeded", 0),
]

OTHERS = [
    "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens "
    "must be reduced in order to run successfully.",
    "Limit 30000, Requested 40000 TPM",
    "Rate limit reached for model `x` on tokens per day (TPD): Limit 500000, Used 499000, Requested 2000.",
    "You exceeded your current quota, please check your plan and billing details",
    "This request requires more credits, or fewer max_tokens. You requested up to 65535 tokens, but can afford 12.",
    "Daily token limit of 100000 exceeded: 120000 tokens",
    "Too many requests",
    "max_tokens is too large: 8192. This model supports at most 4096 completion tokens, whereas you provided 8192.",
    "max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens for claude-3-haiku-20240307",
    "`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens` is less than the "
    "`context_window` for this model",
    "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]",
    "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 tokens "
    "and your request has 30 input tokens (4096 > 4096 - 30).",
    "Output length exceeded",
    "The response exceeds the maximum output length of 4096 tokens",
    "messages.0.content.0.image: image exceeds 5 MB maximum: 6000000 bytes > 5242880 bytes",
    "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an array with length 129.",
    "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64",
    "temperature: Input should be less than or equal to 2",
    "The model `x-128k` does not exist",
    "Loading model",
    "Failed to allocate a context of 131072 tokens: not enough memory, 4096 tokens at most",
    "llama_context: n_ctx_per_seq (4096) > n_ctx_train (2048) -- possible training context overflow",
    "File name too long",
    "The request is missing its prompt",
    "Password is too long",
    "stop: too many stop sequences",
    "thinking.budget_tokens: 32000 must be less than max_tokens 4096",
    "Rate limit: 40000 tokens per 60s exceeded, limit is 30000",
    "Monthly token limit reached: 1000000",
    "Insufficient tokens in your wallet: 500 left, 9000 needed",
    "The maximum number of messages per day is reached",
    "The model generated 5000 tokens, more than 4096",
    "Input should be a valid string",
    "The request took too long and was stopped",
    "Gateway timeout: the prompt was too long in the queue",
    "The model has a context length of 8192 tokens and 32 layers",
    "Too many tokens, please wait before trying again.",
    "The request was blocked: too many tokens used this month",
    "stop: array too long. Expected an array with maximum length 4, but got an array with length 5 instead.",
    "Invalid 'metadata': string too long. Expected a string with maximum length 512",
    "Request URL Too Long",
    "Audio input is too long",
    "PDF input is too long: 101 pages, at most 100",
    "response_format: input schema exceeds limit of 100 properties",
    "The prompt template is too large",
    "The requested number of output tokens 10000 exceeds the model's output token limit 8192",
    "boom",
    "",
]


@pytest.mark.parametrize(("words", "limit"), TOO_LONG)
def test_words_that_say_too_long_are_recognised_with_their_limit(words: str, limit: int) -> None:
    assert too_long(words) == limit


@pytest.mark.parametrize("words", OTHERS)
def test_words_about_other_limits_are_not(words: str) -> None:
    assert too_long(words) is None


def test_numbers_beside_the_words_are_enough() -> None:
    assert too_long("no", {"n_prompt_tokens": 910, "n_ctx": 256}) == 256
    assert too_long("no", {"n_prompt_tokens": 10, "n_ctx": 256}) is None
    assert too_long("the request exceeds the available context size", {"n_ctx": 512}) == 512
    assert too_long("no", {"n_prompt_tokens": "many", "n_ctx": None}) is None


def test_a_warning_in_the_log_behind_is_looked_at_by_line() -> None:
    warning = "llama_context: n_ctx_per_seq (4096) > n_ctx_train (2048) -- possible training context overflow"
    assert too_long(f"abort\n{warning}\nexceed") is None


@pytest.mark.parametrize(
    ("words", "asked", "most"),
    [
        (
            "max_tokens is too large: 8192. This model supports at most 4096 completion tokens, whereas you provided "
            "8192.",
            8192,
            4096,
        ),
        ("max_tokens: 8192 > 4096, which is the maximum allowed number of output tokens for claude-3", 8192, 4096),
        ("`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens`", 9000, 8192),
        ("Invalid max_tokens value, the valid range of max_tokens is [1, 8192]", 10_000, 8192),
        (
            "Unable to submit request because it has a maxOutputTokens value of 70000 but the supported range is from "
            "1 (inclusive) to 65537 (exclusive). Update the value and try again.",
            70_000,
            65_536,
        ),
        (
            "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 4096 "
            "tokens and your request has 30 input tokens (4096 > 4096 - 30).",
            4096,
            4066,
        ),
        (
            "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value "
            "that is lower than 4096.",
            5000,
            4096,
        ),
        ("max_completion_tokens is too large for gpt-4o-2024-08-06", 9000, 0),
        ("Unsupported parameter: 'max_tokens' is not supported here. Use 'max_completion_tokens'.", 60, None),
        ("Unrecognized request argument supplied: max_tokens", 60, None),
        ("prompt is too long: 210000 tokens > 200000 maximum", 60, None),
        ("temperature must be at most 2", 60, None),
    ],
)
def test_the_longest_reply_is_read_where_only_that_is_too_much(words: str, asked: int, most: int | None) -> None:
    """Fault S6: the number is what is wrong, not the parameter's name."""
    assert most_reply(words, asked) == most
