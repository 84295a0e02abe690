"""Whether the name of a capital or a seat of power stands for those who govern there, or for the place.

"Moscow warned Kyiv" is about two states, "in Moscow" about a city. The evidence is syntax: what the name is subject,
possessor, partner or object of. Where there is no evidence, the name is a place.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import forms_of
from kg.extract.words import Words

# Verbs whose subject speaks, thinks, wants or acts as a state does.
_STATE_VERBS = frozenset(
    """
    abandon accept accuse acknowledge act add admit adopt agree aim allege allow announce annex answer appeal appear
    approve argue arm ask assert assure attack attempt back ban believe blame block boycott break bring call cancel
    caution cease challenge choose claim comment complain concede conclude condemn confirm consider continue
    cooperate counter criticise criticize decide declare declined decline defend demand deny deploy dismiss dispatch
    emphasise emphasize encourage engage escalate exchange expect expel explain express face fear fight finance
    force fund give hail halt help hint hope ignore impose inform insist intend interfere intervene invade invite
    join keep know launch lift maintain make mean meddle move need negotiate note object offer oppose order
    participate pay persuade plan pledge praise prefer prepare press prevent promise propose protest prove provide
    provoke pull push question react realise realize recall recognise recognize refuse regard reiterate reject
    release remain repeat reply report request resist respond resume retaliate retract reveal sanction say see seek
    seem seize send share sign speak stand start state stop strengthen stress strike struggle suggest summon supply
    support suspect suspend take talk tell think threaten toughen train try turn understand urge use veto view
    violate vote vow wait want warn welcome wish withdraw withhold wonder work worry
    """.split()
)
# Verbs whose subject is a city, or whatever happens to one: what all others do, is done by those who govern.
_CITY_VERBS = frozenset(
    """
    attract awake awaken awoke bask be beckon become begin bleed boast boom brace bristle burn buzz bustle celebrate
    collapse come consist contain cool cope crumble darken dazzle decline descend develop drown emerge empty end endure
    enjoy erupt evolve exist expand experience explode fall feature feel fill flood flourish freeze glisten glitter go
    grieve grind groan grow happen have heat host house increase lack lay lie light live look lose lure melt mourn near
    occupy offer overflow precede prosper pulse rank rebuild record reel revel rise roar sag scorch shake shelter
    shine shiver shrink shudder sink sit sleep slumber smell smoulder sparkle spread sprawl stage stir stretch suffer
    surround swarm swell swelter teem thrive throng tower transform tremble wake warm weather win wither
    """.split()
)
_STATE_ADJECTIVES = frozenset(
    """
    able afraid angry anxious aware certain committed concerned confident content convinced determined disappointed
    eager furious happy hesitant interested keen open opposed pleased prepared ready reluctant responsible right
    satisfied serious silent sure unable unhappy unwilling wary willing worried wrong
    """.split()
)
# Verbs whose object is addressed, pressed or helped as a state is.
_OBJECT_VERBS = frozenset(
    """
    accuse advise aid alarm anger annoy antagonise antagonize appease arm ask assure back bankroll beg blame bully
    caution challenge chide coerce condemn confront consult contact convince court criticise criticize defy denounce
    deter dissuade embarrass encourage enrage exploit finance force fund help humiliate inform infuriate invite irk
    isolate lobby mock notify oblige offend offer outrage outvote overrule persuade petition placate please praise
    press pressure promise protect provoke punish push reassure rebuff rebuke recognise recognize remind reproach
    request sanction scold slap snub sue supply support suspect tell thank threaten trust urge warn weaken woo
    """.split()
)
# What a state has, as against what a city has (streets, a mayor, an airport).
_STATE_GOODS = frozenset(
    """
    accusation action aggression agreement aid aim alliance allegation ally ambassador ambition annexation answer
    appeal approach argument army arsenal assertion assessment assistance attempt attitude authority backing
    behaviour behavior benefactor bid blessing border budget campaign claim commitment concern concession condition
    conduct consent control counterpart credibility decision defence defense demand denial deployment desire
    diplomacy diplomat doctrine effort embassy enemy envoy establishment explanation failure fear foe force goal
    government hand help hope influence initiative insistence intelligence intent intention interest interference
    intervention invasion involvement leader leadership leverage meddling membership message military minister
    mission motive move narrative negotiator neighbor neighbour objection objective offensive offer official
    opposition orbit parliament part participation partner peace plan pledge policy politics position posture power
    preference president presence pressure priority promise proposal propaganda reaction readiness refusal regime
    rejection relation relationship reluctance request resolve response retaliation rhetoric rival role rule
    sanction security senate side silence sovereignty stance stand standing statement strategy strength support
    target territory threat tie troops troop ultimatum veto view viewpoint war warning will willingness wish
    withdrawal
    """.split()
)
# Nouns whose partner ("talks with Kyiv", "pressure on Moscow", "aid to Kyiv") is a state.
_RELATIONS = frozenset(
    """
    accord agreement aid alliance appeal arms assistance ceasefire commitment communication compromise conflict
    confrontation concession contact cooperation credit dealing deal dialogue dispute friction funding help issue
    letter loan loyalty message negotiation opposition pact partnership peace pledge pressure promise rapprochement
    rapport relation relationship request rift row sale sanction settlement shipment showdown solidarity standoff
    support
    talk tension threat tie treaty truce ultimatum understanding war warning weapon
    """.split()
)
_RELATION_VERBS = frozenset(
    """
    ally argue bargain break clash collude communicate compete consult cooperate coordinate deal disagree fight
    impose negotiate quarrel share side sign speak talk work
    """.split()
)
# Verbs whose words are directed "to" a state.
_TELLING = frozenset(
    """
    admit announce appeal apologise apologize complain confirm convey deliver explain indicate offer promise propose
    protest read repeat report say send signal state submit suggest talk write
    """.split()
)
_GOVERNING = frozenset("administration authorities authority government leadership regime official policymaker".split())
_AIMS = frozenset("against for on over to towards with".split())
_TRAVEL = frozenset(
    "border distance drive ferry flight highway journey rail railway road route shuttle train trip".split()
)
_PLACE_CASES = frozenset("in at near around outside inside into across throughout via".split())
_PARTNER_CASES = frozenset("against between for on to toward towards with from vis-à-vis".split())


def acts_as_state(words: Words, start: int, end: int, is_state: Callable[[int], bool]) -> bool:
    """Whether the capital or seat named by tokens `start` to `end` stands for its government or country.

    `is_state` tells of a token whether it lies in the name of a country, capital or seat: "between Kyiv and Moscow" is
    about states, "between Kyiv and Lviv" about places.
    """
    if _is_dateline(words, start, end):
        return False
    if words.is_possessive(end):
        return _has_state_goods(words, end + 1)
    if start and words.lower[start - 1] in _PLACE_CASES:
        return False
    if not words.parsed:
        return _acts_by_neighbours(words, start, end)
    token = _root(words, start, end)
    while words.dep[token] == "conj" and words.head[token] != token:
        token = words.head[token]
    head, relation = words.head[token], words.dep[token].split(":")[0]
    if head == token:
        return False
    if relation == "nsubj":
        return _subject_acts(words, token, head)
    if words.dep[token] == "nmod:poss":
        return _is(words, head, _STATE_GOODS)
    if relation in ("compound", "amod"):
        return _is(words, head, _GOVERNING)
    if relation in ("obj", "iobj"):
        return _is(words, head, _OBJECT_VERBS)
    if relation in ("obl", "nmod") or (start and words.lower[start - 1] == "to" and _is(words, head, _TELLING)):
        return _partner_acts(words, token, head, is_state)
    return False


def _is_dateline(words: Words, start: int, end: int) -> bool:
    """ "WASHINGTON (AP) —", "MEXICO CITY, Feb. 8": a place before an article's first words; "Paris-Brussels"."""
    opens = start == 0 or words.paragraph[start - 1] != words.paragraph[start] or "\n" in words.text[start - 1]
    after = words.text[end] if end < len(words) else ""
    return (opens and after in ("(", ",", "-", "–", "—", "--", ":", "/")) or (
        after == "-" and words.end[end - 1] == words.start[end] and words.text[end + 1 : end + 2] != ["led"]
    )


def _is(words: Words, i: int, lemmas: frozenset[str]) -> bool:
    """Whether a token is a form of one of these; its lemma may be guessed wrong."""
    return words.lemma[i] in lemmas or words.lower[i] in forms_of(lemmas)


def _subject_acts(words: Words, token: int, head: int) -> bool:
    if words.dep[token] == "nsubj:pass":
        return _is(words, head, _OBJECT_VERBS)
    if words.pos[head] == "ADJ":
        return _is(words, head, _STATE_ADJECTIVES)
    if words.pos[head] != "VERB":
        return False
    return _is(words, head, _STATE_VERBS) or (not _is(words, head, _CITY_VERBS) and _has_complement(words, head))


def _has_complement(words: Words, verb: int) -> bool:
    """Whether a verb does something to something: an object, a clause, a particle, or a preposition of aim."""
    if words.children_of(verb, "obj", "iobj", "ccomp", "xcomp") or any(
        words.dep[c] == "compound:prt" for c in words.children_of(verb)
    ):
        return True
    obliques = words.children_of(verb, "obl")
    return any(words.lower[c] in _AIMS for o in obliques for c in words.children_of(o, "case"))


def _partner_acts(words: Words, token: int, head: int, is_state: Callable[[int], bool]) -> bool:
    case = next((words.lower[c] for c in words.children_of(token, "case")), "")
    noun = words.lemma[head]
    if case == "between":
        partners = words.children_of(token, "conj")
        return bool(partners) and all(is_state(p) for p in (token, *partners)) and noun not in _TRAVEL
    if case == "by":
        return words.tag[head] == "VBN" or _is(words, head, _STATE_GOODS)
    if case == "of" and words.pos[head] == "NOUN":
        return noun in ("government", "leadership", "regime", "part", "support", "behalf")
    if case in _PARTNER_CASES:
        table = _RELATION_VERBS | _OBJECT_VERBS if words.pos[head] == "VERB" else _RELATIONS
        told = case == "to" and words.pos[head] == "VERB" and noun in _TELLING
        return (noun in table or told) and not (case == "from" and words.pos[head] == "VERB")
    return False


def _has_state_goods(words: Words, start: int) -> bool:
    """Whether the noun phrase at token `start` is of something a state has: its last noun in a row tells."""
    noun = ""
    for i in range(start, min(start + 6, len(words))):
        if words.pos[i] in ("NOUN", "PROPN"):
            noun = words.lemma[i]
        elif noun or words.pos[i] not in ("ADJ", "ADV", "VERB", "NUM", "DET"):
            break
    return noun in _STATE_GOODS or noun.removesuffix("s") in _STATE_GOODS


def _acts_by_neighbours(words: Words, start: int, end: int) -> bool:
    """The same from the words next to the name, for documents without a parse."""
    if start and words.lower[start - 1] in ("from", "to", "of", "for"):
        return False
    follower = end + 1 if end < len(words) and words.tag[end] in ("RB", "MD") else end
    return follower < len(words) and _is(words, follower, _STATE_VERBS) and words.tag[follower].startswith("V")


def _root(words: Words, start: int, end: int) -> int:
    """The token of a span whose head lies outside it."""
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)
