"""From the reader model's names to names one can rely on: boundaries mended, types settled by vote, gaps filled.

The model sees a window at a time; an article uses a name again and again. So a name's type is the one it was given most
often in the article, a surname is a person's where a full name bears it, and a name found once is found wherever it
stands again. Well-known organisations and regions have the type their tables give, and are found by name alone where
the name can mean nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from kg.annotate.wellknown import find_organisation, find_region, organisations, regions
from kg.extract.definites import ORGANISATION_NOUNS
from kg.extract.names import COMPANY_FORMS, SUFFIXES, fold, is_acronym, parse_person
from kg.extract.offices import is_honorific
from kg.extract.places import Found
from kg.extract.titles import Title
from kg.extract.words import Words

_LABELS = ("PER", "ORG", "LOC", "MISC")
_PARTIES = frozenset("democrat democratic republican conservative labour liberal".split())  # "Republican Donald Trump"
_EDGES = frozenset(" ,.;:!?'\"“”‘’()[]{}-–—…/&\n")


def recognise(words: Words, titles: Sequence[Title]) -> list[Found]:
    """The names of a document, in order, without overlap."""
    found = _mended(words, titles)
    labels = _vote(words, found)
    names = [Found(f.start, f.end, labels[_key(words, f)]) for f in found]
    return sorted([*names, *_missed(words, names)], key=lambda f: f.start)


def _key(words: Words, name: Found) -> str:
    return fold(" ".join(words.text[name.start : name.end]))


def _mended(words: Words, titles: Sequence[Title]) -> list[Found]:
    title_from = {t.start: t for t in titles}
    title_to = {t.end: t for t in titles}
    found = []
    for ent in words.doc.ents:
        if ent.label_ not in _LABELS:
            continue
        parts = [(ent.start, ent.end)]
        if ent.label_ == "PER":
            parts = _people_in(words, ent.start, ent.end)
        for start, end in parts:
            start, end = _trim(words, start, end)
            if ent.label_ == "PER":
                start = _after_titles(words, title_from, start, end)
            elif end < len(words) or end in title_to:
                end = _before_title(words, title_to, start, end)
            start, end = _trim(words, start, end)
            if start < end and _is_name(words, start, end) and not _is_title(title_from, start, end):
                found.append(Found(start, end, ent.label_))
    return found


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


def _after_titles(words: Words, title_from: dict[int, Title], start: int, end: int) -> int:
    """Where a person's name begins when the model took titles and forms of address into it."""
    at = start
    for i in range(start, end - 1):
        if (title := title_from.get(i)) and title.end < end:
            at = max(at, title.end)
        if (is_honorific(words.lower[i]) or words.lower[i] in _PARTIES) and i in (start, at):
            at = i + 1
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


def _is_title(title_from: dict[int, Title], start: int, end: int) -> bool:
    title = title_from.get(start)
    return title is not None and title.end == end


def _vote(words: Words, found: Sequence[Found]) -> dict[str, str]:
    """The label of every name by its key: what it was called most often, unless something better is known."""
    counts: dict[str, Counter[str]] = {}
    texts: dict[str, str] = {}
    for name in found:
        key = _key(words, name)
        counts.setdefault(key, Counter())[name.label] += 1
        texts.setdefault(key, words.body[words.start[name.start] : words.end[name.end - 1]])
    labels = {key: max(_LABELS, key=lambda k: (c[k], -_LABELS.index(k))) for key, c in counts.items()}
    full = [n for key, label in labels.items() if label == "PER" and (n := parse_person(key)).is_full]
    surnames, given = {n.parts[-1] for n in full}, {n.parts[0] for n in full}
    countries = _country_keys(words)
    for key, label in labels.items():
        if key in countries:
            labels[key] = "LOC" if label == "PER" and key not in surnames | given else label
        elif key in surnames and counts[key]["ORG"] <= 2:
            labels[key] = "PER"
        else:
            labels[key] = _known_label(texts[key], label, counts[key]) or label
    return labels


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
    return "ORG" if label == "PER" and len(text) <= 4 and text.isupper() and text.isalpha() else None


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
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(known, key=lambda f: (-len(f), f)):
        if len(form) > 1 or len(form[0]) > 2:
            by_first.setdefault(form[0], []).append(form)
    plain = {w for w in words.text if w.islower()}
    table = _known_names()
    i = 0
    while i < len(words):
        text = words.text[i]
        forms = [] if i in taken else [*by_first.get(text, ()), *table.get(text, ())]
        form = next((f for f in forms if tuple(words.text[i : i + len(f)]) == f), ())
        if form and _is_free(words, taken, i, i + len(form), plain):
            yield Found(i, i + len(form), known.get(form) or _table_label(form))
            i += len(form)
        else:
            i += 1


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
