"""Words, their stems and their languages."""

from __future__ import annotations

import pytest

from app.documents.stems import LANGUAGES
from app.documents.stop_words import STOP_WORDS
from app.documents.words import code_of, language_of, plain, terms, words


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def test_words_are_cut_at_whatever_is_no_letter_and_no_digit() -> None:
    assert cut("L'étude d'Ampère, p. 3—4: x_1 (C++)") == ["L", "étude", "d", "Ampère", "p", "3", "4", "x", "1", "C"]
    assert cut("Dewey's plan isn't they’re Rock'n'roll") == ["Dewey", "plan", "isn", "they", "Rock", "n", "roll"]
    assert cut("") == cut(" \ud800 … ") == []


def test_accents_and_signs_after_a_letter_belong_to_it() -> None:
    assert cut("Cafe\u0301 हिन्दी") == ["Cafe\u0301", "हिन्दी"]
    assert terms("Cafe\u0301", "") == terms("CAFÉ", "") == ["cafe"]


def test_a_word_that_was_parted_at_the_end_of_a_line_is_one() -> None:
    assert terms("Ge-\nzei\u00adten Was\ufffe\r\nser", "de") == ["gezeit", "wass"]
    assert terms("Ost-\nWest", "de") == ["ost", "west"]


def test_who_writes_no_spaces_is_cut_into_pairs_and_the_last_letter() -> None:
    assert cut("光合作用 ok") == ["光合", "合作", "作用", "用", "ok"]
    assert cut("水") == ["水"]
    assert terms("Python語を使う", "ja") == ["python", "語を", "を使", "使う", "う"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "rising tides", "rise tide"),
        ("de", "Größe der Gezeiten", "GRÖSSEN Gezeit"),
        ("fr", "les marées montantes", "marée montante"),
        ("ru", "волны и течения", "волна течение"),
        ("es", "las corrientes", "corriente"),
        ("pt", "as correntes", "corrente"),
    ],
)
def test_forms_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language) != []


def test_a_term_has_nothing_that_the_index_would_cut() -> None:
    for text in ("½ ㏂ № Ǆ İstanbul ﬁsh", "x" * 500, "１２３", "a\u0000b", "𝔘𝔫𝔦", "naïve résumé"):
        made = terms(text, "en")
        assert made
        assert all(0 < len(one) <= 70 and not set(one) & set(" \0\"'*()-+:^.\n") for one in made)


def test_a_language_that_is_not_known_has_no_stop_words_and_no_stems() -> None:
    assert terms("The tides", "xx") == terms("The tides", "") == ["the", "tides"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What is the tide, and how does it rise?"),
        ("de", "Die Gezeiten sind die Bewegungen des Wassers, die durch den Mond entstehen."),
        ("fr", "La marée est le mouvement de la mer, et elle vient de la lune."),
        ("es", "La marea es el movimiento del agua de los mares por la luna."),
        ("pt", "A maré é o movimento das águas do mar, que não depende do vento."),
        ("it", "La marea è il movimento delle acque del mare che dipende dalla luna."),
        ("nl", "Het getij is de beweging van het water van de zee door de maan."),
        ("da", "Tidevandet er en følge af månens tiltrækning, og det er derfor at vandet stiger."),
        ("no", "Tidevannet er en følge av månens tiltrekning, og det er derfor at vannet ikke stiger."),
        ("sv", "Tidvattnet är en följd av månens dragning, och det är därför som vattnet stiger."),
        ("fi", "Vuorovesi on ilmiö, jossa meren pinta nousee ja laskee, koska kuu vetää sitä."),
        ("pl", "Pływy są ruchami wody, które powstają przez przyciąganie Księżyca i nie są stałe."),
        ("cs", "Příliv je pohyb vody, který je způsoben tím, že ji přitahuje Měsíc."),
        ("tr", "Gelgit, ay ve güneş için olan bir harekettir ve her gün daha çok görülür."),
        ("ru", "Прилив — это движение воды, которое зависит от луны и не зависит от ветра."),
        ("uk", "Приплив — це рух води, який залежить від місяця і не залежить від вітру."),
        ("el", "Η παλίρροια είναι η κίνηση του νερού και εξαρτάται από τη σελήνη."),
        ("zh", "潮汐是海水在月球引力作用下的运动。"),
        ("ja", "潮汐は月の引力による海の動きである。"),
        ("ko", "조석은 달의 인력에 의한 바다의 움직임이다."),
        ("ar", "المد هو حركة الماء في البحر من القمر إلى الأرض"),
        ("", "x = foo(bar) + 12"),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_script_and_its_small_words(language: str, text: str) -> None:
    assert language_of(text) == language


def test_what_a_document_says_of_itself_holds_unless_it_is_plainly_another() -> None:
    german = "Die Gezeiten sind die Bewegungen des Wassers, die durch den Mond und auch durch die Sonne entstehen."
    assert language_of(german, "en-US") == "de"
    assert language_of("Photosynthesis, glucose", "de-AT") == "de"
    assert language_of("Tidevandet stiger", "nb") == "no"
    assert language_of("x", "?!") == ""


def test_codes_are_plain() -> None:
    assert [code_of(said) for said in ("de-AT", "EN_us", "nn", "", "x", "deutsch")] == ["de", "en", "no", "", "", ""]


def test_stop_words_are_written_as_texts_have_them() -> None:
    for language, known in STOP_WORDS.items():
        assert language in LANGUAGES or language == "uk"
        assert all(plain(word) == word and cut(word) == [word] for word in known), language


def test_a_text_of_plain_letters_has_the_same_terms_as_among_others() -> None:
    texts = [
        "The tides' rise, isn't it Dewey's? Ge-\nzeiten Ost-\r\nWest a_b 3.14 x-ray don't. it's",
        "",
        "-\n- 's 'tis o'clock's",
    ]
    for text in texts:
        assert terms(text, "en") == terms(f"{text} é", "en")[:-1]
