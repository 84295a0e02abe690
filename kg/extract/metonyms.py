"""Whether the name of a capital or a seat of power stands for those who govern there, or for the place.

"Moscow warned Kyiv" is about two states, "in Moscow" about a city. The evidence is syntax: what the name is subject,
possessor, partner or object of. Where there is no evidence, the name is a place.
"""

from __future__ import annotations

from collections.abc import Callable

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
    accuse aid alarm anger antagonise antagonize appease arm ask assure back bankroll blame bully caution challenge
    coerce condemn confront contact convince criticise criticize denounce deter encourage exploit finance force fund
    help inform isolate notify oblige offer persuade praise press pressure promise protect provoke punish push
    reassure remind request sanction supply support suspect tell thank threaten trust urge warn weaken
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
    letter loan loyalty message negotiation opposition pact partnership peace pressure promise rapprochement rapport
    relation relationship request rift row sale sanction settlement shipment showdown solidarity standoff support
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
        return words.lemma[head] in _STATE_GOODS
    if relation in ("compound", "amod"):
        return words.lemma[head] in _GOVERNING
    if relation in ("obj", "iobj"):
        return words.lemma[head] in _OBJECT_VERBS
    if relation in ("obl", "nmod") or (start and words.lower[start - 1] == "to" and words.lemma[head] in _TELLING):
        return _partner_acts(words, token, head, is_state)
    return False


def _subject_acts(words: Words, token: int, head: int) -> bool:
    if words.dep[token] == "nsubj:pass":
        return words.lemma[head] in _OBJECT_VERBS
    if words.pos[head] == "ADJ":
        return words.lemma[head] in _STATE_ADJECTIVES
    return words.pos[head] == "VERB" and words.lemma[head] in _STATE_VERBS


def _partner_acts(words: Words, token: int, head: int, is_state: Callable[[int], bool]) -> bool:
    case = next((words.lower[c] for c in words.children_of(token, "case")), "")
    noun = words.lemma[head]
    if case == "between":
        partners = words.children_of(token, "conj")
        return bool(partners) and all(is_state(p) for p in (token, *partners)) and noun not in _TRAVEL
    if case == "by":
        return words.tag[head] == "VBN" or words.lemma[head] in _STATE_GOODS
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
    return follower < len(words) and words.lemma[follower] in _STATE_VERBS and words.tag[follower].startswith("V")


def _root(words: Words, start: int, end: int) -> int:
    """The token of a span whose head lies outside it."""
    return next((i for i in range(start, end) if not start <= words.head[i] < end), end - 1)
