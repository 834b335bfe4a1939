"""Small words of six languages: what carries no meaning, what speaks of a source, what says no."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL = {
    "en": "a an the and or but if of to in on at by for from with as into than that this these those it its is are was "
    "were be been being am do does did done has have had not no nor so such there their they them he she his her him "
    "we you your our us i my me what which who whom whose when where why how can could may might must shall should "
    "will would about above after again all also any because before below between both during each few further here "
    "just more most much many only other out over own same some then through too under until up very while one ones "
    "however therefore thus yet still even though although every either neither else per via upon within without",
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber wenn von zu zum zur in im ins an am "
    "auf bei mit aus für nach über unter vor durch um als wie dass daß es sie er ihn ihm ihr ihre ihren ihrem sein "
    "seine seinen seinem seiner ist sind war waren wird werden wurde wurden worden hat haben hatte hatten kann können "
    "konnte muss müssen soll sollen darf dürfen nicht kein keine keinen nur auch noch schon so dann da dort hier "
    "was wer wo wann warum welche welcher welches ich du wir man sich dies diese dieser dieses diesem diesen jede "
    "jeder jedes alle alles mehr sehr dabei dafür davon damit denn doch also etwa bis gegen ohne während weil sowie",
    "es": "el la los las un una unos unas y o pero si de del a al en por para con sin sobre como más que es son era "
    "eran fue fueron ser está están estaba hay ha han había no ni se su sus lo le les me te nos yo tú él ella ellos "
    "qué quién cuál cuando cuándo donde dónde porque también muy ya entre hasta desde este esta estos estas ese esa "
    "eso esto cada todo toda todos todas solo sólo",
    "fr": "le la les l un une des du de d et ou mais si à au aux en dans sur par pour avec sans comme plus que qui "
    "quoi "
    "est sont était étaient être a ont avait avaient ne pas ni se s son sa ses leur leurs ce cet cette ces il elle "
    "ils elles on nous vous je tu y où quand parce aussi très entre chaque tout toute tous toutes n c qu",
    "it": "il lo la i gli le un uno una e o ma se di del della dei degli delle a al alla ai in nel nella su sul per "
    "con "
    "senza come più che è sono era erano essere ha hanno aveva non né si suo sua suoi ci vi io tu lui lei noi chi "
    "quando dove perché anche molto tra fra ogni tutto tutti questa questo",
    "pt": "o a os as um uma uns umas e ou mas se de do da dos das em no na nos nas por para com sem sobre como mais "
    "que "
    "é são era eram foi foram ser está estão há tem têm não nem se seu sua seus suas lhe eu tu ele ela nós quem qual "
    "quando onde porque também muito já entre até cada todo toda todos todas este esta isso",
}
#: of how a source is spoken of, not of what it says
TELLING = _words(
    "text texts passage passages source sources document documents says say said states stated states according "
    "describes described describe called calls call mentions mentioned mention explains explained warns writes wrote "
    "defines defined gives text texte texten textstelle quelle quellen dokument sagt sagen nennt genannt laut steht "
    "beschreibt beschrieben erklärt texto dice según fuente documento describe llama texte dit selon source appelle "
    "testo secondo fonte diz segundo example beispiel ejemplo exemple means mean meaning bedeutet significa signifie "
    "yes ja sí oui answer antwort"
)
NEGATIONS = _words(
    "not no never none nor neither nothing nobody cannot nicht kein keine keinen keinem keiner keines nie niemals "
    "nichts niemand nunca jamás nada nadie ningún ninguna pas jamais rien aucun aucune non mai niente nessun nessuna "
    "não nunca nada nenhum nenhuma without ohne sin sans senza sem"
)
