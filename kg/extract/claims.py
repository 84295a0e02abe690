"""Attributions of the reader model → claims with speakers, kind, act, polarity, modality, subjects and addressees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.extract.clauses import head_of, is_negated, modality_of, noun_phrase, subject_of
from kg.extract.frames import addressee_of, reporters, row_of
from kg.extract.quotes import Quotes, find_quotes
from kg.extract.referents import Referents
from kg.model import Claim, ClaimKind, Polarity
from kg.model import Span as TextSpan

_DIRECT = 0.9  # share of quoted letters from which content counts as a direct quotation
_FLOATING = 0.5  # and from which content without a cue is a quotation of its own
_FEWEST_WORDS = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as spaCy spans, on its way to a claim. `contents` are in order."""

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    confidence: float

    @property
    def first(self) -> int:
        """The first token of all spans."""
        return min(s.start for s in (self.source, self.cue, *self.contents) if s is not None)


def find_claims(doc: Doc, referents: Referents) -> tuple[Claim, ...]:
    """The claims of a document, numbered c1, c2, … in order of first character. Pure.

    Reads `doc.spans["claims"]`, the parse, and what spans refer to.
    """
    quotes = find_quotes(doc.text)
    drafts = [_with_source(d) for d in _run_on(_drafts(doc), quotes)]
    drafts = sorted((d for d in drafts if d.contents), key=lambda d: (d.first, d.contents[0].start))
    passed_on = _reported(doc, drafts, referents)
    claims = [_claim(d, doc, quotes, referents) for d in drafts]
    return tuple(
        replace(claim, id=f"c{n}", reported_by=passed_on.get(n - 1)) for n, claim in enumerate(claims, start=1)
    )


def _drafts(doc: Doc) -> list[Draft]:
    """Spans that share an id, as one attribution."""
    group = doc.spans.get("claims", ())
    confidences: Sequence[float] = group.attrs.get("confidence", ()) if group else ()
    parts: dict[str, list[Span]] = {}
    for span in group:
        parts.setdefault(span.id_, []).append(span)
    drafts = []
    for number, spans in parts.items():
        source = next((s for s in spans if s.label_ == "source"), None)
        cue = next((s for s in spans if s.label_ == "cue"), None)
        contents = sorted((s for s in spans if s.label_ == "content"), key=lambda s: s.start)
        known = number.isdigit() and int(number) < len(confidences)
        drafts.append(Draft(source, cue, tuple(contents), confidences[int(number)] if known else 1.0))
    return sorted(drafts, key=lambda d: d.first)


def _run_on(drafts: list[Draft], quotes: Quotes) -> list[Draft]:
    """Give quotations without a cue to the claim they continue; keep other quotations, drop other lone contents."""
    kept = [d for d in drafts if d.cue is not None]
    for lone in (d for d in drafts if d.cue is None and d.contents):
        content = lone.contents[0]
        if quotes.covered(content.start_char, content.end_char, content.doc.text) < _FLOATING:
            continue
        before = _continued(lone.contents[0], kept, quotes)
        if before is None:
            kept.append(lone)
        else:
            n = kept.index(before)
            contents = tuple(sorted((*before.contents, content), key=lambda s: s.start))
            kept[n] = replace(before, contents=contents)
    return kept


def _continued(content: Span, drafts: Iterable[Draft], quotes: Quotes) -> Draft | None:
    """The claim that a quotation goes on from: the nearest before it, quoting, with no other claim's text between.

    It may stand in the same paragraph or end the one before with its quotation open.
    """
    earlier = [d for d in drafts if d.contents and d.first < content.start]
    if not earlier:
        return None
    nearest = max(earlier, key=lambda d: max(s.end for s in (d.source, d.cue, *d.contents) if s is not None))
    last = max((s for s in (nearest.source, nearest.cue, *nearest.contents) if s is not None), key=lambda s: s.end)
    between = content.doc.text[last.end_char : content.start_char]
    own = nearest.contents[-1]
    if quotes.covered(own.start_char, own.end_char, content.doc.text) < _FLOATING or last.end > content.start:
        return None
    breaks = between.strip(" ").count("\n") > 0
    still_open = breaks and last is own and own.text.rstrip()[-1:] not in "”\"'»"
    return nearest if still_open or not (breaks or any(c.isalpha() for c in between)) else None


def _with_source(draft: Draft) -> Draft:
    """Where the model found no source, the subject of the cue is one, or that of the clause it hangs on."""
    if draft.source is not None or draft.cue is None:
        return draft
    verb = head_of(draft.cue)
    subject = subject_of(verb) if verb.pos_ in ("VERB", "AUX") else None
    if subject is None or not _may_speak(subject) or _covers(draft, subject):
        return draft
    taken = {t.i for span in (draft.cue, *draft.contents) for t in span}
    phrase = noun_phrase(subject)
    if phrase[0].dep_ == "case" and len(phrase) > 1:
        phrase = phrase[1:]
    return draft if any(t.i in taken for t in phrase) else replace(draft, source=phrase)


def _may_speak(subject: Token) -> bool:
    """Whether a subject can be a source: no "it" or "there", no relative or demonstrative pronoun."""
    if subject.pos_ == "PRON":
        return subject.lower_ in ("he", "she", "they", "we", "i")
    return subject.pos_ in ("NOUN", "PROPN")


def _covers(draft: Draft, token: Token) -> bool:
    return any(s.start <= token.i < s.end for s in draft.contents)


def _reported(doc: Doc, drafts: Sequence[Draft], referents: Referents) -> dict[int, str]:
    """Who passed claims on: "as reported by X" goes with the claim that shares its sentence and stands nearest."""
    found: dict[int, str] = {}
    for phrase, reporter in reporters(doc):
        who = referents.head_of(reporter)
        sentence = phrase[0].sent
        beside = [
            (min(abs(s.start - phrase.start) for s in d.contents), n)
            for n, d in enumerate(drafts)
            if any(s.start < sentence.end and s.end > sentence.start for s in d.contents)
            and not (d.cue is not None and d.cue.start < phrase.end and phrase.start < d.cue.end)
        ]
        if who and beside:
            found[min(beside)[1]] = who[0]
    return found


def _claim(draft: Draft, doc: Doc, quotes: Quotes, referents: Referents) -> Claim:
    cue, source = draft.cue, draft.source
    row = row_of(cue) if cue is not None else None
    act = row.act if row is not None else "statement"
    addressee = addressee_of(cue, row, [s for s in (source, *draft.contents) if s is not None]) if cue else None
    contents = tuple(_text_span(s) for s in draft.contents)
    return Claim(
        id="",
        kind=_kind(contents, quotes, doc.text),
        content=contents,
        passage=_passage(draft, doc),
        source=_text_span(source) if source is not None else None,
        speakers=referents.head_of(source) if source is not None else (),
        cue=_text_span(cue) if cue is not None else None,
        act=act,
        polarity=_polarity(draft),
        modality=modality_of(draft.contents[0], act),
        about=_about(contents, referents),
        addressees=referents.head_of(addressee) if addressee is not None else (),
        addressee_text=addressee.text if addressee is not None else None,
        confidence=round(draft.confidence, 2),
    )


def _about(contents: Sequence[TextSpan], referents: Referents) -> tuple[str, ...]:
    """Ids of the entities mentioned in the content, in order of first mention there.

    What only qualifies the title before a person's name does not count: "Russian President Vladimir Putin" is about
    Putin.
    """
    mentions = [(m, e) for e in referents.entities for m in e.mentions]
    names = {(m.start, e.id) for m, e in mentions if m.kind == "name" and e.type == "Person"}
    titles = {m.start for m, e in mentions if m.kind == "title" and (m.end + 1, e.id) in names}
    found = {
        m.start: e.id
        for m, e in mentions
        if any(s.start <= m.start and m.end <= s.end for s in contents)
        and not (e.type != "Person" and m.end + 1 in titles)
    }
    return tuple(dict.fromkeys(id for _, id in sorted(found.items())))


def _text_span(span: Span) -> TextSpan:
    return TextSpan(span.start_char, span.end_char, span.text)


def _kind(contents: Sequence[TextSpan], quotes: Quotes, text: str) -> ClaimKind:
    shares = [quotes.covered(s.start, s.end, text) for s in contents]
    if all(share >= _DIRECT for share in shares):
        return "direct"
    return "mixed" if any(share > 0 for share in shares) else "indirect"


def _polarity(draft: Draft) -> Polarity:
    """Negative when the main clause of the content is negated, or the cue ("did not say")."""
    negated = is_negated(head_of(draft.contents[0]))
    if draft.cue is not None:
        verb = head_of(draft.cue)
        negated = negated or (verb.pos_ in ("VERB", "AUX", "NOUN") and is_negated(verb))
    return "negative" if negated else "positive"


def _passage(draft: Draft, doc: Doc) -> TextSpan:
    spans = [s for s in (draft.source, draft.cue, *draft.contents) if s is not None]
    first, last = min(s.start for s in spans), max(s.end for s in spans) - 1
    start, end = doc[first].sent.start_char, doc[last].sent.end_char
    text = doc.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return TextSpan(start, end, doc.text[start:end])
