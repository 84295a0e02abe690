"""Plain text and Markdown, one article a file, with optional YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader

import yaml

from kg.errors import ArticleError
from kg.model import Article
from kg.read.article import FIELDS, MAX_ARTICLE, Source, make_article, printable, too_large
from kg.read.encoding import decode

MAX_FRONT_MATTER = 64 * 1024
"""Bytes of UTF-8 between the two `---` lines."""

_MAX_DEPTH = 20
_LINE_END = r"(?:\r\n|\n|\r)"
_OPENING = re.compile(rf"---[ \t]*{_LINE_END}")
_CLOSING = re.compile(rf"(?<=[\r\n])---[ \t]*(?:{_LINE_END}|\Z)")
_JSON_OBJECT = re.compile(rb'\s*\{\s*"')


def read_text(stream: BufferedReader, source: Source) -> Iterator[Article]:
    """The one article of a text file. Its body is everything after the line that closes the front matter."""
    data = stream.read(MAX_ARTICLE + 1)
    if len(data) > MAX_ARTICLE:
        raise too_large(source)
    text = decode(source, data)
    front, body = _split(source, text)
    yield make_article(source, body, _metadata(source, front))


def looks_like_jsonl(start: bytes) -> bool:
    """Whether text that begins with these bytes is JSON Lines rather than prose."""
    bare = start.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")  # without mark, UTF-16 as if it were ASCII
    return _JSON_OBJECT.match(bare) is not None


def _split(source: Source, text: str) -> tuple[str, str]:
    """Front matter ("" for none) and body."""
    opening = _OPENING.match(text)
    if not opening:
        return "", text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise _bad(source, "opens in line 1 with --- and is never closed")
    front = text[opening.end() : closing.start()]
    if len(front.encode()) > MAX_FRONT_MATTER:
        raise _bad(source, f"is larger than {MAX_FRONT_MATTER // 1024} KB")
    return front, text[closing.end() :]


def _bad(source: Source, problem: str) -> ArticleError:
    return source.error(
        f"its front matter {problem}",
        "write lines like “title: …” between two --- lines, or remove the first --- line if it is part of the text",
    )


def _metadata(source: Source, front: str) -> dict[str, object]:
    """The keys and values of front matter as written: a date stays the text it is, `no` stays a language."""
    try:
        _refuse_tricks(source, front)
        root = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise _bad(source, f"is not valid YAML{line} ({printable(error.problem or 'unreadable')})") from None
    except yaml.YAMLError:
        raise _bad(source, "holds characters that YAML does not allow") from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise _bad(source, "is not a list of “key: value” lines")
    metadata: dict[str, object] = {}
    for key, value in root.value:
        name = key.value.strip().lower() if isinstance(key, yaml.ScalarNode) else ""
        if name in metadata:
            raise _bad(source, f"gives {name} twice")
        if name in FIELDS:
            metadata[name] = _plain(value)
    return metadata


def _refuse_tricks(source: Source, front: str) -> None:
    """Refuse aliases, which can make small files huge, and nesting that would exhaust the stack."""
    depth = 0
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _bad(source, "uses anchors or aliases (& and *), which are refused")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _bad(source, f"is nested more than {_MAX_DEPTH} levels deep")


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {}
    return None if node.tag == "tag:yaml.org,2002:null" else node.value
