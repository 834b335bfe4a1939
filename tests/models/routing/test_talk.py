"""What a message is to the talk before it, in many languages."""

from __future__ import annotations

import pytest

from app.models.routing.talk import is_small, talk_of
from tests.models.routing.moments import EASY, HARD

REPLY = "It is done step by step, and ends here."
GERMAN = "Was ist die Hauptstadt von Frankreich und wie alt ist sie?"
SPANISH = "¿Cuál es la capital de Francia y por qué?"
POLISH = "Jaka jest stolica Francji i dlaczego nie Lyon?"


@pytest.mark.parametrize(
    "text",
    """Hi|Hello there!|Good morning|Thanks a lot!|thank you so much|ok, great|Danke!|Vielen Dank, das hilft!|Guten Tag|
    Merci beaucoup !|Bonjour|Muchas gracias|¡Hola!|Grazie mille|Buongiorno|Muito obrigado!|Bom dia|Dank je wel|
    Dziękuję bardzo|Спасибо большое!|Привет|Teşekkür ederim|Merhaba|شكرا جزيلا|धन्यवाद|谢谢你！|你好|
    ありがとうございます！|
    감사합니다|안녕하세요 😀|No""".replace("\n    ", "").split("|"),
)
def test_thanks_and_greetings_are_small_talk(text: str) -> None:
    assert talk_of(text, EASY, REPLY).kind == "small-talk"
    assert talk_of(text, "", "").kind == "small-talk"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "42",
        "Great Wall of China",
        "Hi, prove that 2 is prime",
        "Danke! Und warum?",
        "谢谢，为什么天是蓝的？",
        "1 + 1",
    ],
)
def test_what_asks_for_something_is_none(text: str) -> None:
    assert talk_of(text, EASY, REPLY).kind != "small-talk"
    assert not is_small(text)


def test_a_yes_answers_where_something_was_asked() -> None:
    assert talk_of("Yes please", EASY, "Shall I go on?").kind == "goes-on"
    assert talk_of("Yes", EASY, REPLY).kind == "small-talk"


@pytest.mark.parametrize(
    "text",
    """Are you sure?|That's wrong.|Bist du sicher?|Stimmt das?|Tu es sûr ?|¿Estás seguro?|Sei sicuro?|Tem certeza?|
    Weet je het zeker?|Jesteś pewny?|Ты уверен?|Emin misin?|هل أنت متأكد؟|你确定吗？|本当ですか？|확실해?""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_a_doubt_is_one_in_any_language(text: str) -> None:
    assert talk_of(text, EASY, REPLY).kind == "doubts"
    assert talk_of(text, "", "").kind == "new", "of nothing"


@pytest.mark.parametrize(
    "text",
    """Continue|Why?|Fix the bug in it|shorter, please|Weiter|Warum?|Kürzer bitte|Pourquoi ?|Plus court|¿Por qué?|
    Más corto|Continua|Perché?|Mais curto, por favor|Ga verder|Korter|Dlaczego?|Krócej|Почему?|Продолжай|Neden?|
    Devam et|لماذا؟|继续|为什么？|続けて|もっと短く|계속|왜?""".replace("\n    ", "").split("|"),
)
def test_what_goes_on_does_so_in_any_language(text: str) -> None:
    assert talk_of(text, HARD, REPLY).goes_on


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Und in Spanien?", GERMAN),
        ("¿Y la de España?", SPANISH),
        ("A w Hiszpanii?", POLISH),
        ("那西班牙呢？", "法国首都是哪里？"),
    ],
)
def test_an_and_goes_on_in_its_own_language(text: str, before: str) -> None:
    assert talk_of(text, before, REPLY).kind == "goes-on"


@pytest.mark.parametrize(
    "text",
    [
        "A train leaves Boston at noon with a speed of sixty miles; when does it reach Albany?",
        "En qué año terminó la Segunda Guerra Mundial?",
        "Explique a fotossíntese para uma criança de dez anos.",
        "Traduza para o inglês: o gato preto dorme na cadeira.",
        "Schreibe eine kurze Einladung zu meinem Geburtstag.",
        "写一段自我介绍，用于面试。",
    ],
)
def test_what_stands_by_itself_is_new(text: str) -> None:
    assert talk_of(text, EASY, "The capital of France is Paris.").kind == "new"


@pytest.mark.parametrize(
    "text",
    """I don't understand|Explain line 2|Can you explain the second step?|I get an error: IndexError|another example|
    5 more|ELI5|tell me more|As a table|now in German|make it faster, please|Write it in C++|huh?|??|
    What's the time complexity?|Das verstehe ich nicht|Noch ein Beispiel|Kannst du das einfacher erklären?|
    Auf Englisch bitte|Wie meinst du das?|Fass das zusammen|Je ne comprends pas|Un autre exemple|Peux-tu développer ?|
    Traduis en anglais|No entiendo|Otro ejemplo|Non capisco|Un altro esempio|Não entendi|Outro exemplo|
    Ik snap het niet|Nog een voorbeeld|Nie rozumiem|Jeszcze jeden przykład|Не понимаю|Ещё пример|Объясни проще|
    Anlamadım|Başka bir örnek|لا أفهم|مثال آخر|एक और उदाहरण|我不明白|再举一个例子|翻译成英文|わかりません|もう一つ例を|
    英語に訳して|다른 예는?|모르겠어요""".replace("\n    ", "").split("|"),
)
def test_what_speaks_of_the_answer_goes_on_in_any_language(text: str) -> None:
    assert talk_of(text, HARD, REPLY).kind == "goes-on"
    assert not talk_of(text, "", "").goes_on


@pytest.mark.parametrize(
    "text",
    """What is the capital of Peru?|Prove that there are infinitely many primes.|new topic: explain black holes|
    I want to learn about painting.|Wer hat Faust geschrieben?|
    Schreibe ein Gedicht über den Mond|Quelle est la capitale du Pérou ?|¿Cuál es la capital de Perú?|
    Qual è la capitale del Perù?|Qual é a capital do Peru?|Wat is de hoofdstad van Peru?|Jaka jest stolica Peru?|
    Какая столица Перу?|Peru'nun başkenti neresi?|ما هي عاصمة بيرو؟|पेरू की राजधानी क्या है?|秘鲁的首都是哪里？|
    请证明费马小定理。|ペルーの首都はどこですか？|페루의 수도는 어디인가요?""".replace("\n    ", "").split("|"),
)
def test_another_question_is_new_in_any_language(text: str) -> None:
    assert talk_of(text, "Write a Python function that reverses a list.", "def rev(l): return l[::-1]").kind == "new"


@pytest.mark.parametrize(
    ("slips", "kind"),
    [
        ("thakns|helo|graet|perfet|toll|dnake|klsase|bunoasera|świetnei|понятнр|harrika", "small-talk"),
        ("contineu|agian|shrter|krzer|einfaxher|pourqoui|sigeu|вальше|dlczego|witer|enxt", "goes-on"),
    ],
)
def test_a_slip_in_a_message_of_one_word_changes_nothing(slips: str, kind: str) -> None:
    found = {text: talk_of(text, HARD, REPLY).kind for text in slips.split("|")}
    assert set(found.values()) == {kind}, found


@pytest.mark.parametrize("text", ["photosynthesis", "rain", "Berlin", "Newton", "plants"])
def test_a_word_of_its_own_is_no_slip(text: str) -> None:
    assert talk_of(text, "", "").kind == "new"


@pytest.mark.parametrize("text", ["能再详细一点吗？", "说得简单点", "可以更具体一些吗"])
def test_more_of_the_same_is_asked_for_in_chinese(text: str) -> None:
    assert talk_of(text, HARD, REPLY).kind == "goes-on"


def test_after_small_talk_everything_is_new() -> None:
    assert talk_of("And why is the sky blue?", "Hello!", "Hello! How can I help?").kind == "new"


def test_any_text_of_any_length_is_read() -> None:
    for text in ("\x00", "?" * 50_000, "\ud800", "thanks " * 9000, "(" * 500):
        assert 0 <= talk_of(text, text, text).score <= 1
