"""What a message is to the talk before it: small talk, a doubt, a continuation, or something new. In many languages.

    talk_of("Danke!", "Was ist Osmose?", "Osmose ist …").kind              # "small-talk": it asks for nothing
    talk_of("你确定吗？", "法国首都是哪里？", "巴黎。").kind                  # "doubts"
    talk_of("Und warum?", "Was ist Osmose?", "Osmose ist …").kind          # "goes-on"

Short lists of whole phrases come first, since they need no other word of the message; then `followups`, which reads the
words themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.core.texts import Text
from app.models.routing.evidence import GOES_ON, Evidence
from app.models.routing.followups import follow_up
from app.models.routing.phrases import Near, alternatives
from app.models.routing.plain import said
from app.models.routing.signals import is_learned
from app.models.routing.tongues import tongues_of
from app.models.routing.vocabulary import STEM_LETTERS

Kind = Literal["new", "goes-on", "doubts", "small-talk"]
SURELY = 0.95
MOST_SMALL = 80  # characters of small talk
UNSPACED = "\u0e00"
PICTURES = "\u2600"  # from here on a sign is a little picture
MOST_SHORT = 160  # characters of a message that its opening decides about


@dataclass(frozen=True, slots=True)
class Talk:
    """The kind, how surely the message goes on with the turn before (0 to 1), and what tells so."""

    kind: Kind = "new"
    score: float = 0.0
    why: tuple[Evidence, ...] = ()

    @property
    def goes_on(self) -> bool:
        """
        Whether it belongs to the answer before.
        """
        return self.kind in ("goes-on", "doubts")


NEW = Talk()


def _any_of(text: str) -> str:
    """An alternation, the longest first. Where letters stand without spaces, no border of a word is asked for."""
    phrases = sorted(set(alternatives(text)), key=len, reverse=True)
    spaced = "|".join(one for one in phrases if one.lstrip("(?:")[0] < UNSPACED)
    unspaced = "|".join(one for one in phrases if one.lstrip("(?:")[0] >= UNSPACED)
    return rf"(?<!\w)(?:{spaced})(?!\w)|(?:{unspaced})"


_SMALL = """
    hi|hello|hey|hiya|there|good (?:morning|afternoon|evening|night)|bye|goodbye|see you|thanks?|thank you|thx|ty|
    cheers|great|perfect|nice|cool|awesome|wow|in advance|im voraus|d'avance|got it|i see|makes sense|very much|
    so much|a lot|very|that helps|that helped|well done|good job|how are you(?: today)?|how are you doing|
    what'?s up|you'?re welcome|no problem|lol|haha|for (?:the|your) (?:help|answer|explanation)|that'?s (?:great|
    perfect|clear|helpful)|(?:you're|you are) (?:the best|great|awesome|amazing)|understood|all good|danke|
    vielen dank|danke schön|dankeschön|merci|sehr|super|prima|toll|hallo|guten (?:morgen|tag|abend)|gute nacht|
    servus|moin|tschüss|bis bald|verstanden|alles klar|wie geht'?s(?: dir)?|wie geht es dir|klasse|das hilft|
    das hat (?:mir )?(?:sehr )?geholfen|dir|für (?:die|deine) (?:hilfe|antwort|erklärung)|bonjour|salut|bonsoir|
    coucou|merci (?:beaucoup|bien)|parfait|génial|au revoir|ça va|compris|c'est clair|d'accord merci|hola|
    buenos días|buenas (?:tardes|noches)|gracias|muchas gracias|perfecto|genial|adiós|hasta luego|qué tal|
    cómo estás|entendido|ciao|buongiorno|buonasera|grazie|grazie mille|perfetto|capito|come stai|arrivederci|olá|
    oi|bom dia|boa (?:tarde|noite)|obrigad[oa]|muito obrigad[oa]|perfeito|entendi|tudo bem|tchau|hoi|goedemorgen|
    goedemiddag|goedenavond|dank je(?: wel)?|bedankt|dankjewel|doei|begrepen|cześć|dzień dobry|dobry wieczór|
    dziękuję|dzięki|bardzo|świetnie|do widzenia|rozumiem|привет|здравствуйте|добрый (?:день|вечер)|доброе утро|
    спасибо|большое|отлично|понятно|пока|как дела|merhaba|selam|günaydın|iyi (?:akşamlar|geceler)|teşekkürler|
    teşekkür ederim|sağ ol|harika|anladım|nasılsın|çok|مرحبا|السلام عليكم|صباح الخير|مساء الخير|شكرا|شكرًا|
    شكرا جزيلا|جزيلا|رائع|فهمت|كيف حالك|नमस्ते|धन्यवाद|शुक्रिया|बहुत|समझ गया|你好|您好|嗨|早上好|晚上好|早安|晚安|
    谢谢|多谢|非常感谢|感谢|明白了|太好了|再见|謝謝|你|您|了|こんにちは|おはよう(?:ございます)?|こんばんは|
    ありがとう(?:ございます|ございました)?|どうも|わかりました|了解(?:です)?|なるほど|さようなら|안녕(?:하세요)?|
    감사(?:합니다|해요)|고마워(?:요)?|고맙습니다|알겠(?:습니다|어요)|좋아요|잘 가
    """
SMALL = re.compile(_any_of(_SMALL))
#: these answer a question, where one was asked
_CONSENT = """
    yes|yeah|yep|no|nope|ok|okay|sure|right|please|ja|nein|gut|bitte|oui|non|d'accord|sí|si|no|vale|sì|va bene|
    sim|não|tak|nie|да|нет|хорошо|evet|hayır|tamam|نعم|لا|हाँ|नहीं|是的|好的|好|不|はい|いいえ|네|아니요
    """
CONSENT = re.compile(_any_of(_CONSENT))
DOUBTS = re.compile(
    _any_of(
        r"""
        are you (?:really )?(?:sure|certain)|is (?:that|this) (?:really )?(?:true|right|correct)|that'?s (?:not right|
        wrong|not correct|incorrect)|(?:that|this) (?:is|looks|seems) wrong|you'?re wrong|bist du (?:dir )?sicher|
        sicher\?|stimmt das|das (?:stimmt nicht|ist falsch)|(?:tu es|es-tu|êtes-vous|vous êtes) sûre?s?|c'est faux|
        ce n'est pas (?:vrai|correct)|estás segur[oa]|seguro\?|eso (?:no es|es|está) (?:correcto|incorrecto|falso|
        mal)|sei sicur[oa]|è sbagliato|(?:você )?tem certeza|está errado|weet je (?:het|dat) zeker|klopt dat|
        dat klopt niet|(?:czy )?jesteś pew(?:ien|n[ya])|na pewno\?|to nieprawda|ты уверена?|вы уверены|
        это (?:неправильно|неверно)|emin misin|bu yanlış|هل أنت متأكد|هذا خطأ|क्या (?:आप|तुम) (?:पक्का|निश्चित)|
        यह गलत|你确定|确定吗|真的吗|不对|錯了|错了|你確定|本当です?か|本当に|確かです?か|間違って|違います|확실해|
        확실한가|정말(?:이야|인가요)|틀렸
        """
    )
)
#: how a message begins that is said of the answer before: go on, change it, why
_ON = r"""
    continue|go on|keep going|again$|shorter|longer|simpler|more (?:detail|please)|more$|tell me more|\d+ more|
    eli5|(?:another|one more)(?: (?:one|example|way|try|please))?$|as an? (?:table|list|poem|diagram)|huh$|what$|
    hm+$|next$|(?:(?:and|now) )?in (?:simpler|other|simple|plain) (?:words|terms|language|english)|(?:(?:(?:can|
    could) you|please|now|then) )*(?:fix|correct|shorten|rewrite|translate|explain|improve|debug|summari[sz]e|
    simplify|write|do|make|put|convert|turn|test|run|change|check|format|expand) (?:it|this|that|them|these|those|
    the (?:bug|error|code|text|proof|last|second|first|third|next))|(?:can you )?explain (?:line|step|point|
    part) \d+|i (?:still )?(?:get|got) (?:an?|the|this) (?:\w+ )?error|(?:what's|what is) (?:the|its) (?:(?:time|
    space) )?complexity$|why$|why (?:not$|is that|so$)|how$|how so|weiter|mach weiter|warum$|wieso$|wie$|hä$|
    (?:warum|wieso) (?:ist das|nicht$|das$)|kürzer|länger|einfacher|genauer|nochmal|(?:noch|nenne|gib mir) (?:ein|
    eine|einen|mehr)(?: (?:weitere[sn]?|andere[sn]?))? (?:beispiele?|davon)?$|mehr$|mehr (?:dazu|details|
    beispiele)|auf (?:deutsch|englisch)|(?:(?:kannst du|bitte) )*(?:(?:das|es|den \w+ \w+) )?(?:einfacher|genauer|
    kürzer|nochmal) erklär\w*|erklär(?:e|st)? (?:das|es|mir das|den (?:ersten|zweiten|dritten|letzten))|
    wie meinst du|fass (?:das|es)|(?:korrigiere|übersetze|behebe|verbessere|kürze|schreibe?) (?:das|es|den fehler|
    die antwort)|was ist mit|wie wäre|und(?= )|continuer?|plus (?:court|long|simple|de détails)|
    (?:un )?autres? exemples?|en anglais|quoi$|et(?= )|pourquoi$|pourquoi (?:pas$|ça$)|encore|explique-le|
    explique (?:ça|cela|plus)|peux-tu (?:développer|préciser|expliquer)|(?:corrige|traduis)(?:-le|$)|(?:corrige|
    traduis) (?:ça|en|l'erreur|le)|continúa|sigue|más (?:corto|largo|simple|sencillo|detalles)|
    (?:dame )?otros? ejemplos?|en inglés|y(?= )|por qué$|por qué no$|otra vez|explícalo|corrígelo|corrige el|
    tradúcelo|traduce(?:lo)? al|continua|vai avanti|più (?:breve|corto|semplice|lungo)|(?:un )?altro esempio|
    in inglese|e(?= )|perché$|spiegalo|correggilo|traducilo|mais (?:curto|simples|longo|detalhes)|
    (?:um )?outro exemplo|em inglês|por quê$|(?:explique|corrija|traduza) isso|ga (?:verder|door)|korter|langer|
    eenvoudiger|waarom$|nog een|leg (?:het|dat) uit|in het engels|kontynuuj|dalej|krócej|prościej|dlaczego$|
    jeszcze jeden|inny przykład|po angielsku|popraw to|wyjaśnij to|продолж(?:ай|и|айте)|дальше|короче|проще|
    (?:ещё|еще) (?:пример|один|раз)|на английском|подробнее|объясни (?:проще|подробнее|ещё)|переведи (?:это|на)|
    почему$|(?:исправь|объясни) это|devam(?: et)?|daha (?:kısa|basit|uzun)|başka (?:bir )?örnek|bir örnek daha|
    peki|neden$|bunu (?:düzelt|açıkla)|ingilizceye çevir|أكمل|استمر|تابع|أقصر|لماذا$|ولماذا|صحح ذلك|اشرح ذلك|
    مثال آخر|بالإنجليزية|ترجم(?:ه|ها)|وماذا|जारी रख(?:ो|ें)|क्यों$|छोटा करो|आगे|एक और|और उदाहरण|अंग्रेज़ी में|
    继续|接着|(?:你?(?:能不能|能否|能|可不可以|可以|请)?再?(?:说|讲|解释)?得?更?(?:详细|简单|简短|具体|清楚|短)一?[点些])|短一点|简单一点|再(?:短|简单|详细|举|来|给)|为什么$|改一下|翻译(?:一下|成)|用英文|解释一下第|繼續|
    什么$|続けて|もっと|短く|簡単に|なぜですか$|なぜ$|どうして$|それを|直して$|訳して$|もう(?:一つ|少し|一度)|
    (?:英語|日本語)(?:に|で)|え$|.{1,8}では$|계속|더 (?:짧게|자세히|쉽게)|짧게|간단(?:하게|히)|왜$|왜요$|고쳐 ?줘|
    번역해 ?줘$|다른 예|하나 더|영어로
    """
ON = re.compile(_any_of(_ON))
#: said of the answer before, wherever it stands in a short message
UNCLEAR = re.compile(
    _any_of(
        r"""
        (?:i )?(?:don'?t|didn'?t|do not) (?:understand|get it)|i'm (?:confused|lost)|this doesn'?t (?:work|help)|
        (?:the|your) (?:first|second|third|last) (?:step|line|part|point|sentence|paragraph|example)|(?:verstehe?|
        kapier\w*) (?:ich )?(?:(?:das|es) )?(?:noch )?nicht|(?:ersten|zweiten|dritten|letzten) (?:schritt|satz|punkt|
        teil|absatz)|(?:je )?ne comprends pas|comprends pas|no (?:lo )?entiendo|non (?:ho )?capi(?:sco|to)|
        não (?:entendi|entendo)|(?:ik )?(?:snap|begrijp) (?:het|dat) niet|nie rozumiem|не понима(?:ю|л)|anlamadım|
        لا أفهم|لم أفهم|समझ (?:में )?नहीं|不(?:太)?(?:明白|懂)|没(?:看)?懂|(?:わか|分か)(?:りません|らない)|이해가 안|
        모르겠
        """
    )
)
#: words of its own behind a colon: it stands alone, whatever it begins with
OWN_WORDS = re.compile(r"[:：]\s*\S+\s+\S+")
#: "and", "but", "then" at the beginning: in another language the same letters may be another word ("a", "en")
AND: dict[str, re.Pattern[str]] = {
    "de": re.compile("(?:und|aber|also)\\b"),
    "fr": re.compile("(?:et|mais)\\b"),
    "es": re.compile("(?:y|pero)\\b"),
    "it": re.compile("(?:e|ma)\\b"),
    "pt": re.compile("(?:e|mas)\\b"),
    "nl": re.compile("(?:en|maar)\\b"),
    "pl": re.compile("(?:a|i|ale)\\b"),
    "ru": re.compile("(?:а|и|но)\\b"),
    "tr": re.compile("(?:ve|ama|peki)\\b"),
    "ar": re.compile("(?:لكن|وماذا)\\b"),
    "hi": re.compile("(?:और|लेकिन) "),
    "zh": re.compile("那|但是|可是|还有"),
    "ja": re.compile("じゃあ|では|でも|それ"),
    "ko": re.compile("그럼|그리고|하지만|그런데"),
}
#: the commonest words of small talk, of doubts and of going on, which are known with a slip of the keyboard, too
_SMALL_WORDS = """
    hello thanks thank morning evening helped danke vielen hallo bonjour merci beaucoup muchas gracias
    buongiorno grazie mille obrigado obrigada muito привет спасибо большое teşekkürler merhaba dziękuję cześć
    bedankt goedemorgen
"""
SMALL_WORDS = Near(_SMALL_WORDS.split())
_SURE = """
    sicher seguro segura sicuro sicura certeza certain уверен уверена
"""
SURE = Near(_SURE.split())
_AGAIN = """
    continue continua continúa weiter warum wieso kürzer shorter simpler pourquoi encore perché продолжай почему
    короче dlaczego waarom korter neden devam
"""
AGAIN = Near(_AGAIN.split())
#: a message of one word alone is known with a slip where it is one of these, and no word of its own
LEAST_ALONE = 4


def _alone(text: str) -> Near:
    return Near([one for one in (one.rstrip("$") for one in alternatives(text)) if one.isalpha()], LEAST_ALONE)


SMALL_ALONE, ON_ALONE = _alone(_SMALL + "|" + _CONSENT), _alone(_ON)
MOST_SLIPPED = 40  # characters of a message that a slip may decide about
_MARKS = " ,.!?;:–—-…¡¿、。！，？؟"
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W_]")


def talk_of(text: str, previous_user: str, previous_reply: str) -> Talk:
    """The kind of a message. Never raises."""
    line = said(text) if len(text) <= 2 * MOST_SHORT else ""
    if 0 < len(line) <= MOST_SHORT and (found := _by_lists(line, previous_user, previous_reply)):
        return found
    if not previous_user.strip() or is_small(previous_user) or not text.strip():
        return NEW
    told = follow_up(text, previous_user, previous_reply)
    return Talk("goes-on" if told.score >= GOES_ON else "new", told.score, told.why)


def _by_lists(line: str, previous_user: str, previous_reply: str) -> Talk | None:
    """What a short message is by the lists alone; None where they don't tell."""
    has_before = bool(previous_user.strip()) and not is_small(previous_user)
    if has_before and UNCLEAR.search(line):
        return Talk("goes-on", SURELY, (Evidence(Text("routing.talk_pointing"), 1.0),))
    if not any(letter.isalnum() for letter in line):
        return Talk("small-talk") if max(line) > PICTURES else Talk("goes-on", SURELY) if has_before else None
    asked = previous_reply.rstrip().endswith(("?", "？", "؟"))
    rest = _without_small(line, asked=asked)
    if len(line) <= MOST_SMALL and _LETTERS.search(line) and not _LETTERS.search(rest):
        return Talk("small-talk")
    if not has_before:
        return None
    opening = rest.strip(_MARKS)
    slipped = [word for word in _WORD.findall(opening) if len(opening) <= MOST_SLIPPED]
    if DOUBTS.search(line) or any(SURE.has(word) for word in slipped):
        return Talk("doubts", SURELY, (Evidence(Text("routing.talk_doubt"), 1.0),))
    if OWN_WORDS.search(line):
        return None
    tongues = tongues_of(line) | tongues_of(previous_user)
    is_english = "en" in tongues_of(line)  # where "a" and "i" are no "and"
    ands = [AND[code] for code in tongues if code in AND and not is_english]
    slips = len(slipped) == 1 and (AGAIN.has(slipped[0]) or (_is_slip(line, slipped[0]) and ON_ALONE.has(slipped[0])))
    if ON.match(opening) or slips or any(one.match(opening) for one in ands):
        return Talk("goes-on", SURELY, (Evidence(Text("routing.talk_opening"), 1.0),))
    return None


def _is_small_word(line: str, word: str) -> bool:
    return SMALL_WORDS.has(word) or (_is_slip(line, word) and SMALL_ALONE.has(word) and not ON_ALONE.has(word))


def _is_slip(line: str, word: str) -> bool:
    """Whether a message is one word that is no common one of its own. Of longer words, the first letters are those of
    the word that was meant."""
    is_alone = line.strip(_MARKS) == word
    return is_alone and not (len(word) <= STEM_LETTERS and is_learned(word))


def _without_small(line: str, *, asked: bool) -> str:
    rest = SMALL.sub(" ", line)
    if len(line) <= MOST_SLIPPED:
        rest = _WORD.sub(lambda found: " " if _is_small_word(line, found.group()) else found.group(), rest)
    return rest if asked else CONSENT.sub(" ", rest)


def is_small(text: str) -> bool:
    """Whether a message is small talk by itself."""
    return len(text) <= 2 * MOST_SMALL and _is_small(text)


@lru_cache(maxsize=64)
def _is_small(text: str) -> bool:
    """The same of a short one: each decision asks it of all that was said before."""
    line = said(text)
    return (
        len(line) <= MOST_SMALL
        and bool(_LETTERS.search(line))
        and not _LETTERS.search(_without_small(line, asked=False))
    )
