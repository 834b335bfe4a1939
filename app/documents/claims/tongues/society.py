"""People, states, law, money, belief and thought, in English, German and Spanish (see `deeds.py`)."""

WORDS = """
person human people man/mensch person/persona humano; people nation/volk völker/pueblo
man men/mann männer/hombre; woman women/frau/mujer; boy/junge knabe/chico muchacho; girl/mädchen/chica
family/familie/familia; parent/eltern/padres; father/vater/padre; mother/mutter/madre; son/sohn söhne/hijo
daughter/tochter töchter/hija; brother/bruder brüder/hermano; sister/schwester/hermana
husband/ehemann gatte/marido esposo; wife wives/ehefrau gattin/esposa mujer; widow/witwe/viuda; uncle/onkel/tío
aunt/tante/tía; nephew/neffe/sobrino; cousin/cousin vetter/primo; grandfather/großvater/abuelo
brother-in-law/schwager/cuñado; friend/freund/amigo; enemy/feind/enemigo; neighbour/nachbar/vecino
stranger/fremder/extraño; guest/gast/huésped; youth young/jugend/juventud; adult/erwachsene/adulto
king royal/könig königlich/rey real; queen/königin/reina; prince/prinz fürst/príncipe
emperor imperial/kaiser kaiserlich/emperador; pope/papst/papa; duke/herzog/duque; count earl/graf/conde
lord/herr/señor; noble nobility aristocrat/adel adlig adlige/noble nobleza; knight/ritter/caballero
peasant farmer/bauer bäuerlich/campesino; farmer/landwirt bauer/agricultor granjero; slave/sklave/esclavo
servant/diener/sirviente criado; master/meister herr/maestro amo; soldier troops/soldat truppen/soldado tropas
army/armee heer/ejército; navy fleet/flotte marine/flota marina; general/general feldherr/general
officer/offizier beamter/oficial; officer official/beamte/funcionario; guard/wache wächter/guardia
murderer killer/mörder/asesino; thief robber/dieb räuber/ladrón; prisoner/gefangener gefangene/prisionero
victim/opfer/víctima; hero/held/héroe; war/krieg/guerra; peace/frieden/paz; battle/schlacht/batalla
siege/belagerung belagern/sitio asedio; weapon arms/waffe/arma; sword/schwert/espada
gun cannon/kanone gewehr geschütz/cañón fusil; bomb/bombe/bomba; revolution/revolution/revolución
revolt uprising rebellion/aufstand/sublevación levantamiento; coup putsch/putsch/golpe; treaty/vertrag/tratado
armistice truce/waffenstillstand/tregua armisticio; alliance ally/bündnis verbündete/alianza aliado
state/staat/estado; government/regierung/gobierno; parliament/parlament/parlamento; minister/minister/ministro
president/präsident/presidente; chancellor/kanzler/canciller; senate/senat/senado; council/rat/consejo
foreign minister/außenminister/exteriores; mayor/bürgermeister/alcalde
governor/statthalter gouverneur/gobernador; ambassador/botschafter/embajador; member/mitglied/miembro
deputy/abgeordnete/diputado; chairman/vorsitzende/presidente; party/partei/partido; election vote/wahl/elección
vote/stimme/voto; voter/wähler/votante; majority/mehrheit/mayoría; minority/minderheit/minoría
seat/sitz/escaño asiento; citizen/bürger/ciudadano; law/gesetz recht/ley derecho; right/recht/derecho
constitution basic law/verfassung grundgesetz/constitución; court/gericht/tribunal corte; judge/richter/juez
trial case/prozess verfahren/juicio proceso; lawyer/anwalt/abogado; contract/vertrag/contrato
offer/angebot/oferta; acceptance/annahme/aceptación; claim/anspruch/reclamación pretensión
damages compensation/schadensersatz entschädigung/indemnización
penalty fine punishment/strafe buße/pena multa castigo; crime offence/verbrechen straftat/crimen delito
guilt guilty/schuld schuldig/culpa culpable; innocent/unschuldig/inocente; witness/zeuge/testigo
evidence/beweis/prueba; prison jail/gefängnis/cárcel prisión; police/polizei/policía; reform/reform/reforma
decree/erlass dekret/decreto; duty obligation/pflicht/deber obligación; freedom liberty/freiheit/libertad
equality equal/gleichheit/igualdad; justice/gerechtigkeit gerecht/justicia; power/macht/poder
empire/reich imperium/imperio; kingdom/königreich/reino; republic/republik/república
democracy/demokratie/democracia; dictator/diktator/dictador; colony/kolonie/colonia
border frontier/grenze/frontera; territory area/gebiet/territorio; capital/hauptstadt/capital
city town/stadt städte/ciudad; village/dorf dörfer/pueblo aldea; house home/haus häuser/casa
castle/burg schloss/castillo; palace/palast/palacio; church/kirche/iglesia; temple/tempel/templo
cathedral/dom kathedrale/catedral; monastery/kloster/monasterio; tower/turm türme/torre
wall/mauer wand wände/muro muralla pared; gate/tor/puerta; door/tür/puerta; window/fenster/ventana
roof/dach/techo tejado; room/zimmer raum/habitación cuarto; street/gasse/calle; square/platz/plaza
market/markt märkte/mercado; shop store/laden geschäft/tienda; factory/fabrik/fábrica; school/schule/escuela
university/universität hochschule/universidad; library/bibliothek/biblioteca; theatre/theater/teatro
museum/museum/museo; dome/kuppel/cúpula; column pillar/säule/columna; arch/bogen/arco; harbour/hafen/puerto
farm/bauernhof hof/granja; mine/bergwerk mine/mina; prison/kerker/calabozo; money/geld/dinero
price/preis/precio; cost/kosten/coste costo; coin/münze/moneda; currency/währung/moneda divisa; bank/bank/banco
interest/zins zinsen/interés; loan credit/kredit darlehen/préstamo crédito; debt/schuld schulden/deuda
tax duty/steuer abgabe/impuesto; tariff duty customs/zoll zölle/arancel aduana
wage pay salary/lohn löhne gehalt/salario sueldo; income/einkommen/ingreso renta
profit gain/gewinn/ganancia beneficio; loss/verlust/pérdida; budget/haushalt etat/presupuesto
wealth rich/reichtum reich vermögen/riqueza rico; poverty poor/armut arm/pobreza pobre
supply offer/angebot/oferta; demand/nachfrage/demanda; goods ware product/ware güter/mercancía bien
product/produkt erzeugnis/producto; company firm business/firma unternehmen betrieb/empresa compañía
trade commerce/handel/comercio; merchant trader/händler kaufmann/comerciante mercader
customer client buyer/kunde käufer/cliente comprador; seller/verkäufer/vendedor
worker/arbeiter arbeitnehmer/trabajador obrero; employer/arbeitgeber/empleador
unemployment unemployed/arbeitslosigkeit arbeitslos/desempleo paro; job profession/beruf stelle/empleo profesión
strike/streik/huelga; union/gewerkschaft/sindicato; industry industrial/industrie/industria
agriculture farming/landwirtschaft/agricultura; economy economic/wirtschaft wirtschaftlich/economía
inflation/inflation teuerung/inflación; growth/wachstum/crecimiento; crisis/krise/crisis
share stock/aktie/acción; quantity amount/menge/cantidad; household/haushalt/hogar
consumer/verbraucher/consumidor; producer/hersteller/productor; property ownership/eigentum besitz/propiedad
owner/besitzer eigentümer/dueño propietario; insurance/versicherung/seguro; god/gott götter/dios
religion religious/religion religiös/religión; faith belief/glaube/fe creencia; soul/seele/alma
spirit mind ghost/geist/espíritu fantasma; devil/teufel/diablo; angel/engel/ángel; sin/sünde/pecado
saint holy/heilig/santo; priest/priester pfarrer/sacerdote cura; monk/mönch/monje; bishop/bischof/obispo
christian/christ christlich/cristiano; jew jewish/jude jüdisch/judío; muslim/moslem muslimisch/musulmán
bible/bibel/biblia; prayer/gebet/oración; ritual/ritual/rito
philosophy philosopher/philosophie philosoph/filosofía filósofo; reason/vernunft/razón; will/wille/voluntad
knowledge/wissen erkenntnis/conocimiento; truth true/wahrheit wahr/verdad verdadero
lie/lüge lügen/mentira mentir; virtue/tugend/virtud; moral ethics/moral sittlich ethik/moral ética
good/gut güte/bueno bien; evil bad/böse schlecht/malo mal; happiness happy/glück glücklich/felicidad feliz
pleasure/lust vergnügen freude/placer; joy/freude/alegría; sorrow grief sad/trauer leid traurig/tristeza pena
action act deed/handlung tat/acción acto; intention purpose/absicht/intención
aim goal end purpose/ziel zweck/fin objetivo meta propósito; means/mittel/medio
consequence result/folge ergebnis/consecuencia resultado; cause/ursache/causa; reason/grund gründe/razón motivo
condition/bedingung voraussetzung/condición; effect/wirkung auswirkung/efecto; rule/regel/regla norma
principle/prinzip grundsatz/principio; value/wert/valor; meaning sense/bedeutung sinn/significado sentido
idea concept/idee begriff vorstellung/idea concepto; thought/gedanke/pensamiento
opinion view/meinung ansicht/opinión; question/frage/pregunta cuestión; problem/problem/problema
example/beispiel/ejemplo; theory/theorie/teoría; experience/erfahrung erlebnis/experiencia
feeling emotion/gefühl/sentimiento emoción; memory/gedächtnis erinnerung/memoria recuerdo
attention/aufmerksamkeit/atención; behaviour/verhalten/comportamiento conducta
habit custom/gewohnheit brauch/costumbre hábito; mind consciousness/verstand bewusstsein/mente conciencia
conscience/gewissen/conciencia; intelligence/intelligenz/inteligencia; dignity/würde/dignidad; honour/ehre/honor
fame famous/ruhm berühmt/fama famoso; courage brave/mut tapfer/valor valiente; anger/zorn wut/ira
trust/vertrauen/confianza; doubt/zweifel/duda; danger dangerous/gefahr gefährlich/peligro peligroso
risk/risiko/riesgo; safety security/sicherheit sicher/seguridad; accident/unfall/accidente
luck chance/glück/suerte; chance coincidence random/zufall zufällig/azar casualidad; fate/schicksal/destino
help/hilfe/ayuda; advice counsel/rat ratschlag/consejo; warning/warnung/advertencia; mistake error/fehler/error
lesson/lektion/lección; task/aufgabe/tarea; society social/gesellschaft sozial/sociedad; class/klasse/clase
group/gruppe/grupo; community/gemeinschaft gemeinde/comunidad
population people inhabitants/bevölkerung einwohner/población habitantes; culture/kultur/cultura
tradition/tradition/tradición; history story/geschichte/historia; past/vergangenheit/pasado
future/zukunft/futuro; present/gegenwart/presente; event/ereignis/acontecimiento suceso
beginning/anfang beginn/comienzo principio inicio; end/ende schluss/fin final; time/zeit/tiempo época
germany german/deutschland deutsch/alemania alemán
france french/frankreich französisch franzose/francia francés
england english/england englisch engländer/inglaterra inglés
britain british/großbritannien britisch/bretaña británico; italy italian/italien italienisch/italia italiano
spain spanish/spanien spanisch/españa español; austria austrian/österreich österreichisch/austria austríaco
switzerland swiss/schweiz schweizer/suiza suizo; russia russian/russland russisch/rusia ruso
greece greek/griechenland griechisch grieche/grecia griego; rome roman/rom römisch römer/roma romano
poland polish/polen polnisch/polonia polaco
turkey turkish ottoman/türkei türkisch türke osmanisch/turquía turco otomano
sweden swedish/schweden/suecia sueco; denmark danish/dänemark dänisch/dinamarca danés
norway/norwegen/noruega noruego
netherlands dutch holland/niederlande niederländisch holländisch/holanda holandés países
europe european/europa europäisch/europa europeo; america american/amerika amerikanisch/américa americano
china chinese/china chinesisch/china chino; japan japanese/japan japanisch/japón japonés
india indian/indien indisch/india indio; africa african/afrika afrikanisch/áfrica africano
egypt egyptian/ägypten ägyptisch/egipto egipcio; brazil/brasilien/brasil; mexico/mexiko/méxico
london/london/londres; paris/paris/parís; vienna/wien wiener/viena; munich/münchen/múnich
venice venetian/venedig venezianisch/venecia veneciano; florence/florenz/florencia; naples/neapel/nápoles
milan/mailand/milán; genoa/genua/génova; constantinople/konstantinopel/constantinopla
jerusalem/jerusalem/jerusalén; athens/athen/atenas; geneva/genf/ginebra; brussels/brüssel/bruselas
cologne/köln/colonia; prussia/preußen/prusia; bavaria/bayern/baviera
united states/vereinigte usa/estados unidos; mediterranean/mittelmeer/mediterráneo; atlantic/atlantik/atlántico
pacific/pazifik/pacífico; alps/alpen/alpes; rhine/rhein/rin; danube/donau/danubio; nile/nil/nilo
baltic/ostsee/báltico; black sea/schwarz/negro; antarctic/antarktis/antártida; arctic/arktis/ártico
"""
