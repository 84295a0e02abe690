import pytest

from kg.resolve.names import fold, fold_organisation, is_acronym, is_full_name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Jean-Rémy O’Neill", "jean remy oneill"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("  Mark\n Rutte ", "mark rutte"),
        ("Iceland’s", "iceland"),
        ("U.N.", "un"),
        ("Владимир Путин", "владимир путин"),
        ("नरेन्द्र मोदी", "नरेन्द्र मोदी"),
        ("🔥", ""),
        ("", ""),
    ],
)
def test_names_compare_without_case_accents_and_punctuation(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded


def test_marks_that_are_letters_stay() -> None:
    assert fold("मोदी") != fold("मदी")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The World Health Organization", "World Health Organisation"),
        ("U.N.", "UN"),
        ("Organization for Security and Co-operation", "Organisation for Security and Co-operation"),
    ],
)
def test_organisations_compare_without_article_and_spelling(one: str, other: str) -> None:
    assert fold_organisation(one) == fold_organisation(other)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Mark Rutte", True),
        ("Li Na", True),
        ("Rutte", False),
        ("M. Rutte", False),
        ("J. K. Rowling", False),
        ("Jean-Pierre", False),
        ("", False),
    ],
)
def test_full_names_have_two_parts_that_are_no_initials(name: str, full: bool) -> None:
    assert is_full_name(name) is full


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("NATO", True),
        ("U.N.", True),
        ("G20", True),
        ("AT&T", True),
        ("Nato", False),
        ("A", False),
        ("NATO Council", False),
    ],
)
def test_acronyms(name: str, acronym: bool) -> None:
    assert is_acronym(name) is acronym
