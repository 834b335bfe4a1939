"""Words of which one may stand for another, in English, German and Spanish: what a source calls "hard" is "difficult".

    means_the_same("difficult", {"hard", "wages"})        # True

Groups of words that are exchanged all the time; a form that a stem reaches (`support.is_same`) need not be here. Words
with an opposite that are told apart elsewhere (`opposites.py`) stand together only with their own side.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache

from app.documents.claims.support import is_same

_GROUPS = """
difficult hard tough
easy simple
king royal monarch crown
emperor imperial
fast quick quickly rapid rapidly swiftly
big large huge great
small tiny little minute
begin begins began start starts started commence
end ends ended finish finished stop stops stopped cease
buy buys bought purchase purchased acquire acquired
sell sells sold
get gets got receive receives received obtain obtained gain gained
give gives gave given grant granted hand hands handed
die dies died dead death deaths killed perished victims
kill kills killed murder murdered slew
spend spends spent goes went pay pays paid
cost costs price
show shows showed shown demonstrate demonstrated prove proved reveal revealed
help helps helped aid aids assist
build builds built construct constructed erect erected
make makes made produce produces produced create creates created manufacture
break breaks broke destroy destroyed
find finds found discover discovered detect detected
invent invented devise devised
describe described portray
publish published printed appeared
write writes wrote written authored
argue argues argued claim claims claimed maintain maintained hold holds held believe believed think thinks thought
say says said state stated remark remarked
choose chooses chose chosen select selected pick picked
elect elected vote voted
refuse refused decline declined reject rejected turned
forbid forbidden forbade ban banned prohibit prohibited
allow allows allowed permit permits permitted
need needs needed require requires required
use uses used employ employed apply applied
keep keeps kept retain retains retained preserve remain remains stay stays stayed
change changes changed alter altered vary varies modify
split splits divide divides divided separate separated
join joins joined connect connected combine combined link linked unite united
grow grows grew increase increases increased rise rises rose raise raised climb climbed
fall falls fell drop drops dropped decrease decreases decreased decline declines declined sink sinks sank reduce reduced
send sends sent
leave leaves left depart departed
arrive arrives arrived reach reached come came
take takes took taken remove removed
carry carries carried transport transported bear bears
move moves moved travel travels travelled go goes went
run runs ran operate
fight fights fought battle war
attack attacked assault
win wins won victory defeat defeated beat beaten
lose loses lost
child children kid kids boy girl
doctor doctors physician physicians
illness ill sick disease
student students pupil pupils
teacher master
poor poverty
rich wealthy
famous well-known celebrated known
strange odd unusual
important essential crucial key central
main chief chiefly principal mainly mostly primarily
often frequently usually commonly
rare rarely seldom
almost nearly
about roughly approximately around
enough sufficient
whole entire total all
wrong false incorrect
right correct true
near close beside next
far distant
country countries nation nations state
people population inhabitants persons human humans
town city
area region zone
ship ships vessel vessels boat
road street
house home houses homes
car cars vehicle vehicles
money income revenue funds
worker workers labour labourer labourers
job work
law rule statute
court judges judge
part portion share section
piece fragment
kind type sort form
way method manner
reason cause causes caused because
result results effect effects consequence consequences outcome
aim goal purpose
idea notion concept thought
story tale
poem poems verse
book work
picture image painting
sea ocean oceans marine
stone rock
earth ground soil
heat warmth thermal
light bright
dark dim
hot warm
cold cool
dry arid
wet moist damp
surface outside
inside within interior
middle centre center
upper top above
lower bottom beneath below under
year annual yearly annually
day daily
later afterwards after subsequently
earlier before previously
first initially
last final finally
again anew once
expensive dear dearer costly
cheap inexpensive
speed velocity pace rate
weight mass heavy
size large
length long
high higher highest height tall taller tallest
return returns returned back
depth deep
strength strong
amount quantity
number count
store stores stored save saved
delete deleted erase removed
protect protects protected defend shield
contain contains include includes comprise
consist consists made composed
surround surrounded around
belong belongs part
depend depends
cover covers covered
lie lies located situated
stand stands represent represents
exhibit shown displayed
obey follow follows followed
respond responds react reacts reaction response
spread spreads
occur occurs happen happens happened take
vanish disappear disappeared gone
measure measured
estimate estimated reckoned
calculate calculated compute computed
compare compared
name named called
accuse accused blamed blame
punish punished
free freed released liberated
lack lacked shortage short scarce scarcity
danger dangerous risk
possible can
certain sure
whereas while
beginner beginners novice
mistake error errors fault
author writer
ruler king rulers
forest wood woods
schwierig schwer
schnell rasch zügig
beginnen beginnt begann anfangen fängt startet start
enden endet aufhören
sterben starb starben gestorben tod tot
zeigen zeigt zeigte beweist bewies
erhalten erhielt bekommen bekam kriegte
brauchen braucht benötigt benötigen
groß riesig
klein winzig gering
wachsen wächst steigen steigt stieg zunehmen zunimmt erhöht
sinken sinkt fallen fällt abnehmen abnimmt
nutzen nutzt verwenden verwendet gebrauchen einsetzen
schreiben schrieb verfasste verfasst
gründen gründete gegründet
bauen baute errichtet errichtete
wählen wählt gewählt bestimmt
verbieten verboten untersagt
erlauben erlaubt gestattet
enthält enthalten besteht
entstehen entsteht bilden bildet
liegen liegt befindet
etwa ungefähr rund circa
meist meistens überwiegend größtenteils
pro je jede jeder
krieg kämpfe kampf
rapide rápido veloz
empezar comenzar comienza empieza
aumentar aumenta crece sube
disminuir disminuye baja cae
usar utilizar utiliza emplea
morir murió muerte
"""


@cache
def _known() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _GROUPS.strip().split("\n"):
        group = frozenset(line.split())
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


@lru_cache(maxsize=2000)
def group_of(word: str) -> frozenset[str]:
    """The words that may stand for one, in whatever form it is."""
    known = _known()
    if word in known or len(word) < 5:
        return known.get(word, frozenset())
    return frozenset[str]().union(*(known[other] for other in known if len(other) > 4 and is_same(word, other)))


def means_the_same(word: str, words: Collection[str]) -> bool:
    """Whether another word that may stand for this one is among these."""
    return any(other in words or any(is_same(other, one) for one in words) for other in group_of(word))
