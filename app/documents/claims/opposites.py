"""Pairs of words of which only one can be true of the same thing, in six languages.

    sides_of("cheaper")        # (frozenset({"cheap", "cheaper"}), frozenset({"dear", "dearer", "expensive"}))

Each line has the forms that a stem's other forms don't reach (`support.is_same`); what a sentence says of one thing a
source may say of another, so a pair alone decides nothing (`against.py`).
"""

from __future__ import annotations

from functools import cache

_PAIRS = """
more / less fewer
fast faster fastest quick quickly quicker / slow slower slowest slowly
hard / soft
high higher highest / low lower lowest
raise raises raised increase increases increased grow grows grew rise rises rose / reduce reduces reduced decrease
    decreases decreased shrink shrinks shrank fall falls fell lower lowers lowered drop drops dropped
speeds accelerates / slows
long longer longest lengthen lengthens / short shorter shortest shorten shortens
large larger largest big bigger biggest great greater / small smaller smallest
strong stronger strongest strengthen strengthens / weak weaker weakest weaken weakens
hot hotter hottest warm warmer warms warmed / cold colder coldest cool cooler cools cooled
cheap cheaper cheapest / dear dearer expensive
inside inner internal interior / outside outer external exterior
upper top upstream above / lower bottom downstream below
first / last
begin begins began start starts started / end ends ended finish finishes finished stop stops stopped
help helps helped / hurt hurts harm harms harmed hinder hinders
always / never sometimes
best better / worst worse
agree agrees agreed accept accepts accepted praised approved / disagree disagreed object objected objects reject rejects
    rejected refuse refuses refused criticised denied deny denies
win wins won gain gains gained grow grows grew grown / lose loses lost
borrower borrowers / lender lenders
open opens opened / close closes closed shut
absorb absorbs absorbed / emit emits emitted release releases released
attract attracts / repel repels
expand expands / contract contracts
melt melts melted / freeze freezes froze
dry drier / wet wetter humid
bright light / dark dim
thick thicker / thin thinner
wide wider broad / narrow narrower
deep deeper / shallow shallower
rich richer / poor poorer
succeed succeeded success triumphed / fail failed failure fails
support supports supported / oppose opposes opposed
include includes included / exclude excludes excluded
allow allows allowed permit permits permitted legal / forbid forbids forbade forbidden banned prohibited illegal
maximum most / minimum least
positive / negative
male men man boys / female women woman girls
father son brother / mother daughter sister
north northern / south southern
east eastern / west western
left / right
even / odd
true / false
import imports / export exports
known / unknown
possible / impossible
finite / infinite infinitely
majority / minority
reversible / irreversible
voluntary / compulsory
public / private
direct / indirect
alive / dead
add adds added / remove removes removed
create creates created built build / destroy destroys destroyed
union / intersection
major / minor
liquid / solid gas
synonym / antonym
good / bad evil
right allowed permitted / wrong forbidden
useful / useless
safe harmless / dangerous harmful
visible / invisible
young younger / old older
heavy heavier / light lighter
simple / complex complicated
full / empty
same equal / different unequal
natural / artificial
horizontal / vertical
buyer buyers / seller sellers
debtor debtors / creditor creditors
winner winners / loser losers
teacher / pupil student
host / parasite
predator predators / prey
urban / rural
domestic / foreign
summer / winter
night / day
clockwise / anticlockwise
convex / concave
ascending / descending
success successful / failure unsuccessful
popular / unpopular
mortal / immortal
gut / schlecht
richtig / falsch
jung jünger / alt älter
leicht leichter / schwer schwerer
sommer / winter
frei abgegeben / verbraucht aufgenommen
schnell schneller / langsam langsamer
hoch höher höchste / niedrig niedriger tief tiefer
steigt steigen stieg wächst wachsen erhöht hebt heben hob / sinkt sinken sank fällt fallen fiel senkt senken senkte
lang länger / kurz kürzer
groß größer größte / klein kleiner kleinste
stark stärker / schwach schwächer
warm wärmer heiß / kalt kälter kühl
teuer teurer / billig billiger
innen innere / außen äußere
oben obere über / unten untere unter
immer / nie niemals
besser beste / schlechter schlechteste
nimmt zu / nimmt ab
zunimmt zunehmen / abnimmt abnehmen
gewinnt gewann siegte siegten / verliert verlor unterlag
überlebten überlebte / starben starb
erlaubt / verboten
norden nördlich / süden südlich
osten östlich / westen westlich
rápido rápida / lento lenta
alto alta / bajo baja
sube suben aumenta aumentan / baja bajan disminuye disminuyen
fuerte / débil
caliente / frío fría
mayor mayores más / menor menores menos
triunfó ganó / fracasó perdió
vivo viva / muerto muerta
dentro / fuera
siempre / nunca
rapide / lent lente
haut haute / bas basse
augmente augmentent monte / diminue diminuent baisse
fort forte / faible
chaud chaude / froid froide
toujours / jamais
alto alta / basso bassa
aumenta aumentano / diminuisce diminuiscono
caldo calda / freddo fredda
sempre / mai
aumenta aumentam / diminui diminuem
quente / frio fria
sempre / nunca
"""


@cache
def _sides() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    none = frozenset[str]()
    for line in _PAIRS.replace("\n    ", " ").strip().split("\n"):
        one, other = (frozenset(side.split()) for side in line.split("/"))
        for mine, its in ((one, other), (other, one)):
            for word in mine:
                like, against = found.get(word, (none, none))
                found[word] = like | mine, against | its
    return found


def sides_of(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that say the same as one, and those that say the opposite; none where no opposite is known."""
    return _sides().get(word, (frozenset(), frozenset()))
