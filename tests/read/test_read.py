"""What a person may put into a folder, and what comes out of it: an article, or one line that says what to do."""

from __future__ import annotations

import codecs
import io
import json
import os
import socket
from pathlib import Path

import pytest

from kg.errors import ArticleError
from kg.model import Article
from kg.read import files_left_out, read
from kg.read.article import MAX_ARTICLE

FRONT = (
    b"---\ntitle: A title\noutlet: The Paper\nauthor: [Ann Lee, Bo Chan]\npublished: 2025-02-12\nlanguage: no\n---\n"
)


def one(path: Path, stdin: bytes | None = None) -> Article | ArticleError:
    (item,) = read([path], io.BytesIO(stdin) if stdin is not None else None)
    return item


def article(item: Article | ArticleError) -> Article:
    assert isinstance(item, Article), item
    return item


def error(item: Article | ArticleError) -> ArticleError:
    assert isinstance(item, ArticleError), item
    assert "\n" not in str(item)
    assert item.problem
    assert item.advice
    return item


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"One.\nTwo.\n", "One.\nTwo.\n"),
        (b"One.\r\nTwo.\rThree.", "One.\r\nTwo.\rThree."),
        (codecs.BOM_UTF8 + "Zoë said “no”.".encode(), "Zoë said “no”."),
        ("Zoë.\r\n".encode("utf-16"), "Zoë.\r\n"),
        (codecs.BOM_UTF16_BE + "Zoë.".encode("utf-16-be"), "Zoë."),
        ("Zoë 🙂.".encode("utf-32"), "Zoë 🙂."),
        (FRONT + b"\r\n Body.", "\r\n Body."),
        (FRONT.replace(b"\n", b"\r\n") + b"Body.\r\n", "Body.\r\n"),
        (codecs.BOM_UTF8 + b"--- \n---\t\nBody\n---\nmore", "Body\n---\nmore"),
        (b"---not front matter\nText", "---not front matter\nText"),
        (b"Text\n---\ntitle: x\n---\n", "Text\n---\ntitle: x\n---\n"),
        (b"Page one.\x0cPage two.", "Page one.\x0cPage two."),
    ],
)
def test_body_is_the_text_untranslated(tmp_path: Path, data: bytes, body: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert article(one(file)).body == body


def test_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(FRONT + b"Text.")
    assert article(one(file)) == Article(
        path="a.md", body="Text.", title="A title", outlet="The Paper", author="Ann Lee, Bo Chan",
        published="2025-02-12", language="no",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: ~", "title", None),
        ("title:", "title", None),
        ("title: '~'", "title", "~"),
        ("TITLE: >\n  folded\n  over lines", "title", "folded over lines"),
        ('title: "a\\tb\\e[31mc"', "title", "a b [31mc"),
        ("published: 2025-02-12T18:30:00Z", "published", "2025-02-12T18:30:00Z"),
        ("published: 2025-02-12 18:30", "published", "2025-02-12T18:30:00"),
        ("published: 20250212", "published", "2025-02-12"),
        ("published: 2025-W07-3", "published", "2025-02-12"),
        ("url: https://example.org/a b|c?d=é#e", "url", "https://example.org/a%20b%7Cc?d=é#e"),
        ("language: en_GB", "language", "en-GB"),
        ("mood: {sour: [1, 2]}", "title", None),
    ],
)
def test_metadata_values(tmp_path: Path, line: str, field: str, value: str | None) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"---\n{line}\n---\nText.", encoding="utf-8")
    assert getattr(article(one(file)), field) == value


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\t\n", "has no text"),
        ("a.txt", FRONT, "has no text"),
        ("a.txt", b"%PDF-1.7 \n", "PDF"),
        ("a.txt", b"PK\x03\x04rest", "ZIP"),
        ("a.csv", b"PK\x03\x04rest", "ZIP"),
        ("a.txt", b"text " * 50 + b"\x00", "binary"),
        ("a.txt", "Zoë.".encode("utf-16-le"), "binary"),
        ("a.txt", "Zoë.\0".encode("utf-16"), "NUL"),
        ("a.txt", "Zoë said".encode("cp1252"), "not valid UTF-8 (byte 0xEB at offset 2)"),
        ("a.txt", codecs.BOM_UTF16_LE + b"a", "not valid UTF-16"),
        ("a.txt", b"x" * 20_000_000, "larger than 5 MB"),
        ("a.txt", b"---\ntitle: x\nText", "never closed"),
        ("a.txt", b"---\nprose, no keys\n---\nText", "key: value"),
        ("a.txt", b"---\ntitle: [unclosed\n---\nText", "not valid YAML in line"),
        ("a.txt", b"---\ntitle: a\ntitle: b\n---\nText", "gives title twice"),
        ("a.txt", b"---\ntitle: &a x\nauthor: *a\n---\nText", "anchors or aliases"),
        ("a.txt", b"---\ntitle: \x07\n---\nText", "does not allow"),
        ("a.txt", b"---\nx: " + b"[" * 30_000 + b"\n---\nText", "levels deep"),
        ("a.txt", b"---\nx: " + b"y" * 70_000 + b"\n---\nText", "64 KB"),
        ("a.txt", b"---\ntitle: [1, 2]\n---\nText", "title is a list"),
        ("a.txt", b"---\nauthor: {name: x}\n---\nText", "author is a mapping"),
        ("a.txt", b"---\npublished: 12/02/2025\n---\nText", "published is “12/02/2025”"),
        ("a.txt", b"---\npublished: 2025-02\n---\nText", "not an ISO 8601 date"),
        ("a.txt", b"---\npublished: 2025-02-30\n---\nText", "not an ISO 8601 date"),
        ("a.txt", b"---\nurl: javascript:alert(1)\n---\nText", "not a web address"),
        ("a.txt", b"---\nurl: http://[::1\n---\nText", "not a web address"),
        ("a.txt", b"---\nlanguage: English\n---\nText", "not a language tag"),
        ("a.csv", b"title,body\na,b\n", "no column “text”"),
        ("a.csv", b"text,title,Title\na,b,c\n", "two columns called title"),
        ("a.csv", b"text,title\n", "holds no articles"),
        ("a.csv", b'text,title\n"never closed,b\n', "not valid CSV"),
        ("a.jsonl", b"\n \n", "holds no articles"),
        ("a.pdf", b"x", "is a .pdf file"),
        ("README", b"x", "no suffix"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_file_is_one_line_that_names_it(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = error(one(tmp_path / name))
    assert name in found.where
    assert words in str(found)


def test_metadata_numbers_in_json_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "T.", "title": 7}\n{"text": "T.", "outlet": true}\n')
    first, second = read([tmp_path / "a.jsonl"])
    assert "title is a number" in str(error(first))
    assert "outlet is a truth value" in str(error(second))


@pytest.mark.parametrize(
    "data",
    [
        b'Title,text,url\nA,"He said ""no"",\r\nthen left.",https://example.org/1\nB,Second.,\n',
        b'\xef\xbb\xbfTitle;text;url\r\nA;"He said ""no"",\r\nthen left.";https://example.org/1\r\nB;Second.;\r\n',
        'title\ttext\turl\nA\t"He said ""no"",\r\nthen left."\thttps://example.org/1\nB\tSecond.\n'.encode("utf-16"),
    ],
)
def test_csv(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    assert list(read([tmp_path])) == [
        Article(path="a.csv#1", body='He said "no",\r\nthen left.', title="A", url="https://example.org/1"),
        Article(path="a.csv#2", body="Second.", title="B"),
    ]


def test_a_bad_csv_row_costs_that_row(tmp_path: Path) -> None:
    rows = [
        b"text,title",
        b"Good.,1",
        b"caf\xe9,2",
        b",3",
        b"a,b,c",
        b"nul\0,5",
        b"x" * (MAX_ARTICLE + 1),
        b"Good too.,7",
    ]
    (tmp_path / "a.csv").write_bytes(b"\n".join(rows))
    items = list(read([tmp_path / "a.csv"]))
    assert [item.title if isinstance(item, Article) else item.where[-5:] for item in items] == [
        "1", "csv#2", "csv#3", "csv#4", "csv#5", "csv#6", "7",
    ]  # fmt: skip
    assert "3 values for 2 columns" in str(items[3])


def test_a_long_article_fits_a_csv_field(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text\n" + b"word " * 100_000 + b"\n")
    assert len(article(one(tmp_path / "a.csv")).body) == 500_000


def test_a_csv_with_lost_row_borders_is_given_up_aloud(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'text,title\nGood.,1\n"a"b,2\nLater.,3\n')
    first, second = read([tmp_path / "a.csv"])
    assert article(first).body == "Good."
    assert error(second).where.endswith("a.csv#2")
    assert "rest of the file was not read" in str(second)


def test_jsonl_rows_are_lines_and_a_bad_one_costs_itself(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "One\r\ntwo.", "published": "2025-02-12", "extra": [1]}),
        "",
        "{broken",
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": "half \\ud800"}',
        '{"text": "T", "title": "\\udfff"}',
        '{"text": "nul \\u0000"}',
        "[1]",
        "[" * 100_000,
        '{"text": "T", "n": ' + "9" * 5000 + "}",
        json.dumps({"text": "x" * (MAX_ARTICLE + 1)}),
        json.dumps({"text": "Last 🙂."}),
    ]
    data = "\n".join(lines).encode() + b'\n{"text": "caf\xe9"}'
    (tmp_path / "a.jsonl").write_bytes(data)
    items = list(read([tmp_path / "a.jsonl"]))
    assert items[0] == Article(path="a.jsonl#1", body="One\r\ntwo.", published="2025-02-12")
    assert article(items[-2]) == Article(path="a.jsonl#13", body="Last 🙂.")
    assert "not valid UTF-8" in str(error(items[-1]))
    bad = [error(item).where for item in items if isinstance(item, ArticleError)]
    assert [where.rpartition("#")[2] for where in bad] == ["3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "14"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_jsonl_encodings(tmp_path: Path, codec: str) -> None:
    data = '{"text": "Zoë 🙂"}\n'.encode(codec)
    (tmp_path / "a.jsonl").write_bytes(data)
    assert article(one(tmp_path / "a.jsonl")).body == "Zoë 🙂"
    assert article(one(Path("-"), data)) == Article(path="-#1", body="Zoë 🙂")


def test_a_table_in_utf16_loses_bad_rows_and_tells_when_it_breaks_off(tmp_path: Path) -> None:
    good = '{"text": "One."}\n'.encode("utf-16-le")
    data = codecs.BOM_UTF16_LE + good + b"\x00\xd8" + "\n".encode("utf-16-le") + good * 1000 + b"x"
    (tmp_path / "a.jsonl").write_bytes(data)
    items = list(read([tmp_path / "a.jsonl"]))
    assert error(items[1]).where.endswith("a.jsonl#2")
    assert sum(isinstance(item, Article) for item in items) > 500
    assert "not valid UTF-16; the rest of the file was not read" in str(error(items[-1]))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Plain text.\r\n", Article(path="-", body="Plain text.\r\n")),
        (b"---\ntitle: T\n---\nText.", Article(path="-", body="Text.", title="T")),
        (b"x" * 5000 + "é".encode() * 5000, Article(path="-", body="x" * 5000 + "é" * 5000)),
        (b'\n{"text": "One."}\n', Article(path="-#2", body="One.")),
        (b"{curly} is no JSON", Article(path="-", body="{curly} is no JSON")),
    ],
)
def test_standard_input(data: bytes, expected: Article) -> None:
    assert one(Path("-"), data) == expected


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b"x" * (MAX_ARTICLE + 1), "larger"), (b"a\0b", "binary")])
def test_bad_standard_input(data: bytes, words: str) -> None:
    found = error(one(Path("-"), data))
    assert "standard input" in found.where
    assert words in str(found)


def test_standard_input_is_read_once() -> None:
    assert len(list(read(["-", "-"], io.BytesIO(b"Text.")))) == 1


def test_folders_are_sorted_recursive_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.TXT", ".hidden.txt", ".git/x.txt", "a-b.txt", "x.pdf", "y.pdf", "LICENSE"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [article(item).path for item in read([tmp_path])] == ["a-b.txt", "a/b/c.TXT", "a/z.md", "b.txt"]
    assert files_left_out([tmp_path, tmp_path / "a", "-", tmp_path / "nowhere"]) == {"": 1, ".pdf": 2}


def test_order_and_paths_do_not_depend_on_the_arguments(tmp_path: Path) -> None:
    for name in ("one/b.txt", "two/a.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    for paths in (["c.txt", "one", "two"], ["two", "one/b.txt", "c.txt"]):
        items = list(read([tmp_path / p for p in paths]))
        assert [article(item).path for item in items] == ["a.txt", "b.txt", "c.txt"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Text.")
    assert article(*read([tmp_path, tmp_path / "sub", tmp_path / "sub" / "a.txt"])).path == "sub/a.txt"


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing")
    assert [article(item).path for item in read([tmp_path])] == ["a.txt"]


def test_two_articles_of_one_key(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder)
    first, second = read([tmp_path / "x", tmp_path / "y"])
    assert article(first).body == "x"
    assert error(second).where == str(tmp_path / "y" / "a.txt")
    assert str(tmp_path / "x" / "a.txt") in second.problem

    (tmp_path / "a.jsonl").write_text('{"text": "T", "url": "http://e.org/"}\n' * 2)
    first, second = read([tmp_path / "a.jsonl"])
    assert article(first).path == "a.jsonl#1"
    assert str(error(second)).count("a.jsonl#") == 2


def test_what_cannot_be_found_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pdfs").mkdir()
    (tmp_path / "pdfs" / "a.pdf").write_text("x")
    (tmp_path / "good.txt").write_text("Text.")
    (tmp_path / "good.txt").chmod(0o644)
    os.mkfifo(tmp_path / "pipe.txt")
    paths = ["missing.txt", "good.txt/below.txt", "empty", "pdfs", "good.txt", "pipe.txt", "nul\0.txt", "x" * 300]
    items = list(read([tmp_path / p for p in paths]))
    texts = sorted(str(error(i)).removeprefix(str(tmp_path) + "/") for i in items if isinstance(i, ArticleError))
    assert [item.path for item in items if isinstance(item, Article)] == ["good.txt"]
    assert [text.partition(";")[0] for text in texts] == [
        "empty: holds no articles",
        "good.txt/below.txt: does not exist",
        "missing.txt: does not exist",
        "nul\\x00.txt: cannot be read (embedded null byte)",
        "pdfs: holds no articles, only .pdf",
        "pipe.txt: is neither a file nor a folder",
        f"{'x' * 300}: cannot be read (File name too long)",
    ]


def test_unreadable_file_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "b.txt").write_text("Text.")
    (tmp_path / "locked").mkdir()
    real_open, real_list = Path.open, os.listdir

    def refuse(path: Path, *arguments: object) -> object:  # permissions do not bind the administrator's tests
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *arguments)  # type: ignore[call-overload]

    def refuse_list(path: Path) -> list[str]:
        if path.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return real_list(path)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "listdir", refuse_list)
    unreadable, locked, good = sorted(read([tmp_path]), key=str)
    assert str(error(unreadable)).startswith(f"{tmp_path}/a.txt: cannot be read (Permission denied)")
    assert article(good).path == "b.txt"
    assert str(error(locked)).startswith(f"{tmp_path}/locked: cannot be read (Permission denied)")


def test_a_socket_in_a_folder_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # socket names must be short
    (tmp_path / "a.txt").write_text("Text.")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("b.txt")
        assert [article(item).path for item in read(["."])] == ["a.txt"]


def test_hostile_file_names(tmp_path: Path) -> None:
    (tmp_path / "evil\n\x1b[31m.txt").write_bytes(b"")
    with open(os.fsencode(tmp_path) + b"/latin\xe9.txt", "wb") as file:
        file.write(b"Text.")
    (tmp_path / "Zoe\u0308.txt").write_text("Text.")
    items = list(read([tmp_path]))
    assert [item.path for item in items if isinstance(item, Article)] == ["Zoë.txt"]
    errors = [str(error(item)) for item in items if isinstance(item, ArticleError)]
    assert len(errors) == 2
    assert all(text.isprintable() for text in errors)
    assert any("evil\\n\\x1b[31m.txt" in text for text in errors)
    assert any("not valid UTF-8" in text for text in errors)


def test_the_seed_article() -> None:
    seeds = Path(__file__).parents[2] / "seeds"
    first = article(next(iter(read([seeds]))))
    assert first.body.encode() == (seeds / first.path).read_bytes()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_beyond_all_bounds_costs_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newline: str) -> None:
    monkeypatch.setattr("kg.read.tables._MAX_LINE", 50)
    long = json.dumps({"text": "x" * 200})
    (tmp_path / "a.jsonl").write_bytes(newline.join(['{"text": "One."}', long, '{"text": "Three."}', long]).encode())
    items = list(read([tmp_path / "a.jsonl"]))
    assert [item.body if isinstance(item, Article) else item.where[-2:] for item in items] == [
        "One.",
        "#2",
        "Three.",
        "#4",
    ]
    (tmp_path / "a.csv").write_bytes(newline.join(["text", "One.", "x" * 200, "Three."]).encode())
    first, second = read([tmp_path / "a.csv"])
    assert article(first).body == "One."
    assert "line too large" in str(error(second))


def test_a_long_stream_of_rows_from_standard_input() -> None:
    data = b"".join(b'{"text": "Article %d."}\n' % n for n in range(2000))
    bodies = [article(item).body for item in read(["-"], io.BytesIO(data))]
    assert bodies == [f"Article {n}." for n in range(2000)]
