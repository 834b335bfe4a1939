"""What of a message is the question: no courtesies, no quotation marks, no instructions about the answer's form.

    plain("Please answer in JSON. “Why is the sky blue?” Thanks!")     # "why is the sky blue?"
    units("量子纠缠是什么")                                            # 4.2: length in words, as this script counts

Only the first 900 and the last 300 characters are read, in lower case and with spaces evened out, so the time is
bounded and the way of typing does not matter. Where nothing would be left, all is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.models.routing.letters import DIGIT, holds, letters_of

HEAD_CHARACTERS = 900
TAIL_CHARACTERS = 300
#: words of a sentence that may be about the answer's form; longer ones say more than that
MOST_FORM_WORDS = 30

SENTENCE = re.compile(r"(?<=[.!?:;。！？])\s+|(?<=[。！？])|\n+")
#: the same where no sign ends a sentence without a space: it looks at spaces only
SPACED_SENTENCE = re.compile(r"\s(?:(?<=[.!?:;]\s)\s*|(?<=\n)\n*)")
DENSE_ENDS = "。！？"
#: how a sentence about the form begins, and what it speaks of
FORM_OPENS = re.compile(
    r"(?:(?:and|then|also|just|only|simply|finally|you (?:must|should|may|can)|try to|be sure to|"
    r"make sure (?:to|that|your)|"
    r"remember to|do not|don't|no|the|your|in your|at the end of your|my)\s+){0,3}"
    r"(?:answer|reply|respond|response|output|return|keep|be|use|format|give|put|provide|limit|write|present|"
    r"state|(?:end|finish|start|begin)(?= your| with)|"
    r"express your|think|let's|let us|show|explain your|explanation|preamble|stick|read|consider the following|"
    r"here is|here's|question|solution|final|no more than|at most|in (?:one|two|three|a|\d+)|within|with(?:out)? |"
    r"antworte|beantworte|gib|halte|schreibe?|fasse dich|nutze|formatiere|réponds|répondez|donne|sois|utilise|écris|"
    r"responde|contesta|da |sé |usa|escribe|rispondi|usa|scrivi|sii|dê|seja|antwoord|geef|odpowiedz|podaj|"
    r"ответь|отвечай|дай|напиши|yanıtla|cevapla|cevabı|أجب|उत्तर|जवाब|请用|请以|用|回答|答案|答えは|回答は|답변|대답)"
)
FORM_SPEAKS = re.compile(
    r"\b(?:answers?|reply|respond|responses?|brief(?:ly)?|short|concise(?:ly)?|sentences?|words|bullet(?:s|ed)?|"
    r"bullet points|"
    r"table|json|yaml|xml|markdown|html|latex|format(?:ted)?|letter|options?|steps?|step by step|paragraphs?|"
    r"lists?|english|"
    r"carefully|work|reasoning|preamble|explanation|boxed|output|lines?|plain text|headings?|characters|tone|"
    r"polite|emojis?|"
    r"following|below|solution|final|kurz|knapp|sätzen?|satz|wörtern?|stichpunkten?|tabelle|antworte?|"
    r"buchstaben?|deutsch|"
    r"phrases?|mots|bref|brève(?:ment)?|tableau|puces|français|frases?|palabras|breve(?:mente)?|tabla|lista|español|"
    r"parole|tabella|elenco|italiano|palavras|tabela|português|zinnen|woorden|kort|zdania(?:ch)?|zdaniu|krótko|"
    r"предложени\w+|слов\w*|кратко|таблиц\w+|списк\w+|cümle\w*|kısa(?:ca)?)\b|\\boxed|جمل|باختصار|वाक्य|संक्षेप|"
    r"句话|简短|简洁|列表|表格|字以内|簡潔|文で|字以内|表で|문장|간단|짧게|표로"
)
#: a whole sentence that asks for nothing: a greeting; a role to play, a label, a word around the question
GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|dear \w+|hallo|guten (?:tag|morgen|abend)|bonjour|"
    r"salut|hola|ciao|buongiorno|olá|привет|merhaba)(?: (?:there|everyone|all|chatgpt|zusammen))?[\s.!?:,]*"
)
FILLER = re.compile(
    r"(?:you are (?:an?|the|my) \D{1,120}|act as \D{1,120}|imagine you(?: are|'re) \D{1,120}|du bist ein\D{1,120}|"
    r"tu es une? \D{1,120}|eres una? \D{1,120}|sei una? \D{1,120}|"
    r"(?:can|could|would|will) you (?:please )?(?:help|assist|tell|answer|explain|show|answer)(?: (?:me|us))?"
    r"(?: (?:with|out|this|that|these|a|the|following|question|problem|something))*|"
    r"(?:i|we) (?:need|have|want|would like|'d like) (?:a |an |your |some )?(?:quick |short |simple |brief )*"
    r"(?:answer|question|help)(?: (?:with|on|about) (?:this|the following|something))?(?: for you)?|"
    r"(?:quick |short |simple )?question|i(?:'m| am) (?:just )?(?:wondering|curious)|help(?: me)?(?: out)?|"
    r"(?:kannst|könntest) du mir (?:bitte )?(?:helfen|sagen)|ich habe eine (?:kurze )?frage|"
    r"(?:peux|pourrais)-tu (?:m'aider|me dire)|j'ai une question|(?:puedes|podrías) (?:ayudarme|decirme)|"
    r"tengo una pregunta|(?:puoi|potresti) (?:aiutarmi|dirmi)|ho una domanda|"
    r"(?:question|q|answer|problem|task|prompt|limit|format|length|style|tone|language|output|note|frage|aufgabe|antwort|"
    r"pregunta|respuesta|domanda|risposta|réponse|pergunta|resposta) ?\d{0,3}|"
    r"(?:about |at most |max(?:imum)? |exactly )?(?:\d+|one|two|three|four|five)(?: ?[-–] ?\d+)? (?:short )?"
    r"(?:sentences?|words|paragraphs?|lines?|bullet points?|bullets|steps))[\s.!?:,]*"
)
#: a label behind the question, in a sentence of its own
END_LABEL = re.compile(r"(?:a|answer|the answer is|antwort|réponse|respuesta|risposta) ?[:：]")
CLAUSE = re.compile(
    r"(?:\s*[,(]?\s*(?:please )?(?:in|within|using|with) (?:no more than |at most |exactly |about |under |"
    r"less than |only )*"
    r"(?:a|an|one|two|three|four|five|\d+(?: ?[-–] ?\d+| to \d+)?|few|a few|one short)? ?"
    r"(?:short |brief |simple |single )?"
    r"(?:sentences?|words|bullet points?|bullets|paragraphs?|lines?|json(?: format)?|markdown|table(?: format)?|"
    r"steps)\)?"
    r"(?=[.?!]?$))|(?:\s*,?\s*(?:step by step|briefly|concisely|in brief|in short)(?=[.?!]?$))|\banswer:\s*$"
)
#: how such a clause ends, within so many characters
CLAUSE_ENDS = re.compile(
    r"(?:sentences?|words|points?|bullets|paragraphs?|lines?|json|format|markdown|table|steps?|briefly|concisely|brief|"
    r"short|answer:\s*)\)?[.?!]?$"
)
END = 24
COURTESY = re.compile(
    r"\b(?:please|kindly|pls|plz|thanks(?: a lot| in advance)?|thank you(?: very much| in advance)?|bitte|"
    r"danke(?: im voraus)?|"
    r"s'il (?:vous|te) plaît|svp|merci(?: d'avance)?|por favor|gracias|per favore|per piacere|grazie|obrigad[oa]|"
    r"alsjeblieft|alstublieft|proszę|пожалуйста|спасибо|lütfen)\b[,!.]?\s?|"
    r"من فضلك|कृपया|^请(?=\w)|^請(?=\w)|ください|주세요"
)
#: what of it every courtesy in ASCII has
COURTEOUS = (
    "please", "kindly", "pls", "plz", "thank", "bitte", "danke", "svp", "merci", "favor", "gracias", "piacere",
    "grazie", "obrigad", "blieft",
)  # fmt: skip
ASKING = re.compile(
    r"^(?:hi|hello|hey|dear \w+|hallo|bonjour|hola|ciao|привет)[ ,!.]+(?=\S+ \S+)|"
    r"^(?:can|could|would|will) you (?:(?=\w)(?:help me )?(?:to )?)|^i (?:want|would like|need) you to |"
    r"^i have a question[:.,]? "
)
QUOTES = re.compile(r"[\"“”„«»‹›‘‚`]{1,2}(?!`)|(?<!\w)'|'(?!\w)")
QUOTE = "\"'`"  # one of these has every quotation in ASCII
#: letters that stand without spaces: how many make about a word
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
SYLLABIC = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
WORD = re.compile(r"[0-9][0-9.,]*|[^\W\d_]+")
ASCII_WORD = re.compile(r"[0-9][0-9.,]*|[A-Za-z]+")
DENSE_WORDS, SYLLABIC_WORDS = 0.6, 0.25


def plain(text: str) -> str:
    """The question, in lower case, with single spaces; never empty where `text` is not."""
    kept = _kept(_ends(text))
    bare = " ".join(" ".join(_bare(part) for part in kept).split())
    bare = ASKING.sub("", bare)
    return bare if any(letter.isalnum() for letter in bare) else " ".join(kept)


def said(text: str) -> str:
    """The same with its courtesies: what is left of a thank-you with an instruction about its form."""
    return " ".join(_unquoted(" ".join(_kept(_ends(text)))).split())


@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[str, ...]:
    """The sentences that are neither about the form nor around the question; of less, what there is."""
    line = text.lower().replace("’", "'")
    parts = [part for part in (" ".join(part.split()) for part in sentences_of(line)) if part]
    parts = [part for part in parts if WORD.search(part)] or parts
    if parts and END_LABEL.fullmatch(parts[-1]):
        parts = parts[:-1] or parts
    asked = [part for part in parts if not is_form(part)]
    inner = [part for part in asked if not FILLER.fullmatch(part)]
    return tuple([part for part in inner if not GREETING.fullmatch(part)] or inner or asked or parts)


def is_form(sentence: str) -> bool:
    """Whether a sentence only says what the answer should look like."""
    bare = _curt(sentence).lstrip(" ([*-–—#\"'")
    if len(bare.split()) > MOST_FORM_WORDS or bare.endswith(("?", "？")) or len(bare) > 240:
        return False
    opens = FORM_OPENS.match(bare)
    return opens is not None and FORM_SPEAKS.search(bare) is not None


def tidy(text: str) -> str:
    """The first and the last characters of a text, in lower case, with single spaces."""
    return " ".join(_ends(text).lower().split())


@lru_cache(maxsize=8)
def parts_of(line: str) -> tuple[str, ...]:
    """Words and numbers in order: several readers ask for those of the same line."""
    if not DIGIT.search(line):
        return tuple(letters_of(line))
    return tuple((ASCII_WORD if line.isascii() else WORD).findall(line))


@lru_cache(maxsize=8)
def units(line: str) -> float:
    """How long a text is, in words; by its letters where its script sets no spaces."""
    if line.isascii():
        return len(parts_of(line))
    dense, syllabic = len(DENSE.findall(line)), len(SYLLABIC.findall(line))
    spaced = WORD.findall(SYLLABIC.sub(" ", DENSE.sub(" ", line))) if dense or syllabic else WORD.findall(line)
    return len(spaced) + DENSE_WORDS * dense + SYLLABIC_WORDS * syllabic


def sentences_of(line: str) -> list[str]:
    """A text where `SENTENCE` cuts it."""
    return SENTENCE.split(line) if holds(line, DENSE_ENDS) else SPACED_SENTENCE.split(line)


def _curt(part: str) -> str:
    """A sentence without its courtesies."""
    return part if part.isascii() and not holds(part, COURTEOUS) else COURTESY.sub("", part)


def _unquoted(part: str) -> str:
    return part if part.isascii() and not holds(part, QUOTE) else QUOTES.sub(" ", part)


def _bare(part: str) -> str:
    bare = _unquoted(_curt(part)).strip()
    return CLAUSE.sub("", bare) if CLAUSE_ENDS.search(bare[-END:]) else bare


def _ends(text: str) -> str:
    if len(text) > HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text[:HEAD_CHARACTERS] + " " + text[-TAIL_CHARACTERS:]
    return text
