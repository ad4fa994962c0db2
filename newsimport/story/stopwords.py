"""Hold the closed-class words of the languages whose headlines we read.

Compiled by hand: articles, pronouns, prepositions, conjunctions, auxiliaries, the commonest
adverbs, numerals, weekdays and months. Broad lists (those of search engines) also hold "world",
"act" or "fire", which are what stories are about, so they will not do here.
"""

from __future__ import annotations

from functools import lru_cache

_WORDS = {
    "en": """
a an the this that these those some any no none every each either neither both all another other
others such same own one ones i me my mine myself we us our ours you your yours he him his himself
she her hers herself it its itself they them their theirs themselves who whom whose which what
whatever whoever someone anyone everyone nobody anybody everybody something anything everything
nothing there here where when why how while whether if unless until till because since although
though as than so and or but nor yet not of in on at by for with without within about above across
after against along alongside amid amidst among around before behind below beneath beside besides
between beyond despite down during except from inside into like near off onto out outside over
past per regarding round through throughout to toward towards under underneath unlike up upon via
vs v versus am is are was were be been being do does did doing done have has had having will would
shall should can could may might must ought cannot can't won't don't doesn't didn't isn't aren't
wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't it's that's he's she's
they're we're you're i'm i've i'll you'll let's there's what's who's here's where's how's i'd he'd
she'd we'd they'd we've they've you've we'll they'll he'll she'll it'll ain't y'all again ago
ahead almost alone already also altogether always apart away back just even ever never now then
once only still too very really quite rather perhaps maybe soon later early late often sometimes
usually today tonight tomorrow yesterday forward together instead however therefore thus hence
indeed actually finally recently currently nearly roughly exactly especially simply probably
possibly reportedly allegedly yes ok okay oh please much many more most less least few fewer
several enough lot lots half first second third last next two three four five six seven eight nine
ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands million millions
billion billions trillion dozen dozens monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december jan feb mar apr
jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun am pm mr mrs ms dr
aka a.k.a etc

""",
    "de": """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner ich du er
sie es wir ihr mich dich sich uns euch ihn ihm ihnen mein meine meinen dein deine sein seine
seinen seinem seiner ihre ihren ihrem ihrer unser unsere euer eure dieser diese dieses diesen
diesem jener jene jenes welche welcher welches wer wen wem was wo wann warum wieso weshalb wie
woher wohin man jemand niemand etwas nichts alle alles allem allen aller beide beiden einige
mehrere manche viele vielen viel wenig wenige mehr meisten und oder aber denn sondern doch weil
dass daß ob wenn als bis bevor nachdem während obwohl damit sowie sowohl in im ins an am ans auf
aus bei beim mit nach seit von vom zu zum zur durch für gegen ohne um über unter vor hinter neben
zwischen trotz wegen statt laut gegenüber ab außer innerhalb außerhalb rund ist sind war waren bin
bist wird werden wurde wurden worden geworden sei seien wäre wären hat haben hatte hatten habe
hätte hätten kann können konnte könnte könnten muss müssen musste soll sollen sollte sollten will
wollen wollte darf dürfen durfte mag möchte lässt lassen nicht nie niemals noch nur schon auch
sehr so zu ja nein hier dort da dann nun jetzt heute morgen gestern immer wieder bereits erst fast
etwa mal einmal selbst sogar ganz eben gerade weiter weiterhin dabei dafür dagegen daran darauf
daraus darin darüber darum davon dazu deshalb deswegen trotzdem jedoch zudem außerdem her hin los
weg mehr weniger eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend
million millionen milliarde milliarden montag dienstag mittwoch donnerstag freitag samstag sonntag
januar februar märz april mai juni juli august september oktober november dezember uhr prozent
euro jahr jahre jahren tag tage tagen woche wochen monat monate neue neuer neues neuen erste
ersten erster zweite dritte

""",
    "es": """
el la los las lo un una unos unas al del de a ante bajo con contra desde durante en entre hacia
hasta para por según sin sobre tras y e o u ni que pero sino aunque porque pues si como cuando
donde cuanto cual cuales quien quienes cuyo cuya qué cómo cuándo dónde cuánto cuál quién por-qué
yo tú él ella ellos ellas nosotros vosotros usted ustedes me te se nos os le les mi mis tu tus su
sus nuestro nuestra nuestros nuestras este esta estos estas ese esa esos esas aquel aquella
aquellos esto eso aquello algo alguien nada nadie alguno alguna algunos algunas algún ningún
ninguno ninguna todo toda todos todas otro otra otros otras mismo misma mismos mismas cada varios
varias mucho mucha muchos muchas poco poca pocos pocas más menos muy tan tanto tanta tantos
también tampoco no sí ya aún todavía siempre nunca jamás hoy ayer mañana ahora luego después antes
entonces aquí allí ahí así solo sólo casi incluso además mientras apenas bien mal es son era eran
fue fueron ser sido siendo sea sean será serán sería está están estaba estaban estar estado estuvo
he has ha hemos han había habían haber hay hubo hacer hace hacen hizo puede pueden podría poder
debe deben va van ir iba tiene tienen tener tuvo dice dicen dijo uno dos tres cuatro cinco seis
siete ocho nueve diez once doce cien ciento mil millón millones lunes martes miércoles jueves
viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre setiembre
octubre noviembre diciembre año años día días mes meses semana semanas hora horas primer primera
primero segunda segundo tercer último última últimos últimas nuevo nueva nuevos nuevas gran
grandes mejor mejores peor euros vez veces
muere mueren fallece dimite detienen hallan encuentran condenan absuelven arrestan dentro fuera
habrá habría vence ficha mira adiós detenido detenida detenidos

""",
    "fr": """
le la les l un une des du de d au aux à ce cet cette ces c s se sa son ses mon ma mes ton ta tes
notre nos votre vos leur leurs je j tu il elle on nous vous ils elles me m te t lui eux y en qui
que qu quoi dont où quand comment pourquoi combien quel quelle quels quelles lequel laquelle et ou
mais donc or ni car si comme lorsque puisque quoique parce afin ainsi aussi alors dans sur sous
par pour avec sans contre entre vers chez depuis pendant avant après devant derrière dès jusque
jusqu selon malgré hors parmi via face est sont était étaient être été étant sera seront serait
soit fut ai as a avons avez ont avait avaient avoir eu aura aurait fait font faire faut peut
peuvent pouvait pourrait doit doivent va vont aller veut veulent ne n pas plus moins très trop peu
beaucoup tout tous toute toutes aucun aucune chaque plusieurs quelques quelque certains certaines
autre autres même mêmes tel telle rien personne jamais toujours encore déjà ici là bien mal mieux
non oui hier demain maintenant bientôt enfin presque seulement ensuite puis cela ça ceci celui
celle ceux celles deux trois quatre cinq six sept huit neuf dix onze douze vingt cent cents mille
million millions milliard milliards lundi mardi mercredi jeudi vendredi samedi dimanche janvier
février mars avril mai juin juillet août septembre octobre novembre décembre an ans année années
jour jours mois semaine semaines heure heures premier première premiers premières dernier dernière
derniers deuxième nouveau nouvelle nouveaux nouvelles grand grande grands euros aujourd hui
aujourd'hui

""",
    "pt": """
o a os as um uma uns umas ao aos à às de do da dos das em no na nos nas num numa por pelo pela
pelos pelas para pra com sem sob sobre entre até após ante contra desde durante perante segundo e
ou mas nem que se porque pois como quando onde quanto qual quais quem cujo cuja eu tu ele ela nós
vós eles elas você vocês me te lhe lhes meu minha meus minhas teu seu sua seus suas nosso nossa
nossos nossas este esta estes estas esse essa esses essas aquele aquela aqueles aquelas isto isso
aquilo algo alguém nada ninguém algum alguma alguns algumas nenhum nenhuma todo toda todos todas
outro outra outros outras mesmo mesma cada vários várias muito muita muitos muitas pouco poucos
mais menos tão tanto também não sim já ainda sempre nunca hoje ontem amanhã agora depois antes
então aqui ali lá assim só apenas quase é são era eram foi foram ser sido sendo seja será serão
seria está estão estava estar esteve há houve haver ter tem têm tinha teve vai vão ir pode podem
poderia deve devem faz fazem fazer fez diz dizem disse um dois duas três quatro cinco seis sete
oito nove dez onze doze cem cento mil milhão milhões bilhão bilhões segunda-feira terça-feira
quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta sábado domingo janeiro
fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro ano anos dia dias
mês meses semana semanas hora horas primeiro primeira último última últimos últimas novo nova
novos novas grande maior melhor vez vezes reais euros
morre morrem demite prendem preso presa presos acham encontram condenam dentro fora haverá vence
conheça assista entenda saiba confira

""",
    "it": """
il lo la i gli le l un uno una di a da in con su per tra fra del dello della dei degli delle dell
al allo alla ai agli alle all dal dallo dalla dai dagli dalle dall nel nello nella nei negli nelle
nell sul sullo sulla sui sugli sulle sull col e ed o od ma né che se perché poiché come quando
dove quanto quale quali chi cui io tu lui lei noi voi loro mi ti si ci vi ne me te sé mio mia miei
mie tuo tua suo sua suoi sue nostro nostra nostri vostro questo questa questi queste quest quello
quella quelli quelle quel quei qualcuno qualcosa niente nulla nessuno nessuna ogni ognuno tutto
tutta tutti tutte altro altra altri altre stesso stessa molto molta molti molte poco pochi più
meno tanto troppo anche non sì già ancora sempre mai oggi ieri domani ora adesso poi dopo prima
allora qui qua lì là così solo quasi contro senza verso durante secondo sopra sotto dietro davanti
fino entro è sono era erano fu essere stato stata stati state sia sarà saranno sarebbe ha hanno ho
abbiamo aveva avere avuto può possono potrebbe deve devono va vanno fa fanno fare fatto dice
dicono uno due tre quattro cinque sei sette otto nove dieci undici dodici cento mila mille milione
milioni miliardi lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo
aprile maggio giugno luglio agosto settembre ottobre novembre dicembre anno anni giorno giorni
mese mesi settimana settimane ore ora primo prima ultimo ultima ultimi ultime nuovo nuova nuovi
nuove grande euro volta
morto morta muore arrestato arrestata dentro fuori ecco addio

""",
    "nl": """
de het een der des te ten ter dit dat deze die ik je jij u hij zij ze wij we jullie me mij jou hem
haar hen hun ons mijn jouw zijn uw onze zich wie wat waar wanneer waarom hoe welke welk er hier
daar en of maar want dus noch als dan toen omdat doordat hoewel terwijl zodat in op aan bij met
van voor naar uit over onder om door tegen tot tussen sinds tijdens na zonder binnen buiten achter
boven volgens langs rond vanaf is was waren ben bent wordt worden werd werden geworden geweest
heeft hebben had hadden heb kan kunnen kon konden moet moeten moest mag mogen wil willen wilde zal
zullen zou zouden gaat gaan ging laat laten niet geen nooit nog al ook wel zo zeer meer minder
meest veel weinig alle alles iets niets iemand niemand elk elke ieder iedere sommige andere ander
zelf eigen nu straks vandaag gisteren morgen altijd vaak weer steeds eerst toch juist maar alleen
bijna een twee drie vier vijf zes zeven acht negen tien elf twaalf honderd duizend miljoen miljard
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni
juli augustus september oktober november december jaar jaren dag dagen week weken maand maanden
uur nieuwe nieuw eerste tweede laatste grote euro procent

""",
    "sv": """
en ett den det de dem dessa denna detta jag du han hon vi ni man mig dig honom henne oss er sig
min mitt mina din ditt dina sin sitt sina hans hennes vår vårt våra deras vem vad var när varför
hur vilken vilket vilka som och eller men för att om så då än när medan eftersom trots i på av
till från med utan under över vid efter före mellan mot genom kring hos bland sedan enligt är var
vara varit blir bli blev blivit har hade ha haft kan kunde ska skulle skall vill ville måste får
fick inte ej aldrig alltid också bara nu här där igen redan ännu mycket många mer mest mindre få
några någon något ingen inget inga alla allt varje annan andra samma själv ut in upp ner bort idag
igår en två tre fyra fem sex sju åtta nio tio elva tolv hundra tusen miljon miljoner miljard
miljarder måndag tisdag onsdag torsdag fredag lördag söndag januari februari mars april maj juni
juli augusti september oktober november december år dag dagar vecka veckor månad månader ny nya
nytt första sista stor stora kronor procent

""",
    "no": """
en ei et den det de dem disse denne dette jeg du han hun vi dere man meg deg ham henne oss seg min
mitt mine din ditt dine sin sitt sine hans hennes vår vårt våre deres hvem hva hvor når hvorfor
hvordan hvilken hvilket hvilke som og eller men for at om så da enn mens fordi selv i på av til
fra med uten under over ved etter før mellom mot gjennom rundt hos blant siden ifølge er var være
vært blir bli ble blitt har hadde ha hatt kan kunne skal skulle vil ville må måtte får fikk ikke
aldri alltid også bare nå her der igjen allerede ennå mye mange mer mest mindre få noen noe ingen
alle alt hver annen andre samme ut inn opp ned bort dag går to tre fire fem seks sju åtte ni ti
elleve tolv hundre tusen million millioner milliard milliarder mandag tirsdag onsdag torsdag
fredag lørdag søndag januar februar mars april mai juni juli august september oktober november
desember år dager uke uker måned måneder ny nye nytt første siste stor store kroner prosent

""",
    "da": """
en et den det de dem disse denne dette jeg du han hun vi i man mig dig ham hende os sig min mit
mine din dit dine sin sit sine hans hendes vores jeres deres hvem hvad hvor hvornår hvorfor
hvordan hvilken hvilket hvilke som der og eller men for at om så da end mens fordi selv på af til
fra med uden under over ved efter før mellem mod gennem omkring hos blandt siden ifølge er var
være været bliver blive blev blevet har havde have haft kan kunne skal skulle vil ville må måtte
får fik ikke aldrig altid også kun nu her igen allerede endnu meget mange mere mest mindre få
nogle noget nogen ingen alle alt hver anden andre samme ud ind op ned væk dag går to tre fire fem
seks syv otte ni ti elleve tolv hundrede tusind million millioner milliard milliarder mandag
tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april maj juni juli august
september oktober november december år dage uge uger måned måneder ny nye nyt første sidste stor
store kroner procent

""",
    "fi": """
ja tai mutta että kun jos kuin niin vai sekä eli koska vaikka jotta minä sinä hän me te he se ne
tämä tuo nämä nuo joka jotka mikä mitä kuka ketkä missä mistä mihin milloin miksi miten millainen
on ovat oli olivat ole olla ollut olisi ei en et emme ette eivät eikä voi voivat pitää täytyy saa
sai tulee tuli myös vain vielä jo nyt sitten taas aina koskaan hyvin paljon enemmän vähän kaikki
kaikkien jokainen joku jotain muu muut muita oma itse yli alle ennen jälkeen kanssa ilman mukaan
vastaan välillä asti saakka noin yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän
kymmenen sata tuhat miljoona miljoonaa miljardi miljardia maanantai tiistai keskiviikko torstai
perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina
sunnuntaina tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu
marraskuu joulukuu vuosi vuotta vuoden päivä päivää viikko viikon tänään eilen huomenna uusi uuden
uutta ensimmäinen viimeinen suuri

""",
    "pl": """
i a o w z u we ze na do od po za przez dla bez nad pod przed przy między wobec wśród podczas mimo
oraz lub albo ale lecz że aby żeby gdy kiedy jeśli bo ponieważ więc jak jako niż czy nie tak już
jeszcze tylko także też nawet bardzo coraz ja ty on ona ono my wy oni one mnie mi cię ci go jego
jej im ich nim nią nas was nam wam się siebie sobie swój swoje swoją swoich mój moja twój nasz
nasza wasz ten ta to te tych tym tej tego temu ci tamten który która które których którzy którym
kto co kogo czego komu gdzie skąd dokąd dlaczego ile jaki jaka jakie każdy każda każde wszystko
wszyscy wszystkie inny inne żaden nikt nic ktoś coś sam jest są był była było były być będzie będą
został została zostały ma mają miał może mogą można musi trzeba tu tam teraz dziś dzisiaj wczoraj
jutro potem zawsze nigdy jeden dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto
tysiąc tys tysięcy mln mld milion milionów miliard miliardów poniedziałek wtorek środa środę
czwartek piątek sobota sobotę niedziela niedzielę stycznia lutego marca kwietnia maja czerwca
lipca sierpnia września października listopada grudnia rok roku lat dni dzień tydzień miesiąc nowy
nowa nowe nowych pierwszy pierwsza ostatni proc zł euro

""",
    "cs": """
a i o v ve s se k ke z ze u na do od po za pro bez nad pod před při mezi během kvůli proti podle
nebo ale že aby když jestli protože proto jak jako než zda ne ano už ještě jen jenom také taky i
velmi více méně já ty on ona ono my vy oni mě mi tě ti ho jeho její jim jich nás vás nám vám si
svůj své svou svých můj náš ten ta to ty tyto tento tato toto těch tím který která které kteří
kterých kdo co koho čeho komu kde kam odkud proč kolik jaký jaká jaké každý všechno všichni
všechny jiný žádný nikdo nic někdo něco sám je jsou byl byla bylo byli být bude budou jsem jsme má
mají měl může mohou musí lze tady tam teď dnes včera zítra pak vždy nikdy jeden dva dvě tři čtyři
pět šest sedm osm devět deset sto tisíc milion milionů miliarda miliard pondělí úterý středa
středu čtvrtek pátek sobota sobotu neděle neděli ledna února března dubna května června července
srpna září října listopadu prosince rok roku let dny den týden měsíc nový nová nové první poslední
korun procent

""",
    "ru": """
и в во на с со к ко о об от до по за из изо у для без над под перед при через между про ради среди
против после около из-за из-под не ни да нет а но или либо что чтобы как когда если потому так
также тоже же ли бы ведь вот уже еще ещё только лишь даже очень более менее больше меньше самый
сам я ты он она оно мы вы они меня мне тебя тебе его ему ей ее её нас нам вас вам их им ним ней
них себя себе свой своя свое своё свои своих своего своей мой моя твой наш наша ваш этот эта это
эти этого этой этих этом тот та то те того той тех том который которая которое которые которых кто
кого кому чем чего чему где куда откуда почему зачем сколько какой какая какие каждый все всё всех
всем весь вся другой другие иной никто ничто никогда всегда быть был была было были будет будут
есть стал стала стали может могут можно нужно надо здесь там тут теперь сейчас сегодня вчера
завтра потом затем один одна одно два две три четыре пять шесть семь восемь девять десять сто
тысяча тысяч тыс миллион миллионов млн миллиард миллиардов млрд понедельник вторник среда среду
четверг пятница пятницу суббота субботу воскресенье января февраля марта апреля мая июня июля
августа сентября октября ноября декабря год года году лет день дня дней неделя месяц новый новая
новые новых первый первая последний рублей процентов

""",
    "uk": """
і й та в у на з із зі до від по за про для без над під перед при через між після проти біля серед
не ні так а але або чи що щоб як коли якщо бо тому також теж же би вже ще лише тільки навіть дуже
більше менше я ти він вона воно ми ви вони мене мені тебе його йому її нас нам вас вам їх їм себе
свій свої своїх мій наш ваш цей ця це ці цього цієї цих той та те ті того який яка яке які яких
хто кого що чого де куди звідки чому скільки кожен все всі всіх весь інший ніхто ніщо ніколи
завжди бути був була було були буде будуть є став може можуть можна треба тут там тепер зараз
сьогодні вчора завтра потім один одна два дві три чотири п'ять шість сім вісім дев'ять десять сто
тисяч тис мільйон млн мільярд млрд понеділок вівторок середа середу четвер п'ятниця п'ятницю
субота суботу неділя неділю січня лютого березня квітня травня червня липня серпня вересня жовтня
листопада грудня рік року років день дня днів новий нова нові перший останній

""",
    "tr": """
ve ile veya ya da de ki ama fakat ancak çünkü eğer için gibi kadar göre karşı sonra önce beri
rağmen üzere hakkında arasında bir bu şu o bunlar şunlar onlar ben sen biz siz beni seni onu bizi
sizi bana sana ona bize onun benim senin bizim sizin kendi kim ne neden nasıl nerede nereye niçin
hangi kaç her hiç bazı tüm bütün hepsi başka diğer aynı çok az daha en değil var yok mi mı mu mü
olan olarak oldu olacak olduğu olur olmak etti ediyor edecek eden etmek dedi diyor yeni ilk son
büyük şimdi bugün dün yarın artık hala hâlâ sadece yalnızca bile hem iki üç dört beş altı yedi
sekiz dokuz on yüz bin milyon milyar pazartesi salı çarşamba perşembe cuma cumartesi pazar ocak
şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık yıl yılı yıllık gün günü
hafta ay saat lira yüzde

""",
    "id": """
yang di ke dari dan atau tetapi tapi namun dengan untuk pada dalam oleh sebagai karena jika kalau
agar supaya bahwa ini itu saya aku kamu anda dia ia kami kita mereka nya apa siapa mana kapan
mengapa kenapa bagaimana berapa tidak bukan belum sudah telah akan sedang masih bisa dapat harus
boleh ada adalah jadi menjadi lebih paling sangat juga hanya saja lagi pun para semua setiap
banyak sedikit beberapa lain sama antara tentang terhadap hingga sampai sejak setelah sebelum saat
ketika usai soal bagi tanpa atas bawah satu dua tiga empat lima enam tujuh delapan sembilan
sepuluh ratus ribu juta miliar triliun senin selasa rabu kamis jumat sabtu minggu januari februari
maret april mei juni juli agustus september oktober november desember tahun bulan hari jam orang
baru pertama terakhir rp se para sang si kini

""",
    "vi": """
và của là có được cho với trong trên dưới ở tại từ đến về ra vào lên xuống khi nếu vì nên nhưng mà
hay hoặc thì không chưa đã đang sẽ vẫn còn cũng rất quá hơn nhất lại chỉ này kia đó đây ấy tôi anh
chị em ông bà họ nó chúng ta mình ai gì nào đâu sao bao nhiêu mỗi mọi các những một hai ba bốn năm
sáu bảy tám chín mười trăm nghìn triệu tỷ do bởi theo sau trước giữa qua bị phải bằng để như thế
vẫn nhiều ít mới đầu cuối ngày tháng tuần người

""",
    "ro": """
un o al a ai ale cel cea cei cele de la în din pe cu fără pentru prin spre sub peste între după
până contra despre lângă și sau dar iar nici că să dacă când unde cum cât care cine ce de-ce eu tu
el ea noi voi ei ele mă te se ne vă îl îi le lui lor său sa săi sale meu mea nostru acest această
acești aceste acel acea acei toate toți tot fiecare alt altă alții alte nimic nimeni ceva cineva
nu da mai foarte doar numai chiar și deja încă acum azi astăzi ieri mâine apoi aici acolo este
sunt era erau a fost fi fiind va vor ar au am are avea poate pot trebuie s-a s-au nou nouă noi
primul prima ultimul doi două trei patru cinci șase șapte opt nouă zece sută mii milion milioane
miliarde luni marți miercuri joi vineri sâmbătă duminică ianuarie februarie martie aprilie mai
iunie iulie august septembrie octombrie noiembrie decembrie an ani anul zi zile lei euro

""",
    "hu": """
a az egy és vagy de hogy ha mert mint is sem nem igen már még csak nagyon több kevesebb én te ő mi
ti ők ez ezek az azok aki akik ami amely amelyek ki mit mi hol hová honnan mikor miért hogyan hány
milyen minden mindenki semmi senki valaki valami más saját van vannak volt voltak lesz lesznek
lett lenne lehet kell fel le be el meg ki után előtt alatt fölött között szerint ellen nélkül
miatt ma tegnap holnap most itt ott új első utolsó nagy két kettő három négy öt hat hét nyolc
kilenc tíz száz ezer millió milliárd hétfő kedd szerda csütörtök péntek szombat vasárnap január
február március április május június július augusztus szeptember október november december év évi
éves nap forint

""",
    "el": """
ο η το οι τα του της των τον την τους τις ένας μια μία ένα και ή αλλά όμως ότι πως να θα αν όταν
γιατί επειδή όπως σε στο στη στην στον στους στις στα από με για ως προς κατά μετά πριν χωρίς
μέχρι υπό υπέρ κάτω πάνω μεταξύ δεν μη μην ναι όχι πολύ πιο λίγο μόνο ακόμα ακόμη ήδη εγώ εσύ
αυτός αυτή αυτό αυτοί αυτά εμείς εσείς μου σου μας σας ποιος ποια ποιο τι που πού πότε πόσο κάθε
όλα όλοι όλες άλλος άλλη άλλο είναι ήταν έχει έχουν είχε μπορεί πρέπει σήμερα χθες αύριο τώρα εδώ
εκεί δύο τρεις τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα εκατό χίλια εκατομμύρια δισ εκατ
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή ιανουαρίου φεβρουαρίου μαρτίου απριλίου
μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου έτος χρόνια ημέρες νέα
νέο νέος πρώτη ευρώ

""",
    "ar": """
في من على إلى الى عن مع ب ل ك و ف أو او ثم أن ان إن أنّ لكن بل لا ما لم لن ليس ليست قد لقد كان
كانت كانوا يكون تكون هو هي هم هن نحن أنا أنت هذا هذه ذلك تلك هؤلاء الذي التي الذين اللذين كل بعض
أي غير سوى بعد قبل خلال منذ حتى بين ضد نحو حول عند لدى دون فوق تحت أمام وراء بسبب بشأن عبر ضمن إذا
اذا لو حين عندما كما مثل أيضا فقط أكثر أقل جدا الآن اليوم أمس غدا هنا هناك كيف لماذا متى أين ماذا
هل نعم كلا يوم شهر عام سنة مليون مليار ألف آلاف مئات مئة واحد اثنان ثلاثة أربعة خمسة ستة سبعة
ثمانية تسعة عشرة أول أولى الأول الأولى آخر جديد جديدة الجديد الجديدة الأحد الاثنين الإثنين
الثلاثاء الأربعاء الخميس الجمعة السبت يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر
نوفمبر ديسمبر له لها لهم به بها بهم فيه فيها منه منها عليه عليها إليه إليها يقول تقول قال قالت
يعلن تعلن أعلن أعلنت وسط مقابل قرب بالقرب عبر ومن وفي وعلى وقد إثر عقب
يضرب تضرب يؤكد تؤكد أكد أكدت يلتقي تلتقي التقى يبحث تبحث بحث يبحثان يحذر تحذر حذر يرفض ترفض رفض
رفضت يستهدف تستهدف استهدف يكشف تكشف كشف كشفت يطالب تطالب طالب يدعو تدعو دعا دعت يدين تدين يقتل
قتل قتلت مقتل إصابة يصل تصل وصل وصلت يزور تزور زار يستقبل تستقبل استقبل يشهد تشهد شهد شهدت يواصل
تواصل يبدأ تبدأ بدأ بدأت يوقع وقع توقع يعود تعود عاد يتهم تتهم اتهم يهدد تهدد هدد يقصف تقصف قصف

""",
    "he": """
של על את עם אל מן כי אם או גם לא כן אבל אך רק עוד כבר יותר פחות מאוד הוא היא הם הן אני אתה אנחנו
זה זו זאת אלה אלו מי מה איפה מתי למה מדוע איך כמה כל כולם אחר אחרי לפני בין תחת מול נגד בלי עד מאז
היה היתה הייתה היו יהיה תהיה יש אין אפשר צריך יכול היום אתמול מחר עכשיו כאן שם שנה שנים יום ימים
חדש חדשה ראשון ראשונה אחד אחת שני שתי שלושה ארבעה חמישה מאה אלף מיליון מיליארד כך לפי בגלל כדי
אחרי

""",
    "hi": """
का की के को में से पर ने और या लेकिन मगर कि जो तो भी ही है हैं था थी थे हो होगा होगी होंगे हुआ हुई
हुए रहा रही रहे कर करने किया की गया गई गए जा जाने यह ये वह वे इस उस इन उन इसके उसके अपने अपनी अपना
मैं हम तुम आप कौन क्या कब कहां कहाँ क्यों कैसे कितने कितना नहीं न मत सब सभी कुछ कोई हर एक दो तीन
चार पांच पाँच छह सात आठ नौ दस सौ हजार हज़ार लाख करोड़ तक लिए साथ बाद पहले बीच खिलाफ ऊपर नीचे अब आज
कल फिर बहुत ज्यादा कम सिर्फ बड़ा बड़ी बड़े नया नई नए पहली पहला साल दिन सोमवार मंगलवार बुधवार
गुरुवार शुक्रवार शनिवार रविवार जानें जानिए बोले कहा

""",
    "ko": """
그 이 저 것 수 등 및 또 또는 더 가장 다시 이미 아직 모두 함께 위해 대한 대해 관련 통해 따라 따른
이후 이전 오늘 어제 내일 올해 지난해 작년 내년 지난 다음 첫 새 전 후 중 약 만 억 조 명 개 원 년 월
일 시 분 위한 때문 때 곳 왜 어떻게 무엇 누구 어디 언제 얼마나 있다 없다 한다 했다 된다 됐다 있는
없는 하는 되는 한 할 될 우리 나 너 그녀 그들 속 안 밖 위 아래 앞 뒤 월요일 화요일 수요일 목요일
금요일 토요일 일요일 만에 년만에 것은 것이 두 세 네

""",
    "fa": """
و در به از که این آن را با برای تا بر یا اما اگر هم نیز است بود شد می شود شده کرد کرده کند خواهد
باید یک دو سه چهار پنج ده صد هزار میلیون میلیارد ما شما او آنها من تو چه چرا کجا کی چگونه هر همه
هیچ دیگر پس پیش بعد قبل بین علیه بدون روی زیر های ها ای امروز دیروز فردا سال روز ماه نیست هست اند
شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه جدید

""",
}
# Nouns and verbs that headlines use of any story; alone they name none.
_WEAK = {
    "de": """
mann frau kind kinder menschen leute mensch person personen fall fälle zahl zahlen grund gründe
ende anfang beginn folge folgen frage fragen antwort thema problem probleme lage situation weg
seite teil ziel ergebnis bericht berichte angaben informationen details überblick blick chef
chefin experte experten sprecher minister opfer täter welt land stadt region ort hilfe kritik
streit sorge angst chance risiko plan pläne entscheidung forderung warnung mal prozent stunden
minuten zeit start stand
drittel hälfte viertel größe höhe länge breite stärke schwäche leben tod netz vorwurf vorwürfe
lüge versuch versuche etappe schritt schritte erfolg erfolge niederlage sieg kampf rennen suche
angebot nachfrage preis preise kosten geld euro dollar million milliarde summe betrag anteil rest
reihe serie liste platz punkt punkte rolle bild bilder foto video wort worte name namen sinn wert
werte art weise form farbe licht schatten auge augen hand hände kopf herz körper stimme stimmen
nähe mitte hinweis hinweise spur spuren tipp tipps trick idee ideen lösung lösungen möglichkeit
chancen risiken gefahr gefahren vorteil nachteil wende wechsel änderung änderungen neuerung
rückschlag durchbruch rückkehr ankunft abschied auftritt rede ansage aussage meinung ansicht
appell bitte wunsch wünsche traum träume hoffnung freude wut ärger kinderzimmer amtszeit monat
monate woche wochen jahre tag tage nacht morgen abend sommer winter frühling frühjahr herbst
forscher forscherin nachbarn eltern mutter vater sohn tochter bruder schwester paar familie freund
freunde kunden nutzer fans zuschauer appetit filiale studie umfrage test vergleich trend trends
ranking vorbild beispiel beispiele unterschied

""",
    "es": """
hombre mujer personas gente caso casos número total fin final inicio parte lado lugar forma manera
razón razones causa claves clave pregunta respuesta tema problema problemas situación momento vida
historia noticia noticias detalles datos cifra cifras resultado resultados muerto muertos muerta
herido heridos víctimas víctima país ciudad mundo zona plan medida medidas decisión anuncia
confirma asegura afirma advierte pide critica denuncia defiende acusa rechaza presenta busca logra
gana pierde muere mueren deja llega sale vuelve llama habla explica revela

""",
    "fr": """
homme femme personnes personne gens cas nombre total fin début partie côté lieu façon raison
raisons cause question questions réponse sujet problème situation moment vie histoire actualité
détails chiffre chiffres résultat résultats mort morts blessés victime victimes pays ville monde
zone plan mesure mesures décision annonce confirme assure affirme appelle demande critique dénonce
accuse rejette présente cherche gagne perd meurt reste arrive revient explique révèle hausse
baisse limité

""",
    "pt": """
homem mulher pessoas gente caso casos número total fim final início parte lado lugar forma maneira
razão causa questão resposta tema problema situação momento vida história notícia notícias
detalhes dados resultado resultados morto mortos morte feridos vítima vítimas país cidade mundo
zona plano medida medidas decisão anuncia confirma afirma alerta pede critica denuncia defende
acusa rejeita apresenta busca ganha perde morre deixa chega sai volta chama fala explica revela
veja entenda

""",
    "it": """
uomo donna persone persona gente caso casi numero totale fine inizio parte lato luogo modo ragione
causa domanda risposta tema problema situazione momento vita storia notizia notizie dettagli dati
risultato risultati morto morti morte feriti vittima vittime paese città mondo zona piano misura
misure decisione annuncia conferma afferma avverte chiede critica denuncia difende accusa presenta
vince perde muore resta arriva torna spiega rivela

""",
    "nl": """
man vrouw kind mensen persoon geval gevallen aantal einde begin deel kant plek manier reden vraag
antwoord probleem situatie moment leven verhaal nieuws details cijfers resultaat dode doden
gewonden slachtoffer slachtoffers land stad wereld plan maatregel maatregelen besluit

""",
    "ru": """
человек люди людей мужчина женщина случай число конец начало часть место причина вопрос ответ
ситуация время жизнь история новости подробности результат погибли погибших пострадавших жертвы
страна город мир план решение заявил заявила сообщил сообщили рассказал рассказали назвал назвали
объявил

""",
    "id": """
pria wanita warga orang kasus jumlah akhir awal bagian tempat cara alasan pertanyaan masalah
situasi hidup cerita berita detail data hasil tewas korban negara kota dunia rencana keputusan
sebut kata ungkap minta jelaskan

""",
    "ko": """
사람 남성 여성 사건 사고 결과 문제 상황 이유 논란 공개 발표 확인 발생 시작 전망 관련 가능성 최대
최고 최초 규모 기자

""",
}
# How words end that open headlines and are no names: "Detenido un policía", "Confesión de".
_COMMON_ENDINGS = {
    "es": ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "cion", "ciones", "mente",
           "ando", "iendo", "idad", "idades", "aron", "ieron", "sion", "siones"),
    "pt": ("mente", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "cao", "coes",
           "sao", "ando", "endo", "indo", "idade", "aram", "eram"),
    "fr": ("tion", "tions", "sion", "sions", "ment", "ements", "ites", "eurs", "euses", "isme"),
    "it": ("zione", "zioni", "mente", "ando", "endo", "ato", "ata", "ati", "ate", "uto", "uta"),
    "de": ("ung", "ungen", "heit", "keit", "schaft"),
}  # fmt: skip
# German qualities, which open headlines with a capital before a noun: "Schwerer Sturm".
_GERMAN_QUALITIES = frozenset(
    """
neu gross schwer erst letzt alt jung hoh stark weiter schnell schneller lang kurz klar hart todlich
tot verletzt heftig massiv rot grun schwarz weiss blau frei voll leer teur gunstig billig gut besser
best schlecht schlimm wichtig geheim illegal legal digital politisch sozial offentlich privat
kommunal national international regional lokal mehrer viel wenig einzig halb ganz knapp deutlich
leicht mild warm kalt heiss kuhl nass trocken extrem akut aktuell kunftig fruher spat ehemalig
mutmasslich angeblich unbekannt beruhmt beliebt bekannt schon

""".split()
)
# Shorter ones are names as well: Granada, Machado.
_SHORTEST_COMMON = 8
_SAME = {"nb": "no", "nn": "no", "lb": "de", "gl": "pt", "sk": "cs", "be": "ru", "bg": "ru"}


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the case-folded closed-class words of a primary language subtag ("" for none)."""
    return frozenset(_WORDS.get(_SAME.get(language, language), "").split())


@lru_cache(maxsize=64)
def weak_words(language: str) -> frozenset[str]:
    """Return the words of a language, but English, that any headline may use."""
    return frozenset(_WEAK.get(_SAME.get(language, language), "").split())


def ends_as_common(word: str, language: str) -> bool:
    """Tell whether a folded word of a language, but English, ends as names hardly do."""
    if language == "de":
        for ending in ("e", "er", "es", "en", "em"):
            if word.endswith(ending) and word.removesuffix(ending) in _GERMAN_QUALITIES:
                return True
    return len(word) >= _SHORTEST_COMMON and word.endswith(_COMMON_ENDINGS.get(language, ()))
