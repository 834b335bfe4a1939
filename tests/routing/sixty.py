"""Sixty questions in ten languages, six of a chat each, and five sets of models that people have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.cards import NOTHING, ModelCard
from app.core.places import Place
from app.core.values import Model
from app.models.routing.abilities import ability_of
from app.models.routing.decision import Candidate, Decision, Situation
from app.models.routing.router import decide

TURNS = ("greeting", "fact", "hard", "follow-up", "everyday", "thanks")
CHATS: dict[str, tuple[str, ...]] = {
    "en": (
        "Good morning!",
        "What is the capital of Australia?",
        "Prove that there are infinitely many primes of the form 4k + 3.",
        "Are you sure?",
        "Write a polite email to my landlord about a broken heater.",
        "Thanks, that helped!",
    ),
    "de": (
        "Hallo!",
        "Wie viele Bundesländer hat Deutschland?",
        "Beweise, dass die Wurzel aus 2 irrational ist.",
        "Bist du sicher?",
        "Schreibe eine kurze Einladung zu meinem Geburtstag.",
        "Danke!",
    ),
    "fr": (
        "Bonjour !",
        "Quelle est la capitale du Canada ?",
        "J'ai une douleur dans la poitrine qui descend dans le bras gauche. Que dois-je faire ?",
        "Pourquoi ?",
        "Résume la photosynthèse pour un enfant de dix ans.",
        "Merci beaucoup !",
    ),
    "es": (
        "Hola",
        "¿En qué año terminó la Segunda Guerra Mundial?",
        "Demuestra por inducción que la suma de los primeros n impares es n².",
        "¿Estás seguro?",
        "Dame tres ideas para una cena rápida.",
        "Muchas gracias",
    ),
    "it": (
        "Buongiorno!",
        "Chi ha scritto la Divina Commedia?",
        "Calcola l'integrale di x·e^x e spiega ogni passaggio.",
        "Continua",
        "Scrivi una breve storia su un gatto.",
        "Grazie mille!",
    ),
    "pt": (
        "Bom dia!",
        "Qual é o maior planeta do sistema solar?",
        "Escreva uma função em Python que encontre ciclos em um grafo dirigido e analise a complexidade.",
        "Mais curto, por favor",
        "Como preparo uma boa xícara de café?",
        "Obrigado!",
    ),
    "ru": (
        "Привет!",
        "Сколько хромосом у человека?",
        "Докажи, что любая ограниченная монотонная последовательность сходится.",
        "Почему?",
        "Посоветуй, как лучше готовиться к экзамену.",
        "Спасибо большое!",
    ),
    "tr": (
        "Merhaba!",
        "Türkiye'nin başkenti neresidir?",
        "Bir RSA anahtarının nasıl üretildiğini adım adım kanıtlarıyla açıkla.",
        "Emin misin?",
        "Kısa bir tatil planı hazırla.",
        "Teşekkürler!",
    ),
    "zh": (
        "你好！",
        "水的化学式是什么？",
        "证明根号三是无理数，并说明每一步的理由。",
        "你确定吗？",
        "写一段自我介绍，用于面试。",
        "谢谢！",
    ),
    "ja": (
        "こんにちは",
        "日本で一番高い山は何ですか。",
        "平均値の定理を証明し、各段階を説明してください。",
        "続けて",
        "友達への誕生日メッセージを書いてください。",
        "ありがとうございます",
    ),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a chat, and what was decided."""

    language: str
    kind: str
    text: str
    decision: Decision

    @property
    def who(self) -> str:
        """Who answers."""
        return self.decision.winner.model.name if self.decision.winner else "nobody"


def candidate(name: str, speed: float, place: Place = Place.BROWSER, micros: int | None = 0, id: str = "") -> Candidate:
    """A candidate with the ability that its name tells."""
    prefix = {Place.BROWSER: "", Place.CLOUD: "cloud:openrouter:"}.get(place, "ollama:")
    card = ModelCard(languages=("en",)) if "SmolLM2" in name else NOTHING
    model = Model(id or prefix + name, name, context_length=32_768, place=place, card=card)
    account = {Place.BROWSER: "browser", Place.CLOUD: "cloud"}.get(place, "ollama")
    return Candidate(model, account, speed, ability_of(model), micros)  # type: ignore[arg-type]


SETS: dict[str, tuple[Candidate, ...]] = {
    "135M + cloud": (candidate("SmolLM2 135M", 40), candidate("gpt-5", 60, Place.CLOUD, 6000)),
    "2B + 8B + cloud": (
        candidate("Qwen3.5-2B", 12),
        candidate("llama3.1:8b", 25, Place.COMPUTER),
        candidate("gpt-5-mini", 80, Place.CLOUD, 1250),
    ),
    "70B + small clouds": (
        candidate("llama3.3:70b", 8, Place.COMPUTER),
        candidate("llama-3.1-8b-instant", 300, Place.CLOUD, 30),
        candidate("gpt-4o-mini", 80, Place.CLOUD, 200),
    ),
    "Ollama elsewhere": (
        candidate("SmolLM2 135M", 40),
        candidate("qwen3:14b", 20, Place.NETWORK),
        candidate("gpt-5", 60, Place.CLOUD, 6000),
    ),
    "unknown prices": (
        candidate("Gemma 3n E2B", 7),
        candidate("model", 30, Place.COMPUTER, id="cloud:here-llama:model"),
        candidate("gpt-5", 60, Place.CLOUD, None),
        candidate("claude-opus-4-6", 40, Place.CLOUD, None),
    ),
}
ANSWER = "Here is an answer. It goes step by step, and ends here."


def decided(candidates: Sequence[Candidate], share: float = 0.3) -> Iterator[Turn]:
    """Every chat, turn by turn, each decided after what came before it."""
    for language, texts in CHATS.items():
        moment = Situation(policy_share=share, reply_tokens=300)
        for kind, text in zip(TURNS, texts, strict=True):
            now = Situation(
                text,
                moment.previous_user,
                moment.previous_reply,
                moment.last_place,
                moment.last_model,
                moment.topic,
                policy_share=share,
                reply_tokens=300,
            )
            decision = decide(now, candidates)
            yield Turn(language, kind, text, decision)
            winner = decision.winner
            moment = Situation(
                previous_user=text,
                previous_reply=ANSWER,
                last_place=("cloud" if winner.is_cloud else winner.place) if winner else "",
                last_model=winner.model.id if winner else "",
                topic=decision.topic,
            )
