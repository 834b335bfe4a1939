"""What is talked of at school and university besides, in English, German and Spanish (see `deeds.py`)."""

WORDS = """
condition circumstance/bedingung umstand/condición circunstancia
plant facility works/anlage werk/planta instalación; key rate/leitzins/tipo
stage step level/stufe etappe phase/etapa fase; queue line/warteschlange schlange/cola fila
beekeeper/imker/apicultor; learner/lernende fahrschüler/aprendiz; scale standard measure/maßstab skala/escala
able capable/fähig imstande/capaz; ability skill/fähigkeit fertigkeit/capacidad habilidad
scholar learned/gelehrte gelehrter/erudito sabio; housing home flat/wohnung/vivienda piso
inhabit live reside/wohnen bewohnen/habitar residir; heating/heizung heizen/calefacción
storage tank/tank behälter/depósito tanque; container/behälter container/contenedor; lid/deckel/tapa
lock canal/schleuse/esclusa; canal channel/kanal/canal; expansion/ausbau erweiterung/ampliación expansión
completion/fertigstellung/finalización; opening/eröffnung öffnung/apertura; closing closure/schließung/cierre
clearing/rodung lichtung/claro desmonte; harvest crop/ernte/cosecha; fertiliser manure/dünger/abono fertilizante
plough/pflug/arado; cattle pasture ranch/rinderweide weide/pastizal
deforestation/abholzung entwaldung/deforestación; nutrient/nährstoff/nutriente; humus/humus/humus
canopy crown/kronendach krone/dosel copa; giant/riese/gigante; dwarf/zwerg/enano
vegetation/vegetation bewuchs/vegetación; habitat/lebensraum/hábitat
greenhouse/treibhaus gewächshaus/invernadero; warming/erwärmung/calentamiento; emission/ausstoß emission/emisión
exhaust/abgas/escape; energy source/energiequelle/fuente; power station plant/kraftwerk/central
reactor/reaktor/reactor; dam/staudamm damm/presa dique; turbine/turbine/turbina
wing rotor blade/rotorblatt/aspa; generator/generator/generador; transformer/transformator/transformador
capacitor/kondensator/condensador; semiconductor/halbleiter/semiconductor; solar cell/solarzelle/placa
spring/feder/muelle resorte; lever/hebel/palanca; pulley/rolle/polea; screw/schraube/tornillo
centre gravity/schwerpunkt/gravedad; momentum impulse/impuls/impulso; work/arbeit/trabajo
efficiency/wirkungsgrad effizienz/eficiencia rendimiento; loss/verlust/pérdida
braking distance/bremsweg/frenado; reaction/reaktion/reacción
reaction time distance/reaktionsweg reaktionszeit/reacción; stopping distance/anhalteweg/parada
brake/bremse/freno; driver/fahrer/conductor; passenger/fahrgast beifahrer passagier/pasajero
seat belt/gurt/cinturón; tyre/reifen/neumático; track rail/schiene gleis/vía carril
railway/eisenbahn/ferrocarril; steam engine/dampfmaschine/vapor; wavelength/wellenlänge/longitud
spectrum/spektrum/espectro; reflection/reflexion spiegelung/reflexión; refraction/brechung/refracción
interference/interferenz/interferencia; amplitude/amplitude/amplitud; loudness volume/lautstärke/volumen
ultrasound/ultraschall/ultrasonido; bat/fledermaus/murciélago; rust/rost rosten/óxido oxidar
combustion/verbrennung/combustión; reagent/reagenz/reactivo; catalyst/katalysator/catalizador
equilibrium balance/gleichgewicht/equilibrio; concentration/konzentration/concentración; bond/bindung/enlace
oxidation/oxidation/oxidación; precipitate/niederschlag/precipitado; indicator/indikator/indicador
titration/titration/titulación; drop/tropfen/gota; burette/bürette/bureta; flask/kolben/matraz
test tube/reagenzglas/tubo; laboratory/labor/laboratorio; scale scales/waage/balanza; sample/probe/muestra
reading value/messwert ablesung/lectura; property/eigenschaft/propiedad; digestion/verdauung/digestión
excretion/ausscheidung/excreción; urine/urin harn/orina; saliva/speichel/saliva; bile/galle/bilis
glucose sugar/traubenzucker blutzucker/glucosa azúcar; insulin/insulin/insulina
pancreas/bauchspeicheldrüse pankreas/páncreas; adrenal/nebenniere/suprarrenal; thyroid/schilddrüse/tiroides
spleen/milz/bazo; lymph/lymphe/linfa; antibody/antikörper/anticuerpo; immune/immun abwehr/inmune defensas
allergy/allergie/alergia; germ pathogen/keim erreger/germen patógeno; symptom/symptom/síntoma
hair loss/haarausfall/caída; therapy/therapie/terapia; cure remedy/heilmittel/remedio
heart attack/herzinfarkt/infarto; stroke/schlaganfall/ictus; blood pressure/blutdruck/presión
heartbeat beat/herzschlag/latido; valve/klappe ventil/válvula
chamber ventricle/kammer herzkammer/ventrículo cámara; atrium/vorhof/aurícula; node/knoten/nódulo
lens/linse/cristalino; retina/netzhaut/retina; pupil/pupille/pupila; chromosome/chromosom/cromosoma
mutation/mutation/mutación; selection/auslese selektion/selección; ancestor/vorfahre ahne/antepasado
offspring/nachkomme nachwuchs/descendiente cría; egg cell ovum/eizelle/óvulo
sperm/spermium samenzelle/espermatozoide; embryo/embryo/embrión; cell division/zellteilung/división
chlorophyll/chlorophyll blattgrün/clorofila; pollen/pollen blütenstaub/polen; nectar/nektar/néctar
honey/honig/miel; wax/wachs/cera; swarm/schwarm/enjambre; queen/königin/reina; drone/drohne/zángano
larva/larve/larva; cocoon/kokon/capullo; caterpillar/raupe/oruga; mite/milbe/ácaro
parasite/parasit schmarotzer/parásito; magma/magma/magma; eruption/ausbruch eruption/erupción
crater/krater/cráter; fault/verwerfung/falla; wave tsunami/flutwelle/maremoto
sediment/sediment ablagerung/sedimento; delta/delta/delta; estuary mouth/mündung/desembocadura
meander/mäander/meandro; tributary/nebenfluss/afluente; groundwater/grundwasser/subterránea
evaporation/verdunstung verdampfung/evaporación; condensation/kondensation/condensación
humidity/luftfeuchtigkeit feuchte/humedad; trade wind/passat/alisio; monsoon/monsun/monzón
current/meeresströmung/corriente; upwelling/auftrieb/afloramiento; ozone/ozon/ozono; sunlight/sonnenlicht/solar
eclipse/finsternis/eclipse; satellite/satellit/satélite; rocket/rakete/cohete
astronaut/astronaut raumfahrer/astronauta; gravity/anziehungskraft/gravedad; ellipse/ellipse/elipse
axis/achse/eje; rotation/drehung umdrehung/rotación; season/jahreszeit/estación; solstice/sonnenwende/solsticio
calendar/kalender/calendario; leap year/schaltjahr/bisiesto; population/einwohnerzahl/población
migration/wanderung migration/migración; immigrant/einwanderer/inmigrante; refugee/flüchtling/refugiado
birth rate/geburtenrate/natalidad; expectancy/lebenserwartung/esperanza; suburb/vorort/suburbio
slum/elendsviertel slum/chabola; settlement/siedlung/asentamiento; traffic/verkehr/tráfico
bourgeoisie citizens/bürgertum/burguesía; serf/leibeigene/siervo; guild/zunft/gremio; feudal/feudal lehen/feudal
vassal/vasall lehnsmann/vasallo; crusade/kreuzzug/cruzada; conqueror/eroberer/conquistador
explorer/entdecker/explorador; navigator sailor/seefahrer seemann/navegante marinero; pirate/pirat/pirata
coronation/krönung/coronación; crown/krone/corona; throne/thron/trono; heir/erbe thronfolger/heredero
dynasty/dynastie/dinastía; assassination/attentat/asesinato atentado; exile/exil verbannung/exilio
abdicate/abdanken/abdicar; proclaim/ausrufen proklamieren/proclamar; massacre/massaker/masacre
execution/hinrichtung/ejecución; guillotine/guillotine/guillotina; barricade/barrikade/barricada
troops/truppe/tropas; front/front/frente; trench/schützengraben/trinchera
surrender/kapitulation ergeben/rendición rendir; victory/sieg/victoria; defeat/niederlage/derrota
reparation/reparation/reparación; occupation/besatzung besetzung/ocupación; liberation/befreiung/liberación
resistance/widerstand/resistencia; genocide/völkermord/genocidio; camp/lager/campo
propaganda/propaganda/propaganda; censorship/zensur/censura; press/presse/prensa
speech address/rede ansprache/discurso; petition/petition bittschrift/petición; assembly/versammlung/asamblea
session/sitzung/sesión; committee/ausschuss/comité; commission/kommission/comisión
amendment/änderung zusatz/enmienda; veto/veto/veto; referendum/volksabstimmung/referéndum
coalition/koalition/coalición; opposition/opposition/oposición; office post/amt/cargo; term/amtszeit/mandato
candidate/kandidat/candidato; campaign/wahlkampf kampagne/campaña; turnout/wahlbeteiligung/participación
list/liste/lista; plaintiff claimant/kläger/demandante; defendant accused/angeklagte beklagte/acusado demandado
appeal/berufung revision/apelación; verdict judgment/urteil/veredicto sentencia
negligence/fahrlässigkeit/negligencia; liability liable/haftung haften/responsabilidad
duty care/sorgfaltspflicht/diligencia; harm/schaden/daño; breach/verletzung verstoß/incumplimiento
copyright/urheberrecht/autor; patent/patent/patente; licence/lizenz erlaubnis/licencia
consumer/verbraucher/consumidor; deadline period/frist/plazo; notice/kündigung/aviso
signature/unterschrift/firma; document deed/urkunde/escritura documento; reply/antwort/respuesta
letter/schreiben/carta; bidder buyer/käufer bieter/comprador; surplus excess/überschuss/excedente superávit
shortage scarcity/mangel knappheit/escasez; deficit/defizit/déficit; subsidy/subvention/subsidio subvención
monopoly/monopol/monopolio; competition/wettbewerb konkurrenz/competencia; market price/marktpreis/mercado
minimum/mindest minimum/mínimo; maximum/höchst maximum/máximo; purchasing power/kaufkraft/adquisitivo
saver saving/sparer ersparnis/ahorrador ahorro; borrower debtor/schuldner kreditnehmer/deudor prestatario
lender creditor/gläubiger kreditgeber/acreedor; mortgage/hypothek/hipoteca
central bank/zentralbank notenbank/central; exchange rate/wechselkurs kurs/cambio
export/ausfuhr export/exportación exportar; import/einfuhr import/importación importar
expense expenditure/ausgabe/gasto; revenue income/einnahme/ingreso recaudación; turnover/umsatz/facturación
stock exchange/börse/bolsa; bankruptcy/konkurs bankrott pleite/quiebra; luxury/luxus/lujo; good/gut güter/bien
service/dienstleistung dienst/servicio; elasticity/elastizität/elasticidad; utility benefit/nutzen/utilidad
happiness/glückseligkeit/felicidad; imperative/imperativ/imperativo; maxim/maxime/máxima
inclination/neigung/inclinación; compassion pity/mitleid/compasión; revenge/rache/venganza
jealousy/eifersucht/celos; pride/stolz/orgullo orgulloso; shame/scham/vergüenza; guilt/schuldgefühl/culpa
cave/höhle/cueva; chain/kette/cadena; shadow/schatten/sombra; allegory/gleichnis allegorie/alegoría
metaphor/metapher/metáfora; symbol/symbol sinnbild/símbolo; irony/ironie/ironía
myth legend/mythos sage/mito leyenda; fable/fabel/fábula; epic/epos/épica; ballad/ballade/balada
hymn anthem/hymne/himno; monologue/monolog/monólogo; dialogue/dialog gespräch/diálogo; chorus/chor/coro
mask/maske/máscara; costume/kostüm/traje; curtain/vorhang/telón; rehearsal/probe/ensayo
premiere/uraufführung premiere/estreno; director/regisseur leiter/director; conductor/dirigent/director
score/partitur/partitura; sonata/sonate/sonata; quartet/quartett/cuarteto; fugue/fuge/fuga
variation/variation/variación; bar/takt/compás; beat/schlag takt/tiempo pulso; scale/tonleiter/escala
string/saite/cuerda; bow/bogen/arco; drum/trommel/tambor; trumpet/trompete/trompeta; horn/horn/trompa cuerno
singer/sänger/cantante; soprano/sopran/soprano; canvas/leinwand/lienzo; brush/pinsel/pincel
fresco/fresko/fresco; ceiling/decke/techo; vault/gewölbe/bóveda; brick/ziegel backstein/ladrillo
mortar cement/mörtel zement/cemento mortero; concrete/beton/hormigón; scaffold scaffolding/gerüst/andamio
foundation/fundament/cimiento; marble/marmor/mármol; bronze/bronze/bronce; experiment/experiment/experimento
hypothesis/hypothese/hipótesis; participant subject/teilnehmer versuchsperson/participante sujeto
group/versuchsgruppe/grupo; control/kontrolle/control; survey/umfrage/encuesta
questionnaire/fragebogen/cuestionario; average/mittelwert durchschnittlich/medio
score points/punkte punktzahl/puntuación puntos; learning/lernen/aprendizaje; forgetting/vergessen/olvido
stimulus/reiz/estímulo; reward/belohnung/recompensa; conditioning/konditionierung/condicionamiento
reflex/reflex/reflejo; perception/wahrnehmung/percepción; illusion/täuschung illusion/ilusión
sleep/schlaf/sueño; stress/stress belastung/estrés; fear anxiety/furcht angst/ansiedad
witness/augenzeuge/testigo; statement testimony/aussage/testimonio declaración
interview/befragung gespräch/entrevista; wording/formulierung wortlaut/redacción; impression/eindruck/impresión
prejudice/vorurteil/prejuicio; stereotype/stereotyp/estereotipo; gender sex/geschlecht/sexo género
twin/zwilling/gemelo; compiler/compiler/compilador; pointer/zeiger/puntero; stack/stapel keller/pila
queue/schlange/cola; graph/graph/grafo; edge/kante/arista; path/pfad weg/ruta camino
recursion recursive/rekursion rekursiv/recursión; database/datenbank/base
record entry/datensatz eintrag/registro entrada; query/abfrage/consulta; branch/zweig/rama; commit/commit/commit
conflict/konflikt/conflicto; merge/zusammenführen verschmelzen/fusionar mezclar
duplicate double/doppelt duplikat/duplicado; collision/kollision/colisión; hash/hash/hash
attacker/angreifer/atacante; encryption/verschlüsselung/cifrado; signature/signatur/firma
browser/browser/navegador; address/adresse/dirección; page/seite/página; link/verweis link/enlace
screen/bildschirm/pantalla; keyboard/tastatur/teclado; device/endgerät/dispositivo; bit/bit/bit; byte/byte/byte
packet/paket/paquete; speed/tempo/velocidad; delay latency/verzögerung/retraso; protocol/protokoll/protocolo
layer/schicht/capa; cloud/cloud/nube; chip/chip/chip; rational/rational/racional
irrational/irrational/irracional; negative/negativ/negativo; positive/positiv/positivo
infinite/unendlich/infinito; finite/endlich/finito; even/gerade/par; odd/ungerade/impar; sum/summe/suma
infinity/unendlichkeit/infinito; zero root/nullstelle/cero; derivative/ableitung/derivada
integral/integral/integral; slope gradient/steigung/pendiente; solution/lösungsmenge/solución
unknown/unbekannte/incógnita; vector/vektor/vector; matrix/matrix/matriz; dimension/dimension/dimensión
diameter/durchmesser/diámetro; circumference/umfang/circunferencia; diagonal/diagonale/diagonal
hypotenuse/hypotenuse/hipotenusa; polygon/vieleck/polígono; sphere ball/kugel/esfera; pyramid/pyramide/pirámide
ball/ball/pelota; goal/tor/gol; player/spieler/jugador; team/mannschaft/equipo; match/spiel/partido
race/rennen wettlauf/carrera; champion/meister/campeón; olympic/olympisch/olímpico; sport/sport/deporte
rule/spielregel/regla; referee/schiedsrichter/árbitro; record/rekord/récord; medal/medaille/medalla
prize award/preis/premio; christmas/weihnachten/navidad; easter/ostern/pascua; festival feast/fest/fiesta
procession/prozession/procesión; pilgrim/pilger/peregrino; reformation/reformation/reforma
council/konzil/concilio; heresy heretic/ketzerei ketzer/herejía hereje; indulgence/ablass/indulgencia
prophet/prophet/profeta; mosque/moschee/mezquita; synagogue/synagoge/sinagoga
printing press/buchdruck druckerpresse/imprenta; printer/drucker/impresor impresora; type/letter lettern/tipo
ink/tinte druckfarbe/tinta; pen/feder stift/pluma; parchment/pergament/pergamino
copyist scribe/schreiber/escriba copista; alphabet/alphabet/alfabeto; hieroglyph/hieroglyphe/jeroglífico
dialect/dialekt mundart/dialecto; translation/übersetzung/traducción; dictionary/wörterbuch/diccionario
spelling/rechtschreibung/ortografía; ending/endung/terminación; tense/zeitform/tiempo; case/fall kasus/caso
plural/mehrzahl plural/plural; singular/einzahl/singular; adjective/adjektiv/adjetivo; article/artikel/artículo
pronoun/pronomen/pronombre; prefix/vorsilbe/prefijo; telegraph/telegraf/telégrafo; telephone/telefon/teléfono
radio/rundfunk radio/radio; television/fernsehen/televisión; camera/kamera/cámara; film/film/película
spectacles glasses/brille/gafas; microscope/mikroskop/microscopio; wheel/rad/rueda; mill/mühle/molino
loom weaving/webstuhl weben/telar tejer; spinning/spinnen/hilar; kitchen/küche/cocina; dough/teig/masa
yeast/hefe/levadura; flour/mehl/harina; cheese/käse/queso; butter/butter/mantequilla; vegetable/gemüse/verdura
tomato/tomate/tomate; apple/apfel/manzana; orange/orange/naranja; lemon/zitrone/limón
olive/olive/aceituna oliva; grape/traube/uva; vinegar/essig/vinagre; pepper/pfeffer/pimienta
spice/gewürz/especia; recipe/rezept/receta; meal/mahlzeit essen/comida; breakfast/frühstück/desayuno
alcohol/alkohol/alcohol; smoker tobacco/raucher tabak/fumador tabaco
obesity/übergewicht fettleibigkeit/obesidad; diet/ernährung diät/dieta; calorie/kalorie/caloría
fibre/ballaststoff faser/fibra; soap/seife/jabón; bath tub/bad wanne/baño bañera; bed/bett/cama
chair/stuhl/silla; table/tisch/mesa; candle/kerze/vela; mirror/spiegel/espejo; ring/ring/anillo
coat clothes/mantel kleidung/abrigo ropa; shoe/schuh/zapato; hat/hut/sombrero; colour dye/farbstoff/tinte
pearl/perle/perla; diamond/diamant/diamante; jewel/juwel schmuck/joya; treasure/schatz/tesoro
gift present/geschenk/regalo; crew team/mannschaft besatzung/tripulación; building/gebäude bauwerk/edificio
barbed spike/stachel/púa; machine gun/maschinengewehr/ametralladora; cash fund treasury/kasse/caja
assembly diet/tagung versammlung/dieta; vertical/senkrecht/vertical; slit/schlitz/hendidura ranura
copyist/abschreiber/copista; voyage outward/hinfahrt/ida; scurvy/skorbut/escorbuto; pilot/lotse pilot/piloto
cape/kap/cabo; sail/segel segeln/vela navegar; mast/mast/mástil; oar/ruder/remo; anchor/anker/ancla
cargo load/ladung last/carga; spice trade/gewürzhandel/especias; inverse/umkehrung kehrwert/inverso inversión
thread yarn/faden garn/hilo; spinner/spinner spinnerin/hilandera; weaver/weber/tejedor; textile/textil/textil
inspector/inspektor aufseher/inspector; child labour/kinderarbeit/infantil; shift/schicht/turno
cottage hut/hütte/cabaña choza; mill/spinnerei/fábrica; slavery/sklaverei/esclavitud
plantation/plantage/plantación; spectator glasses/brille/lentes gafas; short-sighted/kurzsichtig/miope
long-sighted/weitsichtig/hipermétrope; blind/blind/ciego; deaf/taub/sordo; mute dumb/stumm/mudo; gap/lücke/hueco
anaesthetic/betäubung narkose/anestesia; surgeon/chirurg/cirujano; receptor/rezeptor/receptor
signal/signal/señal; sign/zeichen/signo señal; refinery/raffinerie/refinería; column/kolonne säule/columna
boiling point/siedepunkt/ebullición; fraction/fraktion/fracción; tar bitumen/teer bitumen/alquitrán betún
jet/düse/reacción; mixture/mischung/mezcla; mud/schlick/fango; vapour/dunst/vapor; smell odour/geruch/olor
bubble/blase/burbuja; foam/schaum/espuma; label/etikett schild/etiqueta
wallet purse/geldbeutel brieftasche/cartera; shoplifter/ladendieb/ratero; supermarket/supermarkt/supermercado
checkout till/kasse/caja; dishonest/unehrlich/deshonesto; honest/ehrlich/honesto; intention/vorsatz/intención
consent/zustimmung einwilligung/consentimiento; belief/überzeugung/convicción; frog/frosch/rana
pond/teich/estanque; banana/banane/plátano banana; pupil disciple/schüler jünger/discípulo
lonely/einsam/solitario; loneliness/einsamkeit/soledad; linked chain/kette/encadenado
hint/andeuten hinweis/indicar insinuar; witty joke/witzig witz/chiste gracioso; serious/ernst/serio
diary/tagebuch/diario; interval/intervall/intervalo; bass/bass/bajo; upside down/kopf/revés
tuning/stimmung/afinación; keyboard/klaviatur tastatur/teclado; prelude/vorspiel präludium/preludio
finale/finale schluss/final; publisher/verleger verlag/editor editorial; listener/hörer zuhörer/oyente
baron/baron freiherr/barón; countess/gräfin/condesa; certainty/gewissheit/certeza; demon/dämon/demonio
deceive trick/täuschen betrügen/engañar; deception/betrug/engaño; geometry/geometrie/geometría
perfect/vollkommen perfekt/perfecto; awake/wach/despierto; distinct/deutlich/distinto
circle/zirkel kreis/círculo; satisfied/zufrieden/satisfecho; size extension/ausdehnung/extensión
maze labyrinth/labyrinth irrgarten/laberinto; lever/hebel/palanca; pigeon dove/taube/paloma
hungry/hungrig/hambriento; slot machine/spielautomat automat/tragaperras; pleasant/angenehm/agradable
unpleasant/unangenehm/desagradable; map/karte landkarte/mapa; satisfaction/befriedigung/satisfacción
ratio/quote/razón; herring/hering/arenque; cod/kabeljau stockfisch/bacalao; furs/pelze/pieles; fur/pelz/piel
branch office/niederlassung kontor/oficina sucursal; office/büro/oficina; league union/bund/liga
decline/niedergang verfall/decadencia ocaso; customs/zoll/aduana; barrel/fass/barril; rope/tau/soga
warehouse/speicher lager/almacén; landowner/grundbesitzer gutsherr/terrateniente hacendado
estate/gut landgut/hacienda finca; coup/staatsstreich/golpe; bandit/bandit/bandido
motto slogan/motto losung wahlspruch/lema; trap ambush/falle hinterhalt/trampa emboscada
expropriate/enteignen/expropiar; resign/zurücktreten/renunciar dimitir; re-elect/wiederwählen/reelegir
rival/rivale/rival; working day/arbeitstag/jornada; suffrage/wahlrecht/sufragio; rebellion/aufruhr/rebelión
landslide/erdrutsch/deslizamiento; moraine/moräne/morena; meltwater/schmelzwasser/deshielo
bedrock/untergrund felsboden/lecho; scratch/kratzen zerkratzen/arañar rayar
tear/reißen riss gerissen/arrancar rasgar; sandpaper/sandpapier schmirgelpapier/lija
armchair/sessel lehnstuhl/sillón; hollow/mulde hohlform/hondonada; peak/gipfel/pico; fjord/fjord/fiordo
ice age/eiszeit/glaciación; flood/sintflut/diluvio; blunt/stumpf/romo; hillside slope/hang/ladera
boulder/felsblock findling/bloque; snowfall/schneefall/nevada; blanket/decke/manta
weather forecast/wettervorhersage/pronóstico; case instance/fall/caso
supply stock reserve/vorrat vorräte/reserva; drain/entwässern trockenlegen/drenar; side/seite/lado
initiative/initiative/iniciativa; rot/faulen verfaulen/pudrir podrido; treatment/behandlung/tratamiento
colony swarm/volk bienenvolk/colonia; smallpox/pocken/viruela; eradicate wipe/ausrotten ausgerottet/erradicar
consider regard count/gelten/considerar; extinct/ausgerottet ausgestorben/extinto
loss damage harm/schaden/daño pérdida; deductible/selbstbeteiligung/franquicia; premium/prämie beitrag/prima
emigrate leave/auswandern/emigrar; bury/begraben beerdigen/enterrar; fisherman/fischer/pescador
tavern inn pub/wirtshaus gasthaus/taberna; comment/kommentar/comentario; sweet/süß/dulce; bell/glocke/campana
monk/mönch/monje; thesis theses/these/tesis; archbishop/erzbischof/arzobispo
brine salt water/salzwasser sole/salmuera; cardboard/pappe karton/cartón; disc/scheibe/disco; fibre/faser/fibra
thread filament/faden/filamento; calf/wade kalb/pantorrilla ternero; training/training/entrenamiento
sprinter/sprinter/velocista; lactate/laktat/lactato; barrier/schranke/barrera; balloon/ballon/globo
watchtower/wachturm/atalaya; concrete/beton/hormigón; robe dress/kleid gewand/vestido túnica; bride/braut/novia
groom/bräutigam/novio; messenger/bote/mensajero; chariot wagon/wagen/carro; grandson/enkel/nieto
grandmother/großmutter/abuela; cook/koch/cocinero; silt/schluff/limo; hedge/hecke/seto; terrace/terrasse/terraza
earthworm worm/regenwurm/lombriz; needle leaf conifer/nadelbaum/conífera
weathering weather/verwitterung verwittern/meteorización; lexer token/zeichen/símbolo
register/register/registro; routine/routine/rutina; compile translate/kompilieren/compilar
constant/konstante/constante; pass go by/vorbeifahren vorbeigehen/pasar; haul drag/schleppen/arrastrar
blow wind/wehen weht/soplar; melt thaw/tauen/deshelar; tie bind/binden/atar
hire employ/einstellen beschäftigen/contratar; dismiss sack/entlassen/despedir; appoint/ernennen/nombrar
obey obedient/gehorchen/obedecer; swear oath/schwören eid/jurar juramento
shoot/schießen erschießen schoss/disparar fusilar; poison/vergiften/envenenar; drown/ertrinken/ahogar
stab/erstechen/apuñalar; hang/erhängen/ahorcar; wound/verwunden/herir; rescue save/retten/rescatar salvar
raise bring up/erziehen/criar; beg/bitten betteln/rogar mendigar; threaten/drohen/amenazar; laugh/lachen/reír
weep cry/weinen/llorar
"""
