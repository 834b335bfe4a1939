"""Word stems, and what each adds to the signals; written by `python -m tests.routing.fit`. Not edited."""

from __future__ import annotations

STEMS = """
a ab abando abc abdome abdomi abilit able abnorm aborti about above abroad absenc absent absolu absorb abstra
abuse ac academ accele accept access accide accomp accord accoun accumu accura acetyl achiev acid acquir acre
across act acted acting action activa active activi actor actual acute ad adam adapta adapte adapti add added
addict adding additi addres adequa adjace adjoin adjust admini admiss admit admitt adopt adopte adult advanc
advant advers advert advice advise advoca affair affect affirm afford afraid africa after aftern afterw again
agains age aged agency agent aggreg aggres aging ago agree agreed agreem agricu ahead aid aim air airpor al
alarm alcoho algori alice aliena alike all allege allegi allele allerg alley allian alloca allow allowe allowi
almost alone along alpha alread also alter altern althou altoge alway alzhei am amendm americ amino among amount
amplit an analog analys analyz anatom ancien and anger angle angry animal announ annual anothe answer anteri
anti antibi antibo antici anxiet anxiou any anyone anythi ap apart apartm appare appeal appear appell apple
applic applie apply appoin apprec approa approp approv approx april aquina arbitr archae archit are area arena
argue argued arguin argume arise arisin aristo arithm arm armed army around arrang array arrest arrive arrow art
articl articu artifi artist as asia asian aside ask asked asking aspect aspira assaul assemb assert assess asset
assign assimi assist associ assume assumi assump astron asy at ate athlet atlant atmosp atom atomic atp attach
attack attain attemp attend attent attitu attorn attrac attrib audien august austra authen author auto automa
automo autono availa averag avoid avoida avoidi award aware away axi b babie baby babysi back backgr backwa
backya bacter bad bag bake balanc ball balloo banana band bank bar barrie base baseba based basi basic basket
bat bath bathro bathtu batter battle bc be beach bean bear bearin beat beauti beauty became becaus become becomi
bed bedroo been beer before began beggin begin beginn begun behavi behind beijin being belief believ bell belong
below belt ben bench benefi beside best better betwee bevera beyond bia bicycl bid big bigger bigges bike bilate
bill billio billy binary bind bindin biolog bird birth birthd bit black blanke blind block blood blow blue bmi
board boat bob bodie body bomb bond bone book border born borrow both bottle bottom bought bound bounda bowl box
boxe boy boyfri brain branch brand breach bread break breakf breaki breast breath brick bridge bright bring
britai britis broke broken brothe brough brown bubble buddhi budget build builde buildi built burden bureau
burgla burn burned burst bus buse busine busy but butter button buy buyer buying by c ca cable cake calciu
calcul califo call called callin calori came camp campai can canada canadi cancer candid candy cannot cap capabi
capabl capaci capita captiv captur car carbon card cardia care career carefu carrie carry carryi cart cartoo
case cash castle cat catch catego cathol caught causal cause caused causin cave cdot celebr cell cellph cellul
cent center centim centra centre centur cerebr ceremo certai certif cervic chain chair challe chance change
changi channe charac charge charit charle charte chase check cheese chemic chest chew chicke chief child childh
childr china chines chip chloro chocol choice choose chosen christ chromo chroni church cigare circ circle
circui circul circum citie citize city civil civili claim claime claimi class classe classi classm classr clause
clean cleani clear clearl clerk client cliff climat climb climbe clinic clock close closed closel closer closes
closin clothe clothi club cm co coach coal coast coat cocain code coeffi coffee cognit cohort coin cold collap
collar collea collec colleg collid collis coloni color colore colour column com combin come comfor coming comma
comman commen commer commis commit common commun compan compar compel compen compet compla comple compli compon
compos compou compre compri compul comput concen concep concer conclu concre conden condit conduc cone confer
confes confid confin confir confli confor confro confus congre connec conque consci consec consen conseq conser
consid consis conspi consta consti constr consul consum contac contai contem conten contes contex contin contra
contri contro conven conver convey convic convin cookie cool cooper coordi copie copper copy cord core corner
corpor correc correl corres corrup cortex cos cost costum cottag could couldn counci counse count counte counti
countr county couple courag course court cousin covena cover covera covere coveri cow craft crashe cream create
creati creatu credib credit crime crimin crisi criter critic crop cross crosse crossi crowde crown cruel ct cube
cubic cultur cup cupcak cure curren curve custom cut cuttin cycle cyclic cylind d dad daily damage dance danger
dark darwin data date dating daught david day de dead deal dealer death debate debt decade decay decemb decide
decidi decima decisi deck declar declin decora decrea decree dedica deduct deed deemed deep defeat defect defend
defens defici define defini degree delay delega delibe delive demand dement democr demogr demons denial denie
denied densit dentis deny denyin depart depend depict deposi deprec depres depriv depth derive descri desert
design desire desk despit destin destro destru detail detect determ detrim develo deviat device devise diagno
dictat dictio did didn die died diet differ diffic diffus digit digita dignit dilemm dimens dinner dioxid direct
disadv disagr disapp discha discip disclo discon discou discov discre discri discus diseas dishe dislik dismis
disord displa dispos disput disrup dissoc dissol distan distin distre distri divers divide dividi divine divisi
diviso divorc dna do doctor doctri docume doe doesn dog doing dollar domain domest domina don donate done donut
door dose dot double doubt down downto downwa dozen dr draw drawin drawn dream dress drink drinki drive driven
driver drivin drop droppe drove drug drum dry due duly duplic during dust dutie duty dwelli e each ear earlie
early earn earned earnin earth earthq easeme easier easily east easter easy eat eaten eating ecg eclips ecolog
econom ecosys ed edge educat effect effici effort egg eight either elasti electi electr elemen elevat eleven
elimin elite else embryo emerge emit emotio empero emphas empire employ empty enable enacte encoun encour end
ended endors enemie enemy energy enforc engage engine englan englis enhanc enjoin enjoy enlarg enough enroll
ensure enter entere enteri entert entire entitl entity entran entry envelo enviro enzyme episod equal equali
equall equati equili equipm equita equiva era error erupti erythe escape especi essent establ estate esteem
estima etc ethic ethica ethnic eukary europe euthan evalua even evenin event eventu ever every everyo everyt
eviden evil evolut evolve ex exactl exam examin exampl exceed excell except excess exchan excite exclud exclus
excuse execut exempl exerci exhibi exist existe existi expand expans expect expend expens experi expert explai
explan exploi explor explos export expose exposu expres extend extens extent extern extinc exting extra extrac
extrem eye f fabric face facial facie facili fact factor fail failed failin failur fair faith fall fallac fallin
false famili family famou fan fantas far farm farmer farmin farthe fashio fast faster fat father fatigu fatty
favor favora favori fear featur februa fed federa fee feed feedba feel feelin feet fell fellow felony felt
female fence fertil fever few fewer field fiftee fifth fight figure file filed fill filled fillin film final
finall financ find findin fine finger finish finite fire fired firm first fiscal fish fit five fix fixed flag
flat flight float floor flow flower fluid fly flying focu focuse fold follow food foot footba for forbid force
forced foreig forese forest forget forgot form formal format formed former formin formul forth fortun forty
forwar fossil found founda founde four fourte fourth frac fracti fractu fragme framew france fraud free freedo
french freque fresh fricti friday friend fright frog from front fruit frustr ft fuel fulfil full fully fun
functi fund fundam fundin fundra furthe future g gain gallon game gap garden gas gase gather gave gdp gear
gender gene genera geneti geogra geomet george german get gettin giant gift girl girlfr give given giving gland
glass glasse global glove glucos glycog glycol go goal goat god goe going gold gone good got govern grabbe grade
gradua gram grand grandf grandm grant grante grape graph graphi grass grave gravit gray great greate greatl
greek green greenh grew grocer gross ground group grow growin grown growth guaran guest guide guidel guilt
guilty guitar gum gun gym h ha habit habita had hair half hall hambur hammer hand handed handle hang happen
happin happy hard harder harm harmfu harry harves has hat have having hay he head headac health hear heard
hearin hearsa heart heat heaven heavil heavy height heir held help helped helpin hemisp hemogl henry her here
hereby heroin hersel hetero hey hg hierar high higher highes highly highwa hill him himsel hire hired his histor
hit hold holdin hole holida holy home homeos homeow homewo homo homose honor hope horizo hormon horse hospit
host hostil hot hotel hour house househ housin how howeve huge human humani hundre hunt huntin hurt husban
hydrog hypert hypoth hz i ice idea ideal identi ideolo if ignora ignore ii iii ill illega illnes illust image
imagin immedi immigr immune immuni impact impair impeac imperi implem implic implie import impose imposs impres
impris improp improv impuls in inabil inadmi inch inche incide inclin includ income incomp incons incorp incorr
increa indeed indepe index india indian indica indige indire indivi induce induct indust inelas infant infect
infer infere inferi inferr infini inflat inflic influe inform ingred inhabi inhere inheri inhibi initia inject
injunc injure injuri injury inner input insect insert inside insist inspec inspir instal instan instea instit
instru insuff insura insure intege integr intell intend intens intent intera interc intere interf interi interm
intern interp interr inters interv intest into intoxi intrav intrin introd invali invasi invent invers invert
invest invite involu involv ion iron irrele irrita is islam islami island isn isolat issue issued it item its
itself iv j jack jame jane januar japan japane jar jean jerry jim job joe john join joined joint jointl joke
jone joy judge judgme judici juice july jumped june jupite jurisd jury just justic justif k kant keep keepin
kept key kg kid kidney kill killed killin kilogr kilome kind kineti king kingdo kitche km knee knew knife know
knowin knowle known l la label labor labora labour lace lack lactat ladder lady lake land landed landlo landow
landsc lane langua larcen large largel larger larges last late later latera latest latin laundr law lawful lawn
lawsui lawyer lay layer lb ldot le lead leader leadin learn learne learni lease leased leaseh least leave leavin
led left leg legal legall legisl legiti len lend length lesion less lesson let letter level liabil liable libera
libert librar licens lie life lifest lifeti lift light like liked likeli likely limit limita limite line linear
linewi link linked liquid liquor list listed listen liter litera little live lived living ll load loaded loan
lobe local locate locati lock log logic logica london long longer longes look looked lookin loop loose lord lose
loss losse lost lot loud loui love loved low lower lowest lunch lung luxury lying lympho m machin made magazi
magic magnet magnit mail main mainly mainta mainte majest major majori make maker making male mall man manage
manner mansla manufa many map mar marble march margin marita mark marked marker market marria marrie mary mask
mason mass massiv master match matche materi matern math mathem matrix matter max maximi maximu may maybe mc me
meal mean meanin meant measur meat mechan media median medica medici medite medium meet meetin member membra
memori memory men mental mentio mercha mercur mere merely merit mesopo messag met metabo metal meter method
mexico mg michae mid middle midpoi might migrat mike mild mile milita milk mill millio min mind mine minera
minima minimi minimu mining minist minor minori minute mirand mirror miss missed missin missio mistak mitoch mix
mixed mixtur mm mobile mobili mode model modera modern modifi molecu mom moment monday moneta money monito
monkey monopo month monthl monume mood moon moral morali morall more mornin mortal mortga most mostly mother
motion motiva motive motor motorc mount mounta mouse mouth move moved moveme movie moving mow mr mrs ms much
multip munici murder murmur muscle museum music musica muslim must mutati mutual my myself n name named narcot
nation native natura nature nausea naviga ne near nearby neares nearly necess neck need needed needle negati
neglec neglig negoti neighb neithe nerve nervou net networ neurol neuron neutra neutro never new newspa next
nice night nine ninete nitrog no nobili noble noblem node noise nomina non none nonzer nor norm normal north
northe nose not note noted nothin notice notifi notion novel novemb now nuclea nuclei nucleo nucleu number
numeri numero nurse nutrie nutrit nw o object obliga observ obsess obtain obviou occasi occupa occupi occur
occurr ocean octobe odd of off offens offer offere offeri office offici offspr often oh oil old older on once
one online only onto open opened openin operat opinio oppone opport oppose opposi oppres option or oral orange
orbit orbita order ordere ordina organ organi orient origin oscill other otherw ought ounce our out outcom
outdoo outer output outsid outwar outwei over overal overli overri overwh owe own owned owner owners oxidat
oxygen p pacifi pack packag packet page paid pain painfu paint painte painti pair pan pant paper parabo paragr
parall parame parcel parent pari park parkin part partia partic partie partne party pass passag passe passed
passen passin passio passiv past path patien patter paul pay payabl paying paymen peace peacef peak peasan
pedest pen penalt pencil penetr people pepper per percei percen percep perfec perfor perhap perime period periph
perman permis permit perpet persis person perspe persua pet peter ph pharma phase phenom philli philos phone
phosph photos phrase physic physio pi piano pick picked pickin pictur pie piece pig pile pilot pineap pink pipe
pizza place placed placin plain plaint plan plane planet planne planni plant plante plasma plaste plasti plate
plato play played player playin pleasu plu pm pmatri pneumo pocket point pointe poison polari pole police polici
policy politi pollut polyno pond pool poor pop popula portio positi posses possib post posted poster potass
potato potent pound poured povert power powerf practi pre preced precis predat predic predom prefer pregna
prejud premis prepar prescr presen preser presid press presse pressu presum preten prevai preven previo price
pricin priest prima primar prime prince princi print printe prior priori prison privac privat privil pro probab
probat proble proced procee proces procla produc profes profit progra progre prohib projec promin promis promot
prompt proof proper propor propos prosec prospe protec protei protes protoc proton prove proved proven provid
provin provis proxim ps psychi psycho public publis pull pulled pulse punish purcha pure purple purpos pursua
pursue push put puttin puzzle pyrami python q qualif qualit quanti quarte queen questi quick quickl quiet quite
r race racial radiat radica radio radioa radiu railro rain raise raised raisin ran random range rank rape rapid
rapidl rare rarely rate rather ratio ration ray re reach reache reachi react reacti read reader readin ready
real realit realiz really rear reason recall receip receiv recent recess recogn recomm recons record recove
recrea rectal rectan red reduce reduct refer refere referr reflec reflex reform refusa refuse regard regex
regime region regist regres regula reinfo reject relate relati relaxa relaxe releas releva reliab relie relief
reliev religi rely remain remark rememb remote remova remove render rent rental repair repeat replac replic
replie report repres reprod republ reputa reques requir rescue resear resemb reserv reside resist resolu resolv
resona resort resour respec respir respon rest restau restor restra restri result retail retain retard reticu
retire retrie return reveal revenu revers review revolu revolv reward riboso rich richar ride rider riding right
ring rise rising risk rival river rna road rob robber robert rock role roll roman roof room roosev root rose
ross rotate rotati round rounde route routin row royal rule ruled ruler ruling run runnin rural rushed russia s
sad safe safety sahara said sail salad salari salary sale salt sam same sample sampli sand sang sarah sat satisf
satura saturd sausag save saved saving saw say saying scale scan scatte scenar scene schedu scheme schizo schola
school scienc scient scope score scored scotla screen script se sea search season seat second secret sectio
secure securi see seed seeing seek seekin seem seemed seen segmen select self sell seller sellin senate send
sendin senior sensat sense sensit sensor sent senten separa septem sequen serial serie seriou serum serve served
servic servin sessio set settin settle seven sevent severa severe sex sexual shall shape shaped share shared
sharin sharp she sheep sheet shift ship shipme shippe shirt shock shoe shoot shooti shop shoppe shoppi short
shorte shortl shortn shot should show showed showin shown sick side sidewa sight sign signal signed signif silk
silver simila simple simpli simply simult sin since sing singer single sink sir sister sit site sittin situat
six sixth size sized skateb skelet ski skill skille skin sky slave sleep slice slight slippe slope slow slowly
small smalle smile smith smoke smokin smooth snake snow so soccer social societ sociol socrat soda sodium soft
softwa soil solar sold soldie solely solid soluti solve some someon someth someti somewh son song soon sorry
sort sorted sought sound soup source south southe sovere soviet space spain spanis spark speak speake speaki
specia specie specif spectr speech speed speedi spend spendi spent sphere spin spinal spirit split spoke sponso
sponta sport spot spread spring sprink sqrt square st stabil stable stack staff stage stair stand standa standi
star start starte starti state stated statem statin statio statis statu statut stay stayin step steppe stereo
stick still stimul stipul stock stomac stone stool stop stoppe storag store stored storm story stove straig
strang strate strawb stream street streng stress stretc strict string strip strong struck struct strugg stuck
studen studie study studyi style sub subdiv subgro subjec submit subseq subset subsid subsis substa substi
substr succee succes such sudden sue sued suffer suffic sugar sugges suicid suit suited sum summar summer sun
sunday sunlig super superi superm supers superv suppli supply suppor suppos suppre suprem sure surfac surger
surplu surpri surrou survey surviv suspec suspen sustai sw sweet swelli swim swimmi swing sword syllog symbol
sympat sympto syndro synthe system t table tail take taken taking talent talk talkin tall tank target task taste
taught tax taxe teach teache teachi team tear techni techno teenag teeth teleph televi tell temper tempor ten
tenanc tenant tend tenden tender tenni tensio term termin terrib territ terror test testif testim testin text th
thalam than that the theate theft their them themse then theolo theore theori theory therap there therea thereb
theref thereo these they thi thing think thinki third thirty thoma those though thousa threat three thresh threw
throug throw thu thursd ticket tie time timely tip tired tissue title to today toe togeth told tolera tom tomato
tone tongue too took tool tooth top topic tort total totall touch tour touris toward town toy track tract trade
tradit traffi train traine traini trait transa transc transf transi transl transm transp trash trauma travel
treasu treat treate treati treatm treaty tree trend trespa trial triang tribe tribut trie tried trip triple
trippe tropic troubl truck true trust truth try trying tube tuesda tuple turkey turn turned turnin tv twelve
twenti twenty twice twin two type typica u uk ultima ultras un unable unawar unchan uncle unclea uncond uncons
under underc underg unders undert underw unempl unethi unexpe unfair unfort unifor union unique unit united
univer unjust unknow unlawf unless unlike unreas unrela unrema unsucc until unusua up upcomi upon upper upward
urban urgent urine us usa use used useful user using usual usuall utilit v vacati vaccin valid validi valley
valuab value valued valve van variab varian variat varie variet variou vary ve vector vegeta vehicl vein veloci
venu verbal verdic versio versu vertic very vessel via vice victim victor video view villag violat violen virtua
virtue viru visibl visit visiti visual vital vitami voice void volcan voltag volume volunt vomit vomiti von vote
voter voting w wage wait waited waitin wake walk walked walkin wall walter wander want wanted war warfar warm
warn warnin warran was wash washin wasn waste watch watche watchi water wave wavele way we weak weakne wealth
weapon wear wearin weathe web websit wednes week weeken weekly weigh weight welcom welfar well went were west
wester what whatev wheel when whenev where wherea whereb whethe which while white who whole whom whose why wide
widely widesp width wife wild will willia willin win wind window wine wing winner winnin winter wire wish wishe
with withdr within withou witnes woman women won wonder wood word work worked worker workfo workin world worrie
worse worth worthy would wouldn wound wrappe write writer writin writte wrong wrongf wrote x xy y yard year
yellow yes yester yet yield york you young younge your yourse youth z zero zone zoning α π
"""
WORTH_UNIT = 0.005992
WORTH_NUMBERS = """
76btN{s8_6`~W)l0RjXB0|ET}0{H&{_yP+4|Ns5}{Qd$5`2Pe60S5Z}5B>c93I6>40RsW}0{;U1000630|5mC{ssd71O5H^2loU5{`dg_1_lfR`~
Lv}{R#>K{r~_71_uHG|M>*|{{}7u00065{s0641PT5K1`Z<x1_<*E0R;Q|{Q3a<7ytYK0RbBX0{;jH0{{F10R{j2{saCA3<LxG{s9gD4*dTA00sO
1_yPI={{8?31^@#7`~dy|{{{O4{|X2a{|EyA0saC3F9Q4l0viGV{r~;|{sRC20`CX<0|5OT2LAp3`u+Fy{rdI@1_A;D`~Cj*{Q>?1`UD6N0{{X30
Sf}D2?YKR|NZ^{2L1pA{r&;``3C<S{00992m$>7|NQ;^9R30W0t5g4{vHbd0sZ0v90vaY2LAm82LJ&0{r>>~`~L_876uUi{{j94{{jI10tNy90ss
8{0R92|_yYh0_5k+)0s8p>`}_R|`UC+15CjMX0RH#-2>}EE0sr>>{RRL700sL60sZ{~0R9690sH_00R;K@{R066{{Q~{06hW(6#oSpf%yRf{rCd^
{Qv;}0|g}m0|5L6{s9I2`27C=_Wc3^0|Nd33IGHA2l@dA1p)s70S^5D{`&v#00RC52LJ#40{#R7{{aL6{vP}Q@%8@x0RI313jzKL{s9311q=lL3k
U}K_5%V00T2EH0RI950Q>z3{rwjS3<UrC1OWvC`S|$)1pWd72n+%K0sI8}00;s60RaB|00a320R9C20R0aC0s;O92LAj92K@s7|NQ>?_WK0|0}=i
I{r>m*`~d&}{{jv7_YDF60uulN`~L*~0{#B~1N;jF{Q&;{|N8*~0QdI)1p4;_{{#X4`vd#_`uza?0So~L{|WyB{{;T^1poa03i<&93J3oF`~e2`|
Na5^3km=D0Ri~@{{RI0{QLg={QCO-{r&*|{saF2000C2`v(CC^7#J+|NIPz2K)L6{{Q|32mJ^7|N8*|0R968|Nj3B00RF0{{03G0sjF10{;L31ON
aH0SN*80QLd@{r?01`vd&~{{aC900aX20{sE|1p)d10R9OB{r~*`3Hbm60{{H>1q1*77zY3S{r&y~2n6%}0s;O20RjU5{R8*=2L1yA0|fj8{`vCz
0Q>z50Q>+40|EdB0{-*~{|piR{sR>O{|E>G2mSv8`~Us@|Na961^oT}|M33%1p@p60|Ed77zh9U1OOue`~>>}1O)&A0|Wp53JU-O0sZ{`{{H^=0R
sdE2MqlI5*h~o0{sL30RaR61OoQ^{s8~~5CH%J{u229{sa91{`~(80t52@0|Ws6{s8&_0Rj5^{{jH`009R50ssO31^f2_0{{a5^8x?&{`3$40s{v
Q0s{B{{r>+82l)*E0P^|%1pog8`uz9*3i|;74G9AV_x=b3{rvy~1po~Q0t5&C00IXH0R#gG1^)~B2Ltl~0sa2@|Nrv`5&#4N4F>=J00IjA{s;d40
09F70|5gE`uqO~0tgBK0RjU50sRLD_x}q11N#600{{032KXBU{{j;U{{RLd1OEd71_AT>1px;C{s938`~U$K5CiZ1|N8#^0sRI3?*|9@^Z)$(|NZ
~@2K)v80tfa10|5U1{r?63{`>+69s>ai2nz-K`~U|05F-8i{{sB|`uqp{0sjvJ2MZ4X0|5>E0RH>;9R>mk1pFHd0{;I30s{E<_YVdD^#}+1023Mn
0R;pB`~m#{{{R600|EQ}0RRI2{{I94{{9I91OoK?0|EX10{Z|9{Qd<10UQ7v{{R6G0{{U600R^L0s;O60R18C{2&Ga2?zoL1qK2C{{jC2^%x2Q00
0Cd3I6~L0ssR10tW~G{r(jJ{RJZV_y+t0|NI#O0s;d8`~v#__Xqm~2Ltd72LC4q2J-{}0RsU8{Qv^|DEkZk1O7q*00ad9`U3v`1Ns5~0R9300saF
23<CuM0Q?613;O^8|NQ*|1pNK|`W^rD{`&w00Rsa3{s8~|0{#H~0|5yD0P6k!{`3L)`U3j@0{{H|2n+uK0RRFD00R910u2TJ1oi{_0}=iH{Qmp@0
0#N|0RH~=|Nj910{8;}_yPj`{|5g6`2+m`{}}}U0RjO72LAv30sjL11^@mD0RsF10{sL40005|1p@;5`wIa32?GTG`uG6|{RsX20RQ#_{sR630tW
;g{R8#}{rCR<{Q&y^{sII400031`~m(40to^Y0v!PY0Q~p?008;`3IGEJ`T+tJ0|fs70QLa^1PuZG0sZ~}|Ni|N0}~AY0RH>}0sZ>~0sa398wLUH
00069`~Cm~2mclV`~&|B3<UfK`v3+1`1|wx1_Jm490&vo2nGH9{{902`V0aC5da1g{ssd8{s9689|Qvf|NjjI1_J^F0RIN^1poc|{saIf`u_X>2K
@U1{s;m10{#341p5UK0ssU5`~M00{P+U^76AnS00{R7`3C<300993{r&*`3jhTF|NZ~~0tEs70sH#;0s{O6|NQ*`1pWd4{|o^F|NH|16#o4I00sX
5`vC|2009330sH^{1Na63{P+q81qcoU{R0U80s#d7`T;ot0|6@j|M>p>1Ofm800060`UL|52?qrd694@E5dj1K00RR68U+CD`~U;~1O@#5{{sX42
?P5K8U6kM@&E+>2>}TI1pfm64HNVH0|Ns801p2F|Na930tX5D`TqL`0TlfG0}llL`THLN{Q&|C0s#a60sj8+`TYO~2LAj44g3K7`5FHJ1p);O{RS
2W0uBlO0v-k%`wRmE76AkV{{{d875w=B00;j62KEK{{saL0{QnF60{{vG0Q~>}0s8{_4)_NA0r~#^`vLwC3jGB81_2cK1Q7lJ{Q&z80RQ{+1@r<0
{QnaB0{{8_0PO_>01EH^`v3a?|Ns2^0RR9g0r>m_|Ni;`{|EmC{`>+0{`~$00ssOB00jO4^#1<#0t5&G{rv_600IX9{{0362Lt{9`UnO53H%BO{s
99100r{{{sIH~0R{sF0|fm6`2YR+2>}59{{R#J{QU$800RIB1NH^}2L1y41ONm9{{jE~`}zL<{`>s?1_l281@IOE|NjQ{_Xhd`0sa8}4*&o8`V;{
E2mT5M4F&@D{{j5@{`>_7^Y;P&2LAy5`TPI~2KE630P6_+009L5^ZNn<0|5OH{r>|3{Q?653k3H900RR1{{a2|0Q?02{s#dA0sZ^_{s9911N{aD0
s{UB1p@*71Ofj81Ox>M|Ns5}2?G5A{{a2|0s;O05CHW1@%;q;{|o#P0R#5{`u+U=@cse!_y7R{0Q>$Q{{;d51OWa30{8g;1o8y{{RaN^0Sx{F2m}
BB0sjL00QCq3{{a340sjC2`Tzy~00RR80|Ej62LSv32m|*3{Q&d+0R{a31ois_{R;p90ssI21_=KC{r(380RIdK{ssOP2LT2FA^ZaW0RR61{0Ra8
0{;XB0Ra94{|f>a{|Ed60|EvA0{|EQ4gCuL1p)s3`U30&2LS#21s4be0SF8M4gdfE3H=TL{{IC7|Na681NZ|A00IL31OV^|`T_a?2n7cF`~3O<1O
EF2{vG}Q|NsB~{{8_00{s5`4GIGO1oH<10tNg51O52{`v3n20|5m9{|W>H_x=L_761PQ0t@^40sjL600I2~0t5d6{`UI>2?7HH{{0390VV$b`TYI
_{{;X8`33+1{{sUq`xycM4fG2D3JwGd0sjRA{rmX-{sRa8{|5Q_|NH#|{16iZ`T_j`0saI10sa30_yPj~{s9050RH&`2MZPo@ctG2{sjO00|5X5{
tFuW{sI8}0RIR7{Qm(50sIC50sI641q1*M{sIXH0s|fg1qS~5{Q(640|Wm8_WlL~1_%QI`T_j>2Ll8C5B&iP0s;5_{rmn0{Q?00{s{N{1qBBM2LS
&300I92{r&&|0|Wa40Qxlg0uucS0tE>J0S5;J1O5j93IhZH{{{d80tW^K`3(U42mbx~{{sX6{sH^=`uza{0XrGu1Of^n|0Vwd`}qAA{{R5~GCd3p
5CR4O0|N~M`x*fL{Qd(21OFKQ{{sgAE(QV%2>bv91qBiU{{RR70TTlL00I2=1^@p50{#F1{rvs`0{r{~{r&v|1O@>80Q?RB2KVs({R0OL1p)s6`U
wC0{RR626$1bP{s#pB1t$V8{rvp`1O5X00Qvv}1ON#D0}BEE|Ns8{2mSK>000mE2LA#6{r>;~0s$8T`vL+40s{X3`|Sk&68{AK1`P!N00sW~`~d?
A{r~>||NRO01OEO11OEX30{SQV{{aO41Ofs8`~mv^0Sg5F0R930{{;R10sa2_|NH>}`~(LE0|o>A0{|Ku_W%S0{Q3d@1pxsM000I6{{kri0R#L11
OWa6{rLg`009LA4HF#u0sH{~D*)*K{|Nyi_{#_R{u2QK|M&s}6$S$J{sI000saOF0RkZa_Xz$C1q1{D4h{$Z{tyuX{r&(N1ONgP0QUh40003A2?`
<r{{a902QCE-0tEp76aN4D00
"""
DIFFICULTY_UNIT = 0.008527
DIFFICULTY_NUMBERS = """
+cE?o_xjc<;r}xK{r(RL6#DiS68i!S{uT8G_yz*<@c;+u;r0#u{_eUp^zhj9IOFmEArbZm74{wT1_Ueu5CaPL>J9<<^7!=*^VbCtG#mZ~_B7!e4E
qin^W6jz<>w6;3n3W~_SXsp`WGA+{Pges>GbCh1po-}6aF6-6f5lJ_uUE<-v-~^0twUk{_-aIG5*c;G~m$t0|x#E>IL;14F>xA1oIy3`VavI932$
`1~e%A`s(NaFZB2X1@!U#5G}_RH4ypH66FFG<@)>o`S;`Z{vR0-`wsaS@Dl76_6RBl`YuTt2>JN{@&NzW<lEol1n@QQ;QSK`=nND14GtF;00aXO3
O3~24;201>IU`V1mEHZBlg<{6#e!b?9Te&<@N#m_W}+BDKhy2`VI%`zAx_y8t%&RGyCmI`1a}<^#bSZ00bHd;sXB$=@ARz5%T*6su2A41?L6qG5_
c0AMNvI5BUQD_xJ|&4;dx}^Aza|yd4-F@*X76<nZqn7|Rgr3;5Xa>Hh2L`tkwt>f$5=5$xCV_2A$E`t%&~7!COj?&JN&6!ZQ5;Q$Ku*Zc78{{%G^
68G{B0}A^1@9OXX4EzZH(DMrI<oNpr?i2^}3KRPS?iu^i_W}3#59Iaa{1W!3^x+Wr1oQzR`VAlV|KaKiyb%8M!zuvq`S{ZJ0r~Fi;>7aW%MAqV?H
L~p2>u2D_1q>I1qu55GXLm62Jr|IBo6Zu2=Dsq5by!$^z{e;>m2D1@Cxed^a1Y&>H-k=`WNO464%!50t!CW0u37n?h5z(`RV#I74!f2=pYpE+6e*
*(E|bZ>iZt(?hZKi@(JSk1qbL6`~4FI{oech`tTzN`yc4%_3h9j4)gyK3JT`*|M&<SDB$q_+6MmZ@cRNB0TlT6;13A;8u0z*@*wK*0O8~d=;`WJ`
0@Ju2NL=e`0D}1^zRM(<xBAE6D9Nr@#gaU`U4&P0UZtZB=hbe$@<##4DAq^CGp$@`|I-%5B&ZH=_U>U{wVt!3h*Z!@e|$xCnWwY3Htg73-9|8Jnj
Pj-XaS365{Xa+x`3T<^lEw@B#1t6Z;qI3;h203gYVf`wRj3;{f;s1P$2{_W<?<^!6YJ4(jhJ?gsq*3kBmA?Ggy~5curx_z3Ue2MO@x3IO91_U!#0
3Iz)b@9_m3{^iWx1_06;`1d9R?)dfV=@SPM4G;9&1NZqLLhtnN1mp)6_VV}I3hxmJ@(~Cd1^Dq1`9KHw@C@em?&tFn2lC+t_1+8h|1I$55cKc(`0
w|^@;=l59sCsu5cTl&1_ufO1Qyuc^bz?C{RsI45&Yr-?jHvS0MYj@1_&ew0t*BR{ss8=-TV>)0}BM_?g#|<<o*Hy*y-LL{OtDs(f{)K|N9R0`TFo
J0|NHm<?Hn$?d8o5@(AnN?)vcw4f6T#|Lywq7XBFtvf<kU`RDi)3jiSc6$do+0vX{D=Q0Y|2@EF19RlR@_8<-e>GTTn9s>0Q5#jXm+xQLf{}u@T0
|Wl!F9!bH2=V^*-xuck3<?qn?eWs^4fO*A3)~X;2mt;41N}V&^XCXI_5ADo2@vcC8xaBg4-oPQ8w&Fc+W`WB)C3R$_Zao){N4u#+w~bM5)<hK@!{
;<7Vj4A1OPP^2>$W=`sM@*&fV<+*ZmCf{r3&<`T73_>IwT00qpz;Ap|fc=>gy32M0*+0NVKG_#wUV9Jd<`0uuWf{{{5|<K5u!2KVFz-rLsa;Pk}n
58CAF@e%yz3GVgx@dx4^+7S5jHR}Kh_8S=P*7CsX_x|qqC+`6;*iIh$0_7&^3<m=1@d5z?^8@Yq`1<kk4&w{4?9mPU?FZBL7z*G9^#>6Z1q|%!_4
ydn4-p0w{r>>x{T|x%>)kCW1p(s^DGuTL1o|Ba6ZHNK6D{=P^5yCX4iL`$`T`C9`{V@r2nrA83-{y;UH$Y7{_*qy5jrOa_Wl7f_XGw95#{;w?c)d
X83_yj1p5*98SD=W-RSr7`~L9p0sZ*&@(1n;00PhC@Z<6P2mJlh2@o6k*Ztw}`QiE*;Q#{*=<MhJ{Sxm13nKje`WWv1{WKHi6W$B!1p?^z0QunU5
fuIF4g2lj{_)@+^7SGC<qP8e1{L=JPzvJ%{>JGW|M)2H3jY-73H=805bpd31^fXB2?zc8`}g$o5%?4d0t5W?TNwcN^1cKC<_jD0?e7Kf-uMJ7^(O
xd_6XPt{5$pQ1?|TY{sG+z{P6qy58xpP5AXdKLM99x|Lw*D2^9MD81^g@%H#Lf{r&m-_zCp){^Sqz1oQj(_6YL_=nf$Y8u;)J{pAMq4e9Lo?(GHc
<pKE>1SR<V_5RfPGWG%W3GeO=_W>II=jsgZC<W{gCI}k?;pOc9{rD043j5>;_~ZpR6Wjvw{`ph+-wXH-{P5`S`Tz^t=>a3@_yPRe4;mlj>-`E4@C
3yM_2B>m?cnh33JN46y7&<W_wWPV7w`J*_6ZyG-PQ{N_7La_^fVFn>)ZJ8{Q?mC_WAw}{rwZ~3I*Nu0r&{<590dh5%wD%<oX5&>gE3&BKZ*s+$st
J{RtKF{Ppbx{R;y0`X2!b4dVL}%nsZi_zoHZ3ikN|`0y0c|0eJC7wGT#1P1mM@eIxx7uN*{?e6g98u2Ff_WKAV`|I@u1pIpIH2>M-x#RQf76S@e{
`3kO>-FdF^Ze#06#Ezh67BQ|`sd{?1}ER{2VeUH_W%U>69Eko+U*GU4FwMT9X1RRB?IUO4)^mk1PT7x5)~HO@B;@U1mo`uBE!-P3GVCyB>ejP^9a
ut2hR~B0s#pE>LCXl`t|(^{s#dW_UPjA`&b?4`ql_c2J`&o_4T#-@dXa_0{Qjx2>1r|2oWL+@%(E7;tlR466o^x77;kg{uu=J2o3WG_u%sD3GfOD
-1p}P;`H$L=f)5T2_5YF`3~mo?*9Sc4bJl0@bmL0@)P6@@c;Dy_V)k%)(i#R>-Piw0|WXS=H2Pl00{5w_5Jzl>G<^Z5bG4~@9zrU{p2s`56|Ek=l
2We{V)d;`~(H;Fdzmo3@Y{b@8JgQ@DBbC=G7SYHv&Ht4E^^9?#}}I$kZG63IYWg0^{NJ@c#Jq{nh6c9|s8z`|<zt`wPhJ{Syce_wfAw5EK750Qc_
q|MT%32k!#qED8DH{nZu};PfBu_~-ol_4)w-4&3_q0ln}5_5Bg+=kD|Q1O4G11qTh@6$AAJ3joIh-U{?86a3{04D>hd+xqhU>HifB`{f1k5F7m+8
~ouF9QFX;0~_uD8yoEE77zCI^A7s?0ssOR{`mRc7Wa$r)cFJJ`yu5+1Q{3ZEZy}3)cg1D==}x+1<vyL0|W2&0tfH<4gT;02FU{M3I6aw2HW)40TJ
`|0vYcv-?jJu|M>?T7X<|H;0pHu^#<_g8vgnH0V31|BJ}S0>-HGwBo7t*)ZzK=0LSzT@c$tQ78LsB=kyK;_vZ`-{r|ic{si#+4)gy51|9zQDhU4I
3=8rf{sRmW0~I9h_V)i5{1O-w3kUZf^7aYu>hbRk4eCbt+U+nB1K98k`57Dw1@aH$3Iz@I@&fP(0`LX^==Jpj5wYs--So^7@fZv8=mi=G-SP?$*$
>qC=koU%+3gPn=l%8g8q);d=L-G!C*bb%672v0_3i!q_}BXY^ZOa={Veh47dr&-6&eWo3lRMk4(RL)==%KB@9ydJ@9FF8-XHoT2>uu70S5Zs%;Dt
X@euas4>kb`<sK&b%irDuF(?%L4E+oS0mc{c|MUgW1^oB^?9L|b3hvtY(iAiM3GDP21pf^o)c5lQB_SjC`{n-f<nsRz`W7A{`vDvF2K?$Z90BC;@
g>^a1oH^$`0fns9qI+|@9-G*`}Ob?;{NOi`|1?80S_7b*aYhZ`U)TV^&Ro~-1!Cc_Z}4q;1A;C+xH*`=Jp-y@!|~e@dgGI;P(vm>jn(x0{-y__V^
F@74ZA=>hs_G7#i~Q=*1A_1}7Qw_UZcW@CffC1oH<50POAg_WuF@8~OO%-w*!?H|qM_`SJb-;t2Nw2l^FB{^$@W4HMq%+)wW%=fVf{9QOkOs{+LK
@e{NB69?$w0P_0y2k-Lt2Kdei^8xTV*Wd5wA@JG}A_eKo>-+!m6}k-c@BjJu`RFF<{|E8=|KJP#^7!TV&-(5I5fBCE3jN^)90nQo0{a#96#o1J)b
{k*|Naiu_Wk$==uiCx{_Oe>|Kmgz1_1B%|Lyn$2KqDr`Q`ri-}C+b0q_a-5GNn|9{K?F2m$&0{_yqu84VKm0sjdX)ZXOa@dFIx`5X%N1_c5K>ihW
~@apaT`}s2W&E^RL688N812yjH3jY=#Iq=>U0{P_e1ndIz<P9AL^&9c{?D_Wp@$dfn_x<<~>iO~785AZe4hRJY1n^DV`0wu+0{8C7?C{eD`UUj#^
!fq&(Fp3}+vxWJ-vTH6_cRRyMfD&73g&A-=Ry1o7rf>J^$h<665Z=2{q+3w2;dGE;|~)M2KD9K@%ZNP_QehY_c-(n^YjY&3I!4P*AVmh{P$WKE$S
H5(fsN1^cMpMvhm?b9R2$GD*
"""
