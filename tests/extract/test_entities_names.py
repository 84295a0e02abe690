"""Names by themselves: parts of people's names, keys and acronyms of organisations."""

from __future__ import annotations

import pytest

from kg.extract.names import fits, is_acronym, organisation_key, parse_person, stands_for


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Hillary Clinton", "Hillary Rodham Clinton", True),
        ("Hillary Clinton", "Bill Clinton", False),
        ("Bill Clinton", "William J. Clinton", True),
        ("Donald Trump", "Donald J. Trump", True),
        ("Donald Trump", "Donald Trump Jr.", False),
        ("Donald Trump Jr.", "Donald Trump, Jr", True),
        ("George W. Bush", "George H.W. Bush", False),
        ("George W. Bush", "George Walker Bush", True),
        ("H. Clinton", "Hillary Clinton", True),
        ("DONALD TRUMP", "Donald Trump", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("François Hollande", "Francois Hollande", True),
        ("Richard “Dick” Cheney", "Dick Cheney", True),
        ("Mike Pence", "Karen Pence", False),
        ("Michael Pence", "Mike Pence", True),
        ("John Kerry", "John Podesta", False),
    ],
)
def test_two_full_names_are_one_person_when_no_part_contradicts(a: str, b: str, same: bool) -> None:
    assert fits(parse_person(a), parse_person(b)) is same
    assert fits(parse_person(b), parse_person(a)) is same


@pytest.mark.parametrize(
    ("text", "full"), [("Pete Hegseth", True), ("Hegseth", False), ("von der Leyen", False), ("Obama Jr.", False)]
)
def test_a_full_name_has_a_given_name(text: str, full: bool) -> None:
    assert parse_person(text).is_full is full


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The New York Times", "New York Times"),
        ("Google Inc.", "Google"),
        ("U.N.", "UN"),
        ("Procter & Gamble Co.", "Procter and Gamble"),
        ("Boeing’s", "Boeing"),
    ],
)
def test_spellings_of_one_organisation_share_a_key(a: str, b: str) -> None:
    assert organisation_key(a) == organisation_key(b)


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("NATO", "North Atlantic Treaty Organization", True),
        ("FBI", "Federal Bureau of Investigation", True),
        ("DOJ", "Department of Justice", True),
        ("IOC", "International Olympic Committee", True),
        ("SEC", "Securities and Exchange Commission", True),
        ("AP", "Associated Press", True),
        ("CIA", "Central Bank of Italy", False),
        ("UN", "University", False),
    ],
)
def test_an_acronym_stands_for_the_initials(acronym: str, name: str, fits: bool) -> None:
    assert stands_for(acronym, name) is fits


@pytest.mark.parametrize(
    ("text", "yes"), [("NATO", True), ("U.N.", True), ("DoD", True), ("Nato", False), ("I", False), ("Google", False)]
)
def test_shape_of_an_acronym(text: str, yes: bool) -> None:
    assert is_acronym(text) is yes
