"""The evidence and the judgements of a store, laid out for judging: who and what is meant, what would change, and why.

Everything here is as the next build will have it, whether or not the graph in the store follows the ledger already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.config import DEFAULT_BASE
from kg.errors import KgError
from kg.judge import (
    ClaimId,
    ClaimQuote,
    Entry,
    MentionQuote,
    Place,
    Rulings,
    Words,
    apply,
    quote_claim,
    quote_mention,
    quote_words,
    sentence,
)
from kg.model import Claim, Evidence, Member, Mention
from kg.pipeline.changes import changes
from kg.pipeline.names import meant
from kg.resolve import Reasons, ResolvedEntity, Synthesis, fold, look_again, resolve, when, why
from kg.store import Store

_MENTION = re.compile(r"mention[:/]([0-9a-f]{16})[:/](\d+)-(\d+)$")
_SHORTEST = 4  # characters of a claim's short id
_SHOWN = 10  # candidates


class NotOne(KgError):
    """A name stands for nothing, or for several things: `candidates` are lines that tell these apart."""

    def __init__(self, problem: str, candidates: Sequence[str] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Meant:
    """Who was meant: an entity of the synthesis, and the mention that stands for it in a judgement."""

    entity: ResolvedEntity
    place: Place
    quote: MentionQuote


class Desk:
    """A store's evidence with the entries of a ledger. The store may be closed afterwards."""

    def __init__(self, store: Store, entries: Sequence[Entry]) -> None:
        from kg.assemble import Minter

        self.entries = tuple(entries)
        self.evidence = tuple(store.record.evidence())
        self._looked = look_again(self.evidence)
        self.rulings = apply(entries, self._looked)
        self.synthesis = resolve(self.evidence, self.rulings)
        self._held = store.record.held()
        self._mint = Minter(store.record.setting("base") or DEFAULT_BASE)
        self._read = {record.article.key: record for record in self.evidence}
        self._records = {**self._read, **{record.article.key: record for record in self.synthesis.revised}}

    # --- naming -------------------------------------------------------------------------------------------------

    def mention(self, name: str) -> Meant:
        """Who is meant by a name, by NAME@ARTICLE (a path, URL or id), or by the IRI of an entity or a mention.

        A person's surname is a name, too. The mention is the earliest one with these words, else the earliest by name.
        NotOne when the name stands for nobody, or for several.
        """
        if found := _MENTION.search(name):
            return self._at(found[1], int(found[2]), int(found[3]))
        label, at, article = name.partition("@")
        if at:
            return self._in_article(label.strip(), article.strip())
        found_entities = [e for e in self.synthesis.entities if str(self._mint.entity(e.id, e.iso)) == name]
        entities = found_entities or self._labels.get(fold(name), [])
        if not entities:
            raise NotOne(self._nobody(name))
        if len(entities) > 1:
            raise self._several(name, [self._earliest(entity, name) for entity in entities])
        return self._earliest(entities[0], name)

    def claim(self, name: str) -> ClaimId:
        """The claim with this IRI, or whose IRI ends in a part that begins like this. NotOne when that is not one."""
        if name in self._claims:
            return self._claims[name]
        short = re.split(r"[:/]", name.strip().lower())[-1]
        found = {iri: id for iri, id in self._claims.items() if re.split(r"[:/]", iri)[-1].startswith(short)}
        if len(short) < _SHORTEST or not found:
            raise NotOne(
                f"no claim is called {name!r}; give its IRI, or the last part of it, as `kg query quotes` shows"
            )
        if len(found) > 1:
            lines = [f"{iri}  {self.content(id)}" for iri, id in sorted(found.items())]
            raise NotOne(f"{len(found)} claims have an id that begins with {short}:", lines)
        return next(iter(found.values()))

    def quote(self, claim: ClaimId) -> ClaimQuote:
        """The claim, named as a judgement names it."""
        return quote_claim(self._read[claim.article].article, self._claim(claim))

    def spans(self, claim: ClaimId, texts: Sequence[str]) -> tuple[ClaimQuote, tuple[Words, ...]]:
        """Words of the article as the right spans of a claim: those nearest to its passage; its quote then holds them.

        NotOne when the article does not have such words.
        """
        article, passage = self._read[claim.article].article, self._claim(claim).passage
        spans = []
        for text in texts:
            pattern = re.compile(r"\s+".join(map(re.escape, text.split())) or r"(?!)")
            there = [article.span(*m.span()) for m in pattern.finditer(article.body)]
            if not there:
                raise NotOne(f"{article.path} does not have the words “{text}”; give them as they stand there")
            spans.append(min(there, key=lambda s: (max(passage.start - s.start, s.end - passage.end, 0), s)))
        low = min((passage.start, *(span.start for span in spans)))
        high = max((passage.end, *(span.end for span in spans)))
        quote = replace(self.quote(claim), passage=article.body[low:high])
        return quote, tuple(quote_words(article, span) for span in sorted(spans))

    def content(self, claim: ClaimId) -> str:
        """What is claimed, as read."""
        return " … ".join(" ".join(span.text.split()) for span in self._claim(claim).content)

    def shown(self, meant: Meant) -> str:
        """Who was meant, on one line: name, type, IRI, and the sentence of the mention."""
        entity, path = meant.entity, self._read[meant.place.member.article].article.path
        iri = self._mint.entity(entity.id, entity.iso)
        return f"{entity.name}, {entity.type.lower()}, {iri}: {self._around(meant)} ({path})"

    def called(self, member: Member) -> str:
        """A member as NAME@ARTICLE, which names it to every command."""
        record = self._records[member.article]
        return f"{record.entity(member.entity).name}@{record.article.path}"

    def earliest(self, member: Member) -> MentionQuote:
        """A member, named as a judgement names it: by its first mention by name, else by its first."""
        _, mention = min(self._mentions([member]), key=lambda found: (found[1].kind != "name", found[1]))
        return quote_mention(self._read[member.article].article, mention)

    def members_with(self, member: Member) -> tuple[Member, ...]:
        """All members of the entity that a member belongs to."""
        return self._entity_of[member].members

    def appearances(self, entity: ResolvedEntity) -> list[str]:
        """How to name the entity by each of its articles, with a sentence of each."""
        lines = []
        for member in entity.members:
            there = self._called(self._records[member.article], entity.name)
            found = next((meant for meant in there if meant.place.member == member), None)
            if found is not None:
                lines.append(f"{entity.name}@{self._read[member.article].article.path}: {self._around(found)}")
        return lines[:_SHOWN]

    # --- consequences -------------------------------------------------------------------------------------------

    def with_entries(self, entries: Iterable[Entry]) -> tuple[Rulings, Synthesis]:
        """Rulings and synthesis with these entries in place of those of the ledger."""
        rulings = apply(entries, self._looked)
        return rulings, resolve(self.evidence, rulings)

    def changes(self, entries: Iterable[Entry]) -> list[str]:
        """What a ledger with these entries changes in the synthesis, a sentence each; none when it changes nothing."""
        _, after = self.with_entries(entries)
        return list(changes(self.evidence, self.synthesis, after))

    def doubts(self) -> list[str]:
        """Pairs that may be one and were left apart, the likeliest first: a line each, with how to name them."""
        lines = []
        for doubt in self.synthesis.doubts:
            one, other = (self.called(member) for member in (doubt.one, doubt.other))
            lines.append(f"{one} and {other} may be one: {doubt.score:.2f} points")
        return lines

    def why(self, one: Meant, other: Meant) -> Reasons:
        """Why two entities are one, or are not."""
        return why(self.evidence, self.rulings, _from(one), _from(other))

    # --- within -------------------------------------------------------------------------------------------------

    @cached_property
    def _labels(self) -> dict[str, list[ResolvedEntity]]:
        labels: defaultdict[str, list[ResolvedEntity]] = defaultdict(list)
        for entity in self.synthesis.entities:
            if not any(self._mentions(entity.members)):  # nothing that a judgement could name
                continue
            for label in _labels(entity):
                labels[label].append(entity)
        return labels

    @cached_property
    def _claims(self) -> dict[str, ClaimId]:
        return {
            str(iri): ClaimId(record.article.key, id)
            for record in self.evidence
            for id, iri in self._mint.claims(record).items()
        }

    @cached_property
    def _entity_of(self) -> dict[Member, ResolvedEntity]:
        return {member: entity for entity in self.synthesis.entities for member in entity.members}

    def _claim(self, claim: ClaimId) -> Claim:
        return next(c for c in self._read[claim.article].claims if c.id == claim.claim)

    def _meant(self, member: Member, mention: Mention) -> Meant:
        article = self._read[member.article].article
        return Meant(self._entity_of[member], Place(member, mention), quote_mention(article, mention))

    def _around(self, meant: Meant) -> str:
        body, mention = self._read[meant.place.member.article].article.body, meant.place.mention
        return f"“{' '.join(sentence(body, mention.start, mention.end).text.split())}”"

    def _mentions(self, members: Iterable[Member]) -> Iterator[tuple[Member, Mention]]:
        for member in members:
            for mention in self._records[member.article].entity(member.entity).mentions:
                yield member, mention

    def _earliest(self, entity: ResolvedEntity, name: str) -> Meant:
        """The entity by its earliest mention with these words, else by its earliest name, else by whatever there is."""

        def rank(found: tuple[Member, Mention]) -> tuple[object, ...]:
            member, mention = found
            time = when(self._read[member.article].article)
            return fold(mention.text) != fold(name), mention.kind != "name", time, member.article, mention

        return self._meant(*min(self._mentions(entity.members), key=rank))

    def _at(self, article: str, start: int, end: int) -> Meant:
        for record in self._records.values():
            if record.article.id == article:
                members = (Member(record.article.key, entity.id) for entity in record.everyone)
                for member, mention in self._mentions(members):
                    if (mention.start, mention.end) == (start, end) and member in self._entity_of:
                        return self._meant(member, mention)
        raise NotOne(f"no mention stands at characters {start} to {end} of an article with the id {article}")

    def _in_article(self, label: str, article: str) -> Meant:
        keys = sorted({held.key for held in meant(article, self._held)})
        if not keys:
            raise NotOne(f"{article!r} is no article of the store; give its path, its URL or its id")
        found = [m for key in keys for m in self._called(self._records[key], label)]
        if not found:
            raise NotOne(f"nobody is called {label!r} in {article}")
        if len(found) > 1:
            raise self._several(f"{label}@{article}", found)
        return found[0]

    def _called(self, record: Evidence, label: str) -> Iterator[Meant]:
        """Entities of an article that it calls so, or that other articles do; each by the first mention that fits."""
        wanted = fold(label)
        for entity in record.everyone:
            member = Member(record.article.key, entity.id)
            if (of := self._entity_of.get(member)) is None:
                continue
            named = [m for m in entity.mentions if fold(m.text) == wanted]
            if named or (entity.mentions and wanted in {fold(entity.name), *_labels(of)}):
                yield self._meant(member, min(named or entity.mentions, key=lambda m: (m.kind != "name", m)))

    def _several(self, name: str, found: Sequence[Meant]) -> NotOne:
        more = [f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        lines = [*map(self.shown, found[:_SHOWN]), *more]
        return NotOne(f"{len(found)} entities are called {name!r}; give an IRI, or NAME@ARTICLE:", lines)

    def _nobody(self, name: str) -> str:
        from kg.query.errors import nearest

        shown = {fold(label): label for e in self.synthesis.entities for label in (e.name, *e.alternatives)}
        near = ", ".join(shown[label] for label in nearest(fold(name), shown))
        return f"no entity is called {name!r}" + (f"; nearest: {near}" if near else ", nor anything like it")


def _labels(entity: ResolvedEntity) -> set[str]:
    """All that an entity is called, made comparable: its names, its ISO code, and a person's surname."""
    names = {fold(name) for name in (entity.name, *entity.alternatives, entity.iso or "")} - {""}
    return names | ({name.split()[-1] for name in names} if entity.type == "Person" else set())


def _from(meant: Meant) -> list[Member]:
    """All members of the entity, the one that was meant first."""
    return [meant.place.member, *(m for m in meant.entity.members if m != meant.place.member)]
