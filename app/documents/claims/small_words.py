"""Words of six languages by which a sentence speaks of its source, and by which it says no."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text between blanks."""
    return frozenset(text.split())


#: of how a source is spoken of, not of what it says
TELLING = words(
    "text texts passage passages source sources document documents says say said states stated states according "
    "describes described describe called calls call mentions mentioned mention explains explained warns writes wrote "
    "defines defined gives text texte texten textstelle quelle quellen dokument sagt sagen nennt genannt laut steht "
    "beschreibt beschrieben erklärt texto dice según fuente documento describe llama texte dit selon source appelle "
    "testo secondo fonte diz segundo example beispiel ejemplo exemple means mean meaning bedeutet significa signifie "
    "yes ja sí oui answer antwort"
)
NEGATIONS = words(
    "not no never none nor neither nothing nobody cannot nicht kein keine keinen keinem keiner keines nie niemals "
    "nichts niemand nunca jamás nada nadie ningún ninguna pas jamais rien aucun aucune non niente nessun nessuna "
    "não nunca nada nenhum nenhuma niet geen nooit niets zonder nie bez nigdy żaden żadna "
    "żadne without ohne sin sans senza sem"
)
#: words by which a source says no to something, beside `NEGATIONS`
REFUSING = words(
    "refuse refuses refused refusing reject rejects rejected deny denies denied forbid forbids forbade forbidden ban "
    "bans banned prohibit prohibits prohibited fail fails failed decline declined object objected oppose opposes "
    "opposed prevent prevents prevented avoid avoids avoided lack lacks lacked disagree disagrees disagreed "
    "weigert weigerte weigerten verweigert verweigerte ablehnen lehnt lehnte abgelehnt verbietet verbot verboten "
    "verhindert verhinderte scheitert scheiterte bestreitet bestritt fehlt fehlte "
    "protect protects protected protection stop stops stopped block blocks blocked missing withdraw withdrew withheld "
    "keep keeps kept less fewer weniger menos rather instead wrong "
    "before until hardly scarcely barely unlike misleading schützt schützen schützte schutz davor kaum hindert stoppt "
    "bevor antes protege protegen apenas hasta "
    "rechazar rechaza rechazó negó niega prohíbe prohibió prohibido impide impidió fracasa fracasó evita evitó "
)
#: words that say little by themselves: where a source has others for them, nothing is missing
LIGHT = words(
    "therefore hence thereby moreover furthermore able about actually again allow allows almost along already "
    "also although always appear appears approximately around available back based basically become became "
    "becomes begin behind besides bit bring brings broadly call calls came can case cases causes certain chiefly "
    "close come comes common commonly completely contain contains consist consists daily depend depends different "
    "directly due early earlier easily else end especially essentially everyone everything exactly exist exists "
    "fact far find finds found first fully general generally get gets given go goes going got great group happen "
    "happens held high hold holds however important including instead involve involves item keep keeps kept key "
    "kind knew know known knows large largely last late later lead leads led left less let lets like likely long "
    "longer look main mainly make makes making many may mean means merely more mostly move moves moving much name "
    "named namely near nearly need needs new next nobody nothing notably number occur occurs often one order "
    "overall part particular people perhaps person place play plays point possible precisely primarily probably "
    "process produce provide provides purpose put puts quite rather reach reason refer refers regard remain "
    "remains result results role roughly said say seen serve serves set several show showed shown shows simply "
    "small so someone something specific specifically start started starts stated still such take taken takes "
    "term thing things think this thus time together told took total towards true turn turned turns two type "
    "types typically use used uses using usually various very want wants way ways well went whole whose within "
    "word words work works year years yes aber allein allerdings anfang außerdem beginnt bekannt bereits "
    "besonders besteht bleibt bringt dazu dabei denen eben eigentlich einfach einmal entsteht ergibt erhält erst "
    "etwa fand fast findet folgende form führt ganz ganze gehen geht gehört genannt genau gibt gilt ging gingen "
    "grund gut hauptsächlich heißt insbesondere insgesamt jahr jahre jemand kam kamen kommt kommen lassen lässt "
    "leicht liegt mal meist meistens menschen möglich nämlich nennt neu nimmt rund sagt schließlich schon sogar "
    "somit stand statt steht stellt teil trotzdem überwiegend ums unter verwendet viel viele vielen vor vorhanden "
    "weise weiter weshalb wenig werden wieder wichtig wort wurde ziemlich zuerst zunächst además alrededor algo "
    "alguien alguna algunas alguno algunos año años aproximadamente aquí así aunque bien cada casi caso causa "
    "cerca consiste cosa cosas debido desarrolla dio era forma gran grande hace hacer hay incluso llega llevar "
    "lugar manera mayor mediante mejor menos mientras mismo modo mucho nombre nuevo ocurre parte pasa persona "
    "personas poco principalmente puede punto queda realiza resultado resulta según ser si sido siempre sirve "
    "sobre solo tal también tiene tienen tipo toda todas todo todos trata usa va varias varios ve vez veces viene "
    "ainsi aller alors année années appelle après assez aucun aussi autour avant beaucoup car cas cause cela "
    "chaque chose comme dernier devient dit donc encore ensuite entre environ être façon fait faire faut fois "
    "forme grand gens lieu manière même mieux moins notamment nouveau parle partie parut pendant permet personne "
    "personnes peu peut plus plusieurs pouvoir premier presque prend principalement produit puis quand quelque "
    "raison reste résultat sert seulement soit sorte souvent surtout tout toute toutes très trouve utilise vers "
    "veut vient voir vrai allora altri altro anche ancora anno anni avere bene circa così dare deve dire dopo "
    "essere fare fatto molto nome nuovo ogni per persone più possono prima può quasi quindi questo sono stato "
    "stata tempo tutti tutto usare volta volte ainda além ano anos assim coisa como disso dizer durante então "
    "existe fazer fez foi gente havia isso já mais maior mesmo muito novo outro pessoa pessoas pode pouco quase "
    "quando são sobretudo só também tem ter uma usado algemeen altijd andere beetje bijna daarbij daarna daarom "
    "dan deel dus echt eerst enkele erg gaan gaat gebruikt geheel genoemd goed groot groter heeft heel "
    "hoofdzakelijk ieder jaar jaren komen komt kwam kwamen maakt manier meer meest meestal mensen naam nieuw nog "
    "nu ongeveer ook paar plaats ruim staat steeds tijd toen uit vaak veel verder vooral vorm waar weer wel wordt "
    "pocos pocas poca machte machten selbst beiden beide innerhalb meisten führte führten jeweils deshalb deswegen "
    "daher damals dagegen davon daran darin daraus dafür dadurch darüber dabei jeden jede jedes jeweils höchstens "
    "mindestens etwas beim zum ohne bis kleinere größere erste ersten zweite zweiten dritte entonces aquel aquella "
    "poder podía podían podría pudo pudieron pueden querer quería querían quiere deber debe debía deben tenía tenían "
    "tener haber había habían hubo hacía hacían hizo hicieron estar estaba estaban debería "
    "können konnte konnten müssen musste mussten sollen sollte sollten wollen wollte wollten dürfen durfte durften "
    "beträgt betrug betragen betrugen "
    "mögen mag mochte lag lagen kein stellen stellt stellte bekam bekamen bekommen geschieht geschah vorbei vorher "
    "además debido antes después luego pues mientras durante primero primera segundo segunda último última decir "
    "zeer bardzo był była było były będzie być czas często czyli dla dużo gdzie inny jako jednak każdy kiedy "
    "kilka ludzie między miał może można nad nawet około oraz pod podczas ponad potem prawie przede przed przez "
    "raz roku również się sposób swój także też tylko więc wiele wszystko zostać został została "
)
