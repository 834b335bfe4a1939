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
eviden evil evolut evolve ex exactl exam examin exampl exceed excell except excerp excess exchan excite exclud
exclus excuse execut exempl exempt exerci exhibi exist existe existi expand expans expect expend expens experi
expert explai explan exploi explor explos export expose exposu expres extend extens extent extern extinc exting
extra extrac extrem eye f fabric face facial facie facili fact factor fail failed failin failur fair faith fall
fallac fallin false famili family famou fan fantas far farm farmer farmin farthe fashio fast faster fat father
fatigu fatty favor favora favori fear featur februa fed federa fee feed feedba feel feelin feet fell fellow
felony felt female fence fertil fever few fewer field fiftee fifth fight figure file filed fill filled fillin
film final finall financ find findin fine finger finish finite fire fired firm first fiscal fish fit five fix
fixed flag flat flight float floor flow flower fluid fly flying focu focuse fold follow food foot footba for
forbid force forced foreig forese forest forget forgot form formal format formed former formin formul forth
fortun forty forwar fossil found founda founde four fourte fourth frac fracti fractu fragme framew france fraud
free freedo french freque fresh fricti friday friend fright frog from front fruit frustr ft fuel fulfil full
fully fun functi fund fundam fundin fundra furthe future g gain gallon game gap garden gas gase gather gave gdp
gear gender gene genera geneti geogra geomet george german get gettin giant gift girl girlfr give given giving
gland glass glasse global glove glucos glycog glycol go goal goat god goe going gold gone good got govern grabbe
grade gradua gram grand grandf grandm grant grante grape graph graphi grass grave gravit gray great greate
greatl greek green greenh grew grocer gross ground group grow growin grown growth guaran guest guide guidel
guilt guilty guitar gum gun gym h ha habit habita had hair half hall hambur hammer hand handed handle hang
happen happin happy hard harder harm harmfu harry harves has hat have having hay he head headac health hear
heard hearin hearsa heart heat heaven heavil heavy height heir held help helped helpin hemisp hemogl henry her
here hereby heroin hersel hetero hey hg hierar high higher highes highly highwa hill him himsel hire hired his
histor hit hold holdin hole holida holy home homeos homeow homewo homo homose honor hope horizo hormon horse
hospit host hostil hot hotel hour house househ housin how howeve huge human humani hundre hunt huntin hurt
husban hydrog hypert hypoth hz i ice idea ideal identi ideolo if ignora ignore ii iii ill illega illnes illust
image imagin immedi immigr immune immuni impact impair impeac imperi implem implic implie import impose imposs
impres impris improp improv impuls in inabil inadmi inch inche incide inclin includ inclus income incomp incons
incorp incorr increa indeed indepe index india indian indica indige indire indivi induce induct indust inelas
infant infect infer infere inferi inferr infini inflat inflic influe inform ingred inhabi inhere inheri inhibi
initia inject injunc injure injuri injury inner input insect insert inside insist inspec inspir instal instan
instea instit instru insuff insura insure intege integr intell intend intens intent intera interc intere interf
interi interm intern interp interr inters interv intest into intoxi intrav intrin introd invali invasi invent
invers invert invest invite involu involv ion iron irrele irrita is islam islami island isn isolat issue issued
it item its itself iv j jack jame jane januar japan japane jar jean jerry jim job joe john join joined joint
jointl joke jone joy judge judgme judici juice july jumped june jupite jurisd jury just justic justif k kant
keep keepin kept key kg kid kidney kill killed killin kilogr kilome kind kineti king kingdo kitche km knee knew
knife know knowin knowle known l la label labor labora labour lace lack lactat ladder lady lake land landed
landlo landow landsc lane langua larcen large largel larger larges last late later latera latest latin laundr
law lawful lawn lawsui lawyer lay layer lb ldot le lead leader leadin learn learne learni lease leased leaseh
least leave leavin led left leg legal legall legisl legiti len lend length lesion less lesson let letter level
liabil liable libera libert librar licens lie life lifest lifeti lift light like liked likeli likely limit
limita limite line linear linewi link linked liquid liquor list listed listen liter litera little live lived
living ll load loaded loan lobe local locate locati lock log logic logica london long longer longes look looked
lookin loop loose lord lose loss losse lost lot loud loui love loved low lower lowest lunch lung luxury lying
lympho m machin made magazi magic magnet magnit mail main mainly mainta mainte majest major majori make maker
making male mall man manage manipu manner mansla manufa many map mar marble march margin marita mark marked
marker market marria marrie mary mask mason mass massiv master match matche materi matern math mathem matrix
matter max maximi maximu may maybe mc me meal mean meanin meant measur meat mechan media median medica medici
medite medium meet meetin member membra memori memory men mental mentio mercha mercur mere merely merit mesopo
messag met metabo metal meter method mexico mg michae mid middle midpoi might migrat mike mild mile milita milk
mill millio min mind mine minera minima minimi minimu mining minist minor minori minute mirand mirror miss
missed missin missio mistak mitoch mix mixed mixtur mm mobile mobili mode model modera modern modifi molecu mom
moment monday moneta money monito monkey monopo month monthl monume mood moon moral morali morall more mornin
mortal mortga most mostly mother motion motiva motive motor motorc mount mounta mouse mouth move moved moveme
movie moving mow mr mrs ms much multip munici murder murmur muscle museum music musica muslim must mutati mutual
my myself n name named narcot nation native natura nature nausea naviga ne near nearby neares nearly necess neck
need needed needle negati neglec neglig negoti neighb neithe nerve nervou net networ neurol neuron neutra neutro
never new newspa next nice night nine ninete nitrog no nobili noble noblem node noise nomina non none nonzer nor
norm normal north northe nose not note noted nothin notice notifi notion novel novemb now nuclea nuclei nucleo
nucleu number numeri numero nurse nutrie nutrit nw o object obliga observ obsess obtain obviou occasi occupa
occupi occur occurr ocean octobe odd of off offens offer offere offeri office offici offspr often oh oil old
older on once one online only onto open opened openin operat opinio oppone opport oppose opposi oppres option or
oral orange orbit orbita order ordere ordina organ organi orient origin oscill other otherw ought ounce our out
outcom outdoo outer output outsid outwar outwei over overal overli overri overwh owe own owned owner owners
oxidat oxygen p pacifi pack packag packet page paid pain painfu paint painte painti pair pan pant paper parabo
paragr parall parame parcel parent pari park parkin part partia partic partie partne party pass passag passe
passed passen passin passio passiv past path patien patter paul pay payabl paying paymen peace peacef peak
peasan pedest pen penalt pencil penetr people pepper per percei percen percep perfec perfor perhap perime period
periph perman permis permit perpet persis person perspe persua pet peter ph pharma phase phenom philli philos
phone phosph photos phrase physic physio pi piano pick picked pickin pictur pie piece pig pile pilot pineap pink
pipe pizza place placed placin plain plaint plan plane planet planne planni plant plante plasma plaste plasti
plate plato play played player playin pleasu plu pm pmatri pneumo pocket point pointe poison polari pole police
polici policy politi pollut polyno pond pool poor pop popula portio positi posses possib post posted poster
potass potato potent pound poured povert power powerf practi pre preced precis predat predic predom prefer
pregna prejud premis prepar prescr presen preser presid press presse pressu presum preten prevai preven previo
price pricin priest prima primar prime prince princi print printe prior priori prison privac privat privil pro
probab probat proble proced procee proces procla produc profes profit progra progre prohib projec promin promis
promot prompt proof proper propor propos prosec prospe protec protei protes protoc proton prove proved proven
provid provin provis proxim ps psychi psycho public publis pull pulled pulse punish purcha pure purple purpos
pursua pursue push put puttin puzzle pyrami python q qualif qualit quanti quarte queen questi quick quickl quiet
quite r race racial radiat radica radio radioa radiu railro rain raise raised raisin ran random range rank rape
rapid rapidl rare rarely rate rather ratio ration ray re reach reache reachi react reacti read reader readin
ready real realit realiz really rear reason recall receip receiv recent recess recogn recomm recons record
recove recrea rectal rectan red reduce reduct refer refere referr reflec reflex reform refusa refuse regard
regex regime region regist regres regula reinfo reject relate relati relaxa relaxe releas releva reliab relie
relief reliev religi rely remain remark rememb remote remova remove render rent rental repair repeat replac
replic replie report repres reprod republ reputa reques requir rescue resear resemb reserv reside resist resolu
resolv resona resort resour respec respir respon rest restau restor restra restri result retail retain retard
reticu retire retrie return reveal revenu revers review revolu revolv reward riboso rich richar ride rider
riding right ring rise rising risk rival river rna road rob robber robert rock role roll roman roof room roosev
root rose ross rotate rotati round rounde route routin row royal rule ruled ruler ruling run runnin rural rushed
russia s sad safe safety sahara said sail salad salari salary sale salt sam same sample sampli sand sang sarah
sat satisf satura saturd sausag save saved saving saw say saying scale scan scatte scenar scene schedu scheme
schizo schola school scienc scient scope score scored scotla screen script se sea search season seat second
secret sectio secure securi see seed seeing seek seekin seem seemed seen segmen select self sell seller sellin
senate send sendin senior sensat sense sensit sensor sent senten separa septem sequen serial serie seriou serum
serve served servic servin sessio set settin settle seven sevent severa severe sex sexual shall shape shaped
share shared sharin sharp she sheep sheet shift ship shipme shippe shirt shock shoe shoot shooti shop shoppe
shoppi short shorte shortl shortn shot should show showed showin shown sick side sidewa sight sign signal signed
signif silk silver simila simple simpli simply simult sin since sing singer single sink sir sister sit site
sittin situat six sixth size sized skateb skelet ski skill skille skin sky slave sleep slice slight slippe slope
slow slowly small smalle smile smith smoke smokin smooth snake snow so soccer social societ sociol socrat soda
sodium soft softwa soil solar sold soldie solely solid soluti solve some someon someth someti somewh son song
soon sorry sort sorted sought sound soup source south southe sovere soviet space spain spanis spark speak speake
speaki specia specie specif spectr speech speed speedi spend spendi spent sphere spin spinal spirit split spoke
sponso sponta sport spot spread spring sprink sqrt square st stabil stable stack staff stage stair stand standa
standi star start starte starti state stated statem statin statio statis statu statut stay stayin step steppe
stereo stick still stimul stipul stock stomac stone stool stop stoppe storag store stored storm story stove
straig strang strate strawb stream street streng stress stretc strict string strip strong struck struct strugg
stuck studen studie study studyi style sub subdiv subgro subjec submit subseq subset subsid subsis substa substi
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
WORTH_UNIT = 0.004401
WORTH_NUMBERS = """
DF6Za{{R3C{{d0{0RsdD0|EW|0{H|3`~(mH00R90{Qv|B`~U?J0SNv35&rxB2mk&40RsX20|5g40RaX91p);H{|EyB1ONW|2>Ap9{t5#E2oewk`~
d<1{tgTW0|EgE1_l8F|M~^~00u?|0RRF5{{jXA1PK2K1`aF)1`PEO0S5m1{Qd;{KmY#$0s>D2{{RIC0tEpA0R;g3{{#>T3<CrH{{#>K4gLWC0S5m
C`T_X>|Na0S1OEg7{sjL400sR7{|yKd0to>C0{;R4Spxh41s?+e{s8_1{{#a71o8>{1OWL!2mb#2`uz9z|NHt02LlBJ`~Cm+{RjU8`veLQ0s#U30
uTTd2?YKX|Ni~|2>$>E{rv*_`UU_S{0agG1_A#6{{8*>MEwE-0|Eg40YnV|0{-#>Bnkij2LJyD2L=KD{r~|0{Qe6B83-5u0RjC400IF00tW&A0|5
U1{{8{|_5uI|`T+I;0s8p?`TG3_`2+v~9Rvsk0RHy+2m=HG008;^{ssU80tEX61^oR40RRaG0Q><10SEf|{R066{{a610a^hA6aob}^Z5Y+{rLg|
{Q&_30|hz*0|5O71OWy8`uqO>`~Cm|1p)v73IYQB4gCKG1OWg60TBQJ|Mvgz{{j921pxp40{#dB{{RF80U`YW@B9D%0sj2~3IY8I00RL91`GoL3J
D1N_yht401W#A009I90{i|C|Nj{Z3<LoF0|EvF`uq3;1pWg92n+%L0R9B~00;m40RjH~0s{I50sjU60R9mH0s{XB1^)d82mS*A{`>#@`2Ph72owG
Q{s8^^{Qv*~{{js9`3?jB0u}@U`~U|31OER21O5yJ{{R60|NjF60R8#_2mSg30R#gA1qA;7{r?000Sf^K00;mA{{;W}1^@m22>bv876<?T{Q?E_|
NjB~6bS(N0s;E`009I3{`>#^0Q~#@{{8^}{sjL40sRC2_yz(B^ZNe<`uqzF1^xdB0RR682mT292m1j500ILB0RI0K0098~0RIIN0ssI30{;O53<C
fQ0tf;90Qm*~{Qw02`~?03{{aLD00jd41O5R30|EO10RIUD|Ns5~5BmTE1poc?2Lu5AAPE5b{r>+12>|#00s;U40|NvD{sj8`1^)yB1O)yB{`&L#
0ssCC0Q~<31Oo>K0|4<0{tgiS{{$KV0tN{I1pWaD{Qv&_`u+q21pfd2|MdU+1_b{B0tW#DA_o8h1pF=m{s#R41Ox#A0|Ws73kv`Q0sQ;}|Ni~^2L
lBJ2M+xL5*Y^n0{#U50|5m91q1y3{{sI24FUiH{t*2C{{j92|Na0E0|W2`0|f&A{sH>|0s;E{{{;H^{{ja70ssL32L1a40|5g6^#TC;{`3|C0|N*
W1O)#7{r&(72mlQM0QUm>00aR51^oQ|`u`050sssP0|)>B3I_iD{{sa82nYfN2mS#A2nqoL0|y2F3;+TH_W=U_|N8&{_XrgK1OW~Q0ssF33jY5J|
Na311p@*B1PcB8{|N&L3;_ZJ0{;O23kdcA3H}590|Em8^#}+03<d!L6A1tS2rC2s0|5mA@%se<2LSy700;d806P){?;-&F{{R901^@F02m1E^{r&
*{|N0I61Ox*H>Hz}*|NZ_01^@y40tX}n03Znq1^oO03;hrv{{8;~0RQ;?2KoX24g&@a5dQ=M68!-G{P`pY0SN~DAr1rn{{jL5`1bb{1^)L43j6^X
8wvsk1_1j3{s992|NjF4`~3t00{{O21Ofm44FUxN_WT0^{r?5|{|x*61ONdx03rYX0T2WN0R#aA6aNDO{{#;FL-PGT2muWW1Oo>L0RaC300Q_K2?
GEC1T_i)0Sp2G1N;RF2>|{5BLw~jLjL#%{R05~9svUa0|EU5`~UU``~(LB@(>09EDZ(q1p)yB0tNm70{tue4gUxKWdZ>P2m$;9|NjI20sjF30sjF
30s#*M1_J^A2>l%V0s;R0{s;aA{Qmy?Cjj>T`Tz$30|)*70Ra92{{a000SN&E`uqU@^#T0*1N{O6|Ns353;zNF0RsyF0RRF51P1>I_y+t08UFwM|
NZ~|2Kom9{{Hv@00I93`~(5}0s{U30{{W|1O5X5NCgW50|EmD{{R00{{a020{sX90{#I4`~(650Ra330|Wm45dr-M0|o&5`2q+13IG29|M&y`0{#
O73Irto2KEU3^#A_;{`~*`0s;g90RjO00sjsH3jY-ZBmn{d`~U&}0sH_70Rjd40s<BT1pom7`2+(55CH%I{r~^~{Qe;W5DNnV0R932|N035|Njdj
2Lbv50Rsj6`~d_902c%N0{{;U1^x;A0R{j4{q_6>0{H?U3IhxY2L1m200ja24*~-b0S6ZS1q1*90R#so0|Nv901X8P0|N#E2?h2A00;g700jas`u
_X?2mSm4{R;y70{#661pEaK0ssU5`T`02{Q?648v+Lc015X9`UL|7{{aI60RI904gv)L|Nj600tN#A0sH*>0|NX9{`~#{1pWg5{|o~K0R0026aV}
I00#j7`vM020RaC40sa5}1Nj94{rU+A1PK!Y{sRvG0s#a7`vFr00|Gk!0sH^{1ONd700063`vU|42?qrh5&!`I5CH=H0t^EIA_e~F`~U<01_%BA{
R9L53JLrU8T<eN_W=h12>}TI1pov86CLvc1O@~D04x9j0RIC40|*EF`vUs~0YU%%2NDJT`TQmW{s9380s;j70sQ^<{Q&?72LJs64F3TA`5^-U2?P
Zb{stHa0U8Pz1T_XP{R{*H83P0b00sd9GyV7f01N*B1^5N|{u%-P{0SER0{{*L0R9L8|M~*^6a5PQ0Q&v^`~m(B3;zWA1pyKF1Q7cH{sH_D0ssB?
1^EUA000yE0|5H{|MLY00SWg1`vUv`008~_0sjCq0r~v~0RR61{tN#G|NjF61pWU60009A0RsR4_5S|-0s{sE{{006009O8{r&|52?hTF{R;#A3;
hQO{{I600RQd+{{jR0{{;jA1O@&9`v3s@2>$>60{<5P`v3$B0RsRB1@{I23;zWE1OWsB00II2{`~&}0Q~#^2n7HD2lX5R|NjT`_y_v}2LAy44*~!
D`xpWN3;z!Y4haMM0RjK||NadJ_xu6_1pom4`~3h91^EI50PhX`{{jU7`TGI}0|5LJ{{I66{Q?983IhrP0R#j6{{a5~0Q>>~{|5pC0{{H~{{aL40
|5vI1OosF2Ll2A2m%2F1_TET00{m75C{GP009930s;H}5dZ-E^8N$>01p8V0Rs2{`~Lm__Wl9+`T+q00sj9X{{{j71Ofj61Nr*@1@#C4{ssd60S^
8I3IqTD0sjO20saUE0000E0RaI3`vD680R#gB0|Eg71_1m25d`@F{{i#<0tNm50`>a@{0#sA0ssI32nhfF{rwCD0RRpN00sX%2LT2FDEk8c00sX5
1qlKG|NjLC0s#F4{|g2j0SEp90|N#B0|6cY4gLxL1Ofm2`UL9(3IYE92OI|k0tgHO4*&uJ4F3%P0sjRA0RI9A1^5FB000F40|4|0`vUs{2?h)P`~
Lj_1ONO4{xSXk0RR90{{8_00sa5}3kn4P1pyEP0s{R21O5C0{s9071q1T}00;{K_WuI`6afDP1r7ZC0saC30RjF20t5d6|MvU@4*>%M{r&_50W<#
t{Qds}{{;a9`Un65{{;Xy`x^uR5Ah5E2@M1c0RjaC{`~s={sIX800;W~0Q>#}{tyxa`T+g`0saL20{;L3^Zfz={{R360RH*|1ql}k^#L3G{R9C41
Oop8{t6xZ00RL0000O8{{I390sRL80{jI71_J^O{{{*N0|O)p3kU!E{s0L92Lt~C`Tqq43JnDU{sjK~3IYWG3;qEL0s;2`{`~(400sd7015c~1qK
HO2Lb*4{sI30{{8;|0t5a6|NTJv0v7)a0tE>K00#&J1OEsB3j+iI00#jA0|yBO`wjvB2>$;0{{sa8{{aB~{{8_10aR3+1Op*40W<#s{Q3Yb0RRO5
G*~qg6$A<a0}2rZ{UiYY1O5d91phDo00ajCe+U5$5B&fG1qBlb|NaI50u=)P0095?1pfd61O5R3|NZ{~1O5F2{r&v~1qK2B1pE&H2LJ2-{sRdO1O
fj6`w;*B{|5R369WMQ{{sa81t<bS{Qdp`1pfm50Q&(01OgKQ1P%fJ0RR5|2mSQ@0sj#H1^@&8{r~_01_2}k00ILA0s{d41o8y`7ytzR1PufN0R;c
^{Q(0C{Q&*|0R9X31OER31OEX30{Jfc{{ja81Ox*G{sH>{0SpBG0{#I200jC00RI2{|Ni{}{R9XF1P2BE0|6Zz_yGk4{{0pH1OWjL0Raa7{|Ph#0
R;a41OWa6{QUv}0RjaD5*IK00?YycI04oG01W*u`L7B4{uTlO0Qm(2F9ibg{Q~^}0saLC0s~I~{ty5Z2Lc2D5ETdj{t^-b{{I0n1popL0Qv_F0sr
a<0SY+)2mu5C2RsK14h8}I68`}D00
"""
DIFFICULTY_UNIT = 0.011551
DIFFICULTY_NUMBERS = """
?IHpc_x#`^<NYG<{{9RC5BT*64*CNG`4Q>=_yYg(>Hr4o<M;{s{Ormv@bTL8GUxRPAP@Hm5&0MO1OX%h4gv`B>J0(?@cH!*`rHH!FB<&?`6=lZ3;
75b_1gpt=H?3&2_PB{_~8cx`xO`!`}6by>iXyl0|5u{3jiDw3nlU8_2mTt-UaL20R`Fl`|%<DEdSv6E#MIP{|NpC>jU}~4F&l71Mn8``wIXB7#9r
!2O=o-`{(fdF8uQV1^Dv*2`bYSF$nwI5A6yO=lk~q0Qcqj^%oKh`waXM_YUq6_5vRS_#{3N2K)E|`vdvg=Hub#1nw*J-~9~;><JL~3kVPq{{aFM2
QTg)3l;t6@(1|n1?K1i9`@x86a)As?$h?@^7R7&{{s&NA~N;_`Vt53%Odm!7W2>fB?9h8^!Mfu`2pnX009;U=m+}-_6iE^4)Fd3z77HX1Lp(tDE{
Z?B=7iA3IG5I`TPd=5E~~2{}$;4(ijdI>m487>F)dx7S|2s2>0If?f&iX{Q3g#@b4!A4)EUh{N&{X`u!UA5(@kc^637{5dHuI?Eeh>9Q*9_{SYq|
1^Dy|0|@~6@aORX2mA&8()tYR@BI4)@DB*{3=jYV?-v8!`~Ud+3+nsm{1ExH{Ou3)1M&eI_YW8O{ps)u$rb(d&msTs`u^eh3H|r)<<0Zo(+C6b^b
;Ej0{R31`|KSM00sH{F8$^!1oQ_G918Uk3G@8!4Dbl;`uPL_>=o$?^bYUy{08v@?*kC{_7ds@4&mDF1`9OV0SOla@eBF=0Qmha8}<D6?-UjC<OTu
>*#rOd=ldP#@CrHf><RAw{{-a@`~D6F{Nwxm`STY9`624+_Uqal0rde50t)W*{rd(JALZ));{yHh@caQ40TTK6;0pur6!QM%0v_}A1nTAr@b2$X0
rmU*3Jm)c`11qO_wfz_=STA94I=ag^5yjY`2!jM0vZqWCj0Xp$NlK{4D1joAobl0{_yk;2KxU6?jsBX0wDbu2=5{q@de)s93cW63Htd33H167G4K
EY<_!q=4(00V+x`6W=mGWy@Bs7u68ID83H<x|3+Ctg{R{*8>H_=&{|Mj=_x|`6_4pbF3+C)2?FIYy4Fu^G@el^}5BBl&_XYCb2nX}w2LR;`^YHo-
3Ht~V@bdx~{^H{11OVj~|M?#O?)Uxf>=gwN7Yg?11@-<MJMj1P2JQqC`0)AU2=EOJ{1FBf0{ik0`y&qe?Fj4n^zro#2K3|#_38@v|0nO_4fXc;`|
<nF^DWl?5&#ed3ikN*1Ooy90}bQk^%43G1qJ#95d!1_@EaBb0NwZ{1qLDn0S5yL00Z~<<@^@+0u1rv`3Ca&-~9so;_TuV{o(cd)cx}L{QDOA0Q~Y
P1pV^l<n8t%@$TFT^%V&0-|hPH2LkW-{_pti`u7p}6$!)W<_h}f`wj^JGWrSzB=rCp?g-{23E~I|AkGp2=kWF&4*%u$|MDRJ_XG~=`t;@U4)FaD2
mJvB{OBwM{ox1o{`=$@?E47{5DM?~*Yg4P3Iq$_5Bv!K2LJ;BHwN|S2Os(T=>`T2@C6$U1^W#T^8g+M_z2zx1%cZG5(fDc^y>ZJ2L<f*6eAK3>jm
`X^5YHh7WV`GJ{Si4^!oeh0TRpO@d4re3-tc`3iJN@`v&kB{0{)|{0I^SCL-$q>E;OrFZln|@#Og#%<db=83_jv{u}}V`~%<U-S7eZ><HWA-S6l1
((Mf1=kNRv{p$zx{rUC<<rwD!`S33901EgZ2<hPT&+qsC@c1A51S#h;8T<n7CiM;t0q*ny0tfH|@cHxk^7Rbv4!`l?5B~EC+Vv9+<_7f#4-p3s^z
Qfj659|B1QGiG0p|J{>-F#GAtD0)@e(Et=KKTv8wU;e`Uw&!_2K#H?gj}D-2?msAp-pA|NaLE3+o2><OfLm^9uI#0|5^z90v6O04Mha0|XA}`StY
d2J#pO2m1p65BC}G3<~G$`1S$!{_*kw_51Vn3h@X2{?zC0<nj6j{s7tr3=#U?@aysV?D`Yp000Q<>*@gh67T^G9sT_P9rXMCG7RGm-v{mj{pt4q?
c(nb3jFd5`|soZ^5+)v_#Xb`1M2+)3iSX<3giR;)$$+y_#gEM{t@a4{tEF8@d610{{9FG2mku~_4oG=`wjyE2mA9(69f46$OZ-H3l{V9^bYgk{RJ
WTAp8dZ2-^bzF!b^T_|6Uj1?~>~^8EP@*%|^2^a>j_APOG)^2-4Y5dQTP_9GD1=l0?P{QCU)`uF$(?-B6?@%#Mu0`>mw6%GXy`0)$>=nL}<@bLNf
@&)_q0s9#IB=r3K|KR;E_5Ab+@$Cxv1Qz=5?F{lH1nd$c2^<9G?(6~q`3?FE`{@V$>HH}X<^b~j_Bi+I3ik;0^YQKc{|ejf0U+u60Qlbp3=|jl>-
h{0?*q>S{Nw)s?dkL93JV|}%lZ!l`uG3c67&1)_6QF1<l7Ga_6_U}^eqkb?BDn6{r(U6`uhM3^!W|$4g=im0Qd;@5byQr5BU=z;`IXq?dbj)9{Lm
p<0l9O0|yfF`Sb7v1qcB3@*DjG3F`g}*$U+w`3D{W2lo5=_VW|k{~-168t(A=0SopR^bOY%65s_2?eX&U5cC}P@B9cO`|j`q2K{CIF#X}<#Od|%5
&{QL{rLzK@%-uY@%`u=4fzuP5AXB^_3h^)1S93}14sM?`TGF&4e=8U;Or3n3i1s76DtZ0CII&a3H0?T0to)&5D*FF^acbY1nKY%7t7!a2ki9$AN>
0H^$6e+4dM(P2LcBJ@)rjd`1bz<{`~+D@$BvK_&^)%{nrIS0{H#t_VdO0^#BO?|NHXv688o61`Zww^Y>Q)>Iv~35bE~+6A&!g0UiJO1P$~D^y>8Y
2k-_6=Kb^p==b#Y?931a02}W7`U~*z?*Ikt3fuDI^ZoS@@C)n=_W$$%_4ok(;0grk_4Nb!0R#RX<ml$x{u1-_^!)+w^7{Pt6Yv%E`tb<j{^uv&5!
CD!>;4Gv`ZEs}|NR8-GZ_OY2qg0U_2mQb_Z<QW=;IanDE~AK3jFs7?$`qQ(%TmG2Lc5a0O{rQ@dEn({M+vp8wdsq0rCIy{0GYM0u2WW`SSbx4G;b
*0QL6v`1b7`1MmOqA_@84|KSn~;PxB%`t17n_4@$&590Xw{k!f1`uhv&?d|pX0{rS81qKY~3IO>73Iopt;RpC468z*04)H7R;{Wsg@A()C`{x1k5
DNeq75wQ675fC^4;bwKAQ$fK5DWMB_YC^?0ssgP{`&pp5B8t(()R!F{2T2$0~-(SB;NJ@()srE>ih))1km&Q1OM~)0S58>4E*u}1lRTM4*v2w2;%
hH{}1u_{}=Qm=)3>`{`&?X5CsG6<Ouly`Uvyy7X0}A|03Z78T0V@?e-kzAq*1$<l_DB1K08o^!yqJ5f1zA>G=l(`05M-0RG1j{s{H^3Hkm31|9tP
BLn*C4-NJj`~(gX1rH+f_w)b}{0|cl2nYTe0r&~@?)UQy3hGJ!-0Lk4{NVKo`xO@m1@Q&s4+IYM^!xDx{qF<+?F9P+4aV*A>GshL^bH2}>;x1B-|
`F#-UHkB>-+i@-tr9t^7{As7~TZt<PHA%BkSq;5c2{7`t1Pu_}Tpa{rURu{x10O8!!g*7Z?Nq3=;ku3iIy{?fU=Q@$>NY@bB&L=^FkU3;`GP0|oo
r(&Fdn?hE(v3o8W)@FyJv*XZK|D=HBE4gU!O0L~Bd0QLvi2?F^6@7E;q1n}Vb-U=uF2<`n61ON&h*!1%Q7bG9^`RDxc?eF>y02CS>0RkWR5BcgY6
aeY-?;zve1NjB={P_v)8}9`1_V5$$`uX+_=K}Hy`RWkB0uLSf<pJ&n`T`aE^A_><;`s#j_#zSp<qPBI;PxN}?f4w>^y&%o@&p79;Qj{o?Fj|(0RQ
m;`S%d{4f6Z??EC8Z78mpJ=*bTD1SAyp_wW7o^at}G1N8$50_^tq^!xw*69M?-<O}`<F6#N@`RM!w;{x~s2Ko_1`S21U2oUM@;yv^n=f(p97We`I
xeM3z?hnWO4+H4s0si{>3HJ2&1pwIw_W|-U<LCJA7x3T{8wTvx@B$0-63q$q^#l0;|Lq^?`U&;>{OJh!@%QHS*#Gbc3=#t82>tH_7Xugd1N##94*
vTD;P3U@`~M2z`TPC|=|=tp0Q~$F0^c$c1OV~#{^|Gx1o$fe_v-!l-t+$b0P_v@4;&!;7W@AB1pxc|{PP0*7z_&X0{spY-RA1$^#cpz{u2lL1p@&
4>HPN;?dtFS{`@QW+3yGb3-$g50xk9G2mKNrGw<gR0{P|e1n~m$>IoVI_7d*&^!oSx^78un`2G3}^7`}R785BU4hRDW1oTbi`1J4^0s8#a>-OCS`
2h9$_yPp{*#+<H<m>zb-U1*1`a%o^O7}Pc2=;6??O6Z|7t`zm_6Gm}6yWbA0Qm*_2I&zS=nE1J2m0sV@&WAi0n-ft`7Qtq_4Nq=2?h`v-Us&i{P#
8(DDoQH*8cJI?-B_N;qvDz7W@17AO
"""
