import itertools
import json
from pathlib import Path

import pytest
from court import FERREIRA, INGRID, PETTER, TALKS, UNDATED, claim, entry, hide, pair, speaker, wrong

from kg.errors import RunError
from kg.judge import Entry, Pair, Undo, append, describe, read_ledger, to_line

ENTRIES = (
    pair("same", INGRID, PETTER),
    pair("different", INGRID, PETTER, 1, "Bo 😀\u2028"),
    pair("unsure", FERREIRA, PETTER, 2),
    speaker(TALKS, "c4", INGRID, PETTER, minute=3),
    speaker(TALKS, "c1", minute=4),
    wrong(TALKS, "c1", "polarity", "positive", minute=5),
    wrong(TALKS, "c1", "cue", None, minute=6),
    wrong(UNDATED, "c2", "content", "accused [the North Sea Fisheries Council] and", "Norway of [silence].", minute=7),
    hide(TALKS, "c6", 8),
    entry(Undo("0123456789abcdef"), 9, reason="a “mistake”\nof mine, \udc80"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "judgements.jsonl"


def test_every_decision_is_read_back_as_it_was_written(path: Path) -> None:
    assert read_ledger(path) == ()
    for number, one in enumerate(ENTRIES):
        append(path, one)
        assert read_ledger(path) == ENTRIES[: number + 1]
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    for line in lines:
        data = json.loads(line)
        assert line == json.dumps(data, sort_keys=True, ensure_ascii=False).replace("\udc80", "\\udc80")
    assert len({one.id for one in ENTRIES}) == len(ENTRIES)


def test_appending_touches_nothing_and_mends_a_missing_end_of_line(path: Path) -> None:
    append(path, ENTRIES[0])
    before = path.read_bytes()
    append(path, ENTRIES[0])
    assert path.read_bytes() == before, "what is there already is not written again"
    path.write_bytes(before.rstrip())
    append(path, ENTRIES[1])
    assert path.read_bytes() == before + to_line(ENTRIES[1])


def test_joined_by_git_in_any_order_it_is_the_same_ledger(path: Path) -> None:
    common, mine, theirs = ENTRIES[:2], ENTRIES[2:4], ENTRIES[4:6]
    for lines in itertools.permutations((*common, *mine, *theirs, ENTRIES[0])):
        path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(to_line(one).rstrip() for one in lines) + b"\n\n")
        assert read_ledger(path) == ENTRIES[:6]
        if lines[0] != common[0]:
            break


LINE = to_line(ENTRIES[5]).decode()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not a JSON object"),
        (LINE[:60], "is not a JSON object"),
        ("[1]", "is not an object"),
        ("<<<<<<< HEAD", "git could not join"),
        (LINE.replace("positive", "negative"), "was changed after it was written"),
        (LINE.replace('"author": "Ann"', '"author": "Bo"'), "was changed after it was written"),
        (LINE.replace('"positive"', '"good"'), "polarity cannot be 'good'"),
        (LINE.replace('"polarity"', '"colour"'), "no field 'colour'"),
        (LINE.replace('"wrong"', '"right"'), "no decision 'right'"),
        (LINE.replace('"reason": ""', '"reason": null'), "None is not a text"),
        (LINE.replace('"reason"', '"why"'), "'reason' is missing"),
        (LINE.replace('"author"', '"new": 1, "author"'), "'new' is not known here"),
        (LINE.replace("+00:00", ""), "no offset from UTC"),
        (LINE.replace("2025-04", "2025-14"), "is no judgement"),
        (to_line(ENTRIES[6]).decode().replace('"cue", "id"', '"content", "id"'), "content cannot be 0 spans"),
    ],
)
def test_a_broken_line_stops_and_is_named(path: Path, line: str, message: str) -> None:
    whole = to_line(ENTRIES[0]) + b"\n" + line.encode().rstrip() + b"\n" + to_line(ENTRIES[1])
    path.write_bytes(whole)
    with pytest.raises(RunError) as error:
        read_ledger(path)
    assert str(error.value).startswith(f"{path}, line 3: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(RunError):
        append(path, ENTRIES[2])
    assert path.read_bytes() == whole


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="--judgements"):
        read_ledger(tmp_path)
    with pytest.raises(RunError, match="--judgements"):
        append(tmp_path / "nowhere" / "judgements.jsonl", ENTRIES[0])


def test_entries_are_in_the_order_of_time_wherever_they_were_written(path: Path) -> None:
    decision = Pair("same", INGRID, PETTER)
    earlier = Entry(decision, "Bo", "2025-04-01T11:30:00+02:00")
    later = Entry(decision, "Ann", "2025-04-01T10:00:00Z")
    for one in (later, earlier):
        append(path, one)
    assert read_ledger(path) == (earlier, later)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (ENTRIES[0], f"“Ingrid Solvang” ({TALKS.key}) and “Petter Solvang” ({UNDATED.key}) are the same"),
        (ENTRIES[4], f"“Iceland “will not be bullied” over fishing” ({TALKS.key}) is said by nobody named"),
        (ENTRIES[6], f"the cue of “Iceland “will not be bullied” over fishing” ({TALKS.key}) is none"),
        (ENTRIES[9], "0123456789abcdef is undone"),
    ],
)
def test_decisions_are_told_in_a_sentence(one: Entry, words: str) -> None:
    assert describe(one.decision) == words


def test_quotations_hold_what_is_needed_to_find_them_again() -> None:
    assert INGRID.passage.startswith("Norwegian Trade Minister Ingrid Solvang said")
    assert INGRID.passage.endswith("over fishing.")
    assert (INGRID.words.text, INGRID.words.prefix) == ("Ingrid Solvang", "Norwegian Trade Minister ")
    assert claim(TALKS, "c3").passage == "“We have never promised Iceland a larger share,” Solvang said."
