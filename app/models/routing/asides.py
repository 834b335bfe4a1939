r"""What a sentence is for: the question itself, the form of its answer, a word around it, or a greeting.

    aside_in("your answer must be a single word.")     # "form"
    aside_in("here is a question from my homework:")   # "around"
    aside_in("hi there, hope you're doing well.")      # "greeting"
    aside_in("write a letter to my landlord.")         # "": landlords are what it is about

A sentence is an aside where none of its words is about anything else: each is a small word or one of those lists, and
at least one says which kind. So the order of the words does not matter, nor how the sentence begins. With "answer",
"response" and the like, one word of four may be another ("… as a common fraction").
"""

from __future__ import annotations

import re
from typing import Literal

from app.models.routing.letters import holds, letters_of

Aside = Literal["", "form", "around", "greeting"]
#: longer sentences say more than that
MOST_WORDS, MOST_CHARACTERS = 30, 240
#: of how many words one may be about something else, and how many at most
OTHERS, OTHERS_OF_ANSWER, MOST_OTHERS = 8, 4, 2
#: where these are, or more numbers, it is the question itself
SIGNS, MOST_NUMBERS = ("$", "=", "^"), 2
NUMBER = re.compile("[0-9]+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: these say that a sentence is about the answer; with one of the first, other words may stand beside it
ANSWER = _set(
    """
    answer answers reply replies respond response responses output outputs preamble boxed
    antwort antworten antworte beantworte réponse réponses réponds répondez respuesta respuestas responde
    contesta
    risposta risposte rispondi resposta respostas responda antwoord antwoorden odpowiedź odpowiedz
    ответ ответы ответь ответьте отвечай yanıt yanıtla cevap cevabı cevapla أجب أجيبي الإجابة إجابة
    """
)
FORM = ANSWER | _set(
    """
    sentence sentences word words paragraph paragraphs bullet bullets bulleted json yaml xml csv markdown html
    latex
    format formatted formatting step steps table list lists letter letters option options lowercase uppercase
    capitals headings heading subheadings sections brackets quotation characters line lines emoji emojis tone
    brief
    briefly short shortly concise concisely detailed thorough explanation explanations introduction conclusion
    intro outro reasoning pleasantries jargon postscript commas number numbers english german french spanish
    italian
    simple simply plainly carefully beginner beginners layman limit tl dr final solution solutions result
    results
    accurately language explain separate separated tag tags bold italics highlight cite sources references style
    audience
    fraction decimal common confidence percentage keys key field fields version dash dashes column columns
    background knowledge rough direct information twice voice
    spelling grammar punctuation abbreviations acronyms verbose terse succinct succinctly summary recap title
    titles newspaper accessible readable readability
    rhyme quote quotes footnotes verbatim justification justify pedantic plain
    satz sätze sätzen wort worte worten wörter wörtern absatz absätze absätzen stichpunkt stichpunkte
    stichpunkten
    tabelle liste kurz knapp ausführlich einleitung erklärung erkläre begründung ergebnis lösung fachbegriffe
    einfach einfacher sprache stil schrittweise schritt buchstabe buchstaben deutsch englisch kind verständlich
    erklärt zeile zeilen aufzählung endergebnis zusammenfassung rechtschreibung anfänger laie laien
    prägnant knapper
    phrase phrases mot mots bref brève brièvement court courte paragraphe paragraphes tableau puces concis
    explication explications étapes étape français résultat simplement langage explique expliquez ligne lignes
    résumé titre débutant enfant simplicité clairement
    frase frases palabra palabras breve brevemente párrafo párrafos tabla lista viñetas explicación introducción
    pasos paso español sencillo sencilla sencillas conciso solución resultado lenguaje estilo explica explícalo
    explícame línea líneas resumen título principiante niño claramente
    parola parole paragrafo paragrafi tabella elenco punti spiegazione introduzione passi passo passaggio
    italiano linguaggio stile spiega spiegami riga righe riassunto titolo bambino chiaramente finale semplice
    semplici spiegalo risultato soluzione
    palavra palavras parágrafo parágrafos tabela marcadores curto curta explicação introdução passos português
    simples poucas linguagem linha linhas resumo iniciante criança
    zin zinnen woord woorden kort alinea tabel lijst uitleg taal resultaat regel regels samenvatting titel leg
    duidelijk stap stappen eenvoudig
    zdanie zdania zdań zdaniu słowo słowa słów słowach krótko zwięźle tabeli punktach krok kroku
    wyjaśnienia wyjaśnień prosto prostym językiem wynik wyjaśnij linijka linijki linii podsumowanie tytuł
    dziecku jasno liście
    предложение предложения предложений предложением предложениях слово слова слов кратко коротко таблица
    таблице
    список списком пунктам объяснений объяснения шаг шагам простыми просто языком результат объясни объясните
    строка строк строки строку итог заголовок ребёнку ребенку понятно списке
    cümle cümleyle cümlede kelime kelimeyle kısa kısaca tablo maddeler adım açıklama basit dille sonuç açıkla
    satır madde özet başlık çocuğa anlaşılır halinde
    جملة جمل كلمة كلمات باختصار بإيجاز جدول قائمة خطوة شرح
    """
)
#: these say that it only leads to the question, or away from it
AROUND = _set(
    """
    context wanted neu question questions query problem task instruction instructions prompt input request
    homework exercise quiz
    exam
    test teacher professor friend boss curious wondering wonder wondered help assist assistance assistant bother
    ask
    asking asked user human system model inst following text passage
    frage fragen aufgabe aufgaben anfrage hausaufgabe hausaufgaben prüfung klausur lehrer lehrerin helfen hilfe
    hilf
    gewusst wissen übung eingabe
    problème exercice devoirs devoir professeur aide aider aidez savoir demander tâche consigne
    pregunta preguntas duda problema tarea ejercicio deberes examen profesor ayuda ayudar ayudarme ayúdame saber
    domanda domande compito compiti esercizio esame aiuto aiutarmi aiutami sapere quesito
    pergunta perguntas dúvida tarefa exercício prova ajuda ajudar ajude
    vraag vragen opgave huiswerk helpen hulp weten pytanie pytania zadanie pomoc pomóż wiedzieć
    вопрос вопросы вопросик задача задание помоги помогите помочь узнать soru sorum sorular görev yardım bilmek
    سؤال أسئلة مساعدة مهمة
    """
)
GREETING = _set(
    """
    hi hello hey dear greetings hallo guten bonjour bonsoir salut hola ciao buongiorno buonasera olá oi hoi
    goedemorgen cześć привет здравствуйте добрый merhaba selam مرحبا السلام
    """
)
#: words that may stand in any of them, and say nothing by themselves
SMALL = _set(
    """
    a an the this that these those it its i me my we us our you your yours he and or but nor not no non yes so
    also
    then just only simply finally first last second next of in on at to as by for from with within without under
    above below between about than more less least most max maximum min minimum exactly around up over any all
    each
    every one two three four five six seven eight nine ten hundred fifty twenty single few some other entire
    whole
    full complete good best better very quick quickly clear clearly easy possible sure final key short long

    ve context chat always wanted carefully help one
    them they their theirs she him her his herself himself itself too either both whether while still own per
    be is are am was were been being does did doing done using used solve suitable capital british american
    students student school high level young old brackets angular letter nothing else world class field studying
    study following repeat have has had do don t s ll d re ve m let lets can could will would shall should must
    may might need needs want like please kindly thanks thank sorry okay ok well there here today tomorrow
    give gives put use write make keep provide return respond show state present include including contain
    contains begin start end finish stick limit try avoid skip omit refrain add mention highlight structure
    organize
    organise separate separated wrap wrapped enclose enclosed choose select pick change followed follow read
    think consider work take deep breath tags keyword keywords bold italic italics markup points point style
    confidence percentage sources source cite terms term allowed appear appears tell know hope going day
    explain describe describes appropriately completes related given based knowledge knowledgeable
    honest helpful friendly polite formal informal expert chatgpt gpt claude ai guys everyone team morning
    afternoon evening something anything homework such which verbatim enough length longer
    professional professor year years kid child kids children before after beginning separately
    entirely myself yourself inside outside double square round
    neu wie
    ein eine einen einem einer eines der die das den dem des und oder aber nicht kein keine keinen ohne nur mit
    im
    auf zu zum zur für von aus bei als wie es sie ihr du dir dich ich mir mich mein meine deine deiner deinen
    bitte gib nenne nutze verwende schreib schreibe formuliere halte fasse sei mach verzichte verzichtet
    höchstens
    maximal mindestens genau etwa ungefähr zwei drei vier fünf zehn sein soll sollte darf muss kann kannst
    könntest
    würdest möchte hätte habe hab gern gerne dass versteht mal noch hier folgende folgenden folgendes diese
    dieser
    jetzt morgen eben kurz sagen lies denke freundlicher bist brauche gut zusammen leute guten ganzen einfachen
    laß fang beginne ende hallo
    un une le la les l de et ou mais ne pas plus moins sans seulement uniquement avec dans en sur sous pour
    par est être doit doivent tenir sois soyez fais faites donne donnez utilise utilisez écris écrivez évite
    rédige
    forme deux trois quatre cinq dix cinquante oui je j tu te vous moi mon ma mes il elle ce cette
    ces voici voilà aimerais voudrais veux peux pourrais dire suivante suivant svp plaît besoin simples clairs
    salut bonjour claires seul seule réponds merci
    el los las lo una unos unas y e o pero ni sin solo sólo solamente con del al para por que se
    sea ser debe usa usar utiliza escribe da dame haz evita forma máximo mínimo más menos dos tres cuatro cinco
    diez yo mi tengo tienes quiero quisiera puedes podrías esto esta este siguiente decir decirme sé gracias
    favor pasos palabras necesito buenas buenos días claras cortas corto corta
    gli uno senza di della che si è sia deve scrivi dai
    dammi fai modo massimo minimo più meno due tre quattro cinque dieci io mio ho voglio vorrei puoi
    potresti questo questa seguente dirmi sii grazie favore righe serve passo chiare brevi soltanto
    os um uma mas não sem só somente apenas com em na é seja
    escreva dê faça evite dois duas três quatro dez eu meu minha tenho quero
    gostaria pode poderia isto isso seguinte dizer obrigado preciso curtas
    het een maar niet geen zonder alleen met van op voor houd geef schrijf gebruik maximaal twee
    drie één vijf ik mij mijn heb wil kun kan deze dit volgende zeggen onder leg uit wees nodig
    ale nie bez tylko z w dla jak podaj napisz użyj daj maksymalnie dwa dwóch trzy trzech jednym jedno mam
    potrzebuję wypisz
    moje ta proszę możesz
    виде форме
    и или но не без только с в на для как это дай дайте напиши напишите используй одним одной двух трёх трех
    более
    больше меньше у меня есть мне мой мою мог бы можешь пожалуйста по один одно нужен нужно простом давай
    veya ama değil sadece yalnızca ile bir iki üç için bu şu ver yaz kullan fazla az lütfen bana benim tek var
    halde şekilde olsun sonuçta
    مع بدون فقط في من على إلى هذا هذه لي عن واحدة واحد دون
    ve context chat always wanted carefully help one express mixed twice hedge bin wie petit petite excusez deux
    parties po polsku angielsku виде форме словами оформи
    """
)
#: with one of these first, one word of any other kind may follow: "use an encouraging tone"
SETTING = _set(
    """
    use mention start begin end finish present include add keep avoid ensure format structure adopt speak limit assume
    benutze verwende halte beginne beende utilise évite présente termine empieza usa evita inizia comece użyj
    используй оформи kullan
    """
)
#: a question that only asks for help
HELPS = _set("help assist tell helfen hilfe aider dire ayudar ayudarme decirme aiutarmi dirmi ajudar helpen")
KNOWN = FORM | AROUND | GREETING | SMALL | SETTING
#: without one of these it is no aside, but for a role
TELLING = FORM | AROUND | GREETING | HELPS
#: what only a question has, whatever else it says
ASKS = _set("why how what who whom whose where when warum wer wo wann pourquoi comment quoi qui")
#: the same in letters that stand without spaces, or with endings joined to each word: what is left is short
UNSPACED_FORM = re.compile(
    "回答|答案|作答|结果|结论|分[一二三两四五]点|不要列表|不用|总结|标题|说明|每点|不超过|字|一句话|句话|简短|简洁|简单|列表|表格|字以内|字左右|用中文|用英文|分点|步骤|解释|"
    "答え|答えて|できるだけ|一文|行で|要約|結果|結論|先に|書いて|まとめ|文で|箇条書き|簡潔|短く|簡単|表で|文字以内|以内|日本語|説明|段階|"
    "उत्तर|जवाब|संक्षेप|वाक्य|शब्द|सूची|तालिका|सरल|चरण|समझा|"
    "답변|대답|답해|문장|간단|짧게|간결|표로|목록|단어|글자|정리|요약|이내|한국어|설명|단계"
)
UNSPACED_SMALL = re.compile(
    "十|请|請|用|给|给出|只|不要|不|的|个|一|二|三|两|以|并|和|以内|最多|形式|"
    "日本語|語|文|三|二|一|を|で|に|は|も|の|と|が|ください|下さい|してください|して|だけ|のみ|なし|せず|最大|以下|形式|お願いします|"
    "में|दें|दीजिए|दो|दे|कीजिए|करें|करो|एक|तीन|के|की|को|से|का|और|केवल|सिर्फ|भाषा|रूप|कृपया|ों|।|"
    "주세요|주십시오|해|하게|히|만|으로|로|을|를|은|는|한|두|세|개|말고|없이|최대|형식|부탁|드립니다|[ .,!。、！0-9]"
)
MOST_UNSPACED, LEFT_UNSPACED = 40, 2
DENSE = re.compile("[\u0900-\u0fff\u3040-\u9fff\uac00-\ud7af]")
#: what is only named, not asked
NAMED = re.compile(r"'[^'?]{1,24}'|\"[^\"?]{1,24}\"|\[[^\]?]{1,60}\]|\{[^}?]{1,60}\}")
NAMES = ("'", '"', "[", "{")
#: a role to play, whatever it is
ROLE = re.compile(
    r"(?:you are (?:an?|the|my) |(?:please )?act as |imagine you(?: are|'re) |pretend to be |as an? (?:ai|expert)|"
    r"du bist ein|tu es une? |eres una? |sei una? |você é uma? |je bent een |jesteś |ты [—-]? ?)\D{1,120}"
)


def aside_in(sentence: str) -> Aside:
    """What a sentence of `plain` is, in lower case; empty where it belongs to the question."""
    if len(sentence) > MOST_CHARACTERS or holds(sentence, SIGNS):
        return ""
    if not sentence.isascii() and DENSE.search(sentence):
        return _dense_aside(sentence)
    named = NAMED.sub(" ", sentence) if holds(sentence, NAMES) else sentence
    words = letters_of(named)
    different = set(words)
    if different.isdisjoint(TELLING):
        return "around" if ROLE.fullmatch(sentence) else ""
    others = [word for word in different - KNOWN if len(word) > 1]
    part = OTHERS if different.isdisjoint(ANSWER) else OTHERS_OF_ANSWER
    if len(others) > max(words[0] in SETTING, min(MOST_OTHERS, len(words) // part)):
        return "around" if ROLE.fullmatch(sentence) else ""
    if len(words) > MOST_WORDS or not different.isdisjoint(ASKS) or len(NUMBER.findall(sentence)) > MOST_NUMBERS:
        return ""
    if sentence.endswith("?"):
        return "" if different.isdisjoint(HELPS) else "around"
    return _kind_of(different)


def _kind_of(words: set[str]) -> Aside:
    if not words.isdisjoint(FORM):
        return "form"
    if not words.isdisjoint(AROUND):
        return "around"
    return "" if words.isdisjoint(GREETING) else "greeting"


def _dense_aside(sentence: str) -> Aside:
    if len(sentence) > MOST_UNSPACED or sentence.endswith(("?", "？")) or not UNSPACED_FORM.search(sentence):
        return ""
    left = UNSPACED_SMALL.sub("", UNSPACED_FORM.sub("", sentence))
    return "form" if len(left) <= LEFT_UNSPACED else ""
