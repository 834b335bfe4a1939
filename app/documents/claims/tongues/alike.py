"""Words of which one may stand for another, by language: groups with ";" between them.

Words that are exchanged all the time in plain and in learned writing; a form that a stem reaches need not be here.
Words with an opposite that are told apart elsewhere (`opposites.py`) stand only with their own side.
"""

ENGLISH = """
difficult hard tough; easy simple; king royal monarch crown; emperor imperial
fast quick quickly rapid rapidly swiftly; big large huge great; small tiny little minute
begin begins began start starts started commence; end ends ended finish finished stop stops stopped cease
buy buys bought purchase purchased acquire acquired; sell sells sold
get gets got receive receives received obtain obtained gain gained
give gives gave given grant granted hand hands handed; die dies died dead death deaths killed perished victims
kill kills killed murder murdered slew; spend spends spent goes went pay pays paid; cost costs price
show shows showed shown demonstrate demonstrated prove proved reveal revealed; help helps helped aid aids assist
build builds built construct constructed erect erected
make makes made produce produces produced create creates created manufacture; break breaks broke destroy destroyed
find finds found discover discovered detect detected; invent invented devise devised; describe described portray
publish published printed appeared; write writes wrote written authored
argue argues argued claim claims claimed maintain maintained hold holds held believe believed think thinks thought
say says said state stated remark remarked; choose chooses chose chosen select selected pick picked
elect elected vote voted; refuse refused decline declined reject rejected turned
forbid forbidden forbade ban banned prohibit prohibited; allow allows allowed permit permits permitted
need needs needed require requires required; use uses used employ employed apply applied
keep keeps kept retain retains retained preserve remain remains stay stays stayed
change changes changed alter altered vary varies modify; split splits divide divides divided separate separated
join joins joined connect connected combine combined link linked unite united
grow grows grew increase increases increased rise rises rose raise raised climb climbed
fall falls fell drop drops dropped decrease decreases decreased decline declines declined sink sinks sank reduce reduced
send sends sent; leave leaves left depart departed; arrive arrives arrived reach reached come came
take takes took taken remove removed; carry carries carried transport transported bear bears
move moves moved travel travels travelled go goes went; run runs ran operate; fight fights fought battle war
attack attacked assault; win wins won victory defeat defeated beat beaten; lose loses lost
child children kid kids boy girl; doctor doctors physician physicians; illness ill sick disease
student students pupil pupils; teacher master; poor poverty; rich wealthy; famous well-known celebrated known
strange odd unusual; important essential crucial key central; main chief chiefly principal mainly mostly primarily
often frequently usually commonly; rare rarely seldom; almost nearly; about roughly approximately around
enough sufficient; whole entire total all; wrong false incorrect; right correct true; near close beside next
far distant; country countries nation nations state; people population inhabitants persons human humans; town city
area region zone; ship ships vessel vessels boat; road street; house home houses homes; car cars vehicle vehicles
money income revenue funds; worker workers labour labourer labourers; job work; law rule statute; court judges judge
part portion share section; piece fragment; kind type sort form; way method manner; reason cause causes caused because
result results effect effects consequence consequences outcome; aim goal purpose; idea notion concept thought
story tale; poem poems verse; book work; picture image painting; sea ocean oceans marine; stone rock
earth ground soil; heat warmth thermal; light bright; dark dim; hot warm; cold cool; dry arid; wet moist damp
surface outside; inside within interior; middle centre center; upper top above; lower bottom beneath below under
year annual yearly annually; day daily; later afterwards after subsequently; earlier before previously
first initially; last final finally; again anew once; expensive dear dearer costly; cheap inexpensive
speed velocity pace rate; weight mass heavy; size large; length long; high higher highest height tall taller tallest
return returns returned back; depth deep; strength strong; amount quantity; number count
store stores stored save saved; delete deleted erase removed; protect protects protected defend shield
contain contains include includes comprise; consist consists made composed; surround surrounded around
belong belongs part; depend depends; cover covers covered; lie lies located situated
stand stands represent represents; exhibit shown displayed; obey follow follows followed
respond responds react reacts reaction response; spread spreads; occur occurs happen happens happened take
vanish disappear disappeared gone; measure measured; estimate estimated reckoned
calculate calculated compute computed; compare compared; name named called; accuse accused blamed blame
punish punished; free freed released liberated; lack lacked shortage short scarce scarcity; danger dangerous risk
possible can; certain sure; whereas while; beginner beginners novice; mistake error errors fault; author writer
ruler king rulers; forest wood woods; abandon abandoned give desert deserted; able capable can
absent missing lacking away; abundant plentiful ample; accident mishap
accomplish accomplished achieve achieved attain attained; accurate exact precise correct; accurately exactly precisely
acknowledge acknowledged admit admits admitted concede conceded confess confessed; act acts action deed deeds
activate activated trigger triggers triggered switch; actual real true; adapt adapts adapted adjust adjusts adjusted
add adds added attach attached append; additional extra further more another; address tackle
adhere adheres stick sticks stuck cling clings; adult adults grown-up; adverse harmful bad negative
advise advised recommend recommended suggest suggested urge urged
affect affects affected influence influences influenced touch; affordable cheap; age era period epoch; aged old
agree agreed consent consented; agreement treaty pact deal contract accord; allied allies ally partner partners
alter modify change; alternate alternative other
amass gather gathers gathered collect collects collected accumulate accumulates accumulated pile
amaze astonish surprise surprised; ancestor ancestors forebears; ancient old antique
anger angry furious outraged rage; announce announced declare declared proclaim proclaimed
answer answers answered reply replies replied respond; appear appears appeared emerge emerges emerged surface
appeared looks looked seems seemed; applicant candidate; appoint appointed name named nominate nominated
appropriate suitable fitting proper; approve approved accept accepts accepted endorse endorsed
arrange arranged order ordered organise organised organize organized sort sorted
arise arises arose originate originates originated stem stems come comes came develop develops
armed weapon weapons arms; army troops forces soldiers military; article essay paper; artificial man-made synthetic
ascend ascends climb climbs rise rises; ask asks asked request requests requested enquire question questioned
asleep sleep sleeps; assemble assembled gather gathered meet met
assess assessed judge judged rate rated evaluate evaluated; assign assigned allot allocate allocated give
assist assistance support help; assume assumes assumed suppose supposes supposed presume presumed
assure guarantee guaranteed ensure ensures ensured secure secured
attempt attempts attempted try tries tried effort endeavour
attract attracts attracted draw draws drew drawn pull pulls pulled; authorise authorised permit permitted license
automatic automatically itself; available accessible; average mean typical
avoid avoids avoided prevent prevents prevented escape; aware know knows conscious; back rear behind reverse
balance equal equilibrium; ban embargo prohibition; barrier obstacle hurdle; base based rest rests rely founded
bear bears endure endured stand tolerate tolerates; because since as owing due; beg begged plead
behave behaves behaviour act acts; belief beliefs faith view; bend bends bent curve curved
beneficial useful helpful good; benefit benefits advantage advantages gain profit profits
big sizeable considerable substantial; bind binds bound attach attaches tie ties tied; blaze fire burn
block blocks blocked stop hinder hinders obstruct; blow blew blast; body corpse; bond bonds link
border borders boundary frontier limit edge; borrow borrowed; bottom base foot lowest; brave courageous
breathe breath breathing respiration; brief short; bring brings brought carry lead; broad wide
broaden widen widens extend; broken broke failed; burn burns burnt burned fire; bury buried; busy occupied
calm quiet still; cancel cancelled abolish abolished scrap; capable able
capture captures captured catch catches caught seize seized take took taken trap trapped; care cares look
careful careless; cargo freight load goods
carry conduct conducts conducted perform performs performed execute executed; catastrophe disaster
category class kind group
cause causes caused bring brings brought trigger produce produces lead leads led provoke provoked create
careless negligent; ceremony ritual; challenge challenges challenged question dispute disputed contest
chance opportunity probability likelihood odds; charge charges fee price; charged accused
cheat fraud deceive deceived trick
check checks checked examine examined inspect inspected verify verified test tested control; circular round ring
circumstance circumstances condition conditions situation; citizen citizens people
claim claims assertion contend contended; clear obvious plain evident apparent; clear cleared remove removed
climate weather; closely tightly; clothes clothing dress garments; coast coastal shore beach
collapse collapsed fail failed fall fell; collect collected gather gathered; collide collides hit hits
colony colonies settlement; combine mix mixes mixed merge merges merged blend blended
command commanded order ordered lead led; comment remark note; common shared joint usual widespread
communicate tell talk; company companies firm firms business corporation enterprise
compete competes competition rival rivals; competitor competitors rival rivals; complain complained complaint protest
complete completes completed finish finished; completely entirely fully wholly totally
complicated complex intricate difficult; component components part parts ingredient element constituent
comprehend understand understood; compress press presses pressed squeeze squeezed
conceal conceals concealed hide hides hid hidden; conceive conceived; concern worry fear
conclude concludes concluded infer inferred deduce; concluding final last; concrete real
confirm confirms confirmed verify support; conflict war fight dispute struggle
conquer conquered conquest capture captured take took defeat; consequently therefore thus hence so
conserve conserved preserve protect; considerable considerably much large
constant unchanging steady stable same fixed; constrain restrict restricts restricted limit limits limited confine
consume consumes consumed eat eats ate use uses; contemporary modern
continue continues continued go goes proceed last persist; continuous constant uninterrupted; contrary opposite
contribute contributes
convert converts converted transform transforms transformed turn turns turned change changed become
convince convinced persuade persuaded; cook cooks boil; cool cools chill; copy copies copied duplicate imitate
correct corrected mend fix repair; countless many numerous; courage brave; crash collision; crime offence crimes
criminal offender; criterion criteria; critic critics opponent opponents
criticise criticised objected attack attacked; crops harvest plants; crowd crowds mass; crucial vital decisive
cruel brutal; cultivate grow grown farm; current present; cut cuts reduce reduces trim
damage damages damaged harm harms harmed hurt injure injured; danger hazard threat; data information figures
dawn sunrise morning; deal deals treat; debate discussion dispute; decay decays rot rots decompose; deceased dead
decide decides decided determine determines determined settle settled; decisive deciding; decline decreases
deep deeply; defend defended; deficiency lack shortage; delay delays delayed postpone postponed put
deliberate deliberately intentional intentionally purposely; deliver delivers supply
demand demands demanded call require insist; density dense; deny denies denied reject; depend depends rely hinges
deposit deposits deposited settle settles; derive derives derived come comes; descend descends sink sinks
descendants offspring; desire wish want; destroy destroyed ruin ruined wreck wrecked demolish demolished
detail details; detain held hold imprisoned prisoner; deteriorate worsen worse; determine fix
develop grow evolve evolves evolved; device devices instrument apparatus tool machine
differ differs differed different vary difference; difficulty problem trouble; digest digestion; dig digs dug
diminish diminishes reduce decrease shrink shrinks; direct guide guides steer; disagree oppose
disadvantage drawback downside weakness; disaster catastrophe; discard discarded throw thrown; discharge release
discuss debate; disease illness sickness infection; dismiss dismissed fire fired sacked; display shows
displace displaces push pushes; dissolve dissolves; distant away; distinct different separate
distinguish distinguishes tell differentiate; distribute distributed spread; disturb disturbs interfere
divide divisions; dominate rule; donate give; doubt doubted; drag friction; drain drained; draw drew
drive drives drove propel; dwell dwelling live; earn earns earned income wage get; easily readily
eat eats ate eaten consume feed feeds fed; economic economy; educate educated teach taught school
effective effectively works; eject ejected expel expels expelled throw; elderly old
eliminate eliminated remove removes removed; emit emits give gives; emphasise emphasised stress stressed underline
empty vacant; enable enables enabled allow let make possible; enclose surround; encounter meet met
encourage encourages encouraged promote promotes promoted; endanger threaten threatens; enemy enemies opponent foe
enhance improve improves improved strengthen; enlarge enlarges expand expands increase; enormous huge vast
enter enters entered; entitled right; environment surroundings; envoy ambassador messenger
equal equals same identical equivalent; erode erodes wear; error mistaken wrong; err erred mistakes
escape escapes escaped flee flees fled; especially particularly notably
establish established found founded set create start; estate land; event events incident
eventually finally ultimately end; evidence proof; examine study studied investigate investigated; example instance
exceed exceeds exceeded more above over surpass; except apart; excess surplus extra; exchange exchanged swap trade
execute executed behead beheaded hanged; exhausted tired; exile exiled banished; expand extend extends spread
expect expects expected anticipate await; experiment experiments test trial; expert experts specialist
explain accounts; explode explosion blast; exploit use; explore study; express say
extend reach reaches stretch stretches; extract extracts extracted take draw; extremely very highly; fabric cloth
face faces; facilitate ease help; factory factories plant works mill; fail fails failure; faint weak; fair just
fake forged counterfeit; fake false; fame famous; familiar known; famine hunger starvation; farm farms
farmer farmers peasant peasants; fasten attach fix; father fathers; fault blame; favour favoured prefer
fear feared fears afraid frightened scared; feature trait characteristic property; feel feels felt sense; fibre thread
figure number; fill fills; fit fits suit suits match; fix fixed set; flames fire; flat level; flaw weakness defect
flexible elastic; flood floods; flow flows runs ran stream streams; fluid liquid; food nutrition nutrients meal
force forces forced compel compelled make push; forecast predict; foreign abroad
foretell foretold predict predicts predicted forecast; forget forgot; form forms shape shapes formed
former earlier previous; found founded establish; freedom liberty; fresh new; function works task role
fundamental basic; generate generates generated produce; genuine real; gift present
govern governs governed rule ruled government; greatly much strongly; guard protect watch; guest visitor
guilty convicted blame; habit custom; halt stop; halve half; harbour port; harmful dangerous; harmless safe
head leader; heal cure cured; hire hired rent employ; hit hits strike strikes struck; holy sacred; however yet
humid moist damp; hypothesis theory assumption; ignore ignored disregard overlook; illegal unlawful forbidden
illustrate illustrates show; imagine imagines; immediate immediately instantly directly once; impact effect influence
imply implies mean; impose imposed; impossible cannot; improve improves improved better; incentive motive reason
inhabit inhabited live; inhabitant inhabitants residents; inherit inherits inherited pass; inhibit inhibits slow block
initial first; injury wound; insist insists insisted; instant moment; insufficient little
intend intends intended want plan planned; intense strong; intensity strength; interfere intervene intervened step
interrupt break; introduce introduced bring; invade invaded attack; invisible unseen; isolate isolated separate
jail prison; journey trip voyage travel travelled; justify justified; last lasts lasted take takes took
launch launched start; law legal; leader chief head; legal lawful; legend myth; lend lends lent loan
liability liable responsible responsibility; life live lives lived; lift lifts raise; likely probable
live lives lived reside; loss lose losses; mad insane; magnify enlarge; majority most; many numerous lots
marry married marriage wedding; material stuff substance; mature ripe; maximum most highest; meaning sense
memory remember recall; merchant merchants trader traders dealer; minimum least lowest
mislead misleads misleading deceive; monitor watch; motion movement moving; necessary needed must required
nobility nobles aristocrats; note noted; notice noticed see; notify tell informed; obligation duty
obliged must required; observe observed see watch noticed; occupy occupied; offspring young; omit omitted
opinion view; ordinary common; organism being; original originally first; overtake overtakes; pass passes passed
penalty punishment fine; penetrate penetrates; permanent permanently lasting; phase stage; plan planned plans scheme
poison toxic; powerful strong; precede precedes preceding before; prefer prefers preferred rather favour
prevent keep keeps; prize award; propose proposed suggest; protect shelter; provide supply supplies supplied gives
push pushes pushed press shove; radiation rays; rain rainfall precipitation; range ranges; realise realised notice
rebel rebels rebelled revolt uprising; rebuild rebuilt; record recorded; recover recovers
regulate regulates control controls; reign ruled; release releases; religion faith; rely relies depend; remedy cure
rent rented hire hired let; repair repaired; repeat again; replace replaced substitute
resemble resembles similar like alike; resign resigned stepped step; rigid stiff
rotate rotates rotation turn turns spin spins; salary wage wages pay; scholar scholars
scientist researchers researcher; sentence sentenced; sequence series order; serious severe; shoot shot; shop store
shortly soon; sign signed; similar alike; single one alone; slight slightly little; slow slows; sole only
solve solved; steady steadily constant; steal stole stolen theft rob; stimulate stimulates; sudden suddenly
surrender surrendered capitulate; symptom sign signs
"""

GERMAN = """
schwierig schwer; schnell rasch zügig; beginnen beginnt begann anfangen fängt startet start; enden endet aufhören
sterben starb starben gestorben tod tot; zeigen zeigt zeigte beweist bewies; erhalten erhielt bekommen bekam kriegte
brauchen braucht benötigt benötigen; groß riesig; klein winzig gering
wachsen wächst steigen steigt stieg zunehmen zunimmt erhöht; sinken sinkt fallen fällt abnehmen abnimmt
nutzen nutzt verwenden verwendet gebrauchen einsetzen; schreiben schrieb verfasste verfasst
gründen gründete gegründet; bauen baute errichtet errichtete; wählen wählt gewählt bestimmt
verbieten verboten untersagt; erlauben erlaubt gestattet; enthält enthalten besteht; entstehen entsteht bilden bildet
liegen liegt befindet; etwa ungefähr rund circa; meist meistens überwiegend größtenteils; pro je jede jeder
krieg kämpfe kampf; abhängen hängt abhängig; ablehnen lehnt lehnte abgelehnt verweigern verweigert zurückweisen
abnehmen sinken zurückgehen verringern vermindern kleiner weniger
abschaffen abgeschafft beseitigen beseitigt aufheben aufgehoben; absicht absichtlich vorsatz ziel
absprechen absprache absprachen abmachung vereinbaren vereinbarung verabreden; ähneln ähnlich gleichen
allgemein generell; allmählich langsam schrittweise; ändern verändern veränderung wandeln wandel wechseln abwandeln
anfang beginn start; angeben angegeben nennen; angreifen angriff griff attackieren überfallen überfall
angst furcht fürchten fürchtet befürchten sorge; annehmen vermuten vermutet glauben
anordnen anordnung befehlen befahl befehl; anpassen angepasst; ansehen betrachten gelten gilt
ansteigen steigen anwachsen zunahme zunehmen wachsen wachstum; anstoß anlass auslöser
antworten antwort erwidern erwidert entgegnen; anwenden anwendung verwenden einsetzen nutzen benutzen
anzahl zahl menge; anziehen zieht; arbeiter beschäftigte arbeitnehmer angestellte mitarbeiter
arbeiten beschäftigt arbeit tätig tätigkeit; art sorte form typ weise; arzt ärzte mediziner
auffallen bemerken merken merkte merkt bemerkt erkennen erkannte feststellen; aufgabe funktion rolle pflicht
aufheben abschaffen; aufhören enden stoppen beenden; auflösen löst zerfallen verschwinden verschwindet
aufspalten spalten spaltet zerlegen zerlegt teilen teilt trennen zerfällt abbauen; aufstand aufruhr revolte erhebung
auftreten vorkommen geschehen passieren ereignen; ausbreiten verbreiten verbreitet ausdehnen; ausgeben gibt
auslösen bewirken verursachen führen hervorrufen; ausreichen genügen genügt reichen reicht langen
ausscheiden ausscheidung abgeben; äußern sagen; auswählen wählen aussuchen; bauer bauern landwirt landwirte
bedeuten heißen; bedrohen gefährden gefahr; beeinflussen einfluss einwirken prägen; befinden liegen gelegen stehen
befürworter anhänger; begrenzen beschränken einschränken einschränkung grenze; begründen grund ursache
behaupten sagen meinen; behalten bewahren; beheben reparieren; beitragen mitwirken; bekämpfen kampf vorgehen
bekommen erhalten erhielt kriegen empfangen; beleg beweis nachweis
benötigen brauchen brauchte erfordern erforderlich nötig notwendig; beobachten sehen; bereits schon
bericht berichten erzählen erzählte schildern; beruf tätigkeit; beschädigen schaden schädigen schäden
beschließen beschloss entscheiden entschied entscheidung bestimmen; beschreiben darstellen schildern
beseitigen entfernen; besitzen besitz gehören haben hat verfügen; bestehen zusammensetzen aufgebaut
bestrafen strafe bestraft geldstrafe geldbuße buße; betragen beläuft ausmachen; betreten hineingehen
betrieb firma unternehmen werk fabrik; beurteilen bewerten urteil; bevölkerung einwohner bewohner menschen
bewegen bewegung; beweisen nachweisen zeigen belegen; bezahlen zahlen entrichten vergütung
bezeichnen nennen nennt heißen genannt benennen; bilden formen entstehen; billig günstig preiswert; bisher bislang
bitten bat ersuchen; bleiben verbleiben; breit weit; brennen verbrennen feuer brand; bremsen verlangsamen verzögern
chance möglichkeit gelegenheit; dank wegen aufgrund durch
danach anschließend anschließende nachher später darauf folgend; daten angaben; dauern dauert währen dauer lang lange
dicht eng; drehen dreht rotieren; drücken druck pressen; dünn schmal; durchführen ausführen vornehmen vollziehen
durchschnitt durchschnittlich mittel mittelwert; ehe heirat heiraten verheiratet; eigen eigene besondere
eigenschaft merkmal; einfach leicht simpel; einführen eingeführt; einige manche etliche mehrere
einkommen verdienst lohn gehalt; einordnen zuordnen; einsetzen gebrauchen; eltern vater mutter
enden endet schluss ende aufhören; entdecken entdeckt fand gefunden finden; enthalten beinhalten umfassen
entlassen kündigen kündigung kündigt; entsprechen gleich; entstehen bilden entwickeln hervorgehen
entwickeln entwicklung; erbe erben vererben hinterlassen hinterließ vermachen vermachte; ereignis vorfall geschehen
erfassen messen; erfinden erfand erfunden erfinder; erfolg erfolgreich gelingen gelang
erforschen untersuchen untersuchte forschen forschung; ergeben ergibt folgen; ergebnis resultat folge
erhöhen steigern anheben vergrößern; erkennen sehen bemerken; erklären deuten erläutern
erkranken krank krankheit leiden litt leidet; erlauben gestatten zulassen zulässig dürfen darf
ermitteln bestimmen berechnen herausfinden; ermorden töten tötet getötet umbringen erschießen erschoss erschießt mord
ernähren nahrung fressen frisst essen isst leben; eröffnen öffnen gründen; erreichen gelangen kommen
errichten bauen aufbauen; erscheinen veröffentlichen herauskommen herausgeben; ersetzen ersatz austauschen
erwarten rechnen; erzeugen produzieren herstellen herstellung machen liefern liefert; erziehen bildung
etwa ungefähr rund zirka circa annähernd; fähig können; fallen sinken; falsch irrtum irrig fehler
fangen fing gefangen; farbe farbig; fehlen fehlt mangel mangeln; feind gegner; fest hart starr; feucht nass
flach niedrig; fließen fließt floss strömen strom; fliehen floh flüchten flucht; folgen folge
fordern verlangen verlangte forderung; fördern unterstützen unterstützung begünstigen
fortsetzen weiterführen weitergehen; frau frauen weiblich; frei kostenlos; freilassen befreien
früh früher zuvor vorher; führen leiten lenken; ganz völlig vollständig komplett gesamt
gebiet gegend region raum landschaft; gebräuchlich üblich verbreitet gewöhnlich normal; gefährlich riskant gefahr
gegend gebiet; gegenteil umgekehrt; gehorchen befolgen; gelangen kommen kommt; gemeinsam zusammen; genau exakt
gering klein niedrig; gesamt alle insgesamt; geschehen passieren passiert vorkommen
geschwindigkeit tempo schnelligkeit; gesetz regel vorschrift; gestein fels stein; gewinnen siegen sieg
gewöhnlich üblich normalerweise meist regel; gleich identisch selbe; grenze rand; groß riesig mächtig gewaltig
gründen gegründet entstehen; handeln handel; häufig oft; heilen gesund; heftig stark; helfen hilfe unterstützen
herrschen regieren herrschaft; herrscher könig kaiser fürst; herstellen produzieren; heutig heute gegenwärtig
hindern verhindern hemmen behindern; hinweis zeichen anzeichen; hinzufügen hinzukommen ergänzen; hoch groß
höchstens maximal bis; innerhalb binnen; irrtum fehler; jährlich jahr; kämpfen kampf krieg; kaufen erwerben
kaum selten; kennen bekannt; klein winzig; knapp fast; komplett ganz; konflikt streit; körper leib; kosten preis teuer
kraft stärke; kraftwerk anlage; laufen läuft; lebewesen organismus organismen tiere; leicht einfach; leisten leistung
letzte letzter schließlich; lösen lösung; mangel knappheit fehlen; mann männer männlich; mauer wand
mehrheit meisten überwiegend; meinen meinung ansicht
meist meistens gewöhnlich gewöhnliche üblich übliche normalerweise; messen misst gemessen; mindestens wenigstens
mischen vermischen gemisch mischung; mitteilen melden; möglich können; müssen muss pflicht verpflichtet
nah nahe benachbart neben; niedrig gering tief; notwendig nötig; nützen nutzen vorteil hilfreich nützlich helfen
öffnen aufgehen; ort stelle platz; passen geeignet; patient kranke; person mensch; pflanze gewächs; planen vorhaben
problem schwierigkeit; prüfen kontrollieren überprüfen untersuchen; rasch schnell; regel norm; reise fahrt
ruhig still; schädlich gefährlich schaden; scheitern scheiterte misslingen missglücken; schicht lage; schicken senden
schiff boot; schließen schloss geschlossen zumachen; schmelzen schmilzt schmolz; schnell rasch rascher
schreiben verfassen; schützen schutz bewahren; schwierig kompliziert; sehen sichtbar; selten wenige rar
senken sinken verringern verkleinern reduzieren; siedlung ort dorf; sofort gleich unmittelbar direkt; spät später
speichern lagern aufbewahren; sprechen rede; staat land; stammen kommen herkommen; ständig dauernd immer
steigen wachsen höher mehr; sterben starb stirbt gestorben umkommen; steuer abgabe; stoppen anhalten
strahlen strahlung; stück teil; suchen suche; täglich tag; teilen aufteilen; treffen begegnen
überschreiten übersteigen; übrig rest restlich; umwandeln verwandeln wandeln umformen; unbesetzt leer frei
unterschied unterscheiden verschieden; unterschreiben unterzeichnen unterzeichnet unterschrift
verbieten untersagen verbot; verbinden verbindung verknüpfen; verboten unzulässig illegal
verdecken bedecken bedeckt umhüllen hüllen abdecken; verdoppeln doppelt; verfahren methode; vergehen dauern
verhindern verhüten vermeiden; verkürzen kürzer kurz verkleinern; verlieren verlust; vernichten zerstören
verschieden unterschiedlich; versperren abschneiden schneiden blockieren; versuchen versuch; vertrag abkommen
verzichten verzicht wollen; wenig wenige gering; wirken wirkung; wohnen leben; zeit zeitraum phase dauer
zentrum mitte; zufällig zufall; zurückkehren zurückkommen
"""

SPANISH = """
rapide rápido veloz; empezar comenzar comienza empieza; aumentar aumenta crece sube; disminuir disminuye baja cae
usar utilizar utiliza emplea; morir murió muerte
"""
