"""Living things, matter, the earth and the sky, health, in English, German and Spanish (see `deeds.py`)."""

WORDS = """
plant/pflanze gewächs/planta; tree/baum bäume/árbol; leaf leaves/blatt blätter/hoja; root/wurzel/raíz
stem stalk/stängel stiel/tallo; flower blossom/blume blüte/flor; fruit/frucht früchte obst/fruto fruta
seed/samen saat/semilla; grass/gras/hierba; wood timber/holz/madera; forest wood/wald wälder/bosque selva
rainforest jungle/regenwald urwald/selva; bark/rinde/corteza; branch/ast zweig/rama; moss/moos/musgo
mushroom fungus fungi/pilz/hongo seta; algae/algen alge/alga; wheat/weizen/trigo; rice/reis/arroz
corn maize/mais/maíz; grain cereal/getreide korn/cereal grano; potato/kartoffel/patata papa; sugar/zucker/azúcar
bread/brot/pan; milk/milch/leche; meat/fleisch/carne; egg/ei eier/huevo; salt/salz/sal; wine/wein/vino
beer/bier/cerveza; coffee/kaffee/café; tea/tee/té; oil/öl/aceite; petroleum oil crude/erdöl/petróleo
fat/fett/grasa; food/nahrung lebensmittel essen/alimento comida; animal/tier/animal; bird/vogel vögel/ave pájaro
fish/fisch/pez pescado; insect/insekt/insecto; bee/biene/abeja; ant/ameise/hormiga; spider/spinne/araña
butterfly/schmetterling/mariposa; worm/wurm würmer/gusano lombriz; snake/schlange/serpiente
frog/frosch frösche/rana; horse/pferd/caballo; cow cattle/kuh kühe rind/vaca ganado; pig/schwein/cerdo
sheep/schaf/oveja; goat/ziege/cabra; dog/hund/perro; cat/katze/gato; wolf wolves/wolf wölfe/lobo; bear/bär/oso
lion/löwe/león; mouse mice/maus mäuse/ratón; rat/ratte/rata; rabbit hare/hase kaninchen/conejo
ape monkey/affe/mono simio; whale/wal/ballena; seal/robbe/foca; shark/hai/tiburón; elephant/elefant/elefante
flea/floh flöhe/pulga; mosquito/mücke/mosquito; fly/fliege/mosca; beetle/käfer/escarabajo
chicken hen/huhn hühner/gallina pollo; duck/ente/pato; eagle/adler/águila; penguin/pinguin/pingüino
camel/kamel/camello; tiger/tiger/tigre; turtle/schildkröte/tortuga; lizard/eidechse/lagarto
snail/schnecke/caracol; shell/muschel schale/concha cáscara; prey/beute/presa
predator hunter/räuber raubtier jäger/depredador; species kind/art/especie; pet/haustier/mascota
herd/herde/manada; nest/nest/nido; hive/bienenstock/colmena; tail/schwanz/cola; wing/flügel/ala
feather/feder/pluma; fur hair/fell pelz haar/pelo piel; hair/haar/cabello; skin/haut/piel; bone/knochen/hueso
skeleton/skelett/esqueleto; muscle/muskel/músculo; blood/blut/sangre; heart/herz/corazón; lung/lunge/pulmón
kidney/niere/riñón; liver/leber/hígado; stomach/magen/estómago; intestine gut bowel/darm/intestino
brain/gehirn hirn/cerebro; nerve/nerv/nervio; eye/auge/ojo; ear/ohr/oreja oído; nose/nase/nariz
mouth/mund maul/boca; tooth teeth/zahn zähne/diente; tongue/zunge/lengua; head/kopf köpfe haupt/cabeza
neck/hals/cuello; hand/hand hände/mano; arm/arm/brazo; finger/finger/dedo; leg/bein/pierna pata
foot feet/fuß füße/pie; joint/gelenk/articulación; back/rücken/espalda; chest breast/brust/pecho
body/körper leib/cuerpo; gland/drüse/glándula; artery/arterie schlagader/arteria; vein/vene ader/vena
vessel/gefäß/vaso; cell/zelle/célula; membrane wall/membran/membrana; nucleus core/kern/núcleo
tissue/gewebe/tejido; gene genetic/gen/gen; inheritance heredity/vererbung erbgut/herencia
protein/eiweiß protein/proteína; enzyme/enzym/enzima; hormone/hormon/hormona; vitamin/vitamin/vitamina
bacteria bacterium/bakterien bakterium/bacteria; virus/virus viren/virus
disease illness sick/krankheit krank seuche/enfermedad enfermo; plague/pest/peste; fever/fieber/fiebre
pain ache/schmerz/dolor; wound injury/wunde verletzung/herida; cough/husten/tos
cold flu/erkältung grippe schnupfen/resfriado gripe; cancer/krebs/cáncer; inflammation/entzündung/inflamación
poison poisonous toxic/gift giftig/veneno tóxico
medicine drug remedy/medizin arznei medikament/medicina medicamento fármaco
doctor physician/arzt ärzte mediziner/médico; nurse/krankenschwester pfleger/enfermera
hospital/krankenhaus klinik/hospital; patient/patient/paciente
vaccine vaccination/impfung impfstoff impfen geimpft/vacuna; surgery operation/operation eingriff/cirugía
health healthy/gesundheit gesund/salud sano; weakness/schwäche/debilidad; pregnant/schwanger/embarazada
baby infant/säugling baby/bebé; child children/kind kinder/niño niña hijo
hunger famine/hunger hungersnot/hambre; thirst/durst/sed; sleep/schlaf/sueño; dream/traum/sueño
sweat/schweiß/sudor; breath/atem/aliento; pulse/puls/pulso; injection/spritze/inyección; water/wasser/agua
sea ocean/meer see ozean/mar océano; lake/see/lago; river/fluss flüsse strom/río; stream brook/bach/arroyo
wave/welle/ola onda; tide/gezeiten flut ebbe/marea; current stream/strömung strom/corriente
coast shore/küste ufer/costa orilla; beach/strand/playa; island/insel/isla; bay/bucht/bahía
harbour port/hafen häfen/puerto; cliff/klippe kliff steilküste/acantilado; headland/landzunge/cabo
spring/quelle/manantial; well/brunnen/pozo; waterfall/wasserfall/cascada; glacier/gletscher/glaciar
ice/eis/hielo; snow/schnee/nieve; rain precipitation/regen niederschlag/lluvia llover; cloud/wolke/nube
wind/wind/viento; storm/sturm stürme gewitter/tormenta; fog mist/nebel/niebla; lightning/blitz/rayo relámpago
thunder/donner/trueno; drought dry/dürre trockenheit/sequía; flood/überschwemmung hochwasser/inundación
weather/wetter/tiempo; climate/klima/clima; air/luft/aire; atmosphere/atmosphäre/atmósfera
sky heaven/himmel/cielo; sun solar/sonne/sol; moon/mond/luna; star/stern/estrella; planet/planet/planeta
earth world ground/erde/tierra; orbit/umlaufbahn umlauf/órbita; comet/komet/cometa; galaxy/galaxie/galaxia
universe/universum weltall all/universo; space/raum weltraum/espacio; telescope/fernrohr teleskop/telescopio
land country/land länder/tierra país; ground soil/boden böden/suelo; mountain/berg gebirge/montaña monte
hill/hügel/colina; valley/tal täler/valle; plain/ebene/llanura; desert/wüste/desierto
volcano volcanic/vulkan/volcán; earthquake quake/erdbeben beben/terremoto; lava/lava/lava; ash/asche/ceniza
plate/platte/placa; crust/kruste erdkruste/corteza; mantle/mantel/manto; rift/graben/fosa
rock stone/gestein fels stein/roca piedra; pebble stone/kiesel/guijarro; sand/sand/arena; clay/ton lehm/arcilla
mud/schlamm/barro lodo; limestone/kalkstein kalk/caliza; chalk/kreide/creta tiza; coal/kohle/carbón
metal/metall/metal; iron/eisen/hierro; steel/stahl/acero; copper/kupfer/cobre; gold/gold/oro
silver/silber/plata; lead/blei/plomo; tin/zinn/estaño; zinc/zink/cinc zinc; aluminium/aluminium/aluminio
mercury/quecksilber/mercurio; sulphur sulfur/schwefel/azufre; hydrogen/wasserstoff/hidrógeno
oxygen/sauerstoff/oxígeno; nitrogen/stickstoff/nitrógeno; carbon/kohlenstoff/carbono
carbon dioxide/kohlendioxid kohlenstoffdioxid/carbono; chlorine/chlor/cloro; sodium/natrium/sodio
potassium/kalium/potasio; calcium/calcium kalzium/calcio; acid acidic/säure sauer/ácido
base alkali alkaline/base lauge/base; salt/salz/sal; solution/lösung/disolución solución
mixture/gemisch mischung/mezcla; substance/stoff substanz/sustancia; element/element/elemento
compound/verbindung/compuesto; molecule/molekül/molécula; atom/atom/átomo; ion/ion/ión ion
electron/elektron/electrón; particle/teilchen/partícula; gas/gas/gas; liquid fluid/flüssig flüssigkeit/líquido
solid/fest festkörper/sólido; steam vapour/dampf wasserdampf/vapor; crystal/kristall/cristal
powder/pulver/polvo; dust/staub/polvo; glass/glas gläser/vidrio vaso; paper/papier/papel; wax waxy/wachs/cera
rubber/gummi/goma caucho; plastic/kunststoff plastik/plástico; cotton/baumwolle/algodón; wool/wolle/lana
silk/seide/seda; leather/leder/cuero; cloth fabric/stoff tuch/tela; paint colour/farbe/pintura color
fire/feuer brand/fuego incendio; flame/flamme/llama; smoke/rauch/humo; heat warmth/wärme hitze/calor
cold/kälte/frío; temperature/temperatur/temperatura; energy/energie/energía; force power/kraft kräfte/fuerza
power/leistung/potencia; pressure/druck/presión; weight/gewicht/peso; mass/masse/masa
speed velocity/geschwindigkeit tempo/velocidad; acceleration/beschleunigung/aceleración
motion movement/bewegung/movimiento; friction/reibung/fricción rozamiento
gravity/schwerkraft gravitation/gravedad; light/licht/luz; shadow/schatten/sombra; ray beam/strahl/rayo
radiation/strahlung/radiación; mirror/spiegel/espejo; lens/linse/lente; colour/farbe/color
sound/schall ton klang/sonido; noise/lärm geräusch/ruido; echo/echo/eco; tone note pitch/ton töne/tono nota
frequency/frequenz häufigkeit/frecuencia; vibration oscillation/schwingung/vibración oscilación
vacuum/vakuum/vacío; electricity electric current/strom elektrizität elektrisch/electricidad eléctrico
voltage/spannung/tensión voltaje; resistance/widerstand/resistencia; charge/ladung/carga
wire cable/draht kabel/cable alambre; battery/batterie akku/batería pila; fuse/sicherung/fusible
lamp bulb light/lampe glühbirne/lámpara bombilla; switch/schalter/interruptor; magnet magnetic/magnet/imán
coil/spule/bobina; circuit/stromkreis/circuito; socket/steckdose/enchufe; insulator/isolator/aislante
conductor/leiter/conductor; engine motor/motor/motor; machine/maschine/máquina; wheel/rad räder/rueda
car/auto wagen/coche carro; train/zug züge bahn/tren; ship vessel boat/schiff boot/barco nave buque
plane aircraft/flugzeug/avión; bridge/brücke/puente; road street/straße weg/calle carretera camino
fuel petrol/kraftstoff benzin/combustible gasolina; kettle boiler/kocher kessel/hervidor; pot pan/topf/olla
oven stove/ofen/horno; knife/messer/cuchillo; needle/nadel/aguja; hammer/hammer/martillo; nail/nagel/clavo
rope/seil/cuerda; bottle/flasche/botella; cup/tasse becher/taza copa; box/kasten kiste schachtel/caja
bell/glocke/campana; clock watch/uhr/reloj; compass/kompass/brújula; thermometer/thermometer/termómetro
scale balance/waage/balanza; meter gauge instrument/messgerät gerät/medidor aparato
device apparatus/gerät/dispositivo aparato; tool/werkzeug/herramienta; pump/pumpe pumpen/bomba bombear
filter/filter/filtro; pipe tube/rohr röhre/tubo; north/nord norden nördlich/norte; south/süd süden südlich/sur
east/ost osten östlich/este oriente; west/west westen westlich/oeste occidente; pole polar/pol/polo
equator/äquator/ecuador; spring/frühling frühjahr/primavera; summer/sommer/verano; autumn fall/herbst/otoño
winter/winter/invierno; day/tag/día; night/nacht nächte/noche; morning/morgen/mañana; evening/abend/tarde
hour/stunde/hora; minute/minute/minuto; second/sekunde/segundo; week/woche/semana; month/monat/mes
year/jahr/año; century/jahrhundert/siglo; decade/jahrzehnt/década; age/alter zeitalter/edad
environment/umwelt/ambiente; pollution dirt/verschmutzung/contaminación
waste rubbish/abfall müll/residuo basura desecho; field/feld acker/campo; meadow pasture/wiese weide/prado pasto
garden/garten/jardín; pore/pore spaltöffnung/poro; stoma stomata/stoma spaltöffnung/estoma
photosynthesis/photosynthese/fotosíntesis; transpiration/verdunstung/transpiración; hole/loch löcher/agujero
crack/riss spalte/grieta; layer/schicht/capa; surface/oberfläche/superficie; edge/rand kante/borde
bottom ground/grund boden/fondo; top peak/spitze gipfel/cima cumbre; depth/tiefe/profundidad; height/höhe/altura
width/breite/ancho
"""
