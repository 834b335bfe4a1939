"""What is done and happens, in English, German and Spanish: each line one meaning or several, with ";" between them.

Before the first "/" stand the words that English has for it (any may be meant), then the German, then the Spanish ones,
with those forms that a stem does not reach.
"""

WORDS = """
make produce create manufacture/machen herstellen erzeugen hergestellt/hacer hizo producir
make create/schaffen schuf geschaffen/crear
do act perform carry/tun tut tat handeln ausführen durchführen/actuar realizar ejecutar
go walk/gehen ging/ir caminar
come arrive reach/kommen ankommen erreichen kam gelangen eintreffen/venir llegar alcanzar
give grant provide supply/geben gab gegeben vergeben verleihen gewähren liefern versorgen bereitstellen/dar dio conceder
take accept receive get/nehmen nahm genommen annehmen akzeptieren angenommen/tomar aceptar recibir coger obtener
get receive obtain gain win/bekommen erhalten erhielt kriegen empfangen gewinnen gewann gewonnen/conseguir ganar obtuvo
send transmit/senden schicken übertragen übermitteln/enviar mandar transmitir
bring carry/bringen brachte tragen/traer llevar
carry transport move/tragen trug transportieren befördern beförderte/transportar portar
hold keep/halten hielt/sostener
keep stay remain preserve store/behalten bleiben blieb bewahren aufbewahren/mantener guardar conservar quedar permanecer
store save keep hold/speichern aufbewahren lagern/almacenar guardar acumular
leave depart/verlassen verließ/dejar salir irse
lose lost/verlieren verlor verloren einbüßen/perder pierde pierden
find discover/finden fand entdecken/encontrar descubrir; search seek look/suchen sucht durchsuchen/buscar
see look watch/sehen sah gesehen schauen anschauen/ver vio mirar observar
observe watch notice see/beobachten bemerken erkennen erkannte/observar notar reconocer
show prove demonstrate/zeigen/mostrar
prove show evidence proof/beweisen bewies bewiesen nachweisen beweis/demostrar probar prueba demostración
reveal uncover expose/enthüllen aufdecken/revelar; hide conceal/verstecken verbergen verborgen/esconder ocultar
say tell speak talk/sagen sprechen sprach reden erzählen/decir dijo hablar contar narrar
write wrote/schreiben schrieb/escribir; read/lesen las liest gelesen/leer lee
publish print appear/veröffentlichen erscheinen erschien publizieren/publicar aparecer
print/drucken gedruckt/imprimir impreso
describe portray depict/beschreiben schildern darstellen/describir retratar
explain account/erklären erläutern/explicar; mean stand signify/bedeuten bedeutet/significar
define/definieren/definir; call name term known/nennen nannte heißen bezeichnen benannt/llamar nombrar denominar
think believe/denken glauben/pensar creer
believe hold think maintain opinion/glauben meinen behaupten annehmen/creer opinar sostener afirmar
claim assert/behaupten/afirmar; argue reason argument/argumentieren begründen/argumentar razonar
doubt question/bezweifeln zweifel/dudar duda cuestionar; ask question/fragen befragen/preguntar pedir
answer reply respond response/antworten antwort erwidern/responder respuesta
know/wissen weiß kennen kannte/saber sabe conocer; learn/lernen erlernen/aprender
teach/lehren unterrichten/enseñar; understand/verstehen verstand begreifen/entender comprender
remember recall memory/erinnern merken/recordar; forget/vergessen/olvidar
decide choose/entscheiden entschied entschieden beschließen beschloss/decidir
choose select pick/wählen auswählen/elegir escoger; vote elect/wählen gewählt abstimmen stimmen/votar elegir
want wish intend/wollen will wünschen/querer desear
need require must/brauchen benötigen erfordern verlangen/necesitar requerir exigir
demand require/fordern verlangen/exigir reclamar
let allow permit/lassen ließ erlauben zulassen gestatten/permitir dejar
forbid ban prohibit/verbieten verboten untersagen/prohibir
force compel oblige bind/zwingen gezwungen/obligar forzar
refuse reject decline/ablehnen verweigern weigern/rechazar negarse
agree consent/zustimmen einigen einwilligen vereinbaren/acordar consentir aceptar
promise/versprechen versprach/prometer promesa; offer/anbieten angebot bieten/ofrecer oferta ofrecía
buy purchase/kaufen gekauft erwerben erwarb/comprar adquirir; sell/verkaufen verkauft/vender
pay/zahlen bezahlen/pagar; cost/kosten kostet/costar cuesta; spend/ausgeben ausgab verbringen/gastar
lend loan borrow/leihen verleihen/prestar; owe/schulden/deber; trade/handeln handel/comerciar comercio
exchange/tauschen/intercambiar
increase rise grow raise higher/steigen stieg erhöhen zunehmen anheben/aumentar subir sube crecer incrementar
fall decrease drop reduce lower decline/sinken sank fallen fällt fiel abnehmen senken/disminuir bajar caer reducir
grow/wachsen wächst wuchs anwachsen/crecer crece; shrink contract/schrumpfen zusammenziehen/encoger contraer
expand/ausdehnen/expandir
reduce lower cut weaken/verringern reduzieren vermindern senken mindern/reducir rebajar
strengthen/stärken verstärken/reforzar fortalecer; weaken/schwächen abschwächen/debilitar
double/verdoppeln/duplicar; halve halving/halbieren/mitad; multiply/vermehren vervielfachen/multiplicar
begin start/beginnen begann anfangen starten/empezar comenzar iniciar empieza comienza
end stop finish/enden beenden aufhören/acabar terminar
stop cease halt/stoppen anhalten aufhören halt/parar detener cesar
continue go/fortsetzen weitergehen fortfahren/continuar seguir; last continue/dauern andauern/durar
wait/warten abwarten/esperar; delay postpone late/verzögern verspäten/retrasar aplazar
change alter vary modify/ändern verändern wechseln wandeln/cambiar modificar variar
turn rotate/drehen wenden/girar volver
convert change transform turn become/umwandeln verwandeln umsetzen/convertir transformar
become turn/werden/volverse convertirse; replace substitute instead/ersetzen austauschen/reemplazar sustituir
exchange swap/vertauschen/permutar; move shift/bewegen verschieben/mover; open/öffnen aufgehen/abrir
close shut/schließen schloss geschlossen zumachen/cerrar cierra; lock/sperren abschließen/bloquear
enter join go/betreten eintreten beitreten/entrar ingresar
exit leave escape/entkommen entweichen fliehen floh/escapar huir salir
flee fled escape/fliehen floh flüchten geflohen/huir
return back/zurückkehren zurückgehen kehren/volver regresar retornar
rise climb ascend/aufsteigen klettern/ascender subir; sink/versinken untergehen/hundir; fall/stürzen/caer
fly flew/fliegen flog/volar; swim float/schwimmen treiben/nadar flotar; run/laufen rennen lief/correr
travel journey/reisen reise/viajar viaje; drive/fahren fuhr/conducir
follow obey/folgen befolgen verfolgen/seguir sigue obedecer
lead guide/führen leiten/guiar dirigir conducir liderar; rule reign govern/herrschen regieren/gobernar reinar
control regulate/steuern regeln kontrollieren lenken/controlar regular; serve/dienen/servir
help aid support/helfen hilft half unterstützen hilfe/ayudar apoyar
hinder prevent block stop/verhindern/impedir
prevent avoid stop/verhindern vorbeugen vermeiden/prevenir evitar impedir
protect defend shield/schützen schutz/proteger defender
attack assault/angreifen angriff überfallen/atacar ataque; defend/verteidigen/defender
fight battle struggle/kämpfen kampf/luchar lucha
win victory defeat/siegen sieg besiegen besiegt/vencer victoria derrotar
lose defeat/unterliegen niederlage/derrota; kill murder/töten tötet ermorden mord umbringen/matar asesinar
die death dead/sterben starb stirbt tod/morir murió muere muerte
live life alive survive/leben lebte/vivir vida vivo; survive/überleben/sobrevivir
born birth/geboren geburt/nacer nació nacimiento; marry marriage/heiraten verheiratet ehe/casar matrimonio
love/lieben liebe/amar amor; hate/hassen hass/odiar odio; fear afraid/fürchten angst/temer miedo
eat feed food/essen aß fressen frisst/comer; drink/trinken trank/beber
feed nourish/füttern ernähren/alimentar nutrir; sleep/schlafen/dormir
breathe respiration/atmen atmung/respirar respiración
grow cultivate plant/anbauen züchten pflanzen/cultivar sembrar plantar
build construct/bauen errichten aufbauen gebaut/construir edificar
destroy break ruin/zerstören vernichten/destruir arruinar
break split broken crack/brechen bricht brach gebrochen zerbrechen/romper quebrar roto
cut/schneiden geschnitten/cortar; split divide separate/teilen spalten aufteilen trennen/dividir partir separar
separate/trennen getrennt abtrennen/separar
join connect link combine unite/verbinden verbunden verknüpfen vereinen/unir conectar enlazar
combine mix/kombinieren mischen/combinar mezclar; add/hinzufügen addieren ergänzen zufügen/añadir agregar sumar
remove delete/entfernen löschen beseitigen/quitar eliminar borrar
delete erase remove/löschen lösche/borrar eliminar; insert put/einfügen einsetzen/insertar introducir
put place lay/legen stellen setzen/poner colocar
throw hurl discard/werfen wirft warf wegwerfen verwerfen/lanzar tirar arrojar
catch trap capture/fangen fing gefangen einfangen/atrapar capturar
push press pump pressure/drücken schieben stoßen/empujar presionar
pull draw attract/ziehen zieht zog/tirar jalar arrastrar; attract/anziehen/atraer; repel/abstoßen/repeler
hit strike knock/schlagen schlug treffen traf/golpear; press/pressen/prensar; lift raise/heben hob/levantar
drop/fallenlassen/soltar; hang/hängen hing aufhängen/colgar; sit/sitzen saß/sentar; stand/stehen stand/estar
lie located situated/liegen lag befinden gelegen/yacer situar ubicar encontrarse
cover/bedecken decken überziehen/cubrir; fill full/füllen/llenar; empty/leeren leer/vaciar vacío
contain hold include/enthalten enthält beinhalten/contener contiene incluir; include comprise/umfassen/abarcar
consist made/bestehen besteht/consistir componer; form shape/bilden formen entstehen/formar
arise emerge/entstehen entstand auftreten/surgir; belong/gehören gehört/pertenecer
depend/abhängen hängt/depender; differ different/unterscheiden/diferir diferenciar distinguir
compare/vergleichen verglich vergleich/comparar; measure/messen misst maß gemessen messung/medir mide medición
weigh weight/wiegen wog/pesar; count/zählen zahl/contar; calculate compute/berechnen rechnen/calcular
estimate/schätzen/estimar; test try check/testen prüfen probieren/probar
check verify test/überprüfen prüfen kontrollieren/comprobar verificar
try attempt/versuchen versuch/intentar tratar; experiment trial/versuch/ensayo
use apply employ/benutzen verwenden nutzen anwenden gebrauchen gebrauch/usar utilizar emplear aplicar uso
consume use/verbrauchen konsumieren/consumir; waste/verschwenden/desperdiciar; share/teilen gemeinsam/compartir
distribute spread/verteilen verbreiten/distribuir repartir difundir
spread/ausbreiten verbreiten/propagar extender; collect gather/sammeln/recoger reunir
meet assemble/treffen versammeln/reunirse encontrarse; absorb/aufnehmen absorbieren aufgenommen/absorber
release emit give/abgeben freisetzen ausstoßen/liberar emitir soltar; emit radiate/ausstrahlen/irradiar
flow stream run current/fließen floss strömen strömung/fluir correr; pour/gießen/verter; drip/tropfen/gotear
leak escape/lecken/fuga; boil/kochen sieden siedet/hervir hierve; melt/schmelzen schmilzt/fundir derretir
freeze froze/gefrieren/congelar; evaporate vapour/verdunsten verdampfen/evaporar
condense/kondensieren/condensar; dissolve solution/lösen auflösen/disolver
burn fire/brennen verbrennen brannte/quemar arder; heat warm/erhitzen heizen erwärmen/calentar
cool/kühlen abkühlen/enfriar; dry/trocknen austrocknen trocken/secar seca; wash/waschen spülen/lavar
clean/reinigen putzen/limpiar; shine light/leuchten scheinen/brillar iluminar; sound/klingen/sonar suena
hear listen/hören gehört/oír escuchar; play/spielen/jugar tocar; sing song/singen lied/cantar canto canción
dance/tanzen tanz/bailar danza baile; draw/zeichnen/dibujar; paint painting/malen gemälde/pintar
compose/komponieren/componer; perform play stage/aufführen vorführen/representar interpretar
translate/übersetzen/traducir; quote/zitieren/citar; invent devise/erfinden erfand erfunden/inventar idear
found establish/gründen stiften/fundar establecer; develop/entwickeln/desarrollar
discover detect/entdecken aufspüren/descubrir detectar; recognise/erkennen/reconocer
confirm/bestätigen/confirmar; deny/leugnen bestreiten/negar; confuse mistake/verwechseln/confundir
err mistake error wrong/irren fehler irrtum/equivocarse error; correct/korrigieren/corregir
sign/unterschreiben unterzeichnen/firmar; declare/erklären verkünden ausrufen/declarar proclamar
announce/ankündigen bekanntgeben/anunciar; accuse charge blame/anklagen beschuldigen vorwerfen/acusar culpar
judge/urteilen beurteilen/juzgar; punish/bestrafen strafe/castigar; condemn sentence/verurteilen/condenar
arrest/verhaften/arrestar detener; free release liberate/befreien freilassen/liberar
execute behead/hinrichten/ejecutar; conquer take/erobern/conquistar; occupy/besetzen/ocupar
invade/einmarschieren/invadir; rebel revolt rising/rebellieren aufstand/rebelarse rebelión
abolish/abschaffen/abolir; withdraw revoke/zurückziehen widerrufen widerruf/retirar revocar
cancel/kündigen stornieren/cancelar; breach break/verletzen/infringir
limit restrict/begrenzen beschränken/limitar restringir; apply valid hold/gelten gilt/valer regir
influence affect/beeinflussen einfluss/influir afectar
cause lead result/verursachen bewirken auslösen hervorrufen/causar provocar
result follow/ergeben folgen/resultar; trigger/auslösen/desencadenar
damage harm hurt injure/schaden schädigen verletzen beschädigen/dañar daño herir; heal cure/heilen/curar sanar
treat treatment/behandeln/tratar; infect infection/anstecken infizieren infektion/infectar contagiar
suffer/leiden litt/sufrir; enjoy pleasure/genießen/disfrutar gozar
work labour job/arbeiten arbeit/trabajar trabajo; function work/funktionieren/funcionar; rest/ruhen/descansar
operate run/betreiben betrieb/operar
happen occur/geschehen passieren vorkommen stattfinden geschieht/ocurrir suceder pasar
appear seem/erscheinen/aparecer parecer; disappear vanish/verschwinden verschwand/desaparecer
exist/existieren vorhanden/existir; succeed success/gelingen erfolg/lograr éxito
fail failure/scheitern versagen/fracasar fallar; solve solution/lösen lösung/resolver solución
improve better/verbessern/mejorar; worsen/verschlechtern/empeorar; surprise/überraschen/sorprender
expect/erwarten erwartung/esperar; hope/hoffen hoffnung/esperanza; plan/planen/planear
prepare/vorbereiten/preparar; order command/befehlen anordnen befehl/ordenar mandar
suggest propose/vorschlagen/proponer sugerir; warn/warnen/advertir avisar; complain/klagen beschweren/quejarse
thank/danken/agradecer; praise/loben/alabar elogiar; criticise critic/kritisieren/criticar
inherit/erben vererben/heredar; own possess/besitzen besaß/poseer; steal/stehlen/robar; rent/mieten/alquilar
invest/investieren/invertir; save/sparen/ahorrar; earn/verdienen/ganar; tax/besteuern/gravar
produce yield/erzeugen/rendir; deliver/liefern/entregar; touch contact/berühren/tocar contacto
smell/riechen/oler; feel/fühlen spüren empfinden/sentir; taste/schmecken/probar saborear
stretch/dehnen strecken/estirar; bend curve/biegen krümmen/doblar curvar
swell swollen/anschwellen quellen/hinchar; roll/rollen/enrollar; cross/überqueren kreuzen/cruzar atravesar
pass/durchqueren vorbeigehen/pasar; surround/umgeben/rodear; point/zeigen deuten/señalar
collapse fall/einstürzen zusammenbrechen/derrumbarse colapsar; explode/explodieren/explotar
erupt/ausbrechen ausbruch/erupción; erode wear/erodieren abtragen abschleifen/erosionar desgastar
deposit/ablagern/depositar; transport/verfrachten/acarrear; dig/graben grub/cavar; hunt prey/jagen jagd/cazar
reproduce breed/fortpflanzen/reproducir; mate/paaren/aparear; hatch/schlüpfen/eclosionar
bloom flower/blühen/florecer; fertilise pollinate/befruchten bestäuben/fecundar polinizar
adapt/anpassen/adaptar; evolve/entwickeln/evolucionar; migrate/wandern/migrar; charge/laden aufladen/cargar
conduct/leiten/conducir; connect plug/anschließen/enchufar; switch/schalten/conmutar; repair/reparieren/reparar
accelerate speed faster/beschleunigen/acelerar; brake slow/bremsen verlangsamen/frenar ralentizar
collide/zusammenstoßen/chocar; swing/schwingen/oscilar; sort order/sortieren ordnen/ordenar clasificar
compile/übersetzen/compilar; loop repeat/wiederholen/repetir; return/zurückgeben/devolver
call/aufrufen rufen/invocar; assign/zuweisen/asignar; copy/kopieren/copiar; encrypt/verschlüsseln/cifrar
search/durchsuchen/buscar; access/zugreifen zugriff/acceder acceso; run execute/ausführen laufen/ejecutar
overflow/überlaufen/desbordar; process/verarbeiten/procesar
"""
