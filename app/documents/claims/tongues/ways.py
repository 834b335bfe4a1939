"""How things are, where, when and how often, in English, German and Spanish (see `deeds.py`)."""

WORDS = """
big large great/groß größer größte/grande gran mayor; small little/klein gering/pequeño menor
long/lang länger/largo; short/kurz kürzer/corto breve; high tall/hoch hohe höher höchste/alto; low/niedrig/bajo
deep/tief/profundo; wide broad/breit weit/ancho amplio; narrow/eng schmal/estrecho
thick/dick dicht/grueso espeso; thin/dünn/fino delgado; heavy/schwer/pesado; light/leicht/ligero
strong/stark stärker/fuerte; weak/schwach/débil; fast quick rapid/schnell rasch/rápido; slow/langsam/lento
hard/hart/duro; soft/weich/blando suave; hot/heiß/caliente; warm/warm/cálido tibio; cold/kalt/frío
cool/kühl/fresco; dry/trocken/seco; wet moist damp humid/nass feucht/mojado húmedo; new/neu/nuevo
old/alt älter älteste/viejo antiguo; young/jung jünger/joven; early/früh früher/temprano; late/spät später/tarde
good better best/gut besser beste/bueno mejor; bad worse/schlecht schlimm/malo peor
true right correct/wahr richtig korrekt/verdadero correcto; wrong false/falsch/falso incorrecto
same equal/gleich derselbe selbe/igual mismo
different other/verschieden unterschiedlich anders/diferente distinto; similar like/ähnlich/similar parecido
opposite contrary/gegenteil/contrario opuesto; easy simple/einfach leicht/fácil simple sencillo
difficult hard/schwierig schwer/difícil; important/wichtig bedeutend/importante
necessary/notwendig nötig/necesario; possible/möglich/posible; certain sure/sicher gewiss/seguro cierto
clear plain/klar deutlich/claro; strange odd/seltsam/extraño raro; rare/selten/raro
common frequent often/häufig oft/común frecuente; usual normal/üblich gewöhnlich normal/habitual normal
special/besondere speziell/especial; general/allgemein/general; own/eigene eigen/propio
only single sole/einzig einzeln/único solo; single individual each/einzelne einzeln/individual cada
free/frei kostenlos/libre gratis; full/voll/lleno; empty/leer/vacío; open/offen/abierto
closed/geschlossen/cerrado; public/öffentlich/público; private/privat/privado; secret/geheim geheimnis/secreto
expensive dear/teuer/caro; cheap/billig günstig/barato; rich/reich/rico; poor/arm/pobre; useful/nützlich/útil
safe/sicher/seguro; healthy/gesund/sano; dead/tot/muerto; alive living/lebendig lebend/vivo
male/männlich/masculino macho; female/weiblich/femenino hembra; natural/natürlich/natural
artificial/künstlich/artificial; inner inside/innere innen inneren/interior dentro
outer outside/äußere außen/exterior fuera; upper above/obere oben/superior arriba
lower below underside/untere unten unterseite/inferior abajo; front/vorne vordere/frente delante
behind back/hinten hintere hinter/detrás atrás; near close/nah nahe/cerca cercano
far distant/fern entfernt/lejos lejano; distance/entfernung abstand strecke/distancia
direct straight/direkt/directo; white/weiß/blanco; black/schwarz/negro; red/rot/rojo; green/grün/verde
blue/blau/azul; yellow/gelb/amarillo; grey/grau/gris; brown/braun/marrón pardo; pink/rosa/rosa
bright/hell/claro brillante; dark/dunkel/oscuro; colourless/farblos/incoloro
beautiful beauty/schön schönheit/bello hermoso belleza; ugly/hässlich/feo
clever wise/klug weise schlau/inteligente sabio; stupid fool/dumm narr/tonto necio; mad/verrückt wahnsinnig/loco
strict/streng/estricto; loud/laut/ruidoso alto
quiet silent silence/leise still stille schweigen/silencioso silencio; sharp/scharf/agudo; round/rund/redondo
flat/flach/plano; smooth/glatt/liso; always/immer stets/siempre; never/nie niemals/nunca jamás; often/oft/menudo
sometimes/manchmal/veces; soon/bald/pronto; today now/heute jetzt/hoy ahora; yesterday/gestern/ayer
before earlier/vorher zuvor/antes; after later/nachher danach/después luego; again/wieder erneut/otra
together/zusammen gemeinsam/juntos; only/nur bloß/solamente; also/auch ebenfalls/también
almost nearly/fast beinahe/casi; very/sehr/muy; enough/genug/bastante suficiente; more/mehr/más
less fewer/weniger/menos; most/meiste meisten/mayoría; all every/alle jeder/todos; none no/kein keine/ninguno
some few/einige manche/algunos; many/viele/muchos; few/wenige/pocos
"""
