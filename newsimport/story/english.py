"""Know the English words that headlines use of any story, and so name none.

English headlines are often in Title Case, where a capital says nothing; these open-class words,
compiled by hand from general usage, tell "Storms" in "Hundreds Storm Parliament" from a name.
Words that are verbs and subjects alike ("strike", "vote", "fire") are in no list.
"""

from __future__ import annotations

from newsimport.story.stopwords import stop_words

_VERBS = frozenset(
    """
storm surge accept accuse achieve acquire act adapt add address adjust admit adopt advance advise
affect agree aim air alarm alert alter amaze analyze announce answer anticipate apologize appeal
appear applaud apply appoint appreciate approach approve argue arrive ask assault assert assess
assist assume assure attempt attend attract authorize avoid await award baffle bar bash battle beat
become beg begin believe benefit bet betray blame blast block boast bolster boost bother bow brace
break bring brush build burn bury bust buy calculate cancel capture care carry cast catch celebrate
challenge change charge chase cheer choose cite clarify clash claim clear climb clinch close collect
come comment commit compare compel compete complain complete concede conclude condemn condone
confirm confess confirm confront confuse connect consider contain contend continue contribute
convince cool cooperate cope counter cover crack craft crawl create criticise criticize crush curb
cut damage dash debut decide declare decline decrease defeat defend define defy delay delight
deliver demand demonstrate denounce deny depart depict deploy deserve destroy detail detain detect
determine develop devour dig disappear disappoint disclose discover discuss dismiss display dispute
disrupt divide dodge dominate doubt downplay drag draw dream drift drive drop dump dwarf earn ease
echo edge edit elect eliminate embrace emerge emphasize enable encourage end endorse endure enforce
engage enjoy ensure enter erupt escape estimate evacuate evade evaluate evolve exceed exclude
execute exist exit expand expect explain explode explore expose express extend face fail fall favor
fear feature feel fend fight figure file fill finalize find finish fix flee flock fly focus follow
forbid force forget forgive form foster fumble gain gather generate get give go grab grant grapple
greet grieve grill grip grow guarantee guess guide hail halt hand handle hang happen hate head hear
help hide highlight hike hint hire hit hold honor honour hope host hunt hurt identify ignite ignore
imagine impact implement imply impose impress improve include increase indicate induct inform injure
inquire insist inspire install intend intensify intervene introduce invest investigate invite
involve issue jail jeer join joke jump justify keep kick kill know label lack land lash last laugh
launch lay lead leak lean leap learn leave lend let lie lift light like limit link listen live
locate lock look loom loot lose love lower maintain make manage mark match matter mean meet mention
merge mind miss mock mourn move mull name narrow near need neglect nominate note notice notify
obtain occur offer open operate oppose order outline outpace oust overcome overhaul overtake
overturn overwhelm owe own pack participate pass pause pay perform permit persuade pick place plan
play plead please pledge plummet plunge point ponder pose possess postpone pour praise predict
prefer prepare present press pressure pretend prevail prevent proceed proclaim prohibit project
promise promote prompt propose prosecute protect prove provide provoke publish pull pump punch
purchase pursue push put question quit quote race rage raise rally reach react read ready realise
realize reassure rebound rebuff rebuke recall receive recognise recognize recommend reconsider
record recover reduce refer reflect refuse regain regret regulate reinstate reject rejoin relate
relax release rely remain remember remind remove rename renew reopen repair repeat repel replace
reply report represent request require resemble reset resign resist resolve respond restart restore
restrict resume retain retire retreat return reunite reveal reverse review revise revive revoke rip
rise risk roar rock roll rule run rush salute save say scale scan scare scold score scrap scream
scramble seal search secure see seek seem seize select sell send separate serve set settle shake
shape share shatter shed shift shine shock shoot shout show shrink shrug shut sign signal silence
sink sit skip slam slap slash slay sleep slide slip slow smash snap snub soar solve sound spark
speak speed spend spill split spot spread spur spurn stage stall stand start stay steal steer step
stick stir stop strengthen stress stretch strip struggle stun stumble submit succeed sue suffer
suggest support suppose suppress surprise surrender surround survive suspect suspend sustain swap
swear sweep swell swing tackle take talk target taunt teach tease tell tend test thank think thrash
threaten thrill thrive throw thwart tie tighten top topple torch toss touch tout track transform
trap treat trigger trim triumph try tumble turn twist unleash understand undergo unite unveil upend
uphold upgrade upset urge use vanish vary violate venture verify visit vow wait walk wander want
warn wash watch weaken wear weigh welcome win wipe withdraw withhold witness wonder work worry wound
wrap wreck write yank yield abandon abolish absorb accelerate acclaim accompany activate adjourn
admire admonish advertise afford allege allocate allot amass amend amplify anger annoy appall assail
assemble assign attain avert awaken balk bare batter beckon befriend bemoan berate besiege bewilder
blaze bloom blur boo breach breathe brighten bruise bulldoze burden bypass capitalize captivate
caution cede censure cheat chide chop cite clamp clamor classify cling coax coerce collapse collide
commemorate commend communicate compensate complicate compose comprise conceal conceive concern
condense confine confiscate conflict conform congratulate conquer consent conserve consolidate
conspire constitute construct consult consume contemplate contradict contrast convene convert convey
convict coordinate correct corrupt cram crave creep cripple cruise culminate cultivate dare dazzle
deceive decimate dedicate deepen deem default defer deflect degrade delete delve deliberate demolish
demote deprive derail derive descend desire detach deteriorate deter devastate devise devote dictate
diminish dip disagree disallow disapprove discard discharge disclose disconnect discourage disguise
dislike dismantle disobey dispatch dispel disperse displace disqualify disregard distance
distinguish distort distract distribute disturb divert dominate donate downgrade drain drown dub
dwindle eject elevate elicit elude embark embarrass embody emit empower enact encounter endanger
enlist enrage enrich enroll ensue entertain entice entitle envision equip erase erode escalate evict
exaggerate excel exempt exert exhaust expel expire exploit fabricate fade falter fare fascinate
fasten feast fetch flaunt flourish flout flush foil fold formulate fortify foster frighten frustrate
fulfill fume garner gear gleam glorify glow grace graduate graze grind groom guard gut hamper harass
harden haul haunt heal heighten herald hinder honk hover howl hug humiliate hurl illustrate imitate
immerse impair impede implicate implore impersonate imprison improvise incite incorporate incur
indulge infect infiltrate inflate inflict infuriate inhabit inherit inhibit initiate inject insert
inspect instruct insult integrate interact intercept interfere interpret interrogate interrupt
intimidate invade invent invoke irk isolate jeopardize jolt jostle juggle kneel knit knock lag
lament languish lapse laud legalize lessen liberate lighten linger litter loathe lodge loop lunge
lure magnify manipulate marvel masquerade mediate melt mend mesmerize migrate mimic mingle minimize
mislead misuse mobilize modify molest monitor motivate mount mumble mutter nab narrate navigate
negotiate nudge nurture obey obscure observe obsess obstruct occupy offend offset omit ooze opt
orchestrate originate outbid outdo outlast outlaw outlive outnumber outperform outshine outweigh
overestimate overflow overlap overlook overload overrule oversee oversell overstate oversleep
overthrow overuse paint paralyze pave peak penalize penetrate perceive perish persecute persevere
persist perturb pinpoint plunder polarize pollute populate portray postulate predate preach precede
preclude premiere preside prescribe preserve prey prioritize proclaim procure prohibit proliferate
prolong pronounce propel prosper provoke prune publicize puncture punish puzzle quell rattle ratify
ravage reassess reassign rebuild rebut recite reclaim recline reconcile reconsider reconstruct
recoup recruit recur redefine redesign redirect reel refine refrain refute regard reimburse
reinforce reinvent rekindle relaunch relent relinquish relish relocate reminisce render renounce
renovate reorganize repay repeal replenish reprimand reproduce resent reshape reshuffle reside
resort resonate restrain retaliate rethink retrain retrieve reunify revamp revel reverberate revere
revert revitalize revolve rework rewrite rid ridicule rob rotate rouse sack sacrifice salvage savor
scatter scorch scour scramble scratch scrub seduce segregate sentence sew shackle shave shelve
shepherd shield shiver shove shower shudder shuffle shun sicken sidestep simmer simplify skirt
skyrocket sling slump smear smile smother snarl sneak sniff soak soften spare spawn specify spiral
sprawl sprint sprout spy squander squeeze stab stabilize stack stagger stain stamp stare startle
starve stash stifle stimulate sting stockpile stoke stonewall straddle stray streamline strengthen
strive stroll stymie subdue subscribe subsidize substitute subvert suck summon supervise supplant
suppress surpass surrender swallow swamp sway sweeten swerve symbolize sympathize tailor taint
tamper tangle taper taste taunt teeter temper terminate terrify terrorize testify thaw thump thunder
thwart tilt tiptoe tolerate torment tow transfer transcend translate transmit traverse tremble
trespass trounce tuck tug tweak unearth undermine underscore undertake undo unfold unify unlock
unnerve unpack unravel unseat untangle unwind update uproot usher utilize vacate validate vanquish
veer vie vilify visualize voice void vouch wage wane warp waver weave wed weep whisper widen wield
wince wither wobble woo worsen worship wreak wrestle yearn yell document combat displace double
triple ink oppose eye

""".split()
)
_IRREGULAR = frozenset(
    """
became began begun bought broke broken brought built came caught chose chosen drawn drew driven
drove fallen fell felt fled flew flown forgot forgotten fought found gave given goes gone got
gotten grew grown heard held hid hidden kept knew known laid led left lent lost made meant met
paid proved proven ran rang read ridden risen rode rose said sang sank sat saw seen sent shaken
shook shot shown shrank sold sought spent spoke spoken spread stole stolen stood struck stuck sung
sunk swept swore sworn swung taken taught thought threw thrown told took tore torn understood went
withdrew withdrawn oversaw overseen foresaw undid undone overdid outdid outran rewrote rewritten
upheld befell arose arisen ate eaten woke won wore worn wrote written slain slayed lit hung dug
bit bitten blew blown thrust wept beaten hurt put set cut hit let split shut quit cost cast burst
dying lying tying dies

""".split()
)
# Adjectives and adverbs that judge, measure or place; any of them may stand in front of any noun.
_QUALITIES = frozenset(
    """
faster slower south north east west southern northern eastern western
able absolute abundant accidental accurate active actual additional adjacent aggressive alive
alleged amazing ambitious ancient angry annual anonymous another anti anxious apparent astonishing
available average awesome awful awkward bad bare beautiful beloved best better big biggest bigger
bitter bizarre bleak blunt bold brave brief bright brilliant broad broken brutal busy calm careful
cautious certain chaotic charming cheap chief chilling clean clear clever close closer closest
cold comfortable common competitive complete complex concerned confident constant controversial
convincing correct costly countless crazy critical crucial cruel current curious daily dangerous
daring dead deadly deadliest dear decisive deep deeper delicate delightful dense desperate
different difficult dire direct dirty disastrous distant distinct distressing double dramatic
drastic dreaded dry due dual dull eager early easy effective efficient elaborate elderly elite
embattled emotional empty enduring enormous entire epic equal essential evident exact excellent
exceptional excited exciting exclusive existing expensive explosive extensive extra extraordinary
extreme fair fake false familiar famous fantastic fast fastest fatal favorite favourite fearful
fierce final fine firm fit flawed foolish formal former fragile free frequent fresh friendly
frustrating full fun funny furious further future general generous gentle genuine giant gigantic
glad global good gorgeous grand grave great greater greatest grim gross growing guilty happy hard
harder hardest harsh healthy heavy hectic helpful heroic hidden high higher highest hilarious
historic holistic honest hopeful horrible horrific hostile hot hottest huge human humble ideal
identical ill illegal illegal immediate immense imminent important impossible impressive
inadequate incredible independent individual inevitable initial innocent innovative insane instant
intense intentional interesting intimate invincible iconic ironic joint joyful junior keen key
large larger largest late latest later lavish lazy leading legendary legitimate less likely
limited little lively local lonely long longer longest longtime loose loud lovely low lower lowest
loyal lucky lucrative mad magnificent main major mass massive maximum meaningful meaningless mere
middle mild minimal minimum minor miserable mixed moderate modest monster monthly multiple mutual
mysterious naive narrow nasty natural near nearby necessary negative nervous new newest nice noisy
normal notable notorious numerous obvious odd official old older oldest ongoing only open opposite
optimistic ordinary original outrageous outright outstanding overall overnight painful pathetic
past peculiar perfect permanent persistent personal physical plain pleasant plenty polite poor
popular positive possible potential powerful practical precious precise premature pretty previous
primary prime prior probable problematic profound prominent promising proper proud quick quickest
quiet radical rampant random rapid rare raw ready real realistic reasonable recent reckless
regular relative relevant reluctant remaining remarkable remote responsible restless rich richest
ridiculous right rigid rising robust rough routine rude sad safe safer safest same satisfied
savage scary scared sensational senior sensible sensitive separate serious severe shady shallow
sharp shocking short shorter shy sick significant silent silly similar simple single slim slow
small smaller smallest smart smooth sober soft sole solid sorry sour special specific spectacular
spooky stable staggering stark steady steep strange strategic strict strong stronger strongest
stubborn stunning stupid subtle successful sudden sufficient suitable super superb superior sure
surprising suspicious sweet swift sympathetic tall temporary tense terrible terrific terrifying
thick thin thorough tight tiny tired top total tough tougher toxic tragic tremendous tricky true
typical ugly ultimate unable unbelievable uncertain unclear uncommon unexpected unfair unhappy
unique unknown unlikely unprecedented unusual upcoming upbeat urgent useful useless usual vague
valid valuable various vast viable vicious violent viral vital vivid vulnerable warm weak weaker
weekly weird well wide widespread wild willing wise wonderful worse worst worth worthy wrong
yearly young younger youngest abruptly absolutely accidentally aggressively almost officially
actually again anyway anymore afterwards abroad aside away badly barely basically
behind-the-scenes carefully certainly clearly closely completely constantly crucially definitely
deeply directly drastically dramatically easily effectively entirely equally especially
essentially eventually extremely fairly falsely fast finally firmly forever formally formerly
frankly freely frequently fully further generally gradually greatly half hardly heavily highly
hopefully hugely immediately increasingly indefinitely initially instantly jointly largely
literally long mainly meanwhile merely mostly mutually naturally necessarily newly nonetheless
notably obviously occasionally online openly originally overseas partially partly permanently
personally poorly potentially precisely previously primarily privately promptly properly publicly
purely quickly quietly rapidly rarely readily relatively repeatedly respectively scarcely
seriously severely sharply shortly significantly similarly slightly slowly solely somehow somewhat
soon specifically steadily strictly strongly substantially suddenly supposedly surely surprisingly
temporarily thoroughly tightly together totally truly twice typically ultimately unexpectedly
unfortunately usually utterly vastly virtually wholly widely worldwide else instead live

""".split()
)
# Nouns of counting, time, speech and of the press itself: part of a phrase, no subject alone.
_NOUNS = frozenset(
    """
abc access action adult advance advantage advice affair aftermath age agenda aide alert amount
analysis analyst anger anniversary answer anticipation appeal appearance approach area argument
arrival article aspect assessment attempt attention audience author authority average award
background backlash backer balance base basis bed beginning behavior behaviour bid bit blame blast
block blow board body bond boost border-line boss bottom boy break breakdown breakthrough bride
brother build business call campaigner capital care career case cause center centre ceremony chair
challenge champ chance change chapter character charge check chief child choice circumstance cities
city claim clash class clip clue colleague column combination comeback comment commitment community
company companies comparison competition complaint concept concern conclusion condition conduct
confidence consequence contact content context control controversy conversation copy core corner
cost count counterpart countries country county couple course cousin cover coverage crackdown
creation credit critic criticism crowd cut dad damage danger date daughter dawn day deadline deal
dealing death-toll decade decision decline degree delay demand detail development difference
difficulty direction director discovery discussion dispute distance district dollar doubt downturn
draft drama draw dream driver drop duo duty edge edition effect effort element emergence emotion end
ending enemy energy-level entry era error escape estimate evaluation event evidence example
exception exchange excitement excuse exercise exit expansion expectation expert explanation
expression extent eye face fact factor failure faith fall fame family families fan fashion-show fate
father favorite favourite fear feature feed feel feeling fellow figure file final finding finish
fire-fight flow focus folks follower footage force forecast form fortune forum foundation fraction
frame freeze friend front fun function fund future gain gap general girl glance glimpse goal gold
good grief ground group growth guest guide guy half hand handful hands-on harm head headline
headwind heart heat hell help hero heroics hike history hit hold home honor hope hour house-hold
husband idea identity image impact importance impression improvement incident increase indication
industry influence info information initiative injury inside insight insider instance intention
interest interview introduction investigation investigator issue item job joke journal journalist
journey judgment jump key kid kind knowledge lack ladies lady land language laugh launch lawmaker
lawyer lead leader leadership league league-table leak legacy length lesson letter level life light
limit line link list listener live location logo look loss lot love luck mailbag maker male man
manner mark mass match matter maximum meaning means measure media meeting member memory men mention
message method middle mile mind minimum minister minute miss mistake mix mode model mom moment
momentum mood morning mother motive move movement multiple mum mystery name nation nature need
negative neighbor neighbour news newspaper night notebook notice notion number objection objective
obligation observation observer obstacle occasion odds offer office officer official old one opening
operation operator opinion opponent opportunity opposite option order origin other outcome outlook
output outrage outset overview owner pace package page pair panel paper parent part participant
partner party-goer pass past path pattern pause payment peak people percent percentage performance
period person perspective phase phone-call photo photograph phrase pic pick picture piece place plan
plea pledge plot point policy-maker pop portion pose position possibility post potential pound power
practice prediction preparation presence present preview price pride principle prior priority
privilege problem procedure process product profile profit program programme progress project
promise proof property proposal prospect protection provider public purchase purpose push quality
quarter quest question quote race raid rally range rank rate rating ratio reach reaction reader
reality reason recap reception recipe recommendation record recovery reduction reference refusal
regard region regret rejection relation relationship release relief remark reminder removal
replacement reply report reporter representative reputation request requirement research researcher
resident resource response responsibility rest result return review reward rise risk rival rivalry
road role roll room round roundup route row rule rumor rumour run rush safety-net sake sale sample
scale scenario scene schedule scope score scrutiny search season seat section sector selection sense
sentence series service session set setback setting shape share shift shock shop show showdown
sibling side sight sign signal significance site situation size sky society solution son song sort
sound source space-time speaker spec specialist speculation speech speed spirit spokesperson
spokesman spokeswoman spot spotlight stage stake stance stand standard star start state statement
station statistics stats status stay step stop storm-off story strategy street strength stretch
struggle stuff style subject success suggestion suit summary supply support supporter surge surprise
survey surveillance-camera suspect suspicion system takeaway talk target task team tear teammate
tech technique teen teenager tension term test text thanks theme theory thing thought threat
threshold thriller tie time tip title today toll tomorrow ton tone top topic total touch tour town
toy track trail transition treatment trend trick trip trouble truth turn turnout tweet twist type
unit update upset use user value variety vehicle verdict version viability victim victory video view
viewer village visit voice volume wait walk wall war-time warning wave way weakness web website week
weekend weight welcome while wife win window winner wish witness woman women word work worker
working world-wide worry wound yard year yesterday youth zone data storm resort hate cruise bar
guard press jail combat battle stress shelter parade category phase tier chapter guide-line advocate
ally blow-out death toll dose shot suspect counts inmate boss ceo cfo coo president vice-president
king-maker chancellor-ship candidate veteran mayor senator governor-ship ambassador secretary
attorney prosecutor deputy commander coach pitcher quarterback actor actress singer rapper comedian
star-let founder co-founder billionaire millionaire executive spokesperson prime-time cop dude cast
crew staff employee audience highlights gameplay walkthrough eve million billion game match edition
ft feat tv-show watch-list premiere

""".split()
)
_ING_SUBJECTS = frozenset(
    """
banking bankruptcy bombing boxing camping climbing coding cooking counseling cycling dancing
drilling drinking driving fishing flooding fracking funding gambling gaming gardening greenwashing
hacking hearing housing hunting kidnapping killing king laundering lending lightning logging
manufacturing marketing mining mugging nursing offering painting parenting phishing poisoning
policing pricing publishing racing reading ring rowing ruling sailing screening sentencing
shipping shooting shopping skiing smuggling spring spying stabbing streaming string surfing
swimming teaching testing trading trafficking training trolling voting vaping wedding wing
wrestling writing

""".split()
)


def _is_verb(word: str) -> bool:
    if word in _VERBS or word in _IRREGULAR:
        return True
    last = word[-1:]
    if last == "s":
        return _is_plural_of(word, _VERBS)
    if last == "d":
        # "argued", "asked", "planned", "carried"
        return word[-2:-1] == "e" and (
            word[:-1] in _VERBS
            or word[:-2] in _VERBS
            or (word[-3:-2] == word[-4:-3] and word[:-3] in _VERBS)
            or (word[-3:-2] == "i" and word[:-3] + "y" in _VERBS)
        )
    if last != "g" or not word.endswith("ing") or word in _ING_SUBJECTS:
        return False
    base = word[:-3]
    return (
        base in _VERBS or base + "e" in _VERBS or (base[-1:] == base[-2:-1] and base[:-1] in _VERBS)
    )


def _is_plain_noun(word: str) -> bool:
    return word in _NOUNS or (word[-1:] == "s" and _is_plural_of(word, _NOUNS))


def _is_plural_of(word: str, words: frozenset[str]) -> bool:
    """Tell whether a word in "-s" is one of some words with the ending: "votes", "tries"."""
    return word[:-1] in words or (
        word[-2:-1] == "e"
        and (word[:-2] in words or (word[-3:-2] == "i" and word[:-3] + "y" in words))
    )


def rank_of(word: str, *, capital: bool = False) -> int:
    """Return how little a case-folded English word says by itself.

    3: a verb, breaks a phrase. 2: a quality. 1: a noun that needs company. 0: may be a subject.
    A word that is noun and verb alike counts as the noun. The ending of a word with a capital
    tells nothing, for it may be a name.
    """
    if _is_plain_noun(word):
        return 1
    if (
        word in _QUALITIES
        or (word in _CLASSING and not capital)
        or ("-" in word and _is_compound_quality(word, capital=capital))
    ):
        return 2
    if _is_verb(word) or (not capital and _has_verb_ending(word)):
        return 3
    return 2 if not capital and _has_quality_ending(word) else 0


_COMPOUNDED = frozenset(
    """
specific bound wide free style led era like only linked born made owned run friendly type level
old

""".split()
)


_COUNTS = frozenset(
    """
one two three four five six seven eight nine ten half twenty thirty multi first second third last
long short high low early late mid pre post full part

""".split()
)


def _is_compound_quality(word: str, *, capital: bool) -> bool:
    """Tell "four-year", "walk-off" and "Out-of-Control" from "Jong-un" and "e-cigarette"."""
    if any(char.isdigit() for char in word):
        return word[0].isdigit()
    parts = word.split("-")
    if len(parts[0]) < 2:
        return False
    if parts[0] in _COUNTS and parts[-1] not in _COUNTS:
        return True
    return (
        not capital
        or parts[-1] in _COMPOUNDED
        or parts[-1].endswith("ed")
        or any(part in stop_words("en") for part in parts[1:])
    )


def _has_verb_ending(word: str) -> bool:
    if len(word) < 6:
        return False
    return (word.endswith("ed") and word[-3] != "e") or (
        word.endswith("ing") and word not in _ING_SUBJECTS
    )


def _has_quality_ending(word: str) -> bool:
    return (
        len(word) > 5
        and word.endswith(_QUALITY_ENDINGS)
        and word not in _NO_QUALITIES
        and not word.endswith(_SLAVIC)
    )


_QUALITY_ENDINGS = ("ly", "al", "ic", "ous", "ive", "able", "ible", "ful", "less", "ish")
_SLAVIC = ("vic", "sic", "cic", "zic", "jic")
_NO_QUALITIES = frozenset(
    """
assembly anomaly butterfly family italy monopoly rally supply july animal approval arrival burial
cannibal capital cardinal carnival cathedral cereal coral criminal crystal denial disposal
federal-reserve festival funeral general hospital hospitals journal liberal medal memorial metal
mineral missal mural narwhal oval pedal petal portal potential principal proposal rebuttal refusal
removal rental renewal retrieval revival rival scandal senegal signal survival terminal tribunal
trial withdrawal academic arctic atlantic attic basic catholic cleric clinic comic critic cynic
epidemic fabric logic magic mechanic medic metric mosaic music mythic olympic pacific pandemic
panic picnic plastic politic republic topic traffic antarctic tropic octopus virus asbestos abyss
archive detective executive explosive initiative locomotive motive native narrative objective
olive perspective representative cable constable syllable table vegetable bible crucible turntable
wireless handful portugal montreal arsenal bengal pascal crystal titanic nepal israel british
danish english finnish goldfish irish jewish polish rubbish scottish shellfish spanish swedish
turkish

""".split()
)
# Endings of English nouns and adjectives that no proper name usually has.
_COMMON_ENDINGS = (
    "tion", "sion", "ment", "ness", "ship", "ism", "ists", "ist", "tions", "sions", "ments",
    "ous", "able", "ible", "ive", "ity", "ities", "ful", "less", "ology", "ance", "ence", "ings",
)  # fmt: skip


def loose_rank(word: str, rank: int) -> int:
    """Return the rank of a word whose capital proves nothing, as in a Title Case headline.

    `rank` is the word's with a capital. -1 is a word that is common by its ending, but may be a
    subject.
    """
    if rank:
        return rank
    if word.endswith("ed") and _has_verb_ending(word):
        return 3
    if _has_quality_ending(word):
        return 2
    return -1 if len(word) > 6 and word.endswith(_COMMON_ENDINGS) else 0


def ends_as_verb(word: str) -> bool:
    """Tell whether a word that may be a noun is as likely a verb: "passes", "win"."""
    return _is_verb(word)


_RATHER_NOUNS = frozenset(
    """
hike talk cut rise increase drop ban loss check claim charge search record test order support
talks cuts charges orders

""".split()
)


_CLASSING = frozenset(
    """
mass long human general special free high low primary prime open dead heavy false dirty rare cold
hot dark deep wild fast dry raw natural nuclear humanitarian solar lunar
female male urban rural amber marine maritime offshore undersea foreign interim armed

""".split()
)


def is_judging(word: str) -> bool:
    """Tell whether a quality judges ("alleged") where others class ("mass", "federal")."""
    return word in _QUALITIES and word not in _CLASSING


def pair_as_subject(first: str, last: str) -> bool:
    """Tell whether two plain nouns may name a subject: "rate hike", but not "parents need"."""
    return first != last and (last in _RATHER_NOUNS or not _is_verb(last))


# Plurals that stand before nouns all the same: "sports club", "arms deal".
_MODIFYING = frozenset(
    """
sports arms news rights sales drugs goods customs savings games politics economics mathematics
series species women men operations systems defense defence claims communications affairs services
plus virus bonus crisis bus gas status campus census focus corpus

""".split()
)


def is_gerund(word: str) -> bool:
    """Tell whether "-ing" stands behind a word that is known: "ageing", but not "king"."""
    base = word.removesuffix("ing")
    return base != word and len(base) > 2 and rank_of(base) + rank_of(base + "e") > 0


def is_plural(word: str) -> bool:
    """Tell whether a case-folded word is a plural, or a verb's third person: "tests", "raids"."""
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'" and word not in _MODIFYING


_HONORIFICS = frozenset(
    """
president vice-president chancellor premier pm minister speaker judge justice senator sen governor
gov mayor representative rep congressman congresswoman secretary ambassador general gen colonel
col captain capt sergeant lieutenant lt major commander chief sheriff officer detective doctor dr
professor prof mr mrs ms sir dame lord lady coach manager director ceo chairman actor actress
singer rapper comedian striker outfielder pitcher quarterback goalkeeper defender midfielder
captain founder cleric star legend icon billionaire analyst astronaut prosecutor lawyer attorney
junta oligarch opposition leader former ex late presidente presidenta ministro ministra papa
président ministre pape kanzler kanzlerin präsident präsidentin ministerin bundeskanzler
bundeskanzlerin bundespräsident us-präsident us-präsidentin außenminister außenministerin trainer
trainerin premierminister papst könig königin prime expresidente ex-president

""".split()
)


# What ministers are ministers of.
_PORTFOLIOS = frozenset(
    """
defence defense foreign finance economy economic interior justice health energy education labor
labour trade home vice deputy treasury culture environment agriculture transport science housing

""".split()
)


def is_portfolio(word: str) -> bool:
    """Tell whether a case-folded word says of what somebody is a minister."""
    return word in _PORTFOLIOS


# Honorifics that as many names begin with: "Lady Gaga", "General Motors", "Star Wars".
IN_NAMES = frozenset(
    """
general lady lord star captain doctor dr mr mrs major chief prime justice judge late legend icon
dame sir speaker coach director officer opposition

""".split()
)


def is_in_name(word: str) -> bool:
    """Tell whether it is more often in a name than before one: "Major League Baseball"."""
    return word in {"general", "major", "star", "prime", "late"}


def is_honorific(word: str) -> bool:
    """Tell whether a case-folded word is put before people's names."""
    return word in _HONORIFICS or word.startswith("ex-")


# Titles that stay with a name: who says "the Pope" where others say "Pope Pius" means him.
TITLES = frozenset(
    """
pope king queen prince princess duke duchess cardinal archbishop emperor sultan sheikh
ayatollah papst kaiser prinz prinzessin papa rey reina rei rainha roi reine pape

""".split()
)

# Names, most of places, that begin with a plain word.
PLACES = {
    "new": frozenset(
        """
york zealand jersey delhi orleans mexico hampshire england guinea caledonia haven brunswick

""".split()
    ),
    "north": frozenset("korea korean koreans carolina dakota macedonia sea africa".split()),
    "south": frozenset(
        """
korea korean koreans carolina dakota africa african africans sudan sudanese australia

""".split()
    ),
    "west": frozenset("bank virginia africa".split()),
    "east": frozenset("timor jerusalem africa".split()),
    "great": frozenset(("britain", "lakes")),
    "middle": frozenset(("east",)),
    "black": frozenset(("sea", "forest")),
    "red": frozenset(("sea", "cross")),
    "super": frozenset("bowl league rugby cup tuesday".split()),
}


# How headlines write the days that have names of their own; a date has a number instead.
DAYS = frozenset(
    """
monday tuesday wednesday thursday friday saturday sunday january february april june july august
september october november december

""".split()
)


# The languages of headlines that are read as English: it, and what names none.
READ_AS_ENGLISH = frozenset(("en", ""))

# What a word may be, if what stands beside it or in other headlines shows it: flags.
OF_PLACE, IN_NAME, A_DAY, A_VERB, A_PAIR, INFLECTED = 1, 2, 4, 8, 16, 32
# What it may show of its whole headline.
OF_GENRE = 64
# That it is a territory, its people or the first word of one; and the same in small letters.
OPENS_PLACE, OF_PEOPLE = 128, 256
# That no spaces stand between the words of its script.
UNSPACED = 512


_TELLING = {
    **dict.fromkeys(PLACES, OF_PLACE),
    **dict.fromkeys(IN_NAMES, IN_NAME),
    **dict.fromkeys(DAYS, A_DAY),
}


def tells_of(word: str) -> int:
    """Return what a case-folded word may be by what stands beside it ("new", "fires"), or 0."""
    tells = _TELLING.get(word, 0)
    return tells | A_VERB if is_plural(word) else tells


# What counts a phrase of several words, and is no part of what it counts.
COLLECTING = frozenset(
    """
list lists number numbers series group groups wave lot lots set pair kind kinds type types range
host string dozen dozens bunch amount majority rest lack thousands hundreds millions

""".split()
)
# Qualities that anything may have: none makes a subject of a word.
DULL = frozenset(
    """
new former old big bigger more next top late latest late-night young

""".split()
)


# What headlines cut short, and what an editor would write in full.
_ABBREVIATED = {
    "LA": "Los Angeles",
    "L.A.": "Los Angeles",
    "NYC": "New York City",
    "NY": "New York",
    "N.Y.": "New York",
    "D.C.": "Washington",
    "DC": "Washington",
    "S.F.": "San Francisco",
    "SF": "San Francisco",
    "Dems": "Democrats",
    "GOP": "Republicans",
    "Fed": "Federal Reserve",
    "Covid": "Covid-19",
    "COVID": "Covid-19",
}


def in_full(text: str) -> str:
    """Return what an abbreviation of English headlines stands for, "" for none."""
    return _ABBREVIATED.get(text, "")
