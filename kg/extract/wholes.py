"""Claims whose content is another claim, cue and all: "Police have confessed nothing, Reuters reported".

The reader model gives each word one role. Where a report holds a claim, its words go to that claim and the report is
left without a content of its own, or with a part of one:

    Bloomberg reports {that the nominee has tied, according to the Roper Center}.
    {He told them that he had been promised money}, the Daily Prothom reported.
    According to Yahoo News, {her spokesman said on Friday that she would sign it}.
    Interfax quoted {the minister as saying that they were ready to buy}.
    Kyodo said, citing officials, {that Japan would ask}.
    The mayor denied {having said that they were to blame}.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span

from kg.extract.clauses import is_form_of, noun_phrase, subject_of
from kg.extract.drafts import Draft, tidy
from kg.extract.outlets import is_outlet
from kg.extract.passages import Sentences
from kg.extract.quotes import Quotes
from kg.extract.speech import speech_of

_QUOTING = frozenset({"quote", "cite"})
_TRAILING = 6  # tokens that may follow a report at the end of its sentence: "reported on Friday"
_SHORTEST = 3  # words of a content
_SURE = 0.8


def with_wholes(drafts: Sequence[Draft], empty: Sequence[Draft], sentences: Sentences, quotes: Quotes) -> list[Draft]:
    """The drafts with those that hold others, some of them made from `empty`, which have a source and a cue only."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.cue is not None:
            by_sentence.setdefault(sentences.at(draft.cue.start), []).append(draft)
    done: list[Draft] = []
    drafts = [_with_what_follows(draft, by_sentence, sentences) for draft in drafts]
    for report in empty:
        assert report.cue is not None
        here = by_sentence.get(sentences.at(report.cue.start), ())
        content = _following(report, here, sentences) or _before(report, here, sentences)
        content = tidy(content, quotes) if content is not None else None
        if content is not None:
            done.append(replace(report, contents=(content,)))
    for draft in drafts:
        done.extend(_parted(draft, sentences, quotes))
        done.extend(_cited(draft, sentences))
    return done


def _with_what_follows(draft: Draft, by_sentence: dict[int, list[Draft]], sentences: Sentences) -> Draft:
    """ "denied the charges | the paper had made": content that another claim follows without a pause holds that one."""
    content = draft.contents[-1]
    last = content[-1]
    if draft.cue is None or draft.cue.end > content.start or not last.is_alpha:
        return draft
    end = sentences.span(sentences.at(last.i))[1]
    for other in by_sentence.get(sentences.at(last.i), ()):
        source, cue = other.source, other.cue
        if source is None or cue is None or source.start != content.end:
            continue
        if source.end <= cue.start < other.contents[0].start and content.end < end:
            whole = content.doc[content.start : min(other.last.end, end)]
            return replace(draft, contents=(*draft.contents[:-1], whole))
    return draft


def _following(report: Draft, here: Sequence[Draft], sentences: Sentences) -> Span | None:
    """The words of another claim that begins right after the report's cue, its own cue after its content."""
    assert report.cue is not None
    doc = report.cue.doc
    end = sentences.span(sentences.at(report.cue.start))[1]
    for other in here:
        first = other.contents[0].start
        assert other.cue is not None
        if report.cue.end <= first <= report.cue.end + 1 and other.cue.start > first:
            return doc[first : min(other.last.end, end)]
    return None


def _before(report: Draft, here: Sequence[Draft], sentences: Sentences) -> Span | None:
    """The rest of the sentence before a report that ends it, if a claim is made in it."""
    assert report.cue is not None
    doc = report.cue.doc
    start, end = sentences.span(sentences.at(report.cue.start))
    while end > start and (doc[end - 1].is_space or doc[end - 1].is_punct):
        end -= 1
    comma = report.first - 1
    if end - report.last.end > _TRAILING or comma - start < _SHORTEST or doc[comma].text not in (",", "”", '"', "''"):
        return None
    claimed = any(other.cue is not None and start <= other.cue.start < comma for other in here)
    across = any(s.start <= report.first < s.end for other in here for s in other.contents)
    return doc[start:comma] if claimed and not across else None


def _parted(draft: Draft, sentences: Sentences, quotes: Quotes) -> Iterator[Draft]:
    """A draft, or the two that it takes for one."""
    if draft.cue is None or draft.source is None:
        yield draft
        return
    part = _according(draft, sentences, quotes) or _denied(draft)
    yield part or draft
    if part is None and (quoted := _quoted(draft, quotes)) is not None:
        yield quoted


def _cited(draft: Draft, sentences: Sentences) -> Iterator[Draft]:
    """ "Kyodo said, citing officials, that …": the claim of the officials, in the same words as the outlet's."""
    cue, source = draft.cue, draft.source
    if cue is None or source is None or not is_outlet(source.text):
        return
    start, end = sentences.span(sentences.at(cue.start))
    barred = {i for s in draft.spans for i in range(s.start, s.end)}
    for token in cue.doc[start:end]:
        if token.lower_ == "citing" and token.i not in barred:
            cited = next((c for c in token.rights if c.dep_ == "obj"), None)
            phrase = noun_phrase(cited, barred) if cited is not None else None
            if phrase is not None and phrase.start == token.i + 1:
                yield Draft(phrase, cue.doc[token.i : token.i + 1], draft.contents, draft.confidence)


def _according(draft: Draft, sentences: Sentences, quotes: Quotes) -> Draft | None:
    """ "According to X, Y said …", where X and Y were taken for one source: the claim of X."""
    source, cue = draft.source, draft.cue
    assert source is not None
    assert cue is not None
    if source.start != cue.end or cue[0].lower_ != "according":
        return None
    doc, end = source.doc, sentences.span(sentences.at(source.start))[1]
    for comma in (t for t in source if t.text == ","):
        speaks = (t for t in doc[comma.i + 1 : source.end] if t.dep_.startswith("nsubj") and t.head.i >= source.end)
        if any(t.head.i < end and speech_of(t.head) is not None for t in speaks):
            content = tidy(doc[comma.i + 1 : end], quotes)
            return replace(draft, source=doc[source.start : comma.i], contents=(content,)) if content else None
    return None


def _denied(draft: Draft) -> Draft | None:
    """ "denied having said that …", where both verbs were taken for one cue: the claim of the first."""
    cue, content = draft.cue, draft.contents[0]
    assert cue is not None
    if len(draft.contents) > 1 or content.start != cue.end or cue[0].pos_ != "VERB" or speech_of(cue[0]) is None:
        return None
    for token in cue[1:]:
        spoken = token if token.lower_ != "having" or token.i + 1 >= cue.end else token.nbor()
        if token.tag_ == "VBG" and token.i == cue.start + 1 and speech_of(spoken) is not None:
            return replace(draft, cue=cue.doc[cue.start : token.i], contents=(cue.doc[token.i : content.end],))
    return None


def _quoted(draft: Draft, quotes: Quotes) -> Draft | None:
    """ "X quoted Y as saying …": the claim of X."""
    source, cue = draft.source, draft.cue
    assert source is not None
    assert cue is not None
    doc = source.doc
    verb = doc[source.start - 1] if source.start else None
    saying = cue[0].lower_ == "as" or (cue.start and doc[cue.start - 1].lower_ == "as")
    if verb is None or not saying or not is_form_of(verb, _QUOTING) or cue.start < source.end:
        return None
    subject = subject_of(verb)
    if subject is None or subject.i > verb.i or any(c.dep_ == "aux:pass" for c in verb.children):
        return None
    content = tidy(doc[source.start : draft.contents[-1].end], quotes)
    if content is None:
        return None
    return Draft(noun_phrase(subject, frozenset({verb.i})), doc[verb.i : verb.i + 1], (content,), _SURE)
