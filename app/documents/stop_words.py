"""The words that carry a sentence and say nothing of what it is about: articles, pronouns, prepositions, auxiliaries,
words that ask. Of each language by its ISO 639-1 code, in lower case and with their accents.

A language that shares many of its words with another (Danish and Norwegian) has some of its own here, by which they are
told apart.
"""

from __future__ import annotations

_WORDS = {
    "en": """
        a about above after again against all also am among an and another any are aren as at be because been before
        being below between both but by can cannot could couldn did didn do does doesn doing don down during each
        either else ever every few for from further give given had hadn has hasn have haven having he her here hers
        herself him himself his how however i if in into is isn it its itself just like made make many may me might
        more most much must my myself neither no nor not of off on once one only onto or other ought our ours
        ourselves out over own per rather same shall she should shouldn since so some such than that the their theirs
        them themselves then there these they this those through thus to too toward towards under until up upon us
        very via was wasn we were weren what when where whether which while who whom whose why will with within
        without would wouldn yet you your yours yourself""",
    "de": """
        aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
        bei beim bin bis bist da dabei dadurch dafür daher damit dann daran darauf daraus darin darüber das dass daß
        davon dazu dein deine dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir
        doch dort du durch ein eine einem einen einer eines er es etwa etwas euch euer für gegen hab habe haben hat
        hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in indem ins ist jede jedem jeden
        jeder jedes jedoch jene jener kann kein keine keinem keinen keiner können könnte machen man manche mehr mein
        meine mich mir mit muss müssen nach nachdem nicht nichts noch nun nur ob oder ohne sehr sein seine seinem
        seinen seiner seit sich sie sind so solche soll sollen sollte sondern sonst sowie über um und uns unser
        unsere unter viel vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches wenn
        wer werde werden wessen wie wieder will wir wird wo wobei wodurch wohin worden wurde wurden während würde
        würden zu zum zur zwar zwischen""",
    "fr": """
        à afin ai ainsi alors après as au aucun aucune aujourd hui aussi autre autres aux avait avant avec avoir c ça
        car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment contre d dans de depuis
        des deux donc dont du elle elles en encore entre es est et étaient était étant été être eu eux fait faire fut
        ici il ils j je jusqu l la là laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma
        mais me même mêmes mes moi moins mon n ne ni non nos notre nous on ont or ou où par parce pas pendant peu
        peut peuvent plus plusieurs pour pourquoi puis qu quand que quel quelle quelles quelque quelques quels qui
        quoi s sa sans se selon sera ses si soi soit son sont sous sur t ta tandis te tel telle tels tes toi ton tous
        tout toute toutes très tu un une vers voici voilà vos votre vous y""",
    "es": """
        a además al algo alguna algunas alguno algunos ante antes aquel aquella aquellos aquí así aun aunque bajo
        bien cada casi como cómo con contra cual cuál cuales cuando cuándo cuanto cuya cuyo de del desde después
        donde dónde dos durante e el él ella ellas ellos en entonces entre era eran eres es esa esas ese eso esos
        esta está estaba estado están estar estas este esto estos fue fueron ha había habían haber hacia han hasta
        hay he la las le les lo los más me mediante menos mi mientras mis misma mismo mucha muchas mucho muchos muy
        nada ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por porque pues que qué quien
        quién quienes se sea según ser si sí sido siempre sin sino sobre son su sus también tan tanto te tener tiene
        tienen toda todas todo todos tras tu tú un una unas uno unos usted y ya yo""",
    "it": """
        a ad agli ai al alcuna alcune alcuni alla alle allo allora altra altre altri altro anche ancora anzi avere
        aveva c che chi ci ciascuna ciascuno ciò cioè coi col come con contro così cui d da dagli dai dal dalla dalle
        dallo degli dei del della delle dello dentro di dopo dove due dunque e è ed egli ella era erano essa esse
        essere essi esso fa fino fra fu furono già gli ha hai hanno ho i il in infatti io l la le lei li lo loro lui
        ma mentre mi mia mie miei mio molta molte molti molto ne né negli nei nel nella nelle nello noi non nostra
        nostro o ogni oltre oppure perché perciò per più poi può prima proprio qualche quale quali quando quanto
        quella quelle quelli quello questa queste questi questo qui quindi se sempre senza si sia siamo siano sono
        sopra sotto sta stata stati stato su sua sue sugli sui sul sulla sulle suo suoi tale tali tanto tra tu tutta
        tutte tutti tutto un una uno vi voi""",
    "pt": """
        a à ainda além algo algum alguma algumas alguns ante antes ao aos após aquela aquele aqueles aquilo as às
        assim até cada com como contra contudo da daquele das de dela dele deles depois desde dessa desse desta deste
        do dos duas durante e é ela elas ele eles em enquanto então entre era eram essa essas esse esses esta está
        estão estar estas estava este estes eu foi fomos for foram há isso isto já lá lhe lhes logo mais mas me mesma
        mesmo meu minha muito muitos na não nas nela nele nem nessa nesse nesta neste no nos nós nossa nosso num numa
        o onde os ou outra outras outro outros para pela pelas pelo pelos pode podem pois por porque porquê qual
        quais qualquer quando quanto que quê quem se seja sem sempre sendo ser será seu seus si sido só sob sobre sua
        suas também tanto te tem têm tendo ter teu toda todas todo todos tu um uma umas uns você vocês""",
    "nl": """
        aan aangezien al alle alleen allen als altijd andere anders beide ben bij bijna binnen boven buiten daar
        daarom daarna dan dat de deze die dit doch doen door dus een eens echter elk elke en er erg ervan even geen
        geweest had hadden haar hebben hebt heeft heel hem hen het hier hij hoe hoewel hun iedere iemand iets ik in
        indien is ja je jij jullie kan kon kunnen maar mag meer men met mij mijn moet moeten na naar naast nadat niet
        niets nog nu of om omdat onder ons onze ook op over per reeds sinds sommige steeds te tegen terwijl toch toen
        tot tussen u uit uw van vanaf vaak veel verder voor vooral waar waarom waarin wanneer want waren was wat weer
        wel welke werd werden wie wij wil worden wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden zowel
        zulke""",
    "sv": """
        alla allt annan annat andra att av bara bland blev bli blir både båda de dem den denna deras dess dessa det
        detta dig din ditt du där därför då efter eftersom ej eller en er ett från för före genom ha hade han hans
        har henne hennes hon honom hur hos i icke igen in ingen inget innan inom inte ja jag kan kunde kring lika man
        med medan mellan men mer mig min mitt mot mycket ni nu när någon något några och också om oss på redan samma
        sedan sig sin sina sitt själv ska skall skulle som så sådan sådana till trots under upp ur ut utan vad var
        vara varför varit varje vars vi via vid vilka vilken vilket vår våra vårt vilja än ännu är åt över""",
    "da": """
        af alle alt anden andet andre at bare begge blandt blev blive bliver da de dem den denne der deres derfor det
        dette dig din disse dog du efter ej eller en end er et fik for fordi fra få før gennem gør ham han hans har
        havde have hende hendes her hos hun hvad hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke ind
        ingen intet jeg jer jo kan kun kunne lige man mange med meget mellem men mens mere mig min mod må ned nej
        noget nogen nogle nu når og også om op os over på samme selv sig siden sin sit skal skulle som så sådan thi
        til ud uden under var ved vi via vil ville vor være været""",
    "no": """
        alle alt annen annet andre at av bare begge blant ble bli blir både da de dem den denne der deres derfor det
        dette deg din disse du dere eller en enn er et etter for fordi fra få før gjennom gjør ham han hans har hadde
        henne hennes her hos hun hva hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke inn ingen intet jeg
        jo kan kun kunne like man mange med meg mellom men mens mer mot må ned nei noe noen nå når og også om opp oss
        over på samme selv seg siden sin sitt skal skulle slik som så til ut uten under var ved vi via vil ville vår
        være vært""",
    "fi": """
        ei eivät eikä ehkä eli en enemmän ennen että he hän häntä hänen heidän hyvin ja jo joka jokainen joissa
        joiden joita jolla jonka jos joskus jossa jota jotka jotta juuri kaikki kaikkien kanssa keskellä koko koska
        kuin kuinka kuka kun kuten kyllä lisäksi luona me meidän mikä miksi minkä minä missä mitkä mitä mm muita
        mukaan mutta muu muut myös myöskin ne niiden niin niitä noin nuo nyt näin näitä nämä ole olen olevan oli
        olisi olivat olla olleet ollut on ovat paitsi pitää samoin se sekä sellainen sen siellä siihen siinä siis
        siitä sillä sinä sitten sitä tai te tällä tämä tämän tässä tästä tätä vaan vaikka vain vielä voi voidaan
        voivat yli""",
    "pl": """
        a aby albo ale ani aż bardziej bardzo bez bo bowiem by był była było były być będzie będą chociaż choć co coś
        czy czyli czym dla dlaczego dlatego do gdy gdyby gdzie go i ich ile im inne inny innych iż ja jak jako jakie
        jej jego jemu jest jestem jeszcze jeśli jeżeli już każda każdy kiedy kto która które którego której który
        których którym którzy lecz lub ma mają mam między mi mnie może można mój my na nad nam nas nasz nawet nic
        nich nie niego niej niektóre nim niż o obok od on ona one oni ono oraz po pod podczas ponieważ poza przed
        przez przy raz się są swoje ta tak taki takie także tam te tego tej ten teraz też to tobie tu ty tych tylko
        tym u w we według wiele więc wszystkie wszystko z za zaś ze że żeby""",
    "cs": """
        a aby ale ani ano asi až bez bude budou by byl byla byli bylo byly být co což či další do ho i já jak jako
        jaké jakož je jeho jej její jejich jen jenž ještě jestliže ji již jsem jsi jsme jsou k kam každý kde kdo když
        ke která které kterou který kteří ku má mají mezi mi mít mne moci může můžeme my na nad nám nebo nebyl něco
        než nejsou není nic o od on ona oni ono pak po pod podle pokud potom pouze pro proč proto protože před při s
        se si své svůj ta tak také takže tato te tedy těch tento ten této tím to toho tom tomu toto tu ty tyto u už v
        vám váš ve však více všech všechny vy z za ze že""",
    "ro": """
        a acea aceasta această aceea acei acel acela acele acelea acest acesta aceste acestea acestei acestor acestui
        acolo ai aici al ale alt alta alte altele alți am ar are as asupra atunci au avea avem aș ca care căror către
        ce cea cei cel cele celor chiar cine când cât câte cu cum cărei cărui dacă dar datorită de deci decât deja
        deși despre din dintre doar după ea ei el ele este eu e fac face fără fi fie fiecare fiind fost față iar în
        înainte încă între într întru îi îl îmi își îți la le lor lui mai mă mea mei mele meu mi mult multe nici
        niște noastră noi nostru nu numai o or ori oricare pe pentru peste poate pot prea prin să sa sale sau se si
        sub sunt și tot toate toți totuși tu un una unde unei unele unor unui va voi vom vor""",
    "hu": """
        a abban addig ahhoz ahogy ahol aki akik akkor alatt amely amelyek amelyet ami amikor amit arra arról át az
        azért azok azon azonban azt aztán azzal azután bár be belül benne cikk csak de e ebben egy egyes egyik egyéb
        ehhez ekkor el ellen elő először előtt én ennek ennél erre és ez ezek ezen ezért ezt ezzel fel felé ha hanem
        hiszen hogy hogyan így illetve ilyen is ismét itt jó kell kellett ki között közül legyen lehet lenne lesz
        lett maga már más meg mely melyek mert mi miért mint mintha mit míg mikor minden mindig mivel most nagyon ne
        nem nincs olyan ott össze ő ők pedig persze rá s saját sem semmi során szerint tehát több tovább továbbá úgy
        újra után utána vagy vagyis valaki valami van vannak vele volt voltak""",
    "tr": """
        acaba ama ancak artık aslında az bana bazı belki ben beni benim bile bir biri birkaç birçok biz bize bizim
        böyle bu buna bunda bundan bunlar bunu bunun burada çok çünkü da daha de değil diğer diye dolayı eğer en
        fakat gibi göre hangi hatta hem henüz hep her herhangi hiç için ile ilgili ise işte kadar karşı kendi kez ki
        kim mı mi mu mü nasıl ne neden nedenle nerede niçin niye o olan olarak oldu olduğu olmak olması olsa olur on
        ona ondan onlar onlara onu onun oysa pek sadece sanki sen senin siz sonra şey şimdi şöyle şu tarafından tüm
        üzere var ve veya ya yani yerine yine yok zaten""",
    "ca": """
        a abans això així algun alguna alguns algunes als altra altre altres amb aquell aquella aquells aquest
        aquesta aquestes aquests bé cada com contra d dalt de del dels des després dins doncs durant e el ell ella
        elles ells els em en encara ens entre eren era és està estan et fa fer fins fou ha han havia hi ho i jo l la
        les li llur lo malgrat mateix me mentre menys meu meva molt molta molts n ne ni no nosaltres nostre o on pel
        pels per perquè però poc pot qual quals quan quant que què qui s se segons sense ser seu seus seva si són
        sobre solament sota també tan tant te tenir teu tot tota totes tots tres un una unes uns us va van vosaltres""",
    "id": """
        ada adalah agar akan aku anda antara apa apabila apakah atas atau bagaimana bagi bahwa banyak beberapa begitu
        belum berbagai bila bisa bukan dalam dan dapat dari daripada demikian dengan di dia dua guna hal hanya harus
        hingga ia ialah ini itu jadi jika juga kami kamu karena kata ke kembali kemudian kepada ketika kita lagi lain
        lalu lebih maka mana masih melalui mengapa menjadi mereka merupakan meski misalnya mungkin namun oleh pada
        para pernah pula pun saat saja sama sampai sangat saya sebab sebagai sebelum sebuah secara sedang sehingga
        sejak selain selama seluruh semua seorang seperti serta sesuatu setelah setiap siapa suatu sudah supaya tapi
        telah tentang terhadap tersebut tetapi tidak untuk yaitu yakni yang""",
    "ru": """
        а без более больше был была были было быть в вам вас ваш весь во вот все всего всегда всех вы где да даже для
        до его ее её если есть еще ещё же за здесь и из или им их к каждый как какая какие какой когда кого которая
        которого которой которые который которых кто куда ли либо лишь между меня мне много может можно мой мы на над
        надо наш не него нее неё некоторые нет ни них но ну о об один однако он она они оно от очень перед по под
        после потом потому почему поэтому при про раз с сам самый свой свою себе себя со так также такие такой там те
        тем теперь то тогда того тоже той только том тот три ты у уже хотя чего чем через что чтобы эта эти этих это
        этого этой этом этот я""",
    "uk": """
        а або адже але б без був була були було бути в вам вас ваш весь ви від він вона вони воно все всі всіх втім
        вже де для до його її інші із й є ж за завжди з зі і їх їхній кожен коли кому котрий краще крізь куди лише ми
        між мене мені мій може можна на над нам нас наш не нею неї немає ні ним них ніж о один однак ось під після по
        поки потім при про проте саме свій себе собі та так така такий також там те тебе тільки тим то тобі того тому
        тоді той тут у хоча хто це цей ця цього цій цьому чи через чого чому що щоб щодо я як яка який які яких якщо""",
    "el": """
        αλλά αν από απ αυτά αυτές αυτή αυτό αυτοί αυτός αυτού αυτών για γιατί δε δεν εάν εγώ εδώ είμαι είναι είχε
        εκεί εκείνη εκείνο εκείνος έναν ένα ένας ενώ επειδή επί επίσης εσύ έτσι έχει έχουν ή η ήταν θα και κάθε
        κάποια κάποιο κάποιος κατά κι κάτι λοιπόν μα μας με μετά μέσα μη μην μια μία μου μπορεί να ο οι όμως όπου
        όπως όσο όταν ότι ούτε πάνω παρά πιο πλέον ποια ποιο ποιος πολύ πολλά που πού πριν προς πρώτα πως πώς σαν σας
        σε στα στη στην στις στο στον στους στων τα τη την της τι τις το τον τόσο του τους τότε των ώστε ως""",
    "ar": """
        في من إلى على عن مع هذا هذه ذلك تلك هؤلاء الذي التي الذين ما ماذا متى أين كيف لماذا هل كم أي أو أم و ثم بل
        لكن لكنه لأن إن أن كان كانت كانوا يكون تكون ليس ليست لم لن لا قد لقد كل بعض غير بين بعد قبل عند عندما حتى حيث
        منذ خلال فوق تحت أمام وراء هو هي هم هن نحن أنا أنت أنتم له لها لهم به بها فيه فيها منه منها عليه عليها إليه
        كما أيضا إذا إذ فقط ذات مثل نحو ضد دون سوى وهو وهي ومن وفي وقد ولا وما""",
    "fa": """
        از با بر برای به تا در را که و یا این آن آنها ما من تو او شما ایشان هم نیز اما ولی اگر چون چه چرا چگونه کجا
        کی هر همه هیچ یک دو بود بودند است هست هستند شد شده شود می باشد باید خود دیگر سپس پس بین روی زیر نه نیست""",
    "hi": """
        का के की को में से पर और है हैं था थी थे यह ये वह वे इस उस इन उन जो जिस जिन ने तो भी ही एक कि या लिए साथ तक
        नहीं न क्या क्यों कैसे कब कहाँ कौन कोई कुछ सब हो होता होती होते हुआ हुई हुए कर करता करते करना किया गया गई गए
        जा जाता रहा रही रहे अपने अपना मैं हम तुम आप मेरा हमारा उनका उसका इसका बाद पहले अगर लेकिन""",
}

#: Of each language its words, as they are written in lower case.
STOP_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
