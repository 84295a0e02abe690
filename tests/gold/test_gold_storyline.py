"""The storyline's gold is sound: offsets, ids, front matter, sizes, and every trap it promises."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article
from kg.read import read

HERE = Path(__file__).parent
GOLD = HERE / "storyline-gold"
FIRST, LAST = date(2025, 3, 3), date(2025, 3, 30)

TRAPS = {
    "one surname",
    "one full name",
    "name variants",
    "transliterations",
    "misspelling",
    "title only",
    "change of office",
    "acronym, long name, nickname",
    "verbatim",
    "cut",
    "paraphrase",
    "translated",
    "wire copy with credit",
    "wire copy without credit",
    "correction",
    "change of position",
    "contradiction",
    "third-hand",
    "nested report",
    "former",
    "then-",
    "unnamed source",
    "joint statement",
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = list(read([HERE / "storyline"]))
    assert all(isinstance(a, Article) for a in found), found
    return {a.path: a for a in found if isinstance(a, Article)}


@pytest.fixture(scope="module")
def entities() -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in rows("entities")}


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    return {c["id"]: c for c in rows("claims")}


@pytest.fixture(scope="module")
def groups() -> dict[str, dict[str, Any]]:
    return {g["id"]: g for g in rows("groups")}


def traps(name: str) -> list[dict[str, Any]]:
    return [t for t in rows("traps") if t["trap"] == name]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_every_article_has_its_metadata_and_length(articles: dict[str, Article]) -> None:
    assert len(articles) >= 44
    assert len({a.outlet for a in articles.values()}) == 5
    assert len({a.url for a in articles.values()}) == len(articles)
    for path, article in articles.items():
        assert all((article.title, article.author, article.language == "en")), path
        assert re.match(r"https://[\w.-]+\.example/", article.url or ""), path
        assert FIRST <= date.fromisoformat(article.published or "") <= LAST, path
        assert path.startswith(f"{article.published}-"), path
        assert 150 <= len(article.body.split()) <= 500, path


def test_no_gold_is_read_as_an_article() -> None:
    assert {p.suffix for p in (HERE / "storyline").iterdir()} == {".md"}


def test_spans_stand_where_they_say(
    articles: dict[str, Article], entities: dict[str, dict[str, Any]], claims: dict[str, dict[str, Any]]
) -> None:
    for entity in entities.values():
        assert entity["mentions"], entity["id"]
        for m in entity["mentions"]:
            assert articles[m["article"]].body[m["start"] : m["end"]] == m["text"], m
    for claim in claims.values():
        assert claim["content"], claim["id"]
        for span in [*claim["content"], *filter(None, (claim["source"], claim["cue"]))]:
            assert articles[claim["article"]].body[span["start"] : span["end"]] == span["text"].strip(), claim["id"]


def test_mentions_of_one_article_do_not_cover_the_same_name_twice(entities: dict[str, dict[str, Any]]) -> None:
    names = [
        (m["article"], m["start"], m["end"]) for e in entities.values() for m in e["mentions"] if m["kind"] == "name"
    ]
    assert len(names) == len(set(names))


def test_every_name_is_marked_wherever_it_stands(
    articles: dict[str, Article], entities: dict[str, dict[str, Any]]
) -> None:
    marked = defaultdict(list)
    forms = set()
    for entity in entities.values():
        for m in entity["mentions"]:
            marked[m["article"]].append(range(m["start"], m["end"]))
            if m["kind"] == "name":
                forms.add(m["text"])
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})\b")
    for path, article in articles.items():
        for found in pattern.finditer(article.body):
            assert any(found.start() in r for r in marked[path]), (path, found[0], found.start())


def test_ids_resolve(
    articles: dict[str, Article],
    entities: dict[str, dict[str, Any]],
    claims: dict[str, dict[str, Any]],
    groups: dict[str, dict[str, Any]],
) -> None:
    for claim in claims.values():
        assert set(claim["speakers"]) <= set(entities), claim["id"]
        assert set(claim["addressees"]) <= set(entities), claim["id"]
        assert claim["reported_by"] is None or claim["reported_by"] in entities, claim["id"]
        assert claim["within"] is None or claims[claim["within"]]["article"] == claim["article"], claim["id"]
        assert claim["id"] in groups[claim["group"]]["claims"]
    for office in rows("offices"):
        assert {office["person"], office["of"]} <= set(entities)
        for evidence in office["evidence"]:
            assert evidence["text"] in articles[evidence["article"]].body, evidence
    for link in rows("links"):
        assert {link["from"], link["to"]} <= set(groups), link
        assert link["kind"] in {"change", "contradiction", "correction"}
    for trap in rows("traps"):
        assert set(trap["articles"]) <= set(articles), trap
        for kind, known in {"entities": entities, "groups": groups, "claims": claims}.items():
            assert set(trap[kind]) <= set(known), trap


def test_groups_part_the_claims_and_their_reports_part_the_group(
    claims: dict[str, dict[str, Any]], groups: dict[str, dict[str, Any]]
) -> None:
    members = [id for g in groups.values() for id in g["claims"]]
    assert sorted(members) == sorted(claims)
    for group in groups.values():
        assert sorted(id for report in group["reports"] for id in report) == sorted(group["claims"])
        assert group["independent"] == len(group["reports"])
        assert all(claims[id]["speakers"] == group["speakers"] for id in group["claims"])
        first = min(claims[id]["article"][:10] for id in group["claims"])
        assert group["occasion"] <= first, group["id"]


def test_links_join_what_they_may_join(groups: dict[str, dict[str, Any]]) -> None:
    for link in rows("links"):
        one, other = groups[link["from"]], groups[link["to"]]
        if link["kind"] == "change":
            assert one["speakers"] == other["speakers"], link
            assert one["occasion"] < other["occasion"], link
        elif link["kind"] == "contradiction":
            assert all((one["speakers"], other["speakers"])), link
            assert not set(one["speakers"]) & set(other["speakers"]), link


def test_offices_follow_one_another() -> None:
    held = {(o["person"], o["title"], o["of"]): o for o in rows("offices")}
    before, after = held["mileva", "deputy energy minister", "bg"], held["mileva", "energy minister", "bg"]
    assert before["end"] == after["start"] == "2025-03-20"
    assert held["chavdarov", "energy minister", "bg"]["end"] < after["start"]


def test_every_trap_is_there() -> None:
    assert {t["trap"] for t in rows("traps")} == TRAPS


def test_homonyms_are_two_entities_and_variants_are_one(entities: dict[str, dict[str, Any]]) -> None:
    (full,) = traps("one full name")
    assert len({entities[id]["name"] for id in full["entities"]}) == 1 < len(full["entities"])
    (surname,) = traps("one surname")
    assert len({entities[id]["name"].split()[-1] for id in surname["entities"]}) == 1
    assert len({entities[id]["name"] for id in surname["entities"]}) == 2
    both = [
        {id for id in full["entities"] for m in entities[id]["mentions"] if m["article"] == a} for a in full["articles"]
    ]
    assert all(ids == set(full["entities"]) for ids in both)
    assert {"Julian Čavdarov", "Iulian Tchavdarov", "Yulian Chadvarov"} <= set(entities["chavdarov"]["aliases"])
    assert {"OBSTE", "Lighthouse"} <= set(entities["obste"]["aliases"])


def test_titles_stand_alone_where_the_article_gives_no_name(
    entities: dict[str, dict[str, Any]], claims: dict[str, dict[str, Any]]
) -> None:
    for trap in traps("title only"):
        (who,), (article,) = trap["entities"], trap["articles"]
        kinds = {m["kind"] for m in entities[who]["mentions"] if m["article"] == article}
        assert "title" in kinds
        assert all(claims[id]["speakers"] == [who] for id in trap["claims"])
    assert any(
        "name" not in {m["kind"] for m in entities[t["entities"][0]]["mentions"] if m["article"] == t["articles"][0]}
        for t in traps("title only")
    )


@pytest.mark.parametrize("name", ["wire copy with credit", "wire copy without credit"])
def test_reprints_share_most_of_their_words_in_order(name: str, articles: dict[str, Article]) -> None:
    for trap in traps(name):
        wire, reprint = (words(articles[a].body) for a in trap["articles"])
        runs = {tuple(wire[i : i + 4]) for i in range(len(wire))}
        shared = sum(tuple(reprint[i : i + 4]) in runs for i in range(len(reprint)))
        assert shared / len(reprint) > 0.3, (trap["articles"], shared / len(reprint))
        credited = "Euxine" in articles[trap["articles"][1]].body
        assert credited == (name == "wire copy with credit")


def test_one_statement_comes_in_many_wordings(
    claims: dict[str, dict[str, Any]], groups: dict[str, dict[str, Any]]
) -> None:
    def said(id: str) -> str:
        return " ".join(words(" ".join(s["text"] for s in claims[id]["content"])))

    (verbatim,), (cut,) = traps("verbatim"), traps("cut")
    assert len({said(id) for id in verbatim["claims"]}) == 1
    whole, part = map(said, cut["claims"])
    assert whole.startswith(f"{part} ")
    for trap in traps("paraphrase") + traps("translated"):
        for id in trap["claims"]:
            others = {said(o) for o in groups[claims[id]["group"]]["claims"] if o != id}
            assert others - {said(id)} == others != set()


def test_third_hand_and_nested_reports_say_through_whom(claims: dict[str, dict[str, Any]]) -> None:
    assert all(claims[id]["reported_by"] for t in traps("third-hand") for id in t["claims"])
    assert all(claims[id]["within"] for t in traps("nested report") for id in t["claims"])


def test_articles_and_gold_are_what_the_marked_texts_make() -> None:
    spec = importlib.util.spec_from_file_location("mark", GOLD / "mark.py")
    assert spec
    mark = importlib.util.module_from_spec(spec)
    assert spec.loader
    spec.loader.exec_module(mark)
    made = mark.make()
    assert {p for p in made if p.parent == mark.ARTICLES} == set(mark.ARTICLES.glob("*.md"))
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run mark.py"
