"""From the reader model's names to names one can rely on: boundaries mended, types settled by vote, gaps filled.

The model sees a window at a time; an article uses a name again and again. So a name's type is the one it was given most
often in the article, a surname is a person's where a full name bears it, and a name found once is found wherever it
stands again. Well-known organisations and regions have the type their tables give, and are found by name alone where
the name can mean nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from kg.annotate.wellknown import find_organisation, find_region, organisations, regions
from kg.extract.bodies import (
    before_offices,
    before_people,
    is_plain_acronym,
    long_names,
    nicknames,
    replaced,
    whole_bodies,
)
from kg.extract.kinds import ORGANISATION_NOUNS
from kg.extract.names import COMPANY_FORMS, SUFFIXES, fold, is_acronym, parse_person, stands_for
from kg.extract.offices import is_honorific
from kg.extract.places import Found
from kg.extract.referents import KINDS_OF_BODIES
from kg.extract.titles import PORTFOLIOS, Title
from kg.extract.words import Words

_LABELS = ("PER", "ORG", "LOC", "MISC")
# "Republican Donald Trump", "Speaker of the House Newt Gingrich"
_BEFORE_NAMES = frozenset("democrat democratic republican conservative house senate congress parliament".split())
_OPEN, _CLOSE = frozenset("\"“‘'("), frozenset("\"”’')")
_NO_BODIES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mr mrs ms dr sen rep gov gen president senator
    """.split()
)
_OF_STATES = frozenset("assembly chamber commission committee council court department ministry".split())
"""Bodies that are named by what follows: "Romanian Chamber of Deputies"."""
_CAMPS = frozenset({"campaign", "administration"})
_LONGEST = 30  # tokens in a name; what is longer is a slip
_EDGES = frozenset(" ,.;:!?'\"“”‘’()[]{}-–—…/&\n")


def recognise(words: Words, titles: Sequence[Title]) -> list[Found]:
    """The names of a document, in order, without overlap."""
    found = _mended(words, titles)
    for wholes in (whole_bodies(words, found), long_names(words)):
        found = replaced(found, list(wholes))
    labels = _vote(words, found)
    names = [Found(f.start, f.end, labels[_key(words, f)]) for f in found]
    taken = {i for n in names for i in range(n.start, n.end)}
    names = replaced(names, list(before_offices(words, titles, taken)))
    names = replaced(names, [nickname for _, nickname in nicknames(words, names)])
    names = sorted([*names, *_missed(words, names)], key=lambda f: f.start)
    names = sorted([*names, *_after_kinds(words, names)], key=lambda f: f.start)
    return [_with_camp(words, name) for name in names]


def _after_kinds(words: Words, names: Sequence[Found]) -> Iterator[Found]:
    """Names that nothing but the noun before them tells to be names: "the maritime agency ShipWatch"."""
    inside = {i for name in names for i in range(name.start, name.end)}
    for i in range(len(words) - 1):
        if words.lower[i] not in KINDS_OF_BODIES or words.pos[i] != "NOUN" or not words.text[i].islower():
            continue
        end = i + 1
        while end < len(words) and words.tag[end] == "NNP" and words.is_capitalised(end) and end not in inside:
            end += 1
        plain = all(words.lower[k].rstrip(".") not in _NO_BODIES for k in range(i + 1, end))
        if end > i + 1 and end not in inside and plain and words.sentence[i] == words.sentence[end - 1]:
            yield Found(i + 1, end, "ORG")


def _with_camp(words: Words, name: Found) -> Found:
    """A person's name with the body they lead behind it: "the Clinton campaign", not "a Clinton campaign stop"."""
    i = name.end
    if name.label != "PER" or i >= len(words) or words.lower[i] not in _CAMPS:
        return name
    follows = i + 1 < len(words) and (words.pos[i + 1] in ("NOUN", "PROPN") or words.text[i + 1] == "-")
    return name if follows or words.dep[i] == "compound" else Found(name.start, i + 1, "ORG")


def _key(words: Words, name: Found) -> str:
    return fold(" ".join(words.text[name.start : name.end]))


def _mended(words: Words, titles: Sequence[Title]) -> list[Found]:
    title_at = {i: t for t in titles for i in range(t.start, t.end)}
    title_to = {t.end: t for t in titles}
    found = []
    marked = [(ent.start, ent.end, ent.label_) for ent in words.doc.ents if ent.label_ in _LABELS]
    for first, last, label in before_people(words, marked):
        if last - first > _LONGEST:
            continue
        person = label == "PER"
        for start, end in _people_in(words, first, last) if person else [(first, last)]:
            start, end = _trim(words, start, end)
            label = "PER" if person else label
            if end - start > 2 and words.text[start] in ("R", "D", "I") and words.text[start + 1] in ("-", "–"):
                start, label = start + 2, "LOC"  # "(D-Richmond)"
            elif person:
                start, end = _after_titles(words, title_at, start, end), _hyphenated(words, end)
                if end - start > 2 and is_plain_acronym(words.text[start]) and not words.text[start + 1].isupper():
                    found.append(Found(start, start + 1, "ORG"))  # "the head of OBSTE | Pavlos Vlachakis"
                    start += 1
            else:
                start, end = _after_nouns(words, start, end), _before_title(words, title_to, start, end)
            start, end = _trim(words, start, end)
            if start < end and _is_name(words, start, end) and not _is_title(title_at, start, end):
                found.append(Found(start, end, label))
    return _with_nicknames(words, found)


def _hyphenated(words: Words, end: int) -> int:
    """Where "Crouse-Mays" ends when the model stopped at the hyphen."""
    while (
        end + 1 < len(words)
        and words.text[end] == "-"
        and words.end[end - 1] == words.start[end]
        and words.end[end] == words.start[end + 1]
        and words.is_capitalised(end + 1)
        and words.pos[end + 1] == "PROPN"
    ):
        end += 2
    return end


def _after_nouns(words: Words, start: int, end: int) -> int:
    """Where a name begins when the model took a common noun into it: "battleground state Florida"."""
    nouns = [i for i in range(start, end - 1) if words.text[i].islower() and words.pos[i] == "NOUN"]
    return nouns[-1] + 1 if nouns and words.is_capitalised(nouns[-1] + 1) else start


def _with_nicknames(words: Words, found: Sequence[Found]) -> list[Found]:
    """Names with `Robert "Bobby" Scott` as one, which the model sees as two or three."""
    starts = {f.start: f for f in found if f.label == "PER"}
    merged: list[Found] = []
    for name in found:
        if merged and name.start < merged[-1].end:
            continue
        end = name.end
        last = starts.get(end + 3)
        if name.label == "PER" and last and words.text[end] in _OPEN and words.text[end + 2] in _CLOSE:
            name = Found(name.start, last.end, "PER")
        merged.append(name)
    return merged


def _people_in(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of "Clinton and Trump", and of "Trump's Cohen", tagged as one person."""
    parts, at = [], start
    for i in range(start, end):
        if words.lower[i] in ("and", "&") or (i + 1 < end and words.is_possessive(i)) or "\n" in words.text[i]:
            parts.append((at, i))
            at = i + 1
    return [*parts, (at, end)]


def _trim(words: Words, start: int, end: int) -> tuple[int, int]:
    """Without article, punctuation and the possessor's mark at the ends ("Corp." and "U.S." keep their full stop)."""
    while start < end and (words.text[start] in _EDGES or words.tag[start] == "DT" or words.lower[start] == "the"):
        if words.text[start] == "The" and words.lower[start + 1 : start + 2] == ["hague"]:
            break
        start += 1
    while start < end and (
        words.text[end - 1] in _EDGES or words.is_possessive(end - 1) or not words.text[end - 1].strip()
    ):
        end -= 1
    return start, end


def _after_titles(words: Words, title_at: dict[int, Title], start: int, end: int) -> int:
    """Where a person's name begins when the model took titles, forms of address, a party or a body into it."""
    at = start
    for i in range(start, end - 1):
        if (title := title_at.get(i)) and title.end < end:
            at = max(at, title.end)
        if (is_honorific(words.lower[i]) or words.lower[i] in _BEFORE_NAMES) and i in (start, at):
            at = i + 1
    for stop in range(end - 1, at + 1, -1):
        if find_organisation(words.body[words.start[at] : words.end[stop - 1]]) is not None:
            return stop
    return at


def _before_title(words: Words, title_to: dict[int, Title], start: int, end: int) -> int:
    """Where a body's name ends when the model took a title into it: "NATO Secretary General"."""
    title = title_to.get(end)
    if (
        title is None
        or title.start <= start
        or not title.is_office
        or words.lower[title.start - 1] in ("of", "for", "the")
    ):
        return end
    body = words.body[words.start[start] : words.end[title.start - 1]]
    known = {s.end for s in words.doc.spans.get("countries", ())}
    return title.start if is_acronym(body) or title.start in known else end


def _is_name(words: Words, start: int, end: int) -> bool:
    """Whether there is a capital, letters enough, and more than a pronoun or a form of address."""
    text = words.body[words.start[start] : words.end[end - 1]]
    if end - start == 1 and (words.tag[start] in ("PRP", "PRP$", "IN") or is_honorific(words.lower[start])):
        return False
    return any(c.isupper() for c in text) and sum(c.isalnum() for c in text) > 1 and len(text) < 200


def _is_title(title_at: dict[int, Title], start: int, end: int) -> bool:
    title = title_at.get(start)
    return title is not None and title.start <= start and end <= title.end


def _vote(words: Words, found: Sequence[Found]) -> dict[str, str]:
    """The label of every name by its key: what it was called most often, unless something better is known."""
    counts: dict[str, Counter[str]] = {}
    texts: dict[str, str] = {}
    for name in found:
        key = _key(words, name)
        people = name.label == "PER" and words.tag[name.end - 1] == "NNPS"  # "the Clintons", "Democrats"
        counts.setdefault(key, Counter())["MISC" if people else name.label] += 1
        text = words.body[words.start[name.start] : words.end[name.end - 1]]
        if texts.get(key, "").isupper() or key not in texts:
            texts[key] = text  # a headline in capitals says nothing of the form
    labels = {key: max(_LABELS, key=lambda k: (c[k], -_LABELS.index(k))) for key, c in counts.items()}
    full = [n for key, label in labels.items() if label == "PER" and (n := parse_person(key)).is_full]
    surnames = {n.parts[-1] for n in full}
    countries = _country_keys(words)
    persons = _named_before(words, found, labels)
    for key, label in labels.items():
        if key in countries:
            labels[key] = "LOC" if label == "PER" and key not in persons else label
        elif key in surnames and counts[key]["ORG"] <= 2:
            labels[key] = "PER"
        else:
            labels[key] = _known_label(texts[key], label, counts[key]) or label
    return labels


def _named_before(words: Words, found: Sequence[Found], labels: dict[str, str]) -> set[str]:
    """Keys that a person's full name has as its first or last part before they first stand alone."""
    parts: set[str] = set()
    alone: set[str] = set()
    persons: set[str] = set()
    for name in found:
        key = _key(words, name)
        person = parse_person(key) if labels[key] == "PER" else None
        if person is not None and person.is_full:
            parts |= {person.parts[0], person.parts[-1]} - alone
        elif key not in alone:
            alone.add(key)
            persons |= {key} & parts
    return persons


def _known_label(text: str, label: str, counts: Counter[str]) -> str | None:
    """The label that the tables, or the form of a name, give it; None when they do not tell."""
    organisation, region = find_organisation(text), find_region(text)
    if organisation is not None and (text not in organisation.ambiguous or counts["ORG"]):
        return "ORG"
    if region is not None and (text not in region.ambiguous or counts["LOC"]):
        return "LOC"
    words = text.split()
    if len(words) > 1 and words[-1].lower() in ORGANISATION_NOUNS and text[0].isupper():
        return "ORG"
    if label == "MISC" and text[0].isupper() and {w.lower() for w, of in pairwise(words) if of == "of"} & _OF_STATES:
        return "ORG"
    return "ORG" if label == "PER" and len(text) <= 6 and text.isupper() and text.isalpha() else None


def _country_keys(words: Words) -> frozenset[str]:
    spans = words.doc.spans.get("countries", ())
    return frozenset(fold(" ".join(words.text[s.start : s.end])) for s in spans)


def _missed(words: Words, names: Sequence[Found]) -> Iterable[Found]:
    """Further occurrences, unmarked by the model: of names it found elsewhere, of people's surnames, of known names."""
    taken = {i for n in names for i in range(n.start, n.end)}
    known = {tuple(words.text[n.start : n.end]): n.label for n in names if n.label != "MISC"}
    for name in names:
        last = words.text[name.end - 1]
        if (
            name.label == "PER"
            and name.end - name.start > 1
            and last.lower().strip(".") not in SUFFIXES | COMPANY_FORMS
        ):
            known.setdefault((last,), "PER")
    for name in names:
        if (acronym := _in_brackets(words, name)) is not None:
            known.setdefault((acronym,), "ORG")
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(known, key=lambda f: (-len(f), f)):
        if len(form) > 1 or len(form[0]) > 2:
            by_first.setdefault(form[0], []).append(form)
    plain = {w for w in words.text if w.islower()}
    table = _known_names()
    i = 0
    while i < len(words):
        text = words.text[i]
        end = _body_with_subject(words, taken, i) or _ministry(words, taken, i)
        if end is not None:
            yield Found(i, end, "ORG")
            i = end
            continue
        forms = [] if i in taken else [*by_first.get(text, ()), *table.get(text, ())]
        form = next((f for f in forms if tuple(words.text[i : i + len(f)]) == f), ())
        if form and _is_free(words, taken, i, i + len(form), plain):
            yield Found(i, i + len(form), known.get(form) or _table_label(form))
            i += len(form)
        else:
            i += 1


def _body_with_subject(words: Words, taken: set[int], i: int) -> int | None:
    """Where a body's name ends that says by "on" or "for" what it is for: "Commission on Presidential Debates"."""
    if not (words.is_capitalised(i) and words.lower[i] in ORGANISATION_NOUNS and i not in taken):
        return None
    after = words.lower[i + 1 : i + 2]
    if after not in (["on"], ["for"]) or not i or not words.text[i - 1].islower():
        return None
    end = at = i + 2
    while at < len(words) and at not in taken:
        if words.is_capitalised(at) and words.text[at].isalpha():
            end = at + 1
        elif words.lower[at] not in ("and", "of", "the") or at == i + 2:
            break
        at += 1
    return end if end > i + 2 else None


def _in_brackets(words: Words, name: Found) -> str | None:
    """The acronym in brackets behind an organisation's name that gives it: "World Trade Organization (WTO)"."""
    at = name.end
    if name.label != "ORG" or at + 2 >= len(words) or words.text[at] != "(" or words.text[at + 2] != ")":
        return None
    acronym = words.text[at + 1]
    full = " ".join(words.text[name.start : name.end])
    return acronym if is_acronym(acronym) and stands_for(acronym, full) else None


def _ministry(words: Words, taken: set[int], i: int) -> int | None:
    """Where a ministry in small letters ends that begins at token `i` with its field: "foreign ministry"."""
    end = i
    while end < len(words) and end not in taken and words.text[end] in PORTFOLIOS:
        end += 1
    ends = i < end < len(words) and end not in taken and words.text[end] == "ministry"
    return end + 1 if ends and (not i or words.text[i - 1] not in PORTFOLIOS) else None


@cache
def _known_names() -> dict[str, list[tuple[str, ...]]]:
    """Names of the tables that mean one thing only, as words, by their first; the longest first."""
    forms = {f for o in organisations() for f in o.forms() if f not in o.ambiguous}
    forms |= {f for r in regions() for f in r.forms() if f not in r.ambiguous}
    table: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted((tuple(f.split()) for f in forms), key=lambda f: (-len(f), f)):
        table.setdefault(form[0], []).append(form)
    return table


def _table_label(form: tuple[str, ...]) -> str:
    return "ORG" if find_organisation(" ".join(form)) else "LOC"


def _is_free(words: Words, taken: set[int], start: int, end: int, plain: set[str]) -> bool:
    """Whether an occurrence is a name of its own: no part of a longer one, and no common word (`plain` has those the
    article also writes small) at the start of a sentence."""
    if any(i in taken for i in range(start, end)):
        return False
    if end - start > 1:
        return True
    if words.pos[start] != "PROPN" and words.lower[start] in plain:
        return False
    after = end < len(words) and words.is_capitalised(end) and words.pos[end] == "PROPN" and end not in taken
    return not (after and not words.is_possessive(end)) and not (start > 0 and start - 1 in taken)
