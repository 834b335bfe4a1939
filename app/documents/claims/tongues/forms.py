"""Forms of English and German words that no ending makes, those of one word together, with ";" between words."""

FORMS = """
arise arose arisen; be was were been; bear bore born borne; beat beaten; become became; begin began begun
bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came
creep crept; deal dealt; dig dug; do did done; draw drew drawn; dream dreamt; drink drank drunk
drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled
fly flew flown; forbid forbade forbidden; forget forgot forgotten; freeze froze frozen; get got; give gave given
go went gone; grind ground; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept
know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left; lend lent; lie lay lain
light lit; lose lost; make made; mean meant; meet met; melt molten; pay paid; rend rent; ride rode ridden
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent
shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk
sit sat; sleep slept; slide slid; speak spoke spoken; spend spent; spin spun; spring sprang; stand stood
steal stole stolen; stick stuck; strike struck; strive strove; swear swore sworn; sweep swept; swell swollen
swim swam; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought
throw threw thrown; understand understood; wake woke; wear wore worn; weave wove woven; win won; wind wound
withdraw withdrew withdrawn; write wrote written; man men; woman women; child children; foot feet; tooth teeth
mouse mice; goose geese; person people; life lives; leaf leaves; wolf wolves; half halves; nucleus nuclei
bacterium bacteria; good better best; bad worse worst; far further; many more most; little less least
"""

GERMAN = """
backen bäckt backte; befehlen befiehlt befahl befohlen; beginnen begann begonnen; beißen biss gebissen
bergen birgt barg geborgen; biegen bog gebogen; bieten bot geboten; binden band gebunden; bitten bat gebeten
blasen bläst blies; bleiben blieb geblieben; brechen bricht brach gebrochen; brennen brannte gebrannt
bringen brachte gebracht; denken dachte gedacht; dringen drang gedrungen; empfangen empfing; erlöschen erlosch
erschrecken erschrak; essen isst aß gegessen; fahren fährt fuhr gefahren; fallen fällt fiel gefallen
fangen fängt fing gefangen; finden fand gefunden; fliegen flog geflogen; fliehen floh geflohen
fließen floss geflossen; fressen frisst fraß gefressen; frieren fror gefroren; geben gibt gab gegeben
gehen ging gegangen; gelingen gelang gelungen; gelten gilt galt gegolten; genießen genoss genossen
geschehen geschieht geschah; gewinnen gewann gewonnen; gießen goss gegossen; gleichen glich geglichen
graben gräbt grub; greifen griff gegriffen; halten hält hielt; hängen hing gehangen; heben hob gehoben
heißen hieß; helfen hilft half geholfen; kennen kannte gekannt; klingen klang geklungen; kommen kam gekommen
kriechen kroch; laden lädt lud; lassen lässt ließ; laufen läuft lief; leiden litt gelitten; leihen lieh geliehen
lesen liest las gelesen; liegen lag gelegen; lügen log gelogen; meiden mied gemieden; messen misst maß gemessen
nehmen nimmt nahm genommen; nennen nannte genannt; raten rät riet; reißen riss gerissen; reiten ritt geritten
rennen rannte; riechen roch; rufen rief; schaffen schuf geschaffen; scheiden schied geschieden; scheinen schien
schieben schob geschoben; schießen schoss geschossen; schlafen schläft schlief; schlagen schlägt schlug geschlagen
schließen schloss geschlossen; schmelzen schmilzt schmolz geschmolzen; schneiden schnitt geschnitten
schreiben schrieb geschrieben; schreien schrie; schwellen schwillt schwoll; schwimmen schwamm
schwinden schwand geschwunden; schwingen schwang; schwören schwor; sehen sieht sah gesehen; senden sandte gesandt
sinken sank gesunken; sitzen saß gesessen; spinnen spann; sprechen spricht sprach gesprochen; springen sprang
stechen sticht stach; stehen stand gestanden; stehlen stiehlt stahl gestohlen; steigen stieg gestiegen
sterben stirbt starb gestorben; stoßen stößt stieß; streichen strich; streiten stritt; tragen trägt trug
treffen trifft traf getroffen; treiben trieb getrieben; treten tritt trat; trinken trank getrunken; tun tut tat getan
verderben verdirbt verdarb; vergessen vergisst vergaß; verlieren verlor verloren; verzeihen verzieh
wachsen wächst wuchs
waschen wäscht wusch; weichen wich gewichen; weisen wies gewiesen; wenden wandte gewandt; werben wirbt warb
werfen wirft warf geworfen; wiegen wog gewogen; winden wand; wissen weiß wusste; ziehen zog gezogen
zwingen zwang gezwungen; haus häuser; wand wände; land länder; wort wörter; buch bücher; kraft kräfte; grund gründe
"""
