"""What kind of body or place a name is of: by the tables of known ones, else by the words of the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.annotate.wellknown import find_organisation, find_region
from kg.extract.names import COMPANY_FORMS
from kg.model import EntityType

ORGANISATION_NOUNS = frozenset(
    """
    academy administration agency airline alliance army assembly association authority bank bloc board bureau
    chamber coalition college commission committee company conference congress corporation council court department
    embassy federation force foundation fund group institute institution league ministry movement network newspaper
    organisation organization parliament party school senate society times tribunal union university
    """.split()
)
_WORDS = {
    "agency": "administration agency authority bureau commission department embassy force ministry office police",
    "company": "airlines bank brothers company corporation enterprises holdings industries motors partners",
    "government": "assembly congress council court house parliament senate tribunal",
    "media": """broadcasting chronicle daily gazette herald journal magazine news newspaper observer post press radio
                review star telegraph television times tribune tv weekly""",
    "ngo": "alliance association center centre coalition federation foundation fund institute league project society",
    "party": "party",
    "union": "brotherhood guild teamsters union",
    "university": "academy college school university",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_MEMBERS = frozenset(
    "attendants employees firefighters machinists miners nurses officers pilots teachers workers".split()
)


def kind_of(type: EntityType, names: Iterable[str]) -> str | None:
    """The kind of an entity by any of its names; None for people and where the names do not tell.

    Kinds of places are the types of `kg.annotate.wellknown.Region` and "country"; those of organisations are the kinds
    of `Organisation` there, "union" and "university".
    """
    if type == "Country":
        return "country"
    if type == "Place":
        return next((region.type for name in names if (region := find_region(name))), None)
    if type == "Organisation":
        forms = list(names)
        known = next((found.kind for name in forms if (found := find_organisation(name))), None)
        return _by_words([name.lower().split() for name in forms]) or known
    return None


def _by_words(names: Sequence[Sequence[str]]) -> str | None:
    """A union by its members ("Association of Flight Attendants"); else what the last word says, or the first."""
    if any(word in _MEMBERS for words in names for word in words):
        return "union"
    for at in (-1, 0):
        for words in names:
            if len(words) > 1 and (kind := _KINDS.get(words[at].strip("."))):
                return kind
            if words and words[at].strip(".,") in COMPANY_FORMS and at == -1:
                return "company"
    return None
