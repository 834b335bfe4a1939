"""Language, art, music, numbers and machines that reckon, in English, German and Spanish (see `deeds.py`)."""

WORDS = """
language tongue/sprache/lengua idioma; word/wort wörter/palabra; sentence/satz sätze/frase oración
letter/buchstabe/letra; letter/brief/carta; name/name/nombre; verb/verb/verbo; noun/substantiv nomen/sustantivo
vowel/vokal/vocal; grammar/grammatik/gramática; syllable/silbe/sílaba; stress accent/betonung betont/acento
meaning/bedeutung/significado; text/text/texto; book/buch bücher/libro; page/seite/página
chapter/kapitel/capítulo; author writer/autor schriftsteller/autor escritor; poet/dichter/poeta
reader/leser/lector; poem poetry/gedicht dichtung/poema poesía; verse line/vers/verso; line/zeile linie/línea
stanza verse/strophe/estrofa; rhyme/reim reimen/rima; novel/roman/novela
story tale narrative/erzählung geschichte/cuento relato; fairy tale/märchen/hadas
play drama/stück drama/obra drama; tragedy/tragödie trauerspiel/tragedia; comedy/komödie lustspiel/comedia
scene/szene/escena; act/akt aufzug/acto; character figure/figur gestalt/personaje
hero protagonist/held/héroe protagonista; narrator/erzähler/narrador; plot/handlung/trama argumento
stage/bühne/escenario; actor/schauspieler/actor; audience spectator/publikum zuschauer/público espectador
essay/aufsatz essay/ensayo; work/werk/obra; style/stil/estilo; form/form/forma; title/titel/título
author/verfasser/autor; diary/tagebuch/diario; newspaper/zeitung/periódico; magazine journal/zeitschrift/revista
report/bericht/informe; quote/zitat/cita; manuscript/handschrift/manuscrito; edition/ausgabe auflage/edición
image picture/bild/imagen cuadro; painting/gemälde bild/pintura cuadro; painter/maler/pintor
statue sculpture/statue skulptur/estatua escultura; art/kunst künste/arte; artist/künstler/artista
drawing/zeichnung/dibujo; portrait/porträt bildnis/retrato; perspective/perspektive/perspectiva
photo/foto fotografie/fotografía; film/film/película; music/musik/música; song/lied/canción
melody tune/melodie/melodía; rhythm/rhythmus/ritmo; orchestra/orchester/orquesta; symphony/sinfonie/sinfonía
composer/komponist/compositor; piano/klavier/piano; violin/geige violine/violín; flute/flöte/flauta
organ/orgel/órgano; organ/organ/órgano; instrument/instrument/instrumento; voice/stimme/voz; choir/chor/coro
key/tonart taste schlüssel/tonalidad tecla clave llave; major/dur/mayor; minor/moll/menor; chord/akkord/acorde
octave/oktave/octava; theme subject/thema motiv/tema; movement/satz/movimiento; concert/konzert/concierto
opera/oper/ópera; dance/tanz/danza; number/zahl nummer anzahl/número; digit figure/ziffer/cifra
sum total/summe/suma; difference/differenz unterschied/diferencia; product/produkt/producto
quotient/quotient/cociente; fraction/bruch brüche/fracción; root/wurzel/raíz; square/quadrat/cuadrado
cube/würfel/cubo; prime/primzahl prim/primo; divisor factor/teiler/divisor; divisible/teilbar/divisible
multiple/vielfache/múltiplo; equation/gleichung/ecuación; formula/formel/fórmula; function/funktion/función
variable/variable/variable; set/menge/conjunto; proof/beweis/demostración; theorem/satz/teorema
angle/winkel/ángulo; triangle/dreieck/triángulo; circle/kreis/círculo circunferencia; line straight/gerade/recta
side/seite/lado; area/fläche flächeninhalt/área superficie; volume/volumen/volumen; length/länge/longitud
point/punkt/punto; radius/radius/radio; curve/kurve/curva
probability likely/wahrscheinlichkeit wahrscheinlich/probabilidad probable
average mean/durchschnitt mittelwert mittel/promedio media; median/median/mediana
deviation/abweichung/desviación; sample/stichprobe/muestra; die dice/würfel/dado; game play/spiel/juego
throw/wurf/tirada; percent/prozent/ciento; half/hälfte halb/mitad medio; third/drittel/tercio
quarter/viertel/cuarto; double twice/doppelt zweimal/doble; ratio proportion/verhältnis/proporción razón
share part/anteil/parte porción; part/teil/parte; whole/ganz gesamt/todo entero; pair/paar/par
computer/computer rechner/ordenador computadora; program/programm/programa; algorithm/algorithmus/algoritmo
data/daten/datos; file/datei/archivo fichero; memory storage/speicher/memoria; list/liste/lista
array field/feld/arreglo; element item/element/elemento; index/index/índice; loop/schleife/bucle
round/runde durchgang/ronda vuelta; step/schritt/paso; key/schlüssel/clave
password/passwort kennwort/contraseña; network/netz netzwerk/red; server/server/servidor
user/nutzer benutzer/usuario; request/anfrage/petición solicitud; message/nachricht botschaft/mensaje
table/tabelle tafel/tabla; column/spalte/columna; row line/reihe zeile/fila; tree/baum/árbol; node/knoten/nodo
string/zeichenkette/cadena; character sign/zeichen/carácter signo; integer/ganzzahl/entero
version/version fassung/versión; bug error/fehler/fallo error; code/code quelltext/código; input/eingabe/entrada
output/ausgabe/salida; search/suche/búsqueda; middle/mitte mittlere/medio mitad centro
left/links linke/izquierda izquierdo; right/rechts rechte/derecha derecho
order sequence/reihenfolge ordnung folge/orden secuencia; sorted/sortiert/ordenado; copy/kopie/copia
science/wissenschaft/ciencia; scientist/wissenschaftler forscher/científico; research/forschung/investigación
physics physicist/physik physiker/física físico; chemistry chemist/chemie chemiker/química químico
biology/biologie biologe/biología; mathematics mathematician/mathematik mathematiker/matemáticas
student pupil/schüler student/alumno estudiante; teacher/lehrer/profesor maestro
lesson class/unterricht stunde/clase; exam test/prüfung klausur/examen prueba; engineer/ingenieur/ingeniero
architect/architekt/arquitecto; inventor/erfinder/inventor; expert/experte fachmann/experto
kind type sort/art sorte typ/tipo clase; way manner method/weise methode verfahren/manera método modo
place/ort stelle/lugar sitio; area region zone/gebiet region bereich zone/zona región
thing matter/ding sache/cosa asunto; process/vorgang prozess/proceso; state condition/zustand/estado
property quality feature/eigenschaft merkmal/propiedad rasgo característica
structure/struktur aufbau/estructura; system/system/sistema; pattern/muster/patrón; model/modell/modelo
unit/einheit/unidad; level/stufe ebene niveau/nivel; degree/grad/grado; limit/grenze/límite
centre/zentrum mittelpunkt/centro; corner/ecke/esquina; row series/reihe/serie
circle cycle/kreislauf zyklus/ciclo; advantage/vorteil/ventaja; disadvantage/nachteil/desventaja
success/erfolg/éxito; failure/misserfolg/fracaso; goal/ziel/objetivo; attempt/versuch/intento
use/nutzen verwendung/uso; change/änderung wandel veränderung/cambio
increase rise/anstieg zunahme erhöhung/aumento subida; fall decrease/rückgang abnahme/descenso caída disminución
movement/bewegung/movimiento; development/entwicklung/desarrollo; discovery/entdeckung/descubrimiento
invention/erfindung/invento; foundation founding/gründung/fundación; birth/geburt/nacimiento; death/tod/muerte
life/leben/vida; marriage wedding/hochzeit heirat/boda; journey voyage/reise fahrt/viaje
return/rückkehr/regreso vuelta; rise/aufstieg/ascenso; choice/auswahl/opción
decision/entscheidung beschluss/decisión; danger threat/bedrohung/amenaza
protest objection/einwand einspruch protest/objeción; agreement/vereinbarung abkommen einigung/acuerdo
promise/versprechen/promesa; permission/erlaubnis/permiso; ban/verbot/prohibición; criticism/kritik/crítica
exception/ausnahme/excepción; replacement substitute/ersatz/sustituto; origin source/herkunft ursprung/origen
"""
