import pytest
from rdflib import XSD

from kg.assemble import literals


@pytest.mark.parametrize(
    ("value", "text", "datatype"),
    [
        ("2025-03-04", "2025-03-04", XSD.date),
        ("2025-03", "2025-03", XSD.gYearMonth),
        ("2025", "2025", XSD.gYear),
        ("2025-03-06T08:30:00+00:00", "2025-03-06T08:30:00Z", XSD.dateTime),
        ("2025-03-06 08:30", "2025-03-06T08:30:00", XSD.dateTime),
        ("2025-03-06T08:30:00.500+02:00", "2025-03-06T08:30:00.5+02:00", XSD.dateTime),
        ("2025-02-30", "2025-02-30", None),
        ("last week", "last week", None),
        ("20250304", "20250304", None),
    ],
)
def test_dates_get_their_datatype(value: str, text: str, datatype: object) -> None:
    literal = literals.published(value)
    assert (str(literal), literal.datatype) == (text, datatype)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-06T23:30:00-05:00", "2025-03-06"),
        ("2025-03", None),
        ("2025-02-30", None),
        ("2025-03-04 or so", None),
    ],
)
def test_the_day_of_publication_is_the_one_written(value: str, day: str | None) -> None:
    found = literals.day(value)
    assert (None if found is None else str(found)) == day


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.0, "0"), (0.9, "0.9"), (0.876, "0.88"), (0.1, "0.1"), (0.001, "0")]
)
def test_probabilities_have_two_places_and_no_trailing_zeros(value: float, text: str) -> None:
    assert str(literals.probability(value)) == text
