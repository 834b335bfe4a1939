"""The words that tell what a question is about, by topic.

    INDEX[key("probability")]     # ("maths",); words are looked up in lower case
    key("patients")               # "patien"

A word is known by its first six letters, without a plural s: endings and slips near the end of a word do not matter.
The lists are written by hand from general knowledge of school and university subjects, none is learned.
"""

from __future__ import annotations

from functools import lru_cache

STEM_LETTERS = 6

TOPICS: dict[str, str] = {
    "maths": """
        algebra arithmetic average axis calculate calculus calculation circle combinatorics compute
        coordinate cosine cubic derivative diagonal differentiate digit distribution divide divisible
        eigenvalue equation evaluate even exponent expression factor formula fraction function geometry
        graph inequality integer integral integrate logarithm matrix mean median modulo multiply odd
        parabola parallel percent percentage perimeter polygon polynomial prime probability product
        proportion quadratic quotient radius random ratio rectangle remainder root sequence series simplify
        sine slope solve square subtract sum tangent theorem triangle trigonometry variable vector volume
        area angle""",
    "code": """
        algorithm api array bash binary boolean bug byte cache class code coding compile compiler complexity
        cpu css database debug deque encrypt exception excel function git golang grammar hash heap html
        implement iterator java javascript json kernel lambda linux list loop memory method network node
        numpy packet pandas parser pointer processor program programming protocol python query queue react
        recursion recursive refactor regex regexp register runtime rust script server software sort sql
        stack string syntax tree tuple typescript variable""",
    "law": """
        amendment arrest attorney breach clause congress constitution contract convey conviction court crime
        criminal deed defendant easement evidence felony guilty judge jurisdiction jury landlord law lawsuit
        legal legislation liability liable mortgage murder negligence negligent officer plaintiff police
        property prosecution seller statute sue sued tenant testimony tort trial trustee verdict witness""",
    "economics": """
        accounting aggregate asset bond budget cartel consumer cost currency deficit deflation demand
        depreciation economic economy elastic elasticity equilibrium export firm fiscal gdp good import
        income inflation interest invest investment invoice loan macroeconomics marginal market monetary
        monopoly oligopoly portfolio price profit regression revenue stock subsidy supply surplus tariff tax
        unemployment variance wage""",
    "science": """
        acceleration acid allele anatomy artery atom bacteria blood bond bone cancer carbon cardiac catalyst
        cell charge chemical chemistry chromosome circuit climate clinical compound concentration current
        density diagnosis disease dna earth ecosystem electric electron electromagnetic element energy
        enthalpy entropy enzyme equilibrium erosion evolution experiment fever fluid food force fossil
        frequency friction galaxy gas gene genetic gravity habitat heat hormone hydrogen infection
        investigate ion kinetic leaf lens lesion light liquid magnet magnetic mass material medication
        membrane metal molar mole molecule momentum moon motion muscle mutation nerve nuclear nucleus ocean
        optical orbit organ organism oxidation oxygen particle patient pathogen photon photosynthesis
        physician planet plant population predator pressure protein pulmonary quantum radiation reaction
        reagent relativity renal resistance rock scientist seed soil solar solubility solution sound species
        speed star sun surgery symptom syndrome telescope temperature therapy tissue treatment tumor vaccine
        velocity virus voltage water wave wavelength weather""",
    "reasoning": """
        argument assume assumption clue conclude conclusion contradiction counterexample deduce deduction
        fallacy hypothesis hypothetical imply implies implication infer inference logic logical paradox
        premise proof prove puzzle riddle statement suppose therefore valid""",
    "explaining": """
        analyse analysis analyze because compare comparison contrast critique derive describe difference
        discuss evaluate explain how interpret justify reason step why""",
    "amounts": """
        altogether bought buy buys cent cost day dollar double dozen earn each every half hour left less
        mile minute month more pay paid pound price remain sell sold spend spent total twice triple week
        year""",
    "people": """
        child children family feel feeling friend home house kid people person room somebody someone want""",
    "fame": """
        actor actress album author award band born capital championship character city club composer country
        cup died episode film first football footballer game highest king last league located lyrics movie
        name novel olympic player plays president prince queen released river sang season sing singer song
        sport starred stars team title tv winner won world written wrote""",
    "creative": """
        blog brainstorm caption character creative email essay haiku headline imagine invitation joke letter
        lyric narrative paragraph persona playful poem poetry pretend rap rewrite rhyme roleplay slogan song
        sonnet speech story tale toast tone tweet""",
    "rules": """
        accuracy according apply avoid classify constraint contain convert csv data ensure exact exactly
        exclude extract following format identify include json least limit maximum minimum must only order
        require requirement row satisfy schema sorted table unique verify within without xml yaml""",
    "society": """
        attitude behavior behaviour cognitive consumer culture ethic ethics gender government leader
        leadership manager management marketing media moral morality organisation organization party
        personality philosopher philosophy policy political politics psychologist psychology public social
        society sociology state theorist theory therapist virtue""",
}


@lru_cache(maxsize=4096)
def key(word: str) -> str:
    """What a lower-case word is known by."""
    plain = word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
    return plain[:STEM_LETTERS]


def _index() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for topic, words in TOPICS.items():
        for stem in dict.fromkeys(key(word) for word in words.split()):
            found[stem] = (*found.get(stem, ()), topic)
    return found


INDEX = _index()
#: words of a topic that people use for anything: they count only beside others
_EVERYDAY = """
    good import even mean odd product prime root sum area angle expression factor function random series class string
    network order process processor code program loop list queue memory register script server sort stack tree variable
    property law judge evidence officer deed party demand firm market interest stock bond supply cost cell charge food
    force light moon mass matter muscle plant planet population pressure reaction rock sound species star sun water wave
    weather heat heart fever fluid earth current argument statement suppose state public media social policy
    culture leader manager year day week hour month minute more left pay every each half less price player king prince
    queen record name song film book game country city title won world written wrote team season
    person people somebody someone want feel friend home house kid room family child how because step reason
    table row data unique exact only must follow format include limit maximum minimum extract apply order story speech
    letter character tale toast joke tone paragraph email poem song
"""
EVERYDAY = frozenset(key(word) for word in _EVERYDAY.split())
