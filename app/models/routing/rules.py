"""The hand rules of worth: a few things that make a strong model worth asking, in whatever language. None is learned.

    seen = rules("prove that the sum of two odd numbers is even.")
    seen["maths"], seen["reasoning"], seen["fact"]      # 1.0, 0.33, 0.0
    sum(RULES[name] * value for name, value in seen.items())

The amounts are those of the simple rules that stood beside the router of November 2026 and held on questions nobody
had seen. Length is counted in the language's own measure; notation, digits and code need no vocabulary; the words are
short lists in fourteen languages.
"""

from __future__ import annotations

import re

from app.core.texts import Text
from app.models.routing.letters import holds
from app.models.routing.phrases import Phrases, words_in
from app.models.routing.plain import units

RULES: dict[str, float] = {
    "long": 0.30,
    "code": 0.25,
    "code-word": 0.25,
    "maths": 0.20,
    "maths-sign": 0.20,
    "reasoning": 0.15,
    "rules": 0.10,
    "fact": -0.20,
    "proof": 0.20,
    "calculus": 0.20,
    "stakes": 0.45,
}
#: what the last one, which no labelled question tells of, adds to the log-odds that a small model fails
HARD: dict[str, float] = {"stakes": 0.9}
SAYS: dict[str, Text] = {
    "long": Text("routing.seen_long"),
    "code": Text("routing.seen_code"),
    "code-word": Text("routing.seen_wording"),
    "maths": Text("routing.seen_maths"),
    "maths-sign": Text("routing.seen_numbers"),
    "reasoning": Text("routing.seen_reasoning"),
    "rules": Text("routing.seen_rules"),
    "fact": Text("routing.seen_fact"),
    "proof": Text("routing.seen_proof"),
    "calculus": Text("routing.seen_maths"),
    "stakes": Text("routing.seen_stakes"),
}
LONG_UNITS, FACT_UNITS = 200, 20
HITS_REASONING, HITS_RULES = 3, 2


#: without one of these, neither `CODE_SIGN` nor `NOTATION` is there
SIGNS = (*"`()[]<>#\\$+*^=×÷·√∑∫≤≥≠∞∈", " -", " /")
CODE_SIGN = re.compile(r"```|\bdef \w+ ?\(|\(\)|\[\]|->|>>>|=>|</?\w+>|\bc(?:\+\+|#)")
CODE = Phrases(
    r"""
    python|java|javascript|typescript|sql|regex|html|css|rust|golang|haskell|kotlin|numpy|pandas|algorithm\w*|
    recursi\w+|compiler?|debug\w*|source code|databases?|import \w+$|return \w+|programming|programmier\w+|
    programmation|programación|programmazione|algorithmus|algorithme|algoritmo|algorytm|алгоритм\w*|программ[ауы]|
    algoritma|write a (?:\w+ ){0,3}(?:function|program|script|class|query)|function (?:that|to|which)|fix (?:the|
    this|my) (?:bug|code)|eine funktion|une fonction|una (?:función|funzione)|uma função|een functie|функци[юя]|
    fonksiyon|代码|函数|算法|编程|程式|コード|関数|アルゴリズム|プログラム|코드|함수|알고리즘|프로그램|
    (?:ال)?خوارزمية|برمج\w*|एल्गोरिद्म|प्रोग्राम
    """
)
#: often of programs and calculations, often not: they count alike, and nobody is told "programming" for a school class
CODE_WORD = Phrases("function|code|program|class")
MATHS_SIGN = re.compile(r"\$|\d\s?[-/]\s?\d")
NOTATION = re.compile(
    r"\\[a-z]{3}|\\\(|\$\S[^$]{0,80}\$(?!\d)|\d\s?[+*^=×÷·]\s?[\da-z(]|\d\s[-/]\s\d|\b[a-z]\s?[=^]\s?[\da-z(]|"
    r"[√∑∫≤≥≠∞∈]|\[\["
)
MATHS = Phrases(
    r"""
    solve|equations?|calculate|compute|integrals?|derivative|probabilit(?:y|ies)|proofs?|prove|theorem|lös(?:e|
    en)|gleichung(?:en)?|berechne\w*|integral|wahrscheinlichkeit\w*|beweis\w*|résou\w+|équations?|calcule\w*|
    intégrale|probabilité|démontre\w*|prouve\w*|resuelve\w*|ecuación|ecuaciones|calcula\w*|probabilidad|
    demuestra\w*|risolvi\w*|equazion[ei]|calcola\w*|probabilità|dimostra\w*|resolva|equação|probabilidade|
    demonstre|prove que|los op|vergelijking|bereken|bewijs|rozwiąż|równanie|oblicz|prawdopodobieństwo|udowodnij|
    реши\w*|уравнени\w+|вычисли\w*|интеграл|вероятност\w+|докажи\w*|çöz|denklem\w*|hesapla\w*|olasılı\w+|
    kan[ıi]tla\w*|حل المعادلة|احسب|معادلة|احتمال|أثبت|برهن|हल|समीकरण|गणना|प्रायिकता|सिद्ध|方程|计算|積分|积分|
    概率|证明|證明|計算|方程式|確率|証明|방정식|계산|적분|확률|증명
    """
)
#: of a calculation where there are numbers to calculate with; else of a fact
QUANTITY = Phrases(
    r"""
    how many|how much|wie ?viele?|combien|cuánt[oa]s?|quant[ieoa]s?|hoeveel|ile|сколько|kaç|كم|कितन[ेी]|多少|几个|
    幾個|いくつ|何人|何個|몇
    """
)
NUMBER = re.compile(r"\d[\d.,:]*")
MANY_NUMBERS = 3
#: what any pocket calculator answers
SUM = re.compile(
    r"(?:(?:what(?:'s| is)|was ist|wie ?viel ist|combien font|cuánto es|quanto fa|сколько будет) )?"
    r"[\d .,+*/×·÷x()−-]{3,24}(?: ?=)?[ ?]*$"
)
REASONING = Phrases(
    r"""
    why|how|explain|compare|step|analy[sz]e|reason|because|therefore|prove|derive|evaluate|justify|if|then|infer|
    deduce|design|plan|debug|warum|wieso|weshalb|erklär\w*|vergleich\w*|analysiere\w*|begründ\w*|beweis\w*|falls|
    wenn|bewerte\w*|entwirf|pourquoi|explique\w*|compare[rz]?|analyse[rz]?|démontre\w*|justifie\w*|évalue\w*|
    conçois|por qué|cómo|explica\w*|compara\w*|analiza\w*|demuestra\w*|justifica\w*|evalúa|diseña|perché|
    spiega\w*|confronta\w*|analizza\w*|dimostra\w*|giustifica\w*|por que|por quê|explique|analise|demonstre|
    justifique|avalie|waarom|hoe|leg uit|vergelijk|bewijs|dlaczego|wyjaśnij|porównaj|udowodnij|uzasadnij|jeśli|
    почему|как|объясни\w*|сравни\w*|докажи\w*|обоснуй\w*|если|проанализируй|neden|nas[ıi]l|açıkla\w*|açikla\w*|
    karşılaştır\w*|kan[ıi]tla\w*|eğer|لماذا|كيف|اشرح|قارن|أثبت|إذا|حلل|क्यों|कैसे|समझा|तुलना|सिद्ध|यदि|अगर|为什么|
    為什麼|如何|怎么|解释|解釋|证明|證明|比较|比較|分析|推导|如果|なぜ|どうして|説明|証明|どのように|설계|왜|
    어떻게|설명|증명|비교|분석|만약
    """
)
CONSTRAINTS = Phrases(
    r"""
    must|exactly|at least|at most|only|without|each|every|no more than|include|ensure|mindestens|höchstens|genau|
    ohne|nur|jede[rsn]?|muss|müssen|au moins|au plus|exactement|sans|chaque|doit|doivent|al menos|como máximo|
    exactamente|cada|debe|deben|almeno|esattamente|senza|ogni|deve|pelo menos|exatamente|sem|minstens|hoogstens|
    precies|zonder|elke|moet|co najmniej|dokładnie|każd[yae]|musi|не менее|не более|ровно|без|кажд\w+|должен|
    должны|en az|en fazla|tam olarak|olmadan|على الأقل|بدون|كل|يجب|कम से कम|बिना|प्रत्येक|केवल|必须|至少|最多|
    每个|不能|必須|每個|必ず|少なくとも|ごとに|반드시|적어도|각각|없이
    """
)
FACT = re.compile(
    r"[¿¡]?(?:(?:in|on|at|of|for|to|from) )?(?:who|when|where|which|what(?:'s| is| was| are| were| year| city|"
    r" country| time| day)|name|"
    r"wer|wann|wo|welche[rsnm]?|was ist|was sind|wie hei(?:ß|ss)t|qui|quand|où|quel(?:le)?s?|qu'est-ce que?|"
    r"quién|cuándo|dónde|cuál(?:es)?|qué es|en qué año|chi|quando|dove|qual[ei]?|che cos'è|cos'è|quem|onde|o que é|"
    r"how do (?:you|i|we) say|what does|capital of|wie sagt man|was (?:heißt|bedeutet)|comment dit-on|cómo se dice|"
    r"come si dice|como se diz|"
    r"wat is|waar|wanneer|kto|kiedy|gdzie|co to|jaki?e?|кто|когда|где|как(?:ой|ая|ое)|что такое|kim|ne zaman|"
    r"nerede|hangi|"
    r"من هو|متى|أين|ما هي|ما هو)\b"
)
#: in languages that ask at the end
FACT_ANYWHERE = re.compile(
    r"谁|誰|什么时候|什麼時候|哪里|哪裡|哪个|哪年|哪一年|是什么$|是什麼$|いつ|どこ|どの国|何年|とは何|何(?:です|でしょう)か$|誰|누구|언제|어디|무엇|"
    r"कौन|कब|कहाँ|क्या है|kimdir|nedir|neresi"
)
FACT_ANYWHERE_ASCII = ("kimdir", "nedir", "neresi")
PROOF = Phrases(
    r"""
    prove|derive|proof of|proofs?|show that|justify that|zeige?,? dass|montre[rz]? que|muestra que|
    mostra(?:re)? che|mostre que|toon aan|wykaż|pokaż,? że|покажи(?:те)?,? что|olduğunu göster(?:in)?|أظهر أن|
    示せ|示して|beweis(?:e|en)?|herleit\w*|leite .{1,80} her|démontre[rz]?|demuestra|demostrar|dimostra|dimostrare|
    demonstre|prove que|bewijs|udowodnij|докажи(?:те)?|доказать|kan[ıi]tla(?:yın|yınız)?|ispatla|أثبت|برهن|
    सिद्ध|证明|證明|証明|증명
    """
)
#: maths that is taught late and goes wrong easily
CALCULUS = Phrases(
    r"""
    integrals?|antiderivatives?|derivatives? of|differentiate|differential equations?|eigen(?:values?|vectors?)|
    determinant|taylor series|fourier|laplace transform|lagrange|stammfunktion\w*|ableitung (?:von|der)|
    leite .{1,40} ab|differentialgleichung\w*|eigenwerte?n?|eigenvektor\w*|intégrales?|primitive de|dérivée? (?:de|
    du|la)|équations? différentielles?|valeurs propres|integral(?:es)?|derivada de|ecuación diferencial|autovalores|
    integral[ei]|derivata d\w+|equazion[ei] differenzial[ei]|autovalori|integrais|equação diferencial|integraal|
    afgeleide van|differentiaalvergelijking|całk[aęi]|pochodn[aąej]+|równanie różniczkowe|wartości własne|
    интеграл\w*|производн\w+|дифференциальн\w+|integrali(?:ni)?|türevi(?:ni)?|diferansiyel denklem\w*|تكامل|مشتقة|
    معادلة تفاضلية|समाकलन|अवकलज|积分|積分|导数|導數|微分方程|特征值|導関数|微分|固有値|적분|도함수|미분|고유값
    """
)
#: an own body or life at stake, whoever asks so should not be left to a small model
SELF = Phrases(
    r"""
    i|i'm|i've|my|me|we|our|ich|estou|eu|estoy|yo|sono|suis|jestem|ben|göğsüm|kolum|胸が痛|息ができ|死にたい|胸口|
    胸痛|想死|不想活|가슴|죽고 싶|mein(?:e|en|er|em)?|mir|mich|je|j'ai|mon|ma|mes|mi|mis|me|tengo|ho|mio|mia|meu|
    minha|tenho|ik|mijn|mam|mój|moja|moje|boli|я|меня|мой|моя|мне|у меня|benim|أنا|عندي|لدي|मेरे|मेरा|मेरी|मुझे|
    我|我的|私|僕|俺|제|내|저
    """
)
STAKES = Phrases(
    r"""
    chest (?:pain|hurts)|pain in (?:my|the) chest|can't breathe|stopped breathing|choking|unconscious|stroke|
    swallowed|too many (?:\w+ )?(?:pills|tablets)|want to die|end my life|hurt myself|gas leak|carbon monoxide|
    numb|overdose|suicidal?|kill myself|dose|dosage|pregnant|bleeding|seizure|heart attack|allergic reaction|
    poisoned|brustschmerz\w*|schmerz\w* in der brust|überdosis|schwanger|selbstmord|umbringen|blutung\w*|blute|
    dosis|taub|atemnot|brust tut|herzinfarkt|schlaganfall|bewusstlos|verschluckt|vergift\w*|zu viele tabletten|
    nicht mehr leben|will sterben|douleur\w* (?:à|dans) la poitrine|suicid\w*|enceinte|surdose|saigne\w*|
    mal à la poitrine|infarctus|avalé|veux mourir|empoisonn\w+|dolor (?:de|en el) pecho|embarazada|sobredosis|
    sangrado|duele el pecho|infarto|tragó|quiero morir(?:me)?|demasiadas pastillas|dolore al petto|male (?:al|
    il) petto|voglio morire|ingerito|incinta|sovradosaggio|dor no peito|peito dói|dói o peito|quero morrer|
    engoliu|grávida|overdose|pijn op de borst|zwanger|borst doet pijn|hartaanval|wil dood|klatce piersiowej|
    zawał\w*|chcę umrzeć|ból w klatce|w ciąży|боль в груди|беременн\w+|передозиров\w+|кровотечени\w+|
    болит в груди|грудь болит|инфаркт\w*|хочу умереть|проглотил\w*|kalp krizi|ölmek istiyorum|göğüs ağrısı|
    göğsüm\w*|hamile\w*|ألم في الصدر|صدري|نوبة قلبية|أريد أن أموت|حامل|انتحار|सीने में दर्द|छाती में दर्द|
    दिल का दौरा|मरना चाह|गर्भवती|想死|不想活|心脏病发|呼吸困难|呼吸困難|死にたい|息ができ|飲み込|죽고 싶|
    숨을 쉴 수|심장마비|胸痛|胸口痛|胸口疼|怀孕|懷孕|自杀|自殺|过量|胸が痛|妊娠|出血|가슴이 아|가슴 통증|임신|자살
    """
)
TAIL = " .?!？。！…\"'"


def rules(line: str) -> dict[str, float]:
    """Each rule's strength, 0 to 1, of a text that `plain` has read."""
    size, words = units(line), words_in(line)
    has_signs = holds(line, SIGNS)
    is_code = CODE.is_in(words) or (has_signs and CODE_SIGN.search(line) is not None)
    is_maths = MATHS.is_in(words) or (has_signs and NOTATION.search(line) is not None)
    how_many, numbers, is_sum = QUANTITY.is_in(words), len(NUMBER.findall(line)), SUM.match(line) is not None
    is_maths = is_maths or (how_many and (size >= FACT_UNITS or numbers > 0)) or numbers >= MANY_NUMBERS
    is_maths = is_maths and not is_sum
    asks_fact = size < FACT_UNITS and not (is_code or is_maths) and (how_many or is_sum or is_fact(line))
    return {
        "long": min(1.0, size / LONG_UNITS),
        "code": float(is_code),
        "code-word": float(not is_code and CODE_WORD.is_in(words)),
        "maths": float(is_maths),
        "maths-sign": float(not is_maths and holds(line, "$-/") and MATHS_SIGN.search(line) is not None),
        "reasoning": min(1.0, REASONING.count(words) / HITS_REASONING),
        "rules": min(1.0, CONSTRAINTS.count(words) / HITS_RULES),
        "fact": float(asks_fact),
        "proof": float(PROOF.is_in(words)),
        "calculus": float(is_maths and CALCULUS.is_in(words)),
        "stakes": float(SELF.is_in(words) and STAKES.is_in(words)),
    }


def is_fact(line: str) -> bool:
    """Whether it, or its last sentence, opens (or, where that is the custom, ends) as a question for a short fact."""
    bare = line.rstrip(TAIL)
    last = max(bare.rfind(". "), bare.rfind("! "), bare.rfind(": ")) + 2
    if FACT.match(line) or (last > 1 and FACT.match(line, last)):
        return True
    is_open = not line.isascii() or holds(line, FACT_ANYWHERE_ASCII)
    return is_open and FACT_ANYWHERE.search(bare) is not None
