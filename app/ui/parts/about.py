"""What a model is good for, and what is published of it, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core.cards import QualityMode
from app.core.html import Html, h
from app.core.texts import Day, Figure, Plain, Text
from app.core.values import Model
from app.models.ability.families import READ, known
from app.models.ability.quality import billions_of
from app.ui.parts.controls import outside
from app.ui.parts.sheet import fact
from app.ui.words import t, words

#: what the built-in models are good for; others say it in their catalogue
ABOUT: Mapping[str, Text] = {
    "smollm2-135m": Text("models_page.about_smollm2_135m"),
    "all-minilm-l6-v2": Text("models_page.about_all_minilm_l6_v2"),
    "gemma-3-270m": Text("models_page.about_gemma_3_270m"),
    "gemma-3n-e2b": Text("models_page.about_gemma_3n_e2b"),
    "gemma-3n-e4b": Text("models_page.about_gemma_3n_e4b"),
    "gemma-4-e2b": Text("models_page.about_gemma_4_e2b"),
    "gemma-4-e4b": Text("models_page.about_gemma_4_e4b"),
    "lfm2.5-350m": Text("models_page.about_lfm2_5_350m"),
    "qwen3.5-0.8b": Text("models_page.about_qwen3_5_0_8b"),
    "lfm2.5-1.2b": Text("models_page.about_lfm2_5_1_2b"),
    "granite-4.0-1b": Text("models_page.about_granite_4_0_1b"),
    "qwen3.5-2b": Text("models_page.about_qwen3_5_2b"),
    "smollm3-3b": Text("models_page.about_smollm3_3b"),
    "llama-3.2-3b": Text("models_page.about_llama_3_2_3b"),
    "granite-4.1-3b": Text("models_page.about_granite_4_1_3b"),
    "smolvlm-500m": Text("models_page.about_smolvlm_500m"),
    "bge-small-en-v1.5": Text("models_page.about_bge_small_en"),
    "nomic-embed-text-v1.5": Text("models_page.about_nomic_embed_text"),
    "embeddinggemma-300m": Text("models_page.about_embeddinggemma"),
    "bge-reranker-v2-m3": Text("models_page.about_bge_reranker"),
}
#: what a licence wants that its name does not say; read at the publishers' cards on 2026-11-28
TERMS: Mapping[str, Text] = {"LFM1.0": Text("models_page.terms_lfm")}
LANGUAGES: Mapping[str, Text] = {
    "ar": Text("models_page.arabic"),
    "cs": Text("models_page.czech"),
    "de": Text("models_page.german"),
    "en": Text("models_page.english"),
    "es": Text("models_page.spanish"),
    "fr": Text("models_page.french"),
    "it": Text("models_page.italian"),
    "ja": Text("models_page.japanese"),
    "ko": Text("models_page.korean"),
    "nl": Text("models_page.dutch"),
    "pt": Text("models_page.portuguese"),
    "zh": Text("models_page.chinese"),
}
MODES: Mapping[QualityMode, Text] = {
    "": Text("models_page.mode_unsaid"),
    "plain": Text("models_page.mode_plain"),
    "thinking": Text("models_page.mode_thinking"),
}


def about_model(model: Model) -> str:
    """What it is good for."""
    return words(ABOUT.get(model.id, model.best_for))


def made_for(model: Model) -> str:
    """What one that cannot chat is for; "" of others."""
    if model.can_rank:
        return t("models_page.for_reranking")
    return t("models_page.for_embedding") if model.can_embed else ""


def published(model: Model) -> tuple[Html | None, ...]:
    """How good its answers are and who says so, its quantisation and its languages, as lines of its sheet."""
    languages = languages_of(model)
    return (
        _quality(model),
        fact(t("models_page.quantisation"), model.card.quantisation) if model.card.quantisation else None,
        fact(t("models_page.languages"), languages) if languages else None,
    )


def terms(model: Model) -> str:
    """What is to know of its licence beyond the name; "" where there is nothing."""
    own = words(TERMS[model.license]) if model.license in TERMS else ""
    gated = t("models_page.is_gated") if model.card.is_gated else ""
    return " ".join(text for text in (own, gated) if text)


def _quality(model: Model) -> Html | None:
    if not model.can_chat:
        return None
    measured = known(model.name)
    if not model.quality and measured and not measured.is_kin:
        read = t("models_page.read_on", day=Day(datetime.fromisoformat(READ).timestamp()))
        score = t("models_page.score", score=Figure(measured.points), mode=words(MODES[""]))
        return fact(t("models_page.answers"), score, h("p", measured.source, " · ", read, class_="note"))
    if not model.quality:
        billions = billions_of(model.name)
        said = int(billions) if billions.is_integer() else billions
        none = t("models_page.no_score_but", billions=said) if billions else t("models_page.no_score")
        return fact(t("models_page.answers"), none)
    card = model.card
    day = Day(datetime.fromisoformat(card.quality_date).timestamp()) if card.quality_date else None
    read = t("models_page.read_on", day=day) if day else ""
    score = t("models_page.score", score=Figure(model.quality), mode=words(MODES[card.quality_mode]))
    says = h("p", outside(card.quality_source, card.quality_url), " · ", read, class_="note")
    return fact(t("models_page.answers"), score, says)


def languages_of(model: Model) -> str:
    """The languages of a model, or how many there are; "" where nobody says."""
    known = [words(LANGUAGES[code]) if code in LANGUAGES else code for code in model.card.languages]
    if model.card.language_count > len(known):
        return t("models_page.language_count", count=Plain(model.card.language_count))
    return ", ".join(known)
