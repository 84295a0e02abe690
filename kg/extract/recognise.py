"""From the reader model's names to names one can rely on: boundaries mended, types settled by vote, gaps filled.

The model sees a window at a time; an article uses a name again and again. So a name's type is the one it was given most
often in the article, a surname is a person's where a full name bears it, and a name found once is found wherever it
stands again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.extract.names import COMPANY_FORMS, SUFFIXES, fold, is_acronym, parse_person
from kg.extract.offices import is_honorific
from kg.extract.places import Found
from kg.extract.titles import Title
from kg.extract.words import Words

_LABELS = ("PER", "ORG", "LOC", "MISC")
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
        if is_honorific(words.lower[i]) and i in (start, at):
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
    """The label of every name by its key. A single word that is a full name's surname is that person's name."""
    counts: dict[str, Counter[str]] = {}
    for name in found:
        counts.setdefault(_key(words, name), Counter())[name.label] += 1
    labels = {key: max(_LABELS, key=lambda k: (c[k], -_LABELS.index(k))) for key, c in counts.items()}
    full = [parse_person(key) for key, label in labels.items() if label == "PER"]
    surnames = {name.parts[-1] for name in full if name.is_full}
    countries = _country_keys(words)
    for key, label in labels.items():
        own = key in surnames
        if label != "PER" and own and key not in countries and counts[key]["ORG"] <= 2:
            labels[key] = "PER"
        elif label == "PER" and key in countries and not own and key not in {n.parts[0] for n in full if n.is_full}:
            labels[key] = "LOC"
    return labels


def _country_keys(words: Words) -> frozenset[str]:
    spans = words.doc.spans.get("countries", ())
    return frozenset(fold(" ".join(words.text[s.start : s.end])) for s in spans)


def _missed(words: Words, names: Sequence[Found]) -> Iterable[Found]:
    """Further occurrences, unmarked by the model, of names it found elsewhere, and of people's surnames."""
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
    i = 0
    while i < len(words):
        forms = by_first.get(words.text[i], []) if i not in taken else []
        form = next((f for f in forms if tuple(words.text[i : i + len(f)]) == f), ())
        if form and _is_free(words, taken, i, i + len(form)):
            yield Found(i, i + len(form), known[form])
            i += len(form)
        else:
            i += 1


def _is_free(words: Words, taken: set[int], start: int, end: int) -> bool:
    """Whether an occurrence is a name of its own and no part of a longer one."""
    if any(i in taken for i in range(start, end)) or words.pos[end - 1] not in ("PROPN", ""):
        return False
    after = end < len(words) and words.is_capitalised(end) and words.pos[end] == "PROPN" and end not in taken
    before = start > 0 and words.is_capitalised(start - 1) and words.pos[start - 1] == "PROPN"
    single = end - start == 1
    return not (single and (after or (before and start - 1 in taken)))
