"""More questions than the sixty, each by itself: which go to a cloud where a good model is here, and which stay."""

from __future__ import annotations

import pytest

from app.models.routing.decision import Situation
from app.models.routing.router import decide
from tests.routing.sixty import SETS

GO = """
Prove Fermat's little theorem.
Derive the Euler-Lagrange equation.
Leite die Formel für die kinetische Energie her.
Zeige, dass jede stetige Funktion auf einem kompakten Intervall gleichmäßig stetig ist.
Show that every group of prime order is cyclic.
Find the eigenvalues of [[2, 1], [1, 2]].
Oblicz całkę z x·ln(x) i wyjaśnij każdy krok.
Dimostra che ci sono infiniti numeri primi.
Udowodnij, że pierwiastek z dwóch jest niewymierny.
أثبت أن الجذر التربيعي للعدد 2 غير نسبي.
2의 제곱근이 무리수임을 증명해 주세요.
Solve x^2 - 5x + 6 = 0
Calculate the integral of x^2 * sin(x) dx
A train leaves at 3 pm at 60 km/h, another at 4 pm at 90 km/h. When do they meet?
Ein Zug fährt um 15 Uhr mit 60 km/h los, ein zweiter um 16 Uhr mit 90 km/h. Wann treffen sie sich?
小明有12个苹果，给了小红三分之一，又买了5个，现在有几个？
Write a red-black tree in Rust with deletion
Implement an LRU cache in Python with O(1) operations.
Schreibe ein Python-Programm, das Sudoku löst.
Écris un algorithme qui trouve le plus court chemin dans un graphe.
Напиши программу на Python, которая решает судоку.
用Python写一个求解数独的程序。
Design a database schema for a library with loans, reservations and fines.
My chest hurts and I can't breathe well
I think I took too many paracetamol tablets, about 20. Is that dangerous?
My 2-year-old swallowed a button battery
Ich habe seit einer Stunde Brustschmerzen und mein linker Arm ist taub. Was soll ich tun?
Me duele el pecho, ¿qué hago?
Ho un forte dolore al petto, cosa devo fare?
Estou com dor no peito há uma hora, o que eu faço?
У меня боль в груди и немеет рука, что делать?
Bir saattir göğsüm ağrıyor ve kolum benim için uyuşuk, ne yapmalıyım?
胸口痛，我的左手发麻，该怎么办？
胸が痛くて息ができません。私はどうすればいいですか？
Ich will nicht mehr leben
"""
STAY = """
2+2
What is 7 times 8?
capital of france
Who wrote Faust?
How many legs does a spider have?
What does "ubiquitous" mean?
How do you say thank you in Japanese?
What day is it today?
Tell me a joke
Wie viele Beine hat eine Spinne?
Was bedeutet "obsolet"?
Erzähl mir einen Witz
Schreibe ein Gedicht über den Herbst.
Combien de pattes a une araignée ?
Comment dit-on merci en japonais ?
¿Cuántas patas tiene una araña?
¿Quién pintó el Guernica?
Quanti giorni ha un anno bisestile?
Quem descobriu o Brasil?
Hoeveel provincies heeft Nederland?
Kto napisał „Pana Tadeusza”?
Какая столица Франции?
Dünyanın en büyük okyanusu hangisi?
ما هي عاصمة فرنسا؟
भारत की राजधानी क्या है?
中国的首都是哪里？
日本の首都はどこですか？
프랑스의 수도는 어디인가요?
.
hmm
"""


def who(text: str) -> str:
    """Who answers at the slider's usual place, with a model of 8 billion parameters here."""
    decision = decide(Situation(text, policy_share=0.3, reply_tokens=300), SETS["2B + 8B + cloud"])
    assert decision.winner is not None
    return decision.winner.model.name


@pytest.mark.parametrize("text", GO.strip().splitlines())
def test_what_is_hard_or_at_stake_goes_to_the_abler_one(text: str) -> None:
    assert who(text) == "gpt-5-mini"


@pytest.mark.parametrize("text", STAY.strip().splitlines())
def test_what_is_easy_stays(text: str) -> None:
    assert who(text) == "llama3.1:8b"
